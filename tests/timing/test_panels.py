"""The picture and the panels of 44: short sentences, words within the frame, and what they say."""

from __future__ import annotations

import math

import pytest

from helpers.show.drawing import SMALLEST
from helpers.timing import figures, panels, studies
from tests.reading import reach, words_and_numbers

LETTER = 9.2  # px of a letter of the widest font in use, at 16 px


@pytest.fixture(scope="module")
def reservoir():
    return panels.reservoir_panel()


@pytest.fixture(scope="module")
def choice():
    return panels.choice_panel()


def test_every_step_is_one_sentence_of_at_most_20_words_and_one_number(reservoir):
    for step in figures.FRAMES:
        for position in reservoir.positions():
            state = reservoir.answer({**position, "step": step})
            words, numbers = words_and_numbers(state.reading)
            assert words <= 20 and numbers <= 1 and state.more.endswith("."), (step, position, state.reading)


def test_words_of_the_picture_stand_within_it(reservoir):
    assert SMALLEST >= 16
    for step in figures.FRAMES:
        for position in reservoir.positions():
            for row in reservoir.answer({**position, "step": step}).rows:
                if row["kind"] != "words":
                    continue
                left, right = reach(row, LETTER)
                assert left >= -6 and right <= 790 and 10 <= row["y"] <= 332, (step, row)


def test_the_picture_grows_and_ends_with_the_finding(reservoir):
    titles = [reservoir.answer({**reservoir.defaults(), "step": step}).signals["title"] for step in figures.FRAMES]
    assert [title[:2] for title in titles] == [f"{n}." for n in range(1, 9)]
    assert "In years of need, leverage is spent" in titles[-1]
    flat = reservoir.answer({**reservoir.defaults(), "step": "compare", "answer": 0})
    assert "does not answer fear" in flat.signals["title"]


def test_titles_follow_what_is_drawn(reservoir):
    fast = reservoir.answer({**reservoir.defaults(), "step": "early", "growth": 150, "retire": 50})
    assert "at once" in fast.reading and "at once" in fast.signals["title"]
    # Which empties the tank more, wear or the need that runs on, is told from two runs with one of them only.
    for wear, growth in ((20, 50), (50, 20)):
        only = [studies.tanks(None, r / 100, g / 100)["deny early"].missing[1] for r, g in ((wear, 0), (1, growth))]
        said = reservoir.answer({**reservoir.defaults(), "step": "early", "growth": growth, "retire": wear}).reading
        assert ("the need outgrows last year's chips" if only[1] > only[0] else "many chips wear out") in said
    small = reservoir.answer({**reservoir.defaults(), "step": "late", "answer": 100})
    assert "still small" in small.reading and "still small" in small.signals["title"]


def test_the_choice_says_its_best_plan_and_where_the_leader_changes(choice):
    state = choice.set(**choice.defaults())
    found = studies.choice()
    assert found.best in state.reading.lower() and f"{found.flips['denial_worth']:.1f}" in state.reading
    ends = [row["end"] for row in state.rows if row["kind"] == "total"]
    assert ends == pytest.approx(list(found.total.values()))


@pytest.mark.parametrize(("preset", "wins"), [("What if a lead is worth more?", "deny"), ("What if fear drives the tap?", "sell"), ("What if the need does not grow?", "sell"), ("What if the buyer hurries anyway?", "deny")])  # fmt: skip
def test_either_side_can_win_by_a_preset(choice, preset, wins):
    assert f"“{wins.capitalize()}” is worth most" in choice.apply(preset).reading


def test_no_plan_is_crowned_near_a_tie(choice):
    state = choice.set(**choice.defaults())
    assert "Too close to call" in state.signals["title"]
    assert not any(row["best"] for row in state.rows)


def test_china_has_a_pay_off_beside_the_sellers(choice):
    state = choice.set(**choice.defaults())
    china = [row["label"] for row in state.rows if row["kind"] == "buyer"]
    assert china == [f"China: {worth:.2f}" for worth in studies.choice().buyer.values()]


def test_both_sides_names_where_neither_gains_by_moving_alone():
    panel = panels.sides_panel()
    assert "“sell”, where China foresees the plan; “deny”, where China hurries its tap" in panel.state.reading
    for position in panel.positions():
        assert panel.answer(position).reading.endswith(".")


def test_the_map_covers_its_square_once():
    rows = [row for row in figures.map_rows(studies.winners(points=21)) if row["kind"] == "cell"]
    columns = {}
    for row in rows:
        columns.setdefault(row["x"], []).append(math.log(row["y2"] / row["y"]))
    low, _, high = studies.parameter("denial_worth")
    for pieces in columns.values():
        assert sum(pieces) == pytest.approx(math.log(high / low))


def test_the_map_says_where_denying_begins_to_win():
    state = panels.map_panel().state
    first, last = studies.denied_from(studies.winners())
    assert f"above {first:.1f} times" in state.reading and f"above {last:.1f} times" in state.reading and first < last


def test_the_offers_table_says_what_came_in_words():
    came = list(figures.offers_table().frame["What came"])
    assert came == [
        "about 50 million USD in the quarter to October 2025",
        "nothing",
        "about 20,000 by August 2026",
    ]
