"""Costs of dies, packages and pieces: Chiplet Actuary, textbooks, a simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import near

CHIPLET_ACTUARY = [  # commit 2c91fb9, run; node: wafer USD, D0; area, dies, yield, raw, known good
    ((16_988, 0.11), 100, 571.712, 0.896372, 29.7142, 33.1494),
    ((16_988, 0.11), 400, 129.984, 0.650122, 130.6927, 201.0279),
    ((9_346, 0.09), 100, 571.712, 0.914299, 16.3474, 17.8797),
    ((9_346, 0.09), 400, 129.984, 0.702106, 71.9010, 102.4077),
    ((3_984, 0.08), 400, 129.984, 0.729799, 30.6499, 41.9977),
]
AS_THERE = {"alpha": 10, "edge_mm": 5, "scribe_mm": 0.2}


@pytest.mark.parametrize(("node", "area", "dies", "share", "raw", "good"), CHIPLET_ACTUARY, ids=str)
def test_chiplet_actuary_s_dies(node, area, dies, share, raw, good):
    cost = w.die_cost(area, *node, **AS_THERE)
    near(cost.gross_dies, dies, 3)
    near(cost.good_share, share, 6)
    near(cost.raw_usd, raw, 4)
    near(cost.known_good_usd, good, 4)
    assert math.isclose(cost.raw_usd + cost.defect_usd, cost.known_good_usd)


def on_substrate(pieces: int) -> float:
    """800 mm2 of 7 nm logic on an organic substrate, parameter.ini of Chiplet Actuary."""
    area = 800 / pieces * (1.1 if pieces > 1 else 1)
    die = w.die_cost(area, 9_346, 0.09, **AS_THERE).known_good_usd + 0.005 * area
    board = 4 * area * pieces * 0.005 * (2 if pieces > 1 else 1)
    return float(w.package_cost(die, pieces, substrate_usd=board, attach_yield=0.99**pieces).total_usd)


def on_interposer(pieces: int, wafer: float, d0: float, alpha: float, bond: float, scale: float) -> float:
    area = 800 / pieces * 1.1
    die = w.die_cost(area, 9_346, 0.09, **AS_THERE).known_good_usd + 0.01 * area
    whole = area * pieces * scale
    made = w.die_cost(whole, wafer, d0, edge_mm=5, scribe_mm=0.2, alpha=alpha)
    return float(
        w.package_cost(
            die,
            pieces,
            interposer_usd=made.raw_usd + 0.005 * whole,
            substrate_usd=4 * whole * 0.005,
            interposer_yield=made.good_share,
            bond_yield=bond,
            attach_yield=0.99,
        ).total_usd
    )


def test_chiplet_actuary_s_systems():
    """Feng and Ma (DAC 2022), their code run: 800 mm2 at 7 nm as one die, two and four."""
    near(on_substrate(1), 342.02, 2)
    near(on_substrate(2), 281.02, 2)
    near(on_substrate(4), 231.03, 2)
    fan_out, silicon = (1_200, 0.05, 3, 0.98, 1.2), (1_937, 0.06, 6, 0.95, 1.1)
    for pieces, expected in ((2, (336.43, 383.44)), (4, (290.84, 356.40))):
        near(on_interposer(pieces, *fan_out), expected[0], 2)
        near(on_interposer(pieces, *silicon), expected[1], 2)


def test_two_dies_in_a_package_lose_a_tenth_of_good_silicon():
    """0.95 a bond: 1 / 0.95^2 - 1 = 10.8%; memory stacks are bonded, and lost, too."""
    near(w.package_cost(100, 2, bond_yield=0.95).wasted_usd / 200, 0.108, 3)
    near(w.package_cost(100, 2, bond_yield=0.95, hbm_usd=50, stacks=4).wasted_usd / 400, 0.95**-6 - 1, 6)


def test_parts_of_a_package_add_to_its_cost():
    yields = {"interposer_yield": 0.9, "bond_yield": 0.95, "attach_yield": 0.99}
    cost = w.package_cost(100, 2, 20, 10, hbm_usd=50, stacks=4, other_usd=7, **yields)
    near(cost.scrap_usd, 20 * (1 / (0.9 * 0.95**6 * 0.99) - 1) + 10 * (1 / 0.99 - 1), 9)
    near(cost.wasted_usd, 400 * (1 / (0.95**6 * 0.99) - 1), 9)
    assert math.isclose(sum(cost[:6]), cost.total_usd)
    near(cost.good_share, 0.95**6 * 0.99, 9)


def test_a_package_by_simulation():
    """Tested interposers, dies of which some are bad, stacks with a yield of their own: all that is used up, a good one."""
    rng, n = np.random.default_rng(12), 400_000
    bonded = (rng.random((n, 2)) < 0.97).all(axis=1) & (rng.random((n, 4)) < 0.93).all(axis=1)
    good = bonded & (rng.random(n) < 0.98) & (rng.random((n, 2)) < 0.9).all(axis=1)
    used = n * (20 / 0.9 + 2 * 100 + 4 * 50) + bonded.sum() * 10
    cost = w.package_cost(100, 2, 20, 10, 0.9, 0.97, 0.98, 50, 4, 7, stack_yield=0.93, die_quality=0.9)
    assert abs(float(cost.good_share) - good.mean()) < 0.003
    assert math.isclose(cost.total_usd, used / good.sum() + 7, rel_tol=0.005)


def test_a_weak_test_of_dies_costs_packages():
    """A missed bad die takes the other die, the memory and the substrate with it."""
    quality = w.after_test(0.4, [0.5, 0.9, 1.0]).quality
    cost = w.accelerator_cost(665.61, 0.161, 14_000, dies=2, hbm_usd=200, stacks=8, die_quality=quality)
    assert (np.diff(cost.total_usd) < 0).all() and (np.diff(cost.good_share) > 0).all()
    near(cost.good_share[2], 1, 9)
    same = w.package_cost(100, 2, hbm_usd=50, stacks=4, bond_yield=0.95, stack_yield=0.95)
    near(same.total_usd, float(w.package_cost(100, 2, hbm_usd=50, stacks=4, bond_yield=0.95).total_usd), 9)


def test_power5_of_the_textbook():
    """H-P case study 1: a wafer of 500 USD; printed 9.38 for a Power5, 4.72 for a Niagara."""
    near(w.die_cost(389, 500, 0.30, alpha=4).known_good_usd, 9.38, 1)
    near(500 / (331 * 0.32), 4.72, 2)


def test_a_test_that_misses_passes_bad_dies():
    """CATCH's formulas: passing = 1 - (1 - y) c, quality = y / passing."""
    out = w.after_test(0.4, [0, 0.9, 1], 100, 10)
    assert np.allclose(out.passing, [1, 0.46, 0.4]) and np.allclose(out.quality, [0.4, 0.4 / 0.46, 1])
    assert (np.diff(out.usd) > 0).all() and math.isclose(out.usd[2], 275)


