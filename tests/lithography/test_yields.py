"""Lithography: what passes do to yield, wafers, prices and parameters of a node."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.lithography import model as litho
from helpers.wafers import model as wafers

# --- yield ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [0.5, 1, 2, 3, 4])
def test_overlay_yield_of_one_alignment_is_the_normal_law_on_two_axes(ratio):
    """68.27, 95.45, 99.73% of a normal law lie within one, two, three standard deviations."""
    one_axis = {1: 0.682689492, 2: 0.954499736, 3: 0.997300204}.get(ratio, math.erf(ratio / math.sqrt(2)))
    assert litho.overlay_yield(1, ratio) == pytest.approx(one_axis**2, rel=1e-9)
    assert litho.overlay_yield(1, ratio, 3, 10) == pytest.approx(one_axis**60, rel=1e-7)


def test_overlay_yield_never_rises_with_alignments_layers_or_error():
    grid = np.arange(0, 20)
    for y in (
        litho.overlay_yield(1, 3, grid, 5),
        litho.overlay_yield(1, 3, 2, grid),
        litho.overlay_yield(0.5 + grid / 10, 3, 2, 5),
    ):
        assert (np.diff(y) <= 0).all() and y.max() <= 1 and y.min() >= 0
    assert litho.overlay_yield(1, 3, 0, 10) == 1


def test_thirty_passes_at_0_003_double_0_09():
    """0.09 per cm2 is TSMC's N7 of November 2019 (AnandTech, August 2020)."""
    assert litho.d0_after_passes(0.09, 30, 0.003) == pytest.approx(2 * 0.09)


def test_passes_never_raise_yield_nor_lower_the_cost_of_a_die():
    flow = litho.without_euv(passes_per_layer=np.arange(1, 9), duv_pass_eur=85)
    assert (np.diff(flow["yield_duv"]) < 0).all() and (np.diff(flow["die_ratio"]) > 0).all()
    assert (flow["die_ratio"] >= flow["wafer_ratio"] - 1e-12).all()


def test_a_node_without_euv_costs_a_die_as_any_wafer_does():
    """Fourteen layers of four passes: 42 more, at 0.003 per cm2 each."""
    areas = np.array([107, 665.61])
    flow = litho.without_euv(die_area_mm2=areas)
    assert flow["extra_passes"] == 42 and flow["d0"] == pytest.approx(0.226)
    assert flow["wafer_usd"] == pytest.approx(8000 + 14 * (4 * 47 - 79) * litho.assumption("usd_per_eur")[1])
    for kind, usd, d0 in (("euv", 8000, 0.10), ("duv", flow["wafer_usd"], 0.226)):
        die = wafers.die_cost(areas, usd, d0)
        assert flow[f"die_{kind}_usd"] == pytest.approx(die.known_good_usd)
        assert flow[f"yield_{kind}"] == pytest.approx(die.good_share)


def test_without_extra_passes_or_cost_nothing_changes():
    same = litho.without_euv(passes_per_layer=1, euv_layer_eur=70, duv_pass_eur=70)
    assert same["die_ratio"] == pytest.approx(1) and same["d0"] == pytest.approx(0.10)
    none = litho.without_euv(critical_layers=0)
    assert none["wafer_ratio"] == 1 and none["die_ratio"] == pytest.approx(1)


def test_a_wafer_cheaper_than_its_own_layers_is_refused():
    with pytest.raises(ValueError, match="smaller than the EUV layers"):
        litho.without_euv(wafer_cost_usd=100, critical_layers=100, passes_per_layer=1, duv_pass_eur=0)


# --- wafer, price, density ---------------------------------------------------------------------------------


def test_shares_of_a_wafer_add_to_one():
    parts = {p: v for p, v in zip(litho.WAFER_PARTS, (3000, 900, 500, 300, 600, 200), strict=True)}
    out = litho.wafer_cost(parts)
    assert out["total"] == 5500 and sum(out[p] for p in litho.WAFER_PARTS) == pytest.approx(1)
    assert litho.wafer_cost({})["total"] == 0 and litho.wafer_cost({})["masks"] == 0
    with pytest.raises(ValueError, match="part = 'rent' is not one of depreciation"):
        litho.wafer_cost({"rent": 1})


def test_price_from_margin_and_depreciation():
    assert litho.price_from_cost(8000, 0.5) == 16000
    assert litho.depreciation_per_wafer(16746, litho.CSET_RATE, 1) == pytest.approx(4235.06, abs=0.01)


def test_a_premium_and_a_yield_give_2_7():
    """Price 1.45 times (FT, February 2024), yields 0.55 and 0.30: 2.66 times the price of a good die."""
    assert litho.good_die_price_ratio(1.45, 0.55, 0.30) == pytest.approx(2.66, abs=0.01)


def test_sixteen_nm_s_power_spans_the_claim_and_an_independent_table():
    """TSMC, April 2018: N7 takes 0.40 of 16 nm's power; ASU's ECO-CHIP: 1.52 times at 14 nm over 7."""
    low, central, _ = litho.node_range("TSMC", "16FF", "relative_power")
    assert (1 / central, low) == (pytest.approx(0.40), pytest.approx(1.52, abs=0.01))


def test_whole_chip_lies_below_the_quoted_peak():
    """Apple A14: 11.8 billion transistors on 88 mm2 (Angstronomics, June 2022)."""
    whole = litho.node_range("TSMC", "N5", "whole_chip_density_mtr_per_mm2")[1]
    assert whole == pytest.approx(11_800 / 88, abs=0.2)
    assert whole / litho.node_range("TSMC", "N5", "peak_logic_density_mtr_per_mm2")[2] == pytest.approx(0.78, abs=0.01)


def test_smic_prices_are_tsmc_s_times_the_reported_premium():
    for own, other in (("N+2", "N7"), ("N+3", "N5")):
        low, _, high = litho.node_range("SMIC", own, "wafer_price_usd")
        base_low, _, base_high = litho.node_range("TSMC", other, "wafer_price_usd")
        assert (low, high) == (pytest.approx(1.4 * base_low, rel=1e-4), pytest.approx(1.5 * base_high, rel=1e-4))
