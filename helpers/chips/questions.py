"""Questions of `14_chips_compared` whose numbers vary by a seed."""

from __future__ import annotations

import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies import data_centre_chips
from helpers.course.bank.asking import Ask, Bank, Most

OURS, THEIRS = "H100 SXM5 80GB", ("H200 SXM 141GB", "H20 96GB", "H800 SXM5 80GB", "Ascend 910B4", "Ascend 910C")
_WORDS = {
    "fp16_bf16_tflops_dense": "dense BF16 compute",
    "memory_gb": "memory",
    "memory_bandwidth_gb_s": "memory bandwidth",
    "link_bidir_gb_s": "link bandwidth",
}


def table() -> pd.DataFrame:
    """The chips of data centres."""
    return data_centre_chips(chips.table())


def _row(chip: str) -> pd.Series:
    return chips.table().set_index("chip").loc[chip]


def kept(chip: str, measure: str) -> float:
    """What a chip has of a measure, as per cent of the H100."""
    return 100 * float(_row(chip)[measure] / _row(OURS)[measure])


def _compared(r):
    unlike = [(chip, m) for chip in THEIRS for m in _WORDS if _row(chip)[m] != _row(OURS)[m]]
    chip, measure = r.choice(unlike)
    return {
        "chip": chip,
        "measure": measure,
        "words": _WORDS[measure],
        "own": float(_row(chip)[measure]),
        "other": float(_row(OURS)[measure]),
    }


def _needed(r):
    chip = r.choice(
        [chip for chip in THEIRS if _row(chip)["fp16_bf16_tflops_dense"] != _row(OURS)["fp16_bf16_tflops_dense"]]
    )
    return {
        "chip": chip,
        "count": r.choice(range(500, 5001, 100)),
        "own": float(_row(chip)["fp16_bf16_tflops_dense"]),
        "other": float(_row(OURS)["fp16_bf16_tflops_dense"]),
    }


QUESTIONS: Bank = {
    "14": (
        Most("memory", "Which of these chips has the most memory?", table, "chip", "memory_gb", "GB"),
        Most("bandwidth", "Which of these chips reads its memory fastest?", table, "chip", "memory_bandwidth_gb_s", "GB/s"),
        Most("power", "Which of these chips may draw the most power?", table, "chip", "tdp_w", "W"),
        Ask(
            "kept", "In {words} the {chip} has {own:g}, the H100 {other:g} (same unit). What share of the H100’s is that?", _compared,
            lambda chip, measure, **_: kept(chip, measure), "%",
            {"gave the difference": lambda own, other, **_: 100 * abs(1 - own / other), "upside down": lambda own, other, **_: 100 * other / own, "gave twice the share, as for sparse peaks": lambda own, other, **_: 200 * own / other},
            "The one over the other.",
        ),
        Ask(
            "worth", "Peaks in dense BF16: {chip} {own:g} TFLOPS, H100 {other:g}. How many H100 are {count:,} of the {chip} worth by this measure?", _needed,
            lambda chip, count, **_: chips.h100_equivalents(chip, "bf16", count), "H100",
            {"upside down": lambda count, own, other, **_: count * other / own, "took sparse peaks for one side": lambda count, own, other, **_: 2 * count * own / other},
            "Their number times the ratio of the peaks.",
        ),
        Ask(
            "match", "Peaks in dense BF16: {chip} {own:g} TFLOPS, H100 {other:g}. How many of the {chip} do as much as {count:,} H100, by peaks?", _needed,
            lambda chip, count, **_: count / float(chips.h100_equivalents(chip, "bf16")), "chips",
            {"upside down": lambda count, own, other, **_: count * own / other, "took sparse peaks for one side": lambda count, own, other, **_: count * other / own / 2},
            "Their number over what one of the other is worth.",
        ),
    ),
}  # fmt: skip
