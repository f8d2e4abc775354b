"""The tables of rules: their words, limits, dates and places, and none of them in the code."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers.core import data, tables
from helpers.rules import model as rules
from tests.rules.asking import NEITHER, ask, chip


def test_the_words_of_the_tables_are_in_the_vocabulary():
    allowed = data.load("rules/vocabulary").groupby("field")["word"].agg(set)
    policies, thresholds, versions = (data.load(f"rules/{name}") for name in ("policies", "thresholds", "versions"))
    assert set(policies["review_policy"]) | set(policies["as_written"]) - {""} <= allowed["review_policy"]
    assert set(" ".join(policies["paragraphs"]).split()) - {"other"} <= allowed["paragraph"]
    assert set(thresholds["paragraph"]) - {""} <= allowed["paragraph"]
    assert set(policies["rests_on"]) | {"filing"} == allowed["rests_on"]
    assert {row.paragraph for row in data.load("rules/statuses").itertuples()} <= allowed["paragraph"]
    assert set(versions["status"]) <= allowed["status"] == set(tables.RULE_STATUSES)
    assert set(" ".join(policies["scope"]).split()) - {"ANY"} <= set(data.load("rules/scopes")["scope"])


def test_the_limits_are_those_of_the_published_texts():
    """Also those that an earlier paragraph hides: 3A090.b.1 ends at 4,800 and 5.92, b.2 at 5.92."""
    table = data.load("rules/thresholds").set_index("threshold_id").select_dtypes("number")
    found = {key: row.dropna().to_dict() for key, row in table.iterrows() if row.notna().any()}
    assert found == {
        "oct-2022-3a090": {"tpp_ge": 4800, "io_ge_gb_s": 600},
        "a1": {"tpp_ge": 4800},
        "a2": {"tpp_ge": 1600, "pd_ge": 5.92},
        "b1": {"tpp_ge": 2400, "tpp_lt": 4800, "pd_ge": 1.6, "pd_lt": 5.92},
        "b2": {"tpp_ge": 1600, "pd_ge": 3.2, "pd_lt": 5.92},
        "c": {"mbd_gt_gb_s_per_mm2": 2},
        "hbm-exception": {"mbd_lt_gb_s_per_mm2": 3.3},
        "letter-2022-08-level": {"tpp_ge": 4992, "io_ge_gb_s": 600},
        "letter-2023-10-level": {"tpp_ge": 4800},
        "letter-2025-04-dram": {"dram_ge_gb_s": 1400},
        "letter-2025-04-io": {"io_ge_gb_s": 1100},
        "letter-2025-04-sum": {"dram_plus_io_ge_gb_s": 1700},
        "ceiling-2026": {"tpp_lt": 21_000, "dram_lt_gb_s": 6500},
        "tariff-window-1": {"tpp_gt": 14_000, "tpp_lt": 17_500, "dram_gt_gb_s": 4500, "dram_lt_gb_s": 5000},
        "tariff-window-2": {"tpp_gt": 20_800, "tpp_lt": 21_100, "dram_gt_gb_s": 5800, "dram_lt_gb_s": 6200},
    }


def test_no_row_is_effective_before_its_rule():
    versions = data.load("rules/versions").set_index("version_id")
    for table in ("thresholds", "policies"):
        for row in data.load(f"rules/{table}").itertuples():
            assert row.effective_from >= versions.loc[row.rule, "effective_from"], row
            end = versions.loc[row.rule, "effective_to"]
            assert pd.isna(end) or (not pd.isna(row.effective_to) and row.effective_to <= end), row


def test_every_item_on_every_day_and_place_has_a_policy():
    """No paragraph falls through the table of policies into a silent 'free'."""
    for on in rules.days_of_change():
        for to in ("China", "Macau", "Iran", "Vietnam", "UAE", "Germany", "Malaysia"):
            for hq in (to, "China", "France"):
                for made in (
                    chip(30_000, 30, io_gb_s=1000),
                    chip(3000, 4),
                    chip(30_000, 30, datacenter=False),
                    chip(2000, 10),
                ):
                    answer = ask(made, on, to, end_user_hq=hq, exporter=NEITHER)
                    if answer.paragraph != "none":
                        assert answer.rules[0] in set(data.load("rules/policies")["rule"]), answer


def test_the_country_groups_give_the_44_countries_of_october_2023():
    """CSET (2023-12-04): D:1, D:4 and D:5 less A:5 and A:6 are 44 countries, and Macau."""
    scopes, on = data.load("rules/scopes"), pd.Timestamp("2023-11-17")
    held = scopes[(scopes["valid_from"] <= on) & (scopes["valid_to"].isna() | (scopes["valid_to"] >= on))]
    assert held[held["scope"].isin(["D5", "D1_D4"])]["iso2"].nunique() == 44 + 1  # Hong Kong is China there


def test_no_threshold_date_or_place_is_written_in_the_code():
    rooms = sorted(Path(rules.__file__).parent.glob("*.py"))
    assert len(rooms) > 5
    numbers = {
        node.value
        for room in rooms
        for node in ast.walk(ast.parse(room.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }
    table = data.load("rules/thresholds").select_dtypes("number")
    assert not numbers & (set(table.to_numpy().ravel()) - {2.0})


def test_a_damaged_rule_table_is_refused_with_file_row_column_value_and_rule(tmp_path):
    shutil.copytree(data.FOLDER / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "thresholds.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("a1,oct-2023", "a1,oct-2033"), encoding="utf-8")
    with pytest.raises(
        data.DataFileError, match=r"thresholds.csv, row 3, column 'rule': value 'oct-2033' breaks the rule"
    ):
        data.load("rules/thresholds", tmp_path)
    (tmp_path / "rules" / "settings.csv").unlink()
    with pytest.raises(data.DataFileError, match="settings.csv: the file is missing from rules/"):
        data.load("rules/settings", tmp_path)
