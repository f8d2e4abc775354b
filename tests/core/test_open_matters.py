"""What may have changed since: the table, the line on each page that it touches, and the list before class."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.claims import figures
from helpers.core import data
from helpers.core.open_matters import open_matters
from helpers.course import authoring, before_class

MATTERS = data.load("open_matters")
TOUCHED = sorted({name for names in MATTERS["notebooks"] for name in names.split()})


def test_the_matters_that_every_teacher_must_look_up_are_listed():
    """10 and 27 November 2026, DS615, Apple and CXMT, the H200, NVIDIA's October quarter."""
    due = MATTERS.set_index("matter_id")["due"]
    assert due["affiliates-rule"] == due["mofcom-70"] == pd.Timestamp("2026-11-10")
    assert due["mofcom-72"] == pd.Timestamp("2026-11-27")
    assert {"ds615", "apple-cxmt", "h200-deliveries", "nvidia-october-quarter"} <= set(due.index[due.isna()])


def test_the_dated_matters_come_first_in_order():
    due = open_matters()["due"]
    assert due.dropna().is_monotonic_increasing and due.isna().sum() == due.isna()[::-1].cummin().sum()
    assert len(open_matters("24_more_chips_more_power")) == 1
    with pytest.raises(KeyError, match="notebook '99_nowhere' is not one of 00_start_here"):
        open_matters("99_nowhere")


@pytest.mark.parametrize("name", TOUCHED)
def test_each_page_that_a_matter_touches_shows_it(name):
    text = (authoring.SOURCE / f"{name}.md").read_text(encoding="utf-8")
    assert text.count(f'open_matters("{name}")') == 1
    line = figures.open_matters(name)
    assert line.startswith("<details><summary>What may have changed since ") and "It would move" in line
    assert all(matter in line for matter in open_matters(name)["matter"])


def test_no_page_shows_the_line_without_a_matter():
    pages = {p.stem for p in authoring.SOURCE.glob("*.md") if "open_matters(" in p.read_text(encoding="utf-8")}
    assert pages == set(TOUCHED)
    with pytest.raises(ValueError, match="no open matter .* touches 20_dies_and_yield"):
        figures.open_matters("20_dies_and_yield")


def test_the_list_before_class_has_every_matter_with_its_source(capsys):
    assert before_class.main([]) == 0
    said = capsys.readouterr().out
    assert all(matter in said for matter in MATTERS["matter"]) and said.count("It would move") == len(MATTERS)
    assert said.count("http") >= len(MATTERS) and said.index("10 November 2026") < said.index("27 November 2026")
    assert before_class.main(["30_kv_cache"]) == 0 and "none" in capsys.readouterr().out
    assert before_class.main(["99"]) == 2 and "'99' is not one of" in capsys.readouterr().out


def test_what_the_record_calls_scheduled_is_open_or_lies_ahead():
    """A date fixed in advance whose outcome was not found is an open matter once it has passed."""
    events = data.load("events").set_index("event_id")
    checked = MATTERS["checked"].max()
    passed = events[(events["status"] == "scheduled") & (events["date"] <= checked) & (events["date"] >= "2026-11-01")]
    assert set(passed.index) <= set(MATTERS["event_id"])
