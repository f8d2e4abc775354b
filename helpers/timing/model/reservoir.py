"""The yearly model: a stock of chips, a buyer's fear with a lag, and a home tap that answers it, under a policy of sale.

Everything else of 44 is computed from here: the picture, what a U-turn keeps, and the game, whose pay-offs are sums of
these years.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, whole, within
from helpers.timing.model.stock import LONGEST_LIFE, MOST_YEARS
from helpers.timing.model.tap import FASTEST, LARGEST, LEAST, next_fear, odds_of, share_of

WANTED = 100.0  # chips in use at the start, which is all that the buyer wants then
MOST_CELLS = 1_500_000  # draws x policies x years in one go
MOST_LAG = 5  # years
AHEAD = 40  # years of denial that leverage counts


class Reservoir(NamedTuple):
    """Chips of a buyer year by year; every array has shape (..., years + 1), year 0 is the start.

    Attributes: wanted and stock (chips in use, of 100 wanted at the start), sold, home and leaked (chips added in the
    year: sold, made at home, come in although denied), share (home share of the yearly need), fear (expected chance of
    denial at the end of the year).
    """

    wanted: np.ndarray
    stock: np.ndarray
    sold: np.ndarray
    home: np.ndarray
    leaked: np.ndarray
    share: np.ndarray
    fear: np.ndarray

    @property
    def missing(self) -> np.ndarray:
        """Chips wanted and not there, as a share of those wanted."""
        return 1 - self.stock / self.wanted


def run(
    sale: ArrayLike,
    share: ArrayLike = 0.1,
    base: ArrayLike = 0.3,
    answer: ArrayLike = 0.5,
    fear_sold: ArrayLike = 0.2,
    fear_start: ArrayLike | None = None,
    memory: ArrayLike = 0.7,
    growth_per_year: ArrayLike = 0.0,
    retire_per_year: ArrayLike = 0.2,
    life_years: ArrayLike = LONGEST_LIFE,
    leak: ArrayLike = 0.0,
    taken: ArrayLike = 1.0,
    threat: ArrayLike = 0.0,
    lag_years: int = 1,
) -> Reservoir:
    """Chips in use under a policy of sale, for any number of policies and draws at once.

    Parameters
    ----------
    sale : array, 0 to 1, shape (..., years)
        Part of what the buyer asks for that may be sold in years 1, 2, ...; at most 60 years. Rows are policies or draws.
    share : scalar or array, 0.0001 to 0.9999
        Home share of the yearly need at the start.
    base, answer : scalar or array, 0 to 5
        As in `effort`.
    fear_sold, memory : scalar or array, 0 to 1
        As in `fear_after`.
    fear_start : scalar or array, 0 to 1, optional
        Fear in year 0 and before; without it, `fear_sold`.
    growth_per_year : scalar or array, 0 to 5
        Of the chips that the buyer wants in use.
    retire_per_year, life_years : scalar or array
        As in `alive`.
    leak : scalar or array, 0 to 1
        Part of what is denied that comes in all the same: smuggled, or rented abroad.
    taken : scalar or array, 0 to 1
        Part of what may be sold that the buyer's government lets in. What it keeps out drives the tap as a denial does.
    threat : scalar or array, 0 to 1
        As in `fear_after`, made in every year of sale.
    lag_years : int, 0 to 5
        Years until the home tap answers: with 1 the fear of one year moves the home share of the next.

    Returns
    -------
    Reservoir

    Raises
    ------
    ValueError
        Out of range, shapes that do not fit, or more than 1,500,000 values (draws x policies x years).

    Notes
    -----
    Every parameter but `sale` must fit its leading shape: with sale of shape (3, 1, 10) and share of shape (1000,) the
    answer is (3, 1000, 11). The start is a full stock that has grown at its rate for ever, so that its vintages are in
    order. In each year the buyer fills up to what it wants: first from the home tap, its share of the flow that would
    keep the stock full; then what leaks in, a part of the rest of that flow; then what may be sold and is taken.

    Examples
    --------
    >>> deny = run([0, 0, 0], share=0.0001, base=0, answer=0)
    >>> deny.stock.round(1).tolist()
    [100.0, 80.0, 64.0, 51.2]
    """
    rows, lag = _sales(sale), whole("lag_years", lag_years, 0, MOST_LAG)
    years = rows.shape[-1]
    tap = _tap_checked(share, base, answer, fear_sold, fear_start, memory, taken, threat)
    tank = {
        "growth_per_year": within("growth_per_year", growth_per_year, 0, FASTEST),
        "retire_per_year": within("retire_per_year", retire_per_year, 0, 0.99),
        "life_years": within("life_years", life_years, 1, LONGEST_LIFE, "years"),
        "leak": within("leak", leak, 0, 1),
    }
    shape = fitting(sale=rows[..., 0], **tap, **tank)
    _not_too_many(shape, years, {"sale": rows, **tap, **tank})
    return _run(np.moveaxis(rows, -1, 0), shape, tap, lag, **tank)


def leverage(
    sale: ArrayLike,
    share: ArrayLike = 0.1,
    base: ArrayLike = 0.3,
    answer: ArrayLike = 0.5,
    fear_sold: ArrayLike = 0.2,
    fear_start: ArrayLike | None = None,
    memory: ArrayLike = 0.7,
    taken: ArrayLike = 1.0,
    threat: ArrayLike = 0.0,
    lag_years: int = 1,
) -> np.ndarray:
    """What a denial begun at the end of each year would still take, in years of the buyer's need.

    Parameters
    ----------
    sale, share, base, answer, fear_sold, fear_start, memory, taken, threat, lag_years
        As in `run`; at most 20 years.

    Returns
    -------
    ndarray of float, shape (..., years + 1)
        Year 0 is the start.

    Raises
    ------
    ValueError
        Out of range, shapes that do not fit, or too many values.

    Notes
    -----
    The yearly model with that year's policy until then and denial for 40 years after: the sum of 1 - home share. What a
    denial takes and what it leaves add up to what there was: leverage(0) = sum of 1 - share over the years denied +
    leverage then, but for years beyond the 40.

    Examples
    --------
    >>> leverage([0, 0], share=0.1, base=0.8, answer=0).round(2).tolist()
    [2.43, 1.63, 0.99]
    """
    rows, lag = _sales(sale, 20), whole("lag_years", lag_years, 0, MOST_LAG)
    years = rows.shape[-1]
    tap = _tap_checked(share, base, answer, fear_sold, fear_start, memory, taken, threat)
    shape = (*fitting(sale=rows[..., 0], **tap), years + 1)
    _not_too_many(shape, years + AHEAD, {"sale": rows, **tap})
    tap = {name: value[..., None] for name, value in tap.items()}
    begins, total = np.arange(years + 1), np.zeros(shape)
    steps = np.moveaxis(rows, -1, 0)[..., None]
    sold = [np.where(begins > year, steps[year] if year < years else 0.0, 0.0) for year in range(years + AHEAD)]
    for year, now in enumerate(walk_tap(sold, lag, **tap)):
        if year:
            total = total + np.where((year > begins) & (year <= begins + AHEAD), 1 - now.share, 0.0)
    return total


# --- the years, shared with the game --------------------------------------------------------------


class Tap(NamedTuple):
    """One year of the tap: home share, fear at its end, and the fear that moved it."""

    share: np.ndarray
    fear: np.ndarray
    push: np.ndarray


def turn_tap(odds, fears, lag, part, *, base, answer, fear_sold, memory, taken, threat):
    """One year of the tap: log odds, fears so far with this year's, and the fear that moved it; no checks."""
    fears = [*fears, next_fear(fears[-1], part * taken, fear_sold, memory, threat)]
    push = fears[max(len(fears) - 1 - lag, 0)]
    return odds + base + answer * push, fears, push


