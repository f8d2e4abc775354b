"""Column rules: what each kind of cell allows, and pandera, an independent reader, refusing the same cells."""

from __future__ import annotations

import csv
import random
import re
import subprocess
import sys
import zlib

import pandas as pd
import pandera.pandas as pa
import pytest

from helpers.core import data, tables
from helpers.core.tables import columns


@pytest.mark.parametrize(
    ("column", "allowed", "refused"),
    [
        (columns.text(5), ["a", "a b", "é”日本…"], ["", " a", "a\n", "123456"]),
        (columns.text(5, optional=True), ["", "a"], [" ", "a "]),
        (columns.slug(), ["S01", "bis-oct-2022", "a_b"], ["", "-a", "a b", "é", "a\n"]),
        (columns.word("yes", "EUV, high NA"), ["yes", "EUV, high NA"], ["", "Yes", "EUV", "yes "]),
        (columns.word("yes", optional=True), ["", "yes"], ["no"]),
        (columns.flag(), ["yes", "no"], ["", "true", "1"]),
        (columns.number(), ["0", "-1", "+2.50", ".5", "3.", "1e-6"], ["", "1,000", "1_000", " 7", "7 %", "nan", "inf"]),
        (columns.number(0, 10), ["0", "10", "1e1"], ["-0.1", "10.01", "1e999", "٣"]),
        (columns.number(1, optional=True), ["", "1", "1e9"], ["0", "1e999"]),
        (columns.number(high=1), ["-1e9", "1"], ["2", "-1e999"]),
        (columns.day(), ["2010-01-01", "2024-02-29"], ["", "2023-02-29", "20240229", "2024-W01-1", "2009-12-31"]),
        (columns.day("2024-01-01", "2024-12-31", optional=True), ["", "2024-12-31"], ["2025-01-01", "2024-1-1"]),
        (columns.loose_date(), ["2024", "2024-02", "2024-02-29"], ["", "24", "2024-13", "2023-02-29", "2024-"]),
        (columns.url(), ["https://a.org/b", "http://a"], ["", "a.org", "https://", "https://a b", "ftp://a"]),
        (columns.name(), ["H20", "a" * 60], ["", "a" * 61, " H20"]),
        (columns.named("chips"), ["H20"], ["", "H20 "]),
        (columns.ref("sources"), ["a-b"], ["", "a b", "a "]),
        (columns.ref("sources", many=True, optional=True), ["", "a", "a b"], ["a  b", " a", "a,b"]),
    ],
)
def test_what_a_kind_of_column_allows_and_refuses(column, allowed, refused):
    assert [v for v in allowed if not column.allows(v)] == []
    assert [v for v in refused if column.allows(v)] == []


def test_the_rule_in_words_gives_the_bounds():
    assert columns.number(0, 10, optional=True).rule == "a plain number from 0 to 10, or empty"
    assert columns.number(1).rule == "a plain number from 1 to inf"
    assert columns.number(high=1).rule == "a plain number from -inf to 1"
    assert columns.number().rule == "a plain number"


def test_a_table_is_listed_in_one_group_only():
    groups = (
        tables.record,
        tables.course,
        tables.chips,
        tables.rules,
        tables.fab,
        tables.clusters,
        tables.models,
        tables.training,
        tables.serving,
        tables.progress,
        tables.markets,
        tables.memory,
        tables.trade,
        tables.timing,
        tables.law,
        tables.scenario,
    )
    listed = [name for group in groups for name in group.TABLES]
    assert sorted(listed) == sorted(tables.TABLES) and len(listed) == len(set(listed))


# --- pandera as a second opinion ----------------------------------------------------------------


def pandera_says(cells: pd.DataFrame, rules: dict[str, columns.Col]) -> str | None:
    """What pandera, given the same rules, finds first (by row, then name of the column), and how much more."""
    schema = pa.DataFrameSchema(
        {
            name: pa.Column(str, pa.Check(col.allows, element_wise=True, error=col.rule), unique=col.unique)
            for name, col in rules.items()
        }
    )
    try:
        schema.validate(cells, lazy=True)
    except pa.errors.SchemaErrors as error:
        found = error.failure_cases.sort_values(["index", "column"])
        first = found.iloc[0]
        rule = "each value only once" if "unique" in str(first["check"]) else first["check"]
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        place = f"row {int(first['index']) + 2}, column {first['column']!r}"
        return f"{place}: value {first['failure_case']!r} breaks the rule: {rule}.{more}"
    return None


@pytest.mark.parametrize("name", tables.TABLES)
def test_pandera_refuses_the_same_cell_for_the_same_rule(name, tmp_path):
    rules = tables.TABLES[name]
    source = data.FOLDER / f"{name}.csv"
    whole = pd.read_csv(source, dtype="str", keep_default_na=False, encoding="utf-8")
    assert pandera_says(whole, rules) is None
    chance = random.Random(zlib.crc32(name.encode()))
    for damaged_cells in (1, 6):
        cells = whole.copy()
        for _ in range(damaged_cells):
            row, column = chance.randrange(len(cells)), chance.randrange(cells.shape[1])
            other = cells.iloc[chance.randrange(len(cells)), column]
            cells.iloc[row, column] = chance.choice(["", " x", "??", "-7", "2022-13-01", "a  b", other])
        path = tmp_path / source.name
        cells.to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
        expected = pandera_says(cells, rules)
        if expected is None:
            data.read_table(path, rules)
            continue
        with pytest.raises(data.DataFileError, match=re.escape(f"{path.name}, {expected}") + "$"):
            data.read_table(path, rules)


# --- what reading costs -------------------------------------------------------------------------


def test_reading_every_table_loads_no_library_that_checks_cell_by_cell():
    """Rule by rule and cell by cell it took 1.8 s of a learner's processor; `make bench` has the seconds it takes now."""
    code = """
import sys
from helpers.core import data, tables
for name in tables.TABLES:
    data.load(name)
print(sorted({"pandera", "pydantic", "hypothesis"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
