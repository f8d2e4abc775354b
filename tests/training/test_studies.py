"""The studies of training: chain, utilisation, bubbles, what is left out, other chips, growth; and the prose of 32."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers.core import data
from helpers.course import authoring
from helpers.llm import model as llm
from helpers.training import model as training
from helpers.training import studies

H800 = "H800 SXM5 80GB"


def test_the_factors_between_llama_and_v3_multiply_to_the_whole():
    f = studies.fewer_hours()
    assert f["from"] / f["tokens"] / f["operations"] / f["speed"] / f["stages"] == pytest.approx(f["to"])
    assert f["from"] == 30.84e6 and f["to"] == 2.788e6


def test_the_links_of_the_chain_follow_from_each_other(peak):
    links = studies.chain("DeepSeek-V3", 14.8, "H800 SXM5 80GB", "bf16", 39, 2)
    assert links["Operations"][0] == pytest.approx(6 * links["Active parameters"][0] * 14.8e12)
    hours = np.array(links["Operations"]) / (links["Useful speed of a chip"][0] * 1e12) / 3600
    np.testing.assert_allclose(links["GPU-hours"], hours)
    np.testing.assert_allclose(links["Cost"], 2 * hours)
    assert links["Useful speed of a chip"][0] == pytest.approx(0.39 * peak(H800))
    half = studies.chain("DeepSeek-V3", 14.8, "H800 SXM5 80GB", "fp8", 39, 2)
    np.testing.assert_allclose(half["GPU-hours"], hours / 2)
    with pytest.raises(ValueError, match="an Ascend 910C has no FP8 arithmetic"):
        studies.chain("DeepSeek-V3", 14.8, "Ascend 910C", "fp8", 39, 2)


def test_every_way_to_count_v3_spans_a_factor_above_two():
    """Table 4 of the hardware paper: 38.94 and 43.73; the FP8 peak halves them."""
    low, high = studies.busy_span("deepseek-v3-pretraining")
    assert high == pytest.approx(43.73, abs=0.2) and low == pytest.approx(17, abs=0.5)
    assert studies.busy("deepseek-v3-pretraining")[1] == pytest.approx(38.94, abs=0.2)
    assert [round(v) for v in studies.busy("pangu-ultra-moe")] == [16, 20, 23]


def test_at_the_report_s_rent_an_h800_at_its_price_in_print_never_pays_in_four_years():
    assert (studies.break_even_percent(H800, 2, 4) > 100).all()
    assert studies.break_even_percent(H800, 2, 4, 0.5)[1] < 100


def test_precision_halves_the_time_at_most_and_rounds_sixteen_times_more_coarsely(peak):
    assert peak(H800, "fp8_tflops_dense") == 2 * peak(H800)
    assert studies.busy_time_percent(39, 0) == 39 and studies.busy_time_percent(39, 1) == 19.5
    assert studies.rounding_error("fp8") == 16 * studies.rounding_error("bf16") == 1 / 16
    # By the definition of E4M3: no number of its range is off by more than that; 17/16 lies between two neighbours.
    neighbours = np.array([m / 8 * 2.0**e for e in range(-6, 9) for m in range(8, 16)][:-1])
    assert neighbours.max() == 448
    middles = (neighbours[1:] + neighbours[:-1]) / 2
    worst = (middles - neighbours[:-1]) / neighbours[:-1]
    assert worst.max() == studies.rounding_error("fp8")


def test_numbers_typed_in_the_prose_of_32_are_those_of_the_data(runs, peak):
    text = (authoring.SOURCE / "32_experts_and_training_cost.md").read_text(encoding="utf-8")
    shares = data.load("training_shares").set_index("share_id")
    percent = shares["percent"]
    low, high = studies.busy_span("deepseek-v3-pretraining")
    speed, pangu = runs.loc["deepseek-v3-speed"], runs.loc["pangu-ultra-moe"]
    slow, before = runs.loc["pangu-ultra-moe-before"], studies.busy("pangu-ultra-moe")
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
    by = studies.compute_by_model().set_index("model")
    assert by.loc["Llama-3.1-405B", "flops"] == pytest.approx(3.8e25, rel=0.04)  # the paper's 3.8e25 has no attention
    assert by.loc["DeepSeek-V3", "flops"] == pytest.approx(3.3e24 * 250 / 222, rel=0.02)
    chinese = by[by["home"] == "CN"]
    assert chinese["flops"].idxmax() == "DeepSeek-V4-Pro"
    assert "DeepSeek-V3.2" not in by.index


# --- the chain of boxes -------------------------------------------------------------------------


def test_the_boxes_multiply_to_what_the_report_states(runs):
    found = studies.boxes()
    assert found.operations * (1 - found.looking_back) == pytest.approx(6 * found.active * found.tokens)
    assert found.operations / (found.speed * 1e12) / 3600 == pytest.approx(found.hours)
    assert found.hours == pytest.approx(runs.loc["deepseek-v3-pretraining", "hours_k"] * 1e3)
    assert (found.cost, found.whole_cost) == pytest.approx((5.328e6, 5.576e6))
    assert studies.with_tries() == pytest.approx(studies.left_out(2, 22.6, 0).computing_span)


def test_one_box_changes_at_a_time():
    start = studies.boxes()
    moved = {
        "more experts": {"chosen", "active"}, "all experts": {"chosen", "active"}, "tokens": {"tokens"},
        "utilisation": {"mfu", "speed"}, "price": {"price"},
    }  # fmt: skip
    assert set(moved) | {"none"} == set(studies.CHANGES)
    given = {"stored", "tokens", "peak", "mfu", "speed", "price", "active", "chosen", "experts", "shared", "layers"}
    for change, names in moved.items():
        found = studies.boxes(change)
        assert {n for n in given if getattr(found, n) != getattr(start, n)} == names, change
    assert studies.boxes("tokens").cost == pytest.approx(2 * start.cost) == studies.boxes("price").cost
    assert round(studies.boxes("all experts").cost / start.cost) == 16
    with pytest.raises(ValueError, match="change"):
        studies.boxes("two boxes")


@pytest.mark.parametrize(("stages", "pieces"), [(1, 4), (2, 2), (4, 4), (4, 8), (4, 16), (8, 20)])
def test_the_timetable_waits_as_long_as_the_formula_says(stages, pieces):
    table = studies.timetable(stages, pieces)
    assert len(table) == 2 * stages * pieces
    assert studies.waiting(stages, pieces) == pytest.approx(float(training.bubble_fraction("1F1B", stages, pieces)))
    at = {(p.stage, p.micro_batch, p.forward): p for p in table}
    for p in table:
        before = (p.stage - 1, p.micro_batch, True) if p.forward else (p.stage + 1, p.micro_batch, False)
        assert before not in at or at[before].end <= p.start
    for stage in range(stages):
        mine = sorted((p for p in table if p.stage == stage), key=lambda p: p.start)
        assert all(a.end <= b.start for a, b in zip(mine, mine[1:]))


# --- what panels and exercises ask --------------------------------------------------------------


def test_what_the_headline_leaves_out_by_hand(runs):
    found = studies.left_out(2, 22.6, 39)
    assert (found.run, found.both) == pytest.approx((5.576e6, 5.87e6))
    assert found.computing == pytest.approx(5.87e6 / 0.226) and found.whole == pytest.approx(found.computing / 0.61)
    assert found.computing_span == pytest.approx((5.87e6 / 0.226, 5.87e6 / 0.096))
    assert found.whole_span == pytest.approx([v / 0.61 for v in found.computing_span])
    assert found.fleet == (1.3e9, 1.6e9) and found.firm_shares == pytest.approx((0.096, 0.123, 0.226))
    assert studies.left_out(4, 22.6, 39).whole == pytest.approx(2 * found.whole)
    with pytest.raises(ValueError, match="staff_percent = 96"):
        studies.left_out(2, 22.6, 96)


def test_v3_at_v2_s_utilisation_would_have_taken_more_hours():
    v2, v3 = (studies.busy(run)[1] for run in ("deepseek-v2-per-trillion", "deepseek-v3-pretraining"))
    assert studies.hours_at_utilisation(v3) == pytest.approx(2.788e6)
    assert studies.hours_at_utilisation(v2) == pytest.approx(2.664e6 * v3 / v2 + 0.124e6)


def test_the_waits_of_a_setting_lie_on_their_curves_and_dualpipe_begins_late():
    found = studies.bubbles(16, 64, 50, 20)
    for schedule, (counts, shares) in found.curves.items():
        assert (np.diff(counts) > 0).all() and (np.diff(shares) < 0).all()
        assert shares[list(counts).index(64)] == found.now[schedule]
    assert found.dualpipe_fewest == 32 == found.curves["DualPipe"][0].min()
    both, work = 3 * 0.8, 64 * 3 * 0.8
    wait = 7 * (both + 2 - 3 * 1)
    assert found.now["DualPipe"] == pytest.approx(100 * wait / (wait + work))
    assert set(studies.bubbles(16, 16, 50, 0).now) == {"1F1B", "ZB1P"}


def test_other_chips_leave_out_what_nobody_printed():
    found = studies.other_chips(39, 25, 80, 4, 100)
    assert set(found.hours) == set(studies.CHIPS)
    assert set(studies.CHIPS) - set(found.rented) == {"H20 96GB", "Ascend 910B", "Ascend 910C"}
    assert "A100 SXM4 80GB" not in found.owned
    assert all(low <= central <= high for kind in found[:3] for low, central, high in kind.values())
    assert found.rent == 2 and found.break_even == pytest.approx(studies.break_even_percent(H800, 2, 4)[1])
    with pytest.raises(ValueError, match="has no purchase price in print"):
        studies.break_even_percent("A100 SXM4 80GB", 2, 4)


def test_experts_are_counted_by_three_conventions():
    frame = studies.experts()
    v3 = frame.loc["DeepSeek-V3"]
    assert (v3["experts"], v3["chosen"], v3["shared"], v3["printed"]) == (256, 8, 1, 37)
    assert round(v3["total"]) == 671 and v3["all"] > v3["no_input_embedding"] > v3["no_embeddings"]
    assert v3["share"] == pytest.approx(v3["no_input_embedding"] / v3["total"])
    assert not frame.loc["Llama-3.1-405B", "experts"] > 0 and frame.loc["Llama-3.1-405B", "share"] > 0.99


def test_what_the_makers_printed_of_their_utilisation():
    assert studies.printed_utilisation("deepseek-v3-pretraining") == (38.94, 43.73)
    assert studies.printed_utilisation("llama-2-70b") is None


def test_fp8_has_no_meaning_on_a_chip_without_it():
    with pytest.raises(ValueError, match="on = 'Ascend 910C' has no FP8 peak"):
        studies.busy_time_percent(39, 1, "Ascend 910C")
