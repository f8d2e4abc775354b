"""Every row of ``data/published_results.csv``: recomputed, repeated, bounded, or named as one that nothing here can recompute.

The tables and reports are named in the rows' sources. A row added without a test fails `test_no_row_is_left_out`.
"""

from __future__ import annotations

import numpy as np
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.llm import model as llm
from helpers.progress import model as progress
from helpers.serving import model as serving
from helpers.training import model as training
from tests.llm import test_papers as test_llm
from tests.serving import test_model as test_serving
from tests.training import test_runs as test_training

ROWS = data.load("published_results").set_index("result_id")
SAID = ROWS["value"]
RUNS = data.load("training_runs").set_index("run_id")
CASES = serving.measured(data.load("serving_measured")).set_index("case_id")
FITS = data.load("scaling_fits").set_index("fit_id")
GAINS = data.load("progress_estimates").set_index("estimate_id")["value"]
H100_TFLOPS = float(chips.table().set_index("chip").loc["H100 SXM5 80GB", "fp16_bf16_tflops_dense"])


def stage_s() -> float:
    return float(serving.all_to_all_seconds(32, 9, 7000, 50))


def kimi(what, context: float) -> float:
    """Full latent attention over Kimi Linear, for one reading or writing of `context` tokens."""
    linear = llm.model("Kimi-Linear-48B-A3B")
    return float(what(linear.without("linear_layers"), context) / what(linear, context))


def fine_experts_share() -> float:
    """DeepSeekMoE 16B against LLaMA2 7B (arXiv 2401.06066, section 5): training arithmetic for 4K tokens, per cent."""
    shape = llm.Model(
        "DeepSeekMoE-16B", "gqa", n_layers=28, hidden_size=2048, vocab_size=102400, n_heads=16, n_kv_heads=16,
        head_dim=128, ffn_dense_size=10944, moe_layers=27, n_experts=64, n_shared_experts=2, top_k=6, ffn_expert_size=1408,
    )  # fmt: skip
    flops = [float(llm.flops_per_token(m, 4096, "training")) for m in (shape, "Llama-2-7B")]
    return 100 * flops[0] / flops[1]


def implied_mfu(run: str, hours_m: float, context: float = 8192) -> float:
    """Of the peak in BF16; the hours must be those of ``data/training_runs.csv`` too."""
    row = RUNS.loc[run]
    assert row["hours_k"] == 1e3 * hours_m
    flops = float(llm.flops_per_token(row["model"], context, "training")) * row["tokens_t"] * 1e12
    return float(training.mfu_from_hours(flops, hours_m * 1e6, H100_TFLOPS))


def hours(*runs: str) -> float:
    return float(RUNS.loc[list(runs), "hours_k"].sum())


BOOKS = serving.day(**serving.disclosed_day())
V3_STAGES = ("deepseek-v3-pretraining", "deepseek-v3-context", "deepseek-v3-post-training")
V2 = llm.model("DeepSeek-V2")
MTP = [0.85, 0.9]

