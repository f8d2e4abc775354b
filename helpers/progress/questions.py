"""Questions of `36_who_benefits` whose numbers vary by a seed."""

from __future__ import annotations

import math

from helpers.core import data
from helpers.course.bank.asking import Ask, Bank, Most, grid
from helpers.progress import model as progress


def papers():
    """Papers dated to the day, by their place in time."""
    rows = data.load("papers")
    return rows.assign(day=rows["date"].astype("int64"))


def _said(day: float) -> str:
    return str(data.load("papers")["date"][papers()["day"] == day].iloc[0].date())


QUESTIONS: Bank = {
    "36": (
        Most("first", "Which of these papers came first?", papers, "title", "day", "", largest=False, count=2, apart=0, words=_said),
        Ask(
            "year", "The computing that a task needs halves every {months:g} months. By which factor does it shrink in a year?",
            lambda r: {"months": r.choice(grid(5, 24, 0.5))}, lambda months: progress.factor_per_year(months), "times",
            {"divided twelve by the months": lambda months: 12 / months, "doubled that": lambda months: 24 / months, "took e for 2": lambda months: math.exp(12 / months)},
            "2 to the power of twelve over the months.",
        ),
        Ask(
            "gain", "One method saves a factor of {a:g}, another {b:g}, and they do not touch the same computing twice ({overlap:.0%} overlap). What do both save together?",
            lambda r: {"a": r.choice(grid(1.2, 3, 0.1)), "b": r.choice(grid(1.2, 3, 0.1)), "overlap": 0.0},
            lambda a, b, overlap: progress.combined_gain([a, b], overlap), "times",
            {"added the factors": lambda a, b, overlap: a + b, "took the larger": lambda a, b, overlap: max(a, b), "added the gains above 1": lambda a, b, overlap: a + b - 1},
            "Without overlap gains multiply.",
        ),
        Ask(
            "months", "An index rises by {pace:g} points a month. A follower is {points:g} points behind. How many months is that?",
            lambda r: {"points": r.choice(range(20, 201, 5)), "pace": r.choice(grid(4, 16, 0.5))},
            lambda points, pace: progress.months_from_points(points, pace), "months",
            {"multiplied": lambda points, pace: points * pace, "upside down": lambda points, pace: 100 * pace / points, "counted a year": lambda points, pace: points / (12 * pace)},
            "Points over points a month; without a trend, no months.",
        ),
    ),
}  # fmt: skip
