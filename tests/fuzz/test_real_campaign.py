"""The campaign: 100,000 calls with wrong values of every kind, and every array at the largest size. Not in the short run."""

from __future__ import annotations

import time

import numpy as np
import pytest

from tests.fuzz import ground, report
from tests.fuzz.__main__ import most_mb

PIECE, PIECES = 20_000, 5
FOUND = []


@pytest.mark.parametrize("piece", range(PIECES))
def test_a_hundred_thousand_calls_are_answered_or_refused_by_name(piece):
    """0 silent, 0 unnamed, 0 hung, none of another kind; a reader's kernel stays under 300 MB."""
    found = report.campaign(piece * PIECE, PIECE)
    FOUND.append(found)
    assert found["faults"] == [], report.faults(found)
    assert found["most_mb"] < 300


def test_the_counts_by_kind():
    """For the record, printed with -s: what became of the calls."""
    if len(FOUND) == PIECES:
        print("\n" + report.counts(FOUND))
        assert sum(piece["calls"] for piece in FOUND) == PIECE * PIECES


ARRAYS = [
    (key, parameter.name)
    for key in ground.callable_keys()
    for parameter in ground.parameters(key)
    if "ArrayLike" in str(parameter.annotation)
]


@pytest.mark.parametrize("size", [2_000, 200_000])
def test_the_largest_arrays_take_two_seconds_and_little_memory(size):
    """For every input that may be an array: an answer, or a refusal that says how many may be given."""
    slow, before = [], most_mb()
    for key, name in ARRAYS:
        args, given = ground.right_call(key)
        right = given.get(name, next(p.default for p in ground.parameters(key) if p.name == name))
        number = isinstance(right, (int, float)) and not isinstance(right, bool)
        given[name] = (float(right) if number else 0.5) * np.linspace(1, 1.0001 if size < 10_000 else 1, size)
        start = time.process_time()
        try:
            ground.functions()[key](*args, **given)
        except ValueError as error:
            assert name in str(error) and len(str(error)) < 300, (key, name, error)
        if time.process_time() - start > 2:
            slow.append(f"{key}({name}): {time.process_time() - start:.1f} s")
    assert slow == []
    assert most_mb() - before < 300  # on top of pytest, with all that it has loaded
