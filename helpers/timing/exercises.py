"""What the exercises of `44_deny_or_sell` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.timing import model as timing
from helpers.timing import studies


def _left_of_a_growing_need() -> float:
    bought = timing.run([0, 0, 0], share=1e-4, base=0, answer=0, growth_per_year=0.5)
    return float(100 * (1 - bought.missing[-1]))


def _leverage_of_2026() -> float:
    fear = studies.parameter("fear_now")[1]
    return float(timing.leverage([0], share=studies.need_share(studies.LAST), **studies.tap(), fear_start=fear)[0])


def _whole_need_if_less_was_met() -> float:
    """Gross profit of a year on China's whole need, if 65% of it was met; a rescaling of the course's own figure."""
    letter = studies.letter()
    return float(letter.need_year * letter.met / 0.65)


def _flipping_names() -> list[str]:
    """Assumptions that alone, within their range, make denying first overtake selling first."""
    flips = studies.choice().flips
    inside = [name for name, at in flips.items() if studies.parameter(name)[0] <= at <= studies.parameter(name)[2]]
    return sorted(inside)


EXERCISES: dict[str, Exercise] = {
    "44-1": Exercise(
        expected=_left_of_a_growing_need,
        unit="per cent",
        hints=(
            "What counts is chips there over chips wanted; one shrinks while the other grows.",
            "Each year the ratio is multiplied by (1 - retired) / (1 + growth).",
            "Begin with 100 * (0.8 / ...",
        ),
    ),
    "44-2": Exercise(
        expected=_leverage_of_2026,
        unit="years of the need",
        hints=(
            "A denial takes, year by year, the part that is not yet made at home, until the tap is open.",
            "The first of the numbers is for a denial begun today; sale=[0] is one year of denial.",
            "Begin with timing.leverage([0], share=studies.need_share(studies.LAST), **studies.tap(), ...",
        ),
        slips=(12, 365.25),
    ),
    "44-3": Exercise(
        expected=lambda: 100 * timing.flip(studies.settings(0.4), "growth_per_year", "deny", "sell", 0, 2),
        unit="per cent a year",
        hints=(
            "Two plans tie where their totals are equal; growth moves both.",
            "timing.flip takes settings, a name, two of timing.PLANS, and the span that it searches.",
            "Begin with 100 * timing.flip(studies.settings(0.4), 'growth_per_year', ...",
        ),
    ),
    "44-4": Exercise(
        expected=_flipping_names,
        unit="names of assumptions",
        hints=(
            "studies.choice().flips says for four assumptions where the leader changes.",
            "A flip counts only within low and high of studies.parameter(name).",
            "Begin with [name for name, at in studies.choice().flips.items() if ...",
        ),
        form="some",
        choices=lambda: ("answer_part", "denial_worth", "discount_rate", "growth_per_year"),
    ),
    "44-5": Exercise(
        expected=_whole_need_if_less_was_met,
        unit="billion USD",
        hints=(
            "One unit of the game is the gross profit on selling the whole need of a period; here take a year.",
            "NVIDIA's profit of a year is its part of what was met; what was met is 65% of the need.",
            "Begin with 4 * letter.lost * letter.margin / ...",
        ),
        slips=(4, 100, 1000),
    ),
}
