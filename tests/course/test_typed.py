"""What people type becomes a number or names, or a sentence that says what is wanted; nothing of it is run."""

from __future__ import annotations

import ast
import inspect
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.course import boxes, feedback, typed
from helpers.course.feedback import Exercise

ORDER = Exercise(
    lambda: ["b", "a", "c"], "three names, the first first", ("think",), form="order", choices=lambda: "abc"
)
SOME = Exercise(lambda: ["a", "c"], "names", ("think",), form="some", choices=lambda: ("a", "b", "c"))
ONE = Exercise(lambda: "a", "a name", ("think",), form="one", choices=lambda: ("a", "b"))
LINES = Exercise(lambda: ["S12", "S27"], "ids", ("think",), form="lines")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("2500", "chips", 2500),
        ("2,500", "chips", 2500),
        ("2 500", "chips", 2500),
        ("5\u202f099\u202f381.9", "PFLOP/s-days", 5099381.9),  # narrow spaces, as this course prints them
        ("12,345,678", "chips", 12345678),
        ("1.2e3", "chips", 1200),
        ("1.2E+3", "chips", 1200),
        (" .5 ", "a share", 0.5),
        ("5.", "a share", 5),
        ("25%", "per cent", 25),
        ("25 %", "per cent above the list price", 25),
        ("25%", "a share, from 0 to 1", 0.25),
        ("-5", "per cent", -5),
        ("\u22125", "per cent", -5),  # a minus as books print it
        ("+5", "per cent", 5),
        ("$4.38", "USD for a million tokens", 4.38),
        ("２５００", "chips", 2500),  # letters of double width
        ("1e999", "chips", float("inf")),  # `compare` asks for a finite one
    ],
)
def test_a_number_as_people_write_it(text, unit, value):
    assert typed.number(text, unit) == value


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_nothing_typed_is_no_answer(text):
    assert typed.number(text, "days") is None and typed.names(text) == []


@pytest.mark.parametrize("text", ["2,5", "0,0029", "0,002", "1234,5", "1.234,5", "-2,51"])
def test_a_comma_that_cannot_be_a_thousand_is_asked_back(text):
    """2,5 is two and a half for half the world: it is never taken for 25."""
    with pytest.raises(typed.Unreadable, match="decimal sign as a point"):
        typed.number(text, "days")


REFUSED = (
    "seven", "1 2", "12 34", "1+1", "2**10", "0x10", "1_000", "nan", "inf", "-", ".", "e5", ".e5", "%", "$", "--5", "1e5000", "10³", "1.2.3", "½",
    "1.2×10^3", "2500 chips", "__import__('os').system('true')", "float('1')", "(1)", "[1]", "1;2", "9" * 201, "<img src=x onerror=hit=1>",
)  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_gets_a_sentence_that_names_the_unit_and_repeats_nothing(text):
    with pytest.raises(typed.Unreadable) as refusal:
        typed.number(text, "days")
    assert str(refusal.value) == "Not yet: the answer is one number (days), without words."


@given(st.text(max_size=300))
def test_any_text_is_a_number_or_a_sentence(text):
    try:
        value = typed.number(text, "days")
    except typed.Unreadable:
        return
    assert value is None or isinstance(value, float)
    # What is taken for a number has no letters but the e of a power.
    assert not re.search(r"[a-df-z_*/()\[\]'\"]", text.strip().lower())


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_prints_of_a_number_is_read_as_that_number(value):
    assert typed.number(repr(value), "days") == value
    if abs(value) < 1e15:
        assert typed.number(f"{value:,.3f}", "days") == float(f"{value:.3f}")


def test_names_stand_one_a_line_or_with_commas():
    for text in ("S12\nS27\n", "S12, S27", '["S12", "S27"]', "S12\r\n\r\n S27 ", "S12;S27"):
        assert typed.as_answer(text, LINES) == ["S12", "S27"]
    with pytest.raises(typed.Unreadable, match="a short list"):
        typed.names("S" * 5000)


def test_chosen_names_come_in_the_order_of_the_choices():
    assert typed.as_answer(["c", "a"], SOME) == ["a", "c"]
    assert typed.as_answer("b", ONE) == "b"
    assert typed.as_answer(["c", "a", "b"], ORDER) == ["c", "a", "b"]
    for empty, exercise in (([], SOME), ("", ONE), (["", "", ""], ORDER), ("\n", LINES)):
        assert typed.as_answer(empty, exercise) is None


@pytest.mark.parametrize("places", [["a", "a", "b"], ["a", "", "b"], ["a", "b"]])
def test_each_name_has_one_place(places):
    with pytest.raises(typed.Unreadable, match="one place"):
        typed.as_answer(places, ORDER)


@pytest.mark.parametrize("exercise", [ORDER, SOME, ONE, LINES, Exercise(lambda: 1, "days", ("think",))])
@pytest.mark.parametrize("sent", [None, 5, {"a": 1}, [1], [["a"]], ["x"] * 1000, ["<b>"], object(), b"a", True])
def test_what_no_box_sends_is_refused_or_harmless(exercise, sent):
    with pytest.raises(typed.Unreadable, match="^Not yet: "):
        typed.as_answer(sent, exercise)


def test_no_line_of_it_could_run_what_is_typed():
    for module in (typed, boxes, feedback):
        nodes = list(ast.walk(ast.parse(inspect.getsource(module))))
        assert not {"eval", "exec", "compile", "__import__"} & {getattr(node, "id", "") for node in nodes}
        assert not {"literal_eval", "eval", "run_cell", "ex"} & {getattr(node, "attr", "") for node in nodes}


def test_a_form_and_its_choices_belong_together():
    with pytest.raises(ValueError, match="form = 'one' with choices = None"):
        Exercise(lambda: "a", "a name", ("think",), form="one")
    with pytest.raises(ValueError, match="form = 'tree'"):
        Exercise(lambda: "a", "a name", ("think",), form="tree")
    with pytest.raises(ValueError, match="form = 'number'"):
        Exercise(lambda: 1, "days", ("think",), choices=lambda: ("a",))
