"""Widgets share looks that never change, and nothing that changes is shared."""

from __future__ import annotations

import ipywidgets as widgets

from helpers.show import charts, inputs, panel
from helpers.show.panel import Choice, Number, Panel, State


def one(title):
    chart = charts.live("x").mark_point().encode(x="x:Q").properties(description="d")
    controls = [Number("wide", "How wide", "px", 1, 9, 3, 1), Choice("kind", "Kind", ["a", "b"], "a")]
    return Panel(title, controls, lambda wide, kind: State([{"x": wide}], "It is.", more="More." * (wide > 3)), chart)


def looks(made):
    return [w.layout for w in panel._within(made) if w.layout is inputs.layout(w.layout.width)]


def test_two_panels_share_layouts_and_styles():
    first, second = one("One"), one("Two")
    assert set(map(id, looks(first))) == set(map(id, looks(second))) and len(looks(first)) > 11
    sliders = [next(w for w in panel._within(p) if isinstance(w, widgets.FloatSlider)) for p in (first, second)]
    assert sliders[0].style is sliders[1].style and sliders[0].style.description_width == "initial"
    assert sliders[0].layout.width == "188px"


def test_what_is_shown_in_one_panel_does_not_move_another():
    first, second = one("One"), one("Two")
    first.set(wide=5)
    shown = [[w.layout.display for w in panel._within(p)] for p in (first, second)]
    assert shown[0] != shown[1]
    assert all(w.display is None for w in looks(first) + looks(second))
