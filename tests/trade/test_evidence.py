"""Published figures: logistic parameters with their dates, NVIDIA's H20, studies, cases, the claims' dates."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.core import data
from helpers.trade import model as trade
from helpers.trade import studies


def test_idc_at_2023_5_and_2025_5():
    """10% and 41%: speed 0.92 a year, half in 2025.9."""
    path = trade.logistic_through(2023.5, 0.10, 2025.5, 0.41)
    assert (round(path.speed, 2), round(path.midpoint, 1)) == (0.92, 2025.9)
    ours = studies.share_path("IDC, cards", 2023.5)
    assert (round(ours.speed, 2), round(ours.midpoint, 1)) == (0.92, 2025.9)


def test_idc_with_the_half_year_dated_by_its_middle():
    """At 2023.25 the same two shares give 0.81 a year (0.82 from the cards themselves)."""
    path = trade.logistic_through(2023.25, 0.10, 2025.5, 0.41)
    assert (round(path.speed, 2), round(path.midpoint, 2)) == (0.81, 2025.95)
    assert round(studies.share_path("IDC, cards").speed, 2) == 0.82


def test_bernstein_at_whole_years():
    """19% (2023) and 93% (2028): 0.81 a year, half in 2024.8, and 73% for 2026, where the chart shows near 80."""
    path = trade.logistic_through(2023, 0.19, 2028, 0.93)
    assert (round(path.speed, 2), round(path.midpoint, 1)) == (0.81, 2024.8)
    assert round(float(trade.logistic(2026, path)), 2) == 0.73
    assert round(studies.share_at("Bernstein, sales", 2026.5), 2) == 0.73
    chart = data.load("trade_shares").set_index("point_id").loc["bernstein-2026", "domestic_pct"]
    assert chart == 80


def test_a_path_passes_through_its_points():
    path = trade.logistic_through(2020, 0.3, 2024, 0.6, 0.8)
    assert trade.logistic([2020, 2024], path) == pytest.approx([0.3, 0.6])


@pytest.mark.parametrize(
    ("given", "named"),
    [((2020, 0.3, 2020, 0.6), "first_year"), ((2020, 0.9, 2024, 0.5, 0.8), "first_share"), ((2020, 0.3, 2024, 0.3), "first_share")],
)  # fmt: skip
def test_points_that_make_no_path_are_refused(given, named):
    with pytest.raises(ValueError, match=named):
        trade.logistic_through(*given)


def test_the_two_bases_are_not_one_series():
    points = studies.share_points()
    assert set(points["series"]) == set(studies.SERIES)
    assert (points.groupby("series")["year"].diff().dropna() > 0).all()


def test_nvidia_h20():
    """NVIDIA's release of 28 May 2025: 4.6, 2.5, 8.0 and 4.5 billion USD, 71.3% without the charge."""
    found = studies.h20()
    assert (found.sold, found.unshipped, found.outlook, found.charge, found.margin) == (4.6, 2.5, 8.0, 4.5, 0.713)
    assert found.gross_profit == pytest.approx(10.5 * 0.713)


def test_the_duty_on_the_h200():
    """25% of 20,000 chips at 25,000 and 27,000 USD."""
    assert studies.h200_duty_usd() == (125e6, 135e6)


@pytest.mark.parametrize(
    ("study", "effect"),
    [("liu-2025-rd", 49.1), ("liu-2025-patents", 41.3), ("hu-2024-rd", 16.58), ("cao-2024-patents", -9.9),
     ("cao-2024-quality", -14.0), ("bcg-2020-status", -16), ("bcg-2020-decoupling", -37)],
)  # fmt: skip
def test_printed_effects(study, effect):
    """CEPR DP20690; HSSC 11 (2024); World Bank WPS 10950; BCG and SIA 2020."""
    assert data.load("trade_studies").set_index("study_id").loc[study, "effect_pct"] == effect


def test_the_sign_of_a_study_is_that_of_its_size_and_no_study_stands_alone():
    frame = studies.disagreeing()
    sized = frame[frame["effect_pct"].notna()]
    assert (np.sign(sized["effect_pct"]) == sized["finding"].map({"up": 1, "down": -1, "none": 0})).all()
    assert set(frame.query("side == 'sanctioned'")["finding"]) == {"up", "down", "none"}
    assert set(frame["basis_read"]) == {"abstract", "summary"}
    assert set(frame.loc[frame["who"].str.contains("Boston"), "basis_read"]) == {"summary"}  # the sponsor's account


def test_the_count_of_studies_leaves_out_china_s_own_limits_and_counts_the_null():
    frame = data.load("trade_studies").query("side == 'sanctioned'")
    firms = frame[frame["imposed_by"] == "US"].groupby("who")["finding"].agg(set)
    assert all(len(found) == 1 for found in firms)
    assert studies.verdicts_of_studies() == {"up": 3, "none": 1, "down": 1}
    assert frame.loc[frame["imposed_by"] == "China", "who"].str.contains("Alfaro").all()


