"""The studies of progress: counts, rates, gains together, two labs, and a gain at scale."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers.core import data
from helpers.progress import model as progress
from helpers.progress import studies

PAPERS, EVENTS = data.load("papers"), data.load("events")
ESTIMATES, ADOPTIONS = data.load("progress_estimates"), data.load("adoptions")


def test_halving_times_become_rates_with_their_ends_exchanged():
    rate = studies.rates(ESTIMATES).set_index("estimate_id")
    assert rate.loc["ho-2024-preprint", ["low", "central", "high"]].round(1).tolist() == [1.8, 2.8, 5.3]
    assert rate.loc["ho-2024-conference", "high"] == pytest.approx(64)


def test_v3_s_budget_is_six_times_size_times_tokens():
    """arXiv 2412.19437: 37B active parameters, 14.8T tokens."""
    assert studies.V3_BUDGET * 8.64e19 == pytest.approx(6 * 37e9 * 14.8e12)


# --- the record ---------------------------------------------------------------------------------


def test_filters_and_counts_of_the_papers():
    china = studies.papers_that_fit(PAPERS, "", studies.CHINA, "", (2023, 2024))
    wanted = PAPERS["home"].eq("CN") & PAPERS["date"].dt.year.between(2023, 2024)
    assert china.index.tolist() == PAPERS.index[wanted].tolist() and 0 < len(china) < len(PAPERS)
    assert len(studies.papers_that_fit(PAPERS, "", "", "", (1990, 2100))) == len(PAPERS)
    counts = studies.counted_by_place(PAPERS)
    assert sum(counts.values()) == len(PAPERS) and list(counts) == list(studies.PLACES)
    early = studies.papers_older_than_rules(PAPERS, EVENTS)
    assert studies.counted_by_place(early) == {studies.CHINA: 4, studies.US: 5}
    assert early["date"].max() < pd.Timestamp("2022-10-07") == studies.control_dates(EVENTS).iloc[0]
    assert PAPERS["family"].value_counts()[studies.families(PAPERS)].is_monotonic_decreasing


def test_entries_of_one_family_that_are_close_in_time_get_different_lanes():
    days = pd.to_datetime(["2025-01-01", "2025-01-20", "2025-01-25", "2025-06-01", "2025-01-02"])
    rows = pd.DataFrame({"family": ["a", "a", "a", "a", "b"], "date": days})
    assert studies.paper_lanes(rows) == [0.0, -0.26, 0.26, 0.0, 0.0]


def test_moves_are_counted_by_direction():
    counts = studies.flows(ADOPTIONS).groupby("direction")["moves"].sum()
    found = ADOPTIONS[ADOPTIONS["kind"] != "none found"]
    assert counts["US to China"] == ((found["from_home"] == "US") & (found["to_home"] == "CN")).sum() == 9
    assert studies.closed_labs(ADOPTIONS) == ["Anthropic", "Google", "OpenAI"]


# --- gains --------------------------------------------------------------------------------------


def test_gains_together_by_hand():
    found = studies.gains_together(("kda", "attnres"), 50, ESTIMATES)
    assert found.each == {"kda": 1.16, "attnres": 1.25} and found.largest == 1.25
    assert found.product == pytest.approx(1.45) and found.mine == pytest.approx(1 / (0.5 / 1.45 + 0.5 / 1.25))
    assert found.saved == pytest.approx(2 - 1 / 1.16 - 1 / 1.25) and found.possible
    four = studies.gains_together(studies.SETS["all four"], 0, ESTIMATES)
    assert not four.possible and four.saved > 1 and four.mine == pytest.approx(four.product)
    assert studies.whole_generation(ESTIMATES) == 2.5


@pytest.mark.parametrize(
    ("setting", "ratio", "change", "faded"),
    [
        ((10, 2, 0, True), 10, "unchanged", False),
        ((10, 10, 0, True), 10, "unchanged", False),
        ((10, 2, 0.2, True), 10**1.2, "wider", False),
        ((10, 2, -0.2, True), 10**0.8, "narrower", False),
        ((10, 2, 0, False), 5, "narrower", False),
        ((2, 2, 0, False), 1, "closed", False),
        ((2, 10, 0, False), 0.2, "reversed", False),
        ((100, 1.5, -0.3, True), 100 / 1.5, "narrower", True),
    ],
)
def test_two_labs_and_the_word_for_their_distance(setting, ratio, change, faded):
    after = studies.labs(*setting)
    assert after.ratio == pytest.approx(ratio) and after.apart == pytest.approx(max(ratio, 1 / ratio))
    assert (after.change, after.faded) == (change, faded)


def test_the_best_splits_use_the_whole_budget():
    best = studies.best_splits(1e24)
    assert np.allclose(6 * best["parameters"] * best["tokens"], 1e24)
    assert np.allclose(best["tokens"] / best["parameters"], best["tokens_per_parameter"]) and len(best) == 3


# --- a gain at scale ----------------------------------------------------------------------------

OLD, NEW = progress.power_law("kimi-linear-mla"), progress.power_law("kimi-linear-kda")


def test_rounding_leaves_a_span_round_the_gain_and_round_the_crossing():
    at = np.array([5.0, 38_000.0])
    low, high = studies.gain_span(at, OLD, NEW)
    gain = progress.equivalent_gain(at, OLD, NEW)
    assert (low < gain).all() and (gain < high).all()
    assert high[1] - low[1] > high[0] - low[0], "it widens with the distance from the fit"
    first, last = studies.crossing_span(OLD, NEW)
    assert first < progress.crossing(OLD, NEW) < last
    assert first == pytest.approx((OLD.a / NEW.a) ** (1 / (OLD.b - NEW.b + 1e-4)))
    assert last == pytest.approx((OLD.a / NEW.a) ** (1 / (OLD.b - NEW.b - 1e-4)))


def test_no_crossing_is_named_where_rounding_could_make_the_curves_parallel():
    assert studies.crossing_span(OLD, progress.PowerLaw(NEW.a, 0.0535)) is None
    assert math.isinf(studies.crossing_span(OLD, progress.PowerLaw(NEW.a, 0.0534))[1])
    equal = studies.gain_at_scale(0.0536, 38_000)
    assert equal.meet is None and equal.meet_span is None
    assert np.allclose(equal.gain, equal.at)


def test_the_gain_at_a_budget_lies_on_its_curve_and_inside_its_span():
    found = studies.gain_at_scale(NEW.b, 1000.0)
    at = int(np.argmin(abs(found.compute - 1000)))
    assert found.gain[at] == pytest.approx(found.at) and found.low[at] == pytest.approx(found.at_span[0])
    assert found.at_span[0] < found.at < found.at_span[1]
    assert found.outside == pytest.approx(1000 / 16) and studies.gain_at_scale(NEW.b, 8).outside == 1
    assert found.meet == pytest.approx(progress.crossing(OLD, NEW))


# --- the cards ----------------------------------------------------------------------------------


def test_our_sorting_is_the_table_s_and_a_reader_s_is_compared_card_by_card():
    causes = data.load("causes")
    ours = studies.our_sorting(causes)
    assert {side: ours.count(letter) for side, letter in studies.LAID.items()} == causes[
        "side"
    ].value_counts().to_dict()
    found = studies.sort_cards(causes, "f" * len(ours))
    assert len(found.same) == (causes["side"] == "for").sum() and len(found.same) + len(found.other) == len(ours)
    assert found.yours["for"] == list(range(1, len(ours) + 1)) and found.yours["against"] == []
    none = studies.sort_cards(causes, studies.UNLAID * len(ours))
    assert none.same == none.other == []
    for wrong in ("f", "x" * len(ours)):
        with pytest.raises(ValueError, match="letters, one a card"):
            studies.sort_cards(causes, wrong)


def test_the_telling_cards_lie_on_the_sides_they_are_named_for():
    causes = data.load("causes")
    side = causes.set_index("cause_id")["side"]
    assert all(side[card] == where for where, cards in studies.TELLING.items() for card in cards)
    assert {side: len(n) for side, n in studies.telling(causes).items()} == {
        s: len(c) for s, c in studies.TELLING.items()
    }
