"""Serving: published throughputs, bounds and margins are reproduced, and the roofline keeps its own laws."""

from __future__ import annotations

import dataclasses
import inspect
import itertools
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.llm import model as llm
from helpers.serving import model as serving
from helpers.serving import panels as serving_panels
from helpers.serving.model.formats import _first

V3 = "DeepSeek-V3"
SAID, KIND = (data.load("published_results").set_index("result_id")[c] for c in ("value", "kind"))
CASES = serving.measured(data.load("serving_measured")).set_index("case_id")
PRICES = data.load("api_prices")
NAMED = ["H100", "H800", "H20", "H200", "Ascend 910B", "Ascend 910C", "Ascend 950PR", "Ascend 950DT"]


# --- published numbers --------------------------------------------------------------------------


def test_the_exchange_over_400g_infiniband_takes_120_96_microseconds():
    """Insights into DeepSeek-V3 (arXiv 2505.09343), section 2.3.2; hidden size rounded to 7K there."""
    stage = serving.all_to_all_seconds(32, 9, 7000, 50)
    assert stage * 1e6 == pytest.approx(SAID["insights-ep-stage"], abs=0.005)
    assert 61 * 2 * stage * 1e3 == pytest.approx(14.76, abs=0.005)
    # The paper prints 67, which is 67.76 cut off, not rounded.
    assert math.floor(serving.exchange_bound(stage, 61)) == SAID["insights-ep-speed"]
    # With the model's true hidden size, 7,168, the same formula gives 2.4% more.
    assert serving.all_to_all_seconds(32, 9, 7168, 50) * 1e6 == pytest.approx(123.86, abs=0.01)


def test_the_same_exchange_inside_an_nvl72_would_allow_about_1200_tokens_a_second():
    """Same section: 900 GB/s gives 6.72 microseconds and about 1,200 tokens/s."""
    stage = serving.all_to_all_seconds(32, 9, 7000, 900)
    assert stage * 1e6 == pytest.approx(6.72, abs=0.005)
    assert serving.exchange_bound(stage, 61) == pytest.approx(1200, rel=0.02)


def test_deepseeks_day_costs_87072_usd_and_the_margin_is_545_percent_of_cost():
    """DeepSeek-V3/R1 Inference System Overview, 1 March 2025."""
    books = serving.day(**serving.disclosed_day())
    assert books.cost_usd == pytest.approx(SAID["serving-cost"], abs=0.5)
    # 562,027 was computed from exact counts; the printed ones are rounded to billions.
    assert books.revenue_usd == pytest.approx(562_100, abs=0.5)
    assert books.revenue_usd == pytest.approx(SAID["serving-revenue"], rel=2e-4)
    printed = (SAID["serving-revenue"] - SAID["serving-cost"]) / SAID["serving-cost"]
    assert 100 * printed == pytest.approx(SAID["serving-margin"], abs=0.5)
    assert printed / (1 + printed) == pytest.approx(float(books.of_revenue), abs=0.0005)
    assert books.of_revenue == pytest.approx(0.845, abs=0.0005)
    assert serving.day(**serving.disclosed_day(), discount=0.5).revenue_usd == pytest.approx(281_050, abs=0.5)


def test_free_use_alone_can_turn_the_margin_around():
    """Break-even lies where paid tokens bring in the cost: 1 - 87,072 / 562,100 of them free."""
    free = 1 - 87_072 / 562_100
    books = serving.day(**serving.disclosed_day(), free_share=[free - 0.01, free, free + 0.01])
    assert books.on_cost[0] > 0 > books.on_cost[2] and books.on_cost[1] == pytest.approx(0, abs=1e-9)


def test_v3_prices_for_all_would_have_left_222_percent_of_cost():
    books = serving.day(**{**serving.disclosed_day(), "prices": (0.07, 0.27, 1.10)})
    assert books.on_cost == pytest.approx(2.222, abs=0.001)


def test_the_disclosed_throughputs_account_for_the_disclosed_nodes():
    """73.7K tokens/s in and 14.8K out a node, over 608B and 168B tokens, take 226.9 node-days; 226.75 were used."""
    node_days = (608e9 / 73_700 + 168e9 / 14_800) / 86_400
    assert node_days == pytest.approx(SAID["serving-nodes"], rel=0.001)


def test_a_second_predicted_token_gives_at_most_one_plus_acceptance():
    """DeepSeek-V3 report: 85 to 90% accepted, 1.8 times the speed; so a step costs 3 to 6% more."""
    for acceptance in (0.85, 0.9):
        bound = serving.expected_tokens(1, acceptance)
        assert bound == pytest.approx(1 + acceptance) and SAID["v3-mtp-speed"] < bound
        assert 0.025 < bound / SAID["v3-mtp-speed"] - 1 < 0.06


def test_little_s_law_gives_the_batch_behind_a_throughput():
    """Answers in flight = throughput x time a token. 49.4 ms a token: table 3 of the CloudMatrix paper; 20 to 22 tokens/s: DeepSeek."""
    assert CASES.loc["cm384-910c-decode", "batch"] == pytest.approx(1943 * 0.0494, abs=0.1)
    low, high = (14_800 / 8 / speed for speed in (22, 20))
    assert low < CASES.loc["deepseek-h800-decode", "batch"] < high


def test_the_bands_are_the_measured_ends_rounded_outwards_to_5_percent():
    """By construction, as the notebook says. Below 8 chips the lower end is DeepSeek-V2's report (arXiv 2405.04434)."""
    v2 = SAID["v2-prompt"] * 1000 / 8 / float(serving.prefill("DeepSeek-V2", "H800", 16384, 1024, 8).tokens_per_s)
    assert v2 == pytest.approx(0.295, abs=0.005)
    measured = CASES[CASES["kind"] == "measured"]
    for group, more in ((8, [v2]), (9, [])):
        shares = [*measured.loc[(measured["group"] <= 8) == (group <= 8), "share"], *more]
        ends = math.floor(min(shares) * 20) / 20, math.ceil(max(shares) * 20) / 20
        assert serving.usual_share(group) == ends


def test_nobody_measured_more_than_the_roofline_allows():
    assert (CASES["share"] < 1).all()


def test_the_910c_is_used_as_well_as_deepseeks_h800():
    """1,943 and 6,688 tokens/s are 32% and 42% of the 910C's bound; as run, without assumed balance, 35%."""
    share = CASES["share"]
    assert share["cm384-910c-decode"] == pytest.approx(0.32, abs=0.01)
    assert share["deepseek-h800-decode"] == pytest.approx(0.32, abs=0.01)
    assert share["cm384-910c-prefill-perfect"] == pytest.approx(0.42, abs=0.01)
    assert share["cm384-910c-prefill"] == pytest.approx(0.35, abs=0.01)
    assert share["deepseek-h800-prefill"] < share["cm384-910c-prefill"] < share["deepseek-h800-profile-prefill"] + 0.05


def test_the_published_cloudmatrix_figures_are_the_ones_in_the_table():
    for case, result in (
        ("cm384-910c-prefill-perfect", "cm384-prefill"),
        ("cm384-910c-decode", "cm384-decode-50ms"),
        ("cm384-910c-decode-15ms", "cm384-decode-15ms"),
    ):
        assert CASES.loc[case, "tokens_per_s"] == SAID[result]
        assert CASES.loc[case, "kind"] == KIND[result], "a projection is called one in both tables"
    assert CASES.index[CASES["kind"] != "measured"].tolist() == ["cm384-910c-prefill-perfect"]


