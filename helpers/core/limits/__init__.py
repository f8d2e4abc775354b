"""Checks at the door: one sentence that names the parameter, the value and the valid range.

One door for numbers (`within`), whole numbers (`whole`, `wholes`), yes or no (`yes_no`), words (`one_of`, `some_of`)
and days (`day`, `days`). Each looks at every element, whatever it stands in: a column, a list, an array of objects.
"""

from helpers.core.limits.guard import guard
from helpers.core.limits.kinds import columns, day, days, each, function, one_of, seeded, some_of, yes_no, yes_nos
from helpers.core.limits.numbers import (
    draws,
    first_bad,
    fitting,
    one_number,
    one_whole,
    ordered,
    together,
    whole,
    wholes,
    within,
)
from helpers.core.limits.shown import DRAWS, MOST, listed_names, shown

__all__ = [
    "DRAWS",
    "MOST",
    "columns",
    "day",
    "days",
    "draws",
    "each",
    "first_bad",
    "fitting",
    "function",
    "listed_names",
    "guard",
    "one_number",
    "one_of",
    "one_whole",
    "ordered",
    "seeded",
    "shown",
    "some_of",
    "together",
    "whole",
    "wholes",
    "within",
    "yes_no",
    "yes_nos",
]
