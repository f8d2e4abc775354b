"""From a wafer to a package: dies, defects, yield, salvage, cost.

Areas in mm2, lengths in mm, defect densities per cm2, money in US dollars. Every function takes
scalars or arrays and broadcasts; a value outside its range raises ``ValueError``. ``d0_per_cm2`` is
the mean number of killer defects on a square centimetre; the mean on a die is x = d0 * area / 100.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, whole, within

FORMS = ("area", "hennessy_patterson", "coefficient_058", "exponential", "square", "flynn")
MODELS = (
    "poisson",
    "murphy",
    "negative_binomial",
    "seeds",
    "seeds_sqrt",
    "bose_einstein",
    "hennessy_patterson",
)
FIELD_MM = 26.0, 33.0  # largest field that one exposure prints on the wafer (immersion, and EUV of NA 0.33)

_MOST_AREA, _MOST_D0, _MOST_USD, _MOST_SIDE = 1e5, 100.0, 1e9, 1000.0
_MM2_PER_CM2 = 100.0
_CLOSE = 1e-9  # mm: a corner this far out still counts as inside


# --- dies on a wafer, closed forms --------------------------------------------------------------


def dies_per_wafer(
    area_mm2: ArrayLike,
    form: str = "hennessy_patterson",
    diameter_mm: ArrayLike = 300.0,
    edge_mm: ArrayLike = 0.0,
    scribe_mm: ArrayLike = 0.0,
) -> np.ndarray:
    """Whole dies on a wafer by a closed form (an estimate; `exact_dies` counts).

    Parameters
    ----------
    area_mm2 : scalar or array, 0.01 to 100,000 mm2
        Area of one die.
    form : str
        "area" (upper bound: counts cut dies), "hennessy_patterson", "coefficient_058",
        "exponential", "square" or "flynn".
    diameter_mm : scalar or array, 25 to 450 mm
    edge_mm : scalar or array, 0 to 10 mm
        Rim left empty; the diameter shrinks by twice this.
    scribe_mm : scalar or array, 0 to 1 mm
        Street between dies; the side of a square die of this area grows by it.

    Returns
    -------
    ndarray of float, broadcast shape
        Not rounded; 0 where the form would be negative or a square die does not fit.

    Raises
    ------
    ValueError
        A value outside its range, or an unknown form.

    Notes
    -----
    With d the diameter and S the area: pi d^2/(4S); the same minus pi d/sqrt(2S); the same minus
    0.58 pi d/sqrt(S); times exp(-2 sqrt(S)/d); times (1 - 2 sqrt(S)/d)^2; pi (d - sqrt(S))^2/(4S).
    De Vries, IEEE Trans. Semiconductor Manufacturing 18 (2005) 136, compares them; the second is
    Hennessy and Patterson's.

    Examples
    --------
    >>> dies_per_wafer([100, 814]).round(2).tolist()
    [640.22, 63.48]
    >>> round(float(dies_per_wafer(814, "area")), 2)
    86.84
    """
    one_of("form", form, FORMS)
    area = within("area_mm2", area_mm2, 0.01, _MOST_AREA, "mm2")
    d = within("diameter_mm", diameter_mm, 25, 450, "mm") - 2 * within("edge_mm", edge_mm, 0, 10, "mm")
    side = np.sqrt(area) + within("scribe_mm", scribe_mm, 0, 1, "mm")
    full = math.pi * d**2 / (4 * side**2)
    if form == "area":
        count = full
    elif form == "hennessy_patterson":
        count = full - math.pi * d / (math.sqrt(2) * side)
    elif form == "coefficient_058":
        count = full - 0.58 * math.pi * d / side
    elif form == "exponential":
        count = full * np.exp(-2 * side / d)
    elif form == "square":
        count = full * np.maximum(1 - 2 * side / d, 0.0) ** 2
    else:
        count = full * np.maximum(1 - side / d, 0.0) ** 2
    return np.where(2 * area <= d**2, np.maximum(count, 0.0), 0.0)


# --- dies on a wafer, placed one by one ---------------------------------------------------------


class Placement(NamedTuple):
    """Dies of one grid on a wafer, lower left corners in mm from the centre.

    Fields: x, y (arrays, one an exposed die), whole (bool: inside the usable circle), width_mm,
    height_mm, scribe_mm, and count, the number of whole dies.
    """

    x: np.ndarray
    y: np.ndarray
    whole: np.ndarray
    width_mm: float
    height_mm: float
    scribe_mm: float
    count: int


def exact_dies(
    width_mm: ArrayLike,
    height_mm: ArrayLike,
    diameter_mm: ArrayLike = 300.0,
    edge_mm: ArrayLike = 3.0,
    scribe_mm: ArrayLike = 0.1,
) -> np.ndarray:
    """Most whole dies that one rectangular grid, best shifted, places on a wafer.

    Parameters
    ----------
    width_mm, height_mm : scalar or array, 0.5 to 1,000 mm
        Sides of the die. Swapping them changes nothing: the wafer can be turned.
    diameter_mm : scalar or array, 25 to 450 mm
    edge_mm : scalar or array, 0 to 10 mm
        All four corners of a whole die lie this far or farther from the rim.
    scribe_mm : scalar or array, 0 to 1 mm
        Street between neighbours; none is needed beyond the outermost dies.

    Returns
    -------
    ndarray of int, broadcast shape
        0 where the die does not fit.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    A row at height y leaves the chord 2 sqrt(r^2 - y^2) at its outer edge, so the dies of every row
    are counted by arithmetic. Shifts along the row are exact. Shifts across it are searched by
    branch and bound: an interval of shifts is dropped when even its widest chords cannot beat the
    best count, so for dies of 5 mm and more the count is exact to a shift of 0.0001 mm.

    Examples
    --------
    >>> exact_dies([10, 26, 33], [10, 33, 26]).tolist()
    [616, 64, 64]
    """
    values = np.broadcast_arrays(*_sizes(width_mm, height_mm, diameter_mm, edge_mm, scribe_mm))
    counts = [_best_grid(*map(float, one))[0] for one in zip(*(v.flat for v in values), strict=True)]
    return np.array(counts, dtype=int).reshape(values[0].shape)


def place_dies(
    width_mm: float, height_mm: float, diameter_mm: float = 300.0, edge_mm: float = 3.0, scribe_mm: float = 0.1
) -> Placement:
    """The dies behind `exact_dies`, whole ones and those that the rim cuts.

    Parameters
    ----------
    width_mm, height_mm, diameter_mm, edge_mm, scribe_mm : float
        As in `exact_dies`, one value each.

    Returns
    -------
    Placement
        Every die of the grid that touches the wafer; `whole` marks those that count.

    Raises
    ------
    ValueError
        A value outside its range, or not a single number.

    Examples
    --------
    >>> p = place_dies(26, 33)
    >>> p.count, int(p.whole.sum())
    (64, 64)
    """
    sizes = _sizes(width_mm, height_mm, diameter_mm, edge_mm, scribe_mm)
    if any(size.ndim for size in sizes):
        raise ValueError("place_dies takes one size of die and wafer; use exact_dies for arrays.")
    width, height, diameter, edge, scribe = map(float, sizes)
    count, shift_x, shift_y = _best_grid(width, height, diameter, edge, scribe)
    px, py, rim, radius = width + scribe, height + scribe, diameter / 2, diameter / 2 - edge
    nx, ny = int(rim / px) + 2, int(rim / py) + 2
    x, y = (
        a.ravel() for a in np.meshgrid(shift_x + px * np.arange(-nx, nx + 1), shift_y + py * np.arange(-ny, ny + 1))
    )
    far = np.hypot(np.maximum(abs(x), abs(x + width)), np.maximum(abs(y), abs(y + height)))
    near = np.hypot(
        np.maximum(np.maximum(x, -x - width), 0), np.maximum(np.maximum(y, -y - height), 0)
    )  # of the nearest point
    touches = near < rim
    whole = far <= radius + 2 * _CLOSE
    return Placement(x[touches], y[touches], whole[touches], width, height, scribe, count)


def _sizes(width: Any, height: Any, diameter: Any, edge: Any, scribe: Any) -> tuple[np.ndarray, ...]:
    return (
        within("width_mm", width, 0.5, _MOST_SIDE, "mm"),
        within("height_mm", height, 0.5, _MOST_SIDE, "mm"),
        within("diameter_mm", diameter, 25, 450, "mm"),
        within("edge_mm", edge, 0, 10, "mm"),
        within("scribe_mm", scribe, 0, 1, "mm"),
    )


@lru_cache(maxsize=4096)
def _best_grid(width: float, height: float, diameter: float, edge: float, scribe: float) -> tuple[int, float, float]:
    """Most dies, and the lower left corner of one die of the best grid."""
    if width > height:  # rows of the longer side: fewer rows, and the same answer either way round
        count, shift_y, shift_x = _best_grid(height, width, diameter, edge, scribe)
        return count, shift_x, shift_y
    radius = diameter / 2 - edge
    if math.hypot(width, height) > 2 * radius + _CLOSE:
        return 0, -width / 2, -height / 2
    pitch = height + scribe
    # By symmetry, shifts from a row centred on the wafer (0) to a street centred on it (half a pitch) suffice.
    cells = int(np.clip(6000 * height / radius, 16, 200))
    low = np.linspace(0, pitch / 2, cells + 1)
    best, where = 0, 0.0
    step = pitch / 2 / cells
    while low.size:
        counts = _row_sums(low, low, width, height, radius, scribe)
        top = int(counts.argmax())
        if counts[top] > best:
            best, where = int(counts[top]), float(low[top])
        if step < 1e-4 or 2 * low.size * radius / height > 40_000:
            break
        bounds = _row_sums(low, low + step, width, height, radius, scribe)
        low = low[bounds > best]
        step /= 2
        low = np.concatenate([low, low + step])
    return best, _best_along_row(where, width, height, radius, scribe), where - height / 2


def _chords(low: np.ndarray, high: np.ndarray, height: float, radius: float, scribe: float) -> np.ndarray:
    """Widest half chord that each row sees for a shift between `low` and `high`; NaN outside the circle."""
    rows = np.arange(-int(radius / (height + scribe)) - 2, int(radius / (height + scribe)) + 3) * (height + scribe)
    centre_low, centre_high = low[:, None] + rows, high[:, None] + rows
    nearest = np.where(
        centre_low > 0, centre_low, np.where(centre_high < 0, -centre_high, 0.0)
    )  # distance of the row's middle line from the centre of the wafer
    square = (radius + _CLOSE) ** 2 - (nearest + height / 2) ** 2
    return np.sqrt(np.where(square >= 0, square, np.nan))


def _spare(chord: np.ndarray, width: float, pitch: float) -> tuple[np.ndarray, np.ndarray]:
    """Dies that a row holds wherever it is shifted, and the slack in which it holds one more."""
    free = 2 * chord - width  # room for the left edge of a die
    held = np.where(free >= 0, np.floor(free / pitch), -1.0)
    return held, np.where(free >= 0, free - held * pitch, -1.0)


def _row_sums(
    low: np.ndarray, high: np.ndarray, width: float, height: float, radius: float, scribe: float
) -> np.ndarray:
    """Most dies for each shift across the rows (or an upper bound over an interval of shifts)."""
    pitch = width + scribe
    held, slack = _spare(_chords(low, high, height, radius, scribe), width, pitch)
    there = slack >= 0
    odd = there & (held % 2 == 0)  # one more makes the number odd: a die is centred on the axis
    # Moving the grid by t from "a die centred" keeps the odd rows' extra die while t <= slack / 2 and wins
    # the even rows' while t >= (pitch - slack) / 2: sweep t once over all ends.
    ends = np.where(odd, slack / 2, np.where(there, (pitch - slack) / 2, np.inf))
    order = np.lexsort((odd, ends), axis=-1)
    change = np.take_along_axis(np.where(odd, -1, np.where(there, 1, 0)), order, axis=-1)
    start = odd.sum(axis=-1)
    extra = start + np.maximum(np.cumsum(change, axis=-1).max(axis=-1), 0)
    return np.where(there, held, 0).sum(axis=-1).astype(int) + extra


def _best_along_row(shift: float, width: float, height: float, radius: float, scribe: float) -> float:
    """Left edge of a die for the best shift along the rows."""
    pitch = width + scribe
    one = np.array([shift])
    held, slack = (a[0] for a in _spare(_chords(one, one, height, radius, scribe), width, pitch))
    odd, even = (slack >= 0) & (held % 2 == 0), (slack >= 0) & (held % 2 == 1)
    tries = np.concatenate([[0.0], (pitch - slack[even]) / 2])
    kept = (slack[odd] / 2 >= tries[:, None] - _CLOSE).sum(axis=1)
    won = ((pitch - slack[even]) / 2 <= tries[:, None] + _CLOSE).sum(axis=1)
    return float(tries[(kept + won).argmax()]) - width / 2


# --- the field of one exposure ------------------------------------------------------------------


def dies_per_field(width_mm: ArrayLike, height_mm: ArrayLike, scribe_mm: ArrayLike = 0.0) -> np.ndarray:
    """Dies that one exposure field of 26 by 33 mm holds, in the better of two orientations.

    Parameters
    ----------
    width_mm, height_mm : scalar or array, 0.5 to 1,000 mm
    scribe_mm : scalar or array, 0 to 1 mm
        Street between dies of one field.

    Returns
    -------
    ndarray of int, broadcast shape
        0 where not even one die fits.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Both sides are tested, not the area: a die of 30 by 28 mm has 840 mm2, less than 858, and does
    not fit.

    Examples
    --------
    >>> dies_per_field([26, 30, 10], [33, 28, 10]).tolist()
    [1, 0, 6]
    """
    across, along = FIELD_MM
    width = within("width_mm", width_mm, 0.5, _MOST_SIDE, "mm")
    height = within("height_mm", height_mm, 0.5, _MOST_SIDE, "mm")
    scribe = within("scribe_mm", scribe_mm, 0, 1, "mm")

    def fit(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.floor((across + scribe) / (a + scribe) + _CLOSE) * np.floor((along + scribe) / (b + scribe) + _CLOSE)

    return np.maximum(fit(width, height), fit(height, width)).astype(int)


# --- yield --------------------------------------------------------------------------------------


def die_yield(
    area_mm2: ArrayLike,
    d0_per_cm2: ArrayLike,
    model: str = "negative_binomial",
    alpha: ArrayLike = 3.0,
    layers: ArrayLike = 13.5,
    line_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """Share of dies without a killer defect.

    Parameters
    ----------
    area_mm2 : scalar or array, 0 to 100,000 mm2
        Area in which a defect kills (the whole die, or its critical area).
    d0_per_cm2 : scalar or array, 0 to 100 defects per cm2
        For "bose_einstein" and "hennessy_patterson" the density of ONE layer.
    model : str
        "poisson", "murphy", "negative_binomial", "seeds" (1/(1 + x)), "seeds_sqrt" (the exp(-sqrt x)
        that calculators also sell as Seeds), "bose_einstein" or "hennessy_patterson" (the same
        formula, as in the 5th and 6th editions).
    alpha : scalar or array, 0.05 to 1e7
        Clustering of "negative_binomial": small for strong clusters, large for none.
    layers : scalar or array, 0.1 to 200
        Critical layers n, or the process complexity N of the textbook; only for the last two models.
    line_yield : scalar or array, 0 to 1
        Share of wafers that survive the line.

    Returns
    -------
    ndarray of float, 0 to 1, broadcast shape of what the model uses

    Raises
    ------
    ValueError
        A value outside its range, or an unknown model.

    Notes
    -----
    With x = d0 * area / 100: exp(-x); ((1 - exp(-x))/x)^2; (1 + x/alpha)^(-alpha); 1/(1 + x);
    exp(-sqrt x); (1 + x)^(-n). Murphy (1964), Seeds (1967), Stapper (1973); Hennessy and Patterson,
    *Computer Architecture*, 5th ed., section 1.6.

    Examples
    --------
    >>> die_yield(665.61, 0.10, "poisson").round(4).tolist()
    0.514
    >>> die_yield(665.61, 0.10, alpha=[2, 3, 10]).round(4).tolist()
    [0.5629, 0.5482, 0.525]
    """
    one_of("model", model, MODELS)
    area = within("area_mm2", area_mm2, 0, _MOST_AREA, "mm2")
    x = area * within("d0_per_cm2", d0_per_cm2, 0, _MOST_D0, "per cm2") / _MM2_PER_CM2
    alpha = within("alpha", alpha, 0.05, 1e7)
    layers = within("layers", layers, 0.1, 200)
    line = within("line_yield", line_yield, 0, 1)
    if model == "poisson":
        good = np.exp(-x)
    elif model == "murphy":
        safe = np.where(x > 0, x, 1.0)
        good = np.where(x > 0, (-np.expm1(-safe) / safe) ** 2, 1.0)
    elif model == "negative_binomial":
        good = np.exp(-alpha * np.log1p(x / alpha))
    elif model == "seeds":
        good = 1 / (1 + x)
    elif model == "seeds_sqrt":
        good = np.exp(-np.sqrt(x))
    else:
        good = np.exp(-layers * np.log1p(x))
    return good * line


def infer_d0(
    area_mm2: ArrayLike,
    good_share: ArrayLike,
    model: str = "negative_binomial",
    alpha: ArrayLike = 3.0,
    layers: ArrayLike = 13.5,
    line_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """The defect density that a yield implies: the inverse of `die_yield`.

    Parameters
    ----------
    area_mm2 : scalar or array, 0.01 to 100,000 mm2
    good_share : scalar or array, 0.0001 to 1
        Share of dies without a killer defect, a fraction (0.4 for 40%).
    model, alpha, layers, line_yield
        As in `die_yield`; `line_yield` from 0.0001, and no smaller than `good_share`.

    Returns
    -------
    ndarray of float, defects per cm2, broadcast shape of what the model uses
        Per layer for "bose_einstein" and "hennessy_patterson".

    Raises
    ------
    ValueError
        A value outside its range, or a line that loses more than all dies lost.

    Notes
    -----
    Closed forms, but for Murphy's, which is bisected: sqrt(y) = (1 - exp(-x))/x lies below 1/x.

    Examples
    --------
    >>> infer_d0(665.61, [0.2, 0.4, 0.5]).round(3).tolist()
    [0.32, 0.161, 0.117]
    """
    one_of("model", model, MODELS)
    area = within("area_mm2", area_mm2, 0.01, _MOST_AREA, "mm2")
    share = within("good_share", good_share, 1e-4, 1)
    alpha = within("alpha", alpha, 0.05, 1e7)
    layers = within("layers", layers, 0.1, 200)
    y = share / within("line_yield", line_yield, 1e-4, 1)
    if (y > 1 + 1e-12).any():
        raise ValueError("good_share is larger than line_yield: more good dies than the line lets through.")
    lost = -np.log(np.minimum(y, 1))
    if model == "poisson":
        x = lost
    elif model == "murphy":
        root = np.sqrt(np.exp(-lost))
        low, high = np.zeros_like(root), 1 / root
        for _ in range(60):
            middle = (low + high) / 2
            safe = np.where(middle > 0, middle, 1)
            above = -np.expm1(-safe) / safe > root
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        x = np.where(lost > 0, (low + high) / 2, 0.0)
    elif model == "negative_binomial":
        x = alpha * np.expm1(lost / alpha)
    elif model == "seeds":
        x = np.expm1(lost)
    elif model == "seeds_sqrt":
        x = lost**2
    else:
        x = np.expm1(lost / layers)
    return x / area * _MM2_PER_CM2


# --- partly good dies ---------------------------------------------------------------------------


def working_cores(
    cores: int,
    core_area_mm2: ArrayLike,
    shared_area_mm2: ArrayLike,
    d0_per_cm2: ArrayLike,
    alpha: ArrayLike = 3.0,
) -> np.ndarray:
    """Chance that a die has a working shared part and exactly 0, 1, ... all cores working.

    Parameters
    ----------
    cores : int, 1 to 300
        Identical cores on the die.
    core_area_mm2 : scalar or array, 0 to 1,000 mm2
        Area of one core in which a defect kills that core.
    shared_area_mm2 : scalar or array, 0 to 10,000 mm2
        Area in which a defect kills the die.
    d0_per_cm2 : scalar or array, 0 to 100 per cm2
        Mean density.
    alpha : scalar or array, 0.05 to 1e7
        Clustering, as in `die_yield`: the density varies from die to die by a gamma distribution.

    Returns
    -------
    ndarray of float, broadcast shape and a last axis of `cores` + 1
        Sums to the chance that the shared part works; the last entry is the flawless die.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    At density D the cores fail independently (binomial, exp(-D a) each). All cores of a die share its
    D, so the binomial is averaged over the gamma distribution, by a sum over equal steps of log D (to
    1e-8); the flawless die has a closed form. Putting a negative-binomial core into a binomial would
    treat cores as strangers and misstate every bin.

    Examples
    --------
    >>> p = working_cores(25, 15.97, 266.24, 0.161)
    >>> round(float(p[25]), 3), round(float(p[20:].sum()), 3)
    (0.4, 0.67)
    """
    n = whole("cores", cores, 1, 300)
    core = within("core_area_mm2", core_area_mm2, 0, 1000, "mm2")
    shared = within("shared_area_mm2", shared_area_mm2, 0, 10_000, "mm2")
    d0 = within("d0_per_cm2", d0_per_cm2, 0, _MOST_D0, "per cm2") / _MM2_PER_CM2
    return _core_chances(n, core, shared, d0, within("alpha", alpha, 0.05, 1e7))


def _core_chances(
    n: int, core: np.ndarray, shared: np.ndarray, d0_per_mm2: np.ndarray, alpha: np.ndarray
) -> np.ndarray:
    if alpha.ndim:  # densities differ by alpha: one value of it after the other
        core, shared, d0_per_mm2, alpha = np.broadcast_arrays(core, shared, d0_per_mm2, alpha)
        out = np.empty((*alpha.shape, n + 1))
        for one in np.unique(alpha):
            here = alpha == one
            out[here] = _core_chances(n, core[here], shared[here], d0_per_mm2[here], one)
        return out
    density, weights = _densities(float(alpha), n)
    core, shared, d0 = (a[..., None] for a in np.broadcast_arrays(core, shared, d0_per_mm2))
    k = np.arange(n)
    hits = (d0 * density * core)[..., None]  # mean number of defects on a core; last axes are density and k
    dead = np.log(np.maximum(-np.expm1(-hits), 1e-300))
    some_dead = np.exp(_log_ways(n)[:n] - k * hits + (n - k) * dead - (d0 * density * shared)[..., None])
    none_dead = np.exp(-alpha * np.log1p(d0 * (core * n + shared) / alpha))
    return np.minimum(np.concatenate([weights @ some_dead, none_dead], axis=-1), 1.0)


@lru_cache(maxsize=64)
def _log_ways(n: int) -> np.ndarray:
    """Logarithms of the ways to choose 0, 1, ... n of n."""
    return np.array([math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(n + 1)])


@lru_cache(maxsize=256)
def _densities(alpha: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Densities, over their mean, and their weights: a gamma distribution in steps fine enough for n cores.

    The steps are equal in the logarithm, where the gamma distribution and the chance of any number of working
    cores each have one smooth peak of a width of about 1 / sqrt(alpha) and 1 / sqrt(0.65 n) or more; so the plain sum
    is as good as the integral. Lower densities than the first kill no core.
    """
    reach = 24 / alpha  # the chance of what lies beyond the ends is below exp(-24)
    left, right = reach + math.sqrt(2 * reach), math.log(1 + reach + math.sqrt(2 * reach))
    step = 0.65 / math.sqrt(1 + alpha + 0.65 * n)
    log = np.arange(-min(left, 34.0), right + step, step)
    scale = alpha * math.log(alpha) - math.lgamma(alpha) - alpha
    weights = step * np.exp(scale + alpha * (log - np.expm1(log)))
    return np.exp(log), weights / weights.sum() if left < 34 else weights


