"""Panels of 30: what they say, and that it fits."""

from __future__ import annotations

import re

import pytest

from helpers.chips import model as chips
from helpers.core import data
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
        state = any_panel.answer(position)
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
            reading = shelf.set(step=step, context=context).reading
            words, _ = words_and_numbers(reading)
            numbers = words_and_numbers(re.sub(r"from [\d.]+ [kMGT]B to ([\d.]+)", r"\1", reading))[1]  # a range is one
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
    assert shelf.set(step="all").reading.startswith(
        "Folding keeps least, 2.66 GB stored; sharing or compressing alone saves nearly as much"
    )
    assert shelf.state.signals["title"].startswith("8. Folding stores least; sharing alone saves 99%;")
    assert "tables weigh more than the shared rows of GQA" in shelf.apply("And in a short talk?").reading
    assert "every entry is chosen" in shelf.set(step="DSA").reading


def test_what_is_said_to_store_least_does(shelf):
    """At every length and width of the controls, against the smallest of the six; a short talk speaks of tables."""
    doing = {"MQA": "Sharing", "MLA": "Compressing", "Linear 3:1": "Folding"}
    said = set()
    for context in (1024, 2048, 8192, 16_384, 65_536, 2**20):
        for latent in (128, 512, 2048):
            found = studies.kept(context, latent=latent)
            state = shelf.set(**{**shelf.defaults(), "step": "all", "context": context, "latent": latent})
            if "In so short a talk" in state.reading:
                continue
            least = min(found, key=lambda name: found[name].stored)
            assert state.reading.startswith(f"{doing[least]} keeps least, {studies.size_words(found[least].stored)}")
            assert max(found["MQA"].stored, found["MLA"].stored) < found["MHA"].stored / 2, "either alone saves most"
            assert ("reading" in state.reading) == (found["DSA"].read < found["DSA"].stored)
            said.add(least)
    assert said == set(doing)


def test_what_is_drawn_is_to_scale():
    """Squares of shared rows, heights of entries, width of a table, length of a bar: all from the bytes."""
    found = studies.kept()

    def extent(step, fill, axis):
        paths = [r["path"] for r in figures.shelf_rows(found, step, studies.LONG) if r.get("fill") == fill]
        return [float(n) for n in re.findall(axis + r"([\d.]+)", paths[0])]

    row = extent("MQA", "#0072B2", "v")[0]
    assert extent("GQA", "#0072B2", "v") == 24 * [8 * row] and len(extent("MQA", "#0072B2", "v")) == 24
    assert extent("MLA", "#009E73", "v")[0] / row == 576 / 256
    table, entries = extent("Linear 3:1", "#CC79A7", "h")[0], 24 * 24
    assert table / entries == pytest.approx(studies.summary_in_entries(), rel=0.02)
    rows = figures.shelf_rows(found, "all", studies.LONG)
    mha, mqa, gqa = (
        [float(n) for n in re.findall(r"h([\d.]+)", r["path"])] for r in rows if r.get("fill") == "#0072B2"
    )
    assert mqa[0] / gqa[0] == pytest.approx(found["MQA"].stored / found["GQA"].stored, rel=0.01)
    assert sum(mha) / gqa[0] == pytest.approx(found["MHA"].stored / found["GQA"].stored) and set(mha) == set(gqa)
    assert "16 lines as long as GQA’s" in {r.get("words") for r in rows}


def test_the_counter_grows_by_one_line_a_step():
    found = studies.kept()
    for place, step in enumerate(studies.STEPS, 1):
        words = {r["words"] for r in figures.shelf_rows(found, step, studies.LONG) if r["kind"] == "words"}
        assert len(words & {name.replace(" 3:1", "") for name in studies.STEPS}) == place


