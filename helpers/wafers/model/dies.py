"""Dies on a wafer: closed forms, dies placed one by one, and the field of one exposure."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, one_of, within
from helpers.wafers.model.ranges import CLOSE, MOST_AREA, MOST_SIDE

FORMS = ("area", "hennessy_patterson", "coefficient_058", "exponential", "square", "flynn")
MOST_WORK = 1_500  # of `exact_dies`, in dies of 10 mm and more; small ones take longer
FIELD_MM = 26.0, 33.0  # largest field that one exposure prints on the wafer (immersion, and EUV of NA 0.33)


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
    area = within("area_mm2", area_mm2, 0.01, MOST_AREA, "mm2")
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
    sizes = _sizes(width_mm, height_mm, diameter_mm, edge_mm, scribe_mm)
    names = ("width_mm", "height_mm", "diameter_mm", "edge_mm", "scribe_mm")
    shape = fitting(**dict(zip(names, sizes, strict=True)))
    rows = np.stack([np.broadcast_to(size, shape).ravel() for size in sizes], axis=1)
    different, place = np.unique(rows, axis=0, return_inverse=True)
    width, height, diameter = different[:, :3].T
    if (work := (1 + diameter / np.minimum(width, height) / 30).sum()) > MOST_WORK:
        large = " and ".join(name for name, size in zip(names, sizes, strict=True) if size.ndim)
        raise ValueError(
            f"{large} make {len(different):,} different dies to place, {work / MOST_WORK:.0f} times what is counted in two"
            " seconds; give them in pieces."
        )
    counts = np.array([_best_grid(*map(float, one))[0] for one in different], dtype=int)
    return counts[place.ravel()].reshape(shape)


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
    for name, size in zip(("width_mm", "height_mm", "diameter_mm", "edge_mm", "scribe_mm"), sizes, strict=True):
        if size.ndim:
            raise ValueError(f"{name} holds {size.size} values; place_dies takes one size, exact_dies takes arrays.")
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
    whole = far <= radius + 2 * CLOSE
    return Placement(x[touches], y[touches], whole[touches], width, height, scribe, count)


def _sizes(width: Any, height: Any, diameter: Any, edge: Any, scribe: Any) -> tuple[np.ndarray, ...]:
    return (
        within("width_mm", width, 0.5, MOST_SIDE, "mm"),
        within("height_mm", height, 0.5, MOST_SIDE, "mm"),
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
    if math.hypot(width, height) > 2 * radius + CLOSE:
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
    square = (radius + CLOSE) ** 2 - (nearest + height / 2) ** 2
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
    kept = (slack[odd] / 2 >= tries[:, None] - CLOSE).sum(axis=1)
    won = ((pitch - slack[even]) / 2 <= tries[:, None] + CLOSE).sum(axis=1)
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
    width = within("width_mm", width_mm, 0.5, MOST_SIDE, "mm")
    height = within("height_mm", height_mm, 0.5, MOST_SIDE, "mm")
    scribe = within("scribe_mm", scribe_mm, 0, 1, "mm")

    def fit(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.floor((across + scribe) / (a + scribe) + CLOSE) * np.floor((along + scribe) / (b + scribe) + CLOSE)

    return np.maximum(fit(width, height), fit(height, width)).astype(int)
