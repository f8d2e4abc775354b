"""A wall that moves: eight chips before the lines of the rules, stage by stage, and a chip of the reader's own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.rules import model as rules
from helpers.rules.studies.asked import STATUS_OF, design, margins, short

# What stands on the upright axis, and the attribute of `chips.Specs` that gives it.
UPRIGHT = {"links": "io_gb_s", "density": "performance_density", "memory": "dram_bw_gb_s"}


class Stage(NamedTuple):
    """One picture of the wall: the day asked ("": before any rule), the upright axis, the chips drawn, the new ones."""

    day: str
    upright: str
    chips: tuple[str, ...]
    new: tuple[str, ...]


_A100, _H100, _A800, _H800 = "A100 SXM4 80GB", "H100 SXM5 80GB", "A800 SXM4 80GB", "H800 SXM5 80GB"
_H20, _V2, _H200, _B200 = "H20 96GB", "RTX 5090D V2", "H200 SXM 141GB", "B200"
_FOUR = (_A100, _H100, _A800, _H800)
_SIX = (*_FOUR, _H20, _V2)
STAGES = {
    "chips": Stage("", "links", (_A100, _H100), ()),
    "oct-2022": Stage("2022-10-21", "links", (_A100, _H100), (_A100, _H100)),
    "cut-2022": Stage("2023-03-21", "links", _FOUR, (_A800, _H800)),
    "oct-2023": Stage("2023-11-17", "density", _FOUR, _FOUR),
    "cut-2023": Stage("2023-11-17", "density", (*_FOUR, _H20), (_H20,)),
    "apr-2025": Stage("2025-04-09", "memory", (*_FOUR, _H20), (_H20,)),
    "cut-2025": Stage("2025-08-12", "memory", _SIX, (_V2,)),
    "jan-2026": Stage("2026-01-15", "memory", (*_SIX, _H200, _B200), (_H200, _B200)),
}
# Line of the picture -> row and column of ``data/rules/thresholds.csv``.
_LINES = {
    "tpp": ("oct-2022-3a090", "tpp_ge"),
    "links": ("oct-2022-3a090", "io_ge_gb_s"),
    "small_tpp": ("a2", "tpp_ge"),
    "density": ("a2", "pd_ge"),
    "notice_tpp": ("b1", "tpp_ge"),
    "notice_low": ("b1", "pd_ge"),
    "notice_high": ("b2", "pd_ge"),
    "memory": ("letter-2025-04-dram", "dram_ge_gb_s"),
    "ceiling_tpp": ("ceiling-2026", "tpp_lt"),
    "ceiling_memory": ("ceiling-2026", "dram_lt_gb_s"),
}
# A rule, and the chips that appeared outside it.
FOLLOWED = {"oct-2022": (_A800, _H800), "oct-2023": (_H20,), "apr-2025": (_V2,)}


@lru_cache(maxsize=1)
def wall_lines() -> dict[str, float]:
    """Where the lines of the picture stand: TPP, GB/s, TPP per mm2."""
    table = data.load("rules/thresholds").set_index("threshold_id")
    return {line: float(table.loc[row, column]) for line, (row, column) in _LINES.items()}


@lru_cache(maxsize=None)
def at_the_wall(stage: str) -> pd.DataFrame:
    """The chips of one stage and what a sale to China asked that day.

    Parameters
    ----------
    stage : str
        One of `STAGES`.

    Returns
    -------
    DataFrame
        chip, tpp, up (GB/s, or TPP per mm2), status (empty before any rule), new.

    Raises
    ------
    ValueError
        An unknown stage.
    """
    one_of("stage", stage, STAGES)
    day, upright, drawn, new = STAGES[stage]
    rows = []
    for name in drawn:
        specs = chips.specifications(name)
        status = STATUS_OF[rules.classify(name, day, "China").review_policy] if day else ""
        rows.append((short(name), specs.tpp, getattr(specs, UPRIGHT[upright]), status, name in new))
    return pd.DataFrame(rows, columns=["chip", "tpp", "up", "status", "new"])


class Own(NamedTuple):
    """A reader's chip at one stage: its height on the upright axis, and its status ("" before any rule)."""

    up: float
    status: str


@lru_cache(maxsize=4096)
def own_chip(stage: str, tpp: float, die_area_mm2: float, io_gb_s: float, dram_bw_gb_s: float) -> Own:
    """A data-centre chip of NVIDIA's with these numbers, sold to China on the day of a stage.

    Parameters
    ----------
    stage : str
        One of `STAGES`.
    tpp : float
        Total processing performance.
    die_area_mm2, io_gb_s, dram_bw_gb_s : float
        As in `design`.

    Raises
    ------
    ValueError
        As `design`; an unknown stage.
    """
    one_of("stage", stage, STAGES)
    within("tpp", tpp, 0, 1e7)  # as chips takes it
    day, upright, *_ = STAGES[stage]
    made = design(tpp / 16, 16, die_area_mm2, io_gb_s, dram_bw_gb_s, "China", day or "2022-10-21")
    up = {"links": io_gb_s, "density": made.performance_density, "memory": dram_bw_gb_s}[upright]
    return Own(float(up), made.status if day else "")


def under_ceilings(tpp: float, dram_bw_gb_s: float) -> dict[str, float]:
    """How far a chip stays under the two ceilings of January 2026, below which a refusal becomes a review.

    Parameters
    ----------
    tpp : float
        Total processing performance.
    dram_bw_gb_s : float
        Memory bandwidth, GB/s.

    Returns
    -------
    dict
        arithmetic, memory: per cent of the ceiling; 0 or less: not under it.

    Raises
    ------
    ValueError
        A value below 0.
    """
    within("tpp", tpp, 0, 1e7)
    within("dram_bw_gb_s", dram_bw_gb_s, 0, 1e6)
    at = wall_lines()
    return {
        "arithmetic": 100 * (1 - tpp / at["ceiling_tpp"]),
        "memory": 100 * (1 - dram_bw_gb_s / at["ceiling_memory"]),
    }


def outside() -> pd.DataFrame:
    """How far outside its line each chip of the picture that followed a rule appeared.

    Returns
    -------
    DataFrame
        rule (stage), chip, limb, below_percent, launch, notice (its line asks for notice, not for a licence):
        oldest rule first.
    """
    return _outside().copy()


@lru_cache(maxsize=1)
def _outside() -> pd.DataFrame:
    far = margins().set_index("chip")
    launch = data.load("chips").set_index("chip")["launch_date"]
    return pd.DataFrame(
        [
            {
                "rule": rule,
                "chip": short(name),
                "limb": far.loc[short(name), "limb"],
                "below_percent": float(far.loc[short(name), "below_percent"]),
                "launch": pd.Timestamp(launch[name]),
                "notice": far.loc[short(name), "paragraph"].startswith("3A090.b"),
            }
            for rule, names in FOLLOWED.items()
            for name in names
        ]
    )
