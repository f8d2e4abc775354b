"""The panels of 32_experts_and_training_cost: what they wire, how they read, and that they fit a small window."""

from __future__ import annotations

import re

import numpy as np
import pytest

from helpers.core import data
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from helpers.training import figures, panels, studies
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

H800 = "H800 SXM5 80GB"


def test_the_chain_closes_for_the_published_runs():
    panel = panels.chain_panel()
    for preset in (
        "What did V3 cost?",
        "And a dense model of 67B?",
        "And Llama 3.1 405B?",
        "And Llama 2 70B, on A100s?",
    ):
        row = next(r for r in panel.apply(preset).rows if r["link"] == "GPU-hours")
        assert row["times"] == pytest.approx(row["published"], rel=0.012), preset
        assert row["low"] < row["published"] < row["high"]
    assert next(r for r in panel.apply("Reset").rows if r["link"] == "Cost")["published"] > 0


def test_without_shares_the_panel_gives_what_deepseek_states(runs):
    rows = panels.left_out_panel().apply("What do the runs alone cost?").rows
    assert rows[0]["after"] == pytest.approx(5.576)
    assert "would be 26 to 61 million USD." in panels.left_out_panel().state.more
    panel = panels.left_out_panel()
    assert "but no experiments" in panel.state.reading and "but no experiments" in panel.set(staff=39).reading
    assert "all experiments by your shares" in panel.apply("At MiniMax’s share?").reading
    assert [r["after"] for r in rows[1:4]] == pytest.approx([5.576 + 0.294] * 3)
    shares = data.load("training_shares").set_index("share_id")["percent"]
    for name, firm in (("MiniMax", "minimax"), ("Z.ai", "zai"), ("OpenAI", "openai")):
        row = panels.left_out_panel().apply(f"At {name}’s share?").rows[2]
        assert row["after"] == pytest.approx(5.87 / shares[f"final-run-{firm}"] * 100)
        assert row["low"] == pytest.approx(5.87 / 0.226) and row["high"] == pytest.approx(5.87 / 0.096)


def test_a_fleet_is_not_added_to_a_run():
    rows = panels.left_out_panel().apply("With staff?").rows
    assert rows[4]["before"] == 1300 and rows[4]["after"] == 1600
    assert rows[3]["after"] == pytest.approx(5.87 / 0.226 / 0.61)


def test_the_cost_on_other_chips_is_hours_times_rent_or_ownership(peak):
    panel = panels.other_chips_panel()
    of = {(r["chip"], r["kind"]): r for r in panel.apply("What do other chips cost?").rows}
    assert of["H20", "hours"]["value"] / of["H800", "hours"]["value"] == pytest.approx(989.5 / 148)
    assert of["A100 80GB", "hours"]["value"] / of["H100", "hours"]["value"] == pytest.approx(989.5 / 312 * 39.1 / 25)
    other, alike = (panel.apply(q) for q in ("What do other chips cost?", "If all reach 39%?"))
    assert "39.1% of peak" in other.signals["title"] and "at 25%" in other.signals["title"]
    assert "if less used" in other.reading and "if less used" not in alike.reading
    assert "chips without FP8 (A100, 910B, 910C) at 25%" in other.more, "all of them, not the 910C alone"
    assert "1.2 to 1.3 times" in other.more and "1.2 to 1.3 times" in alike.signals["title"]
    rents = data.load("rental_prices")
    h800 = rents[rents["chip"] == H800]
    hours = of["H800", "hours"]["value"]
    assert of["H800", "rented"]["low"] == pytest.approx(hours * h800["usd_per_gpu_hour_low"].min())
    assert of["H800", "rented"]["high"] == pytest.approx(hours * h800["usd_per_gpu_hour_high"].max())
    # 35,500 USD a chip, x 1.64 for its server, 19% network; 4 years and 5% a year at 80% use; 700 W x 1.82 x 1.25 at 8 cents.
    by_hand = 35_500 * 1.64 / 0.81 * (1 / 4 + 0.05) / (8760 * 0.8) + 0.7 * 1.82 * 1.25 * 0.08
    assert of["H800", "owned"]["value"] == pytest.approx(hours * by_hand, rel=1e-3)
    assert ("H20", "rented") not in of and ("A100 80GB", "owned") not in of
    halved = {(r["chip"], r["kind"]): r for r in panel.apply("At half the purchase price?").rows}
    power = 0.7 * 1.82 * 1.25 * 0.08
    assert halved["H800", "owned"]["value"] / hours == pytest.approx((by_hand - power) / 2 + power, rel=1e-3)


def test_the_axis_of_the_chain_stands_still_while_one_link_moves():
    panel = panels.chain_panel()
    ends = {k: panel.state.signals[k] for k in ("low", "high")}
    for changes in ({"tokens_t": 29.6}, {"price": 4}, {"mfu_percent": 20}, {"number_format": "fp8"}):
        state = panel.set(**{**panel.defaults(), **changes})
        assert {k: state.signals[k] for k in ends} == ends, changes


def test_marks_and_their_labels_stay_on_the_axes_at_every_corner():
    panel = panels.chain_panel()
    for model in ("DeepSeek-V3", "Llama-4-Scout", "Llama-3.1-405B", "DeepSeek-LLM-67B"):
        for setting in panel.positions():
            state = panel.set(**{**setting, "model": model})
            if not state.rows:
                continue
            low, high = state.signals["low"], state.signals["high"]
            assert low < min(r["low"] for r in state.rows)
            room = np.log(high / max(r["right"] for r in state.rows)) / np.log(high / low)
            assert room >= 0.25, setting
    panel = panels.other_chips_panel()
    for setting in panel.positions():
        state = panel.set(**setting)
        for axis in ("hours", "usd"):
            mine = [r for r in state.rows if (r["kind"] == "hours") == (axis == "hours")]
            assert state.signals[f"low_{axis}"] < min(r["low"] for r in mine), setting
            assert state.signals[f"high_{axis}"] > 2 * max(r["high"] for r in mine), setting


