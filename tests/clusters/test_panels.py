"""Panels and tables of notebook 24: they say what the published cases say, and agree with each other."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.clusters import panels as clusters_panels
from helpers.core import chance, data

ROOT = Path(__file__).resolve().parents[2]


def test_the_published_case_reads_as_published():
    """SemiAnalysis and the Financial Times, April and November 2025: see tests/test_clusters.py."""
    state = clusters_panels.tie_state(559, 145, 9.1, 8.2, 3.0, 5)
    for words in (
        "2.3 times the electricity",
        "tie at 3.9 cents",
        "914 USD a year against 642, 1.4 times",
        "5,467",
        "is 14%",
    ):
        assert words in state.reading
    assert state.signals["title"] == "Running costs tie at 3.9 cents; total costs tie at no price"
    assert clusters_panels.systems_tie() == pytest.approx((0.033, 0.039, 0.044), abs=0.0005)


@pytest.mark.parametrize(("cm_kw", "nvl_kw", "cents"), [(500, 145, "4.4"), (559, 120, "3.3")])
def test_the_other_power_figures_in_print_move_the_tie(cm_kw, nvl_kw, cents):
    """500 kW for CloudMatrix, 120 for the rack of an NVL72."""
    assert f"tie at {cents} cents" in clusters_panels.tie_state(cm_kw, nvl_kw, 9.1, 8.2, 3.0, 5).reading


def test_a_cheaper_system_ties_where_the_panel_draws_it():
    state = clusters_panels.tie_state(559, 145, 9.1, 5.0, 3.0, 5)
    tie = max(row["cents"] for row in state.rows if row["kind"] == "tie")
    kwh = 559 / 300 * 8760, 145 / 180 * 8760
    assert 5e6 / 300 / 5 + kwh[0] * tie / 100 == pytest.approx(3e6 / 180 / 5 + kwh[1] * 0.091)


def test_cost_panel_and_tornado_agree_at_the_centre():
    ratio = clusters_panels.cost_ratio(**{k: v[1] for k, v in clusters_panels.ratio_inputs().items()})
    cents = [100 * clusters_panels.parameter("electricity_price", place)[1] for place in ("US", "CN")]
    state = clusters_panels.cost_state("GB200 NVL72", "CloudMatrix 384", *cents, 35.5, "straight_line")
    totals = [row["usd"] for row in state.rows if row["kind"] == "total"]
    assert totals[1] / totals[0] == pytest.approx(float(ratio))


@pytest.mark.parametrize("block", data.load("cluster_blocks")["block"])
def test_a_cluster_against_itself_is_equal_in_everything(block):
    state = clusters_panels.equal_work_state(block, block, 40, 40, 2)
    assert all(row[end] == pytest.approx(1) for row in state.rows for end in ("low", "central", "high"))
    cost = clusters_panels.cost_state(block, block, 8, 8, 100 * clusters_panels.parameter("utilisation", clusters_panels.place_of(block))[1], "annuity")  # fmt: skip
    assert "B over A: 1.00." in cost.reading


def test_parts_of_a_bar_add_to_its_total():
    state = clusters_panels.cost_state("HGX H100", "Ascend 910B", 9.1, 5.6, 35.5, "declining")
    for who in {row["who"] for row in state.rows}:
        rows = [row for row in state.rows if row["who"] == who]
        total = next(row for row in rows if row["kind"] == "total")
        assert sum(row["usd"] for row in rows if row["kind"] == "part") == pytest.approx(total["usd"])
        assert total["start"] <= total["usd"] <= total["end"]


def test_a_card_bears_its_share_of_a_server_and_a_rack_does_not():
    card, rack = clusters_panels.block("Ascend 910B"), clusters_panels.block("GB200 NVL72")
    assert card["hardware_usd"][1] == pytest.approx(16_800 * 1.64)
    assert card["it_power_w"][1] == pytest.approx(400 * 1.8)
    assert rack["hardware_usd"][1] == pytest.approx(3e6 / 72) and rack["it_power_w"][1] == pytest.approx(145e3 / 72)


def test_site_costs_are_building_costs_as_an_annuity():
    """7, 8 and 12 million USD for a MW (Dgtl Infra; Research and Markets) over 20 years at 8%, by the month and kW."""
    factor = float(clusters.capital_recovery_factor(0.08, 20)) / 12
    assert clusters_panels.parameter("site_cost", "CN")[:2] == pytest.approx((7000 * factor, 8000 * factor), abs=0.6)
    assert clusters_panels.parameter("site_cost", "US")[1] == pytest.approx(12_000 * factor, abs=0.6)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ((7000, 78, 30, 13, 2000, 100, 1500), "dies bind"),
        ((7000, 78, 60, 13, 2000, 100, 1500), "the question is cost"),
        ((5000, 78, 30, 2.4, 2000, 100, 1500), "memory binds"),
        ((9000, 78, 60, 39, 500, 100, 1500), "packaging binds"),
    ],
)
def test_the_supply_panel_names_the_limit_and_what_the_target_takes(settings, words):
    state = clusters_panels.supply_state(*settings)
    assert words in state.reading
    if "the question is supply" in state.reading:
        fixed = re.search(r"takes ([\d,]+) wafers", state.reading)
        if fixed:
            wafers, dies, good, _, _, packaged, target = settings
            made = float(fixed.group(1).replace(",", "")) * 12 * dies * good / 100 / 2 * packaged / 100
            assert made == pytest.approx(target * 1e3, rel=1e-3)


def test_the_supply_panel_gives_the_yield_that_would_free_the_dies():
    """7,000 wafers of 78 dies for 1.5 million pairs: 2 x 1.5 million over 12 x 7,000 x 78 is 45.8%."""
    said = clusters_panels.supply_state(7000, 78, 30, 13, 2000, 100, 1500).reading
    assert "10,684 wafers a month instead of 7,000 (or 46% good dies)." in said
    assert 2 * 1.5e6 / (12 * 7000 * 78) == pytest.approx(0.458, abs=0.0005)
    assert "(no yield alone would do)" in clusters_panels.supply_state(1000, 78, 30, 13, 2000, 100, 1500).reading
    none = clusters_panels.supply_state(0, 78, 30, 13, 2000, 100, 1500).reading
    assert "instead of 0." in none and "good dies" not in none


@pytest.mark.parametrize(
    ("setting", "short"),
    [
        ((1, 30, 7000, 2.4, 16), " Short: wafers and memory stacks."),
        ((12, 30, 7000, 2.4, 5), " Short: new wind and sun, wafers and memory stacks."),
    ],
)
def test_the_country_panel_names_every_ceiling_that_is_passed(setting, short):
    state = clusters_panels.nation_state(*setting)
    assert state.reading.endswith(short)
    passed = [row["percent"] > 100 for row in state.rows if "US" not in row["measure"]]
    assert sum(passed) == short.count(",") + short.count(" and ") + 1 - short.count("wind and")


def test_a_tie_off_the_chart_is_said():
    assert "tie at 24.9 cents (beyond the chart)." in clusters_panels.tie_state(559, 145, 9.1, 8.2, 8.0, 5).reading
    assert "beyond" not in clusters_panels.tie_state(559, 145, 9.1, 5.0, 3.0, 5).reading


def test_costs_by_place_are_the_cost_ratio_at_their_prices():
    shown = clusters_panels.places_table().frame.astype(float)
    assert shown.iloc[0, 2] == pytest.approx(clusters_panels.ratio_at(), abs=0.005), "5.6 and 9.1 cents are central"
    assert (shown.diff(axis=1).iloc[:, 1:] < 0).all(axis=None), "the dearer NVL72's power, the smaller the ratio"
    assert (shown.iloc[1] > shown.iloc[0]).all()


def test_the_prose_names_the_bars_of_the_tornado_in_their_order():
    ends = chance.one_at_a_time(clusters_panels.cost_ratio, clusters_panels.ratio_inputs())
    order = sorted(ends, key=lambda key: min(ends[key]) - max(ends[key]))
    assert (order[0], set(order[1:3]), order[3:5]) == ("exponent", {"use_a", "use_b"}, ["site_a", "usd_kwh_a"])
    page = (ROOT / "notebooks/source/24_more_chips_more_power.md").read_text(encoding="utf-8")
    assert order[8] == "usd_kwh_b" and "What CloudMatrix pays for electricity comes ninth." in page


def test_a_million_h100s_by_hand():
    """989.5 / 752 chips of 559 / 384 kW, PUE 1.3, load 0.75, against 430 GW at 16%."""
    state = clusters_panels.nation_state(1, 30, 7000, 2.4, 16)
    chips = 1e6 * 989.5 / 752
    percent = {row["measure"]: row["percent"] for row in state.rows}
    assert percent["Power, of China’s new wind and sun"] == pytest.approx(
        chips * 559 / 384 * 1.3 * 0.75 / 1e6 / (430 * 0.16) * 100
    )
    assert percent["Wafers, of those for AI chips"] == pytest.approx(chips * 2 / 78 / 0.30 / 12 / 7000 * 100)
    assert percent["Memory stacks, of those to be had"] == pytest.approx(chips * 8 / 2.4e6 * 100)


@pytest.mark.parametrize(
    ("a", "b", "chips_of_b"),
    [("GB200 NVL72", "CloudMatrix 384", 8000 / 3200), ("HGX H100", "HGX H20", 3350 / 4000)],
)
def test_equal_work_by_memory_divides_the_speeds_of_memory(a, b, chips_of_b):
    """GB/s of the makers' data sheets; at equal use the peaks in arithmetic do not count."""
    by_memory = clusters_panels.equal_work_state(a, b, 40, 40, 1, "memory_gb_s")
    assert by_memory.rows[0]["central"] == pytest.approx(chips_of_b)
    assert "memory’s peak speed" in by_memory.reading and by_memory.signals["title"].startswith("By memory, ")
    assert "memory" not in clusters_panels.equal_work_state(a, b, 40, 40, 1).reading


