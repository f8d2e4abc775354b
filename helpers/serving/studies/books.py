"""DeepSeek's disclosed day, with its caveats as dials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.serving import model as serving


@dataclass(frozen=True)
class Day:
    """A day's books under a reader's assumptions, in USD.

    Attributes: revenue_usd, cost_usd; on_cost, of_revenue (what is left, over each; of_revenue NaN where nothing is
    earned); free_at_break_even (share of free tokens at which the day breaks even, all else as chosen; None where it
    would not even if every token were paid for).
    """

    revenue_usd: float
    cost_usd: float
    on_cost: float
    of_revenue: float
    free_at_break_even: float | None


@cache
def as_disclosed() -> dict[str, object]:
    """DeepSeek's figures as arguments of ``serving.day``, with the share of hits as printed: the rounded counts give 0.5625."""
    return {**serving.disclosed_day(), "hit_share": 0.563}


def day_after(
    prices: str = "DeepSeek-R1", free_share: float = 0.0, discount: float = 0.0, usd_per_gpu_hour: float | None = None
) -> Day:
    """The disclosed day at a model's list prices, with some tokens free, a discount on the rest, and another rent.

    Parameters
    ----------
    prices : str
        A model of ``data/api_prices.csv``: its first list price is taken for every token.
    free_share, discount : scalar, 0 to 0.999
        As in ``serving.day``.
    usd_per_gpu_hour : scalar, 1e-6 to 1e5, optional
        DeepSeek's own assumption, 2 USD, if not given.

    Raises
    ------
    ValueError
        As ``serving.day`` and ``serving.listed``.

    Examples
    --------
    >>> told = day_after()
    >>> round(told.on_cost, 3), round(told.free_at_break_even, 3)
    (5.454, 0.845)
    """
    try:
        priced = serving.listed(prices)
    except ValueError as error:
        raise ValueError(f"prices: {error}") from None
    given = {**as_disclosed(), "prices": priced}
    if usd_per_gpu_hour is not None:
        given["usd_per_gpu_hour"] = usd_per_gpu_hour
    books = serving.day(**given, free_share=free_share, discount=discount)
    revenue, cost = float(books.revenue_usd), float(books.cost_usd)
    full = revenue / (1 - free_share)
    at = 1 - cost / full if full > cost else None
    return Day(revenue, cost, float(books.on_cost), float(books.of_revenue), at)
