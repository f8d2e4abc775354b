"""One step of serving: counted by hand, and the laws that a roofline keeps."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re

import numpy as np
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.llm import model as llm
from helpers.serving import model as serving
from helpers.serving.model.formats import _first

V3 = "DeepSeek-V3"
SAID = data.load("published_results").set_index("result_id")["value"]
NAMED = ["H100", "H800", "H20", "H200", "Ascend 910B", "Ascend 910C", "Ascend 950PR", "Ascend 950DT"]
MODELS = [V3, "Kimi-K2", "Llama-3.1-70B", "DeepSeek-V4-Flash", "Qwen3-Next-80B-A3B"]


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
    # 256 experts on 144 chips: 112 hold two, 32 hold one; a chip with two is passed by with 248 x 247 / (256 x 255).
    reached = 112 * (1 - 248 * 247 / (256 * 255)) + 32 * 8 / 256
    assert step.network_s == pytest.approx(58 * 3 * 88 * reached * (143 / 144) * 7168 / 50e9, rel=1e-9)
    assert step.tokens_per_s == pytest.approx(88 / float(step.seconds)) and step.binds == "network"
    everything = weights + 129_280 * 7168 + 58 * 256 * expert * (1 - touched / 144)
    assert step.memory_gb == pytest.approx((everything / 144 + cache) / 1e9, rel=1e-4)


def test_reading_moves_the_weights_once_and_writes_the_cache():
    few, more = (serving.prefill("Llama-2-7B", "H200", n, 4096, bits=16).bytes_read for n in (4096, 8192))
    assert more - few == pytest.approx(4096 * 32 * 2 * 4096 * 2), "32 layers, keys and values, 4,096 numbers, 2 bytes"


@pytest.mark.parametrize(
    ("experts", "top_k", "group"), [(4, 2, 2), (4, 2, 3), (6, 3, 2), (6, 2, 4), (5, 5, 2), (4, 1, 8)]
)
def test_copies_of_a_token_are_counted_choice_by_choice(experts, top_k, group):
    """Every choice of experts, from every chip of the group: the other chips that hold any of them."""
    chip_of = [expert * group // experts for expert in range(experts)]  # as even as it goes
    chips = range(max(group, 1))
    found = [
        len({chip_of[expert] for expert in chosen} - {own})
        for chosen in itertools.combinations(range(experts), top_k)
        for own in chips
    ]
    assert float(serving.copies_sent(experts, top_k, group)) == pytest.approx(np.mean(found), rel=1e-12)


def test_two_chips_exchange_a_quarter_of_what_one_copy_an_expert_would():
    """DeepSeek-V3: 8 of 256 experts, 128 on each of two chips: 1 - C(128, 8) / C(256, 8), not 8 x 1/2."""
    copies = float(serving.copies_sent(256, 8, 2))
    assert copies == pytest.approx(1 - math.comb(128, 8) / math.comb(256, 8)) and 4 / copies == pytest.approx(
        4.01, abs=0.01
    )
    step = serving.decode(V3, "H800", 88, 4989, 2, network_gb_s=50)
    assert step.network_s == pytest.approx(58 * 3 * 88 * copies * 7168 / 50e9)
    groups = np.arange(1, 400)
    sent = serving.copies_sent(256, 8, groups)
    assert (sent <= np.minimum(8 * (1 - 1 / groups), groups - 1) + 1e-9).all() and (np.diff(sent) > 0).all()


@pytest.mark.parametrize(
    "call", [(256, 8.5, 2), (0, 0, 2), (256, 8, 0.5), (8, 9, 2), ("256", 8, 2), (256, 8, [2, None])]
)
def test_copies_of_what_cannot_be_are_refused(call):
    with pytest.raises(
        ValueError, match="^(experts|top_k|group) = .*(valid range|must be a whole number|not one number)"
    ):
        serving.copies_sent(*call)


def test_a_mixture_that_sends_a_narrower_state_pays_for_that_only():
    """Kimi-K3 sends 3,584 numbers of 7,168."""
    m = llm.model("Kimi-K3")
    step = serving.decode("Kimi-K3", "H800", 8, 4096, 64, network_gb_s=50)
    copies = serving.copies_sent(m.n_experts, m.top_k, 64)
    assert step.network_s == pytest.approx(m.moe_layers * 3 * 8 * copies * m.moe_latent_dim / 50e9)


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
