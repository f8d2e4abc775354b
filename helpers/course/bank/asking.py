"""Kinds of questions: a number to work out, the right row of a table, the largest of four.

A kind holds no number of the world. It draws rows of tables or settings of a model, lets the model answer, and makes
its wrong options from slips that have a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose, isfinite
from random import Random
from typing import Any

import pandas as pd

from helpers.core.words import figures, listed

OPTIONS = 4
LETTERS = "abcdefgh"  # of options
TOLERANCE = 0.02  # of a number that is typed
APART = 0.06  # two options differ by more
LEAST = 0.05  # an answer: learning platforms keep four places
MOST_TRIES = 400
# What fills up the options where a draw makes two slips alike.
_FALLBACK: Mapping[str, float] = {"ten times too much": 10, "ten times too little": 0.1, "twice too much": 2, "half of it": 0.5}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question with its answer.

    Attributes
    ----------
    key : str
        Unique in its notebook, the same for every seed.
    text : str
    answer : float or str
        The number, or the text of the right option.
    unit : str
        Of a number; empty for a choice.
    options : tuple of (str, str)
        Of a choice, in the order shown: its text, and why it is wrong (empty for the right one).
    why : str
        How the answer is found.
    values : dict
        What was drawn.
    """

    key: str
    text: str
    answer: float | str
    unit: str
    options: tuple[tuple[str, str], ...]
    why: str
    values: Mapping[str, Any]

    @property
    def low(self) -> float:
        """The least number that counts as right."""
        return float(self.answer) - abs(float(self.answer)) * TOLERANCE

    @property
    def high(self) -> float:
        """The largest number that counts as right."""
        return float(self.answer) + abs(float(self.answer)) * TOLERANCE

    @property
    def letter(self) -> str:
        """The letter of the right option; empty for a number."""
        return next((LETTERS[n] for n, (_, why) in enumerate(self.options) if not why), "")


def grid(low: float, high: float, step: float) -> list[float]:
    """Even settings from one end to the other, free of binary dust.

    Examples
    --------
    >>> grid(0.1, 0.4, 0.1)
    [0.1, 0.2, 0.3, 0.4]
    """
    return [round(low + n * step, 10) for n in range(round((high - low) / step) + 1)]


def said(value: float, unit: str) -> str:
    """A number with its unit, as an option shows it."""
    return f"{figures(value, 3)}{'' if unit == '%' else ' '}{unit}".strip()


@dataclass(frozen=True)
class Ask:
    """A number to work out, once typed and once chosen.

    Parameters
    ----------
    key : str
    text : str
        With places for what is drawn.
    draw : callable
        Takes a `random.Random`, returns names and values.
    answer : callable
        Takes what is drawn by name; the course's own model or study.
    unit : str
    slips : dict
        Name of a common slip to what it leads to, of the same values.
    why : str
        How it is found, in words.
    forms : str, optional
        "n" for typed, "c" for chosen; one question for each letter.
    """

    key: str
    text: str
    draw: Callable[[Random], Mapping[str, Any]]
    answer: Callable[..., Any]
    unit: str
    slips: Mapping[str, Callable[..., Any]]
    why: str
    forms: str = "nc"

    def questions(self, seed: str) -> Iterator[Question]:
        """One question for each form, drawn by a seed."""
        for number, form in enumerate(self.forms):
            key = f"{self.key}-{number + 1}"
            random = Random(f"{seed}/{key}")
            for _ in range(MOST_TRIES):
                values = dict(self.draw(random))
                answer = float(self.answer(**values))
                if not isfinite(answer) or abs(answer) < LEAST:
                    continue
                text = self.text.format(**values)
                if form == "n":
                    yield Question(
                        key,
                        f"{text} (Answer in {'per cent' if self.unit == '%' else self.unit}.)",
                        answer,
                        self.unit,
                        (),
                        self.why,
                        values,
                    )
                    break
                if options := self._options(values, answer, random):
                    yield Question(key, text, said(answer, self.unit), "", options, self.why, values)
                    break
            else:
                raise RuntimeError(f"{key}: no draw of {MOST_TRIES} gives an answer and three other options.")

    def _options(self, values: Mapping[str, Any], answer: float, random: Random) -> tuple[tuple[str, str], ...]:
        made, numbers = [(said(answer, self.unit), "")], [answer]
        slips = {name: float(slip(**values)) for name, slip in self.slips.items()}
        for name, value in [*slips.items(), *((n, answer * f) for n, f in _FALLBACK.items())]:
            text = said(value, self.unit) if isfinite(value) and abs(value) < 1e30 else ""
            apart = all(not isclose(value, other, rel_tol=APART, abs_tol=1e-9) for other in numbers)
            if text and value > 0 and apart and text not in dict(made) and len(made) < OPTIONS:
                made.append((text, name))
                numbers.append(value)
        if len(made) < OPTIONS or len([name for _, name in made if name in self.slips]) < min(2, len(self.slips)):
            return ()
        random.shuffle(made)
        return tuple(made)


