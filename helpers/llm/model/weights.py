"""Parameters of a model, part by part, and the bytes of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within
from helpers.llm.model.layers import CONV_TAPS
from helpers.llm.model.shape import Model, as_model

CONVENTIONS = ("all", "no_input_embedding", "no_embeddings")


@dataclass(frozen=True)
class Parameters:
    """Counts of parameters by part.

    Attributes
    ----------
    attention, dense_ffn, routed_experts, shared_experts, router, other : int
        `other` holds norms and, in DeepSeek-V4, the mixing of residual streams.
    active_experts : int
        The part of `routed_experts` that one token uses.
    embedding_input, embedding_output : int
        Where one matrix serves both, it is counted once, as output.
    """

    attention: int
    dense_ffn: int
    routed_experts: int
    active_experts: int
    shared_experts: int
    router: int
    other: int
    embedding_input: int
    embedding_output: int

    @property
    def total(self) -> int:
        """All parameters; modules for predicting further tokens and for images are not part of it."""
        return self.active - self.active_experts + self.routed_experts

    @property
    def active(self) -> int:
        """Parameters that one token uses, both embedding matrices counted (convention "all")."""
        return (
            self.attention
            + self.dense_ffn
            + self.active_experts
            + self.shared_experts
            + self.router
            + self.other
            + self.embedding_input
            + self.embedding_output
        )


def parameters(model: Model | str) -> Parameters:
    """Parameters of a model, by part.

    Parameters
    ----------
    model : Model or str

    Returns
    -------
    Parameters

    Raises
    ------
    ValueError
        A field that the architecture needs is missing; model and field are named.

    Notes
    -----
    Attention, MHA to MQA: d h k (queries) + d g (k + v) + h v d, with hidden size d, h heads, g key-value
    heads, key k and value v. MLA: DeepSeek-V2, arXiv 2405.04434, section 2.1. NSA: keys and values three times and
    the gates; the map from a stretch to its summary is left out, for the paper does not give its size. Feed-forward
    layers and experts: 3 d f each, the three matrices where a gate multiplies, or 2 d f (`ffn_matrices`). A bias that a router adds for each expert counts, as it
    does in the released weights; some libraries leave it out. KDA, gated delta, lightning, CSA, HCA and the indexers as
    in the published model code (transformers 5.23.0).

    Examples
    --------
    >>> round(parameters("DeepSeek-V3").total / 1e9, 1)
    671.0
    """
    return _parameters(as_model(model))


@lru_cache(maxsize=256)
def _parameters(m: Model) -> Parameters:
    layers, d, vocabulary = m.need("a count of parameters", "n_layers", "hidden_size", "vocab_size")
    attention = _attention_parameters(m)
    dense_layers = layers - m.moe_layers
    dense = active = routed = shared = router = 0
    if dense_layers:
        (width,) = m.need("a dense layer", "ffn_dense_size")
        dense = dense_layers * _ffn_parameters(m, d, width)
    if m.moe_layers:
        experts, top_k, width = m.need("a layer of experts", "n_experts", "top_k", "ffn_expert_size")
        one = _ffn_parameters(m, m.moe_latent_dim or d, width)
        routed, active = (m.moe_layers * n * one for n in (experts, top_k))
        shared = m.moe_layers * (m.n_shared_experts * _ffn_parameters(m, d, width) + m.shared_gate * d)
        router = m.moe_layers * (d + m.router_bias) * experts
        if m.moe_latent_dim:
            shared += m.moe_layers * 2 * d * m.moe_latent_dim  # into the latent and back
    other = (layers * m.norms_per_layer + m.outer_norms) * d * (1 + m.norm_bias) + m.output_bias * vocabulary
    if m.residual_streams > 1:
        n = m.residual_streams
        other += 2 * layers * ((2 + n) * n * (n * d + 1) + 3) + n * (n * d + 1) + 1
    embedding = vocabulary * d
    before = (0 if m.tied_embeddings else embedding) + m.position_rows * d
    return Parameters(attention, dense, routed, active, shared, router, other, before, embedding)


def _ffn_parameters(m: Model, read: int, width: int) -> int:
    """Of one feed-forward layer or expert: the matrices, and a bias for each."""
    return m.ffn_matrices * read * width + m.ffn_bias * ((m.ffn_matrices - 1) * width + read)


def _attention_parameters(m: Model) -> int:
    (d,) = m.need("attention", "hidden_size")
    total = 0
    if m.attention == "compressed":
        return _compressed_parameters(m)
    if m.full_layers:
        total += _whole_parameters(m)
    if m.sliding_latent:
        total += _latent_parameters(m, m.sliding_layers)[0]
    elif m.sliding_layers:
        total += _gqa_parameters(m, m.sliding_layers, m.sliding_kv_heads or m.n_kv_heads)
    if m.linear_layers:
        (kind, heads, size) = m.need("linear attention", "linear", "linear_heads", "linear_head_dim")
        a = heads * size
        if kind == "kda":
            one = 4 * d * a + 3 * a * CONV_TAPS + (d + a) * size + a + heads + d * heads + size
            one += (d + a) * size if m.low_rank_gate else d * a
        elif kind == "gated_delta":
            k = (m.linear_key_heads or heads) * size
            one = d * (2 * k + 2 * a) + 2 * d * heads + CONV_TAPS * (2 * k + a) + 2 * heads + size + a * d
        else:
            one = 5 * d * a + a
        total += m.linear_layers * one
    return total


def _whole_parameters(m: Model) -> int:
    """Of the layers that reach back over the whole context, with their indexer."""
    (kind, d) = m.need("attention", "attention", "hidden_size")
    if kind == "mla":
        total, index_input = _latent_parameters(m, m.full_layers)
        if m.nope_layers:  # the rotary part moves from the shared key into each head's own
            heads, rank, rope = m.need("MLA", "n_heads", "kv_lora_rank", "qk_rope_head_dim")
            total += m.nope_layers * rank * heads * rope - m.nope_layers * d * rope // m.layers_per_cache
    elif kind == "nsa":
        total, index_input = _nsa_parameters(m), d
    else:
        total, index_input = _gqa_parameters(m, m.full_layers, m.n_kv_heads), d
    if m.index_heads:
        (size,) = m.need("an indexer", "index_head_dim")
        total += m.full_layers * (index_input * m.index_heads * size + d * size + d * m.index_heads + 2 * size)
    return total


def _latent_parameters(m: Model, layers: int) -> tuple[int, int]:
    """Of layers with MLA; and the width of what makes their queries."""
    d, heads, rank, nope, rope, v = m.need(
        "MLA", "hidden_size", "n_heads", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"
    )
    read = m.q_lora_rank or d
    queries = read * heads * (nope + rope) + (m.q_lora_rank * (d + 1) if m.q_lora_rank else 0)
    own = queries + rank * heads * (nope + v) + heads * v * d + m.output_gate * d * heads * v
    filled = d * (rank + rope) + rank  # what fills a cache, once for the layers that share it
    return layers * own + layers * filled // m.layers_per_cache, read


def _gqa_parameters(m: Model, layers: int, kv_heads: int | None) -> int:
    d, heads, k = m.need("attention", "hidden_size", "n_heads", "head_dim")
    if kv_heads is None:
        m.need("attention", "n_kv_heads")
    v, biased = m.v_head_dim or k, m.attention_bias != "none"
    own = d * heads * k + heads * v * d + m.output_gate * d * heads * v + m.attention_sinks * heads
    own += {"none": 0, "head": k, "all": heads * k}[m.qk_norm]
    own += biased * heads * k + (d if m.attention_bias == "qkvo" else 0)
    filled = (d + biased) * kv_heads * (k + v) + {"none": 0, "head": k, "all": kv_heads * k}[m.qk_norm]
    return layers * own + layers * filled // m.layers_per_cache


def _nsa_parameters(m: Model) -> int:
    """Keys and values three times, and a gate for each head and way of reading (arXiv 2502.11089, section 3.3)."""
    d, heads, kv_heads, k = m.need("NSA", "hidden_size", "n_heads", "n_kv_heads", "head_dim")
    v = m.v_head_dim or k
    return m.full_layers * (d * heads * k + 3 * d * kv_heads * (k + v) + heads * v * d + 3 * d * heads)


def _compressed_parameters(m: Model) -> int:
    d, heads, h, rank, groups, o_rank = m.need(
        "compressed attention", "hidden_size", "n_heads", "head_dim", "q_lora_rank", "o_groups", "o_lora_rank"
    )
    n_layers = m.full_layers + m.sliding_layers + m.csa_layers + m.hca_layers
    total = n_layers * (
        d * rank + rank + rank * heads * h + d * h + h + heads * h * o_rank + groups * o_rank * d + heads
    )
    total += m.hca_layers * (2 * d * h + m.hca_ratio * h + h)
    if m.csa_layers:
        index_heads, size = m.need("compressed sparse attention", "index_heads", "index_head_dim")
        indexer = rank * index_heads * size + 4 * d * size + 2 * m.csa_ratio * size + size + d * index_heads
        total += m.csa_layers * (4 * d * h + 2 * m.csa_ratio * h + h + indexer)
    return total


def active_parameters(model: Model | str, convention: str = "no_input_embedding") -> int:
    """Parameters that one token uses.

    Parameters
    ----------
    model : Model or str
    convention : {"all", "no_input_embedding", "no_embeddings"}
        Count both embedding matrices (Mixtral, Qwen), leave out the input one, which is a look-up and no
        multiplication (DeepSeek, gpt-oss), or leave out both (MiniMax, Moonlight). Papers differ.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        An unknown convention, or a missing field.

    Examples
    --------
    >>> [round(active_parameters("Moonlight-16B-A3B", c) / 1e9, 2) for c in CONVENTIONS]
    [2.91, 2.58, 2.24]
    """
    one_of("convention", convention, CONVENTIONS)
    p = parameters(model)
    left_out = {"all": 0, "no_input_embedding": p.embedding_input}
    return p.active - left_out.get(convention, p.embedding_input + p.embedding_output)


def weight_bytes(model: Model | str, bits: ArrayLike = 16) -> np.ndarray:
    """Bytes of all weights at one precision.

    Parameters
    ----------
    model : Model or str
    bits : scalar or array, 1 to 32
        Bits for each parameter, scales included; released weights often mix precisions.

    Returns
    -------
    ndarray of float, shape of `bits`

    Raises
    ------
    ValueError
        Bits out of range, or a missing field.

    Examples
    --------
    >>> float(weight_bytes("DeepSeek-V3", 8)) / 1e9 > 671
    True
    """
    return parameters(model).total * within("bits", bits, 1, 32, "bits") / 8
