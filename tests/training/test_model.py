"""Training: published hours, costs, utilisations and bubbles reproduced; limits, shapes and refusals.

Sources: DeepSeek-V3 report (arXiv 2412.19437, tables 1 and 2), its hardware paper (2505.09343, tables 2 and
4), DeepSeek-V2 (2405.04434), DeepSeek-R1 (2501.12948 v2, table 7), Llama 3 (2407.21783) and its model
card, MiniMax-M1 (2506.13585), Pangu Ultra MoE (2505.04519), DualPipe README, Ling (2503.05139).
"""

from __future__ import annotations

import inspect
from dataclasses import replace

import numpy as np
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.course import authoring
from helpers.llm import model as llm
from helpers.training import model as training
from helpers.training import panels as training_panels

H800 = "H800 SXM5 80GB"


@pytest.fixture(scope="module")
def runs():
    return data.load("training_runs").set_index("run_id")


@pytest.fixture(scope="module")
def peak():
    table = chips.table().set_index("chip")
    return lambda chip, column="fp16_bf16_tflops_dense": float(table.loc[chip, column])


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


# --- what the panels wire ------------------------------------------------------------------------


def test_the_chain_closes_for_the_published_runs():
    panel = training_panels.chain_panel()
    for preset in ("V3", "DeepSeek 67B", "Llama 405B", "Llama 2 70B"):
        row = next(r for r in panel.apply(preset).rows if r["link"] == "GPU-hours")
        assert row["times"] == pytest.approx(row["published"], rel=0.012), preset
        assert row["low"] < row["published"] < row["high"]
    assert next(r for r in panel.apply("Reset").rows if r["link"] == "Cost")["published"] > 0


def test_the_factors_between_llama_and_v3_multiply_to_the_whole():
    f = training_panels.fewer_hours()
    assert f["from"] / f["tokens"] / f["operations"] / f["speed"] / f["stages"] == pytest.approx(f["to"])
    assert f["from"] == 30.84e6 and f["to"] == 2.788e6


def test_without_shares_the_panel_gives_what_deepseek_states(runs):
    rows = training_panels.left_out_panel().apply("Runs alone").rows
    assert rows[0]["after"] == pytest.approx(5.576)
    assert "would be 26 to 61.1 million USD." in training_panels.left_out_panel().state.reading
    assert [r["after"] for r in rows[1:4]] == pytest.approx([5.576 + 0.294] * 3)
    shares = data.load("training_shares").set_index("share_id")["percent"]
    for preset, firm in (("MiniMax’s share", "minimax"), ("Z.ai’s share", "zai"), ("OpenAI’s share", "openai")):
        row = training_panels.left_out_panel().apply(preset).rows[2]
        assert row["after"] == pytest.approx(5.87 / shares[f"final-run-{firm}"] * 100)
        assert row["low"] == pytest.approx(5.87 / 0.226) and row["high"] == pytest.approx(5.87 / 0.096)


def test_a_fleet_is_not_added_to_a_run():
    rows = training_panels.left_out_panel().apply("With staff").rows
    assert rows[4]["before"] == 1300 and rows[4]["after"] == 1600
    assert rows[3]["after"] == pytest.approx(5.87 / 0.226 / 0.61)


def test_the_links_of_the_chain_follow_from_each_other(peak):
    links = training_panels.chain("DeepSeek-V3", 14.8, "H800 SXM5 80GB", "bf16", 39, 2)
    assert links["Operations"][0] == pytest.approx(6 * links["Active parameters"][0] * 14.8e12)
    hours = np.array(links["Operations"]) / (links["Useful speed of a chip"][0] * 1e12) / 3600
    np.testing.assert_allclose(links["GPU-hours"], hours)
    np.testing.assert_allclose(links["Cost"], 2 * hours)
    assert links["Useful speed of a chip"][0] == pytest.approx(0.39 * peak(H800))
    half = training_panels.chain("DeepSeek-V3", 14.8, "H800 SXM5 80GB", "fp8", 39, 2)
    np.testing.assert_allclose(half["GPU-hours"], hours / 2)
    with pytest.raises(ValueError, match="an Ascend 910C has no FP8 arithmetic"):
        training_panels.chain("DeepSeek-V3", 14.8, "Ascend 910C", "fp8", 39, 2)


