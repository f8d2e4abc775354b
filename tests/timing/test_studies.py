"""Studies of 44: the record's dates and numbers, a U-turn then and now, and what passing costs."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers.core import data
from helpers.timing import model as timing
from helpers.timing import studies


def test_nvidia_figures_on_the_h20_are_as_in_its_release_of_28_may_2025():
    """Sold 4.6, not shipped 2.5, 8.0 lost in the outlook, a charge of 4.5 (USD billion), 71.3% margin without the charge."""
    letter = studies.letter()
    assert (letter.sold, letter.unshipped, letter.lost, letter.charge) == (4.6, 2.5, 8.0, 4.5)
    assert letter.margin == pytest.approx(0.713)
    # By another way: 61.0% of 44.06 with the charge put back.
    assert letter.margin_counted == pytest.approx((0.610 * 44.06 + 4.5) / 44.06)
    assert abs(letter.margin_counted - letter.margin) < 0.0015
    assert letter.year == pytest.approx(4 * 8.0 * 0.713)
    # One seller's part: 2.2 million cards of 2025, of a need of 5 million, of which IDC's 4.0 million were sold.
    assert letter.need_year == pytest.approx(4 * 8.0 * 0.713 / (2.2 / 5.0))


LEGAL_DATES = {
    "a100-h100-letter": date(2022, 8, 26),
    "bis-oct-2022": date(2022, 10, 7),
    "bis-oct-2023": date(2023, 10, 17),
    "h20-licence-letter": date(2025, 4, 9),
    "h20-return": date(2025, 7, 14),
    "cac-h20-summons": date(2025, 7, 31),
    "fifteen-percent-deal": date(2025, 8, 11),
    "cn-discourages-h20": date(2025, 8, 12),
    "h200-announced": date(2025, 12, 8),
    "cn-customs-h200": date(2026, 1, 14),
    "bis-h200-rule": date(2026, 1, 15),
    "s232-25pct": date(2026, 1, 14),
    "cn-h200-first-approvals": date(2026, 1, 28),
}


@pytest.mark.parametrize(("event", "day"), LEGAL_DATES.items())
def test_the_dates_that_44_rests_on(event, day):
    events = data.load("events").set_index("event_id")
    assert events.loc[event, "date"].date() == day


def test_offers_were_first_answered_within_29_and_30_days():
    """The H200 twice: firms were asked to pause orders a week before customs were told."""
    offers = studies.offers().set_index("offer_id")
    assert offers.loc["h20", "days"] == (date(2025, 8, 12) - date(2025, 7, 14)).days == 29
    assert offers.loc["h20", "closed_days"] == 29
    assert offers.loc["h200", "days"] == (date(2026, 1, 7) - date(2025, 12, 8)).days == 30
    assert offers.loc["h200", "closed_days"] == (date(2026, 1, 14) - date(2025, 12, 8)).days == 37
    assert math.isnan(offers.loc["b30a", "days"]) and pd.isna(offers.loc["b30a", "offered"])


def test_one_answer_came_the_day_after_the_last_terms_and_one_before_them():
    """From 15% of the revenue to the guidance; from the US duty, the last term made public, to the pause, which came first."""
    offers = studies.offers().set_index("offer_id")
    assert offers.loc["h20", "from_terms"] == (date(2025, 8, 12) - date(2025, 8, 11)).days == 1
    assert offers.loc["h200", "from_terms"] == (date(2026, 1, 7) - date(2026, 1, 14)).days == -7
    rule = studies.offer_steps().set_index("event_id").loc["bis-h200-rule", "date"]
    assert rule.date() == date(2026, 1, 13), "made public two days before it was in force"
    assert offers.loc["h200", "closed"] == offers.loc["h200", "termed"], "customs were told on the day of the duty"


def test_what_is_taken_in_chips_by_hand():
    """In years of need the early denial takes more, in chips of a need that grows by half a year the late one does."""
    found = studies.tanks(growth_per_year=0.5)
    for name in studies.POLICIES:
        used = found[name].used
        by_hand = sum((used[t] - used[t - 1]) * 1.5 ** (t - 1) for t in range(1, len(used)))
        assert studies.taken_in_chips(found[name], 0.5) == pytest.approx(by_hand)
        assert studies.taken_in_chips(found[name], 0) == pytest.approx(used[-1])  # a level need weighs nothing
    early, late = found["deny early"], found["deny late"]
    assert early.used[-1] > 2 * late.used[-1] and studies.taken_in_chips(late) > studies.taken_in_chips(early)


def test_steps_of_an_offer_are_events_in_order_and_begin_with_it():
    steps = studies.offer_steps()
    for _, part in steps.groupby("offer_id"):
        assert part["date"].is_monotonic_increasing and part["step"].iloc[0] in ("offer", "no offer")
    assert {"doubt", "consent", "delivery", "term"} <= set(steps["step"])


def test_one_per_cent_of_the_h200_reported_as_ordered_had_come_by_august_2026():
    assert studies.delivered_share() == pytest.approx(20_000 / 2_000_000)


def test_the_speed_of_the_home_tap_is_counted_from_cards():
    """From the cards themselves: 50,000 of 500,000 in the first half of 2023, 1.65 of 4.0 million sold in 2025."""
    years = (date(2025, 7, 2) - date(2023, 4, 1)).days / 365.25
    for met in (1.0, 0.8):
        odds = [math.log(s / (1 - s)) for s in (50_000 / 500_000, met * 1_650_000 / 4_000_000)]
        assert studies.speed(met) == pytest.approx((odds[1] - odds[0]) / years, rel=2e-3)
    assert studies.speed() == studies.speed(studies.parameter("need_met")[1])


def test_the_part_of_the_need_that_was_met_follows_from_nvidias_own_figures():
    """2.5 + 8.0 billion USD at 12,000 a card beside 4.0 million sold; low: two more quarters of 8.0."""
    letter = studies.letter()
    missed = [usd * 1e9 / 12_000 for usd in (letter.unshipped + letter.lost, letter.unshipped + 3 * letter.lost)]
    central, low = (4.0e6 / (4.0e6 + cards) for cards in missed)
    row = studies.parameter("need_met")
    assert row[1] == pytest.approx(central, abs=0.03) and row[0] == pytest.approx(low, abs=0.02)


def test_middle_growth_is_below_that_of_idcs_totals():
    """A million cards a year in the first half of 2023, four million in 2025: 85% a year."""
    years = studies.middle_of(studies.LAST) - studies.middle_of(studies.FIRST)
    grew = (4.0e6 / (2 * 5.0e5)) ** (1 / years) - 1
    assert grew == pytest.approx(0.85, abs=0.01)
    low, central, high = studies.parameter("growth_per_year")
    assert low < central < grew < high


def test_a_turn_is_two_paths_of_the_reservoir():
    """`run` year by year: five years sold to or denied, then forty of denial, and the home share that lacks summed."""
    for name, found in studies.turns(0.5).items():
        if name == "2026, as let in":
            continue
        starts = {"fear_start": found.fear, "memory": studies.parameter("memory")[1], "fear_sold": 0.2}
        for first, kept in ((1.0, found.sold), (0.0, found.denied)):
            run = timing.run([first] * studies.AHEAD + [0.0] * timing.AHEAD, found.share, **studies.tap(0.5), **starts)
            assert kept == pytest.approx(float((1 - run.share[studies.AHEAD + 1 :]).sum())), name


def test_a_turn_in_2026_keeps_a_tenth_of_one_in_2021_in_years_of_the_need():
    for part in (0.05, 0.25, 0.5, 0.75, 1.0):
        assert 8 < studies.times_less(part) < 12
    assert studies.times_less(None, 0.1) < studies.times_less() < studies.times_less(None, 0.01)
    found = studies.turns()
    assert found["2021"].bought > found["the fear of 2026"].bought > found["the home share of 2026"].bought
    assert found["2026"].bought > 10 * found["2026, as let in"].bought > 0


def test_passing_pays_from_the_worth_that_is_given():
    """Found a second way: at that worth of a home share both buyers of the game get the same."""
    for part in (0.1, 0.5, 1.0):
        for plan in ("sell", "sell, then deny"):
            found = studies.passing(part, plan)
            given = {**studies.settings(part, when="2026"), "taken": 1.0, "taken_first": 1.0, "home_worth": found.worth}
            takes, passes = (float(timing.payoffs(**given, buyer=b).buyer[plan]) for b in ("answers fear", "passes"))
            assert takes == pytest.approx(passes)
            assert found.cost > 0 and found.worth > studies.parameter("home_worth")[2]


@pytest.mark.parametrize("aim", [0.0, 1.0, 8.0])
def test_buying_while_pushing_the_tap_beats_passing(aim):
    table = studies.both_sides(home_worth=aim, when="2026").set_index(["plan", "buyer"])["buyer_gets"]
    assert table["sell", "hurries"] > table["sell", "passes"]


def test_at_a_tie_denying_and_selling_first_change_places():
    """With a buyer that foresees they change places at a jump: there the promise to sell stops being believed."""
    table = studies.ties()
    for row in table.itertuples():
        ahead = []
        for worth in (row.denial_worth - 0.03, row.denial_worth + 0.03):
            total = studies.choice(growth_per_year=row.growth_per_year, buyer=row.buyer, denial_worth=worth).total
            ahead.append(max(total[p] for p in studies.DENIES) - max(total[p] for p in studies.SELLS))
        assert ahead[0] < 0 < ahead[1], row
    still = table[(table["growth_per_year"] == 0)].set_index("buyer")["denial_worth"]
    assert still["answers fear"] == pytest.approx(2.0, abs=0.05)
    assert table["denial_worth"].min() == pytest.approx(1.36, abs=0.02)


def test_both_sides_marks_best_answers():
    table = studies.both_sides()
    assert len(table) == 20
    for _, part in table.groupby("buyer"):
        assert part.loc[part["seller_best"], "seller_gets"].min() == pytest.approx(part["seller_gets"].max())
    rests = table[table["seller_best"] & table["buyer_best"]]
    assert set(zip(rests["plan"], rests["buyer"], strict=True)) == {("sell", "foresees"), ("deny", "hurries")}


def test_arguments_are_put_into_the_model_one_at_a_time():
    table = studies.by_argument().set_index("argument_id")
    again = studies.choice(answer_part=0.9).total
    assert table.loc["revenue-moves", "margin"] == pytest.approx(
        max(again[p] for p in studies.DENIES) - max(again[p] for p in (*studies.SELLS, "threaten"))
    )
    assert (table["shift"] == table["margin"] - table["base_margin"]).all()


def test_only_words_that_advocate_have_a_side():
    table = data.load("timing_arguments")
    assert ((table["side"] != "none") == (table["stance"] == "advocates")).all()
    moved = studies.by_argument().query("stance == 'advocates'")
    assert ((moved["shift"] > 0) == (moved["side"] == "deny")).all()
    halves = table[table["source_id"] == "stlouisfed-2025-029-rev"]  # both halves of one abstract
    assert sorted(np.sign(halves["value"] - studies.parameter("denial_worth")[1])) == [-1, 1]


def test_each_assumption_says_what_would_identify_it_and_no_argument_lacks_a_limit():
    assert data.load("timing_parameters")["would_identify"].str.len().min() > 10
    arguments = data.load("timing_arguments")
    assert (arguments["interest"] != "").all() and (arguments["limit"] != "").all()


def test_winners_are_the_best_plans_where_one_is_clearly_best():
    table = studies.winners(points=9)
    for row in table.iloc[::7].itertuples():
        found = studies.choice(answer_part=row.answer_part, denial_worth=row.denial_worth)
        assert found.close == (row.plan == studies.TIE)
        assert found.close or found.best == row.plan
