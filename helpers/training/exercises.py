"""What the exercises of `32_experts_and_training_cost` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.chips import model as chips
from helpers.core import data
from helpers.course.checks import Exercise
from helpers.llm import model as llm
from helpers.training import model as training


def _v3_hours() -> float:
    runs = data.load("training_runs")
    return 1e3 * float(runs.loc[(runs["model"] == "DeepSeek-V3") & (runs["stage"] != "speed"), "hours_k"].sum())


def _v2_utilisation() -> float:
    run = data.load("training_runs").set_index("run_id").loc["deepseek-v2-per-trillion"]
    flops = float(llm.flops_per_token("DeepSeek-V2", 4096, "training")) * float(run["tokens_t"]) * 1e12
    peak = chips.table().set_index("chip").loc[run["chip"], "fp16_bf16_tflops_dense"]
    return 100 * float(training.mfu_from_hours(flops, run["hours_k"] * 1e3, peak))


def _fewest_micro_batches() -> int:
    return next(m for m in range(1, 1000) if training.bubble_fraction("1F1B", 16, m) <= 0.1 + 1e-12)


def _by_training_hours() -> list[str]:
    useful = {c: chips.h100_equivalents(c) * 0.39 for c in ("H800", "H20")}
    useful |= {c: chips.h100_equivalents(c) * 0.25 for c in ("A100", "Ascend 910C")}
    return sorted(useful, key=useful.get, reverse=True)


EXERCISES: dict[str, Exercise] = {
    "32-1": Exercise(
        expected=lambda: 10e6 / _v3_hours(),
        unit="USD an hour",
        hints=(
            "Cost is hours times rent; here the cost is given and the rent is asked.",
            "Add the hours of the three stages, in thousands, and divide 10 million USD by them.",
            "Begin with 10e6 / (stages['hours_k'].sum() * ...",
        ),
    ),
    "32-2": Exercise(
        expected=_v2_utilisation,
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
    ),
}
