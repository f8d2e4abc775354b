"""The questions of 44_deny_or_sell: the reservoir, a U-turn then and now, the seller's choice, offers and answers."""

from helpers.core.limits import guard
from helpers.timing.studies.choices import (
    DENIES,
    SELLS,
    WHEN,
    Choice,
    at_date,
    by_argument,
    choice,
    denied_from,
    winners,
)
from helpers.timing.studies.record import Letter, delivered_share, letter, offers
from helpers.timing.studies.tank import LATE, POLICIES, YEARS, Tank, sales, tanks
from helpers.timing.studies.turns import (
    AHEAD,
    Passing,
    Turn,
    passing,
    paths,
    share_without_fear,
    times_less,
    turn,
    turns,
)
from helpers.timing.studies.values import FIRST, LAST, home_share, middle_of, parameter, settings, speed, tap

__all__ = [
    "AHEAD",
    "Choice",
    "DENIES",
    "FIRST",
    "LAST",
    "LATE",
    "Letter",
    "POLICIES",
    "Passing",
    "SELLS",
    "Tank",
    "Turn",
    "WHEN",
    "YEARS",
    "at_date",
    "by_argument",
    "choice",
    "delivered_share",
    "denied_from",
    "home_share",
    "letter",
    "middle_of",
    "offers",
    "parameter",
    "passing",
    "paths",
    "sales",
    "settings",
    "share_without_fear",
    "speed",
    "tanks",
    "tap",
    "times_less",
    "turn",
    "turns",
    "winners",
]

guard(globals())
