"""Panels of 30: what they say, and that it fits."""

from __future__ import annotations

import re

import pytest

from helpers.chips import model as chips
from helpers.llm import figures, studies
from helpers.llm import model as llm
from helpers.llm import panels as llm_panels
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from tests.llm.table import COUNTABLE
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

PANELS = {
    "shelf": llm_panels.shelf_panel,
    "compare": llm_panels.compare_panel,
    "fits": lambda: llm_panels.fits_panel(chips.table()),
}


@pytest.fixture(scope="module", params=PANELS)
def any_panel(request):
    return PANELS[request.param]()


@pytest.fixture(scope="module")
def panel():
    return llm_panels.compare_panel()


@pytest.fixture(scope="module")
def fits():
    return llm_panels.fits_panel(chips.table())


@pytest.fixture(scope="module")
def shelf():
    return llm_panels.shelf_panel()


# --- all panels ---------------------------------------------------------------------------------


def test_a_reading_has_at_most_35_words_and_three_numbers_and_the_rest_is_folded(any_panel):
    for position in any_panel.positions():
        state = any_panel._try(position)
        if state.rows:
            words, numbers = words_and_numbers(state.reading)
            assert words <= MOST_WORDS and numbers <= MOST_NUMBERS, (position, state.reading)
            assert state.more.endswith("."), position


def test_presets_are_three_to_six_short_questions(any_panel):
    assert 3 <= len(any_panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in any_panel.presets)


def test_chart_and_controls_fit_a_laptop(any_panel):
    for values in any_panel.presets.values():
        any_panel.set(**{**any_panel.defaults(), **values})
        width, height = size_of(svg_of(any_panel))
        assert width <= 840 and height <= 430, values


# --- the shelf of keys --------------------------------------------------------------------------


def test_a_step_is_one_sentence_of_at_most_20_words_and_one_number(shelf):
    for context in (1024, 2048, 16_384, studies.LONG, 2**20):
        for step in llm_panels.SHELF:
            words, numbers = words_and_numbers(shelf.set(step=step, context=context).reading)
            assert words <= 20 and numbers <= 1, shelf.state.reading


def test_every_step_has_one_frame_of_one_size(shelf):
    sizes = set()
    for context in (1024, studies.LONG):
        for step in llm_panels.SHELF:
            shelf.set(**{**shelf.defaults(), "step": step, "context": context})
            sizes.add(size_of(svg_of(shelf)))
    assert len(sizes) == 1, sizes


def test_letters_of_the_picture_are_16_px_or_more(shelf):
    for step in llm_panels.SHELF:
        shelf.set(**{**shelf.defaults(), "step": step})
        found = [float(size) for size in re.findall(r'font-size="([\d.]+)', svg_of(shelf))]
        assert found and min(found) >= 16, step


def test_numbers_of_a_step_are_those_of_the_model(shelf):
    m = studies.stepped()
    stored, read = (f(m["DSA"], studies.LONG) for f in (llm.kv_bytes, llm.kv_read_bytes))
    assert "524 GB" in shelf.apply("What does plain attention keep?").reading
    state = shelf.set(step="DSA", context=studies.LONG)
    assert f"{float(read) / 1e9:.2f} GB" in state.reading
    assert f"DSA stores {float(stored) / 1e9:.1f} GB for 131,072 tokens at 16 bits" in state.more
    assert "2.05 GB of that are small keys" in state.more
    assert "Against MLA, the step before, it stores 1.2 times as much." in state.more
    assert "99% in MQA" in shelf.set(step="all").reading and shelf.state.signals["title"].startswith(
        "8. Sharing is the largest"
    )
    assert "tables weigh more than the shared rows of GQA" in shelf.apply("And in a short talk?").reading
    assert "every entry is chosen" in shelf.set(step="DSA").reading


def test_what_is_drawn_is_to_scale():
    """Squares of shared rows, heights of entries, width of a table, length of a bar: all from the bytes."""
    found = studies.kept()

    def extent(step, fill, axis):
        paths = [r["path"] for r in figures.shelf_rows(found, step, studies.LONG) if r.get("fill") == fill]
        return [float(n) for n in re.findall(axis + r"([\d.]+)", paths[0])]

    assert len(extent("GQA", "#0072B2", "v")) == 8 * len(extent("MQA", "#0072B2", "v")) == 8 * 24
    row = extent("MQA", "#0072B2", "v")[0] + 1  # and the white line
    assert extent("MLA", "#009E73", "v")[0] / row == 576 / 256
    table, entries = extent("Linear 3:1", "#CC79A7", "h")[0], 24 * 24
    assert table / entries == pytest.approx(studies.summary_in_entries(), rel=0.02)
    rows = figures.shelf_rows(found, "all", studies.LONG)
    mqa, gqa = (
        float(re.search(r"h([\d.]+)", r["path"])[1]) for r in rows if r.get("fill") == "#0072B2" and "h" in r["path"]
    )
    assert mqa / gqa == pytest.approx(found["MQA"].stored / found["GQA"].stored, rel=0.01)
    (beyond,) = (r["words"] for r in rows if "this width" in r.get("words", ""))
    assert beyond == f"{found['MHA'].stored / found['GQA'].stored:.0f} times this width"


