"""The studies of notebook 20: what they take from the tables, and what they make of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.wafers import model as wafers
from helpers.wafers import studies


def test_published_values_the_story_uses():
    """Die shot by Kurnalsalts (2024); TechInsights (2023); Morgan Stanley (2025); AnandTech (2020)."""
    value = studies.published
    assert math.isclose(value("width-910b") * value("height-910b"), value("die-910b"), rel_tol=1e-4)
    assert math.isclose(value("width-910") * value("height-910"), value("die-910"), rel_tol=1e-4)
    assert (value("die-kirin-9000s"), value("gross-910b"), value("d0-tsmc-n7")) == (107, 78, 0.09)
    rows = studies.evidence()
    smic, tsmc = rows.loc["wafer-smic-7"], rows.loc[["wafer-tsmc-7-cset", "wafer-tsmc-7-digitimes"], "value"]
    assert (round(1.4 * tsmc.min()), 1.5 * tsmc.max()) == (smic["low"], smic["high"])
    assert math.isclose(smic["value"], 1.4 * tsmc.max())


def test_every_statement_carries_a_number_or_says_it_is_text():
    rows = studies.evidence()
    empty = rows[["low", "value", "high"]].isna().all(axis=1)
    assert set(rows.loc[empty, "unit"]) == {"text"}
    ordered = rows[["low", "value", "high"]].T.bfill().ffill().T[~empty]
    assert (ordered["low"] <= ordered["high"]).all()


def test_bills_add_to_one_hundred():
    """Epoch AI (2026): logic 13 to 14, memory 52 to 63; Silicon Analysts: H100 3,320 USD, MI300X 5,300."""
    bills = studies.bills()
    assert np.allclose(bills.groupby("bill")["share"].sum(), 100, atol=1e-9)
    share = bills.set_index(["bill", "part"])["share"]
    assert (share["Four makers, Q4 2025", "memory"], share["Four makers, Q1 2024", "memory"]) == (63, 52)
    assert math.isclose(share["H100", "logic"], 100 * 300 / 3320)
    assert (share.groupby("bill").idxmax().str[1] == "memory").all(), "as the chart's title says"


@pytest.mark.parametrize(
    ("counted", "low", "high"), [("flawless", 0.138, 0.225), ("sellable", 0.34, 0.56), ("pair", 0.07, 0.09)]
)
def test_what_was_counted_moves_the_density(counted, low, high):
    values = studies.implied_d0(665.61, 0.4, counted).values()
    assert math.isclose(min(values), low, abs_tol=0.005) and math.isclose(max(values), high, abs_tol=0.005)


def test_a_wafer_of_one_number_is_the_same_wafer():
    first, again, other = (studies.hit_wafer(26, 33, 3, 0.16, "even", n) for n in (1, 1, 2))
    assert (first.x == again.x).all() and (first.good == again.good).all() and len(other.x) != len(first.x)
    kinds = np.stack([first.good, first.hit, first.cut])
    assert (kinds.sum(axis=0) == 1).all() and first.good.sum() + first.hit.sum() == first.placed.count == 64
    assert math.isclose(first.expected, math.exp(-0.16 * 8.58)) and first.held == 1
    assert math.isclose(first.usd * first.good.sum(), 14_000)
    assert studies.hit_wafer(26, 33, 3, 5, "even", 1).usd == math.inf, "no good die carries the wafer"
    strong = studies.hit_wafer(26, 33, 3, 0.16, "strong", 1)
    assert math.isclose(strong.expected, 1 / (1 + 0.16 * 8.58))


def test_bands_run_from_the_lowest_to_the_highest_model():
    """At 0.16 per cm2 on 858 mm2: exp(-1.3728) without clusters, 1 / 2.3728 with strong ones."""
    bands = studies.yield_bands()
    last = bands[bands["area"] == 858].set_index("density")
    assert math.isclose(last.loc["0.16", "low"], math.exp(-1.3728)) and math.isclose(
        last.loc["0.16", "high"], 1 / 2.3728
    )
    assert (bands["low"] <= bands["high"]).all() and list(last.index) == ["0.09", "0.16", "0.32"]


def test_an_implied_density_gives_the_yield_back():
    found = studies.implied(0.4, "Ascend 910B", "flawless")
    for (name, d0), phone in zip(found.densities.items(), found.phone, strict=True):
        assert math.isclose(float(wafers.die_yield(665.61, d0, *studies.MODELS[name])), 0.4, rel_tol=1e-6)
        assert phone > 0.75 and found.area_mm2 == 665.61
    with pytest.raises(ValueError, match="only the Ascend 910B"):
        studies.implied(0.4, "H100", "pair")


def test_reports_run_in_time_and_hold_the_june_report():
    """June 2024, 20%: 2.7 to 6.7 times TSMC's 0.09 by model."""
    rows = studies.reports()
    assert rows["as_of"].is_monotonic_increasing and (rows["d0_low"] < rows["d0_high"]).all()
    june = rows.loc["yield-910b-2024-06"]
    assert (round(june["d0_low"] / 0.09, 1), round(june["d0_high"] / 0.09, 1)) == (2.7, 6.7)