def test_a_roofline_read_as_a_prediction_is_44_to_91_percent_too_high():
    """LLM-Viewer, issue 4: 8,935 against 5,353 tokens/s, and so on; the reason for a band."""
    rows = CASES[CASES["others_bound"].notna()]
    over = (rows["others_bound"] / rows["tokens_per_s"] - 1).round(2).sort_values().tolist()
    assert over == [0.44, 0.67, 0.84, 0.91]
    # Ours, with reading and writing on one chip, is within a third of theirs.
    assert ((rows["bound"] / rows["others_bound"]).between(0.66, 1.05)).all()


def test_drafting_helps_one_user_and_hurts_a_full_h20():
    """Ant Group on H20: more drafted tokens gave 43 -> 52 tokens/s at batch 1 and 675 -> 554 at batch 32."""

    def speed(batch, drafts, kept):
        step = serving.decode(V3, "H20", batch, 4864, 16, drafts=drafts, acceptance=1, attention_bits=8, kv_bits=8)
        return float(step.tokens_per_s) * kept / (drafts + 1)

    assert speed(1, 3, 3.1) / speed(1, 1, 1.85) > 1.2
    assert speed(32, 3, 3.1) / speed(32, 1, 1.85) == pytest.approx(554 / 675, abs=0.03)


def test_at_a_full_910c_the_model_errs_about_drafts_and_the_notebook_says_so():
    """CloudMatrix paper, ablation: one draft gave 6 to 49% more at every batch. The roofline gives a small loss at 96."""
    plain, ahead = (
        serving.decode(V3, "Ascend 910C", [8, 96], 4096, 160, drafts=d, acceptance=0.7).tokens_per_s for d in (0, 1)
    )
    gain = ahead / plain - 1
    assert gain[0] > 0.3 and -0.1 < gain[1] < 0


def test_deepseek_v2_wrote_5_76_times_as_much_as_its_dense_forerunner():
    """DeepSeek-V2 report: 5.76 times the generation throughput of DeepSeek 67B on 8 H800; FP8 weights, 6-bit cache.

    Each with the largest batch that fits. The report does not give the length of the answers: at 1K to 4K tokens
    the bounds give 4.0 to 6.8 times.
    """
    ratios = []
    for context in (1024, 4096):
        rate = []
        for model, bits, kv_bits in (("DeepSeek-V2", 8, 6), ("DeepSeek-LLM-67B", 16, 16)):
            room = 0.9 * (80e9 - float(llm.weight_bytes(model, bits)) / 8)
            batch = np.floor(room / llm.kv_bytes(model, context, kv_bits))
            rate.append(
                float(serving.decode(model, "H800", batch, context, 8, bits=bits, kv_bits=kv_bits).tokens_per_s)
            )
        ratios.append(rate[0] / rate[1])
    assert ratios[0] < SAID["v2-generation-ratio"] < ratios[1] and ratios == pytest.approx([4.0, 6.8], abs=0.1)


def test_the_key_points_state_the_shares_of_the_table():
    from helpers.course import authoring

    text = (authoring.SOURCE / "34_serving.md").read_text(encoding="utf-8")
    many = CASES[(CASES["group"] > 8) & (CASES["kind"] == "measured")]["share"]
    assert f"{100 * many.min():.0f} to {100 * many.max():.0f} per cent of it" in text
    reads, few, many = serving_panels.work_times().loc["H20 96GB"]
    assert (
        f"wrote {few:.2f} times" in text and f"read at {reads:.2f} times" in text and f"bring it to {many:.2f}" in text
    )


@pytest.mark.parametrize(
    ("chip", "bits", "ridge"),
    [
        ("H100", 16, 295),  # 989.5 TFLOPS over 3.35 TB/s
        ("H100", 8, 591),
        ("H800", 16, 295),
        ("H20", 16, 37),
        ("H20", 8, 74),
        ("H200", 16, 206),
        ("Ascend 910B", 8, 200),  # BF16 arithmetic: no 8-bit rate is published
        ("Ascend 910C", 16, 235),
        ("Ascend 910C", 8, 470),
        ("Ascend 950PR", 8, 625),
        ("Ascend 950DT", 8, 250),
    ],
)
def test_ridge_points(chip, bits, ridge):
    rates = serving.rates(chip, bits)
    assert serving.ridge_point(rates.tflops, rates.bandwidth_gb_s) == pytest.approx(ridge, abs=0.5)


def test_prices_fell_tenfold_a_year_at_mmlu_42():
    """a16z, 12 November 2024: 60 to 0.06 USD in three years."""
    rows = PRICES[PRICES["level"] == "MMLU 42 or more"].sort_values("date")
    years = (rows["date"].iloc[1] - rows["date"].iloc[0]).days / 365.25
    assert (rows["output_usd"].iloc[0] / rows["output_usd"].iloc[1]) ** (1 / years) == pytest.approx(10, rel=0.03)


def test_v4_pro_fell_by_three_quarters_and_then_rose_again():
    """DeepSeek's price page: 1.74 and 3.48 USD in April 2026, a quarter in May, 0.66 and 1.98 from 16 August, twice that at peak."""
    rows = PRICES[PRICES["model"] == "DeepSeek-V4-Pro"].sort_values("date").set_index("status")
    assert rows.loc["list", "input_usd"].tolist() == [1.74, 0.435, 0.66]
    assert rows.loc["list", "output_usd"].tolist() == [3.48, 0.87, 1.98]
    assert rows.loc["peak hours", "output_usd"] == 2 * 1.98


def test_a_chinese_list_price_can_equal_an_american_one():
    """Kimi K3 at 3 and 15 USD, as Claude Sonnet 4.5."""
    by_model = PRICES.set_index("model")
    assert (
        by_model.loc["Kimi-K3", ["input_usd", "output_usd"]].tolist()
        == by_model.loc["Claude Sonnet 4.5", ["input_usd", "output_usd"]].tolist()
        == [3, 15]
    )


@pytest.mark.parametrize("row", list(PRICES.itertuples()), ids=lambda r: r.price_id)
def test_a_price_in_two_currencies_is_one_price(row):
    """Yuan and dollars agree within 5% at 6.6 to 7.3 yuan; a cached token never costs more than a fresh one."""
    for usd, cny in ((row.input_usd, row.input_cny), (row.hit_usd, row.hit_cny), (row.output_usd, row.output_cny)):
        if not (math.isnan(usd) or math.isnan(cny)):
            assert 6.6 * 0.95 < cny / usd < 7.3 * 1.05
    assert not row.hit_usd > row.input_usd and not row.input_usd > row.output_usd


# --- the roofline, counted by hand ---------------------------------------------------------------


def test_a_step_of_deepseek_v3_counted_by_hand():
    """88 answers of 4,989 tokens on each of 144 H800, from the shape in the report (arXiv 2412.19437) alone."""
    attention = 61 * (7168 * (1536 + 576) + 1536 * (128 * 192 + 1) + 512 * (128 * 256 + 1) + 128 * 128 * 7168)
    expert, output = 3 * 7168 * 2048, 129_280 * 7168
    rest = 3 * 3 * 7168 * 18_432 + 58 * (expert + 256 * 7168 + 256) + (2 * 61 + 1) * 7168
    touched = 1 - (1 - 8 / 256) ** (88 * 144)
    weights = attention + rest + output + 58 * 256 * expert / 144 * touched
    cache = 88 * 4989 * 61 * 576 * 2
    multiplied = 2 * (attention + rest + output + 58 * 8 * expert)
    look_back = 2 * 61 * 128 * (576 + 512) * 4989
    step = serving.decode(V3, "H800", 88, 4989, 144, network_gb_s=50)
    assert step.memory_s == pytest.approx((weights + cache) / 3.35e12, rel=1e-4)
    assert step.compute_s == pytest.approx(88 * (multiplied / 1979e12 + look_back / 989.5e12), rel=1e-4)
    assert step.network_s == pytest.approx(58 * 3 * 88 * 8 * (143 / 144) * 7168 / 50e9, rel=1e-9)
    assert step.tokens_per_s == pytest.approx(88 / float(step.seconds)) and step.binds == "network"
    everything = weights + 129_280 * 7168 + 58 * 256 * expert * (1 - touched / 144)
    assert step.memory_gb == pytest.approx((everything / 144 + cache) / 1e9, rel=1e-4)


