"""Panels of 34_serving: the picture that opens it, rooflines, links, prices, margins."""

from __future__ import annotations

from helpers.serving.panels.picture import picture_panel
from helpers.serving.panels.questions import links_panel, margin_panel, price_panel, roofline_panel

__all__ = ["links_panel", "margin_panel", "picture_panel", "price_panel", "roofline_panel"]
