"""What the exercises of `32_experts_and_training_cost` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.training import model as training
from helpers.training import studies


def _fewest_micro_batches() -> int:
    return next(m for m in range(1, 1000) if training.bubble_fraction("1F1B", 16, m) <= 0.1 + 1e-12)


def _tie_percent() -> float:
    hours = {chip: h[1] for chip, h in studies.other_chips(39, 39, 80, 4, 100).hours.items()}
    return 100 * studies.boxes().mfu * hours["Ascend 910C"] / hours[studies.H800]


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
        expected=lambda: (
            studies.runs().loc["deepseek-v2-per-trillion", "hours_k"]
            * studies.busy("deepseek-v2-per-trillion")[1]
            / 100
            / studies.boxes().mfu
        ),
        unit="thousand GPU-hours",
        hints=(
            "Operations needed, over what a chip does in an hour at that utilisation.",
            "A trillion tokens times the operations of one; the BF16 peak of the H800; found.mfu.",
            "Begin with training.gpu_hours(llm.flops_per_token('DeepSeek-V2', 4096, 'training') * 1e12, ...",
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
        expected=_tie_percent,
        unit="per cent",
        hints=(
            "Equal work in equal hours: equal useful speed.",
            "Useful speed is peak times utilisation.",
            "Begin with 100 * found.mfu * peak['H800 SXM5 80GB'] / ...",
        ),
    ),
}
