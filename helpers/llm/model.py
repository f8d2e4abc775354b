"""What a language model stores and computes for each token, worked out from its published configuration.

A `Model` holds the shape of a transformer. From the shape follow, exactly, its number of parameters,
the bytes of its key-value cache and the arithmetic for each token, for dense models and mixtures of
experts, and for attention that keeps everything (MHA, GQA, MQA), a compressed copy (MLA), a selection
(DSA), a window, a running summary (linear attention) or compressed stretches (CSA, HCA).

`model` and `models` read ``data/models.csv`` through ``helpers.core.data``; the rest is arithmetic.
Function arguments called `model` take a `Model` or the name of one in the table.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, lru_cache
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import one_of, within

ATTENTION = ("gqa", "mla", "compressed")
LINEAR = ("kda", "gated_delta", "lightning")
BIASES = ("none", "qkv", "qkvo")
QK_NORMS = ("none", "head", "all")
MODES = ("decode", "prefill", "training")
MLA_FORMS = ("auto", "expand", "absorb")
CONVENTIONS = ("all", "no_input_embedding", "no_embeddings")
PACKED = "packed"

_STATE_BITS = 32  # running summaries are kept in fp32
_CONV = 4  # taps of the short convolutions in front of linear attention
_DELTA_FLOPS, _LIGHTNING_FLOPS = 7, 5  # for each number of the running summary and token: see `flops_per_token`
_MOST_TOKENS = 1e9
_WORDS = {"attention": ATTENTION, "linear": LINEAR, "attention_bias": BIASES, "qk_norm": QK_NORMS}
_UNKNOWN = ("attention", "linear")  # words that may be None
_FLAGS = (
    "tied_embeddings", "ffn_bias", "attention_sinks", "router_bias", "shared_gate", "output_gate", "low_rank_gate",
)  # fmt: skip
# At least one, when given at all; every other number may also be 0.
_POSITIVE = (
    "n_layers", "hidden_size", "vocab_size", "n_heads", "n_kv_heads", "head_dim", "v_head_dim", "kv_lora_rank",
    "sliding_window", "sliding_kv_heads", "linear_heads", "linear_key_heads", "linear_head_dim", "csa_ratio",
    "hca_ratio", "n_experts", "top_k", "layers_per_cache",
)  # fmt: skip
_MOST = 10_000_000


@dataclass(frozen=True)
class Model:
    """The shape of a language model, in the words of configuration files. Frozen: use ``dataclasses.replace``.

    Attributes
    ----------
    name : str
    attention : {"gqa", "mla", "compressed"}
        Kind of the layers that reach back over the whole context. MHA and MQA are "gqa" with as many
        key-value heads as heads, and with one. "compressed" is the attention of DeepSeek-V4 (CSA and HCA).
    n_layers, hidden_size, vocab_size : int
    n_heads, n_kv_heads, head_dim, v_head_dim : int
        Query heads, key-value heads, numbers in a key, numbers in a value (`head_dim` if not given).
        `head_dim` is a setting of its own; hidden_size / n_heads is wrong for several models.
    q_lora_rank, kv_lora_rank, qk_nope_head_dim, qk_rope_head_dim : int
        MLA. `q_lora_rank` is left out where queries are not compressed.
    nope_layers : int
        MLA layers that cache no rotary part and have wider keys instead.
    sliding_layers, sliding_window, sliding_kv_heads : int
        Layers that see only the last `sliding_window` tokens, and their key-value heads if different.
    linear : {"kda", "gated_delta", "lightning"}; linear_layers, linear_heads, linear_key_heads, linear_head_dim : int
        Layers that keep a running summary of linear_heads x linear_head_dim x linear_head_dim numbers.
    low_rank_gate : bool
        The output gate of a "kda" layer is of low rank.
    index_heads, index_head_dim, index_topk : int
        Indexer of sparse attention, and how many cached entries it lets through.
    csa_layers, hca_layers, csa_ratio, hca_ratio, o_groups, o_lora_rank, residual_streams : int
        "compressed": layers of each kind, tokens per cached entry, output projection, width of the residual.
        All of them, and any layers left over, have a window too.
    ffn_dense_size, moe_layers, n_experts, n_shared_experts, top_k, ffn_expert_size, moe_latent_dim : int
        Feed-forward part: width in dense layers; layers with experts, experts each, of which every token
        uses `top_k` and all shared ones, their width, and the width they read if narrower than hidden_size.
    tied_embeddings : bool
        One matrix serves as input and output embedding.
    attention_bias : {"none", "qkv", "qkvo"}; ffn_bias, router_bias : bool
        Which projections carry a bias. `router_bias` is one number for each expert.
    qk_norm : {"none", "head", "all"}
        Queries and keys of "gqa" layers are scaled with one weight vector for all heads, or with one for each.
    attention_sinks, output_gate, shared_gate : bool
        One number for each head of a "gqa" layer; an output gate as wide as all heads of a full layer; one
        gate for the shared experts of a layer.
    norms_per_layer : int
        Norms as wide as hidden_size.
    layers_per_cache : int
        Adjacent layers that share one cache.
    packed_entry_bytes, packed_index_bytes, packed_token_bytes : int
        Bytes of one cached entry of one layer, of its indexer key, or of a whole token, in the mixed
        format in which the model's authors store them.

    Raises
    ------
    ValueError
        A field that is no whole number in its range, or fields that contradict each other.

    Examples
    --------
    >>> small = Model("small", "gqa", n_layers=2, hidden_size=64, vocab_size=100, n_heads=4, n_kv_heads=1, head_dim=16, ffn_dense_size=256)
    >>> kv_bytes_per_token(small)
    128.0
    """

    name: str
    attention: str | None = None
    n_layers: int | None = None
    hidden_size: int | None = None
    vocab_size: int | None = None
    n_heads: int | None = None
    n_kv_heads: int | None = None
    head_dim: int | None = None
    v_head_dim: int | None = None
    q_lora_rank: int | None = None
    kv_lora_rank: int | None = None
    qk_nope_head_dim: int | None = None
    qk_rope_head_dim: int | None = None
    nope_layers: int = 0
    sliding_layers: int = 0
    sliding_window: int | None = None
    sliding_kv_heads: int | None = None
    linear: str | None = None
    linear_layers: int = 0
    linear_heads: int | None = None
    linear_key_heads: int | None = None
    linear_head_dim: int | None = None
    low_rank_gate: bool = False
    index_heads: int = 0
    index_head_dim: int | None = None
    index_topk: int | None = None
    csa_layers: int = 0
    hca_layers: int = 0
    csa_ratio: int = 4
    hca_ratio: int = 128
    o_groups: int | None = None
    o_lora_rank: int | None = None
    residual_streams: int = 1
    ffn_dense_size: int | None = None
    moe_layers: int = 0
    n_experts: int | None = None
    n_shared_experts: int = 0
    top_k: int | None = None
    ffn_expert_size: int | None = None
    moe_latent_dim: int | None = None
    tied_embeddings: bool = False
    attention_bias: str = "none"
    ffn_bias: bool = False
    qk_norm: str = "none"
    attention_sinks: bool = False
    router_bias: bool = False
    shared_gate: bool = False
    output_gate: bool = False
    norms_per_layer: int = 2
    layers_per_cache: int = 1
    packed_entry_bytes: int | None = None
    packed_index_bytes: int = 0
    packed_token_bytes: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            raise ValueError(f"name = {self.name!r} is not a text of one letter or more.")
        for field in _FIELDS:
            value = getattr(self, field)
            if field in _WORDS:
                if value is not None or field not in _UNKNOWN:
                    one_of(f"{self.name}: {field}", value, _WORDS[field])
            elif field in _FLAGS:
                if not isinstance(value, (bool, np.bool_)):
                    raise ValueError(f"{self.name}: {field} = {value!r} is not True or False.")
            elif value is not None or field in _DEFAULTED:
                self._hold_whole(field, value)
        self._hold_together()

    def _hold_whole(self, field: str, value: object) -> None:
        low = int(field in _POSITIVE)
        whole = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
        if not whole or not low <= value <= _MOST or value != int(value):  # type: ignore[operator, call-overload]
            raise ValueError(f"{self.name}: {field} = {value!r} is not a whole number from {low} to {_MOST:,}.")
        object.__setattr__(self, field, int(value))  # type: ignore[call-overload]

    def _hold_together(self) -> None:
        parts = self.sliding_layers + self.linear_layers + self.csa_layers + self.hca_layers
        if self.n_layers is not None and max(parts, self.moe_layers) > self.n_layers:
            raise ValueError(
                f"{self.name}: n_layers = {self.n_layers} is less than the {max(parts, self.moe_layers)}"
                " layers that its parts add up to (sliding, linear, csa, hca; or moe)."
            )
        if self.attention != "compressed" and self.csa_layers + self.hca_layers:
            raise ValueError(f"{self.name}: csa_layers and hca_layers need attention = 'compressed'.")
        if self.attention == "compressed" and self.linear_layers:
            raise ValueError(f"{self.name}: linear_layers = {self.linear_layers} beside compressed attention.")
        if self.n_layers is not None and self.nope_layers > self.full_layers:
            raise ValueError(
                f"{self.name}: nope_layers = {self.nope_layers} is more than {self.full_layers} full layers."
            )
        for less, more in (("n_kv_heads", "n_heads"), ("top_k", "n_experts"), ("linear_key_heads", "linear_heads")):
            a, b = getattr(self, less), getattr(self, more)
            if a is not None and b is not None and a > b:
                raise ValueError(f"{self.name}: {less} = {a} is more than {more} = {b}.")

    def need(self, purpose: str, *wanted: str) -> tuple[int, ...]:
        """The values of the fields `wanted`.

        Raises
        ------
        ValueError
            One of them is not known: names the model, the field and what needs it.
        """
        for field in wanted:
            if getattr(self, field) is None:
                raise ValueError(f"{self.name}: the field {field!r} is missing, and {purpose} needs it.")
        return tuple(getattr(self, field) for field in wanted)

    @property
    def full_layers(self) -> int:
        """Layers that reach back over the whole context, neither sliding, linear nor compressed."""
        (layers,) = self.need("any count", "n_layers")
        return layers - self.sliding_layers - self.linear_layers - self.csa_layers - self.hca_layers


_FIELDS = tuple(f.name for f in fields(Model))[1:]
_DEFAULTED = tuple(f.name for f in fields(Model) if f.default is not None and f.name not in (*_WORDS, *_FLAGS))


# --- the models of the table --------------------------------------------------------------------


@cache
def _table() -> dict[str, Model]:
    frame = data.load("models")
    columns = [c for c in frame.columns if c in _FIELDS]
    found = {}
    for row in frame.to_dict("records"):
        given = {c: row[c] for c in columns if row[c] != "" and row[c] == row[c]}  # NaN is not itself
        found[row["model"]] = Model(name=row["model"], **given)
    return found


def models() -> tuple[str, ...]:
    """Names of the models in ``data/models.csv``, in the order of their release.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> len(models()), "DeepSeek-V3" in models()
    (43, True)
    """
    return tuple(_table())


def model(name: str) -> Model:
    """A model of ``data/models.csv``.

    Parameters
    ----------
    name : str
        One of `models`.

    Returns
    -------
    Model

    Raises
    ------
    ValueError
        No such model; the names are listed.

    Examples
    --------
    >>> model("Qwen3-32B").head_dim
    128
    """
    return _table()[one_of("model", name, _table())]


def _as_model(given: Model | str) -> Model:
    return given if isinstance(given, Model) else model(given)


# --- parameters ---------------------------------------------------------------------------------


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
    return _parameters(_as_model(model))


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
            one = 4 * d * a + 3 * a * _CONV + (d + a) * size + a + heads + d * heads + size
            one += (d + a) * size if m.low_rank_gate else d * a
        elif kind == "gated_delta":
            k = (m.linear_key_heads or heads) * size
            one = d * (2 * k + 2 * a) + 2 * d * heads + _CONV * (2 * k + a) + 2 * heads + size + a * d
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


# --- what a layer stores and reads --------------------------------------------------------------


@dataclass(frozen=True)
class _Layers:
    """Layers of one kind: what each stores for every `every` tokens, and how far it looks."""

    count: int
    heads: int = 0
    entry: int = 0  # numbers stored
    index: int = 0  # numbers of the indexer key stored beside
    index_heads: int = 0
    every: int = 1  # tokens to one entry
    window: float = inf  # tokens
    topk: float = inf  # entries read
    expand: int = 0  # numbers in key and value of one head, as trained
    absorb: int = 0  # the same, working in the stored form
    state: int = 0  # numbers of a running summary
    conv: int = 0  # numbers kept for a short convolution
    state_flops: int = 0


@lru_cache(maxsize=256)
def _layers(m: Model) -> tuple[_Layers, ...]:
    if m.attention is None:
        m.need("a count of its cache", "attention")
    groups = []
    if m.attention == "compressed":
        heads, h, window = m.need("compressed attention", "n_heads", "head_dim", "sliding_window")
        form = {"heads": heads, "entry": h, "expand": 2 * h, "absorb": 2 * h}
        if m.csa_layers:
            i_heads, size, topk = m.need("compressed sparse attention", "index_heads", "index_head_dim", "index_topk")
            groups.append(_Layers(m.csa_layers, index=size, index_heads=i_heads, every=m.csa_ratio, topk=topk, **form))
        groups.append(_Layers(m.hca_layers, every=m.hca_ratio, **form))
        groups.append(_Layers(m.full_layers + m.sliding_layers + m.csa_layers + m.hca_layers, window=window, **form))
        return tuple(groups)
    if m.full_layers:
        index = {}
        if m.index_heads:
            size, topk = m.need("an indexer", "index_head_dim", "index_topk")
            index = {"index": size, "index_heads": m.index_heads, "topk": topk}
        groups += _whole_layers(m, index)
    if m.sliding_layers:
        window, heads, k = m.need("a sliding window", "sliding_window", "n_heads", "head_dim")
        kv_heads = m.sliding_kv_heads or m.need("a sliding window", "n_kv_heads")[0]
        wide = k + (m.v_head_dim or k)
        groups.append(_Layers(m.sliding_layers, heads, kv_heads * wide, window=window, expand=wide, absorb=wide))
    if m.linear_layers:
        kind, heads, size = m.need("linear attention", "linear", "linear_heads", "linear_head_dim")
        keys = (m.linear_key_heads or heads) if kind == "gated_delta" else heads
        conv = 0 if kind == "lightning" else (_CONV - 1) * (2 * keys + heads) * size
        flops = (_LIGHTNING_FLOPS if kind == "lightning" else _DELTA_FLOPS) * heads * size**2
        groups.append(_Layers(m.linear_layers, state=heads * size**2, conv=conv, state_flops=flops))
    return tuple(groups)


def _whole_layers(m: Model, index: dict[str, int]) -> list[_Layers]:
    if m.attention == "gqa":
        heads, kv_heads, k = m.need("attention", "n_heads", "n_kv_heads", "head_dim")
        wide = k + (m.v_head_dim or k)
        return [_Layers(m.full_layers, heads, kv_heads * wide, expand=wide, absorb=wide, **index)]
    heads, rank, nope, rope, v = m.need(
        "MLA", "n_heads", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"
    )
    return [
        _Layers(count, heads, rank + r, expand=nope + rope + v, absorb=2 * rank + r, **index)
        for count, r in ((m.full_layers - m.nope_layers, rope), (m.nope_layers, 0))
        if count
    ]


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
    (MLA); one indexer key more (DSA); an entry for each 4 or 128 tokens (CSA, HCA); nothing (linear).
    DeepSeek-V3: 61 x (512 + 64) x 2 bytes = 70,272 (arXiv 2505.09343, table 1).

    Examples
    --------
    >>> float(kv_bytes("DeepSeek-V3", 1000) / 1000)
    70272.0
    """
    m = _as_model(model)
    tokens = within("context_tokens", context_tokens, 0, _MOST_TOKENS, "tokens")
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
    m = _as_model(model)
    tokens = within("context_tokens", context_tokens, 0, _MOST_TOKENS, "tokens")
    each, packed = _entry_bytes(m, bits)
    if packed:
        m.need("a count of what is read", "packed_entry_bytes")
    return _stored(m, tokens, each, packed, select=True)


