"""Power, capital by the year and cost of delivered work: two published systems, Epoch AI, identities."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.core import data

# Reported figures, dense BF16: SemiAnalysis (April 2025) for compute and power, FT for prices.
CM384 = {"pflops": 300, "chips": 384, "kw": 559, "usd": 8.2e6}
NVL72 = {"pflops": 180, "chips": 72, "kw": 145, "usd": 3.0e6}


def per_pflop(system):
    return {key: system[key] / system["pflops"] for key in ("chips", "kw", "usd")}


@pytest.mark.parametrize(
    ("system", "chips", "kw", "usd", "kwh"),
    [(CM384, 1.28, 1.86, 27_333, 16_323), (NVL72, 0.40, 0.81, 16_667, 7_057)],
    ids=["CloudMatrix 384", "GB200 NVL72"],
)
def test_systems_for_each_petaflop(system, chips, kw, usd, kwh):
    """SemiAnalysis, April 2025, and the Financial Times, 30 April 2025, divided; kWh over 8,760 hours."""
    each = per_pflop(system)
    assert each["chips"] == pytest.approx(chips, abs=0.005)
    assert each["kw"] == pytest.approx(kw, abs=0.006)
    assert each["usd"] == pytest.approx(usd, abs=1)
    assert clusters.energy_cost_usd(each["kw"], 1) == pytest.approx(kwh, abs=1)


def test_semianalysis_2_3_times_the_power_for_each_flop():
    """SemiAnalysis, April 2025; its headline of 2.6 does not follow from its own table."""
    a, b = per_pflop(NVL72), per_pflop(CM384)
    n = clusters.equal_work(180e3 / 72, 1, 300e3 / 384, 1)
    assert n == pytest.approx(3.2, abs=0.01)
    watts = 145e3 / 72, 559e3 / 384
    assert clusters.energy_ratio(n, *watts) == pytest.approx(2.3, abs=0.02)
    assert clusters.capital_ratio(n, 3e6 / 72, 8.2e6 / 384, 0) == pytest.approx(1.64, abs=0.01)
    assert b["kw"] / a["kw"] == pytest.approx(float(clusters.energy_ratio(n, *watts)))


def yearly(system, usd_per_kwh):
    """Cost of a petaFLOP-year at full power, five-year straight line, no PUE. Split in tens to stay in range."""
    tenth = {k: v / 10 for k, v in system.items()}
    usd = clusters.cost_per_pflop_hour(
        tenth["pflops"] * 1000, 1, tenth["usd"], tenth["kw"] * 1000, usd_per_kwh, charge=0.2
    )
    return {name: float(value) * 8760 for name, value in usd.items()}


@pytest.mark.parametrize(
    ("system", "price", "energy", "capital", "share"),
    [
        (CM384, 0.056, 914, 5467, 0.14),
        (CM384, 0.091, 1485, 5467, 0.21),
        (NVL72, 0.091, 642, 3333, 0.16),
    ],
    ids=["CloudMatrix, subsidised", "CloudMatrix, US price", "NVL72, US price"],
)
def test_dollars_of_a_petaflop_year(system, price, energy, capital, share):
    """Prices of electricity in the Financial Times, 4 November 2025, and its account by ITX."""
    cost = yearly(system, price)
    assert cost["energy"] == pytest.approx(energy, abs=1)
    assert cost["chips"] == pytest.approx(capital, abs=1)
    assert clusters.shares(cost)["energy"] == pytest.approx(share, abs=0.005)


def test_the_subsidised_price_narrows_the_gap_and_does_not_close_it():
    """0.056 against 0.091 USD per kWh: 2.3 times the energy become 1.4 times the bill; a tie takes 0.039."""
    kwh = [system["kw"] / system["pflops"] * 8760 for system in (NVL72, CM384)]
    assert clusters.tie_price(0.091, *kwh) == pytest.approx(0.039, abs=0.0005)
    assert 0.056 * kwh[1] / (0.091 * kwh[0]) == pytest.approx(1.42, abs=0.01)
    assert clusters.tie_price(0.091, *kwh, 3333, 5467) < 0, "in total cost no price ties"


def test_the_table_of_systems_holds_the_published_figures():
    systems = data.load("systems").set_index("system")
    for name, system in (("CloudMatrix 384", CM384), ("GB200 NVL72", NVL72)):
        row = systems.loc[name]
        assert (row["accelerator_count"], row["power_kw"], row["price_usd"], row["bf16_pflops_dense"]) == (
            system["chips"], system["kw"], system["usd"], system["pflops"],
        )  # fmt: skip
    assert systems.loc["CloudMatrix 384", "power_kw_low"] == 500
    assert systems.loc["GB200 NVL72", "power_kw_low"] == 120
    assert systems.loc["GB200 NVL72", "price_usd_high"] == 3.1e6, "the rack: 3.9 holds the network that we add"


# --- published: Epoch AI's cluster model ------------------------------------------------------------


def test_epochs_energy_cost_of_a_million_h100_hours():
    """training-cost-trends, energy.py: 0.7 kW x 1.8214 x 0.75 x 1.25 x 0.0771 USD, a million hours."""
    power = clusters.facility_power_kw(1, 700, 10.2 / 8 / 0.7, 1.25, load_factor=0.75)
    assert clusters.energy_cost_usd(power, 0.0771, 1e6) == pytest.approx(92_158.59, abs=0.01)


def test_epochs_power_capacity_of_100000_h100():
    assert clusters.facility_power_kw(100_000, 700, 10.2 / 8 / 0.7, 1.25) == pytest.approx(159_375)


def test_epochs_declining_value():
    """arXiv 2405.21015: price for performance improves by 0.14 orders of magnitude a year."""
    assert clusters.declining_rate() == pytest.approx(0.3224, abs=5e-5)
    assert clusters.capital_charge("declining", years=0.5) < clusters.declining_rate()


def test_network_share_of_nvl72_all_in_agrees_with_epochs_19_percent():
    """SemiAnalysis, August 2025: 3.1 million USD for the rack, 3.9 with network and storage: 21%."""
    assert float(clusters.network_usd(3.1e6, 0.19)) == pytest.approx(0.8e6, rel=0.1)


# --- capital by the year --------------------------------------------------------------------------


def test_capital_recovery_factor_at_its_limits():
    assert clusters.capital_recovery_factor(0, 5) == pytest.approx(1 / 5)
    assert clusters.capital_recovery_factor(1e-9, 5) == pytest.approx(1 / 5)
    assert clusters.capital_recovery_factor(0.08, 100) == pytest.approx(0.08, rel=1e-3), "for ever: the interest alone"
    assert clusters.capital_recovery_factor(0.08, 1) == pytest.approx(1.08)
    assert clusters.capital_recovery_factor(0.10, 5) == pytest.approx(0.263797, abs=1e-6), "any annuity table"


def test_an_annuity_repays_the_price():
    pay = clusters.capital_recovery_factor(0.08, 5)
    assert sum(pay / 1.08**year for year in range(1, 6)) == pytest.approx(1)


def test_capital_charges_in_order():
    """Interest makes a year dearer than the straight line; a value that outlives the years makes it cheaper."""
    straight, annuity, declining = (clusters.capital_charge(m) for m in clusters.METHODS)
    assert declining < straight < annuity
    assert clusters.capital_charge("declining", years=100) == pytest.approx(0.01, rel=1e-3), "in the end all is lost"


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method = 'magic' is not one of straight_line, annuity, declining"):
        clusters.capital_charge("magic")


# --- cost -----------------------------------------------------------------------------------------

BASE = {
    "peak_tflops": 1000, "utilisation": 0.4, "chip_usd": 25_000, "it_power_w": 1200, "usd_per_kwh": 0.08, "charge": 0.2,
    "server_overhead": 1.64, "network_usd": 9_000, "load_factor": 0.75, "pue": 1.25, "site_usd_per_kw_month": 150,
}  # fmt: skip
UP = ["chip_usd", "it_power_w", "usd_per_kwh", "charge", "server_overhead", "network_usd", "load_factor", "pue", "site_usd_per_kw_month"]  # fmt: skip


@pytest.mark.parametrize("name", [*UP, "peak_tflops", "utilisation"])
def test_cost_rises_or_falls_with_each_input(name):
    steps = BASE[name] * np.linspace(1.0, 1.2, 5)
    if name == "load_factor" or name == "utilisation":
        steps = np.linspace(0.2, 1.0, 5)
    total = sum(np.broadcast_to(v, 5) for v in clusters.cost_per_pflop_hour(**{**BASE, name: steps}).values())
    assert (np.diff(total) > 0).all() if name in UP else (np.diff(total) < 0).all()


def test_shares_add_to_one_and_parts_are_named():
    cost = clusters.cost_per_pflop_hour(**BASE)
    assert tuple(cost) == clusters.PARTS
    assert sum(clusters.shares(cost).values()) == pytest.approx(1)
    with pytest.raises(ValueError, match="all 0"):
        clusters.shares({"a": 0, "b": 0})


def test_units_of_the_delivered_petaflop_hour():
    """1,000 TFLOPS at half its peak for a year is 4,380 petaFLOP-hours; 1 kW for that year 8,760 kWh."""
    cost = clusters.cost_per_pflop_hour(1000, 0.5, 4380, 1000, 1.0, charge=1.0)
    assert float(cost["chips"]) == pytest.approx(1) and float(cost["energy"]) == pytest.approx(2)
    rent = clusters.cost_per_pflop_hour(1000, 1, 0, 1000, 0, site_usd_per_kw_month=73)
    assert float(rent["site"]) == pytest.approx(0.1)


def test_running_costs_tie_at_the_price_over_the_energy_ratio():
    assert clusters.tie_price(0.09, 100, 230) == pytest.approx(0.09 / 2.3)


def test_at_the_tie_total_costs_are_equal():
    p = float(clusters.tie_price(0.09, 100, 230, 5.0, 3.0))
    assert 0.09 * 100 + 5 == pytest.approx(p * 230 + 3)


def test_a_dearer_machine_can_have_no_price_that_ties():
    assert clusters.tie_price(0.05, 10, 10, 1, 100) < 0
