"""What was made of draws is kept only where nobody can change the draws, and is what would be made again."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.core import chance
from helpers.scenario import studies
from helpers.scenario.studies import held as kept
from helpers.scenario.studies.held import held

ASKED = []


def twice(z, by=2.0):
    ASKED.append(by)
    return by * z


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(kept, "_MADE", type(kept._MADE)())
    monkeypatch.setattr(kept, "_bytes", 0)
    ASKED.clear()


def fixed(size=2000, seed=1):
    z = np.random.default_rng(seed).standard_normal(size)
    z.flags.writeable = False
    return z


def test_the_same_draws_are_asked_once_and_a_part_of_them_is_other_draws():
    z = fixed((2, 2000))
    assert held(z[0], twice, 2.0) is held(z[0], twice, 2.0)
    assert (held(z[1], twice, 2.0) == 2 * z[1]).all() and (held(z[0], twice, 3.0) == 3 * z[0]).all()
    assert ASKED == [2.0, 2.0, 3.0]


def test_draws_that_somebody_can_write_to_are_made_again():
    z = np.ones(2000)
    part = z[:]
    part.flags.writeable = False  # but its owner can be written to
    assert held(part, twice)[0] == 2
    z[:] = 5
    assert held(part, twice)[0] == 10 and not kept._MADE


def test_no_more_is_kept_than_allowed(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3 * 2000 * 8)
    draws = [fixed(seed=seed) for seed in range(5)]
    for z in draws:
        held(z, twice)
    assert len(kept._MADE) == 3 and kept._bytes == sum(made.nbytes for _, made in kept._MADE.values())
    held(draws[4], twice), held(draws[0], twice)
    assert len(ASKED) == 6, "the last is still there, the first has gone"


def test_the_fan_is_the_same_with_nothing_kept(monkeypatch):
    z, setting = studies.shocks(3000), studies.Setting(correlation=0.4, licences="sell")
    studies.paths(z, studies.Setting(correlation=0.4))
    with_kept = studies.paths(z, setting).ratio()
    made = studies.paths({name: array.copy() for name, array in z.items()}, setting).ratio()
    assert (with_kept == made).all()


def test_sobol_gives_its_samples_as_they_may_be_kept():
    seen = []

    def f(x, y):
        seen.append(not x.flags.writeable and not y.flags.writeable)
        return x[0] + y[0]

    chance.sobol(f, {"x": 1, "y": 1}, 500)
    assert all(seen)
