"""Dies on a wafer with defects, yield against area, and the densities behind reported yields."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core.limits import one_of, whole, within
from helpers.wafers import model as wafers
from helpers.wafers.studies.record import (
    CORE_SHARE,
    CORES,
    COUNTED,
    MODELS,
    SOLD_FROM,
    SPREADS,
    WAFER,
    WAFER_D0,
    WAFER_RIM,
    evidence,
    products,
    published,
    shapes,
)


class HitWafer(NamedTuple):
    """Dies in place on one wafer, and the defects that fell on it.

    Attributes
    ----------
    placed : Placement
    x, y : ndarray
        Defects, mm from the centre.
    good, hit, cut : ndarray of bool
        One a die: whole and without a defect, whole and hit, cut by the rim.
    expected : float
        Share of flawless dies that the yield model expects.
    field : tuple of float
        Largest exposure field over dies by the centre, the way it holds more: left, bottom, sides; mm.
    held : int
        Dies that one field holds; 0 where a side exceeds it.
    usd : float
        Price of the wafer over its good dies; infinite where there is none.
    """

    placed: wafers.Placement
    x: np.ndarray
    y: np.ndarray
    good: np.ndarray
    hit: np.ndarray
    cut: np.ndarray
    expected: float
    field: tuple[float, float, float, float]
    held: int
    usd: float


def hit_wafer(width: float, height: float, rim: float, d0: float, spread: str, number: int) -> HitWafer:
    """A 300 mm wafer of dies with random defects, at the price estimated for SMIC's 7 nm class.

    Parameters
    ----------
    width, height : float
        Sides of the die, mm.
    rim : float
        Left empty, mm.
    d0 : float
        Mean defects per cm2.
    spread : str
        One of `SPREADS`.
    number : int
        The same number always gives the same wafer.

    Raises
    ------
    ValueError
        A value outside the range of `model.place_dies` or `model.random_defects`.

    Examples
    --------
    >>> w = hit_wafer(26, 33, 3, 0, "even", 1)
    >>> int(w.good.sum()), int(w.hit.sum()), w.held
    (64, 0, 1)
    """
    within("width", width, 1, 1000, "mm")
    within("height", height, 1, 1000, "mm")
    within("rim", rim, 0, 10, "mm")
    within("d0", d0, 0, 5, "per cm2")
    one_of("spread", spread, SPREADS)
    number = whole("number", number, 0, 2**53)
    placed, alpha = wafers.place_dies(width, height, edge_mm=rim), SPREADS[spread]
    x, y = wafers.random_defects(d0, alpha, seed=number)
    struck = wafers.defects_on_dies(placed, x, y) > 0
    model = ("poisson",) if alpha is None else ("negative_binomial", alpha)
    good = placed.whole & ~struck
    return HitWafer(
        placed,
        x,
        y,
        good,
        placed.whole & struck,
        ~placed.whole,
        float(wafers.die_yield(width * height, d0, *model)),
        field_over(placed),
        int(wafers.dies_per_field(width, height, placed.scribe_mm)),
        published("wafer-smic-7") / good.sum() if good.any() else float("inf"),
    )


def sides(area_mm2: float, shape: str) -> tuple[float, float]:
    """Width and height in mm, to a micrometre, of a die of an area and a shape.

    Parameters
    ----------
    area_mm2 : float, 1 to 100,000 mm2
    shape : str
        One of `shapes`.

    Examples
    --------
    >>> sides(858, "field"), sides(665.61, "910b")
    ((26.0, 33.0), (21.32, 31.22))
    """
    within("area_mm2", area_mm2, 1, 1e5, "mm2")
    one_of("shape", shape, shapes())
    ratio = shapes()[shape]
    return round(math.sqrt(area_mm2 * ratio), 3), round(math.sqrt(area_mm2 / ratio), 3)


@cache
def picture() -> dict[str, HitWafer]:
    """One wafer three times: its defects under phone chips, under 910B dies, and as many in clusters under 910B dies.

    Wafer number `WAFER` is one of the few on which the two ways to fall give the same number of defects; of those it
    has the average number, and shares of good dies near those that the models expect.

    Returns
    -------
    dict of str to HitWafer
        ``small``, ``big`` and ``gathered``.

    Examples
    --------
    >>> [int(w.good.sum()) for w in picture().values()], {len(w.x) for w in picture().values()}
    ([494, 30, 39], {113})
    """
    small, big = sides(products()["Kirin 9000S"], "square"), sides(published("die-910b"), "910b")
    laid = {"small": (small, "even"), "big": (big, "even"), "gathered": (big, "strong")}
    return {key: hit_wafer(*die, WAFER_RIM, WAFER_D0, how, WAFER) for key, (die, how) in laid.items()}


def field_over(placed: wafers.Placement) -> tuple[float, float, float, float]:
    """The largest exposure field, over dies by the wafer's centre and the way it holds more.

    Returns
    -------
    tuple of float
        Left, bottom, width and height, mm.
    """
    found = []
    for width, height in (wafers.FIELD_MM, wafers.FIELD_MM[::-1]):
        x, y = placed.x, placed.y
        at = np.argmin(np.hypot(x + width / 2, y + height / 2))
        across = (x >= x[at]) & (x + placed.width_mm <= x[at] + width + 1e-6)
        along = (y >= y[at]) & (y + placed.height_mm <= y[at] + height + 1e-6)
        found.append(((across & along).sum(), (float(x[at]), float(y[at]), width, height)))
    return max(found, key=lambda f: f[0])[1]


def yield_bands() -> pd.DataFrame:
    """Lowest and highest share of flawless dies over `MODELS`, by density and area up to 858 mm2.

    Returns
    -------
    DataFrame
        ``density`` (text, per cm2), ``area``, ``low``, ``high``.
    """
    areas, bands = np.linspace(10, 858, 54), []
    for d0 in (published("d0-tsmc-n7"), 0.16, 0.32):
        each = np.array([wafers.die_yield(areas, d0, model, alpha) for model, alpha in MODELS.values()])
        bands.append(pd.DataFrame({"density": f"{d0:g}", "area": areas, "low": each.min(0), "high": each.max(0)}))
    return pd.concat(bands)


def implied_d0(area_mm2: float, good_share: float, counted: str, core_share: float = CORE_SHARE) -> dict[str, float]:
    """Defect density per cm2 behind a reported yield, by model; Murphy only where whole dies are counted.

    Parameters
    ----------
    area_mm2 : float
    good_share : float, a fraction
    counted : str
        "flawless" dies, "sellable" dies with at least 20 of 25 cores, or "pair": packages of two flawless dies.
    core_share : float
        Share of the area that lies in cores; only for "sellable".

    Returns
    -------
    dict of model name to defects per cm2
    """
    within("area_mm2", area_mm2, 0.01, 1e5, "mm2")
    within("good_share", good_share, 0.001, 1)
    one_of("counted", counted, COUNTED)
    within("core_share", core_share, 0, 1)
    if counted == "sellable":
        core, shared = area_mm2 * core_share / CORES, area_mm2 * (1 - core_share)
        alphas = {
            name: 1e7 if model == "poisson" else alpha for name, (model, alpha) in MODELS.items() if model != "murphy"
        }
        return {
            name: float(wafers.infer_d0_from_bins(CORES, core, shared, SOLD_FROM, good_share, alpha))
            for name, alpha in alphas.items()
        }
    share = good_share**0.5 if counted == "pair" else good_share
    return {name: float(wafers.infer_d0(area_mm2, share, m, a)) for name, (m, a) in MODELS.items()}


class Implied(NamedTuple):
    """What a reported yield implies: densities per cm2 by model, the die's area in mm2, and the share of
    phone chips (Kirin 9000S) that each density and its model would leave flawless."""

    densities: dict[str, float]
    area_mm2: float
    phone: list[float]


def implied(reported: float, product: str, counted: str) -> Implied:
    """The densities behind a reported yield of one product.

    Parameters
    ----------
    reported : float
        Share of good ones, a fraction.
    product : str
        One of `products`.
    counted : str
        One of `COUNTED`.

    Raises
    ------
    ValueError
        Cores or pairs of another die than the Ascend 910B's.
    """
    within("reported", reported, 0.001, 1)
    one_of("product", product, products())
    one_of("counted", counted, COUNTED)
    if counted != "flawless" and product != "Ascend 910B":
        raise ValueError(
            f"product = {product!r}: only the Ascend 910B's die has 25 cores and goes into packages of two; choose it, or"
            " counted = 'flawless'."
        )
    areas = products()
    found = implied_d0(areas[product], reported, counted)
    phone = [float(wafers.die_yield(areas["Kirin 9000S"], d0, *MODELS[name])) for name, d0 in found.items()]
    return Implied(found, areas[product], phone)


def reports() -> pd.DataFrame:
    """Reported yields of the large dies by date, with the densities implied if flawless dies were counted.

    Returns
    -------
    DataFrame
        Columns of ``data/smic_evidence.csv``, and ``d0_low`` and ``d0_high`` per cm2. A 910C is taken as 910B dies.
    """
    rows = evidence()
    rows = rows[(rows["metric"] == "yield") & rows["value"].notna() & rows["subject"].str.contains("Ascend|H100")]
    rows, areas = rows.sort_values("as_of", kind="stable"), products()
    found = [
        list(implied_d0(areas.get(row.subject, areas["Ascend 910B"]), row.value / 100, "flawless").values())
        for row in rows.itertuples()
    ]
    return rows.assign(d0_low=[min(d0) for d0 in found], d0_high=[max(d0) for d0 in found])
