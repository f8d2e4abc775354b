"""The questions of a notebook: those of its subject, and those that its words and claims ask in every notebook."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import pandas as pd

from helpers.core import data
from helpers.course.bank.asking import OPTIONS, Kind, Match, Question
from helpers.course.book.writing import course

FEWEST = 10


def questions(name: str, seed: int = 1) -> list[Question]:
    """The questions of a notebook, drawn by a seed.

    Parameters
    ----------
    name : str
        Of its file, without the ending.
    seed : int, optional
        Another one gives other numbers, rows and orders.

    Returns
    -------
    list of Question

    Raises
    ------
    KeyError
        No such notebook.
    """
    subject = course().loc[name, "subject"]
    own: Sequence[Kind] = import_module(f"helpers.{subject}.questions").QUESTIONS[name[:2]]
    return [question for kind in [*own, *_of_every_notebook(name)] for question in kind.questions(f"{seed}/{name}")]


def _of_every_notebook(name: str) -> list[Kind]:
    return [
        Match("word", "Which word or name has this meaning? {}", lambda: terms(name), "meaning", "term", count=2, also=_all_terms),
        Match("kind", "“{}” Is that a fact, a mechanism, a counterfactual or a judgement?", lambda: claims(name), "claim", "kind", also=_all_claims),
        Match("settles", "What would settle this claim? “{}”", lambda: claims(name), "claim", "would_settle_it", apart="topic", also=_all_claims),
    ]  # fmt: skip


def _all_terms() -> pd.DataFrame:
    return data.load("glossary")


def terms(name: str) -> pd.DataFrame:
    """The words of a notebook; of the whole course, where it has too few of its own."""
    table = _all_terms()
    own = table[table["met_in"].str.split().map(lambda met: name in met)]
    return own if len(own) >= OPTIONS else table


def _all_claims() -> pd.DataFrame:
    return data.load("claims")


def claims(name: str) -> pd.DataFrame:
    """The claims that a notebook treats; all, where it treats none."""
    table = _all_claims()
    own = table[table["notebook"].str.split().map(lambda treated: name in treated)]
    return own if len(own) else table
