"""Training: published hours, costs and utilisations come back from the tables by the model.

Sources: DeepSeek-V3 report (arXiv 2412.19437, tables 1 and 2), its hardware paper (2505.09343, tables 2 and
4), DeepSeek-V2 (2405.04434), DeepSeek-R1 (2501.12948 v2, table 7), Llama 3 (2407.21783) and its model
card, MiniMax-M1 (2506.13585), Pangu Ultra MoE (2505.04519), DualPipe README, Ling (2503.05139).
"""

from __future__ import annotations

import numpy as np
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.llm import model as llm
from helpers.training import model as training
from helpers.training import studies

H800 = "H800 SXM5 80GB"


# --- money: published sums ----------------------------------------------------------------------


def test_the_stages_of_v3_add_up_to_2788_thousand_hours_and_5_576_million(runs):
    stages = runs.loc[["deepseek-v3-pretraining", "deepseek-v3-context", "deepseek-v3-post-training"]]
    assert stages["hours_k"].sum() == 2788
    assert stages["cost_usd_m"].sum() == pytest.approx(5.576)
    np.testing.assert_allclose(
        training.rental_cost_usd(stages["hours_k"] * 1e3, stages["usd_per_gpu_hour"]), stages["cost_usd_m"] * 1e6
    )


def test_180_thousand_hours_for_each_trillion_and_3_7_days(runs):
    v3 = runs.loc["deepseek-v3-pretraining"]
    assert v3["hours_k"] / v3["tokens_t"] == pytest.approx(180)
    assert round(float(training.run_days(180e3, v3["gpus"])), 1) == 3.7
    assert float(training.run_days(v3["hours_k"] * 1e3, v3["gpus"])) < 61  # "less than two months"


def test_v2_saves_42_5_percent_of_the_hours_of_the_dense_model(runs):
    v2, dense = runs.loc[["deepseek-v2-per-trillion", "deepseek-67b-per-trillion"], "hours_k"]
    assert round(100 * (1 - v2 / dense), 1) == 42.5


def test_r1_adds_294_thousand_dollars(runs):
    stages = runs.loc[["deepseek-r1-zero", "deepseek-r1-data", "deepseek-r1"]]
    assert stages["hours_k"].sum() == 147
    assert float(training.rental_cost_usd(stages["hours_k"] * 1e3, 2).sum()) == pytest.approx(294_000)
    # 64 x 8 chips; 198 and about 80 hours. The text's "4 days" would be 49 thousand.
    assert 512 * 198 / 1e3 == pytest.approx(stages["hours_k"].iloc[0], rel=0.005)
    assert 512 * 80 / 1e3 == pytest.approx(stages["hours_k"].iloc[2], rel=0.002)


def test_minimax_m1_implies_about_two_dollars_an_hour(runs):
    m1 = runs.loc["minimax-m1-rl"]
    hours = m1["gpus"] * 24 * np.array([22, 21, 20])
    implied = m1["cost_usd_m"] * 1e6 / hours
    row = data.load("rental_prices").set_index("price_id").loc["h800-minimax-2025-06"]
    columns = ["usd_per_gpu_hour_low", "usd_per_gpu_hour", "usd_per_gpu_hour_high"]
    np.testing.assert_allclose(implied, row[columns].astype(float), atol=0.006)


def test_ling_saves_20_percent(runs):
    high, low = runs.loc[["ling-plus-high", "ling-plus-low"], "cost_cny_m"]
    assert 1 - low / high == pytest.approx(0.2)


def test_rents_in_yuan_are_as_printed():
    rows = data.load("rental_prices").set_index("price_id")["usd_per_gpu_hour"]
    assert rows["h100-china-2025-03"] == pytest.approx(75_000 / 8 / 730 / 7.25, abs=0.005)
    assert rows["h100-china-2024-10"] == pytest.approx(70_000 / 8 / 730 / 7.1, abs=0.005)
    assert rows["h100-china-2024-01"] == pytest.approx(150_000 / 8 / 730 / 7.1, abs=0.01)


# --- operations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "gflops", "within_percent"),
    [("DeepSeek-V2", 155, 0.5), ("DeepSeek-V3", 250, 0.5), ("Llama-3.1-405B", 2448, 1.1)],
)
def test_operations_for_each_training_token(name, gflops, within_percent):
    """Table 2 of the hardware paper, at 4,096 tokens."""
    mine = training.training_flops(
        llm.active_parameters(name), 1, llm.attention_flops_per_token(name, 4096, "training")
    )
    assert float(mine) / 1e9 == pytest.approx(gflops, rel=within_percent / 100)
    assert float(mine) == pytest.approx(float(llm.flops_per_token(name, 4096, "training")))


def test_the_row_of_that_table_that_does_not_fit():
    """The paper prints 394 for a "Qwen-72B dense"; Qwen2.5-72B gives 445 by the rule that fits the others."""
    mine = float(llm.flops_per_token("Qwen2.5-72B", 4096, "training")) / 1e9
    assert 1.12 < mine / 394 < 1.14


def test_v3_took_3_3e24_by_the_rule_of_thumb():
    assert float(training.training_flops(37e9, 14.8e12)) == pytest.approx(3.29e24, rel=0.002)


def test_llama_405b_took_3_8e25():
    """The Llama 3 paper gives 3.8e25 for 15.6 trillion tokens."""
    assert float(training.training_flops(405e9, 15.6e12)) == pytest.approx(3.8e25, rel=0.01)


