"""A denial in a linear market: worked by hand, by counting areas, and against the shortcut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.trade import model as trade
from helpers.trade import studies

MARKET = (100, 1, 20, 1, 35, 12)


def counted(a, b, c0, d, pw, p):
    """Buyers' loss and makers' gain as areas left of the two lines, by ten thousand thin slices."""
    prices = np.linspace(pw, p, 100_001)
    middle = (prices[1:] + prices[:-1]) / 2
    step = (p - pw) / 100_000
    return np.maximum(a - b * middle, 0).sum() * step, (d * np.maximum(middle - c0, 0)).sum() * step


def test_the_market_of_the_picture_by_hand():
    """Demand 100 - p, supply p - 20, world price 35, seller's cost 12: 60, 25/35, and the areas by triangles."""
    found = trade.denial(*MARKET)
    assert found.price == 60 and found.tariff == pytest.approx(25 / 35)
    assert (found.home_before, found.imports_before, found.bought_before) == (15, 50, 65)
    assert found.buyers_lose == (65 + 40) / 2 * 25
    assert found.makers_gain == (40**2 - 15**2) / 2
    assert found.deadweight == 25 * 50 / 2
    assert found.seller_loses == 23 * 50


def test_price_under_denial_is_the_formula_of_the_plan():
    """p = (a + d c0) / (b + d), where home supply is active."""
    a, b, c0, d = 240.0, 2.0, 30.0, 1.5
    assert trade.price_without_imports(a, b, c0, d) == pytest.approx((a + d * c0) / (b + d))


@pytest.mark.parametrize(
    "market", [(100, 1, 20, 1, 35), (100, 1, 45, 1, 35), (100, 1, 99, 5, 35), (300, 2.5, 10, 0.4, 40)]
)
def test_surplus_changes_are_the_areas(market):
    a, b, c0, d, pw = market
    found = trade.denial(*market)
    buyers, makers = counted(a, b, c0, d, pw, float(found.price))
    assert found.buyers_lose == pytest.approx(buyers, rel=1e-6)
    assert found.makers_gain == pytest.approx(makers, rel=1e-6, abs=1e-6)
    assert found.deadweight == pytest.approx(buyers - makers, rel=1e-6)


def test_half_of_base_times_height_holds_where_makers_sell_at_the_world_price():
    found = trade.denial(*MARKET)
    assert trade.deadweight_shortcut(35, found.price, found.imports_before) == found.deadweight


@pytest.mark.parametrize("floor", [36, 45, 60, 90])
def test_the_shortcut_is_too_small_where_the_cost_floor_lies_above_the_world_price(floor):
    found = trade.denial(100, 1, floor, 1, 35)
    short = float(trade.deadweight_shortcut(35, found.price, found.imports_before))
    assert short < float(found.deadweight)


def test_at_the_end_of_demand_nobody_makes_any_and_all_surplus_is_lost():
    found = trade.denial(100, 1, 150, 1, 35)
    assert found.price == 100 and found.bought == 0 and found.home == 0
    assert found.buyers_lose == found.deadweight == 65**2 / 2


def test_a_home_market_below_the_world_price_is_not_moved():
    found = trade.denial(100, 1, 0, 9, 35, 12)
    assert found.price == 35 and found.tariff == 0 and found.imports_before == 0
    assert found.buyers_lose == found.makers_gain == found.seller_loses == 0


def test_chips_that_come_in_lower_the_price():
    prices = [float(trade.denial(*MARKET, arriving=m).price) for m in (0, 10, 30, 50, 80)]
    assert prices == sorted(prices, reverse=True) and prices[3] == prices[4] == 35


@given(
    st.floats(60, 200), st.floats(0.3, 3), st.floats(0, 120), st.floats(0.1, 4), st.floats(5, 60), st.floats(0, 1), st.floats(0, 1)
)  # fmt: skip
def test_the_accounts_add_up(a, b, c0, d, pw, cost, come):
    free = trade.denial(a, b, c0, d, pw, cost * pw)
    cut = trade.denial(a, b, c0, d, pw, cost * pw, come * float(free.imports_before))
    assert cut.price >= pw - 1e-9
    if free.imports_before > 0:
        assert float(cut.bought) == pytest.approx(float(cut.home + cut.imports), abs=1e-6)
    else:  # what home makers do not sell at home they sell abroad
        assert cut.imports == 0 and cut.bought <= cut.home + 1e-9
    assert float(cut.deadweight) >= -1e-6
    assert float(cut.buyers_lose) == pytest.approx(float(cut.makers_gain + cut.wedge + cut.deadweight), abs=1e-6)


def test_a_seller_with_power_asks_the_price_that_a_search_finds():
    """Against a search over prices of what it earns from the demand that home makers leave."""
    for floor in (5, 20, 36, 40, 56, 90):
        prices = np.linspace(12, 100, 88_001)
        left = np.maximum(100 - prices - np.maximum(prices - floor, 0), 0)
        best = prices[((prices - 12) * left).argmax()]
        assert float(trade.price_of_one_seller(100, 1, floor, 1, 12)) == pytest.approx(best, abs=2e-3), floor


def test_the_picture_s_world_price_is_what_one_seller_would_ask_at_first_and_not_after_learning():
    """Cost 35 x (1 - 0.713): residual demand 120 - 2p gives (60 + 10.045) / 2 = 35.0; with learned makers less."""
    assert studies.one_seller() == pytest.approx((60 + 10.045) / 2)
    assert studies.one_seller(3) < 30


@pytest.mark.parametrize("instrument", trade.KEEPERS)
def test_five_instruments_change_only_who_keeps_the_wedge(instrument):
    got = trade.who_gains(instrument, 0.4, *MARKET)
    assert (got["buyers"], got["home makers"], got["nobody"]) == (-862.5, 337.5, 225)
    margin = -30 * 23
    assert sum(got.values()) == pytest.approx(margin)  # all but the seller's lost margin adds to nought
    assert got[trade.KEEPERS[instrument]] == pytest.approx(300 + (margin if instrument == "seller's licence" else 0))


def test_a_full_ban_leaves_no_wedge():
    got = trade.who_gains("export charge", 0, *MARKET)
    assert got["exporter's treasury"] == 0 and got["home makers"] == 687.5


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: trade.denial(100, 1, 20, 1, 0), "world_price"),
        (lambda: trade.denial(100, 0, 20, 1, 35), "demand_slope"),
        (lambda: trade.denial([1, 2], 1, [1, 2, 3], 1, 35), "demand_at_zero"),
        (lambda: trade.who_gains("a wall", 0.4, *MARKET), "instrument"),
        (lambda: trade.duty_usd(1, 1, "25%"), "rate"),
        (lambda: trade.price_of_one_seller(100, 1, 20, 1, -1), "seller_cost"),
    ],
)
def test_bad_input_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match=named):
        call()
