"""Which chip suits reading, which writing, and what each export rule took away."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import one_of
from helpers.serving import model as serving
from helpers.serving.studies.choices import CHIPS, step_of

FEW, MANY = 2, 64
WORK = ("reading", f"writing, {FEW} at once", f"writing, {MANY} at once")


@cache
def work_times(end: str = "") -> pd.DataFrame:
    """Bounds of DeepSeek-V3 on each of `CHIPS`, 64 to a copy, 4K tokens, as multiples of the H100's.

    Parameters
    ----------
    end : str
        Empty, or "_low" or "_high": the chips take that end of what is published of their compute and bandwidth.

    Returns
    -------
    DataFrame
        One row a chip; columns `WORK`: reading, writing for a few users and for many.
    """
    one_of("end", end, ("", "_low", "_high"))
    table = chips.table().set_index("chip")

    def taken(chip: str) -> serving.Rates:
        peak, row = serving.rates(chip), table.loc[chip]
        compute, bandwidth = (row[f"{c}{end}"] / row[c] for c in ("fp16_bf16_tflops_dense", "memory_bandwidth_gb_s"))
        return replace(
            peak,
            tflops=peak.tflops * compute,
            attention_tflops=peak.attention_tflops * compute,
            bandwidth_gb_s=peak.bandwidth_gb_s * bandwidth,
        )

    rates = {
        chip: [
            float(step_of("DeepSeek-V3", taken(chip), phase, batch, 4096, 64).tokens_per_s)
            for phase, batch in (("prefill", 4), ("decode", FEW), ("decode", MANY))
        ]
        for chip in CHIPS
    }
    frame = pd.DataFrame.from_dict(rates, orient="index", columns=list(WORK))
    return frame / frame.loc[CHIPS[0]]


class RuleStep(NamedTuple):
    """A US step: its date, its words, the chip it led to (empty for none) and what it took away."""

    date: pd.Timestamp
    words: str
    chip: str
    took: str


def rule_steps() -> list[RuleStep]:
    """The four US steps that the notebook follows, in order, with what each took away."""
    day = data.load("events").set_index("event_id")["date"]
    table = chips.table().set_index("chip")
    compute, links = table["fp16_bf16_tflops_dense"], table["link_bidir_gb_s"]
    h100, h800, h20, h200 = CHIPS[:4]
    steps = [
        ("bis-oct-2022", "The rule of", h800, f"Links inside a machine: from {links[h100]:.0f} to {links[h800]:.0f} GB/s"),
        ("bis-oct-2023", "The rule of", h20, f"Compute: from {compute[h100]:.0f} to {compute[h20]:.0f} TFLOPS"),
        ("h20-licence-letter", "The letter of", "", "The H20, and chips of its memory or link bandwidth, without a licence"),
        ("bis-h200-rule", "The rule of", h200, "Nothing: the H200 may be licensed, case by case"),
    ]  # fmt: skip
    return [RuleStep(day[event], *step) for event, *step in steps]
