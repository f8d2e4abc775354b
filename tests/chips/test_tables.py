"""The table of chips and the table of volumes keep their promises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.core import data

TABLE = chips.table()
ROWS = TABLE.set_index("chip")
SYSTEMS = data.load("systems")
ACCELERATORS = TABLE[TABLE["kind"] == "accelerator"]


def test_the_table_holds_the_chips_that_the_rule_stories_need():
    needed = "A30, L4, L40, RTX 4080, RTX 5090D V2, MI250, HL-225B, HL-328, HBM3E, A800, H800, H20, MI308X, 910B, 950DT"
    assert all(chips.resolve(name) for name in needed.split(", "))
    assert len(TABLE) >= 67


def test_ends_of_a_range_enclose_the_central_value():
    ranges = data.load("chip_ranges")
    assert (ranges["low"] <= ranges["high"]).all()
    for row in ranges.itertuples():
        central = ROWS.loc[row.chip, row.quantity]
        assert row.low <= central <= row.high, (row.chip, row.quantity)
    for prefix in ("die_area_mm2", "tpp", "performance_density"):
        central = TABLE.get(f"{prefix}_central", TABLE.get(prefix))
        known = central.notna()
        assert (TABLE[f"{prefix}_low"] <= central)[known].all() and (central <= TABLE[f"{prefix}_high"])[known].all()


def test_every_price_has_a_date_a_source_and_a_confidence():
    for frame in (TABLE, SYSTEMS):
        priced = frame[frame["price_usd_low"].notna()]
        assert (priced["price_usd_low"] <= priced["price_usd_high"]).all()
        for column in ("price_date", "price_source_id", "price_confidence"):
            assert (priced[column] != "").all()


def test_every_contested_chip_says_how():
    contested = TABLE[TABLE["confidence"] == "contested"]
    ranged = set(data.load("chip_ranges")["chip"])
    assert ((contested["note"] != "") | contested["chip"].isin(ranged)).all()


def test_cut_parts_name_a_chip_of_the_table():
    cut = TABLE[TABLE["china_part"] & (TABLE["cut_from"] != "")]
    assert set(cut["cut_from"]) <= set(TABLE["chip"]) and len(cut) >= 12


def test_no_row_has_the_sparse_figure_where_the_formats_halve():
    """8 bits run at once or twice the 16-bit rate on every accelerator here but Trainium3, 4 bits at most at 4 times 8."""
    eight = ROWS[["fp8_tflops_dense", "int8_tops_dense"]].max(axis=1)
    sixteen = ROWS["fp16_bf16_tflops_dense"]
    both = (eight / sixteen).dropna().drop("Trainium3")
    assert both.between(0.99, 2.7).all(), both[~both.between(0.99, 2.7)]


def test_counting_tf32_at_32_bits_would_move_only_trainium3():
    """20,136 to 21,472, across the 21,000 of January 2026: the rule text does not settle which holds."""
    wide = np.array([32 if bits == 19 else bits for bits in chips.BITS.values()])
    tpp = chips.max_tpp(ACCELERATORS[list(chips.BITS)].to_numpy(), wide)
    moved = pd.Series(tpp, index=ACCELERATORS["chip"]) / ACCELERATORS.set_index("chip")["tpp"] - 1
    assert moved.index[moved > 1.1e-3].tolist() == ["Trainium3"]


def test_revenue_is_kept_on_two_bases_that_are_not_one_series():
    """NVIDIA, Form 10-K for fiscal 2026: 12.33, 25.05, 19.68 billion by headquarters; billing gave 17.11."""
    volumes = data.load("volumes")
    years = volumes[volumes["period_kind"] == "year"].set_index(["series", "period_label"])["central"]
    headquarters = years["nvidia-china-revenue-headquarters"]
    billing = years["nvidia-china-revenue-billing"]
    assert headquarters.to_dict() == {"FY2024": 12.33, "FY2025": 25.048, "FY2026": 19.677}
    assert billing.to_dict() == {"FY2024": 10.31, "FY2025": 17.11}
    china = volumes[volumes["series"].str.startswith("nvidia-china-revenue")]
    assert china.groupby("series")["basis"].agg(lambda b: b.str.split(" location").str[0].nunique()).eq(1).all()


@pytest.mark.parametrize(("series", "year"), [("billing", "FY2024"), ("billing", "FY2025"), ("headquarters", "FY2026")])
def test_quarters_add_up_to_their_year_on_one_basis(series, year):
    volumes = data.load("volumes")
    rows = volumes[
        (volumes["series"] == f"nvidia-china-revenue-{series}") & volumes["period_label"].str.startswith(year)
    ]
    quarters = rows.loc[rows["period_kind"] == "quarter", "central"]
    assert len(quarters) == 4
    assert quarters.sum() == pytest.approx(rows.loc[rows["period_kind"] == "year", "central"].item(), abs=0.02)


def test_volumes_are_dated_bounded_and_sourced():
    volumes = data.load("volumes")
    assert (volumes["period_start"] < volumes["period_end"]).all()
    values = volumes[["low", "central", "high"]]
    assert values.notna().any(axis=1).all()
    filled = values.ffill(axis=1).bfill(axis=1)
    assert (filled["low"] <= filled["central"]).all() and (filled["central"] <= filled["high"]).all()
