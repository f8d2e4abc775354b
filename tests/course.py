"""The course's panels and static charts, listed once for every test and benchmark."""

from __future__ import annotations

from helpers import claims_panels, data, timeline_panels

PANELS = {
    "What the thread claims": lambda: claims_panels.claims_panel(data.load("claims")),
    "More chips, more electricity": claims_panels.more_chips_panel,
    "Who restricted what, when": lambda: timeline_panels.timeline_panel(data.load("events"), data.load("eras")),
    "What came back, and how fast": lambda: timeline_panels.lag_panel(data.load("events")),
    "Two keys": lambda: timeline_panels.two_keys_panel(data.load("h200_record")),
}

STATIC_CHARTS = {
    "quarters": lambda: timeline_panels.quarters_chart(data.load("events")),
    "gates": lambda: timeline_panels.gates_chart(
        data.load("gates"), data.load("events"), data.record_ends()["newest_event"]
    ),
}