def test_the_third_count_of_idc_lies_above_the_curve_through_the_others():
    """IDC, as relayed: over 820,000 of over 2.7 million cards in 2024."""
    shares = studies.share_points().query("series == 'IDC, cards'")["share"].tolist()
    assert shares[1] == pytest.approx(820 / 2700, abs=5e-4)
    assert studies.share_at("IDC, cards", 2024.5) == pytest.approx(0.24, abs=5e-3) and shares[1] > 0.3


def test_the_earlier_cases():
    """AIA 2012: 73 to 25%. Korean customs: 32.2% is of 2019, 12.8% of 2020; 66.86 and 9.38 million USD, of 2018 and 2020."""
    assert studies.cases("satellites")["value"].tolist() == [73, 25]
    hf = studies.cases("hydrogen fluoride").set_index("point_id")
    assert hf.loc["hf-2019", ["period", "value"]].tolist() == ["2019", 32.2]
    assert hf.loc["hf-2020", ["period", "value"]].tolist() == ["2020", 12.8]
    assert hf.loc[["hf-usd-2018", "hf-usd-2020"], "value"].tolist() == [66.86, 9.38]
    # 32.2% of 2019's imports is 36.34 million USD: about 113 in all; 12.8% of about 73 is 9.38.
    assert 36.34 / 0.322 == pytest.approx(113, abs=1) and 9.38 / 0.128 == pytest.approx(73, abs=0.5)


def test_a_share_is_drawn_from_its_own_sums_and_a_printed_one_that_misfits_is_contested():
    """Asia Economy, 12 January 2022: 66.86 of 159.51 million USD in 2018, where a report of 2019 prints 31.7%."""
    told = studies.hydrogen_fluoride().set_index("period")
    assert told.loc["2018", "share"] == pytest.approx(100 * 66.86 / 159.51) == pytest.approx(41.9, abs=0.05)
    assert told.loc["2018", "misfits"] == [31.7, 46.0] and told["misfits"].map(len).sum() == 2
    assert 66.86 / 0.317 == pytest.approx(211, abs=0.5)
    assert told.loc["2021 to November", "share"] == pytest.approx(13.6, abs=0.05)
    assert told.loc[["2018", "2019", "2019 H1", "2020"], "phase"].tolist() == ["before", "across", "before", "under"]
    rows = studies.cases("hydrogen fluoride").set_index("point_id")["confidence"]
    assert rows.loc[["hf-2018", "hf-2018-relay"]].tolist() == ["contested", "contested"]


def test_no_period_of_a_case_is_joined_to_one_that_overlaps_it():
    """Bars of the chart: 2019 as a whole overlaps its first half, and only it is pale."""
    told = studies.hydrogen_fluoride()
    whole = told[told["period"] != "2019"].sort_values("start")
    assert (whole["end"].to_numpy()[:-1] <= whole["start"].to_numpy()[1:] + 1e-9).all()


def test_what_came_before_the_first_rule_on_ai_chips():
    path = studies.before_and_after("S25")
    events = data.load("events").set_index("event_id")["date"]
    days = (events["cn-ic-guidelines-2014"] - events["a100-h100-letter"]).days
    assert path["years"].iloc[0] == pytest.approx(days / 365.25)
    assert (path["years"] < 0).sum() == 4


def test_how_many_steps_are_older_depends_on_the_control():
    """By the dates of the record, with a date that is known by its year counted only when the year is over."""
    older = studies.older_steps("S25")
    assert older["of"].eq(6).all() and older["older"].is_monotonic_increasing
    assert older.loc[["nudt-entity-list-2015", "zte-denial-order", "huawei-entity-list"], "older"].tolist() == [2, 3, 3]
    assert older.loc[[studies.FIRST_LISTING, studies.FIRST_CHIP_RULE], "older"].tolist() == [2, 4]
    assert studies.older_steps("S27").loc[studies.FIRST_LISTING, ["older", "of"]].tolist() == [2, 3]
    with pytest.raises(ValueError, match="claim_id"):
        studies.older_steps("S36")


def test_controls_are_told_by_their_instrument():
    """A denial order bars all sales; listings, rules and letters ask for a licence."""
    frame = studies.path_steps()
    assert (frame["latest"] >= frame["date"]).all()
    assert (frame["date"] + (frame["latest"] - frame["date"]) / 2).is_monotonic_increasing
    # Founded in some month of 2016: neither before nor after March, so drawn in the middle of its year.
    assert frame.set_index("event_id")["latest"]["cxmt-founded"].month == 12
    known = frame.loc[frame["date_precision"] == "day"]
    assert (known["date"] == known["latest"]).all() and known["date"].is_monotonic_increasing
    kinds = frame[frame["lane"] == "control"].groupby("instrument")["event_id"].agg(list)
    assert kinds["ban"] == ["zte-denial-order"] and kinds["supplier’s stop"] == ["tsmc-stops-huawei"]
    assert len(kinds["licence"]) == 8
    assert all(frame.loc[frame["lane"] == "step", "claims"] != "")
