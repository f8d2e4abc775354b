"""Which fields of a shape go together: a detail without its count, or beside what contradicts it, is refused.

A field that nothing counts would be dropped without a word, and the count come out wrong: Mixtral with its
experts but without `moe_layers` gives 7 billion parameters and not 47.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Fields that only count where the first one is above 0.
DETAILS = {
    "moe_layers": (
        "n_experts", "n_shared_experts", "top_k", "ffn_expert_size", "moe_latent_dim", "router_bias", "shared_gate",
    ),
    "sliding_layers": ("sliding_window", "sliding_kv_heads", "sliding_latent"),
    "linear_layers": ("linear", "linear_heads", "linear_key_heads", "linear_head_dim", "low_rank_gate"),
    "index_heads": ("index_head_dim", "index_topk"),
    "n_shared_experts": ("shared_gate",),
}  # fmt: skip

# Fields that only count in layers of these kinds.
KINDS = {
    "q_lora_rank": ("mla", "compressed"),
    **dict.fromkeys(("kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "nope_layers", "sliding_latent"), ("mla",)),
    **dict.fromkeys(("nsa_stride", "nsa_block", "nsa_topk"), ("nsa",)),
    **dict.fromkeys(("csa_layers", "hca_layers", "csa_ratio", "hca_ratio", "o_groups", "o_lora_rank"), ("compressed",)),
    **dict.fromkeys(("linear_layers", "v_head_dim", "sliding_kv_heads"), ("gqa", "mla", "nsa")),
    "index_heads": ("gqa", "mla", "compressed"),
    **dict.fromkeys(("output_gate", "layers_per_cache"), ("gqa", "mla")),
    **dict.fromkeys(("attention_bias", "qk_norm", "attention_sinks"), ("gqa",)),
}  # fmt: skip
_ALSO_IN_WINDOWS = ("attention_bias", "qk_norm", "attention_sinks")  # windows beside MLA and NSA are of kind "gqa"

# Whole groups: the first is part of the second, and divides it where the third says so.
_PARTS = (
    ("n_kv_heads", "n_heads", True),
    ("sliding_kv_heads", "n_heads", True),
    ("linear_key_heads", "linear_heads", True),
    ("top_k", "n_experts", False),
)


def hold_together(m: Any, defaults: dict[str, object]) -> None:
    """Refuse fields that contradict each other, or that nothing counts.

    Parameters
    ----------
    m : Model of ``shape``, which imports this module
        Each field by itself is in its range.
    defaults : dict
        The value of each field when it is not given.

    Raises
    ------
    ValueError
        Names the model, the fields and their values.
    """

    def given(field: str) -> bool:
        return getattr(m, field) != defaults[field]

    _hold_layers(m)
    _hold_kinds(m, given)
    for count, details in DETAILS.items():
        if count == "sliding_layers" and m.attention not in ("gqa", "mla"):  # all layers may have one
            details = tuple(d for d in details if d != "sliding_window")
        for detail in details:
            if not getattr(m, count) and given(detail):
                raise ValueError(
                    f"{m.name}: {detail} = {getattr(m, detail)!r} counts nowhere: the field {count!r} that it needs"
                    " is missing or 0."
                )
    if m.linear not in (None, "kda") and m.low_rank_gate:
        raise ValueError(f"{m.name}: low_rank_gate = True needs linear = 'kda', not {m.linear!r}.")
    if m.linear not in (None, "gated_delta") and m.linear_key_heads is not None:
        raise ValueError(
            f"{m.name}: linear_key_heads = {m.linear_key_heads} needs linear = 'gated_delta', not {m.linear!r}."
        )
    for part, whole, divides in _PARTS:
        a, b = getattr(m, part), getattr(m, whole)
        if a is not None and b is not None and a > b:
            raise ValueError(f"{m.name}: {part} = {a} is more than {whole} = {b}.")
        if a is not None and b is not None and divides and b % a:
            raise ValueError(f"{m.name}: {part} = {a} does not divide {whole} = {b}, and each serves as many.")


def _hold_layers(m: Any) -> None:
    parts = m.sliding_layers + m.linear_layers + m.csa_layers + m.hca_layers
    if m.n_layers is None:
        return
    if max(parts, m.moe_layers) > m.n_layers:
        raise ValueError(
            f"{m.name}: n_layers = {m.n_layers} is less than the {max(parts, m.moe_layers)}"
            " layers that its parts add up to (sliding, linear, csa, hca; or moe)."
        )
    if m.nope_layers > m.full_layers:
        raise ValueError(f"{m.name}: nope_layers = {m.nope_layers} is more than {m.full_layers} full layers.")
    for kind, layers in (("full", m.full_layers), ("sliding", m.sliding_layers)):
        if 0 < layers < m.layers_per_cache:
            raise ValueError(
                f"{m.name}: layers_per_cache = {m.layers_per_cache} is more than the {layers} {kind} layers there are."
            )
    if m.layers_per_cache > 1 and m.attention is not None and not m.full_layers + m.sliding_layers:
        raise ValueError(f"{m.name}: layers_per_cache = {m.layers_per_cache} counts nowhere: no layer has a cache.")
    selecting = m.csa_layers if m.attention == "compressed" else m.full_layers
    if m.attention is not None and m.index_heads and not selecting:
        what = "csa_layers = 0" if m.attention == "compressed" else "sliding_layers and linear_layers take all layers"
        raise ValueError(f"{m.name}: index_heads = {m.index_heads} counts nowhere: {what}.")


def _hold_kinds(m: Any, given: Callable[[str], bool]) -> None:
    if m.attention != "compressed" and m.csa_layers + m.hca_layers:
        raise ValueError(f"{m.name}: csa_layers and hca_layers need attention = 'compressed'.")
    if m.attention == "compressed" and m.linear_layers:
        raise ValueError(f"{m.name}: linear_layers = {m.linear_layers} beside compressed attention.")
    if m.attention is None:  # not known: nothing to contradict
        return
    plain_windows = m.attention != "compressed" and m.sliding_layers and not m.sliding_latent
    for field, kinds in KINDS.items():
        if m.attention in kinds or not given(field) or (plain_windows and field in _ALSO_IN_WINDOWS):
            continue
        raise ValueError(
            f"{m.name}: {field} = {getattr(m, field)!r} counts nowhere under attention = {m.attention!r};"
            f" it needs {' or '.join(map(repr, kinds))}."
        )
