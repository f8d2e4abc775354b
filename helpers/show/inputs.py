"""The widgets a panel is put together from, and the looks they share.

ipywidgets gives every widget a layout and a style of its own: two more things that the kernel makes, sends and keeps,
and the page fetches. Looks that never change are made once here, and all panels on the page share them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import ipywidgets as widgets

from helpers.show import controls
from helpers.show.controls import Choice, Control, Span, Stops


def layout(width: str | None = None) -> widgets.Layout:
    """The one layout of this width; nobody may change it."""
    return _layout(width)


@cache
def _layout(width: str | None) -> widgets.Layout:
    return widgets.Layout(width=width)


def style(kind: type[widgets.Widget], words: str | None = None) -> widgets.Widget:
    """The one style of widgets of this kind; `words` is how wide their descriptions are."""
    return _style(kind.style.klass, words)


@cache
def _style(look: type[widgets.Widget], words: str | None) -> widgets.Widget:
    return look(description_width=words) if words else look()


def plain(kind: type[widgets.Widget], width: str | None = None, **said: Any) -> widgets.Widget:
    """A widget with looks that it shares.

    Parameters
    ----------
    kind : type
        Of the widget.
    width : str, optional
    **said
        What else its constructor takes, but for a layout and a style.
    """
    words = "initial" if "description" in said and kind is not widgets.Button else None
    return kind(layout=layout(width), style=style(kind, words), **said)


def box(kind: str, children: Sequence[widgets.Widget]) -> widgets.HBox:
    """A row whose look `panel.css` holds under that name."""
    return widgets.HBox(children, layout=layout(), _dom_classes=kind.split())


def button(name: str, act: Callable[[], Any], kind: str = "", **said: Any) -> widgets.Button:
    """A button as wide as its words."""
    made = plain(widgets.Button, "auto", description=name, _dom_classes=kind.split(), **said)
    made.on_click(lambda _: act())
    return made


def of(control: Control) -> tuple[widgets.Widget, ...]:
    """What moves a control: a slider and its typed twins, or a list."""
    named = {"description": controls.label(control), "tooltip": controls.label(control)}
    unnamed = {"tooltip": controls.label(control)}
    if isinstance(control, Stops):
        said = {"options": control.pairs(), "value": control.value}
        return (
            plain(widgets.SelectionSlider, "120px", readout=False, **said, **named),
            plain(widgets.Dropdown, "152px", **said, **unnamed),
        )
    if isinstance(control, Choice):
        return (plain(widgets.Dropdown, "276px", options=control.pairs(), value=control.value, **named),)
    ends = {"min": control.low, "max": control.high, "step": control.step}
    if isinstance(control, Span):
        return (
            plain(widgets.IntRangeSlider, "128px", value=control.value, readout=False, **ends, **named),
            *(plain(widgets.IntText, "72px", value=end, **unnamed) for end in control.value),
        )
    return (
        plain(widgets.FloatSlider, "188px", value=control.value, readout=False, **ends, **named),
        plain(widgets.FloatText, "84px", value=control.value, step=control.step, **unnamed),
    )
