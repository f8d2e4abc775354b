"""The reservoir: chips in use year by year under a policy of sale, with a home tap that answers fear."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, within
from helpers.timing.model.stock import LONGEST_LIFE, MOST_YEARS
from helpers.timing.model.tap import FASTEST, LARGEST, LEAST

WANTED = 100.0  # chips in use at the start, which is all that the buyer wants then
MOST_CELLS = 1_500_000  # draws x policies x years in one go


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
) -> Reservoir:
    """Chips in use under a policy of sale, for any number of policies and draws at once.

    Parameters
    ----------
    sale : array, 0 to 1, shape (..., years)
        Part of what the buyer asks for that may be sold in years 1, 2, ...; at most 60 years. Rows are policies or draws.
    share : scalar or array, 0.0001 to 0.9999
        Home share of the yearly need at the start.
    base, answer : scalar or array, 0 to 5
        As in `effort`; fear of one year moves the home share of the next.
    fear_sold, memory : scalar or array, 0 to 1
        As in `fear_after`.
    fear_start : scalar or array, 0 to 1, optional
        Fear in year 0; without it, `fear_sold`.
    growth_per_year : scalar or array, 0 to 5
        Of the chips that the buyer wants in use.
    retire_per_year, life_years : scalar or array
        As in `alive`.
    leak : scalar or array, 0 to 1
        Part of what is denied that comes in all the same: smuggled, or rented abroad.
    taken : scalar or array, 0 to 1
        Part of what may be sold that the buyer's government lets in.

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
    rows = np.atleast_1d(within("sale", sale, 0, 1))
    years = rows.shape[-1]
    if not 1 <= years <= MOST_YEARS:
        raise ValueError(f"sale has {years} years along its last axis; it may have 1 to {MOST_YEARS}.")
    given = {
        "share": within("share", share, LEAST, LARGEST),
        "base": within("base", base, 0, FASTEST),
        "answer": within("answer", answer, 0, FASTEST),
        "fear_sold": within("fear_sold", fear_sold, 0, 1),
        "fear_start": within("fear_start", fear_sold if fear_start is None else fear_start, 0, 1),
        "memory": within("memory", memory, 0, 1),
        "growth_per_year": within("growth_per_year", growth_per_year, 0, FASTEST),
        "retire_per_year": within("retire_per_year", retire_per_year, 0, 0.99),
        "life_years": within("life_years", life_years, 1, LONGEST_LIFE, "years"),
        "leak": within("leak", leak, 0, 1),
        "taken": within("taken", taken, 0, 1),
    }
    shape = fitting(sale=rows[..., 0], **given)
    cells = int(np.prod(shape)) * (years + 1)
    if cells > MOST_CELLS:
        large = [name for name, array in {"sale": rows, **given}.items() if array.size > 1]
        raise ValueError(
            f"{' and '.join(large)} over {years} years make {cells:,} values, more than {MOST_CELLS:,}; give them in pieces."
        )
    return _run(np.moveaxis(rows, -1, 0), years, shape, **given)


def _run(
    sale, years, shape, *, share, base, answer, fear_sold, fear_start, memory, growth_per_year, retire_per_year,
    life_years, leak, taken,
) -> Reservoir:  # fmt: skip
    kept, up = 1 - retire_per_year, 1 + growth_per_year
    ages = _ages(years, life_years)
    alive = [kept**age * np.clip(life_years - age, 0, 1) for age in range(ages + years)] if ages else []
    # The flow that keeps a stock full which has always grown at its rate.
    flow = WANTED / sum(a / up**age for age, a in enumerate(alive[:ages])) if ages else WANTED * (1 - kept / up)
    vintages = [flow / up**age for age in range(ages - 1, -1, -1)]
    out = {name: np.empty((years + 1, *shape)) for name in Reservoir._fields}
    odds, fear, stock = np.log(share / (1 - share)), fear_start, WANTED
    for year in range(years + 1):
        wanted, need = WANTED * up**year, flow * up**year
        if year:
            odds = odds + base + answer * fear
            part = sale[year - 1]
            fear = part * (fear_sold + (fear - fear_sold) * memory) + (1 - part)
            there = sum(v * a for v, a in zip(reversed(vintages), alive[1:])) if ages else stock * kept
        else:
            part, there = 1.0, WANTED - flow
        home_share = 0.5 * (1 + np.tanh(0.5 * odds))
        lacking = np.maximum(wanted - there, 0)
        home = np.minimum(home_share * need, lacking)
        lacking = lacking - home
        leaked = leak * (1 - part) * np.minimum((1 - home_share) * need, lacking)
        sold = part * (taken if year else 1.0) * (lacking - leaked)
        added = home + leaked + sold
        stock = there + added
        if ages and year:
            vintages.append(added)
        for name, value in zip(Reservoir._fields, (wanted, stock, sold, home, leaked, home_share, fear), strict=True):
            out[name][year] = value
    return Reservoir(**{name: np.moveaxis(array, 0, -1) for name, array in out.items()})


def _ages(years: int, life_years: np.ndarray) -> int:
    """Vintages of the start that must be told apart; none where no life ends within the span (loss by the year has no memory)."""
    longest, shortest = float(np.max(life_years, initial=1)), float(np.min(life_years, initial=LONGEST_LIFE))
    return 0 if shortest >= LONGEST_LIFE else int(np.ceil(longest))
