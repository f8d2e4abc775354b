"""Chance: draw uncertain inputs, let them move together, and find which of them matter.

An input that nobody knows exactly is three numbers, low, central and high. Two shapes are made of them: a triangle with
real ends (`sample`, `triangular`), and for what ranges over a factor of three or more a split lognormal, whose ends are
the 5th and the 95th percentile (`split_lognormal`). Hardly anybody publishes a distribution, and a third shape would
pretend to more than is known.
"""

from helpers.core.chance.alone import flips_at, one_at_a_time
from helpers.core.chance.draws import Ranges, sample, simulate
from helpers.core.chance.sensitivity import Indices, rank_correlation, sobol
from helpers.core.chance.shapes import (
    correlated,
    normal_cdf,
    rank_correlation_of,
    split_lognormal,
    triangular,
    years_together,
)
from helpers.core.limits import guard

__all__ = [
    "Indices",
    "Ranges",
    "correlated",
    "flips_at",
    "normal_cdf",
    "one_at_a_time",
    "rank_correlation",
    "rank_correlation_of",
    "sample",
    "simulate",
    "sobol",
    "split_lognormal",
    "triangular",
    "years_together",
]

guard(globals(), apart={"correlated"})
