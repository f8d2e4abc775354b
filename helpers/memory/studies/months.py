"""Two taps, one bucket: three years by month, with CXMT or without, and what Huawei's plan would need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.memory import model as memory
from helpers.memory.studies.stacks import parts
from helpers.memory.studies.values import BEFORE, CARD, LAYERS, STACK, counted, equivalents, gb_of, given

FIRST_YEAR, YEARS = 2025, 3
CHIPS = (BEFORE, CARD, "Ascend 950DT")  # that may be made from the last year on
HOME = {"none": "nothing from home", "analyst": "an analyst’s count"}
CASES = (*HOME, "plan")
_NAMES = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Months:
    """Three years by month.

    Attributes
    ----------
    chips, computing : list of float
        Good chips made, and the same in H100-equivalents at 8 bits.
    by_dies : list of float
        H100-equivalents that the month's own dies would allow, if memory were free.
    stock : list of float
        Million GB at the start, then at the end of each month.
    waiting : list of float
        Good dies that wait, likewise.
    binds : list of str
        What sets the pace of each month: dies, memory or packaging.
    turn : int or None
        The first month, from 0, in which memory does.
    home : float
        Million GB a year that come from home once volume has begun.
    came, used, asked : list of float
        Million GB of each month: from home, put into chips, and what the month's own dies could take.
    """

    chips: list[float]
    computing: list[float]
    by_dies: list[float]
    stock: list[float]
    waiting: list[float]
    binds: list[str]
    turn: int | None
    home: float
    came: list[float]
    used: list[float]
    asked: list[float]

    def year(self, number: int) -> float:
        """H100-equivalents of a year, 0 for the first."""
        return sum(self.computing[12 * number : 12 * number + 12])

    def memory_months(self) -> int:
        """Months in which memory sets the pace."""
        return sum(what == "memory" for what in self.binds)


def month_name(number: int) -> str:
    """A month by its number from January 2025 on.

    Parameters
    ----------
    number : int
        0 is January 2025.

    Examples
    --------
    >>> month_name(0), month_name(22)
    ('January 2025', 'November 2026')
    """
    number = int(within("number", number, 0, 1199))
    return f"{_NAMES[number % 12]} {FIRST_YEAR + number // 12}"


def home_gb(home: str, layer_yield: float | None = None) -> float:
    """Gigabytes a year from home, in millions, once volume has begun, at another yield of a layer.

    Parameters
    ----------
    home : str
        A key of `HOME`: none; analyst (2 million stacks of CXMT).
    layer_yield : float, 0.5 to 1, optional
        As the back end in print implies, unless given.

    Examples
    --------
    >>> round(home_gb("analyst")), round(home_gb("analyst", 0.99), 1)
    (32, 42.2)
    """
    one_of("home", home, HOME)
    count = counted("cxmt-hbm-01") * gb_of(STACK) if home == "analyst" else 0.0
    if layer_yield is None:
        return count / 1e6
    within("layer_yield", layer_yield, 0.5, 1)
    return count / 1e6 * float(memory.stack_yield(layer_yield, LAYERS)) / parts().back


@cache
def _began(input_id: str) -> int:
    """The month, from January 2025, that a row of ``data/memory_supply.csv`` is of."""
    year, month = data.load("memory_supply").set_index("input_id").loc[input_id, "period"].split("-")
    return 12 * (int(year) - FIRST_YEAR) + int(month) - 1


def opened(count: int) -> list[float]:
    """Share of CXMT's rate of volume in each month from January 2025: none, then trial production, then volume.

    Parameters
    ----------
    count : int, 1 to 180
        Months.

    Examples
    --------
    >>> opened(25)[18:]
    [0.0, 0.0, 0.1, 0.1, 0.1, 0.1, 1.0]
    """
    count = int(within("count", count, 1, 180))
    trial, volume = _began("cxmt-trial"), _began("cxmt-volume")
    at = np.arange(count)
    return np.select([at >= volume, at >= trial], [given("cxmt-volume")[1], given("cxmt-trial")[1]], 0.0).tolist()


def need_gb() -> float:
    """Million GB a year that Huawei's plan for the Ascend 950PR takes: what has to be supplied, not what is.

    Examples
    --------
    >>> round(need_gb())
    84
    """
    return given("plan-950pr-2026")[1] * gb_of(CARD) / 1e6


def dies_of_2025() -> float:
    """Good dies that went into the chips of 2025, by Epoch's count: two a 910C, one a 910B.

    Examples
    --------
    >>> dies_of_2025()
    1400000.0
    """
    return 2 * given("made-910c-2025")[1] + given("made-910b-2025")[1]


def months(
    home: str = "analyst",
    layer_yield: float | None = None,
    chip: str = BEFORE,
    stock_m: float | None = None,
    packaged: float = 1.0,
    years: int = YEARS,
) -> Months:
    """The balance of memory from January 2025 on, by month.

    Parameters
    ----------
    home : str
        A key of `HOME`.
    layer_yield : float, 0.5 to 1, optional
        As in `home_gb`.
    chip : str
        Made from the third year on: one of `CHIPS`; a 910C before.
    stock_m : float, 0 to 4,000, optional
        Million GB in stock in January 2025; our central 180 unless given.
    packaged : float, 0 to 1
        Packages that come out good.
    years : int, 1 to 10

    Returns
    -------
    Months

    Examples
    --------
    >>> [month_name(months(home).turn) for home in HOME]
    ['November 2026', 'November 2026']
    """
    one_of("chip", chip, CHIPS)
    years = int(within("years", years, 1, 10))
    stock = given("stock-2025")[1] if stock_m is None else within("stock_m", stock_m, 0, 4000)
    return _months(home, layer_yield, chip, float(stock), packaged, years)


@lru_cache(maxsize=64)
def _months(home: str, layer_yield: float | None, chip: str, stock: float, packaged: float, years: int) -> Months:
    made = [BEFORE if year < 2 else chip for year in range(years)]
    flow = home_gb(home, layer_yield)
    logic = [dies_of_2025() if year == 0 else counted("ascend-production-07") for year in range(years)]
    each, share = np.repeat([gb_of(name) for name in made], memory.MONTHS) / 1e6, opened(memory.MONTHS * years)
    found = memory.balance(
        stock * 1e6,
        flow * 1e6,
        [logic],
        [[gb_of(name) for name in made]],
        package_yield=within("packaged", packaged, 0, 1),
        home_open=share,
    )
    worth = np.repeat([equivalents(name) for name in made], memory.MONTHS)
    found = memory.Balance(*(part[0] for part in found))
    binds = [memory.BINDING[code] for code in found.binding]
    by_dies = np.repeat(logic, memory.MONTHS) / memory.MONTHS / 2
    return Months(
        found.chips.tolist(),
        (found.chips * worth).tolist(),
        (by_dies * packaged * worth).tolist(),
        (found.stock_gb / 1e6).tolist(),
        found.waiting_dies.tolist(),
        binds,
        binds.index("memory") if "memory" in binds else None,
        flow,
        (flow / memory.MONTHS * np.array(share)).tolist(),
        (found.started * each).tolist(),
        (by_dies * each).tolist(),
    )


def early_turn() -> int:
    """The month, from January 2025, in which the stock would end had the analyst's flow run from January 2026 on.

    Returns
    -------
    int

    Notes
    -----
    910C are made, of 1.6 million dies a year; the stock is our central one of January 2026.

    Examples
    --------
    >>> month_name(early_turn())
    'April 2027'
    """
    use = counted("ascend-production-07") / 2 * gb_of(BEFORE)
    return memory.MONTHS + int(memory.runs_out(1e6 * given("stock-2026")[1], 1e6 * home_gb("analyst"), use))


@dataclass(frozen=True)
class Needs:
    """What Huawei's plan would take, month by month, in million GB.

    Attributes
    ----------
    asked : list of float
        Put into chips: in 2025 as made, from 2026 as planned.
    from_stock, from_home : list of float
        What the stock covers, and what would have to come from elsewhere for the plan to be met.
    turn : int or None
        The first month, from 0, in which the stock does not cover all.
    """

    asked: list[float]
    from_stock: list[float]
    from_home: list[float]
    turn: int | None

    def missing(self, first: int = 1, last: int = YEARS - 1) -> float:
        """Million GB that would have to come from elsewhere in these years, 0 being the first."""
        return sum(self.from_home[12 * first : 12 * last + 12])


def needs(stock_m: float | None = None, years: int = YEARS) -> Needs:
    """Huawei's plan of 750,000 Ascend 950PR a year from 2026 on, as a need; the stock serves first.

    Parameters
    ----------
    stock_m : float, 0 to 4,000, optional
        As in `months`.
    years : int, 1 to 10

    Returns
    -------
    Needs

    Notes
    -----
    The plan is for 2026; we hold its level. That any memory of the stock goes into a 950PR flatters the plan: Huawei
    calls the memory of the 950 its own.

    Examples
    --------
    >>> plan = needs()
    >>> month_name(plan.turn), round(plan.missing())
    ('January 2027', 78)
    """
    years = int(within("years", years, 1, 10))
    left = given("stock-2025")[1] if stock_m is None else float(within("stock_m", stock_m, 0, 4000))
    made = dies_of_2025() / 2 * gb_of(BEFORE) / 1e6
    asked = np.repeat([made, *[need_gb()] * (years - 1)], memory.MONTHS) / memory.MONTHS
    before = np.concatenate([[0.0], np.cumsum(asked)[:-1]])
    covered = np.clip(left - before, 0, asked)
    short = np.flatnonzero(asked - covered > 1e-9)
    return Needs(asked.tolist(), covered.tolist(), (asked - covered).tolist(), int(short[0]) if short.size else None)


def turns(case: str = "analyst") -> tuple[int | None, int | None]:
    """The first month in which memory runs short, at the lowest and the highest stock of January 2025.

    Parameters
    ----------
    case : str
        One of `CASES`: none or analyst, as in `months`; plan, as in `needs`.

    Examples
    --------
    >>> [[month_name(turn) for turn in turns(case)] for case in ("analyst", "plan")]
    [['March 2026', 'December 2026'], ['March 2026', 'March 2027']]
    """
    return _turns(one_of("case", case, CASES))


@cache
def _turns(case: str) -> tuple[int | None, int | None]:
    low, _, high = given("stock-2025")
    found = [needs(stock) if case == "plan" else months(case, stock_m=stock) for stock in (low, high)]
    return found[0].turn, found[1].turn


def span(case: str = "analyst") -> str:
    """The months of `turns`, in words.

    Parameters
    ----------
    case : str
        As in `turns`.

    Examples
    --------
    >>> span(), span("plan")
    ('March to December 2026', 'March 2026 to March 2027')
    """
    ends = [None if turn is None else month_name(turn) for turn in turns(case)]
    first, last = (end or "after these years" for end in ends)
    if first == last:
        return first
    return f"{first.split()[0] if first[-4:] == last[-4:] else first} to {last}"
