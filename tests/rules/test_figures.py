"""Charts and tables of the rules: words and colours for every policy, labels that do not cover each other."""

from __future__ import annotations

import itertools
import math

from helpers.chips import model as chips
from helpers.core import data
from helpers.rules import figures, panels, studies
from tests.show.test_panel import size_of, svg_of


def test_every_review_policy_of_the_vocabulary_has_words_and_a_colour():
    words = data.load("rules/vocabulary")
    policies = set(words.loc[words["field"] == "review_policy", "word"])
    tariff = {word for word in policies if "tariff" in word}
    assert policies - tariff <= set(studies.STATUS_OF)
    assert set(studies.STATUS_OF.values()) == set(figures.STATUS_COLOURS)


def test_a_status_has_one_colour_in_every_picture():
    """The dots of the opening picture, day by day, against the colours of the regions and of the map."""
    for stage in studies.STAGES:
        fills = {row.get("fill") for row in figures.wall_rows(stage)}
        wanted = {figures.STATUS_COLOURS[status] for status in studies.at_the_wall(stage)["status"] if status}
        assert wanted <= fills and not (set(figures.STATUS_COLOURS.values()) - wanted) & fills, stage
    assert len(set(figures.STATUS_COLOURS.values())) == len(figures.STATUS_COLOURS)
    drawn = figures.margins_chart().to_dict()["layer"][0]["mark"]["color"]
    assert drawn == figures.STATUS_COLOURS[studies.FREE]


def test_answers_table_has_its_caption():
    table = figures.answers_table([{"chip": "H20", "on": "2025-04-09", "destination": "China"}], "One case")
    assert table.caption == "One case" and table.frame.index.tolist() == ["H20"]


def test_no_label_of_a_plane_covers_another_on_any_day():
    """A letter of 12 px is at most some 6.6 px wide, a line 14 px high."""
    panel = panels.regions_panel()
    wide, high = figures.PLANE_SIZE
    for on, plane in itertools.product(panel.controls["on"].values(), studies.PLANES):
        rows = [row for row in panel.set(on=on, plane=plane).rows if row["label"]]
        (left, right), (low, top) = figures.TPP_ENDS, figures.PLANE_ENDS[plane]
        boxes = []
        for row in rows:
            x = wide * math.log(row["label_x"] / left) / math.log(right / left)
            y = high * math.log(top / row["label_y"]) / math.log(top / low)
            boxes.append((x, y - 6, x + 6 * len(row["label"]), y + 6))
        for one, other in itertools.combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (on, plane, one, other)


def test_the_margins_chart_counts_its_lines():
    """Several chips share a line: the A800, the H800 and the HL-225B all answer the 600 GB/s of October 2022."""
    table = studies.margins()
    lines = table[["paragraph", "limb"]].drop_duplicates()
    title = figures.margins_chart().to_dict()["title"]["text"]
    assert title.startswith(f"{len(table)} cut-down chips stay under {len(lines)} lines") and len(lines) < len(table)
    limb = table.set_index("chip")["limb"]
    assert limb["A800"] == limb["H800"] == limb["Gaudi 2 HL-225B"] == "transfer rate"


def test_every_label_of_a_plane_leads_to_its_dot():
    """A line from the dot ends on the label's box: 6.6 px a letter, 14 px high; and no title is wider than the picture."""
    panel = panels.regions_panel()
    wide, high = figures.PLANE_SIZE
    for on, plane in itertools.product(panel.controls["on"].values(), studies.PLANES):
        state = panel.set(on=on, plane=plane)
        low, top = figures.PLANE_ENDS[plane]
        left, right = figures.TPP_ENDS
        for row in (row for row in state.rows if row["label"]):
            across = [wide * math.log(row[key] / left) / math.log(right / left) for key in ("label_x", "lead_x", "tpp")]
            down = [high * math.log(top / row[key]) / math.log(top / low) for key in ("label_y", "lead_y", "y")]
            assert across[0] - 0.1 <= across[1] <= across[0] + 6.6 * len(row["label"]) + 2.1, row
            assert abs(down[1] - down[0]) <= 7.1, row
            assert math.hypot(across[1] - across[2], down[1] - down[2]) < 60, row
            assert set(row["label"].split(", ")) <= {studies.short(chip) for chip in chips.known_chips()}
        assert 8.2 * len(state.signals["title"]) <= 798, state.signals["title"]
    assert size_of(svg_of(panel))[0] <= 840