def test_every_way_to_count_v3_spans_a_factor_above_two():
    """Table 4 of the hardware paper: 38.94 and 43.73; the FP8 peak halves them."""
    low, high = training_panels.busy_span("deepseek-v3-pretraining")
    assert high == pytest.approx(43.73, abs=0.2) and low == pytest.approx(17, abs=0.5)
    assert training_panels.busy("deepseek-v3-pretraining")[1] == pytest.approx(38.94, abs=0.2)
    assert [round(v) for v in training_panels.busy("pangu-ultra-moe")] == [16, 20, 23]


def test_the_cost_on_other_chips_is_hours_times_rent_or_ownership(peak):
    panel = training_panels.other_chips_panel()
    of = {(r["chip"], r["kind"]): r for r in panel.apply("As first set").rows}
    assert of["H20", "hours"]["value"] / of["H800", "hours"]["value"] == pytest.approx(989.5 / 148)
    assert of["A100 80GB", "hours"]["value"] / of["H100", "hours"]["value"] == pytest.approx(989.5 / 312 * 39 / 25)
    rents = data.load("rental_prices")
    h800 = rents[rents["chip"] == H800]
    hours = of["H800", "hours"]["value"]
    assert of["H800", "rented"]["low"] == pytest.approx(hours * h800["usd_per_gpu_hour_low"].min())
    assert of["H800", "rented"]["high"] == pytest.approx(hours * h800["usd_per_gpu_hour_high"].max())
    # 35,500 USD a chip, x 1.64 for its server, 19% network; 4 years and 5% a year at 80% use; 700 W x 1.82 x 1.25 at 8 cents.
    by_hand = 35_500 * 1.64 / 0.81 * (1 / 4 + 0.05) / (8760 * 0.8) + 0.7 * 1.82 * 1.25 * 0.08
    assert of["H800", "owned"]["value"] == pytest.approx(hours * by_hand, rel=1e-3)
    assert ("H20", "rented") not in of and ("A100 80GB", "owned") not in of
    halved = {(r["chip"], r["kind"]): r for r in panel.apply("Half price").rows}
    power = 0.7 * 1.82 * 1.25 * 0.08
    assert halved["H800", "owned"]["value"] / hours == pytest.approx((by_hand - power) / 2 + power, rel=1e-3)


def test_at_the_report_s_rent_an_h800_at_its_price_in_print_never_pays_in_four_years():
    assert (training_panels.break_even_percent(H800, 2, 4) > 100).all()
    assert training_panels.break_even_percent(H800, 2, 4, 0.5)[1] < 100


def test_the_axis_of_the_chain_stands_still_while_one_link_moves():
    panel = training_panels.chain_panel()
    ends = {k: panel.state.signals[k] for k in ("low", "high")}
    for changes in ({"tokens_t": 29.6}, {"price": 4}, {"mfu_percent": 20}, {"number_format": "fp8"}):
        state = panel.set(**{**panel.defaults(), **changes})
        assert {k: state.signals[k] for k in ends} == ends, changes


def test_marks_and_their_labels_stay_on_the_axes_at_every_corner():
    panel = training_panels.chain_panel()
    for model in ("DeepSeek-V3", "Llama-4-Scout", "Llama-3.1-405B", "DeepSeek-LLM-67B"):
        for setting in panel.positions():
            state = panel.set(**{**setting, "model": model})
            if not state.rows:
                continue
            low, high = state.signals["low"], state.signals["high"]
            assert low < min(r["low"] for r in state.rows)
            room = np.log(high / max(r["right"] for r in state.rows)) / np.log(high / low)
            assert room >= 0.25, setting
    panel = training_panels.other_chips_panel()
    for setting in panel.positions():
        state = panel.set(**setting)
        for axis in ("hours", "usd"):
            mine = [r for r in state.rows if (r["kind"] == "hours") == (axis == "hours")]
            assert state.signals[f"low_{axis}"] < min(r["low"] for r in mine), setting
            assert state.signals[f"high_{axis}"] > 2 * max(r["high"] for r in mine), setting


def test_the_uncertain_share_carries_over_to_the_row_with_staff():
    rows = training_panels.left_out_panel().apply("With staff").rows
    assert rows[3]["low"] == pytest.approx(rows[2]["low"] / 0.61)
    assert rows[3]["high"] == pytest.approx(rows[2]["high"] / 0.61)


def test_a_model_without_published_hours_says_so():
    panel = training_panels.chain_panel()
    assert panel.apply("V4-Pro").reading.endswith(
        "No source in our table gives hours for this model and number of tokens."
    )
    assert "No source" not in panel.apply("V3").reading


