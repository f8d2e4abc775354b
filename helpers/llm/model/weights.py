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
    heads, key k and value v. MLA: DeepSeek-V2, arXiv 2405.04434, section 2.1. Experts: 3 d f each, the
    three matrices of a gated feed-forward layer. A bias that a router adds for each expert counts, as it
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
        dense = dense_layers * (3 * d * width + m.ffn_bias * (2 * width + d))
    if m.moe_layers:
        experts, top_k, width = m.need("a layer of experts", "n_experts", "top_k", "ffn_expert_size")
        read = m.moe_latent_dim or d
        one = 3 * read * width + m.ffn_bias * (2 * width + read)
        routed, active = (m.moe_layers * n * one for n in (experts, top_k))
        shared = m.moe_layers * (m.n_shared_experts * 3 * d * width + m.shared_gate * d)
        router = m.moe_layers * (d + m.router_bias) * experts
        if m.moe_latent_dim:
            shared += m.moe_layers * 2 * d * m.moe_latent_dim  # into the latent and back
    other = (layers * m.norms_per_layer + 1) * d
    if m.residual_streams > 1:
        n = m.residual_streams
        other += 2 * layers * ((2 + n) * n * (n * d + 1) + 3) + n * (n * d + 1) + 1
    embedding = vocabulary * d
    return Parameters(
        attention, dense, routed, active, shared, router, other, 0 if m.tied_embeddings else embedding, embedding
    )


def _attention_parameters(m: Model) -> int:
    (d,) = m.need("attention", "hidden_size")
    total = 0
    if m.attention == "compressed":
        return _compressed_parameters(m)
    if m.full_layers:
        total += _whole_parameters(m)
    if m.sliding_layers:
        total += m.sliding_layers * _gqa_parameters(m, m.sliding_kv_heads or m.n_kv_heads)
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
    if kind == "gqa":
        one, index_input = _gqa_parameters(m, m.n_kv_heads), d
    else:
        heads, rank, nope, rope, v = m.need(
            "MLA", "n_heads", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"
        )
        index_input = m.q_lora_rank or d
        queries = index_input * heads * (nope + rope) + (m.q_lora_rank * (d + 1) if m.q_lora_rank else 0)
        one = queries + d * (rank + rope) + rank + rank * heads * (nope + v) + heads * v * d
        one += m.output_gate * d * heads * v
    if m.index_heads:
        (size,) = m.need("an indexer", "index_head_dim")
        one += index_input * m.index_heads * size + d * size + d * m.index_heads + 2 * size
    total = m.full_layers * one
    if kind == "mla" and m.nope_layers:  # the rotary part moves from the shared key into each head's own
        total += m.nope_layers * (rank * heads * rope - d * rope)
    return total


def _gqa_parameters(m: Model, kv_heads: int | None) -> int:
    d, heads, k = m.need("attention", "hidden_size", "n_heads", "head_dim")
    if kv_heads is None:
        m.need("attention", "n_kv_heads")
    v = m.v_head_dim or k
    keys_values = d * kv_heads * (k + v) // m.layers_per_cache
    one = d * heads * k + keys_values + heads * v * d + m.output_gate * d * heads * v + m.attention_sinks * heads
    one += {"none": 0, "head": 2, "all": heads + kv_heads}[m.qk_norm] * k
    if m.attention_bias != "none":
        one += heads * k + kv_heads * (k + v)
    return one + (d if m.attention_bias == "qkvo" else 0)


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