def test_reading_moves_the_weights_once_and_writes_the_cache():
    few, more = (serving.prefill("Llama-2-7B", "H200", n, 4096, bits=16).bytes_read for n in (4096, 8192))
    assert more - few == pytest.approx(4096 * 32 * 2 * 4096 * 2), "32 layers, keys and values, 4,096 numbers, 2 bytes"


def test_a_mixture_that_sends_a_narrower_state_pays_for_that_only():
    """Kimi-K3 sends 3,584 numbers of 7,168."""
    m = llm.model("Kimi-K3")
    step = serving.decode("Kimi-K3", "H800", 8, 4096, 64, network_gb_s=50)
    assert step.network_s == pytest.approx(m.moe_layers * 3 * 8 * m.top_k * (63 / 64) * m.moe_latent_dim / 50e9)


def test_a_dense_model_split_over_eight_pays_two_ring_sums_a_layer():
    """Llama 3.1 405B, 126 layers of width 16,384: each sum moves 2 x 7/8 of 2 bytes a number, at 200 GB/s on the H800."""
    step = serving.prefill("Llama-3.1-405B", "H800", 16384, 4096, 8, network_gb_s="own")
    assert step.network_s == pytest.approx(126 * 2 * 2 * 7 / 8 * 8 * 16384 * 16384 * 2 / 200e9)
    h100 = serving.prefill("Llama-3.1-405B", "H100", 16384, 4096, 8, network_gb_s="own")
    assert (step.binds, h100.binds) == ("network", "compute")
    assert step.tokens_per_s / h100.tokens_per_s == pytest.approx(0.74, abs=0.005)
    cut, whole = (serving.decode(V3, c, 88, 4989, 144, network_gb_s=50) for c in ("H800", "H100"))
    assert cut.seconds == whole.seconds, "over the card of both, the cut does not show"


def test_an_answer_is_a_question_read_and_its_tokens_written():
    read, write = serving.answer("Llama-2-7B", "A100", 16, 2048, 512, bits=16)
    assert read == serving.prefill("Llama-2-7B", "A100", 16 * 2048, 2048, bits=16).seconds
    assert write == pytest.approx(512 * float(serving.decode("Llama-2-7B", "A100", 16, 2304, bits=16).seconds))


# --- the roofline keeps its laws ----------------------------------------------------------------

MODELS = [V3, "Kimi-K2", "Llama-3.1-70B", "DeepSeek-V4-Flash", "Qwen3-Next-80B-A3B"]


@pytest.mark.parametrize("chip", NAMED)
@pytest.mark.parametrize("model", MODELS)
def test_one_sequence_is_bound_by_memory_and_reading_by_compute(chip, model):
    assert serving.decode(model, chip, 1 / 8, 1024, 8).binds == "memory"
    assert serving.prefill(model, chip, 1e6, 4096, 64).binds == "compute"


@pytest.mark.parametrize("chip", NAMED)
@pytest.mark.parametrize("model", MODELS)
def test_a_bigger_batch_or_longer_context_never_shortens_a_step_nor_lifts_the_peak(chip, model):
    batch, context = np.geomspace(1, 4096, 25)[:, None], np.geomspace(256, 1e6, 25)
    step = serving.decode(model, chip, batch, context, 64, network_gb_s="own")
    assert (np.diff(step.seconds, axis=0) >= -1e-12).all() and (np.diff(step.seconds, axis=1) >= -1e-12).all()
    assert (np.diff(step.tokens_per_s, axis=0) >= -1e-9).all()
    assert (step.tflops <= step.peak_tflops * (1 + 1e-12)).all()
    assert (step.peak_tflops <= step.rates.tflops * (1 + 1e-12)).all()
    assert (step.bytes_read / step.seconds <= step.rates.bandwidth_gb_s * 1e9 * (1 + 1e-12)).all()
    assert (step.seconds >= np.nanmax([step.compute_s, step.memory_s, step.network_s], axis=0)).all()


@pytest.mark.parametrize("field", ["tflops", "attention_tflops", "bandwidth_gb_s", "link_gb_s"])
def test_more_of_anything_is_never_slower(field):
    rates = dataclasses.replace(serving.rates("H20"), link_gb_s=10.0)
    more = dataclasses.replace(rates, **{field: 1.5 * getattr(rates, field)})
    batch = np.geomspace(1, 1024, 30)  # memory binds in small batches, arithmetic or a thin link in big ones
    network = "own" if field == "link_gb_s" else None
    slow, fast = (serving.decode(V3, r, batch, 4096, 144, network_gb_s=network) for r in (rates, more))
    assert (fast.seconds <= slow.seconds * (1 + 1e-12)).all() and (fast.seconds < slow.seconds).any()


def test_a_network_number_equal_to_the_own_link_is_the_same_network():
    own, given = (serving.decode(V3, "H800", 64, 4096, 144, network_gb_s=n) for n in ("own", 200))
    assert own.network_s == given.network_s
    many = serving.decode(V3, "H800", 64, 4096, 144, network_gb_s=[50, 200]).network_s
    assert many.shape == (2,) and many[0] == 4 * many[1] == 4 * own.network_s
    assert np.isnan(serving.decode(V3, "H800", 64, 4096, 144).network_s)
    assert serving.decode(V3, "H800", 64, 4096, 1, network_gb_s=50).network_s == 0, "one chip talks to nobody"


def test_the_h800_s_network_binds_at_the_card_and_not_at_its_own_links():
    card, own = (serving.decode(V3, "H800", 88, 4989, 144, network_gb_s=n) for n in (50, "own"))
    assert card.binds == "network" and own.binds == "memory"


def test_the_crossover_is_where_the_bound_changes():
    batch = serving.crossover_batch(V3, "H20", 4096, 16)
    before, at = (serving.decode(V3, "H20", batch - d, 4096, 16).binds for d in (1, 0))
    assert (before, at) == ("memory", "compute")
    assert serving.crossover_batch("Llama-3.1-405B", "H100", 32768, 16) == math.inf


def test_touched_experts_go_from_k_over_e_to_all_of_them():
    share = serving.experts_touched(np.arange(0, 3000), 256, 8)
    assert share[0] == 0 and share[1] == pytest.approx(8 / 256) and share[-1] == pytest.approx(1)
    assert (np.diff(share) >= 0).all()
    assert serving.experts_touched(5, 8, 8) == 1 and serving.experts_touched(5, 8, 0) == 0


def test_spreading_experts_over_more_chips_speeds_each_of_them():
    step = serving.decode(V3, "H800", 32, 4096, np.array([16, 32, 64, 144, 320]))
    assert (np.diff(step.tokens_per_s) > 0).all() and step.fits.all()


def test_what_fits():
    assert serving.chips_needed(V3, "H800") == 9 and not serving.decode(V3, "H800", 1, 4096, 8).fits
    assert serving.chips_needed(V3, "H20") == 8 and serving.decode(V3, "H20", 1, 4096, 8).fits
    with pytest.raises(ValueError, match="so no number of chips is enough"):
        serving.chips_needed("Llama-3.1-405B", "H800", 64, 131072)


