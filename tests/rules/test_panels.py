"""The rules on the page: the designer and the regions tell each story, briefly, and fit a laptop's window."""

from __future__ import annotations

import pytest

from helpers.core import data
from helpers.rules import panels
from helpers.rules import studies as rules_studies
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of


@pytest.fixture(scope="module", params=[panels.regions_panel, panels.designer_panel])
def panel(request):
    return request.param()


def test_the_picture_fits_a_laptop_s_window(panel):
    panel.apply("Reset")
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 430


def test_every_sentence_is_short(panel):
    for position in panel.positions():
        words, numbers = words_and_numbers(panel.set(**position).reading)
        assert words <= 35 and numbers <= 3, panel.state.reading


def test_presets_are_short_questions(panel):
    assert 3 <= len(panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in panel.presets)


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        ("Could an H100 go in late 2023?", "licence, presumed refused (3A090.a.1)"),
        (
            "Could an H800 go in August 2023?",
            "no licence needed. The nearest line it stays under: 3A090 of October 2022, links, by 12.0%",
        ),
        (
            "Could an H20 go in 2024?",
            "no licence needed. The nearest line it stays under: 3A090.b.1, arithmetic, by 1.3%",
        ),
        ("Could an H20 go after the letter?", "licence, policy not published (letter of April 2025)"),
        (
            "Could an H200 go in 2026?",
            "licence, case by case (3A090.a.1). Reviewed, not refused: its arithmetic is 25% and memory is 26% under the ceiling.",
        ),
    ],
)
def test_the_designer_tells_each_story(preset, said):
    assert said in panels.designer_panel().apply(preset).reading


def test_the_designer_keeps_the_numbers_of_the_design_below_its_sentence():
    more = panels.designer_panel().apply("Could an H100 go in late 2023?").more
    assert more.startswith(
        "TPP 15,832, performance density 19.45. Decided by 3A090.a.1: TPP, at least 4,800: it has 15,832"
    )


def test_raising_only_the_links_turns_the_h800_into_a_controlled_chip():
    """The October 2022 limb is 600 GB/s or more (87 FR 62186)."""
    panel = panels.designer_panel()
    panel.apply("Could an H800 go in August 2023?")
    assert "no licence needed" in panel.set(io_gb_s=599).reading
    assert "licence, presumed refused (3A090 of October 2022)" in panel.set(io_gb_s=600).reading


def test_the_designer_names_its_source_below_the_chart():
    panel = panels.designer_panel()
    assert "88 FR 73458" in panel.state.detail and "govinfo.gov" in panel.state.detail


def test_regions_change_with_the_day_and_never_show_a_later_rule():
    panel = panels.regions_panel()
    assert "3A090.a.2" not in panel.apply("What did October 2022 catch?").more
    assert "3A090.a.2" in panel.apply("What did October 2023 catch?").more
    assert "case-by-case ceiling" not in panel.apply("What did the letters of 2025 catch?").more
    assert "case-by-case ceiling" in panel.apply("What did January 2026 open?").more


def test_the_key_of_the_regions_names_the_colours_drawn_that_day_and_no_other():
    panel = panels.regions_panel()
    held = {"red": "item", "yellow": "notice", "orange": "letter", "blue": "limit"}
    for preset in panel.presets:
        state = panel.apply(preset)
        drawn, key = {box["kind"] for box in state.signals["boxes"]}, state.signals["y_words"][0]
        assert {kind for colour, kind in held.items() if colour in key} == drawn


def test_chips_appear_only_after_their_launch():
    panel = panels.regions_panel()
    assert "H200" not in {row["chip"] for row in panel.set(on="2022-10-21").rows}
    assert "H200" in {row["chip"] for row in panel.set(on="2024-04-04").rows}


def test_notice_ends_where_the_licence_begins_and_a_legend_lists_what_is_drawn():
    state = panels.regions_panel().apply("What did October 2023 catch?")
    assert {box["x2"] for box in state.signals["boxes"] if box["kind"] == "notice"} == {4800}
    assert set(state.signals["statuses"]) == {row["status"] for row in state.rows}
    free = {row["chip"]: row["made_for"] for row in state.rows if row["status"] == "no licence needed"}
    assert free["RTX 4080"] == "games and desks" and free["H20"] == "data centres"


def test_a_bar_says_whose_distance_it_prints():
    """b.1 asks arithmetic and density; an H100 fails it by density: 19.45 against 5.92."""
    rows = {row["test"]: row["exact"] for row in panels.designer_panel().apply("Could an H100 go in late 2023?").rows}
    assert rows["Nov 2023  notice: arithmetic, density (b.1)"] == "+228.5% density, too high"
    assert rows["Nov 2023  licence: arithmetic (a.1)"] == "+229.8% arithmetic"
    for row in rows.items():
        assert row[1].split("% ")[1].removesuffix(", too high") in row[0] or "both" in row[0] or "window" in row[0], row


def test_the_designer_s_title_names_the_chip_whose_values_are_set():
    panel = panels.designer_panel()
    found = {name: panel.apply(f"Could an {name} go in {when}?").signals["title"].split(" to China, ")[0] for name, when in (("H100", "late 2023"), ("H800", "August 2023"), ("H20", "2024"), ("H200", "2026"))}  # fmt: skip
    assert all(name == said for name, said in found.items())
    panel.apply("Could an H100 go in late 2023?")
    assert panel.set(io_gb_s=700).signals["title"].startswith("A chip of TPP 15,832 to China")


def test_the_wall_dates_its_first_two_cuts_as_the_record_does():
    """A launch has one date: in the record of events, in the table of chips, and in what the panel says."""
    events, table = data.load("events").set_index("event_id"), data.load("chips").set_index("chip")
    for event, chip in (("a800-launch", "A800 SXM4 80GB"), ("h800-launch", "H800 SXM5 80GB")):
        day = events.loc[event, "date"].date()
        assert str(day) == str(table.loc[chip, "launch_date"])[:10]
        assert f"{day.day} {day:%B %Y}" in panels.wall_panel().apply("Which chips came out in 2022?").more


def test_the_window_of_2026_freed_no_chip():
    eve, then = (
        rules_studies.plane(day, "memory").chips.set_index("chip")["status"] for day in ("2026-01-14", "2026-01-15")
    )
    assert set(then[then == "no licence needed"].index) == set(eve[eve == "no licence needed"].index) != set()
