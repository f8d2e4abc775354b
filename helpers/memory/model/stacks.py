"""A stack of memory: layers that must all work, wafers behind it, bandwidth it gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import wholes, within

MOST_LAYERS = 24


def stack_yield(layer_yield: ArrayLike, layers: ArrayLike, test_yield: ArrayLike = 1.0) -> np.ndarray:
    """Share of stacks that work, when every layer must.

    Parameters
    ----------
    layer_yield : scalar or array, 0 to 1
        Share of layers that are joined without harm.
    layers : scalar or array, whole number, 0 to 24
        Memory dies, one on another; 0 for none yet.
    test_yield : scalar or array, 0 to 1
        Share of joined stacks that pass the last test.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    y^h t. Layers fail independently of each other; a fault of the whole stack belongs into the test.

    Examples
    --------
    >>> stack_yield([0.99, 0.97], 8).round(3).tolist()
    [0.923, 0.784]
    """
    held = within("layer_yield", layer_yield, 0, 1) ** wholes("layers", layers, 0, MOST_LAYERS)
    return held * within("test_yield", test_yield, 0, 1)


def layer_yield(stack_yield: ArrayLike, layers: ArrayLike) -> np.ndarray:
    """Yield of one layer that a yield of the stack implies: `stack_yield` the other way round.

    Parameters
    ----------
    stack_yield : scalar or array, 0 to 1
    layers : scalar or array, whole number, 1 to 24

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    s^(1/h).

    Examples
    --------
    >>> round(float(layer_yield(0.7, 8)), 4)
    0.9564
    """
    return within("stack_yield", stack_yield, 0, 1) ** (1 / wholes("layers", layers, 1, MOST_LAYERS))


def stacks_from_wafers(
    wafers_per_month: ArrayLike,
    dies_per_wafer: ArrayLike,
    die_yield: ArrayLike,
    layers: ArrayLike,
    layer_yield: ArrayLike,
    test_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """Good stacks of a year that wafers give.

    Parameters
    ----------
    wafers_per_month : scalar or array, 0 to 10,000,000
        Wafers started for this memory.
    dies_per_wafer : scalar or array, 0 to 100,000
        Whole dies, good and bad.
    die_yield : scalar or array, 0 to 1
        Share of dies good enough to be stacked.
    layers : scalar or array, whole number, 1 to 24
    layer_yield, test_yield : scalar or array, 0 to 1
        As in `stack_yield`.

    Returns
    -------
    ndarray of float, broadcast shape, stacks a year

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    12 W N Y / h y^h t. A bad stack takes all its dies with it. The base die below is not counted.

    Examples
    --------
    >>> float(stacks_from_wafers(1000, 500, 0.5, 8, 1))
    375000.0
    """
    dies = 12 * within("wafers_per_month", wafers_per_month, 0, 1e7) * within("dies_per_wafer", dies_per_wafer, 0, 1e5)
    dies = dies * within("die_yield", die_yield, 0, 1)
    return dies / wholes("layers", layers, 1, MOST_LAYERS) * stack_yield(layer_yield, layers, test_yield)


def wafers_for_stacks(
    stacks: ArrayLike,
    dies_per_wafer: ArrayLike,
    die_yield: ArrayLike,
    layers: ArrayLike,
    layer_yield: ArrayLike,
    test_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """Wafers a month that a year's stacks take: `stacks_from_wafers` the other way round.

    Parameters
    ----------
    stacks : scalar or array, 0 to 1e10 a year
    dies_per_wafer : scalar or array, 1 to 100,000
    die_yield, test_yield : scalar or array, 0.001 to 1
    layers : scalar or array, whole number, 1 to 24
    layer_yield : scalar or array, 0.1 to 1

    Returns
    -------
    ndarray of float, broadcast shape, wafers a month

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    S h / (12 N Y y^h t).

    Examples
    --------
    >>> float(wafers_for_stacks(375_000, 500, 0.5, 8, 1))
    1000.0
    """
    good = within("die_yield", die_yield, 0.001, 1) * within("test_yield", test_yield, 0.001, 1)
    height = wholes("layers", layers, 1, MOST_LAYERS)
    good = good * within("layer_yield", layer_yield, 0.1, 1) ** height
    dies = within("stacks", stacks, 0, 1e10) * height / good
    return dies / within("dies_per_wafer", dies_per_wafer, 1, 1e5) / 12


def stack_bandwidth(pins: ArrayLike, gbit_per_pin: ArrayLike) -> np.ndarray:
    """Bytes a second that a stack gives: its pins times their rate.

    Parameters
    ----------
    pins : scalar or array, 1 to 16,384
        Width of the interface, in bits.
    gbit_per_pin : scalar or array, 0.1 to 100 Gbit/s

    Returns
    -------
    ndarray of float, broadcast shape, GB/s

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    pins x rate / 8. Over the area of the stack it is the density that paragraph 3A090.c tests
    (``chips.model.memory_bandwidth_density``).

    Examples
    --------
    >>> stack_bandwidth([1024, 2048], [6.4, 8]).tolist()
    [819.2, 2048.0]
    """
    return within("pins", pins, 1, 16_384) * within("gbit_per_pin", gbit_per_pin, 0.1, 100, "Gbit/s") / 8


def unexplained(whole: ArrayLike, first: ArrayLike, second: ArrayLike) -> np.ndarray:
    """What a printed yield is, over the product of the two parts printed beside it.

    Parameters
    ----------
    whole : scalar or array, 0 to 1
        The whole process.
    first, second : scalar or array, 0.001 to 1
        Its two parts, one after the other.

    Returns
    -------
    ndarray of float, broadcast shape
        1 where the parts give the whole. Above 1 something is missing, rounded, or counted otherwise: no step of a
        process can add good parts.

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(float(unexplained(0.25, 0.3, 0.7)), 2)
    1.19
    """
    product = within("first", first, 0.001, 1) * within("second", second, 0.001, 1)
    return within("whole", whole, 0, 1) / product


def gb_per_equivalent(memory_gb: ArrayLike, equivalents: ArrayLike) -> np.ndarray:
    """Gigabytes that a chip ties up for one H100's worth of computing.

    Parameters
    ----------
    memory_gb : scalar or array, 0 to 100,000 GB
        Of one chip.
    equivalents : scalar or array, 0.001 to 10,000
        H100-equivalents of one chip, on the measure of your choice.

    Returns
    -------
    ndarray of float, broadcast shape, GB

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(float(gb_per_equivalent(128, 0.76)))
    168
    """
    return within("memory_gb", memory_gb, 0, 1e5, "GB") / within("equivalents", equivalents, 0.001, 1e4)
