"""What the exercises of `80_compute_gap` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

import math

from helpers.course.checks import Exercise
from helpers.scenario import model as gap
from helpers.scenario import studies

EXERCISES: dict[str, Exercise] = {
    "80-1": Exercise(
        expected=lambda: float(gap.stock([1, 3, 9], 6, 0.05)[-1]),
        unit="million H100-equivalents at the end of the third year",
        hints=(
            "Each year’s chips have an age of their own: 0, 1 and 2 years.",
            "What is left of a year is its amount times 0.95 to the power of its age.",
            "Begin with 9 + 3 * 0.95 + ...",
        ),
        tolerance=0.005,
    ),
    "80-2": Exercise(
        expected=lambda: _used_ratio(15.0, 1.9, 0.4, 0.5),
        unit="a ratio, US over China",
        hints=(
            "Rented computing goes to its user, and leaves its owner.",
            "(US - half of what is rented) / (China + what is rented).",
            "Begin with (15.0 - 0.5 * 0.4) / ...",
        ),
        tolerance=0.01,
    ),
    "80-3": Exercise(
        expected=lambda: float(studies.again().loc["PS21", "low"]) / 2,
        unit="a ratio, US over China, dense peaks on both sides",
        hints=(
            "Which side was counted with sparsity? Bring both to dense.",
            "(25 / 2) / (1.5 x 0.4 + 0.3).",
            "Begin with 25 / 2 / ...",
        ),
        slips=(2, 1e3),
    ),
    "80-4": Exercise(
        expected=lambda: float(gap.lag_months(8, 2.2)),
        unit="months",
        hints=(
            "How long must something grow to become 8 times as large?",
            "12 ln(ratio) / ln(growth).",
            "Begin with 12 * math.log(8) / ...",
        ),
        slips=(12, 30),
    ),
    "80-5": Exercise(
        expected=lambda: math.log(float(studies.scored().loc["PS19", "factor"])),
        unit="a natural logarithm; above 0 the forecast was too high",
        hints=(
            "A log error treats twice too high and half too low alike.",
            "ln(forecast / what came).",
            "Begin with math.log(37 / ...",
        ),
        slips=(math.log(10), -1),
    ),
}


def _used_ratio(us: float, china: float, rented: float, rented_us: float) -> float:
    use = gap.used(us, china, us, rented, rented_us)
    return float(use.us / use.china)
