"""Many chips on many days, regions of a plane, and the rules in force on a day."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.rules import model as rules
from tests.rules.asking import NEITHER, ask


def test_the_grid_agrees_with_single_answers():
    names = ["A100 SXM4 80GB", "H800", "H20", "RTX 4090", "H200", "Ascend 910B", "HBM3E stack"]
    grid = rules.classify_all(names)
    assert len(grid) == 7 * 60
    for row in grid[grid["date"] >= "2022-09-01"].itertuples():
        single = ask(row.chip, row.date, "China")
        assert (single.paragraph, single.review_policy, single.rests_on, single.as_written, single.tariff) == (
            row.paragraph, row.review_policy, row.rests_on, row.as_written, row.tariff,
        )  # fmt: skip


def test_the_grid_marks_the_months_before_the_record_as_undecidable():
    grid = rules.classify_all(["H20"])
    early = grid[grid["date"] < "2022-08-26"]
    assert len(early) == 8 and set(early["review_policy"]) == {"undecidable"}
    assert early["undecidable"].str.contains("before the record").all()


def test_the_grid_takes_frames_designs_and_days_and_refuses_bad_ones():
    frame = data.load("chips").head(3)
    assert rules.classify_all(frame, ["2024-01-01"], "Vietnam")["chip"].tolist() == frame["chip"].tolist()
    assert rules.classify_all({"tpp": 5000, "datacenter": True}, ["2024-01-01"])["review_policy"].tolist() == [
        "presumption_of_denial"
    ]
    with pytest.raises(ValueError, match="destination = 'Mars'"):
        rules.classify_all(["H20"], destination="Mars")
    with pytest.raises(ValueError, match="dates = 2030-01-01 is after the record"):
        rules.classify_all(["H20"], ["2030-01-01"])


def test_history_turns_on_the_days_of_the_rules():
    spells = rules.history("A800", "China")
    assert [f"{day:%Y-%m-%d}" for day in spells["start"]] == ["2022-08-26", "2023-10-23", "2023-11-17", "2026-01-15"]
    assert (spells["start"].iloc[1:].to_numpy() == (spells["end"].iloc[:-1] + pd.Timedelta(days=1)).to_numpy()).all()


def test_every_test_lists_the_clause_that_a_chip_sails_close_to():
    tests = rules.every_test("H20").set_index("test")
    assert tests.loc["b1", "margin_percent"] == pytest.approx(-1.33, abs=0.01) and not tests.loc["b1", "met"]
    assert tests.loc["letter-2025-04-dram", "met"]


def test_regions_hold_the_chips_that_the_rule_holds():
    """A data-centre chip lies in a rectangle of the density plane exactly when its paragraph says so."""
    on = "2024-06-01"
    shown = rules.regions(on).query("plane == 'density' and role == 'item'")
    assert set(shown["paragraph"]) == {"3A090.a.1", "3A090.a.2", "3A090.b.1", "3A090.b.2"}
    for specs in map(chips.specifications, ["H20", "L40", "L4", "L20", "A100 SXM4 80GB", "A30"]):
        inside = shown[
            (shown.x_low <= specs.tpp)
            & (specs.tpp < shown.x_high)
            & (shown.y_low <= specs.performance_density)
            & (specs.performance_density < shown.y_high)
        ]
        found = inside["paragraph"].iloc[0] if len(inside) else "none"
        assert found == ask(specs, on, exporter=NEITHER).paragraph, specs.name


def test_the_picture_changes_with_the_date():
    assert set(rules.regions("2023-06-01")["paragraph"]) == {"3A090_2022"}
    memory = rules.regions("2026-02-01").query("plane == 'memory'")
    assert {"ceiling-2026", "tariff-window-1", "tariff-window-2", "letter-2025-04-dram"} <= set(memory["region"])
    assert memory.set_index("region").loc["ceiling-2026", ["x_high", "y_high"]].tolist() == [21_000, 6_500]


def test_rules_in_force_by_day():
    assert set(rules.rule_versions("2022-09-01")["version_id"]) == {
        "letter-2022-08-nvidia",
        "letter-2022-08-amd",
        "part-746",
        "embargoes",
    }
    assert "macau-2023" not in set(rules.rule_versions("2023-01-16")["version_id"])
    status = rules.rule_versions("2026-01-20").set_index("version_id")["status"]
    assert status["diffusion"] == "in_cfr_not_enforced" and status["affiliates-suspended"] == "suspended"
    assert {"h200-2026", "tariff-2026"} <= set(status.index)