def test_the_uncertain_share_carries_over_to_the_row_with_staff():
    rows = panels.left_out_panel().apply("With staff?").rows
    assert rows[3]["low"] == pytest.approx(rows[2]["low"] / 0.61)
    assert rows[3]["high"] == pytest.approx(rows[2]["high"] / 0.61)


def test_a_model_without_published_hours_says_so():
    panel = panels.chain_panel()
    assert panel.apply("V4-Pro, if as busy as V3?").reading.endswith(
        "No source in our table gives hours for this model and number of tokens."
    )
    assert "No source" not in panel.apply("What did V3 cost?").reading


def test_a_schedule_that_cannot_run_so_few_micro_batches_is_left_out():
    state = panels.bubbles_panel().set(micro_batches=16)
    assert "DualPipe needs at least 32 micro-batches" in state.reading and "under DualPipe" not in state.reading
    assert min(r["micro_batches"] for r in state.rows if r["schedule"] == "DualPipe") == 32


def test_the_reading_sets_the_hours_against_those_that_a_source_gives():
    panel = panels.chain_panel()
    said = {
        "These are its source’s hours, from which this utilisation was worked out.": {},
        "That is 50% fewer hours than its source reports.": {"number_format": "fp8"},
        "That is 3.0 times the hours its source reports.": {"mfu_percent": 13},
        "Its source counts hours on H800.": {"chip": "H20 96GB"},
    }
    for words, change in said.items():
        assert words in panel.set(**{**panel.defaults(), **change}).reading, words
    assert "The source reports 2.66 million hours on H800." in panel.apply("Reset").more


def test_a_step_of_the_picture_is_one_sentence_with_one_number():
    panel = panels.picture_panel()
    for step in figures.STEPS:
        for change in studies.CHANGES:
            state = panel.set(step=step, change=change, pieces=8)
            words, numbers = words_and_numbers(state.reading.replace(" × 10", "e"))
            assert words <= 20 and numbers <= 1, (step, change, state.reading)
            assert all(0 <= r["x"] <= figures.chain.WIDTH for r in state.rows if r["kind"] == "words"), (step, change)


def test_a_changed_box_is_purple_and_those_before_it_are_not():
    panel = panels.picture_panel()
    rows = panel.set(step="cost", change="utilisation", pieces=8).rows
    purple = {r["words"] for r in rows if r["kind"] == "words" and r["ink"] == figures.opened.DARK_ADDED}
    assert {"250", "4.12", "$8.25"} <= purple and "37" not in purple
    rows = panel.set(step="cost", change="none", pieces=8).rows
    assert not [r for r in rows if r["kind"] == "words" and r["ink"] == figures.opened.DARK_ADDED]


PANELS = (
    panels.picture_panel,
    panels.chain_panel,
    panels.bubbles_panel,
    panels.left_out_panel,
    panels.other_chips_panel,
)


@pytest.mark.parametrize("make", PANELS, ids=lambda make: make.__name__)
def test_every_reading_is_short_and_the_rest_is_folded(make):
    panel = make()
    for position in panel.positions():
        state = panel.set(**position)
        words, figures = words_and_numbers(state.reading)
        assert words <= MOST_WORDS and figures <= MOST_NUMBERS, (position, state.reading)
        assert state.more.endswith(".") or not state.rows, position
        assert not any(word in state.reading + state.more for word in ("  ", "..", "nan", "None")), state


@pytest.mark.parametrize("make", PANELS, ids=lambda make: make.__name__)
def test_a_panel_asks_questions_and_fits_a_small_window(make):
    panel = make()
    assert 3 <= len(panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in panel.presets)
    for preset in panel.presets:
        panel.apply(preset)
        width, height = size_of(svg_of(panel))
        assert width <= 840 and height <= 430, (preset, width, height)


def test_what_the_open_boxes_print_multiplies_to_their_hours():
    """A reader's sum: the printed parameters, operations each, tokens, speed and hours agree, whatever box is changed."""
    panel = panels.picture_panel()
    for change in ("none", "more experts", "all experts", "tokens", "utilisation"):
        rows = panel.set(**{**panel.defaults(), "step": "outside", "change": change}).rows
        said = [r["words"] for r in rows if r["kind"] == "words"]
        active, tokens, speed, hours = (
            float(said[said.index(unit) - 1]) for unit in ("billion", "trillion", "TFLOP/s", "million")
        )
        each = float(next(s for s in said if re.fullmatch(r"× [\d.]+ ×", s)).strip("× "))
        assert active * 1e9 * each * tokens * 1e12 / (speed * 1e12) / 3600 == pytest.approx(hours * 1e6, rel=0.015)


def test_picture_and_panels_suppose_the_same_utilisation():
    """2.66 million hours at 387 TFLOP/s in the picture; no panel beside it prints its own."""
    said = panels.chain_panel().apply("What did V3 cost?")
    labels = {r["link"]: r["label"] for r in said.rows}
    assert labels["GPU-hours"] == "2.66 million" and labels["Useful speed of a chip"] == "387 TFLOP/s"
    h800 = [
        r["label"] for r in panels.other_chips_panel().apply("What do other chips cost?").rows if r["kind"] == "hours"
    ]
    assert h800[0] == "2.66"


def test_a_share_of_staff_that_is_not_set_is_not_called_yours():
    panel = panels.left_out_panel()
    assert "0%" in panel.apply("At MiniMax’s share?").rows[3]["label"]
    assert panel.apply("With staff?").rows[3]["label"].endswith("by your shares")
