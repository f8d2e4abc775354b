"""A teaching model of what a slower link between chips costs a training step."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within


def link_slowdown(communication_ratio: ArrayLike, link_ratio: ArrayLike, hidden_ratio: ArrayLike = 0.0) -> np.ndarray:
    """How much longer a step takes on a chip with equal compute and a slower link: a teaching model.

    Parameters
    ----------
    communication_ratio : scalar or array, 0 to 10
        Time on the reference link divided by time of computing, if nothing ran at once.
    link_ratio : scalar or array, 0.01 to 100
        Speed of the link as a share of the reference link.
    hidden_ratio : scalar or array, 0 to 10
        Communication that can run behind computing, as a share of the time of computing.

    Returns
    -------
    ndarray of float, broadcast shape
        Time of a step divided by its time on the reference link.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    A step takes 1 + max(0, communication/link - hidden) times its computing. A model of ours: one link,
    no latency, perfect overlap up to the bound. Real chips have a fast link inside a server and a slower one
    outside, and export rules touched the first.

    Examples
    --------
    >>> round(float(link_slowdown(0.3, 400 / 900)), 2), float(link_slowdown(0.3, 400 / 900, 1))
    (1.29, 1.0)
    """
    ratio = within("communication_ratio", communication_ratio, 0, 10)
    slower = ratio / within("link_ratio", link_ratio, 0.01, 100)
    hidden = within("hidden_ratio", hidden_ratio, 0, 10)
    return (1 + np.maximum(0, slower - hidden)) / (1 + np.maximum(0, ratio - hidden))
