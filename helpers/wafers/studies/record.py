"""What was published on dies, yields and prices, and what the studies of wafers share."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.core import data
from helpers.wafers import model as wafers

# Name of a yield model on the charts -> (model, alpha).
MODELS = {
    "Poisson: no clusters": ("poisson", 3.0),
    "Negative binomial, alpha 10": ("negative_binomial", 10.0),
    "Murphy": ("murphy", 3.0),
    "Negative binomial, alpha 3": ("negative_binomial", 3.0),
    "Negative binomial, alpha 2": ("negative_binomial", 2.0),
    "1/(1 + x): strong clusters": ("seeds", 1.0),
}
WAFER = 1935  # of the picture: as many defects as on an average wafer, evenly and in strong clusters
WAFER_D0, WAFER_RIM = 0.16, 3.0  # per cm2, about what a report of 40% good dies would mean; mm left empty
SPREADS = {"even": None, "some": 3.0, "strong": 1.0}  # how defects fall -> alpha, to the strongest in common use
COUNTED = ("flawless", "sellable", "pair")  # what a reported yield may have counted
CORES, SOLD_FROM = 25, 20  # of a 910B's die; the weakest product sold
CORE_SHARE = 0.6  # of a die's area, where a panel or a reading does not say otherwise: our assumption
PARTS = ("logic", "memory", "packaging", "lost in assembly", "other")
PIECES = {"one die": 1, "two pieces": 2, "four pieces": 4}
LARGEST_MM2 = wafers.FIELD_MM[0] * wafers.FIELD_MM[1]  # of a die that one exposure prints


def dies_of_910b() -> int:
    """Dies of the 910B's size on a wafer, placed one by one as in the first picture.

    Returns
    -------
    int

    Examples
    --------
    >>> dies_of_910b()
    85
    """
    return int(wafers.exact_dies(published("width-910b"), published("height-910b"), edge_mm=WAFER_RIM))


@cache
def evidence() -> pd.DataFrame:
    """Published statements on yields, dies and wafers (``data/smic_evidence.csv``), by id."""
    return data.load("smic_evidence").set_index("evidence_id")


def published(evidence_id: str) -> float:
    """The value of one statement, in its row's unit.

    Raises
    ------
    KeyError
        No statement of that id.

    Examples
    --------
    >>> published("die-kirin-9000s"), published("d0-tsmc-n7")
    (107.0, 0.09)
    """
    return float(evidence().loc[evidence_id, "value"])


def shapes() -> dict[str, float]:
    """Width over height of dies: that of the 910B, of a square, of the exposure field, and one of 30 by 28 mm."""
    return {
        "910b": published("width-910b") / published("height-910b"),
        "square": 1.0,
        "field": wafers.FIELD_MM[0] / wafers.FIELD_MM[1],
        "wide": 30 / 28,
    }


def products() -> dict[str, float]:
    """Dies drawn on the yield curves: name to area in mm2."""
    h100 = data.load("chips").set_index("chip").loc["H100 SXM5 80GB", "die_area_mm2_central"]
    areas = {"Kirin 9000S": "die-kirin-9000s", "Ascend 910": "die-910", "Ascend 910B": "die-910b"}
    return {**{name: published(key) for name, key in areas.items()}, "H100": float(h100)}


def tsmc_densities() -> tuple[float, float]:
    """Defects per cm2 that TSMC gave for its 7 nm (N7) and, at most, for its 5 nm (N5)."""
    return published("d0-tsmc-n7"), float(evidence().loc["d0-tsmc-n5", "high"])
