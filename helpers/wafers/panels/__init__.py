"""Panels of 20_dies_and_yield: controls, a study, a picture."""

from helpers.wafers.panels.picture import picture_panel
from helpers.wafers.panels.questions import implied_panel, package_panel, salvage_panel, split_panel
from helpers.wafers.panels.wafer import wafer_panel

__all__ = ["implied_panel", "package_panel", "picture_panel", "salvage_panel", "split_panel", "wafer_panel"]