# --- utilisation --------------------------------------------------------------------------------


@pytest.mark.parametrize(("times_attention", "printed"), [(1, 38.94), (2, 43.73)])
def test_v3_s_speed_gives_its_printed_utilisation(runs, peak, times_attention, printed):
    """Table 4 of the hardware paper: 272.80 billion tokens a day on 2,048 chips; causal and non-causal."""
    row = runs.loc["deepseek-v3-speed"]
    assert row["tokens_per_second_m"] == pytest.approx(272.80e3 / 86400, rel=1e-4)
    flops = training.training_flops(
        llm.active_parameters("DeepSeek-V3"),
        1,
        times_attention * llm.attention_flops_per_token("DeepSeek-V3", 4096, "training"),
    )
    mine = training.mfu_from_speed(flops, row["tokens_per_second_m"] * 1e6, row["gpus"], peak(H800))
    assert 100 * float(mine) == pytest.approx(printed, abs=0.15)


def test_v3_s_hours_and_speed_agree(runs):
    hours, speed = runs.loc["deepseek-v3-pretraining"], runs.loc["deepseek-v3-speed"]
    from_hours = hours["tokens_t"] * 1e12 / (hours["hours_k"] * 1e3 * 3600)
    assert from_hours == pytest.approx(speed["tokens_per_second_m"] * 1e6 / speed["gpus"], rel=0.002)


def test_llama_405b_whole_run_lies_below_its_main_phase(runs, peak):
    """30.84 million hours against 38 to 43 percent at 8,192 tokens: the rest is restarts and other stages."""
    row = runs.loc["llama-31-405b"]
    flops = float(llm.flops_per_token("Llama-3.1-405B", 8192, "training")) * row["tokens_t"] * 1e12
    whole = 100 * float(training.mfu_from_hours(flops, row["hours_k"] * 1e3, peak(row["chip"])))
    assert 34 < whole < row["mfu_percent_low"]


def test_v2_ran_at_about_a_quarter_of_the_peak(runs, peak):
    row = runs.loc["deepseek-v2-per-trillion"]
    flops = float(llm.flops_per_token("DeepSeek-V2", 4096, "training")) * 1e12
    assert float(training.mfu_from_hours(flops, row["hours_k"] * 1e3, peak(H800))) == pytest.approx(0.252, abs=0.003)


def test_pangu_s_30_percent_is_not_its_speed_by_the_usual_count(runs, peak):
    """1.46 million tokens a second on 6K chips. The two printed pairs agree; neither gives its percentage."""
    after, before = runs.loc["pangu-ultra-moe"], runs.loc["pangu-ultra-moe-before"]
    speed_up = (after["tokens_per_second_m"] / after["gpus"]) / (before["tokens_per_second_m"] / before["gpus"])
    assert speed_up == pytest.approx(after["mfu_percent_low"] / before["mfu_percent_low"], rel=0.01)
    usual = float(llm.flops_per_token("Pangu-Ultra-MoE", 4096, "training"))
    table = chips.table().set_index("chip").loc["Ascend 910B"]
    tops = [float(table[f"fp16_bf16_tflops_dense_{end}"]) for end in ("low", "high")]
    mine = training.mfu_from_speed(usual, after["tokens_per_second_m"] * 1e6, after["gpus"], tops)
    assert (mine < 0.24).all() and (mine > 0.15).all()
    # One reading that comes near: texts of 8,192 tokens, attention over all of them, the lowest grade as the peak.
    full = training.training_flops(
        llm.active_parameters("Pangu-Ultra-MoE"),
        1,
        2 * llm.attention_flops_per_token("Pangu-Ultra-MoE", 8192, "training"),
    )
    near = training.mfu_from_speed(full, after["tokens_per_second_m"] * 1e6, after["gpus"], tops[0])
    assert float(near) == pytest.approx(0.31, abs=0.005)


def test_fields_of_the_runs_that_can_be_checked_against_each_other(runs):
    priced = runs.dropna(subset=["hours_k", "usd_per_gpu_hour", "cost_usd_m"])
    assert len(priced) == 6
    np.testing.assert_allclose(priced["hours_k"] * priced["usd_per_gpu_hour"] / 1e3, priced["cost_usd_m"], atol=5e-4)
    known = [m for m in runs["model"].unique() if m in llm.models() and m != "Kimi-K3"]
    assert len(known) >= 12
    for run in runs[runs["model"].isin(known)].itertuples():
        low, high = (llm.active_parameters(run.model, c) / 1e9 for c in ("no_embeddings", "all"))
        assert 0.9 * low < run.active_parameters_b < 1.02 * high or "llama-4" in run.Index, run.Index
    unofficial = runs[~runs["official"]]
    assert set(unofficial["confidence"]) == {"contested"}


def test_v3_s_measured_step_adds_up_and_a_tenth_of_it_is_bubble():
    """Table 4 of the hardware paper, seconds: 1F, bubble, 1B, 1W, 1F1B, optimiser; 19.926 in all."""
    parts = [1.13, 2.06, 1.99, 0.48, 13.95, 0.29]
    seconds = data.load("published_results").set_index("result_id")["value"]
    assert [seconds["v3-step"], seconds["v3-bubble"]] == [19.926, parts[1]]
    assert sum(parts) == pytest.approx(seconds["v3-step"], rel=0.002)
    assert studies.bubble_measured_percent() == pytest.approx(10.3, abs=0.1)
