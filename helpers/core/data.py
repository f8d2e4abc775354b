"""Read, check and cite the course's tables. Nothing else in the course reads a data file.

Every table is a CSV file in ``data/``. ``load("events")`` reads it, holds every cell to the
rule of its column (listed in `helpers.core.tables`), and returns a typed data frame. A file that
breaks a rule is refused whole, with file, row, column, value and rule (`helpers.core.reading`);
so is one that is not the file described in ``datapackage.json`` (`helpers.core.describe`).

``cite("fr-2022-21658")`` turns a source id into a citation that a notebook can print.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.core import reading, safe
from helpers.core.limits import listed_names, shown
from helpers.core.reading import DataFileError
from helpers.core.tables import TABLES, Col

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data"


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
    return reading.table_of(path.name, reading.content_of(path), columns)


def table_of(name: str, content: bytes, folder: str | Path = FOLDER, *, described: bool = True) -> pd.DataFrame:
    """The table that a file of these bytes would be in a folder of tables.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    content : bytes
        Of the CSV file.
    folder : str or Path, optional
        Holds the tables it refers to and, if there is one, the description (``datapackage.json``).
    described : bool
        Whether it must be the file that is described.

    Returns
    -------
    DataFrame
        Typed, as `load` gives it.

    Raises
    ------
    DataFileError
        It breaks a rule, names what is not there, or is not the file described.
    """
    file, folder, columns = f"{name}.csv", Path(folder), TABLES[name]
    frame = reading.table_of(file, content, columns)
    for column, col in columns.items():
        if col.refers_to is None:
            continue
        keys, found = _keys(col.refers_to, folder, described), frame[column].tolist()
        if set(" ".join(found).split() if col.many else found) <= keys:
            continue
        for row, cell in enumerate(found, start=2):
            for value in cell.split() if col.many else [cell]:
                if value not in keys:
                    raise DataFileError(f"{reading.place(file, row, column, value)}: a key of {col.refers_to}.csv.")
    said = reading.described(folder) if described else None
    if said is not None:
        reading.hold_description(file, content, said.get(file))
    elif described and folder == FOLDER:
        raise DataFileError(f"{reading.DESCRIPTION}: missing from data/; make it anew: {reading.COMMAND}")
    return frame


@lru_cache(maxsize=None)
def _load_once(name: str, folder: Path, described: bool = True) -> pd.DataFrame:
    return table_of(name, reading.content_of(folder / f"{name}.csv"), folder, described=described)


@lru_cache(maxsize=None)
def _keys(name: str, folder: Path, described: bool) -> frozenset[str]:
    """The keys of a table, and the empty text of a cell that names none."""
    return frozenset(["", *_load_once(name, folder, described).iloc[:, 0].tolist()])


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
        The file, or a file it refers to, breaks a rule, or is not the file described there.

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
        publisher, ending = safe.as_markdown(row.publisher), safe.as_markdown(f"{row.published}{via}")
        linked.append(f"- {publisher}, {safe.link(row.title, row.url)}, {ending}")
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
