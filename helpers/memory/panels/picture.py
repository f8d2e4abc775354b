"""The picture that opens 26_memory_wall: “Two taps, one bucket”, step by step."""

from __future__ import annotations

from helpers.core.words import percent, times
from helpers.memory import figures, studies
from helpers.show.panel import Choice, Number, Panel, State, Steps

STEPS = {
    "stack": "One stack and its yield",
    "stock": "The stockpile",
    "taps": "Two taps",
    "drain": "Month by month",
    "cxmt": "CXMT joins",
    "next": "The next chip",
    "counts": "Two counts",
}
CHIPS = [("910C, as before", studies.BEFORE), ("950PR, the card on sale", studies.CARD), ("950DT", "Ascend 950DT")]
_SEEN = {
    "stack": "A pile of eight orange slabs on a grey base; beside it three columns of bars that shorten from layer to layer.",
    "stock": "A tank of orange stripes, a stripe a million stacks; a blue bar shuts the pipe from abroad.",
    "taps": "A wafer feeds the left tap, the tank the right one; the left one lights up. Blue bars for 2025.",
    "drain": "The tank empties, dashed lines mark its level of each January. The bars of 2026 stop where it is empty.",
    "cxmt": "A green pipe feeds the tank from China. Orange bars: memory sets the pace.",
    "next": "Added slots stand beside the chip: the gigabytes that the same computing takes in the next one. Its bars of 2027 are shorter.",
    "counts": "Two rows of bars, one with a thin green pipe, one with a thick one.",
}


def _later(step: str, chip: str) -> str:
    if step == "next" and chip == studies.BEFORE:
        return studies.CARD
    return chip if step in ("next", "counts") else studies.BEFORE


def _said(step: str, layer: float, stock: float, packaged: float, chip: str) -> tuple[str, str, str]:
    """Title, sentence of at most 20 words and one number, and more."""
    share = float(studies.growing(layer)[-1])
    if step == "stack":
        return (
            "A stack works only if all its layers do",
            f"Small losses multiply: at this yield of one layer, {percent(share)} of stacks of eight work.",
            f"Eight layers at {100 * layer:.1f}% each leave {percent(share, 1)} of stacks; at 99% they leave {percent(studies.growing(0.99)[-1], 1)},"
            f" at 97% {percent(studies.growing(0.97)[-1], 1)}. CXMT’s back end is reported at {percent(studies.parts().back)}.",
        )
    if step == "stock":
        s = studies.stockpile()
        return (
            "More than half of the stock came after the rule, before its deadline",
            f"By one analyst’s count {s.last_month / 1e6:.0f} million stacks came in that month, more than half of all.",
            f"Of {s.stacks / 1e6:.0f} million stacks Samsung sold {s.samsung / 1e6:.1f}. At 16 GB each they are {s.gigabytes / 1e6:.0f} million GB."
            " The text of the rule asked a licence from its first day; the agency asked for compliance from the last day of the month.",
        )
    home = "none" if step in ("taps", "drain") else "analyst"
    setting = {"stock_m": stock, "packaged": packaged}
    if step == "counts":
        two = {key: studies.months(key, layer, chip, **setting) for key in ("analyst", "plan")}
        names = [None if m.turn is None else studies.month_name(m.turn) for m in two.values()]
        gap = two["plan"].year(2) / two["analyst"].year(2) if two["analyst"].year(2) else float("inf")
        more = (
            f"From home come {two['analyst'].home:.0f} million GB a year by the analyst, {two['plan'].home:.0f} by the plan, from 2026."
            f" In 2027 the plan gives {times(gap)} times the computing. Stock in January 2025: {stock:.0f} million GB."
        )
        if names[0] and names[1] is None:
            return "Memory stops the programme by one count, and never by the other", f"By the analyst’s count memory sets the pace from {names[0]}; by Huawei’s plan it never does in these years.", more  # fmt: skip
        if names[0] and names[1]:
            return "Memory stops the programme by both counts, sooner or later", f"By the analyst’s count memory sets the pace from {names[0]}; by the plan’s count later.", more  # fmt: skip
        return "At this setting memory never stops the programme", "By neither count does memory set the pace in these three years.", more  # fmt: skip
    found = studies.months(home, layer, _later(step, chip), **setting)
    when = None if found.turn is None else studies.month_name(found.turn)
    more = (
        f"Computing by year, in thousand H100-equivalents at 8 bits: {', '.join(f'{found.year(y) / 1e3:,.0f}' for y in range(3))}."
        f" Stock at the end of each year: {', '.join(f'{found.stock[12 * (y + 1)]:.0f}' for y in range(3))} million GB."
    )
    if step == "taps":
        if found.turn is not None and found.turn < 12:
            return "The slower tap sets the pace: here it is memory", f"A chip needs both; from {when} memory runs short.", more  # fmt: skip
        return "The slower tap sets the pace: at first it is logic dies", "A chip needs both. In 2025 dies were scarce and memory was left over.", more  # fmt: skip
    if step == "drain":
        if when is None or found.turn >= 24:
            return "Month by month the stock drains, and lasts through 2026", "At this setting the stock outlasts 2026.", more  # fmt: skip
        return "Month by month the stock drains, until nothing is left", f"If nothing else comes in, the stock is used up by {when}.", more  # fmt: skip
    if step == "cxmt":
        if when is None:
            return "With CXMT memory lasts through 2027", "At this setting dies stay the slower tap.", more
        return "CXMT joins, and memory is still the slower tap", f"Its forecast stacks move the day to {when}; then chips follow CXMT’s pace.", more  # fmt: skip
    gb = studies.products((studies.BEFORE, _later(step, chip)))["gb"]
    ratio = float(gb.iloc[1] / gb.iloc[0])
    return (
        "The next chip takes more gigabytes for the same computing",
        f"For the same computing the next chip ties up {times(ratio)} times the gigabytes, so memory binds harder.",
        f"One H100’s worth of 8-bit computing takes {gb.iloc[0]:.0f} GB as a 910C and {gb.iloc[1]:.0f} as the next chip. {more}",
    )


def picture_panel() -> Panel:
    """Two taps, one bucket: can memory stop an accelerator programme?"""

    def compute(step: str, layer: float, stock: float, packaged: float, chip: str) -> State:
        title, sentence, more = _said(step, layer / 100, stock, packaged / 100, chip)
        rows = figures.taps_rows(step, layer / 100, stock, packaged / 100, chip)
        title = f"{list(STEPS).index(step) + 1}. {title}"
        return State(rows, sentence, {"title": title}, more=f"{_SEEN[step]} {more}")

    low, central, high = studies.given("stock-2025")
    return Panel(
        "Two taps, one bucket",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "stack"),
            Number("layer", "Yield of one layer", "%", 90, 100, 95.6, 0.1),
        ],
        compute,
        figures.taps_chart(),
        presets={
            "When is the stock used up?": {"step": "drain"},
            "What if layers held at 99%?": {"step": "cxmt", "layer": 99.0},
            "And if one layer in ten fails?": {"step": "stack", "layer": 90.0},
            "Which count decides?": {"step": "counts"},
            "And if a tenth of packages fail?": {"step": "counts", "packaged": 90.0},
        },
        more=[
            Number("stock", "Stock in January 2025", "million GB", low, high, central, 5),
            Number("packaged", "Packages that come out good", "%", 75, 100, 100, 1),
            Choice("chip", "Chip made in 2027 (last two steps)", CHIPS, studies.BEFORE),
        ],
    )
