"""A panel that answers quickly while a handle moves, and in full when it rests."""

from __future__ import annotations

import asyncio

from helpers.show import patient
from helpers.show.charts import alt, live
from helpers.show.controls import Number
from helpers.show.panel import State


def make(calls: list[tuple[float, bool]]) -> patient.PatientPanel:
    def compute(x: float, quick: bool, tell: patient.Tell) -> State:
        calls.append((x, quick))
        tell(1, 2, f"half of {x:g}")
        return State([{"x": x}], f"At {x:g}: {'quick' if quick else 'full'}.", more="more")

    chart = live("x").mark_point().encode(x=alt.X("x:Q")).properties(width=100, height=40, description="A dot.")
    return patient.PatientPanel(
        "Patience", [Number("x", "X", "", 0, 10, 1, 1)], compute, chart, presets={"Two?": {"x": 2}}
    )


def slider(panel):
    return panel._inputs["x"][0]


def test_a_moving_handle_gets_the_quick_answer_and_then_once_the_full_one(monkeypatch):
    monkeypatch.setattr(patient, "REST_S", 0.02)
    calls: list[tuple[float, bool]] = []

    async def drag() -> list[str]:
        panel, read = make(calls), []
        for x in (3, 4, 5):
            slider(panel).value = x
            read.append(panel.state.reading)
        await asyncio.sleep(0.1)
        return [*read, panel.state.reading]

    assert asyncio.run(drag()) == ["At 3: quick.", "At 4: quick.", "At 5: quick.", "At 5: full."]
    assert calls == [(1, False), (3, True), (4, True), (5, True), (5, False)]


def test_presets_code_and_stored_answers_are_full():
    calls: list[tuple[float, bool]] = []
    panel = make(calls)
    assert panel.apply("Two?").reading == "At 2: full." and panel.set(x=7).reading == "At 7: full."
    assert panel.twin()["answers"]["Two?"] == "At 2: full. more"


def test_without_a_kernel_a_moved_handle_gets_the_full_answer():
    panel = make([])
    slider(panel).value = 6
    assert panel.state.reading == "At 6: full."


def test_the_bar_is_there_only_while_work_is_done():
    panel, heard = make([]), []
    assert panel._bar in panel.children and panel._bar.layout.display == "none"
    panel._bar.observe(lambda change: heard.append((change["new"], panel.sentence.value)), names="value")
    panel.set(x=4)
    assert (
        [value for value, _ in heard] == [50] and panel._bar.layout.display == "none" and "At 4" in panel.sentence.value
    )


def test_stored_answers_do_not_touch_the_sentence():
    panel = make([])
    before = panel.sentence.value
    panel.twin()
    assert panel.sentence.value == before and "At 1: full." in before
