"""The chain of boxes that opens 32: parameters, tokens, useful speed, hours, price, cost, and one box changed at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from helpers.core.limits import one_of, whole
from helpers.llm import model as llm
from helpers.training import model as training
from helpers.training.studies.bubbles import BACKWARD, FORWARD
from helpers.training.studies.costs import left_out
from helpers.training.studies.sources import H800, V3, chip, context_tokens, runs, stages
from helpers.training.studies.utilisation import busy

CHANGES = ("none", "more experts", "all experts", "tokens", "utilisation", "price")


class Boxes(NamedTuple):
    """The boxes of the chain for the pre-training of DeepSeek-V3.

    Attributes: experts, chosen, shared, layers (of a layer with experts: how many there are, how many a router
    picks, how many always work; layers of the kind), stored, active (parameters), tokens, operations,
    looking_back (share of the operations that is attention), peak (TFLOP/s), mfu (fraction), speed (useful,
    TFLOP/s), hours (of one chip), price (USD an hour), cost (USD), whole_cost (USD, with the two later stages).
    """

    experts: int
    chosen: int
    shared: int
    layers: int
    stored: float
    active: float
    tokens: float
    operations: float
    looking_back: float
    peak: float
    mfu: float
    speed: float
    hours: float
    price: float
    cost: float
    whole_cost: float

    @property
    def each(self) -> float:
        """Operations for each parameter at work and token: the six of the rule, and looking back on top."""
        return self.operations / self.active / self.tokens


@cache
def boxes(change: str = "none") -> Boxes:
    """DeepSeek-V3's pre-training as a chain of boxes, with at most one of them changed.

    Parameters
    ----------
    change : str
        Of `CHANGES`: none; 16 experts a token; all experts for every token; twice the tokens; the utilisation
        of DeepSeek-V2; twice the price.

    Returns
    -------
    Boxes
        Parameters without the input embedding, attention over the earlier tokens. The later stages of the run keep
        their published hours.

    Raises
    ------
    ValueError
        An unknown change.

    Examples
    --------
    >>> found = boxes()
    >>> round(found.active / 1e9), round(found.hours / 1e6, 2), round(found.whole_cost / 1e6, 2)
    (37, 2.66, 5.58)
    """
    one_of("change", change, CHANGES)
    shape = llm.model(V3)
    chosen = {"more experts": 2 * shape.top_k, "all experts": shape.n_experts}.get(change, shape.top_k)
    shape = replace(shape, name=f"V3, {chosen} experts a token", top_k=chosen)
    run, later = runs().loc["deepseek-v3-pretraining"], stages(V3)["hours_k"].iloc[1:].sum() * 1e3
    tokens = float(run["tokens_t"]) * 1e12 * (2 if change == "tokens" else 1)
    price = float(run["usd_per_gpu_hour"]) * (2 if change == "price" else 1)
    mfu = busy("deepseek-v2-per-trillion" if change == "utilisation" else "deepseek-v3-pretraining")[1] / 100
    peak = chip(H800).bf16
    active = float(llm.active_parameters(shape, "no_input_embedding"))
    looking_back = float(llm.attention_flops_per_token(shape, context_tokens(V3), "training"))
    operations = float(training.training_flops(active, tokens, looking_back))
    hours = float(training.gpu_hours(operations, peak, mfu))
    return Boxes(
        shape.n_experts,
        chosen,
        shape.n_shared_experts,
        shape.moe_layers,
        float(llm.parameters(shape).total),
        active,
        tokens,
        operations,
        looking_back * tokens / operations,
        peak,
        mfu,
        peak * mfu,
        hours,
        price,
        hours * price,
        float(hours + later) * price,
    )


def with_tries(change: str = "none") -> tuple[float, float]:
    """What all computing for research may have cost behind V3 and R1, if they are the share of it that others' last runs are.

    Parameters
    ----------
    change : str
        As in `boxes`.

    Returns
    -------
    tuple of two float, USD
        At the highest and at the lowest share that is estimated for another firm.

    Examples
    --------
    >>> [round(usd / 1e6) for usd in with_tries()]
    [26, 61]
    """
    found = boxes(change)
    printed = left_out(found.price, 100, 0)
    both = found.whole_cost + printed.both - printed.run
    low, *_, high = sorted(float(training.development_cost_usd(both, share)) for share in printed.firm_shares)
    return low, high


def dense_hours() -> float:
    """Published GPU-hours of Llama 3.1 405B, the yardstick of the chain.

    Examples
    --------
    >>> dense_hours() > 5 * boxes().hours
    True
    """
    return float(runs().loc["llama-31-405b", "hours_k"]) * 1e3


class Piece(NamedTuple):
    """One piece of work in a pipeline: its stage (from 0), micro-batch (from 1), start, end, and whether it runs forward."""

    stage: int
    micro_batch: int
    start: float
    end: float
    forward: bool


@cache
def timetable(pipeline: int, micro_batches: int) -> tuple[Piece, ...]:
    """Who works when in one step under the schedule 1F1B, forward pieces of time 1 and backward pieces of 2.

    Parameters
    ----------
    pipeline : int
        Stages, 1 to 64.
    micro_batches : int
        Pieces of a batch, `pipeline` to 512.

    Returns
    -------
    tuple of Piece
        Each stage first runs forward as many pieces as there are stages behind it, then one backward and one
        forward in turn. A piece starts when its stage is free and its neighbour has handed it over.

    Raises
    ------
    ValueError
        A number out of its range.

    Examples
    --------
    >>> max(piece.end for piece in timetable(4, 8))
    33.0
    """
    stages_in_row = whole("pipeline", pipeline, 1, 64)
    count = whole("micro_batches", micro_batches, stages_in_row, 512)
    orders = []
    for stage in range(stages_in_row):
        ahead = stages_in_row - stage - 1
        order = [(True, m) for m in range(1, ahead + 1)]
        for m in range(1, count + 1):
            order += [(True, m + ahead)] * (m + ahead <= count) + [(False, m)]
        orders.append(order)
    free, done, pieces = [0.0] * stages_in_row, {}, []
    while any(orders):
        for stage, order in enumerate(orders):
            while order:
                forward, m = order[0]
                needs = (stage - 1, m, True) if forward else (stage + 1, m, False)
                outside = needs[0] in (-1, stages_in_row)
                if not outside and needs not in done:
                    break
                start = max(free[stage], 0.0 if outside else done[needs])
                end = start + (FORWARD if forward else BACKWARD)
                free[stage] = done[stage, m, forward] = end
                pieces.append(Piece(stage, m, start, end, forward))
                order.pop(0)
    return tuple(pieces)


def waiting(pipeline: int, micro_batches: int) -> float:
    """Share of a step in which the chips of `timetable` wait.

    Examples
    --------
    >>> round(waiting(4, 8), 3)
    0.273
    """
    pieces = timetable(pipeline, micro_batches)
    return 1 - sum(p.end - p.start for p in pieces) / (max(p.end for p in pieces) * pipeline)
