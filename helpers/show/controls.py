"""The controls of a panel: what a setting may be, and what it is called. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


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


@dataclass(frozen=True)
class Steps(Stops):
    """The steps of a storyboard, in order, shown as Back, Next and the step's name.

    A panel has at most one. What the page stores holds a still of every step.
    """


Control = Number | Choice | Span


def label(control: Control) -> str:
    """What a control is called, with its unit."""
    unit = getattr(control, "unit", "")
    return f"{control.label} ({unit})" if unit else control.label


def words(control: Control, value: Any) -> str:
    """A value of a control as a reader sees it."""
    if isinstance(control, Span):
        return f"{value[0]} to {value[1]}"
    if isinstance(control, Number):
        return f"{value:g}"
    return next(text for text, option in control.pairs() if option == value)
