"""The reader's record as one: it travels by file and by code, fills gaps, and loses nothing on the way."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import datetime

import pytest

from helpers.core import data, tables
from helpers.course import answers, carry, opinions, record

RANDOM = random.Random(14)


def opinion(**more):
    return {"verdict": RANDOM.choice(record._VERDICTS), "sure_percent": RANDOM.randrange(0, 101, 5), **more}


def some(of, make):
    return {key: make() for key in RANDOM.sample(of, RANDOM.choice([0, 1, 6, len(of)]))}


def a_record():
    keys = [f"{when}-{key}" for when in answers.TIMES for key in record._QUESTIONS]
    return record.Record(
        some(record._CLAIMS, opinion),
        some(record._CLAIMS, opinion),
        some(keys, lambda: {"choice": RANDOM.choice("abcd")}),
    )


# --- the code -----------------------------------------------------------------------------------


def test_a_code_holds_verdicts_how_sure_and_choices():
    for _ in range(300):
        kept = a_record()
        code = record.code(kept)
        assert (record.from_code(code) if code else record.Record()) == kept
    whole = record.code(record.Record(*(dict.fromkeys(record._CLAIMS, opinion()) for _ in "12")))
    assert len(whole) < 150


def test_a_code_of_this_version_is_read_for_good():
    """Codes copied from this edition must open in the next: what they hold is pinned, whatever the tables say then."""
    kept = record.Record(
        {"S03": {"verdict": "mixed", "sure_percent": 60}, "S38": {"verdict": "opinion"}},
        {"S03": {"verdict": "supported", "sure_percent": 95}},
        {"before-Q01": {"choice": "a"}, "after-Q10": {"choice": "d"}},
    )
    code = record.code(kept)
    assert code == PINNED
    assert record.from_code(PINNED) == kept


def test_what_a_code_takes_for_fixed_is_so_in_this_edition():
    assert record._VERDICTS == tables.VERDICTS and tuple(record._CHOICES) == tables.CHOICES
    assert list(record._CLAIMS) == data.load("claims")["claim_id"].tolist()
    assert list(record._QUESTIONS) == data.load("concepts")["question_id"].tolist()


def test_a_code_survives_small_letters_spaces_and_letters_taken_for_others():
    kept = record.Record({f"S{n:02d}": opinion() for n in range(1, 12)})
    code = record.code(kept)
    head, body = code[:4], code[4:]
    misread = body.replace("0", "O").replace("1", "l")
    assert record.from_code(f" {head}{misread.lower()}\n".replace("-", " ")) == kept


def test_a_code_with_a_slip_is_refused():
    code = record.code(record.Record({f"S{n:02d}": opinion() for n in range(1, 7)}))
    taken = tried = 0
    for at in range(4, len(code)):
        for letter in record._LETTERS:
            if code[at] not in ("-", letter):
                tried += 1
                try:
                    record.from_code(code[:at] + letter + code[at + 1 :])
                    taken += 1
                except ValueError as error:
                    assert "slip" in str(error)
    assert tried > 600 and taken <= tried / 1000
    for cut in (code[:-1], code[:20], code + "7"):
        with pytest.raises(ValueError, match="slip"):
            record.from_code(cut)


@pytest.mark.parametrize("text", ["", "hello", "CS1-", "CS2-ABC", "CS1-\U0001f600", 7, None, "CS1-" + "A" * 999])
def test_what_is_no_code_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="code"):
        record.from_code(text)


# --- the file -----------------------------------------------------------------------------------


def test_a_file_holds_everything_days_and_reasons_too(tmp_path):
    day = {"on": "2026-12-01"}
    kept = record.Record(
        {"S03": opinion(**day)},
        {"S03": opinion(reason="“The rule” <b>says</b> so", **day)},
        {"after-Q01": {"choice": "b", **day}},
    )
    assert record.from_bundle(record.bundle(kept)) == kept
    assert record.take(record.from_bundle(record.bundle(kept)), tmp_path) == (
        "Taken in: 1 first opinion, 1 verdict and 1 answer."
    )
    assert record.read(tmp_path) == kept


def test_the_plain_file_of_first_opinions_of_an_earlier_edition_is_taken(tmp_path):
    opinions.save_opinions({"S03": opinion(on="2026-11-23")}, tmp_path / opinions.OPINIONS_FILE.name)
    text = (tmp_path / opinions.OPINIONS_FILE.name).read_text()
    assert list(record.from_bundle(text).first) == ["S03"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "{}", '{"a": 1}', '{"course": "another"}', "[" * 99_999, "x" * 1_000_001]
)
def test_what_is_no_record_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="This file ") as said:
        record.from_bundle(text)
    assert len(str(said.value)) < 250


def test_damaged_parts_of_a_file_are_left_out_and_said(tmp_path):
    text = json.dumps(
        {
            "course": "chips-and-sanctions",
            "first": {"S03": opinion(), "S04": {"verdict": "?"}},
            "now": 7,
            "answers": {"before-Q01": {"choice": "e"}},
        }
    )
    brought = record.from_bundle(text)
    assert list(brought.first) == ["S03"] and not brought.now and not brought.answers
    assert brought.note.count("is left out") == 3
    assert record.take(brought, tmp_path).startswith("Taken in: 1 first opinion. A part ")


def test_what_another_edition_knows_is_left_out_and_said(tmp_path):
    brought = record.Record({"S03": opinion(), "S99": opinion()}, {}, {"before-Q77": {"choice": "a"}})
    assert record.take(brought, tmp_path) == "Taken in: 1 first opinion. 2 entries of another edition left out."
    assert list(record.read(tmp_path).first) == ["S03"]


def test_what_is_brought_fills_gaps_and_only_a_later_verdict_takes_a_place(tmp_path):
    here = {"verdict": "mixed", "sure_percent": 50, "on": "2026-12-05"}
    opinions.save_opinions({"S01": here}, tmp_path / opinions.OPINIONS_FILE.name)
    opinions.save_verdicts(dict.fromkeys(("S01", "S02", "S03"), here), tmp_path / opinions.VERDICTS_FILE.name)
    answers.save_answers({"before-Q01": {"choice": "a"}}, tmp_path / answers.ANSWERS_FILE.name)
    other = {"verdict": "supported", "sure_percent": 90}
    brought = record.Record(
        {"S01": {**other, "on": "2026-12-09"}, "S09": other},
        {"S01": {**other, "on": "2026-12-09"}, "S02": {**other, "on": "2026-12-04"}, "S03": other, "S04": other},
        {"before-Q01": {"choice": "b"}, "before-Q02": {"choice": "b"}},
    )
    assert record.take(brought, tmp_path) == "Taken in: 1 first opinion, 2 verdicts and 1 answer."
    held = record.read(tmp_path)
    assert held.first["S01"] == here and held.first["S09"] == other
    assert [held.now[key]["verdict"] for key in ("S01", "S02", "S03", "S04")] == [
        "supported",
        "mixed",
        "mixed",
        "supported",
    ]
    assert answers.choices(held.answers, "before") == {"Q01": "a", "Q02": "b"}
    assert record.take(brought, tmp_path) == "Nothing new in it; what you have is as it was."


def test_a_verdict_of_the_reader_s_own_is_revised_whatever_the_clock_says(tmp_path):
    path = tmp_path / "mine.json"
    opinions.save_verdicts({"S01": {"verdict": "mixed", "on": "2027-01-01"}}, path)
    opinions.save_verdicts({"S01": {"verdict": "opinion", "on": "2026-12-01", "reason": "why"}}, path)
    assert opinions.load_verdicts(path)["S01"]["verdict"] == "opinion"
    with pytest.raises(ValueError, match="reason"):
        opinions.save_verdicts({"S01": {"verdict": "opinion", "reason": "x" * 401}}, path)
    with pytest.raises(ValueError, match="'reason'"):
        opinions.save_opinions({"S01": {"verdict": "opinion", "reason": "x"}}, tmp_path / "first.json")


def test_damaged_files_are_said_used_as_far_as_they_go_and_kept_aside_on_the_next_save(tmp_path):
    path = tmp_path / opinions.VERDICTS_FILE.name
    path.write_text(json.dumps({"S01": {"verdict": "mixed"}, "S02": {"verdict": 5}}))
    (tmp_path / answers.ANSWERS_FILE.name).write_text("{")
    held = record.read(tmp_path)
    assert list(held.now) == ["S01"] and held.note.count("What could be read of it is used") == 2
    said = record.take(record.Record({}, {"S05": opinion()}), tmp_path)
    assert "it is kept as my_verdicts.damaged-1.json" in said and set(record.read(tmp_path).now) == {"S01", "S05"}


def test_several_kernels_keep_verdicts_and_answers_at_once(tmp_path):
    code = """
