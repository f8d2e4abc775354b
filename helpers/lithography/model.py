"""Lithography: what light can print, in how many passes, at what cost, and what a wafer then costs.

Scanners, patterning schemes, nodes and the CSET table come from ``data/`` (``scanners``,
``patterning``, ``nodes``, ``cset_nodes``). Costs of a pass are in EUR, the currency of the tools'
prices; costs of wafers are in USD. What no source publishes (the cost of a film, an etch, a mask) is
an assumption of ours in ``data/process_costs.csv``, with a range, for the reader to scale.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.wafers import model as wafers

K1_LIMIT = 0.25  # below this a single exposure gives no contrast, whatever the lens
HOURS_PER_YEAR, HOURS_PER_MONTH = 8760, 720
ENDS = ("low", "central", "high")
COST_PARTS = ("scanner", "running, track, resist", "masks", "films", "etch and clean", "measurement")


# --- tools and schemes ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Scanner:
    """An exposure tool: wavelength (nm), numerical aperture, wafers an hour, price (million EUR, low, central, high)."""

    name: str
    light: str
    wavelength_nm: float
    numerical_aperture: float
    wafers_per_hour: float
    price_meur: tuple[float, float, float]


@dataclass(frozen=True)
class Scheme:
    """A way to print one layer: how it divides the pitch, and the steps it takes (cut masks: low, central, high)."""

    name: str
    words: str
    pitch_division: int
    exposures: int
    cuts: tuple[int, int, int]
    depositions: int
    etches: int
    cleans: int
    measurements: int
    aligned_exposures: int


@lru_cache(maxsize=None)
def _scanners() -> dict[str, Scanner]:
    return {
        r.tool: Scanner(
            r.tool,
            r.light,
            float(r.wavelength_nm),
            float(r.numerical_aperture),
            float(r.wafers_per_hour),
            (float(r.price_meur_low), float(r.price_meur_central), float(r.price_meur_high)),
        )
        for r in data.load("scanners").itertuples()
    }


@lru_cache(maxsize=None)
def schemes() -> dict[str, Scheme]:
    """The patterning schemes by name, from one exposure to self-aligned quadruple patterning.

    Returns
    -------
    dict of str to Scheme
        In the order of ``data/patterning.csv``; do not change it.

    Examples
    --------
    >>> list(schemes())
    ['single', 'LE2', 'LE3', 'LE4', 'SADP', 'SALELE', 'SAQP']
    """
    return {
        r.scheme: Scheme(
            r.scheme,
            r.words,
            int(r.pitch_division),
            int(r.exposures),
            (int(r.cuts_low), int(r.cuts_central), int(r.cuts_high)),
            *(int(v) for v in (r.depositions, r.etches, r.cleans, r.measurements, r.aligned_exposures)),
        )
        for r in data.load("patterning").itertuples()
    }


def scanner(name: str) -> Scanner:
    """An exposure tool by its maker's name.

    Parameters
    ----------
    name : str
        For instance ``"NXT:2000i"`` (193 nm immersion) or ``"NXE:3800E"`` (EUV).

    Returns
    -------
    Scanner

    Raises
    ------
    ValueError
        Not in ``data/scanners.csv``; the message lists the names.

    Examples
    --------
    >>> scanner("NXE:3800E").wafers_per_hour
    220.0
    """
    return _scanners()[one_of("name", name, _scanners())]


def scheme(name: str) -> Scheme:
    """A patterning scheme by name.

    Parameters
    ----------
    name : str
        A key of `schemes`.

    Returns
    -------
    Scheme

    Raises
    ------
    ValueError
        Not in ``data/patterning.csv``; the message lists the names.

    Examples
    --------
    >>> scheme("SAQP").pitch_division
    4
    """
    return schemes()[one_of("name", name, schemes())]


@lru_cache(maxsize=None)
def _assumptions() -> dict[str, tuple[float, float, float]]:
    return {r.item: (float(r.low), float(r.central), float(r.high)) for r in data.load("process_costs").itertuples()}


def assumption(item: str) -> tuple[float, float, float]:
    """An assumed cost or rate.

    Parameters
    ----------
    item : str
        A row of ``data/process_costs.csv``, which names the unit.

    Returns
    -------
    tuple of float
        Low, central, high.

    Raises
    ------
    ValueError
        Not in the table; the message lists the items.

    Examples
    --------
    >>> assumption("film_eur")
    (4.0, 8.0, 16.0)
    """
    return _assumptions()[one_of("item", item, _assumptions())]


# --- what light can print ---------------------------------------------------------------------------


def pitch_nm(k1: ArrayLike, wavelength_nm: ArrayLike = 193.0, numerical_aperture: ArrayLike = 1.35) -> np.ndarray:
    """Smallest pitch of lines that one exposure prints.

    Parameters
    ----------
    k1 : scalar or array, 0.25 to 1
        Process factor: 0.25 is the limit of physics, 0.27 to 0.28 what production reaches.
    wavelength_nm : scalar or array, 1 to 500 nm
    numerical_aperture : scalar or array, 0.05 to 1.6

    Returns
    -------
    ndarray of float, broadcast shape
        Pitch (line and space) in nm.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    pitch = 2 k1 wavelength / NA (Rayleigh).

    Examples
    --------
    >>> round(float(pitch_nm(0.25)), 1)
    71.5
    """
    k1 = within("k1", k1, K1_LIMIT, 1)
    wavelength = within("wavelength_nm", wavelength_nm, 1, 500, "nm")
    return 2 * k1 * wavelength / within("numerical_aperture", numerical_aperture, 0.05, 1.6)


def smallest_pitch_nm(
    scheme_name: str, k1: ArrayLike = K1_LIMIT, wavelength_nm: ArrayLike = 193.0, numerical_aperture: ArrayLike = 1.35
) -> np.ndarray:
    """Smallest pitch a scheme prints: that of one exposure, divided.

    Parameters
    ----------
    scheme_name : str
        A key of `schemes`.
    k1, wavelength_nm, numerical_aperture
        As in `pitch_nm`.

    Returns
    -------
    ndarray of float, broadcast shape
        Pitch in nm; real processes stop earlier, for want of overlay.

    Raises
    ------
    ValueError
        An unknown scheme, or a value outside its range.

    Notes
    -----
    pitch of one exposure / pitch division of the scheme.

    Examples
    --------
    >>> round(float(smallest_pitch_nm("SADP")), 1)
    35.7
    """
    return pitch_nm(k1, wavelength_nm, numerical_aperture) / scheme(scheme_name).pitch_division


def passes(scheme_name: str) -> tuple[int, int, int]:
    """Exposures of one layer, cut and block masks included.

    Parameters
    ----------
    scheme_name : str
        A key of `schemes`.

    Returns
    -------
    tuple of int
        Low, central, high, as the number of cut masks goes.

    Raises
    ------
    ValueError
        An unknown scheme.

    Notes
    -----
    core exposures + cut and block masks.

    Examples
    --------
    >>> passes("SAQP")
    (3, 4, 5)
    """
    s = scheme(scheme_name)
    return tuple(s.exposures + cut for cut in s.cuts)


# --- what a pass costs ------------------------------------------------------------------------------


def depreciation_per_pass(
    price_meur: ArrayLike, wafers_per_hour: ArrayLike, life_years: ArrayLike = 5.0, uptime: ArrayLike = 0.85
) -> np.ndarray:
    """The scanner's own share in one exposure of one wafer.

    Parameters
    ----------
    price_meur : scalar or array, 0.1 to 1000 million EUR
    wafers_per_hour : scalar or array, 1 to 1000
    life_years : scalar or array, 1 to 20
        Straight line to zero.
    uptime : scalar or array, 0.05 to 1
        Share of all hours in which it exposes at that rate.

    Returns
    -------
    ndarray of float
        EUR a wafer and exposure.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    price / (life x 8,760 h x uptime x wafers an hour).

    Examples
    --------
    >>> round(float(depreciation_per_pass(200, 220)), 1)
    24.4
    """
    price = within("price_meur", price_meur, 0.1, 1000, "million EUR")
    rate = within("wafers_per_hour", wafers_per_hour, 1, 1000)
    hours = within("life_years", life_years, 1, 20) * HOURS_PER_YEAR * within("uptime", uptime, 0.05, 1)
    return price * 1e6 / (hours * rate)


def layer_cost(
    scheme_name: str,
    scanner_name: str = "NXT:2000i",
    end: str = "central",
    shared_end: str | None = None,
    step_factor: ArrayLike = 1.0,
    life_years: ArrayLike = 5.0,
    uptime: ArrayLike = 0.85,
) -> dict[str, np.ndarray]:
    """Cost of one layer, part by part.

    Parameters
    ----------
    scheme_name, scanner_name : str
    end : str
        "low", "central" or "high": which end of cut masks, of the scanner's price and of what is
        assumed for its kind of light (running, resist, mask).
    shared_end : str, optional
        The end of what is assumed for either kind of light (films, etch, clean, measurement, wafers
        a mask); `end` by default.
    step_factor : scalar or array, 0 to 10
        Scales the assumed costs of films, etch, clean and measurement.
    life_years, uptime : scalar or array
        Of the scanner, as in `depreciation_per_pass`.

    Returns
    -------
    dict of str to ndarray, broadcast shape
        EUR a wafer by `COST_PARTS`, and their sum as ``"total"``.

    Raises
    ------
    ValueError
        An unknown name, or a value outside its range.

    Notes
    -----
    A cut mask adds one exposure, film, etch and clean and two measurements.

    Examples
    --------
    >>> parts = layer_cost("SAQP")
    >>> bool(np.isclose(sum(parts[p] for p in COST_PARTS), parts["total"]))
    True
    """
    s, tool = scheme(scheme_name), scanner(scanner_name)
    places = {e: i for i, e in enumerate(ENDS)}
    own = places[one_of("end", end, places)]
    shared = places[one_of("shared_end", end if shared_end is None else shared_end, places)]
    light = "duv" if tool.light.startswith("193") else "euv"
    factor = within("step_factor", step_factor, 0, 10)
    exposure = depreciation_per_pass(tool.price_meur[own], tool.wafers_per_hour, life_years, uptime)
    factor, exposure = np.broadcast_arrays(factor, exposure)
    cut = s.cuts[own]
    exposures = (s.exposures + cut) * np.ones_like(factor)
    running = assumption(f"running_{light}_eur")[own] + assumption(f"track_{light}_eur")[own]
    mask = assumption(f"mask_{light}_eur")[own] / assumption("wafers_per_mask")[2 - shared]  # long runs: cheap masks

    def steps(count: int, item: str, each_cut: int = 1) -> np.ndarray:
        return factor * (count + each_cut * cut) * assumption(item)[shared]

    parts = {
        "scanner": exposures * exposure,
        "running, track, resist": exposures * running,
        "masks": exposures * mask,
        "films": steps(s.depositions, "film_eur"),
        "etch and clean": steps(s.etches, "etch_eur") + steps(s.cleans, "clean_eur"),
        "measurement": steps(s.measurements, "measurement_eur", 2),
    }
    return {**parts, "total": sum(parts.values())}


def layer_range(
    scheme_name: str, scanner_name: str = "NXT:2000i", step_factor: float = 1.0
) -> tuple[float, float, float]:
    """Total cost of one layer in EUR: low, central, high, all assumptions moved together.

    Parameters
    ----------
    scheme_name, scanner_name : str
    step_factor : float
        As in `layer_cost`.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        An unknown name, or a value outside its range.

    Examples
    --------
    >>> low, central, high = layer_range("SAQP")
    >>> low < central < high
    True
    """
    return tuple(float(layer_cost(scheme_name, scanner_name, e, step_factor=step_factor)["total"]) for e in ENDS)


def layer_cases(
    scheme_name: str, scanner_name: str = "NXT:2000i", euv_name: str = "NXE:3800E", step_factor: float = 1.0
) -> np.ndarray:
    """One layer without and with EUV in nine cases: the central one, then every corner of the assumptions.

    Parameters
    ----------
    scheme_name, scanner_name : str
        How the layer is printed without EUV.
    euv_name : str
        The EUV scanner that prints it in one exposure.
    step_factor : float
        As in `layer_cost`.

    Returns
    -------
    ndarray of float, shape (9, 3)
        DUV exposures, cost of the DUV layer (EUR), cost of the EUV layer (EUR).

    Raises
    ------
    ValueError
        An unknown name, or a value outside its range.

    Notes
    -----
    What both ways share (films, etch, clean, measurement, wafers a mask) moves together; what only
    one has (its scanner, resist, masks, cut masks) moves against the other. The spread of a ratio
    over the cases is thus the widest that the assumptions allow.

    Examples
    --------
    >>> ratio = layer_cases("LE3")[:, 1] / layer_cases("LE3")[:, 2]
    >>> [round(float(r), 1) for r in (ratio[0], ratio.min(), ratio.max())]
    [2.4, 1.0, 3.8]
    """
    exposures = dict(zip(ENDS, passes(scheme_name), strict=True))

    def total(name: str, tool: str, end: str, shared: str) -> float:
        return float(layer_cost(name, tool, end, shared, step_factor)["total"])

    cases = [("central",) * 3, *itertools.product(("low", "high"), repeat=3)]
    return np.array(
        [
            (exposures[duv], total(scheme_name, scanner_name, duv, shared), total("single", euv_name, euv, shared))
            for duv, euv, shared in cases
        ]
    )


def scanners_needed(
    wafers_per_month: ArrayLike, passes_per_wafer: ArrayLike, wafers_per_hour: ArrayLike, uptime: ArrayLike = 0.85
) -> np.ndarray:
    """Scanners that a capacity takes.

    Parameters
    ----------
    wafers_per_month : scalar or array, 0 to 10 million
        Wafer starts.
    passes_per_wafer : scalar or array, 0 to 1000
        Exposures on scanners of this kind.
    wafers_per_hour : scalar or array, 1 to 1000
    uptime : scalar or array, 0.05 to 1

    Returns
    -------
    ndarray of float
        A fraction means that the last one is partly needed.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    starts x passes / (720 h x uptime x wafers an hour).

    Examples
    --------
    >>> round(float(scanners_needed(45_000, 40, 275)), 1)
    10.7
    """
    exposures = within("wafers_per_month", wafers_per_month, 0, 1e7) * within(
        "passes_per_wafer", passes_per_wafer, 0, 1000
    )
    rate = within("wafers_per_hour", wafers_per_hour, 1, 1000) * within("uptime", uptime, 0.05, 1)
    return exposures / (HOURS_PER_MONTH * rate)


def cycle_days(passes_per_wafer: ArrayLike, days_per_pass: ArrayLike = 1.3) -> np.ndarray:
    """Days from bare wafer to finished one.

    Parameters
    ----------
    passes_per_wafer : scalar or array, 0 to 1000
    days_per_pass : scalar or array, 0.1 to 10 days
        Waiting included.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    passes x days a pass.

    Examples
    --------
    >>> float(cycle_days(80, 1.5))
    120.0
    """
    return within("passes_per_wafer", passes_per_wafer, 0, 1000) * within("days_per_pass", days_per_pass, 0.1, 10)


# --- what passes do to yield --------------------------------------------------------------------------

_erf = np.frompyfunc(math.erf, 1, 1)


def overlay_yield(
    sigma_nm: ArrayLike, tolerance_nm: ArrayLike, alignments: ArrayLike = 1, layers: ArrayLike = 1
) -> np.ndarray:
    """Share of fields in which every pass lies where it should.

    Parameters
    ----------
    sigma_nm : scalar or array, 0.01 to 100 nm
        Standard deviation of the overlay error on each of two axes.
    tolerance_nm : scalar or array, 0.01 to 1000 nm
        Error that is still harmless.
    alignments : scalar or array, 0 to 20
        Exposures of one layer that must be aligned to another of the same layer.
    layers : scalar or array, 0 to 200
        Layers printed in that way.

    Returns
    -------
    ndarray of float
        From 0 to 1.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    erf(tolerance / (sigma sqrt 2)) squared (two axes), to the power alignments x layers: a teaching
    model with independent errors and no correction. The error function is C's, to double precision.

    Examples
    --------
    >>> round(float(overlay_yield(1, 3)), 4)
    0.9946
    """
    ratio = within("tolerance_nm", tolerance_nm, 0.01, 1000, "nm") / within("sigma_nm", sigma_nm, 0.01, 100, "nm")
    power = 2 * within("alignments", alignments, 0, 20) * within("layers", layers, 0, 200)
    return np.asarray(_erf(ratio / math.sqrt(2)), dtype=float) ** power


def d0_after_passes(base_d0: ArrayLike, extra_passes: ArrayLike, defects_per_pass: ArrayLike) -> np.ndarray:
    """Defect density of a process after passes are added.

    Parameters
    ----------
    base_d0 : scalar or array, 0 to 10 per cm2
    extra_passes : scalar or array, 0 to 1000
    defects_per_pass : scalar or array, 0 to 1 per cm2
        Killer defects that one pass, with its film and etch, adds.

    Returns
    -------
    ndarray of float, defects per cm2, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    base + passes x defects a pass.

    Examples
    --------
    >>> round(float(d0_after_passes(0.09, 30, 0.003)), 3)
    0.18
    """
    added = within("extra_passes", extra_passes, 0, 1000) * within(
        "defects_per_pass", defects_per_pass, 0, 1, "per cm2"
    )
    return within("base_d0", base_d0, 0, 10, "per cm2") + added


# --- what a wafer costs ---------------------------------------------------------------------------------

WAFER_PARTS = ("depreciation", "materials", "labour", "utilities", "maintenance", "masks")


def depreciation_per_wafer(
    capital_per_yearly_wafer_usd: ArrayLike, annual_rate: ArrayLike = 0.2, utilisation: ArrayLike = 0.9
) -> np.ndarray:
    """Depreciation in one wafer, from what it costs to build the capacity for one wafer a year.

    Parameters
    ----------
    capital_per_yearly_wafer_usd : scalar or array, 0 to 1 million USD
    annual_rate : scalar or array, 0 to 1
        Share of the capital written off in a year (0.2: five years).
    utilisation : scalar or array, 0.05 to 1

    Returns
    -------
    ndarray of float, USD a wafer, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    capital x rate / utilisation.

    Examples
    --------
    >>> float(depreciation_per_wafer(16000, 0.2, 0.8))
    4000.0
    """
    capital = within("capital_per_yearly_wafer_usd", capital_per_yearly_wafer_usd, 0, 1e6, "USD")
    return capital * within("annual_rate", annual_rate, 0, 1) / within("utilisation", utilisation, 0.05, 1)


def wafer_cost(parts_usd: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    """Cost of a processed wafer from its parts.

    Parameters
    ----------
    parts_usd : dict
        `WAFER_PARTS` to USD a wafer, each 0 to 1 million; a part left out is 0.

    Returns
    -------
    dict of str to ndarray
        ``"total"`` and the share of each part, which add to 1 (0 where the total is 0).

    Raises
    ------
    ValueError
        An unknown part, or a value outside its range.

    Notes
    -----
    total = sum of the parts; share = part / total.

    Examples
    --------
    >>> float(wafer_cost({"depreciation": 3000, "materials": 1000})["depreciation"])
    0.75
    """
    for part in parts_usd:
        one_of("part", part, WAFER_PARTS)
    values = {p: within(p, parts_usd.get(p, 0.0), 0, 1e6, "USD") for p in WAFER_PARTS}
    total = sum(values.values())
    safe = np.where(total > 0, total, 1)
    return {"total": total, **{p: v / safe for p, v in values.items()}}


def price_from_cost(cost_usd: ArrayLike, gross_margin: ArrayLike) -> np.ndarray:
    """Sale price that leaves a gross margin.

    Parameters
    ----------
    cost_usd : scalar or array, 0 to 1 million USD
    gross_margin : scalar or array, -1 to 0.95
        Share of the price; negative is a sale below cost.

    Returns
    -------
    ndarray of float, USD, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    cost / (1 - margin).

    Examples
    --------
    >>> float(price_from_cost(8000, 0.5))
    16000.0
    """
    margin = within("gross_margin", gross_margin, -1, 0.95)
    return within("cost_usd", cost_usd, 0, 1e6, "USD") / (1 - margin)


def without_euv(
    wafer_cost_usd: ArrayLike = 8000.0,
    critical_layers: ArrayLike = 14,
    passes_per_layer: ArrayLike = 4,
    euv_layer_eur: ArrayLike = 79.0,
    duv_pass_eur: ArrayLike = 47.0,
    base_d0: ArrayLike = 0.10,
    defects_per_pass: ArrayLike = 0.003,
    die_area_mm2: ArrayLike = 665.61,
) -> dict[str, np.ndarray]:
    """The same node with and without EUV: wafer cost, defects, cost of a good die.

    Parameters
    ----------
    wafer_cost_usd : scalar or array, 100 to 100,000 USD
        Cost (not price) of the wafer with EUV.
    critical_layers : scalar or array, 0 to 100
        Layers that EUV prints in one pass.
    passes_per_layer : scalar or array, 1 to 10
        DUV passes in place of one.
    euv_layer_eur : scalar or array, 0 to 10,000 EUR
        Cost of such a layer with EUV, all steps.
    duv_pass_eur : scalar or array, 0 to 10,000 EUR
        Cost of one DUV pass, with its film, etch, clean and measurement.
    base_d0 : scalar or array, 0.001 to 2 per cm2
        Defect density with EUV.
    defects_per_pass : scalar or array, 0 to 0.1 per cm2
    die_area_mm2 : scalar or array, 1 to 858 mm2

    Returns
    -------
    dict of str to ndarray
        extra_passes, wafer_usd, wafer_ratio, d0, yield_euv, yield_duv, die_euv_usd, die_duv_usd, die_ratio.

    Raises
    ------
    ValueError
        A value outside its range, or a wafer cheaper than the EUV layers it is said to contain.

    Notes
    -----
    wafer = cost + layers x (passes x DUV pass - EUV layer); D0 grows with each pass beyond the first;
    yield by ``wafers.die_yield``; cost of a good die = wafer / (dies x yield). Time, tools and
    learning are left out.

    Examples
    --------
    >>> same = without_euv(passes_per_layer=1, duv_pass_eur=79.0)
    >>> float(same["die_ratio"])
    1.0
    """
    cost = within("wafer_cost_usd", wafer_cost_usd, 100, 1e5, "USD")
    layers = within("critical_layers", critical_layers, 0, 100)
    count = within("passes_per_layer", passes_per_layer, 1, 10)
    euv = within("euv_layer_eur", euv_layer_eur, 0, 10_000, "EUR")
    duv = within("duv_pass_eur", duv_pass_eur, 0, 10_000, "EUR")
    area = within("die_area_mm2", die_area_mm2, 1, 858, "mm2")
    base = within("base_d0", base_d0, 0.001, 2, "per cm2")
    each = within("defects_per_pass", defects_per_pass, 0, 0.1, "per cm2")
    wafer = cost + layers * (count * duv - euv) * assumption("usd_per_eur")[1]
    if np.any(wafer <= 0):
        raise ValueError("wafer_cost_usd is smaller than the EUV layers it is said to contain: raise it or lower them.")
    d0 = d0_after_passes(base, layers * (count - 1), each)
    good_euv, good_duv = (wafers.die_yield(area, d) for d in (base, d0))
    dies = wafers.dies_per_wafer(area)
    die_euv, die_duv = cost / (dies * good_euv), wafer / (dies * good_duv)
    return {
        "extra_passes": layers * (count - 1),
        "wafer_usd": wafer,
        "wafer_ratio": wafer / cost,
        "d0": d0,
        "yield_euv": good_euv,
        "yield_duv": good_duv,
        "die_euv_usd": die_euv,
        "die_duv_usd": die_duv,
        "die_ratio": die_duv / die_euv,
    }


def good_die_price_ratio(price_ratio: ArrayLike, yield_reference: ArrayLike, yield_own: ArrayLike) -> np.ndarray:
    """What a good die costs a buyer who pays by the wafer, over what it would at a reference foundry.

    Parameters
    ----------
    price_ratio : scalar or array, 0.1 to 10
        Own wafer price over the reference's.
    yield_reference, yield_own : scalar or array, 0.001 to 1
        Of the same die.

    Returns
    -------
    ndarray of float
        Prices, not the foundries' costs, are compared.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    price ratio x yield of the reference / own yield.

    Examples
    --------
    >>> round(float(good_die_price_ratio(1.45, 0.55, 0.30)), 2)
    2.66
    """
    ratio = within("price_ratio", price_ratio, 0.1, 10)
    reference = within("yield_reference", yield_reference, 0.001, 1)
    return ratio * reference / within("yield_own", yield_own, 0.001, 1)


# --- parameters of a node ------------------------------------------------------------------------------------


def node_range(vendor: str, node: str, parameter: str) -> tuple[float, float, float]:
    """A node's parameter: low, central, high.

    Parameters
    ----------
    vendor, node, parameter : str
        As in ``data/nodes.csv``, for instance ``"TSMC"``, ``"N5"``, ``"wafer_price_usd"``.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        No such row.

    Examples
    --------
    >>> node_range("TSMC", "N5", "wafer_price_usd")
    (13495.0, 16000.0, 16988.0)
    """
    found = _node_ranges().get((vendor, node, parameter))
    if found is None:
        have = sorted({f"{v} {n}" for v, n, p in _node_ranges() if p == parameter})
        raise ValueError(
            f"no range of parameter = {parameter!r} for {vendor} {node}; there is one for {', '.join(have) or 'none'}."
        )
    return found


@lru_cache(maxsize=None)
def _node_ranges() -> dict[tuple[str, str, str], tuple[float, float, float]]:
    rows = data.load("nodes").query("role == 'range'")
    return {(r.vendor, r.node, r.parameter): (r.low, r.central, r.high) for r in rows.itertuples()}


# --- the CSET model of 2020, rebuilt ------------------------------------------------------------------------

CSET_RATE, CSET_FLOOR = 0.2529, 0.35  # declining balance, and the share of the first year it never falls below
CSET_DEPRECIATION_SHARE = 0.2493  # of TSMC's revenue, 2004 to 2018
CSET_CHIPS, CSET_DENSITY = 71.4, 171.3  # chips a 5 nm wafer; million transistors per mm2 at 5 nm
CSET_ATP = 0.3348  # assembly, test and packaging over foundry price
_CSET_COUNTED = pd.Timestamp("2020-01-01")


def cset_capital_factor(years: ArrayLike) -> np.ndarray:
    """Share of the invested capital that CSET counts as consumed in 2020.

    Parameters
    ----------
    years : scalar or array, 0 to 50
        From mass production to the first quarter of 2020.

    Returns
    -------
    ndarray of float, shape of `years`

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    0.2529 x 0.7471^years, and never less than 35% of 0.2529. Recovered from the printed table.

    Examples
    --------
    >>> cset_capital_factor([0, 1.5, 2.75, 4.5]).round(4).tolist()
    [0.2529, 0.1633, 0.1134, 0.0885]
    """
    t = within("years", years, 0, 50, "years")
    return CSET_RATE * np.maximum((1 - CSET_RATE) ** t, CSET_FLOOR)


def cset_wafer_price(capital_invested_usd: ArrayLike, years: ArrayLike) -> np.ndarray:
    """CSET's sale price of a wafer in 2020.

    Parameters
    ----------
    capital_invested_usd : scalar or array, 0 to 1 million USD
        For the capacity to make one wafer a year.
    years : scalar or array, 0 to 50
        As in `cset_capital_factor`.

    Returns
    -------
    ndarray of float, USD, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Capital consumed / 0.2493: depreciation was that share of TSMC's revenue, 2004 to 2018.

    Examples
    --------
    >>> round(float(cset_wafer_price(16746, 0)))
    16988
    """
    capital = within("capital_invested_usd", capital_invested_usd, 0, 1e6, "USD")
    return capital * cset_capital_factor(years) / CSET_DEPRECIATION_SHARE


def cset_chips_per_wafer(density_mtr_per_mm2: ArrayLike) -> np.ndarray:
    """Chips of 90.7 billion transistors that CSET takes from one wafer; below 1, a chip needs several.

    Parameters
    ----------
    density_mtr_per_mm2 : scalar or array, 0.01 to 1000 million transistors per mm2

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    71.4 at 171.3, in proportion. 71.4 is 80% of the whole dies of 610 mm2 on a wafer: the same yield
    at every node.

    Examples
    --------
    >>> round(float(cset_chips_per_wafer(96.3)), 1)
    40.1
    """
    return CSET_CHIPS * within("density_mtr_per_mm2", density_mtr_per_mm2, 0.01, 1000) / CSET_DENSITY


def cset_chip_price(wafer_price_usd: ArrayLike, density_mtr_per_mm2: ArrayLike) -> np.ndarray:
    """CSET's foundry price of one chip.

    Parameters
    ----------
    wafer_price_usd : scalar or array, 0 to 1 million USD
    density_mtr_per_mm2 : scalar or array
        As in `cset_chips_per_wafer`.

    Returns
    -------
    ndarray of float, USD, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    price of the wafer / chips on it.

    Examples
    --------
    >>> round(float(cset_chip_price(16988, 171.3)))
    238
    """
    return within("wafer_price_usd", wafer_price_usd, 0, 1e6, "USD") / cset_chips_per_wafer(density_mtr_per_mm2)


def cset_atp(chip_price_usd: ArrayLike) -> np.ndarray:
    """CSET's cost of assembly, test and packaging: 33.48% of the foundry price.

    Parameters
    ----------
    chip_price_usd : scalar or array, 0 to 1 million USD

    Returns
    -------
    ndarray of float, USD, shape of `chip_price_usd`

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(float(cset_atp(238)))
    80
    """
    return CSET_ATP * within("chip_price_usd", chip_price_usd, 0, 1e6, "USD")


def cset_table() -> pd.DataFrame:
    """CSET's table rebuilt: every printed number beside the computed one, blanks computed.

    Returns
    -------
    DataFrame
        One row a node, oldest first. `years`, `factor`; for capital_invested, capital_consumed,
        other_costs, wafer_price, chip_price and atp the columns ``<name>_printed`` and
        ``<name>_computed``; `density` as printed beside the table or as implied by the two prices
        (`density_implied`); `chips_per_wafer`; `foundry_and_atp`, the total without design.

    Notes
    -----
    Where the capital is printed, the wafer's price is computed forwards from it; where it is not, the
    capital is computed back from the printed price. Where a density is quoted, the chip's price is
    computed from it; where not, density is what the two printed prices imply.

    Examples
    --------
    >>> cset_table().set_index("node").loc["7", ["wafer_price_computed", "chip_price_computed"]].round().tolist()
    [9346.0, 233.0]
    """
    t = data.load("cset_nodes")
    years = ((_CSET_COUNTED - t["mass_production"]).dt.days / 365.25).round(2).to_numpy()
    factor = cset_capital_factor(years)
    known = t["capital_invested_usd"].notna().to_numpy()
    price = t["wafer_price_usd"].to_numpy()
    consumed = np.where(known, t["capital_invested_usd"] * factor, price * CSET_DEPRECIATION_SHARE)
    wafer = consumed / CSET_DEPRECIATION_SHARE
    implied = CSET_DENSITY * price / t["chip_price_usd"].to_numpy() / CSET_CHIPS
    density = t["density_mtr_per_mm2"].fillna(pd.Series(implied)).to_numpy()
    chip = cset_chip_price(wafer, density)
    out = pd.DataFrame(
        {
            "node": t["node"],
            "years": years,
            "factor": factor,
            "capital_invested_printed": t["capital_invested_usd"],
            "capital_invested_computed": consumed / factor,
            "capital_consumed_printed": t["capital_consumed_usd"],
            "capital_consumed_computed": consumed,
            "other_costs_printed": t["other_costs_usd"],
            "other_costs_computed": wafer - consumed,
            "wafer_price_printed": price,
            "wafer_price_computed": wafer,
            "density": density,
            "density_implied": t["density_mtr_per_mm2"].isna(),
            "chips_per_wafer": cset_chips_per_wafer(density),
            "chip_price_printed": t["chip_price_usd"],
            "chip_price_computed": chip,
            "atp_printed": t["atp_cost_usd"],
            "atp_computed": cset_atp(chip),
        }
    )
    return out.assign(foundry_and_atp=out["chip_price_computed"] + out["atp_computed"])
