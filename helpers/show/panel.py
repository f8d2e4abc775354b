"""One panel pattern: controls, one reading sentence, one chart that is never re-created.

A panel wires; it computes nothing. On every change it reads its controls, calls a pure function
that returns a `State`, passes the rows to the chart as one Vega-Lite parameter and writes the
sentence. A value the function refuses (``ValueError``) becomes the sentence.

Why this way: the chart answers several times faster than one that is shown again in an Output
widget (``make bench`` measures both).
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import ipywidgets as widgets
import pandas as pd

from helpers.show import charts

charts.prepare_offline_charts()


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
        HTML below the chart (a list, a cited text); empty for none. Text from data must be escaped.
    more : str
        What else this setting tells, as plain text; folded on the page.
    """

    rows: list[dict[str, Any]]
    reading: str
    signals: Mapping[str, Any] = field(default_factory=dict)
    detail: str = ""
    more: str = ""


@dataclass(frozen=True)
class Number:
    """A slider with a typed twin.

    Attributes: name (argument of the compute function), label (plain words), unit, low, high,
    value (all in `unit`), step.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    value: float
    step: float

    def positions(self) -> list[Any]:
        return [self.low, self.high, self.value]

    def check(self, value: Any) -> Any:
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise ValueError(f"{self.label} must be a number; you typed {value!r}.") from None
        if not self.low <= number <= self.high:
            ends = " ".join(filter(None, (f"{self.low:g} to {self.high:g}", self.unit)))
            raise ValueError(f"{self.label} must be from {ends}; you gave {number:,.9g}.")
        # On the slider's own grid, so that slider, box, sentence and chart always agree.
        on_grid = self.low + round((number - self.low) / self.step) * self.step
        return min(round(on_grid, 10), self.high)


@dataclass(frozen=True)
class Choice:
    """A drop-down list. Attributes: name, label, options (values, or (words, value) pairs), value."""

    name: str
    label: str
    options: Sequence[Any]
    value: Any

    def pairs(self) -> list[tuple[str, Any]]:
        return [o if isinstance(o, tuple) else (str(o), o) for o in self.options]

    def values(self) -> list[Any]:
        return [value for _, value in self.pairs()]

    def positions(self) -> list[Any]:
        return self.values()

    def check(self, value: Any) -> Any:
        if value not in self.values():
            raise ValueError(f"{self.label} must be one of {', '.join(map(str, self.values()))}; you gave {value!r}.")
        return value


@dataclass(frozen=True)
class Span:
    """A range slider with two typed twins. Attributes: name, label, unit, low, high, value (pair), step."""

    name: str
    label: str
    unit: str
    low: int
    high: int
    value: tuple[int, int]
    step: int = 1

    def positions(self) -> list[Any]:
        return [(self.low, self.low), (self.high, self.high), (self.low, self.high), tuple(self.value)]

    def check(self, value: Any) -> Any:
        try:
            first, last = (int(v) for v in value)
        except (TypeError, ValueError):
            raise ValueError(f"{self.label} must be two whole numbers; you gave {value!r}.") from None
        if not self.low <= first <= last <= self.high:
            raise ValueError(
                f"{self.label} must run from {self.low} to {self.high}, the first before the last;"
                f" you gave {first} to {last}."
            )
        return (first, last)


@dataclass(frozen=True)
class Stops(Choice):
    """A choice among stops in order (dates, say), shown as a slider with a list as its twin."""

    def check(self, value: Any) -> Any:
        if value not in self.values():
            raise ValueError(
                f"{self.label} must be a stop from {self.pairs()[0][0]} to {self.pairs()[-1][0]}; you gave {value!r}."
            )
        return value


Control = Number | Choice | Span
# Vega sizes a chart once, for its first setting: room for what other settings draw further out.
ROOM = {"left": 5, "top": 5, "right": 30, "bottom": 12}
MOST_CONTROLS = 7  # a chip designer, a place and a date need seven
MOST_AT_FIRST = 3  # the others wait behind "More controls"
MOST_WORDS, MOST_NUMBERS = 35, 3  # in a reading


class Panel(widgets.VBox):
    """Controls, a reading sentence and one persistent chart.

    Parameters
    ----------
    title : str
        Names the panel for screen readers, text editions and tests.
    controls : list of Number, Choice, Span or Stops
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
        controls = [*controls, *more]
        if len(controls) > MOST_CONTROLS:
            raise ValueError(f"a panel takes at most {MOST_CONTROLS} controls; {title!r} has {len(controls)}.")
        self.name = title
        self.controls = {control.name: control for control in controls}
        self.presets = {name: dict(values) for name, values in (presets or {}).items()}
        for preset, values in self.presets.items():
            for name, value in values.items():
                if self.controls[name].check(value) != value:
                    raise ValueError(f"preset {preset!r} of {title!r}: {name} = {value!r} is off the slider's grid.")
        self._compute = compute
        self._quiet = False
        self.settings = self.defaults()
        self.state = self._try(self.settings)

        self._inputs: dict[str, tuple[widgets.Widget, ...]] = {}
        lines = [self._line(control) for control in controls]
        buttons = [self._button(name) for name in (*self.presets, "Reset")]
        self.sentence = widgets.HTML()
        self.detail = widgets.HTML()
        parameter = alt.param(name="panel", value=self._parameter())
        if chart.padding is alt.Undefined:
            chart = chart.properties(padding=ROOM)
        self.chart = alt.JupyterChart(
            chart.add_params(parameter), embed_options={"actions": False, "renderer": "svg"}, debounce_wait=0
        )
        if pick:
            self.chart.selections.observe(lambda change: self._picked(pick, change["new"]), names=[pick])
        self._write()
        super().__init__(
            [*lines, widgets.HBox(buttons, layout={"flex_flow": "row wrap"}), self.sentence, self.chart, self.detail]
        )
        self.add_class("course-panel")

    # -- what a notebook or a test may call ------------------------------------------------------

    def defaults(self) -> dict[str, Any]:
        """Every control at its start."""
        return {name: control.value for name, control in self.controls.items()}

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
        self.state = self._try(self.settings)
        self._show_settings()
        self._write()
        return self.state

    def apply(self, preset: str) -> State:
        """Go to a preset, or to "Reset"."""
        return self.set(**{**self.defaults(), **(self.presets[preset] if preset != "Reset" else {})})

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

    def presets_table(self) -> pd.DataFrame:
        """The presets as a table, so that the page teaches without a kernel or a mouse."""
        rows = []
        for name, values in self.presets.items():
            settings = {**self.defaults(), **values}
            row: dict[str, Any] = {"Preset": name}
            for key, control in self.controls.items():
                row[self._label(control)] = self._words(control, settings[key])
            rows.append({**row, "What the chart then shows": self._try(settings).reading})
        return pd.DataFrame(rows).set_index("Preset")

    def __repr__(self) -> str:
        return f"Panel “{self.name}”: {self.state.reading}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        # The stored text twin is the whole sentence, not the first 110 letters of it.
        bundle = super()._repr_mimebundle_(**kwargs)
        mimes = bundle[0] if isinstance(bundle, tuple) else bundle
        if mimes is not None:
            mimes["text/plain"] = repr(self)
        return bundle

    # -- inside ----------------------------------------------------------------------------------

    def _try(self, settings: Mapping[str, Any]) -> State:
        try:
            return self._compute(**settings)
        except ValueError as error:
            return State([], f"No answer at this setting: {error}")

    def _parameter(self) -> dict[str, Any]:
        # Signals keep their last values when a setting has no answer, so axes never lose their ends.
        self._signals = {**getattr(self, "_signals", {}), **self.state.signals}
        return {**self._signals, "rows": self.state.rows}

    def _write(self) -> None:
        self._say(self.state.reading)
        if self.detail.value != self.state.detail:
            self.detail.value = self.state.detail
        parameter = self._parameter()
        if self.chart.params.panel != parameter:
            self.chart.params.panel = parameter

    def _say(self, sentence: str) -> None:
        self.sentence.value = (
            '<p role="status" aria-live="polite" style="font-size:14px;line-height:1.45;max-width:760px;'
            f'margin:6px 0;color:var(--jp-ui-font-color1)">{html.escape(sentence)}</p>'
        )

    @staticmethod
    def _label(control: Control) -> str:
        unit = getattr(control, "unit", "")
        return f"{control.label} ({unit})" if unit else control.label

    @staticmethod
    def _words(control: Control, value: Any) -> str:
        if isinstance(control, Span):
            return f"{value[0]} to {value[1]}"
        if isinstance(control, Number):
            return f"{value:g}"
        return next(words for words, option in control.pairs() if option == value)

    def _button(self, name: str) -> widgets.Button:
        button = widgets.Button(description=name, layout={"width": "auto"})
        button.on_click(lambda _: self.apply(name))
        return button

    def _line(self, control: Control) -> widgets.HBox:
        """One control as a line of inputs, each calling `set`."""
        named = {"description": self._label(control), "style": {"description_width": "310px"}}
        twin = {"style": {"description_width": "initial"}, "layout": {"width": "125px"}}
        if isinstance(control, Stops):
            inputs: tuple[widgets.Widget, ...] = (
                widgets.SelectionSlider(
                    options=control.pairs(), value=control.value, readout=False, layout={"width": "590px"}, **named
                ),
                widgets.Dropdown(options=control.pairs(), value=control.value, layout={"width": "150px"}),
            )
        elif isinstance(control, Choice):
            inputs = (
                widgets.Dropdown(options=control.pairs(), value=control.value, layout={"width": "740px"}, **named),
            )
        elif isinstance(control, Span):
            ends = {"min": control.low, "max": control.high, "step": control.step}
            inputs = (
                widgets.IntRangeSlider(value=control.value, readout=False, layout={"width": "490px"}, **ends, **named),
                widgets.IntText(value=control.value[0], description="from", **twin),
                widgets.IntText(value=control.value[1], description="to", **twin),
            )
        else:
            ends = {"min": control.low, "max": control.high, "step": control.step}
            inputs = (
                widgets.FloatSlider(value=control.value, readout=False, layout={"width": "560px"}, **ends, **named),
                widgets.FloatText(value=control.value, step=control.step, description="or type", **twin),
            )
        self._inputs[control.name] = inputs
        for place, widget in enumerate(inputs):
            widget.tooltip = self._label(control)
            widget.observe(lambda change, c=control, p=place: self._moved(c, p, change["new"]), names="value")
        return widgets.HBox(list(inputs))

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
            for name, inputs in self._inputs.items():
                value = self.settings[name]
                values = (value, *value) if isinstance(self.controls[name], Span) else (value,) * len(inputs)
                for widget, shown in zip(inputs, values, strict=True):
                    if widget.value != shown:
                        widget.value = shown
        finally:
            self._quiet = False

    def _picked(self, name: str, selection: Any) -> None:
        points = getattr(selection, "value", None) or []
        if points and points[0].get(name) in self.controls[name].values():
            self.set(**{name: points[0][name]})