def test_the_counter_grows_by_one_line_a_step():
    found = studies.kept()
    for place, step in enumerate(studies.STEPS, 1):
        words = {r["words"] for r in figures.shelf_rows(found, step, studies.LONG) if r["kind"] == "words"}
        assert len(words & {name.replace(" 3:1", "") for name in studies.STEPS}) == place


# --- any two models -----------------------------------------------------------------------------


def test_the_panel_of_two_models_says_equal_crossing_and_no_answer(panel):
    assert "need the same: each stores 9.21 GB" in panel.set(first="Kimi-K2", second="DeepSeek-V3").reading
    met = panel.apply("Is Kimi Linear always cheaper?").more
    assert "at about 1,884 tokens: just below 1,884 Moonlight-16B-A3B needs less" in met
    assert panel.set(second="DeepSeek-V4.1-Flash", precision=16).reading.startswith(
        "No answer at this setting: of DeepSeek-V4.1"
    )
    answered = panel.set(first="DeepSeek-V4-Flash", precision="packed").more
    assert "DeepSeek-V4.1-Flash 933 MB" in answered and "our reconstruction" in answered
    assert "DeepSeek-V4.1-Flash is not counted: the line is its published 890 bytes a token" in answered
    assert panel.set(measure="read").rows == []
    assert "Counted at 16 bits" in panel.set(second="DeepSeek-V3", measure="stored").more


def test_one_model_chosen_twice_is_one_line(panel):
    state = panel.set(**{**panel.defaults(), "second": "DeepSeek-V3"})
    assert {row["place"] for row in state.rows} == {"first"}
    assert state.reading == "DeepSeek-V3, chosen twice: it stores 9.21 GB at 131,072 tokens."


def test_a_crossing_left_of_the_chart_is_called_so(panel):
    state = panel.set(**{**panel.defaults(), "first": "gpt-oss-120b", "second": "DeepSeek-V3"})
    assert "cross at about 141 tokens (outside the chart): just below 141" in state.more
    assert state.signals["title"] == "At 131,072 tokens DeepSeek-V3 stores 1.9 times gpt-oss-120b’s"


def test_titles_of_panels_fit_on_their_charts(panel, fits):
    """About 78 letters of 16 px have room."""
    names = sorted(COUNTABLE, key=len)[-4:]
    titles = [
        panel.set(first=a, second=b, precision=16, context=2**20, measure="stored").signals["title"]
        for a in names
        for b in names
    ]
    for name in names:
        for together in (1, 144, 384):
            titles.append(fits.set(model=name, together=together, context=2**20, weight_bits=16).signals["title"])
    assert max(map(len, titles)) <= 78, max(titles, key=len)


@pytest.mark.parametrize("first", llm.models())
def test_every_model_can_be_compared(panel, first):
    for second in (first, "Kimi-K3", "DeepSeek-V4.1-Flash"):
        for precision in (16, "packed"):
            state = panel._try({**panel.defaults(), "first": first, "second": second, "precision": precision})
            assert state.reading.endswith(".") and "nan" not in state.reading
            unknown = precision == 16 and "DeepSeek-V4.1-Flash" in (first, second)
            assert bool(state.rows) != unknown
            words, numbers = words_and_numbers(state.reading)
            assert not state.rows or (words <= MOST_WORDS and numbers <= MOST_NUMBERS)


# --- what fits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"together": 1, "context": 2**20}, "The weights of DeepSeek-V3 fit on none of these chips"),
        ({"together": 2}, "The weights of DeepSeek-V3 fit on none of these chips, 2 together"),
        ({"model": "Qwen3-32B", "together": 1}, "1 H20 holds 1 conversation; 1 B200 holds the most, 3"),
        (
            {"model": "Llama-2-7B", "together": 1, "context": 2**20},
            "No conversation of 1,048,576 tokens fits beside the weights",
        ),
        ({"together": 16}, "16 H20 hold 77 conversations; 16 B200 hold the most, 208"),
    ],
)
def test_titles_of_what_fits(fits, changes, title):
    assert title in fits.set(**{**fits.defaults(), **changes}).signals["title"]


def test_what_fits_in_a_sentence(fits):
    said = fits.set(**fits.defaults()).reading
    assert said == (
        "Conversations that fit beside the weights of DeepSeek-V3: 2 on H20 and 27 on Ascend 910C;"
        " on H800 not even the weights fit."
    )
    assert fits.state.more.startswith("DeepSeek-V3: weights 671 GB at 8 bits, 9.21 GB for each conversation")
