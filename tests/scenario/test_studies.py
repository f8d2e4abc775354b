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


def test_todays_answer_moves_more_than_threefold_within_one_count():
    """Definitions apart from sources: what rests on another count, or on another numerator, is marked so."""
    table = studies.answers().set_index("what")
    own, others = (table[table["one_count"] == flag]["central"] for flag in (True, False))
    assert own.is_monotonic_increasing and 3 < own.iloc[-1] / own.iloc[0] < 4 and own.iloc[-1] < 13
    assert others.iloc[0] == pytest.approx(5.0) and others.iloc[1] == pytest.approx(19, abs=0.3)
    assert own["Standing on their soil"] > 1.5 * others.iloc[0], "the count differs too, not the definition alone"


def test_one_stock_for_china_from_epochs_count_to_what_works():
    held = studies.one_stock()
    assert held["epoch"] + held["others"] == pytest.approx(held["gross"])
    assert held["gross"] - held["worn"] == pytest.approx(held["net"])
    from helpers.scenario import figures

    levels = figures.levels()
    assert sum(levels[k] for k in ("domestic", "licensed", "smuggled")) == pytest.approx(held["net"]), "the picture's"


def test_growth_abroad_and_chinas_output_may_move_together():
    """Positive: the fan narrows to a factor of about 8, its middle stays; by the draws themselves they go together."""
    ends = {c: studies.fan(Setting(common=c), 50_000).at(2030) for c in (0.0, 0.5)}
    together, apart = (ends[c][2] / ends[c][0] for c in (0.5, 0.0))
    assert together == pytest.approx(7.8, rel=0.05) and together < 0.7 * apart
    assert ends[0.5][1] == pytest.approx(ends[0.0][1], rel=0.03)
    for common in (0.5, -0.5):
        p = studies.paths(studies.shocks(16_384), Setting(common=common, tied=-0.4))
        at = studies.place(2028)
        grown, made = p.sold[at] - p.sources["smuggled"][at], p.sources["domestic"][at]
        before = p.sold[at - 1] - p.sources["smuggled"][at - 1]
        assert np.corrcoef(np.log(grown / before), np.log(made))[0, 1] == pytest.approx(common, abs=0.05)
    with pytest.raises(ValueError, match="cannot hold together"):
        Setting(common=0.9, tied=0.5)


def test_the_one_path_needs_more_power_than_morgan_stanley_leaves():
    least, most = studies.power_left()
    assert (least, most) == (69 - 44, 69 - 13) and studies.power_path()[2028] > most


def test_the_unit_moves_more_than_a_switch_at_12_gw_a_year_and_less_at_8():
    """The title of the chart, and the word of its second line."""
    by_unit = [found.at(2030)[1] for found in studies.units(studies.Setting()).values()]
    unit = max(by_unit) / min(by_unit)
    moves = studies.switches(studies.Setting())
    assert all(high / low < unit for name, (low, high) in moves.items() if name != "all")
    tight = studies.fan(studies.Setting(power_gw=8.0), studies.FULL).at(2030)[1]
    assert max(by_unit) / tight > unit


def test_the_exercise_on_scoring_takes_a_forecast_that_is_scored():
    row = studies.scored().loc["PS19"]
    assert row["left_out"] == "" and (row["forecast"], row["outcome"]) == (37, 20.4)


def test_all_switches_together_move_less_than_the_draws_span():
    moves = studies.switches(Setting())
    low, mid, high = studies.fan(Setting(), studies.FULL).at(2030)
    for name, (least, most) in moves.items():
        assert least <= mid <= most and (name == "all" or most / least < 1.6), name
    moved = moves["all"][1] / moves["all"][0]
    assert moved == pytest.approx(2.9, abs=0.1) and moved < 0.5 * high / low
    assert moves["licences"] == tuple(
        studies.fan(Setting(licences=k), studies.FULL).at(2030)[1] for k in ("sell", "deny")
    )


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


