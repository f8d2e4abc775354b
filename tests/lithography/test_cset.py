"""The CSET table of 2020: every printed number, and its blanks."""

from __future__ import annotations

import math

import pytest

from helpers.lithography import model as litho

# --- the CSET table -----------------------------------------------------------------------------------------

CSET = litho.cset_table().set_index("node")
PAIRS = ["capital_invested", "capital_consumed", "other_costs", "wafer_price", "chip_price", "atp"]


@pytest.mark.parametrize("node", CSET.index)
@pytest.mark.parametrize("column", PAIRS)
def test_every_printed_number_of_cset_is_reproduced_to_the_dollar(node, column):
    """Khan and Mann, AI Chips: What They Are and Why They Matter (CSET, April 2020), Table 9."""
    printed, computed = CSET.loc[node, [f"{column}_printed", f"{column}_computed"]]
    assert math.isfinite(computed)
    if math.isfinite(printed):
        assert computed == pytest.approx(printed, abs=0.6)


def test_cset_factors_floor_and_total():
    assert CSET["factor"].tolist() == pytest.approx([0.0885] * 6 + [0.1134, 0.1633, 0.2529], abs=5e-5)
    row = CSET.loc["5"]
    assert round(row["chip_price_computed"]) + 108 + round(row["atp_computed"]) == 426, "with CSET's design cost"
    assert round(row["foundry_and_atp"]) == 426 - 108


def test_cset_s_blanks_lie_between_their_neighbours():
    for column in ("capital_invested_computed", "capital_consumed_computed", "wafer_price_computed", "density"):
        assert CSET[column].is_monotonic_increasing, column
    assert CSET["chip_price_computed"].iloc[:-1].is_monotonic_decreasing, "until 7 nm; 5 nm costs more a chip"
    assert CSET.loc["5", "chip_price_computed"] > CSET.loc["7", "chip_price_computed"]


def test_cset_s_parts_add_up_to_its_price():
    total = CSET["capital_consumed_computed"] + CSET["other_costs_computed"]
    assert total.to_numpy() == pytest.approx(CSET["wafer_price_computed"].to_numpy())


def test_cset_s_71_4_chips_are_80_percent_of_whole_dies_of_610_mm2():
    assert litho.CSET_CHIPS / 88.90 == pytest.approx(0.80, abs=0.005)


def test_only_a_density_of_96_reproduces_cset_s_7_nm_chip():
    assert round(float(litho.cset_chip_price(9346, 96.3))) == 233
    assert round(float(litho.cset_chip_price(9346, 91.2))) == 246
