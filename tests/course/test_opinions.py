"""The reader's opinions: kept, never overwritten, and a damaged file left as it is."""

from __future__ import annotations

import json

import pytest

from helpers.core import data
from helpers.course import opinions

OPINION = {"verdict": "mixed", "sure_percent": 60, "on": "2026-11-23"}


def test_a_first_opinion_is_kept_and_never_overwritten(tmp_path):
    path = tmp_path / "mine.json"
    assert opinions.load_opinions(path) == {}
    opinions.save_opinions({"S03": OPINION}, path)
    opinions.save_opinions({"S03": {**OPINION, "verdict": "supported"}, "S09": OPINION}, path)
    kept = opinions.load_opinions(path)
    assert kept["S03"]["verdict"] == "mixed" and kept["S09"] == OPINION


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"S99": OPINION}, "claim_id 'S99'"),
        ({"S03": {**OPINION, "verdict": "true"}}, "verdict 'true'"),
        ({"S03": {**OPINION, "sure_percent": 120}}, "sure_percent 120"),
    ],
)
def test_a_bad_opinion_is_refused_and_nothing_is_written(tmp_path, new, said):
    path = tmp_path / "mine.json"
    with pytest.raises(ValueError, match=said):
        opinions.save_opinions(new, path)
    assert not path.exists()


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"S03": {"verdict": "?"}})])
def test_a_damaged_opinions_file_is_left_as_it_is(tmp_path, content):
    path = tmp_path / "mine.json"
    path.write_text(content)
    with pytest.raises(data.DataFileError, match="left as it was"):
        opinions.save_opinions({"S03": OPINION}, path)
    assert path.read_text() == content