def test_expected_tokens_has_its_limits():
    assert serving.expected_tokens(4, 0) == 1 and serving.expected_tokens(4, 1) == 5
    assert serving.expected_tokens(0, 0.7) == 1
    assert serving.expected_tokens(50, 0.8) == pytest.approx(1 / (1 - 0.8), rel=1e-3)


def test_drafts_pay_until_their_cost_eats_what_they_yield():
    """One draft kept with chance a pays while it costs less than the share a of a step; V3's 1.8 needs 2.8 to 5.6%."""
    assert serving.draft_speedup(1, 0.7, [0.69, 0.7, 0.71]) == pytest.approx([1.7 / 1.69, 1, 1.7 / 1.71])
    assert serving.draft_speedup(1, [0.85, 0.9], [0.028, 0.056]) == pytest.approx(SAID["v3-mtp-speed"], abs=0.001)
    assert serving.draft_speedup(3, 0.8) == serving.expected_tokens(3, 0.8) == pytest.approx(1 + 0.8 + 0.64 + 0.512)
    best = int(serving.draft_speedup(np.arange(0, 30), 0.8, 0.1).argmax())
    assert 0 < best < 29, "more drafts pay up to a point"


def test_a_band_turns_the_bound_into_ranges():
    """40 to 80% of the bound: throughput as many, delay and price their inverse, with the ends exchanged."""
    step = serving.decode(V3, "H800", [8, 88], 4989, 144)
    found = serving.band(step, (0.4, 0.8), 2, 0.5)
    assert [len(ends) for ends in found.values()] == [2, 2, 2]
    np.testing.assert_allclose(found["tokens_per_s"], [0.4 * step.tokens_per_s, 0.8 * step.tokens_per_s])
    np.testing.assert_allclose(found["step_s"], [step.seconds / 0.8, step.seconds / 0.4])
    by_hand = [2e6 / 3600 / (s * 0.5 * step.tokens_per_s) for s in (0.8, 0.4)]
    np.testing.assert_allclose(found["usd_per_million"], by_hand)
    with pytest.raises(ValueError, match="the lower share comes first"):
        serving.band(step, (0.8, 0.4))
    for bad in (0, 1.1, np.nan, "most"):
        with pytest.raises(ValueError, match="share = "):
            serving.band(step, (bad, 1))


def test_a_chip_without_fp8_says_what_it_uses_instead():
    assert serving.rates("Ascend 910C").words == "no FP8, so INT8 for the weights; BF16 inside attention"
    assert serving.rates("Ascend 910B").words.startswith("no FP8, so BF16")
    assert serving.rates("B300").words.startswith("FP8")


def test_arithmetic_in_8_bits_that_is_slower_than_in_16_is_never_chosen():
    """As on the B300, whose INT8 is slow; no chip of the table has that and no FP8, so one is made up."""
    row = chips.table().set_index("chip").loc["Ascend 910C"]
    assert _first(row, 8) == ("int8", row["int8_tops_dense"])
    slow = row.copy()
    slow["int8_tops_dense"] = row["fp16_bf16_tflops_dense"] - 1
    assert _first(slow, 8) == ("fp16_bf16", row["fp16_bf16_tflops_dense"])


@pytest.mark.parametrize(
    ("chip", "what"),
    [
        ("Ascend 910D", "no published dense throughput in FP8 and memory bandwidth and memory"),
        ("Kunlun P800", "no published dense throughput in FP8 and memory bandwidth"),
        ("MTT S5000", "no published dense throughput in BF16"),
        ("K100 AI", "no published memory bandwidth"),
    ],
)
def test_a_chip_without_published_figures_is_refused_by_name(chip, what):
    with pytest.raises(ValueError, match=re.escape(what)):
        serving.rates(chip)


def test_every_chip_has_a_roofline_or_a_reason():
    drawn = 0
    for chip in chips.table()["chip"]:
        try:
            rates = serving.rates(chip)
        except ValueError as error:
            assert "no published" in str(error)
            continue
        drawn += 1
        assert rates.tflops > 0 and rates.bandwidth_gb_s > 0
    assert drawn >= 45


def test_rent_becomes_a_price():
    """16 USD an hour for a node of 8 at 14.8K tokens/s is 0.30 USD for a million tokens written."""
    assert serving.usd_per_million(16, 14_800) == pytest.approx(0.30, abs=0.001)
    assert serving.usd_per_million(16, 14_800, 0.5) == pytest.approx(0.60, abs=0.002)
    # The disclosed day again: read at 73.7K tokens/s a node, written at 14.8K.
    read, written = serving.usd_per_million(16, [73_700, 14_800])
    assert 608e3 * read + 168e3 * written == pytest.approx(87_072, rel=0.002)


def test_a_surface_of_100_by_100_comes_in_one_call():
    batch, context = np.geomspace(1, 1024, 100)[:, None], np.geomspace(512, 1e6, 100)
    step = serving.decode(V3, "H800", batch, context, 144, network_gb_s="own")
    assert step.tokens_per_s.shape == (100, 100)
    one = serving.decode(V3, "H800", float(batch[7, 0]), float(context[60]), 144, network_gb_s="own")
    assert step.tokens_per_s[7, 60] == pytest.approx(float(one.tokens_per_s), rel=1e-12)


# --- right or refused ---------------------------------------------------------------------------


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="bits = 7 is not one of 4, 8, 16"):
        serving.rates("H100", 7)
    with pytest.raises(ValueError, match="'wifi' is neither a number"):
        serving.decode(V3, "H100", 1, 1, 8, network_gb_s="wifi")
    with pytest.raises(ValueError, match="top_k = 9 is more than experts = 8"):
        serving.experts_touched(1, 8, 9)
    with pytest.raises(ValueError, match="no list price"):
        serving.listed("GPT-5.6 Sol Pro")
    with pytest.raises(ValueError, match=r"bits = \[8\] is not one of 4, 8, 16"):
        serving.rates("H100", [8])
    with pytest.raises(ValueError, match="prices = .*: give three"):
        serving.day(1, 0, 1, (1, 2), 1, 1)
    for call in (serving.usual_share, lambda group: serving.crossover_batch(V3, "H100", 4096, group)):
        with pytest.raises(ValueError, match="group has 2 values: give one number"):
            call([8, 16])


RNG = np.random.default_rng(34)
N = 10_000
BAD = np.array([np.nan, np.inf, -np.inf, -1.0, 1e300, -1e-9])


def draw(low: float, high: float, log: bool = False) -> np.ndarray:
    values = np.exp(RNG.uniform(np.log(low), np.log(high), N)) if log else RNG.uniform(low, high, N)
    values[:2] = low, high
    return values


def kept(drafts, acceptance):
    """One token, and one more for each draft that was kept and all before it: counted one by one."""
    places = np.arange(1, 101)
    return 1 + (acceptance[:, None] ** places * (places <= drafts[:, None])).sum(axis=1)


# Each with the ends between which its inputs are drawn, and the same by hand.
PLAIN = {
    "ridge_point": (serving.ridge_point, [(1, 1e5), (1, 1e5)], lambda t, b: t * 1e12 / (b * 1e9)),
    "attainable_tflops": (
        serving.attainable_tflops,
        [(0, 1e5), (1, 1e5), (1, 1e5)],
        lambda x, t, b: np.where(x * b * 1e9 < t * 1e12, x * b / 1e3, t),
    ),
    "experts_touched": (
        lambda b, e, f: serving.experts_touched(b, e, e * f),
        [(0, 1e6), (1, 1000), (0, 1)],
        lambda b, e, f: -np.expm1(b * np.log1p(-np.minimum(f, 1 - 1e-15))),
    ),
    "all_to_all_seconds": (
        serving.all_to_all_seconds,
        [(0, 1e6), (0, 100), (1, 1e5), (1, 1e5), (0, 8), (0, 8)],
        lambda n, k, d, speed, out, back: (n * k * d * out + n * k * d * back) / (speed * 1e9),
    ),
    "exchange_bound": (serving.exchange_bound, [(1e-9, 1), (1, 200), (1, 10)], lambda s, n, each: 1 / s / n / each),
    "expected_tokens": (serving.expected_tokens, [(0, 100), (0, 1)], kept),
    "draft_speedup": (
        serving.draft_speedup,
        [(0, 100), (0, 1), (0, 10)],
        lambda k, a, c: kept(k, a) / (1 + c * k),
    ),
    "usd_per_million": (
        serving.usd_per_million,
        [(0, 1e3), (1e-3, 1e6), (0.01, 1)],
        lambda rent, rate, used: rent * (1e6 / rate / used / 3600),
    ),
}