def test_precision_halves_the_time_at_most_and_rounds_sixteen_times_more_coarsely(peak):
    assert peak(H800, "fp8_tflops_dense") == 2 * peak(H800)
    assert training_panels.busy_time_percent(39, 0) == 39 and training_panels.busy_time_percent(39, 1) == 19.5
    assert training_panels.rounding_error("fp8") == 16 * training_panels.rounding_error("bf16") == 1 / 16
    # By the definition of E4M3: no number of its range is off by more than that; 17/16 lies between two neighbours.
    neighbours = np.array([m / 8 * 2.0**e for e in range(-6, 9) for m in range(8, 16)][:-1])
    assert neighbours.max() == 448
    middles = (neighbours[1:] + neighbours[:-1]) / 2
    worst = (middles - neighbours[:-1]) / neighbours[:-1]
    assert worst.max() == training_panels.rounding_error("fp8")


def test_numbers_typed_in_the_prose_of_32_are_those_of_the_data(runs, peak):
    text = (authoring.SOURCE / "32_experts_and_training_cost.md").read_text(encoding="utf-8")
    shares = data.load("training_shares").set_index("share_id")
    percent = shares["percent"]
    low, high = training_panels.busy_span("deepseek-v3-pretraining")
    speed, pangu = runs.loc["deepseek-v3-speed"], runs.loc["pangu-ultra-moe"]
    slow, before = runs.loc["pangu-ultra-moe-before"], training_panels.busy("pangu-ultra-moe")
    ling = runs.loc[["ling-plus-high", "ling-plus-low"], "cost_cny_m"]
    firms = sorted(percent[f"final-run-{f}"] for f in ("openai", "zai", "minimax"))
    v2, dense = (runs.loc[f"deepseek-{m}-per-trillion", "hours_k"] for m in ("v2", "67b"))
    faster = peak(H800) / peak("Ascend 910C")
    r1 = runs.loc[runs["model"] == "DeepSeek-R1", "cost_usd_m"].sum()
    error = data.load("published_results").set_index("result_id").loc["v3-fp8-error", "value"]
    typed = (
        f"One run of V3 has utilisations from {low:.0f} to {high:.0f}%",
        f"prints both {speed['mfu_percent_low']}% (causal) and {speed['mfu_percent_high']}% (all tokens)",
        f"reports {pangu['mfu_percent_low']:.0f}% for Pangu Ultra MoE on “6K Ascend NPUs” at {pangu['tokens_per_second_m']} million",
        f"that speed is {before[0]:.0f} to {before[2]:.0f}% of the peak",
        f"({slow['mfu_percent_low']}% and {slow['tokens_per_second_m']} million before tuning)",
        f"hours by {1 - v2 / dense:.1%}",
        f"({r1:.3f} million USD for its own stages",
        f"{firms[0]}% at OpenAI in 2024, {firms[1]}% at Z.ai, {firms[2]}% at MiniMax",
        f"Staff was {shares.loc['staff', 'percent_low']:.0f} to {shares.loc['staff', 'percent_high']:.0f}% of the cost",
        f"a server at {percent['server-price'] / 100:.2f} times its chips and a network of {percent['network']:.0f}% of the whole",
        f"{ling.iloc[0]} million yuan for a trillion tokens on strong chips and {ling.iloc[1]} on weaker ones",
        f"stayed within {error}% of a run in BF16",
        f"10 million over 2.788 million hours: {10 / 2.788:.2f} USD",
        f"still need {faster:.1f} times the hours of the H800",
        f"about {39 * faster:.0f}% against 39%",
        f"{5.87 / firms[2] * 100:.0f} to {5.87 / firms[0] * 100:.0f} million USD of computing at other firms' shares",
    )
    assert [words for words in typed if words not in text] == []
    work = [float(llm.flops_per_token(m, 4096, "training")) for m in ("DeepSeek-V2", "DeepSeek-LLM-67B")]
    assert 0.6 < 1 - work[0] / work[1] < 2 / 3, "V2 cut operations by almost two thirds"
    v3 = llm.model("DeepSeek-V3")
    whole = replace(v3, name="all experts", top_k=v3.n_experts)
    times = llm.flops_per_token(whole, 4096, "training") / llm.flops_per_token(v3, 4096, "training")
    assert round(float(times)) == 16, "a dense model would cost sixteen times as much"


