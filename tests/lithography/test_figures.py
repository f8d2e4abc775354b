"""Charts and tables of 22_without_euv: titles say what the data say."""

from __future__ import annotations

from helpers.core import data
from helpers.lithography import figures, studies


def test_density_chart_s_title_says_what_its_data_say():
    rows = studies.density_frame().query("parameter == 'peak_logic_density_mtr_per_mm2'").set_index("node")
    assert rows.loc["N7", "high"] < rows.loc["N+3", "low"] <= rows.loc["N+3", "high"] < rows.loc["N5", "low"]
    assert rows.loc["N+2", "central"] < rows.loc["N+3", "central"]
    assert "above TSMC's N7 and below its N5" in figures.density_chart().to_dict()["title"]["text"]


def test_price_chart_s_title_says_what_its_data_say():
    """CSET 16,988, DigiTimes about 16,000, The Information Network 13,495 for N5 in 2020."""
    frame = studies.prices_frame()
    fives = frame[(frame["node"] == "N5") & ~frame["who"].str.contains("rebuilt")]["usd"]
    assert sorted(fives) == [13495, 16000, 16988] and "21% lower" in figures.prices_chart().to_dict()["title"]["text"]
    assert frame["who"].notna().all()


def test_capacity_chart_compares_two_accounts_of_one_year():
    rows = data.load("smic_evidence").query("metric == 'capacity'")
    rows = rows.loc[rows["as_of"].dt.year == 2025, "value"]
    factor = rows.max() / rows.min()
    title = figures.capacity_chart().to_dict()["title"]["text"]
    assert f"factor of {factor:.1f}" in title and factor > 1.5
    assert "for 2026 accounts by 3 or more" in title  # below 20,000 (Nikkei) against 60,000 (SemiAnalysis)


def test_the_cset_table_shows_no_circular_check():
    shown = figures.cset_fit_table().frame
    assert shown.loc["90 nm", "Price of a wafer"] == "1,650" and shown.loc["90 nm", "Capital invested"].startswith("(")
    assert (
        shown.loc["7 nm", "Price of a wafer"] == "9,346 / 9,346" and shown.loc["7 nm", "Price of a chip"] == "233 / 233"
    )
