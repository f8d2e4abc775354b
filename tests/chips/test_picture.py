"""The picture of 14_chips_compared: areas and widths in proportion to the table, unknown never zero, short steps."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from helpers.chips import figures, panels, studies
from helpers.chips import model as chips
from helpers.core import data
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import size_of, svg_of

TABLE = chips.table()
SHEET = data.load("chips").set_index("chip")  # the printed values, without the model
STEPS = {"h100": "H100 SXM5 80GB", "h800": "H800 SXM5 80GB", "h20": "H20 96GB", "910c": "Ascend 910C"}
BOX = re.compile(r"M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h")
TANK, BLOCK, LINK = figures.pipes.TANK, figures.pipes.BLOCK, figures.pipes.LINK


@pytest.fixture(scope="module")
def panel():
    return panels.picture_panel(TABLE)


def drawn(rows, fill):
    """Left edge, top, width and height of every filled box of a colour, as it stands in the chart's rows."""
    paths = [r["path"] for r in rows if r["kind"] == "shape" and r["fill"] == fill]
    return [tuple(map(float, box)) for path in paths for box in BOX.findall(path)]


def measured(rows):
    """Area of blue, area of the tank, width of the pipe to memory and of that to other chips, of one chip."""
    orange = sorted(drawn(rows, TANK))  # the tank stands left of the pipe, whatever the order of drawing
    tank, pipe = orange if len(orange) == 2 else (None, None)
    return {
        "fp16_bf16_tflops_dense": sum(w * h for _, _, w, h in drawn(rows, BLOCK)),
        "memory_gb": tank[2] * tank[3] if tank else None,
        "memory_bandwidth_gb_s": pipe[3] if pipe else None,
        "link_bidir_gb_s": drawn(rows, LINK)[0][3],
    }


@pytest.mark.parametrize("step", STEPS)
def test_areas_and_widths_are_in_the_proportion_of_the_table(panel, step):
    first, now = (measured(panel.set(step=s).rows) for s in ("h100", step))
    for column in first:
        ratio = SHEET.loc[STEPS[step], column] / SHEET.loc["H100 SXM5 80GB", column]
        assert now[column] / first[column] == pytest.approx(ratio, rel=0.02), column


def test_both_pipes_have_one_scale(panel):
    found = measured(panel.set(step="h100").rows)
    assert found["memory_bandwidth_gb_s"] / found["link_bidir_gb_s"] == pytest.approx(3350 / 900, rel=0.01)


def test_two_joined_blocks_are_the_910c_and_pale_is_what_one_source_adds(panel):
    """752 in Huawei's paper, 800 in its keynote: two equal squares, solid to the one, pale to the other."""
    rows = panel.set(step="910c").rows
    solid, pale = drawn(rows, BLOCK), drawn(rows, figures.pipes.PALE_BLOCK)
    assert len(solid) == 2 and solid[0][2:] == solid[1][2:] and solid[0][2] == pytest.approx(solid[0][3])
    outer = [b for b in pale if b[2] > 50]  # the key below has a small sample
    assert sum(w * h for _, _, w, h in outer) / sum(w * h for _, _, w, h in solid) == pytest.approx(800 / 752, rel=0.01)
    assert "752 to 800 TFLOPS" in [r["words"] for r in rows if r["kind"] == "words"]


def test_side_by_side_both_chips_have_one_scale(panel):
    rows = panel.set(step="two", left="H100 SXM5 80GB", right="Ascend 950DT").rows
    middle = figures.pipes.WIDTH / 2
    blocks = drawn(rows, BLOCK)
    left, right = (sum(w * h for x, _, w, h in blocks if (x > middle) == side) for side in (False, True))
    assert right / left == pytest.approx(486 / 989.5, rel=0.02)
    links = sorted(drawn(rows, LINK))
    assert links[1][3] / links[0][3] == pytest.approx(2000 / 900, rel=0.02)


def test_a_pale_area_has_its_key_and_plates_their_name(panel):
    for preset, pale in (("What sets H800 and H20 apart?", 0), ("What does a 910C add to a 910B?", 2)):
        words = [row["words"] for row in panel.apply(preset).rows if row.get("words")]
        assert words.count("other chips") == 2
        assert words.count("pale: up to the highest source") == pale


