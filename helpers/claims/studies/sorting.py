"""How the claims sort, where each is judged; and the first toy of 00_start_here."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.clusters import model as clusters
from helpers.core import data
from helpers.core.limits import guard, whole, within

CHECKABLE_WORDS = {
    "anyone": "anyone: a public text settles it",
    "data": "someone with data that could be published",
    "insider": "only someone with records that are not public",
    "nobody": "nobody: a judgement, or a world that did not happen",
}

# “Not checkable” says two things: that a document is missing which could exist, or that none could.
NOT_YET, NEVER = "not checkable (not yet)", "not checkable (never)"


def topics(claims: pd.DataFrame) -> list[str]:
    """Topics of the claims, the most frequent first."""
    return claims["topic"].value_counts().index.tolist()


def in_filter(claims: pd.DataFrame, topic: str = "", checkable_by: str = "") -> pd.Series:
    """Whether each claim is of a topic and can be checked by somebody; an empty word lets all pass.

    Returns
    -------
    Series of bool
        With the index of `claims`.
    """
    keep = pd.Series(True, index=claims.index)
    if topic:
        keep &= claims["topic"] == topic
    if checkable_by:
        keep &= claims["checkable_by"] == checkable_by
    return keep


def claim(claim_id: str) -> pd.Series:
    """One claim's row of ``data/claims.csv``.

    Raises
    ------
    KeyError
        No such claim.
    """
    claims = data.load("claims").set_index("claim_id")
    if claim_id not in claims.index:
        raise KeyError(f"claim_id {claim_id!r} is not one of {claims.index[0]} to {claims.index[-1]}.")
    return claims.loc[claim_id]


def verdict_words(claim_id: str) -> str:
    """Our verdict on a claim in words that tell “not checkable” apart.

    Parameters
    ----------
    claim_id : str
        S01 to S38.

    Returns
    -------
    str
        The verdict; a claim that is not checkable gets `NEVER` where nobody could check it (a world that did not
        happen), and `NOT_YET` where somebody could.

    Raises
    ------
    KeyError
        No such claim.

    Examples
    --------
    >>> verdict_words("S12"), verdict_words("S32"), verdict_words("S03")
    ('not checkable (not yet)', 'not checkable (never)', 'supported')
    """
    row = claim(claim_id)
    if row["verdict"] != "not checkable":
        return str(row["verdict"])
    return NEVER if row["checkable_by"] == "nobody" else NOT_YET


@dataclass(frozen=True)
class Place:
    """Where a claim is judged: the notebook, whether it is in this edition, and the tag of the cell that tests it."""

    notebook: str
    here: bool
    test_cell: str


def place(claim_id: str) -> Place:
    """Where a claim is judged.

    Raises
    ------
    KeyError
        No such claim.
    """
    row = claim(claim_id)
    edition = data.load("course_map").set_index("notebook")["edition"]
    return Place(row["decided_in"], edition[row["decided_in"]] == "here", row["test_cell"])


def elsewhere(claim_id: str) -> list[str]:
    """Notebooks of this edition that treat a claim, other than the one that judges it.

    Parameters
    ----------
    claim_id : str
        S01 to S38.

    Returns
    -------
    list of str

    Raises
    ------
    KeyError
        No such claim.

    Examples
    --------
    >>> elsewhere("S22")
    ['80_compute_gap']
    """
    row = claim(claim_id)
    edition = data.load("course_map").set_index("notebook")["edition"]
    return [name for name in row["notebook"].split() if name != row["decided_in"] and edition[name] == "here"]


@dataclass(frozen=True)
class EqualWork:
    """How many of the other chip do the reference cluster's work; chips and power as multiples of it."""

    needed: float
    chips_times: float
    power_times: float


def equal_work(relative_speed: float, relative_power: float, chips: int = 1000) -> EqualWork:
    """The course's central claim as a toy: fewer operations per chip, so more chips and more power.

    Parameters
    ----------
    relative_speed, relative_power : float
        Of the other chip, as fractions of the reference.
    chips : int
        Of the reference cluster.

    Raises
    ------
    ValueError
        As `clusters.chips_to_match`.
    """
    chips = whole("chips", chips, 1, 1_000_000_000)
    within("relative_speed", relative_speed, 0.01, 100)
    within("relative_power", relative_power, 0.001, 1000)
    needed = float(clusters.chips_to_match(chips, relative_speed))
    return EqualWork(needed, needed / chips, needed / chips * relative_power)


guard(globals())
