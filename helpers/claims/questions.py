"""Questions of `00_start_here` and `90_verdicts` whose numbers vary by a seed."""

from __future__ import annotations

import math

from helpers.claims import model
from helpers.claims.studies import STANDS
from helpers.clusters import model as clusters
from helpers.core import data
from helpers.course.bank.asking import Ask, Bank, Match, grid


def standing(kind: str) -> int:
    """Claims of a kind that the course calls supported or mostly supported."""
    claims = data.load("claims")
    return int(((claims["kind"] == kind) & claims["verdict"].isin(STANDS)).sum())


def share_of(verdict: str) -> float:
    """Per cent of all claims that have a verdict."""
    return 100 * float((data.load("claims")["verdict"] == verdict).mean())


def _forecasts(r):
    sure = [r.choice(grid(55, 95, 5)) for _ in range(3)]
    right = [1, 0, r.choice([0, 1])]
    came = ["came true" if x else "did not" for x in right]
    return {"sure": sure, "right": right, "listed": "; ".join(f"{s:g}%, {c}" for s, c in zip(sure, came, strict=True))}


def _distances(sure, right):
    return [abs(s / 100 - x) for s, x in zip(sure, right, strict=True)]


QUESTIONS: Bank = {
    "00": (
        Ask(
            "match", "Each chip of kind B does {speed:.0%} of the work of a chip of kind A in the same time. How many chips of B do the work of {chips:,} of A?",
            lambda r: {"chips": r.choice(range(500, 5001, 100)), "speed": r.choice(grid(0.2, 0.7, 0.05))},
            lambda chips, speed: clusters.chips_to_match(chips, speed), "chips",
            {"multiplied by the speed instead of divided": lambda chips, speed: chips * speed, "added the missing share": lambda chips, speed: chips * (2 - speed)},
            "Chips of A divided by the relative speed.",
        ),
        Ask(
            "energy", "For each chip of A it takes {ratio:g} chips of B. A chip of A draws {a:g} W, one of B {b:g} W. How many times as much energy does B use for the same work?",
            lambda r: {"ratio": r.choice(grid(1.5, 5, 0.5)), "a": r.choice(range(700, 1401, 50)), "b": r.choice(range(300, 651, 25))},
            lambda ratio, a, b: clusters.energy_ratio(ratio, a, b), "times",
            {"forgot the number of chips": lambda ratio, a, b: b / a, "forgot the power of each": lambda ratio, a, b: ratio, "upside down": lambda ratio, a, b: a / (ratio * b)},
            "Number of chips times power of each, over the power of one chip of A.",
        ),
        Ask(
            "tie", "For the same work A uses {kwh_a:g} kWh and B {kwh_b:g} kWh. A pays {price:g} US cents for a kWh. At which price do both pay the same for electricity?",
            lambda r: {"price": r.choice(grid(5, 12, 0.5)), "kwh_a": r.choice(range(100, 200, 10)), "kwh_b": r.choice(range(220, 480, 20))},
            lambda price, kwh_a, kwh_b: 100 * clusters.tie_price(price / 100, kwh_a, kwh_b), "US cents a kWh",
            {"let who uses more pay more": lambda price, kwh_a, kwh_b: price * kwh_b / kwh_a, "took the same price": lambda price, kwh_a, kwh_b: price},
            "Price of A times the energy of A, over the energy of B.",
        ),
    ),
    "90": (
        Match("decided", "Which notebook decides this claim? “{}”", lambda: data.load("claims"), "claim", "decided_in", count=2),
        Match("verdict", "What is the course’s verdict on this claim? “{}”", lambda: data.load("claims"), "claim", "verdict", count=2),
        Ask(
            "brier", "A reader was this sure of three forecasts: {listed}. What is the Brier score?", _forecasts,
            lambda sure, right, listed: model.brier_score(sure, right), "(0 to 1)",
            {
                "took distances without squaring": lambda sure, right, listed: sum(_distances(sure, right)) / 3,
                "added instead of taking the mean": lambda sure, right, listed: sum(d * d for d in _distances(sure, right)),
                "took the root": lambda sure, right, listed: math.sqrt(sum(d * d for d in _distances(sure, right)) / 3),
            },
            "For each forecast the distance between how sure, as a share, and 1 or 0; squared; then the mean.",
        ),
        Ask(
            "standing", "Of the claims that are a {kind}, how many does the course call supported or mostly supported?",
            lambda r: {"kind": r.choice(["fact", "mechanism", "counterfactual"])}, lambda kind: standing(kind), "claims", {},
            "Count the rows of data/claims.csv by kind and verdict.", forms="n",
        ),
        Ask(
            "share", "What share of the {all} claims has the verdict “{verdict}”?",
            lambda r: {"verdict": r.choice(["supported", "mostly supported", "mixed"]), "all": len(data.load("claims"))}, lambda verdict, all: share_of(verdict), "%",
            {"gave the number, not the share": lambda verdict, all: share_of(verdict) * all / 100, "gave the rest": lambda verdict, all: 100 - share_of(verdict)},
            "Count the rows of data/claims.csv with the verdict, over all.",
        ),
    ),
}  # fmt: skip