# Computed from a shape or from other printed figures; how far, in per cent, they may lie apart.
COMPUTED = {
    "insights-ep-stage": (lambda: 1e6 * stage_s(), 0),
    "insights-ep-speed": (lambda: np.floor(serving.exchange_bound(stage_s(), 61)), 0),  # printed cut, not rounded
    "v3-hours-pretraining": (lambda: 14.8 * 180, 0),
    "v3-cost": (lambda: training.rental_cost_usd(1e3 * hours(*V3_STAGES), 2) / 1e6, 0),
    "v3-days-per-1t": (lambda: np.round(training.run_days(180e3, 2048), 1), 0),
    "v3-link-ratio": (lambda: 160 / 50, 0),
    "v2-kv-mha": (lambda: llm.kv_bytes_per_token("Llama-2-7B") / 2 / (32 * 32 * 128), 0),
    "v2-kv-gqa": (lambda: llm.kv_bytes_per_token("Llama-3.1-8B") / 2 / (32 * 8 * 128), 0),
    "v2-kv-mla": (lambda: llm.kv_bytes_per_token(V2) / 2 / 60 / 128, 0),
    "v2-kv-elements": (lambda: llm.kv_bytes_per_token(V2) / 2, 0),
    "v2-kv-saved-by-mla": (
        lambda: 100 * (1 - llm.kv_bytes_per_token(V2) / llm.kv_bytes_per_token("DeepSeek-LLM-67B")), 0.05,
    ),
    "nsa-tokens": (lambda: 65536 / 16 + 16 * 64 + 512, 0),
    "nsa-speed": (lambda: 65536 / 5632, 0.5),
    "kimi-linear-ceg": (
        lambda: progress.equivalent_gain(5, progress.power_law("kimi-linear-mla"), progress.power_law("kimi-linear-kda")), 0.5,
    ),
    "dsmoe-compute": (fine_experts_share, 1),
    "v32-warmup-tokens": (lambda: 1000 * 16 * 131072 / 1e9, 0.2),
    "v32-sparse-tokens": (lambda: 15000 * 480 * 131072 / 1e9, 0.01),
    "v41-flash-kv": (lambda: llm.kv_bytes_per_token("DeepSeek-V4.1-Flash", "packed"), 0),
    "serving-nodes": (lambda: (608e9 / 73_700 + 168e9 / 14_800) / 86_400, 0.1),
    "serving-cost": (lambda: BOOKS.cost_usd, 0),
    "serving-revenue": (lambda: BOOKS.revenue_usd, 0.02),
    "serving-margin": (lambda: 100 * BOOKS.on_cost, 0.2),
    "r1-rl-cost": (
        lambda: training.rental_cost_usd(hours("deepseek-r1-zero", "deepseek-r1-data", "deepseek-r1"), 2), 0,
    ),
    "weights-kimi-linear": (lambda: llm.parameters("Kimi-Linear-48B-A3B").total / 1e9, 0.01),
    "weights-kimi-k2": (lambda: llm.parameters("Kimi-K2").total / 1e9, 0.1),
    "weights-mistral-large-4": (lambda: llm.parameters("Mistral-Large-4").total / 1e9, 0.1),
}  # fmt: skip

# Given by its authors and held in a second table of the course, which must say the same; that is no recomputation.
REPEATED = {
    "v3-hours-context": lambda: hours("deepseek-v3-context"),
    "v3-hours-posttraining": lambda: hours("deepseek-v3-post-training"),
    "v2-hours-67b": lambda: hours("deepseek-67b-per-trillion"),
    "v2-hours-v2": lambda: hours("deepseek-v2-per-trillion"),
    "kimi-law-mla-scale": lambda: FITS.loc["kimi-linear-mla", "a"],
    "kimi-law-mla-exponent": lambda: FITS.loc["kimi-linear-mla", "b"],
    "kimi-law-linear-scale": lambda: FITS.loc["kimi-linear-kda", "a"],
    "kimi-law-linear-exponent": lambda: FITS.loc["kimi-linear-kda", "b"],
    "muon-flops": lambda: 100 / GAINS["muon"],
    "m1-rl-cost": lambda: 1e3 * RUNS.loc["minimax-m1-rl", "cost_usd_m"],
}

# Measured: a bound on it can be computed, or what it implies, which must lie in this range.
BOUNDED = {
    "v3-mtp-speed": (lambda v: v / serving.expected_tokens(1, MTP), (0.9, 1)),
    "v2-generation": (lambda v: v * 1e3 / 8 / serving.decode("DeepSeek-V2", "H800", 512, 1024, 8, kv_bits=6).tokens_per_s, (0.1, 1)),
    "v2-prompt": (lambda v: v * 1e3 / 8 / serving.prefill("DeepSeek-V2", "H800", 16384, 1024, 8).tokens_per_s, (0.25, 0.8)),
    # Reading: faster than MLA, and less so than the arithmetic saved.
    "kimi-linear-prefill-1m": (lambda v: v / kimi(lambda m, s: llm.flops_per_token(m, s, "prefill"), 2**20), (0.6, 1)),
    "kimi-linear-prefill-512k": (lambda v: v / kimi(lambda m, s: llm.flops_per_token(m, s, "prefill"), 2**19), (0.6, 1)),
    # Writing: more than the cache read explains, 3.8 times, because the room saved also holds a larger batch.
    "kimi-linear-tpot": (lambda v: SAID["kimi-linear-tpot-mla"] / v / kimi(llm.kv_read_bytes, 2**20), (1.6, 1.7)),
    # GPU-hours imply a utilisation: nobody trained above 40 per cent of the peak, or below 15.
    "llama31-405b-hours": (lambda v: implied_mfu("llama-31-405b", v), (0.34, 0.38)),
    "llama4-maverick-hours": (lambda v: implied_mfu("llama-4-maverick", v), (0.15, 0.4)),
    "llama4-scout-hours": (lambda v: implied_mfu("llama-4-scout", v), (0.15, 0.4)),
    "cm384-prefill": (lambda v: v / CASES.loc["cm384-910c-prefill-perfect", "bound"], serving.MANY_CHIPS),
    "cm384-decode-50ms": (lambda v: v / CASES.loc["cm384-910c-decode", "bound"], serving.MANY_CHIPS),
    "cm384-decode-15ms": (lambda v: v / CASES.loc["cm384-910c-decode-15ms", "bound"], serving.MANY_CHIPS),
}  # fmt: skip

