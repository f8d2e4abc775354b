"""Panels of notebook 24: they say what the published cases say, agree with each other, and fit a page."""

from __future__ import annotations

import re

import pytest

from helpers.clusters import panels, studies
from helpers.core import data
from tests.catalogue import PANELS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

MINE = [
    "Equal work with other chips",
    "What a delivered petaFLOP-hour costs",
    "At what price does it tie",
    "What can be made",
    "Two ceilings",
]


@pytest.mark.parametrize("name", MINE)
def test_a_panel_is_read_at_a_glance_and_fits_a_small_window(name):
    panel = PANELS[name]()
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 430
    assert 3 <= len(panel.presets) <= 6 and all(q.endswith("?") and len(q) <= 38 for q in panel.presets)
    for setting in panel.positions():
        state = panel.set(**setting)
        words, numbers = words_and_numbers(state.reading)
        assert words <= 35 and numbers <= 3 and state.more, state.reading


def test_the_published_case_reads_as_published():
    """SemiAnalysis and the Financial Times, April and November 2025: see tests/clusters/test_costs.py."""
    state = panels.tie_state(559, 145, 9.1, 8.2, 3.0, 5)
    for words in (
        "2.3 times the electricity",
        "tie at 3.9 cents",
        "914 USD a year against 642, 1.4 times",
        "5,467",
        "is 14%",
    ):
        assert words in state.more
    assert state.signals["title"] == "Running costs tie at 3.9 cents; total costs tie at no price"
    assert studies.systems_tie() == pytest.approx((0.033, 0.039, 0.044), abs=0.0005)


@pytest.mark.parametrize(("cm_kw", "nvl_kw", "cents"), [(500, 145, "4.4"), (559, 120, "3.3")])
def test_the_other_power_figures_in_print_move_the_tie(cm_kw, nvl_kw, cents):
    """500 kW for CloudMatrix, 120 for the rack of an NVL72."""
    assert f"tie at {cents} cents" in panels.tie_state(cm_kw, nvl_kw, 9.1, 8.2, 3.0, 5).more


def test_a_cheaper_system_ties_where_the_panel_draws_it():
    state = panels.tie_state(559, 145, 9.1, 5.0, 3.0, 5)
    tie = max(row["cents"] for row in state.rows if row["kind"] == "tie")
    kwh = 559 / 300 * 8760, 145 / 180 * 8760
    assert 5e6 / 300 / 5 + kwh[0] * tie / 100 == pytest.approx(3e6 / 180 / 5 + kwh[1] * 0.091)


def test_cost_panel_and_tornado_agree_at_the_centre():
    ratio = studies.cost_ratio(**{k: v[1] for k, v in studies.ratio_inputs().items()})
    cents = [100 * studies.parameter("electricity_price", place)[1] for place in ("US", "CN")]
    state = panels.cost_state("GB200 NVL72", "CloudMatrix 384", *cents, 35.5, "straight_line")
    totals = [row["usd"] for row in state.rows if row["kind"] == "total"]
    assert totals[1] / totals[0] == pytest.approx(float(ratio))


@pytest.mark.parametrize("block", data.load("cluster_blocks")["block"])
def test_a_cluster_against_itself_is_equal_in_everything(block):
    state = panels.equal_work_state(block, block, 40, 40, 2)
    assert all(row[end] == pytest.approx(1) for row in state.rows for end in ("low", "central", "high"))
    cost = panels.cost_state(block, block, 8, 8, 100 * studies.parameter("utilisation", studies.place_of(block))[1], "annuity")  # fmt: skip
    assert "B over A: 1.00." in cost.more and "1.00 times its cost" in cost.reading


def test_parts_of_a_bar_add_to_its_total():
    state = panels.cost_state("HGX H100", "Ascend 910B", 9.1, 5.6, 35.5, "declining")
    for who in {row["who"] for row in state.rows}:
        rows = [row for row in state.rows if row["who"] == who]
        total = next(row for row in rows if row["kind"] == "total")
        assert sum(row["usd"] for row in rows if row["kind"] == "part") == pytest.approx(total["usd"])
        assert total["start"] <= total["usd"] <= total["end"]


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
    state = panels.supply_state(*settings)
    assert words in state.reading
    if "the question is supply" in state.reading:
        fixed = re.search(r"takes ([\d,]+) wafers", state.reading)
        if fixed:
            wafers, dies, good, _, _, packaged, target = settings
            made = float(fixed.group(1).replace(",", "")) * 12 * dies * good / 100 / 2 * packaged / 100
            assert made == pytest.approx(target * 1e3, rel=1e-3)


def test_the_supply_panel_gives_the_yield_that_would_free_the_dies():
    """7,000 wafers of 78 dies for 1.5 million pairs: 2 x 1.5 million over 12 x 7,000 x 78 is 45.8%."""
    said = panels.supply_state(7000, 78, 30, 13, 2000, 100, 1500).more
    assert "10,684 wafers a month instead of 7,000 (or 46% good dies)." in said
    assert 2 * 1.5e6 / (12 * 7000 * 78) == pytest.approx(0.458, abs=0.0005)
    assert "(no yield alone would do)" in panels.supply_state(1000, 78, 30, 13, 2000, 100, 1500).more
    none = panels.supply_state(0, 78, 30, 13, 2000, 100, 1500).more
    assert "instead of 0." in none and "good dies" not in none


@pytest.mark.parametrize(
    ("setting", "short"),
    [
        ((1, 30, 7000, 2.4, 16), " Short: wafers and memory stacks."),
        ((12, 30, 7000, 2.4, 5), " Short: new wind and sun, wafers and memory stacks."),
    ],
)
def test_the_country_panel_names_every_ceiling_that_is_passed(setting, short):
    state = panels.nation_state(*setting)
    assert state.reading.endswith(short)
    passed = [row["percent"] > 100 for row in state.rows if "US" not in row["measure"]]
    assert sum(passed) == short.count(",") + short.count(" and ") + 1 - short.count("wind and")


