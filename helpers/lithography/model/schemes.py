"""What light can print, and how: scanners, patterning schemes, pitches; and what we assume of costs.

Scanners, schemes and assumptions come from ``data/`` (``scanners``, ``patterning``, ``process_costs``). What no
source publishes (the cost of a film, an etch, a mask) is an assumption of ours, with a range, for the reader to scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import one_of, within

K1_LIMIT = 0.25  # below this a single exposure gives no contrast, whatever the lens
ENDS = ("low", "central", "high")
STEPS_PER_CUT = 6  # one exposure, one film, one etch, one clean, two measurements


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
def scanners() -> dict[str, Scanner]:
    """The exposure tools of ``data/scanners.csv`` by name; do not change it."""
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
    return scanners()[one_of("name", name, scanners())]


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
    one_of("scheme_name", scheme_name, schemes())
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
    one_of("scheme_name", scheme_name, schemes())
    s = scheme(scheme_name)
    return tuple(s.exposures + cut for cut in s.cuts)


def steps(scheme_name: str, cut_masks: bool = True) -> tuple[int, int, int]:
    """Steps that one layer takes: exposures, films, etches, cleans and measurements.

    Parameters
    ----------
    scheme_name : str
        A key of `schemes`.
    cut_masks : bool
        With the cut and block masks, or before them.

    Returns
    -------
    tuple of int
        Low, central, high, as the number of cut masks goes; thrice the same before them.

    Raises
    ------
    ValueError
        An unknown scheme.

    Notes
    -----
    core exposures + films + etches + cleans + measurements + `STEPS_PER_CUT` for each cut mask.

    Examples
    --------
    >>> steps("single"), steps("SAQP", cut_masks=False), steps("SAQP")
    ((6, 6, 6), (21, 21, 21), (33, 39, 45))
    """
    one_of("scheme_name", scheme_name, schemes())
    s = scheme(scheme_name)
    own = s.exposures + s.depositions + s.etches + s.cleans + s.measurements
    return tuple(own + STEPS_PER_CUT * cut * cut_masks for cut in s.cuts)
