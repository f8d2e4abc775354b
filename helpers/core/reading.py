"""From the bytes of a data file to a typed table, or a refusal that names file, row, column, value and rule.

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import reprlib
import zlib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from helpers.core.tables.columns import Col
from helpers.core.tables.order import pairs

DESCRIPTION = "datapackage.json"
COMMAND = "python -m helpers.core.describe"
_MARK = b"\xef\xbb\xbf"  # what spreadsheets put before UTF-8


class DataFileError(ValueError):
    """A data file breaks a rule. The message names file, row, column, value and rule."""


def content_of(path: Path) -> bytes:
    """The bytes of a file, or a refusal that names it."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        place = f"{path.parent.name}/ (looked in folder {path.parent})"
        raise DataFileError(f"{path.name}: the file is missing from {place}.") from None
    except OSError as error:
        raise DataFileError(f"{path.name}: the file cannot be read ({error.strerror or error}).") from None


# --- cells ----------------------------------------------------------------------------------------


def cells_of(file: str, content: bytes) -> dict[str, list[str]]:
    """The text cells of a CSV file by column, refused when its shape is wrong; blank lines at its end are none.

    Parameters
    ----------
    file : str
        The name by which a refusal calls it.
    content : bytes
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise DataFileError(f"{file}, row {row}: not UTF-8 text at byte {error.start}; save it as CSV UTF-8.") from None
    if not text.strip():
        raise DataFileError(f"{file}, row 1 (header): the file is empty; expected a header row.")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataFileError(f"{file}, row {_row_of_error(text)}: not readable as CSV ({error}).") from None
    while not "".join(lines[-1]).strip() and len(lines[-1]) <= 1:
        lines.pop()
    header, rows = lines[0], lines[1:]
    if twice := [column for column, times in Counter(header).items() if times > 1]:
        raise DataFileError(f"{file}, row 1 (header): column {', '.join(map(reprlib.repr, twice[:5]))} more than once.")
    width = len(header)
    for row_number, row in enumerate(rows, start=2):
        if len(row) != width:
            raise DataFileError(
                f"{file}, row {row_number}: {len(row)} cells where the header has {width}"
                f" (first cell {(row[0] if row else '')[:60]!r}); look for a missing quote or comma."
            )
    if text[-1] not in "\r\n":
        raise DataFileError(
            f"{file}, row {len(lines)}: the file ends without a line end, so its last row may be cut;"
            " look at that row, then end it with a line end."
        )
    return {column: [row[place] for row in rows] for place, column in enumerate(header)}


def _row_of_error(text: str) -> int:
    """The row at which a CSV reader stops."""
    row = 1
    try:
        for row, _ in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=2):
            pass
    except csv.Error:
        pass
    return row


# --- rules ----------------------------------------------------------------------------------------


def table_of(file: str, content: bytes, columns: dict[str, Col]) -> pd.DataFrame:
    """The typed table in the bytes of a CSV file, held to its columns.

    Parameters
    ----------
    file : str
        The name by which a refusal calls it.
    content : bytes
    columns : dict of str to Col
        Column name to rule, in the order of the file.

    Returns
    -------
    DataFrame
        Typed: dates as datetime64, numbers as float (empty is NaN), flags as bool, the rest text.

    Raises
    ------
    DataFileError
        The file is misshapen or breaks a rule: file, row, column, value and rule are named.
    """
    cells = cells_of(file, content)
    _hold_header(file, list(cells), columns)
    if not next(iter(cells.values())):
        raise DataFileError(f"{file}, row 2: the table has no rows after its header.")
    _hold_cells(file, cells, columns)
    typed = {name: _typed(cells[name], col.kind) for name, col in columns.items()}
    _hold_order(file, cells, typed)
    if not any(col.unique for col in columns.values()):
        _hold_rows_apart(file, cells)
    return pd.DataFrame(typed)


def _hold_header(file: str, header: list[str], columns: dict[str, Col]) -> None:
    """Refuse a header that lacks a column or has one too many."""
    missing = [c for c in columns if c not in header]
    extra = [c for c in header if c not in columns]
    parts = [f"missing column {', '.join(missing)}"] if missing else []
    parts += [f"unknown column {', '.join(map(reprlib.repr, extra[:5]))}"] if extra else []
    if parts:
        raise DataFileError(f"{file}, row 1 (header): {'; '.join(parts)}. Expected: {', '.join(columns)}.")


def _hold_cells(file: str, cells: dict[str, list[str]], columns: dict[str, Col]) -> None:
    """Refuse the table where a cell breaks its column's rule; each different text of a column is tried once."""
    broken: list[tuple[int, str, str, str]] = []  # row, column, value, rule
    for name, col in columns.items():
        values = cells[name]
        different = set(values)
        if col.unique and len(different) < len(values):
            often = {value for value, times in Counter(values).items() if times > 1}
            broken += [(row, name, v, "each value only once") for row, v in enumerate(values, start=2) if v in often]
        if bad := {value for value in different if not col.allows(value)}:
            broken += [(row, name, v, col.rule) for row, v in enumerate(values, start=2) if v in bad]
    if broken:
        row, name, value, rule = min(broken, key=lambda place: place[:2])  # the first of two on one cell
        raise DataFileError(f"{place(file, row, name, value)}: {rule}.{_more(broken)}")


