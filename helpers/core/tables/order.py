"""Rules that bind several columns of a row, read from the columns' names: low to high, first day to last."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import combinations

# From the lowest to the highest: the names that the middle of a range goes by, after its own name.
_MIDDLES = ("central", "value", "score", "")
_DAYS = (
    ("start", "end"),
    ("period_start", "period_end"),
    ("effective_from", "effective_to"),
    ("effective_from", "compliance_from"),
    ("valid_from", "valid_to"),
    ("published", "accessed"),
)
_FLOOR = re.compile(r"_g[et](?=_|$)")


def pairs(names: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of columns of which the first is never above the second, where both are filled.

    Parameters
    ----------
    names : collection of str
        The columns of one table.

    Returns
    -------
    list of (str, str)
        Ends and middle of each range (``low``, ``central``, ``high``; ``price_usd_low``, ``price_usd``,
        ``price_usd_high``), a test's bounds (``tpp_ge``, ``tpp_lt``), and days (``start``, ``end``).

    Examples
    --------
    >>> pairs(["cost_low", "cost", "cost_high", "start", "end"])
    [('cost_low', 'cost'), ('cost_low', 'cost_high'), ('cost', 'cost_high'), ('start', 'end')]
    """
    found: list[tuple[str, str]] = []
    for low in names:
        stem, _, end = low.rpartition("_")
        if end != "low":
            continue
        middles = [f"{stem}_{middle}".strip("_") for middle in _MIDDLES]
        of_range = [low, *(m for m in middles if m in names), f"{low[:-3]}high"]
        found += combinations([name for name in of_range if name in names], 2)
    for floor in names:
        ceiling = _FLOOR.sub("_lt", floor)
        if ceiling != floor and ceiling in names:
            found.append((floor, ceiling))
    return found + [(first, last) for first, last in _DAYS if first in names and last in names]
