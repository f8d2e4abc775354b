"""The panels of 36_who_benefits: what they wire, how they read, and that they fit a small window."""

from __future__ import annotations

import json
import re

import pytest

from helpers.core import data
from helpers.progress import panels, studies
from helpers.show.charts import BLUE
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

PAPERS, EVENTS = data.load("papers"), data.load("events")
ESTIMATES, CAUSES = data.load("progress_estimates"), data.load("causes")


@pytest.fixture(scope="module")
def sample():
    return panels.papers_panel(PAPERS, EVENTS)


def test_the_sample_is_counted_by_home_and_says_whose_sample_it_is(sample):
    state = sample.apply("Reset")
    assert len(state.rows) == len(PAPERS)
    for words in (
        f"{len(PAPERS)} entries of our selection: {(PAPERS['home'] == 'CN').sum()} from labs in China",
        "9 older than the rule of October 2022 (4 from labs in China and 5 from labs in the US)",
    ):
        assert words in state.more
    assert state.reading.startswith(f"9 of the {len(PAPERS)} entries shown are older")
    assert "We chose the entries" in state.reading


def test_filters_keep_what_they_say(sample):
    state = sample.set(**{**sample.defaults(), "hardware": "NVIDIA part for China", "home": studies.CHINA})
    expected = PAPERS[(PAPERS["hardware_kind"] == "NVIDIA part for China") & (PAPERS["home"] == "CN")]
    assert {r["paper_id"] for r in state.rows} == set(expected["paper_id"])
    none = sample.set(**{**sample.defaults(), "family": "kernels", "home": studies.CHINA})
    assert none.rows == [] and none.reading.startswith("No entry")


def test_an_opened_paper_shows_claim_hardware_and_source(sample):
    sample.set(**{**sample.defaults(), "paper_id": "charai2024"})
    for words in ("Character.AI", "Hardware: not stated", "20 times", "href=", "own figures"):
        assert words in sample.detail.value


def test_marks_of_one_row_and_time_are_shifted(sample):
    places = [(r["day"], r["lane"]) for r in sample.apply("Reset").rows]
    assert len(set(places)) == len(places)


def test_the_product_panel_stays_between_its_bounds():
    panel = panels.multiply_panel(ESTIMATES)
    for overlap in range(0, 101, 5):
        together = {r["what"]: r["gain"] for r in panel.set(methods="all four", overlap=overlap).rows}
        assert together["Largest alone"] <= together["With your overlap"] <= together["Product"]
    assert "one by one add to 142% of the compute" in panel.state.more
    assert "At 0% they are independent" in panel.state.more and "must be the same" not in panel.state.more


def test_the_crossing_panel_says_where_the_tests_end():
    panel = panels.crossing_panel()
    assert "inside the range of the tests" in panel.apply("How large inside the tests?").reading
    state = panel.apply("How large at V3’s budget?")
    assert (
        "2,400 times beyond the largest test" in state.reading and "10,000 to 100,000 by rounding alone" in state.more
    )
    assert "hardly changes with scale" in panel.apply("If both exponents are equal?").reading
    for step in range(17):
        state = panel.set(exponent=0.0520 + step * 0.0001)
        assert state.rows and "No answer" not in state.reading, state.reading


def test_the_labs_panel_says_wider_narrower_or_unchanged():
    panel = panels.labs_panel()
    words = {name: panel.apply(name).reading for name in panel.presets}
    assert words["What if both use it?"].endswith("unchanged.") and words["What if it is worth ten times?"].endswith(
        "unchanged."
    )
    assert words["What if it needs scale?"].endswith("wider.") and words["What if it fades with scale?"].endswith(
        "narrower."
    )
    assert "5 times apart: narrower" in words["What if the poor lab keeps it?"]
    ahead = panel.set(ratio=2, gain=10, exponent=0, shared=False)
    assert ahead.reading.endswith("then 5 times apart, the poor lab ahead: reversed.")
    assert "poor lab ahead" in json.dumps(ahead.rows)
    assert panel.set(ratio=2, gain=2, shared=False).reading.endswith("then level: closed.")
    assert "faded away" in panel.set(ratio=100, gain=1.5, exponent=-0.3, shared=True).reading


def test_one_entry_and_none_are_said_in_their_own_words(sample):
    said = {
        "All 9 entries shown are older than the rule of October 2022.": {"years": (2019, 2022)},
        "The one entry shown is younger than the rule of October 2022.": {"family": "links and schedules", "home": studies.ELSEWHERE},
        "None of the 15 entries shown is older than the rule of October 2022.": {"hardware": "NVIDIA part for China"},
    }  # fmt: skip
    for words, change in said.items():
        assert sample.set(**{**sample.defaults(), **change}).reading.startswith(words), sample.state.reading
    assert (
        "1 entry of our selection: 1 from a lab elsewhere"
        in sample.set(**{**sample.defaults(), "family": "links and schedules", "home": studies.ELSEWHERE}).more
    )


