"""Parameters of language models against what their papers and released weights print."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from helpers.core import data
from helpers.llm import model as llm
from helpers.llm import studies
from tests.llm.table import COUNTABLE, PUBLISHED, TABLE

# The last printed digit of a total, in billions, where it is coarser than 0.1 percent.
LAST_DIGIT = {
    "Llama-2-7B": 0.1, "Llama-3.1-8B": 0.1, "Qwen2.5-7B": 0.1, "Qwen3-8B": 0.1, "Qwen3-32B": 0.1, "Qwen3-30B-A3B": 0.1,
    "DeepSeek-LLM-67B": 1, "Mixtral-8x22B": 1, "DeepSeek-V2": 1, "Qwen3-Next-80B-A3B": 1, "Qwen3.5-35B-A3B": 1,
    "DeepSeek-V4-Flash": 1, "Mistral-Large-4": 10, "Llama-4-Maverick": 10, "MiniMax-M2": 10, "DeepSeek-V4-Pro": 100,
}  # fmt: skip

# Totals that do not come back, with our deviation in percent and why.
DEVIATES = {
    "Llama-3.1-405B": (0.21, "405.85 billion is printed as 405, cut and not rounded"),
    "DeepSeek-V3.2": (0.13, "671 is the figure of V3; the indexers add 0.85 billion"),
    "Pangu-Ultra-MoE": (0.15, "718 fits without the input embedding, 717.9"),
    "Llama-4-Scout": (-1.13, "109 counts the vision encoder; llama.cpp counts 107.77 in the text decoder"),
    "Kimi-K2": (-1.31, "the report has 1.04T, the model card 1T, the released weights 1.027T"),
    "Kimi-Linear-48B-A3B": (2.34, "48 fits without the two embedding matrices, 48.4; the released weights have 49.12"),
    "GLM-4.5": (-0.62, "unknown: 352.8 without and 356.8 with the module for further tokens"),
    "GLM-4.5-Air": (0.80, "106 fits without the two embedding matrices, 105.6"),
    "Muse-Spark-Open": (0.49, "816 is the checkpoint's name; without embeddings 816.7"),
}


@pytest.mark.parametrize("name", COUNTABLE)
def test_total_parameters_are_the_printed_ones_or_the_reason_is_named(name):
    printed, counted = TABLE.loc[name, "published_total_b"], llm.parameters(name).total / 1e9
    deviation = 100 * (counted / printed - 1)
    if name in DEVIATES:
        assert deviation == pytest.approx(DEVIATES[name][0], abs=0.006), DEVIATES[name][1]
    else:
        assert abs(counted - printed) <= max(printed / 1000, LAST_DIGIT.get(name, 0) / 2), deviation


def test_reasons_given_for_deviations_hold():
    for name, without in (("Kimi-Linear-48B-A3B", 48), ("GLM-4.5-Air", 106), ("Muse-Spark-Open", 817)):
        p = llm.parameters(name)
        assert round((p.total - p.embedding_input - p.embedding_output) / 1e9) == without
    pangu = llm.parameters("Pangu-Ultra-MoE")
    assert round((pangu.total - pangu.embedding_input) / 1e9) == TABLE.loc["Pangu-Ultra-MoE", "published_total_b"]
    glm = llm.model("GLM-4.5")
    module = replace(
        glm, name="with module", n_layers=93, moe_layers=90
    )  # one layer more, and a matrix that joins two states
    assert round((llm.parameters(module).total + 2 * 5120**2) / 1e9, 1) == 356.8
    indexers = llm.parameters("DeepSeek-V3.2").total - llm.parameters("DeepSeek-V3").total
    assert indexers == 61 * (1536 * 64 * 128 + 7168 * 128 + 7168 * 64 + 2 * 128)


@pytest.mark.parametrize(
    ("result", "digits"), [("weights-kimi-linear", 2), ("weights-kimi-k2", -1), ("weights-mistral-large-4", -1)]
)
def test_totals_are_those_of_the_released_weights(result, digits):
    """What programs that load the weights print (llama.cpp, ik_llama.cpp), and Mistral's own 1.05T."""
    subject = data.load("published_results").set_index("result_id").loc[result, "subject"]
    assert round(llm.parameters(subject).total / 1e9, digits) == round(PUBLISHED[result], digits)


def test_totals_off_by_more_than_a_per_cent_are_the_four_the_notebook_names():
    rows = studies.totals()
    named = {"Kimi-Linear-48B-A3B", "Kimi-K2", "Llama-4-Scout", "DeepSeek-V4-Pro"}
    assert set(rows.index) == set(COUNTABLE) and set(rows.index[rows["deviation"].abs() > 0.01]) == named


def test_only_one_model_has_no_shape():
    assert set(llm.models()) - set(COUNTABLE) == {"DeepSeek-V4.1-Flash"}
    with pytest.raises(ValueError, match="DeepSeek-V4.1-Flash: the field 'vocab_size' is missing"):
        llm.parameters("DeepSeek-V4.1-Flash")


