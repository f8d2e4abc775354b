"""Two taps, one bucket: three years by month, with CXMT or without, by an analyst's count and by Huawei's plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.core.limits import one_of, within
from helpers.memory import model as memory
from helpers.memory.studies.stacks import parts
from helpers.memory.studies.values import BEFORE, CARD, LAYERS, STACK, counted, equivalents, gb_of, given

FIRST_YEAR, YEARS = 2025, 3
CHIPS = (BEFORE, CARD, "Ascend 950DT")  # that may be made from the last year on
HOME = {"none": "nothing from home", "analyst": "an analyst’s count", "plan": "what Huawei’s plan implies"}
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
        Million GB a year that come from home from 2026 on.
    """

    chips: list[float]
    computing: list[float]
    by_dies: list[float]
    stock: list[float]
    waiting: list[float]
    binds: list[str]
    turn: int | None
    home: float

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
    """Gigabytes a year from home, in millions, as counted or planned, at another yield of a layer.

    Parameters
    ----------
    home : str
        A key of `HOME`: none; analyst (2 million stacks of CXMT); plan (memory of 750,000 Ascend 950PR).
    layer_yield : float, 0.5 to 1, optional
        As the back end in print implies, unless given.

    Examples
    --------
    >>> round(home_gb("analyst")), round(home_gb("plan")), round(home_gb("analyst", 0.99), 1)
    (32, 84, 42.2)
    """
    one_of("home", home, HOME)
    counts = {
        "none": 0.0,
        "analyst": counted("cxmt-hbm-01") * gb_of(STACK),
        "plan": given("plan-950pr-2026")[1] * gb_of(CARD),
    }
    if layer_yield is None:
        return counts[home] / 1e6
    within("layer_yield", layer_yield, 0.5, 1)
    return counts[home] / 1e6 * float(memory.stack_yield(layer_yield, LAYERS)) / parts().back


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
        Million GB in stock in January 2025; our central 150 unless given.
    packaged : float, 0 to 1
        Packages that come out good.
    years : int, 1 to 10

    Returns
    -------
    Months

    Examples
    --------
    >>> [month_name(months(home).turn) if months(home).turn else None for home in HOME]
    ['August 2026', 'November 2026', None]
    """
    one_of("chip", chip, CHIPS)
    years = int(within("years", years, 1, 10))
    stock = given("stock-2025")[1] if stock_m is None else within("stock_m", stock_m, 0, 4000)
    made = [BEFORE if year < 2 else chip for year in range(years)]
    flow = home_gb(home, layer_yield)
    logic = [dies_of_2025() if year == 0 else counted("ascend-production-07") for year in range(years)]
    found = memory.balance(
        stock * 1e6,
        [[0.0 if year == 0 else flow * 1e6 for year in range(years)]],
        [logic],
        [[gb_of(name) for name in made]],
        package_yield=within("packaged", packaged, 0, 1),
    )
    worth = np.repeat([equivalents(name) for name in made], memory.MONTHS)
    found = memory.Balance(*(part[0] for part in found))
    binds = [memory.BINDING[code] for code in found.binding]
    return Months(
        found.chips.tolist(),
        (found.chips * worth).tolist(),
        (np.repeat(logic, memory.MONTHS) / memory.MONTHS / 2 * packaged * worth).tolist(),
        (found.stock_gb / 1e6).tolist(),
        found.waiting_dies.tolist(),
        binds,
        binds.index("memory") if "memory" in binds else None,
        flow,
    )


def turns(home: str = "analyst") -> tuple[int | None, int | None]:
    """The first month in which memory sets the pace, at the lowest and the highest stock of January 2025.

    Parameters
    ----------
    home : str
        A key of `HOME`.

    Examples
    --------
    >>> [month_name(turn) for turn in turns()]
    ['April 2026', 'June 2027']
    """
    low, _, high = given("stock-2025")
    return months(home, stock_m=low).turn, months(home, stock_m=high).turn
