"""A panel's answers, worked out once for a page without a kernel: which settings, what they lead to, packed small.

A page cannot compute, so it carries what the panel said: every question and step, and every control moved by
itself from the start, from a question or from a step. Rows that several settings share are written once.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from helpers.core import safe
from helpers.show import charts, controls
from helpers.show.controls import Choice, Control, Number, Span, Steps, Stops
from helpers.show.panel import Panel

MOST_STOPS = 25  # of a slider that moves by itself from the start
FEWER_STOPS = 13  # from a question or a step


def stops(control: Control, most: int, also: tuple[Any, ...] = ()) -> list[Any]:
    """The values of a control that a page offers, in order.

    Parameters
    ----------
    control : Number, Choice, Span, Stops or Steps
    most : int
        Of a slider with more places, so many are taken, evenly, both ends among them.
    also : tuple
        Values that must be among them.

    Returns
    -------
    list
        On the slider's own grid; the start is always among them.

    Examples
    --------
    >>> stops(Number("n", "n", "", 0, 10, 3, 1), 3)
    [0, 3, 5, 10]
    """
    if isinstance(control, Number):
        places = round((control.high - control.low) / control.step)
        every = max(1, places / max(1, most - 1))
        taken = {control.check(min(control.low + round(i * every) * control.step, control.high)) for i in range(most)}
        return sorted({*taken, control.check(control.high), control.check(control.value), *map(control.check, also)})
    if isinstance(control, Span):
        return sorted({*map(tuple, control.positions()), *map(tuple, also)})
    return list(control.values())


def key(settings: Mapping[str, Any]) -> str:
    """A setting as the page looks it up: values in the order of the controls, whole numbers without a point."""
    return json.dumps([_plain(value) for value in settings.values()], ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def settings(panel: Panel) -> Iterator[dict[str, Any]]:
    """Every setting whose answer the page carries, each once.

    The start, the questions and the steps; from the start every control by itself over `MOST_STOPS`; from a question
    or a step every control that is seen at once, over `FEWER_STOPS`.
    """
    seen: set[str] = set()
    start = panel.defaults()
    asked = {name: tuple(v[name] for v in panel.presets.values() if name in v) for name in start}
    steps = next((c for c in panel.controls.values() if isinstance(c, Steps)), None)
    anchors = [{**start, **values} for values in panel.presets.values()]
    anchors += [{**start, steps.name: value} for value in steps.values()] if steps else []
    for anchor, most in [(start, MOST_STOPS), *((anchor, FEWER_STOPS) for anchor in anchors)]:
        moved = panel.controls.values() if most == MOST_STOPS else panel.first
        for made in [anchor, *({**anchor, c.name: v} for c in moved for v in stops(c, most, asked[c.name]))]:
            if (name := key(made)) not in seen:
                seen.add(name)
                yield made


def form(control: Control, asked: tuple[Any, ...] = ()) -> dict[str, Any]:
    """A control as the page draws it: its kind, label and the words of each of its stops."""
    values = stops(control, MOST_STOPS, asked)
    kind = "steps" if isinstance(control, Steps) else "slider" if isinstance(control, (Number, Stops)) else "list"
    return {
        "name": control.name,
        "label": controls.label(control),
        "kind": kind,
        "start": values.index(tuple(control.value) if isinstance(control, Span) else _as(control, control.value)),
        "stops": [[_plain(value), controls.words(control, value)] for value in values],
    }


def _as(control: Control, value: Any) -> Any:
    return control.check(value) if isinstance(control, Choice | Number) else value


def packed(panel: Panel) -> dict[str, Any]:
    """What the page needs to answer for a panel.

    Returns
    -------
    dict
        title, spec (live, its parameter ``panel`` at the start), controls (`form`), seen (names of controls that are
        seen at once), questions (name to key), and answers: base64 of deflated JSON with pool (rows as JSON texts),
        and by key: rows (numbers in the pool), signals, reading, detail, more.
    """
    asked = {name: tuple(v[name] for v in panel.presets.values() if name in v) for name in panel.controls}
    pool: dict[str, int] = {}
    found: dict[str, list[Any]] = {}
    signals: dict[str, Any] = {}
    start = panel.defaults()
    for setting in settings(panel):
        state = panel.answer(setting)
        rows = [
            pool.setdefault(json.dumps(charts.rounded(row), ensure_ascii=False, separators=(",", ":")), len(pool))
            for row in state.rows
        ]
        if setting == start:
            signals = charts.rounded(dict(state.signals))
        found[key(setting)] = [
            rows, charts.rounded(dict(state.signals)), state.reading, str(safe.as_html(state.detail)), state.more,
        ]  # fmt: skip
    text = json.dumps({"pool": list(pool), "by": found, "signals": signals}, ensure_ascii=False, separators=(",", ":"))
    return {
        "title": panel.name,
        "spec": panel.chart.static({"rows": []}),
        "controls": [form(c, asked[c.name]) for c in panel.controls.values()],
        "seen": [c.name for c in panel.first],
        "questions": {question: key({**start, **values}) for question, values in panel.presets.items()},
        "answers": base64.b64encode(zlib.compress(text.encode(), 9)).decode(),
        "count": len(found),
    }
