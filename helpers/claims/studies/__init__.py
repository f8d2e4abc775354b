"""What 00_start_here and 90_verdicts ask of the claims: how they sort, where each stands and is judged, what moved."""

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
from helpers.claims.studies.chain import (
    ROAD,
    AlongTheChain,
    Gate,
    Route,
    Station,
    along_the_chain,
    gates,
    judged,
    routes,
    server_chips,
    stations,
    words_with,
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
    "AlongTheChain",
    "CHECKABLE_WORDS",
    "EqualWork",
    "Gate",
    "KIND_WORDS",
    "Moved",
    "NEVER",
    "NOT_YET",
    "Place",
    "ROAD",
    "Route",
    "STANDS",
    "Station",
    "along_the_chain",
    "beyond_evidence",
    "board",
    "changes",
    "checkable_and_standing",
    "claim",
    "elsewhere",
    "equal_work",
    "example_reader",
    "gates",
    "in_filter",
    "judged",
    "moved_by_kind",
    "place",
    "routes",
    "server_chips",
    "stations",
    "sure_though_contested",
    "survived",
    "topics",
    "verdict_words",
    "words_with",
]

guard(globals())
