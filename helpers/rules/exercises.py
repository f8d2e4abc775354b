"""What the exercises of `12_rules_as_code` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.chips import model as chips
from helpers.course.checks import Exercise
from helpers.rules import studies


def _best_free_tpp() -> int:
    chip = {"die_area_mm2": 858, "datacenter": True}
    return studies.best_free(chip, "tpp", range(1000, 6000), "2024-03-01")


def _best_free_bandwidth() -> int:
    chip = {"tpp": 2000, "die_area_mm2": 800, "io_gb_s": 200, "datacenter": True, "vendor": "NVIDIA"}
    return studies.best_free(chip, "dram_bw_gb_s", range(100, 9000), "2025-05-01")


EXERCISES: dict[str, Exercise] = {
    "12-1": Exercise(
        expected=lambda: float(chips.max_tpp([148, 296], [16, 8])),
        unit="a TPP, without unit",
        hints=(
            "One number, although the chip has two formats.",
            "Operations times bits for each format; take the larger, not the sum.",
            "Begin with max(148 * 16, ...",
        ),
        tolerance=0.001,
    ),
    "12-2": Exercise(
        expected=_best_free_tpp,
        unit="a whole number of TPP",
        hints=(
            "Two lines could stop it: one on TPP, one on density. See which comes first for so large a die.",
            "Paragraph b.1 begins at a TPP; below it only the density of b.2 matters.",
            "Try rules.classify({'tpp': 2000, 'die_area_mm2': 858, 'datacenter': True}, '2024-03-01', 'China')",
        ),
        tolerance=0.0002,
    ),
    "12-3": Exercise(
        expected=_best_free_bandwidth,
        unit="a whole number of GB/s",
        hints=(
            "The published rule has no line in memory bandwidth; the letter has one, and one on a sum.",
            "Check both: bandwidth alone, and bandwidth plus links.",
            "Try rules.classify({'tpp': 2000, 'die_area_mm2': 800, 'io_gb_s': 200, 'dram_bw_gb_s': 1000, 'datacenter': True, 'vendor': 'NVIDIA'}, '2025-05-01', 'China')",
        ),
        tolerance=0.0003,
    ),
}
