"""Refusals of the grid, the months, the regions and the TPP name the parameter, the value and the range, and are quick."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.rules import model as rules

BAD = [
    (lambda v: rules.months(first=v), "first", [None, 5, "2024", "2024-13", "2024-1", "soon", 10**400, "x" * 999, ["2024-01"]]),
    (lambda v: rules.months(last=v), "last", [None, 2.5, "2021-12", "2200-01", "", b"2024-01"]),
    (lambda v: rules.regions(v), "on", [None, 7, "soon", 10**400, "x" * 999, [1, 2], float("nan"), object()]),
    (lambda v: rules.regions("2024-06-01", tpp_max=v), "tpp_max", [None, -1, 0, "many", True, [1, 2], 1e99, 10**400, float("nan"), object()]),
    (lambda v: rules.regions("2024-06-01", pd_max=v), "pd_max", [None, -1, 0, "9", float("inf")]),
    (lambda v: rules.regions("2024-06-01", dram_max=v), "dram_max", [None, 0, np.arange(9), {}, pd.Timestamp("2024-01-01")]),
    (lambda v: rules.classify_all(v), "items", [5, 1.5, True, [None], ["H1000"], [5], [{"tpp": -1}], [{"x" * 999: 1}], pd.DataFrame({"a": [1]})]),
    (lambda v: rules.classify_all(["H20"], v), "dates", [5, True, ["soon"], [None], "2030-01-01", ["x" * 999], [10**400]]),
    (lambda v: rules.classify_all(["H20"], party=v), "party", [None, 3, "all"]),
    (lambda v: rules.classify_all(["H20"], destination=v), "destination", [None, 3, "Mars", "x" * 999, []]),
    (lambda v: rules.strictness(v), "review_policy", [None, 3, "strict", [], "x" * 999]),
    (lambda v: chips.max_tpp(v, [8, 16]), "dense_tops", [None, 5, [], "many", ["1", "2"], [-1, 2], [1e9, 1], [[1], [1, 2]], object()]),
    (lambda v: chips.max_tpp([1, 2], v), "bit_length", [None, 0, "8", [8, 16, 32], [8, 65], [[8, 16]] * 2, float("nan"), object()]),
    (lambda v: chips.aggregate_transfer_rate(v), "link_bidir_gb_s", [None, -1, "9", [[1], [1, 2]], object(), True]),
    (lambda v: chips.aggregate_transfer_rate([1, 2, 3], v), "host_bus_bidir_gb_s", [-1, "x", [1, 2]]),
]  # fmt: skip
CASES = [(call, name, value) for call, name, values in BAD for value in values]


@pytest.mark.parametrize(("call", "name", "value"), CASES, ids=[f"{name}-{i}" for i, (_, name, _) in enumerate(CASES)])
def test_a_refusal_names_its_parameter_in_one_short_sentence(call, name, value):
    began = time.process_time()
    with pytest.raises(ValueError, match=rf"\b{name}\b") as refused:
        call(value)
    assert len(str(refused.value)) < 300, refused.value
    assert time.process_time() - began < 2


def test_the_months_run_from_the_first_to_the_last():
    assert [f"{day:%Y-%m-%d}" for day in rules.months("2024-11", "2025-01")] == [
        "2024-11-01",
        "2024-12-01",
        "2025-01-01",
    ]
    assert len(rules.months()) == 60


@pytest.mark.parametrize(
    ("items", "dates", "said"),
    [
        (["H20"] * 100_000, ["2025-05-01"], "items has more than 500 values"),
        ([{"tpp": 5000.0}] * 100_000, None, "items has more than 500 values"),
        (["H20"], ["2025-05-01"] * 100_000, "dates has more than 20,000 values"),
        (["H20"] * 400, ["2025-05-01"] * 20_000, "is more than 1,000,000 answers"),
    ],
)
def test_a_hundred_thousand_values_are_refused_at_once(items, dates, said):
    began = time.process_time()
    with pytest.raises(ValueError, match=said):
        rules.classify_all(items, dates)
    assert time.process_time() - began < 2


def test_a_grid_that_is_not_refused_is_quick():
    rules.classify_all(["H20"])
    began = time.process_time()
    grid = rules.classify_all(["H20", "H100"], pd.date_range("2022-01-01", "2026-09-25"))
    assert time.process_time() - began < 2
    assert len(grid) == 2 * 1729 and grid["date"].is_monotonic_increasing is False
    first = grid[grid["review_policy"] != "undecidable"].groupby("chip")["date"].min()
    assert set(first) == {pd.Timestamp("2022-08-26")}


def test_one_day_is_a_day_and_not_ten_letters():
    assert rules.classify_all("H20", "2025-05-01")["review_policy"].tolist() == [
        "license_required_policy_not_published"
    ]
    assert rules.classify_all("H20", pd.Timestamp("2025-04-01"))["review_policy"].tolist() == ["no_license_required"]


def test_a_gap_is_a_format_that_the_chip_lacks():
    assert float(chips.max_tpp([np.nan, 312], [4, 16])) == 4992
    assert np.isnan(chips.max_tpp([np.nan, np.nan], [4, 16]))
    assert chips.max_tpp([[1, 2], [3, np.nan]], [8, 16]).tolist() == [32, 24]


def test_a_rule_wholly_beyond_the_picture_is_left_out():
    shown = rules.regions("2024-06-01", tpp_max=2000)
    assert "a1" not in set(shown["region"]) and "a2" in set(shown["region"])
    assert (shown["x_low"] < shown["x_high"]).all() and (shown["y_low"] < shown["y_high"]).all()
