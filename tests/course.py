"""The course's panels and static charts, listed once for every test and benchmark."""

from __future__ import annotations

from helpers import chips, chips_panels, claims_panels, data, rules_panels, timeline_panels

PANELS = {
    "What the thread claims": lambda: claims_panels.claims_panel(data.load("claims")),
    "More chips, more electricity": claims_panels.more_chips_panel,
    "Who restricted what, when": lambda: timeline_panels.timeline_panel(data.load("events"), data.load("eras")),
    "What came back, and how fast": lambda: timeline_panels.lag_panel(data.load("events")),
    "The rules as regions": rules_panels.regions_panel,
    "Design a chip": rules_panels.designer_panel,
    "Two keys": lambda: timeline_panels.two_keys_panel(data.load("h200_record")),
    "What it has, against another chip": lambda: chips_panels.ratio_panel(chips.table()),
    "Chips by two measures": lambda: chips_panels.map_panel(chips.table()),
    "What “more powerful” weighs": lambda: chips_panels.weighting_panel(chips.table()),
}

STATIC_CHARTS = {
    "status map": rules_panels.status_map,
    "margins": rules_panels.margins_chart,
    "quarters": lambda: timeline_panels.quarters_chart(data.load("events")),
    "gates": lambda: timeline_panels.gates_chart(
        data.load("gates"), data.load("events"), data.record_ends()["newest_event"]
    ),
    "systems": lambda: chips_panels.systems_chart(data.load("systems")),
    "revenue": lambda: chips_panels.revenue_chart(data.load("volumes")),
    "units": lambda: chips_panels.units_chart(data.load("volumes")),
}