def test_a_split_is_cheaper_just_where_it_says():
    found = studies.split(0.16, 60, 0.1, 0.98)
    keys = {"joining_usd": 60, "link_share": 0.1, "bond_yield": 0.98}
    for step, cheaper in ((0, True), (-1, False)):
        one, two = wafers.split_cost(found.crossing + step, [1, 2], 14_000, 0.16, **keys)
        assert (two < one) == cheaper
    assert found.two_usd < found.one_usd and math.isnan(studies.split(0.16, 250, 0.1, 0.98).crossing)
    assert found.costs.groupby("kind")["area"].max().loc["one die"] == 26 * 33


def test_a_package_s_bill_sums_up_its_draws():
    bill = studies.package_bill(0.22, 1.0, 14_000, 200, 0.15)
    parts = studies.simulate_package(0.22, 1.0, 14_000, 200, 0.15)
    total = parts.sum(axis=1)
    assert list(bill.usd) == [*studies.PARTS, "whole package"]
    assert np.allclose(bill.usd["whole package"], np.percentile(total, [5, 50, 95]))
    assert bill.logic[0] < np.median(parts[:, 0] / total) < bill.logic[1]
    assert 0 < bill.at_twice < 1 and math.isclose(bill.memory, np.median(parts[:, 1] / total))


def test_salvage_meets_the_account_of_csis():
    """After CSIS (2025): about 20% good, some sold weaker, about 60% scrapped: 40% sold lies in the panel's reach."""
    sold = [studies.salvage(0.32, 20, share).sold for share in (0.4, 0.6)]
    assert sold[0] < 0.40 < sold[1]


def test_salvage_shares_out_all_dies_and_the_whole_wafer():
    found = studies.salvage(0.32, 20)
    assert math.isclose(found.sold + found.scrap, 1) and math.isclose(found.chances.sum() + found.shared, 1)
    assert math.isclose(found.flawless, float(wafers.die_yield(665.61, 0.32)), rel_tol=1e-4)
    assert math.isclose(found.sold_usd * found.sold * 85, 14_000) and math.isclose(
        found.flawless_usd * found.flawless * 85, 14_000
    )
    assert studies.salvage(0.32, 25).sold == found.flawless, "all cores needed: only flawless dies are sold"


def test_clusters_that_are_drawn_leave_about_two_points_fewer_good_dies():
    """The notebook says so: a die across a border of two neighbourhoods averages them."""
    placed = wafers.place_dies(26, 33)
    good = [
        (placed.whole & (wafers.defects_on_dies(placed, *wafers.random_defects(0.16, 1.0, seed=n)) == 0)).sum()
        for n in range(1, 201)
    ]
    short = float(wafers.die_yield(858, 0.16, alpha=1)) - np.mean(good) / placed.count
    assert 0.01 < short < 0.025


def test_package_draws_repeat_and_parts_add():
    first, again = (studies.simulate_package(0.22, 1.0, 14_000, 200, 0.15, 500) for _ in range(2))
    assert (first == again).all() and first.shape == (500, len(studies.PARTS)) and (first > 0).all()
    dear = studies.simulate_package(0.22, 1.0, 28_000, 200, 0.15, 500)
    assert np.allclose(dear[:, 0], 2 * first[:, 0])
    cost = math.prod((1.0, 14_000.0 / wafers.dies_per_wafer(665.61, edge_mm=3, scribe_mm=0.1), 1 / 0.3, 2.0))
    assert abs(np.median(first[:, 0]) / cost - 1) < 0.1, "two dies of a wafer's price over its good dies"
