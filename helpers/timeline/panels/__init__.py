"""The panels of 10_timeline: the road with two gates, the two-sided timeline, lags beside chance, two keys."""

from __future__ import annotations

from helpers.timeline.panels.keys import two_keys_panel
from helpers.timeline.panels.lags import lag_panel
from helpers.timeline.panels.record import SIDE_WORDS, timeline_panel
from helpers.timeline.panels.road import STEPS, road_panel

__all__ = ["SIDE_WORDS", "STEPS", "lag_panel", "road_panel", "timeline_panel", "two_keys_panel"]
