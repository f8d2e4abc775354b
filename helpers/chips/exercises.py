"""What the exercises of `14_chips_compared` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.chips import model as chips
from helpers.chips import studies
from helpers.course.checks import Exercise

EXERCISES: dict[str, Exercise] = {
    "14-1": Exercise(
        expected=lambda: 1000 / float(chips.h100_equivalents("Ascend 910B4")),
        unit="a number of chips",
        hints=(
            "Equal work per second: the weaker each chip, the more of them.",
            "Chips needed = chips of the reference kind divided by what one is worth.",
            "Begin with 1000 / float(chips.h100_equivalents(...",
        ),
    ),
    "14-2": Exercise(
        expected=lambda: float(
            chips.weighted_score(chips.table(), {"bf16": 2, "memory": 1, "memory_bandwidth": 3})["Ascend 910C"]
        ),
        unit="a score, with the H100 at 1",
        hints=(
            "The mean is geometric: ratios are multiplied, not added.",
            "Each ratio to the H100 is raised to its weight divided by the sum of the weights.",
            "Begin with chips.weighted_score(table, {'bf16': 2, ...})['Ascend 910C']",
        ),
        tolerance=0.005,
    ),
    "14-3": Exercise(
        expected=lambda: studies.by_bandwidth_per_compute(["H100", "H200", "H20", "Ascend 910C"]),
        unit="four chips, the highest ratio first",
        hints=(
            "Divide what the chip can read by what it can compute.",
            "GB/s of memory bandwidth over TFLOPS of dense BF16; the H100-equivalents give the same order.",
            "Begin with table.set_index('chip') and its columns memory_bandwidth_gb_s and fp16_bf16_tflops_dense.",
        ),
        form="order",
        choices=lambda: ("H100", "H200", "H20", "Ascend 910C"),
    ),
}