@pytest.mark.parametrize("context", [1024, studies.LONG, 2**20])
@pytest.mark.parametrize("bits", [4, 16])
@pytest.mark.parametrize(("groups", "latent"), [(2, 128), (8, 512), (64, 2048)])
def test_the_largest_bar_is_drawn_whole_where_all_six_are_compared(context, bits, groups, latent):
    """As many lines of one scale as it takes, and never more than have room."""
    found = studies.kept(context, bits, groups, latent)
    rows = figures.shelf_rows(found, "all", context, bits, groups, latent)
    lines = [float(n) for path in (r["path"] for r in rows if r.get("fill") == "#0072B2") for n in re.findall(r"h([\d.]+)", path)]  # fmt: skip
    *mha, mqa, _ = lines
    assert len(mha) <= 16
    assert sum(mha) / mqa == pytest.approx(found["MHA"].stored / found["MQA"].stored, rel=0.02)


def test_a_bar_off_the_scale_fills_its_column_and_says_how_far_it_goes_on():
    found = studies.kept()
    for step in studies.STEPS:
        rows = figures.shelf_rows(found, step, studies.LONG)
        said = [r["words"] for r in rows if "goes on" in r.get("words", "")]
        assert said == ["524 GB stored, goes on: 4.2 times this bar", "524 GB read, goes on"], (
            "one wording in every step"
        )
    rows = figures.shelf_rows(found, "GQA", studies.LONG)
    blue = [r["path"] for r in rows if r.get("fill") == "#0072B2"][2:]  # after the keys of the shelf and of its legend
    pointed = [[float(x) for x in re.findall(r"[ML]([\d.]+),", path)] for path in blue if "L" in path]
    assert len(pointed) == 2 and [max(x) - min(x) for x in pointed] == [340, 232]
    gqa = max(float(re.search(r"h([\d.]+)", path)[1]) for path in blue if "L" not in path)
    assert 340 * 4.2 / gqa == pytest.approx(found["MHA"].stored / found["GQA"].stored, rel=0.02)
    assert min(max(x) - min(x) for x in pointed) > 2 * gqa, "visibly off the scale"


def test_every_size_says_whether_it_is_stored_or_read():
    """In the picture and in its sentence; a sum's parts follow the word."""
    found, panel = studies.kept(), llm_panels.shelf_panel()
    for step in [*studies.STEPS, "all"]:
        for r in figures.shelf_rows(found, step, studies.LONG):
            text = r.get("words", "")
            if re.search(r"\d [GM]B", text) and "chips of" not in text:
                assert re.search(r"\d [GM]B (stored|read)", text), text
        assert re.search(r"stored|\bread\b", panel.set(step=step).reading)


def test_what_is_built_on_compressed_entries_says_so():
    found = studies.kept()
    for step, said in {"DSA": "Compressed entries as in picture 5", "Linear 3:1": "layer 4 keeps compressed entries, as in picture 5"}.items():  # fmt: skip
        assert any(said in r.get("words", "") for r in figures.shelf_rows(found, step, studies.LONG))
    rows = figures.shelf_rows(found, "all", studies.LONG)
    at = {r["words"]: r["x"] for r in rows if r["kind"] == "words"}
    assert at["Selected"] == at["Folded"] > at["Compressed"] and {"DSA, on MLA", "linear, on MLA"} <= set(at)


def test_tables_of_different_layers_rewrite_different_cells():
    rows = figures.shelf_rows(studies.kept(), "Linear 3:1", studies.LONG)
    cells = [r["path"] for r in rows if r.get("fill") == "#8f3f72" and r["path"].count("M") > 1]
    columns = [tuple(re.findall(r"M([\d.]+),", path)) for path in cells]
    assert len(cells) == len(set(columns)) == 3
    assert any("A row stands for all 131,072 tokens" in r.get("words", "") for r in rows)


def test_the_picture_says_which_way_the_real_model_goes():
    def said(step, **more):
        return " ".join(r.get("words", "") for r in figures.shelf_rows(studies.kept(), step, studies.LONG, **more))

    assert "DeepSeek-V3 itself stores this way" in said("MLA") and "itself" not in said("MLA", latent=128)
    assert "picture 5 (MLA)" in said("MHA") and "MLA: DeepSeek-V3" in said("all")


