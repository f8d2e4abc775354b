"""The picture “Print, coat, remove, cut”: to scale, its counters the model's, its sentences short."""

from __future__ import annotations

import re

import pytest

from helpers.lithography import figures, panels, studies
from helpers.lithography import model as litho
from helpers.lithography.figures import picture
from helpers.lithography.panels import picture as story
from helpers.show import charts
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

STEPS = story.steps()


@pytest.fixture(scope="module")
def panel():
    return panels.picture_panel()


def boxes(rows, colour):
    """Left upper corner, width and height of every rectangle of a colour."""
    return [
        tuple(map(float, found))
        for row in rows
        if row["kind"] == "shape" and row.get("fill") == colour
        for found in re.findall(r"M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+", row["path"])
    ]


def posts(frame, colour, ground=picture.GROUND):
    """Middles, in nm, of the lines that stand on the ground of a cross-section."""
    drawn = [b for b in boxes(figures.frame(frame), colour) if abs(b[1] + b[3] - ground) < 0.2 and b[3] > 30]
    return [(x + w / 2) / picture.SCALE for x, _, w, _ in sorted(drawn)]


@pytest.mark.parametrize(
    ("frame", "colours", "ground", "key", "count"),
    [
        ("one", [charts.BLUE], picture.GROUND, "one", 3),
        ("core", [charts.BLUE], picture.GROUND, "one", 3),
        ("remove", [charts.GREEN], picture.GROUND, "spacer", 6),
        ("twice", [charts.PURPLE], 318, "spacer twice", 8),
        ("cut", [charts.PURPLE], 322, "cut", 8),
        ("euv", [charts.BLUE], picture.GROUND, "euv", 8),
    ],
)
def test_lines_stand_at_the_model_s_pitch_to_scale(frame, colours, ground, key, count):
    middles = sorted(x for colour in colours for x in posts(frame, colour, ground))
    assert len(middles) == count
    gaps = [b - a for a, b in zip(middles, middles[1:])]
    assert gaps == pytest.approx([studies.ways()[key].pitch_nm] * (count - 1), abs=0.15)


def test_the_second_exposure_stands_halfway_between_the_lines_of_the_first():
    first, second = posts("two", charts.BLUE), posts("two", charts.SKY)
    assert len(first) == 3 and len(second) == 4
    for left, right in zip(first, first[1:]):
        assert any(abs(x - (left + right) / 2) < 0.15 for x in second)


def test_walls_stand_where_the_coat_was_and_the_core_between_them():
    coat, walls, cores = picture.LINE, posts("etch", charts.GREEN), posts("etch", charts.BLUE)
    assert walls == pytest.approx(sorted(x + side for x in cores for side in (-coat, coat)), abs=0.1)
    assert posts("remove", charts.GREEN) == pytest.approx(walls) and posts("remove", charts.BLUE) == []


def test_each_row_of_the_spacer_twice_halves_the_distance():
    rows = figures.frame("twice")
    said = [row["text"] for row in rows if row["kind"] == "words" and re.fullmatch(r"[\d.]+ nm", row["text"])]
    pitch = studies.ways()["spacer twice"].pitch_nm
    assert said[:3] == [f"{4 * pitch:g} nm", f"{2 * pitch:g} nm", f"{pitch:g} nm"]


def test_as_many_cuts_are_drawn_as_the_model_takes_in_its_central_case():
    names = {row["text"][:5] for row in figures.frame("cut") if row["kind"] == "words" and row["text"][:4] == "cut "}
    assert len(names) == litho.scheme("SAQP").cuts[1] == 3


@pytest.mark.parametrize("key", studies.ways())
def test_the_counters_are_the_model_s(key):
    way, said = studies.ways()[key], {row["text"] for row in figures.counters(key) if row["kind"] == "words"}
    for low, _, high in (way.exposures, way.steps, way.eur):
        assert (f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}") in said
    for what in ("exposures", "steps"):
        by_cause = figures.causes(key, what)
        assert sum(count for _, count in by_cause) == getattr(way, what)[2]
        assert sum(count for colour, count in by_cause if colour == "hollow") == getattr(way, what)[2] - getattr(way, what)[0]  # fmt: skip
        assert min(count for _, count in by_cause) >= 0


def test_the_ways_are_the_schemes_of_the_tables():
    ways = studies.ways()
    assert ways["cut"].exposures == litho.passes("SAQP") and ways["cut"].eur == litho.layer_range("SAQP")
    assert ways["euv"].eur == litho.layer_range("single", "NXE:3800E") and ways["euv"].light == "EUV"
    assert ways["one"].pitch_nm == pytest.approx(80.1, abs=0.05) and ways["two"].pitch_nm * 2 == ways["one"].pitch_nm
    for key in ("spacer twice", "cut", "euv"):
        assert ways[key].pitch_nm == 32.5, "like is compared with like"
    low, central, high = studies.dearer()
    row = next(r for r in studies.pitch_rows(32.5) if r["name"] == "SAQP")
    assert (low, central, high) == (row["ratio"].min(), row["ratio"][0], row["ratio"].max())


def test_a_step_is_one_short_sentence_with_at_most_one_number():
    assert [step.frame for step in STEPS] == [*figures.FRAMES, "compare"]
    for step in STEPS:
        words, numbers = words_and_numbers(step.sentence)
        assert words <= 20 and numbers <= 1 and step.sentence.count(".") - step.sentence.count("32.5") - step.sentence.count("3.5 ") == 1, step  # fmt: skip
        assert len(step.seen.split()) > 12 and step.seen.endswith("."), "what is seen, for those who do not see it"


def test_every_step_fits_its_sheet_and_the_window_in_letters_of_16_pixels(panel):
    for place in range(len(STEPS)):
        state = panel.set(step=place)
        assert min(row["size"] for row in state.rows if row["kind"] == "words") >= 16
        aside = [row["text"] for row in state.rows if row.get("x") == picture.ASIDE]
        assert all(len(label) <= 13 for label in aside), aside  # room for 13 letters of a broad font
        width, height = size_of(svg_of(panel))
        assert width <= 789 and height <= 416.5, (STEPS[place].name, width, height)  # nothing leaves the sheet
        assert state.signals["title"] == f"{place + 1}. {STEPS[place].name}" and state.signals["alt"] == state.more
        assert {"Source"} <= set(re.findall("Source", str(panel.chart.chart.to_dict()["title"]["subtitle"])))


def test_the_answer_waits_for_the_step_that_gives_it():
    """The reader guesses how many exposures before the cuts are counted."""
    before = " ".join(step.sentence for step in STEPS[:7])
    assert "3 to 5" not in before and "3.5" not in before
    assert all(figures.FRAMES[step.frame][0] not in ("cut", "euv") for step in STEPS[:7])