def _entry_bytes(m: Model, bits: ArrayLike | str) -> tuple[np.ndarray, bool]:
    """Bytes for each number stored; or True for the model's own format."""
    if isinstance(bits, str):
        if bits != PACKED:
            raise ValueError(f"bits = {bits!r} is neither a number from 1 to 32 nor {PACKED!r}.")
        if m.packed_token_bytes is None:
            m.need(f"bits = {PACKED!r}", "packed_entry_bytes")
        return np.asarray(2.0), True  # convolution states stay at 16 bits
    return within("bits", bits, 1, 32, "bits") / 8, False


def _one_entry(m: Model, layers: _Layers, each: np.ndarray, packed: bool) -> tuple[ArrayLike, ArrayLike]:
    """Bytes of one entry of a layer, and of the indexer key beside it."""
    if packed:
        return m.packed_entry_bytes, m.packed_index_bytes if layers.index else 0
    return layers.entry * each, layers.index * each


def _stored(
    m: Model, tokens: np.ndarray, each: np.ndarray, packed: bool, share: int = 1, select: bool = False
) -> np.ndarray:
    if packed and not select and m.packed_token_bytes is not None:
        return tokens * float(m.packed_token_bytes)
    total = np.zeros(np.broadcast_shapes(tokens.shape, each.shape))
    for layers in _layers(m):
        if layers.entry:
            entry, index = _one_entry(m, layers, each, packed)
            kept = np.minimum(tokens, layers.window) / layers.every
            read = np.minimum(kept, layers.topk) if select else kept
            total = total + layers.count / share * (read * entry + kept * index)
        total = total + layers.count * (layers.state * _STATE_BITS / 8 + layers.conv * each)
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
    m = _as_model(model)
    each, packed = _entry_bytes(m, bits)
    if packed and m.packed_token_bytes is not None:
        return float(m.packed_token_bytes)
    total = np.zeros(each.shape)
    for layers in _layers(m):
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