def test_growth_of_the_runs_that_can_be_counted():
    by = training_panels.compute_by_model().set_index("model")
    assert by.loc["Llama-3.1-405B", "flops"] == pytest.approx(3.8e25, rel=0.04)  # the paper's 3.8e25 has no attention
    assert by.loc["DeepSeek-V3", "flops"] == pytest.approx(3.3e24 * 250 / 222, rel=0.02)
    chinese = by[by["home"] == "CN"]
    assert chinese["flops"].idxmax() == "DeepSeek-V4-Pro"
    assert "DeepSeek-V3.2" not in by.index


# --- pipeline -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "formula"),
    [
        ("1F1B", lambda pp, f, b, w, fb: (pp - 1) * (f + b)),
        ("ZB1P", lambda pp, f, b, w, fb: (pp - 1) * (f + b - 2 * w)),
        ("DualPipe", lambda pp, f, b, w, fb: (pp / 2 - 1) * (fb + b - 3 * w)),
    ],
)
def test_the_bubbles_of_the_readme_s_table(schedule, formula):
    pp = np.array([2, 8, 16, 64])
    for f, b, w, fb in [(1, 2, 1, 3), (1.1, 2.4, 0.9, 3.2), (1, 2, 0.5, 2.5)]:
        np.testing.assert_allclose(training.bubble_time(schedule, pp, f, b, w, fb), formula(pp, f, b, w, fb))


def test_dualpipe_waits_less_than_zb1p_and_that_less_than_1f1b():
    waits = [training.bubble_time(s, np.array([4, 8, 16]), 1, 2, 0.9, 2.7) for s in training.SCHEDULES]
    assert (waits[0] > waits[1]).all() and (waits[1] > waits[2]).all()


def test_gpipe_s_fraction():
    assert float(training.bubble_fraction("1F1B", 8, 1)) == pytest.approx(7 / 8)
    assert float(training.bubble_fraction("1F1B", 16, 240)) == pytest.approx(15 / 255)
    assert float(training.bubble_fraction("1F1B", 1, 5)) == 0


def test_v3_s_measured_step_adds_up_and_a_tenth_of_it_is_bubble():
    """Table 4 of the hardware paper, seconds: 1F, bubble, 1B, 1W, 1F1B, optimiser; 19.926 in all."""
    parts = [1.13, 2.06, 1.99, 0.48, 13.95, 0.29]
    seconds = data.load("published_results").set_index("result_id")["value"]
    assert [seconds["v3-step"], seconds["v3-bubble"]] == [19.926, parts[1]]
    assert sum(parts) == pytest.approx(seconds["v3-step"], rel=0.002)
    assert training_panels.bubble_measured_percent() == pytest.approx(10.3, abs=0.1)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("GPipe", 4), "schedule = 'GPipe' is not one of 1F1B"),
        (("DualPipe", 7), "stages = 7 must be even for DualPipe"),
        (("1F1B", 2.5), "stages = 2.5 is not a whole number"),
        (("1F1B", 4, 1, 1, 2), "weight = 2 is above backward = 1"),
        (("ZB1P", 4, 1, 2, 1.6), "ZB1P formula is negative"),
        (("DualPipe", 4, 1, 2, 2, 1), "DualPipe formula is negative"),
        (("1F1B", 0), "stages = 0 is outside its valid range, 1 to 10000"),
    ],
)
def test_a_pipeline_that_cannot_be_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        training.bubble_time(*call)


def test_dualpipe_needs_two_micro_batches_for_each_stage():
    """DeepSeek's dualpipe.py asserts it."""
    assert float(training.bubble_fraction("DualPipe", 8, 16)) == pytest.approx(6 / (6 + 48))
    with pytest.raises(
        ValueError, match="micro_batches = 14 must be at least twice the stages for DualPipe, and stages = 8"
    ):
        training.bubble_fraction("DualPipe", 8, 14)
    state = training_panels.bubbles_panel().set(micro_batches=16)
    assert "DualPipe needs at least 32 micro-batches" in state.reading and "under DualPipe" not in state.reading
    assert min(r["micro_batches"] for r in state.rows if r["schedule"] == "DualPipe") == 32


def test_a_step_without_work_is_refused():
    with pytest.raises(ValueError, match="a step without work"):
        training.bubble_fraction("1F1B", 1, 1, 0, 0, 0)


