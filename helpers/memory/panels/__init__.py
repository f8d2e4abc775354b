"""Panels of 26_memory_wall."""

from helpers.memory.panels.picture import picture_panel
from helpers.memory.panels.questions import earns_panel, wafers_panel

__all__ = ["earns_panel", "picture_panel", "wafers_panel"]
