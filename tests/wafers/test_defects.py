"""Scattered defects follow their yield models and repeat with their seed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import ASCEND


@pytest.mark.parametrize("alpha", [None, 3.0, 0.5])
def test_scattered_defects_follow_their_yield_model(alpha):
    """Even defects meet Poisson; regions larger than a die the negative binomial, nearly."""
    placed = w.place_dies(*ASCEND)
    good, number = [], []
    for seed in range(600):
        x, y = w.random_defects(0.16, alpha, seed=seed)
        good.append((w.defects_on_dies(placed, x, y)[placed.whole] == 0).mean())
        number.append(len(x))
    area = ASCEND[0] * ASCEND[1]
    if alpha is None:
        assert abs(np.mean(good) - w.die_yield(area, 0.16, "poisson")) < 0.01
    else:
        assert -0.04 < np.mean(good) - w.die_yield(area, 0.16, alpha=alpha) < 0.01, "dies across borders average"
    assert abs(np.mean(number) / (0.16 * math.pi * 15**2) - 1) < 0.04


def test_a_seed_repeats_a_wafer():
    first, again = (w.random_defects(0.2, 3.0, seed=7) for _ in range(2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert len(w.random_defects(0, seed=1)[0]) == 0
