"""The picture that opens 24_more_chips_more_power: “From peak to bill”, step by step."""

from __future__ import annotations

from helpers.clusters import figures, studies
from helpers.core.words import figures as in_figures
from helpers.core.words import percent, times
from helpers.show.panel import Choice, Number, Panel, State, Steps

STEPS = {
    "one": "One chip",
    "machines": "Two machines",
    "chips": "Chips",
    "power": "Power",
    "capital": "Capital",
    "bill": "Bill",
    "dies": "Wafers and yield",
    "memory": "Memory",
}
_SEEN = {
    "one": "A large blue dot and a green one of under a third of its area.",
    "machines": "72 blue dots with a wire each, 384 small green ones with many more wires.",
    "chips": "One blue chip, a row of green ones; three rungs below are still closed. At the right, dots with a dark core.",
    "power": "One blue bolt, a row of green ones; a line steps to the left.",
    "capital": "One blue coin, a shorter row of green ones; the line steps further to the left.",
    "bill": "One blue bill, a row of green ones, each with a strip of electricity below.",
    "dies": "A wide pipe of dies narrows at the tap named yield, and fills a tank to a part of a dashed line.",
    "memory": "A pipe of memory joins. A light marks the slowest tap.",
}


def _rung(step: str, found: studies.Ladder) -> tuple[str, str]:
    """Title, and sentence of at most 20 words and one number."""
    ratio = times(found.rungs[step])
    each = found.each(step) < 0.995
    if step == "chips":
        return (
            "The same work takes more of the weaker chips",
            f"For the same work CloudMatrix takes {ratio} times as many chips; peak and use both count.",
        )
    if step == "power":
        return (
            "Power rises less than the number of chips" if each else "Power rises with the number of chips",
            f"It draws {ratio} times the power, because each weaker chip draws less."
            if each
            else f"It draws {ratio} times the power.",
        )
    if step == "capital":
        return (
            "Capital rises less again: a weaker chip is cheaper",
            f"Buying it costs {ratio} times as much, network included, because each weaker chip is cheaper.",
        )
    return (
        f"The bill is {ratio} times as high; electricity is a thin strip of it",
        f"In all, the same work costs {ratio} times as much, and most of that is chips and network.",
    )


def _both_accounts(wanted: float) -> str:
    """What the two accounts that bind differently allow of what is wanted, for the title."""
    accounts = [studies.taps(account) for account in ("sa-2026", "ms-2025")]
    sa, ms = (f"{percent(min(9.99, found.chips / wanted))} ({found.name})" for found in accounts)
    return f"The slowest tap: {sa} of what is wanted, {ms}"


def _supply(step: str, found: studies.Taps, wanted: float) -> tuple[str, str]:
    share = percent(min(9.99, (found.good if step == "dies" else found.chips) / wanted))
    who = f"{found.name.split(',')[0]}’s account"
    if step == "dies":
        return (
            "A country needs chips each year, and yield narrows the stream",
            f"{'With a yield that we guess' if 'yield' in found.filled else f'By {who}'}, good dies alone would fill {share} of what is wanted.",
        )
    if found.chips >= wanted:
        return (
            "At this setting the taps fill the tank: a cost problem",
            "All that is wanted can be made, so here the question is cost.",
        )
    named = {"memory": "memory is", "dies": "good dies are", "packaging": "packaging is"}[found.binding]
    by = "With numbers that we fill in" if found.binding in found.filled else f"By {who}"
    return (
        _both_accounts(wanted),
        f"{by} {named} slowest: {share} of the chips wanted, with inputs fixed for the year.",
    )


def picture_panel() -> Panel:
    """From peak to bill, then to supply."""

    def compute(step: str, use_b: float, cents_b: float, account: str) -> State:
        rows = figures.peak_to_bill_rows(step, use_b / 100, cents_b / 100, account)
        found, wanted = studies.ladder(use_b / 100, cents_b / 100), studies.chips_for(figures.MILLION, use_b / 100)
        supply, m = studies.taps(account), studies.machines()
        if step == "one":
            title = "One weaker chip does under a third of a stronger one’s arithmetic"
            said = f"At its peak one Ascend 910C does {percent(m.tflops[1] / m.tflops[0])} of the arithmetic of one GPU of GB200."
            more = f"Peaks in dense 16-bit arithmetic (BF16): {m.tflops[0]:,.0f} and {m.tflops[1]:,.0f} TFLOPS."
        elif step == "machines":
            title = "Two machines: few strong chips, or many weaker ones with more wires"
            said = f"Huawei’s machine joins {times(m.chips[1] / m.chips[0])} times as many chips as NVIDIA’s."
            more = f"{m.chips[0]} chips against {m.chips[1]}. How the wires to other machines grow is an assumption; here they follow the chips."
        elif step in figures.RUNGS:
            title, said = _rung(step, found)
            more = (
                f"CloudMatrix over NVL72 where they get {100 * found.use_a:g}% and {use_b:g}% of peak: chips {times(found.chips)}, power"
                f" {times(found.power)}, capital {times(found.capital)}, bill {times(found.bill)} times. Electricity at {cents_b:g} cents"
                f" is {percent(found.electricity[1])} of CloudMatrix’s bill, {percent(found.electricity[0])} of NVL72’s at 9.1."
            )
        else:
            title, said = _supply(step, supply, wanted)
            more = (
                f"{supply.name}: in chips, {in_figures(supply.whole / 1e6)} million by dies on the wafers, {in_figures(supply.good / 1e6)} by good"
                f" dies, {in_figures(supply.memory / 1e6)} by memory. The work of a million H100 takes {in_figures(wanted / 1e6, 3)} million 910C at"
                f" {use_b:g}% of their peak, H100 at {100 * found.use_a:g}%."
            )
        title = f"{list(STEPS).index(step) + 1}. {title}"
        return State(rows, said, {"title": title}, more=f"{_SEEN[step]} {more}")

    accounts = [(studies.taps(account).name, account) for account in studies.ACCOUNTS]
    return Panel(
        "From peak to bill",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "one"),
            Number("use_b", "Utilisation of CloudMatrix", "% of peak", 20, 60, 35.5, 0.5),
        ],
        compute,
        figures.peak_to_bill_chart(),
        presets={
            "How many chips for the same work?": {"step": "chips"},
            "What is left of it on the bill?": {"step": "bill"},
            "And with better software?": {"step": "bill", "use_b": 50},
            "And if it gets 20% of its peak?": {"step": "bill", "use_b": 20},
            "What stops a country?": {"step": "memory"},
            "And by Morgan Stanley’s account?": {"step": "memory", "account": "ms-2025"},
        },
        more=[
            Number("cents_b", "CloudMatrix pays for electricity", "US cents per kWh", 0, 30, 5.6, 0.1),
            Choice("account", "Account of supply (last two steps)", accounts, "sa-2026"),
        ],
    )
