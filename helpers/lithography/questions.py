"""Questions of `22_without_euv` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.lithography import model as lithography

DIVIDES = {"SADP": 2, "SAQP": 4}

QUESTIONS: Bank = {
    "22": (
        Ask(
            "pitch", "With light of 193 nm, a lens of 1.35 and k1 of {k1:g}: what is the smallest pitch of lines that {scheme} prints?",
            lambda r: {"k1": r.choice(grid(0.25, 0.4, 0.01)), "scheme": r.choice(list(DIVIDES))},
            lambda k1, scheme: lithography.smallest_pitch_nm(scheme, k1), "nm",
            {
                "gave half the pitch": lambda k1, scheme: k1 * 193 / 1.35 / DIVIDES[scheme], "forgot that the scheme divides": lambda k1, scheme: 2 * k1 * 193 / 1.35,
                "forgot the lens": lambda k1, scheme: 2 * k1 * 193 / DIVIDES[scheme],
            },
            "2 k1 times the wavelength over the lens’s number, divided as the scheme does: SADP by 2, SAQP by 4.",
        ),
        Ask(
            "scanners", "A fab starts {starts:,} wafers a month. Each takes {passes} passes under a kind of scanner that does {speed} wafers an hour and runs 85% of 720 hours. How many scanners does it take?",
            lambda r: {"starts": r.choice(range(10_000, 60_001, 5_000)), "passes": r.choice(range(20, 71, 5)), "speed": r.choice(range(160, 301, 20))},
            lambda starts, passes, speed: lithography.scanners_needed(starts, passes, speed), "scanners",
            {
                "forgot that a wafer passes many times": lambda starts, passes, speed: starts / (720 * 0.85 * speed), "let them run eight hours a day": lambda starts, passes, speed: starts * passes / (240 * speed),
                "counted a year of hours": lambda starts, passes, speed: starts * passes / (8640 * 0.85 * speed),
            },
            "Exposures a month over what one scanner exposes in a month.",
        ),
        Ask(
            "good", "A wafer costs {price:g} times as much as at a reference foundry, and {own:.0%} of its dies are good, against {other:.0%} there. How many times as much does a good die cost?",
            lambda r: {"price": r.choice(grid(1.1, 1.8, 0.05)), "own": r.choice(grid(0.2, 0.5, 0.05)), "other": r.choice(grid(0.6, 0.9, 0.05))},
            lambda price, own, other: lithography.good_die_price_ratio(price, other, own), "times",
            {"forgot the yields": lambda price, own, other: price, "forgot the price of the wafer": lambda price, own, other: other / own, "turned the yields round": lambda price, own, other: price * own / other},
            "The ratio of prices times the ratio of yields, the better one on top.",
        ),
        Ask(
            "defects", "A process has {base:g} killer defects per cm². {extra} passes are added, each with {each:g} more. What is its density then?",
            lambda r: {"base": r.choice(grid(0.08, 0.15, 0.01)), "extra": r.choice(range(10, 61, 2)), "each": r.choice(grid(0.002, 0.006, 0.001))},
            lambda base, extra, each: lithography.d0_after_passes(base, extra, each), "per cm²",
            {"counted one pass": lambda base, extra, each: base + each, "left out what was there": lambda base, extra, each: extra * each, "added them twice": lambda base, extra, each: base + 2 * extra * each},
            "What was there, and each pass on top.",
        ),
    ),
}  # fmt: skip
