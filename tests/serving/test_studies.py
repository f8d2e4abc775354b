"""The studies of 34_serving: what they take from the model, and what the prose of the notebook says of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.core import data
from helpers.course import authoring
from helpers.serving import model as serving
from helpers.serving import studies

V3, H800, H20 = "DeepSeek-V3", "H800 SXM5 80GB", "H20 96GB"
SAID = data.load("published_results").set_index("result_id")["value"]
CASES = studies.measured_cases().set_index("case_id")


def test_every_drawable_chip_and_countable_model_can_be_chosen():
    choices = [chip for _, chip in studies.drawable_chips()]
    assert len(choices) == len(set(choices)) >= 45
    assert len({words for words, _ in studies.drawable_chips()}) == len(choices)
    assert len(studies.countable_models()) >= 40


def test_a_step_in_a_reader_s_words_is_a_step_of_the_model():
    write, read = (studies.step_of(V3, "H20", phase, 4, 4096, 64) for phase in ("decode", "prefill"))
    assert write.seconds == serving.decode(V3, "H20", 4, 4096, 64).seconds
    assert read.seconds == serving.prefill(V3, "H20", 4 * 4096, 4096, 64).seconds


# --- under the roof -------------------------------------------------------------------------------


def test_two_chips_under_their_roofs():
    few, many = (studies.under_roof(H800, H20, "decode", V3, batch, 4096, 64) for batch in (2, 128))
    assert few.binds == ["memory", "memory"] and many.binds == ["memory", "compute"]
    assert few.order == (1, 0) and few.times_ahead == pytest.approx(4.0 / 3.35) and many.order == (0, 1)
    assert few.share == serving.usual_share(64) and few.fits == [True, True]
    assert many.ridges == few.ridges == pytest.approx([1979 / 3.35, 296 / 4.0]), "a ridge is the chip's, not the work's"
    assert all(0.5 < top <= 1 for top in many.tops)
    alone = studies.under_roof(H800, H800, "decode", V3, 2, 4096, 8)
    assert alone.chips == [H800] and alone.fits == [False]


def test_only_cases_of_the_same_work_and_size_lie_beside_a_piece_of_work():
    large = studies.under_roof(H800, "Ascend 910C", "decode", V3, 88, 4989, 144)
    assert {p["chip"] for p in large.measured} == {H800, "Ascend 910C"}
    assert large.most_reached == pytest.approx(max(p["share"] for p in large.measured)) and large.most_reached < 0.45
    assert studies.under_roof(H800, "Ascend 910C", "decode", V3, 1, 4096, 8).measured == [], "one machine"
    assert math.isnan(studies.under_roof(H800, H20, "decode", "Kimi-K2", 1, 4096, 64).most_reached)


def test_a_measured_point_lies_at_its_share_of_the_roof():
    points = studies.measured_points()
    rows = CASES[(CASES["phase"] != "both") & (CASES["kind"] == "measured")]
    assert len(points) == len(rows) and [p["share"] for p in points] == rows["share"].tolist()
    (service,) = (p for p in points if p["words"].startswith("DeepSeek’s service") and p["phase"] == "decode")
    step = serving.decode(V3, "H800", 88, 4989, 144)
    assert service["x"] == pytest.approx(float(step.intensity)) and service["share"] == pytest.approx(0.324, abs=0.002)


def test_the_ends_of_what_was_measured_lie_in_their_bands():
    for size, band in (("many chips", serving.MANY_CHIPS), ("one machine", serving.ONE_MACHINE)):
        low, high = studies.measured_ends()[size]
        assert band[0] <= low < high <= band[1]
    parts = [studies.measured_ends()[size] for size in ("one GPU", "a machine of several")]
    assert (min(low for low, _ in parts), max(high for _, high in parts)) == studies.measured_ends()["one machine"]
    assert parts[0][0] > studies.not_drawn()[0] < parts[1][0], "a machine of H800 that read with less"
    assert ((CASES["band_low"] == 0.25) == (CASES["group"] <= 8)).all()


# --- which chip for which work --------------------------------------------------------------------


def test_the_h20_leads_for_a_few_users_and_trails_for_many():
    """Few: its memory bandwidth over the H100's, 4.0 over 3.35 TB/s. Reading: near its compute over the H100's, 148 over 989."""
    reads, few, many = studies.work_times().loc["H20 96GB"]
    assert few == pytest.approx(4.0 / 3.35) and reads == pytest.approx(0.15, abs=0.002) and many < 0.3
    assert (studies.work_times().loc["H800 SXM5 80GB"] == 1).all()


def test_contested_chips_are_drawn_as_ranges_and_the_others_as_points():
    low, central, high = (studies.work_times(end) for end in ("_low", "", "_high"))
    assert (low <= central + 1e-12).all().all() and (central <= high + 1e-12).all().all()
    contested = (high / low > 1.005).any(axis=1)
    assert contested[contested].index.tolist() == ["Ascend 910B", "Ascend 910C"]
    # Compute binds in reading: the 910B's bins run from 280 to 400 TFLOPS.
    assert high.loc["Ascend 910B", "reading"] / low.loc["Ascend 910B", "reading"] == pytest.approx(400 / 280)


def test_the_us_steps_come_in_order_and_the_letter_led_to_no_new_part():
    steps = studies.rule_steps()
    assert [s.date.year for s in steps] == [2022, 2023, 2025, 2026] and [s.chip for s in steps].count("") == 1
    assert "900 to 400 GB/s" in steps[0].took and steps[1].took.endswith("to 148 TFLOPS")


# --- links ----------------------------------------------------------------------------------------


def test_the_named_links_are_half_of_both_directions():
    assert list(studies.named_links().values()) == [50, 200, 392, 450, 900]


def test_the_exchange_is_the_one_that_deepseek_worked_out():
    found = studies.exchange([50, 900])
    assert found.seconds * 1e6 == pytest.approx([120.96, 6.72], abs=0.005)
    assert found.step_seconds[0] * 1e3 == pytest.approx(14.76, abs=0.005)
    np.testing.assert_allclose(found.most_tokens_per_s, 1 / found.step_seconds)


def test_what_binds_on_the_average_day_depends_on_the_copies_of_a_token():
    """The engineers' sum, arXiv 2505.09343: 3 bytes x 7,000 numbers x 2 x 61 at 50 GB/s; 44 tokens in half a batch."""
    day = serving.decode("DeepSeek-V3", "H800", 88, 4989, 144, network_gb_s=50)
    each_expert, each_machine = (2 * 61 * 3 * 44 * copies * 7000 / 50e9 for copies in (9, 4))
    assert each_machine < day.memory_s < each_expert
    assert [float(studies.exchange(50, 44, n).step_seconds) for n in (9, 4)] == pytest.approx(
        [each_expert, each_machine]
    )


