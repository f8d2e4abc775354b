"""One description of all tables: ``python -m helpers.core.describe`` writes ``data/datapackage.json``.

The same in Croissant's form beside it, and what registers ask of the course (`helpers.core.about`), are written too.

In the Frictionless form (Data Package): a resource a table, with the number of its rows and the digest
of its file, and a schema with type, rule and meaning of every column. `helpers.core.data` refuses a
table that is no longer the one described. Run it after a change of a table or of a rule.
"""

from __future__ import annotations

import json
import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.core import about, croissant, data, reading
from helpers.core.tables import TABLES, Col
from helpers.core.tables.order import pairs

_HEAD = {
    "profile": "tabular-data-package",
    "name": "chips-and-sanctions",
    "title": "Chips & Sanctions: the tables of an open course",
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0 International",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
}
# Columns that mean the same wherever they stand, when the file's own section does not say more.
_SHARED = {
    "source_id": "Key of sources.csv: where the row is from.",
    "second_source_id": "Key of sources.csv: a second source, where there is one.",
    "confidence": "How sure: primary, reported, estimate or contested.",
    "note": "What is contested or derived, or a caution.",
    "low": "Lowest value.",
    "central": "Central value.",
    "high": "Highest value.",
    "unit": "Unit of the value.",
}
_COUNTED = r"^(\| `{file}` \|.*\| )\d+( \|)$"


def description(folder: str | Path = data.FOLDER) -> dict[str, Any]:
    """The description of the tables in a folder.

    Parameters
    ----------
    folder : str or Path, optional
        Where the CSV files are; the course's own ``data/`` by default.

    Returns
    -------
    dict
        A Data Package: ``resources``, one a table, each with ``path``, ``rows``, ``bytes``, ``hash`` (of the
        file), ``cellsHash`` (of its cells, however quoted), ``rowMarks`` (four characters a row, to find the
        row that changed) and ``schema``.

    Raises
    ------
    DataFileError
        A table breaks a rule.
    """
    folder = Path(folder)
    tables = {name: reading.content_of(folder / f"{name}.csv") for name in TABLES}
    cited, _ = about.sources()
    said = {"description": cited["abstract"], "version": str(cited["version"]), "keywords": cited["keywords"]}
    contributors = [{"title": name, "role": "author"} for name in about.authors(cited)]
    resources = [_resource(name, content, folder) for name, content in tables.items()]
    return {**_HEAD, **said, "contributors": contributors, "resources": resources}


def _resource(name: str, content: bytes, folder: Path) -> dict[str, Any]:
    table = data.table_of(name, content, folder, described=False)
    file, columns = f"{name}.csv", TABLES[name]
    said, cells = _rows_of_readme(folder), reading.cells_of(file, content)
    schema: dict[str, Any] = {"fields": [_field(file, column, col, said) for column, col in columns.items()]}
    if keys := [column for column, col in columns.items() if col.unique]:
        schema["primaryKey"] = keys[0]
    if refers := [(column, col.refers_to) for column, col in columns.items() if col.refers_to and not col.many]:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": _slug(to), "fields": next(iter(TABLES[to]))}}
            for column, to in refers
        ]
    if ordered := pairs(columns):
        schema["orders"] = [list(pair) for pair in ordered]
    return {
        "name": _slug(name),
        "path": file,
        "profile": "tabular-data-resource",
        "description": said.get(("", file), f"Table of {data.FOLDER.name}/."),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": len(table),
        "bytes": len(content),
        "hash": reading.digest(content),
        "cellsHash": reading.cells_digest(cells),
        "rowMarks": " ".join(reading.row_marks(cells)),
        "schema": schema,
    }


def _slug(name: str) -> str:
    return name.replace("/", "-")


def _field(file: str, column: str, col: Col, said: dict[tuple[str, str], str]) -> dict[str, Any]:
    meaning = said.get((file, column)) or _SHARED.get(column) or f"{col.rule[0].upper()}{col.rule[1:]}."
    limits = {**col.limits}
    constraints = {
        "required": not col.optional,
        **({"unique": True} if col.unique else {}),
        **limits.pop("constraints", {}),
    }
    return {"name": column, **limits, "description": meaning, "rule": col.rule, "constraints": constraints}


