"""The questions of 12_rules_as_code: chips and rules of ``data/`` put to the classifier; no drawing."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.rules.studies.asked import (
    CEILING,
    FREE,
    HUGGED,
    PLACES,
    PLANES,
    STATUS_OF,
    Design,
    Plane,
    answers,
    best_free,
    design,
    margins,
    plane,
    quantity,
    short,
    spells,
    spoken,
    status,
)
from helpers.rules.studies.wall import (
    FOLLOWED,
    STAGES,
    UPRIGHT,
    Own,
    Stage,
    at_the_wall,
    outside,
    own_chip,
    under_ceilings,
    wall_lines,
)

__all__ = [
    "CEILING",
    "FOLLOWED",
    "FREE",
    "HUGGED",
    "PLACES",
    "PLANES",
    "STAGES",
    "STATUS_OF",
    "UPRIGHT",
    "Design",
    "Own",
    "Plane",
    "Stage",
    "answers",
    "at_the_wall",
    "best_free",
    "design",
    "margins",
    "outside",
    "own_chip",
    "plane",
    "quantity",
    "short",
    "spells",
    "spoken",
    "status",
    "under_ceilings",
    "wall_lines",
]

guard(globals(), besides={"spoken"})
