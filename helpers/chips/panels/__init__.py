"""Panels of 14_chips_compared."""

from helpers.chips.panels.picture import picture_panel
from helpers.chips.panels.questions import map_panel, ratio_panel, weighting_panel

__all__ = ["map_panel", "picture_panel", "ratio_panel", "weighting_panel"]
