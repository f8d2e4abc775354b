"""A second count of parameters, cache and arithmetic, written another way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from helpers.llm import model as llm
from helpers.llm.model.shape import DEFAULTED, FIELDS, FLAGS


def any_shape(rng) -> llm.Model:
    """A small model that can be, of any kind of attention and any mixture of layers."""
    n, some = lambda low, high: int(rng.integers(low, high)), lambda: bool(rng.integers(2))
    divisor = lambda whole: int(rng.choice([part for part in range(1, whole + 1) if whole % part == 0]))  # noqa: E731
    kind, layers, heads = str(rng.choice(llm.ATTENTION)), n(1, 7), n(1, 7)
    of = {
        "attention": kind, "n_layers": layers, "hidden_size": n(1, 40), "vocab_size": n(1, 50), "n_heads": heads,
        "n_kv_heads": divisor(heads), "head_dim": n(1, 20), "tied_embeddings": some(), "norms_per_layer": n(0, 5),
        "residual_streams": n(1, 4), "ffn_dense_size": n(1, 30), "output_gate": some(), "moe_layers": n(0, layers + 1),
        "n_experts": n(4, 9), "top_k": n(1, 5), "n_shared_experts": n(0, 3), "ffn_expert_size": n(1, 20),
        "router_bias": some(), "shared_gate": some(), "ffn_bias": some(), "moe_latent_dim": n(1, 9) if some() else None,
        "sliding_window": n(1, 30), "ffn_matrices": n(2, 4), "norm_bias": some(), "outer_norms": n(0, 3),
        "position_rows": n(0, 50), "output_bias": some(),
    }  # fmt: skip
    left = layers
    for part in ("csa_layers", "hca_layers") if kind == "compressed" else ("linear_layers", "sliding_layers"):
        of[part] = n(0, left + 1) if some() else 0
        left -= of[part]
    if kind == "compressed":
        of |= {
            "csa_ratio": n(1, 6),
            "hca_ratio": n(1, 12),
            "o_groups": n(1, 4),
            "o_lora_rank": n(1, 8),
            "q_lora_rank": n(1, 9),
        }
    else:
        of |= {"v_head_dim": n(1, 20), "sliding_kv_heads": divisor(heads) if some() else None}
        of |= {
            "linear": str(rng.choice(llm.LINEAR)),
            "linear_heads": 2 * n(1, 4),
            "linear_head_dim": n(1, 9),
            "low_rank_gate": some(),
        }
        of |= {"linear_key_heads": n(1, 3) if some() else None}
        of |= {
            "attention_bias": str(rng.choice(llm.BIASES)),
            "qk_norm": str(rng.choice(llm.QK_NORMS)),
            "attention_sinks": some(),
        }
    if kind == "mla":
        of |= {"q_lora_rank": n(1, 9) if some() else None, "kv_lora_rank": n(1, 20), "qk_nope_head_dim": n(0, 9)}
        of |= {"qk_rope_head_dim": n(0, 9)}
        of["sliding_latent"] = some() and of["sliding_layers"] > 0
    if kind == "nsa":
        of |= {"nsa_stride": n(1, 9), "nsa_block": n(1, 9), "nsa_topk": n(1, 9)}
    if kind in ("gqa", "mla"):
        caches = [c for c in (left, of["sliding_layers"]) if c]
        of["layers_per_cache"] = int(
            rng.choice([s for s in (1, 2, 3) if caches and not any(c % s for c in caches)] or [1])
        )
    if kind == "mla":
        of["nope_layers"] = of["layers_per_cache"] * n(0, left // of["layers_per_cache"] + 1)
    if kind != "nsa" and (left if kind != "compressed" else of["csa_layers"]):
        indexer = {"index_heads": n(1, 4), "index_head_dim": n(1, 9), "index_topk": n(1, 40)}
        of |= indexer if kind == "compressed" or some() else {}
    return llm.Model(name="random", **counted_somewhere(of))


def counted_somewhere(of: dict) -> dict:
    """The fields without those that nothing in this shape counts; a shape that has them is refused."""
    kind, linear = of["attention"], of.get("linear")
    gone = set()
    if not of["moe_layers"]:
        gone |= {
            "n_experts",
            "n_shared_experts",
            "top_k",
            "ffn_expert_size",
            "moe_latent_dim",
            "router_bias",
            "shared_gate",
        }
    if not of["n_shared_experts"]:
        gone.add("shared_gate")
    if not of.get("linear_layers"):
        gone |= {"linear", "linear_heads", "linear_key_heads", "linear_head_dim", "low_rank_gate"}
    gone |= {"low_rank_gate"} if linear != "kda" else set()
    gone |= {"linear_key_heads"} if linear != "gated_delta" else set()
    if not of.get("sliding_layers"):
        gone |= {"sliding_kv_heads"} | ({"sliding_window"} if kind in ("gqa", "mla") else set())
    if of.get("sliding_latent"):
        gone.add("sliding_kv_heads")
    if kind in ("mla", "nsa") and (not of["sliding_layers"] or of.get("sliding_latent")):
        gone |= {"attention_bias", "qk_norm", "attention_sinks"}
    gone |= {"output_gate"} if kind in ("compressed", "nsa") else set()
    return {field: value for field, value in of.items() if field not in gone}


def kinds(m) -> list[str]:
    named = [k for k in ("sliding", "linear", "csa", "hca") for _ in range(getattr(m, f"{k}_layers"))]
    full = ["window" if m.attention == "compressed" else "full"] * (m.n_layers - len(named))
    return named + (["nope"] * m.nope_layers + full)[: len(full)]


def attention_tensors(m, kind) -> list[int]:
    """Numbers in each tensor of a layer's attention."""
    d, h, k, v = m.hidden_size, m.n_heads, m.head_dim, m.v_head_dim or m.head_dim
    if kind == "linear":
        size, heads = m.linear_head_dim, m.linear_heads
        if m.linear == "lightning":  # query, key, value, gate, output, norm
            return 5 * [d * heads * size] + [heads * size]
        keys = (m.linear_key_heads or heads) if m.linear == "gated_delta" else heads
        both = [d * keys * size] * 2 + [d * heads * size] * 2 + [4 * keys * size] * 2 + [4 * heads * size]
        small = [heads, size]  # decay of a head, norm of the output
        if m.linear == "gated_delta":  # and output gate, two rates of a head, their offset
            return [*both, *small, d * heads * size, d * heads, d * heads, heads]
        gate = [d * size, size * heads * size] if m.low_rank_gate else [d * heads * size]
        return [*both, *small, d * size, size * heads * size, heads * size, d * heads, *gate]
    if m.attention == "compressed":
        q = m.q_lora_rank
        one = [d * q, q, q * h * k, d * k, k, h * k * m.o_lora_rank, m.o_groups * m.o_lora_rank * d, h]
        if kind == "hca":
            one += [d * k, d * k, m.hca_ratio * k, k]
        if kind == "csa":
            i, size = m.index_heads, m.index_head_dim
            one += [d * 2 * k, d * 2 * k, m.csa_ratio * 2 * k, k]
            one += [q * i * size, d * 2 * size, d * 2 * size, m.csa_ratio * 2 * size, size, d * i]
        return one
    share = m.layers_per_cache
    latent = m.attention == "mla" and (kind in ("full", "nope") or m.sliding_latent)
    if latent:
        rank, rope = m.kv_lora_rank, 0 if kind == "nope" else m.qk_rope_head_dim
        key = m.qk_nope_head_dim + m.qk_rope_head_dim
        one = [
            Fraction(d * (rank + rope), share),
            Fraction(rank, share),
            rank * h * (key - rope),
            rank * h * v,
            h * v * d,
            d * h * v * m.output_gate,
        ]
        one += [d * m.q_lora_rank, m.q_lora_rank, m.q_lora_rank * h * key] if m.q_lora_rank else [d * h * key]
    else:
        g = (kind == "sliding" and m.sliding_kv_heads) or m.n_kv_heads
        if m.attention == "nsa" and kind == "full":  # keys and values three times, three gates
            return [d * h * k, *[d * g * k, d * g * v] * 3, h * v * d, d * 3 * h]
        one = [
            d * h * k,
            Fraction(d * g * (k + v), share),
            h * v * d,
            d * h * v * m.output_gate,
            h * m.attention_sinks,
        ]
        one += {"none": [], "head": [k, Fraction(k, share)], "all": [h * k, Fraction(g * k, share)]}[m.qk_norm]
        keys_values = Fraction(g * (k + v), share)
        one += {"none": [], "qkv": [h * k, keys_values], "qkvo": [h * k, keys_values, d]}[m.attention_bias]
    if m.index_heads and kind != "sliding":
        one += [((latent and m.q_lora_rank) or d) * m.index_heads * m.index_head_dim]
        one += [d * m.index_head_dim, d * m.index_heads, m.index_head_dim, m.index_head_dim]
    return one


