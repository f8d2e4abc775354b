"""Published configuration files become shapes that count what was released; what a shape cannot hold is refused by name.

`configs.json` holds files of Hugging Face repositories without their keys for training and text. A total is the sum of
the tensors of the released weights, unless `source` names a card or paper.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from helpers.llm import model as llm
from helpers.llm.model.families import FAMILIES

CASES = json.loads((Path(__file__).parent / "configs.json").read_text(encoding="utf-8"))
OUTSIDE = [case for case in CASES if "row" not in case]
IN_TABLE = [case for case in CASES if "row" in case]
BY_REPO = {case["repo"]: case["config"] for case in CASES}
LLAMA = BY_REPO["meta-llama/Llama-3.2-1B"]


def repo(case):
    return case["repo"]


@pytest.mark.parametrize("case", OUTSIDE, ids=repo)
def test_a_published_configuration_counts_the_released_parameters(case):
    shape = llm.from_config(case["config"], case["repo"])
    p = llm.parameters(shape)
    if case["total"] is not None:
        assert p.total == case["total"], case["source"]
    embedding = p.embedding_input + p.embedding_output
    if "rounded" in case:
        assert round(p.total / 1e9) == case["rounded"], case["source"]
    if "body" in case:
        assert round((p.total - embedding) / 1e9, 1) == case["body"], case["source"]
    if case.get("embedding"):
        assert case["embedding"] in (embedding, round(embedding / 1e9, 1)), case["source"]
    assert llm.from_config(json.dumps(case["config"]), case["repo"]) == shape, "text and mapping are one"


def test_at_least_twelve_of_them_are_not_in_the_table():
    names = {case["repo"].split("/")[1].lower() for case in OUTSIDE}
    assert len(names) >= 12 and not names & {name.lower() for name in llm.models()}


@pytest.mark.parametrize("case", IN_TABLE, ids=repo)
def test_a_configuration_of_a_model_in_the_table_is_its_row(case):
    read, row = llm.from_config(case["config"], case["row"]), llm.model(case["row"])
    unused = {"ffn_dense_size"} if row.moe_layers == row.n_layers else set()  # files keep a width that nothing uses
    differ = {f.name for f in fields(row) if getattr(read, f.name) != getattr(row, f.name)}
    assert differ <= unused and llm.parameters(read) == llm.parameters(row)


@pytest.mark.parametrize(
    ("base", "sliding", "window"),
    [
        ("mistralai/Mistral-7B-v0.1", 32, 4096),
        ("mistralai/Mistral-Nemo-Base-2407", 0, None),
        ("google/gemma-2-9b", 21, 4096),
        ("Qwen/Qwen2.5-0.5B", 0, None),
        ("bigcode/starcoder2-3b", 30, 4096),
        ("microsoft/Phi-3-mini-4k-instruct", 32, 2047),
    ],
)
def test_windows_are_read_as_the_code_of_the_family_reads_them(base, sliding, window):
    shape = llm.from_config(BY_REPO[base])
    assert (shape.sliding_layers, shape.sliding_window) == (sliding, window)


def test_a_window_from_a_layer_on_and_a_list_of_layers():
    qwen = BY_REPO["Qwen/Qwen2.5-0.5B"] | {"use_sliding_window": True, "max_window_layers": 20}
    assert llm.from_config(qwen).sliding_layers == 4
    listed = LLAMA | {"layer_types": ["sliding_attention"] * 12 + ["full_attention"] * 4, "sliding_window": 512}
    assert llm.from_config(listed).sliding_layers == 12


def test_some_layers_have_experts():
    """Qwen counts layers from 1, DeepSeek from 0."""
    base = BY_REPO["Qwen/Qwen1.5-MoE-A2.7B"]
    assert llm.from_config(base | {"decoder_sparse_step": 2}).moe_layers == 12
    assert llm.from_config(base | {"mlp_only_layers": [0, 5]}).moe_layers == 22
    fine = BY_REPO["deepseek-ai/deepseek-moe-16b-base"]
    assert llm.from_config(fine).moe_layers == 27
    assert llm.from_config(fine | {"moe_layer_freq": 2}).moe_layers == 13
    assert llm.from_config(fine | {"moe_layer_freq": [0, 1] * 14}).moe_layers == 14


def test_names_come_from_the_reader_the_file_or_its_type():
    assert llm.from_config(LLAMA).name == "llama"
    assert llm.from_config(LLAMA | {"_name_or_path": "mine"}).name == "mine"
    assert llm.from_config(LLAMA | {"_name_or_path": "mine"}, "ours").name == "ours"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model_type": "mamba"}, "config: model_type = 'mamba' is not known"),
        ({"model_type": None}, "config: model_type = None is not known"),
        ({"hidden_size": None}, "config: the key 'hidden_size' is missing"),
        ({"hidden_size": 0}, "config: hidden_size = 0 is not a whole number from 1"),
        ({"hidden_size": "2048"}, "config: hidden_size = '2048' is not a whole number"),
        ({"hidden_size": True}, "config: hidden_size = True is not a whole number"),
        ({"vocab_size": 1e5}, "config: vocab_size = 100000.0 is not a whole number"),
        ({"vocab_size": 10**400}, "config: vocab_size = 1000.+ is not a whole number"),
        ({"n_embd": 4096}, "config: hidden_size = 2048 and n_embd = 4096 are the same thing and differ"),
        ({"num_key_value_heads": 5}, "n_kv_heads = 5 does not divide n_heads = 32"),
        ({"head_dim": None, "num_attention_heads": 24}, "config: the key 'head_dim' is missing; hidden_size = 2048"),
        ({"tie_word_embeddings": "yes"}, "config: tie_word_embeddings = 'yes' is not true or false"),
        ({"num_local_experts": 8}, "config: the key 'num_local_experts' = 8 is not known for model_type = 'llama'"),
        ({"num_kv_shared_layers": 4}, "config: the key 'num_kv_shared_layers' = 4 is not known"),
        ({"cla_share_factor": 2}, "config: the key 'cla_share_factor' = 2 is not known"),
        ({"vision_config": {"depth": 2}}, r"config: vision_config cannot be represented .+ config\['text_config'\]"),
        ({"text_config": {"hidden_size": 1}}, "config: text_config cannot be represented beside"),
        ({"layer_types": ["mamba"] * 16}, "config: layer_types holds 'mamba', which cannot be represented"),
        ({"layer_types": ["full_attention"]}, "config: layer_types = .+ is not a list of 16 words"),
        ({"layer_types": [["full_attention"]] * 16}, "config: layer_types holds .+ cannot be represented"),
        ({"sliding_window": 512}, "config: sliding_window = 512 cannot be represented without 'layer_types'"),
    ],
)
def test_what_a_shape_cannot_hold_is_refused_by_name(change, message):
    with pytest.raises(ValueError, match=message):
        llm.from_config(LLAMA | change)


@pytest.mark.parametrize(
    ("base", "change", "message"),
    [
        ("facebook/opt-6.7b", {"word_embed_proj_dim": 512}, "word_embed_proj_dim = 512 cannot be represented"),
        ("facebook/opt-6.7b", {"do_layer_norm_before": False}, "do_layer_norm_before = False cannot be represented"),
        ("bigscience/bloom", {"n_inner": 100}, "n_inner = 100 cannot be represented"),
        ("deepseek-ai/DeepSeek-V3", {"attention_bias": True}, "attention_bias = True cannot be represented with MLA"),
        ("deepseek-ai/DeepSeek-V3", {"qk_rope_head_dim": None}, "the key 'qk_rope_head_dim' is missing"),
        ("deepseek-ai/DeepSeek-V3", {"num_experts_per_tok": 300}, "top_k = 300 is more than n_experts = 256"),
        ("deepseek-ai/DeepSeek-V3", {"moe_layer_freq": 0}, "moe_layer_freq = 0 is not a whole number from 1"),
        ("Qwen/Qwen1.5-MoE-A2.7B", {"shared_expert_intermediate_size": 5000}, "shared_expert_intermediate_size = 5000"),
        ("Qwen/Qwen1.5-MoE-A2.7B", {"mlp_only_layers": [24]}, r"mlp_only_layers = \[24\] is not a list of layers"),
        ("Qwen/Qwen1.5-MoE-A2.7B", {"moe_intermediate_size": None}, "the key 'moe_intermediate_size' is missing"),
        ("Qwen/Qwen3-Next-80B-A3B-Instruct", {"linear_conv_kernel_dim": 3}, "linear_conv_kernel_dim = 3 cannot be"),
        ("Qwen/Qwen3-Next-80B-A3B-Instruct", {"linear_key_head_dim": 64}, "linear_key_head_dim = 64 cannot be"),
        ("google/gemma-7b", {"head_dim": None}, "the key 'head_dim' is missing"),
        ("google/gemma-2-9b", {"sliding_window_pattern": 0}, "sliding_window_pattern = 0"),
        ("mistralai/Mistral-7B-v0.1", {"num_key_value_heads": None}, "the key 'num_key_value_heads' is missing"),
    ],
)
def test_what_a_family_cannot_hold_is_refused_by_name(base, change, message):
    with pytest.raises(ValueError, match=message):
        llm.from_config(BY_REPO[base] | change)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("{", "config is not a JSON text"),
        ("[1, 2]", "neither a mapping nor a JSON text of one"),
        ('{"model_type": "gpt2", "model_type": "llama"}', "the key 'model_type' stands there twice"),
        ("[" * 100_000, "config is not a JSON text"),
        (" " * 1_000_001, "at most 1,000,000 are read"),
        (None, "config = None is neither"),
        (7, "config = 7 is neither"),
        ({"model_type": np.zeros(3)}, "config holds what no JSON file can hold"),
        ({}, "config: model_type = None is not known"),
        ("", "config is not a JSON text"),
    ],
)
def test_no_configuration_is_refused_by_name(config, message):
    with pytest.raises(ValueError, match=message) as refusal:
        llm.from_config(config)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("case", CASES, ids=repo)
def test_no_key_of_a_configuration_can_be_odd_without_a_name(case):
    """Each key in turn is taken out and made odd: a shape of whole numbers, or a refusal that names a key or a field."""
    odd = [None, -1, 0, 1.5, "x", [], [1], {}, {"a": 1}, True, False, 10**400, 7]
    for key in case["config"]:
        for value in odd:
            try:
                shape = llm.from_config(case["config"] | {key: value}, "odd")
                llm.parameters(shape)
            except ValueError as error:
                assert str(error).startswith(("config", "odd: ")) and len(str(error)) < 300, error


def test_every_family_is_a_model_type_that_reads():
    """The least that each family needs; every one counts."""
    least = {
        "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
        "vocab_size": 100, "intermediate_size": 128, "n_positions": 32, "max_position_embeddings": 32,
    }  # fmt: skip
    experts = {"num_experts_per_tok": 2, "num_local_experts": 8}
    latent = {"kv_lora_rank": 8, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8}
    for kind, family in FAMILIES.items():
        config = least | {"model_type": kind}
        if family.experts:
            config |= experts
        if family.experts == "own":
            config |= {"moe_intermediate_size": 16}
        if family.experts == "llama4":
            config |= {"intermediate_size_mlp": 64, "interleave_moe_layer_step": 2}
        if family.latent:
            with pytest.raises(ValueError, match="the key 'kv_lora_rank' is missing"):
                llm.from_config(config)
            config |= latent
        if family.indexer:
            with pytest.raises(ValueError, match="the key 'index_n_heads' is missing"):
                llm.from_config(config)
            config |= {"index_n_heads": 2, "index_head_dim": 8, "index_topk": 16}
        shape = llm.from_config(config)
        assert shape.ffn_matrices == family.matrices and llm.parameters(shape).total > 0
