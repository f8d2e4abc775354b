"""Properties of every answer, the rule written a second time, and ten thousand fuzzed questions."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.chips import model as chips
from helpers.core import data
from helpers.rules import model as rules
from tests.rules.asking import FREE, NEITHER, ask, words

DAYS = st.dates(date(2022, 8, 26), date(2026, 9, 25))
PLACES = st.sampled_from(
    ["China", "Macau", "Iran", "Vietnam", "Saudi Arabia", "UAE", "Germany", "Malaysia", "Russia", "Cambodia", "Israel"]
)
AREA = st.floats(50, 3000)
RATE = st.floats(0, 9000)


def test_the_letter_of_2022_finds_russia_under_a_regulation_already():
    """Part 746 asks a licence for every listed item; nothing "as written" is free there, letter or not."""
    answers = [
        ask({"tpp": t, "die_area_mm2": 800, "io_gb_s": 600, "vendor": "NVIDIA"}, "2022-09-15", "Russia")
        for t in (0, 4992)
    ]
    assert {(a.review_policy, a.as_written, a.rests_on) for a in answers} == {
        ("policy_of_denial", "policy_of_denial", "text")
    }
    assert [a.paragraph for a in answers] == ["none", "letter_2022-08"]
    assert "letter_2022-08 also speaks" in str(answers[1]) and "also speaks" not in str(answers[0])


@given(
    DAYS,
    PLACES,
    st.sampled_from([None, "China", "France"]),
    st.floats(0, 60_000),
    st.floats(0, 60_000),
    AREA,
    RATE,
    RATE,
    st.booleans(),
    st.sampled_from(["", "NVIDIA", "Intel"]),
)
@example(date(2022, 8, 26), "Russia", None, 0.0, 4992.0, 50.0, 600.0, 0.0, False, "NVIDIA")
@settings(max_examples=600, deadline=None)
def test_raising_tpp_never_lowers_the_strictness_of_the_rule_on_the_same_day(
    on, to, hq, tpp, more, area, io, dram, datacenter, vendor
):
    made = {"die_area_mm2": area, "io_gb_s": io, "dram_bw_gb_s": dram, "datacenter": datacenter, "vendor": vendor}
    low, high = sorted((tpp, more))
    policies = [ask({**made, "tpp": x}, on, to, end_user_hq=hq).review_policy for x in (low, high)]
    before, after = map(rules.strictness, policies)
    assert math.isnan(before) or math.isnan(after) or before <= after, policies


@given(
    st.sampled_from(chips.known_chips()),
    DAYS,
    st.sampled_from([*["China", "Vietnam", "UAE", "Malaysia", "Russia", "Macau"], rules.IMPORT]),
    st.sampled_from([None, "China"]),
)
@settings(max_examples=400, deadline=None)
def test_an_answer_never_cites_a_rule_that_is_not_in_force_and_speaks_the_vocabulary(name, on, to, hq):
    answer = ask(name, on, to, end_user_hq=hq)
    versions = data.load("rules/versions").set_index("version_id")
    for rule in answer.rules:
        version = versions.loc[rule]
        assert version["effective_from"].date() <= on, rule
        assert pd.isna(version["effective_to"]) or on <= version["effective_to"].date(), rule
    allowed = data.load("rules/vocabulary").groupby("field")["word"].agg(set)
    assert answer.paragraph in allowed["paragraph"]
    assert {answer.review_policy, answer.as_written, answer.as_enforced, answer.tariff} <= allowed["review_policy"]
    assert answer.rests_on in allowed["rests_on"] and answer.confidence in allowed["confidence"]
    assert answer.as_enforced == answer.review_policy
    assert (answer.review_policy != "undecidable") or answer.undecidable
    assert answer.citation and (answer.url.startswith("http") or to == rules.IMPORT)
    assert str(answer) and answer._repr_markdown_()


def expected(tpp, density, io, dram, datacenter, on):
    """The regulation for China, no letters, shipped from the US, written a second time and otherwise."""
    if on < date(2022, 10, 21):
        return FREE
    if on < date(2023, 11, 17):
        return ("3A090_2022", "presumption_of_denial") if io >= 600 and tpp >= 4800 else FREE
    if not datacenter:
        return ("3A090.a.1", "license_exception_notify") if tpp >= 4800 else FREE
    denied = "case_by_case" if on >= date(2026, 1, 15) and tpp < 21_000 and dram < 6_500 else "presumption_of_denial"
    if tpp >= 4800:
        return "3A090.a.1", denied
    if tpp >= 1600 and density >= 5.92:
        return "3A090.a.2", denied
    if tpp >= 2400 and density >= 1.6:
        return "3A090.b.1", "license_exception_notify"
    if tpp >= 1600 and density >= 3.2:
        return "3A090.b.2", "license_exception_notify"
    return FREE


def test_three_thousand_designs_agree_with_the_rule_written_a_second_time():
    rng = np.random.default_rng(20261123)
    first, span = date(2022, 8, 26), (date(2026, 9, 25) - date(2022, 8, 26)).days
    seen = set()
    for _ in range(3000):
        tpp = float(rng.choice([rng.uniform(500, 25_000), 1600, 2400, 4800, 21_000, 1599.5, 20_999]))
        area = float(rng.uniform(100, 2000))
        io, dram = (float(rng.choice([rng.uniform(0, 9000), line, line - 0.5])) for line in (600, 6500))
        datacenter, on = bool(rng.random() < 0.8), first + timedelta(days=int(rng.integers(span)))
        made = {"tpp": tpp, "die_area_mm2": area, "io_gb_s": io, "dram_bw_gb_s": dram, "datacenter": datacenter}
        wanted = expected(tpp, tpp / area, io, dram, datacenter, on)
        assert words(ask(made, on, exporter=NEITHER)) == wanted, (made, on)
        seen.add(wanted)
    assert len(seen) >= 9


def test_ten_thousand_fuzzed_questions_give_an_answer_or_an_error_that_names_a_parameter():
    rng = np.random.default_rng(7)
    names = chips.known_chips()
    policies = set(data.load("rules/vocabulary").query("field == 'review_policy'")["word"])
    keys = [
        "tpp",
        "die_area_mm2",
        "io_gb_s",
        "dram_bw_gb_s",
        "dense_tops",
        "bit_length",
        "datacenter",
        "is_hbm_stack",
        "hbm_mbd_gb_s_per_mm2",
        "vendor",
        "sparse",
    ]
    named = re.compile(rf"(chip|on|destination|end_user_hq|shipped_from|exporter|party|{'|'.join(keys)})\b")
    numbers = [0, -5, 1e9, 3.2, 4800, 21_000, float("nan"), float("inf"), None, "many", True, [1, 2], 600]

    def pick(values):
        return values[int(rng.integers(len(values)))]

    def design():
        likely = keys[:4] if rng.random() < 0.6 else [*keys, "colour"]
        made = {}
        for key in likely:
            if rng.random() < 0.5:
                made[key] = float(rng.uniform(0, 30_000)) if rng.random() < 0.7 else pick(numbers)
        return made

    answers = errors = 0
    for _ in range(10_000):
        question = {
            "chip": pick([pick(names), design(), design(), pick(["h100", "", "???", None, 3, "RTX"])]),
            "on": pick(
                [
                    str(date(2022, 1, 1) + timedelta(days=int(rng.integers(2200)))),
                    "2025-06-01",
                    pick(["soon", None, 7, "2025-13-01", ""]),
                ]
            ),
            "destination": pick(
                ["China", "CN", "hk", "Macau", "Germany", "UAE", "Russia", rules.IMPORT, "US", "Mars", "", None, 5]
            ),
            "end_user_hq": pick([None, None, "China", "FR", "Atlantis", 3.0]),
            "shipped_from": pick(["United States", "United States", "Taiwan", "the moon", None]),
            "exporter": pick([None, None, "NVIDIA", "TSMC", "", 3]),
            "datacenter": pick([None, None, True, False, "maybe"]),
            "party": pick(["unlisted", "unlisted", "listed", "all"]),
        }
        try:
            answer = rules.classify(**question)
        except ValueError as error:
            errors += 1
            assert named.match(str(error)), (question, error)  # the message begins with the parameter
        else:
            answers += 1
            assert isinstance(answer, rules.Answer) and answer.review_policy in policies
            assert answer.undecidable or answer.review_policy != "undecidable", question
    assert answers > 300 and errors > 3000