def walk_tap(sale, lag, *, share, fear_start, **tap) -> Iterator[Tap]:
    """The tap from year 0 on, one year for each of `sale`; no checks."""
    odds, fears = odds_of(share), [fear_start]
    yield Tap(share, fear_start, fear_start)
    for part in sale:
        odds, fears, push = turn_tap(odds, fears, lag, part, **tap)
        yield Tap(share_of(odds), fears[-1], push)


def fill(wanted, need, there, home_share, part, taken, leak):
    """What is added in a year from the home tap, from leaks and by sale; no checks."""
    lacking = np.maximum(wanted - there, 0)
    home = np.minimum(home_share * need, lacking)
    lacking = lacking - home
    if np.ndim(part) == 0 and part == 1:
        return home, 0.0, taken * lacking
    leaked = leak * (1 - part) * np.minimum((1 - home_share) * need, lacking) if np.any(leak) else 0.0
    if np.ndim(part) == 0 and part == 0:
        return home, leaked, 0.0
    return home, leaked, part * taken * (lacking - leaked)


def _run(sale, shape, tap, lag, *, growth_per_year, retire_per_year, life_years, leak) -> Reservoir:
    kept, up, years = 1 - retire_per_year, 1 + growth_per_year, len(sale)
    ages = _ages(years, life_years)
    alive = [kept**age * np.clip(life_years - age, 0, 1) for age in range(ages + years)] if ages else []
    # The flow that keeps a stock full which has always grown at its rate.
    flow = WANTED / sum(a / up**age for age, a in enumerate(alive[:ages])) if ages else WANTED * (1 - kept / up)
    vintages = [flow / up**age for age in range(ages - 1, -1, -1)]
    out = {name: np.empty((years + 1, *shape)) for name in Reservoir._fields}
    stock = WANTED
    for year, now in enumerate(walk_tap(sale, lag, **tap)):
        wanted, need = WANTED * up**year, flow * up**year
        if year:
            part, let_in = sale[year - 1], tap["taken"]
            there = sum(v * a for v, a in zip(reversed(vintages), alive[1:])) if ages else stock * kept
        else:
            part, let_in, there = 1.0, 1.0, WANTED - flow
        home, leaked, sold = fill(wanted, need, there, now.share, part, let_in, leak)
        added = home + leaked + sold
        stock = there + added
        if ages and year:
            vintages.append(added)
        values = (wanted, stock, sold, home, leaked, now.share, now.fear)
        for name, value in zip(Reservoir._fields, values, strict=True):
            out[name][year] = value
    return Reservoir(**{name: np.moveaxis(array, 0, -1) for name, array in out.items()})


