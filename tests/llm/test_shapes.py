"""A reader's own model, errors that name what is wrong, and ten thousand odd shapes."""

from __future__ import annotations

import inspect
import math
from dataclasses import replace

import numpy as np
import pytest

from helpers.llm import model as llm
from helpers.llm.model.shape import FIELDS
from helpers.serving import model as serving

OWN = {"n_layers": 4, "hidden_size": 64, "vocab_size": 100, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16, "ffn_dense_size": 128}  # fmt: skip


def test_a_reader_s_own_model():
    own = llm.Model("mine", "gqa", **OWN)
    attention = 4 * (64 * 64 + 2 * 64 * 32 + 64 * 64)
    assert llm.parameters(own).total == attention + 4 * 3 * 64 * 128 + (4 * 2 + 1) * 64 + 2 * 6400
    assert llm.kv_bytes(own, 10, 8) == 10 * 4 * 2 * 2 * 16
    assert llm.parameters(replace(own, tied_embeddings=True)).total == llm.parameters(own).total - 6400
    assert llm.weight_bytes(own, [8, 4]).tolist() == [llm.parameters(own).total, llm.parameters(own).total / 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_layers": 0}, "mine: n_layers = 0 is not a whole number from 1"),
        ({"n_heads": 2.5}, "mine: n_heads = 2.5 is not a whole number"),
        ({"n_heads": "four"}, "mine: n_heads = 'four' is not a whole number"),
        ({"n_heads": math.nan}, "mine: n_heads = nan is not a whole number"),
        ({"sliding_layers": None}, "mine: sliding_layers = None is not a whole number from 0"),
        ({"n_kv_heads": 8}, "mine: n_kv_heads = 8 is more than n_heads = 4"),
        ({"attention": "mhq"}, "mine: attention = 'mhq' is not one of gqa, mla, compressed"),
        ({"tied_embeddings": "no"}, "mine: tied_embeddings = 'no' is not True or False"),
        ({"qk_norm": True}, "mine: qk_norm = True is not one of none, head, all"),
        ({"attention_bias": None}, "mine: attention_bias = None is not one of none, qkv, qkvo"),
        ({"sliding_layers": 3, "linear_layers": 2}, "mine: n_layers = 4 is less than the 5 layers"),
        ({"moe_layers": 5}, "mine: n_layers = 4 is less than the 5 layers"),
        ({"name": ""}, "name = '' is not a text"),
        ({"csa_layers": 1}, "mine: csa_layers and hca_layers need attention = 'compressed'"),
        ({"attention": "compressed", "linear_layers": 1}, "mine: linear_layers = 1 beside compressed"),
        ({"attention": "mla", "sliding_layers": 3, "nope_layers": 2}, "mine: nope_layers = 2 is more than 1 full"),
    ],
)
def test_a_bad_shape_is_refused_by_name(change, message):
    with pytest.raises(ValueError, match=message):
        llm.Model(**{"name": "mine", "attention": "gqa", **OWN, **change})


@pytest.mark.parametrize(
    ("change", "ask", "field"),
    [
        ({"ffn_dense_size": None}, llm.parameters, "ffn_dense_size"),
        ({"vocab_size": None}, llm.parameters, "vocab_size"),
        ({"n_kv_heads": None}, llm.parameters, "n_kv_heads"),
        ({"n_kv_heads": None}, llm.kv_bytes_per_token, "n_kv_heads"),
        ({"attention": "mla"}, llm.kv_bytes_per_token, "kv_lora_rank"),
        ({"sliding_layers": 2}, llm.kv_bytes_per_token, "sliding_window"),
        ({"linear_layers": 2}, llm.parameters, "linear"),
        ({"linear_layers": 2, "linear": "kda"}, llm.kv_bytes_per_token, "linear_heads"),
        ({"moe_layers": 2}, llm.parameters, "n_experts"),
        ({"index_heads": 2}, llm.kv_bytes_per_token, "index_head_dim"),
        ({"attention": "compressed", "csa_layers": 2}, llm.parameters, "q_lora_rank"),
    ],
)
def test_a_missing_field_is_named(change, ask, field):
    with pytest.raises(ValueError, match=f"mine: the field '{field}' is missing, and .+ needs it"):
        ask(llm.Model(**{"name": "mine", "attention": "gqa", **OWN, **change}))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: llm.model("GPT-5"), "model = 'GPT-5' is not one of Llama-2-7B"),
        (lambda: llm.kv_bytes(["DeepSeek-V3"], 1), r"model = \['DeepSeek-V3'\] is not one of"),
        (lambda: llm.kv_bytes("DeepSeek-V3", -1), "context_tokens = -1 is outside"),
        (lambda: llm.kv_bytes("DeepSeek-V3", 1e10), r"context_tokens = 1e\+10 is outside"),
        (lambda: llm.kv_bytes("DeepSeek-V3", 1, 0), "bits = 0 is outside its valid range, 1 to 32"),
        (lambda: llm.kv_bytes("DeepSeek-V3", 1, "fp8"), "bits = 'fp8' is neither"),
        (lambda: llm.kv_bytes("DeepSeek-V3", 1, "packed"), "DeepSeek-V3: the field 'packed_entry_bytes' is missing"),
        (lambda: llm.flops_per_token("DeepSeek-V3", 0), "context_tokens = 0 is outside its valid range, 1 to"),
        (lambda: llm.flops_per_token("DeepSeek-V3", 9, "train"), "mode = 'train' is not one of"),
        (lambda: llm.flops_per_token("DeepSeek-V3", 9, mla="both"), "mla = 'both' is not one of"),
        (lambda: llm.active_parameters("DeepSeek-V3", "some"), "convention = 'some' is not one of"),
        (lambda: llm.weight_bytes("DeepSeek-V3", 64), "bits = 64 is outside"),
    ],
)
def test_bad_questions_are_answered_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