def feed_forward_tensors(m, read, width) -> list[int]:
    into, back = [read * width] * (2 if m.ffn_matrices == 3 else 1), [width * read]
    return into + back + (m.ffn_bias and [width] * len(into) + [read] or [])


def second_count(m) -> tuple[int, int]:
    """All parameters, and those one token uses, without the two embeddings."""
    d, idle, norm = m.hidden_size, 0, m.hidden_size * (2 if m.norm_bias else 1)
    used = m.outer_norms * norm + (m.vocab_size if m.output_bias else 0)
    for at, kind in enumerate(kinds(m)):
        used += sum(attention_tensors(m, kind)) + m.norms_per_layer * norm
        if at >= m.moe_layers:
            used += sum(feed_forward_tensors(m, d, m.ffn_dense_size))
            continue
        width, f = m.moe_latent_dim or d, m.ffn_expert_size
        expert = sum(feed_forward_tensors(m, width, f))
        used += (
            d * m.n_experts
            + m.n_experts * m.router_bias
            + m.n_shared_experts * sum(feed_forward_tensors(m, d, f))
            + d * m.shared_gate
        )
        used += 2 * d * m.moe_latent_dim if m.moe_latent_dim else 0
        used, idle = used + m.top_k * expert, idle + (m.n_experts - m.top_k) * expert
    if m.residual_streams > 1:
        n = m.residual_streams
        mixed = n + n + n * n  # in, out and across
        used += 2 * m.n_layers * (mixed * n * d + mixed + 3) + n * n * d + n + 1
    return used + idle, used


