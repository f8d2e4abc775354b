"""Who waits in a pipeline: the share of a step lost under three schedules, and the share measured."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.core import data
from helpers.core.limits import whole, within
from helpers.training import model as training

FORWARD, BACKWARD = 1.0, 2.0  # time of a piece
_MICRO_BATCHES = np.unique(np.geomspace(2, 512, 70).round())


class Bubbles(NamedTuple):
    """Waiting by schedule.

    Attributes: curves (schedule to micro-batches and per cent of a step, two arrays of equal length), now
    (schedule to per cent at the micro-batches asked for; without a schedule that cannot run them),
    dualpipe_fewest (micro-batches that DualPipe needs).
    """

    curves: dict[str, tuple[np.ndarray, np.ndarray]]
    now: dict[str, float]
    dualpipe_fewest: float


def bubbles(stages: float, micro_batches: float, weight: float, overlap: float) -> Bubbles:
    """Share of a training step in which a chip waits, under each of ``training.SCHEDULES``.

    Parameters
    ----------
    stages : float
        Chips in a row; even.
    micro_batches : float
        Pieces of a batch, 2 to 512.
    weight : float
        Weight gradients, per cent of the backward time.
    overlap : float
        What DualPipe saves when a forward and a backward piece run together, per cent of both.

    Returns
    -------
    Bubbles

    Raises
    ------
    ValueError
        As ``training.bubble_fraction``.

    Examples
    --------
    >>> {name: round(share, 1) for name, share in bubbles(16, 64, 50, 0).now.items()}
    {'1F1B': 19.0, 'ZB1P': 7.2, 'DualPipe': 6.8}
    """
    stages = whole("stages", stages, 2, 1000)
    if stages % 2:
        raise ValueError(f"stages = {stages} must be even for DualPipe; its valid range is 2 to 1000.")
    micro_batches = whole("micro_batches", micro_batches, 2, 10_000)
    within("weight", weight, 0, 100, "per cent")
    within("overlap", overlap, 0, 100, "per cent")
    times = {"forward": FORWARD, "backward": BACKWARD, "weight": BACKWARD * weight / 100}
    curves, now = {}, {}
    for schedule in training.SCHEDULES:
        dual = schedule == "DualPipe"
        fewest = 2 * stages if dual else 2
        counts = np.unique([*_MICRO_BATCHES, fewest, micro_batches])
        counts = counts[counts >= fewest]
        both = (FORWARD + BACKWARD) * (1 - overlap / 100) if dual else None
        shares = 100 * training.bubble_fraction(schedule, stages, counts, **times, overlapped=both)
        curves[schedule] = counts, shares
        now |= {schedule: float(p) for p in shares[counts == micro_batches]}
    return Bubbles(curves, now, 2 * stages)


def bubble_measured_percent() -> float:
    """Share of a training step of DeepSeek-V3 lost to the bubble, per cent, as its authors measured it."""
    seconds = data.load("published_results").set_index("result_id")["value"]
    return 100 * float(seconds["v3-bubble"] / seconds["v3-step"])
