"""One panel pattern: questions, controls, one reading sentence, one chart that is never re-created.

A panel wires; it computes nothing. On every change it reads its controls, calls a pure function
that returns a `State`, passes the rows to the chart as one Vega-Lite parameter and writes the
sentence. A value the function refuses (``ValueError``) becomes the sentence.

Why this way: the chart answers several times faster than one that is shown again in an Output
widget (``make bench`` measures both).

What a notebook stores of a panel is its twin: sentence, picture at the start, a still of every
step, answers to the preset questions. `helpers.core.stored` writes it.
"""

from __future__ import annotations

import itertools
import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import ipywidgets as widgets

from helpers.core import safe, stored
from helpers.show import cells, charts, inputs, script
from helpers.show.charts import alt
from helpers.show.controls import Choice, Control, Number, Span, Steps, Stops

__all__ = [
    "MOST_AT_FIRST", "MOST_CONTROLS", "MOST_NUMBERS", "MOST_WORDS", "ROOM",
    "Choice", "Number", "Panel", "Span", "State", "Steps", "Stops", "find",
]  # fmt: skip

script.prepare()

# Vega sizes a chart once, for its first setting: room for what other settings draw further out.
ROOM = {"left": 5, "top": 5, "right": 30, "bottom": 12}
MOST_CONTROLS = 7  # a chip designer, a place and a date need seven
MOST_AT_FIRST = 3  # the others wait behind "More controls"
MOST_WORDS, MOST_NUMBERS = 35, 3  # in a reading

# The panels on the page, by the cell that made them and their title: running the cell again closes the one before.
_MADE: weakref.WeakValueDictionary[tuple[str, str], Panel] = weakref.WeakValueDictionary()


@dataclass(frozen=True)
class State:
    """What a setting leads to: rows for the chart, a sentence that reads it, and more for the page.

    Attributes
    ----------
    rows : list of dict
        One dict a mark, plain Python values (dates as milliseconds).
    reading : str
        What the chart shows at this setting: at most `MOST_WORDS` words and `MOST_NUMBERS` numbers.
    signals : dict
        Further values the chart reads as ``panel.<name>`` (titles, scale ends).
    detail : str
        Below the chart (a list, a cited text); empty for none. HTML made by `safe.html`; other text is shown as it is.
    more : str
        What else this setting tells, as plain text; folded on the page.
    """

    rows: list[dict[str, Any]]
    reading: str
    signals: Mapping[str, Any] = field(default_factory=dict)
    detail: str = ""
    more: str = ""


