"""What must always hold of cache and arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers.llm import model as llm
from helpers.llm import studies
from tests.llm.table import CONTEXTS, COUNTABLE


@pytest.mark.parametrize("name", COUNTABLE)
def test_cache_grows_with_context_and_with_bits(name):
    stored = llm.kv_bytes(name, CONTEXTS)
    assert (np.diff(stored) > 0).all() and np.isfinite(stored).all()
    assert (llm.kv_read_bytes(name, CONTEXTS) <= stored + 1e-6).all()
    state = llm.model(name).linear_layers * (llm.model(name).linear_heads or 0) * (llm.model(name).linear_head_dim or 0) ** 2 * 4  # fmt: skip
    halves, whole = (llm.kv_bytes(name, CONTEXTS, bits) - state for bits in (8, 16))
    np.testing.assert_allclose(2 * halves, whole)
    grid = llm.kv_bytes(name, CONTEXTS[:, None], [4, 8, 16])
    assert grid.shape == (300, 3) and (grid[:, 2] == stored).all()


@pytest.mark.parametrize("name", COUNTABLE)
def test_growth_for_each_token_is_the_slope_at_long_contexts(name):
    slope = (llm.kv_bytes(name, 3e6) - llm.kv_bytes(name, 1e6)) / 2e6
    assert slope == pytest.approx(llm.kv_bytes_per_token(name))
    np.testing.assert_allclose(llm.kv_bytes_per_token(name, [8, 16]), [slope / 2, slope])


@pytest.mark.parametrize("name", COUNTABLE)
def test_a_question_read_whole_costs_the_mean_of_its_positions(name):
    one_by_one = llm.attention_flops_per_token(name, np.arange(1, 5001), "decode", "absorb").mean()
    together = llm.attention_flops_per_token(name, 5000, "prefill", "absorb")
    assert together == pytest.approx(one_by_one, rel=1e-12)
    assert llm.attention_flops_per_token(name, 5000, "training", "absorb") == 3 * together


@pytest.mark.parametrize("name", COUNTABLE)
def test_arithmetic_never_falls_with_context(name):
    for mode in llm.MODES:
        flops = llm.flops_per_token(name, CONTEXTS, mode)
        assert (np.diff(flops) >= 0).all() and flops[0] >= 2 * llm.active_parameters(name)


@pytest.mark.parametrize(
    ("name", "layers", "heads", "operations"), [("Qwen3-Next-80B-A3B", 48, 32, 7), ("MiniMax-M1", 80, 64, 5)]
)
def test_a_running_summary_costs_the_same_at_any_length(name, layers, heads, operations):
    """Delta rule: decay, read, correct, write, query; lightning: decay, write, query, for each of 128 x 128 numbers."""
    linear = replace(llm.model(name), name="linear", linear_layers=layers)
    flops = llm.attention_flops_per_token(linear, [1, 10**6])
    assert flops.tolist() == [layers * heads * 128**2 * operations] * 2
    assert llm.kv_bytes_per_token(linear) == 0


def test_keys_and_values_of_different_size_in_layers_of_two_kinds():
    """MiMo-V2-Flash: keys of 192, values of 128; 4 key-value heads in 9 full layers, 8 in 39 windows of 128 tokens."""
    assert llm.kv_bytes("MiMo-V2-Flash", 1000) == 2 * (192 + 128) * (9 * 4 * 1000 + 39 * 8 * 128)


def test_windows_cap_what_is_stored():
    plain = replace(llm.model("Llama-3.1-8B"), name="plain")
    windows = replace(plain, name="windows", sliding_layers=32, sliding_window=1024)
    assert llm.kv_bytes(windows, 1024) == llm.kv_bytes(plain, 1024)
    assert llm.kv_bytes(windows, 1e6) == llm.kv_bytes(windows, 1024) and llm.kv_bytes_per_token(windows) == 0
    assert llm.attention_flops_per_token(windows, 1e6) == llm.attention_flops_per_token(plain, 1024)


def test_mla_of_full_rank_is_mha():
    """With a latent as wide as all keys and values, and no position part, MLA stores and computes what MHA does."""
    mha = studies.stepped(8, 512)["MHA"]
    mla = replace(
        mha, name="mla", attention="mla", kv_lora_rank=2 * 128 * 128, qk_nope_head_dim=128, qk_rope_head_dim=0, v_head_dim=128
    )  # fmt: skip
    assert llm.kv_bytes_per_token(mla) == llm.kv_bytes_per_token(mha)
    for mode in llm.MODES:
        written_out = llm.attention_flops_per_token(mla, CONTEXTS, mode, "expand")
        np.testing.assert_allclose(written_out, llm.attention_flops_per_token(mha, CONTEXTS, mode))


@pytest.mark.parametrize(
    "function", [llm.kv_bytes, llm.kv_read_bytes, llm.flops_per_token, llm.attention_flops_per_token]
)
def test_scalars_and_arrays_alike(function):
    many = function("Kimi-K3", [1024, 4096])
    assert many.shape == (2,) and [float(function("Kimi-K3", t)) for t in (1024, 4096)] == many.tolist()


def test_every_model_takes_a_thousand_contexts_at_once():
    contexts = np.geomspace(1, 1e6, 1000)
    for name in COUNTABLE:
        assert llm.kv_bytes(name, contexts).shape == llm.flops_per_token(name, contexts).shape == (1000,)
