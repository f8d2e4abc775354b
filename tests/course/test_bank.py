"""The question bank: enough questions, other numbers by another seed, answers worked out again, archives that open."""

from __future__ import annotations

import io
import math
import re
import zipfile
from datetime import datetime
from random import Random
from xml.etree import ElementTree

import pandas as pd
import pytest

from helpers.core import data
from helpers.course.bank import __main__ as command
from helpers.course.bank import questions as bank
from helpers.course.bank import sheets
from helpers.course.bank.asking import APART, OPTIONS, Ask, Most, grid
from helpers.course.book.writing import chosen

NAMES = chosen(None)
SEEDS = (1, 7, 2027)
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def _row(table, key, value):
    return data.load(table).set_index(key).loc[value]


def _days(first, second):
    return (datetime.strptime(second, "%d %B %Y") - datetime.strptime(first, "%d %B %Y")).days


def _logit(share):
    return math.log(share / (1 - share))


def _least(wafers, dies, share, stacks, packages):
    return min(wafers * dies * share * 6, stacks * 1e6 / 8, packages * 1e6) / 1e3


def _cache(model):
    """kB of a token by hand: heads of keys and values, or one latent and its place, in every layer that keeps all."""
    m = _row("models", "model", model)
    return 2 * m.n_layers * m.n_kv_heads * m.head_dim * 2 / 1e3


def _standing(kind):
    return sum(c.kind == kind and c.verdict in ("supported", "mostly supported") for c in data.load("claims").itertuples())  # fmt: skip


def _kept(chip, measure):
    rows = data.load("chips").set_index("chip")[measure].astype(float)
    return 100 * rows[chip] / rows["H100 SXM5 80GB"]


def _peaks(chip):
    return _kept(chip, "fp16_bf16_tflops_dense") / 100


