"""The one description of all tables: it is up to date, in the Frictionless form, and seen when a table changes."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from helpers.core import data, describe, reading, tables


def test_the_description_is_the_one_that_the_command_writes():
    """When this fails: python -m helpers.core.describe"""
    stored = (data.FOLDER / reading.DESCRIPTION).read_text(encoding="utf-8")
    assert json.loads(stored) == json.loads(describe.written(describe.description())), f"run: {reading.COMMAND}"
    assert stored == describe.written(json.loads(stored))


def test_every_table_and_every_column_is_described():
    resources = {r["path"]: r for r in describe.description()["resources"]}
    assert set(resources) == {f"{name}.csv" for name in tables.TABLES}
    for name, columns in tables.TABLES.items():
        resource = resources[f"{name}.csv"]
        fields = {f["name"]: f for f in resource["schema"]["fields"]}
        assert list(fields) == list(columns)
        assert all(f["description"] and f["rule"] and f["type"] for f in fields.values())
        assert resource["rows"] == len(data.load(name)) and re.fullmatch("sha256:[0-9a-f]{64}", resource["hash"])


def test_it_has_the_frictionless_form():
    """Names, types, constraints and keys as the Data Package and Table Schema specifications (v1) list them."""
    package = describe.description()
    types = {"string", "number", "integer", "boolean", "date"}
    constraints = {"required", "unique", "minimum", "maximum", "maxLength", "pattern", "enum"}
    by_name = {r["name"]: r for r in package["resources"]}
    assert len(by_name) == len(package["resources"])
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"]) and not resource["path"].startswith(("/", "."))
        schema = resource["schema"]
        fields = {f["name"]: f for f in schema["fields"]}
        assert {f["type"] for f in fields.values()} <= types
        assert {c for f in fields.values() for c in f["constraints"]} <= constraints
        assert schema.get("primaryKey", next(iter(fields))) in fields
        for key in schema.get("foreignKeys", []):
            there = by_name[key["reference"]["resource"]]
            assert key["fields"] in fields
            assert there["schema"]["fields"][0]["name"] == key["reference"]["fields"]


def test_it_has_the_properties_that_the_specification_requires():
    """Data Package, Tabular Data Package and Table Schema, version 1: required properties and their forms."""
    package = describe.description()
    assert package["profile"] == "tabular-data-package" and package["resources"]
    assert re.fullmatch(r"[a-z0-9._/-]+", package["name"]) and re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert all("name" in licence or "path" in licence for licence in package["licenses"])
    assert all(one["title"] for one in package["contributors"])
    # which constraint a type may have
    fits = {
        "string": {"required", "unique", "pattern", "enum", "maxLength"},
        "number": {"required", "unique", "minimum", "maximum", "enum"},
        "integer": {"required", "unique", "minimum", "maximum", "enum"},
        "date": {"required", "unique", "minimum", "maximum", "enum"},
        "boolean": {"required", "enum"},
    }
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource" and "data" not in resource
        assert ".." not in resource["path"] and (data.FOLDER / resource["path"]).is_file()
        assert type(resource["bytes"]) is int and resource["encoding"] == "utf-8"
        for field in resource["schema"]["fields"]:
            assert set(field["constraints"]) <= fits[field["type"]], (resource["name"], field["name"])
            assert field["type"] != "boolean" or (field["trueValues"] and field["falseValues"])
        for key in resource["schema"].get("foreignKeys", []):
            assert set(key) == {"fields", "reference"} and set(key["reference"]) == {"resource", "fields"}


@pytest.mark.parametrize("name", tables.TABLES)
def test_its_constraints_are_the_rules(name):
    """Every value of the table passes what the description says, read by rules of its own here."""
    resource = next(r for r in describe.description()["resources"] if r["path"] == f"{name}.csv")
    cells = reading.cells_of(name, (data.FOLDER / f"{name}.csv").read_bytes())
    for field in resource["schema"]["fields"]:
        limits, values = field["constraints"], cells[field["name"]]
        filled = [v for v in values if v]
        assert not limits["required"] or len(filled) == len(values)
        assert not limits.get("unique") or len(set(values)) == len(values)
        assert all(re.search(limits["pattern"], v) for v in filled if "pattern" in limits)
        assert all(v in limits["enum"] for v in filled if "enum" in limits)
        assert all(len(v) <= limits.get("maxLength", len(v)) for v in filled)
        as_type = {"number": float, "integer": int}.get(field["type"], str)
        assert all(as_type(v) >= limits["minimum"] for v in filled if "minimum" in limits)
        assert all(as_type(v) <= limits["maximum"] for v in filled if "maximum" in limits)


# --- a table that has changed ---------------------------------------------------------------------


def change(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_a_changed_value_that_keeps_every_rule_is_named_with_its_row_and_the_command(tables):
    row = data.load("eras").index[data.load("eras")["era_id"] == data.load("eras")["era_id"].iloc[2]][0] + 2
    change(tables, "eras", data.load("eras")["mechanism"].iloc[2], "Something else.")
    with pytest.raises(
        data.DataFileError,
        match=rf"^eras.csv, row {row}: the file was changed since it was described \(its digest differs\);"
        " if that is meant, run: python -m helpers.core.describe$",
    ):
        data.load("eras", tables)


def test_a_lost_row_is_counted(tables):
    path = tables / "events.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-3]), encoding="utf-8", newline="\n")
    number = len(lines) - 4
    with pytest.raises(
        data.DataFileError, match=rf"events.csv, row {number + 2}: .*\({number} rows where {number + 3} are described"
    ):
        data.load("events", tables)


def test_the_command_describes_what_was_changed_and_counts_it_in_the_readme(tables):
    gates = (tables / "gates.csv").read_text(encoding="utf-8").splitlines()
    (tables / "gates.csv").write_text("\n".join([*gates, "A100X" + gates[-1][gates[-1].index(",") :]]) + "\n", "utf-8")
    done = subprocess.run([sys.executable, *reading.COMMAND.split()[1:], str(tables)], capture_output=True, text=True)
    assert done.stdout == f"gates.csv: {len(gates)} rows, {len(gates) - 1} before; its contents changed\n", done.stderr
    assert len(data.load("gates", tables)) == len(gates)
    assert re.search(
        rf"^\| `gates.csv` \|.*\| {len(gates)} \|$", (tables / "README.md").read_text("utf-8"), re.MULTILINE
    )


def test_the_command_refuses_a_table_that_breaks_a_rule(tables):
    change(tables, "gates", ",US,", ",USA,")
    before = (tables / reading.DESCRIPTION).read_bytes()
    done = subprocess.run([sys.executable, *reading.COMMAND.split()[1:], str(tables)], capture_output=True, text=True)
    assert done.returncode == 1 and "gates.csv, row 2, column 'government'" in done.stderr
    assert "Traceback" not in done.stderr and (tables / reading.DESCRIPTION).read_bytes() == before


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "5", "{}", '{"resources": 5}', '{"resources": [5]}', '{"resources": [{"path": "eras.csv"}]}', "[" * 99_999,
     "<<<<<<< HEAD\n{}", '{"resources": [{"path": "eras.csv", "rows": "x", "rowMarks": ""}]}'],
    ids=range(11),
)  # fmt: skip
def test_a_damaged_description_is_named_with_the_command_that_mends_it(tables, content):
    (tables / reading.DESCRIPTION).write_text(content, encoding="utf-8")
    with pytest.raises(data.DataFileError, match=r"^datapackage.json: .*python -m helpers.core.describe$"):
        data.load("eras", tables)
    describe.main(tables)
    reading.described.cache_clear()
    assert len(data.load("eras", tables)) == len(data.load("eras"))


def test_a_table_that_is_not_described_is_refused(tables):
    path = tables / reading.DESCRIPTION
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [r for r in package["resources"] if r["path"] != "eras.csv"]
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(data.DataFileError, match="^eras.csv: the file is not described in datapackage.json; if"):
        data.load("eras", tables)


def test_the_course_s_own_tables_need_their_description(monkeypatch, tables):
    (tables / reading.DESCRIPTION).unlink()
    monkeypatch.setattr(data, "FOLDER", tables)
    with pytest.raises(
        data.DataFileError, match=r"datapackage.json: missing from data/.*python -m helpers.core.describe"
    ):
        data.load("eras", tables)
