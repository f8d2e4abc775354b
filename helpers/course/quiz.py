"""The ten concept questions on the page, before and after the course: by buttons, or by a line of code."""

from __future__ import annotations

import reprlib
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from helpers.core import data, safe, tables
from helpers.course import answers, kept, record

_INK = "font-size:14px;line-height:1.45;max-width:760px;color:var(--jp-ui-font-color1)"
_NAMES = {"before": "Ten questions before the course", "after": "The same ten questions, after it"}


class ConceptTest(widgets.VBox):
    """Ten questions, one at a time. Before the course it keeps answers and says nothing of them.

    Afterwards it shows the right answer, and why, to a question once that is answered, and at the end what moved.

    Parameters
    ----------
    when : "before" or "after"
    folder : Path, optional
        Where the reader's answers are kept.

    Raises
    ------
    ValueError
        Another word for `when`.
    """

    def __init__(self, when: str, folder: str | Path = kept.FOLDER) -> None:
        if when not in answers.TIMES:
            raise ValueError(f"when = {reprlib.repr(when)} is not one of {', '.join(answers.TIMES)}.")
        self.when, self.folder = when, Path(folder)
        self.table = data.load("concepts").set_index("question_id")
        self.at = 0
        self.question, self.message = widgets.HTML(), widgets.HTML()
        self.choice = widgets.RadioButtons(options=[("…", "")], layout={"width": "auto"})
        self.choice.add_class("course-answers")
        self.back = widgets.Button(description="◀ Back", layout={"width": "90px"})
        self.keep = widgets.Button(description="Keep my answer", layout={"width": "150px"})
        self.onward = widgets.Button(description="Next ▶", layout={"width": "90px"})
        self.back.on_click(lambda _: self.go(self.at - 1))
        self.onward.on_click(lambda _: self.go(self.at + 1))
        self.keep.on_click(lambda _: self._keep())
        super().__init__(
            [self.question, self.choice, widgets.HBox([self.back, self.keep, self.onward]), self.message],
            layout={"max_width": "860px"},
        )
        record.watch(self)
        given = self._chosen()
        self.go(next((place for place, key in enumerate(self.table.index) if key not in given), 0))

    # -- what a notebook or a test may call ------------------------------------------------------

    def answer(self, question_id: str, choice: str) -> str:
        """Keep an answer, as a button would, and say what there is to say about it.

        Parameters
        ----------
        question_id : str
            "Q01" to "Q10".
        choice : str
            "a" to "d".

        Returns
        -------
        str
            Before the course only that it is kept; after it the right answer, and why.
        """
        entry = {"choice": choice, "on": date.today().isoformat()}
        try:
            note = answers.save_answers(
                {f"{self.when}-{question_id}": entry}, self.folder / answers.ANSWERS_FILE.name
            ).note
        except (ValueError, OSError) as error:
            return f"Not kept: {error}"
        self.go(self.table.index.get_loc(question_id))
        record.announce(but=self)
        return " ".join(filter(None, [note, self.said(question_id)]))

    def said(self, question_id: str) -> str:
        """What the page may say of a question: nothing of the right answer until it has been answered after the course."""
        given = self._chosen().get(question_id)
        if given is None:
            return "Not answered yet."
        if self.when == "before":
            return f"Kept: {given}. The last notebook asks again, and then shows the answer."
        row = self.table.loc[question_id]
        before = answers.choices(record.read(self.folder).answers, "before").get(question_id)
        verdict = (
            "Right." if given == row.answer else f"You said {given}; the answer is {row.answer}, “{row[row.answer]}”."
        )
        earlier = f" Before the course you said {before}." if before else ""
        return f"{verdict} {row.why}{earlier} Taught in {row.taught_in}."

    def go(self, place: int) -> None:
        """Show the question at a place, from 0."""
        self.at = min(max(place, 0), len(self.table) - 1)
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept, of the question at hand and of all."""
        question_id, row = self.table.index[self.at], self.table.iloc[self.at]
        given = self._chosen()
        self.question.value = safe.html(
            "<p style='{}'><b>{} of {}.</b> {}</p>", _INK, self.at + 1, len(self.table), row.question
        )
        self.choice.options = [(f"{letter}  {row[letter]}", letter) for letter in tables.CHOICES]
        self.choice.value = given.get(question_id)
        done = question_id in given
        self.choice.disabled = self.keep.disabled = done
        self.back.disabled, self.onward.disabled = self.at == 0, self.at == len(self.table) - 1
        lines = [self.said(question_id)] if done else []
        lines.append(f"{len(given)} of {len(self.table)} answered.")
        if self.when == "after" and len(given) == len(self.table):
            lines.append(answers.moved(record.read(self.folder).answers))
        lines += filter(None, [record.read(self.folder).note])
        self._say(*lines)

    # -- inside ----------------------------------------------------------------------------------

    def _chosen(self) -> dict[str, str]:
        return answers.choices(record.read(self.folder).answers, self.when)

    def _keep(self) -> None:
        question_id = self.table.index[self.at]
        if not self.choice.value:
            self._say("Choose one of the four first; a guess is fine.")
            return
        said = self.answer(question_id, self.choice.value)
        if said.startswith("Not kept"):
            self._say(said)
        elif self.when == "before":
            self.go(self.at + 1)

    def _say(self, *lines: str) -> None:
        self.message.value = safe.html(
            '<p role="status" aria-live="polite" style="{}">{}</p>', _INK, safe.joined("<br>", lines)
        )

    def __repr__(self) -> str:
        return f"{_NAMES[self.when]}: {len(self.table)} questions, one at a time; answers are kept only when the reader asks."

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """With the questions as a fold, for a page without a kernel; never with their answers."""
        bundle = super()._repr_mimebundle_(**kwargs)
        mimes = bundle[0] if isinstance(bundle, tuple) else bundle
        if mimes is not None:
            mimes["text/plain"], mimes["text/html"] = repr(self), self.printed()
        return bundle

    def printed(self) -> safe.Html:
        """The questions to read or to print."""
        items = [
            safe.html(
                "<li>{}<br>{}</li>",
                row.question,
                safe.joined("<br>", [f"{letter}  {getattr(row, letter)}" for letter in tables.CHOICES]),
            )
            for row in self.table.itertuples()
        ]
        return safe.html(
            "<details><summary>{}, to read or print</summary><ol>{}</ol></details>",
            _NAMES[self.when],
            safe.joined("", items),
        )
