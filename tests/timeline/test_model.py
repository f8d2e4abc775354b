"""Lags, counts and the two keys: hand-worked cases, limits, and bad input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.core import data
from helpers.timeline import model as timeline

UNIT = st.floats(0, 1)


def frame(*rows):
    """Government moves: (id, date, camp, track[, effect[, precision]])."""
    return pd.DataFrame(
        [
            {
                "event_id": r[0],
                "date": pd.Timestamp(r[1]),
                "camp": r[2],
                "side": "CN" if r[2] == "China" else "US",
                "track": r[3],
                "effect": r[4] if len(r) > 4 else "tightens",
                "date_precision": r[5] if len(r) > 5 else "day",
                "status": "occurred",
                "title": r[0],
            }
            for r in rows
        ]
    )


US, CN = timeline.CAMPS


# --- lags ---------------------------------------------------------------------------------------


def test_a_move_on_the_same_day_counts_as_no_days():
    assert timeline.days_to_next([5], [5]).tolist() == [0]


def test_no_later_move_is_not_a_number():
    assert np.isnan(timeline.days_to_next([5.0], [4])).all()
    assert np.isnan(timeline.days_to_next([5.0], [])).all()


def test_lag_to_the_next_move_of_the_other_side_only():
    moves = frame(
        ("a", "2022-10-07", US, "controls"), ("b", "2022-10-08", US, "controls"), ("c", "2022-10-17", CN, "controls")
    )
    lags = timeline.response_lags(moves, US)
    assert lags["lag_days"].tolist() == [10, 9]
    assert lags["next_id"].tolist() == ["c", "c"]


def test_the_track_must_match_unless_told_otherwise():
    moves = frame(("a", "2024-12-02", US, "controls"), ("b", "2024-12-03", CN, "rare-earths"))
    assert np.isnan(timeline.response_lags(moves, US)["lag_days"]).all()
    assert timeline.response_lags(moves, US, same_track=False)["lag_days"].tolist() == [1]


def test_only_moves_dated_to_the_day_and_of_the_effect_count():
    moves = frame(
        ("a", "2024-01-01", US, "controls"),
        ("b", "2024-01-05", CN, "controls", "eases"),
        ("c", "2024-02-01", CN, "controls", "tightens", "month"),
        ("d", "2024-03-01", CN, "controls"),
    )
    assert timeline.response_lags(moves, US)["lag_days"].tolist() == [60]
    assert timeline.response_lags(moves, US, effect=None)["lag_days"].tolist() == [4]


def test_known_answer_december_2024_minerals_the_day_after_the_chip_rule():
    """US rule of 2 December 2024 (89 FR 96790); MOFCOM announcement 46 of 3 December 2024."""
    moves = timeline.government_moves(data.load("events"))
    lags = timeline.response_lags(moves, US, same_track=False).set_index("event_id")
    assert lags.loc["bis-dec-2024", "lag_days"] == 1
    assert lags.loc["bis-dec-2024", "next_id"] == "cn-ga-ge-ban-us"


def test_unknown_camp_is_refused_by_name():
    with pytest.raises(ValueError, match="actor = 'USA' is not one of US and partners, China"):
        timeline.response_lags(frame(("a", "2024-01-01", US, "controls")), "USA")


def test_chance_is_repeatable_and_keeps_the_number_of_actions():
    args = ([10, 200, 300], [50, 60, 350], 0, 400)
    first = timeline.shifted_lags(*args, draws=50)
    assert first.shape == (50, 3)
    assert np.array_equal(first, timeline.shifted_lags(*args, draws=50), equal_nan=True)
    assert not np.array_equal(first, timeline.shifted_lags(*args, draws=50, seed=2), equal_nan=True)


def test_chance_lag_of_one_move_a_year_is_about_half_a_year():
    """Moves evenly 365 days apart, shifted at random: the wait is uniform, so its median is 182.5."""
    lags = timeline.shifted_lags([1000.0], np.arange(0, 3650, 365), 0, 3650, draws=4000)
    assert np.nanmedian(lags) == pytest.approx(182.5, abs=8)


@pytest.mark.parametrize(("draws", "end", "said"), [(0, 10, "draws = 0"), (5, 0, "end = 0 must be later")])
def test_bad_chance_input_is_refused(draws, end, said):
    with pytest.raises(ValueError, match=said):
        timeline.shifted_lags([1], [2], 0, end, draws=draws)


def test_chance_medians_survive_a_side_without_moves():
    moves = frame(("a", "2024-01-01", US, "controls"), ("b", "2024-02-01", US, "controls"))
    assert np.isnan(timeline.chance_medians(moves, US, draws=5)).all()


# --- counts -------------------------------------------------------------------------------------


def test_counts_per_quarter_add_up_to_the_events():
    events = timeline.government_moves(data.load("events"))
    assert timeline.per_quarter(events)["events"].sum() == (events["date_precision"] != "year").sum()


def test_quiet_quarters_are_counted_as_zero():
    table = timeline.per_quarter(frame(("a", "2020-01-05", US, "controls"), ("b", "2020-12-05", CN, "controls")))
    assert table["quarter"].nunique() == 4 and (table.groupby("quarter")["events"].sum() == [1, 0, 0, 1]).all()


def test_stacked_events_never_share_a_place():
    events = timeline.stacked(data.load("events"))
    day = (events["date"] - pd.Timestamp("2000-01-01")).dt.days // 31
    off_axis = events["level"] != 0
    assert not pd.DataFrame({"day": day, "level": events["level"]})[off_axis].duplicated().any()
    assert ((events["level"] > 0) == (events["camp"] == US)).all()
    assert ((events["level"] < 0) == (events["camp"] == CN)).all()


# --- two keys -----------------------------------------------------------------------------------


def test_two_keys_at_one_half_give_one_month_in_four():
    assert timeline.both_keys(0.5, 0.5) == 0.25
    assert timeline.delivery_probability([1, 2], 0.5, 0.5).tolist() == [0.25, 0.4375]


def test_a_shut_key_shuts_the_door_whatever_the_other_does():
    t = np.arange(100)
    for link in (-1, 0, 1):
        assert (timeline.delivery_probability(t, 1, 0, link=link) == 0).all()
        assert (timeline.delivery_probability(t, 1, 0, link=link, keys_stay=True) == 0).all()


def test_one_certain_key_leaves_the_other_s_chance():
    t = np.arange(1, 20)
    expected = 1 - 0.9**t
    assert timeline.delivery_probability(t, 1, 0.1) == pytest.approx(expected)
    assert timeline.delivery_probability(t, 1, 0.1, keys_stay=True) == pytest.approx(expected)


def test_kept_yeses_of_independent_governments_multiply():
    t = np.arange(0, 30)
    expected = (1 - 0.7**t) * (1 - 0.8**t)
    assert timeline.delivery_probability(t, 0.3, 0.2, keys_stay=True) == pytest.approx(expected)


@given(UNIT, UNIT, st.floats(-1, 1))
@settings(max_examples=300, deadline=None)
def test_both_keys_stay_within_frechet_s_bounds(p, q, link):
    j = float(timeline.both_keys(p, q, link))
    assert max(0, p + q - 1) - 1e-12 <= j <= min(p, q) + 1e-12


@given(UNIT, UNIT, st.floats(-1, 1), st.booleans())
@settings(max_examples=300, deadline=None)
def test_delivery_is_a_probability_that_never_falls(p, q, link, stay):
    f = timeline.delivery_probability(np.arange(0, 61), p, q, link=link, keys_stay=stay)
    assert f[0] == pytest.approx(0, abs=1e-12) and (f >= 0).all() and (f <= 1).all()
    assert (np.diff(f) >= -1e-9).all()


@given(UNIT, UNIT)
@settings(max_examples=200, deadline=None)
def test_two_keys_are_never_likelier_than_either(p, q):
    t = np.arange(0, 25)
    both = timeline.delivery_probability(t, p, q)
    assert (both <= 1 - (1 - min(p, q)) ** t + 1e-9).all()


def test_arrays_of_settings_broadcast():
    f = timeline.delivery_probability(np.arange(5)[:, None], np.array([0.1, 0.5, 1.0]), 0.5)
    assert f.shape == (5, 3)


def test_simulated_months_agree_with_the_formula():
    """100,000 simulated pairs of governments, monthly coin tosses, seeded."""
    rng = np.random.default_rng(7)
    us, cn = rng.random((100_000, 6)) < 0.4, rng.random((100_000, 6)) < 0.15
    together = (us & cn).any(axis=1).mean()
    kept = (us.any(axis=1) & cn.any(axis=1)).mean()
    assert together == pytest.approx(float(timeline.delivery_probability(6, 0.4, 0.15)), abs=0.005)
    assert kept == pytest.approx(float(timeline.delivery_probability(6, 0.4, 0.15, keys_stay=True)), abs=0.005)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"us_per_month": 1.2}, "us_per_month = 1.2 is outside its valid range, 0 to 1"),
        ({"cn_per_month": -0.1}, "cn_per_month = -0.1 is outside"),
        ({"link": 2}, "link = 2 is outside its valid range, -1 to 1"),
        ({"months": -1}, "months = -1 is outside"),
        ({"months": float("nan")}, "months = nan is outside"),
        ({"us_per_month": "half"}, "us_per_month = 'half' is not a number"),
    ],
)
def test_bad_key_settings_are_refused_by_name(values, said):
    with pytest.raises(ValueError, match=said):
        timeline.delivery_probability(**{"months": 6, "us_per_month": 0.5, "cn_per_month": 0.5, **values})


def test_months_until_an_even_chance():
    assert timeline.months_until(0.5, 0.5, 0.5) == 3  # 1 - 0.75^3 = 0.58, 1 - 0.75^2 = 0.44
    assert timeline.months_until(0.5, 0.5, 0) == float("inf")


def test_rule_of_three():
    """Hanley and Lippman-Hand (JAMA 1983): none in n gives an upper 95% bound near 3/n."""
    assert float(timeline.upper_bound_after_zero(100)) == pytest.approx(0.03, abs=0.001)
    n = 12
    bound = float(timeline.upper_bound_after_zero(n))
    assert (1 - bound) ** n == pytest.approx(0.05)
