"""The evidence as cards: which side each lies on, by us and by a reader."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.core.limits import shown
from helpers.progress.studies.record import SIDES, numbered

LAID = {"for": "f", "contested": "n", "against": "a"}  # side -> its letter in a sorting
UNLAID = "."
# The cards that the last look at the scales points at, by side.
TELLING = {
    "for": ("v3-design", "insights-2025"),
    "contested": ("distillation", "blackwell", "mofcom-distillation"),
    "against": ("roots", "china-2021", "charai", "google-33x"),
}


def our_sorting(causes: pd.DataFrame) -> str:
    """Our side of every card, in the order of their numbers: a letter of `LAID` each.

    Parameters
    ----------
    causes : DataFrame
        ``data.load("causes")``.

    Returns
    -------
    str

    Examples
    --------
    >>> rows = pd.DataFrame({"side": ["against", "for"], "date": pd.to_datetime(["2024-01-01", "2025-01-01"])})
    >>> our_sorting(rows)
    'af'
    """
    return "".join(numbered(causes)["side"].map(LAID))


class Sorted(NamedTuple):
    """Cards by side.

    Attributes: ours, yours (side to numbers of the cards on it, in the order of `LAID`), same, other (numbers of the
    cards that the reader laid as we do, and elsewhere).
    """

    ours: dict[str, list[int]]
    yours: dict[str, list[int]]
    same: list[int]
    other: list[int]


def sort_cards(causes: pd.DataFrame, laid: str) -> Sorted:
    """A reader's sorting of the evidence beside ours.

    Parameters
    ----------
    causes : DataFrame
        ``data.load("causes")``.
    laid : str
        A letter a card, in the order of their numbers: one of `LAID`, or `UNLAID`.

    Returns
    -------
    Sorted

    Raises
    ------
    ValueError
        Not one such letter a card.
    """
    ours = our_sorting(causes)
    if not isinstance(laid, str) or len(laid) != len(ours) or set(laid) - {UNLAID, *LAID.values()}:
        raise ValueError(
            f"laid = {shown(laid)} must be {len(ours)} letters, one a card: f for, n neither, a against, . not laid."
        )
    places = list(enumerate(zip(ours, laid, strict=True), 1))
    return Sorted(
        {side: [n for n, (we, _) in places if we == letter] for side, letter in LAID.items()},
        {side: [n for n, (_, you) in places if you == letter] for side, letter in LAID.items()},
        [n for n, (we, you) in places if we == you],
        [n for n, (we, you) in places if you not in (we, UNLAID)],
    )


def telling(causes: pd.DataFrame) -> dict[str, list[int]]:
    """Numbers of the cards in `TELLING`, by side."""
    number = numbered(causes).set_index("cause_id")["number"]
    return {side: [int(number[card]) for card in cards] for side, cards in TELLING.items() if side in SIDES}
