"""Panels of 44_deny_or_sell: controls, a study, a picture."""

from helpers.timing.panels.choices import choice_panel, map_panel, sides_panel
from helpers.timing.panels.reservoir import reservoir_panel

__all__ = ["choice_panel", "map_panel", "reservoir_panel", "sides_panel"]