def bin_shares(working: ArrayLike, at_least: Sequence[int]) -> np.ndarray:
    """Shares of dies in product bins, the best bin first, then scrap.

    Parameters
    ----------
    working : array, last axis the number of working cores
        As `working_cores` gives it.
    at_least : sequence of int, falling
        Cores that each product needs; a die goes to the first bin it reaches.

    Returns
    -------
    ndarray of float, last axis one a bin and one for scrap
        Sums to 1.

    Raises
    ------
    ValueError
        Not chances, or needs that do not fall from at most the number of cores to 0 or more.

    Notes
    -----
    A bin's share is the sum of the chances from its need up to the need of the bin before; scrap is 1 minus all.

    Examples
    --------
    >>> bin_shares([0.1, 0.2, 0.3, 0.3], [3, 2]).round(2).tolist()
    [0.3, 0.3, 0.4]
    """
    chance = within("working", working, 0, 1)
    if chance.ndim == 0 or (chance.sum(axis=-1) > 1 + 1e-9).any():
        raise ValueError("working must hold chances that add to at most 1, one for each number of cores.")
    needs = [whole("at_least", need, 0, chance.shape[-1] - 1) for need in at_least]
    if not needs or any(later >= earlier for earlier, later in zip(needs, needs[1:])):
        raise ValueError(f"at_least = {list(at_least)!r} must name one need or more, each below the one before.")
    tops = [chance.shape[-1], *needs[:-1]]
    bins = [chance[..., need:top].sum(axis=-1) for need, top in zip(needs, tops, strict=True)]
    sold = np.stack(bins, axis=-1)
    scrap = np.maximum(1 - sold.sum(axis=-1, keepdims=True), 0)
    return np.concatenate([sold, scrap], axis=-1)


