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


LEGAL_DATES = {
    "a100-h100-letter": date(2022, 8, 26),
    "bis-oct-2022": date(2022, 10, 7),
    "bis-oct-2023": date(2023, 10, 17),
    "h20-licence-letter": date(2025, 4, 9),
    "h20-return": date(2025, 7, 14),
    "cn-discourages-h20": date(2025, 8, 12),
    "h200-announced": date(2025, 12, 8),
    "cn-customs-h200": date(2026, 1, 14),
    "bis-h200-rule": date(2026, 1, 15),
}


@pytest.mark.parametrize(("event", "day"), LEGAL_DATES.items())
def test_the_dates_that_44_rests_on(event, day):
    events = data.load("events").set_index("event_id")
    assert events.loc[event, "date"].date() == day


def test_offers_were_answered_within_29_and_37_days():
    offers = studies.offers().set_index("offer_id")
    assert offers.loc["h20", "days"] == (date(2025, 8, 12) - date(2025, 7, 14)).days == 29
    assert offers.loc["h200", "days"] == (date(2026, 1, 14) - date(2025, 12, 8)).days == 37
    assert math.isnan(offers.loc["b30a", "days"]) and pd.isna(offers.loc["b30a", "offered"])


def test_one_per_cent_of_the_h200_reported_as_ordered_had_come_by_august_2026():
    assert studies.delivered_share() == pytest.approx(20_000 / 2_000_000)


def test_the_speed_of_the_home_tap_is_counted_from_cards():
    """From the cards themselves: 50,000 of 500,000 in the first half of 2023, 1.65 of 4.0 million in 2025."""
    odds = [math.log(own / (of - own)) for own, of in ((50_000, 500_000), (1_650_000, 4_000_000))]
    years = (date(2025, 7, 2) - date(2023, 4, 1)).days / 365.25
    assert studies.speed() == pytest.approx((odds[1] - odds[0]) / years, rel=2e-3)


def test_a_turn_is_two_paths_of_the_reservoir():
    """`run` year by year, with the turn's own fears: denied for five years against sold to for five."""
    for name, found in studies.turns(0.5).items():
        efforts = studies.tap(0.5)
        starts = {"fear_start": found.fear, "memory": studies.parameter("memory")[1], "fear_sold": 0.2}
        sold = timing.run(np.ones(studies.AHEAD), found.share, efforts["base"], efforts["answer"], **starts)
        assert found.sold == pytest.approx(math.log(1 / sold.share[-1]) / studies.speed()), name
        denied = found.share / (1 - found.share) * math.exp(studies.AHEAD * studies.speed())
        assert found.denied == pytest.approx(math.log(1 + 1 / denied) / studies.speed()), name


def test_a_turn_in_2026_buys_a_twentieth_of_one_in_2021_however_the_tap_answers():
    for part in (0.05, 0.25, 0.5, 0.75, 1.0):
        assert 18 < studies.times_less(part) < 26
    found = studies.turns()
    assert found["2021"].bought > found["the fear of 2026"].bought > found["the home share of 2026"].bought


def test_fear_alone_never_makes_passing_pay():
    """cost = D(now) - D(after passing) >= D(after buying) - D(after passing) = saved, for any share, fear and split."""
    for part in (0.1, 0.5, 1.0):
        for share in (0.02, 0.2, 0.41, 0.8):
            for fear in (0.0, 0.2, 0.9):
                found = studies.passing(part, share, fear)
                assert found.cost * (1 + 1e-12) >= found.saved > 0  # equal where the tap is shut without fear
                assert found.times == pytest.approx(found.cost / found.saved)
    assert studies.passing(0.0).times == math.inf


def test_arguments_are_put_into_the_model_one_at_a_time():
    table = studies.by_argument().set_index("argument_id")
    assert set(table["side"]) == {"sell", "deny", "threaten", "either"}
    assert (table.loc[table["side"] == "deny", "margin"] > 0).all()
    assert (table.loc[table["side"] == "sell", "margin"] < 0).all()
    again = studies.choice(answer_part=0.9).total
    assert table.loc["revenue-moves", "margin"] == pytest.approx(
        max(again[p] for p in studies.DENIES) - max(again[p] for p in (*studies.SELLS, "threaten"))
    )


def test_each_assumption_says_what_would_identify_it_and_no_argument_lacks_a_limit():
    assert data.load("timing_parameters")["would_identify"].str.len().min() > 10
    arguments = data.load("timing_arguments")
    assert (arguments["interest"] != "").all() and (arguments["limit"] != "").all()
    assert arguments["side"].value_counts()[["sell", "deny"]].tolist() == [6, 5]


def test_winners_are_the_best_plans():
    table = studies.winners(points=9)
    for row in table.iloc[::7].itertuples():
        found = studies.choice(answer_part=row.answer_part, denial_worth=row.denial_worth).total
        assert found[row.plan] == pytest.approx(max(found.values()))
