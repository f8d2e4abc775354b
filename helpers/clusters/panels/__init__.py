"""Panels of 24_more_chips_more_power."""

from helpers.clusters.panels.picture import picture_panel
from helpers.clusters.panels.questions import (
    cost_panel,
    cost_state,
    equal_work_panel,
    equal_work_state,
    nation_panel,
    nation_state,
    supply_panel,
    supply_state,
    tie_panel,
    tie_state,
)

__all__ = [
    "cost_panel",
    "cost_state",
    "equal_work_panel",
    "equal_work_state",
    "nation_panel",
    "nation_state",
    "picture_panel",
    "supply_panel",
    "supply_state",
    "tie_panel",
    "tie_state",
]
