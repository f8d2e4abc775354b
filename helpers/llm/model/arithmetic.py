"""Multiplications and additions for one token: looking back, and the whole model."""

from __future__ import annotations

import reprlib

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within
from helpers.llm.model.layers import MOST_TOKENS, layers_of
from helpers.llm.model.shape import Model, as_model
from helpers.llm.model.weights import active_parameters

MODES = ("decode", "prefill", "training")
MLA_FORMS = ("auto", "expand", "absorb")


def _mean_of_capped(tokens: np.ndarray, cap: float) -> np.ndarray:
    """Mean of min(i, cap) over the positions i = 1 ... tokens."""
    reach = np.minimum(tokens, cap)
    return reach - reach * (reach - 1) / (2 * tokens)


def attention_flops_per_token(
    model: Model | str, context_tokens: ArrayLike, mode: str = "decode", mla: str = "auto", causal: bool = True
) -> np.ndarray:
    """Arithmetic for one token that is spent on looking back: attention, indexers, running summaries.

    Parameters
    ----------
    model, context_tokens, mode, mla, causal
        As in `flops_per_token`, of which this is a part.

    Returns
    -------
    ndarray of float, shape of `context_tokens`

    Raises
    ------
    ValueError
        As `flops_per_token`.

    Examples
    --------
    >>> float(attention_flops_per_token("DeepSeek-V3", 1000) / attention_flops_per_token("DeepSeek-V3", 1000, mla="expand"))
    3.4
    """
    m = as_model(model)
    one_of("mode", mode, MODES)
    one_of("mla", mla, MLA_FORMS)
    if not isinstance(causal, (bool, np.bool_)):
        raise ValueError(f"causal = {reprlib.repr(causal)} is not True or False.")
    tokens = within("context_tokens", context_tokens, 1, MOST_TOKENS, "tokens")
    absorb = mla == "absorb" or (mla == "auto" and (mode == "decode" or m.index_heads > 0))
    total = np.zeros(tokens.shape)
    at_the_end = mode == "decode" or not causal
    for layers in layers_of(m):
        if layers.entry:
            caps = (min(layers.window, layers.topk * layers.every), layers.window)
            read, kept = (
                (np.minimum(tokens, cap) if at_the_end else _mean_of_capped(tokens, cap)) / layers.every for cap in caps
            )
            width = layers.absorb if absorb else layers.expand
            total = total + 2 * layers.count * (layers.heads * width * read + layers.index_heads * layers.index * kept)
        total = total + layers.count * layers.state_flops
    return total * (3 if mode == "training" else 1)


def flops_per_token(
    model: Model | str, context_tokens: ArrayLike, mode: str = "decode", mla: str = "auto", causal: bool = True
) -> np.ndarray:
    """Arithmetic for one token: multiplications and additions.

    Parameters
    ----------
    model : Model or str
    context_tokens : scalar or array, 1 to 1e9 tokens
        In "decode", the tokens already there; otherwise the length of the sequence.
    mode : {"decode", "prefill", "training"}
        The next token; the average token of a question read whole; the same with the way back, three
        times as much.
    mla : {"auto", "expand", "absorb"}
        How MLA is worked: keys and values written out for each head, or in the stored latent. "auto"
        absorbs in decode and wherever an indexer selects, else expands.
    causal : bool
        Each token looks back only, so the average one sees half of the sequence. False: as if each saw all of it,
        the count of papers that leave out the half (PaLM, arXiv 2204.02311, appendix B). "decode" is the same.

    Returns
    -------
    ndarray of float, shape of `context_tokens`

    Raises
    ------
    ValueError
        An unknown word for `mode` or `mla`, `causal` no yes or no, a value out of range, or a missing field.

    Notes
    -----
    2 N + sum over layers of 2 h (k + v) s, with N the active parameters without the input embedding,
    h heads, key k, value v and s the entries seen. An indexer adds 2 x heads x size for each entry.
    Linear layers add 7 (delta rule) or 5 (lightning) for each number of the running summary, as when
    written one token at a time; training in chunks does more. Recomputation in training is not in it,
    nor softmax, norms and other small work.

    Examples
    --------
    >>> round(float(flops_per_token("DeepSeek-V2", 4096, "training")) / 1e9)
    155
    """
    m = as_model(model)
    look_back = attention_flops_per_token(m, context_tokens, mode, mla, causal)
    return 2 * active_parameters(m) * (3 if mode == "training" else 1) + look_back
