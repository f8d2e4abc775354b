"""The reservoir: policies, draws and the limits in which everything is known by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.timing import model as timing
from helpers.timing import studies


def slow(sale, share, base, answer, fear_sold, memory, growth, loss, leak, taken):
    """One path, written out year by year as a reader would, with scalars."""
    stock, fear, odds, out = 100.0, fear_sold, math.log(share / (1 - share)), []
    flow = 100 * (1 - (1 - loss) / (1 + growth))
    for year, part in enumerate(sale, start=1):
        odds += base + answer * fear
        fear = part * (fear_sold + (fear - fear_sold) * memory) + 1 - part
        tap, need, wanted = 1 / (1 + math.exp(-odds)), flow * (1 + growth) ** year, 100 * (1 + growth) ** year
        there = stock * (1 - loss)
        home = min(tap * need, wanted - there)
        leaked = leak * (1 - part) * min((1 - tap) * need, wanted - there - home)
        sold = part * taken * (wanted - there - home - leaked)
        stock = there + home + leaked + sold
        out.append((stock, sold, home, leaked, tap, fear))
    return np.array(out).T


def test_many_paths_at_once_are_the_paths_one_by_one():
    rng, sales = np.random.default_rng(4), np.array([[1.0] * 8, [0.0] * 8, [1, 1, 1, 0, 0, 0.5, 1, 1]])
    names = ("share", "base", "answer", "fear_sold", "memory", "growth_per_year", "retire_per_year", "leak", "taken")
    draws = {
        name: rng.uniform(0.02, 0.9 if name not in ("base", "answer", "growth_per_year") else 1.2, 20) for name in names
    }
    found = timing.run(sales[:, None, :], **draws)
    assert found.stock.shape == (3, 20, 9)
    for p, sale in enumerate(sales):
        for d in range(20):
            by_hand = slow(sale, *(draws[name][d] for name in names))
            fast = [getattr(found, n)[p, d, 1:] for n in ("stock", "sold", "home", "leaked", "share", "fear")]
            assert np.array(fast) == pytest.approx(by_hand)


def test_a_complete_denial_without_a_tap_leaves_51_per_cent_after_three_years():
    assert timing.run([0, 0, 0], 1e-4, 0, 0).stock[-1] == pytest.approx(51.2, abs=0.02)


def test_what_is_sold_keeps_the_tank_full_and_what_comes_in_is_what_goes_out():
    found = timing.run(np.ones(10), 0.2, 0.3, 0.5, growth_per_year=0.4)
    assert found.stock == pytest.approx(found.wanted)
    assert (found.sold + found.home)[1:] == pytest.approx(found.stock[1:] - 0.8 * found.stock[:-1])


def test_lives_that_end_start_from_vintages_in_order():
    """A full stock with a life of five years that is sold to keeps full, and denied is empty after five years."""
    assert timing.run(np.ones(6), life_years=5, retire_per_year=0.05).stock == pytest.approx(100)
    gone = timing.run(np.zeros(6), 1e-4, 0, 0, life_years=5, retire_per_year=0.0)
    assert gone.stock[[1, 2, 5, 6]] == pytest.approx([80, 60, 0, 0], abs=0.05)


def test_a_life_that_no_vintage_reaches_changes_nothing():
    sale = [0, 0, 1, 1, 0, 0]
    plain, long = timing.run(sale, growth_per_year=0.3), timing.run(sale, growth_per_year=0.3, life_years=60)
    assert long.stock == pytest.approx(plain.stock, rel=1e-4)


def test_more_answer_opens_the_tap_and_more_leak_fills_the_tank():
    deny = np.zeros(8)
    taps = timing.run(deny, answer=[0.0, 0.3, 0.9]).share[:, -1]
    missing = timing.run(deny, leak=[0.0, 0.3, 0.9]).missing[:, 3]
    assert (np.diff(taps) > 0).all() and (np.diff(missing) < 0).all()


def test_too_many_values_are_refused_by_the_names_of_the_arrays():
    with pytest.raises(ValueError, match="leak over 10 years"):
        timing.run(np.zeros(10), leak=np.full(200_000, 0.2))


# --- the picture's three policies -----------------------------------------------------------------


def test_the_tanks_add_up_and_early_denial_spends_what_sale_keeps():
    for part in (0.0, 0.25, 0.5, 1.0):
        tanks = studies.tanks(part)
        for tank in tanks.values():
            assert tank.home + tank.foreign + tank.missing == pytest.approx(1)
        left = {name: tank.left[studies.LATE] for name, tank in tanks.items()}
        assert left["deny early"] <= left["deny late"] == left["sell"]
    flat = studies.tanks(0.0)
    assert flat["sell"].left == pytest.approx(
        flat["deny early"].left
    )  # without an answer, what is done does not matter


def test_leverage_of_the_tanks_is_the_closed_form():
    tank = studies.tanks(0.5)["deny early"]
    assert tank.leverage == pytest.approx(np.log(1 / tank.tap) / studies.speed())
