"""Panels of 80_compute_gap: the picture, which gap, the fan, which dial."""

from __future__ import annotations

from helpers.scenario.panels.picture import picture_panel
from helpers.scenario.panels.questions import dials_panel, fan_panel, which_panel

__all__ = ["dials_panel", "fan_panel", "picture_panel", "which_panel"]
