"""Where each chip lies by two measures, with the H100 as the cross-hairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies.names import GROUPS, MEASURES, PLAN, ends, groups, short
from helpers.core.limits import columns


@dataclass(frozen=True)
class Placed:
    """Chips by two measures.

    Attributes: points (one dict a chip: x, y and their low and high ends, chip, name, group, status, plan);
    missing (chips without a value, a link or a format); reference (the H100's x and y); drawn and above
    (how many of each of `GROUPS` are drawn beside the H100, and lie above it in both measures); over (the points
    of those above).
    """

    points: list[dict[str, Any]]
    missing: int
    reference: tuple[float, float]
    drawn: dict[str, int]
    above: dict[str, int]
    over: list[dict[str, Any]]


def data_centre_chips(frame: pd.DataFrame) -> pd.DataFrame:
    """Accelerators for data centres, one row a chip: the bins of the 910B are its range, a superchip is two GPUs.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """
    parts = frame["chip"].str.contains(r"superchip|910B\d")
    return frame[(frame["kind"] == "accelerator") & (frame["datacenter"] != "no") & ~parts].reset_index(drop=True)


def placed(drawn: pd.DataFrame, x: str, y: str, which: str = "", with_plans: bool = True) -> Placed:
    """Where chips lie by two measures, and how many lie above the H100 in both.

    Parameters
    ----------
    drawn : DataFrame
        From `data_centre_chips`.
    x, y : str
        Keys of `MEASURES`.
    which : str
        One of `GROUPS`, or empty for all; the H100 always stays.
    with_plans : bool
        Keep plans, unconfirmed reports and designs stopped before volume.

    Returns
    -------
    Placed

    Examples
    --------
    >>> found = placed(data_centre_chips(chips.table()), "bf16", "memory_bandwidth")
    >>> found.above["Chinese design"], found.reference
    (0, (989.5, 3350.0))
    """
    columns("drawn", drawn, ("chip", "status", "vendor_home", "china_part"))
    keep = drawn if with_plans else drawn[~drawn["status"].str.contains(PLAN)]
    read = [c for c in keep if c in ("chip", "status") or c.startswith((MEASURES[x][0], MEASURES[y][0]))]
    kinds = groups(keep)
    points, missing = [], 0
    for kind, row in zip(kinds, keep[read].to_dict("records"), strict=True):
        if which and kind != which and row["chip"] != chips.REFERENCE:
            continue
        across, up = ends(row, x), ends(row, y)
        if not (across[1] > 0 and up[1] > 0):
            missing += 1
            continue
        points.append(
            {
                "x": across[1], "x_low": across[0], "x_high": across[2], "y": up[1], "y_low": up[0], "y_high": up[2],
                "name": short(row["chip"]), "chip": row["chip"], "group": kind, "status": row["status"],
                "plan": bool(PLAN.search(row["status"])),
            }
        )  # fmt: skip
    h100 = drawn.set_index("chip").loc[chips.REFERENCE]
    at = ends(h100, x)[1], ends(h100, y)[1]
    others = [p for p in points if p["chip"] != chips.REFERENCE]
    over = [p for p in others if p["x"] > at[0] and p["y"] > at[1]]
    return Placed(points, missing, at, _counts(others), _counts(over), over)


def _counts(points: list[dict[str, Any]]) -> dict[str, int]:
    return {kind: sum(p["group"] == kind for p in points) for kind in GROUPS}
