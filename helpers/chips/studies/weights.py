"""Chips ranked by a reader's weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies.names import CHINESE, MEASURES, groups
from helpers.core.limits import some_of

STORY = [
    "A800 SXM4 80GB", "H100 SXM5 80GB", "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "B200", "B30A",
    "Ascend 910B", "Ascend 910C", "Atlas 350", "Ascend 950DT",
]  # fmt: skip
FIELD = [*STORY, "MI325X", "MI308X", "Siyuan 590", "BR100", "Zhenwu 810E (PPU)"]


LEVEL = 0.005  # a score this near to the H100's prints as 1.00, and counts as level with it


@dataclass(frozen=True)
class Standing:
    """Chips against the H100 at a reader's weights.

    Attributes: table (from `ranked`, with `group`); above, level, below (rows that score above the H100, either
    way within the sources, below it); unranked (rows with a value missing).
    """

    table: pd.DataFrame
    above: pd.DataFrame
    level: pd.DataFrame
    below: pd.DataFrame
    unranked: pd.DataFrame

    @property
    def compared(self) -> int:
        """Chips with a score, beside the H100."""
        return len(self.above) + len(self.level) + len(self.below)

    @property
    def chinese_above(self) -> int:
        """Chinese designs that score above the H100."""
        return int((self.above["group"] == CHINESE).sum())

    def best(self, kind: str = "") -> pd.Series | None:
        """The row with the highest score beside the H100's, of one of `GROUPS` if named; None if there is none."""
        known = self.table[(self.table["missing"].str.len() == 0) & (self.table["chip"] != chips.REFERENCE)]
        rows = known[known["group"] == kind] if kind else known
        return None if rows.empty else rows.iloc[0]


def ranked(frame: pd.DataFrame, names: list[str], weights: dict[str, float]) -> pd.DataFrame:
    """Chips by weighted score, the best first; those with a missing value last.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    names : list of str
        Chips to rank.
    weights : dict
        Measure to weight, see ``chips.weighted_score``.

    Returns
    -------
    DataFrame
        chip, low, score, high (H100 = 1), missing (words of the measures not known), rank from 1.

    Raises
    ------
    ValueError
        As ``chips.weighted_score``.
    """
    if not (names := some_of("names", names, set(frame["chip"]))):
        raise ValueError("names are none; give one chip or more.")
    columns = {m: MEASURES[m][0] for m, w in weights.items() if m in MEASURES and w > 0}
    ends = [f"{column}{end}" for column in columns.values() for end in ("", "_low", "_high")]
    rows = frame.loc[frame["chip"].isin(names), ["chip", *ends]]  # few columns: many are slow to copy
    scores = {end: chips.weighted_score(rows, weights, end=end) for end in ("low", "central", "high")}
    unknown = rows[list(columns.values())].isna().to_numpy()
    missing = {
        chip: [MEASURES[m][2] for m, lacks in zip(columns, row, strict=True) if lacks]
        for chip, row in zip(rows["chip"], unknown, strict=True)
    }
    out = pd.DataFrame({"low": scores["low"], "score": scores["central"], "high": scores["high"]})
    out = out.rename_axis("chip").reset_index()
    out["missing"] = out["chip"].map(missing)
    out = out.sort_values("score", ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    return out.assign(rank=np.arange(1, len(out) + 1))


def standing(frame: pd.DataFrame, names: list[str], weights: dict[str, float]) -> Standing:
    """Which chips score above, level with and below the H100 at a reader's weights.

    Parameters
    ----------
    frame, names, weights
        As in `ranked`.

    Returns
    -------
    Standing
        Above: even the lowest published values score more than 1.005; below: even the highest less than 0.995.

    Raises
    ------
    ValueError
        All weights are 0, or as ``chips.weighted_score``.

    Examples
    --------
    >>> found = standing(chips.table(), STORY, {"memory": 1})
    >>> len(found.above), found.chinese_above, found.best()["chip"]
    (7, 3, 'B200')
    """
    if not (names := some_of("names", names, set(frame["chip"]))):
        raise ValueError("names are none; give one chip or more.")
    if not any(weights.values()):
        raise ValueError("all four weights are 0, so nothing counts. Raise at least one.")
    rows = frame.loc[frame["chip"].isin(names), ["chip", "vendor_home", "china_part"]]
    kinds = dict(zip(rows["chip"], groups(rows), strict=True))
    table = ranked(frame, names, weights)
    table = table.assign(group=table["chip"].map(kinds))
    known = table["missing"].str.len() == 0
    others = table[known & (table["chip"] != chips.REFERENCE)]
    above, below = others[others["low"] > 1 + LEVEL], others[others["high"] < 1 - LEVEL]
    return Standing(table, above, others.drop(above.index).drop(below.index), below, table[~known])
