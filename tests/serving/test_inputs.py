"""Right or refused: every public function under random and bad values."""

from __future__ import annotations

import inspect
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.serving import model as serving
from helpers.serving import studies
from tests.serving.draws import BAD, RNG, N, draw, kept

V3 = "DeepSeek-V3"
PRICES = data.load("api_prices")
MODELS = [V3, "Kimi-K2", "Llama-3.1-70B", "DeepSeek-V4-Flash", "Qwen3-Next-80B-A3B"]


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="bits = 7 is not one of 4, 8, 16"):
        serving.rates("H100", 7)
    with pytest.raises(ValueError, match="'wifi' is neither a number"):
        serving.decode(V3, "H100", 1, 1, 8, network_gb_s="wifi")
    with pytest.raises(ValueError, match="top_k = 9 is more than experts = 8"):
        serving.experts_touched(1, 8, 9)
    with pytest.raises(ValueError, match="no list price"):
        serving.listed("GPT-5.6 Sol Pro")
    with pytest.raises(ValueError, match=r"bits = \[8\] is not one number"):
        serving.rates("H100", [8])
    with pytest.raises(ValueError, match="prices = .*: give three"):
        serving.day(1, 0, 1, (1, 2), 1, 1)
    for call in (serving.usual_share, lambda group: serving.crossover_batch(V3, "H100", 4096, group)):
        with pytest.raises(ValueError, match=r"group = \[8, 16\] is not one number"):
            call([8, 16])


# Each with the ends between which its inputs are drawn, and the same by hand.
PLAIN = {
    "ridge_point": (serving.ridge_point, [(1, 1e5), (1, 1e5)], lambda t, b: t * 1e12 / (b * 1e9)),
    "attainable_tflops": (
        serving.attainable_tflops,
        [(0, 1e5), (1, 1e5), (1, 1e5)],
        lambda x, t, b: np.where(x * b * 1e9 < t * 1e12, x * b / 1e3, t),
    ),
    "experts_touched": (
        lambda b, e, f: serving.experts_touched(b, e, e * f),
        [(0, 1e6), (1, 1000), (0, 1)],
        lambda b, e, f: -np.expm1(b * np.log1p(-np.minimum(f, 1 - 1e-15))),
    ),
    "all_to_all_seconds": (
        serving.all_to_all_seconds,
        [(0, 1e6), (0, 100), (1, 1e5), (1, 1e5), (0, 8), (0, 8)],
        lambda n, k, d, speed, out, back: (n * k * d * out + n * k * d * back) / (speed * 1e9),
    ),
    "exchange_bound": (serving.exchange_bound, [(1e-9, 1), (1, 200), (1, 10)], lambda s, n, each: 1 / s / n / each),
    "expected_tokens": (serving.expected_tokens, [(0, 100), (0, 1)], kept),
    "draft_speedup": (
        serving.draft_speedup,
        [(0, 100), (0, 1), (0, 10)],
        lambda k, a, c: kept(k, a) / (1 + c * k),
    ),
    "usd_per_million": (
        serving.usd_per_million,
        [(0, 1e3), (1e-3, 1e6), (0.01, 1)],
        lambda rent, rate, used: rent * (1e6 / rate / used / 3600),
    ),
}


@pytest.mark.parametrize("name", PLAIN)
def test_fuzz_plain(name):
    function, ranges, by_hand = PLAIN[name]
    arguments = [draw(*ends) for ends in ranges]
    if by_hand is kept or name == "draft_speedup":
        arguments[0] = arguments[0].round()  # whole drafts can be counted
    out = function(*arguments)
    assert out.shape == (N,)
    np.testing.assert_allclose(out, by_hand(*arguments), rtol=1e-9, atol=1e-12)
    for place in range(len(arguments)):
        for value in BAD:
            given = [a[2] for a in arguments]
            given[place] = value
            with pytest.raises(ValueError, match="valid range"):
                function(*given)


@pytest.mark.parametrize(
    "name", ["ridge_point", "attainable_tflops", "all_to_all_seconds", "exchange_bound", "usd_per_million"]
)
def test_a_word_is_no_number_and_the_parameter_is_named(name):
    function = getattr(serving, name)
    for parameter in inspect.signature(function).parameters:
        good = {p: 2.0 for p in inspect.signature(function).parameters} | {parameter: "many"}
        if name == "usd_per_million":
            good["used_share"] = "many" if parameter == "used_share" else 0.5
        with pytest.raises(ValueError, match=f"^{parameter} = 'many' is not a number"):
            function(**good)


