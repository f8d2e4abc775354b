"""Chance: draws keep to their ends and their distribution, and what an input does is found."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest

from helpers.core import chance
from helpers.wafers import model as w


def test_draws_keep_their_ends_and_their_mean():
    """Mean of a triangular distribution: (low + central + high) / 3."""
    drawn = chance.sample({"x": (1, 2, 6), "same": (3, 3, 3), "edge": (0, 0, 3)}, count=200_000)
    assert drawn["x"].min() >= 1 and drawn["x"].max() <= 6 and drawn["x"].mean() == pytest.approx(3, abs=0.02)
    assert drawn["edge"].mean() == pytest.approx(1, abs=0.02) and set(drawn["same"]) == {3.0}


def test_draws_repeat():
    first, second = (chance.sample({"x": (1, 2, 6)})["x"] for _ in range(2))
    assert (first == second).all()


@pytest.mark.parametrize(
    "bad", [(2, 1, 3), (1, 2, 1), (1, float("nan"), 3), (1, 2, float("inf")), (1, 2), 3, ("x", 2, 3)]
)
def test_draws_refuse_values_out_of_order(bad):
    with pytest.raises(ValueError, match="in order"):
        chance.sample({"x": bad})


def test_a_number_of_draws_is_whole():
    with pytest.raises(ValueError, match="count = 2.5 must be a whole number from 1 to 200000"):
        chance.sample({"x": (1, 2, 3)}, count=2.5)


def test_one_at_a_time_leaves_the_others_alone():
    ends = chance.one_at_a_time(lambda a, b: 10 * a + b, {"a": (0, 1, 2), "b": (5, 6, 9)})
    assert ends == {"a": (6, 26), "b": (15, 19)}
    rng = np.random.default_rng(9)
    for low, central, high, other in rng.normal(0, 100, (10_000, 4)):
        given = {"a": (low, central, high), "b": (other, other, other)}
        if low <= central <= high:
            ends = chance.one_at_a_time(lambda a, b: a * b + 1, given)
            assert ends == {"a": (low * other + 1, high * other + 1), "b": (central * other + 1,) * 2}
        else:
            with pytest.raises(ValueError, match="^a = .* in order"):
                chance.one_at_a_time(lambda a, b: a * b + 1, given)


def test_an_input_does_not_move_when_another_s_ends_do():
    """A slider that fixes one input must not shake the bands of the others."""
    wide, fixed = (chance.sample({"a": ends, "b": (0, 1, 2)}, 50)["b"] for ends in ((0, 1, 2), (1, 1, 1)))
    assert (wide == fixed).all()


def test_random_samples_keep_to_their_ends():
    rng = np.random.default_rng(7)
    for low, central, high in rng.normal(0, 100, (10_000, 3)):
        if low <= central <= high:
            x = chance.sample({"x": (low, central, high)}, count=3)["x"]
            assert ((x >= low - 1e-9) & (x <= high + 1e-9)).all()
        else:
            with pytest.raises(ValueError, match="in order"):
                chance.sample({"x": (low, central, high)}, count=3)


def test_random_flips_are_crossings_or_none():
    """A ratio a x / b crosses 1 at x = b / a, or not within the span."""
    rng = np.random.default_rng(11)
    for a, b, low, high in rng.uniform(0.1, 10, (10_000, 4)):
        if not low < high:
            with pytest.raises(ValueError, match="must be below"):
                chance.flips_at(lambda x: a * x / b, {"x": 1.0}, "x", low, high)
            continue
        at = chance.flips_at(lambda x: a * x / b, {"x": 1.0}, "x", low, high)
        assert at == pytest.approx(b / a) if low < b / a < high else np.isnan(at)
    for central, nearest in ((1.0, 2.0), (3.0, 2.0), (4.0, 5.0), (6.0, 5.0)):
        at = chance.flips_at(lambda x: 1 + (x - 2) * (x - 5), {"x": central}, "x", 0, 9)
        assert at == pytest.approx(nearest, abs=1e-4), "of two crossings the nearer"
    with pytest.raises(ValueError, match="name = 'y' is not one of x"):
        chance.flips_at(lambda x: x, {"x": 1.0}, "y", 0, 1)


def test_simulation_repeats_and_keeps_to_its_ends():
    ends = {"d0_per_cm2": (0.1, 0.16, 0.37), "wafer_usd": (13_084, 14_000, 15_000), "hbm_usd": (100, 200, 400)}

    def total(**drawn):
        return w.accelerator_cost(665.61, stacks=8, dies=2, bond_yield=0.98, **drawn).total_usd

    first, again = (chance.simulate(total, ends, 20_000, seed=3, chunk=7_000) for _ in range(2))
    assert (first == again).all() and first.shape == (20_000,)
    low, high = (float(total(**{k: v[i] for k, v in ends.items()})) for i in (0, 2))
    assert low <= first.min() and first.max() <= high
    assert (chance.simulate(total, ends, 20_000, seed=4) != first).any()
    drawn = chance.simulate(lambda a: a, {"a": (1, 2, 6)}, 200_000, seed=5)
    assert abs(drawn.mean() - 9 / 3) < 0.01 and abs(drawn.std() - math.sqrt(21 / 18)) < 0.01, "triangular"
    fixed = chance.simulate(lambda a: 2 * a, {"a": (3, 3, 3)}, 10)
    assert (fixed == 6).all()
    shares = chance.simulate(lambda a: np.stack([a, 1 - a], axis=-1), {"a": (0, 0.5, 1)}, 1000, chunk=300)
    assert shares.shape == (1000, 2) and np.allclose(shares.sum(axis=1), 1)
    with pytest.raises(ValueError, match="low, central and high"):
        chance.simulate(total, {"d0_per_cm2": (0.3, 0.2, 0.4)}, 10)


def test_memory_of_a_simulation_grows_no_faster_than_its_results():
    ends = {"d0_per_cm2": (0.1, 0.16, 0.37), "wafer_usd": (13_084, 14_000, 15_000), "hbm_usd": (100, 200, 400)}
    peaks = []
    tracemalloc.start()
    try:
        for draws in (200_000, 1_000_000):
            tracemalloc.reset_peak()
            chance.simulate(
                lambda **k: w.accelerator_cost(665.61, dies=2, stacks=8, **k).total_usd, ends, draws, most=draws
            )
            peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert peaks[1] < 1e9 and peaks[1] - peaks[0] < 3 * 8 * 800_000


def test_ten_thousand_random_simulations():
    rng = np.random.default_rng(21)
    for row in range(10_000):
        ends, draws, chunk = sorted(rng.normal(0, 100, 3)), int(rng.integers(1, 20)), int(rng.integers(1, 20))
        if row % 20 == 0:
            with pytest.raises(ValueError, match="^a = .*in order"):
                chance.simulate(lambda a: a, {"a": ends[::-1]}, draws)
            continue
        out = chance.simulate(lambda a: 2 * a + 1, {"a": ends}, draws, row, chunk)
        assert out.shape == (draws,) and out.min() >= 2 * ends[0] + 1 - 1e-9 and out.max() <= 2 * ends[2] + 1 + 1e-9
        assert (out == chance.simulate(lambda a: 2 * a + 1, {"a": ends}, draws, row, chunk)).all()


def test_a_number_of_simulations_is_whole():
    with pytest.raises(ValueError, match="draws = 0"):
        chance.simulate(abs, {}, 0)
