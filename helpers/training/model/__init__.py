"""What training a model costs: operations, GPU-hours, utilisation, pipeline bubbles, rent and ownership.

Pure arithmetic on values or arrays; nothing here knows a model, a chip or a price. Pass the active
parameters from ``helpers.llm.model``, peaks from ``helpers.chips.model`` and prices from ``data/rental_prices.csv``.
FLOPs are *model* FLOPs, those that the model's formula needs; what a memory-saving trick computes
twice counts once.
"""

from helpers.core.limits import guard
from helpers.training.model.costs import (
    break_even_utilisation,
    capital_usd_per_gpu,
    development_cost_usd,
    implied_rent_usd,
    owned_usd_per_gpu_hour,
    rental_cost_usd,
)
from helpers.training.model.links import link_slowdown
from helpers.training.model.operations import (
    gpu_hours,
    gpu_hours_of_run,
    mfu_from_hours,
    mfu_from_speed,
    run_days,
    training_flops,
)
from helpers.training.model.pipelines import SCHEDULES, bubble_fraction, bubble_time

__all__ = [
    "SCHEDULES",
    "break_even_utilisation",
    "bubble_fraction",
    "bubble_time",
    "capital_usd_per_gpu",
    "development_cost_usd",
    "gpu_hours",
    "gpu_hours_of_run",
    "implied_rent_usd",
    "link_slowdown",
    "mfu_from_hours",
    "mfu_from_speed",
    "owned_usd_per_gpu_hour",
    "rental_cost_usd",
    "run_days",
    "training_flops",
]

guard(globals())
