"""Questions of `26_memory_wall` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.memory import model as memory

QUESTIONS: Bank = {
    "26": (
        Ask(
            "stack", "Each layer of a stack works with a chance of {each:.1%}. What share of stacks of {layers} layers works?",
            lambda r: {"each": r.choice(grid(0.93, 0.99, 0.005)), "layers": r.choice([8, 12, 16])},
            lambda each, layers: 100 * memory.stack_yield(each, layers), "%",
            {"took one layer": lambda each, layers: 100 * each, "added the losses": lambda each, layers: 100 * (1 - layers * (1 - each)), "gave the share that fails": lambda each, layers: 100 * (1 - each**layers)},
            "The chance of a layer to the power of their number: all must work.",
        ),
        Ask(
            "layer", "{whole:.0%} of stacks of {layers} layers work. How often does one layer fail?",
            lambda r: {"whole": r.choice(grid(0.4, 0.8, 0.05)), "layers": r.choice([8, 12, 16])},
            lambda whole, layers: 100 * (1 - memory.layer_yield(whole, layers)), "%",
            {"gave the stack’s own loss": lambda whole, layers: 100 * (1 - whole), "gave how often it works": lambda whole, layers: 100 * whole ** (1 / layers), "took the square root": lambda whole, layers: 100 * (1 - whole**0.5)},
            "1 minus the root of the stack’s yield, as many times as there are layers.",
        ),
        Ask(
            "out", "A stock of {stock:g} million GB takes in {home:g} million a year and gives out {use:g} million. After how many months is it empty?",
            lambda r: {"stock": r.choice(range(20, 121, 5)), "home": r.choice(range(10, 41, 5)), "use": r.choice(range(70, 141, 5))},
            lambda stock, home, use: memory.runs_out(stock * 1e6, home * 1e6, use * 1e6), "months",
            {"forgot what comes in": lambda stock, home, use: 12 * stock / use, "gave years": lambda stock, home, use: stock / (use - home), "added what comes in": lambda stock, home, use: 12 * stock / (use + home)},
            "Twelve times the stock, over use less inflow.",
        ),
        Ask(
            "even", "A stack of {gb} GB sells for {price:g} USD and takes {ratio:g} times the wafer that as many GB of DRAM take. At which price of DRAM does a wafer earn as much?",
            lambda r: {"gb": r.choice([16, 24, 36, 48]), "price": r.choice(range(150, 601, 25)), "ratio": r.choice([2.5, 3, 3.5, 4])},
            lambda gb, price, ratio: memory.break_even(price, gb, ratio), "USD a GB",
            {"forgot the wafers": lambda gb, price, ratio: price / gb, "multiplied by the ratio": lambda gb, price, ratio: ratio * price / gb, "forgot the gigabytes": lambda gb, price, ratio: price / ratio},
            "Price over gigabytes over the ratio of wafers.",
        ),
    ),
}  # fmt: skip
