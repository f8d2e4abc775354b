"""What cannot be told from public texts, and bad input."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.rules import model as rules
from tests.rules.asking import FREE, ask, words


def test_without_a_die_area_a1_is_decidable_and_the_rest_names_the_die_area():
    assert words(ask({"tpp": 4800, "datacenter": True}, "2024-06-01")) == ("3A090.a.1", "presumption_of_denial")
    answer = ask({"tpp": 3000, "datacenter": True}, "2024-06-01")
    assert answer.review_policy == "undecidable" and "die_area_mm2" in answer.undecidable
    assert words(ask({"tpp": 1599, "datacenter": True}, "2024-06-01")) == FREE
    assert words(ask({"tpp": 3000, "datacenter": False}, "2024-06-01")) == FREE
    assert words(ask({"tpp": 3000, "datacenter": True}, "2024-06-01", "Germany")) == FREE  # free either way


def test_a_chip_without_non_planar_dies_is_a_different_unknown():
    answer = ask({"tpp": 3000, "die_area_mm2": 0, "datacenter": True}, "2024-06-01")
    assert answer.review_policy == "undecidable" and "non-planar" in answer.undecidable


def test_not_knowing_whether_it_is_for_data_centres_is_named_only_where_it_matters():
    assert "datacenter" in ask({"tpp": 6000, "die_area_mm2": 800}, "2024-06-01").undecidable
    assert "datacenter" in ask({"tpp": 2000, "die_area_mm2": 200}, "2024-06-01").undecidable
    assert words(ask({"tpp": 2000, "die_area_mm2": 1000}, "2024-06-01")) == FREE
    assert (
        ask({"tpp": 6000, "die_area_mm2": 800}, "2024-06-01", datacenter=False).review_policy
        == "license_exception_notify"
    )


def test_missing_rates_are_named_only_where_they_decide():
    assert "io_gb_s" in ask({"tpp": 5000}, "2023-03-01").undecidable
    assert words(ask({"tpp": 4000}, "2023-03-01")) == FREE
    assert "dram_bw_gb_s" in ask({"tpp": 15_000, "datacenter": True}, "2026-02-01").undecidable
    assert ask({"tpp": 30_000, "datacenter": True}, "2026-02-01").review_policy == "presumption_of_denial"
    open_letter = ask({"tpp": 1000, "vendor": "NVIDIA", "io_gb_s": 100}, "2025-05-01")
    assert open_letter.review_policy == "undecidable" and "dram_bw_gb_s" in open_letter.undecidable
    caught = {"tpp": 1000, "vendor": "NVIDIA", "dram_bw_gb_s": 1500, "datacenter": True}
    assert ask(caught, "2025-05-01").paragraph == "letter_2025-04"
    assert "datacenter" in ask({**caught, "datacenter": None}, "2025-05-01").undecidable


def test_an_empty_design_is_never_free():
    for on in ("2023-03-01", "2024-06-01", "2026-02-01"):
        assert ask({}, on).review_policy == "undecidable"


def test_contested_specifications_that_change_the_answer_make_it_contested():
    table = chips.table().set_index("chip")
    assert table.loc["L40", "tpp_high"] > table.loc["L40", "tpp"]
    answer = ask("L40", "2024-06-01")
    assert answer.confidence == "contested" and any("high end" in caveat for caveat in answer.caveats)


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "2022-08-25"}, "on = 2022-08-25 is before the record, which runs from 2022-08-26"),
        ({"on": "1999-01-01"}, "before the record"),
        ({"on": "2028-01-01"}, "on = 2028-01-01 is after the record"),
        ({"on": "May 2025"}, "on = 'May 2025' is not a day; write it YYYY-MM-DD"),
        ({"on": None}, "on = None is not a day"),
        ({"on": 20250501}, "on = 20250501 is not a day"),
        ({"destination": "Chna"}, "destination = 'Chna' is not a place .* Did you mean .*China"),
        ({"destination": "Atlantis"}, "destination = 'Atlantis' is not a place"),
        ({"destination": 86}, "destination = 86 is not a place"),
        ({"destination": "US"}, "an export does not go there"),
        ({"end_user_hq": "Narnia"}, "end_user_hq = 'Narnia'"),
        ({"shipped_from": "the moon"}, "shipped_from = 'the moon'"),
        ({"end_user_hq": rules.IMPORT}, "end_user_hq = .* is only a destination"),
        ({"exporter": 5}, "exporter = 5"),
        ({"exporter": " "}, "exporter = ' '"),
        ({"datacenter": "yes"}, "datacenter = 'yes' is not True, False or None"),
        ({"chip": "H1000"}, "chip = 'H1000' is not in data/chips.csv"),
        ({"chip": 5}, "chip = 5"),
        ({"chip": {"tpp": -1}}, "tpp = -1 is outside its valid range"),
        ({"chip": {"tpp": "fast"}}, "tpp = 'fast' is not a number"),
        ({"chip": {"dense_tops": 1979, "bit_length": 8, "sparse": True}}, "sparse = True: the rules count dense"),
        ({"chip": {"name": "H100 SXM5 80GB", "dense_tops": {8: 3958}}}, "looks like a sparse figure"),
        ({"chip": {"speed": 5}}, "unknown specification 'speed'"),
    ],
)
def test_bad_input_is_refused_by_name(values, said):
    with pytest.raises(ValueError, match=said):
        rules.classify(**{"chip": "H100 SXM5", "on": "2024-06-01", "destination": "China", **values})


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("china", "CN"),
        ("cn", "CN"),
        ("PRC", "CN"),
        ("Macao", "MO"),
        ("uae", "AE"),
        ("Viet Nam", "VN"),
        ("the Netherlands", "NL"),
        ("Türkiye", "TR"),
        ("United States (import)", "US-IMPORT"),
        ("U.S.", "US"),
        ("NA", "NA"),
    ],
)
def test_places_go_by_plain_names_and_iso_codes(spelling, code):
    assert rules.place(spelling)[0] == code


def test_dates_may_be_dates():
    wanted = ask("H20", "2025-05-01")
    for on in (date(2025, 5, 1), pd.Timestamp("2025-05-01"), np.datetime64("2025-05-01")):
        assert ask("H20", on) == wanted or str(ask("H20", on)) == str(wanted)


def test_an_answer_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ask("H20", "2025-05-01").review_policy = "no_license_required"
