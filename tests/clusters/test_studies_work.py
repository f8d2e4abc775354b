"""Equal work and its cost: published blocks, hand counts, and what moves the ratio."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.clusters import studies
from helpers.core import chance, data

ROOT = Path(__file__).resolve().parents[2]


def test_a_card_bears_its_share_of_a_server_and_a_rack_does_not():
    card, rack = studies.block("Ascend 910B"), studies.block("GB200 NVL72")
    assert card["hardware_usd"][1] == pytest.approx(16_800 * 1.64)
    assert card["it_power_w"][1] == pytest.approx(400 * 1.8)
    assert rack["hardware_usd"][1] == pytest.approx(3e6 / 72) and rack["it_power_w"][1] == pytest.approx(145e3 / 72)


def test_site_costs_are_building_costs_as_an_annuity():
    """7, 8 and 12 million USD for a MW (Dgtl Infra; Research and Markets) over 20 years at 8%, by the month and kW."""
    factor = float(clusters.capital_recovery_factor(0.08, 20)) / 12
    assert studies.parameter("site_cost", "CN")[:2] == pytest.approx((7000 * factor, 8000 * factor), abs=0.6)
    assert studies.parameter("site_cost", "US")[1] == pytest.approx(12_000 * factor, abs=0.6)


def test_flips_are_where_the_ratio_is_one():
    central = {k: v[1] for k, v in studies.ratio_inputs().items()}
    at = chance.flips_at(studies.cost_ratio, central, "use_b", 0.1, 1)
    assert float(studies.cost_ratio(**{**central, "use_b": at})) == pytest.approx(1, abs=1e-4)
    assert np.isnan(chance.flips_at(studies.cost_ratio, central, "years", 0.5, 100))


def test_it_takes_several_favourable_assumptions_at_once():
    spread = studies.ratio_spread()
    assert spread.best < 1 < spread.low < spread.middle < spread.high and spread.below == 0
    favourable = {"exponent": 0, "use_a": 0.30, "use_b": 0.41, "site_a": 184, "usd_kwh_a": 0.1864}
    assert spread.together == len(favourable) and studies.ratio_at(**favourable) < 1
    for name in favourable:
        assert studies.ratio_at(**{k: v for k, v in favourable.items() if k != name}) > 1


def test_the_spread_typed_in_the_key_points_and_the_claim_is_the_one_computed():
    spread = studies.ratio_spread()
    span = f"{spread.low:.1f} to {spread.high:.1f}"
    page = (ROOT / "notebooks/source/24_more_chips_more_power.md").read_text(encoding="utf-8")
    assert f"about twice as much for the same work (nine of ten draws: {span})" in page
    claims = data.load("claims").set_index("claim_id")
    assert span in claims.loc["S22", "evidence"] and span in claims.loc["S22", "counter"]


def test_every_finite_flip_makes_the_costs_equal():
    table = studies.flips()
    assert table["at"].notna().sum() == 6
    usd = table.loc["Price of a GB200 NVL72"]
    assert usd["now"] == pytest.approx(3.0)
    assert studies.ratio_at(usd_a=usd["at"] * 1e6 / 72) == pytest.approx(1, abs=1e-4)
    follows = table.loc["The same, if links follow the work", "at"] * 1e6 / 384
    assert studies.ratio_at(usd_b=follows, exponent=0.0) == pytest.approx(1, abs=1e-4)
    cents = table.loc["Electricity price of CloudMatrix", "at"]
    assert cents < 0 and studies.ratio_at(usd_kwh_b=cents / 100) == pytest.approx(1, abs=1e-4)


def test_the_prose_names_the_bars_of_the_tornado_in_their_order():
    ends = chance.one_at_a_time(studies.cost_ratio, studies.ratio_inputs())
    order = sorted(ends, key=lambda key: min(ends[key]) - max(ends[key]))
    assert (order[0], set(order[1:3]), order[3:5]) == ("exponent", {"use_a", "use_b"}, ["site_a", "usd_kwh_a"])
    assert list(studies.tornado().index) == order
    page = (ROOT / "notebooks/source/24_more_chips_more_power.md").read_text(encoding="utf-8")
    assert order[8] == "usd_kwh_b" and "What CloudMatrix pays for electricity comes ninth." in page


def test_a_year_of_a_kilowatt():
    """1 kW x 0.75 x 8,760 hours, PUE 1.3 and 5.6 cents in China, 1.1 and 9.1 in the United States."""
    for place, pue, usd, rent in (("CN", 1.3, 0.056, 68), ("US", 1.1, 0.091, 102)):
        bill = studies.yearly_usd_per_kw(place)
        assert bill == pytest.approx({"energy": 0.75 * 8760 * pue * usd, "site": 12 * rent})


def test_equal_work_of_two_blocks_is_the_other_way_round_inverted():
    there = studies.equal_work("GB200 NVL72", "CloudMatrix 384", 0.375, 0.355, 1).ratios["Chips"][1]
    back = studies.equal_work("CloudMatrix 384", "GB200 NVL72", 0.355, 0.375, 1).ratios["Chips"][1]
    assert there * back == pytest.approx(1)
    ends = studies.equal_work("HGX H100", "Ascend 910B", 0.375, 0.355, 1).ratios.values()
    assert all(low <= central <= high for low, central, high in ends)


def test_what_ten_thousand_chips_draw_and_cost_by_hand():
    """10,000 of 72 in a rack of 145 kW and 3.0 million USD, PUE 1.1, a network of 19% of the whole; load 0.75."""
    found = studies.equal_work("GB200 NVL72", "CloudMatrix 384", 0.375, 0.355, 1)
    assert found.mw == pytest.approx(10 * 145 / 72 * 1.1) and found.usd == pytest.approx(1e4 * 3e6 / 72 / 0.81)
    assert found.gwh == pytest.approx(found.mw * found.ratios["Power at the meter"][1] * 0.75 * 8.76)


def test_cost_of_work_is_the_ratio_of_the_tornado():
    prices = [studies.parameter("electricity_price", place)[1] for place in ("US", "CN")]
    cost = studies.cost_of_work("GB200 NVL72", "CloudMatrix 384", *prices, 0.355, "straight_line")
    assert cost.ratio[1] == pytest.approx(studies.ratio_at())
    assert cost.ratio[1] == pytest.approx(cost.b.total[1] / cost.a.total[1])
    assert sum(cost.b.parts.values()) == pytest.approx(cost.b.total[1])
    assert studies.bill_at(prices[1]) == pytest.approx((cost.ratio[1], cost.b.electricity))
    assert cost.b.electricity == pytest.approx(cost.b.parts["energy"] / cost.b.total[1])


def test_a_bar_of_the_tornado_is_the_ratio_at_its_ends():
    bars = studies.tornado()
    for key in ("exponent", "usd_a"):
        low, _, high = studies.ratio_inputs()[key]
        ends = sorted(studies.ratio_at(**{key: end}) for end in (low, high))
        assert bars.loc[key, ["least", "most"]].tolist() == pytest.approx(ends)
    assert bars.loc["use_a", ["start", "end"]].tolist() == pytest.approx([30, 50], abs=12), "in per cent"
