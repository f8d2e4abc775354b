"""What the exercises of `32_experts_and_training_cost` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.chips.studies import short
from helpers.course.checks import Exercise
from helpers.training import model as training
from helpers.training import studies


def _fewest_micro_batches() -> int:
    return next(m for m in range(1, 1000) if training.bubble_fraction("1F1B", 16, m) <= 0.1 + 1e-12)


def _by_training_hours() -> list[str]:
    hours = {short(c): h[1] for c, h in studies.other_chips(39, 25, 80, 4, 100).hours.items()}
    names = {"H800": "H800", "H20": "H20", "A100": "A100 80GB", "Ascend 910C": "Ascend 910C"}
    return sorted(names, key=lambda name: hours[names[name]])


EXERCISES: dict[str, Exercise] = {
    "32-1": Exercise(
        expected=lambda: 10e6 / (1e3 * float(studies.stages(studies.V3)["hours_k"].sum())),
        unit="USD an hour",
        hints=(
            "Cost is hours times rent; here the cost is given and the rent is asked.",
            "Add the hours of the three stages, in thousands, and divide 10 million USD by them.",
            "Begin with 10e6 / (stages['hours_k'].sum() * ...",
        ),
    ),
    "32-2": Exercise(
        expected=lambda: studies.busy("deepseek-v2-per-trillion")[1],
        unit="per cent",
        hints=(
            "Operations needed, over operations the chips could have done in those hours.",
            "A trillion tokens times the operations of one; 172.8 thousand hours; the BF16 peak of the H800.",
            "Begin with 100 * training.mfu_from_hours(llm.flops_per_token('DeepSeek-V2', 4096, 'training') * 1e12, ...",
        ),
        slips=(100, 1000, 2),
    ),
    "32-3": Exercise(
        expected=_fewest_micro_batches,
        unit="a whole number of micro-batches",
        hints=(
            "The more pieces the batch is cut into, the smaller the share of waiting.",
            "Under 1F1B the share is (stages - 1) / (m + stages - 1).",
            "Solve 15 / (m + 15) = 0.1, or try training.bubble_fraction('1F1B', 16, 100).",
        ),
        tolerance=0.002,
    ),
    "32-4": Exercise(
        expected=_by_training_hours,
        unit="four chips, the fewest hours first",
        hints=(
            "Equal work: the faster the useful speed, the fewer the hours. Write the four names as the question does.",
            "Useful speed is peak times utilisation; two of the four have FP8.",
            "Begin with peak['H800 SXM5 80GB'] * 0.39 and the same for the others.",
        ),
        form="order",
        choices=lambda: ("H800", "H20", "A100", "Ascend 910C"),
    ),
}