def infer_d0_from_bins(
    cores: int,
    core_area_mm2: ArrayLike,
    shared_area_mm2: ArrayLike,
    needed: int,
    good_share: ArrayLike,
    alpha: ArrayLike = 3.0,
) -> np.ndarray:
    """The defect density at which a share of dies keeps enough cores: `infer_d0` for sellable dies.

    Parameters
    ----------
    cores, core_area_mm2, shared_area_mm2, alpha
        As in `working_cores`; the areas add to more than 0.
    needed : int, 0 to `cores`
        Cores that a sellable die has.
    good_share : scalar or array, 0.001 to 1
        Share of dies with a working shared part and at least `needed` cores.

    Returns
    -------
    ndarray of float, defects per cm2, broadcast shape
        To a relative 1e-6, by bisection.

    Raises
    ------
    ValueError
        A value outside its range, or no density up to 100 per cm2 gives so low a share.

    Examples
    --------
    >>> flawless, sellable = (float(infer_d0_from_bins(25, 16, 265, n, 0.4)) for n in (25, 20))
    >>> round(flawless, 3), round(sellable, 3)
    (0.161, 0.402)
    """
    cores = whole("cores", cores, 1, 300)
    need = whole("needed", needed, 0, cores)
    share = within("good_share", good_share, 1e-3, 1)
    core = within("core_area_mm2", core_area_mm2, 0, 1000, "mm2")
    shared = within("shared_area_mm2", shared_area_mm2, 0, 10_000, "mm2")
    alpha = within("alpha", alpha, 0.05, 1e7)
    shape = np.broadcast_shapes(share.shape, core.shape, shared.shape, alpha.shape)

    def sold(d0: np.ndarray) -> np.ndarray:
        return _core_chances(cores, core, shared, d0 / _MM2_PER_CM2, alpha)[..., need:].sum(axis=-1)

    if (sold(np.array(_MOST_D0)) > share).any():
        raise ValueError("good_share is too low: even 100 defects per cm2 leave more dies than that.")
    low, high = np.full(shape, -20.0), np.full(shape, math.log(_MOST_D0))
    for _ in range(26):
        middle = (low + high) / 2
        above = sold(np.exp(middle)) > share
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(share < 1, np.exp((low + high) / 2), 0.0)