def second_sums(m, tokens: int, bits: float, absorb: bool) -> dict[str, float]:
    """Bytes stored and read, and operations spent on looking back, at `tokens` and as a mean of all positions up to it."""
    at = np.arange(1, tokens + 1)
    stored = read = 0.0
    work = np.zeros(tokens)
    for kind in kinds(m):
        h, k, v = m.n_heads, m.head_dim, m.v_head_dim or m.head_dim
        if kind == "linear":
            keys = (m.linear_key_heads or m.linear_heads) if m.linear == "gated_delta" else m.linear_heads
            kept = 0 if m.linear == "lightning" else 3 * (2 * keys + m.linear_heads) * m.linear_head_dim
            whole = m.linear_heads * m.linear_head_dim**2 * 4 + kept * bits / 8
            stored, read = stored + whole, read + whole
            work += (5 if m.linear == "lightning" else 7) * m.linear_heads * m.linear_head_dim**2
            continue
        index = m.index_heads if kind in ("full", "nope", "csa") else 0
        if m.attention == "compressed":
            entry, width, every = k, 2 * k, {"csa": m.csa_ratio, "hca": m.hca_ratio}.get(kind)
            near = np.minimum(at, m.sliding_window)  # beside what is compressed
            work += 2 * h * width * near
            stored, read = stored + entry * bits / 8 * near[-1], read + entry * bits / 8 * near[-1]
            if every is None:
                continue
            seen = at / every
        elif m.attention == "nsa" and kind == "full":
            h, wide = m.n_heads, k + v
            stretches, blocks = at / m.nsa_stride, np.minimum(at, m.nsa_topk * m.nsa_block)
            near = np.minimum(at, m.sliding_window)
            work += 2 * h * wide * (stretches + blocks + near)
            one = m.n_kv_heads * wide * bits / 8
            stored += one * (stretches[-1] + at[-1] + near[-1])
            read += one * (stretches[-1] + blocks[-1] + near[-1])
            continue
        elif m.attention == "mla" and (kind != "sliding" or m.sliding_latent):
            rope = 0 if kind == "nope" else m.qk_rope_head_dim
            entry = m.kv_lora_rank + rope
            width = entry + m.kv_lora_rank if absorb else m.qk_nope_head_dim + m.qk_rope_head_dim + v
            seen = np.minimum(at, m.sliding_window) if kind == "sliding" else at
        else:
            g = (kind == "sliding" and m.sliding_kv_heads) or m.n_kv_heads
            entry, width = g * (k + v), k + v
            seen = np.minimum(at, m.sliding_window) if kind == "sliding" else at
        chosen = np.minimum(seen, m.index_topk) if index else seen
        work += 2 * h * width * chosen + 2 * index * (m.index_head_dim or 0) * seen
        keys = (m.index_head_dim if index else 0) * bits / 8 * seen[-1]
        stored += (entry * bits / 8 * seen[-1] + keys) / m.layers_per_cache
        read += entry * bits / 8 * chosen[-1] + keys
    return {"stored": stored, "read": read, "last": work[-1], "mean": work.mean()}


MAY_BE_LEFT_OUT = {
    "v_head_dim", "q_lora_rank", "sliding_kv_heads", "linear_key_heads", "moe_latent_dim", "packed_entry_bytes",
    "packed_token_bytes",
}  # fmt: skip
HAVE_A_VALUE = {*DEFAULTED, *FLAGS, "attention_bias", "qk_norm"}
MUST_BE_GIVEN = [f for f in FIELDS if f not in MAY_BE_LEFT_OUT | HAVE_A_VALUE]


LEFT_OUT_OF = (
    lambda m: llm.parameters(m).total,
    lambda m: llm.active_parameters(m),
    lambda m: float(llm.weight_bytes(m)),
    lambda m: float(llm.kv_bytes(m, 50)),
    lambda m: float(llm.kv_read_bytes(m, 50)),
    lambda m: llm.kv_bytes_per_token(m),
    lambda m: llm.state_bytes(m),
    lambda m: float(llm.attention_flops_per_token(m, 50)),
    lambda m: float(llm.flops_per_token(m, 50)),
)


