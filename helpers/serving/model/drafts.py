"""What drafting ahead buys."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within


def expected_tokens(drafts: ArrayLike, acceptance: ArrayLike) -> np.ndarray:
    """Tokens that one step yields when a cheap guesser drafts some and the model checks them all at once.

    Parameters
    ----------
    drafts : scalar or array, 0 to 100
        Tokens drafted for each step.
    acceptance : scalar or array, 0 to 1
        Chance that a drafted token is kept, given that those before it were.

    Returns
    -------
    ndarray of float, broadcast shape, 1 to drafts + 1

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    (1 - a^(k+1)) / (1 - a), and k + 1 at a = 1. Leviathan, Kalman and Matias, arXiv 2211.17192.

    Examples
    --------
    >>> round(float(expected_tokens(1, 0.85)), 6)
    1.85
    """
    k = within("drafts", drafts, 0, 100)
    a = within("acceptance", acceptance, 0, 1)
    rest = np.where(a < 1 - 1e-9, 1 - a, 1.0)
    return np.where(a < 1 - 1e-9, (1 - a ** (k + 1)) / rest, k + 1)


def draft_speedup(drafts: ArrayLike, acceptance: ArrayLike, draft_cost: ArrayLike = 0.0) -> np.ndarray:
    """How many times as fast answers are written with drafts, where a step costs the same with and without them.

    Parameters
    ----------
    drafts, acceptance
        As in `expected_tokens`.
    draft_cost : scalar or array, 0 to 10
        Time that one draft adds, making and checking it, as a share of a step without drafts.

    Returns
    -------
    ndarray of float, broadcast shape
        Below 1 where drafts do not pay.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    `expected_tokens` / (1 + k c), Leviathan, Kalman and Matias, arXiv 2211.17192. Holds where memory binds;
    `decode` counts the arithmetic of the checks as well, and takes the making of drafts as free.

    Examples
    --------
    >>> draft_speedup(1, 0.85, [0.0, 0.028, 0.9]).round(2).tolist()  # DeepSeek-V3 reports 1.8
    [1.85, 1.8, 0.97]
    """
    cost = within("draft_cost", draft_cost, 0, 10)
    return expected_tokens(drafts, acceptance) / (1 + np.asarray(drafts, dtype=float) * cost)
