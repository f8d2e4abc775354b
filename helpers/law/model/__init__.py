"""Law and plans as plain logic and small arithmetic: gates, appeals, clocks, targets."""

from helpers.core.limits import guard
from helpers.law.model.clock import earliest_panel, times_the_rule
from helpers.law.model.court import BINDING, GATES, appeal_route, binds, could_bind, end_of, stops_at
from helpers.law.model.targets import attained, growth_per_year

__all__ = [
    "BINDING",
    "GATES",
    "appeal_route",
    "attained",
    "binds",
    "could_bind",
    "earliest_panel",
    "end_of",
    "growth_per_year",
    "stops_at",
    "times_the_rule",
]

guard(globals())
