"""What a pass and a layer cost, in EUR, the currency of the tools' prices; and the scanners and days they take."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within
from helpers.lithography.model.schemes import ENDS, assumption, passes, scanner, scanners, scheme, schemes

HOURS_PER_YEAR, HOURS_PER_MONTH = 8760, 720
COST_PARTS = ("scanner", "running, track, resist", "masks", "films", "etch and clean", "measurement")


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
    cut_masks: bool = True,
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
    cut_masks : bool
        With the cut and block masks, or before them.

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
    one_of("scheme_name", scheme_name, schemes())
    one_of("scanner_name", scanner_name, scanners())
    s, tool = scheme(scheme_name), scanner(scanner_name)
    places = {e: i for i, e in enumerate(ENDS)}
    own = places[one_of("end", end, places)]
    shared = places[one_of("shared_end", end if shared_end is None else shared_end, places)]
    light = "duv" if tool.light.startswith("193") else "euv"
    factor = within("step_factor", step_factor, 0, 10)
    exposure = depreciation_per_pass(tool.price_meur[own], tool.wafers_per_hour, life_years, uptime)
    factor, exposure = np.broadcast_arrays(factor, exposure)
    cut = s.cuts[own] * cut_masks
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
    scheme_name: str, scanner_name: str = "NXT:2000i", step_factor: float = 1.0, cut_masks: bool = True
) -> tuple[float, float, float]:
    """Total cost of one layer in EUR: low, central, high, all assumptions moved together.

    Parameters
    ----------
    scheme_name, scanner_name : str
    step_factor : float
    cut_masks : bool
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
    one_of("scheme_name", scheme_name, schemes())
    one_of("scanner_name", scanner_name, scanners())
    return tuple(
        float(layer_cost(scheme_name, scanner_name, e, step_factor=step_factor, cut_masks=cut_masks)["total"])
        for e in ENDS
    )


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
    one_of("euv_name", euv_name, scanners())
    within("step_factor", step_factor, 0, 10)
    one_of("scheme_name", scheme_name, schemes())
    one_of("scanner_name", scanner_name, scanners())
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
