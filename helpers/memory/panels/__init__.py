"""Panels of 26_memory_wall."""

from helpers.memory.panels.picture import picture_panel

__all__ = ["picture_panel"]
