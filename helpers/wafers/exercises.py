"""What the exercises of `20_dies_and_yield` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.wafers import model as wafers
from helpers.wafers import studies


def _area_910b() -> float:
    return studies.published("die-910b")


def _sellable_910b() -> float:
    return 100 * studies.salvage(float(wafers.infer_d0(_area_910b(), 0.20)), needed=22).sold


EXERCISES: dict[str, Exercise] = {
    "20-1": Exercise(
        expected=lambda: float(wafers.infer_d0(_area_910b(), 0.30)),
        unit="defects per cm2",
        hints=(
            "A yield and an area fix a density, once the model is chosen; here it has alpha 3.",
            "Turn (1 + x / alpha) ** -alpha = share round; wafers.infer_d0 does it.",
            "Begin with wafers.infer_d0(area, ...",
        ),
    ),
    "20-2": Exercise(
        expected=lambda: float(wafers.dies_per_wafer(10)),
        unit="a number of dies",
        hints=(
            "A count has no unit; write the unit of each term beside it.",
            "The first term is an area over an area: that of the wafer is pi times the radius squared.",
            "Begin with 3.14159265 * (300 / 2) ** 2 / 10 - ...",
        ),
        tolerance=0.001,
    ),
    "20-3": Exercise(
        expected=_sellable_910b,
        unit="per cent",
        hints=(
            "First the density behind 20% flawless, then the chances of 25, 24, 23 and 22 cores.",
            "A core has 0.6 * area / 25, the shared part 0.4 * area; add the last four chances.",
            "Begin with at_20 = float(wafers.infer_d0(area, 0.20))",
        ),
    ),
    "20-4": Exercise(
        expected=lambda: float(wafers.die_cost(400, 14_000, 0.5, alpha=2).known_good_usd),
        unit="USD",
        hints=(
            "A square centimetre holds 100 square millimetres, and so 100 times the defects.",
            "The silicon of one die is the wafer's price over the dies on it; over the yield, that is a good die's cost.",
            "Begin with wafers.die_cost(400, 14_000, 0.005 * 100, ...",
        ),
    ),
}