def test_ten_thousand_possible_models_are_counted_as_by_a_second_count():
    """Parameters tensor by tensor, cache and arithmetic position by position; a field left out is named or was not needed."""
    rng = np.random.default_rng(5)
    seen, named = set(), set()
    for trial in range(10_000):
        m = any_shape(rng)
        seen |= {m.attention, m.linear if m.linear_layers else "", *kinds(m)}
        total, used = second_count(m)
        output = m.vocab_size * m.hidden_size
        given = (0 if m.tied_embeddings else output) + m.position_rows * m.hidden_size
        assert llm.parameters(m).total == total + given + output
        counts = [llm.active_parameters(m, c) for c in llm.CONVENTIONS]
        assert counts == [used + given + output, used + output, used]
        tokens, bits = int(rng.integers(1, 60)), float(rng.choice([4, 8, 16]))
        assert llm.weight_bytes(m, bits) == (total + given + output) * bits / 8
        mode, form = llm.MODES[trial % 3], llm.MLA_FORMS[trial // 3 % 3]
        absorb = {"auto": mode == "decode" or m.index_heads > 0, "expand": False, "absorb": True}[form]
        sums = second_sums(m, tokens, bits, absorb)
        back = sums["last"] if mode == "decode" else sums["mean"]
        times = 3 if mode == "training" else 1
        assert float(llm.attention_flops_per_token(m, tokens, mode, form)) == pytest.approx(times * back, rel=1e-9)
        assert float(llm.flops_per_token(m, tokens, mode, form)) == pytest.approx(
            times * (2 * counts[1] + back), rel=1e-9
        )
        whole = llm.attention_flops_per_token(m, tokens, mode, form, causal=False)
        assert float(whole) == pytest.approx(times * sums["last"], rel=1e-9)
        assert float(llm.kv_bytes(m, tokens, bits)) == pytest.approx(sums["stored"], rel=1e-9)
        assert float(llm.kv_read_bytes(m, tokens, bits)) == pytest.approx(sums["read"], rel=1e-9)
        assert llm.state_bytes(m) == llm.kv_bytes(m, 0)
        growth = float(llm.kv_bytes(m, 10**6 + 1) - llm.kv_bytes(m, 10**6))
        assert llm.kv_bytes_per_token(m) == pytest.approx(growth, rel=1e-6, abs=1e-6)

        field = MUST_BE_GIVEN[trial % len(MUST_BE_GIVEN)]
        if field == "attention" and m.csa_layers + m.hca_layers:
            continue  # refused at the door
        without = replace(m, **{field: None})
        ask = LEFT_OUT_OF[trial // len(MUST_BE_GIVEN) % len(LEFT_OUT_OF)]
        try:
            assert ask(without) == ask(m), f"{field} is needed"
        except ValueError as error:
            assert str(error).startswith(f"random: the field '{field}' is missing, and "), error
            named.add(field)
    assert seen >= {*llm.ATTENTION, *llm.LINEAR, "full", "nope", "sliding", "linear", "csa", "hca", "window"}
    assert named == set(MUST_BE_GIVEN)


def test_mla_of_full_rank_is_mha_and_all_experts_are_dense_for_any_shape():
    rng = np.random.default_rng(6)
    for _ in range(1000):
        heads, k, v, d = (int(x) for x in rng.integers(1, 40, 4))
        plain = {"n_layers": int(rng.integers(1, 9)), "hidden_size": d, "vocab_size": 7, "n_heads": heads, "head_dim": k, "v_head_dim": v}  # fmt: skip
        mha = llm.Model("mha", "gqa", n_kv_heads=heads, ffn_dense_size=24, **plain)
        mla = llm.Model("mla", "mla", kv_lora_rank=heads * (k + v), qk_nope_head_dim=k, qk_rope_head_dim=0, ffn_dense_size=24, **plain)  # fmt: skip
        assert llm.kv_bytes_per_token(mla) == llm.kv_bytes_per_token(mha)
        for mode in llm.MODES:
            assert llm.attention_flops_per_token(mla, 99, mode, "expand") == llm.attention_flops_per_token(
                mha, 99, mode
            )
        experts = int(rng.choice([2, 3, 4, 6, 8]))
        mixture = replace(
            mha, name="mixture", ffn_dense_size=None, moe_layers=mha.n_layers, n_experts=experts, top_k=experts,
            ffn_expert_size=24 // experts,
        )  # fmt: skip
        p = llm.parameters(mixture)
        assert p.total == p.active == llm.parameters(mha).total + mha.n_layers * d * experts
