"""Read a published configuration file into a shape, or refuse by name what a shape cannot hold."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from typing import Any

from helpers.llm.model.families import FAMILIES, HARMLESS, Family
from helpers.llm.model.keys import ALIASES, Config, mapping
from helpers.llm.model.shape import MOST, Model

_PARTS = ("text_config", "llm_config", "language_config", "vision_config", "audio_config")
_LAYERS = {  # words of `layer_types`
    "full_attention": "full",
    "attention": "full",
    "sliding_attention": "sliding",
    "chunked_attention": "sliding",
    "linear_attention": "linear",
}
_SAME = {"falcon": ("RefinedWeb", "RefinedWebModel"), "gemma3_text": ("gemma3",), "granitemoe": ("granitemoeshared",)}
_TYPES = {other: name for name, others in _SAME.items() for other in others}


def from_config(config: Mapping[str, Any] | str, name: str | None = None) -> Model:
    """The shape that a published configuration file describes (``config.json`` of Hugging Face).

    Parameters
    ----------
    config : mapping or str
        The file's contents, read or as JSON text of at most a million characters.
    name : str, optional
        What to call the model; without it the file's own path or its `model_type`.

    Returns
    -------
    Model
        The language model alone. Modules that predict further tokens are left out.

    Raises
    ------
    ValueError
        No JSON, a `model_type` that is not known, a key that is missing or no number, or a key that the shape cannot
        represent; the key is named. A key that is not known is refused too, unless it is empty or false: what does
        not change the shape may be taken out of `config`.

    Notes
    -----
    What a file leaves to the code of its family, such as a gate in its feed-forward layers, comes from the table
    `FAMILIES` (transformers 5.23.0). Of a file for text and images, hand over the part called ``text_config``.

    Examples
    --------
    >>> gpt2 = '{"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024, "vocab_size": 50257}'
    >>> from helpers.llm.model import parameters
    >>> parameters(from_config(gpt2)).total
    124439808
    """
    given = mapping(config)
    for part in _PARTS:
        if given.get(part) is not None:
            raise ValueError(
                f"config: {part} cannot be represented beside other parts; hand over config['text_config'] (or the"
                " part that is the language model) alone."
            )
    c = Config(given)
    kind = c.value("model_type")
    family = FAMILIES.get(_TYPES.get(kind, kind)) if isinstance(kind, str) else None
    if family is None:
        raise ValueError(
            f"config: model_type = {reprlib.repr(kind)} is not known; {len(FAMILIES)} are, from 'gpt2', 'llama' and"
            " 'qwen3_moe' to 'deepseek_v3' (FAMILIES in helpers/llm/model/families.py)."
        )
    if name is None:
        path = c.value("_name_or_path")
        name = path if isinstance(path, str) and 0 < len(path) <= 100 else kind
    of = _body(c, family) | _attention(c, family) | _feed_forward(c, family)
    if _TYPES.get(kind, kind) in _SPECIAL:
        _SPECIAL[_TYPES.get(kind, kind)](c, of)
    for key, value in given.items():
        if key not in c.read and key not in HARMLESS and value not in (None, False, 0, "", [], {}):
            raise ValueError(
                f"config: the key {reprlib.repr(key)} = {reprlib.repr(value)} is not known for model_type ="
                f" {kind!r}; if it does not change the shape, take it out."
            )
    return Model(name=name, **of)


def _body(c: Config, family: Family) -> dict[str, Any]:
    rows = 0
    if family.positions:
        rows = c.needed(family.positions[0]) + family.positions[1]
    return {
        "n_layers": c.needed(*ALIASES["n_layers"]),
        "hidden_size": c.needed(*ALIASES["hidden_size"]),
        "vocab_size": c.needed("vocab_size"),
        "tied_embeddings": c.yes("tie_word_embeddings", family.tied),
        "norms_per_layer": family.norms,
        "outer_norms": family.outer_norms,
        "norm_bias": family.norm_bias,
        "output_bias": family.output_bias,
        "position_rows": rows,
        "ffn_matrices": family.matrices,
        "ffn_bias": c.yes(*family.ffn_key) if family.ffn_key else family.ffn_bias,
    }


def _attention(c: Config, family: Family) -> dict[str, Any]:
    d, heads = c.needed(*ALIASES["hidden_size"]), c.needed(*ALIASES["n_heads"])
    biased = c.yes(*family.attention_key) if family.attention_key else True
    bias = family.attention_bias if biased else "none"
    rank = c.needed("kv_lora_rank") if family.latent else c.whole("kv_lora_rank", low=1)
    of: dict[str, Any] = {"attention": "gqa" if rank is None else "mla", "n_heads": heads}
    kv_heads = c.whole(*ALIASES["n_kv_heads"], low=1)
    head = c.whole(*ALIASES["head_dim"], low=1)
    if rank is not None:
        if bias != "none":
            raise ValueError("config: attention_bias = True cannot be represented with MLA (kv_lora_rank).")
        of |= {"kv_lora_rank": rank, "q_lora_rank": c.whole("q_lora_rank")}
        of |= {key: c.needed(key, low=0) for key in ("qk_nope_head_dim", "qk_rope_head_dim")}
        of["v_head_dim"] = c.needed("v_head_dim")
    else:
        if kv_heads is None and not family.mha:
            c.needed(*ALIASES["n_kv_heads"])
        if head is None:
            if family.own_head or d % heads:
                raise ValueError(
                    f"config: the key 'head_dim' is missing; hidden_size = {d} over num_attention_heads = {heads}"
                    " does not give it."
                )
            head = d // heads
        normed = c.yes(*family.qk_key) if family.qk_key else True
        of |= {"n_kv_heads": kv_heads or heads, "head_dim": head, "attention_bias": bias}
        of |= {"qk_norm": family.qk_norm if normed else "none", "attention_sinks": family.sinks}
        of["output_gate"] = family.output_gate
    if family.indexer or c.whole("index_topk") is not None:
        of |= {"index_heads": c.needed("index_n_heads"), "index_head_dim": c.needed("index_head_dim")}
        of["index_topk"] = c.needed("index_topk")
    return of | _kinds_of_layers(c, family)


def _kinds_of_layers(c: Config, family: Family) -> dict[str, Any]:
    """Which layers have a window, and which a running summary."""
    layers = c.needed(*ALIASES["n_layers"])
    window = c.whole("sliding_window", "attention_chunk_size")
    if not c.yes("use_sliding_window", family.window != "upper"):
        window = None
    listed, every = c.value("layer_types"), c.whole("sliding_window_pattern", "_sliding_window_pattern")
    if listed is not None:
        if not isinstance(listed, list) or len(listed) != layers:
            raise ValueError(f"config: layer_types = {reprlib.repr(listed)} is not a list of {layers} words.")
        for word in listed:
            if not isinstance(word, str) or word not in _LAYERS:
                raise ValueError(
                    f"config: layer_types holds {reprlib.repr(word)}, which cannot be represented;"
                    f" its valid words are {', '.join(_LAYERS)}."
                )
        kinds = [_LAYERS[word] for word in listed]
    elif window:
        kinds = _by_rule(c, family, layers, every)
    else:
        kinds = []
    of: dict[str, Any] = {}
    if "sliding" in kinds:
        of |= {
            "sliding_layers": kinds.count("sliding"),
            "sliding_window": c.needed("sliding_window", "attention_chunk_size"),
        }
    if "linear" in kinds or c.whole("linear_num_value_heads") is not None:
        of |= _linear(c, layers, kinds)
    return of


def _by_rule(c: Config, family: Family, layers: int, every: int | None) -> list[str]:
    if family.window is None:
        raise ValueError(
            f"config: sliding_window = {c.given.get('sliding_window', c.given.get('attention_chunk_size'))} cannot be"
            " represented without 'layer_types': the layers that it is for are not told."
        )
    if family.window == "all":
        return ["sliding"] * layers
    if family.window == "upper":
        whole = min(c.whole("max_window_layers", default=0) or 0, layers)
        return ["full"] * whole + ["sliding"] * (layers - whole)
    if every == 0:
        raise ValueError("config: sliding_window_pattern = 0 is not a whole number from 1.")
    step = every or int(family.window)
    return ["sliding" if (at + 1) % step else "full" for at in range(layers)]


def _linear(c: Config, layers: int, kinds: list[str]) -> dict[str, Any]:
    """Gated delta layers (Qwen3-Next)."""
    c.must_be("linear_conv_kernel_dim", 4)
    size = c.needed("linear_value_head_dim")
    c.must_be("linear_key_head_dim", size)
    count = kinds.count("linear") or layers - layers // (c.whole("full_attention_interval", low=1) or 4)
    c.value("full_attention_interval")
    return {
        "linear": "gated_delta", "linear_layers": count, "linear_heads": c.needed("linear_num_value_heads"),
        "linear_key_heads": c.needed("linear_num_key_heads"), "linear_head_dim": size,
    }  # fmt: skip


def _feed_forward(c: Config, family: Family) -> dict[str, Any]:
    width = c.whole(*ALIASES["ffn"], low=1)
    if width is None and family.ffn_times:
        width = family.ffn_times * c.needed(*ALIASES["hidden_size"])
    experts = c.whole(*ALIASES["n_experts"]) if family.experts else None
    if not experts:
        if width is None:
            c.needed(*ALIASES["ffn"])
        return {"ffn_dense_size": width}
    of: dict[str, Any] = {
        "n_experts": experts, "top_k": c.needed("num_experts_per_tok", "num_experts_per_token", "moe_top_k"),
        "router_bias": family.router_bias, "moe_layers": _expert_layers(c, family),
    }  # fmt: skip
    if family.experts == "whole":
        of["ffn_expert_size"] = width or c.needed(*ALIASES["ffn"])
    elif family.experts == "llama4":
        of |= {"ffn_expert_size": width or c.needed(*ALIASES["ffn"]), "n_shared_experts": 1}
        of["ffn_dense_size"] = c.needed("intermediate_size_mlp")
    else:
        of |= {"ffn_dense_size": width, "ffn_expert_size": c.needed("moe_intermediate_size")}
    return of | _shared(c, family, of["ffn_expert_size"]) if family.experts != "llama4" else of


def _shared(c: Config, family: Family, width: int) -> dict[str, Any]:
    shared, own = c.whole("n_shared_experts", "num_shared_experts"), None
    key = next((k for k in ("shared_expert_intermediate_size", "shared_intermediate_size") if k in c.given), None)
    if key:
        own = c.whole(key)
    if own:
        if own % width or shared not in (None, own // width):
            raise ValueError(
                f"config: {key} = {own} cannot be represented: it is no multiple of the width {width} of an expert,"
                " or contradicts n_shared_experts."
            )
        shared = own // width
    return {"n_shared_experts": shared or 0, "shared_gate": family.shared_gate and bool(shared)}


def _expert_layers(c: Config, family: Family) -> int:
    layers = c.needed(*ALIASES["n_layers"])
    if family.experts == "llama4":
        step = c.needed("interleave_moe_layer_step")
        listed = c.value("moe_layers")
        return len(_layer_list(c, "moe_layers", layers)) if listed else len(range(step - 1, layers, step))
    first = c.whole("first_k_dense_replace", default=0) or 0
    step = c.value("moe_layer_freq", "decoder_sparse_step", default=1)
    if isinstance(step, list):
        if len(step) != layers or any(flag not in (0, 1) for flag in step):
            raise ValueError(f"config: moe_layer_freq = {reprlib.repr(step)} is not a list of {layers} times 0 or 1.")
        return sum(step)
    if isinstance(step, bool) or not isinstance(step, int) or not 1 <= step <= MOST:
        raise ValueError(f"config: moe_layer_freq = {reprlib.repr(step)} is not a whole number from 1 to {MOST:,}.")
    dense = set(_layer_list(c, "mlp_only_layers", layers))
    shift = 1 if "decoder_sparse_step" in c.given else 0  # the two keys count from 1 and from 0
    return sum(at >= first and at not in dense and (at + shift) % step == 0 for at in range(layers))


def _layer_list(c: Config, key: str, layers: int) -> list[int]:
    found = c.value(key, default=[])
    good = isinstance(found, list) and all(type(at) is int and 0 <= at < layers for at in found)
    if not good or len(set(found)) != len(found):
        raise ValueError(f"config: {key} = {reprlib.repr(found)} is not a list of layers from 0 to {layers - 1}.")
    return found


def _opt(c: Config, of: dict[str, Any]) -> None:
    c.must_be("word_embed_proj_dim", of["hidden_size"])
    c.must_be("do_layer_norm_before", True)
    c.must_be("enable_bias", True)
    c.must_be("layer_norm_elementwise_affine", True)
    of["outer_norms"] = 0 if c.yes("_remove_final_layer_norm", False) else 1


def _falcon(c: Config, of: dict[str, Any]) -> None:
    new, one = c.yes("new_decoder_architecture", False), c.yes("multi_query", True)
    if not new:  # the number of key-value heads is only read by the new architecture
        of["n_kv_heads"] = 1 if one else of["n_heads"]
    norms = c.whole("num_ln_in_parallel_attn", default=2 if new else 1)
    of["norms_per_layer"] = norms if c.yes("parallel_attn", True) else 2


def _gpt_bigcode(c: Config, of: dict[str, Any]) -> None:
    of["n_kv_heads"] = 1 if c.yes("multi_query", True) else of["n_heads"]


def _bloom(c: Config, of: dict[str, Any]) -> None:
    c.must_be("n_inner")


def _stablelm(c: Config, of: dict[str, Any]) -> None:
    c.must_be("qk_layernorm", False)
    if c.yes("use_parallel_residual", False):
        of["norms_per_layer"] = 1


def _phi(c: Config, of: dict[str, Any]) -> None:
    c.must_be("qk_layernorm", False)


def _starcoder2(c: Config, of: dict[str, Any]) -> None:
    c.must_be("mlp_type", "default")
    c.must_be("norm_type", "layer_norm")


def _minimax(c: Config, of: dict[str, Any]) -> None:
    c.must_be("qk_norm_type", "per_layer")
    of["router_bias"] = c.yes("use_routing_bias", True)
    c.must_be("attn_type_list", [1] * of["n_layers"])


_SPECIAL = {
    "opt": _opt, "falcon": _falcon, "gpt_bigcode": _gpt_bigcode, "bloom": _bloom, "stablelm": _stablelm, "phi": _phi,
    "starcoder2": _starcoder2, "minimax_m2": _minimax,
}  # fmt: skip
