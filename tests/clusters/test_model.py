"""Clusters: published comparisons, limits, identities, bad input, and random input."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.clusters.model import chips_to_match
from helpers.core import data

SOURCES = set(data.load("sources")["source_id"])

# Reported figures, dense BF16: SemiAnalysis (April 2025) for compute and power, FT for prices.
CM384 = {"pflops": 300, "chips": 384, "kw": 559, "usd": 8.2e6}
NVL72 = {"pflops": 180, "chips": 72, "kw": 145, "usd": 3.0e6}


# --- equal work ---------------------------------------------------------------------------------


def test_half_speed_needs_twice_the_chips():
    assert chips_to_match(1000, np.array([0.5, 1, 2])).tolist() == [2000, 1000, 500]


@pytest.mark.parametrize("speed", [0, -1, 101])
def test_chips_to_match_refuses_the_impossible(speed):
    with pytest.raises(ValueError, match=f"relative_speed = {speed} is outside"):
        chips_to_match(1000, speed)


def test_equal_work_agrees_with_the_toy():
    assert clusters.equal_work(1000, 0.5, 400, 0.5) == pytest.approx(chips_to_match(1, 0.4))


def test_equal_work_is_its_own_inverse():
    n = clusters.equal_work(2500, 0.4, 752, 0.3)
    assert n * clusters.equal_work(752, 0.3, 2500, 0.4) == pytest.approx(1)


def test_all_to_all_wiring_tends_to_the_square():
    """n (n - 1) / 2 links: 3.2 times the chips have 10 times the links."""
    links = [n * (n - 1) / 2 for n in (10_000, 32_000)]
    assert clusters.network_growth(3.2, 2) == pytest.approx(links[1] / links[0], rel=1e-3)


def test_with_exponent_0_and_equal_hardware_price_only_the_network_share_dampens():
    assert clusters.capital_ratio(2, 100, 50, 0.19, 0) == pytest.approx(1)
    assert clusters.capital_ratio(2, 100, 50, 0.19, 1) == pytest.approx(1 + 0.19)
    assert clusters.capital_ratio(2, 100, 50, 0.19, 2) == pytest.approx(0.81 + 0.19 * 4)


# --- published: two systems for each petaFLOP -------------------------------------------------------


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


# --- published: wafers and chips ------------------------------------------------------------------


def test_morgan_stanleys_wafers_make_two_million_dies():
    """7,000 wafers a month x 78 dies x 30% (September 2025): 1.97 million dies, 0.98 million 910C."""
    made = clusters.supply(7000, 78, 0.30, 2, 13e6, 8, 2e6)
    assert made.limits["dies"] * 2 == pytest.approx(1.97e6, rel=0.003)
    assert made.chips == pytest.approx(0.98e6, rel=0.003) and made.binding == "dies"
    assert made.limits["memory"] == pytest.approx(1.6e6, rel=0.02), "SemiAnalysis: 13 million stacks, 1.6 million 910C"


def test_the_accounts_of_2025_disagree():
    """Morgan Stanley's rate for a year gives 22% more 910C than SemiAnalysis's 805,000 units of all kinds, and
    twice the million dies that Bloomberg reported (30 September 2025)."""
    made = clusters.supply(7000, 78, 0.30, 2, 13e6, 8, 2e6)
    volumes = data.load("volumes").set_index("volume_id")
    assert float(made.chips) / volumes.loc["ascend-production-02", "central"] == pytest.approx(1.22, abs=0.01)
    assert float(made.limits["dies"]) * 2 / volumes.loc["ascend-production-06", "central"] == pytest.approx(
        1.97, abs=0.01
    )


@pytest.mark.parametrize(
    ("scenario", "binding", "factor"),
    [("ms-2025", "dies", None), ("sa-2025", "dies", 1.14), ("sa-2026", "memory", 1.0), ("plan-2026", "memory", 1.0)],
)
def test_scenarios_give_what_their_authors_said(scenario, binding, factor):
    """SemiAnalysis (8 September 2025): 805,000, then about 300,000; Bloomberg: 600,000 910C in 2026."""
    row = data.load("supply_scenarios").set_index("scenario_id").loc[scenario]
    made = clusters.supply(
        row.wafers_per_month, row.dies_per_wafer, row.die_yield, row.dies_per_chip, row.hbm_stacks,
        row.stacks_per_chip, row.packages, row.package_yield, row.banked_dies,
    )  # fmt: skip
    assert made.binding == binding
    if factor:
        assert float(made.chips) / row.published_chips == pytest.approx(factor, abs=0.01)


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


# --- supply and scale -----------------------------------------------------------------------------


def test_the_scarcest_input_decides_and_the_others_add_nothing():
    base = {"wafers_per_month": 1000, "dies_per_wafer": 60, "die_yield": 0.5, "dies_per_chip": 2,
            "hbm_stacks": 1e6, "stacks_per_chip": 8, "packages": 3e5}  # fmt: skip
    made = clusters.supply(**base)
    assert made.binding == "memory" and made.chips == min(made.limits.values()) == 125_000
    more = clusters.supply(**{**base, "wafers_per_month": 9000, "packages": 9e5})
    assert more.chips == made.chips
    assert clusters.supply(**{**base, "hbm_stacks": 2e6}).binding == "dies"
    assert clusters.supply(**{**base, "packages": 0}).chips == 0


def test_supply_works_on_arrays():
    made = clusters.supply([1000, 5000], 60, 0.5, 2, 1e6, 8, 3e5)
    assert made.binding.tolist() == ["memory", "memory"] and made.chips.shape == (2,)
    grid = clusters.supply(np.array([[100], [5000]]), 60, [0.1, 0.5, 0.9], 2, 1e6, 8, 3e5)
    assert grid.chips.shape == grid.binding.shape == (2, 3) and grid.binding[0].tolist() == ["dies"] * 3


def test_wafers_needed_undo_supply():
    made = clusters.supply(7000, 78, 0.30, 2, 1e9, 8, 1e9, package_yield=0.75)
    assert clusters.wafers_needed(made.chips, 78, 0.30, 2, 0.75) == pytest.approx(7000)


def test_a_gigawatt_against_the_wind_and_sun_of_a_year():
    assert clusters.grid_share(1e6, 430, 0.16) == pytest.approx(1 / 68.8)


# --- how sure -------------------------------------------------------------------------------------


# --- the tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("electricity", ("low", "central", "high")),
        ("cluster_parameters", ("low", "central", "high")),
        ("cluster_blocks", ("it_power_kw_low", "it_power_kw", "it_power_kw_high")),
        ("systems", ("power_kw_low", "power_kw", "power_kw_high")),
        ("systems", ("price_usd_low", "price_usd", "price_usd_high")),
    ],
    ids=["electricity", "parameters", "block power", "system power", "system price"],
)
def test_low_central_high_are_in_order(table, columns):
    values = data.load(table)[list(columns)]
    assert values.notna().any(axis=1).all() or table in ("cluster_blocks", "systems")
    filled = values.dropna(how="all").ffill(axis=1).bfill(axis=1)
    assert len(filled) > 3
    assert (filled.iloc[:, 0] <= filled.iloc[:, 1]).all() and (filled.iloc[:, 1] <= filled.iloc[:, 2]).all()


def test_each_figure_of_a_block_stands_in_one_place():
    """A block's own power is for cards and for systems that have none; its chip is its system's."""
    systems = data.load("systems").set_index("system")
    for row in data.load("cluster_blocks").itertuples():
        has = row.system != "" and systems.loc[row.system, "power_kw"] > 0
        assert np.isnan(row.it_power_kw) == has, row.block
        assert (row.power_source_id == "") == has, row.block
        assert row.system == "" or systems.loc[row.system, "chip"] == row.chip


def test_what_is_published_names_its_source():
    parameters = data.load("cluster_parameters")
    assert set(parameters.loc[parameters["basis"] == "published", "source_id"]) <= SOURCES
    assert (parameters.loc[parameters["basis"] == "assumed", "source_id"] == "").all()
    electricity = data.load("electricity")
    unsourced = electricity[electricity["source_id"] == ""]
    assert unsourced["note"].str.contains("Assumed by us").all()


def test_state_prices_as_the_eia_prints_them():
    """Electric Power Annual with data for 2023: average revenue per kilowatthour, cents."""
    rows = data.load("electricity").set_index("row_id")["central"]
    for state, industrial, commercial in (
        ("virginia", 8.92, 8.95),
        ("texas", 6.60, 8.82),
        ("california", 18.64, 23.91),
    ):
        assert rows[f"us-{state}-industrial-2023"] * 100 == pytest.approx(industrial)
        assert rows[f"us-{state}-commercial-2023"] * 100 == pytest.approx(commercial)


def test_halving_the_bill_to_0_056_needs_a_price_above_the_national_average():
    """The Financial Times reports both 'up to half' and 0.4 yuan, in provinces 30% below the coast."""
    rows = data.load("electricity").set_index("row_id")
    before = rows.loc["cn-west-subsidised-2025", "central"] / (1 - rows.loc["cn-west-cut-2025", "high"] / 100)
    cut = rows.loc["cn-west-cut-2025", "high"] / 100
    assert clusters.energy_cost_usd(1, before, 1, cut) == pytest.approx(rows.loc["cn-west-subsidised-2025", "central"])
    assert before == pytest.approx(0.112) and before > rows.loc["cn-industrial-2024", "central"]


# --- random input ---------------------------------------------------------------------------------

RATIO, SHARE, PUE = (1e-7, 1e7), (0, 1), (1, 3)
RANGES = {
    "chips_to_match": {"chips": (0, 1e9), "relative_speed": (0.01, 100)},
    "equal_work": {"peak_a_tflops": (0.1, 1e6), "utilisation_a": (0.01, 1), "peak_b_tflops": (0.1, 1e6), "utilisation_b": (0.01, 1)},
    "network_growth": {"chips_ratio": RATIO, "exponent": (0, 2)},
    "energy_ratio": {"chips_ratio": RATIO, "power_a_w": (1, 1e5), "power_b_w": (1, 1e5), "pue_a": PUE, "pue_b": PUE},
    "network_usd": {"hardware_usd": (0, 1e12), "network_share": (0, 0.9)},
    "capital_ratio": {"chips_ratio": RATIO, "hardware_a_usd": (1, 1e7), "hardware_b_usd": (1, 1e7), "network_share_a": (0, 0.9), "exponent": (0, 2)},
    "facility_power_kw": {"chips": (0, 1e9), "tdp_w": (1, 1e5), "server_multiplier": (1, 5), "pue": PUE, "load_factor": SHARE},
    "energy_cost_usd": {"power_kw": (0, 1e12), "usd_per_kwh": (-1, 5), "hours": (0, 1e7), "subsidy": SHARE},
    "capital_recovery_factor": {"rate": SHARE, "years": (0.5, 100)},
    "declining_rate": {"orders_per_year": (0, 2)},
    "cost_per_pflop_hour": {
        "peak_tflops": (0.1, 1e6), "utilisation": (0.01, 1), "chip_usd": (0, 1e7), "it_power_w": (1, 1e5), "usd_per_kwh": (-1, 5),
        "charge": (0, 3), "server_overhead": (1, 5), "network_usd": (0, 1e8), "load_factor": SHARE, "pue": PUE, "site_usd_per_kw_month": (0, 1e4),
    },
    "tie_price": {"usd_per_kwh_a": (-1, 5), "kwh_a": (1e-9, 1e12), "kwh_b": (1e-9, 1e12), "other_a_usd": (0, 1e12), "other_b_usd": (0, 1e12)},
    "supply": {
        "wafers_per_month": (0, 1e7), "dies_per_wafer": (0, 1e5), "die_yield": SHARE, "dies_per_chip": (1, 100), "hbm_stacks": (0, 1e10),
        "stacks_per_chip": (1, 100), "packages": (0, 1e10), "package_yield": SHARE, "banked_dies": (0, 1e10),
    },
    "wafers_needed": {"chips": (0, 1e10), "dies_per_wafer": (1, 1e5), "die_yield": (0.001, 1), "dies_per_chip": (1, 100), "package_yield": (0.001, 1)},
    "grid_share": {"power_kw": (0, 1e12), "added_gw": (0.001, 1e6), "capacity_factor": (0.01, 1)},
}  # fmt: skip
METHODS = {f"capital_charge {m}": {"years": (0.5, 100), "rate": SHARE, "orders_per_year": (0, 2)} for m in clusters.METHODS}  # fmt: skip


def payment(rate, years):
    """Equal payments whose value today is 1; for small rates by the first terms of the series."""
    grown = (1 + rate) ** years
    small = rate < 1e-6
    return np.where(small, (1 + rate * (years + 1) / 2) / years, rate * grown / np.where(small, 1, grown - 1))


def parts_by_hand(peak_tflops, utilisation, chip_usd, it_power_w, usd_per_kwh, charge, server_overhead, network_usd, load_factor, pue, site_usd_per_kw_month):  # fmt: skip
    """USD of a year and a chip, over petaFLOP-hours of a year and a chip."""
    kw = it_power_w / 1000
    usd = [chip_usd * charge, chip_usd * charge * (server_overhead - 1), network_usd * charge, kw * load_factor * pue * 8760 * usd_per_kwh, kw * 12 * site_usd_per_kw_month]  # fmt: skip
    return np.concatenate(usd) / np.tile(peak_tflops * utilisation * 8.76, 5)


def supply_by_hand(wafers_per_month, dies_per_wafer, die_yield, dies_per_chip, hbm_stacks, stacks_per_chip, packages, package_yield, banked_dies):  # fmt: skip
    dies = (wafers_per_month * 12 * dies_per_wafer * die_yield + banked_dies) / dies_per_chip * package_yield
    memory, packed = hbm_stacks / stacks_per_chip * package_yield, packages * package_yield
    return np.concatenate([np.minimum(np.minimum(dies, memory), packed), dies, memory, packed])


# The right answers, worked out anew.
RIGHT = {
    "chips_to_match": lambda chips, relative_speed: chips * (1 / relative_speed),
    "equal_work": lambda peak_a_tflops, utilisation_a, peak_b_tflops, utilisation_b: peak_a_tflops / peak_b_tflops * (utilisation_a / utilisation_b),
    "network_growth": lambda chips_ratio, exponent: np.exp(exponent * np.log(chips_ratio)),
    "energy_ratio": lambda chips_ratio, power_a_w, power_b_w, pue_a, pue_b: chips_ratio * (power_b_w / power_a_w) * (pue_b / pue_a),
    "network_usd": lambda hardware_usd, network_share: network_share * (hardware_usd / (1 - network_share)),
    "capital_ratio": lambda chips_ratio, hardware_a_usd, hardware_b_usd, network_share_a, exponent: (1 - network_share_a) * chips_ratio * hardware_b_usd / hardware_a_usd + network_share_a * chips_ratio**exponent,
    "facility_power_kw": lambda chips, tdp_w, server_multiplier, pue, load_factor: chips * (tdp_w * server_multiplier * load_factor) * pue / 1e3,
    "energy_cost_usd": lambda power_kw, usd_per_kwh, hours, subsidy: power_kw * hours * (usd_per_kwh - usd_per_kwh * subsidy),
    "capital_recovery_factor": payment,
    "declining_rate": lambda orders_per_year: orders_per_year * 2.302585092994046,
    "cost_per_pflop_hour": parts_by_hand,
    "tie_price": lambda usd_per_kwh_a, kwh_a, kwh_b, other_a_usd, other_b_usd: usd_per_kwh_a * (kwh_a / kwh_b) + (other_a_usd - other_b_usd) / kwh_b,
    "supply": supply_by_hand,
    "wafers_needed": lambda chips, dies_per_wafer, die_yield, dies_per_chip, package_yield: chips * dies_per_chip / (12 * dies_per_wafer * die_yield * package_yield),
    "grid_share": lambda power_kw, added_gw, capacity_factor: power_kw / (1e6 * added_gw * capacity_factor),
    "capital_charge straight_line": lambda years, rate, orders_per_year: 1 / years,
    "capital_charge annuity": lambda years, rate, orders_per_year: payment(rate, years),
    "capital_charge declining": lambda years, rate, orders_per_year: np.where(orders_per_year * years < 1e-9, orders_per_year * 2.302585092994046, (1 - 0.1 ** (orders_per_year * years)) / years),
}  # fmt: skip
NOT_NUMBERS = ("ten", None, float("nan"), float("inf"), -float("inf"), {}, object())


def flat(result):
    if isinstance(result, clusters.Supply):
        return np.concatenate([result.chips, *result.limits.values()])
    return np.concatenate([np.ravel(v) for v in result.values()]) if isinstance(result, dict) else np.ravel(result)


@pytest.mark.parametrize("name", [*RANGES, *METHODS])
def test_10000_random_inputs_give_the_right_answer_or_a_sentence(name):
    function_name, _, method = name.partition(" ")
    function = getattr(clusters, function_name)
    ranges = {**RANGES, **METHODS}[name]
    if method:
        plain = function
        function = lambda **values: plain(method, **values)  # noqa: E731
    rng = np.random.default_rng(len(name))
    rows = 10_000
    values, good = {}, np.ones(rows, bool)
    for key, (low, high) in ranges.items():
        span = high - low
        inside = low + span * rng.random(rows) ** rng.integers(1, 12, rows)
        end = rng.random(rows)
        inside = np.where(end < 0.03, low, np.where(end > 0.97, high, inside))
        wild = rng.random(rows) < 0.03
        values[key] = np.where(wild, rng.choice([-1, 1], rows) * 10.0 ** rng.uniform(-12, 16, rows), inside)
        good &= (values[key] >= low) & (values[key] <= high)
    assert 0.5 < good.mean() < 1
    answers = flat(function(**{k: v[good] for k, v in values.items()}))
    right = np.broadcast_to(RIGHT[name](**{k: v[good] for k, v in values.items()}), answers.shape)
    assert np.isfinite(answers).all() and np.allclose(answers, right, rtol=1e-5, atol=1e-12)
    for row in np.flatnonzero(~good):
        with pytest.raises(ValueError, match="outside its valid range"):
            function(**{k: v[row] for k, v in values.items()})
    centre = {k: (low + high) / 2 for k, (low, high) in ranges.items()}
    for key in ranges:
        for bad in NOT_NUMBERS:
            with pytest.raises(ValueError, match=key):
                function(**{**centre, key: bad})


def test_every_public_function_is_fuzzed():
    public = {n for n, f in vars(clusters).items() if callable(f) and getattr(f, "__module__", "") == clusters.__name__ and not n.startswith("_")}  # fmt: skip
    elsewhere = {"Supply", "shares", "capital_charge"}
    assert public == set(RANGES) | elsewhere


def test_random_shares_add_to_one():
    rng = np.random.default_rng(7)
    drawn = rng.uniform(0, 1e6, (3, 10_000))
    assert np.allclose(sum(clusters.shares(dict(zip("abc", drawn, strict=True))).values()), 1)