# Notebook and kind -> the answer by plain arithmetic on what the question itself says, or on the table's own cells.
AGAIN = {
    "00-match": lambda chips, speed: chips / speed,
    "00-energy": lambda ratio, a, b: ratio * b / a,
    "00-tie": lambda price, kwh_a, kwh_b: price * kwh_a / kwh_b,
    "90-brier": lambda sure, right, listed: sum((s / 100 - x) ** 2 for s, x in zip(sure, right, strict=True)) / 3,
    "90-standing": _standing,
    "90-share": lambda verdict, all: 100 * list(data.load("claims")["verdict"]).count(verdict) / all,
    "10-between": lambda first, second, **_: _days(first, second),
    "10-keys": lambda months, us, cn: 100 * (1 - (1 - us * cn) ** months),
    "10-none": lambda months: 100 * (1 - 0.05 ** (1 / months)),
    "12-tpp": lambda half, quarter: max(16 * half, 8 * quarter),
    "12-density": lambda tpp, area: tpp / area,
    "12-rate": lambda links, each, bus: 2 * links * each + bus,
    "14-kept": lambda chip, measure, **_: _kept(chip, measure),
    "14-worth": lambda chip, count, **_: count * _peaks(chip),
    "14-match": lambda chip, count, **_: count / _peaks(chip),
    "20-yield": lambda area, density: 100 * math.exp(-area / 100 * density),
    "20-density": lambda area, share: -math.log(share) / (area / 100),
    "20-bill": lambda share, times: 100 * share * (times - 1),
    "20-fit": lambda area: math.pi * 150**2 / area - math.pi * 300 / math.sqrt(2 * area),
    "22-pitch": lambda k1, scheme: 2 * k1 * 193 / 1.35 / {"SADP": 2, "SAQP": 4}[scheme],
    "22-scanners": lambda starts, passes, speed: starts * passes / (720 * 0.85 * speed),
    "22-good": lambda price, own, other: price * other / own,
    "22-defects": lambda base, extra, each: base + extra * each,
    "24-equal": lambda a, use_a, b, use_b: 1000 * a * use_a / (b * use_b),
    "24-supply": _least,
    "24-energy": lambda kw, cents: kw * 8760 * cents / 1e8,
    "24-wafers": lambda chips, dies, share: chips * 1e3 * 2 / (dies * share) / 12,
    "26-stack": lambda each, layers: 100 * math.prod([each] * layers),
    "26-layer": lambda whole, layers: 100 * (1 - math.exp(math.log(whole) / layers)),
    "26-out": lambda stock, home, use: 12 * stock / (use - home),
    "26-even": lambda gb, price, ratio: price / gb / ratio,
    "30-token": lambda model, **_: _cache(model),
    "30-saved": lambda more, less, **_: 100 - 100 * less / more,
    "30-long": lambda kb, tokens, **_: kb * tokens / 1e6,
    "32-hours": lambda active, tokens, peak, use: 6 * active * tokens * 1e9 / (peak * use) / 3600 / 1e6,
    "32-rent": lambda hours, cost: cost / hours,
    "32-bubble": lambda stages, pieces: 100 * (stages - 1) / (pieces + stages - 1),
    "32-whole": lambda run, share, staff: run / share / (1 - staff),
    "34-ridge": lambda peak, reads, **_: 1000 * peak / reads,
    "34-roof": lambda peak, reads, intensity, **_: min(peak, intensity * reads / 1000),
    "34-price": lambda rent, speed, use: rent / (speed * use * 3600) * 1e6,
    "34-experts": lambda tokens, experts, top: 100 * (1 - (1 - top / experts) ** tokens),
    "36-year": lambda months: 2 ** (12 / months),
    "36-gain": lambda a, b, overlap: a * b,
    "36-months": lambda points, pace: points / pace,
    "40-mark": lambda listed, yuan, rate: 100 * (yuan * 1000 / rate / listed - 1),
    "40-caught": lambda gain, goods, fine: 100 * gain / (gain + goods + fine),
    "40-honest": lambda false, price: 100 * (price - false) / (1 - false),
    "40-blend": lambda full, cached, out, hit: 0.75 * (hit * cached + (1 - hit) * full) + 0.25 * out,
    "42-effective": lambda output, inputs, share: 100 * (output - share * inputs) / (1 - share),
    "42-price": lambda zero, floor: (zero + floor) / 2,
    "42-duty": lambda chips, price, rate: chips * price * rate / 1e6,
    "42-learn": lambda first, rate, doublings: first * (1 - rate) ** doublings,
    "44-left": lambda retire, years: 100 * (1 - retire) ** years,
    "44-effort": lambda first, last, years: (_logit(last) - _logit(first)) / years,
    "44-share": lambda share, effort, years: 100 / (1 + math.exp(-_logit(share) - effort * years)),
    "44-wait": lambda share, target, effort: (_logit(target) - _logit(share)) / effort,
    "46-attained": lambda target, outcome, **_: 100 * outcome / target,
    "46-rule": lambda days, rule, **_: days / rule,
    "46-growth": lambda first, last, years: 100 * (math.exp(math.log(last / first) / years) - 1),
    "80-stock": lambda a, b, c, loss: a * (1 - loss) ** 2 + b * (1 - loss) + c,
    "80-lag": lambda ratio, growth: 12 * math.log(ratio) / math.log(growth),
    "80-growth": lambda first, last, years: (last / first) ** (1 / years),
    "80-off": lambda said, came: max(said, came) / min(said, came),
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return {(name, seed): bank.questions(name, seed) for name in NAMES for seed in SEEDS}


def number_in(words):
    return float(re.match(r"[−-]?[\d,]*\.?\d*", words)[0].replace(",", "").replace("−", "-"))


def test_every_notebook_has_ten_questions_or_more_and_no_two_read_alike(made):
    for (name, seed), asked in made.items():
        assert len(asked) >= bank.FEWEST, name
        assert len({q.key for q in asked}) == len({q.text for q in asked}) == len(asked), (name, seed)
        assert sum(bool(q.options) for q in asked) >= 5 and sum(not q.options for q in asked) >= 2, name


def test_the_same_seed_asks_the_same_and_another_asks_with_other_numbers(made):
    for name in NAMES:
        assert bank.questions(name, 7) == made[name, 7]
        first, second = ([(q.key, q.text) for q in made[name, seed]] for seed in (1, 7))
        assert [key for key, _ in first] == [key for key, _ in second]
        moved = [a != b for a, b in zip(first, second, strict=True)]
        assert sum(moved) >= 0.5 * len(moved), name


def test_every_number_is_found_again_by_plain_arithmetic(made):
    used = set()
    for (name, _), asked in made.items():
        for question in asked:
            key = f"{name[:2]}-{question.key.rpartition('-')[0]}"
            if key not in AGAIN:
                assert question.options and not set(question.values) - {"asked", "names"}, key
                continue
            used.add(key)
            again = AGAIN[key](**question.values)
            if question.options:
                assert number_in(question.answer) == pytest.approx(again, rel=0.006), (key, question)
            else:
                assert question.answer == pytest.approx(again, rel=2e-4) and question.low < again < question.high, key
    assert used == set(AGAIN)


def test_one_option_is_right_the_others_have_a_reason_and_none_is_near_the_right_one(made):
    for (name, _), asked in made.items():
        for question in asked:
            if not question.options:
                continue
            texts = [text for text, _ in question.options]
            assert len(texts) == len(set(texts)) == OPTIONS, (name, question.key)
            right = [text for text, why in question.options if not why]
            assert right == [question.answer] and texts["abcd".index(question.letter)] == question.answer
            if f"{name[:2]}-{question.key.rpartition('-')[0]}" in AGAIN:
                numbers = sorted(number_in(text) for text in texts)
                assert all(b > a * (1 + APART * 0.8) for a, b in zip(numbers, numbers[1:], strict=False)), question


def test_the_largest_is_the_largest_by_the_table(made):
    """The rows of the question, looked up anew."""
    chips = data.load("chips").set_index("chip")
    seen = 0
    for seed in SEEDS:
        for question in made["14_chips_compared", seed]:
            column = {"memory-1": "memory_gb", "bandwidth-1": "memory_bandwidth_gb_s", "power-1": "tdp_w"}.get(question.key)  # fmt: skip
            if column:
                values = {text: float(chips.loc[text, column]) for text, _ in question.options}
                assert values[question.answer] == max(values.values()) and list(values.values()).count(max(values.values())) == 1  # fmt: skip
                seen += 1
    assert seen == 3 * len(SEEDS)
    for name, table, column in (("36_who_benefits", "papers", "title"), ("10_timeline", "events", "title")):
        days = data.load(table).drop_duplicates(column).set_index(column)["date"]
        for question in (q for q in made[name, 7] if q.key.startswith("first")):
            assert days[question.answer] == min(days[text] for text, _ in question.options)


def test_a_claim_and_a_word_are_matched_as_the_tables_say(made):
    claims, words = data.load("claims"), data.load("glossary")
    for (_, _), asked in made.items():
        for question in asked:
            kind = question.key.rpartition("-")[0]
            if kind == "word":
                fitting = words.loc[words["meaning"] == question.values["asked"], "term"]
            elif kind in ("kind", "settles", "decided", "verdict"):
                column = {"settles": "would_settle_it", "decided": "decided_in"}.get(kind, kind)
                fitting = claims.loc[claims["claim"] == question.values["asked"], column]
            else:
                continue
            assert list(fitting) == [question.answer]


def test_an_ask_that_cannot_be_asked_says_so_and_a_slip_that_is_right_is_no_option():
    never = Ask("x", "{a}", lambda r: {"a": 1}, lambda a: 0.0, "m", {}, "")
    with pytest.raises(RuntimeError, match="no draw"):
        list(never.questions("1"))
    near = Ask("x", "{a:g}", lambda r: {"a": r.choice(grid(1, 9, 1))}, lambda a: 10 * a, "m", {"same": lambda a: 10.1 * a, "less": lambda a: 3 * a, "more": lambda a: 30 * a}, "", forms="c")  # fmt: skip
    (question,) = near.questions("1")
    assert "same" not in [why for _, why in question.options] and len(question.options) == OPTIONS
    alike = Most("x", "?", lambda: pd.DataFrame({"n": list("abcd"), "v": [1, 1, 1, 1]}), "n", "v", "m")
    with pytest.raises(RuntimeError, match="far enough apart"):
        list(alike.questions("1"))


def test_a_grid_has_its_ends_and_no_dust():
    assert grid(0.05, 0.2, 0.05) == [0.05, 0.1, 0.15, 0.2]
    assert Random(1).choice(grid(1, 1, 1)) == 1


@pytest.mark.parametrize("name", ["20_dies_and_yield", "90_verdicts", "10_timeline"])
def test_an_archive_opens_and_holds_each_question_with_its_right_answer(made, name):
    asked = made[name, 7]
    with zipfile.ZipFile(io.BytesIO(sheets.qti(f"A & B: {name}", asked))) as archive:
        assert archive.testzip() is None
        files = {path: archive.read(path) for path in archive.namelist() if path.endswith(".xml")}
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])
    assert manifest.tag.endswith("manifest")
    (path,) = [path for path in files if re.fullmatch(r"(.*)/\1\.xml", path)]
    items = ElementTree.fromstring(files[path]).findall(f".//{QTI}item")
    assert [item.get("title") for item in items] == [q.key for q in asked]
    for item, question in zip(items, asked, strict=True):
        text = re.sub(r"<[^>]+>", "", item.find(f".//{QTI}mattext").text)
        assert _letters(text) == _letters(question.text)
        if question.options:
            labels = item.findall(f".//{QTI}response_label")
            shown = {label.get("ident"): label.find(f".//{QTI}mattext").text for label in labels}
            assert [_letters(re.sub(r"<[^>]+>", "", t)) for t in shown.values()] == [_letters(t) for t, _ in question.options]  # fmt: skip
            scored = [c for c in item.findall(f".//{QTI}respcondition") if c.find(f"{QTI}setvar") is not None]
            (right,) = [c.find(f".//{QTI}varequal").text for c in scored]
            assert list(shown).index(right) == "abcd".index(question.letter)
        else:
            low, high = (float(item.find(f".//{QTI}{tag}").text) for tag in ("vargte", "varlte"))
            assert low == pytest.approx(question.low, abs=1e-4) and high == pytest.approx(question.high, abs=1e-4)


def _letters(text):
    """Letters and digits; the archive's quotation marks and dashes may be others."""
    return re.sub(r"\W", "", re.sub(r"&\w+;", "", text))


def test_the_command_writes_archives_and_sheets_and_only_one_of_these_has_the_answers(tmp_path):
    said = command.main(["--seed", "7", str(tmp_path / "q"), "26_memory_wall", "20_dies_and_yield"])
    assert "questions of 2 notebooks, seed 7" in said
    asked = bank.questions("26_memory_wall", 7)
    without, with_ = ((tmp_path / "q" / f"26_memory_wall{e}.md").read_text("utf-8") for e in ("", "_answers"))
    for question in asked:
        assert sheets.escaped(question.text) in without and sheets.escaped(question.text) in with_
        assert sheets.escaped(question.why) in with_ and sheets.escaped(question.why) not in without
    assert "**" not in without
    page = (tmp_path / "q" / "26_memory_wall.html").read_text("utf-8")
    assert page.count("<li>") >= len(asked) and "src=" not in page and 'href="http' not in page
    assert {p.suffix for p in (tmp_path / "q").iterdir()} == {".html", ".md", ".zip"}
    assert zipfile.is_zipfile(tmp_path / "q" / "20_dies_and_yield.zip")
