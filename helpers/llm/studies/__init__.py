"""The questions of `30_kv_cache`, put to the model: one step at a time, any two models, what fits, what papers count."""

from helpers.core.limits import guard
from helpers.llm.studies.fits import FITTED, fits_on_chips, sequences_that_fit
from helpers.llm.studies.pairs import (
    GRID,
    Pair,
    Stored,
    as_stored,
    bits_for,
    crossings,
    named,
    pair,
    with_latent_of,
)
from helpers.llm.studies.papers import HOMES, by_release, flops_in_fp8, recounted, register, totals, v2_split
from helpers.llm.studies.prices import Prices, Yardstick, prices, yardstick
from helpers.llm.studies.sizes import size_words
from helpers.llm.studies.steps import (
    LONG,
    PLAIN,
    STEPS,
    InTheLatent,
    Kept,
    Waiting,
    in_the_latent,
    intensity,
    kept,
    stepped,
    summary_in_entries,
    waiting,
)

__all__ = [
    "FITTED",
    "GRID",
    "HOMES",
    "LONG",
    "PLAIN",
    "STEPS",
    "InTheLatent",
    "Kept",
    "Pair",
    "Prices",
    "Stored",
    "Waiting",
    "Yardstick",
    "as_stored",
    "bits_for",
    "by_release",
    "crossings",
    "fits_on_chips",
    "flops_in_fp8",
    "in_the_latent",
    "intensity",
    "kept",
    "named",
    "pair",
    "prices",
    "recounted",
    "register",
    "sequences_that_fit",
    "size_words",
    "stepped",
    "summary_in_entries",
    "totals",
    "v2_split",
    "waiting",
    "with_latent_of",
    "yardstick",
]

guard(globals())
