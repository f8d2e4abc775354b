"""The steps of the picture “Print, coat, remove, cut”: pitch, exposures, steps and euros of each, from the model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from helpers.core.limits import one_of, within
from helpers.lithography import model as litho
from helpers.lithography.studies.layers import DUV_TOOL, EUV_TOOL, N3_PITCH

LIMIT_K1 = 0.28  # 80 nm: what factories print by one exposure with ease
GOAL_NM = N3_PITCH  # the lines that the picture is to reach


@dataclass(frozen=True)
class Way:
    """One way to print lines: scheme, light, its wavelength and the pitch (nm), cuts counted or not; exposures, steps and EUR (low, central, high)."""

    scheme: str
    light: str
    wavelength_nm: float
    pitch_nm: float
    cut_masks: bool
    exposures: tuple[int, int, int]
    steps: tuple[int, int, int]
    eur: tuple[float, float, float]


def way(scheme: str, pitch_nm: float, cut_masks: bool = True, tool: str = DUV_TOOL) -> Way:
    """A scheme's counters for one layer.

    Parameters
    ----------
    scheme : str
        A key of ``litho.schemes``.
    pitch_nm : float
        Of the lines that are left.
    cut_masks : bool
        With cut and block masks, or before them.
    tool : str
        The scanner.

    Returns
    -------
    Way

    Raises
    ------
    ValueError
        An unknown name.

    Examples
    --------
    >>> way("SAQP", 32.5).exposures, way("SAQP", 32.5, cut_masks=False).exposures
    ((3, 4, 5), (1, 1, 1))
    """
    one_of("scheme", scheme, litho.schemes())
    one_of("tool", tool, litho.scanners())
    within("pitch_nm", pitch_nm, 1, 1000, "nm")
    s = litho.scheme(scheme)
    return Way(
        scheme,
        litho.scanner(tool).light,
        litho.scanner(tool).wavelength_nm,
        pitch_nm,
        cut_masks,
        litho.passes(scheme) if cut_masks else (s.exposures,) * 3,
        litho.steps(scheme, cut_masks),
        litho.layer_range(scheme, tool, cut_masks=cut_masks),
    )


@lru_cache(maxsize=None)
def ways() -> dict[str, Way]:
    """The ways that the picture shows, in its order.

    Returns
    -------
    dict of str to Way
        one, two (shifted exposures), spacer, spacer twice, cut (spacer twice with its cut masks), euv. Do not change it.

    Examples
    --------
    >>> [(key, round(w.pitch_nm, 1)) for key, w in ways().items()]  # doctest: +NORMALIZE_WHITESPACE
    [('one', 80.1), ('two', 40.0), ('spacer', 40.0), ('spacer twice', 32.5), ('cut', 32.5), ('euv', 32.5)]
    """
    one = float(litho.pitch_nm(LIMIT_K1))
    return {
        "one": way("single", one),
        "two": way("LE2", one / litho.scheme("LE2").pitch_division, cut_masks=False),
        "spacer": way("SADP", one / litho.scheme("SADP").pitch_division, cut_masks=False),
        "spacer twice": way("SAQP", N3_PITCH, cut_masks=False),
        "cut": way("SAQP", N3_PITCH),
        "euv": way("single", N3_PITCH, tool=EUV_TOOL),
    }


def near_enough(pitch_nm: float) -> bool:
    """Whether lines stand as close as the picture needs them.

    Parameters
    ----------
    pitch_nm : float

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        A pitch outside 1 to 1,000 nm.

    Examples
    --------
    >>> near_enough(40), near_enough(32.5)
    (False, True)
    """
    return float(within("pitch_nm", pitch_nm, 1, 1000, "nm")) <= GOAL_NM


def spacer_steps() -> dict[str, int]:
    """How many of the spacer's steps (SADP, before cuts) are behind us in each picture of it.

    Returns
    -------
    dict of str to int
        core, coat, etch, remove.

    Notes
    -----
    The table counts steps and gives no order. We lay what SADP has beyond one exposure so: its films
    at the coat, one etch at the etch back, the rest when the cores are gone.

    Examples
    --------
    >>> spacer_steps()
    {'core': 6, 'coat': 8, 'etch': 9, 'remove': 12}
    """
    core, whole = litho.steps("single")[0], litho.steps("SADP", cut_masks=False)[0]
    coat = core + litho.scheme("SADP").depositions - litho.scheme("single").depositions
    return {"core": core, "coat": coat, "etch": coat + 1, "remove": whole}


def wall_steps() -> tuple[int, int]:
    """Steps that the first walls add to one exposure, and the second walls to the first, before cuts.

    Returns
    -------
    tuple of int

    Notes
    -----
    The second take an etch, a clean and a measurement more: the first walls are etched into a film,
    to serve as cores.

    Examples
    --------
    >>> wall_steps()
    (6, 9)
    """
    one, once, twice = (ways()[key].steps[0] for key in ("one", "spacer", "spacer twice"))
    return once - one, twice - once


class Case(NamedTuple):
    """One case of the assumptions: EUR a layer without EUV and with it."""

    duv_eur: float
    euv_eur: float

    @property
    def ratio(self) -> float:
        """How many times the layer with EUV the one without costs."""
        return self.duv_eur / self.euv_eur


def cases(scheme: str = "SAQP") -> tuple[Case, Case, Case]:
    """The cases in which a layer without EUV costs least, centrally and most beside one with it.

    Parameters
    ----------
    scheme : str
        A key of ``litho.schemes``.

    Returns
    -------
    tuple of Case
        Least, central, most, of the cases of ``litho.layer_cases``.

    Raises
    ------
    ValueError
        An unknown name.

    Examples
    --------
    >>> [(round(case.duv_eur), round(case.euv_eur)) for case in cases()]
    [(118, 73), (277, 79), (664, 102)]
    """
    one_of("scheme", scheme, litho.schemes())
    found = [Case(float(duv), float(euv)) for _, duv, euv in litho.layer_cases(scheme, DUV_TOOL, EUV_TOOL)]
    return min(found, key=lambda c: c.ratio), found[0], max(found, key=lambda c: c.ratio)


def dearer(scheme: str = "SAQP") -> tuple[float, float, float]:
    """How many times one EUV exposure a layer costs without EUV, its cut masks included.

    Parameters
    ----------
    scheme : str
        A key of ``litho.schemes``.

    Returns
    -------
    tuple of float
        Low, central, high, over the cases of ``litho.layer_cases``.

    Raises
    ------
    ValueError
        An unknown name.

    Examples
    --------
    >>> [round(ratio, 1) for ratio in dearer()]
    [1.6, 3.5, 6.5]
    """
    least, central, most = cases(scheme)
    return least.ratio, central.ratio, most.ratio
