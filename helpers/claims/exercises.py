"""What the exercises of `00_start_here` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.clusters import model as clusters
from helpers.course.checks import Exercise

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
}
