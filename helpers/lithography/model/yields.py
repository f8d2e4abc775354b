"""What passes do to yield: overlay, added defects, and a good die with and without EUV, in USD."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within
from helpers.lithography.model.schemes import assumption
from helpers.wafers import model as wafers

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
