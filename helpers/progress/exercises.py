"""What the exercises of `36_who_benefits` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.core import data
from helpers.course.checks import DAY_SLIPS, Exercise
from helpers.progress import model as progress
from helpers.progress import studies


def _unexplained_share_of_k3() -> float:
    estimates = data.load("progress_estimates")
    parts = studies.gains_together(("kda", "attnres"), 0, estimates)
    return studies.whole_generation(estimates) / parts.product


def _months_behind_at_900() -> float:
    scores = data.load("index_scores")
    leader = scores[scores["home"] == "US"]
    follower = scores.loc[scores["home"] == "CN", "released"].iloc[0]
    return float(progress.months_behind(leader["released"].to_numpy(), leader["score"].to_numpy(), follower, 900))


EXERCISES: dict[str, Exercise] = {
    "36-1": Exercise(
        expected=lambda: float(progress.factor_per_year(18)),
        unit="times a year",
        hints=(
            "Halving in 12 months would be a factor of 2 a year; a longer time is a smaller factor.",
            "Factor a year = 2 to the power of 12 over the months.",
            "Begin with 2 ** (12 / ...",
        ),
        slips=(12, 2),
    ),
    "36-2": Exercise(
        expected=lambda: progress.crossing(
            progress.power_law("kimi-linear-mla"),
            progress.PowerLaw(progress.power_law("kimi-linear-kda").a, 0.0530),
        ),
        unit="PFLOP/s-days",
        hints=(
            "At the crossing both curves give the same loss.",
            "C = (a_old / a_new) to the power 1 / (b_old - b_new).",
            "Begin with (2.3092 / 2.2879) ** (1 / ...",
        ),
        tolerance=0.03,
    ),
    "36-3": Exercise(
        expected=_unexplained_share_of_k3,
        unit="times",
        hints=(
            "Gains that do not overlap multiply; so what is left over is a quotient, not a difference.",
            "The whole divided by the product of the two parts.",
            "Begin with 2.5 / (1.16 * ...",
        ),
        slips=(100,),
    ),
    "36-4": Exercise(
        expected=_months_behind_at_900,
        unit="months",
        hints=(
            "Find the two releases of the leader between whose scores 900 lies, then the day on the straight line between them.",
            "Share of the way = (900 - 800) / (999 - 800), of the days from August 2025 to February 2026.",
            "Begin with progress.months_behind(leader['released'], leader['score'], '2026-04-24', ...",
        ),
        slips=DAY_SLIPS,
    ),
}
