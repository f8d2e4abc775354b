"""What 26 says, recomputed from the tables or printed in a source."""

from __future__ import annotations

import pytest

from helpers.core import data
from helpers.memory import model as memory
from helpers.memory import studies
from helpers.rules import model as rules


def test_the_stockpile():
    """SemiAnalysis: 13 million stacks, 11.4 from Samsung, 7 in the month; 1.625 million 910C at eight each."""
    s = studies.stockpile()
    assert (s.stacks, s.samsung, s.last_month) == (13e6, 11.4e6, 7e6)
    assert s.chips == s.stacks / 8 == 1_625_000
    assert s.days == 29 and s.gigabytes == 208e6


@pytest.mark.parametrize(
    ("chip", "printed"),
    [("Ascend 910C", 168), ("Ascend 950PR", 251), ("Atlas 350", 273), ("Ascend 950DT", 282), ("Ascend 960DT", 285), ("Ascend 970", 158)],
)  # fmt: skip
def test_gigabytes_for_one_h100_equivalent(chip, printed):
    """Issue 12: 168, 250 to 275, 282 and 158 GB; the printed ones divide by a share of two digits, ours do not."""
    row = studies.products().loc[chip]
    assert row["gb_rounded"] == pytest.approx(printed, abs=0.6)
    assert row["gb"] == pytest.approx(row["memory_gb"] / row["equivalents"])
    assert row["gb"] == pytest.approx(printed, rel=0.012)


def test_equivalents_by_hand():
    """1,504 TOPS of INT8 (arXiv 2506.12708) and 804 of the card, over the H100's 1,979."""
    assert studies.equivalents("Ascend 910C") == pytest.approx(1504 / 1979)
    assert studies.equivalents("Atlas 350") == pytest.approx(804 / 1979)


def test_a_count_and_a_need():
    """2 million stacks of 16 GB (SemiAnalysis); 750,000 chips of 112 GB (Huawei's plan). Neither is averaged."""
    assert studies.home_gb("analyst") == pytest.approx(32) and studies.need_gb() == pytest.approx(84)
    with pytest.raises(ValueError, match="home"):
        studies.home_gb("plan")


def test_the_flow_opens_when_the_press_has_it():
    """Trial production in September 2026, volume in 2027 (TechPowerUp, September 2026)."""
    share = studies.opened(36)
    assert [studies.month_name(share.index(level)) for level in (0.1, 1.0)] == ["September 2026", "January 2027"]
    came = studies.months("analyst").came
    assert sum(came[:20]) == 0 and sum(came[12:24]) == pytest.approx(4 * 0.1 * 32 / 12)
    assert sum(came[24:]) == pytest.approx(32)


def test_the_months_by_hand():
    """180 less 89.6 million GB in 2025; then 102.4 a year go out, and nothing comes in before September 2026."""
    left = 180 - 0.7 * 128
    for home in studies.HOME:
        found = studies.months(home)
        stock, month, late = left, 12, 0.1 * 32 / 12 if home == "analyst" else 0
        while stock + (late if month >= 20 else 0) >= 102.4 / 12:
            stock, month = stock + (late if month >= 20 else 0) - 102.4 / 12, month + 1
        assert found.turn == month, home
        assert found.stock[12] == pytest.approx(left)
        assert studies.month_name(found.turn) == "November 2026"
    assert [studies.month_name(turn) for turn in studies.turns()] == ["March 2026", "December 2026"]


def test_a_flow_from_january_2026_would_have_moved_the_month_to_april_2027():
    """The reading of an analyst of HBM: 179 million GB left and 32 a year from January 2026 on."""
    months = float(memory.runs_out(90e6, 32e6, 102.4e6))
    assert studies.month_name(12 + int(months)) == "April 2027"


def test_what_the_plan_needs_by_hand():
    """84 million GB a year; 90.4 are left: 7 a month for 12.9 months, and 77.6 of 168 not covered."""
    plan = studies.needs()
    left = 180 - 0.7 * 128
    assert plan.turn == 12 + int(12 * left / 84) and studies.month_name(plan.turn) == "January 2027"
    assert plan.missing() == pytest.approx(2 * 84 - left)
    assert [a for a in plan.asked] == pytest.approx([s + h for s, h in zip(plan.from_stock, plan.from_home)])
    for stock in (110, 190):
        assert studies.needs(stock).missing() == pytest.approx(168 - (stock - 89.6))
    assert [studies.month_name(turn) for turn in studies.turns("plan")] == ["March 2026", "March 2027"]


def test_when_memory_binds_output_is_what_comes_in():
    found = studies.months("analyst")
    assert found.chips[-1] == pytest.approx(32e6 / 12 / 128) and found.used[-1] == pytest.approx(32 / 12)
    assert found.used[-1] / found.asked[-1] == pytest.approx(32 / 102.4)  # a third goes on
    card = studies.months("analyst", chip=studies.CARD)
    gb = studies.products()["gb"]
    assert card.computing[-1] / found.computing[-1] == pytest.approx(gb[studies.BEFORE] / gb[studies.CARD])


def test_the_stock_is_what_our_note_says():
    """13 million stacks of 16 GB less 450,000 chips: all 910B of 64 GB, or all 910C of 128 GB; and a year later."""
    low, central, high = studies.given("stock-2025")
    made = studies.given("made-to-2024")[1] / 1e6
    by_product = [208 - made * studies.gb_of(chip) for chip in ("Ascend 910C", "Ascend 910B", "Ascend 910B4")]
    assert by_product == pytest.approx([150.4, 179.2, 193.6])
    assert central == pytest.approx(by_product[1], abs=1) and low < by_product[0] and central < high < by_product[2]
    assert studies.given("stock-2026")[1] == pytest.approx(180 - 0.7 * 128, abs=1)


