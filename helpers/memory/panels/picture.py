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
    "counts": "Counted and needed",
}
CHIPS = [("910C, as before", studies.BEFORE), ("950PR, the card on sale", studies.CARD), ("950DT", "Ascend 950DT")]
_SEEN = {
    "stack": "A pile of eight orange slabs on a grey base; beside it three columns of bars that shorten from layer to layer.",
    "stock": "A tank of orange stripes, a stripe a million stacks; a blue bar shuts the pipe from abroad.",
    "taps": "A wafer feeds the left tap, the tank the right one; the left one lights up. Blue bars for 2025.",
    "drain": "The tank empties, dashed lines mark its level of each January. The bars of 2026 stop where it is empty.",
    "cxmt": "A green pipe feeds the tank from China. Orange bars: memory sets the pace.",
    "next": "Added slots stand beside the chip: the gigabytes that the same computing takes in the next one. Its bars of 2027 are shorter.",
    "counts": "Two rows of bars, in gigabytes by month: orange from the stock, green from home; below, dashed, what would have to come from home.",
}


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
            f"By one analyst’s count {s.last_month / 1e6:.0f} million stacks came between rule and deadline, more than half of all.",
            f"Of {s.stacks / 1e6:.0f} million stacks Samsung sold {s.samsung / 1e6:.1f}. At 16 GB each they are {s.gigabytes / 1e6:.0f} million GB."
            " The text of the rule asked a licence from its first day; the agency asked for compliance from the last day of the month."
            f" Pale: what we reckon went into chips made to the end of 2024, so that {studies.given('stock-2025')[1]:.0f} million GB were left in January 2025.",
        )
    home, later = figures.case_of(step, chip)
    setting = {"stock_m": stock, "packaged": packaged}
    if step == "counts":
        counted, plan = studies.months(home, layer, later, **setting), studies.needs(stock)
        ends = [studies.span(case) for case in ("analyst", "plan")]
        came = sum(counted.came[12:])
        more = (
            f"At this setting memory runs short in {_month(counted.turn)} by our stock and the analyst’s flow; over the range of our stock, {ends[0]}."
            f" Huawei’s plan of 750,000 950PR a year takes {studies.need_gb():.0f} million GB: a need, not a supply. Our stock falls short of it from {_month(plan.turn)} (over its range, {ends[1]});"
            f" in 2026 and 2027 {plan.missing():.0f} million GB would have to come from home, where {came:.0f} are counted. The chip of 2027 is that of step 6."
        )
        if counted.home >= studies.need_gb():
            return "Needed for the plan, and counted: here the count covers it", "At this setting the analyst’s flow covers Huawei’s plan.", more  # fmt: skip
        ratio = times(studies.need_gb() / counted.home)
        return f"The plan needs {studies.need_gb():.0f} million GB a year, the analyst counts {counted.home:.0f} from home", f"With the stock gone, Huawei’s plan needs {ratio} times what the analyst counts from home.", more  # fmt: skip
    found = studies.months(home, layer, later, **setting)
    when = None if found.turn is None else studies.month_name(found.turn)
    more = (
        f"Computing by year, in thousand H100-equivalents at 8 bits: {', '.join(f'{found.year(y) / 1e3:,.0f}' for y in range(3))}."
        f" Stock at the end of each year: {', '.join(f'{found.stock[12 * (y + 1)]:.0f}' for y in range(3))} million GB."
    )
    if step == "taps":
        if found.turn is not None and found.turn < 12:
            return "The slower tap sets the pace: here it is memory", f"A chip needs both; from {when} memory runs short.", more  # fmt: skip
        return "The slower tap sets the pace: at first it is logic dies", "A chip needs both. In 2025 dies were scarce and memory was left over.", more  # fmt: skip
    lost = f"When {percent(1 - packaged)} of packages fail, chips fall as much; the stock ends in the same month."
    if step == "drain":
        if packaged < 1:
            return "Month by month the stock drains: bad packages do not save it", lost, more
        if when is None or found.turn >= 24:
            return "Month by month the stock drains, and lasts through 2026", "At this setting the stock outlasts 2026.", more  # fmt: skip
        return "Month by month the stock drains, until nothing is left", f"If nothing else comes in, the stock is used up by {when}.", more  # fmt: skip
    if step == "cxmt":
        if when is None:
            return "With CXMT memory lasts through 2027", "At this setting dies stay the slower tap.", more
        pace = percent(found.used[-1] / found.asked[-1])
        return "CXMT joins, and memory is still the slower tap", f"Once its volume comes, chips follow its pace, {pace} of what the dies allow.", f"Memory sets the pace from {when}. CXMT: trial production from September 2026, volume in 2027; we open the pipe in January, the earliest. {more}"  # fmt: skip
    gb = studies.products((studies.BEFORE, later))["gb"]
    ratio = float(gb.iloc[1] / gb.iloc[0])
    old = studies.months(home, layer, **setting)
    paces = [percent(case.used[-1] / case.asked[-1]) for case in (old, found)]
    return (
        "The next chip takes more gigabytes for the same computing",
        f"For the same computing the next chip ties up {times(ratio)} times the gigabytes: the same memory computes less.",
        f"One H100’s worth of 8-bit computing takes {gb.iloc[0]:.0f} GB as a 910C and {gb.iloc[1]:.0f} as the next chip. A chip has {studies.gb_of(studies.BEFORE):.0f} GB and {studies.gb_of(later):.0f},"
        f" so counted in chips, not in computing, {paces[1]} of what the dies allow are made instead of {paces[0]}. {more}",
    )


def _month(turn: int | None) -> str:
    return "no month of these three years" if turn is None else studies.month_name(turn)


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
            Number("layer", "Yield of one layer", "%", 90, 100, 100 * studies.parts().held, 0.1),
        ],
        compute,
        figures.taps_chart(),
        presets={
            "When is the stock used up?": {"step": "drain"},
            "What if layers held at 99%?": {"step": "cxmt", "layer": 99.0},
            "And if one layer in ten fails?": {"step": "stack", "layer": 90.0},
            "Needed or counted?": {"step": "counts"},
            "And with our lowest stock?": {"step": "counts", "stock": low},
            "And if a tenth of packages fail?": {"step": "drain", "packaged": 90.0},
        },
        more=[
            Number("stock", "Stock in January 2025", "million GB", low, high, central, 5),
            Number("packaged", "Packages that come out good", "%", 75, 100, 100, 1),
            Choice("chip", "Chip made in 2027 (last two steps)", CHIPS, studies.BEFORE),
        ],
    )
