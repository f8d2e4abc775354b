"""Panels of `42_reverse_tariff`."""

from __future__ import annotations

from helpers.trade.panels.border import STEPS, border_panel
from helpers.trade.panels.protection import parity_panel, protection_panel, split_panel

__all__ = ["STEPS", "border_panel", "parity_panel", "protection_panel", "split_panel"]
