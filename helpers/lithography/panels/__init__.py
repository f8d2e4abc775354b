"""Panels of 22_without_euv: controls, a study, a picture."""

from __future__ import annotations

from helpers.lithography.panels.layers import penalty_panel, pitch_panel
from helpers.lithography.panels.picture import picture_panel
from helpers.lithography.panels.wafers import premium_panel, wafer_panel

__all__ = ["penalty_panel", "picture_panel", "pitch_panel", "premium_panel", "wafer_panel"]
