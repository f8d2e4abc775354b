"""Two taps, one bucket, month by month: `clusters.supply` in gigabytes, with stocks that are carried on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.clusters import model as clusters
from helpers.clusters.model.supplies import limits
from helpers.core.limits import shown, whole, within

MOST_YEARS, MONTHS = 15, 12
UNIT_GB = 16.0  # `clusters.supply` counts stacks; here one is a plain measure of gigabytes
MOST_GB, MOST_DIES = 4e9, 5e8
BINDING = clusters.LIMITS  # what `Balance.binding` counts in: 0 dies, 1 memory, 2 packaging


class Balance(NamedTuple):
    """A balance by month; last axis: months; first axis: draws, where there are any.

    Attributes
    ----------
    chips : ndarray
        Good chips of the month.
    started : ndarray
        Packages started, good and bad.
    stock_gb, waiting_dies : ndarray
        Left at the end of the month; one longer: at the start of the first month too.
    binding : ndarray of uint8
        Which of `BINDING` set the pace; the first if they tie.
    """

    chips: np.ndarray
    started: np.ndarray
    stock_gb: np.ndarray
    waiting_dies: np.ndarray
    binding: np.ndarray


def balance(
    stock_gb: ArrayLike,
    home_gb: ArrayLike,
    dies: ArrayLike,
    gb_per_chip: ArrayLike,
    dies_per_chip: ArrayLike = 2,
    other_gb: ArrayLike = 0.0,
    package_yield: ArrayLike = 1.0,
    packages: ArrayLike = 1e9,
    waiting_dies: ArrayLike = 0.0,
    years: int | None = None,
    home_open: float | Sequence[float] = 1.0,
) -> Balance:
    """Chips that dies and memory allow, month by month, with what is left over kept for the next.

    Parameters
    ----------
    stock_gb : scalar or array, 0 to 4e9 GB
        Memory in stock at the start. Arrays hold draws.
    home_gb, other_gb : scalar or array, 0 to 4e9 GB a year
        Memory that comes in from home and from elsewhere. These two, `dies`, `gb_per_chip` and `packages` may differ
        from year to year: then an array of draws by years, of one row where there are no draws.
    dies : scalar or array, 0 to 5e8 a year
        Good logic dies.
    gb_per_chip : scalar or array, 16 to 1,600 GB
        Memory of one chip.
    dies_per_chip : scalar or array, 1 to 100
        Logic dies of one chip.
    package_yield : scalar or array, 0 to 1
        Share of packages that come out good; a bad one takes its dies and memory with it.
    packages : scalar or array, 0 to 1e9 a year
        Packages that can be started.
    waiting_dies : scalar or array, 0 to 1e9
        Good dies in stock at the start.
    years : int, 1 to 15, optional
        As many as the arrays of draws by years have, else 1.
    home_open : scalar, or array of one value a month of all years, 0 to 1
        Share of the year's rate of `home_gb` that flows in: 0 before a plant starts, less than 1 while it is on trial.

    Returns
    -------
    Balance
        Of 12 months a year.

    Raises
    ------
    ValueError
        A value outside its range, or arrays whose years or draws differ.

    Notes
    -----
    Each month is ``clusters.supply``: N = min(D / m, S / k, P), with D and S what came in by then and has not
    been used. What goes in comes out or stays: stock before + inflow = k N + stock after, and the same for dies.

    Examples
    --------
    >>> made = balance(100e6, 12e6, 1.2e6, 128)
    >>> float(made.chips[0]), [BINDING[i] for i in made.binding[[0, -1]]], round(float(made.stock_gb[-1] / 1e6), 1)
    (50000.0, ['dies', 'dies'], 35.2)
    """
    flows = {
        "home_gb": within("home_gb", home_gb, 0, MOST_GB, "GB"),
        "other_gb": within("other_gb", other_gb, 0, MOST_GB, "GB"),
        "dies": within("dies", dies, 0, MOST_DIES),
        "gb_per_chip": within("gb_per_chip", gb_per_chip, 16, 1600, "GB"),
        "packages": within("packages", packages, 0, 1e9),
    }
    levels = {
        "stock_gb": within("stock_gb", stock_gb, 0, MOST_GB, "GB"),
        "dies_per_chip": within("dies_per_chip", dies_per_chip, 1, 100),
        "package_yield": within("package_yield", package_yield, 0, 1),
        "waiting_dies": within("waiting_dies", waiting_dies, 0, 1e9),
    }
    length, shape = _size(flows, levels, years)
    home, other, logic, memory_of, most = (_by_year(flow, length, shape) for flow in flows.values())
    stock, per_chip, good, waiting = (np.broadcast_to(level, shape).astype(float) for level in levels.values())
    stock = stock / UNIT_GB
    months = length * MONTHS
    opened = _by_month(within("home_open", home_open, 0, 1), months)
    chips, started = np.empty((months, *shape)), np.empty((months, *shape))
    stocks, dies_left = np.empty((months + 1, *shape)), np.empty((months + 1, *shape))
    binding = np.empty((months, *shape), dtype=np.uint8)
    stocks[0], dies_left[0] = stock, waiting
    for month in range(months):
        year = month // MONTHS
        inflow = (home[year] * opened[month] + other[year]) / MONTHS / UNIT_GB
        stock, waiting = stock + inflow, waiting + logic[year] / MONTHS
        each = memory_of[year] / UNIT_GB
        allowed = limits(waiting, per_chip, stock, each, most[year] / MONTHS)
        begun = np.broadcast_to(allowed.min(axis=0), shape)
        binding[month] = np.where(begun == allowed[0], 0, np.where(begun == allowed[1], 1, 2))
        started[month], chips[month] = begun, begun * good
        stock, waiting = np.maximum(stock - begun * each, 0), np.maximum(waiting - begun * per_chip, 0)
        stocks[month + 1], dies_left[month + 1] = stock, waiting
    parts = (chips, started, stocks * UNIT_GB, dies_left, binding)
    return Balance(*(np.moveaxis(part, 0, -1) for part in parts))


def _size(
    flows: dict[str, np.ndarray], levels: dict[str, np.ndarray], years: int | None
) -> tuple[int, tuple[int, ...]]:
    """Years, and the shape of the draws: () for one path."""
    length = None if years is None else whole("years", years, 1, MOST_YEARS)
    draws: tuple[int, ...] = ()
    for name, value in {**flows, **levels}.items():
        value = np.asarray(value)
        if value.ndim > (2 if name in flows else 1) or 0 in value.shape:
            raise ValueError(f"{name} has the shape {shown(value.shape)}; draws, or draws by years, are needed.")
        if value.ndim == 2:
            length = value.shape[1] if length is None else length
            if value.shape[1] != length or length > MOST_YEARS:
                raise ValueError(
                    f"{name} has {value.shape[1]:,} years; as many as the others are needed, at most {MOST_YEARS}."
                )
        if value.ndim and len(value) > 1 and draws not in ((), (1,), (len(value),)):
            raise ValueError(f"{name} has {len(value):,} draws; another argument has {draws[0]:,}.")
        if value.ndim and draws in ((), (1,)):
            draws = (len(value),)
    return length or 1, draws


def _by_year(flow: np.ndarray, length: int, draws: tuple[int, ...]) -> np.ndarray:
    """First axis years, then the draws, or one value for all of them."""
    flow = np.asarray(flow)
    if flow.ndim == 2:
        return np.ascontiguousarray(flow.T)
    flow = flow if flow.ndim or not draws else flow[None]
    return np.broadcast_to(flow, (length, *flow.shape))


def _by_month(share: np.ndarray, months: int) -> np.ndarray:
    """One share for each month."""
    share = np.asarray(share)
    if share.shape not in ((), (months,)):
        raise ValueError(f"home_open has the shape {shown(share.shape)}; one value, or one for each of {months} months, is needed.")  # fmt: skip
    return np.broadcast_to(share, (months,))


def runs_out(stock_gb: ArrayLike, inflow_gb: ArrayLike, use_gb: ArrayLike) -> np.ndarray:
    """Months until a stock is used up, at an even inflow and use.

    Parameters
    ----------
    stock_gb : scalar or array, 0 to 4e9 GB
    inflow_gb, use_gb : scalar or array, 0 to 4e9 GB a year

    Returns
    -------
    ndarray of float, broadcast shape, months
        Infinite where no more is used than comes in.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    12 S / (U - I).

    Examples
    --------
    >>> runs_out(60e6, [0, 32e6, 102.4e6], 102.4e6).round(1).tolist()
    [7.0, 10.2, inf]
    """
    stock = within("stock_gb", stock_gb, 0, MOST_GB, "GB")
    net = within("use_gb", use_gb, 0, MOST_GB, "GB") - within("inflow_gb", inflow_gb, 0, MOST_GB, "GB")
    net, stock = np.broadcast_arrays(net, stock)
    return np.divide(MONTHS * stock, net, out=np.full(net.shape, np.inf), where=net > 1e-9)
