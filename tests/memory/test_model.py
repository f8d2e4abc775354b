"""Stacks, wafers and prices: published figures, and a second count of each formula."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pytest

from helpers.chips import model as chips
from helpers.memory import model as memory


def test_thirteen_million_stacks_fill_1_625_million_910c():
    """SemiAnalysis (8 September 2025): 13 million stacks, eight a 910C, about 1.6 million packages."""
    made = memory.balance(13e6 * 16, 0, 24e6, 128)
    assert made.chips.sum() == pytest.approx(13e6 / 8) == 1_625_000


@pytest.mark.parametrize(("layer", "share"), [(0.99, 0.923), (0.97, 0.784)])
def test_eight_layers(layer, share):
    """Issue 12, after the engineering rule of thumb y^h: 0.99^8 = 0.923, 0.97^8 = 0.784."""
    assert float(memory.stack_yield(layer, 8)) == pytest.approx(share, abs=5e-4)
    assert float(memory.stack_yield(layer, 8)) == pytest.approx(math.prod([layer] * 8))


def test_a_stack_of_many_layers_by_throwing_dice():
    """The share of 20,000 stacks of which no layer failed."""
    dice = random.Random(7)
    whole = sum(all(dice.random() < 0.95 for _ in range(12)) for _ in range(20_000))
    assert float(memory.stack_yield(0.95, 12)) == pytest.approx(whole / 20_000, abs=0.012)


def test_stack_yield_and_layer_yield_undo_each_other():
    for share, layers in itertools.product((0.1, 0.7, 1), (1, 8, 16)):
        assert float(memory.stack_yield(memory.layer_yield(share, layers), layers)) == pytest.approx(share)


def test_the_25_per_cent_do_not_follow_from_30_and_70():
    """TechPowerUp (9 September 2026) prints 25% overall beside about 30% and about 70%: the product is 21%."""
    assert 0.3 * 0.7 == pytest.approx(0.21)
    assert float(memory.unexplained(0.25, 0.3, 0.7)) == pytest.approx(25 / 21)
    assert float(memory.unexplained(0.21, 0.3, 0.7)) == pytest.approx(1)


def test_stacks_from_wafers_counted_die_by_die():
    """One wafer of 100 dies, 80 good, in stacks of eight of which every second works: 5 stacks a wafer."""
    one_layer = 0.5 ** (1 / 8)
    assert float(memory.stacks_from_wafers(1, 100, 0.8, 8, one_layer)) == pytest.approx(12 * 5)
    assert float(memory.wafers_for_stacks(60, 100, 0.8, 8, one_layer)) == pytest.approx(1)


@pytest.mark.parametrize(("pins", "rate", "gb_s"), [(1024, 3.6, 460.8), (1024, 6.4, 819.2), (1024, 9.2, 1177.6), (2048, 8, 2048)])  # fmt: skip
def test_bandwidth_of_four_generations(pins, rate, gb_s):
    """Pins times rate over 8: HBM2E, HBM3, HBM3E (Tweakers, 2024), HBM4 (JEDEC, April 2025)."""
    assert float(memory.stack_bandwidth(pins, rate)) == pytest.approx(gb_s)


def test_a_stack_s_bandwidth_is_near_that_of_the_table_of_chips():
    table = chips.table().set_index("chip")["memory_bandwidth_gb_s"]
    for name, pins, rate in (("HBM2E stack", 1024, 3.6), ("HBM3 stack", 1024, 6.4), ("HBM4 stack", 2048, 8.0)):
        assert float(memory.stack_bandwidth(pins, rate)) == pytest.approx(table[name], rel=0.001)


# --- DRAM or HBM ----------------------------------------------------------------------------------


def test_the_tie_of_hbm3e_is_3_43_usd_a_gb():
    """370 USD for 36 GB (November 2025), a trade ratio of 3 (Micron, March 2025)."""
    assert float(memory.break_even(370, 36, 3)) == pytest.approx(3.43, abs=0.005)


def test_at_the_tie_a_wafer_earns_the_same():
    """A wafer of 600 GB of DRAM gives 200 GB of HBM at a ratio of 3."""
    price = float(memory.break_even(370, 36, 3, extra_usd=40))
    assert 600 * price == pytest.approx(200 / 36 * (370 - 40))


def test_the_price_of_three_quarters_rises_4_7_times():
    """TrendForce as relayed: middle of 45 to 50%, then 98%, then the middle of 58 to 63%."""
    assert float(memory.chained([47.5, 98, 60.5])[-1]) == pytest.approx(1.475 * 1.98 * 1.605) == pytest.approx(4.7, abs=0.02)  # fmt: skip


def test_wafers_moved_lose_bits():
    lost = memory.diverted(0.3, 3)
    assert [float(part) for part in lost] == pytest.approx([0.3, 0.1, 0.2])
    assert float(memory.diverted(1, 1).bits_lost) == 0


def test_the_trade_ratio_of_a_plant_counted_in_wafers_and_bits():
    """100 wafers, 25 for HBM; a DRAM wafer gives 9 bits, an HBM wafer 3."""
    bits = 25 * 3 / (25 * 3 + 75 * 9)
    assert float(memory.trade_ratio(0.25, bits)) == pytest.approx(3)


def test_a_contract_keeps_the_price_of_its_talks():
    path = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert memory.contracted(path, every=4, lag=2, first=2).tolist() == [1, 1, 1, 1, 1, 1, 5, 5, 5, 5]
    assert memory.contracted(path, every=1).tolist() == path


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: memory.stack_yield(1.2, 8), "layer_yield = 1.2 is outside its valid range, 0 to 1"),
        (lambda: memory.stack_yield(0.9, 8.5), "layers"),
        (lambda: memory.break_even(370, 36, 0.5), "ratio = 0.5 is outside its valid range, 1 to 100"),
        (lambda: memory.chained([]), "changes"),
        (lambda: memory.gb_per_equivalent(128, 0), "equivalents = 0"),
    ],
)
def test_a_bad_value_is_named_with_its_range(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_10_000_random_stacks_against_a_plain_loop():
    rng = np.random.default_rng(12)
    w, n, y, layer = (rng.uniform(low, high, 10_000) for low, high in ((0, 1e5), (1, 2000), (0, 1), (0.5, 1)))
    h = rng.integers(1, 25, 10_000)
    together = memory.stacks_from_wafers(w, n, y, h, layer)
    plain = [12 * a * b * c / d * e**d for a, b, c, d, e in zip(w, n, y, h.tolist(), layer)]
    np.testing.assert_allclose(together, plain, rtol=1e-12)
