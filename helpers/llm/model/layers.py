"""What the layers of a model store for each token, and how far they look: shared by cache and arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf

from helpers.llm.model.shape import Model

MOST_TOKENS = 1e9
CONV_TAPS = 4  # taps of the short convolutions in front of linear attention
_DELTA_FLOPS, _LIGHTNING_FLOPS = 7, 5  # for each number of the running summary and token: see `flops_per_token`


@dataclass(frozen=True)
class Layers:
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
def layers_of(m: Model) -> tuple[Layers, ...]:
    """The layers of a model, grouped by kind."""
    if m.attention is None:
        m.need("a count of its cache", "attention")
    groups = []
    if m.attention == "compressed":
        heads, h, window = m.need("compressed attention", "n_heads", "head_dim", "sliding_window")
        form = {"heads": heads, "entry": h, "expand": 2 * h, "absorb": 2 * h}
        if m.csa_layers:
            i_heads, size, topk = m.need("compressed sparse attention", "index_heads", "index_head_dim", "index_topk")
            groups.append(Layers(m.csa_layers, index=size, index_heads=i_heads, every=m.csa_ratio, topk=topk, **form))
        groups.append(Layers(m.hca_layers, every=m.hca_ratio, **form))
        groups.append(Layers(m.full_layers + m.sliding_layers + m.csa_layers + m.hca_layers, window=window, **form))
        return tuple(groups)
    if m.full_layers:
        index = {}
        if m.index_heads:
            size, topk = m.need("an indexer", "index_head_dim", "index_topk")
            index = {"index": size, "index_heads": m.index_heads, "topk": topk}
        groups += _whole_layers(m, index)
    if m.sliding_latent:
        groups.append(_latent(m, m.sliding_layers, window=m.need("a sliding window", "sliding_window")[0]))
    elif m.sliding_layers:
        window, heads, k = m.need("a sliding window", "sliding_window", "n_heads", "head_dim")
        kv_heads = m.sliding_kv_heads or m.need("a sliding window", "n_kv_heads")[0]
        wide = k + (m.v_head_dim or k)
        groups.append(Layers(m.sliding_layers, heads, kv_heads * wide, window=window, expand=wide, absorb=wide))
    if m.linear_layers:
        kind, heads, size = m.need("linear attention", "linear", "linear_heads", "linear_head_dim")
        keys = (m.linear_key_heads or heads) if kind == "gated_delta" else heads
        conv = 0 if kind == "lightning" else (CONV_TAPS - 1) * (2 * keys + heads) * size
        flops = (_LIGHTNING_FLOPS if kind == "lightning" else _DELTA_FLOPS) * heads * size**2
        groups.append(Layers(m.linear_layers, state=heads * size**2, conv=conv, state_flops=flops))
    return tuple(groups)


def _whole_layers(m: Model, index: dict[str, int]) -> list[Layers]:
    if m.attention == "mla":
        counts = (m.full_layers - m.nope_layers, False), (m.nope_layers, True)
        return [_latent(m, count, nope=nope, **index) for count, nope in counts if count]
    heads, kv_heads, k = m.need("attention", "n_heads", "n_kv_heads", "head_dim")
    wide = k + (m.v_head_dim or k)
    form = {"heads": heads, "entry": kv_heads * wide, "expand": wide, "absorb": wide}
    if m.attention == "gqa":
        return [Layers(m.full_layers, **form, **index)]
    stride, block, topk, window = m.need("NSA", "nsa_stride", "nsa_block", "nsa_topk", "sliding_window")
    return [
        Layers(m.full_layers, every=stride, **form),  # summaries of stretches
        Layers(m.full_layers, topk=topk * block, **form),  # everything is stored, a selection read
        Layers(m.full_layers, window=window, **form),
    ]


def _latent(m: Model, count: int, nope: bool = False, **more: float) -> Layers:
    """Layers with MLA; without a rotary part in what they store when `nope`."""
    heads, rank, plain, rope, v = m.need(
        "MLA", "n_heads", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"
    )
    r = 0 if nope else rope
    return Layers(count, heads, rank + r, expand=plain + rope + v, absorb=2 * rank + r, **more)  # type: ignore[arg-type]