@pytest.mark.parametrize("name", PLAIN)
def test_fuzz_plain(name):
    function, ranges, by_hand = PLAIN[name]
    arguments = [draw(*ends) for ends in ranges]
    if by_hand is kept or name == "draft_speedup":
        arguments[0] = arguments[0].round()  # whole drafts can be counted
    out = function(*arguments)
    assert out.shape == (N,)
    np.testing.assert_allclose(out, by_hand(*arguments), rtol=1e-9, atol=1e-12)
    for place in range(len(arguments)):
        for value in BAD:
            given = [a[2] for a in arguments]
            given[place] = value
            with pytest.raises(ValueError, match="valid range"):
                function(*given)


@pytest.mark.parametrize(
    "name", ["ridge_point", "attainable_tflops", "all_to_all_seconds", "exchange_bound", "usd_per_million"]
)
def test_a_word_is_no_number_and_the_parameter_is_named(name):
    function = getattr(serving, name)
    for parameter in inspect.signature(function).parameters:
        good = {p: 2.0 for p in inspect.signature(function).parameters} | {parameter: "many"}
        if name == "usd_per_million":
            good["used_share"] = "many" if parameter == "used_share" else 0.5
        with pytest.raises(ValueError, match=f"^{parameter} = 'many' is not a number"):
            function(**good)


def step_by_hand(m, r, tokens, look_back, cache_bytes, group, bits, network):
    """Seconds of computing, reading and sending for one chip of a group, from the model's shape and the chip's peaks."""
    p = llm.parameters(m)
    multiplied = p.active - p.embedding_input
    compute = tokens * (2 * multiplied / (r.tflops * 1e12) + look_back / (r.attention_tflops * 1e12))
    if m.moe_layers:
        unused = (1 - m.top_k / m.n_experts) ** (tokens * group)
        weights = p.total - p.routed_experts - p.embedding_input + p.routed_experts / group * (1 - unused)
        sent = m.moe_layers * m.top_k * (1 - 1 / group) * tokens * (m.moe_latent_dim or m.hidden_size) * (1 + 2)
    else:
        weights = (p.total - p.embedding_input) / group
        # A ring sum sends each number twice but for a part of 1/G; two sums a layer; 2 bytes a number.
        sent = 2 * m.n_layers * 2 * (group - 1) / group * tokens * group * m.hidden_size * 2
    memory = (weights * bits / 8 + cache_bytes) / (r.bandwidth_gb_s * 1e9)
    return compute, memory, math.nan if network is None else sent / (network * 1e9)


SHAPES = [llm.model(n) for n in llm.models() if llm.model(n).attention]
DRAWABLE = [chip for _, chip in serving_panels._chip_choices()]


def settings():
    """Every model with a shape on six chips, in random formats: 240 settings each, 10,000 in all."""
    for m in SHAPES:
        for chip in RNG.choice(DRAWABLE, 6, replace=False):
            formats = {"bits": int(RNG.choice([4, 8, 16])), "attention_bits": int(RNG.choice([4, 8, 16]))}
            formats["kv_bits"] = float(RNG.uniform(1, 32))
            yield m, str(chip), formats, *(10 ** RNG.uniform(*ends, 40) for ends in ((-3, 5), (0, 7), (0, 4)))


def same_step(step, times, group, room):
    found = [step.compute_s, step.memory_s, step.network_s]
    np.testing.assert_allclose(found, np.broadcast_arrays(*times), rtol=1e-9)
    np.testing.assert_allclose(step.seconds, np.nanmax(np.broadcast_arrays(*times), axis=0), rtol=1e-9)
    at = [serving.LIMITS.index(word) for word in step.binds]
    assert (np.choose(at, found) == step.seconds).all()
    np.testing.assert_allclose(step.memory_gb, room, rtol=1e-9)
    assert (step.fits == (step.memory_gb <= step.rates.memory_gb)).all()


def test_ten_thousand_steps_of_any_model_on_any_chip_are_as_counted_by_hand():
    bound = set()
    for m, chip, formats, batch, context, group in settings():
        bits, kv_bits, r = (
            formats["bits"],
            formats["kv_bits"],
            serving.rates(chip, formats["bits"], formats["attention_bits"]),
        )
        network = [None, 10 ** RNG.uniform(-2, 4, 40)][RNG.integers(2)]
        drafts, acceptance = RNG.integers(0, 6, 40), RNG.uniform(0, 0.99, 40)
        weights = llm.parameters(m).total * bits / 8 / group
        kept_bytes = llm.kv_bytes(m, context, kv_bits)

        step = serving.decode(
            m, chip, batch, context, group, **formats, drafts=drafts, acceptance=acceptance, network_gb_s=network
        )
        cache = batch * llm.kv_read_bytes(m, context, kv_bits)
        back = llm.attention_flops_per_token(m, context, "decode")
        times = step_by_hand(m, r, batch * (1 + drafts), back, cache, group, bits, network)
        same_step(step, times, group, (weights + batch * kept_bytes) / 1e9)
        np.testing.assert_allclose(step.tokens, batch * kept(drafts, acceptance))
        bound |= set(step.binds)

        tokens = 1000 * batch
        cache = tokens / context * kept_bytes
        back = llm.attention_flops_per_token(m, context, "prefill")
        step = serving.prefill(m, chip, tokens, context, group, **formats, network_gb_s=network)
        same_step(step, step_by_hand(m, r, tokens, back, cache, group, bits, network), group, (weights + cache) / 1e9)
        np.testing.assert_array_equal(step.tokens, tokens)
    assert bound == set(serving.LIMITS)


def test_ten_thousand_crossovers_lie_where_computing_first_takes_longer():
    kinds = set()
    for m, chip, formats, _, context, group in settings():
        found = np.array([serving.crossover_batch(m, chip, c, g, **formats) for c, g in zip(context, group)])
        at = np.minimum(found, 65_536)
        over, before = (
            step.compute_s >= step.memory_s
            for step in (serving.decode(m, chip, b, context, group, **formats) for b in (at, np.maximum(at - 1, 1e-4)))
        )
        assert (over == np.isfinite(found)).all() and not before.any()
        kinds |= {"none" if f == math.inf else "one" if f == 1 else "more" for f in found}
    assert kinds == {"none", "one", "more"}


