"""One layer by every scheme, what doing without EUV adds to a good die, and where the two ways tie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, some_of, within
from helpers.lithography import model as litho

DUV_TOOLS = ["NXT:1980i", "NXT:2000i", "NXT:2050i", "NXT:2150i"]
DUV_TOOL = "NXT:2000i"  # where the reader does not choose another
EUV_TOOL, EUV_K1 = "NXE:3800E", 0.35  # 28.6 nm: single EUV exposures stop at 28 to 32 nm in practice
EUV_NAME = "EUV, one exposure"
DUV_K1 = 0.27  # 77 nm: production reaches 0.27 or 0.28
N3_PITCH = 32.5  # nm, the smallest pitch reported of SMIC's N+3
LAYERS = 14  # that EUV prints in N5, by report
WAFER_USD = 8000.0  # half of the 16,000 that N5 is said to have sold for: a gross margin of 50%
STAGES = ("with EUV", *litho.COST_PARTS, "lost dies", "without EUV")


def multiple() -> list[str]:
    """The schemes that expose a layer more than once, or divide its pitch.

    Returns
    -------
    list of str
        In the order of ``data/patterning.csv``.

    Examples
    --------
    >>> multiple()
    ['LE2', 'LE3', 'LE4', 'SADP', 'SALELE', 'SAQP']
    """
    return [name for name in litho.schemes() if name != "single"]


def pitch_rows(
    pitch: float, k1: float = DUV_K1, tool: str = DUV_TOOL, step_factor: float = 1.0
) -> list[dict[str, Any]]:
    """One row a scheme: can it print the pitch, in how many exposures, at what cost a layer.

    Parameters
    ----------
    pitch : float
        Target in nm.
    k1 : float
        Process factor of immersion; EUV is taken at `EUV_K1`.
    tool : str
        Immersion scanner, see ``litho.scanner``.
    step_factor : float
        Scales the assumed cost of films, etch, clean and measurement.

    Returns
    -------
    list of dict
        name, prints, smallest (nm), k1 (at which it is), passes and cost (low, central, high; EUR), parts (central; EUR),
        ratio (cost over that of one EUV exposure, in the cases of ``litho.layer_cases``). EUV is last.

    Raises
    ------
    ValueError
        An unknown scanner, or a value outside its range.

    Examples
    --------
    >>> [row["name"] for row in pitch_rows(32.5) if row["prints"]]
    ['LE3', 'LE4', 'SAQP', 'EUV, one exposure']
    """
    within("pitch", pitch, 1, 1000, "nm")
    within("k1", k1, litho.K1_LIMIT, 1)
    one_of("tool", tool, litho.scanners())
    within("step_factor", step_factor, 0, 10)
    rows = []
    for name, scanner in [*((s, tool) for s in litho.schemes()), ("single", EUV_TOOL)]:
        euv = scanner == EUV_TOOL
        optics = litho.scanner(scanner)
        factor = EUV_K1 if euv else k1
        smallest = litho.smallest_pitch_nm(name, factor, optics.wavelength_nm, optics.numerical_aperture)
        cases = litho.layer_cases(name, scanner, EUV_TOOL, step_factor)
        rows.append(
            {
                "name": EUV_NAME if euv else name,
                "prints": bool(smallest <= pitch + 1e-9),
                "smallest": float(smallest),
                "k1": factor,
                "passes": litho.passes(name),
                "cost": litho.layer_range(name, scanner, step_factor),
                "parts": litho.layer_cost(name, scanner, step_factor=step_factor),
                "ratio": cases[:, 1] / cases[:, 2],
            }
        )
    return rows


class Layer(NamedTuple):
    """A pitch in 193 nm light against one EUV exposure, over the schemes that print it.

    Attributes: schemes (names), exposures (fewest, most), central (lowest and highest cost over EUV's at the central
    assumptions), whole (the same over all assumptions), euv_stops (nm: the finest that one EUV exposure prints).
    """

    schemes: tuple[str, ...]
    exposures: tuple[int, int]
    central: tuple[float, float]
    whole: tuple[float, float]
    euv_stops: float


def layer_without_euv(pitch: float = N3_PITCH, step_factor: float = 1.0) -> Layer:
    """What printing one layer without EUV takes, over the schemes that can.

    Parameters
    ----------
    pitch : float
        In nm.
    step_factor : float
        As in `pitch_rows`.

    Returns
    -------
    Layer

    Raises
    ------
    ValueError
        No scheme prints that pitch in 193 nm light.

    Examples
    --------
    >>> layer_without_euv(32.5).exposures
    (3, 5)
    """
    within("pitch", pitch, 1, 1000, "nm")
    within("step_factor", step_factor, 0, 10)
    *duv, euv = pitch_rows(pitch, step_factor=step_factor)
    able = [row for row in duv if row["prints"]]
    if not able:
        raise ValueError(f"no scheme prints pitch = {pitch:g} nm with 193 nm light.")
    central = [float(row["ratio"][0]) for row in able]
    every = np.concatenate([row["ratio"] for row in able])
    return Layer(
        tuple(row["name"] for row in able),
        (min(row["passes"][0] for row in able), max(row["passes"][2] for row in able)),
        (min(central), max(central)),
        (float(every.min()), float(every.max())),
        float(euv["smallest"]),
    )


class Tie(NamedTuple):
    """How many DUV exposures cost as much as one in EUV: ``scanner`` alone, an array; ``whole`` pass, in nine cases.

    Attributes: euv_eur and duv_eur (the scanner's share in one exposure), scanner, whole.
    """

    euv_eur: float
    duv_eur: np.ndarray
    scanner: np.ndarray
    whole: np.ndarray


def tie(duv_prices_meur: ArrayLike = (65, 80, 90), euv_price_meur: float = 200) -> Tie:
    """Exposures for one: on the scanner's price alone, and with all that a pass brings.

    Parameters
    ----------
    duv_prices_meur : array
        Prices of an immersion scanner of 310 wafers an hour, million EUR.
    euv_price_meur : float
        Price of an EUV scanner of 220 wafers an hour, million EUR.

    Returns
    -------
    Tie

    Raises
    ------
    ValueError
        A price outside its range.

    Examples
    --------
    >>> tie().scanner.round(1).tolist()
    [4.3, 3.5, 3.1]
    """
    duv_prices_meur = within("duv_prices_meur", duv_prices_meur, 0.1, 1000, "million EUR")
    within("euv_price_meur", euv_price_meur, 0.1, 1000, "million EUR")
    euv = float(litho.depreciation_per_pass(euv_price_meur, litho.scanner("NXE:3800E").wafers_per_hour))
    duv = litho.depreciation_per_pass(np.asarray(duv_prices_meur), litho.scanner("NXT:2150i").wafers_per_hour)
    cases = litho.layer_cases("single")
    return Tie(euv, duv, euv / duv, cases[:, 2] / cases[:, 1])


def penalty(
    scheme: str,
    layers: float = LAYERS,
    tool: str = DUV_TOOL,
    defects_per_pass: float = 0.003,
    wafers_per_month: float = 45_000,
    die_area_mm2: float = 665.61,
) -> dict[str, Any]:
    """What replacing EUV layers by a scheme adds to a good die, part by part, and in tools and days.

    Parameters
    ----------
    scheme, tool : str
        As in ``litho.layer_cost``.
    layers : float
        Layers that one EUV exposure each would print.
    defects_per_pass : float
        Per cm2, for each exposure beyond the first of a layer.
    wafers_per_month : float
        Capacity for which scanners are counted.
    die_area_mm2 : float
        The Ascend 910B's by default.

    Returns
    -------
    dict
        ``stages`` (name to USD a good die, `STAGES` without the ends as differences, central
        assumptions), ``rise`` (the same in three: exposures, other steps, lost dies), ``ratio`` (cost
        of a good die without EUV over that with, in the cases of ``litho.layer_cases``), ``passes``
        (low, high, all layers), ``scanners`` and ``days`` (low, high), ``euv_scanners``.

    Raises
    ------
    ValueError
        An unknown name, or a value outside its range.
    """
    one_of("scheme", scheme, litho.schemes())
    one_of("tool", tool, litho.scanners())
    within("layers", layers, 0, 100)
    within("defects_per_pass", defects_per_pass, 0, 0.1, "per cm2")
    within("wafers_per_month", wafers_per_month, 0, 1e7)
    within("die_area_mm2", die_area_mm2, 1, 858, "mm2")
    cases = litho.layer_cases(scheme, tool, EUV_TOOL)
    base_d0 = litho.node_range("TSMC", "N5", "d0_per_cm2")[1]
    duv_pass = cases[:, 1] / cases[:, 0]
    flow = litho.without_euv(
        WAFER_USD, layers, cases[:, 0], cases[:, 2], duv_pass, base_d0, defects_per_pass, die_area_mm2
    )
    first, last = float(flow["die_euv_usd"]), float(flow["die_duv_usd"][0])
    euv, duv = litho.layer_cost("single", EUV_TOOL), litho.layer_cost(scheme, tool)
    scale = layers * litho.assumption("usd_per_eur")[1] * first / WAFER_USD
    stages = {"with EUV": first, **{p: float(duv[p] - euv[p]) * scale for p in litho.COST_PARTS}}
    stages |= {"lost dies": last - sum(stages.values()), "without EUV": last}
    low, _, high = litho.passes(scheme)
    quick, _, slow = litho.assumption("days_per_pass")
    rate, euv_rate = (litho.scanner(t).wafers_per_hour for t in (tool, EUV_TOOL))
    return {
        "stages": stages,
        "rise": {
            "exposures": sum(stages[p] for p in litho.COST_PARTS[:3]),
            "other steps": sum(stages[p] for p in litho.COST_PARTS[3:]),
            "lost dies": stages["lost dies"],
        },
        "ratio": flow["die_ratio"],
        "passes": (layers * low, layers * high),
        "scanners": [float(litho.scanners_needed(wafers_per_month, layers * n, rate)) for n in (low, high)],
        "euv_scanners": float(litho.scanners_needed(wafers_per_month, layers, euv_rate)),
        "days": [float(litho.cycle_days(layers * (n - 1), d)) for n, d in ((low, quick), (high, slow))],
    }


class Spread(NamedTuple):
    """Ends over several schemes: scanners over those of EUV, days a wafer spends longer in the fab, cost of a good die."""

    scanners: tuple[float, float]
    days: tuple[float, float]
    ratio: tuple[float, float]


def penalty_spread(schemes: Sequence[str], defects_per_pass: float = 0.003, layers: float = LAYERS) -> Spread:
    """The ends of `penalty` over several schemes and all assumed costs.

    Parameters
    ----------
    schemes : sequence of str
    defects_per_pass : float
        Per cm2.
    layers : float

    Returns
    -------
    Spread

    Raises
    ------
    ValueError
        An unknown scheme, or a value outside its range.

    Examples
    --------
    >>> [round(days) for days in penalty_spread(("SADP", "SAQP")).days]
    [14, 90]
    """
    schemes = some_of("schemes", schemes, litho.schemes())
    if not schemes:
        raise ValueError("schemes are none; give one or more.")
    within("layers", layers, 1, 100)
    within("defects_per_pass", defects_per_pass, 0, 0.1, "per cm2")
    found = [penalty(name, layers, defects_per_pass=defects_per_pass) for name in schemes]
    scanners = [n / out["euv_scanners"] for out in found for n in out["scanners"]]
    days = [d for out in found for d in out["days"]]
    ratio = [float(r) for out in found for r in out["ratio"]]
    return Spread(*((min(values), max(values)) for values in (scanners, days, ratio)))


def wafer_flow(
    layers: float = LAYERS,
    passes: ArrayLike = 4,
    defects_per_pass: float = 0.003,
    area: float = 666,
    d0: float = 0.10,
) -> dict[str, np.ndarray]:
    """``litho.without_euv`` in the cases of ``litho.layer_cases`` for a pass that no scheme is named for.

    Parameters
    ----------
    layers, defects_per_pass, area, d0 : float
        As in ``litho.without_euv`` (die in mm2, defects per cm2).
    passes : scalar or array
        DUV passes in place of one EUV exposure.

    Returns
    -------
    dict of str to ndarray
        Of shape passes x 9: the central case, then every corner of the assumed costs.

    Raises
    ------
    ValueError
        A value outside its range.
    """
    within("layers", layers, 0, 100)
    within("defects_per_pass", defects_per_pass, 0, 0.1, "per cm2")
    within("area", area, 1, 858, "mm2")
    within("d0", d0, 0.001, 2, "per cm2")
    passes = within("passes", passes, 1, 10)
    _, duv_pass, euv = litho.layer_cases("single").T
    return litho.without_euv(
        WAFER_USD, layers, np.asarray(passes)[..., None], euv, duv_pass, d0, defects_per_pass, area
    )


def good_fields(fits_a_layer: float, harmless_nm: float = 3.0, layers: float = LAYERS) -> float:
    """Share of fields in which every exposure of all layers lies where it should, at an error of 1 nm.

    Parameters
    ----------
    fits_a_layer : float
        Exposures of a layer that must be aligned to another of it.
    harmless_nm : float
        Error that is still harmless.
    layers : float

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(good_fields(1), 2)
    0.93
    """
    within("fits_a_layer", fits_a_layer, 0, 100)
    within("harmless_nm", harmless_nm, 0.01, 1000, "nm")
    return float(litho.overlay_yield(1, harmless_nm, fits_a_layer, layers=layers))
