"""Fetch once, use many times: one chip writes answers with a model that it holds alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers.core.limits import within
from helpers.serving import model as serving

ALONE = "Qwen3-32B"  # dense, and small enough for one chip
SHORT = 128  # tokens that each answer already holds: its cache is small beside the weights
AT_ONCE = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000]


@dataclass(frozen=True)
class Alone:
    """One chip that writes answers by itself.

    Attributes
    ----------
    chip : str
    tflops, bandwidth_gb_s, memory_gb : float
        The chip's, in the format of the weights.
    model_gb, text_gb : float
        Memory for the model, and for the text of one answer.
    room : int
        Most answers whose texts fit beside the model; 0 where the model itself does not fit.
    ridge : float
        Fewest answers at which arithmetic is the limit; infinity where none is.
    answers, rate, busy : ndarray
        Answers at once; tokens a second at the bound; share of the arithmetic that works.
    """

    chip: str
    tflops: float
    bandwidth_gb_s: float
    memory_gb: float
    model_gb: float
    text_gb: float
    room: int
    ridge: float
    answers: np.ndarray
    rate: np.ndarray
    busy: np.ndarray

    def at(self, answers: int) -> tuple[float, float]:
        """Tokens a second at the bound, and share of the arithmetic that works, for so many answers at once.

        Raises
        ------
        ValueError
            Answers outside 1 to 1,000.
        """
        place = int(within("answers", answers, 1, len(self.answers))) - 1
        return float(self.rate[place]), float(self.busy[place])

    @property
    def roof(self) -> float:
        """Tokens a second beyond the ridge; NaN where memory is full before it."""
        return self.at(int(self.ridge))[0] if self.ridge <= min(self.room, len(self.answers)) else float("nan")


@cache
def alone(chip: str, bits: int = 8) -> Alone:
    """How fast one chip writes with `ALONE`, for 1 to 1,000 answers at once, by the roofline.

    Parameters
    ----------
    chip : str
        As ``data/chips.csv`` names it.
    bits : 8 or 16
        Width of the weights.

    Raises
    ------
    ValueError
        As ``serving.decode``.

    Examples
    --------
    >>> [alone(chip).ridge for chip in ("H800", "H20")]
    [423.0, 39.0]
    """
    answers = np.arange(1, AT_ONCE[-1] + 1)
    step = serving.decode(ALONE, chip, answers, SHORT, 1, bits=bits)
    each = float(step.memory_gb[1] - step.memory_gb[0])
    return Alone(
        chip, step.rates.tflops, step.rates.bandwidth_gb_s, step.rates.memory_gb, float(step.memory_gb[0]) - each, each,
        int(step.fits.sum()), serving.crossover_batch(ALONE, chip, SHORT, 1, bits=bits), answers, step.tokens_per_s,
        step.compute_s / step.seconds,
    )  # fmt: skip