def test_every_chip_and_width_gives_the_table_s_figures_or_says_which_is_missing():
    """`rates`, all of its possible inputs; and 10,000 that are none."""
    table = chips.table().set_index("chip")
    column = {
        "FP4": "fp4_tflops_dense",
        "FP8": "fp8_tflops_dense",
        "INT8": "int8_tops_dense",
        "BF16": "fp16_bf16_tflops_dense",
    }
    for chip, row in table.iterrows():
        peak = {form: float(row[name]) for form, name in column.items()}
        if peak["INT8"] < peak["BF16"]:
            peak["INT8"] = math.nan  # slower than the wider format: of no use
        for bits in (4, 8, 16):
            for attention_bits in (4, 8, 16):
                forms = [
                    next((f for f in ("FP4", "FP8", "INT8", "BF16")[{4: 0, 8: 1, 16: 3}[width] :] if peak[f] > 0), None)
                    for width in (bits, attention_bits)
                ]
                needed = [row["memory_bandwidth_gb_s"], row["memory_gb"]]
                if None in forms or np.isnan(needed).any():
                    with pytest.raises(ValueError, match=f"^chip = '{re.escape(chip)}': no published "):
                        serving.rates(chip, bits, attention_bits)
                    continue
                r = serving.rates(chip, bits, attention_bits)
                assert [r.tflops, r.attention_tflops] == [peak[f] for f in forms]
                assert [r.bandwidth_gb_s, r.memory_gb] == needed
                link = row["link_bidir_gb_s"] if row["link_bidir_gb_s"] != 0 else row["host_bus_bidir_gb_s"]
                assert r.link_gb_s == pytest.approx(link / 2, nan_ok=True)
                assert f"{forms[0]} for the weights; {forms[1]} inside attention" in r.words
    for place in range(N):
        bits = [RNG.uniform(-20, 40), "8", None, True, math.nan, 2][RNG.integers(6)]
        with pytest.raises(ValueError, match="^bits = "):
            serving.rates("H100", bits)
        if place % 20:
            continue  # a word takes long to look up
        word = "".join(RNG.choice(list("HAB0192 -x"), RNG.integers(0, 9)))
        try:
            assert serving.rates(word).chip in table.index
        except ValueError as error:
            assert word in str(error) or "no published" in str(error), error


def test_ten_thousand_settings_fit_on_as_many_chips_as_needed_and_on_no_fewer():
    batch, context = draw(1e-3, 10, log=True), draw(1, 1e5, log=True)
    for model, chip in ((V3, "H200"), ("Llama-3.1-405B", "H20"), ("Kimi-K3", "B300")):
        asked = np.minimum(batch, 1) if model == "Llama-3.1-405B" else batch  # its cache is large
        needed = serving.chips_needed(model, chip, asked, context)
        assert (needed == np.round(needed)).all() and needed.min() >= 1
        assert serving.decode(model, chip, asked, context, needed).fits.all()
        more = needed > 1
        fewer = serving.decode(model, chip, asked[more], context[more], needed[more] - 1)
        assert not fewer.fits.any() and more.any()


def test_ten_thousand_answers_and_bands():
    n_in, n_out, batch = draw(1, 1e6, log=True), draw(1, 1e6, log=True), draw(0.01, 100, log=True)
    read, write = serving.answer("Qwen3-32B", "H20", batch, n_in, n_out, 4, bits=16, kv_bits=8, network_gb_s=50)
    formats = {"bits": 16, "kv_bits": 8, "network_gb_s": 50}
    np.testing.assert_array_equal(read, serving.prefill("Qwen3-32B", "H20", batch * n_in, n_in, 4, **formats).seconds)
    step = serving.decode("Qwen3-32B", "H20", batch, n_in + n_out / 2, 4, **formats)
    np.testing.assert_array_equal(write, n_out * step.seconds)
    for parameter in ("batch", "input_tokens", "output_tokens", "group"):
        good = {"batch": 1, "input_tokens": 10, "output_tokens": 10, "group": 8}
        for value in [*BAD, "x", None]:
            with pytest.raises(ValueError, match=f"^{parameter} = "):
                serving.answer(V3, "H20", **{**good, parameter: value})
    ends = np.sort([draw(0.01, 1), draw(0.01, 1)], axis=0)
    rent, used = draw(0, 100), draw(0.01, 1)
    found = serving.band(step, ends, rent, used)
    rate = batch / step.seconds
    np.testing.assert_allclose(found["tokens_per_s"], ends * rate)
    np.testing.assert_allclose(found["step_s"], step.seconds / ends[::-1])
    np.testing.assert_allclose(found["usd_per_million"], rent * 1e6 / 3600 / (ends[::-1] * rate * used))
    groups = draw(1, 1e5, log=True)
    assert [serving.usual_share(g) == serving.ONE_MACHINE for g in groups] == (groups <= 8).tolist()
    assert {serving.usual_share(g) for g in groups} == {serving.ONE_MACHINE, serving.MANY_CHIPS}


def test_ten_thousand_cases_get_the_bound_of_their_own_step():
    """`measured`: rows made up of two models, two chips and the three phases."""
    phases = RNG.choice(["decode", "prefill", "both"], N)
    cases = pd.DataFrame(
        {
            "model": RNG.choice([V3, "Llama-2-7B"], N), "chip": RNG.choice(["H20", "H800"], N), "phase": phases,
            "group": RNG.choice([1, 8, 64], N), "batch": draw(0.1, 1e3, log=True), "context_tokens": draw(1, 1e5, log=True),
            "output_tokens": draw(1, 1e5, log=True), "bits": 8, "attention_bits": 16, "kv_bits": 16,
            "drafts": np.where(phases == "decode", RNG.integers(0, 4, N), 0), "tokens_per_s": draw(1, 1e4, log=True),
        }
    )  # fmt: skip
    cases["tokens_per_step"] = 1 + cases["drafts"] * RNG.uniform(0, 1, N)
    found = serving.measured(cases)
    for (model, chip, phase), rows in found.groupby(["model", "chip", "phase"]):
        given = [rows[c].to_numpy() for c in ("batch", "context_tokens", "group")]
        if phase == "prefill":
            step = serving.prefill(model, chip, *given)
            expected, binds = rows["batch"] / step.seconds, step.binds
        elif phase == "decode":
            step = serving.decode(model, chip, *given, drafts=rows["drafts"])
            expected, binds = rows["batch"] * rows["tokens_per_step"] / step.seconds, step.binds
        else:
            batch, n_in, group = given
            n_out = rows["output_tokens"].to_numpy()
            read, write = serving.answer(model, chip, batch, n_in, n_out, group)
            reads = serving.prefill(model, chip, batch * n_in, n_in, group).binds
            writes = serving.decode(model, chip, batch, n_in + n_out / 2, group).binds
            expected, binds = batch * n_out / (read + write), np.where(write > read, writes, reads)
        np.testing.assert_allclose(rows["bound"], expected)
        assert (rows["binds"] == binds).all()
    np.testing.assert_allclose(found["share"] * found["bound"], cases["tokens_per_s"])


@pytest.mark.parametrize(
    "model", [*PRICES["model"].unique(), "", "DeepSeek", None, 7, ["DeepSeek-R1"], np.array([1, 2])], ids=repr
)
def test_every_name_has_its_first_list_price_or_none(model):
    rows = PRICES[(PRICES["model"] == (model if isinstance(model, str) else "")) & (PRICES["status"] == "list")]
    first = rows.loc[rows["date"] == rows["date"].min(), ["hit_usd", "input_usd", "output_usd"]].to_numpy()
    if len(first) and not np.isnan(first).any():
        assert list(serving.listed(model)) == first[0].tolist()
    else:
        with pytest.raises(ValueError, match=f"^model = {re.escape(repr(model))}: no list price"):
            serving.listed(model)


def test_every_public_function_is_fuzzed_here():
    own = {n for n, f in vars(serving).items() if inspect.isfunction(f) and f.__module__.startswith(serving.__name__)}
    text = (
        Path(__file__).read_text(encoding="utf-8").split("# --- right or refused")[1].split("# --- what the panels")[0]
    )
    fuzzed = {n for n in own if f"serving.{n}(" in text or n in PLAIN}
    assert {n for n in own if n[0] != "_"} == fuzzed | {"disclosed_day"}, "which takes nothing"


