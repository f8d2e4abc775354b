"""The questions of 30, put to the model."""

from __future__ import annotations

import pytest

from helpers.chips import model as chips
from helpers.llm import model as llm
from helpers.llm import studies
from helpers.serving import model as serving
from tests.llm.table import PUBLISHED


def test_steps_of_the_panel_are_in_order_and_end_at_v3():
    steps = studies.stepped(8, 512)
    assert llm.kv_bytes_per_token(steps["MLA"]) == PUBLISHED["insights-kv-v3"]
    assert llm.kv_bytes_per_token(steps["GQA"]) * 16 == llm.kv_bytes_per_token(steps["MHA"])
    assert llm.kv_bytes_per_token(steps["MQA"]) * 128 == llm.kv_bytes_per_token(steps["MHA"])
    intensity = [float(llm.attention_flops_per_token(m, 10**5) / llm.kv_read_bytes(m, 10**5)) for m in steps.values()][
        :4
    ]
    assert intensity == pytest.approx([1, 128, 16, 128 * (576 + 512) / 576])


def test_fitting_counts_whole_conversations_and_says_when_weights_do_not_fit():
    fits = studies.sequences_that_fit("DeepSeek-V3", [640, 768, 1024], 131072, 8, 16)
    assert fits.tolist() == [-1, 2, 27]
    one = float(llm.kv_bytes("Llama-3.1-8B", 1000)) / 1e9
    weights = float(llm.weight_bytes("Llama-3.1-8B", 16)) / 1e9
    edge = [weights + 2 * one * 0.9999, weights + 2 * one * 1.0001, weights * 0.9999]
    assert studies.sequences_that_fit("Llama-3.1-8B", edge, 1000, 16, 16, used=1).tolist() == [1, 2, -1]


def test_what_attention_asks_of_a_byte_and_what_chips_offer():
    rows = studies.intensity(chips.table())
    table = chips.table().set_index("chip")
    for chip, short in (("H20 96GB", "H20"), ("H800 SXM5 80GB", "H800")):
        spec = table.loc[chip]
        ridge = serving.ridge_point(spec["fp16_bf16_tflops_dense"], spec["memory_bandwidth_gb_s"])
        assert rows.loc[short, "central"] == pytest.approx(float(ridge))
    assert rows.loc["MHA", "central"] == 1 and rows.loc["GQA", "central"] < rows.loc["H20", "central"]
    assert rows.loc["H20", "central"] < rows.loc["MQA", "central"] < rows.loc["Ascend 910C", "low"]
    assert rows.loc["Ascend 910C", "low"] < rows.loc["MLA", "central"] < rows.loc["H800", "central"]


def test_lines_that_cross_twice_and_lines_that_lie_on_each_other():
    twice = studies.crossings("Gemma-3-27B", "Llama-4-Scout", 16)
    sizes = [llm.kv_bytes(n, twice) for n in ("Gemma-3-27B", "Llama-4-Scout")]
    assert len(twice) == 2 and sizes[0] == pytest.approx(sizes[1], rel=1e-3)
    assert studies.crossings("DeepSeek-V3", "Kimi-K2", 16) == []
    # The same up to the window of 2,048 tokens and then apart: no crossing.
    assert studies.crossings("MiniMax-M2", "Muse-Spark-Open", 16) == []


@pytest.mark.parametrize(
    ("size", "words"), [(890, "890 bytes"), (70272, "70.3 kB"), (999_600, "1 MB"), (5.24e11, "524 GB"), (4.2e12, "4.2 TB"), (9.996e14, "1,000 TB")]
)  # fmt: skip
def test_sizes_in_words(size, words):
    assert studies.size_words(size) == words
