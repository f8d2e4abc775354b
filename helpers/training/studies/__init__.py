"""The questions of 32_experts_and_training_cost: rows of ``data/`` put into the models of training, languages and chips."""

from helpers.core.limits import guard
from helpers.training.studies.bubbles import Bubbles, bubble_measured_percent, bubbles
from helpers.training.studies.costs import LeftOut, fewer_hours, hours_at_utilisation, left_out
from helpers.training.studies.links import GIVEN, LINKS, chain, chain_reported, yardstick
from helpers.training.studies.other_chips import (
    CHIPS,
    OtherChips,
    break_even_percent,
    capital_usd,
    other_chips,
    power_usd_per_hour,
    rents,
)
from helpers.training.studies.picture import CHANGES, Boxes, Piece, boxes, dense_hours, timetable, waiting, with_tries
from helpers.training.studies.sources import (
    H800,
    LLAMA,
    V3,
    Chip,
    chip,
    compute_by_model,
    context_tokens,
    operations_per_token,
    published_hours,
    runs,
    share,
    stages,
)
from helpers.training.studies.utilisation import (
    BUSY_RUNS,
    EXPERT_MODELS,
    FORMATS,
    busy,
    busy_span,
    busy_time_percent,
    experts,
    printed_utilisation,
    rounding_error,
)

__all__ = [
    "BUSY_RUNS",
    "Boxes",
    "Bubbles",
    "CHANGES",
    "CHIPS",
    "Chip",
    "EXPERT_MODELS",
    "FORMATS",
    "GIVEN",
    "H800",
    "LINKS",
    "LLAMA",
    "LeftOut",
    "OtherChips",
    "Piece",
    "V3",
    "boxes",
    "break_even_percent",
    "bubble_measured_percent",
    "bubbles",
    "busy",
    "busy_span",
    "busy_time_percent",
    "capital_usd",
    "chain",
    "chain_reported",
    "chip",
    "compute_by_model",
    "context_tokens",
    "dense_hours",
    "experts",
    "fewer_hours",
    "hours_at_utilisation",
    "left_out",
    "operations_per_token",
    "other_chips",
    "power_usd_per_hour",
    "printed_utilisation",
    "published_hours",
    "rents",
    "rounding_error",
    "runs",
    "share",
    "stages",
    "timetable",
    "waiting",
    "with_tries",
    "yardstick",
]

guard(globals())
