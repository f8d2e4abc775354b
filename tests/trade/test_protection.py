"""Effective protection: a textbook's cases, both signs, and value added counted at two sets of prices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.trade import model as trade
from helpers.trade import studies


@pytest.mark.parametrize(
    ("output", "inputs", "share", "rate"),
    [
        (0.4, 0.2, 0.5, 0.60),  # economicstree.com, case 1: 1000 and 500, tariffs of 40% and 20%
        (0.4, 0.2, 0.8, 1.20),  # the same, case 3: inputs of 800
        (0.2, 0.0, 2 / 3, 0.60),  # the shoemaker of the encyclopaedias: leather 100 of 150, tariff of 20% on shoes
        (0.2, 0.5, 0.6, -0.25),  # the card of the storyboard
        (0.0, 1.0, 0.4, -2 / 3),  # chips sold, tools denied
    ],
)
def test_published_and_planned_cases(output, inputs, share, rate):
    assert trade.effective_protection(output, inputs, share) == pytest.approx(rate)


@given(st.floats(0, 3), st.floats(0, 3), st.floats(0, 0.9))
def test_it_is_the_change_of_value_added(output, inputs, share):
    world = 100 - 100 * share
    home = 100 * (1 + output) - 100 * share * (1 + inputs)
    assert float(trade.effective_protection(output, inputs, share)) == pytest.approx(home / world - 1, abs=1e-9)


@given(st.floats(0.01, 3), st.floats(0.05, 0.9))
def test_it_is_nil_at_the_rise_that_undoes_it(output, share):
    undone = float(trade.input_rise_that_undoes(output, share))
    if undone <= 100:
        assert float(trade.effective_protection(output, undone, share)) == pytest.approx(0, abs=1e-9)


def test_several_inputs_are_one_bundle_at_their_mean():
    assert trade.effective_protection_of(0.25, [(0.3, 0.6), (0.1, 1.0)]) == pytest.approx(-0.05)
    assert trade.effective_protection_of(0.25, [(0.4, 0.7)]) == pytest.approx(-0.05)
    assert trade.effective_protection_of(0.25, []) == 0.25
    with pytest.raises(ValueError, match="inputs"):
        trade.effective_protection_of(0.25, [(0.6, 1), (0.6, 1)])


def test_the_home_line_at_first_is_the_market_of_the_picture():
    floor, slope = trade.home_supply(14, 6, 1)
    assert (float(floor), float(slope)) == (20, 1)
    floor, slope = trade.home_supply(14, 6, 1, 0.512, 1.0)
    assert float(floor) == pytest.approx(28 + 3.072) and float(slope) == pytest.approx(1 / 0.512)


def test_the_signs_of_four_policies_and_their_arithmetic_by_hand():
    """After three doublings at 20%: k = 0.512, price (14 + 0.512 x 106) / 1.512, or with 28 for 14."""
    found = studies.policies()
    for name, inputs, denied in (("chips denied", 14, True), ("chips and tools denied", 28, True), ("only tools denied", 28, False)):  # fmt: skip
        price = (inputs + 0.512 * 106) / 1.512 if denied else 35
        assert found[name].price == pytest.approx(price)
        assert found[name].protection == pytest.approx((price - inputs) / 21 - 1)
    assert found["chips denied"].protection > 0 > found["only tools denied"].protection


def test_half_is_of_what_would_come_in_under_the_same_tools_policy():
    """29 of 57 chips with tools denied, and -20%; 15 are half of what comes with tools on sale, and leave +2%."""
    ample, fewer = (
        studies.stage(doublings=3, input_rise=1.0).imports_before,
        studies.stage(doublings=3).imports_before / 2,
    )
    assert (round(ample / 2), round(ample), round(fewer)) == (29, 57, 15)
    rates = [studies.policies(arriving=part)["chips and tools denied"].protection for part in (0.5, fewer / ample)]
    assert rates == pytest.approx([-0.204, 0.016], abs=1e-3)


def test_half_of_the_imports_back_turns_the_sign_with_tools_denied():
    assert studies.policies(arriving=0.5)["chips and tools denied"].protection < 0 < studies.policies()["chips and tools denied"].protection  # fmt: skip


@given(st.floats(0.2, 0.7))
def test_another_share_of_inputs_leaves_free_trade_as_it_was(share):
    s = studies.stage(input_share=share)
    assert s.home_before == pytest.approx(15) and s.imports_before == pytest.approx(50)


def test_learning_lowers_the_price_and_dearer_inputs_raise_it():
    prices = [studies.stage(rate, 3).price for rate in (0.05, 0.1, 0.2, 0.25)]
    assert prices == sorted(prices, reverse=True)
    assert studies.stage(0.2, 3, 1.0).price > studies.stage(0.2, 3).price


def test_scarcity_bends_invention_by_complements_and_substitutes():
    assert trade.substitution_sign([0.3, 1, 3]).tolist() == [1, 0, -1]
