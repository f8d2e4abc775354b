"""Electricity, the price that ties, supply and a country's ceilings: published cases and hand counts."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import studies


@pytest.mark.parametrize("nvl_usd", [3.0, 3.1, 3.9])
@pytest.mark.parametrize(("cm_kw", "nvl_kw"), [(559, 145), (500, 145), (559, 120)])
def test_no_price_ties_total_costs_on_figures_in_print(cm_kw, nvl_kw, nvl_usd):
    assert studies.tie(cm_kw, nvl_kw, 0.091, 8.2e6, nvl_usd * 1e6, 5).total < 0


def test_the_published_case_is_the_one_published():
    """SemiAnalysis and the Financial Times, April and November 2025: see tests/clusters/test_costs.py."""
    found = studies.tie(559, 145, 0.091, 8.2e6, 3.0e6, 5)
    assert found.running == pytest.approx(0.039, abs=0.0005) and found.total < 0
    assert (round(found.bill), round(found.running_a), round(found.capital_b)) == (914, 642, 5467)
    assert found.running_a == pytest.approx(found.kwh_b * found.running), "at the tie both bills are equal"
    assert studies.systems_tie() == pytest.approx((0.033, 0.039, 0.044), abs=0.0005)


def test_where_all_costs_tie_they_are_equal():
    found = studies.tie(559, 145, 0.091, 5.0e6, 3.0e6, 5)
    assert found.total > 0
    assert found.capital_b + found.kwh_b * found.total == pytest.approx(found.capital_a + found.running_a)


def test_costs_by_place_are_the_cost_ratio_at_their_prices():
    shown = studies.places()
    assert shown.iloc[0, 2] == pytest.approx(studies.ratio_at()), "5.6 and 9.1 cents are central"
    assert (shown.diff(axis=1).iloc[:, 1:] < 0).all(axis=None), "the dearer NVL72's power, the smaller the ratio"
    assert (shown.iloc[1] > shown.iloc[0]).all()


def test_prices_and_bills_by_hand():
    """0.056 USD x 8,760 h x 145/180 and 559/300 kW; half of a price doubled; EIA, 2023: Virginia 8.92 and 8.95 cents."""
    bills = studies.bills().loc["Three provinces, after subsidy"]
    assert bills.tolist() == pytest.approx([0.056, 0.056 * 8760 * 145 / 180, 0.056 * 8760 * 559 / 300])
    assert studies.price_before() == pytest.approx(0.112)
    prices = studies.prices().set_index("where")
    assert prices.loc["Virginia, 2023", ["low", "high"]].tolist() == pytest.approx([0.0892, 0.0895])
    assert prices["low"].is_monotonic_increasing and (prices["low"] <= prices["high"]).all()
    assert (prices["side"] == "implied").sum() == 1 and (prices["side"] == "US").sum() == len(studies.STATES)


def test_baselines_are_counted_apart():
    """Power over peak: 500 and 559 kW for 300 petaFLOP/s; 10.2 kW for eight H100 of 0.9895; tokens 30 to 50% more."""
    rows = studies.baselines().set_index(["measure", "baseline"])
    h100 = 10.2 / 8 / 0.9895
    got = rows.loc[("Power for each petaFLOP", "HGX H100"), ["low", "high"]].tolist()
    assert got == pytest.approx([500 / 300 / h100, 559 / 300 / h100], rel=1e-3)
    assert (
        rows.loc[("Power for each petaFLOP", "HGX H20"), "high"]
        < 1
        < rows.loc[("Power for each petaFLOP", "GB200 NVL72"), "low"]
    )
    assert rows.loc[("Electricity for each token", "H20"), ["low", "high"]].tolist() == pytest.approx([1.3, 1.5])


def test_the_yield_that_would_free_the_dies():
    """7,000 wafers of 78 dies for 1.5 million pairs: 2 x 1.5 million over 12 x 7,000 x 78 is 45.8%."""
    found = studies.made(7000, 78, 0.30, 13e6, 2e6, 1, 1.5e6)
    assert found.good_dies == pytest.approx(2 * 1.5e6 / (12 * 7000 * 78)) and found.short == ["dies"]
    assert studies.made(found.wafers, 78, 0.30, 13e6, 2e6, 1, 1.5e6).chips == pytest.approx(1.5e6)
    assert studies.made(7000, 78, found.good_dies, 13e6, 2e6, 1, 1.5e6).chips == pytest.approx(1.5e6)
    assert np.isnan(studies.made(0, 78, 0.30, 13e6, 2e6, 1, 1.5e6).good_dies)
    assert studies.made(1000, 78, 0.30, 13e6, 2e6, 1, 1.5e6).good_dies > 1, "no yield alone would do"


def test_what_the_target_takes_makes_the_target():
    found = studies.made(5000, 78, 0.30, 2.4e6, 1e6, 0.75, 1.5e6)
    assert found.short == ["dies", "memory", "packaging"] and found.binding == "memory"
    again = studies.made(found.wafers, 78, 0.30, found.stacks, found.packages, 0.75, 1.5e6)
    assert list(again.limits.values()) == pytest.approx([1.5e6] * 3)


def test_accounts_carry_what_they_make():
    rows = studies.scenarios().set_index("scenario_id")
    assert rows.loc["ms-2025", "made"] == pytest.approx(982_800) and rows.loc["ms-2025", "binding"] == "dies"
    assert rows.loc["plan-2026", "binding"] == "memory"


def test_a_nation_s_needs_by_hand():
    """989.5 / 752 chips of 559 / 384 kW, PUE 1.3, load 0.75, against 430 GW at 16%."""
    found, chips = studies.nation(1e6, 0.30, 7000, 2.4e6, 0.16), 1e6 * 989.5 / 752
    assert found.chips == pytest.approx(chips) and found.stacks == pytest.approx(8 * chips)
    assert found.kw == pytest.approx(chips * 559 / 384 * 1.3 * 0.75)
    assert found.of_china[1] == pytest.approx(found.kw / 1e6 / (430 * 0.16))
    assert found.of_wafers[1] == pytest.approx(chips * 2 / 78 / 0.30 / 12 / 7000) == found.wafers / 7000
    assert found.of_us[1] > 5 * found.of_china[1]
