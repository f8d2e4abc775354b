"""The books of a service: what is earned, what it costs, what is left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import each, shown, within


@dataclass(frozen=True)
class Margin:
    """Revenue and cost of a day, in USD, and the two ways to state what is left.

    Attributes: revenue_usd; cost_usd; on_cost (profit over cost, the "545%"); of_revenue (profit over
    revenue; NaN where nothing is earned).
    """

    revenue_usd: np.ndarray
    cost_usd: np.ndarray

    @property
    def on_cost(self) -> np.ndarray:
        return (self.revenue_usd - self.cost_usd) / self.cost_usd

    @property
    def of_revenue(self) -> np.ndarray:
        earned = np.where(self.revenue_usd > 0, self.revenue_usd, np.nan)
        return (self.revenue_usd - self.cost_usd) / earned


def day(
    input_tokens: ArrayLike,
    hit_share: ArrayLike,
    output_tokens: ArrayLike,
    prices: tuple[ArrayLike, ArrayLike, ArrayLike],
    gpu_hours: ArrayLike,
    usd_per_gpu_hour: ArrayLike,
    free_share: ArrayLike = 0.0,
    discount: ArrayLike = 0.0,
) -> Margin:
    """A day's books of a service that rents its chips.

    Parameters
    ----------
    input_tokens, output_tokens : scalar or array, 0 to 1e18
    hit_share : scalar or array, 0 to 1
        Share of the input that hits the cache and pays the lower price.
    prices : three scalars or arrays, 0 to 1e5
        USD per million input tokens that hit, that miss, and per million output tokens.
    gpu_hours : scalar or array, 1e-6 to 1e12
    usd_per_gpu_hour : scalar or array, 1e-6 to 1e5
    free_share : scalar or array, 0 to 0.999
        Share of all tokens for which nobody pays.
    discount : scalar or array, 0 to 0.999
        Average reduction on the tokens that are paid for.

    Returns
    -------
    Margin
        Of the broadcast shape. Tokens that are free still cost.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or not three prices.

    Notes
    -----
    DeepSeek, *DeepSeek-V3/R1 Inference System Overview*, 1 March 2025, with the caveats as dials.

    Examples
    --------
    >>> books = day(608e9, 342 / 608, 168e9, (0.14, 0.55, 2.19), 226.75 * 8 * 24, 2)
    >>> round(float(books.cost_usd)), round(float(books.on_cost), 3), round(float(books.of_revenue), 3)
    (87072, 5.456, 0.845)
    """
    if not isinstance(prices, (tuple, list)) or len(prices := each("prices", prices)) != 3:
        raise ValueError(
            f"prices = {shown(prices)}: give three, USD per million tokens that hit, that miss and that are written."
        )
    hit, miss, out = (
        within(f"prices, {name}", price, 0, 1e5, "USD")
        for name, price in zip(("hit", "miss", "output"), prices, strict=True)
    )
    n_in = within("input_tokens", input_tokens, 0, 1e18) / 1e6
    n_out = within("output_tokens", output_tokens, 0, 1e18) / 1e6
    h = within("hit_share", hit_share, 0, 1)
    paid = (1 - within("free_share", free_share, 0, 0.999)) * (1 - within("discount", discount, 0, 0.999))
    revenue = paid * (n_in * (h * hit + (1 - h) * miss) + n_out * out)
    cost = within("gpu_hours", gpu_hours, 1e-6, 1e12) * within("usd_per_gpu_hour", usd_per_gpu_hour, 1e-6, 1e5)
    revenue, cost = np.broadcast_arrays(revenue, cost)
    return Margin(revenue, cost)


def disclosed_day() -> dict[str, object]:
    """DeepSeek's own figures for the 24 hours to 28 February 2025, as arguments of `day`.

    Returns
    -------
    dict
        Tokens, share of hits, R1's prices and GPU-hours, from ``data/``; 2 USD an hour is DeepSeek's assumption.

    Examples
    --------
    >>> books = day(**disclosed_day())
    >>> round(float(books.on_cost), 2)
    5.46
    """
    said = data.load("published_results").set_index("result_id")["value"]
    nodes, cost = said["serving-nodes"], said["serving-cost"]
    return {
        "input_tokens": said["serving-input"] * 1e9,
        "hit_share": said["serving-input-hits"] / said["serving-input"],
        "output_tokens": said["serving-output"] * 1e9,
        "prices": listed("DeepSeek-R1"),
        "gpu_hours": nodes * 8 * 24,
        "usd_per_gpu_hour": cost / (nodes * 8 * 24),
    }


def listed(model: str) -> tuple[float, float, float]:
    """The first list price of a model in ``data/api_prices.csv``.

    Parameters
    ----------
    model : str
        As the table names it.

    Returns
    -------
    tuple of three float, USD per million tokens
        Input that hits the cache, input that misses it, output.

    Raises
    ------
    ValueError
        No list price of that model, or not all three.

    Examples
    --------
    >>> listed("DeepSeek-R1")
    (0.14, 0.55, 2.19)
    """
    prices = data.load("api_prices")
    rows = prices[(prices["model"] == str(model)) & (prices["status"] == "list")].sort_values("date", kind="stable")
    if rows.empty or rows.iloc[0][["hit_usd", "input_usd", "output_usd"]].isna().any():
        raise ValueError(f"model = {model!r}: no list price with all three parts in data/api_prices.csv.")
    first = rows.iloc[0]
    return float(first["hit_usd"]), float(first["input_usd"]), float(first["output_usd"])
