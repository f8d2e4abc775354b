"""The questions of `46_law_and_plans`: cases, a complaint of one's own, plans and their outcomes."""

from helpers.core.limits import guard
from helpers.law.studies.cases import (
    FIRM,
    Walk,
    all_walks,
    body_last_day,
    clock,
    days_not_used,
    disputes,
    ends,
    lives,
    panel_since,
    record_end,
    security_pleas,
    walk_of,
)
from helpers.law.studies.own import in_arrangement, routes, turns, walk, who_could_bind
from helpers.law.studies.plans import (
    FUNDS,
    ai_plan,
    before_controls,
    funds,
    missed_by,
    plans,
    targets,
    years_of_plans,
)

__all__ = [
    "FIRM",
    "FUNDS",
    "Walk",
    "ai_plan",
    "all_walks",
    "before_controls",
    "body_last_day",
    "clock",
    "days_not_used",
    "disputes",
    "ends",
    "funds",
    "in_arrangement",
    "lives",
    "missed_by",
    "panel_since",
    "plans",
    "record_end",
    "routes",
    "security_pleas",
    "targets",
    "turns",
    "walk",
    "walk_of",
    "who_could_bind",
    "years_of_plans",
]

guard(globals())