def test_a_tie_off_the_chart_is_said():
    assert "tie at 24.9 cents (beyond the chart)." in panels.tie_state(559, 145, 9.1, 8.2, 8.0, 5).reading
    assert "beyond" not in panels.tie_state(559, 145, 9.1, 5.0, 3.0, 5).reading


def test_a_million_h100s_by_hand():
    """989.5 / 752 chips of 559 / 384 kW, PUE 1.3, load 0.75, against 430 GW at 16%."""
    state = panels.nation_state(1, 30, 7000, 2.4, 16)
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
    by_memory = panels.equal_work_state(a, b, 40, 40, 1, "memory_gb_s")
    assert by_memory.rows[0]["central"] == pytest.approx(chips_of_b)
    assert "memory’s peak speed" in by_memory.more and by_memory.reading.startswith("By memory, ")
    assert by_memory.signals["title"].startswith("By memory, ")
    by_arithmetic = panels.equal_work_state(a, b, 40, 40, 1)
    assert "memory" not in by_arithmetic.reading + by_arithmetic.more


def test_the_country_s_power_carries_its_uncertainty():
    """Power, cooling and load of CloudMatrix are ranges; what can be had of wafers and stacks differs by account.

    Accounts: 7,000 wafers a month (Morgan Stanley) to 13,000 (a plan); 2.4 million stacks (new) to 13 million (stock).
    """
    rows = panels.nation_state(1, 30, 7000, 2.4, 16).rows
    assert all(row["low"] <= row["percent"] <= row["high"] for row in rows)
    assert all(row["high"] / row["low"] > 1.3 for row in rows[:2])
    chips = 1e6 * 989.5 / 752
    wafers, stacks = chips * 2 / 78 / 0.30 / 12, chips * 8
    assert (rows[2]["low"], rows[2]["high"]) == pytest.approx((wafers / 130, wafers / 70))
    assert (rows[3]["low"], rows[3]["high"]) == pytest.approx((stacks / 130_000, stacks / 24_000))
    assert rows[3]["label"] == "439% (81% to 439%)"
    assert panels.nation_state(1, 30, 7000, 20, 16).rows[3]["low"] == pytest.approx(stacks / 200_000), (
        "the reader's own"
    )


def test_megawatts_and_gigawatt_hours_come_with_the_load_between_them():
    """66 MW through a year of 8,760 hours would be 578 GWh; at 75% of that they are 434."""
    said = panels.equal_work_state("GB200 NVL72", "CloudMatrix 384", 37.5, 35.5, 1).more
    assert "(66 MW at the highest; about 440 GWh a year, at an average load of 75%)" in said
    assert 66.5 * 8.76 * 0.75 == pytest.approx(440, abs=5)


def test_the_two_ties_of_the_page_are_the_price_over_two_ratios():
    """9.1 cents over 2.3 (systems at equal peak) and over 3.0 (delivered work at the meter)."""
    ratios = studies.named_ratios()["central"]
    alone, counted = (9.1 / ratios[name] for name in ("Electricity, systems alone", "Power at the meter"))
    assert 100 * studies.systems_tie()[1] == pytest.approx(alone)
    cost = studies.cost_of_work("GB200 NVL72", "CloudMatrix 384", 0.091, counted / 100, 0.355, "straight_line")
    assert cost.b.parts["energy"] == pytest.approx(cost.a.parts["energy"]), "at this price the cost panel ties, too"


def test_a_free_kilowatt_hour_for_nvl72_still_reads():
    state = panels.cost_state("GB200 NVL72", "CloudMatrix 384", 0, 0, 35.5, "straight_line")
    assert "Electricity alone" not in state.more and state.reading.endswith("electricity is 0% of the bill.")


def test_the_exponent_of_the_network_moves_only_links_and_capital():
    """By hand: chips 2,500 x 0.375 over 752 x 0.355; links n^2; capital with a network of 19% of NVL72's cluster."""
    n = 2500 * 0.375 / (752 * 0.355)
    rows = {r["measure"]: r["central"] for r in panels.equal_work_state("GB200 NVL72", "CloudMatrix 384", 37.5, 35.5, 2).rows}  # fmt: skip
    network = 3e6 / 72 * 0.19 / 0.81
    assert rows["Chips"] == pytest.approx(n) and rows["Links of the network"] == pytest.approx(n**2)
    assert rows["Power at the meter"] == pytest.approx(n * (559 / 384 * 1.3) / (145 / 72 * 1.1))
    assert rows["Capital"] == pytest.approx((n * 8.2e6 / 384 + network * n**2) / (3e6 / 72 + network))


def test_the_cost_of_a_delivered_petaflop_hour_by_hand():
    """NVL72 at 9.1 cents: 41,667 USD and 2.014 kW a chip, 937.5 TFLOPS delivered, over five years."""
    state = panels.cost_state("GB200 NVL72", "CloudMatrix 384", 9.1, 5.6, 35.5, "straight_line")
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


def test_extreme_pairs_read_without_exponents():
    for a, b, use_a, use_b in (("HGX H20", "GB200 NVL72", 10, 90), ("GB200 NVL72", "HGX H20", 90, 10)):
        state = panels.equal_work_state(a, b, use_a, use_b, 2)
        said = " ".join([state.reading, state.more, state.signals["title"], *(row["label"] for row in state.rows)])
        assert not re.search(r"\de[-+]\d|(?<![.\d])\d{4}", said), said
