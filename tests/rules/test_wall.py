"""The picture of notebook 12: its steps are short, its wall is the table's, and no words lie on each other."""

from __future__ import annotations

import itertools
import re

import pytest

from helpers.rules import figures, panels, studies
from tests.clusters.test_picture import box
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

TPPS = (0, 1000, 2399, 4799, 20_999, 40_000)


@pytest.fixture(scope="module")
def panel():
    return panels.wall_panel()


@pytest.mark.parametrize("step", panels.WALL)
def test_a_step_is_one_sentence_with_one_number(panel, step):
    state = panel.set(step=step, tpp=0)
    words, numbers = words_and_numbers(state.reading)
    assert words <= 20 and numbers <= 1 and state.more.endswith("."), state.reading


@pytest.mark.parametrize("step", panels.WALL)
def test_words_keep_to_the_sheet_and_off_each_other(panel, step):
    for tpp in TPPS:
        rows = [r for r in panel.set(step=step, tpp=tpp).rows if r["kind"] == "words"]
        for row in rows:
            left, right, top, bottom = box(row)
            assert left >= -4 and right <= figures.WALL_WIDTH + 8, row
            assert top >= 0 and bottom <= figures.WALL_HEIGHT + 4, row
        for one, other in itertools.combinations(rows, 2):
            (a, b, c, d), (e, f, g, h) = box(one), box(other)
            assert not (a < f and e < b and c < h and g < d), (tpp, one["words"], other["words"])
    svg = svg_of(panel)
    width, height = size_of(svg)
    assert width <= 800 and height <= 430, (width, height)
    assert {float(s) for s in re.findall(r'font-size="([\d.]+)', svg)} <= {16.0}


def test_the_lines_are_those_of_the_rules():
    """87 FR 62186; 88 FR 73458; Reuters and others on the letters of April 2025; 91 FR 1684."""
    assert studies.wall_lines() == {
        "tpp": 4800, "links": 600, "small_tpp": 1600, "density": 5.92, "notice_tpp": 2400, "notice_low": 1.6,
        "notice_high": 3.2, "memory": 1400, "ceiling_tpp": 21_000, "ceiling_memory": 6500,
    }  # fmt: skip


def test_eight_chips_change_their_status_without_moving():
    found = {stage: studies.at_the_wall(stage).set_index("chip") for stage in studies.STAGES}
    assert len(found["jan-2026"]) == 8
    assert set(found["chips"]["status"]) == {""}
    free = {stage: set(rows.index[rows["status"] == studies.FREE]) for stage, rows in found.items()}
    assert free["oct-2022"] == free["oct-2023"] == free["apr-2025"] == set()
    assert free["cut-2022"] == {"A800", "H800"} and free["cut-2023"] == {"H20"}
    assert free["cut-2025"] == free["jan-2026"] == {"RTX 5090D V2"}
    case = found["jan-2026"]["status"] == "licence, case by case"
    assert set(case[case].index) == {"A100", "H100", "A800", "H800", "H200"}
    assert found["apr-2025"].loc["H20", "up"] == 4000 and found["cut-2023"].loc["H20", "tpp"] == 2368


def test_what_the_picture_draws_as_a_wall_is_what_the_classifier_says():
    """Just on either side of each line; 814 mm2, the H100's die."""
    at = studies.wall_lines()
    cases = [
        ("oct-2022", 4800, 814, at["links"], "licence, presumed refused"),
        ("oct-2022", 4800, 814, at["links"] - 1, studies.FREE),
        ("oct-2022", 4799, 814, at["links"], studies.FREE),
        ("oct-2023", 4800, 814, 100, "licence, presumed refused"),
        ("oct-2023", 1600, 270, 100, "licence, presumed refused"),
        ("oct-2023", 1600, 271, 100, "notice to the agency first"),
        ("oct-2023", 2399, 858, 100, studies.FREE),
    ]
    for stage, tpp, area, links, status in cases:
        assert studies.own_chip(stage, tpp, area, links, 1000).status == status, (stage, tpp, area, links)
    for stage, tpp, memory, status in [
        ("apr-2025", 2000, at["memory"], "licence, policy not published"),
        ("apr-2025", 2000, at["memory"] - 1, studies.FREE),
        ("jan-2026", at["ceiling_tpp"] - 1, at["ceiling_memory"] - 1, "licence, case by case"),
        ("jan-2026", at["ceiling_tpp"], 1000, "licence, presumed refused"),
        ("jan-2026", 4800, at["ceiling_memory"], "licence, presumed refused"),
    ]:
        assert studies.own_chip(stage, tpp, 858, 200, memory).status == status, (stage, tpp, memory)


def test_the_last_step_compares_four_chips_with_their_lines():
    """464 and 528 of 600 GB/s; 2,368 of 2,400; 1,344 of 1,400 GB/s."""
    table = studies.outside().set_index("chip")["below_percent"]
    expected = {"A800": 464 / 600, "H800": 528 / 600, "H20": 2368 / 2400, "RTX 5090D V2": 1344 / 1400}
    assert table.to_dict() == pytest.approx({chip: 100 * (1 - share) for chip, share in expected.items()})
    assert studies.outside().set_index("chip")["notice"].to_dict() == {chip: chip == "H20" for chip in expected}
    assert any(row.get("words") == "1% below notice" for row in figures.wall_rows("all"))
    long = {
        float(w)
        for r in figures.wall_rows("all")
        for w in re.findall(r"^M214\.0,[\d.]+h([\d.]+)v34", r.get("path", ""))
    }
    assert long == {round(396 * share, 1) for share in expected.values()}


def test_an_unknown_stage_is_refused():
    with pytest.raises(ValueError, match="stage = 'soon'"):
        studies.at_the_wall("soon")