# --- arithmetic ---------------------------------------------------------------------------------


def _mean_of_capped(tokens: np.ndarray, cap: float) -> np.ndarray:
    """Mean of min(i, cap) over the positions i = 1 ... tokens."""
    reach = np.minimum(tokens, cap)
    return reach - reach * (reach - 1) / (2 * tokens)


def attention_flops_per_token(
    model: Model | str, context_tokens: ArrayLike, mode: str = "decode", mla: str = "auto"
) -> np.ndarray:
    """Arithmetic for one token that is spent on looking back: attention, indexers, running summaries.

    Parameters
    ----------
    model, context_tokens, mode, mla
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
    m = _as_model(model)
    one_of("mode", mode, MODES)
    one_of("mla", mla, MLA_FORMS)
    tokens = within("context_tokens", context_tokens, 1, _MOST_TOKENS, "tokens")
    absorb = mla == "absorb" or (mla == "auto" and (mode == "decode" or m.index_heads > 0))
    total = np.zeros(tokens.shape)
    for layers in _layers(m):
        if layers.entry:
            caps = (min(layers.window, layers.topk * layers.every), layers.window)
            read, kept = (
                (np.minimum(tokens, cap) if mode == "decode" else _mean_of_capped(tokens, cap)) / layers.every
                for cap in caps
            )
            width = layers.absorb if absorb else layers.expand
            total = total + 2 * layers.count * (layers.heads * width * read + layers.index_heads * layers.index * kept)
        total = total + layers.count * layers.state_flops
    return total * (3 if mode == "training" else 1)


def flops_per_token(
    model: Model | str, context_tokens: ArrayLike, mode: str = "decode", mla: str = "auto"
) -> np.ndarray:
    """Arithmetic for one token: multiplications and additions.

    Parameters
    ----------
    model : Model or str
    context_tokens : scalar or array, 1 to 1e9 tokens
        In "decode", the tokens already there; otherwise the length of the sequence.
    mode : {"decode", "prefill", "training"}
        The next token; the average token of a question read whole; the same with the way back, three
        times as much. Each token looks back only, so the average one sees half of the sequence.
    mla : {"auto", "expand", "absorb"}
        How MLA is worked: keys and values written out for each head, or in the stored latent. "auto"
        absorbs in decode and wherever an indexer selects, else expands.

    Returns
    -------
    ndarray of float, shape of `context_tokens`

    Raises
    ------
    ValueError
        An unknown word for `mode` or `mla`, a value out of range, or a missing field.

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
    m = _as_model(model)
    look_back = attention_flops_per_token(m, context_tokens, mode, mla)
    return 2 * active_parameters(m) * (3 if mode == "training" else 1) + look_back
