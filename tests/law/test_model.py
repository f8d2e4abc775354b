"""The gates, appeals, clocks and targets: small truths, and cases decided in print."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pytest

from helpers.core.tables import CASE_ENDS
from helpers.law import model as law


@pytest.mark.parametrize(("member", "own", "covered"), list(product([True, False], repeat=3)))
def test_a_complaint_stops_at_the_first_gate_that_is_shut(member, own, covered):
    expected = "" if member and own and covered else "who" if not member else "whom" if not own else "article"
    assert str(law.stops_at(member, own, covered)) == expected
    assert law.stops_at([member] * 3, own, covered).tolist() == [expected] * 3


@pytest.mark.parametrize(
    ("sits", "complainant", "defendant", "route"),
    [
        (True, False, False, "Appellate Body"),  # DS431, 2014
        (False, True, True, "MPIA"),  # DS611, 2025
        (False, True, False, "void"),  # DS544, 2023: China is in the arrangement, the United States is not
        (False, False, True, "void"),  # DS558, 2023: the other way round
        (False, False, False, "void"),  # DS567, 2020
    ],
)
def test_who_hears_an_appeal(sits, complainant, defendant, route):
    assert str(law.appeal_route(sits, complainant, defendant)) == route
    assert law.end_of(route, True) == {"Appellate Body": "adopted", "MPIA": "award", "void": "void"}[route]
    assert law.end_of(route, False) == "adopted"  # DS512: nobody appealed


def test_an_appeal_to_nobody_is_the_only_ruling_that_does_not_bind():
    assert law.binds(CASE_ENDS).tolist() == [True, True, False, False, False, False, False]
    assert bool(law.binds("award")) is True and law.binds([]).shape == (0,)


def test_the_matrix_is_that_of_pairs_one_by_one():
    rng = np.random.default_rng(46)
    for _ in range(200):
        is_in = rng.random(int(rng.integers(1, 12))) < 0.5
        sits = bool(rng.random() < 0.3)
        found = law.could_bind(is_in, sits)
        for i, j in product(range(len(is_in)), repeat=2):
            assert found[i, j] == (i != j and (sits or (is_in[i] and is_in[j])))


def test_china_could_ask_for_a_panel_sixty_days_after_its_request():
    """DSU 4.7; request of 12 December 2022 (WT/DS615/1)."""
    assert law.earliest_panel(date(2022, 12, 12), 60) == date(2023, 2, 10)


def test_the_clock_of_the_rules_scales():
    assert law.times_the_rule([425, 850], 425).tolist() == [1, 2]


def test_targets_and_growth():
    assert law.attained([20.0, 80], 40.0).tolist() == [0.5, 2]
    rng = np.random.default_rng(7)
    first, rate, years = rng.uniform(1, 1e4, 500), rng.uniform(-0.3, 0.6, 500), rng.uniform(0.1, 30, 500)
    assert law.growth_per_year(first, first * (1 + rate) ** years, years) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: law.stops_at("yes", True, True), "is_member"),
        (lambda: law.appeal_route(True, [True] * 2, [True] * 3), "defendant_in"),
        (lambda: law.end_of("panel", True), "forum"),
        (lambda: law.binds("won"), "end"),
        (lambda: law.could_bind([[True]]), "is_in"),
        (lambda: law.earliest_panel("2022-12-12", -1), "talks_days"),
        (lambda: law.earliest_panel("soon", 60), "requested"),
        (lambda: law.times_the_rule(1, 0), "rule_days"),
        (lambda: law.attained(1, 0), "target"),
        (lambda: law.attained(np.nan, 1), "outcome"),
        (lambda: law.growth_per_year(0, 1, 1), "first"),
    ],
)
def test_wrong_values_are_refused_by_name(call, word):
    with pytest.raises(ValueError, match=word):
        call()
