"""The checked exercises: what each expects, computed from the course's own data, and its hints.

A question is put, and its solution written, once, in ``notebooks/source``; this register only
lets `helpers.checks` tell right from wrong. ``tests/test_notebooks.py`` fails when the solution in
a source is not what is expected here.
"""

from __future__ import annotations

from helpers import clusters, data, timeline
from helpers.checks import Exercise


def _h800_free_days() -> int:
    gates = data.load("gates")
    gate = gates[(gates["chip"] == "H800") & (gates["state"] == "open")].iloc[0]
    dates = data.load("events").set_index("event_id")["date"]
    return (dates[gate["until_event"]] - dates[gate["from_event"]]).days


def _in_order() -> list[str]:
    events = data.load("events").set_index("event_id")
    return (
        events.loc[["bis-h200-rule", "h20-licence-letter", "cn-gallium-2023", "bis-oct-2022"]]
        .sort_values("date")
        .index.tolist()
    )


EXERCISES: dict[str, Exercise] = {
    "00-1": Exercise(
        expected=lambda: float(clusters.chips_to_match(1000, 0.4)),
        unit="a number of chips",
        hints=(
            "Equal work per second: many slow chips against few fast ones.",
            "Chips needed = chips of the reference kind divided by the relative speed.",
            "Begin with 1000 / ...",
        ),
    ),
    "10-1": Exercise(
        expected=_h800_free_days,
        unit="days",
        hints=(
            "Two events bound the time: the launch, and the rule that closed it.",
            "Subtract the date of h800-launch from that of bis-oct-2023.",
            "Begin with (when['bis-oct-2023'] - when['h800-launch']) and ask for .days",
        ),
        tolerance=0.005,
    ),
    "10-2": Exercise(
        expected=lambda: 100 * float(timeline.delivery_probability(6, 0.4, 0.15)),
        unit="per cent",
        hints=(
            "Both must say yes in the same month; multiply the two chances, then think of six tries.",
            "1 - (1 - p q)^months, with p and q as fractions.",
            "Begin with p_both = 0.40 * 0.15",
        ),
    ),
    "10-3": Exercise(
        expected=_in_order,
        unit="four event ids, the earliest first",
        hints=(
            "Each is a turn between two eras; find the two of 2022 and 2023 first.",
            "Look the dates up in the event table: when['bis-oct-2022'] and so on.",
            "Begin with ['bis-oct-2022', ...",
        ),
    ),
}
