"""The chain from sand to answer: its stations, the gates beside it, the claims along it; and the routes of the course."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers.core import data
from helpers.core.limits import guard

ROAD = "road"  # of the stations, the one that is none: claims about the whole road
FIRST, LAST = "00_start_here", "90_verdicts"  # of every route


@dataclass(frozen=True)
class Gate:
    """A gate between the road abroad and the road in China, as of the end of the record.

    Attributes
    ----------
    gate_id, before : str
        Key; the station that the goods reach behind it.
    government, goods, state, note : str
        Who set it, what crosses there, how it stands (`tables.vocabulary.GATE_STATES`), what that leaves out.
    claims, sources : tuple of str
        The claims that stand at it; keys of ``data/sources.csv``.
    confidence : str
    """

    gate_id: str
    before: str
    government: str
    goods: str
    state: str
    note: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Station:
    """A station of the chain.

    Attributes
    ----------
    station_id, name, title, does, note : str
    claims : tuple of str
        Those that stand at the station itself.
    gates : tuple of Gate
        Those before it, with claims of their own.
    words : tuple of (term, meaning)
    notebooks : tuple of str
        Those of this edition that treat it.
    """

    station_id: str
    name: str
    title: str
    does: str
    note: str
    claims: tuple[str, ...]
    gates: tuple[Gate, ...]
    words: tuple[tuple[str, str], ...]
    notebooks: tuple[str, ...]

    def all_claims(self) -> list[str]:
        """The claims at the station and at the gates before it, in the order of the thread."""
        return sorted([*self.claims, *(claim for gate in self.gates for claim in gate.claims)])

    def all_notebooks(self) -> list[str]:
        """The notebooks of the station, and those that judge a claim at a gate before it, in the order of the course."""
        decided = data.load("claims").set_index("claim_id")["decided_in"]
        return sorted({*self.notebooks, *(decided[claim] for gate in self.gates for claim in gate.claims)})


def _here() -> pd.DataFrame:
    """The notebooks of this edition."""
    course = data.load("course_map").set_index("notebook")
    return course[course["edition"] == "here"]


@cache
def gates() -> tuple[Gate, ...]:
    """All gates, in the order of the chain.

    Returns
    -------
    tuple of Gate
        Source: ``data/chain_gates.csv``.
    """
    return tuple(
        Gate(
            row.gate_id,
            row.before,
            row.government,
            row.goods,
            row.state,
            row.note,
            tuple(row.claim_ids.split()),
            tuple(filter(None, (row.source_id, row.second_source_id))),
            row.confidence,
        )
        for row in data.load("chain_gates").itertuples()
    )


@cache
def stations() -> dict[str, Station]:
    """The stations in order, the whole road last.

    Returns
    -------
    dict of str to Station
        Source: ``data/chain_stations.csv``, ``chain_words.csv`` and ``chain_gates.csv``.

    Examples
    --------
    >>> [station.name for station in stations().values()][:3], stations()["dies"].claims
    (['Light, masks', 'Wafer fab', 'Dies, stacks'], ('S12', 'S15', 'S16'))
    """
    meanings = data.load("glossary").set_index("term")["meaning"]
    words = data.load("chain_words").groupby("station_id")["term"].apply(list)
    here = set(_here().index)
    return {
        row.station_id: Station(
            row.station_id,
            row.name,
            row.title,
            row.does,
            row.note,
            tuple(row.claim_ids.split()),
            tuple(gate for gate in gates() if gate.before == row.station_id),
            tuple((term, meanings[term]) for term in words.get(row.station_id, [])),
            tuple(name for name in row.notebooks.split() if name in here),
        )
        for row in data.load("chain_stations").itertuples(index=False)
    }


@dataclass(frozen=True)
class AlongTheChain:
    """How many claims there are, stand at a gate, at the gates that chips pass, and at no station."""

    claims: int
    at_gates: int
    at_chips: int
    of_road: int


def along_the_chain() -> AlongTheChain:
    """Where the claims stand, counted.

    Returns
    -------
    AlongTheChain

    Examples
    --------
    >>> along_the_chain().claims
    38
    """
    at = {gate.gate_id: len(gate.claims) for gate in gates()}
    chips = sum(len(gate.claims) for gate in gates() if gate.goods == "chips")
    return AlongTheChain(len(data.load("claims")), sum(at.values()), chips, len(stations()[ROAD].claims))


def server_chips(system: str = "HGX H100 (8 GPU)") -> int:
    """AI chips of a server.

    Parameters
    ----------
    system : str
        A key of ``data/systems.csv``.

    Returns
    -------
    int

    Raises
    ------
    KeyError
        No such system.

    Examples
    --------
    >>> server_chips()
    8
    """
    counts = data.load("systems").set_index("system")["accelerator_count"]
    if system not in counts.index:
        raise KeyError(f"system {system!r} is not a system of data/systems.csv.")
    return int(counts[system])


def judged() -> tuple[int, int]:
    """Claims that this edition judges, and the notebooks in which it does.

    Returns
    -------
    tuple of int
        Claims with a verdict whose `decided_in` is a notebook of this edition; those notebooks.
    """
    claims = data.load("claims")
    mine = claims[(claims["verdict"] != "") & claims["decided_in"].isin(_here().index)]
    return len(mine), mine["decided_in"].nunique()


def words_with(typed: str = "") -> pd.DataFrame:
    """Terms of the glossary that hold some letters, in the term or in its meaning.

    Parameters
    ----------
    typed : str, optional
        Letters, large or small; all terms, if empty.

    Returns
    -------
    DataFrame
        ``data/glossary.csv``: term, meaning, met_in; terms that begin with the letters first, then those that hold them.

    Raises
    ------
    ValueError
        Not a text.

    Examples
    --------
    >>> words_with("hbm")["term"].tolist()[:1]
    ['HBM']
    """
    table, letters = data.load("glossary"), typed.strip().casefold()
    terms, meanings = (table[column].str.casefold() for column in ("term", "meaning"))
    rank = pd.Series(3, index=table.index)
    rank[meanings.str.contains(letters, regex=False)] = 2
    rank[terms.str.contains(letters, regex=False)] = 1
    rank[terms.str.startswith(letters)] = 0
    return table.assign(rank=rank).query("rank < 3").sort_values("rank", kind="stable").drop(columns="rank")


@dataclass(frozen=True)
class Route:
    """A way through the course: for whom, why, and its notebooks of this edition with their minutes."""

    reader: str
    why: str
    notebooks: tuple[tuple[str, int], ...]

    def hours(self) -> float:
        """How long it takes, exercises included."""
        return sum(minutes for _, minutes in self.notebooks) / 60


def routes() -> list[Route]:
    """The ways through the course, each from the first to the last notebook, over notebooks that exist.

    Returns
    -------
    list of Route
        Source: ``data/course_routes.csv`` and ``data/course_map.csv``.

    Examples
    --------
    >>> routes()[0].notebooks[0][0], routes()[0].notebooks[-1][0]
    ('00_start_here', '90_verdicts')
    """
    minutes = _here()["minutes"].astype(int)
    return [
        Route(
            row.reader,
            row.why,
            tuple((name, int(minutes[name])) for name in (FIRST, *row.notebooks.split(), LAST) if name in minutes),
        )
        for row in data.load("course_routes").itertuples()
    ]


guard(globals())
