"""Every exercise has a box: the same check, the same hints, and never the answer."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from IPython.core.formatters import DisplayFormatter

from helpers.core import stored
from helpers.course import boxes
from helpers.course.checks import check
from helpers.course.feedback import Feedback, compare
from helpers.timing import studies as timing_studies
from tests import hostile
from tests.catalogue import EXERCISES

SOURCE = Path(__file__).resolve().parents[2] / "notebooks" / "source"


def by_hand(exercise_id: str):
    """The right answer as a reader would put it into the box, and a wrong one."""
    exercise, expected = EXERCISES[exercise_id], EXERCISES[exercise_id].expected()
    if exercise.form == "number":
        return f"{expected:,.6f}", f"{-7.7 * expected - 3:,.6f}"
    if exercise.form == "one":
        return expected, next(choice for choice in exercise.choices() if choice != expected)
    if exercise.form == "lines":
        return "\n".join(expected), "nothing of it"
    wrong = [choice for choice in exercise.choices() if choice not in expected] or None
    return (expected if exercise.form == "order" else expected[::-1]), wrong


@pytest.fixture(params=EXERCISES)
def exercise_id(request):
    return request.param


def test_the_right_answer_by_hand_is_right(exercise_id):
    box = check(exercise_id, None).box()
    said = box.answer(by_hand(exercise_id)[0])
    assert said == "Right." and said.kind == "right" and box.says["sentence"] == "Right."


def test_a_wrong_answer_gets_the_kind_and_the_hint_that_code_gets(exercise_id):
    exercise, (_, wrong) = EXERCISES[exercise_id], by_hand(exercise_id)
    if wrong is None:  # an order: two places changed
        expected = exercise.expected()
        wrong = in_code = [expected[1], expected[0], *expected[2:]]
    else:
        in_code = float(wrong.replace(",", "")) if exercise.form == "number" else wrong
        in_code = [wrong] if exercise.form == "lines" else in_code
    box = check(exercise_id, None).box()
    said = box.answer(wrong)
    assert (said, said.kind) == (compare(in_code, exercise), compare(in_code, exercise).kind)
    assert said.kind in ("not yet", "nearly")
    # Once hints have been asked for, a wrong answer is met with the last of them.
    box.next_hint(), box.next_hint()
    assert box.answer(wrong) == compare(in_code, exercise, hint=box.hint)


def test_hints_come_in_order_and_then_from_the_first(exercise_id):
    box, hints = check(exercise_id, None).box(), EXERCISES[exercise_id].hints
    said = [box.next_hint() for _ in range(len(hints) + 1)]
    assert said[:-1] == [f"Hint {n} of {len(hints)}: {hint}" for n, hint in enumerate(hints, start=1)]
    assert said[-1] == said[0] == box.says["sentence"]


def test_a_hint_that_code_showed_is_not_shown_again():
    said = check("22-1", 1, hint=2)
    assert said.box().next_hint().startswith("Hint 3 of 3: ")
    assert check("22-1", None).box().next_hint().startswith("Hint 1 of 3: ")
    assert check("22-1", 1).box().next_hint().startswith("Hint 2 of 3: ")
    box = check("22-1", None).box()
    box.answer("1")  # answered with the first hint
    assert box.next_hint().startswith("Hint 2 of 3: ")


def test_the_form_fits_what_is_expected(exercise_id):
    exercise, expected = EXERCISES[exercise_id], EXERCISES[exercise_id].expected()
    kinds = {"number": (int, float), "one": str, "order": list, "some": list, "lines": list}
    assert isinstance(expected, kinds[exercise.form])
    if exercise.form == "one":
        assert expected in exercise.choices()
    if exercise.form == "order":
        assert sorted(expected) == sorted(exercise.choices()) and expected != list(exercise.choices())
    if exercise.form == "some":
        assert [choice for choice in exercise.choices() if choice in expected] == expected
        assert len(expected) < len(exercise.choices())


def test_an_order_s_names_are_those_of_its_question():
    """The order in which the question names them gives nothing away, and is not what is expected."""
    for exercise_id, exercise in EXERCISES.items():
        if exercise.form == "order":
            (source,) = SOURCE.glob(f"{exercise_id[:2]}_*.md")
            question = source.read_text(encoding="utf-8").partition(f"**Exercise {exercise_id}")[2].partition("```")[0]
            assert all(f'"{name}"' in question for name in exercise.choices()), exercise_id
    assert set(EXERCISES["44-4"].choices()) == set(timing_studies.choice().flips)


def test_nothing_entered_is_said_with_what_is_wanted(exercise_id):
    exercise = EXERCISES[exercise_id]
    nothing = {"order": ["", "", "", ""], "some": []}.get(exercise.form, "")
    box = check(exercise_id, None).box()
    said = box.answer(nothing)
    assert said.kind == "not answered" and said == f"Not answered yet. The question asks for {exercise.unit}."


def test_nothing_that_a_box_says_beside_its_hints_holds_the_answer(exercise_id):
    exercise, expected = EXERCISES[exercise_id], EXERCISES[exercise_id].expected()
    box = check(exercise_id, None).box()
    for given in ("0", "x", "", [], ["x"], None, by_hand(exercise_id)[0]):
        sentence = box.answer(given)
        for hint in exercise.hints:
            sentence = sentence.replace(hint, "")
        answer = (
            expected[-1] if isinstance(expected, list) else f"{expected:g}" if exercise.form == "number" else expected
        )
        assert answer not in sentence


@pytest.mark.parametrize(
    "content", [None, 5, [], {}, {"do": "run"}, {"do": ["check"]}, {"do": "check"}, {"do": "check", "given": {"a": 1}}]
)
def test_a_message_that_no_box_sends_is_harmless(content):
    box = check("22-1", None).box()
    box._heard(content)
    assert box.says["kind"] in ("not answered", "not yet") and len(box.says["sentence"]) < 200


def test_the_page_s_messages_do_what_its_buttons_say():
    box = check("00-1", None).box()
    box._heard({"do": "hint"})
    assert box.says["sentence"].startswith("Hint 1 of 3")
    turn = box.says["turn"]
    box._heard({"do": "check", "given": "2,500"})
    assert box.says == {"kind": "right", "sentence": "Right.", "turn": turn + 1}
    box._heard({"do": "check", "given": "2,500"})  # said twice, so told twice
    assert box.says["turn"] == turn + 2


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_text_is_neither_run_nor_repeated(text):
    for exercise_id, given in (("22-1", text), ("90-4", text), ("90-2", text), ("46-2", [text]), ("10-3", [text] * 4)):
        box = check(exercise_id, None).box()
        said = box.answer(given)
        assert said.kind == "not yet" and text not in said
        assert hostile.Page(box.says["sentence"]).faults == []


def test_the_box_s_page_sets_texts_as_text():
    code = (boxes.HERE / "box.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|import\(|https?:", code)


def test_what_a_page_shows_and_what_it_keeps():
    formats, _ = DisplayFormatter().format(check("22-1", None))
    assert formats["text/plain"] == "Not answered yet." and stored.WIDGET in formats
    (kept,) = stored.as_stored([{"output_type": "execute_result", "metadata": {}, "data": formats}])
    assert kept["data"] == {
        "text/plain": "Not answered yet.",
        "text/html": f"<p>Not answered yet. <i>{boxes.RUN}</i></p>",
    }
    assert stored.as_stored([kept]) == [kept]
    spoilt = boxes.Boxed(Feedback("not yet", hostile.TEXTS[1]), "22-1", EXERCISES["22-1"], 0)
    assert hostile.Page(spoilt._repr_mimebundle_()["text/html"]).faults == []


def test_right_feedback_is_a_plain_sentence_and_all_feedback_stays_text():
    right = check("00-1", 2500)
    formats, _ = DisplayFormatter().format(right)
    assert formats == {"text/plain": "Right."}
    said = check("00-1", 25)
    assert said == str(said) == repr(said) == f"{said}" and said.kind == "nearly" and said.startswith("Right idea")
    assert said.box().says["sentence"] == said


def test_running_a_cell_again_closes_the_box_before(monkeypatch):
    monkeypatch.setattr(boxes.cells, "running", lambda: "22-040")
    first = check("22-1", None).box()
    second = check("22-1", 5).box()
    assert first.comm is None and second.comm is not None
    monkeypatch.setattr(boxes.cells, "running", lambda: "")
    third, fourth = check("22-1", None).box(), check("22-1", None).box()
    assert third.comm is not None and fourth.comm is not None


def test_a_box_costs_a_learner_s_kernel_next_to_nothing():
    """Some 2 ms in a kernel; a step's worth of widgets would be four times that. The best of five rounds."""
    check("22-1", None)._repr_mimebundle_()

    def round_of_ten() -> float:
        start = time.process_time()
        for _ in range(10):
            check("22-1", None)._repr_mimebundle_()
        return (time.process_time() - start) / 10

    assert min(round_of_ten() for _ in range(5)) < 0.003
