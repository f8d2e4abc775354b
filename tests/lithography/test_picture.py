"""The picture “Print, coat, remove, cut”: to scale, its counters the model's, its sentences short."""

from __future__ import annotations

import math
import re

import pytest

from helpers.lithography import figures, panels, studies
from helpers.lithography import model as litho
from helpers.lithography.figures import picture
from helpers.lithography.figures.counters import MONEY, PER, so_far, top_eur
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


def said_in(frame):
    """The words of a step's drawing."""
    return [row["text"] for row in figures.frame(frame) if row["kind"] == "words"]


@pytest.mark.parametrize(
    ("frame", "colours", "ground", "key", "count"),
    [
        ("one", [charts.BLUE], picture.GROUND, "one", 3),
        ("core", [charts.BLUE], picture.GROUND, "one", 3),
        ("remove", [charts.GREEN], picture.GROUND, "spacer", 6),
        ("twice", [charts.PURPLE], 322, "spacer twice", 8),
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
    eaten = picture.GROUND + picture.EATEN
    cut_out = [b for b in boxes(figures.frame("two"), charts.BLUE) if abs(b[1] - picture.GROUND) < 0.2]
    first = [(x + w / 2) / picture.SCALE for x, _, w, _ in cut_out]
    second = posts("two", charts.SKY, eaten)
    assert len(first) == 3 and len(second) == 4
    assert all(abs(y + h - eaten) < 0.2 for _, y, _, h in cut_out), "the first lines are cut out of the film"
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


def test_cuts_that_must_be_have_solid_frames_and_those_that_may_be_dashed_ones():
    drawn = [row for row in figures.frame("cut") if row.get("stroke") == charts.VERMILION and row.get("pen") == 3]
    solid = [row for row in drawn if "dash" not in row]
    fewest, _, most = litho.scheme("SAQP").cuts
    assert (len(solid), len(drawn)) == (fewest, most) == (2, 4)
    assert f"1 print + {fewest} to {most} cuts" in said_in("cut")


def test_gaps_of_one_cut_can_be_printed_together_and_those_of_two_cuts_cannot():
    """In nm, from middle to middle; seen from above a cut's gaps stand at one height."""
    pitch, closest = studies.ways()["cut"].pitch_nm, studies.ways()["one"].pitch_nm
    frames = [b for b in boxes(figures.frame("cut"), picture.GROUND_ABOVE) if b[3] == picture.GAP]
    at = [((x + w / 2) / picture.SCALE, (y + h / 2) / picture.SCALE) for x, y, w, h in frames]
    heights = sorted({y for _, y in at})
    cuts = [[p for p in at if p[1] == y] for y in heights]
    assert [len(cut) for cut in cuts] == [2, 2, 2] and all(b[0] - a[0] >= closest for a, b in cuts)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert min(math.dist(a, b) for a in cuts[one] for b in cuts[other]) < closest
    assert all(abs((x - pitch / 2) / pitch - round((x - pitch / 2) / pitch)) < 0.01 for x, _ in at), "on a line each"


@pytest.mark.parametrize("step", studies.spacer_steps())
def test_the_spacer_s_squares_fill_as_its_steps_are_done(step):
    whole, done = studies.ways()["spacer"].steps[0], studies.spacer_steps()[step]
    by_cause = so_far(figures.causes("spacer", "steps"), done)
    assert sum(count for _, count in by_cause) == whole and by_cause[-1] == ("to come", whole - done)
    assert ("to come" in said_in(step)) == (done < whole)
    assert list(studies.spacer_steps().values()) == sorted(set(studies.spacer_steps().values()))


def test_the_end_of_the_spacer_has_the_euros_of_two_exposures_beside_its_own():
    for key in ("two", "spacer"):
        low, _, high = studies.ways()[key].eur
        assert f"{low:.0f} to {high:.0f}" in said_in("remove")


@pytest.mark.parametrize(("frame", "colour"), [("remove", charts.GREEN), ("twice", charts.PURPLE)])
def test_the_distance_is_measured_between_two_walls_of_one_core(frame, colour):
    """A bracket begins and ends on the middles of walls with a dashed, removed core between them."""
    rows = figures.frame(frame)
    at = max(
        n
        for n, row in enumerate(rows)
        if re.fullmatch(r"[\d.]+ nm", row.get("text", "")) and row.get("weight") == "bold"
    )
    x, length = map(float, re.match(r"M([\d.]+),[\d.]+v12m0,-6h([\d.]+)", rows[at - 1]["path"]).groups())
    left, right = x / picture.SCALE, (x + length) / picture.SCALE
    walls = posts(frame, colour, 322 if frame == "twice" else picture.GROUND)
    place = min(range(len(walls)), key=lambda n: abs(walls[n] - left))
    assert place % 2 == 0 and walls[place : place + 2] == pytest.approx([left, right], abs=0.15)


def test_the_last_step_says_how_sure_its_ratio_is():
    text, ways = " ".join(said_in("compare")), studies.ways()
    low, central, high = (f"{ratio:.1f}" for ratio in studies.dearer())
    least, middle, most = studies.cases()
    for case, ratio in ((least, low), (middle, central), (most, high)):
        duv, euv = round(case.duv_eur), round(case.euv_eur)
        assert f"{duv} / {euv} = {ratio}" in text and f"{duv / euv:.1f}" == ratio, (
            "a calculator agrees with what is printed"
        )
    assert {low, high} <= set(said_in("compare")), "the ends of the range"
    assert f"about {central} times the cost ({low} to {high})" in STEPS[-1].sentence
    for way in (ways["cut"], ways["euv"]):
        assert f"{way.eur[1]:.0f}" in said_in("compare")
    assert ways["cut"].eur[0] < ways["euv"].eur[2], "the bars overlap, as the last line says"
    assert "The bars overlap" in text and "0" in said_in("compare")


def test_the_cost_in_multiples_is_drawn_to_scale():
    """Blocks of 1 below the rule of the last step: one with EUV, as many as the ratio without."""
    width, (least, central, most) = 380, studies.dearer()
    blocks = [b for b in boxes(figures.frame("compare"), MONEY) if b[1] > 212]
    one, *without = sorted(blocks, key=lambda b: b[1])
    assert one[2] + 2 == pytest.approx(width / most, abs=0.1)
    end = max(x + w for x, _, w, _ in without)
    assert (end - one[0]) / (one[2] + 2) == pytest.approx(central, abs=0.01)
    ends = next(r["path"] for r in figures.frame("compare") if "v8m0,-4H" in r.get("path", ""))
    left, right = (float(n) for n in re.match(r"M([\d.]+),[\d.]+v8m0,-4H([\d.]+)", ends).groups())
    assert ((left - one[0]) / (width / most), (right - one[0]) / (width / most)) == pytest.approx(
        (least, most), abs=0.01
    )


def test_euros_have_one_colour_and_say_of_what():
    for step in (*figures.FRAMES, "compare"):
        if step != "compare":
            assert PER in said_in(step) and f"{top_eur():,.0f}" in said_in(step)
        assert boxes(figures.frame(step), MONEY), step


def test_every_step_shows_the_goal_and_says_when_it_is_reached():
    goal = f"goal: lines {figures.nm(studies.GOAL_NM)} nm apart"
    reached = {step: "goal reached" in said_in(step) for step in figures.FRAMES}
    assert all(goal in said_in(step) for step in figures.FRAMES)
    assert [step for step, yes in reached.items() if yes] == ["twice", "euv"]
    assert all("too far apart yet" in said_in(step) for step in ("one", "two", "core", "remove"))


def test_a_mask_s_bars_are_as_wide_as_its_lines_and_gaps_as_long_in_both_ways():
    for step, width in (("one", picture.LINE), ("two", picture.LINE), ("euv", picture.WALL)):
        bars = [b for b in boxes(figures.frame(step), charts.INK) if b[3] == 8]
        assert max(w for _, _, w, _ in bars) == pytest.approx(width * picture.SCALE, abs=0.1)
    gaps = {
        step: {b[3] for b in boxes(figures.frame(step), picture.GROUND_ABOVE) if b[2] < 80} for step in ("cut", "euv")
    }
    assert gaps["cut"] == gaps["euv"] == {picture.GAP}


def test_the_second_walls_are_said_to_take_more_steps():
    first, second = studies.wall_steps()
    once, twice = litho.scheme("SADP"), litho.scheme("SAQP")
    assert f"{second} steps, not {first}: green walls are" in said_in("twice")
    for more, kind in ((0, "depositions"), (1, "etches"), (1, "cleans"), (1, "measurements")):
        before = getattr(once, kind) - getattr(litho.scheme("single"), kind)
        assert getattr(twice, kind) - getattr(once, kind) == before + more, kind
    assert second - first == 3


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
    assert (ways["one"].wavelength_nm, ways["euv"].wavelength_nm) == (193, 13.5)
    for key in ("spacer twice", "cut", "euv"):
        assert ways[key].pitch_nm == 32.5, "like is compared with like"
    low, central, high = studies.dearer()
    row = next(r for r in studies.pitch_rows(32.5) if r["name"] == "SAQP")
    assert (low, central, high) == (row["ratio"].min(), row["ratio"][0], row["ratio"].max())


def test_a_step_is_one_short_sentence_with_at_most_one_number():
    assert [step.frame for step in STEPS] == [*figures.FRAMES, "compare"]
    for step in STEPS:
        words, _ = words_and_numbers(step.sentence)
        # A middle guess and its range are one statement: "3.5 times the cost (1.6 to 6.5)".
        single = re.sub(r" \([\d.]+ to [\d.]+\)", "", step.sentence)
        assert single == step.sentence or step.frame == "compare"
        numbers = words_and_numbers(single)[1]
        assert words <= 20 and numbers <= 1 and len(re.findall(r"\.(?!\d)", step.sentence)) == 1, step
        assert len(step.seen.split()) > 12 and step.seen.endswith("."), "what is seen, for those who do not see it"


def test_every_step_fits_its_sheet_and_the_window_in_letters_of_16_pixels(panel):
    sizes = set()
    for place in range(len(STEPS)):
        state = panel.set(step=place)
        assert min(row["size"] for row in state.rows if row["kind"] == "words") >= 16
        aside = [row["text"] for row in state.rows if row.get("x") == picture.ASIDE]
        assert all(len(label) <= 13 for label in aside), aside  # room for 13 letters of a broad font
        width, height = size_of(svg_of(panel))
        sizes.add((width, height))
        assert width <= 789 and height <= 416.5, (STEPS[place].name, width, height)  # nothing leaves the sheet
        assert state.signals["title"] == f"{place + 1}. {STEPS[place].title}" and state.signals["alt"] == state.more
        assert {"Source"} <= set(re.findall("Source", str(panel.chart.chart.to_dict()["title"]["subtitle"])))
    assert len(sizes) == 1, "no step moves the picture"


def test_titles_say_what_is_found_and_the_last_names_its_scheme():
    """Beside the panel of pitches, where LE3 stands for less, 3.5 times must say whose it is."""
    for step in STEPS:
        assert step.title != step.name and len(step.title.split()) >= 6, step
        assert words_and_numbers(step.title)[1] <= 1
    assert studies.ways()["cut"].scheme == "SAQP" and "called SAQP" in STEPS[-1].sentence
    assert f"{studies.dearer('SAQP')[1]:.1f} times" in STEPS[-1].title


def test_the_answer_waits_for_the_step_that_gives_it():
    """The reader guesses how many exposures before the cuts are counted."""
    before = " ".join(step.sentence for step in STEPS[:7])
    assert "3 to 5" not in before and "3.5" not in before
    assert all(figures.FRAMES[step.frame][0] not in ("cut", "euv") for step in STEPS[:7])
