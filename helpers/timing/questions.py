"""Questions of `44_deny_or_sell` whose numbers vary by a seed."""

from __future__ import annotations

import math

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.timing import model as timing


def _odds(share):
    return math.log(share / (1 - share))


QUESTIONS: Bank = {
    "44": (
        Ask(
            "left", "A stock of chips is no longer refilled, and {retire:.0%} of what is left retires each year. What is left after {years} years?",
            lambda r: {"retire": r.choice(grid(0.1, 0.35, 0.05)), "years": r.choice([2, 3, 4, 5])},
            lambda retire, years: 100 * timing.left_after(years, retire), "%",
            {"took off the same each year": lambda retire, years: 100 * (1 - years * retire), "counted one year": lambda retire, years: 100 * (1 - retire), "gave what is gone": lambda retire, years: 100 * (1 - (1 - retire) ** years)},
            "(1 − retired share) to the power of the years.",
        ),
        Ask(
            "effort", "The home share rises from {first:.0%} to {last:.0%} in {years} years. How fast do its log odds grow in a year?",
            lambda r: {"first": r.choice(grid(0.05, 0.2, 0.05)), "last": r.choice(grid(0.3, 0.7, 0.05)), "years": r.choice([2, 3, 4, 5])},
            lambda first, last, years: timing.effort_between(first, last, years), "a year",
            {"took the logarithm of the ratio": lambda first, last, years: math.log(last / first) / years, "forgot the years": lambda first, last, years: _odds(last) - _odds(first), "took the difference of shares": lambda first, last, years: (last - first) / years},
            "ln(odds at the end over odds at the start), over the years; odds are share over the rest.",
        ),
        Ask(
            "share", "The home share is {share:.0%}; its log odds grow by {effort:g} a year. What is it after {years} years?",
            lambda r: {"share": r.choice(grid(0.1, 0.4, 0.05)), "effort": r.choice(grid(0.2, 0.8, 0.1)), "years": r.choice([1, 2, 3, 4])},
            lambda share, effort, years: 100 * timing.share_after(share, effort, years), "%",
            {"let the share itself grow": lambda share, effort, years: 100 * share * math.exp(effort * years), "added the growth": lambda share, effort, years: 100 * (share + effort * share * years), "stood still": lambda share, effort, years: 100 * share},
            "Odds times e to the power of growth times years; then odds over 1 plus odds.",
        ),
        Ask(
            "wait", "The home share is {share:.0%}; its log odds grow by {effort:g} a year. In how many years is it {target:.0%}?",
            lambda r: {"share": r.choice(grid(0.1, 0.4, 0.05)), "target": r.choice(grid(0.5, 0.9, 0.1)), "effort": r.choice(grid(0.2, 0.8, 0.1))},
            lambda share, target, effort: timing.years_to_share(share, target, effort), "years",
            {"let the share itself grow": lambda share, target, effort: math.log(target / share) / effort, "took the difference of shares": lambda share, target, effort: (target - share) / effort, "multiplied by the growth": lambda share, target, effort: (_odds(target) - _odds(share)) * effort},
            "The difference of log odds, over their growth in a year.",
        ),
    ),
}  # fmt: skip
