"""Panels of 40_grey_markets: the price ladder, the jar of services, prices of tokens, hardware and its rent."""

from helpers.markets.panels.jar import jar_panel
from helpers.markets.panels.ladder import ladder_panel
from helpers.markets.panels.prices import rent_panel, tokens_panel

__all__ = ["jar_panel", "ladder_panel", "rent_panel", "tokens_panel"]