def _sales(sale: ArrayLike, most: int = MOST_YEARS) -> np.ndarray:
    rows = np.atleast_1d(within("sale", sale, 0, 1))
    if not 1 <= rows.shape[-1] <= most:
        raise ValueError(f"sale has {rows.shape[-1]} years along its last axis; it may have 1 to {most}.")
    return rows


def _tap_checked(share, base, answer, fear_sold, fear_start, memory, taken, threat) -> dict[str, np.ndarray]:
    return {
        "share": within("share", share, LEAST, LARGEST),
        "base": within("base", base, 0, FASTEST),
        "answer": within("answer", answer, 0, FASTEST),
        "fear_sold": within("fear_sold", fear_sold, 0, 1),
        "fear_start": within("fear_start", fear_sold if fear_start is None else fear_start, 0, 1),
        "memory": within("memory", memory, 0, 1),
        "taken": within("taken", taken, 0, 1),
        "threat": within("threat", threat, 0, 1),
    }


def _not_too_many(shape: tuple[int, ...], years: int, given: dict[str, np.ndarray]) -> None:
    cells = int(np.prod(shape)) * (years + 1)
    if cells > MOST_CELLS:
        large = [name for name, array in given.items() if array.size > 1]
        raise ValueError(
            f"{' and '.join(large)} over {years} years make {cells:,} values, more than {MOST_CELLS:,}; give them in pieces."
        )


def _ages(years: int, life_years: np.ndarray) -> int:
    """Vintages of the start that must be told apart; none where no life ends within the span (loss by the year has no memory)."""
    longest, shortest = float(np.max(life_years, initial=1)), float(np.min(life_years, initial=LONGEST_LIFE))
    return 0 if shortest >= LONGEST_LIFE else int(np.ceil(longest))