def test_the_parts_of_a_yield():
    p = studies.parts()
    assert p.product == pytest.approx(0.21) and p.whole == 0.25 and p.over > 1.15
    assert p.layer**8 == pytest.approx(0.7)


def test_a_plan_of_wafers_by_hand():
    dies = studies.dies_per_wafer()
    p = studies.plan(30_000, 0.30, 0.9564)
    assert p.stacks_m == pytest.approx(12 * 30_000 * dies * 0.3 / 8 * 0.9564**8 / 1e6)
    assert p.gigabytes_m == pytest.approx(16 * p.stacks_m)
    back = studies.plan(studies.wafers_of_the_count(), 0.30, studies.parts().layer)
    assert back.stacks_m == pytest.approx(2.0)


def test_the_rule_controls_every_stack_from_its_day():
    """89 FR 96790: above 2 GB/s per mm2; in force 2 December, enforced from 31 December 2024."""
    now = studies.under_the_rule()
    assert (now["density"] > 2).all() and (now["paragraph"] == "3A090.c").all()
    assert set(studies.under_the_rule("2024-12-01")["paragraph"]) == {"none"}
    assert set(studies.under_the_rule("2024-12-15")["review_policy"]) == {"no_license_as_enforced"}
    assert rules.classify("HBM2E stack", "2024-12-31", "China").review_policy == now["review_policy"].iloc[0]


def test_the_price_path():
    """TrendForce: outcomes of 45 to 50 and 93 to 98%, a forecast of 58 to 63%; one rule for all: the middle."""
    path = studies.path()
    assert studies.three_quarters() == pytest.approx(1.475 * 1.955 * 1.605) == pytest.approx(4.63, abs=0.01)
    assert (path["low"] <= path["central"]).all() and (path["central"] <= path["high"]).all()
    assert path["seen"].tolist() == [True, True, True, False, False, False]
    assert studies.missed() == pytest.approx(10.5 / 47.5)


def test_outcomes_and_forecasts_are_told_apart():
    assert studies.rise() == pytest.approx((1.45 * 1.93, 1.475 * 1.955, 1.5 * 1.98))
    assert studies.rise("forecast").low == pytest.approx(1.08 * 1.55)
    assert 1.08 * 1.55 * 1.58 == pytest.approx(2.6, abs=0.05)  # with the third, at the low end of first forecasts


def test_the_4_7_of_many_accounts_takes_the_top_of_one_range():
    """Issue 12: 4.7 times in three quarters. 98 is the top of 93 to 98; the other two are middles."""
    assert float(memory.chained([47.5, 98, 60.5])[-1]) == pytest.approx(4.7, abs=0.02)


def test_spot_and_tie_meet():
    """Tom's Hardware: 6.84 USD for 16 Gbit on 20 September 2025; 370 USD for 36 GB at a ratio of 3."""
    assert studies.spot()["usd"].iloc[0] == pytest.approx(6.84 / 2)
    assert studies.tie() == pytest.approx(3.43, abs=0.005)


def test_the_trade_ratio_from_shares():
    """TrendForce: 18 and 8, 22 and 9, 30 and 13 per cent of wafers and bits."""
    by_hand = [w / (100 - w) * (100 - b) / b for w, b in ((18, 8), (22, 9), (30, 13))]
    assert studies.trade_ratios().tolist() == pytest.approx(by_hand)
    assert 2.4 < min(by_hand) and max(by_hand) < 3


def test_what_a_wafer_earns():
    e = studies.earns()
    assert e.crossed == "2026-Q1" and e.hbm[0] == pytest.approx(4.5 / 3) and e.hbm[-1] == pytest.approx(1.5 * 2.21)
    assert e.follows[-1] == pytest.approx(1.5 * e.dram[4])
    assert studies.earns(ratio=5, premium=2).crossed == "2025-Q3"


def test_cxmt_s_half_year():
    """150.31 billion yuan, +873.64%, against 15.44 (prospectus): the three agree."""
    a = studies.accounts()
    assert (a.before, a.after, a.printed) == (15.44, 150.31, 873.64)
    assert a.growth == pytest.approx(873.5, abs=0.05)
    assert a.after / (1 + a.printed / 100) == pytest.approx(a.before, abs=0.005)


def test_shares_are_bases_that_are_not_joined():
    """13 or 14 of wafers, 6 of bits, 4 or 7.7 of revenue in 2025 (its second and its fourth quarter), 9.5 to 10 of revenue in the second quarter of 2026."""
    found = studies.shares()[["low", "high"]].to_numpy().tolist()
    assert found == [[13, 14], [6, 6], [4, 4], [7.7, 7.7], [9.5, 10]]
    assert 13 < studies.share_of_wafers() < 14
    assert studies.share_of_wafers() == pytest.approx(100 * 2.73 / (7.6 + 5.97 + 3.6 + 2.73))
    assert studies.share_of_quarter() == pytest.approx(100 * (61.8 - 32.084) / 7.2 / 53.58) == pytest.approx(7.7, abs=0.05)  # fmt: skip
    by_hand = [(0.06 / 0.94) / (share / (1 - share)) for share in (2.73 / (7.6 + 5.97 + 3.6 + 2.73), 0.13)]
    assert studies.bits_per_wafer() == pytest.approx(by_hand)
    assert studies.month_name(studies.early_turn()) == "April 2027"


def test_the_balance_agrees_with_the_scenario_of_24():
    """SemiAnalysis's 2.4 million stacks of 2026 fill its 300,000 chips here as there."""
    row = data.load("supply_scenarios").set_index("scenario_id").loc["sa-2026"]
    made = memory.balance(row["hbm_stacks"] * 16, 0, 1.6e6, 128)
    assert made.chips.sum() == pytest.approx(row["published_chips"]) == 300_000
