"""Three ways of reading in one layer (NSA), a latent in windows, and arithmetic with and without the causal half."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers.llm import model as llm
from tests.llm.table import COUNTABLE

# arXiv 2502.11089, section 4.1: 30 layers, width 2,560, 64 heads in 4 groups, keys of 192 and values of 128; stretches
# every 16 tokens, 16 blocks of 64 selected, a window of 512. The experts do not touch the cache.
NSA = llm.Model(
    "NSA", "nsa", n_layers=30, hidden_size=2560, vocab_size=100, n_heads=64, n_kv_heads=4, head_dim=192,
    v_head_dim=128, nsa_stride=16, nsa_block=64, nsa_topk=16, sliding_window=512, ffn_dense_size=100,
)  # fmt: skip
ENTRY = 30 * 4 * (192 + 128) * 2  # bytes of keys and values of one token


@pytest.mark.parametrize(("context", "tokens"), [(8192, 2048), (16384, 2560), (32768, 3584), (65536, 5632)])
def test_what_a_token_reads_is_the_paper_s_table(context, tokens):
    """Table 4 of arXiv 2502.11089: memory access of one decoding step, in tokens; 4.0 to 11.6 times less."""
    assert llm.kv_read_bytes(NSA, context) == tokens * ENTRY
    assert llm.attention_flops_per_token(NSA, context) == 30 * 2 * 64 * (192 + 128) * tokens


def test_the_speed_up_of_the_paper_follows():
    saved = [round(c / float(llm.kv_read_bytes(NSA, c) / ENTRY), 1) for c in (8192, 16384, 32768, 65536)]
    assert saved == [4.0, 6.4, 9.1, 11.6]


def test_everything_is_stored_once_for_the_selection_and_summaries_and_a_window_beside_it():
    assert llm.kv_bytes(NSA, 65536) == (65536 + 65536 / 16 + 512) * ENTRY
    assert llm.kv_bytes_per_token(NSA) == (1 + 1 / 16) * ENTRY
    assert llm.kv_read_bytes(NSA, 100) == (100 + 100 / 16 + 100) * ENTRY, "what is short is read whole"


def test_its_parameters_are_keys_and_values_three_times_and_three_gates():
    gqa = replace(NSA, name="gqa", attention="gqa", nsa_stride=None, nsa_block=None, nsa_topk=None, sliding_window=None)
    more = llm.parameters(NSA).attention - llm.parameters(gqa).attention
    assert more == 30 * (2 * 2560 * 4 * (192 + 128) + 3 * 2560 * 64)


@pytest.mark.parametrize("field", ["nsa_stride", "nsa_block", "nsa_topk", "sliding_window"])
def test_its_missing_fields_are_named(field):
    with pytest.raises(ValueError, match=f"NSA: the field '{field}' is missing, and NSA needs it"):
        llm.kv_bytes(replace(NSA, **{field: None}), 1000)


@pytest.mark.parametrize("absorb", ["expand", "absorb"])
def test_a_latent_in_windows_keeps_the_latent_of_the_window(absorb):
    v3 = llm.model("DeepSeek-V3")
    windows = replace(v3, name="windows", sliding_layers=40, sliding_window=4096, sliding_latent=True)
    assert llm.parameters(windows).total == llm.parameters(v3).total, "the same matrices"
    assert llm.kv_bytes(windows, 4096) == llm.kv_bytes(v3, 4096)
    assert llm.kv_bytes(windows, 10**6) == 2 * 576 * (21 * 10**6 + 40 * 4096)
    assert llm.kv_bytes_per_token(windows) == 21 * 576 * 2
    width = 512 + 576 if absorb == "absorb" else 128 + 64 + 128
    far = llm.attention_flops_per_token(windows, 10**6, "decode", absorb)
    assert far == 2 * 128 * width * (21 * 10**6 + 40 * 4096)


def test_a_model_of_latent_windows_alone():
    v3 = llm.model("DeepSeek-V3")
    alone = replace(v3, name="alone", sliding_layers=61, sliding_window=128, sliding_latent=True)
    assert llm.kv_bytes_per_token(alone) == 0 and llm.kv_bytes(alone, 9999) == 61 * 576 * 2 * 128


def test_without_the_causal_half_a_sequence_costs_what_its_last_token_sees():
    """PaLM, arXiv 2204.02311, appendix B: 12 L H Q T for training, every token against the whole sequence."""
    palm = llm.Model(
        "PaLM-540B", "gqa", n_layers=118, hidden_size=18432, vocab_size=256000, n_heads=48, n_kv_heads=1, head_dim=256,
        ffn_dense_size=73728,
    )  # fmt: skip
    whole = llm.attention_flops_per_token(palm, 2048, "training", causal=False)
    assert whole == 12 * 118 * 48 * 256 * 2048
    half = llm.attention_flops_per_token(palm, 2048, "training")
    assert half / whole == (2048 + 1) / (2 * 2048)


@pytest.mark.parametrize("name", COUNTABLE)
def test_the_causal_half_is_an_argument_of_both_counts(name):
    contexts = np.array([1, 777, 131072])
    for mode in llm.MODES:
        times = 3 if mode == "training" else 1
        for count, base in ((llm.attention_flops_per_token, 0), (llm.flops_per_token, 2 * llm.active_parameters(name))):
            whole = count(name, contexts, mode, "absorb", causal=False)
            last = llm.attention_flops_per_token(name, contexts, "decode", "absorb")
            np.testing.assert_allclose(whole, times * (base + last))
            assert (count(name, contexts, mode, "absorb") <= whole).all()


@pytest.mark.parametrize("causal", ["no", None, 1, 0.5, [True]])
def test_causal_is_yes_or_no(causal):
    for count in (llm.flops_per_token, llm.attention_flops_per_token):
        with pytest.raises(ValueError, match="causal = .+ is not True or False"):
            count("DeepSeek-V3", 10, "prefill", causal=causal)
