"""What the exercises of `00_start_here` and `90_verdicts` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.claims import model, studies
from helpers.clusters import model as clusters
from helpers.core.tables import CLAIM_KINDS
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
    "90-1": Exercise(
        expected=lambda: float(studies.checkable_and_standing()),
        unit="a number of claims",
        hints=(
            "Two columns of the table decide: who could check a claim, and our verdict on it.",
            "A claim stands if its verdict is “supported” or “mostly supported”.",
            'Begin with (claims["checkable_by"] == "anyone") & ...',
        ),
    ),
    "90-2": Exercise(
        expected=studies.beyond_evidence,
        unit="one of the four kinds",
        hints=(
            "A share, not a count: there are many more claims of one kind than of the others.",
            "For each kind: claims that are “opinion”, or “not checkable” by nobody, divided by all claims of that kind.",
            'Begin with never = (claims["verdict"] == "not checkable") & (claims["checkable_by"] == "nobody")',
        ),
        form="one",
        choices=lambda: CLAIM_KINDS,
    ),
    "90-3": Exercise(
        expected=lambda: model.brier_score(SURE, RIGHT),
        unit="a score from 0 to 1",
        hints=(
            "For each forecast: the distance between how sure, as a share, and 1 if right or 0 if wrong.",
            "Square each distance, then take the mean.",
            "Begin with (0.9 - 1) ** 2 + ...",
        ),
    ),
    "90-4": Exercise(
        expected=studies.sure_though_contested,
        unit="a list of claim ids in the order of the table",
        hints=(
            "“Contested” describes the sources; “mixed” describes the verdict. The two need not go together.",
            "Keep the rows where confidence is contested and the verdict is another word than mixed.",
            'Begin with claims.loc[(claims["confidence"] == "contested") & ...',
        ),
        form="lines",
    ),
}

# Exercise 90-3: how sure a reader was of four forecasts, in per cent, and which came true.
SURE, RIGHT = (90, 80, 70, 60), (1, 1, 0, 1)
