"""What the compute gap starts from: dials with their ranges by year, history, and chips as H100-equivalents."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.chips import model as chips
from helpers.core import chance, data
from helpers.core.limits import one_of, within
from helpers.scenario.studies.held import held

Range = tuple[float, float, float]
FIRST, LAST, NOW = 2022, 2032, 2025  # first year counted, last drawn, last counted
YEARS = tuple(range(FIRST, LAST + 1))
AHEAD = tuple(range(NOW + 1, LAST + 1))
UNITS = {"8-bit": "8-bit peak", "16-bit": "16-bit peak", "bandwidth": "memory bandwidth"}
_COLUMNS = {"8-bit": "fp8_tflops_dense", "16-bit": "fp16_bf16_tflops_dense", "bandwidth": "memory_bandwidth_gb_s"}
NEWEST, BEFORE_IT = "Rubin R200", "B200"


@cache
def _rows() -> dict[str, tuple[float, float, float, str]]:
    found = {}
    for r in data.load("gap_dials").itertuples():
        low, high = (r.central if np.isnan(end) else end for end in (r.low, r.high))
        found[r.row_id] = (float(low), float(r.central), float(high), r.shape)
    return found


def given(row_id: str) -> Range:
    """Low, central and high of a row of ``data/gap_dials.csv``; the same three times where it has no range.

    Examples
    --------
    >>> given("domestic-2030"), given("official-2025")
    ((1.0, 3.3, 12.0), (1590.0, 1590.0, 1590.0))
    """
    one_of("row_id", row_id, _rows())
    return _rows()[row_id][:3]


def drawn(row_id: str, z: ArrayLike) -> np.ndarray:
    """Values of a row for standard normal draws, in the shape that the row names.

    Parameters
    ----------
    row_id : str
    z : scalar or array, -40 to 40

    Examples
    --------
    >>> drawn("domestic-2030", [0.0, 1.6448536]).round(1).tolist(), float(drawn("rubin-8bit", 1.0))
    ([3.3, 12.0], 17500.0)
    """
    one_of("row_id", row_id, _rows())
    *ends, shape = _rows()[row_id]
    return _shaped(shape, tuple(ends), z)


def _shaped(shape: str, ends: Range, z: ArrayLike) -> np.ndarray:
    if shape == "lognormal":
        return held(z, chance.split_lognormal, *ends)
    if shape == "triangular":
        return held(z, chance.triangular, *ends)
    return np.full(np.shape(within("z", z, -40, 40)), ends[1])


@cache
def _series(dial: str) -> dict[int, tuple[Range, str]]:
    table = data.load("gap_dials")
    table = table[table["dial"] == dial]
    return {int(r.year): (given(r.row_id), r.shape) for r in table.itertuples()}


def by_year(dial: str, year: int) -> Range:
    """Low, central and high of a dial in a year: between years that are given in even steps, outside them held.

    Parameters
    ----------
    dial : str
        Of the column dial of ``data/gap_dials.csv``.
    year : int

    Examples
    --------
    >>> by_year("chip_kw", 2029)[1], by_year("life", 2030)
    (0.2, (4.0, 6.0, 9.0))
    """
    one_of("dial", dial, _dials())
    known = _series(dial)
    years = sorted(known)
    within("year", year, 1990, 2100)
    return tuple(float(np.interp(year, years, [known[y][0][end] for y in years])) for end in range(3))


@cache
def _dials() -> tuple[str, ...]:
    return tuple(dict.fromkeys(data.load("gap_dials")["dial"]))


def drawn_in(dial: str, year: int, z: ArrayLike) -> np.ndarray:
    """Values of a dial in a year for standard normal draws.

    Examples
    --------
    >>> float(drawn_in("growth", 2026, 0.0))
    1.8
    """
    ends = by_year(dial, year)
    return _shaped(next(iter(_series(dial).values()))[1], ends, z)


# --- history ------------------------------------------------------------------------------------

_MAKERS = ("sold-nvidia", "sold-google", "sold-amazon", "sold-amd")
_AT_HOME, _OPENLY = ("huawei", "cambricon"), ("legal-nvidia", "legal-amd")


def _level(names: tuple[str, ...], year: int) -> float:
    """Sum of cumulative rows at the end of a year; makers that are not there yet count nothing."""
    return sum(given(f"{name}-{year}")[1] for name in names if f"{name}-{year}" in _rows())


def world(year: int) -> float:
    """All computing sold since 2022 by the makers that Epoch counts, million H100-equivalents.

    Parameters
    ----------
    year : int, 2022 to 2025

    Examples
    --------
    >>> [round(world(year), 1) for year in (2023, 2024, 2025)]
    [1.6, 6.7, 20.3]
    """
    within("year", year, FIRST, NOW)
    return _level(_MAKERS, int(year)) + _level(_AT_HOME, int(year))


def added(what: str, year: int) -> float:
    """What one year added, by Epoch's counts, million H100-equivalents.

    Parameters
    ----------
    what : str
        "world"; "openly": sold openly to China; "at home": made by Huawei and Cambricon; "abroad": the rest, sold
        outside China, with what was smuggled later still in it.
    year : int, 2022 to 2025

    Examples
    --------
    >>> [round(added("abroad", year), 2) for year in (2022, 2023, 2024, 2025)]
    [0.27, 1.15, 4.78, 12.97]
    """
    one_of("what", what, ("world", "openly", "at home", "abroad"))
    year = int(within("year", year, FIRST, NOW))
    if what == "abroad":
        return added("world", year) - added("openly", year) - added("at home", year)
    names = {"world": _MAKERS + _AT_HOME, "openly": _OPENLY, "at home": _AT_HOME}[what]
    return _level(names, year) - (_level(names, year - 1) if year > FIRST else 0.0)


def china_counted(year: int, smuggled: bool = True) -> float:
    """Epoch's count of the computing in China at the end of a year, nothing taken off for age.

    Parameters
    ----------
    year : int, 2022 to 2025
        With smuggled chips 2024 and 2025.
    smuggled : bool

    Examples
    --------
    >>> round(china_counted(2024), 2), round(china_counted(2025), 2), round(china_counted(2025, False), 3)
    (0.66, 1.82, 1.155)
    """
    year = int(within("year", year, 2024 if smuggled else FIRST, NOW))
    return _level(_OPENLY, year) + _level(_AT_HOME, year) + (given(f"smuggled-before-{year}")[1] if smuggled else 0.0)


# --- units --------------------------------------------------------------------------------------


@cache
def equivalents(chip: str, unit: str = "8-bit") -> float:
    """A chip as a multiple of an H100, by one unit.

    Parameters
    ----------
    chip : str
        A name of ``data/chips.csv``.
    unit : str
        A key of `UNITS`.

    Examples
    --------
    >>> [round(equivalents("H20 96GB", unit), 2) for unit in UNITS], round(equivalents("Rubin R200"), 2)
    ([0.15, 0.15, 1.19], 8.84)
    """
    one_of("unit", unit, UNITS)
    one_of("chip", chip, _peaks("chip"))
    reference = _peaks(_COLUMNS[unit])[chips.REFERENCE]
    if chip == NEWEST and unit != "bandwidth":  # the table of chips leaves its peaks blank: sources differ
        return given("rubin-8bit" if unit == "8-bit" else "rubin-16bit")[1] / reference
    value = _peaks(_COLUMNS[unit])[chip]
    if unit == "8-bit" and np.isnan(value):
        value = _peaks("int8_tops_dense")[chip]
    if np.isnan(value):
        raise ValueError(f"chip = {chip!r} has no {UNITS[unit]} in data/chips.csv.")
    return float(value) / reference


@cache
def _peaks(column: str) -> dict[str, float]:
    """A column of the table of chips by name, read once."""
    table = chips.table()
    return dict(zip(table["chip"], table[column], strict=True))


def over_8_bit(chip: str, unit: str) -> float:
    """H100-equivalents by a unit for one by 8-bit peak.

    Examples
    --------
    >>> round(over_8_bit("H20 96GB", "bandwidth"), 1), over_8_bit("H20 96GB", "8-bit")
    (8.0, 1.0)
    """
    return equivalents(chip, unit) / equivalents(chip)


@cache
def mix(flow: str, year: int) -> dict[str, float]:
    """Chips that a flow of a year is made of, by shares of its 8-bit computing.

    Parameters
    ----------
    flow : str
        "outside", "domestic", "licensed" or "smuggled".
    year : int, 2022 to 2032

    Examples
    --------
    >>> mix("licensed", 2025)
    {'H20 96GB': 1.0}
    """
    one_of("flow", flow, dict.fromkeys(r.flow for r in _mixes()))
    within("year", year, FIRST, LAST)
    return {r.chip: float(r.share) for r in _mixes() if r.flow == flow and r.first_year <= year <= r.last_year}


@cache
def _mixes() -> tuple[Any, ...]:
    return tuple(data.load("gap_mix").itertuples())


def unit_factor(flow: str, year: int, unit: str, newest: ArrayLike = 0.0) -> np.ndarray:
    """What turns a flow in 8-bit H100-equivalents into another unit.

    Parameters
    ----------
    flow : str
        As in `mix`; "rented" counts as "outside".
    year : int, 2022 to 2032
    unit : str
    newest : scalar or array, -40 to 40
        Standard normal draws of the share of the newest generation in what is added outside China.

    Examples
    --------
    >>> round(float(unit_factor("licensed", 2025, "bandwidth")), 1), float(unit_factor("domestic", 2030, "8-bit"))
    (8.0, 1.0)
    """
    one_of("unit", unit, UNITS)
    one_of("flow", flow, ("outside", "domestic", "licensed", "smuggled", "rented"))
    within("year", year, FIRST, LAST)
    newest = within("newest", newest, -40, 40)
    if flow == "rented" or (flow == "smuggled" and year > NOW):
        flow = "outside"
    if flow == "outside" and year > NOW:
        share = drawn_in("newest", int(year), newest)
        return over_8_bit(BEFORE_IT, unit) * (1 - share) + over_8_bit(NEWEST, unit) * share
    total = sum(share * over_8_bit(chip, unit) for chip, share in mix(flow, int(year)).items())
    return np.full(np.shape(newest), total)