ODD = [None, 0, 1, 2, 7, 64, 5000, 10**7, -1, 1.5, "gqa", "kda", "all", True, math.inf, [1], {}]
ASKED = {
    "parameters": lambda shape, tokens, bits, mode: llm.parameters(shape).total,
    "active_parameters": lambda shape, tokens, bits, mode: llm.active_parameters(shape, llm.CONVENTIONS[len(mode) % 3]),
    "weight_bytes": lambda shape, tokens, bits, mode: llm.weight_bytes(shape, 8),
    "kv_bytes": lambda shape, tokens, bits, mode: llm.kv_bytes(shape, tokens, bits),
    "kv_read_bytes": lambda shape, tokens, bits, mode: llm.kv_read_bytes(shape, tokens, bits),
    "kv_bytes_per_token": lambda shape, tokens, bits, mode: llm.kv_bytes_per_token(shape, bits),
    "state_bytes": lambda shape, tokens, bits, mode: llm.state_bytes(shape),
    "flops_per_token": lambda shape, tokens, bits, mode: llm.flops_per_token(shape, tokens, mode),
    "attention_flops_per_token": lambda shape, tokens, bits, mode: llm.attention_flops_per_token(
        shape, tokens, mode, llm.MLA_FORMS[len(mode) % 3]
    ),
    "serving.decode": lambda shape, tokens, bits, mode: (
        serving.decode(shape, "H20", 8, min(tokens, 1e8), 16, network_gb_s="own").tokens_per_s
    ),
    "serving.prefill": lambda shape, tokens, bits, mode: (
        serving.prefill(shape, "H20", 8, min(tokens, 1e8)).tokens_per_s
    ),
}


# A second count, written another way: every tensor of every layer, and every position of the sequence, one by one.


def test_every_question_to_a_model_is_fuzzed():
    own = {
        n
        for n, f in vars(llm).items()
        if inspect.isfunction(f) and f.__module__.startswith(llm.__name__) and n[0] != "_"
    }
    assert own - {"model", "models", "from_config"} == {n for n in ASKED if "." not in n}


def test_ten_thousand_random_models_are_counted_or_refused_by_name():
    """Each public function gives a finite answer in range, or an error that names the model or the parameter."""
    rng = np.random.default_rng(30)
    shapes = [llm.model(n) for n in llm.models()]
    answered = refused = 0
    for trial in range(10_000):
        base = {f: getattr(shapes[trial % len(shapes)], f) for f in FIELDS}
        for field in rng.choice(FIELDS, size=rng.integers(0, 4), replace=False):
            base[field] = ODD[rng.integers(len(ODD))]
        tokens = float(rng.choice([1, 17, 1e3, 131072.0, 1e9, 0, -5, math.nan]))
        bits = [1, 4, 8.5, 16, 32, 0, "packed", "x"][rng.integers(8)]
        mode = (*llm.MODES, "none")[rng.integers(4)]
        try:
            shape = llm.Model(name="random", **base)
        except ValueError as error:
            assert str(error).startswith("random: "), error
            refused += 1
            continue
        for ask in ASKED.values():
            try:
                value = ask(shape, tokens, bits, mode)
            except ValueError as error:
                assert str(error).startswith(("random: the field '", "context_tokens = ", "bits = ", "mode = ")), error
                refused += 1
                continue
            assert np.isfinite(float(value)) and float(value) >= 0
            answered += 1
        try:
            p = llm.parameters(shape)
        except ValueError:
            continue
        assert p.total >= p.active >= 0
    assert answered > 10_000 and refused > 10_000
