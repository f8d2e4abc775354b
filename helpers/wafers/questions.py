"""Questions of `20_dies_and_yield` whose numbers vary by a seed."""

from __future__ import annotations

import math

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.wafers import model as wafers


def _spots(area, density):
    return area / 100 * density


QUESTIONS: Bank = {
    "20": (
        Ask(
            "yield", "Defects fall at random, {density:g} on a square centimetre. What share of dies of {area:g} mm² has none (Poisson)?",
            lambda r: {"area": r.choice(range(100, 851, 25)), "density": r.choice(grid(0.05, 0.4, 0.01))},
            lambda area, density: 100 * wafers.die_yield(area, density, "poisson"), "%",
            {
                "gave the share that is hit": lambda area, density: 100 * (1 - math.exp(-_spots(area, density))),
                "took off the mean number of defects": lambda area, density: 100 * (1 - _spots(area, density)),
                "took the density per mm²": lambda area, density: 100 * math.exp(-_spots(area, density) / 100),
            },
            "exp(−x), with x the area in cm² times the density.",
        ),
        Ask(
            "density", "{share:.0%} of dies of {area:g} mm² are flawless. Which density does that imply, if defects fall at random (Poisson)?",
            lambda r: {"area": r.choice(range(300, 851, 25)), "share": r.choice(grid(0.2, 0.7, 0.05))},
            lambda area, share: wafers.infer_d0(area, share, "poisson"), "defects per cm²",
            {
                "took the share that fails for the mean number": lambda area, share: (1 - share) / area * 100,
                "took a logarithm to base 10": lambda area, share: -math.log10(share) / area * 100, "took the share for the mean number": lambda area, share: share / area * 100,
            },
            "Minus the natural logarithm of the share, over the area in cm².",
        ),
        Ask(
            "bill", "Dies are {share:.0%} of the bill of an accelerator. By how much does the bill rise if dies cost {times:g} times as much?",
            lambda r: {"share": r.choice(grid(0.08, 0.35, 0.01)), "times": r.choice([1.5, 2, 2.5, 3, 4])},
            lambda share, times: 100 * (wafers.bill_after(share, times) - 1), "%",
            {"gave the rise of the dies": lambda share, times: 100 * (times - 1), "gave the new cost of the dies": lambda share, times: 100 * share * times, "divided by the new bill": lambda share, times: 100 * share * (times - 1) / (1 + share * (times - 1))},
            "The share times the rise of the part.",
        ),
        Ask(
            "fit", "By the textbook’s form, how many dies of {area:g} mm² fit on a wafer of 300 mm? (Area of the wafer over area of the die, minus π times the diameter over the root of twice the die’s area.)",
            lambda r: {"area": r.choice(range(60, 801, 20))}, lambda area: wafers.dies_per_wafer(area), "dies",
            {
                "forgot the rim": lambda area: math.pi * 150**2 / area, "took the diameter for the radius": lambda area: math.pi * 300**2 / area - math.pi * 300 / math.sqrt(2 * area),
                "took off the rim twice": lambda area: math.pi * 150**2 / area - 2 * math.pi * 300 / math.sqrt(2 * area),
            },
            "Both terms are pure numbers: an area over an area, a length over a length.",
        ),
    ),
}  # fmt: skip