def cost_by_value(wafer_usd: ArrayLike, gross_dies: ArrayLike, shares: ArrayLike, prices_usd: ArrayLike) -> np.ndarray:
    """Cost of one die in each bin when a wafer's price is allocated by sales value.

    Parameters
    ----------
    wafer_usd : scalar or array, 0 to 1e9 USD
    gross_dies : scalar or array, 0.01 to 1e7
        Whole dies on the wafer, good and bad.
    shares : array, last axis one a bin, 0 to 1
        Shares of all dies that go to each bin, scrap left out.
    prices_usd : array, last axis one a bin, 0.01 to 1e9 USD
        Relative prices are enough.

    Returns
    -------
    ndarray of float, USD a die, broadcast shape and a last axis of bins
        Cost times number, added over the bins, gives the wafer's price.

    Raises
    ------
    ValueError
        A value outside its range, or nothing to sell.

    Notes
    -----
    Cost of bin i = wafer price_i / (gross sum of share_j price_j).

    Examples
    --------
    >>> cost_by_value(10_000, 100, [0.5, 0.25], [2, 1]).tolist()
    [160.0, 80.0]
    """
    wafer = within("wafer_usd", wafer_usd, 0, _MOST_USD, "USD")
    gross = within("gross_dies", gross_dies, 0.01, 1e7)
    shares = within("shares", shares, 0, 1)
    prices = within("prices_usd", prices_usd, 0.01, _MOST_USD, "USD")
    value = gross * (shares * prices).sum(axis=-1)
    if (value <= 0).any():
        raise ValueError("shares add to nothing: no die to carry the cost.")
    return (wafer / value)[..., None] * prices


