"""What the exercises of `34_serving` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.serving import model as serving
from helpers.serving import studies

EXERCISES: dict[str, Exercise] = {
    "34-1": Exercise(
        expected=lambda: studies.ridge_in_16_bits("Ascend 910C"),
        unit="operations a byte",
        hints=(
            "At the ridge, computing and reading take equally long.",
            "Compute over memory bandwidth, in operations and bytes a second.",
            "Begin with serving.ridge_point(752, ...",
        ),
        tolerance=0.01,
        slips=(1e3, 1e6, 2),
    ),
    "34-2": Exercise(
        expected=lambda: serving.crossover_batch("DeepSeek-V3", "H20", 4096, 64) - 1,
        unit="answers on each chip, a whole number",
        hints=(
            "The function gives the first batch on the other side.",
            "One less than the smallest batch at which compute binds.",
            "Begin with serving.crossover_batch('DeepSeek-V3', 'H20', 4096, 64)",
        ),
        tolerance=0.001,
        slips=(64,),
    ),
    "34-3": Exercise(
        expected=lambda: 100 * float(serving.day(**{**serving.disclosed_day(), "usd_per_gpu_hour": 3}).of_revenue),
        unit="per cent",
        hints=(
            "The question asks for a share of revenue, not of cost. Rent enters the cost only; revenue stays as it is.",
            "100 x (revenue - cost) / revenue, with the cost half as high again.",
            "Begin with serving.day(**{**serving.disclosed_day(), 'usd_per_gpu_hour': 3})",
        ),
        tolerance=0.005,
    ),
    "34-4": Exercise(
        expected=lambda: float(serving.exchange_bound(serving.all_to_all_seconds(32, 9, 7000, 160), 61)),
        unit="tokens a second",
        hints=(
            "Faster links shorten the exchange in proportion.",
            "1 / (2 x 61 x time of one exchange).",
            "Begin with serving.all_to_all_seconds(32, 9, 7000, 160)",
        ),
        tolerance=0.01,
        slips=(1e3, 1e6, 2),
    ),
}
