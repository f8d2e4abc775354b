"""A detail that nothing counts, or that contradicts its neighbour, is refused by name; layers with and without a gate."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from helpers.llm import model as llm
from helpers.llm.model.rules import DETAILS, KINDS
from helpers.llm.model.shape import FLAGS

GQA = {
    "attention": "gqa", "n_layers": 4, "hidden_size": 64, "vocab_size": 100, "n_heads": 8, "n_kv_heads": 2,
    "head_dim": 16, "ffn_dense_size": 128,
}  # fmt: skip
MLA = GQA | {
    "attention": "mla", "kv_lora_rank": 16, "qk_nope_head_dim": 16, "qk_rope_head_dim": 8, "v_head_dim": 16,
}  # fmt: skip
COMPRESSED = GQA | {
    "attention": "compressed", "q_lora_rank": 16, "o_groups": 2, "o_lora_rank": 8, "sliding_window": 8,
}  # fmt: skip
NSA = GQA | {"attention": "nsa", "sliding_window": 512, "nsa_stride": 16, "nsa_block": 64, "nsa_topk": 16}
BASES = {"gqa": GQA, "mla": MLA, "compressed": COMPRESSED, "nsa": NSA}
DEFAULTS = {f.name: f.default for f in fields(llm.Model)}
WORDS = {"linear": "kda", "qk_norm": "head", "attention_bias": "qkv"}


def own(**of) -> llm.Model:
    return llm.Model(name="mine", **of)


def some(field):
    """A value of the field that is not its default."""
    return WORDS.get(field, True if field in FLAGS else 2)


@pytest.mark.parametrize(("count", "detail"), [(c, d) for c, details in DETAILS.items() for d in details])
def test_a_detail_without_its_count_is_refused(count, detail):
    """Mixtral typed without `moe_layers` gave 7.2 billion parameters, not 46.7."""
    base = MLA if detail == "sliding_latent" else GQA
    with pytest.raises(
        ValueError, match=f"mine: {detail} = .+ counts nowhere: the field '.+' that it needs is missing"
    ):
        own(**base | {detail: some(detail)})


def test_mixtral_without_its_layers_is_refused_and_with_them_counts():
    mixtral = {
        "attention": "gqa", "n_layers": 32, "hidden_size": 4096, "vocab_size": 32000, "n_heads": 32, "n_kv_heads": 8,
        "head_dim": 128, "ffn_dense_size": 14336, "n_experts": 8, "top_k": 2, "ffn_expert_size": 14336,
    }  # fmt: skip
    with pytest.raises(ValueError, match="mine: n_experts = 8 counts nowhere: the field 'moe_layers'"):
        own(**mixtral)
    assert llm.parameters(own(**mixtral, moe_layers=32)).total == 46_702_792_704


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, f) for kind in llm.ATTENTION for f, kinds in KINDS.items() if kind not in kinds]
)
def test_a_field_of_another_kind_of_attention_is_refused(kind, field):
    """Latent fields under "gqa", biases and norms under "mla", and so on for every kind."""
    with pytest.raises(ValueError, match=f"mine: .*{field}"):
        own(**BASES[kind] | {field: some(field)})


@pytest.mark.parametrize("field", ["attention_bias", "qk_norm", "attention_sinks"])
def test_windows_beside_mla_have_biases_and_norms_of_their_own(field):
    windows = MLA | {"sliding_layers": 3, "sliding_window": 8}
    assert llm.parameters(own(**windows, **{field: some(field)})).total > llm.parameters(own(**windows)).total
    with pytest.raises(ValueError, match=f"mine: {field} = .+ counts nowhere under attention = 'mla'"):
        own(**windows, sliding_latent=True, **{field: some(field)})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_kv_heads": 3}, "n_kv_heads = 3 does not divide n_heads = 8"),
        ({"sliding_layers": 1, "sliding_window": 8, "sliding_kv_heads": 5}, "sliding_kv_heads = 5 does not divide"),
        ({"sliding_layers": 1, "sliding_window": 8, "sliding_kv_heads": 16}, "sliding_kv_heads = 16 is more than"),
        (
            {"linear": "gated_delta", "linear_layers": 1, "linear_heads": 8, "linear_key_heads": 3},
            "linear_key_heads = 3 does not divide linear_heads = 8",
        ),
        ({"layers_per_cache": 5}, "layers_per_cache = 5 is more than the 4 full layers there are"),
        (
            {"sliding_layers": 1, "sliding_window": 8, "layers_per_cache": 2},
            "layers_per_cache = 2 is more than the 1 sliding layers there are",
        ),
        ({"linear_layers": 4, "linear": "kda", "layers_per_cache": 2}, "layers_per_cache = 2 counts nowhere"),
        ({"linear_layers": 4, "linear": "kda", "index_heads": 2}, "index_heads = 2 counts nowhere"),
        ({"linear": "lightning", "linear_layers": 1, "low_rank_gate": True}, "low_rank_gate = True needs linear"),
        ({"linear": "kda", "linear_layers": 1, "linear_key_heads": 2}, "linear_key_heads = 2 needs linear"),
        ({"ffn_matrices": 1}, "ffn_matrices = 1 is not 2 or 3"),
        ({"ffn_matrices": 4}, "ffn_matrices = 4 is not 2 or 3"),
        ({"name": "x" * 101}, "name = 'x+.+ is not a text of 1 to 100"),
    ],
)
def test_shapes_that_cannot_be_are_refused(change, message):
    """Eight heads share no three keys, and no cache is shared by more layers than there are."""
    with pytest.raises(ValueError, match=message) as refusal:
        llm.Model(**{"name": "mine"} | GQA | change)
    assert len(str(refusal.value)) < 300


def test_a_model_without_a_part():
    kimi = llm.model("Kimi-Linear-48B-A3B")
    plain = kimi.without("linear_layers", "moe_layers")
    assert (plain.full_layers, plain.moe_layers, plain.n_experts, plain.linear) == (27, 0, None, None)
    with pytest.raises(ValueError, match="counts = 'experts' is not one of moe_layers, sliding_layers"):
        kimi.without("experts")


# Layers without a gate: the counts that papers and cards print. Taken as gated they come out 15 to 39 per cent high.
OLD = {"attention": "gqa", "attention_bias": "qkvo", "ffn_bias": True, "norm_bias": True, "ffn_matrices": 2}
PUBLISHED = {
    "GPT-2": (124_439_808, OLD | {"n_layers": 12, "hidden_size": 768, "vocab_size": 50257, "n_heads": 12, "n_kv_heads": 12, "head_dim": 64, "ffn_dense_size": 3072, "position_rows": 1024, "tied_embeddings": True}),
    "BLOOM-176B": (176_247_271_424, OLD | {"n_layers": 70, "hidden_size": 14336, "vocab_size": 250880, "n_heads": 112, "n_kv_heads": 112, "head_dim": 128, "ffn_dense_size": 57344, "outer_norms": 2, "tied_embeddings": True}),
    "Pythia-12B": (11_846_072_320, OLD | {"n_layers": 36, "hidden_size": 5120, "vocab_size": 50688, "n_heads": 40, "n_kv_heads": 40, "head_dim": 128, "ffn_dense_size": 20480}),
    "Falcon-40B": (41_303_293_952, {"attention": "gqa", "norm_bias": True, "ffn_matrices": 2, "n_layers": 60, "hidden_size": 8192, "vocab_size": 65024, "n_heads": 128, "n_kv_heads": 8, "head_dim": 64, "ffn_dense_size": 32768, "tied_embeddings": True}),
    "StarCoder2-15B": (15_957_889_024, OLD | {"n_layers": 40, "hidden_size": 6144, "vocab_size": 49152, "n_heads": 48, "n_kv_heads": 4, "head_dim": 128, "ffn_dense_size": 24576}),
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_layers_without_a_gate_count_as_published(name):
    total, fields_given = PUBLISHED[name]
    assert llm.parameters(llm.Model(name, **fields_given)).total == total
    gated = llm.parameters(llm.Model(name, **fields_given | {"ffn_matrices": 3})).total
    assert 1.14 < gated / total < 1.4


def test_opt_175b_and_nemotron_340b():
    """arXiv 2205.01068, table 1: 175B. arXiv 2406.11704: 9.4B in embeddings, 331.6B elsewhere."""
    opt = llm.Model(
        "OPT-175B", n_layers=96, hidden_size=12288, vocab_size=50272, n_heads=96, n_kv_heads=96, head_dim=128,
        ffn_dense_size=49152, position_rows=2050, tied_embeddings=True, **OLD,
    )  # fmt: skip
    assert round(llm.parameters(opt).total / 1e9) == 175
    assert llm.parameters(replace(opt, ffn_matrices=3)).total / 1e9 == pytest.approx(232.5, abs=0.1), "what was given"
    nemotron = llm.Model(
        "Nemotron-4-340B", "gqa", n_layers=96, hidden_size=18432, vocab_size=256000, n_heads=96, n_kv_heads=8,
        head_dim=192, ffn_dense_size=73728, ffn_matrices=2, norm_bias=True,
    )  # fmt: skip
    p = llm.parameters(nemotron)
    embedding = p.embedding_input + p.embedding_output
    assert (round(embedding / 1e9, 1), round((p.total - embedding) / 1e9, 1)) == (9.4, 331.6)


def test_dense_routed_and_shared_parts_have_two_or_three_matrices_and_their_biases():
    base = GQA | {
        "moe_layers": 3, "n_experts": 6, "top_k": 2, "n_shared_experts": 2, "ffn_expert_size": 32,
    }  # fmt: skip
    for matrices in (2, 3):
        plain = llm.parameters(own(**base, ffn_matrices=matrices))
        biased = llm.parameters(own(**base, ffn_matrices=matrices, ffn_bias=True))
        one, bias = matrices * 64 * 32, (matrices - 1) * 32 + 64
        assert (plain.dense_ffn, plain.routed_experts) == (matrices * 64 * 128, 3 * 6 * one)
        assert (plain.active_experts, plain.shared_experts) == (3 * 2 * one, 3 * 2 * one)
        assert biased.dense_ffn - plain.dense_ffn == (matrices - 1) * 128 + 64
        assert biased.routed_experts - plain.routed_experts == 3 * 6 * bias
        assert biased.shared_experts - plain.shared_experts == 3 * 2 * bias
