"""What may have changed since the record was written: open matters, dated first, for a page or for a class."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.core.words import date_words


def open_matters(notebook: str = "") -> pd.DataFrame:
    """Matters whose outcome was not found, the dated ones first, in order of date.

    Parameters
    ----------
    notebook : str
        A key of ``data/course_map.csv``: only what touches it; all when empty.

    Returns
    -------
    DataFrame
        The rows of ``data/open_matters.csv``.

    Raises
    ------
    KeyError
        No such notebook.
    """
    matters = data.load("open_matters").sort_values("due", kind="stable", na_position="last", ignore_index=True)
    if not notebook:
        return matters
    known = data.load("course_map")["notebook"].tolist()
    if notebook not in known:
        raise KeyError(f"notebook {notebook!r} is not one of {', '.join(known)}.")
    return matters[[notebook in touched.split() for touched in matters["notebooks"]]].reset_index(drop=True)


def due_words(due: pd.Timestamp) -> str:
    """The day on which a matter turns, in words; "no date" where none is fixed.

    Examples
    --------
    >>> due_words(pd.Timestamp("2026-11-10")), due_words(pd.NaT)
    ('10 November 2026', 'no date')
    """
    return "no date" if pd.isna(due) else date_words(due, "day")