def test_the_country_s_power_carries_its_uncertainty():
    """Power, cooling and load of CloudMatrix are ranges; wafers and stacks follow from the peak alone."""
    rows = clusters_panels.nation_state(1, 30, 7000, 2.4, 16).rows
    spread = [row["high"] / row["low"] for row in rows]
    assert all(row["low"] <= row["percent"] <= row["high"] for row in rows)
    assert min(spread[:2]) > 1.3 > max(spread[2:]) > 1.02


def test_flips_are_where_the_ratio_is_one():
    central = {k: v[1] for k, v in clusters_panels.ratio_inputs().items()}
    at = chance.flips_at(clusters_panels.cost_ratio, central, "use_b", 0.1, 1)
    assert float(clusters_panels.cost_ratio(**{**central, "use_b": at})) == pytest.approx(1, abs=1e-4)
    assert np.isnan(chance.flips_at(clusters_panels.cost_ratio, central, "years", 0.5, 100))


def test_baselines_are_not_mixed():
    """The same system: worse than a GB200, better than an H20 for each operation, 30 to 50% worse for each token."""
    frame = clusters_panels.baselines_table().frame.reset_index()
    said = dict(zip(zip(frame["Measured by"], frame["Baseline"]), frame["Times the baseline"]))
    assert said["Power for each petaFLOP", "GB200 NVL72 (2024)"] == "2.1 to 2.8"
    assert said["Power for each TB/s of memory", "GB200 NVL72 (2024)"] == "1.8"
    assert said["Electricity for each token", "H20 (2023)"] == "1.3 to 1.5"
    assert float(said["Power for each petaFLOP", "HGX H20 (2023)"].split(" to ")[1]) < 1