# --- prices ---------------------------------------------------------------------------------------


def test_a_range_of_rents_follows_from_the_range_of_shares():
    rows, batch = studies.price_rows(V3, "H800 SXM5 80GB", 4989, 2, (15, 45), 50)
    written = next(r for r in rows if "written" in r["side"])
    bound = float(serving.decode(V3, "H800", batch, 4989, 144).tokens_per_s)
    assert written["low"] == pytest.approx(2e6 / 3600 / (0.45 * 0.5 * bound))
    assert written["high"] == pytest.approx(3 * written["low"])


def test_what_leaves_no_room_has_no_price():
    with pytest.raises(ValueError, match="leaves no room for one text of 128K tokens"):
        studies.price_rows("Llama-3.1-405B", "Ascend 910B", 131072, 2, (15, 45), 100)


def test_list_prices_of_v3_come_with_those_of_r1():
    found = studies.list_prices(V3)
    assert set(found["model"]) == {V3, "DeepSeek-R1"}
    assert (found["input_usd"].min(), found["input_usd"].max()) == (0.14, 0.55)
    assert studies.list_prices("Llama-3.1-405B").empty


def test_the_followed_line_of_deepseek_holds_every_list_price_of_its_largest_models():
    """DeepSeek's price page: V3.1 at 1.68 USD from 5 September 2025, V3.2 at 0.42 from 29 September."""
    rows = studies.followed_prices()
    mine = rows[rows["line"] == "DeepSeek, largest"]
    assert mine["usd"].tolist() == [0.276, 1.10, 1.68, 0.42, 3.48, 0.87, 1.98]
    assert rows["first"].sum() == rows["model"].nunique()


# --- the books ------------------------------------------------------------------------------------


def test_the_disclosed_day_with_its_caveats_as_dials():
    told, v3 = studies.day_after(), studies.day_after("DeepSeek-V3")
    assert told.on_cost == pytest.approx(5.45, abs=0.01) and told.of_revenue == pytest.approx(0.845, abs=0.001)
    assert v3.on_cost == pytest.approx(2.22, abs=0.01) and v3.cost_usd == told.cost_usd == pytest.approx(
        87_072, abs=0.5
    )
    assert studies.day_after("DeepSeek-V3", 0.7, 0.25).on_cost < 0


def test_break_even_is_where_paid_tokens_bring_in_the_cost():
    told = studies.day_after()
    assert studies.day_after(free_share=told.free_at_break_even).on_cost == pytest.approx(0, abs=1e-9)
    half = studies.day_after(free_share=0.5)
    assert half.free_at_break_even == pytest.approx(told.free_at_break_even), "it does not depend on where the dial is"
    assert studies.day_after(discount=0.75, usd_per_gpu_hour=6).free_at_break_even is None
    with pytest.raises(ValueError, match="no list price"):
        studies.day_after("GPT-5.6 Sol Pro")


# --- what the prose says --------------------------------------------------------------------------


def test_the_key_points_state_the_shares_of_the_table():
    text = (authoring.SOURCE / "34_serving.md").read_text(encoding="utf-8")
    many = CASES[(CASES["group"] > 8) & (CASES["kind"] == "measured")]["share"]
    assert f"{100 * many.min():.0f} to {100 * many.max():.0f} per cent of it" in text
    reads, few, many = studies.work_times().loc["H20 96GB"]
    assert (
        f"wrote {few:.2f} times" in text and f"read at {reads:.2f} times" in text and f"bring it to {many:.2f}" in text
    )


def test_typed_numbers_in_the_prose_are_those_of_the_tables():
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
        f"tokens/s written by eight H800: {14_800 / 8:,.0f} a chip",
        f"costs 2 / 3,600 / 1,850 USD a token, {serving.usd_per_million(2, 1850):.2f} USD for a million",
    ):
        assert words in text, words


def test_two_counts_of_the_exchange_on_an_average_day():
    """By the engineers' rule 2 x 61 exchanges of 44 tokens to 9 places; by ours 58 layers and fewer places: below it, above memory."""
    rule = float(studies.exchange(50, 44).step_seconds)
    assert rule == pytest.approx(2 * 61 * 44 * 9 * 7000 * 3 / 50e9)
    ours = serving.decode("DeepSeek-V3", "H800", 88, 4989, 144, network_gb_s=50)
    places = float(serving.copies_sent(256, 8, 144))
    assert float(ours.network_s) == pytest.approx(58 * 88 * places * 7168 * 3 / 50e9)
    assert float(ours.memory_s) < float(ours.network_s) < rule
