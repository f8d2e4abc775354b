"""Partly good dies: against closed forms, a simulation and the value of the wafer."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import near


def test_cores_of_one_die_share_its_density():
    """Niagara of H-P: 0.71^8 gives 0.06 (the answers call it inaccurate); the die's own yield is 0.12."""
    core = 380 / 8
    alone = float(w.die_yield(core, 0.75, alpha=4))
    near(round(alone, 2) ** 8, 0.06, 2)
    near(w.working_cores(8, core, 0, 0.75, alpha=4)[8], 0.12, 2)
    assert abs(w.working_cores(8, core, 0, 0.75, alpha=4)[8] - w.die_yield(380, 0.75, alpha=4)) < 1e-12


@pytest.mark.parametrize("alpha", [0.05, 0.3, 1.0, 3.0, 10.0, 1e3, 1e7])
@pytest.mark.parametrize("cores", [1, 8, 25, 72, 144, 300])  # 144 are on the die of the H100
def test_salvage_keeps_every_die_and_meets_the_closed_form(cores, alpha):
    """Chosen cores all work as if they were one area: that gives the sum, the flawless and two moments exactly."""
    d0 = np.array([0.0, 0.05, 0.16, 0.5, 2.0, 10.0, 100.0])
    for core, shared in ((400 / cores, 265), (50, 10), (0.5, 0), (0, 100)):
        chance = w.working_cores(cores, core, shared, d0, alpha)
        assert chance.shape == (7, cores + 1) and (chance >= 0).all() and (chance <= 1).all()
        k = np.arange(cores + 1)
        close = {"rtol": 0, "atol": 1e-8}
        assert np.allclose(chance.sum(axis=1), w.die_yield(shared, d0, alpha=alpha), **close), "shared part works"
        assert np.allclose(chance[:, -1], w.die_yield(shared + cores * core, d0, alpha=alpha), **close), "flawless"
        assert np.allclose((chance @ k) / cores, w.die_yield(shared + core, d0, alpha=alpha), **close), "any one core"
        if cores > 1:
            pairs = (chance @ (k * (k - 1))) / (cores * (cores - 1))
            assert np.allclose(pairs, w.die_yield(shared + 2 * core, d0, alpha=alpha), **close), "any two cores"
        shares = w.bin_shares(chance, [cores, cores - 1] if cores < 8 else [cores, cores - 3, cores - 7])
        assert np.allclose(shares.sum(axis=1), 1) and (shares >= 0).all()


@pytest.mark.parametrize(("cores", "core", "shared", "d0", "alpha"), [(25, 16, 265, 0.16, 3), (144, 4, 238, 0.1, 3), (144, 5, 90, 1, 0.5), (300, 0.5, 0, 1, 0.3)])  # fmt: skip
def test_salvage_against_simulation(cores, core, shared, d0, alpha):
    rng = np.random.default_rng(8)
    density = rng.gamma(alpha, d0 / alpha, 200_000) / 100
    good = rng.binomial(cores, np.exp(-density * core)) * (rng.random(200_000) < np.exp(-density * shared))
    shared_bad = float(1 - w.die_yield(shared, d0, alpha=alpha))
    counts = np.bincount(good, minlength=cores + 1) / len(good)
    expected = w.working_cores(cores, core, shared, d0, alpha)
    expected[0] += shared_bad
    assert np.abs(counts - expected).max() < 0.005 and np.abs(np.cumsum(counts - expected)).max() < 0.005


def test_value_allocation_uses_up_the_wafer():
    shares, prices = np.array([0.4, 0.2, 0.1]), np.array([100.0, 80.0, 50.0])
    each = w.cost_by_value(14_000, 78, shares, prices)
    both = w.cost_by_value([14_000, 28_000], [78, 39], shares, prices)
    assert np.allclose(both, [each, 4 * each]), "several wafers at once"
    assert math.isclose(float((each * shares * 78).sum()), 14_000) and np.allclose(each / prices, each[0] / prices[0])


def test_density_behind_sellable_dies():
    core, shared = 16.0, 265.0
    for needed, alpha in ((25, 3.0), (20, 3.0), (20, 1e7), (22, 1.0)):
        d0 = w.infer_d0_from_bins(25, core, shared, needed, [0.2, 0.4, 0.9], alpha)
        back = w.working_cores(25, core, shared, d0, alpha)[:, needed:].sum(axis=1)
        assert np.allclose(back, [0.2, 0.4, 0.9], rtol=1e-5)
    assert math.isclose(w.infer_d0_from_bins(25, core, shared, 25, 0.4), w.infer_d0(665, 0.4), rel_tol=1e-5)
    assert float(w.infer_d0_from_bins(25, core, shared, 20, 1)) == 0


def test_salvage_takes_arrays_of_everything():
    areas, alphas = np.array([[10.0], [16.0]]), np.array([1.0, 3.0, 1e7])
    chance = w.working_cores(25, areas, 265, 0.16, alphas)
    d0 = w.infer_d0_from_bins(25, areas, 265, 20, 0.4, alphas)
    assert chance.shape == (2, 3, 26) and d0.shape == (2, 3)
    for row, column in np.ndindex(2, 3):
        one = float(areas[row, 0]), 265
        assert np.allclose(chance[row, column], w.working_cores(25, *one, 0.16, alphas[column]), atol=1e-12)
        assert np.isclose(d0[row, column], w.infer_d0_from_bins(25, *one, 20, 0.4, alphas[column]), rtol=1e-9)


def test_only_what_can_be_binned_is_binned():
    with pytest.raises(ValueError, match="each below the one before"):
        w.bin_shares([0.1, 0.2, 0.7], [1, 2])
    with pytest.raises(ValueError, match="add to at most 1"):
        w.bin_shares([0.9, 0.9], [1])
