"""The picture that opens 34_serving: “Fetch once, use many times”, step by step."""

from __future__ import annotations

from helpers.chips.studies import short
from helpers.core.words import counted, percent
from helpers.serving import figures, studies
from helpers.show.panel import Choice, Panel, State, Steps, Stops

STEPS = {
    "chip": "A chip",
    "one": "One answer",
    "eight": "Eight answers",
    "climb": "The climb",
    "ridge": "The ridge",
    "two": "A second chip",
}
FIRST = "H800 SXM5 80GB"
_SEEN = {
    "chip": "A tank of squares, an empty pipe, a grid of pale cells.",
    "one": "Arrows fill the pipe; one cell is lit; one text gains a token.",
    "eight": "The same arrows in the pipe; more cells are lit; eight texts gain a token each.",
    "climb": "The chip, smaller; beside it a line that climbs from one answer to the chosen number.",
    "ridge": "All cells are lit; the line is orange as it climbs and blue where it is flat.",
    "two": "The second chip stands below the first; its line is coloured, that of the first is grey.",
}


def _compared(first: studies.Alone, other: studies.Alone) -> str:
    """How the second chip's line runs, against the first's."""
    name, climb = short(other.chip), other.at(1)[0] / first.at(1)[0]
    climbs = "climbs as fast" if 0.99 < climb < 1.01 else f"climbs {'faster' if climb > 1 else 'more slowly'}"
    if other.room < other.ridge:
        return f"The {name} {climbs}, until its memory is full"
    if other.ridge == first.ridge:
        return f"The {name} {climbs}, and is full at the same point"
    if other.ridge > first.ridge:
        return f"The {name} {climbs}, and is full later"
    block = "smaller block" if other.tflops < first.tflops else "block"
    return f"The {name} {climbs}, {'but' if climb > 1.01 and other.tflops < first.tflops else 'and'} its {block} is full earlier"


def _against(first: studies.Alone, other: studies.Alone, answers: int) -> str:
    """The two chips at this many answers: one number."""
    name, one = short(other.chip), short(first.chip)
    if not other.room:
        return f"In this format the model does not fit into the {name}."
    if answers > min(first.room, other.room):
        both = [short(c.chip) for c in (first, other) if answers > c.room]
        return f"The texts of so many answers do not fit into the {' or the '.join(both)}."
    share = percent(other.at(answers)[0] / first.at(answers)[0])
    full = [answers >= c.ridge for c in (first, other)]
    why = {
        (True, True): "both blocks are full, so arithmetic decides",
        (False, False): "both wait for memory, so bandwidth decides",
        (False, True): f"its block is full, the {one}’s is not",
        (True, False): f"the {one}’s block is full, its own is not",
    }[full[0], full[1]]
    return f"Here the {name} writes {share} of what the {one} writes: {why}."


def _said(step: str, answers: int, first: studies.Alone, other: studies.Alone) -> tuple[str, str]:
    """Title, and a sentence of at most 20 words and one number."""
    if step == "chip":
        return "Memory holds the model, arithmetic uses it", f"The weights of {studies.ALONE} fill {first.model_gb:.0f} GB of an {short(first.chip)}’s memory; a pipe leads to the arithmetic."  # fmt: skip
    if step == "one":
        busy = percent(first.at(1)[1], 1)
        return "For one answer the whole model is fetched to write a single token", f"The pipe is full, yet only {busy} of the arithmetic has work."  # fmt: skip
    if step == "eight":
        busy = percent(first.at(8)[1])
        return "Eight answers share one fetch, and each gains a token", f"What is fetched is used for each answer; now {busy} of the arithmetic has work."  # fmt: skip
    if step == "climb":
        if answers > first.room:
            return "Memory is full: the texts need room as well", "The texts of so many answers do not fit beside the model."  # fmt: skip
        rate, busy = first.at(answers)
        if busy > 0.999:
            return "Past the ridge, added answers add nothing", f"However many answers, the chip writes at most {rate:,.0f} tokens a second."  # fmt: skip
        return "An added answer is almost free while memory is the limit", f"This many answers at once yield {rate:,.0f} tokens a second; memory is still the limit."  # fmt: skip
    if step == "ridge":
        return "At the ridge all arithmetic works, and the line turns flat", f"From {first.ridge:.0f} answers on, arithmetic is the limit: each further answer only slows the others."  # fmt: skip
    return _compared(first, other), _against(first, other, answers)


def _more(chip: studies.Alone, answers: int) -> str:
    """One chip's numbers."""
    words = f"{short(chip.chip)}: {chip.tflops:,.0f} TFLOPS, {chip.bandwidth_gb_s:,.0f} GB/s, {chip.memory_gb:g} GB"
    if not chip.room:
        return f"{words}; the model takes {chip.model_gb:.0f} GB."
    words += f"; {chip.at(1)[0]:,.0f} tokens/s for one answer"
    if answers <= chip.room:
        words += f", {chip.at(answers)[0]:,.0f} for {counted(answers, 'answer')}"
    if chip.ridge <= chip.room:
        return f"{words}, at most {chip.roof:,.0f} from {chip.ridge:.0f} on."
    return f"{words}; room for {counted(chip.room, 'answer')}, fewer than its ridge of {chip.ridge:,.0f}."


def picture_panel() -> Panel:
    """Fetch once, use many times: one chip that writes answers, and then another."""

    def compute(step: str, answers: int, other: str, bits: int) -> State:
        first, second = studies.alone(FIRST, bits), studies.alone(other, bits)
        title, sentence = _said(step, answers, first, second)
        shown = {"chip": 1, "one": 1, "eight": 8, "ridge": int(first.ridge)}.get(step, answers)
        numbers = " ".join(_more(c, shown) for c in ((first, second) if step == "two" else (first,)))
        more = f"{_SEEN[step]} {numbers} {studies.ALONE} in {bits} bits, {studies.SHORT} tokens in each answer: with longer texts memory is full before the ridge."
        rows = figures.shared_rows(step, answers, other, bits)
        return State(rows, sentence, {"title": f"{list(STEPS).index(step) + 1}. {title}"}, more=more)

    others = [(short(chip), chip) for chip in studies.CHIPS if chip != FIRST]
    return Panel(
        "Fetch once, use many times",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "chip"),
            Stops("answers", "Answers at once (steps 4 and 6)", [(f"{n:,}", n) for n in studies.AT_ONCE], 64),
        ],
        compute,
        figures.shared_chart(),
        presets={
            "What does one answer use?": {"step": "one"},
            "When is all of it at work?": {"step": "ridge"},
            "And an H20?": {"step": "two"},
            "An H20 for a single user?": {"step": "two", "answers": 1},
            "And for a crowd?": {"step": "two", "answers": 512},
            "And Huawei’s 910C?": {"step": "two", "other": "Ascend 910C", "answers": 512},
        },
        more=[
            Choice("other", "Second chip (step 6)", others, "H20 96GB"),
            Choice("bits", "Weights", [("8 bits", 8), ("16 bits", 16)], 8),
        ],
    )
