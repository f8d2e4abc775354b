"""Questions of `32_experts_and_training_cost` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.training import model as training


def _flops(active, tokens):
    return 6 * active * 1e9 * tokens * 1e12


QUESTIONS: Bank = {
    "32": (
        Ask(
            "hours", "A model uses {active:g} billion parameters for a token and reads {tokens:g} trillion tokens. By the rule of six operations, how many GPU-hours does that take at a peak of {peak:g} TFLOPS, {use:.0%} used?",
            lambda r: {"active": r.choice(range(10, 101, 5)), "tokens": r.choice(grid(2, 18, 1)), "peak": r.choice([312, 752, 989]), "use": r.choice(grid(0.25, 0.5, 0.05))},
            lambda active, tokens, peak, use: training.gpu_hours(training.training_flops(active * 1e9, tokens * 1e12), peak, use) / 1e6, "million hours",
            {
                "took the whole peak": lambda active, tokens, peak, use: _flops(active, tokens) / (peak * 1e12) / 3.6e9, "took two operations for six": lambda active, tokens, peak, use: _flops(active, tokens) / 3 / (peak * 1e12 * use) / 3.6e9,
                "multiplied by the use": lambda active, tokens, peak, use: _flops(active, tokens) * use / (peak * 1e12) / 3.6e9,
            },
            "Six times parameters times tokens, over peak times use, over 3,600 seconds.",
        ),
        Ask(
            "rent", "A run took {hours:g} million GPU-hours and is said to have cost {cost:g} million USD. Which rent of a GPU-hour is that?",
            lambda r: {"hours": r.choice(grid(0.5, 6, 0.1)), "cost": r.choice(grid(3, 20, 0.5))},
            lambda hours, cost: training.implied_rent_usd(cost * 1e6, hours * 1e6), "USD an hour",
            {"upside down": lambda hours, cost: hours / cost, "multiplied": lambda hours, cost: hours * cost},
            "Cost over hours.",
        ),
        Ask(
            "bubble", "A pipeline has {stages} stages and a batch is cut into {pieces} pieces. Under 1F1B, what share of a step does a chip wait?",
            lambda r: {"stages": r.choice([4, 8, 16, 32]), "pieces": r.choice(range(16, 161, 8))},
            lambda stages, pieces: 100 * training.bubble_fraction("1F1B", stages, pieces), "%",
            {"divided by the pieces alone": lambda stages, pieces: 100 * (stages - 1) / pieces, "took stages for stages less one": lambda stages, pieces: 100 * stages / pieces, "gave the share of work": lambda stages, pieces: 100 * pieces / (pieces + stages - 1)},
            "(Stages − 1) over (pieces + stages − 1).",
        ),
        Ask(
            "whole", "The released run cost {run:g} million USD of computing, {share:.0%} of all computing of the development; staff is {staff:.0%} of the whole. What did the development cost?",
            lambda r: {"run": r.choice(grid(3, 9, 0.5)), "share": r.choice(grid(0.1, 0.4, 0.05)), "staff": r.choice(grid(0.2, 0.5, 0.05))},
            lambda run, share, staff: training.development_cost_usd(run * 1e6, share, staff) / 1e6, "million USD",
            {"forgot the staff": lambda run, share, staff: run / share, "added staff to the run alone": lambda run, share, staff: run / (1 - staff), "added the staff’s share on top": lambda run, share, staff: run / share * (1 + staff)},
            "The run over its share of computing, over what is left beside the staff.",
        ),
    ),
}  # fmt: skip
