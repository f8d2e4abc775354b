"""No verdict's text contradicts what the course computes: its numbers are printed where the claim is treated, or in the data."""

from __future__ import annotations

import html
import re
from functools import cache

import nbformat
import numpy as np
import pandas as pd
import pytest

from helpers.core import data, stored, tables
from helpers.course import authoring

CLAIMS = data.load("claims").set_index("claim_id")
COURSE = data.load("course_map").set_index("notebook")
HERE = set(COURSE.index[COURSE["edition"] == "here"])
ROOT = authoring.ROOT
DECIDED = [key for key, place in CLAIMS["decided_in"].items() if place in HERE]
_SIZES = {"thousand": 1e3, "million": 1e6, "bn": 1e9, "billion": 1e9, "M": 1e6}
_NUMBER = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?: ?(" + "|".join(_SIZES) + r")\b)?"
)
_PAPER = re.compile(r"\bWPS \d+")  # the number of a working paper is its name
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def numbers(text: str) -> dict[str, tuple[float, ...]]:
    """The numbers of a text and what each may mean: 1,979 and 4.5; "2.38M" as it stands and in full; "nine" is 9."""
    found = {}
    for digits, size in _NUMBER.findall(_PAPER.sub(" ", text)):
        plain = float(digits.replace(",", ""))
        found[f"{digits} {size}".strip()] = (plain, plain * _SIZES[size]) if size else (plain,)
    return found | {
        word: (float(_WORDS.index(word)),) for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS
    }


def founded(number: str, meanings: tuple[float, ...], known: np.ndarray) -> bool:
    """Whether a number is among those known, as exactly as it is written: 989 is 989.4, and 4.5 is not 4.6."""
    decimals = len(number.split()[0].partition(".")[2]) if number[0].isdigit() else 0
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)  # 989 may be 989.5
    return any(bool(np.any(np.abs(known - meaning) <= half)) for meaning in meanings)


@cache
def page(notebook: str) -> str:
    """What a notebook says and prints, in the edition with answers; the verdict cards, which are judged here, aside."""
    said = []
    for cell in nbformat.read(authoring.EDITIONS["solutions"] / f"{notebook}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            said.append(cell.source)
        elif ".verdict(" not in cell.source:
            for output in cell.get("outputs", []):
                held = output.get("data", {})
                said += [held.get(kind, "") for kind in ("text/markdown", stored.HTML, stored.PLAIN)]
                said.append(str(held.get(stored.VEGA_LITE, {}).get("title", "")))
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>|'", " ", " ".join(said)))


def rows_of_its_own(claim: pd.Series) -> str:
    """The cells of the data that the claim points at: its events, its sources, and rows that rest on those sources."""
    sources = [s for s in (claim["source_id"], claim["second_source_id"]) if s]
    events = data.load("events")
    mine = events[events["event_id"].isin(claim["event_ids"].split())]
    said = [mine.drop(columns="date").to_csv(sep=" "), mine["date"].dt.strftime("%d %m %Y").to_csv(sep=" ")]
    for name, columns in tables.TABLES.items():
        if name == "claims":
            continue
        table = data.load(name)
        keys = [c for c in columns if "source_id" in c]
        if keys:
            said.append(table[table[keys].isin(sources).any(axis=1)].to_csv(sep=" "))
    return " ".join(said)


@cache
def house(notebook: str) -> str:
    """The tables that the studies of a notebook's subject load."""
    folder = ROOT / "helpers" / COURSE.loc[notebook, "subject"]
    code = " ".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    names = set(re.findall(r'data\.load\("(\w+)"\)', code)) & set(tables.TABLES) - {"claims", "sources", "events"}
    return " ".join(data.load(name).to_csv(sep=" ") for name in sorted(names))


def long(number: str) -> bool:
    """Three figures or more: a shorter number is found by chance in any table."""
    return len(re.sub(r"\D|^0+", "", number.split()[0]).rstrip("0")) >= 3


@cache
def known(claim_id: str) -> np.ndarray:
    claim = CLAIMS.loc[claim_id]
    said = [page(name) for name in claim["notebook"].split() if name in HERE] + [rows_of_its_own(claim)]
    return values(said)


@cache
def of_its_house(claim_id: str) -> np.ndarray:
    return values([house(CLAIMS.loc[claim_id, "decided_in"])])


def values(texts: list[str]) -> np.ndarray:
    return np.array(sorted({meaning for text in texts for meanings in numbers(text).values() for meaning in meanings}))


def unfounded(text: str, among: np.ndarray, tables_too: np.ndarray | None = None) -> list[str]:
    """Numbers that are not among those known; long ones may stand in the tables of the house, too."""
    return [
        number
        for number, meanings in numbers(text).items()
        if not founded(number, meanings, among)
        and not (tables_too is not None and long(number) and founded(number, meanings, tables_too))
    ]


@pytest.mark.parametrize("claim_id", DECIDED)
@pytest.mark.parametrize("column", ["evidence", "counter"])
def test_every_number_of_a_verdict_is_printed_where_the_claim_is_treated_or_stands_in_the_data(claim_id, column):
    assert unfounded(CLAIMS.loc[claim_id, column], known(claim_id), of_its_house(claim_id)) == []


def test_a_number_that_nobody_printed_is_found():
    """The net has a mesh: each of these texts differs by one figure from what stands there."""
    for claim_id, right, wrong in (
        ("S20", "812,000", "821,000"),
        ("S23", "70,272", "70,372"),
        ("S10", "1,943", "1,934"),
        ("S21", "138 measured", "138.4 measured"),
    ):
        text = CLAIMS.loc[claim_id, "evidence"]
        assert right in text
        assert unfounded(text.replace(right, wrong), known(claim_id), of_its_house(claim_id)) == [wrong.split()[0]]


def test_a_number_may_be_written_shorter_but_not_otherwise():
    among = np.array([989.4, 70272.0, 2380000.0, 9.0])
    assert unfounded("989, 70,272, 2.38M and nine", among) == []
    assert unfounded("988, 70,273, 2.39M and eight", among) == ["988", "70,273", "2.39 M", "eight"]
