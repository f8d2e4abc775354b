"""Why DeepSeek-V3 took so few hours, and what its published cost leaves out."""

from __future__ import annotations

from typing import NamedTuple

from helpers.core.limits import within
from helpers.training import model as training
from helpers.training.studies.sources import LLAMA, V3, operations_per_token, runs, share, stages
from helpers.training.studies.utilisation import busy

FIRMS = ("openai", "zai", "minimax")  # whose share of the final runs is estimated


def fewer_hours() -> dict[str, float]:
    """How Llama 3.1 405B's GPU-hours (`from`) become DeepSeek-V3's (`to`), as divisors in between.

    Returns
    -------
    dict of float
        from, tokens, operations, speed, stages, to; from / tokens / operations / speed / stages = to.
    """
    llama, v3 = runs().loc["llama-31-405b"], runs().loc["deepseek-v3-pretraining"]
    whole = float(stages(V3)["hours_k"].sum())
    return {
        "from": float(llama["hours_k"]) * 1e3,
        "tokens": float(llama["tokens_t"] / v3["tokens_t"]),
        "operations": operations_per_token(LLAMA) / operations_per_token(V3),
        "speed": busy("deepseek-v3-pretraining")[1] / busy("llama-31-405b")[1],
        "stages": float(v3["hours_k"]) / whole,
        "to": whole * 1e3,
    }


def hours_at_utilisation(mfu_percent: float) -> float:
    """GPU-hours that all stages of V3 would have taken, had its pre-training run at another utilisation.

    Parameters
    ----------
    mfu_percent : float
        Per cent of the BF16 peak, in the pre-training; the other stages keep their hours.

    Returns
    -------
    float, GPU-hours
    """
    within("mfu_percent", mfu_percent, 0.01, 100, "per cent")
    hours = stages(V3)["hours_k"] * 1e3
    return float(hours.iloc[0] * busy("deepseek-v3-pretraining")[1] / mfu_percent + hours.iloc[1:].sum())


class LeftOut(NamedTuple):
    """From the official run to all experiments and staff, in USD.

    Attributes: run (V3's last run), both (with R1's own stages), computing (all computing for research, by
    the reader's share), whole (with staff), computing_span, whole_span (the same at the highest and the
    lowest share that is estimated for another firm), fleet (lowest and highest estimate of all servers of the
    group, which is not part of the sum), firm_shares (lowest to highest, as fractions).
    """

    run: float
    both: float
    computing: float
    whole: float
    computing_span: tuple[float, float]
    whole_span: tuple[float, float]
    fleet: tuple[float, float]
    firm_shares: tuple[float, ...]


def left_out(price: float, share_percent: float, staff_percent: float) -> LeftOut:
    """What the headline of V3 leaves out, by the reader's shares.

    Parameters
    ----------
    price : float
        USD for an hour of one H800.
    share_percent : float
        V3 and R1 in all computing for research, per cent.
    staff_percent : float
        Staff in the whole cost, per cent.

    Returns
    -------
    LeftOut

    Raises
    ------
    ValueError
        A share outside the range of ``training.development_cost_usd``.

    Examples
    --------
    >>> found = left_out(2, 22.6, 0)
    >>> [round(v / 1e6, 2) for v in (found.run, found.both, found.computing)]
    [5.58, 5.87, 25.97]
    """
    within("price", price, 0, 1e4, "USD")
    within("share_percent", share_percent, 0.1, 100, "per cent")
    within("staff_percent", staff_percent, 0, 95, "per cent")
    run, r1 = (float(training.rental_cost_usd(stages(m)["hours_k"].sum() * 1e3, price)) for m in (V3, "DeepSeek-R1"))
    both = run + r1
    firms = tuple(sorted(share(f"final-run-{firm}") for firm in FIRMS))

    def cost(final: float, staff: float) -> float:
        return float(training.development_cost_usd(both, final, staff))

    mine, staff = share_percent / 100, staff_percent / 100
    fleet = runs().loc["deepseek-fleet"]
    return LeftOut(
        run,
        both,
        cost(mine, 0),
        cost(mine, staff),
        (cost(firms[-1], 0), cost(firms[0], 0)),
        (cost(firms[-1], staff), cost(firms[0], staff)),
        (float(fleet["cost_usd_m_low"]) * 1e6, float(fleet["cost_usd_m_high"]) * 1e6),
        firms,
    )
