"""Steps, folded controls, one live panel a cell, and the line that brings a setting back."""

from __future__ import annotations

import ipywidgets as widgets
import pytest

from helpers.core import stored
from helpers.show import charts, panel
from helpers.show.panel import Number, Panel, State, Steps, find


def storyboard():
    steps = Steps("step", "Step", [("Nothing yet", 0), ("One line", 1), ("Two lines", 2)], 0)
    chart = (
        charts.live("x")
        .mark_point()
        .encode(x="x:Q")
        .properties(title=charts.title("t", "m", "Source: s"), description="d")
    )
    return Panel(
        "Lines",
        [steps, Number("wide", "How wide", "px", 1, 9, 3, 1)],
        lambda step, wide, tall: State([{"x": step * wide * tall}], f"Step {step} shows {step}.", more="And more."),
        chart,
        {"What comes last?": {"step": 2}},
        more=[Number("tall", "How tall", "px", 1, 9, 1, 1)],
    )


def buttons(made):
    return {b.description: b for b in panel._within(made) if isinstance(b, (widgets.Button, widgets.ToggleButton))}


def test_back_and_next_walk_the_steps_and_stop_at_the_ends():
    made = storyboard()
    back, onward = buttons(made)["◀ Back"], buttons(made)["Next ▶"]
    assert back.disabled and not onward.disabled
    onward.click(), onward.click(), onward.click()
    assert made.settings["step"] == 2 and onward.disabled and not back.disabled
    back.click()
    assert made.settings["step"] == 1 and made.chart.params.panel["rows"] == [{"x": 3}]


def test_a_question_moves_the_steps_too():
    made = storyboard()
    buttons(made)["What comes last?"].click()
    assert made.settings["step"] == 2 and "Step 3 of 3: Two lines" in str(
        [w.value for w in panel._within(made) if isinstance(w, widgets.HTML)]
    )


def test_further_controls_wait_behind_a_button():
    made = storyboard()
    hidden = next(
        w
        for w in panel._within(made)
        if isinstance(w, widgets.VBox) and made._inputs["tall"][0] in panel._within(w) and w is not made
    )
    assert hidden.layout.display == "none"
    buttons(made)["More controls"].value = True
    assert hidden.layout.display == ""


def test_every_step_has_a_still_in_the_twin():
    twin = storyboard().twin()
    assert [s["name"] for s in twin["stills"]] == ["Nothing yet", "One line", "Two lines"]
    assert [s["panel"]["rows"] for s in twin["stills"]] == [[{"x": 0}], [{"x": 3}], [{"x": 6}]]
    assert twin["answers"] == {"What comes last?": "Step 2 shows 2. And more."}
    assert "line" not in twin["spec"]["params"][-1]["value"], "the line of code is for the live page"


def test_the_line_brings_the_setting_back():
    made = storyboard()
    made.set(step=1, tall=4)
    line, rows = made.line(), made.state.rows
    assert line == "from helpers.show.panel import find\nfind('Lines').set(step=1, tall=4)"
    assert made.chart.params.panel["line"] == line
    made.apply("Reset")
    exec(line, {})
    assert made.state.rows == rows and made.settings["tall"] == 4
    with pytest.raises(KeyError, match="no panel 'Nowhere' has been made yet"):
        find("Nowhere")


def test_running_a_cell_again_closes_the_panel_before(monkeypatch):
    monkeypatch.setattr(panel.cells, "running", lambda: "20-004")
    first = storyboard()
    alive = [w for w in panel._within(first)]
    second = storyboard()
    assert all(w.comm is None for w in alive) and second.comm is not None
    monkeypatch.setattr(panel.cells, "running", lambda: "20-009")
    third = storyboard()
    assert second.comm is not None and third.comm is not None, "another cell may show the same panel beside it"


def test_too_many_controls_at_first_are_refused():
    many = [Number(f"n{i}", "n", "", 0, 1, 0, 1) for i in range(4)]
    with pytest.raises(ValueError, match="at most 3 controls at first"):
        Panel("Four", many, lambda **_: State([], ""), charts.live("x").mark_point())


def test_a_live_panel_carries_its_twin():
    made = storyboard()
    bundle = made._repr_mimebundle_()
    mimes = bundle[0] if isinstance(bundle, tuple) else bundle
    if mimes is not None:  # without a comm there is nothing to show
        assert mimes[stored.TWIN]["title"] == "Lines" and stored.WIDGET in mimes


def test_a_learner_s_kernel_leaves_out_what_the_save_puts_back_while_the_panel_stands_at_its_start(monkeypatch):
    def carried(panel):
        bundle = panel._repr_mimebundle_()
        return (bundle[0] if isinstance(bundle, tuple) else bundle)[stored.TWIN]

    made = storyboard()
    assert "stills" in carried(made) and "answers" in carried(made)
    monkeypatch.setenv(stored.LEAN, "1")
    assert carried(made).keys() == {"title", "reading", "spec", "lean"}
    made.apply("What comes last?")
    assert "stills" in carried(made), "of a panel that was moved the notebook holds nothing yet"
