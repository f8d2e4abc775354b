"""What a notebook keeps of its outputs: twins in place of widgets, pictures by what they were drawn from."""

from __future__ import annotations

import copy

from helpers.core import stored

SPEC = {"description": "A line.", "params": [{"name": "panel", "value": {"rows": [{"x": 1.0}]}}], "mark": "line"}
TWIN = {
    "title": "Two <taps>",
    "reading": "The slower tap decides & binds.",
    "spec": SPEC,
    "stills": [
        {"name": "Stock", "reading": "Stock only.", "panel": {"rows": [{"x": 1}]}},
        {"name": "Flow", "reading": "Flow joins.", "panel": {"rows": [{"x": 2}]}},
    ],
    "answers": {"What if it leaks?": "It drains."},
}
LIVE = {
    "output_type": "execute_result",
    "execution_count": 3,
    "metadata": {},
    "data": {stored.WIDGET: {"model_id": "a1"}, stored.TWIN: TWIN, "text/plain": "Panel “Two taps”: ..."},
}


def draw(spec):
    return f"<svg>{stored.fingerprint(spec)}</svg>"


def notebook(*outputs):
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}},
        "cells": [
            {"cell_type": "markdown", "id": "00-000", "metadata": {}, "source": "# T"},
            {"cell_type": "code", "id": "00-001", "metadata": {}, "source": "p", "execution_count": 3,
             "outputs": list(outputs)},
        ],
    }  # fmt: skip


def test_a_panel_becomes_sentence_picture_and_stills_without_widget():
    sentence, chart, below = stored.as_stored([LIVE], draw)
    assert (
        "Two &lt;taps&gt;." in sentence["data"][stored.HTML] and "decides &amp; binds" in sentence["data"][stored.HTML]
    )
    assert chart["data"][stored.VEGA_LITE] == SPEC and chart["data"][stored.SVG] == draw(SPEC)
    # Of two steps, the first is the picture above.
    assert below["data"][stored.HTML].count("<img data-spec=") == 1 and "1. " not in below["data"][stored.HTML]
    assert "What if it leaks?" in below["data"][stored.HTML]
    assert 'alt="Step 2, Flow: Flow joins."' in below["data"][stored.HTML]
    assert not any({stored.WIDGET, stored.TWIN} & set(o["data"]) for o in (sentence, chart, below))


def test_every_step_has_a_still_where_the_picture_above_shows_none():
    live = copy.deepcopy(LIVE)
    live["data"][stored.TWIN]["spec"]["params"][0]["value"] = {"rows": [{"x": 5}]}
    *_, below = stored.as_stored([live], draw)
    assert below["data"][stored.HTML].count("<img data-spec=") == 2


def test_what_is_stored_stays_as_it_is():
    once = stored.as_stored([LIVE], draw)
    assert stored.as_stored(once, draw) == once


def test_a_widget_without_a_twin_leaves_its_text():
    (kept,) = stored.as_stored([{**LIVE, "data": {stored.WIDGET: {}, "text/plain": "Ready."}}])
    assert kept["data"] == {"text/plain": "Ready."}


def test_a_changed_picture_or_sentence_is_a_difference_and_a_redrawn_one_is_not():
    old = stored.as_stored([LIVE], draw)
    assert stored.comparable([LIVE]) == stored.comparable(old)
    for change in ("reading", "spec", "stills"):
        other = copy.deepcopy(LIVE)
        twin = other["data"][stored.TWIN]
        if change == "reading":
            twin["reading"] = "Another."
        elif change == "spec":
            twin["spec"]["params"][0]["value"]["rows"][0]["x"] = 1.5
        else:
            twin["stills"][1]["panel"]["rows"][0]["x"] = 9
        assert stored.comparable([other]) != stored.comparable(old), change


def test_one_and_one_point_nought_are_one_number():
    assert stored.fingerprint({"x": 1.0}) == stored.fingerprint({"x": 1}) != stored.fingerprint({"x": 2})


