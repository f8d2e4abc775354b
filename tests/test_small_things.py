"""Faults seen by readers, each held as a kind over every panel and chart."""

from __future__ import annotations

import re

import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.course import authoring
from helpers.show.controls import Number
from helpers.timeline import figures as timeline_figures
from helpers.timeline import studies as timeline
from tests.catalogue import PANELS

NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"


@pytest.mark.parametrize("name", PANELS)
def test_no_control_says_its_range_twice(name):
    """ "from 0 to 10 0 to 10": a unit is no range."""
    for control in PANELS[name]().controls.values():
        assert not re.search(r"\d+ to \d+", getattr(control, "unit", "") or ""), control.label


@pytest.mark.parametrize("name", PANELS)
def test_a_title_with_a_count_follows_the_setting(name):
    """A fixed title of a panel's chart holds no count: the setting would make it false."""
    text = PANELS[name]().chart.spec["title"]["text"]
    assert not (isinstance(text, str) and re.search(r"\b\d+ of \d+\b", text)), text


def test_the_title_of_the_claims_follows_the_filter():
    panel = PANELS["What the thread claims"]()
    whole = panel.state.signals["title"]
    law = panel.set(topic="trade-law").signals["title"]
    assert law == "3 of 38 claims, on trade-law: a public text could settle each"
    nobody = panel.set(topic="", checkable_by="nobody").signals["title"]
    assert nobody == "4 of 38 claims: nobody could check them"
    assert panel.set(topic="politics", checkable_by="").signals["title"].endswith("on politics: anyone could check 1")
    claims = data.load("claims")
    for topic, kinds in claims.groupby("topic")["checkable_by"]:
        assert (topic in whole) == (set(kinds) == {"anyone"}), (
            "the first title tells topics apart and gives no count away"
        )


def test_the_first_setting_of_two_keys_hides_no_curve():
    rows = PANELS["Two keys"]().state.rows
    curves = {kind: [r["chance"] for r in rows if r["kind"] == kind] for kind in {r["kind"] for r in rows}}
    assert len({tuple(values) for values in curves.values()}) == 3


def test_the_yearly_table_has_every_year():
    """No tightening move is on record for 2021: the row stands there with zeros."""
    table = timeline.tight_by_year(timeline.timed_moves(data.load("events"), since="2010-01-01"))
    years = table.index.tolist()
    assert years == list(range(years[0], years[-1] + 1)) and table.loc[2021].sum() == 0


@pytest.mark.parametrize("path", authoring.sources(), ids=lambda p: p.stem)
def test_no_text_points_at_a_section_by_a_number_that_headings_do_not_have(path):
    text = path.read_text(encoding="utf-8")
    numbered = re.search(r"^#+ \d", text, flags=re.M)
    found = re.findall(rf"\bsections? (?:{NUMBER_WORDS})\b", text, flags=re.I)
    assert numbered or found == []


def test_a_button_that_names_a_day_answers_that_day():
    panel = PANELS["Design a chip"]()
    for name in panel.presets:
        if day := re.search(r"\d{1,2} [A-Z][a-z]+ \d{4}", name):
            assert f"on {day.group(0)}" in panel.apply(name).reading
        elif year := re.search(r"\b20\d\d\b", name):
            assert year.group(0) in panel.apply(name).reading


def test_the_designer_starts_at_the_h100_of_the_table():
    row = chips.table().set_index("chip").loc["H100 SXM5 80GB"]
    controls = PANELS["Design a chip"]().controls
    assert isinstance(controls["dense_tops"], Number)
    assert controls["dense_tops"].value == row["fp16_bf16_tflops_dense"]


def test_a_contested_event_is_called_so_in_every_list_of_titles():
    events = data.load("events")
    pairs = timeline_figures.pairs_table(data.load("responses"), events).frame.reset_index()
    contested = set(events.loc[events["confidence"] == "contested", "title"])
    shown = [*pairs["Move"], *pairs["Later move"]]
    assert not contested & set(shown)
    titles = timeline.told(events)
    assert titles.str.endswith(" (contested)").sum() == len(contested) > 5
    panel = PANELS["Who restricted what, when"]()
    for event_id in events.loc[events["confidence"] == "contested", "event_id"].head(3):
        assert "Confidence: contested" in panel.set(event_id=event_id).detail
