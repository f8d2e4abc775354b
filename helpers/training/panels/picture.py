"""The picture that opens 32_experts_and_training_cost: a chain of boxes, opened one by one."""

from __future__ import annotations

from helpers.core.words import figures as number
from helpers.core.words import percent, power_of_ten, times, usd
from helpers.show.panel import Choice, Number, Panel, State, Steps
from helpers.training import figures, studies

_CHANGES = {
    "none": "none",
    "more experts": "parameters: 16 experts a token",
    "all experts": "parameters: all experts work",
    "tokens": "tokens: twice as many",
    "utilisation": "speed: as little used as for V2",
    "price": "price: 4 USD",
}


def _title(step: str, found: studies.Boxes, start: studies.Boxes) -> str:
    cheaper = found.hours < studies.dense_hours()
    if step == "experts":
        return "All experts are stored, and all of them work" if found.chosen == found.experts else "All experts are stored; few work on a token"  # fmt: skip
    return {
        "chain": "A training cost is a chain of six boxes",
        "tokens": "Each token costs six operations a parameter at work",
        "speed": "A chip uses well under half of its peak",
        "pipeline": "One reason: chips in a row wait for each other",
        "hours": "Few parameters at work make few chip-hours" if cheaper else "With all experts, more hours than a dense model",  # fmt: skip
        "cost": "Hours times a supposed rent, and two later stages, give the headline" if found == start else "One box changed, and the headline moves",
        "outside": "The headline is one run’s rent, not a laboratory’s cost",
    }[step]  # fmt: skip


def _sentence(step: str, found: studies.Boxes, with_tries: tuple[float, float], pieces: int) -> str:
    """One sentence of at most 20 words and one number."""
    ratio = studies.dense_hours() / found.hours
    of_llama = (
        f"{times(ratio)} times fewer chip-hours than"
        if ratio > 1
        else f"{times(1 / ratio)} times as many chip-hours as"
    )
    if step == "experts" and found.chosen == found.experts:
        return f"If every token visits all experts, {number(found.active / 1e9)} billion parameters work at a time."
    return {
        "chain": f"Six boxes, multiplied and divided, give the {usd(found.cost)} of the main training run.",
        "experts": f"A router picks a few experts for each token, so {number(found.active / 1e9)} billion parameters work at a time.",
        "tokens": f"Six operations a parameter and token, and looking back on top, make {power_of_ten(found.operations)} operations.",
        "speed": f"Of the chip’s peak in numbers of sixteen bits, {percent(found.mfu)} arrives; this share is called utilisation.",
        "pipeline": f"White is waiting: in this small example {percent(studies.waiting(4, int(pieces)))} of the chips’ time is lost.",
        "hours": f"The main training takes {of_llama} all of Llama-3.1 405B’s, in which all parameters work.",
        "cost": f"With two short stages after it, the whole run comes to {usd(found.whole_cost)} of rent.",
        "outside": f"With its follow-up R1 and all the tries before, the computing may have cost up to {times(with_tries[1] / found.whole_cost)} times as much.",
    }[step]


def _more(step: str, found: studies.Boxes, start: studies.Boxes, with_tries: tuple[float, float], pieces: int) -> str:
    low, high = (v / 1e6 for v in with_tries)
    chips = int(studies.runs().loc["deepseek-v3-pretraining", "gpus"])
    said = {
        "chain": f"Operations are 6 for each parameter at work and token, {times(found.each)} with looking back; divided by the useful speed and by 3,600 they are chip-hours.",
        "experts": f"{found.chosen} of {found.experts} experts and {found.shared} shared one work in each of {found.layers} layers; parameters stored: {number(found.stored / 1e9, 3)} billion. The places of the chosen experts are made up.",
        "tokens": f"A multiplication and an addition forward, twice that back. Looking back at earlier tokens, attention, is {percent(found.looking_back)} of all operations.",
        "speed": f"{number(found.speed, 3)} of {number(found.peak, 3)} TFLOP/s, counted with attention over earlier tokens and in 16 bits; of the peak in 8 bits, twice as high, it is {percent(found.mfu / 2)}.",
        "pipeline": f"4 chips, {pieces:g} pieces, a forward piece of time 1, a backward piece of 2, in turn (schedule 1F1B). A teaching example; the authors of V3 measured {percent(studies.bubble_measured_percent() / 100, 1)}.",
        "hours": f"On {chips:,} chips, as many as the report has, that is {number(found.hours / chips / 24)} days.",
        "cost": f"The main training costs {usd(found.cost)}; as published, {usd(start.cost)}, and {usd(start.whole_cost)} in all.",
        "outside": f"At the shares that Epoch AI estimates for other firms, {number(low)} to {number(high)} million USD for V3 and R1 with all experiments.",
    }[step]
    if found != start:
        said += f" One box is changed: the main training costs {times(found.cost / start.cost)} times as much."
    return said


def picture_panel() -> Panel:
    """How a model's shape becomes a cost, box by box: the picture of 32."""
    start = studies.boxes()

    def compute(step: str, change: str, pieces: float) -> State:
        found = studies.boxes(change)
        with_tries = studies.with_tries(change)
        rows = figures.chain_rows(step, found, start, with_tries, int(pieces))
        title = f"{list(figures.STEPS).index(step) + 1}. {_title(step, found, start)}"
        return State(rows, _sentence(step, found, with_tries, int(pieces)), {"title": title}, more=_more(step, found, start, with_tries, int(pieces)))  # fmt: skip

    return Panel(
        "The chain of boxes",
        [
            Steps("step", "Step", [(words, step) for step, words in figures.STEPS.items()], "chain"),
            Choice("change", "Change one box", [(words, key) for key, words in _CHANGES.items()], "none"),
        ],
        compute,
        figures.boxes_chart(),
        presets={
            "Who works on a token?": {"step": "experts"},
            "Who waits for whom?": {"step": "pipeline"},
            "And if all experts worked?": {"step": "hours", "change": "all experts"},
            "And at V2’s utilisation?": {"step": "cost", "change": "utilisation"},
            "What does the sum leave out?": {"step": "outside"},
        },
        more=[Number("pieces", "Pieces in the pipeline drawn", "", 4, 16, 8, 1)],
    )