def test_figures_in_print_beside_the_band_by_their_series():
    """IDC for 2024; the ministry since. Its figure of June 2025 lies below the band."""
    found = studies.official()
    assert found["who"].tolist() == ["IDC", "ministry", "ministry", "ministry"]
    assert found["inside"].tolist() == [True, False, True, True]
    assert found["official"].to_numpy() == pytest.approx([0.733, 0.796, 1.607, 2.208], abs=0.001)
    assert found.loc["end of 2025", ["low", "high"]].to_numpy(float) == pytest.approx([1.5, 2.8], rel=0.03)
    assert found.loc["June 2026", ["low", "high"]].to_numpy(float) == pytest.approx([2.0, 3.4], rel=0.05)
    rows = data.load("gap_dials").set_index("row_id")
    assert (rows.loc[["official-2023", "official-2024"], "source_id"] == "cbinews-2025-02-14-idc").all()


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
    assert run.held == 0 and run.misses == pytest.approx((2.4, 1.87), rel=0.01)
    assert run.ratio_band[0] < run.ratio_came < run.ratio_band[1]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_the_world_is_the_same_by_8_and_by_16_bit_peak_up_to_2025(year):
    """So the blind run's ratio has one unit; by bandwidth it differs."""
    assert studies.world_in("16-bit", year) == pytest.approx(studies.world(year), rel=0.02)
    assert studies.world_in("8-bit", year) == pytest.approx(studies.world(year))
    assert year < 2024 or studies.world_in("bandwidth", year) > 1.02 * studies.world(year)


def test_forecasts_are_scored_as_what_they_are():
    """methods.md section 7: AI 2027 11% low, IDC 35% low, US Commerce four times low, RAND close."""
    found = studies.scored()
    assert set(found.index) == set(data.load("gap_published").query("use == 'score'")["published_id"])
    for key, factor in (("PS08-2025", 0.89), ("PS23", 0.65), ("PS14", 0.25), ("PS35", 0.89), ("PS13", 0.99)):
        assert found.loc[key, "factor"] == pytest.approx(factor, abs=0.01)
    assert found.loc["PS10", "kind"] == "interval" and found.loc["PS10", "held"] is True
    assert found.loc["PS10", "left_out"] == "year not over", "an interval that holds is no miss of 29 times"
    assert found.loc["PS14", "kind"] == "at most" and found.loc["PS14", "held"] is False
    assert (found["kind"] == "point").sum() == found["held"].isna().sum()


def test_the_typical_miss_with_and_without_what_is_left_out():
    """By hand: 0.99, 1.81 and 0.246 for China; 0.885 and 0.89 for the world."""
    world, china = studies.score_of("world"), studies.score_of("China")
    by_hand = np.exp(np.mean(np.abs(np.log([805 / 812, 37 / 20.4, 200 / 812]))))
    assert (china.count, world.count) == (3, 2) and china.mean_factor == pytest.approx(by_hand)
    assert world.mean_factor == pytest.approx(1.13, abs=0.01)
    assert studies.score_of("China", everything=True).mean_factor == pytest.approx(2.7, abs=0.05)
    assert studies.score_of("world", everything=True).mean_factor == pytest.approx(1.42, abs=0.01)


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


def test_what_is_solved_for_is_not_called_agreement():
    found = studies.again()
    assert found.index[found["circular"]].tolist() == ["PS02", "PS03"]
    assert found.loc[["PS02", "PS03"], "agrees"].isna().all()
    assert "119" not in found.loc["PS24", "why"] and "177%" in found.loc["PS24", "why"], "one series, not two joined"


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


def test_a_tie_is_called_one():
    near, far = (studies.shares(Setting(), year, 16_384) for year in (2026, 2030))
    assert studies.tied(near) and not studies.tied(far)
    assert studies.tied(near.iloc[1:]) is False, "smuggled or rented against the third"


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


def test_china_has_more_in_most_draws_than_its_middles_add_up_to():
    """Why the one path's 15 lies above the draws' 13: the sums of long upper tails, not a slip."""
    at = studies.place(2030)
    one = studies.paths(studies.central(), Setting())
    us, china = studies.simulate(Setting(), lambda p: np.stack([p.us_used[at], p.china_used[at]]), 20_000)
    assert np.median(china) > 1.1 * one.china_used[at, 0] and np.median(us) == pytest.approx(
        one.us_used[at, 0], rel=0.05
    )


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
