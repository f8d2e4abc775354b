"""Bytes of the key-value cache: stored, read for one more token, and added by each token."""

from __future__ import annotations

import reprlib
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within
from helpers.llm.model.layers import MOST_TOKENS, Layers, layers_of
from helpers.llm.model.shape import Model, as_model

PACKED = "packed"

STATE_BITS = 32  # running summaries are kept in fp32


def kv_bytes(model: Model | str, context_tokens: ArrayLike, bits: ArrayLike | str = 16) -> np.ndarray:
    """Bytes of the key-value cache of one sequence.

    Parameters
    ----------
    model : Model or str
    context_tokens : scalar or array, 0 to 1e9 tokens
        Question and answer so far.
    bits : scalar or array, 1 to 32, or "packed"
        Bits for each stored number. "packed": the mixed format in which the model's authors store
        entries, where the table knows it (scales of the numbers included).

    Returns
    -------
    ndarray of float, broadcast shape
        Windows are counted as far as they are filled, running summaries in full (32 bits whatever
        `bits` says). Compressed entries are counted in fractions: the last one is part filled.

    Raises
    ------
    ValueError
        A value out of range, a missing field, or "packed" for a model whose format is not known.

    Notes
    -----
    For each token and layer: 2 g k numbers with g key-value heads of size k (MHA, GQA, MQA); rank + rope
    (MLA); one indexer key more (DSA); an entry for each 4 or 128 tokens (CSA, HCA); 2 g k for
    the token, its share of a summary and a filling window (NSA); nothing (linear).
    DeepSeek-V3: 61 x (512 + 64) x 2 bytes = 70,272 (arXiv 2505.09343, table 1).

    Examples
    --------
    >>> float(kv_bytes("DeepSeek-V3", 1000) / 1000)
    70272.0
    """
    m = as_model(model)
    tokens = within("context_tokens", context_tokens, 0, MOST_TOKENS, "tokens")
    return _stored(m, tokens, *_entry_bytes(m, bits), share=m.layers_per_cache)


def kv_read_bytes(model: Model | str, context_tokens: ArrayLike, bits: ArrayLike | str = 16) -> np.ndarray:
    """Bytes of the cache that are read to write one more token of one sequence.

    Parameters
    ----------
    model, context_tokens, bits
        As in `kv_bytes`. "packed" needs the bytes of an entry: a total for the token does not tell what is read.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        As `kv_bytes`.

    Notes
    -----
    Sparse attention stores everything and reads a selection: `index_topk` entries, and the indexer keys
    of all. Layers that share a cache each read it.

    Examples
    --------
    >>> read, stored = (float(f("DeepSeek-V3.2", 131072)) for f in (kv_read_bytes, kv_bytes))
    >>> round(stored / read)
    5
    """
    m = as_model(model)
    tokens = within("context_tokens", context_tokens, 0, MOST_TOKENS, "tokens")
    each, packed = _entry_bytes(m, bits)
    if packed:
        m.need("a count of what is read", "packed_entry_bytes")
    return _stored(m, tokens, each, packed, select=True)


def _entry_bytes(m: Model, bits: ArrayLike | str) -> tuple[np.ndarray, bool]:
    """Bytes for each number stored; or True for the model's own format."""
    if isinstance(bits, str):
        if bits != PACKED:
            raise ValueError(f"bits = {reprlib.repr(bits)} is neither a number from 1 to 32 nor {PACKED!r}.")
        if m.packed_token_bytes is None:
            m.need(f"bits = {PACKED!r}", "packed_entry_bytes")
        return np.asarray(2.0), True  # convolution states stay at 16 bits
    return within("bits", bits, 1, 32, "bits") / 8, False


def _one_entry(m: Model, layers: Layers, each: np.ndarray, packed: bool) -> tuple[ArrayLike, ArrayLike]:
    """Bytes of one entry of a layer, and of the indexer key beside it."""
    if packed:
        return m.packed_entry_bytes, m.packed_index_bytes if layers.index else 0
    return layers.entry * each, layers.index * each


def _stored(
    m: Model, tokens: np.ndarray, each: np.ndarray, packed: bool, share: int = 1, select: bool = False
) -> np.ndarray:
    if packed and not select and m.packed_token_bytes is not None:
        return tokens * float(m.packed_token_bytes)
    try:
        total = np.zeros(np.broadcast_shapes(tokens.shape, each.shape))
    except ValueError:
        raise ValueError(
            f"context_tokens has the shape {tokens.shape} and bits the shape {each.shape}; they must broadcast, as (3, 1)"
            " and (2,) do."
        ) from None
    for layers in layers_of(m):
        if layers.entry:
            entry, index = _one_entry(m, layers, each, packed)
            kept = np.minimum(tokens, layers.window) / layers.every
            read = np.minimum(kept, layers.topk) if select else kept
            total = total + layers.count / share * (read * entry + kept * index)
        total = total + layers.count * (layers.state * STATE_BITS / 8 + layers.conv * each)
    return total


def kv_bytes_per_token(model: Model | str, bits: ArrayLike | str = 16) -> np.ndarray | float:
    """Bytes by which the cache of a long sequence grows with each further token.

    Parameters
    ----------
    model : Model or str
    bits : scalar or array, 1 to 32, or "packed"
        As in `kv_bytes`.

    Returns
    -------
    float, or ndarray of the shape of `bits`
        Full windows and running summaries no longer grow, so they are not in it.

    Raises
    ------
    ValueError
        As `kv_bytes`.

    Examples
    --------
    >>> kv_bytes_per_token("Llama-3.1-405B")
    516096.0
    """
    m = as_model(model)
    each, packed = _entry_bytes(m, bits)
    if packed and m.packed_token_bytes is not None:
        return float(m.packed_token_bytes)
    total = np.zeros(each.shape)
    for layers in layers_of(m):
        if layers.entry and layers.window == inf:
            entry, index = _one_entry(m, layers, each, packed)
            total = total + layers.count / layers.every / m.layers_per_cache * (entry + index)
    return total if total.ndim else float(total)


def state_bytes(model: Model | str) -> float:
    """Bytes of the running summaries of one sequence: the part of the cache that does not depend on its length.

    Parameters
    ----------
    model : Model or str

    Returns
    -------
    float
        0 for a model without linear layers. Summaries in 32 bits, what short convolutions keep in 16.

    Raises
    ------
    ValueError
        A missing field.

    Examples
    --------
    >>> state_bytes("DeepSeek-V3")
    0.0
    """
    return float(kv_bytes(model, 0))