# Recomputed, or shown not to fit, in a test of its own.
ELSEWHERE = {
    **dict.fromkeys(test_llm.FITS, test_llm.test_published_figures_come_back),
    "insights-flops-qwen72b": test_llm.test_two_figures_do_not_come_back_and_stay_so,
    "v4-flash-flops": test_llm.test_two_figures_do_not_come_back_and_stay_so,
    "v2-generation-ratio": test_serving.test_deepseek_v2_wrote_5_76_times_as_much_as_its_dense_forerunner,
    "pangu-mfu": test_training.test_pangu_s_30_percent_is_not_its_speed_by_the_usual_count,
    **dict.fromkeys(
        ("v3-step", "v3-bubble"), test_training.test_v3_s_measured_step_adds_up_and_a_tenth_of_it_is_bubble
    ),
    "charai-kv": test_llm.test_sharing_heads_windows_and_layers_saves_more_than_twenty_times,
}

# Nothing in the course can recompute these.
GIVEN = {
    "v3-fp8-error": "result of an experiment on two models",
    "v3-mtp-acceptance": "depends on the text; the input of the bound on v3-mtp-speed",
    "kimi-linear-tpot-mla": "measured; the other half of kimi-linear-tpot",
    "mooncake-a800": "production traffic of one firm",
    "mooncake-h800": "production traffic of one firm",
    "moba-prefill": "measured on a model whose shape is not in the table",
    "serving-input": "count of a firm's own traffic",
    "serving-input-hits": "count of a firm's own traffic",
    "serving-output": "count of a firm's own traffic",
}


def test_no_row_is_left_out_and_none_is_sorted_twice():
    kinds = (COMPUTED, REPEATED, BOUNDED, ELSEWHERE, GIVEN)
    assert sum(map(len, kinds)) == len(set().union(*kinds)) == len(ROWS)
    assert set().union(*kinds) == set(ROWS.index)


@pytest.mark.parametrize("result", COMPUTED)
def test_a_figure_that_can_be_recomputed_comes_back(result):
    compute, per_cent = COMPUTED[result]
    assert float(compute()) == pytest.approx(SAID[result], rel=per_cent / 100 + 1e-6)


@pytest.mark.parametrize("result", REPEATED)
def test_a_figure_held_twice_is_the_same(result):
    assert float(REPEATED[result]()) == pytest.approx(SAID[result], rel=0.005 if result == "muon-flops" else 1e-9)


@pytest.mark.parametrize("result", BOUNDED)
def test_a_measured_figure_keeps_inside_its_bound(result):
    compute, (low, high) = BOUNDED[result]
    found = np.asarray(compute(SAID[result]))
    assert (low < found).all() and (found < high).all(), found


def test_what_is_measured_or_projected_is_not_said_to_be_computed():
    assert set(ROWS.loc[list(BOUNDED), "kind"]) <= {"measured", "stated"}
    assert ROWS.loc["cm384-prefill", "kind"] == "stated", "a projection with perfectly balanced experts"
    assert set(ROWS.loc[list(GIVEN), "kind"]) <= {"measured", "stated"}
