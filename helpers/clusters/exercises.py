"""What the exercises of `24_more_chips_more_power` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.clusters import model as clusters
from helpers.clusters import studies
from helpers.course.checks import Exercise


def _electricity_share() -> float:
    """Per cent of capital and electricity that CloudMatrix spends on electricity at the Chinese industrial price."""
    kw = studies.kw_per_pflop("CloudMatrix 384")[1]
    energy = float(clusters.energy_cost_usd(kw, studies.power_price("cn-industrial-2024")))
    capital = 8.2e6 / 300 * float(clusters.capital_charge("straight_line", 5))
    return 100 * float(clusters.shares({"capital": capital, "energy": energy})["energy"])


EXERCISES: dict[str, Exercise] = {
    "24-1": Exercise(
        expected=lambda: 1000 * float(clusters.equal_work(989.5, 0.40, 752, 0.30)),
        unit="a number of chips",
        hints=(
            "Both the peak and the share of it that is used count, and of the weaker chip it takes more than 1,000.",
            "Chips of B for each chip of A: peak of A times use of A, over peak of B times use of B.",
            "Begin with 1000 * clusters.equal_work(989.5, 0.40, ...",
        ),
    ),
    "24-2": Exercise(
        expected=lambda: 100 * float(clusters.tie_price(0.066, 145 / 180, 559 / 300)),
        unit="US cents per kWh",
        hints=(
            "Who uses more electricity for the same work must pay less for each kWh, by the same factor.",
            "Price of A over the ratio of energies, where each energy is kW for each petaFLOP.",
            "Begin with 6.6 / ((559 / 300) / (145 / ...",
        ),
    ),
    "24-3": Exercise(
        expected=lambda: float(clusters.supply(10_000, 78, 0.40, 2, 6e6, 8, 1.5e6, 0.9).chips),
        unit="chips a year",
        hints=(
            "Count chips by each input alone; the smallest decides; then not all packages come out good.",
            "Dies: wafers x 12 x dies x yield / 2. Memory: stacks / 8. Packaging: packages. All times 0.9.",
            "Begin with clusters.supply(10_000, 78, 0.40, 2, 6e6, 8, ...).chips",
        ),
    ),
    "24-4": Exercise(
        expected=_electricity_share,
        unit="per cent",
        hints=(
            "A share needs both parts in the same unit: USD for one petaFLOP and one year.",
            "Electricity: 559 / 300 kW x 8,760 h x price. Capital: 8.2 million / 300 / 5.",
            "Begin with energy = 559 / 300 * 8760 * 0.088",
        ),
    ),
}