def test_a_save_finds_the_pictures_by_what_they_were_drawn_from():
    old = notebook(*stored.as_stored([LIVE], draw))
    saved = stored.as_saved(notebook(LIVE), old)
    assert saved == old and saved["cells"][1]["outputs"][1]["data"][stored.SVG] == draw(SPEC)
    moved = copy.deepcopy(LIVE)
    moved["data"][stored.TWIN]["spec"]["params"][0]["value"]["rows"][0]["x"] = 7
    outputs = stored.as_saved(notebook(moved), old)["cells"][1]["outputs"]
    assert stored.SVG not in outputs[1]["data"], "the old picture does not stand for a new setting"


def test_what_jupyterlab_adds_is_no_change():
    old = notebook(*stored.as_stored([LIVE], draw))
    page = copy.deepcopy(old)
    page["metadata"] |= {"widgets": {"state": 1}, "language_info": {"name": "python", "version": "3.11.7"}}
    page["cells"][0]["metadata"]["trusted"] = True
    page["cells"][1]["outputs"][1]["data"]["image/png"] = "iVBOR"
    page["cells"][1]["outputs"][1]["data"][stored.VEGA_LITE]["params"][0]["value"]["rows"][0]["x"] = 1
    assert stored.as_saved(page, old) == old
    page["cells"][0]["source"] = "# Mine"
    assert stored.as_saved(page, old)["cells"][0]["source"] == "# Mine"
    assert stored.as_saved(page, old)["cells"][1] == old["cells"][1]


def test_a_new_notebook_is_saved_without_widgets():
    saved = stored.as_saved(notebook(LIVE), None)
    assert len(saved["cells"][1]["outputs"]) == 3 and stored.WIDGET not in str(saved)


def lean():
    live = copy.deepcopy(LIVE)
    twin = live["data"][stored.TWIN]
    live["data"][stored.TWIN] = {name: twin[name] for name in ("title", "reading", "spec")} | {"lean": True}
    return live


def test_a_save_puts_back_below_a_lean_panel_what_the_notebook_held():
    old = notebook(*stored.as_stored([LIVE], draw))
    assert stored.as_saved(notebook(lean()), old) == old, "byte for byte, as after a run with all stills"


def test_what_stood_below_another_panel_or_other_code_is_not_put_back():
    old = notebook(*stored.as_stored([LIVE], draw))
    other = lean()
    other["data"][stored.TWIN]["title"] = "Another"
    assert len(stored.as_saved(notebook(other), old)["cells"][1]["outputs"]) == 2
    changed = notebook(lean())
    changed["cells"][1]["source"] = "p.set(x=2)"
    assert len(stored.as_saved(changed, old)["cells"][1]["outputs"]) == 2


def test_two_panels_of_one_cell_keep_what_is_theirs():
    second = copy.deepcopy(LIVE)
    second["data"][stored.TWIN] |= {"title": "Second", "answers": {"Why?": "So."}}
    old = notebook(*stored.as_stored([LIVE, second], draw))
    light = lean()
    light["data"][stored.TWIN]["title"] = "Second"
    assert stored.as_saved(notebook(lean(), light), old) == old


def test_a_question_as_title_keeps_its_mark_and_gets_no_full_stop():
    """Of a live panel and of its plain words: “Who waits?.” is no sentence."""
    asked = copy.deepcopy(LIVE)
    asked["data"][stored.TWIN]["title"] = "Who waits?"
    for title, output in (("Who waits?", asked), ("Two &lt;taps&gt;.", LIVE)):
        sentence = stored.as_stored([output], draw)[0]["data"]
        assert sentence[stored.HTML].startswith(f"<p><b>{title}</b> ")
    assert stored.as_stored([asked], draw)[0]["data"]["text/plain"].startswith("Who waits? The slower")
