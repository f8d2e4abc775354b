"""Names, kinds and measures of chips, as tables, charts and sentences use them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.core.limits import columns, one_of, shown, within
from helpers.core.words import from_to, places

PLAN = re.compile(
    r"roadmap|announced|ramping|reported in|reported;|never licensed|on no road map|blocked before volume"
)

# Words of a measure -> (column of chips.table, unit, short words for sentences).
MEASURES = {
    "bf16": ("fp16_bf16_tflops_dense", "TFLOPS", "BF16 compute"),
    "fp8": ("fp8_tflops_dense", "TFLOPS", "FP8 compute"),
    "memory": ("memory_gb", "GB", "memory"),
    "memory_bandwidth": ("memory_bandwidth_gb_s", "GB/s", "memory bandwidth"),
    "link": ("link_bidir_gb_s", "GB/s", "link"),
    "power": ("tdp_w", "W", "power limit"),
    "price": ("price_usd", "USD", "price"),
}
AXIS_WORDS = {
    "bf16": "Dense BF16 compute",
    "fp8": "Dense FP8 compute",
    "memory": "Memory",
    "memory_bandwidth": "Memory bandwidth",
    "link": "Link, both directions",
    "power": "Power limit",
    "price": "Price",
}
PERFORMANCE = ("bf16", "fp8", "memory", "memory_bandwidth", "link")

US, CUT, CHINESE = "US design, sold widely", "US design, made for China", "Chinese design"
GROUPS = (US, CUT, CHINESE)


def tagged(chip: str, status: str) -> str:
    """A chip's short name, marked when it is a plan, only a report, or was stopped before volume."""
    if not PLAN.search(status):
        return short(chip)
    return f"{short(chip)} ({'report' if 'reported' in status else 'stopped' if 'blocked' in status else 'plan'})"


def short(chip: str) -> str:
    """A chip's name as people say it: H100 for "H100 SXM5 80GB"."""
    name = re.sub(r" SXM\d?", "", chip)
    return name if name.startswith("A100") else re.sub(r" \d+GB$", "", name)


def groups(frame: pd.DataFrame) -> list[str]:
    """Which of `GROUPS` each chip belongs to.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``, or rows and columns of it.

    Returns
    -------
    list of str
        One a row.

    Raises
    ------
    ValueError
        Without the columns vendor_home and china_part.
    """
    columns("frame", frame, ("vendor_home", "china_part"))
    kinds = zip(frame["vendor_home"].tolist(), frame["china_part"].tolist(), strict=True)
    return [CHINESE if home == "CN" else CUT if cut in (True, "yes") else US for home, cut in kinds]


def ends(row: Mapping[str, Any] | pd.Series, measure: str) -> tuple[float, float, float]:
    """Low, central and high value of a measure of one chip.

    Parameters
    ----------
    row : Series or mapping
        A row of ``chips.table()``.
    measure : str
        A key of `MEASURES`.

    Returns
    -------
    tuple of three float, in the measure's unit
        NaN where not known. The centre of a price is the middle of its range.
    """
    if not isinstance(row, (Mapping, pd.Series)):
        raise ValueError(f"row = {shown(row)} is not a row of chips.table().")
    one_of("measure", measure, MEASURES)
    column = MEASURES[measure][0]
    if measure == "price":
        low, high = float(row["price_usd_low"]), float(row["price_usd_high"])
        return low, (low + high) / 2, high
    low, central, high = (float(row[c]) for c in (f"{column}_low", column, f"{column}_high"))
    return low, central, high


def ratio_words(low: float, high: float | None = None) -> str:
    """A ratio, or a range of ratios: two digits after the point below 10, one below 100, none from there.

    Examples
    --------
    >>> ratio_words(0.1496), ratio_words(1.2, 1.32), ratio_words(41.27)
    ('0.15', '1.20 to 1.32', '41.3')
    """
    within("low", low, 0, 1e15)
    within("high", low if high is None else high, 0, 1e15)
    words = [places(v, 2 if v < 10 else 1 if v < 100 else 0) for v in (low, low if high is None else high)]
    return from_to(*words)
