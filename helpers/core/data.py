"""Read, check and cite the course's tables. Nothing else in the course reads a data file.

Every table is a CSV file in ``data/``. ``load("events")`` reads it, holds every cell to the
rule of its column (listed in `helpers.core.tables`), and returns a typed data frame. A file that
breaks a rule is refused whole, with file, row, column, value and rule.

``cite("fr-2022-21658")`` turns a source id into a citation that a notebook can print.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from helpers.core.limits import listed_names, shown
from helpers.core.tables import TABLES, Col

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data"


class DataFileError(ValueError):
    """A data file breaks a rule. The message names file, row, column, value and rule."""


def _read_cells(path: Path) -> dict[str, list[str]]:
    """The file's text cells by column, refused when its shape is wrong."""
    name = path.name
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = list(csv.reader(handle, strict=True))
    except FileNotFoundError:
        raise DataFileError(
            f"{name}: the file is missing from {path.parent.name}/ (looked in folder {path.parent})."
        ) from None
    except OSError as error:
        raise DataFileError(f"{name}: the file cannot be read ({error.strerror or error}).") from None
    except UnicodeDecodeError as error:
        raise DataFileError(f"{name}: not UTF-8 text at byte {error.start}; save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise DataFileError(f"{name}: not readable as CSV ({error}).") from None
    if not lines:
        raise DataFileError(f"{name}: the file is empty; expected a header row.")
    header, rows = lines[0], lines[1:]
    for row_number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise DataFileError(
                f"{name}, row {row_number}: {len(row)} cells where the header has {len(header)}"
                f" (first cell {row[0] if row else ''!r}); look for a missing quote or comma."
            )
    if twice := [column for column, times in Counter(header).items() if times > 1]:
        raise DataFileError(f"{name}, row 1 (header): column {', '.join(map(repr, twice))} more than once.")
    return {column: [row[place] for row in rows] for place, column in enumerate(header)}


def read_table(path: str | Path, columns: dict[str, Col]) -> pd.DataFrame:
    """Read one CSV file and hold it to its columns.

    Parameters
    ----------
    path : str or Path
        The CSV file (UTF-8, one header row).
    columns : dict of str to Col
        Column name to rule, in the order of the file.

    Returns
    -------
    DataFrame
        Typed: dates as datetime64, numbers as float (empty is NaN), flags as bool, the rest text.

    Raises
    ------
    DataFileError
        The file is missing, misshapen or breaks a rule: file, row, column, value and rule are named.
        Rows are counted as a spreadsheet shows them: the header is row 1.
    """
    path = Path(path)
    cells = _read_cells(path)
    _hold_header(path.name, list(cells), columns)
    _hold_cells(path.name, cells, columns)
    return pd.DataFrame({name: _typed(cells[name], col.kind) for name, col in columns.items()})


def _hold_header(file: str, header: list[str], columns: dict[str, Col]) -> None:
    """Refuse a header that lacks a column or has one too many."""
    missing = [c for c in columns if c not in header]
    extra = [c for c in header if c not in columns]
    parts = [f"missing column {', '.join(missing)}"] if missing else []
    parts += [f"unknown column {', '.join(map(repr, extra))}"] if extra else []
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
        more = f" ({len(broken) - 1} more)" if len(broken) > 1 else ""
        raise DataFileError(f"{file}, row {row}, column {name!r}: value {value!r} breaks the rule: {rule}.{more}")


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


@lru_cache(maxsize=None)
def _load_once(name: str, folder: Path) -> pd.DataFrame:
    columns = TABLES[name]
    frame = read_table(folder / f"{name}.csv", columns)
    for column, col in columns.items():
        if col.refers_to is None:
            continue
        keys = {"", *_load_once(col.refers_to, folder).iloc[:, 0].tolist()}
        for row, cell in enumerate(frame[column].tolist(), start=2):
            for value in cell.split() if col.many else [cell]:
                if value not in keys:
                    raise DataFileError(
                        f"{name}.csv, row {row}, column {column!r}: value {value!r} breaks"
                        f" the rule: a key of {col.refers_to}.csv."
                    )
    return frame


def load(name: str, folder: str | Path = FOLDER) -> pd.DataFrame:
    """Load one of the course's tables, checked and typed.

    Parameters
    ----------
    name : str
        A key of `TABLES`, for instance ``"events"``.
    folder : str or Path, optional
        Where the CSV files are; the course's own ``data/`` by default.

    Returns
    -------
    DataFrame
        A fresh copy: changing it changes nothing for others.

    Raises
    ------
    KeyError
        No such table.
    DataFileError
        The file, or a file it refers to, breaks a rule.

    Examples
    --------
    >>> load("claims").shape[0]
    38
    """
    if not isinstance(name, str) or name not in TABLES:
        raise KeyError(f"no table {shown(name)}; the tables are {listed_names(TABLES, name)}: give one as name.")
    if not isinstance(folder, (str, Path)) or len(str(folder)) > 1000:
        raise ValueError(f"folder = {shown(folder)} is not a path of at most 1,000 letters.")
    return _load_once(name, Path(folder)).copy()


# --- citations ----------------------------------------------------------------------------------


class Citation(str):
    """A citation: prints as text, shows as a link in a notebook."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown


def cite(*ids: str) -> Citation:
    """Cite sources, or the sources of events and claims, by id.

    Parameters
    ----------
    *ids : str
        Keys of ``sources.csv``, ``events.csv`` or ``claims.csv``.

    Returns
    -------
    Citation
        One line a source: publisher, title, date, link, and who relays it where it is a copy.

    Raises
    ------
    KeyError
        An id that is none of these.

    Examples
    --------
    >>> cite("bis-oct-2022").startswith("Bureau of Industry and Security")
    True
    """
    sources = load("sources").set_index("source_id")
    found: list[str] = []
    for given in ids:
        if not isinstance(given, str):
            raise KeyError(f"{shown(given)} is no source, event or claim id; see data/sources.csv")
        if given in sources.index:
            found.append(given)
            continue
        for table, key in (("events", "event_id"), ("claims", "claim_id")):
            rows = load(table).set_index(key)
            if given in rows.index:
                found += [s for s in rows.loc[given, ["source_id", "second_source_id"]] if s]
                break
        else:
            raise KeyError(f"{shown(given)} is no source, event or claim id; see data/sources.csv")
    plain, linked = [], []
    for source_id in dict.fromkeys(found):
        row = sources.loc[source_id]
        via = provenance_words(row)
        plain.append(f"{row.publisher}, “{row.title}”, {row.published}{via}. {row.url}")
        linked.append(f"- {row.publisher}, [{row.title}]({row.url}), {row.published}{via}")
    citation = Citation("\n".join(plain))
    citation.markdown = "\n".join(linked)
    return citation


def provenance_words(source: pd.Series) -> str:
    """How we know a source: who relays it, and whether we read the page itself. Begins with a space, or empty."""
    words = [f"copy on {source.relayed_by}"] if source.relayed_by else []
    if not source.accessed:
        words.append("page not opened by us, known from quotation")
    return f" ({'; '.join(words)})" if words else ""


def record_ends(folder: str | Path = FOLDER) -> dict[str, str]:
    """Where the record of events stops: newest event that occurred, newest source, last day its sources were read.

    Parameters
    ----------
    folder : str or Path, optional
        Where the CSV files are; the course's own ``data/`` by default.

    Returns
    -------
    dict
        ``newest_event`` and ``last_checked`` (ISO dates), ``newest_source`` (as exact as published).
    """
    events, sources = load("events", folder), load("sources", folder)
    of_events = sources["source_id"].isin(
        " ".join(events[["source_id", "second_source_id"]].to_numpy().ravel()).split()
    )
    return {
        "newest_event": f"{events.loc[events.status == 'occurred', 'date'].max():%Y-%m-%d}",
        "newest_source": sources["published"].max(),
        "last_checked": sources.loc[of_events, "accessed"].max(),
    }