# --- owning, developing, other chips ------------------------------------------------------------


def test_owning_costs_the_rent_at_the_break_even_utilisation():
    rents = np.linspace(0.5, 9, 30)
    u = training.break_even_utilisation(rents, 55_000, 4, 0.12, 0.04)
    inside = u <= 1
    assert inside.any() and (~inside).any()
    np.testing.assert_allclose(
        training.owned_usd_per_gpu_hour(55_000, 4, u[inside], 0.12, 0.04), rents[inside], rtol=1e-12
    )


def test_a_rent_below_the_electricity_breaks_even_nowhere():
    with pytest.raises(
        ValueError,
        match="usd_per_gpu_hour = 0.1 does not exceed power_usd_per_hour = 0.2: at no utilisation does owning pay",
    ):
        training.break_even_utilisation(0.1, 50_000, 4, 0.2)
    with pytest.raises(ValueError, match="usd_per_gpu_hour = 0.2 does not exceed power_usd_per_hour = 0.2"):
        training.break_even_utilisation([0.3, 0.2], 50_000, 4, 0.2)


def test_development_is_the_run_over_its_share():
    shares = data.load("training_shares").set_index("share_id")["percent"] / 100
    whole = training.development_cost_usd(
        5.576e6, shares[["final-run-openai", "final-run-zai", "final-run-minimax"]].to_numpy()
    )
    assert (24e6 < whole).all() and (whole < 59e6).all() and (np.diff(whole) < 0).all()
    assert float(training.development_cost_usd(5.576e6)) == 5.576e6


def test_a_slower_link_costs_nothing_when_hidden_and_at_most_its_ratio():
    assert float(training.link_slowdown(0.3, 400 / 900, 1)) == 1
    assert float(training.link_slowdown(0.3, 400 / 900, 0)) == pytest.approx(1.675 / 1.3)
    ratio = 400 / 900
    slow = training.link_slowdown(np.linspace(0, 10, 200), ratio, 0)
    assert (np.diff(slow) > 0).all() and (slow < 1 / ratio).all()


# --- properties ---------------------------------------------------------------------------------


def test_hours_and_utilisation_undo_each_other():
    rng = np.random.default_rng(32)
    flops, tops, mfu = 10 ** rng.uniform(15, 30, 1000), 10 ** rng.uniform(0, 5, 1000), rng.uniform(1e-3, 1, 1000)
    hours = training.gpu_hours(flops, tops, mfu)
    keep = (hours > 1e-6) & (hours < 1e12)
    assert keep.sum() > 500
    np.testing.assert_allclose(training.mfu_from_hours(flops[keep], hours[keep], tops[keep]), mfu[keep])


@pytest.mark.parametrize(
    ("function", "at", "falls"),
    [
        (lambda x: training.gpu_hours(1e24, x, 0.4), (100, 5000), True),
        (lambda x: training.gpu_hours(1e24, 900, x), (0.05, 1), True),
        (lambda x: training.mfu_from_hours(1e24, x, 900), (1e3, 1e8), True),
        (lambda x: training.training_flops(x, 1e12), (1e9, 1e12), False),
        (lambda x: training.run_days(1e6, x), (1, 1e5), True),
        (lambda x: training.owned_usd_per_gpu_hour(5e4, x, 0.5), (1, 10), True),
        (lambda x: training.owned_usd_per_gpu_hour(5e4, 4, x), (0.05, 1), True),
        (lambda x: training.bubble_fraction("1F1B", 8, x), (1, 500), True),
        (lambda x: training.development_cost_usd(1e6, 0.2, x), (0, 0.9), False),
        (lambda x: training.link_slowdown(0.5, x, 0.1), (0.1, 1), True),
    ],
    ids=["peak", "mfu", "hours", "parameters", "gpus", "lifetime", "use", "micro-batches", "staff", "link"],
)
def test_more_of_this_gives_less_or_more_of_that(function, at, falls):
    y = function(np.linspace(*at, 200))
    assert ((np.diff(y) < 0) if falls else (np.diff(y) > 0)).all()


def test_scalars_give_scalars_and_arrays_broadcast():
    assert training.gpu_hours(1e24, 900, 0.4).shape == ()
    assert training.gpu_hours(np.full((3, 1), 1e24), np.full(4, 900), 0.4).shape == (3, 4)
    assert training.bubble_fraction("DualPipe", np.array([[4], [8]]), np.array([16, 20, 30])).shape == (2, 3)


