"""What the exercises of `42_reverse_tariff` expect, computed from the course's own models, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.trade import model as trade

EXERCISES: dict[str, Exercise] = {
    "42-1": Exercise(
        expected=lambda: 100 * float(trade.denial(120, 2, 10, 1, 25).tariff),
        unit="per cent",
        hints=(
            "Without imports the price is where what is wanted equals what is made at home.",
            "Set 120 - 2p equal to 1 (p - 10), solve for p, and compare with 25.",
            "Begin with price = (120 + 10) / (2 + 1)",
        ),
    ),
    "42-2": Exercise(
        expected=lambda: float(trade.denial(100, 1, 45, 1, 35).deadweight),
        unit="units of price times chips",
        hints=(
            "What buyers lose, less what home makers gain. Half of base times height holds only where makers sell some at the world price.",
            "Buyers: the mean of chips bought before and after, times the rise of price. Makers: a triangle above their floor of 45.",
            "Begin with price = (100 + 45) / 2, bought before 65, after 100 - price",
        ),
    ),
    "42-3": Exercise(
        expected=lambda: 100 * trade.effective_protection_of(0.25, [(0.3, 0.6), (0.1, 1.0)]),
        unit="per cent",
        hints=(
            "Each input counts by its share, and what is left of the price at world prices is own work.",
            "(rise of output - sum of share times rise) / (1 - sum of shares).",
            "Begin with (0.25 - 0.3 * 0.6 - ...) / (1 - 0.3 - 0.1)",
        ),
    ),
    "42-4": Exercise(
        expected=lambda: float(trade.parity_years(1.8, 0.15, 2.5, 0.15)),
        unit="years",
        hints=(
            "Two falling curves: the home cost falls with experience, the rival's price with the calendar.",
            "ln(gap) over (exponent times ln(growth) + ln(1 - fall)), with the exponent -log2(1 - learning rate).",
            "Begin with np.log(1.8) / (-np.log2(0.85) * np.log(2.5) + ...)",
        ),
    ),
}
