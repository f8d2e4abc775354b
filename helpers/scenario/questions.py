"""Questions of `80_compute_gap` whose numbers vary by a seed."""

from __future__ import annotations

import math

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.scenario import model as gap


def _three(r):
    return {
        "a": r.choice(grid(0.5, 2, 0.25)),
        "b": r.choice(grid(2, 5, 0.5)),
        "c": r.choice(grid(5, 12, 1)),
        "loss": r.choice(grid(0.05, 0.25, 0.05)),
    }


QUESTIONS: Bank = {
    "80": (
        Ask(
            "stock", "A side adds {a:g}, {b:g} and {c:g} million H100-equivalents in three years. Of each year’s chips {loss:.0%} of what is left is lost a year, none in the first. What does it have at the end of the third?", _three,
            lambda a, b, c, loss: gap.stock([a, b, c], 10, loss)[-1], "million",
            {"lost nothing": lambda a, b, c, loss: a + b + c, "counted the last year": lambda a, b, c, loss: c, "took the loss off all chips twice": lambda a, b, c, loss: (a + b + c) * (1 - loss) ** 2},
            "Each year’s chips times (1 − loss) to the power of their age.",
        ),
        Ask(
            "lag", "One side has {ratio:g} times the computing of the other, which grows {growth:g} times a year. How many months behind is it?",
            lambda r: {"ratio": r.choice(grid(2, 15, 0.5)), "growth": r.choice(grid(1.6, 3.4, 0.2))},
            lambda ratio, growth: gap.lag_months(ratio, growth), "months",
            {"divided the ratio by the growth": lambda ratio, growth: 12 * ratio / growth, "gave years": lambda ratio, growth: math.log(ratio) / math.log(growth), "took twice growth for one": lambda ratio, growth: 12 * math.log(ratio) / (growth - 1)},
            "Twelve times ln(ratio) over ln(growth).",
        ),
        Ask(
            "growth", "A stock grows from {first:g} to {last:g} million in {years} years. How many times is that a year?",
            lambda r: {"first": r.choice(grid(0.5, 2, 0.25)), "last": r.choice(grid(4, 20, 1)), "years": r.choice([2, 3, 4])},
            lambda first, last, years: gap.growth_a_year(first, last, years), "times a year",
            {"divided the ratio by the years": lambda first, last, years: last / first / years, "gave the whole ratio": lambda first, last, years: last / first, "took the logarithm": lambda first, last, years: math.log(last / first) / years},
            "The root of their ratio, as many times as there are years.",
        ),
        Ask(
            "off", "A forecast said {said:g}, and {came:g} came. By which factor was it off, whichever way?",
            lambda r: {"said": r.choice(range(100, 1001, 50)), "came": r.choice(range(120, 1001, 40))},
            lambda said, came: math.exp(abs(gap.log_error(said, came))), "times",
            {"gave the difference as a share": lambda said, came: abs(said - came) / came, "gave the difference as a share, plus one": lambda said, came: 1 + abs(said - came) / max(said, came), "squared it": lambda said, came: max(said / came, came / said) ** 2},
            "The larger over the smaller: too high and too low count alike.",
        ),
    ),
}  # fmt: skip
