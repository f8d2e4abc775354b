"""Studies of the gap: definitions, fans, dials, the past, published figures; values by a second way."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.scenario import model as gap
from helpers.scenario import studies
from helpers.scenario.studies import Setting


def test_history_adds_up_to_the_counts_in_the_note():
    """methods.md section 8: 0.27, 1.15, 4.78 and 12.97 million added outside China before smuggling is taken off."""
    assert [studies.added("abroad", y) for y in (2022, 2023, 2024, 2025)] == pytest.approx(
        [0.27, 1.15, 4.78, 12.97], abs=0.006
    )
    low, mid, high = studies.given("added-outside-2025")
    smuggled = studies.given("smuggled-before-2025")[1] * studies.given("smuggled-share-2025")[1]
    assert studies.added("abroad", 2025) - smuggled == pytest.approx(mid, rel=0.01)


def test_every_path_keeps_its_books():
    """World = owned everywhere = used everywhere, and the world is what was made: on draws, with nothing retired."""
    for setting in (Setting(), Setting(licences="sell", law=True, crackdown=True), Setting(unit="bandwidth")):
        p = studies.paths(studies.shocks(2000), setting)
        assert (p.us_used + p.china_used + p.others_used) == pytest.approx(p.us + p.china + p.others, rel=1e-9)
    p = studies.paths({**studies.shocks(2000), "life": np.full((1, 2000), 30.0)}, Setting())
    made = p.sold + p.sources["domestic"] + p.sources["licensed"]
    loss = studies.drawn("loss", studies.shocks(2000)["loss"][0])
    assert (p.us + p.china + p.others)[:5] == pytest.approx(gap.stock(made, 9.0, loss)[:5], rel=1e-9)


def test_fewer_draws_are_the_first_of_more_and_policies_share_them():
    few, many = (studies.simulate(Setting(), lambda p: p.ratio(year=2030), n) for n in (500, 20_000))
    assert (few == many[:500]).all()
    deny, sell = (studies.simulate(Setting(licences=k), lambda p: p.ratio(year=2030), 3000) for k in ("deny", "sell"))
    assert (sell < deny).all(), "selling lowers the ratio on every single path"
    assert np.corrcoef(np.log(deny), np.log(sell))[0, 1] > 0.95


def test_switches_work_on_the_year_they_start():
    base, changed = (
        studies.paths(studies.shocks(200), s) for s in (Setting(), Setting(law=True, crackdown=True, licences="deny"))
    )
    assert (base.china_used[:5] == changed.china_used[:5]).all() and (
        base.china_used[5:] > changed.china_used[5:]
    ).all()


def test_todays_answer_moves_from_5_to_19_and_lower_by_bandwidth():
    found = studies.answers().set_index("what")["central"]
    assert found.iloc[1] == pytest.approx(5.0) and found.iloc[-1] == pytest.approx(19, abs=0.3) and found.iloc[0] < 4
    assert found.is_monotonic_increasing


def test_new_chips_have_no_user_yet():
    with pytest.raises(ValueError, match="flow"):
        studies.one_answer("used", "flow", "8-bit", True, 2025)


def test_correlation_widens_the_fan_as_in_the_note():
    """methods.md section 4: 5.7 to 28 with independent years, 3.9 to 47 at 0.7, 3.3 to 60 at 0.95."""
    for rho, low, high in ((0.0, 5.7, 28), (0.7, 3.9, 47), (0.95, 3.3, 60)):
        ends = studies.fan(Setting(correlation=rho), 100_000).at(2030)
        assert (ends[0], ends[2]) == pytest.approx((low, high), rel=0.05)


def test_epochs_units_are_those_of_the_chips():
    """Epoch: H20 0.15 on peak and 1.19 on bandwidth; Rubin 8.84, 4.04 and 6.57."""
    assert [round(studies.equivalents("H20 96GB", u), 2) for u in studies.UNITS] == [0.15, 0.15, 1.19]
    assert [round(studies.equivalents("Rubin R200", u), 2) for u in studies.UNITS] == [8.84, 4.04, 6.57]


def test_the_mix_of_every_flow_and_year_is_whole():
    table = data.load("gap_mix")
    for flow in table["flow"].unique():
        last = 2025 if flow in ("outside", "smuggled") else 2032
        for year in range(2022, last + 1):
            assert sum(studies.mix(flow, year).values()) == pytest.approx(1), (flow, year)
    assert set(table["chip"]) <= set(chips.known_chips())


def test_the_h20_of_two_years_is_what_was_added_openly():
    """Epoch: 1.49 million H20 are 222,844 H100e."""
    openly = studies.added("openly", 2024) + studies.added("openly", 2025) - studies.given("legal-amd-2025")[1]
    assert openly == pytest.approx(0.2228, rel=0.01)


# --- the past ------------------------------------------------------------------------------------------


def test_the_official_series_lies_inside_the_band():
    found = studies.official()
    assert found["inside"].all()
    assert found["official"].to_numpy() == pytest.approx([0.733, 1.607, 2.208], abs=0.001)
    assert found.loc["end of 2025", ["low", "high"]].to_numpy(float) == pytest.approx([1.5, 2.8], rel=0.03)
    assert found.loc["June 2026", ["low", "high"]].to_numpy(float) == pytest.approx([2.0, 3.4], rel=0.05)


def test_inputs_come_back_out():
    found = studies.inputs_agree()
    ours, epoch = found["ours"].to_numpy(), found["epoch"].to_numpy()
    assert ours[:2] == pytest.approx(epoch[:2], rel=1e-6)
    others = studies.drawn("other-makers-2025", 0.0)
    assert ours[2:] == pytest.approx(epoch[2:] + float(others), rel=1e-6), "ours counts makers that Epoch leaves out"


def test_a_blind_run_misses_both_levels_and_comes_near_the_ratio():
    run = studies.blind()
    assert run.world[2] < run.world_came and run.china[2] < run.china_came
    assert run.world_came / run.world[1] > 2 and run.china_came / run.china[1] > 1.8
    assert run.ratio == pytest.approx(run.ratio_came, rel=0.25)
    assert run.world[1] == pytest.approx(1.6 * 2.3**2, rel=0.01)


def test_forecasts_are_scored_as_the_note_scores_them():
    """methods.md section 7: AI 2027 11% low, IDC 35% low, US Commerce four times low, RAND close."""
    found = studies.scored()
    assert set(found.index) == set(data.load("gap_published").query("use == 'score'")["published_id"])
    for key, factor in (("PS08-2025", 0.89), ("PS23", 0.65), ("PS14", 0.25), ("PS35", 0.89), ("PS13", 0.99)):
        assert found.loc[key, "factor"] == pytest.approx(factor, abs=0.01)
    assert found.loc["PS10", "held"] is True and found["held"].notna().sum() == 1
    world, china = studies.score_of("world"), studies.score_of("China")
    assert world.mean_factor < 1.15 < 2.5 < china.mean_factor


def test_power_and_money_hold():
    assert studies.power_added(2025) == pytest.approx(11, abs=0.4)
    chips_usd, capital = studies.money(2026)
    assert chips_usd == pytest.approx(360, rel=0.01) and chips_usd < capital
    assert studies.power_path()[2028] < studies.given("power-demand-2028")[1]


def test_deals_in_print_are_a_floor_under_what_is_rented():
    low, mid, high = studies.given("rented-2026")
    assert low < studies.deals() < high and studies.deals() == pytest.approx(0.92, abs=0.1)


# --- published -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("published_id", data.load("gap_published").query("use == 'reproduce'")["published_id"])
def test_every_published_figure_marked_reproduce_is_computed_again_or_says_why_not(published_id):
    row = studies.again().loc[published_id]
    assert row["agrees"] or len(row["why"]) > 20, row


def test_figures_again_by_hand():
    found = studies.again()
    assert found.loc["PS17", "low"] == pytest.approx(7000 * 12 * 78 * 0.3 / 1e6)  # Morgan Stanley
    assert found.loc["PS11", ["low", "high"]].tolist() == [250_000, 300_000]  # SemiAnalysis
    assert found.loc["PS12", "low"] == pytest.approx(8.4, abs=0.05)
    assert found.loc["PS26", "low"] == pytest.approx(36.4, abs=0.1)  # Epoch: about a third
    assert found.loc["PS27", "low"] == pytest.approx(5.7, abs=0.05)
    assert found.loc["PS28", "low"] == pytest.approx(7.0, abs=0.05)
    assert found.loc["PS24", "low"] == pytest.approx(43.9, abs=0.05)
    assert found.loc["PS30", "high"] == pytest.approx(1.14, abs=0.005)  # Heim
    assert found.loc["PS04", "low"] == pytest.approx(1.2)  # IFP
    assert found.loc["PS07", "low"] == pytest.approx(17.5)  # CFR: 17
    assert found.loc["PS16", ["low", "high"]].tolist() == pytest.approx([0.31, 0.38], abs=0.01)


def test_huaweis_share_of_nvidia_by_two_routes():
    """Epoch: 0.53 over 8.93 million; 600,000 910C and 200,000 910B are as much."""
    found = studies.added_2025()
    assert found["share"] == pytest.approx(0.059, abs=0.001)
    assert 0.6 * studies.equivalents("Ascend 910C") + 0.2 * studies.equivalents("Ascend 910C") / 2 == pytest.approx(
        found["Huawei"], rel=0.02
    )


# --- dials, rival models, lags --------------------------------------------------------------------------


def test_the_dial_that_matters_changes_with_the_horizon():
    assert set(studies.shares(Setting(), 2026).index[:2]) == {"rented", "before"}
    assert studies.shares(Setting(), 2030).index[0] == "growth"
    assert studies.shares(Setting(), 2030).loc["life", "total"] < 0.01


def test_three_views_name_the_same_first_dial_for_2030():
    assert studies.tornado(Setting(), 2030).index[0] == "growth"
    assert studies.ranks(Setting(), 2030).abs().idxmax() == "growth"
    assert studies.narrower(Setting(), 2030).index[0] == "growth"


def test_a_dial_at_the_percentile_where_it_flips_gives_todays_ratio():
    at = studies.flips(Setting()).loc["growth", "percentile"]
    assert 10 < at < 16
    below = studies.flips(Setting())["percentile"].drop("growth").dropna()
    assert ((below > 95) | (below < 5)).all(), "no other dial flips it within its 90%"


def test_the_middle_of_all_dials_is_not_the_median_of_the_draws():
    assert studies.middle(Setting(), 2030) > 1.1 * studies.fan(Setting(), studies.FULL).at(2030)[1]


def test_rival_models_of_chinas_output_are_run_side_by_side():
    found = studies.domestic_models()["central"]
    assert found[0.0] < found[0.5] < found[1.0] < 2 * found[0.0]


def test_memory_sets_the_pace_from_below_and_its_2026_meets_the_accounts():
    """SemiAnalysis's memory case is 0.12 to 0.19 million H100e of new memory, a stock of 60 million GB adds to it."""
    one = studies.domestic_bottom_up(studies.central())
    assert 0.3 < one.made[0, 0] < 0.45 and (one.made <= one.by_dies + 1e-9)[1:].all()
    assert studies.domestic_bottom_up(studies.shocks(2000)).memory_binds.mean() > 0.9


def test_lags_in_months_are_longer_than_those_that_tests_find():
    low, high = studies.range_of_months()
    shortest, longest, count = studies.measured()
    assert low >= longest - 1 and count >= 5
    assert studies.halving() == pytest.approx(2.83, abs=0.005)
    peak, at_work = studies.at_work()
    assert peak < at_work < 1.2 * peak
