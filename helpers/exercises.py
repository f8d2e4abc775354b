"""The checked exercises: what each expects, computed from the course's own data, and its hints.

A question is put, and its solution written, once, in ``notebooks/source``; this register only
lets `helpers.checks` tell right from wrong. ``tests/test_notebooks.py`` fails when the solution in
a source is not what is expected here.
"""

from __future__ import annotations

from helpers import chips, clusters, data, rules, timeline
from helpers.checks import DAY_SLIPS, Exercise


def _h20_stopped_days() -> int:
    dates = data.load("events").set_index("event_id")["date"]
    return (dates["h20-return"] - dates["h20-licence-letter"]).days


def _turns_in_order() -> list[str]:
    eras = data.load("eras").set_index("era_id")
    turns = eras.loc[["era-6", "era-3", "era-5", "era-1"], "turn_event"]
    return data.load("events").set_index("event_id").loc[turns].sort_values("date").index.tolist()


def _largest_free(values: range, chip: dict[str, object], key: str, on: str) -> int:
    """The largest of `values` for which the chip goes to China without licence or notice (they are free up to some value)."""
    low, high = values.start, values.stop
    while high - low > 1:
        middle = (low + high) // 2
        free = rules.classify({**chip, key: middle}, on, "China").review_policy == "no_license_required"
        low, high = (middle, high) if free else (low, middle)
    return low


def _best_free_tpp() -> int:
    return _largest_free(range(1000, 6000), {"die_area_mm2": 858, "datacenter": True}, "tpp", "2024-03-01")


def _best_free_bandwidth() -> int:
    chip = {"tpp": 2000, "die_area_mm2": 800, "io_gb_s": 200, "datacenter": True, "vendor": "NVIDIA"}
    return _largest_free(range(100, 9000), chip, "dram_bw_gb_s", "2025-05-01")


def _by_bandwidth_per_compute() -> list[str]:
    per_compute = {
        c: chips.h100_equivalents(c, by="memory_bandwidth") / chips.h100_equivalents(c)
        for c in ("H100", "H200", "H20", "Ascend 910C")
    }
    return sorted(per_compute, key=per_compute.get, reverse=True)


EXERCISES: dict[str, Exercise] = {
    "00-1": Exercise(
        expected=lambda: float(clusters.chips_to_match(1000, 0.4)),
        unit="a number of chips",
        hints=(
            "Equal work per second: many slow chips against few fast ones.",
            "Chips needed = chips of the reference kind divided by the relative speed.",
            "Begin with 1000 / ...",
        ),
    ),
    "10-1": Exercise(
        expected=_h20_stopped_days,
        unit="days",
        hints=(
            "Two events bound the time: the letter that stopped the chip, and the word that it would be licensed again.",
            "Subtract the date of the letter from that of the return.",
            "Begin with (when['h20-return'] - ...) and ask for .days",
        ),
        tolerance=0.005,
        slips=DAY_SLIPS,
    ),
    "10-2": Exercise(
        expected=lambda: 100 * float(timeline.delivery_probability(6, 0.4, 0.15)),
        unit="per cent",
        hints=(
            "Both must say yes in the same month; multiply the two chances, then think of six tries.",
            "1 - (1 - p q)^months, with p and q as fractions.",
            "Begin with p_both = 0.40 * 0.15",
        ),
    ),
    "10-3": Exercise(
        expected=_turns_in_order,
        unit="four event ids, the earliest first",
        hints=(
            "Each of them ends an era: find the four in the table of eras.",
            "Or look the dates up: when['busan-truce'] and so on, or sort a list with key=when.get.",
            "sorted([...], key=when.get) puts event ids in order of their dates.",
        ),
    ),
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
        expected=_by_bandwidth_per_compute,
        unit="four chips, the highest ratio first",
        hints=(
            "Divide what the chip can read by what it can compute.",
            "GB/s of memory bandwidth over TFLOPS of dense BF16; the H100-equivalents give the same order.",
            "Begin with table.set_index('chip') and its columns memory_bandwidth_gb_s and fp16_bf16_tflops_dense.",
        ),
    ),
}