def test_every_chip_and_width_gives_the_table_s_figures_or_says_which_is_missing():
    """`rates`, all of its possible inputs; and 10,000 that are none."""
    table = chips.table().set_index("chip")
    column = {
        "FP4": "fp4_tflops_dense",
        "FP8": "fp8_tflops_dense",
        "INT8": "int8_tops_dense",
        "BF16": "fp16_bf16_tflops_dense",
    }
    for chip, row in table.iterrows():
        peak = {form: float(row[name]) for form, name in column.items()}
        if peak["INT8"] < peak["BF16"]:
            peak["INT8"] = math.nan  # slower than the wider format: of no use
        for bits in (4, 8, 16):
            for attention_bits in (4, 8, 16):
                forms = [
                    next((f for f in ("FP4", "FP8", "INT8", "BF16")[{4: 0, 8: 1, 16: 3}[width] :] if peak[f] > 0), None)
                    for width in (bits, attention_bits)
                ]
                needed = [row["memory_bandwidth_gb_s"], row["memory_gb"]]
                if None in forms or np.isnan(needed).any():
                    with pytest.raises(ValueError, match=f"^chip = '{re.escape(chip)}': no published "):
                        serving.rates(chip, bits, attention_bits)
                    continue
                r = serving.rates(chip, bits, attention_bits)
                assert [r.tflops, r.attention_tflops] == [peak[f] for f in forms]
                assert [r.bandwidth_gb_s, r.memory_gb] == needed
                link = row["link_bidir_gb_s"] if row["link_bidir_gb_s"] != 0 else row["host_bus_bidir_gb_s"]
                assert r.link_gb_s == pytest.approx(link / 2, nan_ok=True)
                assert f"{forms[0]} for the weights; {forms[1]} inside attention" in r.words
    for place in range(N):
        bits = [RNG.uniform(-20, 40), "8", None, True, math.nan, 2][RNG.integers(6)]
        with pytest.raises(ValueError, match="^bits = "):
            serving.rates("H100", bits)
        if place % 20:
            continue  # a word takes long to look up
        word = "".join(RNG.choice(list("HAB0192 -x"), RNG.integers(0, 9)))
        try:
            assert serving.rates(word).chip in table.index
        except ValueError as error:
            assert word in str(error) or "no published" in str(error), error


@pytest.mark.parametrize(
    "model", [*PRICES["model"].unique(), "", "DeepSeek", None, 7, ["DeepSeek-R1"], np.array([1, 2])], ids=repr
)
def test_every_name_has_its_first_list_price_or_none(model):
    rows = PRICES[(PRICES["model"] == (model if isinstance(model, str) else "")) & (PRICES["status"] == "list")]
    first = rows.loc[rows["date"] == rows["date"].min(), ["hit_usd", "input_usd", "output_usd"]].to_numpy()
    if len(first) and not np.isnan(first).any():
        assert list(serving.listed(model)) == first[0].tolist()
    else:
        words = ": no list price" if isinstance(model, str) else " is not a text"
        with pytest.raises(ValueError, match=f"^model = {re.escape(repr(model))}{words}"):
            serving.listed(model)


def test_every_public_function_is_fuzzed_here():
    own = {n for n, f in vars(serving).items() if inspect.isfunction(f) and f.__module__.startswith(serving.__name__)}
    here = Path(__file__).parent
    text = "".join((here / name).read_text(encoding="utf-8") for name in ("test_inputs.py", "test_by_hand.py"))
    fuzzed = {n for n in own if f"serving.{n}(" in text or n in PLAIN}
    assert {n for n in own if n[0] != "_"} == fuzzed | {"disclosed_day", "copies_sent"}, "which takes nothing; counted"


@pytest.mark.parametrize("model", MODELS)
def test_fuzz_decode_and_prefill(model):
    batch, context, group = draw(1e-3, 1e5, log=True), draw(1, 1e7, log=True), draw(1, 1e4, log=True)
    drafts, acceptance = draw(0, 20), draw(0, 1)
    for chip in ("H20", "Ascend 910C"):
        steps = (
            serving.decode(
                model, chip, batch, context, group, drafts=drafts, acceptance=acceptance, network_gb_s="own"
            ),
            serving.prefill(model, chip, batch, context, group, network_gb_s=50),
        )
        for step in steps:
            for field in ("seconds", "flops", "bytes_read", "tokens", "memory_gb", "tokens_per_s", "intensity"):
                values = getattr(step, field)
                assert values.shape == (N,) and np.isfinite(values).all() and (values > 0).all(), field
            assert set(step.binds) <= set(serving.LIMITS)
    read, write = serving.answer(model, "H200", batch, np.minimum(context, 1e6), np.minimum(context, 1e6), group)
    assert np.isfinite(read + write).all() and (read > 0).all() and (write > 0).all()
    good = {"batch": 8.0, "context_tokens": 4096.0, "group": 16.0}
    for name in good:
        for value in [*BAD, "x", None]:
            with pytest.raises(ValueError, match=f"{name} = "):
                serving.decode(model, "H20", **{**good, name: value})


