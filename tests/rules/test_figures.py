"""Charts and tables of the rules: words and colours for every policy, labels that do not cover each other."""

from __future__ import annotations

import itertools
import math

from helpers.core import data
from helpers.rules import figures, panels, studies


def test_every_review_policy_of_the_vocabulary_has_words_and_a_colour():
    words = data.load("rules/vocabulary")
    policies = set(words.loc[words["field"] == "review_policy", "word"])
    tariff = {word for word in policies if "tariff" in word}
    assert policies - tariff <= set(studies.STATUS_OF)
    assert set(studies.STATUS_OF.values()) == set(figures.STATUS_COLOURS)


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