# --- cost of a die ------------------------------------------------------------------------------


class DieCost(NamedTuple):
    """Cost of one die in USD: raw (wafer over all dies), defect (the bad dies' share), known_good, and
    the yield and the gross dies it rests on."""

    raw_usd: np.ndarray
    defect_usd: np.ndarray
    known_good_usd: np.ndarray
    good_share: np.ndarray
    gross_dies: np.ndarray


def die_cost(
    area_mm2: ArrayLike,
    wafer_usd: ArrayLike,
    d0_per_cm2: ArrayLike,
    form: str = "hennessy_patterson",
    model: str = "negative_binomial",
    alpha: ArrayLike = 3.0,
    layers: ArrayLike = 13.5,
    diameter_mm: ArrayLike = 300.0,
    edge_mm: ArrayLike = 0.0,
    scribe_mm: ArrayLike = 0.0,
    critical_share: ArrayLike = 1.0,
) -> DieCost:
    """Cost of a good die, split into what the silicon costs and what the defects cost.

    Parameters
    ----------
    area_mm2, d0_per_cm2, form, model, alpha, layers, diameter_mm, edge_mm, scribe_mm
        As in `dies_per_wafer` and `die_yield`; area from 0.01 mm2.
    wafer_usd : scalar or array, 0 to 1e9 USD
        Price of a processed wafer.
    critical_share : scalar or array, 0 to 1
        Share of the die's area in which a defect ends the sale (the rest is spare or insensitive).

    Returns
    -------
    DieCost

    Raises
    ------
    ValueError
        A value outside its range, a die that does not fit, or a yield of practically nothing.

    Notes
    -----
    raw = wafer / gross dies; known good = raw / yield; defect = their difference. Named as in Feng and Ma, DAC 2022,
    arXiv 2203.12268.

    Examples
    --------
    >>> c = die_cost(400, 9346, 0.09, alpha=10, edge_mm=5, scribe_mm=0.2)
    >>> round(float(c.raw_usd), 3), round(float(c.known_good_usd), 3)
    (71.901, 102.408)
    """
    area = within("area_mm2", area_mm2, 0.01, _MOST_AREA, "mm2")
    wafer = within("wafer_usd", wafer_usd, 0, _MOST_USD, "USD")
    critical = within("critical_share", critical_share, 0, 1)
    gross = dies_per_wafer(area, form, diameter_mm, edge_mm, scribe_mm)
    if (gross < 0.01).any():
        raise ValueError("area_mm2 is too large: no die of that area fits on the wafer by this form.")
    good = die_yield(area * critical, d0_per_cm2, model, alpha, layers)
    if (good < 1e-9).any():
        raise ValueError("d0_per_cm2 is too high for this area: fewer than one die in a billion is good.")
    raw = wafer / gross
    return DieCost(raw, raw / good - raw, raw / good, good, gross)