@pytest.mark.parametrize("model", MODELS)
def test_fuzz_decode_and_prefill(model):
    batch, context, group = draw(1e-3, 1e5, log=True), draw(1, 1e7, log=True), draw(1, 1e4, log=True)
    drafts, acceptance = draw(0, 20), draw(0, 1)
    for chip in ("H20", "Ascend 910C"):
        steps = (
            serving.decode(
                model, chip, batch, context, group, drafts=drafts, acceptance=acceptance, network_gb_s="own"
            ),
            serving.prefill(model, chip, batch, context, group, network_gb_s=50),
        )
        for step in steps:
            for field in ("seconds", "flops", "bytes_read", "tokens", "memory_gb", "tokens_per_s", "intensity"):
                values = getattr(step, field)
                assert values.shape == (N,) and np.isfinite(values).all() and (values > 0).all(), field
            assert set(step.binds) <= set(serving.LIMITS)
    read, write = serving.answer(model, "H200", batch, np.minimum(context, 1e6), np.minimum(context, 1e6), group)
    assert np.isfinite(read + write).all() and (read > 0).all() and (write > 0).all()
    good = {"batch": 8.0, "context_tokens": 4096.0, "group": 16.0}
    for name in good:
        for value in [*BAD, "x", None]:
            with pytest.raises(ValueError, match=f"{name} = "):
                serving.decode(model, "H20", **{**good, name: value})


def test_fuzz_the_books():
    read, hits, written, hours, rent, free, less = (
        draw(*ends) for ends in ((0, 1e13), (0, 1), (0, 1e13), (1, 1e7), (0.1, 20), (0, 0.99), (0, 0.99))
    )
    prices = draw(0, 10), draw(0, 10), draw(0, 100)
    books = serving.day(read, hits, written, prices, hours, rent, free, less)
    full = (read * hits * prices[0] + read * (1 - hits) * prices[1] + written * prices[2]) / 1e6
    np.testing.assert_allclose(books.revenue_usd, full - full * free - (full - full * free) * less, rtol=1e-9)
    np.testing.assert_allclose(books.cost_usd, hours * rent)
    np.testing.assert_allclose(books.on_cost, books.revenue_usd / books.cost_usd - 1, atol=1e-9)
    earned = books.revenue_usd > 0
    np.testing.assert_allclose(books.of_revenue[earned], 1 - books.cost_usd[earned] / books.revenue_usd[earned])
    assert np.isnan(serving.day(0, 0, 0, (1, 1, 1), 1, 1).of_revenue)
    good = {**serving.disclosed_day(), "free_share": 0.2, "discount": 0.1}
    for name in [k for k in good if k != "prices"]:
        for value in BAD:
            with pytest.raises(ValueError, match=f"{name} = "):
                serving.day(**{**good, name: value})
    with pytest.raises(ValueError, match="prices, miss = -1"):
        serving.day(**{**good, "prices": (0.1, -1, 2)})


def test_room_and_crossover_refuse_by_name_what_they_cannot_answer():
    good = {"batch": 8.0, "context_tokens": 4096.0}
    for name in good:
        for value in [*BAD, "x", None]:
            with pytest.raises(ValueError, match=f"^{name} = "):
                serving.chips_needed(V3, "H200", **{**good, name: value})
    for name in ("context_tokens", "group"):
        for value in [*BAD, "x", None, [1, 2]]:
            with pytest.raises(ValueError, match=f"^{name} "):
                serving.crossover_batch(V3, "H200", **{name: value})
    refused = [n for n in chips.table()["chip"] if n not in [chip for _, chip in serving_panels._chip_choices()]]
    for chip in refused:
        for ask in (serving.chips_needed, serving.crossover_batch):
            with pytest.raises(ValueError, match=f"^chip = '{re.escape(chip)}': no published"):
                ask(V3, chip)
    for ask in (serving.chips_needed, serving.crossover_batch):
        with pytest.raises(ValueError, match="V4.1-Flash: the field "):
            ask("DeepSeek-V4.1-Flash", "H200")


@pytest.mark.parametrize("value", [0, 33, math.nan, "fp8", None, "x"])
def test_the_width_of_the_cache_is_refused_under_its_own_name(value):
    """Not as `bits`, which is the width of the weights."""
    for ask in (
        lambda bits: serving.decode(V3, "H200", 1, 1, kv_bits=bits),
        lambda bits: serving.prefill(V3, "H200", 1, 1, kv_bits=bits),
        lambda bits: serving.answer(V3, "H200", 1, 1, 1, kv_bits=bits),
        lambda bits: serving.chips_needed(V3, "H200", kv_bits=bits),
        lambda bits: serving.crossover_batch(V3, "H200", kv_bits=bits),
    ):
        with pytest.raises(ValueError, match="^kv_bits = "):
            ask(value)


def test_of_many_values_the_pair_that_does_not_go_together_is_named():
    with pytest.raises(ValueError, match="top_k = 5 is more than experts = 4"):
        serving.experts_touched(1, [4, 10], [5, 9])
    with pytest.raises(ValueError, match=r"share = \(0.5, 0.4\)"):
        serving.band(serving.decode(V3, "H800", 8, 4096, 144), ([0.5, 0.9], [0.4, 1]))
    with pytest.raises(ValueError, match="batch = 100 at context_tokens = 1e\\+06"):
        serving.chips_needed(V3, "H800", [100, 1000], [1e6, 100])
    with pytest.raises(ValueError, match="step = 3 is not a Step"):
        serving.band(3, (0.4, 0.8))
    for share in (0.4, (0.1, 0.2, 0.3), None, ()):
        with pytest.raises(ValueError, match="share = .*: give two, the lower share first"):
            serving.band(serving.decode(V3, "H800", 8, 4096, 144), share)


@pytest.mark.parametrize("group", [0, -1, np.nan, 1e9])
def test_a_group_out_of_range_has_no_usual_share(group):
    with pytest.raises(ValueError, match="group = "):
        serving.usual_share(group)


def test_measured_takes_rows_as_they_are_and_changes_nothing():
    cases = data.load("serving_measured")
    before = cases.copy()
    assert len(serving.measured(cases)) == len(cases)
    pd.testing.assert_frame_equal(cases, before)


# --- what the panels say ------------------------------------------------------------------------


def test_the_panels_state_the_published_numbers():
    links, margin = serving_panels.links_panel(), serving_panels.margin_panel()
    for words in ("120.96 microseconds", "14.76 ms", "67.8 tokens/s"):
        assert words in links.state.reading
    assert "6.72 microseconds" in links.apply("NVL72").reading
    assert "545% of cost, which is 85% of revenue" in margin.state.reading
    assert "222% of cost" in margin.apply("V3’s prices").reading
    assert "loss" in margin.apply("Mostly free").reading


def test_the_h20_leads_for_a_few_users_and_trails_for_many():
    """Few: its memory bandwidth over the H100's, 4.0 over 3.35 TB/s. Reading: near its compute over the H100's, 148 over 989."""
    reads, few, many = serving_panels.work_times().loc["H20 96GB"]
    assert few == pytest.approx(4.0 / 3.35) and reads == pytest.approx(0.15, abs=0.002) and many < 0.3
    assert (serving_panels.work_times().loc["H800 SXM5 80GB"] == 1).all()


def test_the_named_links_are_half_of_both_directions():
    assert list(serving_panels._named_links().values()) == [50, 200, 392, 450, 900]