import sys
from datetime import datetime
from helpers.course import answers, opinions
folder, first = sys.argv[1], int(sys.argv[2])
sys.stdin.readline()
for n in range(first, 39, 3):
    opinions.save_verdicts({f"S{n:02d}": {"verdict": "mixed"}}, f"{folder}/my_verdicts.json")
for n in range(first, 11, 3):
    answers.save_answers({f"after-Q{n:02d}": {"choice": "a"}}, f"{folder}/my_answers.json")
"""
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)], stdin=subprocess.PIPE, text=True)
        for n in (1, 2, 3)
    ]
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [(program.communicate()[0], program.returncode)[1] for program in programs] == [0, 0, 0]
    held = record.read(tmp_path)
    assert (len(held.now), len(held.answers), held.note) == (38, 10, "")


# --- on the page --------------------------------------------------------------------------------


class Watching:
    told = 0

    def refresh(self):
        self.told += 1


def test_the_form_gives_a_file_and_a_code_and_takes_both_back(tmp_path):
    mine, other = tmp_path / "a", tmp_path / "b"
    mine.mkdir(), other.mkdir()
    assert "Nothing kept yet" in carry.Carry(mine).away.value
    record.take(record.Record({"S03": opinion()}, {"S03": opinion(reason="because")}), mine)
    code = record.code(record.read(mine))
    form = carry.Carry(mine)
    assert code in form.away.value and "download='my_course_record.json'" in form.away.value

    watching, there = Watching(), carry.Carry(other)
    record.watch(watching)
    assert there.paste(f" {code.lower()} ") == "Taken in: 1 first opinion and 1 verdict."
    assert watching.told == 1 and code in there.away.value
    there.upload.value = ({"name": "a.json", "type": "", "size": 1, "content": memoryview(record.bundle(record.read(mine)).encode()), "last_modified": datetime(2026, 12, 1)},)  # fmt: skip
    assert "Nothing new in it" in there.message.value and there.upload.value == ()
    for content, said in (
        (b"\xff\xfe", "is no text"),
        (b"x" * 1_000_001, "more than 1,000,000 bytes"),
        (b"{}", "not a record"),
    ):
        there._uploaded(({"content": memoryview(content)},))
        assert said in there.message.value
    assert "slip" in there.paste("CS1-ABCDE") and there.paste("  ") == "Paste a code first."


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    form = carry.Carry(tmp_path / "no")
    assert form.paste(record.code(record.Record({"S03": opinion()}))).startswith("Not taken in: ")


PINNED = "CS1-AD4YB-G62WZ-00005-ZBVC0-00000-EQ27"
