"""What 00_start_here and 90_verdicts ask of the claims: how they sort, where each is judged, what moved."""

from __future__ import annotations

from helpers.claims.studies.board import (
    KIND_WORDS,
    STANDS,
    Moved,
    beyond_evidence,
    board,
    checkable_and_standing,
    example_reader,
    moved_by_kind,
    sure_though_contested,
    survived,
)
from helpers.claims.studies.changes import changes
from helpers.claims.studies.sorting import (
    CHECKABLE_WORDS,
    NEVER,
    NOT_YET,
    EqualWork,
    Place,
    claim,
    elsewhere,
    equal_work,
    in_filter,
    place,
    topics,
    verdict_words,
)
from helpers.core.limits import guard

__all__ = [
    "CHECKABLE_WORDS",
    "EqualWork",
    "KIND_WORDS",
    "Moved",
    "NEVER",
    "NOT_YET",
    "Place",
    "STANDS",
    "beyond_evidence",
    "board",
    "changes",
    "checkable_and_standing",
    "claim",
    "elsewhere",
    "equal_work",
    "example_reader",
    "in_filter",
    "moved_by_kind",
    "place",
    "sure_though_contested",
    "survived",
    "topics",
    "verdict_words",
]

guard(globals())