class Outgoing(NamedTuple):
    """What a test lets through: share of all dies, share of those that are good, cost of one in USD."""

    passing: np.ndarray
    quality: np.ndarray
    usd: np.ndarray


def after_test(
    good_share: ArrayLike, coverage: ArrayLike, make_usd: ArrayLike = 0.0, test_usd: ArrayLike = 0.0
) -> Outgoing:
    """Dies after a test that finds only part of the bad ones.

    Parameters
    ----------
    good_share : scalar or array, 1e-6 to 1
    coverage : scalar or array, 0 to 1
        Share of the bad dies that the test finds.
    make_usd, test_usd : scalar or array, 0 to 1e9 USD
        Cost of each die before the test, and of testing it.

    Returns
    -------
    Outgoing

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Passing = 1 - (1 - y) c; quality = y / passing; cost = (make + test) / passing. As in CATCH
    (Graening and others, 2025, arXiv 2503.15753).

    Examples
    --------
    >>> t = after_test(0.5, 0.9, 100, 10)
    >>> round(float(t.passing), 2), round(float(t.quality), 3), round(float(t.usd), 1)
    (0.55, 0.909, 200.0)
    """
    y = within("good_share", good_share, 1e-6, 1)
    passing = y + (1 - y) * (1 - within("coverage", coverage, 0, 1))  # a full test passes y exactly
    make = within("make_usd", make_usd, 0, _MOST_USD, "USD")
    return Outgoing(passing, y / passing, (make + within("test_usd", test_usd, 0, _MOST_USD, "USD")) / passing)


# --- packages -----------------------------------------------------------------------------------


class PackageCost(NamedTuple):
    """Cost of one good package in USD by part; `scrap_usd` is interposers and substrates lost in assembly,
    `wasted_usd` dies and stacks lost in it. The first six add to total_usd. `good_share` is the share of
    the packages started that come out good."""

    logic_usd: np.ndarray
    memory_usd: np.ndarray
    packaging_usd: np.ndarray
    other_usd: np.ndarray
    scrap_usd: np.ndarray
    wasted_usd: np.ndarray
    total_usd: np.ndarray
    good_share: np.ndarray


