"""What the exercises of `46_law_and_plans` expect, computed from the course's own tables, and their hints."""

from __future__ import annotations

from helpers.core import data
from helpers.course.checks import DAY_SLIPS, Exercise
from helpers.law import studies


def _binding_security_rulings() -> int:
    rows = studies.security_pleas(data.load("wto_cases"))
    return int((rows["ruled"] & rows["end"].isin(["adopted", "award"])).sum())


# Exercise 46-2: the members among which the question asks.
ASKED = ("EU", "India", "Japan", "Korea", "Taiwan", "United Kingdom", "United States")


def _bound_by_china_only() -> list[str]:
    return [member for member in ASKED if member in studies.who_could_bind("China", studies.record_end())]


def _factor_missed() -> float:
    wide, narrow = studies.missed_by()
    return narrow / wide


EXERCISES: dict[str, Exercise] = {
    "46-1": Exercise(
        expected=studies.days_not_used,
        unit="days",
        hints=(
            "Talks come first: no panel before they have had their time.",
            "Add 60 days to the day of the request; then count from there to the record's end.",
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
            "Begin with studies.in_arrangement('2026-10-01')[asked]",
        ),
        form="some",
        choices=lambda: ASKED,
    ),
    "46-3": Exercise(
        expected=_binding_security_rulings,
        unit="cases",
        hints=(
            "Two questions of each row: has a panel ruled on the plea, and does the end bind?",
            "The column ruled answers the first; ends that bind are 'adopted' and 'award'.",
            "Begin with pleas[pleas['ruled'] & ...",
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
