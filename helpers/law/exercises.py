"""What the exercises of `46_law_and_plans` expect, computed from the course's own tables, and their hints."""

from __future__ import annotations

from datetime import date

from helpers.core import data
from helpers.course.checks import DAY_SLIPS, Exercise
from helpers.law import studies


def _days_before_the_offer() -> int:
    return (date(2025, 12, 8) - studies.panel_since()).days


def _slow_rulings() -> int:
    rows = studies.lives(data.load("wto_cases")).dropna(subset="times")
    return int((rows["took_days"] > 4 * 365.25).sum())


# Exercise 46-2: the members among which the question asks, and the day.
ASKED = ("EU", "India", "Japan", "Korea", "Taiwan", "United Kingdom", "United States")
ASKED_ON = date(2024, 1, 1)


def _bound_by_china_only() -> list[str]:
    return [member for member in ASKED if member in studies.who_could_bind("China", ASKED_ON)]


def _factor_missed() -> float:
    wide, narrow = studies.missed_by()
    return narrow / wide


EXERCISES: dict[str, Exercise] = {
    "46-1": Exercise(
        expected=_days_before_the_offer,
        unit="days",
        hints=(
            "Talks come first: no panel before they have had their time.",
            "Add 60 days to the day of the request; then count from there to the day of the offer.",
            "Begin with law.earliest_panel('2022-12-12', 60)",
        ),
        tolerance=0.002,
        slips=DAY_SLIPS,
    ),
    "46-2": Exercise(
        expected=_bound_by_china_only,
        unit="members, in alphabetical order",
        hints=(
            "An appeal has judges only where both sides are in the arrangement for appeals.",
            "China is in it; so ask of each complainant alone.",
            "Begin with studies.in_arrangement('2024-01-01')[asked]",
        ),
        form="some",
        choices=lambda: ASKED,
    ),
    "46-3": Exercise(
        expected=_slow_rulings,
        unit="cases",
        hints=(
            "Only cases with a ruling count; lives() has one row a case.",
            "Turn four years into days; compare took_days with that, then count.",
            "Begin with (studies.lives(cases).dropna(subset='times')['took_days'] > ...",
        ),
        tolerance=0.001,
        slips=(),
    ),
    "46-4": Exercise(
        expected=_factor_missed,
        unit="times",
        hints=(
            "One goal, two outcomes: only who counts as Chinese differs.",
            "Divide the share made in China by anyone by the share made by firms of China.",
            "Begin with shares['mic-2020-made'] / ...",
        ),
        slips=(100,),
    ),
}