def test_the_ghost_is_the_h100(panel):
    """Dashed outlines are the H100's own block, where a chip has less: step 3 has one block's worth of vermilion."""
    block = drawn(panel.set(step="h100").rows, BLOCK)[0]
    rows = panel.set(step="h20").rows
    dashed = [r["path"] for r in rows if r["kind"] == "shape" and r["dash"] != [1, 0] and r["stroke"] == figures.pipes.POINTED]  # fmt: skip
    boxes = [tuple(map(float, b)) for path in dashed for b in BOX.findall(path)]
    assert block in boxes and len(boxes) == 1


@pytest.mark.parametrize("chip", studies.PICTURED)
def test_what_is_not_published_is_a_question_mark_and_what_is_none_is_not_drawn(panel, chip):
    found = studies.parts(TABLE, chip)
    rows = panel.set(step="two", left=chip, right=chip).rows
    unknown = [m for m in studies.DRAWN if not found.known(m)]
    words = [r["words"] for r in rows if r["kind"] == "words"]
    assert words.count("?") == words.count("not published") == 2 * len(unknown)
    columns = {m: studies.MEASURES[m][0] for m in studies.DRAWN}
    assert unknown == [m for m, column in columns.items() if math.isnan(SHEET.loc[chip, column])]
    none = SHEET.loc[chip, "link_bidir_gb_s"] == 0
    assert bool(drawn(rows, LINK)) == (not none and "link" not in unknown) and words.count("none") == 2 * none


def test_a_step_is_one_sentence_of_twenty_words_with_one_number(panel):
    names = sorted({studies.short(c) for c in studies.PICTURED}, key=len, reverse=True)
    settings = [{"step": step} for step in STEPS]
    settings += [{"step": "two", "left": a, "right": b} for a, b in itertools.permutations(studies.PICTURED, 2)]
    for setting in settings:
        state = panel.set(**setting)
        bare = state.reading
        for name in names:
            bare = bare.replace(name, "chip")
        assert len(state.reading.split()) <= 20 and words_and_numbers(bare)[1] <= 1, state.reading
        assert state.rows and len(state.signals["title"]) <= 90 and state.more.endswith("."), state.signals["title"]


def test_the_steps_say_what_the_sheets_give(panel):
    said = {step: panel.set(step=step).reading for step in STEPS}
    assert "44%" in said["h800"] and round(400 / 900, 2) == 0.44
    assert "15%" in said["h20"] and round(148 / 989.5, 2) == 0.15
    assert "76%" in said["910c"] and round(752 / 989.5, 2) == 0.76
    assert "memory and pipe to memory (75%)" in panel.apply("What did letters of 2025 leave?").reading
    assert "none of the four is published" in panel.set(step="two", right="BW1000").reading


def box(row):
    """Left, right, top and bottom of a line of words, a little generously."""
    return *reach(row, 8.9 if row["bold"] else 8.1), row["y"] - 12, row["y"] + 3


def test_words_keep_to_the_sheet_and_off_each_other(panel):
    settings = [{"step": step} for step in STEPS]
    settings += [{"step": "two", "left": c, "right": d} for c, d in zip(studies.PICTURED, studies.PICTURED[1:])]
    for setting in settings:
        rows = [r for r in panel.set(**setting).rows if r["kind"] == "words"]
        for row in rows:
            left, right, top, bottom = box(row)
            assert left >= 0 and right <= figures.pipes.WIDTH + 8 and top >= 0 and bottom <= figures.pipes.HEIGHT + 4, (
                row
            )
        for one, other in itertools.combinations(rows, 2):
            (a, b, c, d), (e, f, g, h) = box(one), box(other)
            assert not (a < f and e < b and c < h and g < d), (setting, one["words"], other["words"])


def test_pictures_are_of_one_size_with_letters_of_sixteen_pixels(panel):
    for step in (*STEPS, "two"):
        panel.set(step=step)
        svg = svg_of(panel)
        width, height = size_of(svg)
        assert width <= 800 and height <= 430, (width, height)
        assert {float(s) for s in re.findall(r'font-size="([\d.]+)', svg)} == {16.0}


def test_every_still_has_alt_text_of_its_own(panel):
    twin = panel.twin()
    said = [still["reading"] for still in twin["stills"]]
    assert len(said) == len(set(said)) == 5 and all(said) and "question mark" in twin["spec"]["description"]
