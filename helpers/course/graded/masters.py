"""A notebook's questions as Otter's own `otter assign` reads them: each with an answer, a public check of its form, a hidden one of its value.

Right values are those of the bank (`helpers.course.bank`), which the course's studies compute; none is typed here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from helpers.course.bank import sheets
from helpers.course.bank.asking import LETTERS, TOLERANCE, Question

POINTS = {"typed": 2, "chosen": 1}  # of a question; one that is chosen can be guessed
NUMBER = "The form is right: one number."
NO_NUMBER = "Not yet: the answer is one number without quotes, such as 12.5; thousands without a comma."
LETTER = "The form is right: one letter."
NO_LETTER = "Not yet: the answer is one of the letters a, b, c, d in quotes, such as 'a'."
# A learner's machine needs no Otter: where it is missing the course's own reading of the same public checks stands in.
START = """\
# Run this cell first. It brings the checks of the form of an answer.
try:
    import otter

    grader = otter.Notebook("{file}")
except ImportError:
    from helpers.course.form_check import FormCheck

    grader = FormCheck("{file}")
"""
INTRODUCTION = """\
# {title}: graded questions

Write each answer in its cell, in place of the three dots, and run the cell below it. That cell says whether your answer has the right **form**: one number, or one letter. Whether it is right, you learn after grading.

{count} questions, {points} points: {typed} for a number you type, {chosen} for a letter. A number counts as right within {tolerance:.0%}. You may use all of the course, its functions too. **Save this file and hand it in.** Keep its name while you work: the checks look for it.
"""
END = "That was the last question. Save the file (Ctrl-S), and hand it in."


def variable(number: int) -> str:
    """The name of the answer to a question, counted from 1.

    Examples
    --------
    >>> variable(3)
    'q3'
    """
    return f"q{number}"


def points(question: Question) -> int:
    """What a question is worth: `POINTS`."""
    return POINTS["chosen" if question.options else "typed"]


def right(question: Question) -> float | str:
    """The right answer as it stands in a cell: a number, or a letter."""
    return question.letter if question.options else float(question.answer)


def form_check(name: str, question: Question) -> str:
    """Python that is true when an answer has the right form.

    Parameters
    ----------
    name : str
        Of the answer.
    question : Question

    Returns
    -------
    str
        One expression; it imports what it needs.
    """
    if question.options:
        return f"isinstance({name}, str) and {name}.strip().lower() in {list(LETTERS[: len(question.options)])!r}"
    return (
        f"isinstance({name}, __import__('numbers').Real) and not isinstance({name}, bool)"
        f" and __import__('math').isfinite({name})"
    )


def value_check(name: str, question: Question) -> str:
    """Python that is true when an answer is right.

    Parameters
    ----------
    name : str
        Of the answer.
    question : Question

    Returns
    -------
    str
        One expression with the right value in it: it must not reach a learner.
    """
    value = f"{name}.strip().lower() == {question.letter!r}"
    if not question.options:
        value = f"{question.low!r} <= float({name}) <= {question.high!r}"
    return f"{form_check(name, question)} and {value}"


def prompt(number: int, question: Question) -> str:
    """The text of a question, its options and what is asked for, as Markdown."""
    worth = points(question)
    lines = [f"**Question {number}** ({worth} point{'s' * (worth > 1)}). {sheets.escaped(question.text)}", ""]
    for letter, (option, _) in zip(LETTERS, question.options, strict=False):
        lines.append(f"- {letter}) {sheets.escaped(option)}")
    wanted = "the letter in quotes" if question.options else "the number"
    return "\n".join([*lines, "", f"*Answer:* `{variable(number)}` = {wanted}."])


def master(name: str, title: str, questions: Sequence[Question], assignment: str) -> nbformat.NotebookNode:
    """The notebook from which Otter makes the learner's file and the autograder.

    Parameters
    ----------
    name : str
        Of the notebook of the course, without the ending; the learner's file has it, too.
    title : str
    questions : sequence of Question
        As `helpers.course.bank.questions.questions` draws them.
    assignment : str
        A name that ties a submission to its autograder; it must not tell the seed.

    Returns
    -------
    NotebookNode
        In Otter Assign's format (version 1). It holds the answers.
    """
    config = [
        "# ASSIGNMENT CONFIG", f"name: {assignment}", "init_cell: false", "export_cell: false", "solutions_pdf: false",
        "template_pdf: false", "tests:", "    ok_format: true", "generate:", "    pdf: false", "    show_hidden: false",
    ]  # fmt: skip
    said = INTRODUCTION.format(
        title=sheets.escaped(title), count=len(questions), points=sum(map(points, questions)),
        tolerance=TOLERANCE, **POINTS,
    )  # fmt: skip
    cells = [
        new_raw_cell("\n".join(config)), new_markdown_cell(said),
        new_code_cell(START.format(file=f"{name}.ipynb"), metadata={"otter": {"ignore": True}}),
    ]  # fmt: skip
    for number, question in enumerate(questions, 1):
        cells += _question(number, question)
    made = new_notebook(cells=[*cells, new_markdown_cell(END)])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.metadata["language_info"] = {"name": "python"}
    for place, cell in enumerate(made.cells):
        cell["id"] = f"cell-{place}"  # the same seed gives the same file
    return made


def _question(number: int, question: Question) -> list[nbformat.NotebookNode]:
    name = variable(number)
    good, bad = (LETTER, NO_LETTER) if question.options else (NUMBER, NO_NUMBER)
    begin = ["# BEGIN QUESTION", f"name: {name}", "points:", "    - 0", f"    - {points(question)}"]
    public = [
        '""" # BEGIN TEST CONFIG',
        f"success_message: {json.dumps(good)}",
        f"failure_message: {json.dumps(bad)}",
        '""" # END TEST CONFIG',
    ]
    return [
        new_raw_cell("\n".join(begin)), new_markdown_cell(prompt(number, question)),
        new_raw_cell("# BEGIN SOLUTION"), new_code_cell(f"{name} = {right(question)!r}  # SOLUTION"), new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        _test("\n".join([*public, form_check(name, question)])), _test("# HIDDEN\n" + value_check(name, question)),
        new_raw_cell("# END TESTS"), new_raw_cell("# END QUESTION"),
    ]  # fmt: skip


def _test(source: str) -> nbformat.NotebookNode:
    said = nbformat.v4.new_output("execute_result", {"text/plain": "True"}, execution_count=1)
    return new_code_cell(source, outputs=[said], execution_count=1)
