"""Ranges that several topics share, with the words of their refusals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within
from helpers.llm import model as llm


def tflops_within(value: ArrayLike) -> np.ndarray:
    return within("tflops", value, 1e-3, 1e7, "TFLOPS")


def bandwidth_within(value: ArrayLike, name: str = "bandwidth_gb_s") -> np.ndarray:
    return within(name, value, 1e-3, 1e7, "GB/s")


def cache_bits(value: ArrayLike | str) -> np.ndarray | str:
    if isinstance(value, str):
        return one_of("kv_bits", value, (llm.PACKED,))
    return within("kv_bits", value, 1, 32, "bits")


def one_number(name: str, value: np.ndarray) -> float:
    if value.ndim:
        raise ValueError(f"{name} has {value.size} values: give one number.")
    return float(value)