def test_a_free_kilowatt_hour_for_nvl72_still_reads():
    state = clusters_panels.cost_state("GB200 NVL72", "CloudMatrix 384", 0, 0, 35.5, "straight_line")
    assert "Electricity alone" not in state.reading and state.reading.endswith(".")


def test_it_takes_several_favourable_assumptions_at_once():
    spread = clusters_panels.ratio_spread()
    assert spread.best < 1 < spread.low < spread.middle < spread.high and spread.below == 0
    favourable = {"exponent": 0, "use_a": 0.30, "use_b": 0.41, "site_a": 184, "usd_kwh_a": 0.1864}
    assert spread.together == len(favourable) and clusters_panels.ratio_at(**favourable) < 1
    for name in favourable:
        assert clusters_panels.ratio_at(**{k: v for k, v in favourable.items() if k != name}) > 1


def test_the_spread_typed_in_the_key_points_and_the_claim_is_the_one_computed():
    spread = clusters_panels.ratio_spread()
    span = f"{spread.low:.1f} to {spread.high:.1f}"
    page = (ROOT / "notebooks/source/24_more_chips_more_power.md").read_text(encoding="utf-8")
    assert f"about twice as much for the same work (nine of ten draws: {span})" in page
    claims = data.load("claims").set_index("claim_id")
    assert span in claims.loc["S22", "evidence"] and span in claims.loc["S22", "counter"]


def test_every_finite_flip_makes_the_costs_equal():
    table = clusters_panels.flips()
    assert table["at"].notna().sum() == 6
    usd = table.loc["Price of a GB200 NVL72"]
    assert usd["now"] == pytest.approx(3.0)
    assert clusters_panels.ratio_at(usd_a=usd["at"] * 1e6 / 72) == pytest.approx(1, abs=1e-4)
    follows = table.loc["The same, if links follow the work", "at"] * 1e6 / 384
    assert clusters_panels.ratio_at(usd_b=follows, exponent=0.0) == pytest.approx(1, abs=1e-4)
    cents = table.loc["Electricity price of CloudMatrix", "at"]
    assert cents < 0 and clusters_panels.ratio_at(usd_kwh_b=cents / 100) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("nvl_usd", [3.0, 3.1, 3.9])
