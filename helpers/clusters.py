"""Clusters: how many chips of one kind do the work of another kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.limits import within


def chips_to_match(chips: ArrayLike, relative_speed: ArrayLike) -> np.ndarray:
    """Chips of kind B that do the work of a number of chips of kind A.

    Parameters
    ----------
    chips : scalar or array, 0 to 1e9
        Chips of kind A.
    relative_speed : scalar or array, 0.01 to 100
        Work per second of one chip B, as a share of one chip A on the same task.

    Returns
    -------
    ndarray of float, broadcast shape
        Chips of kind B; a fraction means the last chip is partly needed.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    n_B = n_A / relative_speed: work per second is held equal; nothing is lost to a longer network.

    Examples
    --------
    >>> float(chips_to_match(1000, 0.5))
    2000.0
    """
    n = within("chips", chips, 0, 1e9)
    return n / within("relative_speed", relative_speed, 0.01, 100)