def package_cost(
    die_usd: ArrayLike,
    dies: ArrayLike = 1,
    interposer_usd: ArrayLike = 0.0,
    substrate_usd: ArrayLike = 0.0,
    interposer_yield: ArrayLike = 1.0,
    bond_yield: ArrayLike = 1.0,
    attach_yield: ArrayLike = 1.0,
    hbm_usd: ArrayLike = 0.0,
    stacks: ArrayLike = 0,
    other_usd: ArrayLike = 0.0,
    stack_yield: ArrayLike | None = None,
    die_quality: ArrayLike = 1.0,
) -> PackageCost:
    """Cost of a good package of several dies and memory stacks, bonded last to a tested interposer.

    Parameters
    ----------
    die_usd : scalar or array, 0 to 1e9 USD
        One die that passed its test.
    dies : scalar or array, 1 to 100
        Logic dies in a package.
    interposer_usd, substrate_usd : scalar or array, 0 to 1e9 USD
        The silicon that joins the dies (0 for none), and the board below it.
    interposer_yield, bond_yield, attach_yield : scalar or array, 0.05 to 1
        Good interposers, found before bonding; one die bonded without harm; the whole attached to its
        substrate without harm.
    hbm_usd : scalar or array, 0 to 1e9 USD
        One stack of memory.
    stacks : scalar or array, 0 to 100
    other_usd : scalar or array, 0 to 1e9 USD
        Test and parts added last, to good packages only.
    stack_yield : scalar or array, 0.05 to 1, optional
        One memory stack bonded without harm; `bond_yield` by default.
    die_quality : scalar or array, 0.05 to 1
        Share of the dies bonded that are good, as `after_test` gives it; 1 for known good dies. A bad one is
        found in the finished package, and takes it all along.

    Returns
    -------
    PackageCost

    Raises
    ------
    ValueError
        A value outside its range, or so many parts that fewer than one package in a billion is good.

    Notes
    -----
    With y1 the interposer, y2 = bond_yield^dies stack_yield^stacks, y3 = attach_yield die_quality^dies:
    interposers and substrates lost Ci (1/(y1 y2 y3) - 1) + Cs (1/y3 - 1); dies and stacks lost
    C (1/(y2 y3) - 1); good packages y2 y3. Feng and Ma, DAC 2022, arXiv 2203.12268, for the order they call
    chip last; they take all dies as good.

    Examples
    --------
    >>> p = package_cost(100, 2, bond_yield=0.95)
    >>> round(float(p.wasted_usd), 1), round(float(p.total_usd), 1)
    (21.6, 221.6)
    >>> passed = after_test(0.4, 0.95)
    >>> round(float(package_cost(100, 2, die_quality=passed.quality).good_share), 2)
    0.87
    """
    count = within("dies", dies, 1, 100)
    logic = within("die_usd", die_usd, 0, _MOST_USD, "USD") * count
    number = within("stacks", stacks, 0, 100)
    memory = within("hbm_usd", hbm_usd, 0, _MOST_USD, "USD") * number
    interposer = within("interposer_usd", interposer_usd, 0, _MOST_USD, "USD")
    substrate = within("substrate_usd", substrate_usd, 0, _MOST_USD, "USD")
    other = within("other_usd", other_usd, 0, _MOST_USD, "USD")
    y1 = within("interposer_yield", interposer_yield, 0.05, 1)
    bond = within("bond_yield", bond_yield, 0.05, 1)
    stack = bond if stack_yield is None else within("stack_yield", stack_yield, 0.05, 1)
    y2 = bond**count * stack**number
    y3 = within("attach_yield", attach_yield, 0.05, 1) * within("die_quality", die_quality, 0.05, 1) ** count
    if (y2 * y3 < 1e-9).any():
        raise ValueError("dies and stacks are too many for these yields: fewer than one package in a billion is good.")
    scrap = interposer * (1 / (y1 * y2 * y3) - 1) + substrate * (1 / y3 - 1)
    wasted = (logic + memory) * (1 / (y2 * y3) - 1)
    packaging = interposer + substrate
    total = logic + memory + packaging + other + scrap + wasted
    return PackageCost(logic, memory, packaging, other, scrap, wasted, total, y2 * y3)


def accelerator_cost(
    die_area_mm2: ArrayLike,
    d0_per_cm2: ArrayLike,
    wafer_usd: ArrayLike,
    dies: ArrayLike = 1,
    alpha: ArrayLike = 3.0,
    critical_share: ArrayLike = 1.0,
    edge_mm: ArrayLike = 3.0,
    scribe_mm: ArrayLike = 0.1,
    **package: Any,
) -> PackageCost:
    """From a wafer's price to the cost of one accelerator package.

    Parameters
    ----------
    die_area_mm2, d0_per_cm2, wafer_usd, alpha, critical_share, edge_mm, scribe_mm
        As in `die_cost` (closed form of Hennessy and Patterson, negative binomial yield).
    dies : scalar or array, 1 to 100
    **package
        The other arguments of `package_cost`.

    Returns
    -------
    PackageCost

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    `package_cost` of the known good die of `die_cost`.

    Examples
    --------
    >>> c = accelerator_cost(814, 0.1, 16_000, hbm_usd=280, stacks=5, interposer_usd=750, bond_yield=0.99)
    >>> bool(c.memory_usd > 1.5 * c.logic_usd)
    True
    """
    cost = die_cost(
        within("die_area_mm2", die_area_mm2, 0.01, _MOST_AREA, "mm2"),
        wafer_usd,
        d0_per_cm2,
        alpha=alpha,
        critical_share=critical_share,
        edge_mm=edge_mm,
        scribe_mm=scribe_mm,
    )
    return package_cost(cost.known_good_usd, dies, **package)


def bill_after(share: ArrayLike, times: ArrayLike) -> np.ndarray:
    """A bill, with 1 as before, when a part that is `share` of it costs `times` as much.

    Parameters
    ----------
    share : scalar or array, 0 to 1
    times : scalar or array, 0 to 1,000

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    1 - share + share x times. Epoch AI's estimate for the logic dies of modern accelerators is 13 to 14%.

    Examples
    --------
    >>> round(float(bill_after(0.14, 2)), 2)
    1.14
    """
    return 1 + within("share", share, 0, 1) * (within("times", times, 0, 1000) - 1)


# --- several small dies for one large -----------------------------------------------------------


