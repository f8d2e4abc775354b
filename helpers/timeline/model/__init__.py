"""What a dated record can and cannot say: counts per quarter, lags between moves, two keys.

Pure functions: frames and numbers in, frames and numbers out. Dates come from
``data.load("events")``; nothing here reads a file or draws.
"""

from helpers.core.limits import guard
from helpers.timeline.model.keys import both_keys, delivery_probability, months_until, upper_bound_after_zero
from helpers.timeline.model.lags import chance_medians, day_number, days_to_next, response_lags, shifted_lags
from helpers.timeline.model.moves import CAMPS, government_moves, other, per_quarter, stacked

__all__ = [
    "CAMPS",
    "both_keys",
    "chance_medians",
    "day_number",
    "days_to_next",
    "delivery_probability",
    "government_moves",
    "months_until",
    "other",
    "per_quarter",
    "response_lags",
    "shifted_lags",
    "stacked",
    "upper_bound_after_zero",
]

guard(globals(), apart=("days_to_next", "shifted_lags"))
