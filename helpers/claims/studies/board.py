"""What 90_verdicts asks: what the reader thought first, thinks now, and what this course holds; what moved, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.claims.studies.sorting import NEVER, NOT_YET, verdict_words
from helpers.core import data, tables
from helpers.core.limits import guard, shown

KIND_WORDS = {
    "fact": "something is or was so",
    "mechanism": "why or how it works",
    "counterfactual": "a world that did not happen",
    "judgement": "a weighing, or a forecast",
}
STANDS = ("supported", "mostly supported")
# A random example, to show how a board reads: how often each verdict is drawn, and how often a second one is, for all
# kinds of claim alike.
_DRAWN = {
    "supported": 0.42,
    "mostly supported": 0.26,
    "mixed": 0.16,
    "unsupported": 0.08,
    "not checkable": 0.04,
    "opinion": 0.04,
}
_AGAIN = 0.5
_SEED = 90


def _verdicts(name: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Claim to verdict, of opinions as the reader's files hold them; claims of other editions are left out."""
    known, found = set(data.load("claims")["claim_id"]), {}
    for claim_id, opinion in given.items():
        verdict = opinion.get("verdict") if isinstance(opinion, Mapping) else None
        if not isinstance(verdict, str) or verdict not in tables.VERDICTS:
            raise ValueError(f"{name} holds {shown(opinion)} for {shown(claim_id)}, which has no verdict of ours.")
        if claim_id in known:
            found[claim_id] = verdict
    return found


def board(first: Mapping[str, Any], now: Mapping[str, Any]) -> pd.DataFrame:
    """Every claim with the reader's first opinion, the reader's verdict now, and ours where theirs is given.

    Parameters
    ----------
    first, now : mapping
        Claim id to ``{"verdict": ...}``, as `opinions.load_opinions` and `opinions.load_verdicts` give them.

    Returns
    -------
    DataFrame
        By claim_id: topic, kind, claim, first, now and ours (words, or empty; ours is empty until the reader has
        a verdict now), twice (the reader judged it first and now), moved (and not alike), apart (now and ours differ).

    Raises
    ------
    ValueError
        An opinion without a verdict that is one of `tables.VERDICTS`.

    Examples
    --------
    >>> made = board({"S03": {"verdict": "mixed"}}, {"S03": {"verdict": "supported"}})
    >>> made.loc["S03", ["first", "now", "ours"]].tolist(), bool(made.loc["S03", "moved"]), made.loc["S01", "ours"]
    (['mixed', 'supported', 'supported'], True, '')
    """
    firsts, nows = _verdicts("first", first), _verdicts("now", now)
    claims = data.load("claims").set_index("claim_id")
    made = claims[["topic", "kind", "claim"]].copy()
    made["first"] = [firsts.get(key, "") for key in made.index]
    made["now"] = [nows.get(key, "") for key in made.index]
    made["ours"] = [ours if now else "" for ours, now in zip(claims["verdict"], made["now"], strict=True)]
    made["twice"] = (made["first"] != "") & (made["now"] != "")
    made["moved"] = made["twice"] & (made["first"] != made["now"])
    made["apart"] = (made["now"] != "") & (made["now"] != made["ours"])
    return made


@dataclass(frozen=True)
class Moved:
    """How many claims of each kind were judged twice and moved; which kinds moved most, by share, or none."""

    twice: dict[str, int]
    moved: dict[str, int]
    most: tuple[str, ...]

    def share(self, kind: str) -> float:
        """Share of the claims of a kind judged twice that moved; 0 where none was."""
        return self.moved[kind] / self.twice[kind] if self.twice[kind] else 0.0


def moved_by_kind(first: Mapping[str, Any], now: Mapping[str, Any], topic: str = "") -> Moved:
    """Which kind of claim moved most between the reader's first opinion and the verdict now.

    Parameters
    ----------
    first, now : mapping
        As in `board`.
    topic : str, optional
        One topic of the claims; all, if empty.

    Raises
    ------
    ValueError
        As `board`; or no such topic.

    Examples
    --------
    >>> mixed, supported = {"verdict": "mixed"}, {"verdict": "supported"}
    >>> moved_by_kind({"S03": mixed, "S24": mixed}, {"S03": mixed, "S24": supported}).most
    ('mechanism',)
    """
    made = board(first, now)
    if topic:
        if topic not in set(made["topic"]):
            raise ValueError(f"topic = {shown(topic)} is not a topic of the claims.")
        made = made[made["topic"] == topic]
    by = made.groupby("kind")[["twice", "moved"]].sum().reindex(list(KIND_WORDS), fill_value=0)
    twice, moved = ({kind: int(n) for kind, n in by[column].items()} for column in ("twice", "moved"))
    found = Moved(twice, moved, ())
    highest = max(found.share(kind) for kind in KIND_WORDS)
    return Moved(twice, moved, tuple(kind for kind in KIND_WORDS if highest and found.share(kind) == highest))


def survived() -> pd.DataFrame:
    """Our own verdicts by kind of claim.

    Returns
    -------
    DataFrame
        By kind: claims, stand (supported or mostly supported), but (mixed), fall (unsupported), yet (not checkable
        yet: what would settle it can be named), beyond (never checkable, or opinion: no evidence could decide).
    """
    claims = data.load("claims")
    words = claims["claim_id"].map(verdict_words)
    groups = {
        "stand": STANDS,
        "but": ("mixed",),
        "fall": ("unsupported",),
        "yet": (NOT_YET,),
        "beyond": (NEVER, "opinion"),
    }
    made = pd.DataFrame({name: words.isin(those) for name, those in groups.items()})
    made.insert(0, "claims", True)
    return made.groupby(claims["kind"]).sum().reindex(list(KIND_WORDS))


def checkable_and_standing() -> int:
    """How many claims anyone could settle with a public text, and stand by our verdict, wholly or mostly.

    Returns
    -------
    int
    """
    claims = data.load("claims")
    return int(((claims["checkable_by"] == "anyone") & claims["verdict"].isin(STANDS)).sum())


def beyond_evidence() -> str:
    """The kind of claim of which the largest share is, by our verdict, never checkable or an opinion.

    Returns
    -------
    str
    """
    made = survived()
    return str((made["beyond"] / made["claims"]).idxmax())


def sure_though_contested() -> list[str]:
    """Claims on which sources disagree (confidence contested) and our verdict is all the same not mixed.

    Returns
    -------
    list of str
    """
    claims = data.load("claims")
    return claims.loc[(claims["confidence"] == "contested") & (claims["verdict"] != "mixed"), "claim_id"].tolist()


def example_reader() -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """First opinions and verdicts drawn by chance, to show how a board reads; nothing can be learnt from them.

    Returns
    -------
    tuple of two dict
        As in `board`.
    """
    rng = np.random.default_rng(_SEED)
    words, chances = list(_DRAWN), list(_DRAWN.values())
    first, now = {}, {}
    for claim_id in data.load("claims")["claim_id"]:
        one, other = (str(word) for word in rng.choice(words, 2, p=chances))
        first[claim_id] = {"verdict": one}
        now[claim_id] = {"verdict": other if rng.random() < _AGAIN else one}
    return first, now


guard(globals())
