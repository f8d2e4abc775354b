"""Questions as a learning platform reads them (QTI), and as people do: sheets with and without answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from helpers.course.bank.asking import LETTERS, TOLERANCE, Question, said

_MARKS = re.compile(r"([\\`*_{}\[\]<>#$|~^])")


def escaped(text: str) -> str:
    """A text on one line that shows as it stands where markdown is read.

    Examples
    --------
    >>> print(escaped("14_chips at $5"))
    14\\_chips at \\$5
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def answer_words(question: Question) -> str:
    """The answer in words: a number with its unit, or the right option with its letter."""
    if question.options:
        return f"{question.letter}) {question.answer}"
    return said(float(question.answer), question.unit)


def as_text(title: str, questions: Sequence[Question]) -> str:
    """The questions as text2qti reads them.

    Parameters
    ----------
    title : str
    questions : sequence of Question

    Returns
    -------
    str
    """
    lines = [f"Quiz title: {escaped(title)}", ""]
    for number, question in enumerate(questions, 1):
        lines += [f"Title: {question.key}", f"{number}. {escaped(question.text)}", f"... {escaped(question.why)}"]
        for letter, (option, why) in zip(LETTERS, question.options, strict=False):
            lines.append(f"{'' if why else '*'}{letter}) {escaped(option)}")
            lines += [f"... {escaped(why)}"] if why else []
        if not question.options:
            lines.append(f"= {float(question.answer):.6f} +- {TOLERANCE:.0%}")
        lines.append("")
    return "\n".join(lines)


def qti(title: str, questions: Sequence[Question]) -> bytes:
    """The questions as an archive for learning platforms: QTI 1.2, made by text2qti.

    Parameters
    ----------
    title : str
    questions : sequence of Question

    Returns
    -------
    bytes
        A zip file.
    """
    return QTI(Quiz(as_text(title, questions), config=Config(), source_name=title)).zip_bytes()


def markdown(title: str, seed: int, questions: Sequence[Question], answers: bool) -> str:
    """The questions to read, with or without their answers.

    Parameters
    ----------
    title : str
    seed : int
    questions : sequence of Question
    answers : bool
        With the answer, how it is found, and the slip behind each wrong option.

    Returns
    -------
    str
    """
    lines = [f"# {escaped(title)}{': answers' if answers else ''}", "", f"Seed {seed}. A typed number counts as right within {TOLERANCE:.0%}.", ""]  # fmt: skip
    for number, question in enumerate(questions, 1):
        lines += [f"{number}. {escaped(question.text)}", ""]
        for letter, (option, why) in zip(LETTERS, question.options, strict=False):
            slip = f" *({escaped(why)})*" if answers and why else ""
            lines.append(f"    - {letter}) {escaped(option)}{slip}")
        if answers:
            lines += ["", f"    **{escaped(answer_words(question))}** {escaped(question.why)}"]
        elif not question.options:
            lines.append("    - Answer: \\_\\_\\_\\_\\_\\_\\_\\_")
        lines.append("")
    return "\n".join(lines)
