"""The reservoir: policies, draws and the limits in which everything is known by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.timing import model as timing
from helpers.timing import studies


def slow(sale, share, base, answer, fear_sold, memory, growth, loss, leak, taken, threat, lag=1):
    """One path, written out year by year as a reader would, with scalars."""
    stock, fears, odds, out = 100.0, [fear_sold], math.log(share / (1 - share)), []
    flow = 100 * (1 - (1 - loss) / (1 + growth))
    for year, part in enumerate(sale, start=1):
        calm, let_in = fear_sold + (fears[-1] - fear_sold) * memory, part * taken
        fears.append(let_in * (calm + threat * (1 - calm)) + 1 - let_in)
        odds += base + answer * fears[max(year - lag, 0)]
        tap, need, wanted = 1 / (1 + math.exp(-odds)), flow * (1 + growth) ** year, 100 * (1 + growth) ** year
        there = stock * (1 - loss)
        home = min(tap * need, wanted - there)
        leaked = leak * (1 - part) * min((1 - tap) * need, wanted - there - home)
        sold = part * taken * (wanted - there - home - leaked)
        stock = there + home + leaked + sold
        out.append((stock, sold, home, leaked, tap, fears[-1]))
    return np.array(out).T


def test_many_paths_at_once_are_the_paths_one_by_one():
    rng, sales = np.random.default_rng(4), np.array([[1.0] * 8, [0.0] * 8, [1, 1, 1, 0, 0, 0.5, 1, 1]])
    names = (
        "share",
        "base",
        "answer",
        "fear_sold",
        "memory",
        "growth_per_year",
        "retire_per_year",
        "leak",
        "taken",
        "threat",
    )
    draws = {
        name: rng.uniform(0.02, 0.9 if name not in ("base", "answer", "growth_per_year") else 1.2, 20) for name in names
    }
    for lag in (0, 1, 3):
        found = timing.run(sales[:, None, :], **draws, lag_years=lag)
        assert found.stock.shape == (3, 20, 9)
        for p, sale in enumerate(sales):
            for d in range(20):
                by_hand = slow(sale, *(draws[name][d] for name in names), lag)
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


def test_the_lag_is_a_year_of_the_tap():
    """With certain fear at once five years of denial add base + answer five times; with a lag of one the first year has the old fear."""
    odds = {lag: 2.0 for lag in (0, 1)}
    for lag in odds:
        share = float(timing.run(np.zeros(5), 0.1, 0.4, 0.4, fear_sold=0.2, lag_years=lag).share[-1])
        odds[lag] = math.log(share / (1 - share)) - math.log(0.1 / 0.9)
    assert odds[0] == pytest.approx(5 * 0.8) and odds[1] == pytest.approx(4 * 0.8 + 0.4 + 0.4 * 0.2)


def test_what_the_buyer_keeps_out_drives_the_tap_as_a_denial_does():
    refused, denied = timing.run(np.ones(6), taken=0.0), timing.run(np.zeros(6))
    assert refused.share == pytest.approx(denied.share) and refused.stock == pytest.approx(denied.stock)


def test_too_many_values_are_refused_by_the_names_of_the_arrays():
    with pytest.raises(ValueError, match="leak over 10 years"):
        timing.run(np.zeros(10), leak=np.full(200_000, 0.2))


# --- leverage --------------------------------------------------------------------------------------


def test_leverage_is_the_sum_of_a_denial_that_begins_then():
    """Each year's number from a run of its own: the policy until then, forty years of denial after."""
    sale, given = [1, 0, 1, 1], {"share": 0.2, "base": 0.2, "answer": 0.4, "fear_start": 0.6, "lag_years": 2}
    for year, found in enumerate(timing.leverage(sale, **given)):
        run = timing.run([*sale[:year], *[0] * timing.AHEAD], **given)
        assert float(found) == pytest.approx(float((1 - run.share[year + 1 :]).sum()))


def test_leverage_nears_the_area_above_a_logistic_share():
    """log(1 / share) / effort is the area; a sum at the ends of years is smaller by less than 1 - share."""
    for share, effort in ((0.05, 0.6), (0.1, 0.9), (0.41, 0.82)):
        found, area = float(timing.leverage([0], share, effort, 0)[0]), math.log(1 / share) / effort
        assert area - (1 - share) < found < area


def test_leverage_of_many_draws_is_that_of_each():
    share = np.array([0.05, 0.1, 0.3])
    rows = timing.leverage(np.array([[1, 1], [0, 0]])[:, None, :], share)
    assert rows.shape == (2, 3, 3)
    assert rows[1, 2] == pytest.approx(timing.leverage([0, 0], 0.3))


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


def test_leverage_taken_and_leverage_left_add_up_under_denial():
    for part in (0.0, 0.5, 1.0):
        tanks = studies.tanks(part)
        early, late = tanks["deny early"], tanks["deny late"]
        assert early.used + early.leverage == pytest.approx(early.leverage[0], abs=1e-6)
        after = slice(studies.LATE, None)
        assert late.used[after] + late.leverage[after] == pytest.approx(late.leverage[studies.LATE], abs=1e-6)
        assert tanks["sell"].used == pytest.approx(0) and (np.diff(tanks["sell"].leverage) < 0).all()


# --- one model -------------------------------------------------------------------------------------


def test_picture_u_turn_and_game_are_one_model():
    """The same years: missing chips of the picture, pay-offs of the game, and what a U-turn keeps agree."""
    tanks, found, given = studies.tanks(), studies.choice(), studies.settings()
    n, worth = given["years"], given["denial_worth"]
    early = tanks["deny early"]
    assert found.early["deny"] == pytest.approx(worth * early.missing[1 : n + 1].mean())
    discount = (1 + given["discount_rate"]) ** -n
    assert found.late["deny"] == pytest.approx(discount * worth * early.missing[n + 1 : 2 * n + 1].mean())
    sell = tanks["sell"]
    assert found.early["sell"] == pytest.approx((1 - sell.tap[1 : n + 1]).mean())
    assert found.share["sell"] == pytest.approx(sell.tap[n]) and found.share["deny"] == pytest.approx(early.tap[n])
    turn = studies.turn(studies.need_share(), studies.parameter("fear_sold")[1])
    assert turn.sold == pytest.approx(sell.leverage[studies.AHEAD])
    assert turn.denied == pytest.approx(early.leverage[studies.AHEAD])
