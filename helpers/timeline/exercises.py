"""What the exercises of `10_timeline` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.core import data
from helpers.course.checks import DAY_SLIPS, Exercise
from helpers.timeline import model as timeline
from helpers.timeline import studies


def _h20_stopped_days() -> int:
    return studies.days_between(data.load("events"), "h20-licence-letter", "h20-return")


def _turns_in_order() -> list[str]:
    return studies.turns_in_order(data.load("eras"), data.load("events"), ["era-6", "era-3", "era-5", "era-1"])


EXERCISES: dict[str, Exercise] = {
    "10-1": Exercise(
        expected=_h20_stopped_days,
        unit="days",
        hints=(
            "Two events bound the time: the letter that stopped the chip, and the word that it would be licensed again.",
            "Subtract the date of the letter from that of the return.",
            "Begin with (when['h20-return'] - ...) and ask for .days",
        ),
        tolerance=0.005,
        slips=DAY_SLIPS,
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
        expected=_turns_in_order,
        unit="four event ids, the earliest first",
        hints=(
            "Each of them ends an era: find the four in the table of eras.",
            "Or look the dates up: when['busan-truce'] and so on, or sort a list with key=when.get.",
            "sorted([...], key=when.get) puts event ids in order of their dates.",
        ),
        form="order",
        choices=lambda: ("cac-rtx6000d", "zte-denial-order", "bis-oct-2023", "busan-truce"),
    ),
}
