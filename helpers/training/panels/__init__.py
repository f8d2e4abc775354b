"""Panels of 32_experts_and_training_cost."""

from helpers.training.panels.picture import picture_panel
from helpers.training.panels.questions import bubbles_panel, chain_panel, left_out_panel, other_chips_panel

__all__ = ["bubbles_panel", "chain_panel", "left_out_panel", "other_chips_panel", "picture_panel"]
