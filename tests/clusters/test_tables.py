"""The tables of clusters: order, sources, and what the EIA prints."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.core import data

SOURCES = set(data.load("sources")["source_id"])


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