def split_cost(
    area_mm2: ArrayLike,
    pieces: ArrayLike,
    wafer_usd: ArrayLike,
    d0_per_cm2: ArrayLike,
    link_share: ArrayLike = 0.1,
    joining_usd: ArrayLike = 0.0,
    bond_yield: ArrayLike = 0.99,
    alpha: ArrayLike = 3.0,
    edge_mm: ArrayLike = 3.0,
    scribe_mm: ArrayLike = 0.1,
) -> np.ndarray:
    """Cost in USD of one product's logic, made as one die or as several that are joined.

    Parameters
    ----------
    area_mm2 : scalar or array, 1 to 50,000 mm2
        Logic of the product, without what links the pieces.
    pieces : scalar or array, 1 to 64
        1 is the single die: no link, no joining, no bonding loss.
    wafer_usd, d0_per_cm2, alpha, edge_mm, scribe_mm
        As in `die_cost`.
    link_share : scalar or array, 0 to 0.5
        Share of each piece's own area that the links to the others take.
    joining_usd : scalar or array, 0 to 1e9 USD
        Extra packaging that more than one piece needs.
    bond_yield : scalar or array, 0.5 to 1
        One piece bonded without harm; a failure loses them all.

    Returns
    -------
    ndarray of float, USD for each good product, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (n die(A / n / (1 - link)) + joining) / bond^n, with die(S) the known good die of area S by `die_cost`.

    Examples
    --------
    >>> bool(split_cost(800, 2, 14_000, 0.2) < split_cost(800, 1, 14_000, 0.2))
    True
    >>> bool(split_cost(100, 2, 14_000, 0.2, joining_usd=50) < split_cost(100, 1, 14_000, 0.2))
    False
    """
    area = within("area_mm2", area_mm2, 1, 50_000, "mm2")
    n = within("pieces", pieces, 1, 64)
    joined = n > 1
    own = 1 - np.where(joined, within("link_share", link_share, 0, 0.5), 0)
    extra = np.where(joined, within("joining_usd", joining_usd, 0, _MOST_USD, "USD"), 0)
    bond = np.where(joined, within("bond_yield", bond_yield, 0.5, 1) ** n, 1)
    one = die_cost(area / n / own, wafer_usd, d0_per_cm2, alpha=alpha, edge_mm=edge_mm, scribe_mm=scribe_mm)
    return (n * one.known_good_usd + extra) / bond


def crossover_area(pieces: int, wafer_usd: ArrayLike, d0_per_cm2: ArrayLike, **split: ArrayLike) -> np.ndarray:
    """Smallest area, to 1 mm2, from which splitting a die is the cheaper way; NaN if none up to 858 mm2.

    Parameters
    ----------
    pieces : int, 2 to 64
    wafer_usd, d0_per_cm2 : scalar or array
        As in `split_cost`.
    **split
        The other arguments of `split_cost`.

    Returns
    -------
    ndarray of float, mm2 of logic, broadcast shape
        858 mm2 is the largest single die that one field prints.

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> at = crossover_area(2, 14_000, [0.2, 0.4], joining_usd=30)
    >>> bool(150 < at[1] < at[0] < 500)
    True
    """
    n = whole("pieces", pieces, 2, 64)
    given = {"wafer_usd": wafer_usd, "d0_per_cm2": d0_per_cm2, **split}
    columns = {name: np.asarray(value)[..., None] for name, value in given.items()}
    areas = np.arange(1.0, 859.0)
    one, several = (split_cost(areas, m, **columns) for m in (1, n))
    losing = several >= one
    first = areas.size - np.argmax(losing[..., ::-1], axis=-1)  # place after the last area at which splitting loses
    first = np.where(losing.any(axis=-1), first, 0)
    return np.where(first < areas.size, areas[np.minimum(first, areas.size - 1)], math.nan)


# --- defects scattered over a wafer -------------------------------------------------------------


def random_defects(
    d0_per_cm2: float,
    alpha: float | None = None,
    diameter_mm: float = 300.0,
    region_mm: float = 75.0,
    seed: int | np.random.Generator = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Killer defects scattered over one wafer.

    Parameters
    ----------
    d0_per_cm2 : float, 0 to 5 per cm2
        Mean density over many wafers.
    alpha : float, 0.05 to 1e7, optional
        Each square region draws its density from a gamma distribution of this shape (small for strong
        clusters). None for one density everywhere.
    diameter_mm : float, 25 to 450 mm
    region_mm : float, 5 to 450 mm
        Side of a region.
    seed : int or numpy Generator

    Returns
    -------
    x, y : ndarray of float, mm from the centre

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    A die that lies across a border averages two regions, so a few fewer dies escape than the negative
    binomial says: 54% for 57% on dies of 666 mm2 at 0.16 per cm2 and alpha 0.5.

    Examples
    --------
    >>> x, y = random_defects(0.1, seed=3)
    >>> len(x) == len(y) and 40 < len(x) < 110
    True
    """
    d0 = float(within("d0_per_cm2", d0_per_cm2, 0, 5, "per cm2")) / _MM2_PER_CM2
    diameter = float(within("diameter_mm", diameter_mm, 25, 450, "mm"))
    side = float(within("region_mm", region_mm, 5, 450, "mm")) if alpha is not None else diameter
    rng = np.random.default_rng(seed)
    count = math.ceil(diameter / side)
    left, below = (a.ravel() for a in np.meshgrid(*[(np.arange(count) - count / 2) * side] * 2))
    density = np.full(left.size, d0)
    if alpha is not None:
        shape = float(within("alpha", alpha, 0.05, 1e7))
        density = rng.gamma(shape, d0 / shape, left.size)
    number = rng.poisson(density * side**2)
    x = np.repeat(left, number) + rng.uniform(0, side, number.sum())
    y = np.repeat(below, number) + rng.uniform(0, side, number.sum())
    inside = np.hypot(x, y) <= diameter / 2
    return x[inside], y[inside]


def defects_on_dies(placement: Placement, x: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Number of defects on each die of a placement.

    Parameters
    ----------
    placement : Placement
        As `place_dies` gives it.
    x, y : array, -1,000 to 1,000 mm
        Defects; those in streets or beside every die hit none.

    Returns
    -------
    ndarray of int, one a die of the placement

    Raises
    ------
    ValueError
        A value outside its range, or x and y of different lengths.

    Examples
    --------
    >>> p = place_dies(26, 33)
    >>> hits = defects_on_dies(p, [p.x[0] + 1], [p.y[0] + 1])
    >>> int(hits[0]), int(hits.sum())
    (1, 1)
    """
    x = within("x", x, -1000, 1000, "mm")
    y = within("y", y, -1000, 1000, "mm")
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError("x and y must be two lists of the same length.")
    on = (
        (x >= placement.x[:, None])
        & (x <= placement.x[:, None] + placement.width_mm)
        & (y >= placement.y[:, None])
        & (y <= placement.y[:, None] + placement.height_mm)
    )
    return on.sum(axis=1)
