"""Random and bad values for the tests of serving, and drafts counted one by one."""

from __future__ import annotations

import numpy as np

RNG = np.random.default_rng(34)
N = 10_000
BAD = np.array([np.nan, np.inf, -np.inf, -1.0, 1e300, -1e-9])


def draw(low: float, high: float, log: bool = False) -> np.ndarray:
    values = np.exp(RNG.uniform(np.log(low), np.log(high), N)) if log else RNG.uniform(low, high, N)
    values[:2] = low, high
    return values


def kept(drafts, acceptance):
    """One token, and one more for each draft that was kept and all before it: counted one by one."""
    places = np.arange(1, 101)
    return 1 + (acceptance[:, None] ** places * (places <= drafts[:, None])).sum(axis=1)