# --- fuzz ---------------------------------------------------------------------------------------

BAD = [-1.0, float("nan"), float("inf"), -float("inf"), 1e300, "ten", None]
# Powers of ten between which a good value is drawn.
GOOD = {
    "active_parameters": (0, 14), "attention_flops_per_token": (-3, 14), "tokens": (0, 16), "flops": (0, 31), "peak_tflops": (-2, 5), "mfu": (-3, 0), "hours": (-5, 11), "flops_per_token": (0, 30),
    "tokens_per_second": (-3, 15), "gpus": (0, 7), "stages": (0, 3), "forward": (-3, 3),
    "backward": (-3, 3), "weight": (-4, 3), "overlapped": (-3, 3), "micro_batches": (0, 5),
    "usd_per_gpu_hour": (-3, 3.9), "run_usd": (0, 12), "final_run_share": (-2.9, 0), "staff_share": (-4, -0.1),
    "chip_price_usd": (0, 6.9), "server_factor": (0, 0.6), "network_share": (-4, -0.1), "capital_usd": (0, 7.9),
    "lifetime_years": (-0.2, 1.2), "utilisation": (-1.9, 0), "power_usd_per_hour": (-4, 2.5),
    "upkeep_share_per_year": (-4, 0), "communication_ratio": (-3, 1), "link_ratio": (-1.9, 1.9),
    "hidden_ratio": (-3, 1),
}  # fmt: skip
PUBLIC = [
    f for n, f in inspect.getmembers(training, inspect.isfunction) if f.__module__.startswith(training.__name__) and n[0] != "_"
]
CALLS = [
    (f, schedule)
    for f in PUBLIC
    for schedule in (training.SCHEDULES if "schedule" in inspect.signature(f).parameters else [None])
]


def drawn(function, schedule, count, seed=3232):
    """Random inputs that a function must answer: within every range, and possible together."""
    rng = np.random.default_rng(seed)
    names = [n for n in inspect.signature(function).parameters if n != "schedule"]
    given = {n: 10 ** rng.uniform(*GOOD[n], count) for n in names}
    if schedule:
        given |= {"schedule": schedule, "stages": 2.0 * rng.integers(1, 500, count)}
        given["weight"] = given["backward"] * rng.uniform(0, 1 / 3, count)  # no formula is negative then
        if "micro_batches" in given:
            given["micro_batches"] += 2 * given["stages"]
    if "usd_per_gpu_hour" in given and "power_usd_per_hour" in given:
        given["power_usd_per_hour"] = given["usd_per_gpu_hour"] * rng.uniform(0, 0.1, count)
    return given


def waits(schedule, pp, f, b, w, both) -> np.ndarray:
    """The README's table, row by row; one stage waits for nobody."""
    rows = {
        "1F1B": (pp - 1) * f + (pp - 1) * b,
        "ZB1P": (pp - 1) * (f + b) - 2 * (pp - 1) * w,
        "DualPipe": (pp / 2 - 1) * both + (pp / 2 - 1) * b - 3 * (pp / 2 - 1) * w,
    }
    return np.where(pp > 1, rows[schedule], 0)


def idle(schedule, stages, micro_batches, forward, backward, weight, overlapped):
    wait = waits(schedule, stages, forward, backward, weight, overlapped)
    works = micro_batches * (overlapped if schedule == "DualPipe" else forward + backward)
    return 1 - works / (wait + works)


def fixed(capital_usd, lifetime_years, upkeep_share_per_year):
    """USD an hour of a chip that one owns, busy or not."""
    return capital_usd / lifetime_years / 8760 + capital_usd * upkeep_share_per_year / 8760