@lru_cache(maxsize=None)
def _rows_of_readme(folder: Path) -> dict[tuple[str, str], str]:
    """What the folder's README says: of a file under ("", file), of a column under (file, column)."""
    said: dict[tuple[str, str], str] = {}
    for readme, prefix in ((folder / "README.md", ""), (folder / "rules" / "README.md", "rules/")):
        if not readme.exists():
            continue
        files: list[str] = []
        for line in readme.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                files = [prefix + file for file in re.findall(r"\w+\.csv", line)]
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if not line.startswith("|") or len(cells) < 2:
                continue
            if named := re.findall(r"`(\w+\.csv)`", cells[0]):
                said.update({("", prefix + file): _plain(cells[1]) for file in named})
                continue
            for file in files:
                said.update({(file, column): _plain(cells[1]) for column in _columns(cells[0])})
    return said


def _columns(cell: str) -> list[str]:
    """Names in the first cell of a row of the README: ``price_low, _high`` are price_low and price_high."""
    names: list[str] = []
    for name in re.split(r"[,;] ", cell):
        first = names[0].removesuffix("_low") if names else ""
        names.append(first + name if name.startswith("_") else name)
    return names


def _plain(meaning: str) -> str:
    return "" if meaning in ("as above", "see above") else meaning.replace("`", "").replace("**", "")


def written(of: dict[str, Any]) -> str:
    """The text of a description, as it stands in the file."""
    return json.dumps(of, ensure_ascii=False, indent=1) + "\n"


def counted(readme: str, rows: dict[str, int]) -> str:
    """The README's list of files with these numbers of rows.

    Examples
    --------
    >>> counted("| `eras.csv` | an era | 7 |", {"eras.csv": 8})
    '| `eras.csv` | an era | 8 |'
    """
    for file, number in rows.items():
        pattern = _COUNTED.format(file=re.escape(file))
        readme = re.sub(pattern, rf"\g<1>{number}\g<2>", readme, flags=re.MULTILINE)
    return readme


def changes(before: dict[str, dict[str, Any]], now: dict[str, Any]) -> list[str]:
    """What a new description says otherwise, a line a file."""
    lines = []
    for resource in now["resources"]:
        file, was = resource["path"], before.get(resource["path"])
        if was is None:
            lines.append(f"{file}: {resource['rows']} rows, described for the first time")
        elif was["hash"] != resource["hash"]:
            then = "" if was["rows"] == resource["rows"] else f", {was['rows']} before"
            lines.append(f"{file}: {resource['rows']} rows{then}; its contents changed")
    gone = before.keys() - {resource["path"] for resource in now["resources"]}
    return lines + [f"{file}: no longer a table" for file in sorted(gone)]


def main(folder: str | Path = data.FOLDER) -> str:
    """Write the description and the README's numbers of rows; returns what changed, in words."""
    folder = Path(folder)
    now = description(folder)
    try:
        before = reading.described(folder) or {}
    except data.DataFileError:
        before = {}
    (folder / reading.DESCRIPTION).write_text(written(now), encoding="utf-8", newline="\n")
    (folder / croissant.FILE).write_text(written(croissant.croissant(now)), encoding="utf-8", newline="\n")
    if folder.resolve() == data.FOLDER:
        for name, text in about.files().items():
            (data.ROOT / name).write_text(text, encoding="utf-8", newline="\n")
    readme = folder / "README.md"
    if readme.exists():
        text = readme.read_text(encoding="utf-8")
        rows = {resource["path"]: resource["rows"] for resource in now["resources"]}
        if (new := counted(text, rows)) != text:
            readme.write_text(new, encoding="utf-8", newline="\n")
    return "\n".join(changes(before, now) or ["No table changed."])


if __name__ == "__main__":
    try:
        print(main(*sys.argv[1:2]))
    except data.DataFileError as refusal:
        sys.exit(str(refusal))
