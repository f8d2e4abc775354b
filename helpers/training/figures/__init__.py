"""Charts and tables of 32_experts_and_training_cost, drawn from the studies of training."""

from helpers.training.figures.axes import axis_ends
from helpers.training.figures.chain import STEPS, boxes_chart, chain_rows
from helpers.training.figures.costs import (
    ASSUMED,
    CONTESTED,
    LAYERS,
    STATED,
    how_chart,
    left_out_chart,
    other_chips_chart,
)
from helpers.training.figures.links import chain_chart, growth_chart
from helpers.training.figures.utilisation import bubbles_chart, busy_chart, experts_table, precision_table

__all__ = [
    "ASSUMED",
    "CONTESTED",
    "LAYERS",
    "STATED",
    "STEPS",
    "axis_ends",
    "boxes_chart",
    "bubbles_chart",
    "busy_chart",
    "chain_chart",
    "chain_rows",
    "experts_table",
    "growth_chart",
    "how_chart",
    "left_out_chart",
    "other_chips_chart",
    "precision_table",
]