PANELS = {
    "papers": lambda: panels.papers_panel(PAPERS, EVENTS),
    "multiply": lambda: panels.multiply_panel(ESTIMATES),
    "crossing": panels.crossing_panel,
    "labs": panels.labs_panel,
    "scales": lambda: panels.scales_panel(CAUSES),
}


@pytest.mark.parametrize("name", PANELS)
def test_every_reading_is_short_and_the_rest_is_folded(name):
    panel = PANELS[name]()
    for position in panel.positions():
        state = panel.set(**position)
        words, figures = words_and_numbers(state.reading)
        assert words <= MOST_WORDS and figures <= MOST_NUMBERS, (position, state.reading)
        assert state.more.endswith(".") or not state.rows, position
        assert not any(word in state.reading + state.more for word in ("  ", "..", "nan", "inf ")), state


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_asks_questions_and_fits_a_small_window(name):
    panel = PANELS[name]()
    assert 3 <= len(panel.presets) <= 6
    assert all(question.endswith("?") and len(question) <= 38 for question in panel.presets)
    for question in panel.presets:
        panel.apply(question)
        width, height = size_of(svg_of(panel))
        assert width <= 840 and height <= 430, (question, width, height)


# --- the scales ---------------------------------------------------------------------------------


def scales():
    return panels.scales_panel(CAUSES)


def test_laying_a_card_turns_it_over_and_the_next_one_is_free():
    panel = scales()
    panel.set(step="card")
    number = studies.numbered(CAUSES).set_index("cause_id")["number"]["v3-design"]
    limit = CAUSES.set_index("cause_id")["limit"]["v3-design"].split()[0]
    assert limit not in json.dumps(panel.state.rows)
    panel.lay("f")
    assert panel.settings["laid"][number - 1] == "f" and limit in json.dumps(panel.state.rows)
    panel.another()
    assert panel.settings["card"] == studies.numbered(CAUSES)["cause_id"][number]
    panel.apply("How do we lay them?")
    assert panel.settings["laid"].count("f") == 1, "a question keeps what is laid"
    assert panel.apply("Reset") == scales().state


def test_the_sorting_is_told_beside_ours():
    panel = scales()
    ours = studies.our_sorting(CAUSES)
    assert f"the {len(CAUSES)} cards" in panel.set(step="ours").reading
    assert "You lay 0 cards elsewhere" in panel.set(step="ours", laid=ours).reading
    moved = "f" + ours[1:]
    assert ours[0] == "a" and "You lay 1 card elsewhere" in panel.set(laid=moved).reading
    assert "must be 25 letters" in panel.set(laid="f").reading and panel.settings["laid"] == moved


def test_the_answer_is_not_on_the_card_before_it_is_laid():
    panel = scales()
    for card in CAUSES["cause_id"]:
        words = " ".join(r.get("words", "") for r in panel.set(step="card", card=card).rows)
        assert "Interest" not in words and "Limit" not in words


def test_every_card_fits_its_frame():
    panel = scales()
    for card in CAUSES["cause_id"]:
        rows = panel.set(step="turned", card=card).rows
        lines = [r for r in rows if r["kind"] == "words" and r["y"] < 170]
        assert max(r["y"] for r in lines) <= 155, card
        assert max(len(r["words"]) for r in lines) <= 42, card


def test_two_labs_in_the_picture_are_those_of_the_study():
    panel = scales()
    assert panel.set(step="shared", size=30).reading.endswith("stays 30 times ahead.")
    assert panel.set(step="size", size=10, power=0.2).reading.endswith("is 16 times ahead."), "10 ** 1.2"
    assert "fades" in panel.set(power=-0.2).reading and "helps the poor lab more" in panel.state.signals["title"]
    assert "stays" in panel.set(power=0).reading


def squares(rows):
    """Sides of the drawn squares of the two labs' computing, by their fill."""
    return sorted(float(m) for r in rows for m in re.findall(r"h([\d.]+)v", r.get("path", "")) if r.get("fill") == BLUE)


def test_the_two_labs_keep_their_size_from_step_to_step():
    panel = panels.scales_panel(CAUSES)
    shared, size = (squares(panel.set(step=step).rows) for step in ("shared", "size"))
    assert shared and shared == size


def test_the_panel_of_gains_states_its_overlap_and_begins_before_the_answer():
    panel = panels.multiply_panel(ESTIMATES)
    assert panel.state.reading.startswith("At an overlap of 0% ") and "1.34" not in panel.state.reading
    assert panel.state.signals["title"] == "At 0% overlap, 1.45 times together"
    assert "At an overlap of 50% the gains together are worth 1.34 times" in panel.apply("And at half overlap?").reading
