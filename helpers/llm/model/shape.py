"""The shape of a language model: the fields of its configuration, and the models of ``data/models.csv``."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass, fields, replace
from functools import cache

import numpy as np

from helpers.core import data
from helpers.core.limits import one_of
from helpers.llm.model.rules import DETAILS, hold_together

ATTENTION = ("gqa", "mla", "compressed", "nsa")
LINEAR = ("kda", "gated_delta", "lightning")
BIASES = ("none", "qkv", "qkvo")
QK_NORMS = ("none", "head", "all")

_WORDS = {"attention": ATTENTION, "linear": LINEAR, "attention_bias": BIASES, "qk_norm": QK_NORMS}
_UNKNOWN = ("attention", "linear")  # words that may be None
FLAGS = (
    "tied_embeddings", "ffn_bias", "attention_sinks", "router_bias", "shared_gate", "output_gate", "low_rank_gate",
    "sliding_latent", "norm_bias", "output_bias",
)  # fmt: skip
# At least one, when given at all; every other number may also be 0.
_POSITIVE = (
    "n_layers", "hidden_size", "vocab_size", "n_heads", "n_kv_heads", "head_dim", "v_head_dim", "kv_lora_rank",
    "sliding_window", "sliding_kv_heads", "linear_heads", "linear_key_heads", "linear_head_dim", "csa_ratio",
    "hca_ratio", "n_experts", "top_k", "layers_per_cache", "nsa_stride", "nsa_block", "nsa_topk",
)  # fmt: skip
MOST = 10_000_000


@dataclass(frozen=True)
class Model:
    """The shape of a language model, in the words of configuration files. Frozen: use ``dataclasses.replace``.

    Attributes
    ----------
    name : str
    attention : {"gqa", "mla", "compressed", "nsa"}
        Kind of the layers that reach back over the whole context. MHA and MQA are "gqa" with as many
        key-value heads as heads, and with one. "compressed" is the attention of DeepSeek-V4 (CSA and HCA).
        "nsa" reads summaries of stretches, a selection of blocks and a window in one layer, each with keys
        and values of its own (Native Sparse Attention, arXiv 2502.11089).
    n_layers, hidden_size, vocab_size : int
    n_heads, n_kv_heads, head_dim, v_head_dim : int
        Query heads, key-value heads, numbers in a key, numbers in a value (`head_dim` if not given).
        `head_dim` is a setting of its own; hidden_size / n_heads is wrong for several models.
    q_lora_rank, kv_lora_rank, qk_nope_head_dim, qk_rope_head_dim : int
        MLA. `q_lora_rank` is left out where queries are not compressed.
    nope_layers : int
        MLA layers that cache no rotary part and have wider keys instead.
    sliding_layers, sliding_window, sliding_kv_heads : int; sliding_latent : bool
        Layers that see only the last `sliding_window` tokens, and their key-value heads if different. They
        keep keys and values for each head, beside MLA too, unless `sliding_latent` says that they keep the latent.
    linear : {"kda", "gated_delta", "lightning"}; linear_layers, linear_heads, linear_key_heads, linear_head_dim : int
        Layers that keep a running summary of linear_heads x linear_head_dim x linear_head_dim numbers.
    low_rank_gate : bool
        The output gate of a "kda" layer is of low rank.
    index_heads, index_head_dim, index_topk : int
        Indexer of sparse attention, and how many cached entries it lets through.
    csa_layers, hca_layers, csa_ratio, hca_ratio, o_groups, o_lora_rank, residual_streams : int
        "compressed": layers of each kind, tokens per cached entry, output projection, width of the residual.
        All of them, and any layers left over, have a window too.
    nsa_stride, nsa_block, nsa_topk : int
        "nsa": tokens from one summary to the next, tokens in a block, and how many blocks are selected. The window
        is `sliding_window`.
    ffn_dense_size, moe_layers, n_experts, n_shared_experts, top_k, ffn_expert_size, moe_latent_dim : int
        Feed-forward part: width in dense layers; layers with experts, experts each, of which every token
        uses `top_k` and all shared ones, their width, and the width they read if narrower than hidden_size.
    ffn_matrices : {3, 2}
        Matrices of a feed-forward layer, dense, routed or shared: 3 where a gate multiplies (SwiGLU, GeGLU), 2 where
        none does (GPT-2, OPT, BLOOM, Pythia, Falcon, StarCoder2, Nemotron).
    tied_embeddings : bool
        One matrix serves as input and output embedding.
    attention_bias : {"none", "qkv", "qkvo"}; ffn_bias, router_bias : bool
        Which projections carry a bias. `ffn_bias` is of dense, routed and shared layers; `router_bias` is one
        number for each expert.
    qk_norm : {"none", "head", "all"}
        Queries and keys of "gqa" layers are scaled with one weight vector for all heads, or with one for each.
    attention_sinks, output_gate, shared_gate : bool
        One number for each head of a "gqa" layer; an output gate as wide as all heads of a full layer; one
        gate for the shared experts of a layer.
    norms_per_layer, outer_norms : int; norm_bias : bool
        Norms as wide as hidden_size, in a layer and outside of all layers; whether they have an offset too.
    position_rows : int; output_bias : bool
        Learned positions, as wide as hidden_size; a number for each word of the vocabulary at the output.
    layers_per_cache : int
        Adjacent layers of one kind that share one cache, at most as many as there are; an average where it does not
        divide them.
    packed_entry_bytes, packed_index_bytes, packed_token_bytes : int
        Bytes of one cached entry of one layer, of its indexer key, or of a whole token, in the mixed
        format in which the model's authors store them.

    Raises
    ------
    ValueError
        A field that is no whole number in its range, fields that contradict each other, or a detail that nothing
        counts, such as experts without `moe_layers`.

    Examples
    --------
    >>> from helpers.llm.model import kv_bytes_per_token
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
    ffn_matrices: int = 3
    norm_bias: bool = False
    outer_norms: int = 1
    position_rows: int = 0
    output_bias: bool = False
    sliding_latent: bool = False
    nsa_stride: int | None = None
    nsa_block: int | None = None
    nsa_topk: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not 1 <= len(self.name) <= 100:
            raise ValueError(f"name = {reprlib.repr(self.name)} is not a text of 1 to 100 characters.")
        for field in FIELDS:
            value = getattr(self, field)
            if field in _WORDS:
                if value is not None or field not in _UNKNOWN:
                    one_of(f"{self.name}: {field}", value, _WORDS[field])
            elif field in FLAGS:
                if not isinstance(value, (bool, np.bool_)):
                    raise ValueError(f"{self.name}: {field} = {reprlib.repr(value)} is not True or False.")
                object.__setattr__(self, field, bool(value))
            elif value is not None or field in DEFAULTED:
                self._hold_whole(field, value)
        if self.ffn_matrices not in (2, 3):
            raise ValueError(f"{self.name}: ffn_matrices = {self.ffn_matrices} is not 2 or 3.")
        hold_together(self, _DEFAULTS)

    def _hold_whole(self, field: str, value: object) -> None:
        low = int(field in _POSITIVE)
        whole = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
        if not whole or not low <= value <= MOST or value != int(value):  # type: ignore[operator, call-overload]
            raise ValueError(
                f"{self.name}: {field} = {reprlib.repr(value)} is not a whole number from {low} to {MOST:,}."
            )
        object.__setattr__(self, field, int(value))  # type: ignore[call-overload]

    def without(self, *counts: str) -> Model:
        """The model without a part: its count at 0 and all its details left out.

        Parameters
        ----------
        *counts : {"moe_layers", "sliding_layers", "linear_layers", "index_heads", "n_shared_experts"}

        Returns
        -------
        Model

        Raises
        ------
        ValueError
            Another field, or a shape that cannot be without it.

        Examples
        --------
        >>> model("Kimi-Linear-48B-A3B").without("linear_layers").full_layers
        27
        """
        gone = [field for count in counts for field in (one_of("counts", count, DETAILS), *DETAILS[count])]
        return replace(self, **{field: _DEFAULTS[field] for field in gone})

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


_DEFAULTS = {f.name: f.default for f in fields(Model)}
FIELDS = tuple(f.name for f in fields(Model))[1:]
DEFAULTED = tuple(f.name for f in fields(Model) if f.default is not None and f.name not in (*_WORDS, *FLAGS))


@cache
def _table() -> dict[str, Model]:
    frame = data.load("models")
    columns = [c for c in frame.columns if c in FIELDS]
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
    names = models()
    if not isinstance(name, str) or name not in names:
        raise ValueError(
            f"model = {reprlib.repr(name)} is not one of {', '.join(names[:3])} ... {names[-1]}: give a name of llm.models(), which"
            f" lists all {len(names)}, or a Model of your own."
        )
    return _table()[name]


def as_model(given: Model | str) -> Model:
    """The model itself, or the one of that name in the table."""
    return given if isinstance(given, Model) else model(given)
