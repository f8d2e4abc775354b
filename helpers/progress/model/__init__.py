"""Progress: scaling laws, compute-equivalent gains, rates, and gaps in months.

A *compute-equivalent gain* of 2 says: the new method reaches with half of the compute what the old
one needs. It is a statement about one loss at one scale, measured by whoever published it. The
functions here turn such numbers into one another where that is defined, and refuse where it is
not. All take values or arrays; `fit` and `power_law` look at ``data/scaling_fits.csv``.
"""

from helpers.core.limits import guard
from helpers.progress.model.gains import combined_gain, factor_per_year, gain_bounds, two_labs
from helpers.progress.model.months import DAYS_PER_MONTH, months_behind, months_between, months_from_points
from helpers.progress.model.scaling import (
    FLOP_PER_PFLOP_DAY,
    Fit,
    PowerLaw,
    crossing,
    equivalent_gain,
    fit,
    loss,
    optimum,
    power_law,
    times_outside,
)

__all__ = [
    "DAYS_PER_MONTH",
    "FLOP_PER_PFLOP_DAY",
    "Fit",
    "PowerLaw",
    "combined_gain",
    "crossing",
    "equivalent_gain",
    "factor_per_year",
    "fit",
    "gain_bounds",
    "loss",
    "months_behind",
    "months_between",
    "months_from_points",
    "optimum",
    "power_law",
    "times_outside",
    "two_labs",
]

guard(globals(), apart=("combined_gain", "months_behind"))