def test_every_saving_has_its_price_beneath_and_in_words():
    priced = studies.prices()
    assert (priced.gqa_to_mqa, priced.mla_arithmetic) == (8, 3.4) and priced.dsa_more == pytest.approx(128 / 576)
    words = figures.price_words(priced)
    assert list(words) == [step for step in studies.STEPS if step != "MHA"]
    found, panel = studies.kept(), llm_panels.shelf_panel()
    for step, price in words.items():
        drawn = {r.get("words") for r in figures.shelf_rows(found, step, studies.LONG)}
        assert price in drawn and price in panel.set(step=step).more and len(price) <= 88, step
    assert "3.4 times the arithmetic" in words["MLA"] and "22% more stored than MLA" in words["DSA"]
    assert "in so short a talk" in figures.price_words(priced, folded_pays=False)["Linear 3:1"]
    compared = [r["words"] for r in figures.shelf_rows(found, "all", studies.LONG) if r["kind"] == "words"]
    assert sum(text.startswith("price: ") for text in compared) == len(studies.STEPS)


def test_prices_that_are_said_and_not_counted_stand_in_the_data():
    papers = data.load("papers").set_index("paper_id")
    assert "at a small loss of quality" in papers.loc["mqa2019", "claim"] and papers.loc["mqa2019", "lab"] == "Google"
    assert str(papers.loc["mqa2019", "date"]).startswith("2019")
    assert "answers close to multi-head" in papers.loc["gqa2023", "claim"]
    assert "by its makers' tests level with the model before" in papers.loc["dsv32exp", "claim"]


def test_yardsticks_of_length_and_size():
    found = studies.yardstick(studies.LONG, studies.kept()["MHA"].stored)
    assert found.chips == pytest.approx(studies.waiting(chips.table()).chips_to_hold) and found.words == 98_304
    drawn = " ".join(r.get("words", "") for r in figures.shelf_rows(studies.kept(), "MHA", studies.LONG))
    assert (
        "24 of 131,072 tokens (about 98,000 words, a book of 330 pages)" in drawn
        and "about 6.5 chips of 80 GB each" in drawn
    )


def test_what_is_stored_and_what_is_read_are_two_bars():
    found = studies.kept()
    rows = figures.shelf_rows(found, "DSA", studies.LONG)
    assert {"11.3 GB stored, more than MLA", "2.19 GB read"} <= {r["words"] for r in rows if r.get("bold")}
    assert any("2.05 small keys + 0.14 entries" in r.get("words", "") for r in rows)
    small = [r["path"] for r in rows if r.get("fill") == "#E69F00"]
    assert len(small) == 3 and [re.search(r"h([\d.]+)", path)[1] for path in small][1:] == 2 * ["5.6"]


def test_the_shelf_fits_a_window_of_1250_and_its_stills_are_light(shelf):
    shelf.set(**shelf.defaults())
    drawn = [svg_of(shelf.set(step=step) and shelf) for step in llm_panels.SHELF]
    assert all(size_of(svg)[0] <= 789 and size_of(svg)[1] <= 420 for svg in drawn)
    assert max(map(len, drawn)) < 30_000 and sum(map(len, drawn)) < 160_000


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
            state = panel.answer({**panel.defaults(), "first": first, "second": second, "precision": precision})
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
        (
            {"model": "Qwen3-32B", "together": 1},
            "Qwen3-32B, 131,072 tokens: 1 Ascend 910C holds 2, H20 1",
        ),
        (
            {"model": "Llama-2-7B", "together": 1, "context": 2**20},
            "No conversation of 1,048,576 tokens fits beside the weights",
        ),
        ({"together": 16}, "DeepSeek-V3, 131,072 tokens: 16 Ascend 910C hold 127, H20 77"),
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
