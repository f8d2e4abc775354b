"""Every “times as much” of 22_without_euv in one place: what is counted, by which scheme, on which die."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from helpers.lithography.studies.layers import LAYERS, N3_PITCH, layer_without_euv, penalty, pitch_rows, wafer_flow

AI_DIE, PHONE_DIE = 666.0, 107.0  # mm2: the Ascend 910B's, rounded, and that of the phone chip Kirin 9000S
GUESS = 0.003  # defects per cm2 that each pass adds, assumed
ANY = "no scheme named, 4 passes"


class Ratio(NamedTuple):
    """Cost without EUV over cost with it: what is counted, scheme, layers, die (mm2; 0: none), defects a pass (per cm2; NaN: none), central (lowest and highest), low and high."""

    what: str
    scheme: str
    layers: int
    die_mm2: float
    defects: float
    central: tuple[float, float]
    low: float
    high: float


def _over(what: str, scheme: str, layers: int, die: float, defects: float, cases: Iterable[np.ndarray]) -> Ratio:
    """One row over the cases of one or more schemes; the first case of each is the central one."""
    cases = [np.ravel(case) for case in cases]
    middle, every = [float(case[0]) for case in cases], np.concatenate(cases)
    return Ratio(what, scheme, layers, die, defects, (min(middle), max(middle)), float(every.min()), float(every.max()))


def every_ratio() -> list[Ratio]:
    """All ratios of cost that the notebook and the verdict on S21 print, each with its terms.

    Returns
    -------
    list of Ratio
        One layer, then wafers, then good dies.

    Examples
    --------
    >>> [round(r.central[0], 1) for r in every_ratio() if r.scheme == "SAQP"]
    [3.5, 1.4, 2.6]
    """
    able = layer_without_euv().schemes
    rows = {row["name"]: row["ratio"] for row in pitch_rows(N3_PITCH) if row["name"] in able}
    every = ", ".join(able)
    found = [_over("one layer", name, 1, 0, np.nan, [ratio]) for name, ratio in rows.items()]
    for scheme, names in (("SAQP", ["SAQP"]), (every, able)):
        for what, die, defects in (("a wafer, or a good die if passes are clean", AI_DIE, 0.0), ("a good die", AI_DIE, GUESS)):  # fmt: skip
            cases = [penalty(name, defects_per_pass=defects)["ratio"] for name in names]
            found.append(_over(what, scheme, LAYERS, die, defects, cases))
    for what, key, die, defects in (
        ("a wafer", "wafer_ratio", 0.0, np.nan),
        ("a good die", "die_ratio", AI_DIE, GUESS),
        ("a good die", "die_ratio", PHONE_DIE, GUESS),
    ):
        found.append(_over(what, ANY, LAYERS, die, defects, [wafer_flow(LAYERS, 4, GUESS, die or AI_DIE)[key]]))
    return found