def test_cost_rises_faster_than_area():
    area = np.arange(20, 850, 10.0)
    for d0 in (0.01, 0.1, 0.4):
        cost = w.die_cost(area, 14_000, d0).known_good_usd
        assert (np.diff(cost) > 0).all()
        doubled = w.die_cost(2 * area[area < 420], 14_000, d0).known_good_usd
        assert (doubled > 2 * cost[area < 420]).all()
    assert (np.diff(w.die_cost(600, 14_000, np.linspace(0, 1, 50)).known_good_usd) > 0).all()


@pytest.mark.parametrize("pieces", [2, 4])
def test_a_split_pays_links_joining_and_every_bond(pieces):
    """800 mm2 of logic, 10% of each piece for links: the pieces' dies, the joining, and a bond that may fail for each."""
    whole = w.die_cost(800, 14_000, 0.2, edge_mm=3, scribe_mm=0.1).known_good_usd
    near(w.split_cost(800, 1, 14_000, 0.2, link_share=0.1, joining_usd=40, bond_yield=0.9), whole, 9)
    one = w.die_cost(800 / pieces / 0.9, 14_000, 0.2, edge_mm=3, scribe_mm=0.1).known_good_usd
    cost = w.split_cost(800, pieces, 14_000, 0.2, link_share=0.1, joining_usd=40, bond_yield=0.95)
    near(cost, (pieces * one + 40) / 0.95**pieces, 9)


def test_splitting_pays_for_large_dies_only():
    keys = {"joining_usd": 40.0, "link_share": 0.1}
    cross = w.crossover_area(2, 14_000, 0.2, **keys)
    one, two = (float(w.split_cost(a, n, 14_000, 0.2, **keys)) for a, n in ((cross, 1), (cross, 2)))
    assert two < one
    below = [float(w.split_cost(cross - 2, n, 14_000, 0.2, **keys)) for n in (1, 2)]
    assert below[1] >= below[0]
    assert math.isnan(w.crossover_area(2, 14_000, 0.001, joining_usd=500.0))
    assert math.isnan(w.crossover_area(2, 0, 0.2)), "at no cost either way neither is the cheaper"
    many = w.crossover_area(2, [14_000, 28_000], [[0.2], [0.4]], **keys)
    assert many.shape == (2, 2) and many[0, 0] == cross
    assert (many[1] < many[0]).all(), "more defects, earlier"
    assert (many[:, 1] <= many[:, 0]).all(), "dearer silicon, earlier"
    assert w.crossover_area(2, 14_000, 0.4, link_share=0.0, bond_yield=1.0, scribe_mm=0.0) == 1, "nothing to pay"


def test_logic_is_a_small_part_of_a_modern_bill():
    assert np.allclose(w.bill_after([0.13, 0.14], 2), [1.13, 1.14]) and float(w.bill_after(0.63, 1)) == 1
