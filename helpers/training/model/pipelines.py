"""How long chips in a row wait for each other in a step of training, under three schedules."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, one_of, shown, wholes, within

SCHEDULES = ("1F1B", "ZB1P", "DualPipe")


def bubble_time(
    schedule: str,
    stages: ArrayLike,
    forward: ArrayLike = 1.0,
    backward: ArrayLike = 2.0,
    weight: ArrayLike = 1.0,
    overlapped: ArrayLike | None = None,
) -> np.ndarray:
    """Time each chip waits in one step of a pipeline.

    Parameters
    ----------
    schedule : "1F1B", "ZB1P" or "DualPipe"
    stages : scalar or array, whole number, 1 to 10,000
        Parts the layers are split into (PP); even for DualPipe.
    forward, backward, weight : scalar or array, 0 to 1e6, any unit of time
        Time of a forward chunk (F), of a full backward chunk (B), and of the part of B that computes the
        weight gradients (W), so W is at most B.
    overlapped : scalar or array, 0 to 2e6, optional
        Time of a forward and a backward chunk run together (F&B), in DualPipe only; no shorter than the
        longer of the two; their sum if not given.

    Returns
    -------
    ndarray of float, broadcast shape, in the unit of the inputs

    Raises
    ------
    ValueError
        Unknown schedule, a value outside its range, an odd number of stages for DualPipe, W above B, F&B shorter
        than F or B, or given for a schedule that has none; or times for which the schedule's formula is
        negative and so says nothing.

    Notes
    -----
    (PP-1)(F+B); (PP-1)(F+B-2W); (PP/2-1)(F&B+B-3W). DeepSeek, DualPipe README, and arXiv 2412.19437,
    table 2. One stage has no bubble.

    Examples
    --------
    >>> [float(bubble_time(s, 16)) for s in SCHEDULES]
    [45.0, 15.0, 14.0]
    """
    one_of("schedule", schedule, SCHEDULES)
    pp = wholes("stages", stages, 1, 10_000)
    f, b, w = (
        within(name, value, 0, 1e6)
        for name, value in (("forward", forward), ("backward", backward), ("weight", weight))
    )
    both = f + b if overlapped is None else _overlapped(schedule, overlapped, f, b)
    if (w > b).any():
        part, whole = first_bad(w > b, w, b)
        raise ValueError(
            f"weight = {part:g} is above backward = {whole:g}: the weight gradients are part of the backward chunk (W <= B)."
        )
    if schedule == "1F1B":
        waits, each = pp - 1, f + b
    elif schedule == "ZB1P":
        waits, each = pp - 1, f + b - 2 * w
    else:
        odd = (pp % 2 == 1) & (pp > 1)
        if odd.any():
            raise ValueError(
                f"stages = {first_bad(odd, pp)[0]:g} must be even for DualPipe: it feeds micro-batches from both ends."
            )
        waits, each = np.maximum(pp / 2 - 1, 0), both + b - 3 * w
    if (each < 0).any():
        raise ValueError(
            f"the {schedule} formula is negative for these times: weight is too large a part of the backward chunk."
        )
    return waits * each


def _overlapped(schedule: str, overlapped: ArrayLike, f: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Time of the two chunks run together, when there is such a time and it lies between theirs."""
    both = within("overlapped", overlapped, 0, 2e6)
    if schedule != "DualPipe":
        raise ValueError(f"overlapped = {shown(overlapped)} is given, but schedule = {schedule!r} overlaps nothing.")
    least = np.maximum(f, b)
    short = both < least * (1 - 1e-12)
    if short.any():
        given, part = first_bad(short, both, least)
        raise ValueError(
            f"overlapped = {given:g} is shorter than the longer of forward and backward, {part:g}; its valid range is from"
            " that to 2e+06."
        )
    return both


def bubble_fraction(
    schedule: str,
    stages: ArrayLike,
    micro_batches: ArrayLike,
    forward: ArrayLike = 1.0,
    backward: ArrayLike = 2.0,
    weight: ArrayLike = 1.0,
    overlapped: ArrayLike | None = None,
) -> np.ndarray:
    """Share of a training step in which a chip waits for its neighbours in the pipeline.

    Parameters
    ----------
    schedule, stages, forward, backward, weight, overlapped : as in `bubble_time`
    micro_batches : scalar or array, whole number, 1 to 1e6
        Pieces a batch is cut into; a chip works on each once forward and once backward. DualPipe feeds half
        of them from each end and needs at least two for each stage.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        As `bubble_time`; too few micro-batches for DualPipe; or no work at all (forward and backward both 0).

    Notes
    -----
    bubble / (bubble + m x work), with work F + B, or F&B for DualPipe. For 1F1B, and for GPipe, it is
    (PP-1)/(m+PP-1). Huang et al. (GPipe), arXiv 1811.06965. Fewest micro-batches: dualpipe.py of DeepSeek.

    Examples
    --------
    >>> float(bubble_fraction("1F1B", 4, 9))
    0.25
    """
    wait = bubble_time(schedule, stages, forward, backward, weight, overlapped)
    work = within("forward", forward, 0, 1e6) + within("backward", backward, 0, 1e6)
    if schedule == "DualPipe" and overlapped is not None:
        work = within("overlapped", overlapped, 0, 2e6)
    if (work <= 0).any():
        raise ValueError("forward and backward are both 0: a step without work has no bubble fraction.")
    pieces, pp = wholes("micro_batches", micro_batches, 1, 1_000_000), wholes("stages", stages, 1, 10_000)
    few = (pp > 1) & (pieces < 2 * pp)
    if schedule == "DualPipe" and few.any():
        m, n = first_bad(few, pieces, pp)
        raise ValueError(f"micro_batches = {m:g} must be at least twice the stages for DualPipe, and stages = {n:g}.")
    return wait / (wait + pieces * work)
