"""Learning rates, exponents, years to parity and three tests of an infant industry."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core import data
from helpers.trade import model as trade
from helpers.trade import studies


@pytest.mark.parametrize(
    ("rate", "exponent"), [(0.05, 0.074), (0.10, 0.152), (0.15, 0.234), (0.20, 0.322), (0.25, 0.415)]
)
def test_learning_rates_and_exponents(rate, exponent):
    """Irwin and Klenow's 20% is an exponent of 0.322; the sweep from 5 to 25%."""
    assert trade.learning_exponent(rate) == pytest.approx(exponent, abs=5e-4)
    assert trade.learning_rate(trade.learning_exponent(rate)) == pytest.approx(rate)


@pytest.mark.parametrize(("row", "low", "high"), [("irwin-klenow-dram", 20, 20), ("salgado-processors", 2.54, 24.86)])
def test_published_rates_are_in_the_table(row, low, high):
    got = data.load("learning_rates").set_index("rate_id").loc[row]
    ends = (got["central"],) * 2 if np.isnan(got["low"]) else (got["low"], got["high"])
    assert ends == (low, high)


def test_cost_halves_by_hand():
    assert trade.unit_cost([1, 2, 4, 8], 100, 0.2).tolist() == pytest.approx([100, 80, 64, 51.2])


def test_irwin_and_klenow_a_third_of_another_s_unit():
    assert trade.effective_experience(3, 3) == pytest.approx(4)
    assert studies.spillover_effect() == pytest.approx((2.998, 1.0))


@given(st.floats(1.05, 8), st.floats(0.02, 0.4), st.floats(1.1, 6), st.floats(0, 0.4))
def test_years_to_parity_by_walking_there(ratio, rate, growth, fall):
    """By steps of a hundredth of a year, up to a hundred years."""
    found = float(trade.parity_years(ratio, rate, growth, fall))
    t = np.arange(0, 100, 0.01)
    gap = np.log(ratio) + t * (math.log(growth) * math.log2(1 - rate) - math.log(1 - fall))
    met = t[gap <= 0]
    if found < 99:
        assert met.size and met[0] == pytest.approx(found, abs=0.0101)
    else:
        assert not met.size or met[0] > 98.9


def test_never_where_the_rival_falls_as_fast():
    assert trade.parity_years(2, 0.2, 2, 0.2) == math.inf  # 20% a doubling, one doubling a year, against 20% a year
    assert trade.parity_years(0.9, 0.2, 2, 0.2) == 0
    assert trade.doublings_to_keep_up(0.2, 0.2) == pytest.approx(1)


def test_the_sweep_has_numbers_and_nevers():
    years = studies.sweep()["years"]
    assert np.isinf(years[:2]).all() and np.isfinite(years[2:]).all()
    assert years[0.2] == pytest.approx(math.log(2) / (0.32193 * math.log(3) + math.log(0.8)), abs=1e-3)


def test_mill_passed_and_bastable_failed_as_the_handbook_reads_japan():
    found = studies.growing(0.2, 3, 0.2)
    assert found.mill and not found.bastable
    by_hand = sum((0.8**t - 2 * 3 ** (t * math.log2(0.8))) / 1.1**t for t in range(21))
    assert found.value == pytest.approx(by_hand)


def test_weighted_by_output_the_same_infant_repays():
    """One chip a year does not repay; output that triples puts the weight on late years, when the chip is cheap."""
    found = studies.growing(0.2, 3, 0.2)
    by_hand = sum(3**t * (0.8**t - 2 * 3 ** (t * math.log2(0.8))) / 1.1**t for t in range(21))
    assert found.by_output == pytest.approx(by_hand)
    assert found.value < 0 < found.by_output
    assert studies.growing(0.2, 2, 0.2).by_output < 0  # never at parity: no weight helps
    level = trade.infant_industry(2, 0.2, 1, 0.2, 20)
    assert float(level.by_output) == pytest.approx(float(level.value))  # output that stays level weights nothing


def test_a_finite_market_stops_the_curve():
    assert studies.growing(0.2, 3, 0.2, most_growth=100).parity == math.inf
    assert studies.growing(0.2, 3, 0.2, most_growth=100).ends
    assert not studies.growing(0.2, 2, 0.2).ends  # never for another reason


def test_a_fast_cheap_infant_passes_both():
    found = trade.infant_industry(1.1, 0.25, 3, 0.05, 20, 0.05)
    assert found.mill and found.bastable


def surplus(q, f, w, s, c, p):
    return w * (q + f) - (q * q + f * f + 2 * s * q * f) / 2 - c * q - p * f


def test_what_buyers_choose_is_what_a_search_finds():
    """The planner's two goods: quantities by a search over a grid."""
    q, f = np.meshgrid(np.linspace(0, 1, 501), np.linspace(0, 1, 501), indexing="ij")
    for c, s, p in ((0.3, 0.9, 0.5), (0.3, 0.2, 0.5), (0.05, 0.95, 0.9), (0.9, 0.5, 0.1)):
        value = surplus(q, f, 1, s, c, p)
        best = np.unravel_index(value.argmax(), value.shape)
        found = trade.planners_choice(0.95, c, 0.2, s, p)
        assert float(found.after) == pytest.approx(q[best], abs=4e-3), (c, s, p)


def test_a_planner_protects_where_enough_is_learned_and_not_where_little_is():
    learned = [bool(trade.planners_choice(0.9, low, 0.2, 0.9, 0.5).protects) for low in (0.2, 0.3, 0.49, 0.6)]
    assert learned == [True, True, False, False]
    assert not trade.planners_choice(0.3, 0.1, 0.01, 0.5, 0.5).protects  # learns unaided


def test_research_follows_the_market():
    """BCG and SIA's 16% of revenue, at two curvatures."""
    assert trade.research_after(0.84, 0) == pytest.approx(0.84)
    assert trade.research_after(0.84, 0.5) == pytest.approx(0.84**2)