BY_HAND = {
    "training_flops": lambda active_parameters, tokens, attention_flops_per_token: (
        2 * tokens * active_parameters + 4 * tokens * active_parameters + tokens * attention_flops_per_token
    ),
    "gpu_hours": lambda flops, peak_tflops, mfu: flops / 3.6e15 / peak_tflops / mfu,
    "mfu_from_hours": lambda flops, hours, peak_tflops: flops / (3.6e15 * hours * peak_tflops),
    "mfu_from_speed": lambda flops_per_token, tokens_per_second, gpus, peak_tflops: (
        flops_per_token * tokens_per_second / (gpus * peak_tflops * 1e12)
    ),
    "run_days": lambda hours, gpus: hours / (24 * gpus),
    "bubble_time": lambda schedule, stages, forward, backward, weight, overlapped: waits(
        schedule, stages, forward, backward, weight, overlapped
    ),
    "bubble_fraction": idle,
    "rental_cost_usd": lambda hours, usd_per_gpu_hour: hours * usd_per_gpu_hour,
    "development_cost_usd": lambda run_usd, final_run_share, staff_share: run_usd / (final_run_share * (1 - staff_share)),
    "capital_usd_per_gpu": lambda chip_price_usd, server_factor, network_share: (
        chip_price_usd * server_factor / (1 - network_share)
    ),
    "owned_usd_per_gpu_hour": lambda capital_usd, lifetime_years, utilisation, power_usd_per_hour, upkeep_share_per_year: (
        fixed(capital_usd, lifetime_years, upkeep_share_per_year) / utilisation + power_usd_per_hour
    ),
    "break_even_utilisation": lambda usd_per_gpu_hour, capital_usd, lifetime_years, power_usd_per_hour, upkeep_share_per_year: (
        fixed(capital_usd, lifetime_years, upkeep_share_per_year) / (usd_per_gpu_hour - power_usd_per_hour)
    ),
    "link_slowdown": lambda communication_ratio, link_ratio, hidden_ratio: np.where(
        communication_ratio / link_ratio > hidden_ratio, 1 + communication_ratio / link_ratio - hidden_ratio, 1
    )
    / np.where(communication_ratio > hidden_ratio, 1 + communication_ratio - hidden_ratio, 1),
}  # fmt: skip


def test_every_public_function_is_counted_by_hand():
    assert set(BY_HAND) == {f.__name__ for f in PUBLIC}


@pytest.mark.parametrize(("function", "schedule"), CALLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_ten_thousand_possible_inputs_are_answered_as_by_hand(function, schedule):
    given = drawn(function, schedule, 10_000)
    answer = function(**given)
    assert answer.shape == (10_000,) and (answer >= 0).all()
    np.testing.assert_allclose(answer, BY_HAND[function.__name__](**given), rtol=1e-9, atol=1e-12)
    if function is training.bubble_fraction:
        assert (answer <= 1).all()


@pytest.mark.parametrize(("function", "schedule"), CALLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_every_bad_value_of_every_input_is_refused_by_name(function, schedule):
    good = drawn(function, schedule, 3)
    names = [n for n in good if n != "schedule"]
    for name in names:
        for bad in BAD:
            if name == "overlapped" and bad is None:
                continue  # its default
            among_good = bad if isinstance(bad, str) else np.array([good[name][0], bad, good[name][2]], float)
            with pytest.raises(ValueError, match=rf"{name} .*\.$"):
                function(**{**good, name: among_good})


IMPOSSIBLE = {  # not one value, but two that do not go together: what the refusal names
    "bubble_time": ("weight", "stages", "formula"),
    "bubble_fraction": ("weight", "stages", "formula", "micro_batches"),
    "break_even_utilisation": ("usd_per_gpu_hour",),
}


@pytest.mark.parametrize(("function", "schedule"), CALLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_ten_thousand_mixtures_give_the_right_answer_or_name_what_is_wrong(function, schedule):
    """A quarter with one bad value, which the refusal names; half drawn without regard to each other."""
    rng = np.random.default_rng(32)
    names = [n for n in inspect.signature(function).parameters if n != "schedule"]
    draws = [{n: 10 ** rng.uniform(*GOOD[n], 10_000) for n in names}, drawn(function, schedule, 10_000, 3)]
    for place in range(10_000):
        given = {n: float(draws[place % 2][n][place]) for n in names} | ({"schedule": schedule} if schedule else {})
        if schedule:
            given["stages"] = float(round(given["stages"]))
        bad = str(rng.choice(names)) if place % 4 == 3 else None
        if bad:
            given[bad] = BAD[place % 5 if bad == "overlapped" else place % len(BAD)]
        try:
            answer = function(**given)
        except ValueError as error:
            words = str(error)
            assert words.endswith(".")
            if bad:
                assert words.startswith(f"{bad} = "), words
            else:
                assert place % 2 == 0 and any(n in words for n in IMPOSSIBLE[function.__name__]), words
        else:
            assert bad is None and answer >= 0, (given, answer)
            assert float(answer) == pytest.approx(float(BY_HAND[function.__name__](**given)), rel=1e-9, abs=1e-9)
