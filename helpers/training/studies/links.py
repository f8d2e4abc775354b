"""From a model's configuration to dollars, link by link."""

from __future__ import annotations

import math
from functools import cache

from helpers.chips.studies import short
from helpers.core.limits import one_of, within
from helpers.llm import model as llm
from helpers.training import model as training
from helpers.training.studies.sources import LLAMA, V3, chip, operations_per_token, published_hours, runs

LINKS = (
    "All parameters", "Active parameters", "Tokens", "Operations", "Useful speed of a chip", "GPU-hours",
    "Price of an hour", "Cost",
)  # fmt: skip
GIVEN = ("All parameters", "Tokens", "Useful speed of a chip", "Price of an hour")  # the others are computed
_COUNTED = (("no_embeddings", 0), ("no_input_embedding", 1), ("all", 2))  # active parameters, attention


def chain(
    model: str, tokens_t: float, on: str, number_format: str, mfu_percent: float, price: float
) -> dict[str, tuple[float, ...]]:
    """Each link from the configuration to the cost: low, central and high by convention of counting.

    Parameters
    ----------
    model : str
        As in ``data/models.csv``.
    tokens_t : float
        Trillions of tokens.
    on : str
        A chip, as in ``data/chips.csv``.
    number_format : "bf16" or "fp8"
        Whose peak the utilisation refers to.
    mfu_percent : float
        Utilisation, per cent of that peak.
    price : float
        USD for an hour of one chip.

    Returns
    -------
    dict of tuple of three float, by `LINKS`
        Low leaves out attention and both embedding matrices; high counts both, and all tokens in attention.
        Parameters, tokens, FLOPs, TFLOP/s, GPU-hours and USD.

    Raises
    ------
    ValueError
        A chip without FP8 when its FP8 peak is asked for, or a value outside its range.

    Examples
    --------
    >>> links = chain("DeepSeek-V3", 14.8, "H800 SXM5 80GB", "bf16", 39, 2)
    >>> [round(h / 1e6, 2) for h in links["GPU-hours"]]
    [2.28, 2.67, 3.05]
    """
    within("tokens_t", tokens_t, 1e-6, 1e4, "trillion tokens")
    one_of("number_format", number_format, ("bf16", "fp8"))
    within("mfu_percent", mfu_percent, 0.01, 100, "per cent")
    within("price", price, 0, 1e4, "USD")
    peak = {"bf16": chip(on).bf16, "fp8": chip(on).fp8}[number_format]
    if math.isnan(peak):
        raise ValueError(f"an {short(on)} has no FP8 arithmetic; choose BF16 or another chip.")
    flops = tuple(operations_per_token(model, c, a) * tokens_t * 1e12 for c, a in _COUNTED)
    hours = tuple(float(h) for h in training.gpu_hours(flops, peak, mfu_percent / 100))
    values = (
        (float(llm.parameters(model).total),) * 3,
        tuple(float(llm.active_parameters(model, c)) for c, _ in _COUNTED),
        (tokens_t * 1e12,) * 3, flops, (peak * mfu_percent / 100,) * 3, hours, (price,) * 3,
        tuple(float(c) for c in training.rental_cost_usd(hours, price)),
    )  # fmt: skip
    return dict(zip(LINKS, values, strict=True))


@cache
def yardstick() -> dict[str, tuple[float, ...]]:
    """The chain of Llama 3.1 405B, at the utilisation that gives its published hours."""
    return chain(LLAMA, 15.6, "H100 SXM5 80GB", "bf16", 36, 2)


def chain_reported(model: str, tokens_t: float) -> dict[str, float]:
    """The links of `chain` that a source publishes for a run: GPU-hours, and for V3 their cost in USD.

    Parameters
    ----------
    model : str
    tokens_t : float
        Trillions of tokens.

    Returns
    -------
    dict of float, by `LINKS`; empty if no source gives any

    Examples
    --------
    >>> chain_reported("DeepSeek-V3", 14.8)
    {'GPU-hours': 2664000.0, 'Cost': 5328000.0}
    """
    found = published_hours(model, tokens_t)
    if found is None:
        return {}
    reported = {"GPU-hours": found[0]}
    if model == V3:
        reported["Cost"] = float(runs().loc["deepseek-v3-pretraining", "cost_usd_m"]) * 1e6
    return reported