def test_the_roofline_panel_shows_the_measurement_under_the_roof_and_says_what_does_not_fit():
    panel = serving_panels.roofline_panel()
    rows = panel.apply("DeepSeek").rows
    (service,) = (r for r in rows if r["kind"] == "measured" and r["words"].startswith("DeepSeek’s service"))
    (work,) = (r for r in rows if r["kind"] == "work" and r["which"] == "first")
    assert service["x"] == pytest.approx(work["x"]) and service["y"] / work["y"] == pytest.approx(0.324, abs=0.002)
    assert "a token for each answer every 34 to 100 ms" in panel.state.reading, "88 answers over 857 to 2,570 tokens/s"
    assert not [r for r in panel.set(group=8).rows if r["kind"] == "measured"], (
        "the band of one machine, its cases only"
    )
    assert "It does not fit" in panel.set(group=4, batch=1).reading
    assert "no FP8, so INT8" in panel.apply("Huawei").reading
    for name in panel.presets:
        panel.apply(name)
        marks = [r for r in panel.state.rows if r["kind"] in ("work", "measured")]
        assert all(1 <= r["x"] <= 1e7 and 1 <= r["y"] <= 20_000 for r in marks), name


def test_every_drawable_chip_and_countable_model_can_be_chosen():
    choices = [chip for _, chip in serving_panels._chip_choices()]
    assert len(choices) == len(set(choices)) >= 45 and len(
        {words for words, _ in serving_panels._chip_choices()}
    ) == len(choices)
    assert len(serving_panels._model_choices()) >= 40


def test_the_price_panel_refuses_what_leaves_no_room():
    panel = serving_panels.price_panel()
    state = panel.set(model="Llama-3.1-405B", chip="Ascend 910B", context=131072)
    assert state.rows == [] and "leaves no room for one text of 128K tokens" in state.reading
    assert "0.14 to 0.55 USD to read" in panel.apply("DeepSeek’s case").reading


def test_a_range_of_rents_follows_from_the_range_of_shares():
    rows, batch = serving_panels.price_rows(V3, "H800 SXM5 80GB", 4989, 2, (15, 45), 50)
    written = next(r for r in rows if "written" in r["side"])
    bound = float(serving.decode(V3, "H800", batch, 4989, 144).tokens_per_s)
    assert written["low"] == pytest.approx(2e6 / 3600 / (0.45 * 0.5 * bound))
    assert written["high"] == pytest.approx(3 * written["low"])


def test_the_frame_of_the_roofline_holds_every_chip_and_model_at_the_ends_of_its_sliders():
    low_x, high_x, low_y, high_y = *serving_panels._X, *serving_panels._Y
    ends = [(b[0], b[-1]) for b in (serving_panels.BATCHES, serving_panels.CONTEXTS, serving_panels.GROUPS)]
    corners = np.array(list(itertools.product(*ends)), dtype=float)
    for _, chip in serving_panels._chip_choices():
        for model in serving_panels._model_choices():
            for phase in ("decode", "prefill"):
                step = serving_panels.step_of(model, chip, phase, *corners.T)
                assert (step.intensity >= low_x).all() and (step.intensity <= high_x).all(), (chip, model, phase)
                assert (step.tflops >= low_y).all() and (step.tflops <= high_y).all(), (chip, model, phase)


def test_the_title_of_the_roofline_says_what_does_not_fit():
    panel = serving_panels.roofline_panel()
    title = lambda **moved: panel.set(**{**panel.defaults(), **moved}).signals["title"]  # noqa: E731
    assert title() == "Memory bandwidth binds the H800 and the H20 here"
    assert title(batch=512, group=64).startswith(
        "Does not fit on the H800 or on the H20; if it did, compute would bind"
    )
    assert title(group=8, batch=1).endswith("; does not fit on the H800"), (
        "84 GB of weights: too much for 80, not for 96"
    )
    assert "the H20" not in title(other="H800 SXM5 80GB")


def test_the_rules_table_repeats_the_chart():
    table = serving_panels.rules_table().frame
    assert table.index.tolist() == [
        "The rule of October 2022", "The rule of October 2023", "The letter of April 2025", "The rule of January 2026",
    ]  # fmt: skip
    times = serving_panels.work_times()
    for step, chip in (("The rule of October 2023", "H20 96GB"), ("The rule of January 2026", "H200 SXM 141GB")):
        assert [float(v) for v in table.loc[step].iloc[2:]] == pytest.approx(times.loc[chip].tolist(), abs=0.005)
    assert "900 to 400 GB/s" in table.loc["The rule of October 2022", "Took away"]


def test_contested_chips_are_drawn_as_ranges_and_the_others_as_points():
    low, central, high = (serving_panels.work_times(end) for end in ("_low", "", "_high"))
    assert (low <= central + 1e-12).all().all() and (central <= high + 1e-12).all().all()
    contested = (high / low > 1.005).any(axis=1)
    assert contested[contested].index.tolist() == ["Ascend 910B", "Ascend 910C"]
    # Compute binds in reading: the 910B's bins run from 280 to 400 TFLOPS.
    assert high.loc["Ascend 910B", "reading"] / low.loc["Ascend 910B", "reading"] == pytest.approx(400 / 280)


def test_a_price_names_the_share_of_the_roofline_it_stands_on():
    panel = serving_panels.price_panel()
    state = panel.apply("40 to 80%")
    assert "40 to 80% of the roofline" in state.signals["title"] and "144 H800" in state.reading
    (written,) = (r for r in state.rows if r["kind"] == "cost" and "written" in r["side"])
    assert written["high"] == pytest.approx(2 * written["low"])
    assert "45% of the roofline" in panel.set(share=(45, 45)).signals["title"]


def test_a_day_that_cannot_break_even_says_so():
    panel = serving_panels.margin_panel()
    assert "would not break even if every token were paid for" in panel.set(rent=6, discount=75).reading
    assert "breaks even at 85% free" in panel.apply("As disclosed").reading


def test_the_followed_line_of_deepseek_holds_every_list_price_of_its_largest_models():
    """DeepSeek's price page: V3.1 at 1.68 USD from 5 September 2025, V3.2 at 0.42 from 29 September."""
    drawn = serving_panels.prices_chart().to_dict()
    assert "0.28, 1.10, 1.68, 0.42, 3.48, 0.87 and 1.98 USD" in drawn["title"]["text"]


def test_typed_numbers_in_the_prose_are_those_of_the_tables():
    from helpers.course import authoring

    text = (authoring.SOURCE / "34_serving.md").read_text(encoding="utf-8")
    over = (CASES["others_bound"] / CASES["tokens_per_s"]).dropna() - 1
    fast, slow = (CASES.loc[f"cm384-910c-decode{end}"] for end in ("-15ms", ""))
    one, many = (tuple(round(100 * end) for end in band) for band in (serving.ONE_MACHINE, serving.MANY_CHIPS))
    said = lambda key: f"{SAID[key]:,.0f}"  # noqa: E731
    for words in (
        f"{100 * over.min():.0f} to {100 * over.max():.0f} per cent too high",
        f"cut the batch from {slow.batch:.0f} to {fast.batch:.0f}, and throughput fell from {slow.tokens_per_s:,.0f} to {fast.tokens_per_s:.0f}",
        f"{many[0]} to {many[1]} per cent of the roof for more than eight chips, {one[0]} to {one[1]} for up to eight",
        f"{SAID['serving-nodes']:g} machines of eight H800 on average, {said('serving-input')} billion tokens read, {said('serving-output')} billion written",
        f"revenue would have been {said('serving-revenue')} USD and cost {said('serving-cost')}",
        f"means {14_800 / 22 / 8:.0f} to {math.ceil(14_800 / 20 / 8)} on each chip",
        f"costs 2 / 3,600 / 1,850 USD a token, {serving.usd_per_million(2, 1850):.2f} USD for a million",
    ):
        assert words in text, words
