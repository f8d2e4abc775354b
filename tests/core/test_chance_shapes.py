"""Shapes, paths, correlations and Sobol indices, each held to a second way of computing it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.core import chance

RNG = np.random.default_rng(7)


def test_the_normal_distribution_function_is_right_to_1e_7():
    z = np.linspace(-8, 8, 4001)
    exact = np.array([0.5 * math.erfc(-x / math.sqrt(2)) for x in z])
    assert np.abs(chance.normal_cdf(z) - exact).max() < 1.5e-7


def test_the_ends_of_a_split_lognormal_are_its_5th_and_95th_percentile():
    x = chance.split_lognormal(RNG.standard_normal(200_000), 1.0, 3.3, 12.0)
    assert np.percentile(x, [5, 50, 95]) == pytest.approx([1, 3.3, 12], rel=0.02)


def test_a_triangle_and_a_lognormal_read_the_same_three_numbers_differently():
    """methods.md: 1.0, 3.3 and 12 as a triangle have the median 5.1, the mean 5.4, and 79% above the central value."""
    x = chance.triangular(RNG.standard_normal(200_000), 1.0, 3.3, 12.0)
    assert np.median(x) == pytest.approx(5.1, abs=0.05) and x.mean() == pytest.approx(5.4, abs=0.05)
    assert (x > 3.3).mean() == pytest.approx(0.79, abs=0.005)
    assert x.min() >= 1 and x.max() <= 12


def test_the_triangle_meets_numpys_own():
    drawn = RNG.triangular(0.3, 0.5, 0.8, 200_000)
    ours = chance.triangular(RNG.standard_normal(200_000), 0.3, 0.5, 0.8)
    marks = [1, 10, 50, 90, 99]
    assert np.percentile(ours, marks) == pytest.approx(np.percentile(drawn, marks), abs=0.004)


@pytest.mark.parametrize("rho", [-0.5, 0.0, 0.7, 0.95, 1.0])
def test_years_keep_their_spread_and_have_the_correlation_asked_for(rho):
    z = chance.years_together(RNG.standard_normal((6, 30_000)), rho)
    assert z.std(axis=1) == pytest.approx(np.ones(6), abs=0.02)
    for apart in (1, 3):
        assert np.corrcoef(z[1], z[1 + apart])[0, 1] == pytest.approx(rho**apart, abs=0.02)


def test_dials_have_the_correlations_asked_for_and_the_rank_correlation_of_the_formula():
    matrix = [[1, 0.7, 0.2], [0.7, 1, 0.4], [0.2, 0.4, 1]]
    z = chance.correlated(RNG.standard_normal((3, 60_000)), matrix)
    assert np.corrcoef(z) == pytest.approx(np.array(matrix), abs=0.012)
    assert chance.rank_correlation(z[0], np.exp(z[1])) == pytest.approx(0.683, abs=0.01)
    assert float(chance.rank_correlation_of(0.7)) == pytest.approx(0.683, abs=0.0005)


def test_correlations_that_cannot_go_together_are_refused():
    with pytest.raises(ValueError, match="cannot go together"):
        chance.correlated(np.zeros((3, 2)), [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])


@given(st.lists(st.integers(-5, 5), min_size=3, max_size=40), st.randoms())
@settings(max_examples=100, deadline=None)
def test_rank_correlation_meets_its_slow_definition(x, random):
    y = x[:]
    random.shuffle(y)

    def ranks(values):
        return np.array([sum(v < w for v in values) + (sum(v == w for v in values) + 1) / 2 for w in values])

    a, b = ranks(x), ranks(y)
    found = chance.rank_correlation(x, y)
    if a.std() and b.std():
        assert found == pytest.approx(np.corrcoef(a, b)[0, 1], abs=1e-9)
    else:
        assert math.isnan(found)


# --- Sobol ------------------------------------------------------------------------------------------
# The test edition has neither SciPy nor SALib: the oracles are the Ishigami function, whose indices are known in closed
# form (Ishigami and Homma 1990), and a slow count by nested loops.

A, B = 7.0, 0.1


def ishigami(x, y, w):
    a, b, c = (2 * np.pi * (chance.normal_cdf(v[0]) - 0.5) for v in (x, y, w))
    return np.sin(a) + A * np.sin(b) ** 2 + B * c**4 * np.sin(a)


def test_the_ishigami_function_has_its_known_indices():
    v1, v2, v13 = 0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    total = v1 + v2 + v13
    found = chance.sobol(ishigami, {"x": 1, "y": 1, "w": 1}, 65_536, seed=3)
    assert found.variance[0] == pytest.approx(total, rel=0.02)
    assert found.first[:, 0] == pytest.approx([v1 / total, v2 / total, 0], abs=0.02)
    assert found.total[:, 0] == pytest.approx([(v1 + v13) / total, v2 / total, v13 / total], abs=0.02)
    assert [round(v / total, 3) for v in (v1, v2)] == [0.314, 0.442]


def test_the_errors_it_gives_are_those_that_repeated_runs_have():
    runs = [chance.sobol(ishigami, {"x": 1, "y": 1, "w": 1}, 2048, seed=s) for s in range(40)]
    for field in ("first", "total"):
        spread = np.std([getattr(r, field)[:, 0] for r in runs], axis=0)
        said = np.mean([getattr(r, f"{field}_error")[:, 0] for r in runs], axis=0)
        assert spread == pytest.approx(said, rel=0.5)


def test_a_group_of_columns_is_judged_as_a_whole_as_nested_loops_do():
    def f(path, one):
        return np.exp(0.4 * path.sum(axis=0)) * (1 + 0.5 * one[0])

    found = chance.sobol(f, {"path": 3, "one": 1}, 60_000, seed=5)
    rng = np.random.default_rng(11)
    outer, inner = 3000, 400
    path = rng.standard_normal((3, outer, 1))
    one = rng.standard_normal((1, 1, inner))
    grid = np.exp(0.4 * path.sum(axis=0)) * (1 + 0.5 * one[0])
    by_path, by_one = grid.mean(axis=1).var() / grid.var(), grid.mean(axis=0).var() / grid.var()
    assert found.first[:, 0] == pytest.approx([by_path, by_one], abs=0.04)
    assert found.total[:, 0] == pytest.approx([1 - by_one, 1 - by_path], abs=0.04)


def test_what_has_come_in_so_far_ends_as_the_result():
    told = []
    found = chance.sobol(ishigami, {"x": 1, "y": 1, "w": 1}, 5000, 1, 2000, lambda *now: told.append(now))
    assert [done for done, _, _ in told] == [2000, 4000, 5000]
    assert told[-1][2].total == pytest.approx(found.total) and told[0][2].draws == 2000


def test_an_input_that_does_nothing_has_no_share():
    found = chance.sobol(lambda x, idle: x[0], {"x": 1, "idle": 1}, 4000)
    assert found.total[1, 0] == 0 and found.total[0, 0] == pytest.approx(1, abs=0.05)
