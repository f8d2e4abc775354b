"""An answer box below an exercise's feedback, for readers who do not write Python: the same check, the same hints.

The cell ``check("22-1", smallest_nm)`` shows its feedback and, unless that is "right", this box: a field with its
unit (or a list to choose from), a button Check and a button Next hint. One widget each, since a learner's kernel
makes one for every exercise; its page is `box.js`.
"""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from helpers.core import safe
from helpers.course import typed
from helpers.course.feedback import HINT, Exercise, Feedback, compare
from helpers.show import cells

HERE = Path(__file__).resolve().parent
RUN = "Run this cell to answer here."

# The boxes on the page, by the cell that showed them and their exercise: running the cell again closes the one before.
_MADE: weakref.WeakValueDictionary[tuple[str, str], AnswerBox] = weakref.WeakValueDictionary()


class AnswerBox(anywidget.AnyWidget):
    """Feedback on an exercise, a place to answer it, and its hints one after the other.

    Parameters
    ----------
    exercise_id : str
    exercise : Exercise
    feedback : Feedback
        What the cell's own check said.
    hint : int
        The hint that this feedback holds, from 1; 0 for none.
    """

    _esm = (HERE / "box.js").read_text(encoding="utf-8")
    _css = (HERE / "box.css").read_text(encoding="utf-8")
    asks = traitlets.Dict().tag(sync=True)
    says = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise_id: str, exercise: Exercise, feedback: Feedback, hint: int = 0) -> None:
        self.exercise, self.hint = exercise, hint
        choices = list(exercise.choices()) if exercise.choices else []
        super().__init__(
            asks={"exercise": exercise_id, "form": exercise.form, "unit": exercise.unit, "choices": choices},
            says=self._saying(feedback.kind, feedback),
        )
        self.on_msg(lambda _, content, buffers: self._heard(content))
        key = (cells.running(), exercise_id)
        if (before := _MADE.get(key)) is not None and key[0]:
            before.close()
        _MADE[key] = self

    def answer(self, given: Any) -> Feedback:
        """Check what was typed or chosen, and show the feedback.

        Parameters
        ----------
        given : text, or list of text
            See `typed.as_answer`. Never evaluated.

        Returns
        -------
        Feedback
            Of the same kinds as that on an answer in code.
        """
        try:
            feedback = compare(typed.as_answer(given, self.exercise), self.exercise, max(self.hint, 1))
        except typed.Unreadable as refusal:
            feedback = Feedback("not yet", str(refusal))
        if HINT in feedback:
            self.hint = max(self.hint, 1)
        if feedback.kind == "not answered":
            feedback = Feedback(feedback.kind, f"{feedback} The question asks for {self.exercise.unit}.")
        self.says = self._saying(feedback.kind, feedback)
        return feedback

    def next_hint(self) -> str:
        """Show the next hint, from concept to first line, and return it; after the last comes the first again."""
        self.hint = self.hint % len(self.exercise.hints) + 1
        said = f"Hint {self.hint} of {len(self.exercise.hints)}: {self.exercise.hints[self.hint - 1]}"
        self.says = self._saying("hint", said)
        return said

    def _saying(self, kind: str, sentence: str) -> dict[str, Any]:
        # Numbered, so that a page says the same sentence twice when it is the answer twice.
        return {"kind": kind, "sentence": str(sentence), "turn": self.says.get("turn", 0) + 1}

    def _heard(self, content: Any) -> None:
        """A message of the page: an answer to check, or the wish for a hint."""
        if not isinstance(content, dict):
            return
        if content.get("do") == "hint":
            self.next_hint()
        elif content.get("do") == "check":
            self.answer(content.get("given"))

    def __repr__(self) -> str:
        return self.says["sentence"]


class Boxed(Feedback):
    """Feedback that a page shows with a box to answer in; where there is no kernel, with how to get one.

    Parameters
    ----------
    feedback : Feedback
    exercise_id : str
    exercise : Exercise
    hint : int
        As in `AnswerBox`.
    """

    asked: tuple[str, Exercise, int]

    def __new__(cls, feedback: Feedback, exercise_id: str, exercise: Exercise, hint: int) -> Boxed:
        boxed = super().__new__(cls, feedback.kind, feedback)
        boxed.asked = (exercise_id, exercise, hint)
        return boxed

    def box(self) -> AnswerBox:
        """A box that says this."""
        exercise_id, exercise, hint = self.asked
        return AnswerBox(exercise_id, exercise, self, hint)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        made = self.box()._repr_mimebundle_()
        mimes = made[0] if isinstance(made, tuple) else made
        return {**(mimes or {}), "text/plain": str(self), "text/html": safe.html("<p>{} <i>{}</i></p>", self, RUN)}