def test_fuzz_the_books():
    read, hits, written, hours, rent, free, less = (
        draw(*ends) for ends in ((0, 1e13), (0, 1), (0, 1e13), (1, 1e7), (0.1, 20), (0, 0.99), (0, 0.99))
    )
    prices = draw(0, 10), draw(0, 10), draw(0, 100)
    books = serving.day(read, hits, written, prices, hours, rent, free, less)
    full = (read * hits * prices[0] + read * (1 - hits) * prices[1] + written * prices[2]) / 1e6
    np.testing.assert_allclose(books.revenue_usd, full - full * free - (full - full * free) * less, rtol=1e-9)
    np.testing.assert_allclose(books.cost_usd, hours * rent)
    np.testing.assert_allclose(books.on_cost, books.revenue_usd / books.cost_usd - 1, atol=1e-9)
    earned = books.revenue_usd > 0
    np.testing.assert_allclose(books.of_revenue[earned], 1 - books.cost_usd[earned] / books.revenue_usd[earned])
    assert np.isnan(serving.day(0, 0, 0, (1, 1, 1), 1, 1).of_revenue)
    good = {**serving.disclosed_day(), "free_share": 0.2, "discount": 0.1}
    for name in [k for k in good if k != "prices"]:
        for value in BAD:
            with pytest.raises(ValueError, match=f"{name} = "):
                serving.day(**{**good, name: value})
    with pytest.raises(ValueError, match="prices, miss = -1"):
        serving.day(**{**good, "prices": (0.1, -1, 2)})


def test_room_and_crossover_refuse_by_name_what_they_cannot_answer():
    good = {"batch": 8.0, "context_tokens": 4096.0}
    for name in good:
        for value in [*BAD, "x", None]:
            with pytest.raises(ValueError, match=f"^{name} = "):
                serving.chips_needed(V3, "H200", **{**good, name: value})
    for name in ("context_tokens", "group"):
        for value in [*BAD, "x", None, [1, 2]]:
            with pytest.raises(ValueError, match=f"^{name} "):
                serving.crossover_batch(V3, "H200", **{name: value})
    refused = [n for n in chips.table()["chip"] if n not in [chip for _, chip in studies.drawable_chips()]]
    for chip in refused:
        for ask in (serving.chips_needed, serving.crossover_batch):
            with pytest.raises(ValueError, match=f"^chip = '{re.escape(chip)}': no published"):
                ask(V3, chip)
    for ask in (serving.chips_needed, serving.crossover_batch):
        with pytest.raises(ValueError, match="V4.1-Flash: the field "):
            ask("DeepSeek-V4.1-Flash", "H200")


@pytest.mark.parametrize("value", [0, 33, math.nan, "fp8", None, "x"])
def test_the_width_of_the_cache_is_refused_under_its_own_name(value):
    """Not as `bits`, which is the width of the weights."""
    for ask in (
        lambda bits: serving.decode(V3, "H200", 1, 1, kv_bits=bits),
        lambda bits: serving.prefill(V3, "H200", 1, 1, kv_bits=bits),
        lambda bits: serving.answer(V3, "H200", 1, 1, 1, kv_bits=bits),
        lambda bits: serving.chips_needed(V3, "H200", kv_bits=bits),
        lambda bits: serving.crossover_batch(V3, "H200", kv_bits=bits),
    ):
        with pytest.raises(ValueError, match="^kv_bits = "):
            ask(value)


def test_of_many_values_the_pair_that_does_not_go_together_is_named():
    with pytest.raises(ValueError, match="top_k = 5 is more than experts = 4"):
        serving.experts_touched(1, [4, 10], [5, 9])
    with pytest.raises(ValueError, match=r"share = \(0.5, 0.4\)"):
        serving.band(serving.decode(V3, "H800", 8, 4096, 144), ([0.5, 0.9], [0.4, 1]))
    with pytest.raises(ValueError, match="batch = 100 at context_tokens = 1e\\+06"):
        serving.chips_needed(V3, "H800", [100, 1000], [1e6, 100])
    with pytest.raises(ValueError, match="step = 3 is not a Step"):
        serving.band(3, (0.4, 0.8))
    for share in (0.4, (0.1, 0.2, 0.3), None, ()):
        with pytest.raises(ValueError, match="share = .*: give two, the lower share first"):
            serving.band(serving.decode(V3, "H800", 8, 4096, 144), share)


@pytest.mark.parametrize("group", [0, -1, np.nan, 1e9])
def test_a_group_out_of_range_has_no_usual_share(group):
    with pytest.raises(ValueError, match="group = "):
        serving.usual_share(group)


def test_measured_takes_rows_as_they_are_and_changes_nothing():
    cases = data.load("serving_measured")
    before = cases.copy()
    assert len(serving.measured(cases)) == len(cases)
    pd.testing.assert_frame_equal(cases, before)
