"""The open book's pieces: which settings a page answers, how they are looked up, how a cell becomes a page."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import date

import pytest
from bs4 import BeautifulSoup

from helpers.claims import panels as claims_panels
from helpers.core import data, stored
from helpers.course.book import answers, building, cells
from helpers.memory import panels as memory_panels
from helpers.show.controls import Choice, Number, Span, Steps


def unpacked(packed):
    return json.loads(zlib.decompress(base64.b64decode(packed["answers"])))


@pytest.mark.parametrize(
    "control, most, expected",
    [
        (Number("n", "n", "", 0, 3, 1, 1), 25, [0, 1, 2, 3]),
        (Number("n", "n", "", 0, 100, 7, 1), 5, [0, 7, 25, 50, 75, 100]),
        (Number("n", "n", "", 0.1, 0.5, 0.2, 0.1), 25, [0.1, 0.2, 0.3, 0.4, 0.5]),
        (Choice("c", "c", [("one", 1), ("two", 2)], 2), 25, [1, 2]),
        (Span("s", "s", "", 0, 9, (2, 5)), 25, [(0, 0), (0, 9), (2, 5), (9, 9)]),
    ],
)
def test_a_slider_has_its_ends_its_start_and_places_on_its_own_grid(control, most, expected):
    found = answers.stops(control, most)
    assert found == pytest.approx(expected) if isinstance(control, Number) else found == expected
    if isinstance(control, Number):
        assert [control.check(v) for v in found] == found


def test_a_value_that_a_question_asks_for_is_a_stop():
    assert 13 in answers.stops(Number("n", "n", "", 0, 100, 7, 1), 5, (13,))


def test_a_setting_is_written_as_the_page_s_own_script_writes_it():
    """JSON.stringify([1, 0.25, "a", [1, 2], "2026-01-05", null]) in a browser."""
    assert answers.key({"a": 1.0, "b": 0.25, "c": "a", "d": (1, 2), "e": date(2026, 1, 5), "f": None}) == (
        '[1,0.25,"a",[1,2],"2026-01-05",null]'
    )


def test_what_is_packed_is_what_the_panel_says():
    panel = memory_panels.picture_panel()
    packed = answers.packed(panel)
    found = unpacked(packed)
    assert len(found["by"]) == packed["count"] > 100
    assert set(packed["questions"].values()) <= set(found["by"])
    for setting in list(answers.settings(panel))[::17]:
        state = panel.set(**setting)
        rows, signals, reading, _, more = found["by"][answers.key(setting)]
        assert (reading, more) == (state.reading, state.more)
        assert len(rows) == len(state.rows) and signals["title"] == state.signals["title"]
        for place, row in zip(rows, state.rows, strict=True):
            assert json.loads(found["pool"][place]).keys() == row.keys()


@pytest.mark.parametrize("make", [memory_panels.picture_panel, lambda: claims_panels.claims_panel(data.load("claims"))])
def test_every_question_every_step_and_every_stop_of_every_control_is_answered(make):
    panel = make()
    packed = answers.packed(panel)
    by, start = unpacked(packed)["by"], panel.defaults()
    for at, control in enumerate(packed["controls"]):
        for value, _ in control["stops"]:
            values = json.loads(answers.key(start))
            values[at] = value
            assert json.dumps(values, ensure_ascii=False, separators=(",", ":")) in by, control["name"]
    steps = next((c for c in panel.controls.values() if isinstance(c, Steps)), None)
    for value in steps.values() if steps else ():
        for control in panel.first:
            for stop in answers.stops(control, answers.FEWER_STOPS):
                if control is not steps:
                    assert answers.key({**start, steps.name: value, control.name: stop}) in by


def test_money_is_no_formula_and_a_formula_needs_no_script():
    said = cells.with_maths("It cost $5.6M, not $6M; the ratio is $r^{1+s}$.")
    assert "$5.6M, not $6M" in said and "<msup>" in said


def test_each_cell_becomes_its_piece_and_hints_come_without_the_answer():
    notebook = {
        "cells": [
            {"cell_type": "markdown", "source": "# Title\n\n[next](14_chips_compared.ipynb#x)\n\n## A part?"},
            {"cell_type": "code", "metadata": {"tags": ["exercise"]}, "source": "needed = None", "outputs": []},
            {"cell_type": "code", "metadata": {}, "source": 'check("14-1", needed)', "outputs": []},
        ]
    }
    page = cells.page("x", notebook)
    assert page.title.startswith("Title") and page.body.find(id="a-part")
    assert page.body.find("a")["href"] == "14_chips_compared.html#x"
    assert len(page.body.select(".hints details")) >= 3
    assert "3,5" not in page.body.select_one(".hints").get_text()


def test_a_term_is_explained_once_where_it_first_stands_and_never_in_a_link():
    body = BeautifulSoup("<p><a href='x'>CXMT</a> CXMT makes memory. CXMT again.</p>", "html.parser")
    building._explain(body, data.load("glossary"), "26_memory_wall")
    links = body.select("a.term")
    assert [link.get_text() for link in links if link.get_text() == "CXMT"] == ["CXMT"]
    assert (
        links[0]["data-meaning"]
        and links[0]["data-chinese"] == "长鑫存储"
        and links[0]["href"].startswith("glossary.html#")
    )


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="holds something that is no book"):
        building.build(tmp_path, [])
    assert (tmp_path / "mine.txt").read_text() == "mine"
    with pytest.raises(ValueError, match="no notebook '99_none'"):
        building.build(tmp_path / "new", ["99_none"])


def test_an_earlier_book_is_replaced(tmp_path):
    building.build(tmp_path / "book", [])
    (tmp_path / "book" / "old.html").write_text("old")
    building.build(tmp_path / "book", [])
    assert not (tmp_path / "book" / "old.html").exists() and (tmp_path / "book" / "index.html").exists()


@pytest.mark.parametrize("title", ["Which gap?", "Two gates"])
def test_the_place_of_a_panel_is_found_whether_or_not_its_title_asks(title):
    twin = {"title": title, "reading": "It moves.", "spec": {"params": [], "description": "A picture."}}
    outputs = stored.as_stored([{"output_type": "display_data", "data": {stored.TWIN: twin}, "metadata": {}}])
    notebook = {"cells": [{"cell_type": "code", "metadata": {}, "source": "p", "outputs": outputs}]}
    assert cells.page("x", notebook).panels == [title]