@dataclass(frozen=True)
class Match:
    """The row that belongs to what is asked, among others of the same table.

    Parameters
    ----------
    key, text : str
        The text has a place for the column that is asked.
    table : callable
        The rows.
    asked, shown : str
        Columns: what stands in the question, and what stands in the options.
    apart : str, optional
        A column in which the other options differ from the right row, so that none of them is right too.
    also : callable, optional
        More rows, for other options only.
    """

    key: str
    text: str
    table: Callable[[], pd.DataFrame]
    asked: str
    shown: str
    apart: str = ""
    also: Callable[[], pd.DataFrame] | None = None
    count: int = 1

    def questions(self, seed: str) -> Iterator[Question]:
        """So many questions, of different rows."""
        rows = self.table()
        random = Random(f"{seed}/{self.key}")
        pool = pd.concat([rows, self.also()]) if self.also else rows
        for number, place in enumerate(random.sample(range(len(rows)), self.count), 1):
            row = rows.iloc[place]
            others = pool[(pool[self.shown] != row[self.shown]) & (pool[self.asked] != row[self.asked])]
            if self.apart:
                others = others[others[self.apart] != row[self.apart]]
            found = list(dict.fromkeys(map(str, others[self.shown])))
            wrong = random.sample(found, min(OPTIONS - 1, len(found)))
            made = [(str(row[self.shown]), ""), *((text, f"goes with “{_of(others, self, text)}”") for text in wrong)]
            random.shuffle(made)
            yield Question(
                f"{self.key}-{number}", self.text.format(row[self.asked]), str(row[self.shown]), "", tuple(made), f"“{row[self.asked]}” goes with “{row[self.shown]}”.", {"asked": row[self.asked]}
            )  # fmt: skip


def _of(rows: pd.DataFrame, match: Match, text: str) -> str:
    return str(rows.loc[rows[match.shown].astype(str) == text, match.asked].iloc[0])


@dataclass(frozen=True)
class Most:
    """The largest of four rows, or the smallest.

    Parameters
    ----------
    key, text : str
    table : callable
        The rows; those without a number are left out.
    name, value : str
        Columns: what stands in the options, and what is compared.
    unit : str
    largest : bool, optional
    count : int, optional
        How many questions.
    apart : float, optional
        The first and the second differ at least so much, as a share.
    words : callable, optional
        How a value is said in the answer.
    """

    key: str
    text: str
    table: Callable[[], pd.DataFrame]
    name: str
    value: str
    unit: str
    largest: bool = True
    count: int = 1
    apart: float = APART
    words: Callable[[Any], str] = figures

    def questions(self, seed: str) -> Iterator[Question]:
        """So many questions, of different rows."""
        rows = self.table().dropna(subset=[self.value]).drop_duplicates(self.name)
        random = Random(f"{seed}/{self.key}")
        asked: set[frozenset[int]] = set()
        for number in range(1, self.count + 1):
            for _ in range(MOST_TRIES):
                drawn = random.sample(range(len(rows)), OPTIONS)
                four = rows.iloc[drawn].sort_values(self.value, ascending=not self.largest, kind="stable")
                first, second = four[self.value].iloc[0], four[self.value].iloc[1]
                near = first == second if self.apart == 0 else isclose(first, second, rel_tol=self.apart)
                if not near and frozenset(drawn) not in asked:
                    break
            else:
                raise RuntimeError(f"{self.key}: no four rows of {MOST_TRIES} draws are far enough apart.")
            asked.add(frozenset(drawn))
            names = [str(name) for name in four[self.name]]
            sizes = [f"{self.words(v)} {self.unit}".strip() for v in four[self.value]]
            made = [(name, f"has {size}" if n else "") for n, (name, size) in enumerate(zip(names, sizes, strict=True))]
            random.shuffle(made)
            order = listed(f"{n} ({s})" for n, s in zip(names, sizes, strict=True))
            text = f"Four others. {self.text}" if number > 1 else self.text  # no two questions read alike
            yield Question(f"{self.key}-{number}", text, names[0], "", tuple(made), order, {"names": tuple(names)})


Kind = Ask | Match | Most
Bank = Mapping[str, Sequence[Kind]]
