"""Published rates on one scale, gains used together, and what a gain does to two labs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core.limits import some_of, within
from helpers.progress import model as progress

RATE_WORDS = {
    "ho-2024-preprint": "Training compute, Epoch AI and MIT, preprint",
    "ho-2024-conference": "Training compute, the same, conference version",
    "mit-algorithms": "Serving, algorithms only, MIT",
    "amodei-4x": "Training cost, a rule of thumb, Anthropic",
    "mit-prices": "Price for equal score, MIT",
    "llmflation": "Price for equal score, a16z",
    "epoch-prices": "Price for equal score, Epoch AI",
}
METHODS = {
    "muon": "Muon",
    "fine-experts": "Sparse experts",
    "kda": "Kimi Linear",
    "attnres": "Attention residuals",
}
SETS = {
    "Kimi Linear and attention residuals": ("kda", "attnres"),
    "Muon and sparse experts": ("muon", "fine-experts"),
    "all four": ("muon", "fine-experts", "kda", "attnres"),
}
_FITS = {
    "hoffmann-2022": "2022, as printed (rounded)",
    "hoffmann-2022-unrounded": "2022, all digits",
    "besiroglu-2024": "2024, refit",
}
_EVEN = 5e-4  # a relative difference that no sentence calls one


def rates(estimates: pd.DataFrame) -> pd.DataFrame:
    """Published rates on one scale: times a year, with their ranges.

    Parameters
    ----------
    estimates : DataFrame
        ``data.load("progress_estimates")``.

    Returns
    -------
    DataFrame
        estimate_id, words, low, central, high (NaN where not given), and interval_kind, period, scale, interest of the table.
    """
    rows = estimates.set_index("estimate_id").loc[list(RATE_WORDS)]
    out = []
    for key, row in rows.iterrows():
        low, central, high = row["low"], row["value"], row["high"]
        if row["unit"] == "months to halve":
            low, central, high = progress.factor_per_year(np.array([high, central, low])).tolist()
        kept = row[["interval_kind", "period", "scale", "interest"]].to_dict()
        out.append({"estimate_id": key, "words": RATE_WORDS[key], "low": low, "central": central, "high": high, **kept})
    return pd.DataFrame(out)


def best_splits(compute_flop: float = 5.76e23) -> pd.DataFrame:
    """The best split of one budget under three fits of the same law to the same data.

    Parameters
    ----------
    compute_flop : float
        FLOP; by default Chinchilla's budget.

    Returns
    -------
    DataFrame, a row a fit
        parameters, tokens, tokens_per_parameter.
    """
    rows = {words: progress.optimum(compute_flop, progress.fit(name)) for name, words in _FITS.items()}
    return pd.DataFrame({words: {k: float(v) for k, v in best.items()} for words, best in rows.items()}).T


def whole_generation(estimates: pd.DataFrame) -> float:
    """Gain of Kimi K3 over K2 for all changes together, times, as its authors report it."""
    return float(estimates.set_index("estimate_id").loc["k3-over-k2", "value"])


class TogetherGains(NamedTuple):
    """Gains used together.

    Attributes: each (method to its gain alone, times), largest, mine (with the reader's overlap), product
    (all times), saved (sum of the shares of compute that they save one by one), possible (whether savings that never
    touch the same compute could add up to that).
    """

    each: dict[str, float]
    largest: float
    mine: float
    product: float
    saved: float
    possible: bool


def gains_together(methods: tuple[str, ...], overlap_percent: float, estimates: pd.DataFrame) -> TogetherGains:
    """Published gains of several methods, used together.

    Parameters
    ----------
    methods : tuple of str
        Keys of `METHODS`.
    overlap_percent : float
        How much of what they save is the same, 0 to 100.
    estimates : DataFrame
        ``data.load("progress_estimates")``.

    Returns
    -------
    TogetherGains

    Raises
    ------
    ValueError
        An overlap outside its range.
    """
    within("overlap_percent", overlap_percent, 0, 100, "per cent")
    methods = tuple(some_of("methods", methods, set(estimates["estimate_id"])))
    if not methods:
        raise ValueError("methods are none; give one or more.")
    gains = estimates.set_index("estimate_id")["value"][list(methods)].to_numpy()
    bounds = progress.gain_bounds(gains)
    return TogetherGains(
        {m: float(g) for m, g in zip(methods, gains, strict=True)},
        float(bounds["largest"]),
        float(progress.combined_gain(gains, overlap_percent / 100)),
        float(bounds["product"]),
        float((1 - 1 / gains).sum()),
        bool(np.isfinite(bounds["disjoint"])),
    )


class Labs(NamedTuple):
    """Two labs after a method is published or kept.

    Attributes: poor, rich (effective compute, the poor lab's raw compute = 1), poor_gain, rich_gain
    (times), ratio (rich over poor, after), apart (the larger over the smaller), change (one of "unchanged", "wider",
    "narrower", "closed", "reversed"), faded (the rich lab has no more use for a method that it could use).
    """

    poor: float
    rich: float
    poor_gain: float
    rich_gain: float
    ratio: float
    apart: float
    change: str
    faded: bool


def labs(ratio: float, gain: float, exponent: float, shared: bool) -> Labs:
    """What a method does to the distance between a rich lab and a poor one, and the word for it.

    Parameters
    ----------
    ratio, gain, exponent : float
        As in ``progress.two_labs``.
    shared : bool
        False: the poor lab keeps the method to itself.

    Returns
    -------
    Labs

    Raises
    ------
    ValueError
        As ``progress.two_labs``.

    Examples
    --------
    >>> [labs(10, 2, s, True).change for s in (0.0, 0.2, -0.2)], labs(2, 10, 0, False).change
    (['unchanged', 'wider', 'narrower'], 'reversed')
    """
    after = {k: float(v) for k, v in progress.two_labs(ratio, gain, exponent, shared).items()}
    change = after["ratio"] / ratio
    word = "unchanged" if abs(change - 1) < _EVEN else "wider" if change > 1 else "narrower"
    if abs(after["ratio"] - 1) < _EVEN:
        word = "closed"
    elif after["ratio"] < 1:
        word = "reversed"
    return Labs(
        after["poor"],
        after["rich"],
        after["poor_gain"],
        after["rich_gain"],
        after["ratio"],
        max(after["ratio"], 1 / after["ratio"]),
        word,
        shared and after["rich_gain"] == 1 and after["poor_gain"] > 1,
    )