def _hold_order(file: str, cells: dict[str, list[str]], typed: dict[str, Any]) -> None:
    """Refuse the table where a low end lies above its high one, or a first day after the last."""
    broken: list[tuple[int, str, str, str]] = []
    for first, second in pairs(typed):
        if isinstance(typed[first], np.ndarray):
            wrong = np.flatnonzero(typed[first] > typed[second]).tolist()  # NaN and NaT are never above
        else:  # dates as exact as known: compared as far as both are
            both = enumerate(zip(cells[first], cells[second], strict=True))
            wrong = [row for row, (a, b) in both if a[: len(b)] > b[: len(a)]]
        broken += [(row + 2, second, cells[second][row], f"{first} is {cells[first][row]!r}") for row in wrong]
    if broken:
        row, name, value, other = min(broken)
        relation = "not before" if "-" in value else "not below"
        first = other.split(" ", 1)[0]
        raise DataFileError(f"{place(file, row, name, value)}: {relation} {first} ({other}).{_more(broken)}")


def _hold_rows_apart(file: str, cells: dict[str, list[str]]) -> None:
    """Refuse a row that stands in the table twice."""
    seen: dict[tuple[str, ...], int] = {}
    for row, values in enumerate(zip(*cells.values(), strict=True), start=2):
        if (before := seen.setdefault(values, row)) != row:
            raise DataFileError(
                f"{file}, row {row}: the whole row stands in row {before} already"
                f" (first cell {values[0]!r}); the rule: no row twice."
            )


def place(file: str, row: int, column: str, value: str) -> str:
    """How every refusal of a cell begins."""
    shown = value if len(value) <= 120 else value[:117] + "..."
    return f"{file}, row {row}, column {column!r}: value {shown!r} breaks the rule"


def _more(broken: list[Any]) -> str:
    return f" ({len(broken) - 1} more)" if len(broken) > 1 else ""


def _typed(values: list[str], kind: str) -> ExtensionArray | np.ndarray:
    """A column's texts as the type of its kind; an empty text is no date and no number."""
    if kind == "date":
        return np.array([v or "NaT" for v in values], dtype="datetime64[us]")
    if kind == "number":
        whole = all(v.isdigit() and len(v) < 19 for v in values)  # as pandas reads a column: whole numbers stay whole
        return np.array([int(v) for v in values] if whole else [float(v or "nan") for v in values])
    if kind == "flag":
        return np.array([v == "yes" for v in values], dtype=bool)
    return pd.array(values, dtype="str")


# --- what the description says --------------------------------------------------------------------


def digest(content: bytes) -> str:
    """The digest of a file as it is described: line ends, a mark before UTF-8 and blank lines at the end aside."""
    plain = content.removeprefix(_MARK).replace(b"\r\n", b"\n").rstrip(b" \t\r\n") + b"\n"
    return f"sha256:{hashlib.sha256(plain).hexdigest()}"


def cells_digest(cells: dict[str, list[str]]) -> str:
    """The digest of a file's cells, however they were quoted."""
    plain = io.StringIO(newline="")
    csv.writer(plain, lineterminator="\n").writerows([cells, *zip(*cells.values(), strict=True)])
    return digest(plain.getvalue().encode())


def row_marks(cells: dict[str, list[str]]) -> list[str]:
    """Four characters a row, which tell one row from another when a file has changed."""
    return [f"{zlib.crc32(chr(31).join(row).encode()):08x}"[:4] for row in zip(*cells.values(), strict=True)]


@lru_cache(maxsize=None)
def described(folder: Path) -> dict[str, dict[str, Any]] | None:
    """What the description in a folder says of each file, by its path there; None when the folder has none."""
    path = folder / DESCRIPTION
    if not path.exists():
        return None
    try:
        resources = json.loads(content_of(path))["resources"]
        return {r["path"]: {**r, "rows": int(r["rows"]), "rowMarks": r["rowMarks"].split()} for r in resources}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataFileError(
            f"{DESCRIPTION}: not a description of the tables ({type(error).__name__}); make it anew: {COMMAND}"
        ) from None


def hold_description(file: str, content: bytes, said: dict[str, Any] | None) -> None:
    """Refuse a file that is not the one described.

    Parameters
    ----------
    file : str
        Its path in the folder of tables.
    content : bytes
        Keeps the rules of its columns.
    said : dict or None
        Its entry of the description.

    Raises
    ------
    DataFileError
        No such entry, another number of rows or another digest: the first row that differs is named.
    """
    remedy = f"if that is meant, run: {COMMAND}"
    if said is None:
        raise DataFileError(f"{file}: the file is not described in {DESCRIPTION}; {remedy}")
    if digest(content) == said.get("hash"):
        return
    cells = cells_of(file, content)
    if cells_digest(cells) == said.get("cellsHash"):  # the same cells, with other quotes
        return
    now, then = row_marks(cells), said["rowMarks"]
    row = next((at for at, (a, b) in enumerate(zip(now, then), start=2) if a != b), min(len(now), len(then)) + 2)
    rows = f"{len(now)} rows where {said['rows']} are described" if len(now) != said["rows"] else "its digest differs"
    if row > max(len(now), len(then)) + 1:  # what changed is the header
        row = 1
    raise DataFileError(f"{file}, row {row}: the file was changed since it was described ({rows}); {remedy}")
