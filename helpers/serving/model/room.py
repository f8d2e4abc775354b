"""How many chips hold a model, and the batch from which arithmetic binds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, within
from helpers.llm import model as llm
from helpers.serving.model.formats import rates
from helpers.serving.model.limits import cache_bits, one_number
from helpers.serving.model.steps import decode


def chips_needed(
    model: llm.Model | str, chip: str, batch: ArrayLike = 1, context_tokens: ArrayLike = 4096, *, bits: int = 8,
    kv_bits: ArrayLike | str = 16,
) -> np.ndarray:  # fmt: skip
    """Fewest chips that hold the weights once, with the cache of `batch` sequences on each.

    Parameters
    ----------
    model, chip, batch, context_tokens, bits, kv_bits
        As in `decode`.

    Returns
    -------
    ndarray of float, broadcast shape of `batch` and `context_tokens`, whole numbers from 1

    Raises
    ------
    ValueError
        As `decode`; also when no number of chips is enough, because the cache alone is too much.

    Notes
    -----
    Weights split evenly. Buffers, programs and copies of busy experts take room too, so practice needs more.

    Examples
    --------
    >>> float(chips_needed("DeepSeek-V3", "H800")), float(chips_needed("DeepSeek-V3", "Ascend 910C"))
    (9.0, 6.0)
    """
    m = llm.model(model) if isinstance(model, str) else model
    r = rates(chip, bits, 16)
    b = within("batch", batch, 1e-4, 1e6)
    context = within("context_tokens", context_tokens, 1, 1e8, "tokens")
    room = r.memory_gb * 1e9 - b * llm.kv_bytes(m, context, cache_bits(kv_bits))
    if (room <= 0).any():
        many, long = first_bad(room <= 0, b, context)
        raise ValueError(
            f"batch = {many:g} at context_tokens = {long:g}: the cache alone is more than the"
            f" {r.memory_gb:g} GB of one {r.chip}, so no number of chips is enough."
        )
    return np.maximum(1.0, np.ceil(llm.weight_bytes(m, bits) / room))


def crossover_batch(
    model: llm.Model | str, chip: str, context_tokens: float = 4096, group: float = 1, *, bits: int = 8,
    kv_bits: float = 16, attention_bits: int = 16,
) -> float:  # fmt: skip
    """Smallest batch for each chip at which arithmetic takes longer than reading, in decode.

    Parameters
    ----------
    model, chip, context_tokens, group, bits, kv_bits, attention_bits
        As in `decode`, scalars.

    Returns
    -------
    float
        A whole number, or infinity where reading each sequence's cache takes longer than computing on it,
        so that no batch (up to 65,536) makes arithmetic the bound.

    Raises
    ------
    ValueError
        As `decode`; also several values where one is asked for.

    Notes
    -----
    The smallest whole batch with ``compute_s`` of `decode` at or above ``memory_s``. Arithmetic grows with the
    batch in proportion, reading ever more slowly, so beyond it arithmetic stays the bound.

    Examples
    --------
    >>> crossover_batch("DeepSeek-V3", "H20", 4096, 16), crossover_batch("DeepSeek-V3", "H800", 32768, 144)
    (23.0, inf)
    """
    context = one_number("context_tokens", within("context_tokens", context_tokens, 1, 1e8, "tokens"))
    chips_together = one_number("group", within("group", group, 1, 1e5))
    width = kv_bits if isinstance(kv_bits, str) else one_number("kv_bits", within("kv_bits", kv_bits, 1, 32, "bits"))
    formats = {"bits": bits, "kv_bits": width, "attention_bits": attention_bits}

    def computes(batches: np.ndarray) -> np.ndarray:
        step = decode(model, chip, batches, context, chips_together, **formats)
        return step.compute_s >= step.memory_s

    # Crossed once at most (see the notes), so two looks of 256 batches find where.
    coarse = np.arange(256, 65537, 256)
    over = computes(coarse)
    if not over.any():
        return float("inf")
    fine = coarse[over.argmax()] - np.arange(255, -1, -1)
    return float(fine[computes(fine).argmax()])