class Panel(widgets.VBox):
    """Questions, controls, a reading sentence and one persistent chart.

    Parameters
    ----------
    title : str
        Names the panel for screen readers, text editions and tests.
    controls : list of Number, Choice, Span, Stops or Steps
        At most `MOST_AT_FIRST`: what the reader meets first.
    compute : callable
        Pure: takes each control's name as a keyword, returns a `State`; raises ``ValueError`` with a
        sentence for a setting that has no answer.
    chart : Altair chart
        Built on `charts.live`; carries a description (its alt text).
    presets : dict of str to dict, optional
        A reader's question, in words, to control values; controls not named go to their start.
    pick : str, optional
        Name of a `Choice` that a click on a mark sets; the chart must hold a point selection of
        that name over a field of that name.
    more : list of controls, optional
        The controls behind "More controls"; never more than `MOST_CONTROLS` in all.

    Raises
    ------
    ValueError
        Too many controls, or a preset off a control's grid.
    """

    def __init__(
        self,
        title: str,
        controls: Sequence[Control],
        compute: Callable[..., State],
        chart: alt.TopLevelMixin,
        presets: Mapping[str, Mapping[str, Any]] | None = None,
        pick: str | None = None,
        more: Sequence[Control] = (),
    ) -> None:
        first, controls = list(controls), [*controls, *more]
        if len(controls) > MOST_CONTROLS:
            raise ValueError(f"a panel takes at most {MOST_CONTROLS} controls; {title!r} has {len(controls)}.")
        if len(first) > MOST_AT_FIRST:
            raise ValueError(f"a panel shows at most {MOST_AT_FIRST} controls at first; {title!r} has {len(first)}.")
        self.name, self.first = title, first
        self.controls = {control.name: control for control in controls}
        self.presets = {name: dict(values) for name, values in (presets or {}).items()}
        for preset, values in self.presets.items():
            for name, value in values.items():
                if self.controls[name].check(value) != value:
                    raise ValueError(f"preset {preset!r} of {title!r}: {name} = {value!r} is off the slider's grid.")
        self._compute = compute
        self._quiet = False
        self._after: Callable[[], None] = lambda: None  # a storyboard shows its step here
        self.settings = self.defaults()
        self.state = self.answer(self.settings)
        self._register()

        self._inputs: dict[str, tuple[widgets.Widget, ...]] = {}
        self.sentence, self.detail, self.more = (inputs.plain(widgets.HTML) for _ in range(3))
        parameter = alt.param(name="panel", value=self._parameter())
        if chart.padding is alt.Undefined:
            chart = chart.properties(padding=ROOM)
        self.chart = script.PanelChart(
            chart.add_params(parameter),
            debounce_wait=0,
            layout=inputs.layout(),
            embed_options={
                "actions": {"export": True, "source": False, "compiled": False, "editor": False},
                "renderer": "svg",
                "downloadFileName": title.lower().replace(" ", "-").replace("?", ""),
                "i18n": {
                    "CLICK_TO_VIEW_ACTIONS": "Save or copy",
                    "PNG_ACTION": "Save picture (PNG)",
                    "SVG_ACTION": "Save picture (SVG)",
                },
            },
        )
        if pick:
            self.chart.selections.observe(lambda change: self._picked(pick, change["new"]), names=[pick])
        self._folded = self._fold("More about this setting", [self.more])
        self._write()
        inside = [*self._top(first, list(more)), self.sentence, self.chart, *self._folded, self.detail]
        super().__init__(inside, _dom_classes=["course-panel"])

    # -- what a notebook or a test may call ------------------------------------------------------

    def defaults(self) -> dict[str, Any]:
        """Every control at its start."""
        return {name: control.value for name, control in self.controls.items()}

    def answer(self, settings: Mapping[str, Any]) -> State:
        """The state at a setting; nothing moves.

        Parameters
        ----------
        settings : mapping
            A value of every control, by name.

        Returns
        -------
        State
            Without rows, and with the reason as its reading, where the study refuses the setting.
        """
        try:
            return self._compute(**settings)
        except ValueError as error:
            return State([], f"No answer at this setting: {error}")

    def set(self, **values: Any) -> State:
        """Move controls, as a reader would, and return the state they lead to.

        Raises
        ------
        KeyError
            A control of that name does not exist.
        """
        for name in values:
            if name not in self.controls:
                raise KeyError(f"{self.name!r} has no control {name!r}; it has {', '.join(self.controls)}.")
        try:
            checked = {name: self.controls[name].check(value) for name, value in values.items()}
        except ValueError as error:
            # Nothing moves: the chart and the controls keep the last good setting.
            self._say(f"{error} The chart still shows the last good setting.")
            return State([], str(error))
        self.settings = {**self.settings, **checked}
        self.state = self.answer(self.settings)
        self._show_settings()
        self._write()
        return self.state

    def apply(self, preset: str) -> State:
        """Go to a preset question, or to "Reset"."""
        return self.set(**{**self.defaults(), **(self.presets[preset] if preset != "Reset" else {})})

    def line(self) -> str:
        """The code that brings this setting back in a cell of its own, once the panel's cell has run."""
        moved = {k: v for k, v in self.settings.items() if v != self.controls[k].value}
        setting = ", ".join(f"{name}={value!r}" for name, value in moved.items())
        return f"from {__name__} import find\nfind({self.name!r}).set({setting})"

    def positions(self) -> list[dict[str, Any]]:
        """Settings a test visits: each control at each end, each option, each preset."""
        ends = [
            {**self.defaults(), name: value} for name, control in self.controls.items() for value in control.positions()
        ]
        numbers = [c for c in self.controls.values() if isinstance(c, Number)]
        corners = [
            {**self.defaults(), **dict(zip((c.name for c in numbers), corner, strict=True))}
            for corner in itertools.product(*((c.low, c.high) for c in numbers))
        ]
        return ends + corners + [{**self.defaults(), **values} for values in self.presets.values()]

    def close(self) -> None:
        """Close the panel and everything in it; its chart and controls stay silent from then on."""
        for widget in _within(self):
            if widget is not self:
                widget.close()
        super().close()

    def __repr__(self) -> str:
        return f"Panel “{self.name}”: {self.state.reading}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        mimes = bundle[0] if isinstance(bundle, tuple) else bundle
        if mimes is not None:
            mimes["text/plain"] = repr(self)
            lean = bool(os.environ.get(stored.LEAN)) and self.settings == self.defaults()
            mimes[stored.TWIN] = self.twin(lean)
        return bundle

    def twin(self, lean: bool = False) -> dict[str, Any]:
        """What the page keeps when the kernel is gone: sentence, picture, stills of the steps, answers.

        Parameters
        ----------
        lean : bool
            Without stills and answers: the server's save puts back those that the notebook held.
        """
        spec = self.chart.static(self._parameter())
        ask = cache(lambda **settings: self.answer(settings))  # a preset is often a step's own setting
        made: dict[str, Any] = {"title": self.name, "reading": self.state.reading, "spec": spec}
        if lean:
            return {**made, "lean": True}
        steps = next((c for c in self.controls.values() if isinstance(c, Steps)), None)
        if steps is not None:
            states = [(name, ask(**{**self.settings, steps.name: value})) for name, value in steps.pairs()]
            made["stills"] = [
                {"name": name, "reading": state.reading, "panel": charts.rounded({**state.signals, "rows": state.rows})}
                for name, state in states
            ]
        if self.presets:
            made["answers"] = self._answers(ask)
        return made

    # -- inside ----------------------------------------------------------------------------------

    def _register(self) -> None:
        key = (cells.running(), self.name)
        if (before := _MADE.get(key)) is not None and key[0]:
            before.close()
        _MADE[key] = self

    def _answers(self, ask: Callable[..., State]) -> dict[str, str]:
        states = {question: ask(**{**self.defaults(), **values}) for question, values in self.presets.items()}
        return {question: " ".join(filter(None, (state.reading, state.more))) for question, state in states.items()}

    def _parameter(self) -> dict[str, Any]:
        # Signals keep their last values when a setting has no answer, so axes never lose their ends.
        self._signals = {**getattr(self, "_signals", {}), **self.state.signals}
        return {**self._signals, "rows": self.state.rows}

    def _write(self) -> None:
        self._say(self.state.reading)
        for place, text in ((self.detail, safe.as_html(self.state.detail)), (self.more, _paragraph(self.state.more))):
            if place.value != text:
                place.value = text
        self._folded[0].layout.display = "" if self.state.more else "none"
        parameter = {**self._parameter(), "line": self.line()}
        if self.chart.params.panel != parameter:
            self.chart.params.panel = parameter

    def _say(self, sentence: str) -> None:
        self.sentence.value = _paragraph(sentence, safe.Html('role="status" aria-live="polite"'))

    def _top(self, first: list[Control], more: list[Control]) -> list[widgets.Widget]:
        """Rows above the sentence: questions, the steps, the controls, those behind a button."""
        questions = [inputs.button(name, lambda name=name: self.apply(name)) for name in self.presets]
        reset = inputs.button("Reset", lambda: self.apply("Reset"))
        folded = (
            self._fold("More controls", [inputs.box("course-controls", [self._line(c) for c in more])]) if more else []
        )
        rows = [inputs.box("course-row", [*questions, reset, *folded[:1]])]
        rows += [self._steps(c) for c in first if isinstance(c, Steps)]
        if shown := [self._line(c) for c in first if not isinstance(c, Steps)]:
            rows.append(inputs.box("course-controls", shown))
        return [*rows, *folded[1:]]

    @staticmethod
    def _fold(words: str, inside: list[widgets.Widget]) -> list[widgets.Widget]:
        """A button, and what it shows and hides."""
        box = widgets.VBox(inside, layout={"display": "none"})
        button = widgets.ToggleButton(
            description=words,
            icon="caret-right",
            layout={"width": "auto", "align_self": "flex-start"},
            style=inputs.style(widgets.ToggleButton),
        )

        def turn(change: dict[str, Any]) -> None:
            box.layout.display = "" if change["new"] else "none"
            button.icon = "caret-down" if change["new"] else "caret-right"

        button.observe(turn, names="value")
        return [button, box]

    def _steps(self, control: Steps) -> widgets.HBox:
        """Back, the step's number and name, Next."""
        values = control.values()
        words = {value: text for text, value in control.pairs()}

        def go(by: int) -> None:
            at = values.index(self.settings[control.name]) + by
            if 0 <= at < len(values):
                self.set(**{control.name: values[at]})

        back = inputs.button("◀ Back", lambda: go(-1), "course-back")
        onward = inputs.button("Next ▶", lambda: go(1), "course-next")
        name = inputs.plain(widgets.HTML)

        def show() -> None:
            at = values.index(self.settings[control.name])
            back.disabled, onward.disabled = at == 0, at == len(values) - 1
            name.value = safe.html("Step {} of {}: {}", at + 1, len(values), words[values[at]])

        self._after = show
        show()
        return inputs.box("course-row course-steps", [back, onward, name])

    def _line(self, control: Control) -> widgets.HBox:
        """One control: its label above its inputs, each calling `set`."""
        made = self._inputs[control.name] = inputs.of(control)
        for place, widget in enumerate(made):
            widget.observe(lambda change, c=control, p=place: self._moved(c, p, change["new"]), names="value")
        return inputs.box("course-control", made)

    def _moved(self, control: Control, place: int, value: Any) -> None:
        if self._quiet:
            return
        if isinstance(control, Span) and place > 0:
            pair = list(self.settings[control.name])
            pair[place - 1] = value
            value = tuple(pair)
        self.set(**{control.name: value})

    def _show_settings(self) -> None:
        self._quiet = True
        try:
            for name, made in self._inputs.items():
                value = self.settings[name]
                values = (value, *value) if isinstance(self.controls[name], Span) else (value,) * len(made)
                for widget, shown in zip(made, values, strict=True):
                    if widget.value != shown:
                        widget.value = shown
        finally:
            self._quiet = False
        self._after()

    def _picked(self, name: str, selection: Any) -> None:
        points = getattr(selection, "value", None) or []
        if points and points[0].get(name) in self.controls[name].values():
            self.set(**{name: points[0][name]})


def find(title: str) -> Panel:
    """The panel of that title that was made last in this kernel.

    Parameters
    ----------
    title : str

    Returns
    -------
    Panel

    Raises
    ------
    KeyError
        No cell has made it yet.
    """
    for (_, name), panel in reversed(list(_MADE.items())):
        if name == title:
            return panel
    raise KeyError(f"no panel {title!r} has been made yet: run its cell first.")


def _within(widget: widgets.Widget) -> list[widgets.Widget]:
    return [widget, *(w for child in getattr(widget, "children", ()) for w in _within(child))]


def _paragraph(text: str, attributes: str = "") -> str:
    if not text:
        return ""
    return safe.html(
        '<p {} style="font-size:14px;line-height:1.4;max-width:860px;'
        'margin:4px 0;color:var(--jp-ui-font-color1)">{}</p>',
        attributes,
        text,
    )
