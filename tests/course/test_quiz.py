"""The ten questions: kept once, never answered for the reader before the reader has answered."""

from __future__ import annotations

import re

import pytest

from helpers.core import data, tables
from helpers.course import answers, quiz, record

TABLE = data.load("concepts").set_index("question_id")


def shown(form):
    """All that a form shows, and its printed twin."""
    return " ".join([form.question.value, form.message.value, repr(form), form.printed(), str(form.choice.options)])


def test_ten_questions_each_with_four_answers_of_which_no_letter_gives_away_the_right_one():
    assert len(TABLE) == 10 and TABLE["taught_in"].is_unique
    assert (TABLE[list(tables.CHOICES)].nunique(axis=1) == 4).all()
    assert TABLE["answer"].value_counts().between(1, 3).all() and TABLE["answer"].nunique() == 4
    longest = TABLE[list(tables.CHOICES)].apply(lambda row: row.str.len().idxmax(), axis=1)
    assert (longest == TABLE["answer"]).sum() <= 6


@pytest.mark.parametrize("when", answers.TIMES)
def test_no_answer_is_shown_before_it_is_asked_for(when, tmp_path):
    form = quiz.ConceptTest(when, tmp_path)
    for place, key in enumerate(TABLE.index):
        form.go(place)
        assert form.said(key) == "Not answered yet."
        page = shown(form)
        assert not any(why[:30] in page for why in TABLE["why"]) and "Right" not in page and "answer is" not in page


def test_before_the_course_right_and_wrong_look_alike(tmp_path):
    said = {}
    for name, pick in (("right", lambda row: row.answer), ("wrong", lambda row: "abcd"["abcd".index(row.answer) - 1])):
        form = quiz.ConceptTest("before", tmp_path / name)
        form.folder.mkdir()
        said[name] = [re.sub(r"Kept: \w\.", "", form.answer(key, pick(row))) for key, row in TABLE.iterrows()]
        assert not any(why[:30] in shown(form) for why in TABLE["why"])
    assert said["right"] == said["wrong"]


def test_after_the_course_the_answer_comes_once_it_is_given_and_counts_once(tmp_path):
    quiz.ConceptTest("before", tmp_path).answer("Q01", "a")
    form = quiz.ConceptTest("after", tmp_path)
    assert form.answer("Q01", "b").startswith("Right. An order in time is not a cause.")
    assert "Before the course you said a." in form.said("Q01") and form.said("Q02") == "Not answered yet."
    assert form.answer("Q02", "a").startswith("You said a; the answer is c, “Lawful by design")
    assert form.answer("Q02", "c").startswith("You said a; ")
    assert answers.choices(record.read(tmp_path).answers, "after") == {"Q01": "b", "Q02": "a"}


def test_a_second_run_and_a_restart_lose_nothing(tmp_path):
    first = quiz.ConceptTest("before", tmp_path)
    first.choice.value = "b"
    first.keep.click()
    assert first.at == 1 and "1 of 10 answered" in first.message.value
    again = quiz.ConceptTest("before", tmp_path)
    assert again.at == 1 and again.choice.value is None
    again.go(0)
    assert again.choice.value == "b" and again.choice.disabled and again.keep.disabled
    again.go(1)
    again.keep.click()
    assert "Choose one of the four first" in again.message.value


def test_what_moved_is_said_at_the_end(tmp_path):
    before, after = (quiz.ConceptTest(when, tmp_path) for when in answers.TIMES)
    for key, row in TABLE.iloc[:4].iterrows():
        before.answer(key, row.answer if key == "Q02" else "abcd"["abcd".index(row.answer) - 1])
    for key, row in TABLE.iterrows():
        after.answer(key, "abcd"["abcd".index(row.answer) - 1] if key in ("Q02", "Q10") else row.answer)
    said = answers.moved(record.read(tmp_path).answers)
    assert said == (
        "After the course you had 8 of 10 right. Of 4 that you answered twice, 1 were right before. Gained: Q01, Q03 and Q04."
        " Lost: Q02. To read again: 12_rules_as_code and 80_compute_gap."
    )
    assert said in after.message.value


@pytest.mark.parametrize(
    ("question_id", "choice"), [("Q11", "a"), ("Q01", "e"), ("Q01", None), (None, "a"), ("Q1", "a")]
)
def test_what_is_no_answer_is_refused_in_a_sentence(question_id, choice, tmp_path):
    assert quiz.ConceptTest("after", tmp_path).answer(question_id, choice).startswith("Not kept: ")
    assert not record.read(tmp_path)


def test_another_word_for_the_time_is_refused_and_a_closed_folder_said(tmp_path):
    with pytest.raises(ValueError, match="when = 'later'"):
        quiz.ConceptTest("later", tmp_path)
    assert quiz.ConceptTest("before", tmp_path / "no").answer("Q01", "a").startswith("Not kept: ")


def test_a_page_without_a_kernel_holds_the_questions_and_no_answer(tmp_path):
    form = quiz.ConceptTest("after", tmp_path)
    made = form._repr_mimebundle_()
    mimes = made[0] if isinstance(made, tuple) else made
    assert all(question[:25] in mimes["text/html"].replace("&#x27;", "'") for question in TABLE["question"])
    assert not any(why[:25] in mimes["text/html"] for why in TABLE["why"])
