"""The picture that opens 14_chips_compared: “Block, tank and two pipes”, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.chips import figures, studies
from helpers.chips import model as chips
from helpers.chips.studies import DRAWN, PICTURED, Parts, short
from helpers.core.words import listed, percent
from helpers.show.panel import Choice, Panel, State, Steps

STEPS = {
    "h100": "An H100",
    "h800": "The H800",
    "h20": "The H20",
    "910c": "Huawei’s 910C",
    "two": "Choose two",
}
_CHIP = {"h100": chips.REFERENCE, "h800": "H800 SXM5 80GB", "h20": "H20 96GB", "910c": "Ascend 910C"}
_SEEN = {
    "h100": "An orange tank, a broad orange pipe, a blue block, and a narrow grey pipe to other chips.",
    "h800": "The same tank, pipe and block; the grey pipe is thinner than its dashed outline.",
    "h20": "A small blue block within the dashed outline of a large one; tank and orange pipe are a little larger than the dashed ones.",
    "910c": "Two blue blocks, one above the other, joined; together smaller than the dashed one. A taller tank.",
    "two": "Two chips side by side at one scale, with their values below. Dotted with a question mark: not published.",
}
_LESS = {
    "bf16": "less arithmetic",
    "memory": "less memory",
    "memory_bandwidth": "thinner pipe to memory",
    "link": "thinner pipe to other chips",
}
_MORE = {
    "bf16": "more arithmetic",
    "memory": "more memory",
    "memory_bandwidth": "wider pipe to memory",
    "link": "wider pipe to other chips",
}


def _share(row: dict[str, Any]) -> str:
    """A ratio as one number: “at least” the lowest where sources differ."""
    if row["high"] == 0:
        return "none"
    words = percent(row["low"])
    return words if words == percent(row["high"]) else f"at least {words}"


def _two_said(frame: pd.DataFrame, chip: Parts, other: Parts) -> tuple[str, str]:
    """Title and sentence of two chips side by side."""
    name, base = chip.name, other.name
    if chip.chip == other.chip:
        return "One chip twice: choose another", f"Both are the {name}."
    for one in (chip, other):
        if not any(one.known(measure) for measure in DRAWN):
            return "Side by side: nothing is published of one", f"Of the {one.name} none of the four is published; a question mark is not a zero."  # fmt: skip
    ratios = studies.drawn_ratios(frame, chip.chip, other.chip)
    least, most = studies.drawn_extremes(frame, chip.chip, other.chip)
    weak, strong = _alike(ratios, least), _alike(ratios, most)
    parts = [_LESS[m] for m in weak[: 1 if strong else 2]] + [_MORE[m] for m in strong[: 1 if weak else 2]]
    title = f"{name} beside {base}: {', '.join(parts) if parts else 'alike, as far as is known'}"
    start = f"Against the {base} the {name} is"
    if least and most:
        return title, f"{start} weakest in {_in(weak)} ({_share(least)}), but ahead elsewhere."
    if least:
        return title, f"{start} weakest in {_in(weak)} ({_share(least)}), nowhere known ahead."
    if most:
        return title, f"{start} strongest in {_in(strong)} ({_share(most)}), nowhere known behind."
    return title, f"{start} equal in all that is known of both."


def _alike(ratios: Mapping[str, dict[str, Any]], row: dict[str, Any] | None) -> list[str]:
    """The measures that share a lowest or highest ratio."""
    return [measure for measure, other in ratios.items() if row and other["label"] == row["label"]]


def _in(measures: list[str]) -> str:
    return "all four" if len(measures) == len(DRAWN) else listed(DRAWN[measure] for measure in measures)


def _said(step: str, frame: pd.DataFrame, chip: Parts, other: Parts) -> tuple[str, str]:
    """Title, and a sentence of at most 20 words and one number."""
    ratios = studies.drawn_ratios(frame, chip.chip, other.chip)
    if step == "h100":
        read = chip.words("memory_bandwidth")
        return "An H100: a block that computes, a tank of memory, and two pipes", f"Areas are arithmetic and memory, widths are speeds: this chip reads its memory at {read}."  # fmt: skip
    if step == "h800":
        kept = _share(ratios["link"])
        return "H800, for the rule of 2022: only the pipe to other chips shrinks", f"The rule caught only chips with fast links; the H800 kept {kept} of this link and all the arithmetic drawn."  # fmt: skip
    if step == "h20":
        kept = _share(ratios["bf16"])
        return "H20, for the rule of 2023: the block shrinks, the pipes stay wide", f"The new rule counts arithmetic, no link: the H20 kept {kept} of it, and reads memory faster than the H100."  # fmt: skip
    if step == "910c":
        reach = _share(ratios["bf16"]).removeprefix("at least ")
        return "Huawei’s 910C: two joined blocks, together less than one H100’s", f"Together the two reach {reach} of the H100’s block, or a little more: sources differ."  # fmt: skip
    return _two_said(frame, chip, other)


def _numbers(chip: Parts) -> str:
    """One chip in numbers, for those who do not see the picture."""
    return f"{chip.name}: {listed(f'{words} {chip.words(measure)}' for measure, words in DRAWN.items())}."


def picture_panel(frame: pd.DataFrame) -> Panel:
    """Block, tank and two pipes: what was cut from each chip, and then any two side by side.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """

    def compute(step: str, left: str, right: str) -> State:
        two = step == "two"
        chip, other = (studies.parts(frame, c) for c in ((right, left) if two else (_CHIP[step], chips.REFERENCE)))
        title, sentence = _said(step, frame, chip, other)
        rows = figures.pipes_rows(step, chip, other, studies.drawn_ratios(frame, chip.chip, other.chip))
        more = " ".join([_SEEN[step], *([_numbers(other)] if two else []), _numbers(chip)])
        return State(
            rows,
            sentence,
            {"title": f"{list(STEPS).index(step) + 1}. {title}"},
            figures.contested_card(chip.chip, other.chip) if two or step == "910c" else "",
            more,
        )

    options = [(short(chip), chip) for chip in PICTURED]
    return Panel(
        "Block, tank and two pipes",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "h100"),
            Choice("left", "Left (step 5)", options, "H800 SXM5 80GB"),
            Choice("right", "Right (step 5)", options, "H20 96GB"),
        ],
        compute,
        figures.pipes_chart(),
        presets={
            "What sets H800 and H20 apart?": {"step": "two"},
            "What does a 910C add to a 910B?": {"step": "two", "left": "Ascend 910B", "right": "Ascend 910C"},
            "What would the B30A be?": {"step": "two", "left": "GB300 GPU", "right": "B30A"},
            "What did letters of 2025 leave?": {"step": "two", "left": "RTX 5090D", "right": "RTX 5090D V2"},
            "What is not published?": {"step": "two", "left": "MI300X", "right": "MI308X"},
        },
    )