@pytest.mark.parametrize(
    ("name", "exact"),
    [
        ("Llama-2-7B", 6_738_415_616),
        ("Llama-3.1-8B", 8_030_261_248),
        ("Mixtral-8x7B", 46_702_792_704),
        ("Qwen2.5-72B", 72_706_203_648),
        ("Qwen3-8B", 8_190_735_360),
        ("Llama-3.1-70B", 70_553_706_496),
        ("Qwen3-30B-A3B", 30_532_122_624),
        ("Qwen3-235B-A22B", 235_093_634_560),
        ("gpt-oss-20b", 20_914_757_184),  # with its attention sinks
        ("gpt-oss-120b", 116_829_156_672),
        ("GLM-4.5-Air", 106_852_251_264),  # a bias for each expert in its routers
        ("MiniMax-M2", 228_689_764_864),  # keys and queries scaled over all heads
        ("DeepSeek-V2", 235_741_434_880),  # MLA
        ("DeepSeek-V3", 671_026_419_200),  # and a bias for each expert
        ("Kimi-K2", 1_026_408_232_448),
        ("DeepSeek-V3.2", 671_877_944_064),  # DSA indexer
        ("Kimi-Linear-48B-A3B", 49_122_681_728),  # KDA
        ("Qwen3-Next-80B-A3B", 79_674_391_296),  # gated delta; a gate for the shared expert
        ("Qwen3.5-35B-A3B", 34_660_610_688),
    ],
)
def test_counts_are_exact_to_the_last_parameter(name, exact):
    """Counts that the model hubs, or programs that load the released weights, print; without modules for further tokens or images."""
    assert llm.parameters(name).total == exact


@pytest.mark.parametrize("name", [n for n in COUNTABLE if TABLE.loc[n, "active_counted"] != "not stated"])
def test_active_parameters_by_the_convention_of_the_paper(name):
    printed = TABLE.loc[name, "published_active_b"]
    assert llm.active_parameters(name, TABLE.loc[name, "active_counted"]) / 1e9 == pytest.approx(printed, rel=0.022)


@pytest.mark.parametrize("name", [n for n in COUNTABLE if TABLE.loc[n, "active_counted"] == "not stated"])
def test_an_active_figure_without_a_convention_lies_among_the_three(name):
    """Names such as A3B and A42B cut the decimals."""
    counts = [llm.active_parameters(name, c) / 1e9 for c in llm.CONVENTIONS]
    assert math.floor(min(counts)) <= TABLE.loc[name, "published_active_b"] <= max(counts)


def test_active_parameters_of_kimi_k3_leave_out_the_input_embedding():
    assert (
        round(llm.active_parameters("Kimi-K3", "no_input_embedding") / 1e9, 1)
        == TABLE.loc["Kimi-K3", "published_active_b"]
    )


def test_latent_experts_are_counted_at_their_own_width():
    k3 = llm.model("Kimi-K3")
    assert 92 * 896 * 3 * 7168 * 3072 / 1e12 == pytest.approx(5.45, abs=0.005), "what a naive count gives"
    assert llm.parameters(k3).routed_experts == 92 * 896 * 3 * 3584 * 3072


def test_small_parts_are_counted_tensor_by_tensor():
    """Parts too small to show in a rounded total, from the tensors of the published code (transformers 5.23.0)."""
    # Mixing of four residual streams in DeepSeek-V4, twice a layer: a matrix of 24 rows, 24 offsets, 3 scales; then a head.
    mixing = 43 * 2 * (24 * 4 * 4096 + 24 + 3) + 4 * 4 * 4096 + 4 + 1
    assert llm.parameters("DeepSeek-V4-Flash").other == mixing + (2 * 43 + 1) * 4096
    # A layer without rotary part: no rotary key to make, wider keys for each of 64 heads.
    large = llm.model("Mistral-Large-4")
    without = llm.parameters(large).total - llm.parameters(replace(large, name="rotary", nope_layers=0)).total
    assert without == 18 * (512 * 64 * 64 - 6144 * 64)
    # Queries and keys scaled with one vector of 128, or with one for each of 32 heads and 8 key-value heads.
    plain = llm.model("Llama-3.1-8B")
    for norm, numbers in (("head", 2 * 128), ("all", (32 + 8) * 128)):
        scaled = replace(plain, name=norm, qk_norm=norm)
        assert llm.parameters(scaled).attention - llm.parameters(plain).attention == 32 * numbers
    # Two layers that share a cache share the matrices that fill it.
    llama = llm.model("Llama-3.1-8B")
    shared = replace(llama, name="shared", layers_per_cache=2)
    assert llm.parameters(llama).total - llm.parameters(shared).total == 32 * 4096 * 8 * 256 / 2


@pytest.mark.parametrize("name", COUNTABLE)
def test_active_is_part_of_total_and_conventions_are_in_order(name):
    counts = [llm.active_parameters(name, c) for c in llm.CONVENTIONS]
    assert llm.parameters(name).total >= counts[0] >= counts[1] > counts[2] > 0


def test_a_mixture_with_all_experts_active_is_dense():
    dense = replace(llm.model("Llama-3.1-8B"), name="dense", ffn_dense_size=8 * 2048)
    mixture = replace(
        dense, name="mixture", ffn_dense_size=None, moe_layers=32, n_experts=8, top_k=8, ffn_expert_size=2048
    )
    router = llm.parameters(mixture).router
    assert router == 32 * 4096 * 8
    assert (
        llm.parameters(mixture).total - router == llm.parameters(dense).total == llm.parameters(mixture).active - router
    )
    for mode in llm.MODES:
        more = llm.flops_per_token(mixture, 4096, mode) - llm.flops_per_token(dense, 4096, mode)
        assert more == 2 * router * (3 if mode == "training" else 1)