@pytest.mark.parametrize(("cm_kw", "nvl_kw"), [(559, 145), (500, 145), (559, 120)])
def test_no_price_ties_total_costs_on_figures_in_print(cm_kw, nvl_kw, nvl_usd):
    assert "no price ties" in clusters_panels.tie_state(cm_kw, nvl_kw, 9.1, 8.2, nvl_usd, 5).reading


def test_the_exponent_of_the_network_moves_only_links_and_capital():
    """By hand: chips 2,500 x 0.375 over 752 x 0.355; links n^2; capital with a network of 19% of NVL72's cluster."""
    n = 2500 * 0.375 / (752 * 0.355)
    rows = {r["measure"]: r["central"] for r in clusters_panels.equal_work_state("GB200 NVL72", "CloudMatrix 384", 37.5, 35.5, 2).rows}  # fmt: skip
    network = 3e6 / 72 * 0.19 / 0.81
    assert rows["Chips"] == pytest.approx(n) and rows["Links of the network"] == pytest.approx(n**2)
    assert rows["Power at the meter"] == pytest.approx(n * (559 / 384 * 1.3) / (145 / 72 * 1.1))
    assert rows["Capital"] == pytest.approx((n * 8.2e6 / 384 + network * n**2) / (3e6 / 72 + network))


def test_the_cost_of_a_delivered_petaflop_hour_by_hand():
    """NVL72 at 9.1 cents: 41,667 USD and 2.014 kW a chip, 937.5 TFLOPS delivered, over five years."""
    state = clusters_panels.cost_state("GB200 NVL72", "CloudMatrix 384", 9.1, 5.6, 35.5, "straight_line")
    usd = {(r["who"][0], r["part"]): r["usd"] for r in state.rows if r["kind"] == "part"}
    for side, price, kw, peak, use, pue, cents, site, links in (
        ("A", 3.0e6 / 72, 145 / 72, 2500, 0.375, 1.1, 9.1, 102, 3e6 / 72 * 0.19 / 0.81),
        ("B", 8.2e6 / 384, 559 / 384, 752, 0.355, 1.3, 5.6, 68, 3e6 / 72 * 0.19 / 0.81),
    ):
        hours = peak / 1000 * use * 8760
        assert usd[side, "chips and servers"] == pytest.approx(price / 5 / hours)
        assert usd[side, "network"] == pytest.approx(links / 5 / hours), "a chip of B has as much network as one of A"
        assert usd[side, "electricity"] == pytest.approx(kw * 0.75 * pue * 8760 * cents / 100 / hours)
        assert usd[side, "site (building)"] == pytest.approx(kw * site * 12 / hours)


def test_a_year_of_a_kilowatt():
    """1 kW x 0.75 x 8,760 hours, PUE 1.3 and 5.6 cents in China, 1.1 and 9.1 in the United States."""
    for place, pue, usd, rent in (("CN", 1.3, 0.056, 68), ("US", 1.1, 0.091, 102)):
        bill = clusters_panels.yearly_usd_per_kw(place)
        assert bill == pytest.approx({"energy": 0.75 * 8760 * pue * usd, "site": 12 * rent})


def test_tables_of_electricity_by_hand():
    """0.056 USD x 8,760 h x 145/180 and 559/300 kW; half of a price doubled; power over peak of an HGX H100."""
    bills = clusters_panels.bills_table().frame.loc["Three provinces, after subsidy"]
    assert bills.tolist() == ["5.6", "395", "914"]
    assert clusters_panels.price_before(data.load("electricity").set_index("row_id")) == pytest.approx(0.112)
    said = clusters_panels.baselines_table().frame.reset_index().set_index("Baseline")["Times the baseline"]
    h100 = 10.2 / 8 / 0.9895
    assert said["HGX H100 (2022)"] == f"{500 / 300 / h100:.1f} to {559 / 300 / h100:.1f}"


def test_extreme_pairs_read_without_exponents():
    for a, b, use_a, use_b in (("HGX H20", "GB200 NVL72", 10, 90), ("GB200 NVL72", "HGX H20", 90, 10)):
        state = clusters_panels.equal_work_state(a, b, use_a, use_b, 2)
        said = " ".join([state.reading, state.signals["title"], *(row["label"] for row in state.rows)])
        assert not re.search(r"\de[-+]\d|(?<![.\d])\d{4}", said), said
