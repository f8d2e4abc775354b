"""Panels of 36_who_benefits: controls, a study of progress, a picture."""

from __future__ import annotations

from helpers.progress.panels.gains import crossing_panel, labs_panel, multiply_panel, papers_panel
from helpers.progress.panels.scales import STEPS, Sort, scales_panel

__all__ = ["STEPS", "Sort", "crossing_panel", "labs_panel", "multiply_panel", "papers_panel", "scales_panel"]
