"""The tables of ``data/rules/``, ready for looking up: the book of rules, and what holds between two days of change."""

from __future__ import annotations

import math
import operator
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.core import data

# Column of thresholds.csv -> quantity, comparison, words, unit. The numbers are in the table.
TESTS = {
    "tpp_ge": ("tpp", operator.ge, "TPP, at least", ""),
    "tpp_gt": ("tpp", operator.gt, "TPP, more than", ""),
    "tpp_lt": ("tpp", operator.lt, "TPP, less than", ""),
    "pd_ge": ("performance_density", operator.ge, "performance density, at least", "TPP per mm2"),
    "pd_lt": ("performance_density", operator.lt, "performance density, less than", "TPP per mm2"),
    "io_ge_gb_s": ("io_gb_s", operator.ge, "transfer rate, at least", "GB/s"),
    "dram_ge_gb_s": ("dram_bw_gb_s", operator.ge, "DRAM bandwidth, at least", "GB/s"),
    "dram_gt_gb_s": ("dram_bw_gb_s", operator.gt, "DRAM bandwidth, more than", "GB/s"),
    "dram_lt_gb_s": ("dram_bw_gb_s", operator.lt, "DRAM bandwidth, less than", "GB/s"),
    "dram_plus_io_ge_gb_s": ("dram_plus_io_gb_s", operator.ge, "DRAM bandwidth plus transfer rate, at least", "GB/s"),
    "mbd_gt_gb_s_per_mm2": ("hbm_mbd_gb_s_per_mm2", operator.gt, "memory bandwidth density, more than", "GB/s per mm2"),
    "mbd_lt_gb_s_per_mm2": ("hbm_mbd_gb_s_per_mm2", operator.lt, "memory bandwidth density, less than", "GB/s per mm2"),
}
NEEDED = {
    "tpp": "the total processing performance (tpp, or dense_tops with bit_length)",
    "performance_density": "the applicable die area (die_area_mm2)",
    "no density": "a performance density: no die is on a non-planar process (die_area_mm2 is 0), and the text does not say what follows",
    "io_gb_s": "the whole transfer rate other than to memory (io_gb_s)",
    "dram_bw_gb_s": "the DRAM bandwidth (dram_bw_gb_s)",
    "dram_plus_io_gb_s": "the DRAM bandwidth and transfer rate (dram_bw_gb_s, io_gb_s)",
    "hbm_mbd_gb_s_per_mm2": "the memory bandwidth density of the stack (hbm_mbd_gb_s_per_mm2)",
    "datacenter": "whether the item is designed or marketed for data centres (datacenter)",
}


@dataclass(frozen=True)
class Word:
    group: str
    strictness: float
    meaning: str
    plain: str


@lru_cache(maxsize=None)
def vocabulary(field: str) -> dict[str, Word]:
    table = data.load("rules/vocabulary")
    return {
        row.word: Word(row.group, row.strictness, row.meaning, row.word.replace("_", " "))
        for row in table[table["field"] == field].itertuples()
    }


class Row:
    """A row of thresholds, policies or scopes with its dates as day numbers and its lists split."""

    def __init__(self, row: Any, first: str, last: str) -> None:
        self.__dict__.update(row._asdict())
        self.first = getattr(row, first).toordinal()
        end = getattr(row, last)
        self.last = date.max.toordinal() if pd.isna(end) else end.toordinal()


def rows_of(table: str, first: str = "effective_from", last: str = "effective_to") -> list[Any]:
    return [Row(row, first, last) for row in data.load(table).itertuples(index=False)]


@dataclass(frozen=True)
class Book:
    """All tables of ``data/rules/``, and the days on which any of them changes."""

    versions: dict[str, Any]
    thresholds: list[Any]
    policies: list[Any]
    statuses: list[Any]
    scopes: list[Any]
    turns: list[int]
    begins: int
    horizon: int
    ends: int


@lru_cache(maxsize=1)
def rule_book() -> Book:
    versions = {row.version_id: row for row in rows_of("rules/versions")}
    thresholds, policies = rows_of("rules/thresholds"), rows_of("rules/policies")
    for row in thresholds:
        row.tests = [
            (column, quantity, compare, words, unit, getattr(row, column))
            for column, (quantity, compare, words, unit) in TESTS.items()
            if not math.isnan(getattr(row, column))
        ]
        row.names = [part for part in row.products.split(";") if part]
        row.bound = [part for part in row.exporters.split(";") if part]
        row.memory = any(quantity.startswith("hbm") for _, quantity, *_ in row.tests)
    for row in policies:
        row.of, row.where = frozenset(row.paragraphs.split()), frozenset(row.scope.split())
    policies.sort(key=lambda row: row.order)
    statuses = rows_of("rules/statuses")
    scopes = rows_of("rules/scopes", "valid_from", "valid_to")
    settings = data.load("rules/settings").set_index("setting")["value"]
    begins, horizon, ends = (settings[key].toordinal() for key in ("record_begins", "evidence_horizon", "last_day"))
    dated = [*versions.values(), *thresholds, *policies, *statuses, *scopes]
    turns = {begins} | {row.first for row in dated} | {row.last + 1 for row in dated if row.last < date.max.toordinal()}
    turns = {turn for turn in turns if begins <= turn <= ends}
    return Book(versions, thresholds, policies, statuses, scopes, sorted(turns), begins, horizon, ends)


@dataclass(frozen=True)
class Regime:
    """What holds between two days on which anything changes."""

    items: list[Any]
    letters: list[Any]
    guidance: list[Any]
    tariffs: list[Any]
    foundries: list[Any]
    limits: dict[str, Any]
    policies: list[Any]
    statuses: dict[str, Any]
    versions: dict[str, Any]
    scopes: dict[str, frozenset[str]]


@lru_cache(maxsize=None)
def regime_at(turn: int) -> Regime:
    book = rule_book()

    def active(rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if row.first <= turn <= row.last]

    by_role: dict[str, list[Any]] = {}
    for row in active(book.thresholds):
        by_role.setdefault(row.role, []).append(row)
    scopes: dict[str, set[str]] = {}
    for row in active(book.scopes):
        scopes.setdefault(row.iso2, {"ANY"}).add(row.scope)
    return Regime(
        items=by_role.get("item", []),
        letters=by_role.get("letter", []),
        guidance=by_role.get("guidance", []),
        tariffs=by_role.get("tariff", []),
        foundries=by_role.get("foundry", []),
        limits={row.threshold_id: row for row in by_role.get("limit", [])},
        policies=active(book.policies),
        statuses={row.chip: row for row in active(book.statuses)},
        versions={row.version_id: row for row in active(book.versions.values())},
        scopes={iso2: frozenset(codes) for iso2, codes in scopes.items()},
    )


def regime_on(day: int) -> Regime:
    turns = rule_book().turns
    return regime_at(turns[bisect_right(turns, day) - 1])
