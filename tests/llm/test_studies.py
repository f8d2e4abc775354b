"""The questions of 30, put to the model."""

from __future__ import annotations

import pytest

from helpers.chips import model as chips
from helpers.core import data
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


# --- what steps keep ----------------------------------------------------------------------------


@pytest.mark.parametrize("context", [1024, 2048, studies.LONG, 2**20])
@pytest.mark.parametrize("bits", [4, 16])
def test_parts_of_what_is_kept_add_up(context, bits):
    for step, m in studies.stepped().items():
        k = studies.kept(context, bits)[step]
        assert k.stored == llm.kv_bytes(m, context, bits) and k.read == llm.kv_read_bytes(m, context, bits)
        assert k.entries + k.small_keys + k.summaries == pytest.approx(k.stored)
        assert 0 <= k.entries_read <= k.entries * (1 + 1e-9)
        assert (k.small_keys > 0) == (step == "DSA") and (k.summaries > 0) == (step == "Linear 3:1")


def test_of_what_sparse_attention_reads_nearly_all_is_small_keys():
    dsa = studies.kept()["DSA"]
    assert dsa.small_keys == 61 * 128 * 2 * studies.LONG and dsa.entries_read == 61 * 576 * 2 * 2048
    assert dsa.small_keys / dsa.read > 0.93


def test_fixed_tables_outweigh_shared_rows_only_in_short_talks():
    short, long = studies.kept(1024), studies.kept()
    assert short["Linear 3:1"].stored > short["GQA"].stored and long["Linear 3:1"].stored < long["MQA"].stored
    table = 128 * 128**2 * 4 + 3 * 3 * 128 * 128 * 2  # 128 heads; summaries in 32 bits, taps in 16
    assert studies.summary_in_entries() == pytest.approx(table / (576 * 2 * studies.LONG))
    assert studies.summary_in_entries(1024) > 7


# --- what chips wait for ------------------------------------------------------------------------


def test_plain_attention_waits_for_the_memory_of_eight_h800():
    found = studies.waiting(chips.table())
    assert found.read == 61 * 128 * 256 * 2 * studies.LONG and found.operations_a_byte == 1
    assert found.reading_ms / found.computing_ms == pytest.approx(found.offered_a_byte)
    assert found.reading_ms == pytest.approx(1e3 * found.read / (8 * 3350e9))
    assert int(found.chips_to_hold) * 80e9 < found.read < (int(found.chips_to_hold) + 1) * 80e9


def test_working_in_the_latent():
    found = studies.in_the_latent()
    assert found.times_the_arithmetic == 3.4 and found.operations_a_byte == pytest.approx(128 * (576 + 512) / 576)


# --- pairs and fits -----------------------------------------------------------------------------


def test_a_pair_says_who_needs_more_and_where_the_lines_cross():
    two = studies.pair("Kimi-Linear-48B-A3B", "Moonlight-16B-A3B", 16, 2**20)
    assert (two.more, two.less, two.cheaper_before) == ("Moonlight-16B-A3B", "Kimi-Linear-48B-A3B", "Moonlight-16B-A3B")
    assert two.ratio == two.here[two.more] / two.here[two.less] > 3
    assert two.summaries == {"Kimi-Linear-48B-A3B": llm.state_bytes("Kimi-Linear-48B-A3B")}
    with pytest.raises(ValueError, match="of DeepSeek-V4.1-Flash only what its authors store is published"):
        studies.pair("DeepSeek-V4.1-Flash", "DeepSeek-V3", 16, 1000)


def test_a_step_between_models_apart_from_their_formats():
    found = studies.as_stored()
    assert found.old == 61 * 704 * 2 * 2**20 and found.old / found.new == pytest.approx(8.72, abs=0.01)
    assert found.new_packed / found.new == pytest.approx(0.511, abs=0.001)
    two = studies.pair("DeepSeek-V4-Pro", "DeepSeek-V3.2", llm.PACKED, 2**20)
    assert found.old_packed / found.new_packed == pytest.approx(two.ratio), "the finding says what its panel says"


def test_llama_with_the_latent_of_v3():
    given = studies.with_latent_of("Llama-3.1-405B", "DeepSeek-V3")
    assert llm.kv_bytes_per_token(given) == 126 * 576 * 2 and given.n_layers == 126


def test_fits_on_chips_are_the_fits_of_their_memory():
    rows = studies.fits_on_chips(chips.table(), "DeepSeek-V3", 8, studies.LONG, 8, 16)
    assert rows.loc["H20 96GB", ["memory_gb", "fits", "home"]].tolist() == [768, 2, "US"]
    assert rows.loc["H800 SXM5 80GB", "fits"] == -1 and rows.loc["Ascend 910C", "home"] == "China"


def test_the_register_of_the_two_labs():
    papers = data.load("papers")
    theirs = studies.register(papers)
    assert set(theirs["lab"].str.extract("(DeepSeek|Moonshot)")[0]) == {"DeepSeek", "Moonshot"}
    assert 0 < (theirs["family"] == "attention and cache").sum() < len(theirs) < len(papers)
