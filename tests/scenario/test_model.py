"""The model of the gap: vintages, sides, lags, scores; each against a second way of counting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.scenario import model as gap

AMOUNT = st.floats(0, 500, allow_nan=False)
SHARE = st.floats(0, 1, allow_nan=False)


@given(st.lists(AMOUNT, min_size=1, max_size=12), st.floats(0, 12), SHARE)
@settings(max_examples=200, deadline=None)
def test_a_stock_is_what_a_walk_chip_year_by_chip_year_finds(added, life, loss):
    found = gap.stock(added, life, loss)
    for year in range(len(added)):
        left = 0.0
        for made in range(year + 1):
            amount, age = added[made], year - made
            for _ in range(age):
                amount *= 1 - loss
            left += amount * min(max(life - age, 0), 1)
        assert found[year] == pytest.approx(left, abs=1e-9, rel=1e-9)


def test_a_rate_on_the_whole_stock_would_age_a_young_fleet_too_fast():
    """With growth of three times a year vintages of 6 years leave almost all; a rate of a sixth takes a sixth."""
    added = 3.0 ** np.arange(7)
    vintages = gap.stock(added, 6, 0)[-1] / added.sum()
    assert vintages > 0.998
    rate = sum(a * (1 - 1 / 6) ** (6 - y) for y, a in enumerate(added)) / added.sum()
    assert rate < 0.93


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, SHARE, SHARE)
@settings(max_examples=300, deadline=None)
def test_nothing_new_is_counted_twice_or_lost(sold, domestic, licensed, smuggled, share, displaced):
    """Conservation: owners' gains add up to what was made, as long as no more is taken than was sold."""
    new = gap.additions(sold, domestic, licensed, smuggled, share, displaced)
    taken = smuggled + displaced * licensed
    if taken <= sold:
        made = sold + domestic + (1 - displaced) * licensed
        assert float(new.us + new.others + new.china) == pytest.approx(made, rel=1e-9, abs=1e-9)
    assert new.us >= 0 and new.others >= 0 and new.china >= 0


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, SHARE)
@settings(max_examples=300, deadline=None)
def test_what_is_lent_leaves_its_owner(us, china, others, rented, share):
    use = gap.used(us, china, others, rented, share)
    assert float(use.us + use.china + use.others) == pytest.approx(us + china + others, rel=1e-9, abs=1e-9)
    assert 0 <= use.lent <= 0.3 * us + 1e-9 and use.others >= -1e-9


def test_a_limit_on_power_is_the_power_of_what_it_lets_through():
    added = np.array([1.0, 30.0, 300.0])
    through = gap.capped(added, 12, 0.25, 1.5)
    assert (gap.site_gw(through, 0.25, 1.5) <= 12 + 1e-9).all() and through[0] == 1


@pytest.mark.parametrize("weight", [0.0, 0.25, 0.5, 1.0])
def test_a_blend_takes_each_draw_from_one_model_in_the_share_stated(weight):
    found = gap.blend(np.ones((2, 4000)), np.full((2, 4000), 9.0), weight)
    assert set(np.unique(found)) <= {1.0, 9.0}
    assert (found == 9).mean() == pytest.approx(weight, abs=0.001)
    assert (found[0] == found[1]).all(), "a path stays with its model"


def test_lags_of_the_note():
    """methods.md section 6: 8 is 23 months at 3.0, 32 at 2.2, 12 if algorithms add 2.83 to the 3.0."""
    assert gap.lag_months(8, [3.0, 2.2, 3.0 * 2.83]).round().tolist() == [23, 32, 12]


@given(st.floats(0.01, 1000), st.floats(1.01, 50))
@settings(max_examples=100, deadline=None)
def test_a_lag_and_its_ratio_undo_each_other(ratio, growth):
    months = float(gap.lag_months(ratio, growth))
    if abs(months) <= 600:
        assert float(gap.ratio_after(months, growth)) == pytest.approx(ratio, rel=1e-9)


def test_flows_and_exports_undo_each_other():
    for displaced in (0.0, 0.5, 1.0):
        x = float(gap.exports_for(18, 1.1, 4, displaced))
        assert float(gap.flow_ratio(18, 1.1, x, displaced)) == pytest.approx(4)


def test_a_score_by_hand():
    found = gap.score([2.0, 0.5, 10.0], [1.0, 1.0, 10.0])
    assert found.count == 3
    assert found.mean_factor == pytest.approx(2 ** (2 / 3)) and found.bias == pytest.approx(1.0)


def test_intervals_hold_what_lies_between_their_ends():
    assert gap.covered([0.5, 11.0], [3.0, 12.0], [1.0, 10.0]).tolist() == [True, False]


def test_a_percentile_by_counting():
    draws = np.arange(1000)
    assert gap.inside(draws, 250) == pytest.approx(25.05)
