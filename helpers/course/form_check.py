"""The public checks of a graded notebook, read without Otter: is the form of an answer right?

A graded notebook carries its public checks in its own metadata, as Otter writes them. A learner's machine has the
course and need not have Otter; then `FormCheck` takes the place of ``otter.Notebook``.
"""

from __future__ import annotations

import doctest
import json
import sys
from pathlib import Path
from typing import Any

MISSING = "The checks stand in the file {file}, which is not in this folder: keep its name, and open it where it lies."


class FormCheck:
    """Stands in for ``otter.Notebook``, for public checks only.

    Parameters
    ----------
    file : str
        The notebook, in the folder where it runs.

    Raises
    ------
    FileNotFoundError
        It is not there.
    """

    def __init__(self, file: str) -> None:
        path = Path(file)
        if not path.is_file():
            raise FileNotFoundError(MISSING.format(file=path.name))
        notebook = json.loads(path.read_text(encoding="utf-8"))
        self._tests = notebook.get("metadata", {}).get("otter", {}).get("tests", {})

    def check(self, question: str, names: dict[str, Any] | None = None) -> Said:
        """Check the form of an answer.

        Parameters
        ----------
        question : str
            Such as ``"q1"``.
        names : dict, optional
            Where the answer is looked up; the notebook's own names, if not given.

        Returns
        -------
        Said

        Raises
        ------
        KeyError
            No such question in this file.
        """
        if question not in self._tests:
            raise KeyError(f"no question {question!r}; there are {', '.join(self._tests)}.")
        names = sys._getframe(1).f_globals if names is None else names
        for suite in self._tests[question]["suites"]:
            for case in suite["cases"]:
                if not _holds(case["code"], names):
                    return Said(False, case.get("failure_message", "Not yet."))
        return Said(True, case.get("success_message", "The form is right."))


class Said(str):
    """A sentence on the form of an answer; `passed` says whether it is right."""

    passed: bool

    def __new__(cls, passed: bool, sentence: str) -> Said:
        said = super().__new__(cls, sentence)
        said.passed = passed
        return said

    def __repr__(self) -> str:
        return str(self)


def _holds(code: str, names: dict[str, Any]) -> bool:
    """Whether lines as in a Python session give what stands below them."""
    test = doctest.DocTestParser().get_doctest(code, {}, "check", None, None)
    test.globs = names
    runner = doctest.DocTestRunner(verbose=False)
    return runner.run(test, out=lambda _: None, clear_globs=False).failed == 0
