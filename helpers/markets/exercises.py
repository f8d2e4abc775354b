"""What the exercises of `40_grey_markets` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.core import data
from helpers.course.checks import Exercise
from helpers.markets import model as markets
from helpers.markets import studies


def _k3_mostly_cached() -> float:
    row = data.load("api_prices").set_index("price_id").loc["kimi-k3-2026-07"]
    return float(markets.blended_price(row["input_usd"], row["hit_usd"], row["output_usd"], 0.8))


EXERCISES: dict[str, Exercise] = {
    "40-1": Exercise(
        expected=lambda: 100 * (6.5e6 / 6.8 / 0.5e6 - 1),
        unit="per cent above the list price",
        hints=(
            "Bring both prices into one currency first.",
            "100 x (6.5 million / 6.8 / 0.5 million - 1).",
            "Begin with 100 * (6.5e6 / 6.8 / ...",
        ),
        tolerance=0.005,
    ),
    "40-2": Exercise(
        expected=lambda: 100 * float(markets.break_even_chance(300, 600, 400)),
        unit="per cent",
        hints=(
            "At this chance the average gain is nought.",
            "Gain / (gain + goods + penalty).",
            "Begin with 100 * 300 / (300 + ...",
        ),
        tolerance=0.005,
    ),
    "40-3": Exercise(
        expected=lambda: float(markets.least_honest_share(0.5, 1, studies.audited_value())),
        unit="a share, from 0 to 1",
        hints=(
            "The mixture must be worth the price.",
            "q x 1 + (1 - q) x 36.95 / 83.82 = 0.5; solve for q.",
            "Begin with false = 36.95 / 83.82, then (0.5 - false) / ...",
        ),
        tolerance=0.01,
    ),
    "40-4": Exercise(
        expected=_k3_mostly_cached,
        unit="USD for a million tokens",
        hints=(
            "Of the tokens read, four in five cost the cache price.",
            "(3 x (0.8 x 0.30 + 0.2 x 3) + 15) / 4.",
            "Begin with (3 * (0.8 * 0.30 + ...",
        ),
        tolerance=0.005,
        slips=(3, 4, 1e3),
    ),
    "40-5": Exercise(
        expected=lambda: 100 * ((9 / 5) / (2.50 / 2.00) - 1),
        unit="per cent",
        hints=(
            "How far did the price grow beyond what the hire price grew?",
            "Divide one growth factor by the other, not one percentage by the other.",
            "Begin with 100 * ((9 / 5) / (2.50 / ...",
        ),
        tolerance=0.005,
    ),
}
