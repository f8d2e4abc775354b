"""Panels of 34_serving: short sentences that state published numbers, with the rest behind them."""

from __future__ import annotations

import pytest

from helpers.serving import panels
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

MAKERS = (panels.picture_panel, panels.roofline_panel, panels.links_panel, panels.price_panel, panels.margin_panel)


@pytest.fixture(scope="module", params=MAKERS, ids=lambda make: make.__name__)
def any_panel(request):
    return request.param()


def test_every_sentence_is_short(any_panel):
    for setting in any_panel.positions():
        state = any_panel.set(**setting)
        words, numbers = words_and_numbers(state.reading)
        assert state.reading.endswith(".")
        assert not state.rows or (words <= MOST_WORDS and numbers <= MOST_NUMBERS), (setting, state.reading)
        assert not state.rows or state.more.endswith(".")
    any_panel.apply("Reset")


def test_each_panel_fits_a_window_and_asks_questions(any_panel):
    width, height = size_of(svg_of(any_panel))
    assert width <= 840 and height <= 430, (any_panel.name, width, height)
    assert 3 <= len(any_panel.presets) <= 6
    assert all(len(question) <= 38 and question.endswith("?") for question in any_panel.presets)


def test_the_panels_state_the_published_numbers():
    links, margin = panels.links_panel(), panels.margin_panel()
    for words in ("120.96 microseconds", "67.8 tokens/s"):
        assert words in links.state.reading
    assert "14.76 ms" in links.state.more
    assert "6.72 microseconds" in links.apply("What does an NVL72 allow?").reading
    assert "545% of cost, which is 85% of revenue" in margin.state.reading
    assert "222% of cost" in margin.apply("What if all paid V3’s prices?").reading
    assert "loss" in margin.apply("What if most is free?").reading


def test_the_roofline_panel_shows_the_measurement_under_the_roof_and_says_what_does_not_fit():
    panel = panels.roofline_panel()
    rows = panel.apply("What did DeepSeek reach?").rows
    (service,) = (r for r in rows if r["kind"] == "measured" and r["words"].startswith("DeepSeek’s service"))
    (work,) = (r for r in rows if r["kind"] == "work" and r["which"] == "first")
    assert service["x"] == pytest.approx(work["x"]) and service["y"] / work["y"] == pytest.approx(0.324, abs=0.002)
    assert "Writing, systems of many such chips reached at most 32% of their bound" in panel.state.reading
    assert "a token for each answer every 34 to 100 ms" in panel.state.more, "88 answers over 857 to 2,570 tokens/s"
    assert not [r for r in panel.set(group=8).rows if r["kind"] == "measured"], (
        "the band of one machine, its cases only"
    )
    state = panel.set(group=4, batch=1)
    assert "It does not fit" in state.more and "does not fit on the H800 or on the Ascend 910C" in state.reading
    assert "no FP8, so INT8" in panel.apply("What did Huawei reach?").more
    for name in panel.presets:
        panel.apply(name)
        marks = [r for r in panel.state.rows if r["kind"] in ("work", "measured")]
        assert all(1 <= r["x"] <= 1e7 and 1 <= r["y"] <= 20_000 for r in marks), name


def test_the_sentence_of_the_roofline_says_who_is_ahead_and_what_binds():
    panel = panels.roofline_panel()
    assert "the H20 writes 1.19 times as fast as the H800; memory bandwidth binds both" in panel.state.reading
    many = panel.apply("Who writes faster for many?").reading
    assert "the H800 writes" in many and "memory bandwidth binds the H800, compute the H20" in many
    one = panel.set(**{**panel.defaults(), "other": "H800 SXM5 80GB"}).reading
    assert one.startswith("At its bound the H800 writes 250 tokens/s at most; memory bandwidth binds")
    assert "the work does not fit on the H800" in panel.set(**{**panel.defaults(), "group": 8, "batch": 1}).reading


def test_the_title_of_the_roofline_says_what_does_not_fit():
    panel = panels.roofline_panel()
    title = lambda **moved: panel.set(**{**panel.defaults(), **moved}).signals["title"]  # noqa: E731
    assert title() == "Memory bandwidth binds the H800 and the H20, writing with DeepSeek-V3"
    assert title(phase="prefill").endswith("reading with DeepSeek-V3")
    assert title(batch=512, group=64).startswith(
        "Does not fit on the H800 or on the H20; if it did, compute would bind"
    )
    assert title(group=8, batch=1).endswith("; does not fit on the H800"), (
        "84 GB of weights: too much for 80, not for 96"
    )
    assert "the H20" not in title(other="H800 SXM5 80GB")


def test_the_price_panel_refuses_what_leaves_no_room():
    panel = panels.price_panel()
    state = panel.set(model="Llama-3.1-405B", chip="Ascend 910B", context=131072)
    assert state.rows == [] and "leaves no room for one text of 128K tokens" in state.reading
    assert "0.14 to 0.55 USD to read" in panel.apply("What does DeepSeek’s case cost?").more
    assert "the lowest price, a promotion, was 0.28 USD" in panel.state.reading


def test_a_price_names_the_share_of_the_roofline_it_stands_on():
    panel = panels.price_panel()
    state = panel.apply("What if 40 to 80% is reached?")
    assert "40 to 80% of the roofline" in state.signals["title"] and "144 H800" in state.more
    (written,) = (r for r in state.rows if r["kind"] == "cost" and "written" in r["side"])
    assert written["high"] == pytest.approx(2 * written["low"])
    assert "45% of the roofline" in panel.set(share=(45, 45)).signals["title"]


def test_a_day_that_cannot_break_even_says_so():
    panel = panels.margin_panel()
    assert "would not break even if every token were paid for" in panel.set(rent=6, discount=75).reading
    assert "breaks even at 85% free" in panel.apply("What did DeepSeek disclose?").reading
