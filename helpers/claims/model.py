"""How good it was to be so sure: the arithmetic of confidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import guard, within


def brier_score(sure_percent: ArrayLike, right: ArrayLike) -> float:
    """Mean squared distance between how sure a reader was and what came out.

    score = mean((sure/100 - right)²): 0 for one who was always sure and right, 1 for one who was always sure and
    wrong, 0.25 for one who always said 50%.

    Parameters
    ----------
    sure_percent : scalar or array
        How sure, 0 to 100%.
    right : scalar or array
        1 where it was right, 0 where it was not; a share between them where a jury was divided.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        A value out of range, none at all, or shapes that do not fit each other.

    References
    ----------
    G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950).

    Examples
    --------
    >>> brier_score([90, 60], [1, 0])
    0.185
    """
    sure = np.asarray(within("sure_percent", sure_percent, 0, 100, "%"))
    came = np.asarray(within("right", right, 0, 1))
    if not sure.size or not came.size:
        raise ValueError("sure_percent and right are none: a score needs one or more.")
    return float(round(np.mean((sure / 100 - came) ** 2), 12))


guard(globals())
