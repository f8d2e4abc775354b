"""Questions of `24_more_chips_more_power` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.clusters import model as clusters
from helpers.course.bank.asking import Ask, Bank, grid


def _inputs(wafers, dies, share, stacks, packages):
    return {"dies": wafers * 12 * dies * share / 2, "memory": stacks * 1e6 / 8, "packages": packages * 1e6}


QUESTIONS: Bank = {
    "24": (
        Ask(
            "equal", "A has a peak of {a:g} TFLOPS and uses {use_a:.0%} of it; B has {b:g} and uses {use_b:.0%}. How many chips of B do the work of 1,000 of A?",
            lambda r: {"a": r.choice(range(900, 2600, 100)), "use_a": r.choice(grid(0.35, 0.5, 0.05)), "b": r.choice(range(250, 800, 50)), "use_b": r.choice(grid(0.2, 0.3, 0.05))},
            lambda a, use_a, b, use_b: 1000 * clusters.equal_work(a, use_a, b, use_b), "chips",
            {"forgot how much is used": lambda a, use_a, b, use_b: 1000 * a / b, "turned the uses round": lambda a, use_a, b, use_b: 1000 * a * use_b / (b * use_a), "compared uses only": lambda a, use_a, b, use_b: 1000 * use_a / use_b},
            "Peak times use of A, over peak times use of B.",
        ),
        Ask(
            "supply", "A maker starts {wafers:,} wafers a month with {dies} dies each, {share:.0%} of them good; a chip takes 2 dies and 8 stacks. There are {stacks:g} million stacks and {packages:g} million places in packaging a year, without losses. How many chips a year?",
            lambda r: {"wafers": r.choice(range(5_000, 30_001, 1_000)), "dies": 78, "share": r.choice(grid(0.2, 0.6, 0.05)), "stacks": r.choice(grid(4, 16, 1)), "packages": r.choice(grid(0.6, 2, 0.2))},
            lambda wafers, dies, share, stacks, packages: float(clusters.supply(wafers, dies, share, 2, stacks * 1e6, 8, packages * 1e6).chips) / 1e3, "thousand chips",
            {
                "took the largest input": lambda **v: max(_inputs(**v).values()) / 1e3, "took the middle input": lambda **v: sorted(_inputs(**v).values())[1] / 1e3,
                "forgot that a chip takes 2 dies and 8 stacks": lambda wafers, dies, share, stacks, packages: min(wafers * 12 * dies * share, stacks * 1e6) / 1e3,
            },
            "Chips by dies, by memory and by packaging; the smallest decides.",
        ),
        Ask(
            "energy", "A cluster draws {kw:,} kW all year (8,760 hours) at {cents:g} US cents a kWh. What does its electricity cost in a year?",
            lambda r: {"kw": r.choice(range(1_000, 50_001, 1_000)), "cents": r.choice(grid(4, 13, 0.5))},
            lambda kw, cents: clusters.energy_cost_usd(kw, cents / 100) / 1e6, "million USD",
            {"took cents for dollars": lambda kw, cents: kw * 8760 * cents / 1e6, "counted one month": lambda kw, cents: kw * 730 * cents / 100 / 1e6, "counted eight hours a day": lambda kw, cents: kw * 2920 * cents / 100 / 1e6},
            "kW times hours times the price of a kWh.",
        ),
        Ask(
            "wafers", "{chips:g} thousand chips a year, 2 dies each, {dies} dies on a wafer, {share:.0%} of them good: how many wafers a month?",
            lambda r: {"chips": r.choice(range(200, 2001, 100)), "dies": 78, "share": r.choice(grid(0.2, 0.6, 0.05))},
            lambda chips, dies, share: clusters.wafers_needed(chips * 1e3, dies, share, 2), "wafers a month",
            {"counted one die a chip": lambda chips, dies, share: chips * 1e3 / dies / share / 12, "forgot the bad dies": lambda chips, dies, share: chips * 2e3 / dies / 12, "gave wafers a year": lambda chips, dies, share: chips * 2e3 / dies / share},
            "Dies over good dies of a wafer, over twelve.",
        ),
    ),
}  # fmt: skip
