"""The reader's opinions: kept, never overwritten, and a damaged file left as it is."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from helpers.core import data
from helpers.course import kept, opinions

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
        ({"S03": {**OPINION, "sure_percent": "very"}}, "sure_percent 'very' is not from 0 to 100"),
        ({"S03": {**OPINION, "sure_percent": None}}, "sure_percent None"),
        ({"S03": {**OPINION, "sure_percent": True}}, "sure_percent True"),
        ({"S03": {**OPINION, "sure_percent": float("nan")}}, "sure_percent nan"),
        ({"S03": {**OPINION, "sure_percent": 10**400}}, "sure_percent 1000"),
        ({"S03": {**OPINION, "verdict": ["mixed"]}}, "verdict"),
        ({"S03": {**OPINION, "on": 5}}, "on 5 is not a date"),
        ({"S03": {**OPINION, "why": {1, 2}}}, "opinion has 'why'"),
        ({"S03": "mixed"}, "opinion 'mixed' is not a dict"),
        ({3: OPINION}, "claim_id 3"),
        ([OPINION], "is not a dict of opinions"),
    ],
)
def test_a_bad_opinion_is_refused_and_nothing_is_written(tmp_path, new, said):
    path = tmp_path / "mine.json"
    with pytest.raises(ValueError, match=said):
        opinions.save_opinions(new, path)
    assert not path.exists()


def test_numbers_of_numpy_and_fractions_of_a_per_cent_are_kept(tmp_path):
    path = tmp_path / "mine.json"
    opinions.save_opinions(
        {"S03": {**OPINION, "sure_percent": np.int64(60)}, "S04": {**OPINION, "sure_percent": 2.5}}, path
    )
    kept = opinions.load_opinions(path)
    assert kept["S03"] == OPINION and kept["S04"]["sure_percent"] == 2.5


DAMAGED = [
    "{",
    "[]",
    "5",
    "",
    "[" * 100_000,
    '{"S03": ' * 50_000,
    json.dumps({"S03": {"verdict": "?"}}),
    json.dumps({"S03": ["mixed"]}),
    json.dumps({"S03": {**OPINION, "sure_percent": "very"}}),
    json.dumps({"S03": {**OPINION, "sure_percent": None}}),
    json.dumps({"S03": {**OPINION, "sure_percent": {"a": 1}}}),
    json.dumps({"S03": {**OPINION, "sure_percent": float("inf")}}),
    json.dumps({"S03": {**OPINION, "sure_percent": float("nan")}}),
    '{"S03": {"verdict": "mixed", "sure_percent": 1e999}}',
    '{"S03": {"verdict": "mixed", "sure_percent": 1' + "0" * 5000 + "}}",
    b"\xff\xfe{}",
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_gets_a_sentence_and_stays_beside_the_new_one(tmp_path, content):
    path = tmp_path / "mine.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = path.read_bytes()
    with pytest.raises(data.DataFileError, match="^mine.json: your opinions file .*left as it was") as said:
        opinions.load_opinions(path)
    assert len(str(said.value)) < 500 and path.read_bytes() == before

    saved = opinions.save_opinions({"S05": OPINION}, path)
    assert saved.note.startswith("Your earlier opinions file ") and "kept as mine.damaged-1.json" in saved.note
    assert (tmp_path / "mine.damaged-1.json").read_bytes() == before
    assert opinions.load_opinions(path) == {"S05": OPINION}

    path.write_bytes(before)  # a second time, the first copy stays too
    opinions.save_opinions({"S05": OPINION}, path)
    assert (tmp_path / "mine.damaged-2.json").read_bytes() == before == (tmp_path / "mine.damaged-1.json").read_bytes()


def test_what_is_sound_in_a_damaged_file_is_carried_over(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({"S03": {**OPINION, "sure_percent": "very"}, "S09": OPINION}))
    saved = opinions.save_opinions({"S03": OPINION, "S09": {**OPINION, "verdict": "supported"}}, path)
    assert saved == {"S03": OPINION, "S09": OPINION} == opinions.load_opinions(path)


def test_a_folder_in_its_place_is_set_aside(tmp_path):
    path = tmp_path / "mine.json"
    path.mkdir()
    assert "damaged-1" in opinions.save_opinions({"S05": OPINION}, path).note
    assert opinions.load_opinions(path) == {"S05": OPINION}


def test_four_programs_that_save_at_once_lose_nothing(tmp_path):
    """Before there was a lock, four kernels lost 115 of 432 opinions and two of them damaged the file."""
    path = tmp_path / "mine.json"
    code = """
import sys
from helpers.course import kept, opinions
first, path = int(sys.argv[1]), sys.argv[2]
opinions._checked = lambda new, fault=None: dict(new)  # any name for a claim
sys.stdin.readline()
for number in range(first, first + 100):
    opinions.save_opinions({f"X{number}": {"verdict": "mixed", "sure_percent": number % 100}}, path)
"""
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(1000 * n), str(path)], stdin=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [(program.communicate()[0], program.returncode)[1] for program in programs] == [0, 0, 0, 0]
    kept = opinions.load_opinions(path)
    assert set(kept) == {f"X{1000 * n + number}" for n in range(4) for number in range(100)}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.json", "mine.json.lock"]


def test_a_notebook_that_holds_the_file_too_long_is_named(tmp_path, monkeypatch):
    path = tmp_path / "mine.json"
    monkeypatch.setattr(kept, "PATIENCE", 0.1)
    with kept._alone(path), pytest.raises(OSError, match="another notebook has held mine.json"):
        opinions.save_opinions({"S05": OPINION}, path)
    opinions.save_opinions({"S05": OPINION}, path)
    assert opinions.load_opinions(path) == {"S05": OPINION}
