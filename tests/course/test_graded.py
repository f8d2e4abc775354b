"""The graded edition: hidden values stay hidden, right answers get all points, a wrong one loses its own, nothing crashes."""

from __future__ import annotations

import ast
import csv
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from helpers.course.bank.asking import LETTERS
from helpers.course.bank.questions import questions
from helpers.course.book import writing
from helpers.course.form_check import FormCheck
from helpers.course.graded import __main__ as command
from helpers.course.graded import assigning, grading, masters

NAMES = writing.chosen(None)
NAME, SEED, OTHER = "20_dies_and_yield", 4711, 4712


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One assignment, written by the command; that a right file gets all points is proven below."""
    out = tmp_path_factory.mktemp("graded") / "out"
    said = command.main(["--unproven", "--seed", str(SEED), str(out), NAME])
    assert "1 assignments written" in said
    return out


@pytest.fixture(scope="module")
def asked():
    return questions(NAME, SEED)


def wrong(question):
    """An answer of the right form that is not right."""
    if question.options:
        return LETTERS[(LETTERS.index(question.letter) + 1) % len(question.options)]
    return float(question.answer) * 1.05 + 0.01


def learners_file(out, name=NAME):
    return nbformat.read(out / assigning.LEARNERS / f"{name}.ipynb", as_version=4)


def answered(out, answers, path):
    """A submission: the learner's file with these answers in the cells that the learner fills in."""
    notebook = learners_file(out)
    for cell in notebook.cells:
        if "otter_answer_cell" in cell.metadata.get("tags", []):
            name = cell.source.split(" = ")[0]
            if name in answers:
                cell.source = f"{name} = {answers[name]!r}"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def test_a_right_file_gets_all_points_a_wrong_answer_loses_its_own_and_an_empty_file_gets_none(made, asked, tmp_path):
    right = {masters.variable(n): masters.right(q) for n, q in enumerate(asked, 1)}
    answered(made, right, tmp_path / "ada" / "right.ipynb")
    typed = next(n for n, q in enumerate(asked, 1) if not q.options)
    answered(made, right | {f"q{typed}": wrong(asked[typed - 1])}, tmp_path / "bo" / "wrong.ipynb")
    answered(made, {}, tmp_path / "cleo" / "empty.ipynb")
    (tmp_path / "dan.ipynb").write_text("no notebook", encoding="utf-8")
    shutil.copy(chosen_notebook(), tmp_path / "eve.ipynb")
    command.main(["--grade", str(tmp_path), str(made)])
    with (made / assigning.INSTRUCTOR / command.POINTS).open(encoding="utf-8", newline="") as handle:
        rows = {row["file"]: row for row in csv.DictReader(handle)}
    worth = {f"q{n}": masters.points(q) for n, q in enumerate(asked, 1)}
    whole = sum(worth.values())
    assert set(rows) == {"ada/right.ipynb", "bo/wrong.ipynb", "cleo/empty.ipynb", "dan.ipynb", "eve.ipynb"}
    given = {file: {name: float(row[name]) for name in worth} for file, row in rows.items() if "/" in file}
    assert given["ada/right.ipynb"] == worth
    assert given["bo/wrong.ipynb"] == worth | {f"q{typed}": 0}
    assert set(given["cleo/empty.ipynb"].values()) == {0}
    assert [float(rows[f]["points"]) for f in given] == [whole, whole - worth[f"q{typed}"], 0]
    assert {float(rows[f]["possible"]) for f in given} == {whole} and not any(rows[f]["note"] for f in given)
    assert rows["dan.ipynb"]["note"] == grading.UNREADABLE and rows["eve.ipynb"]["note"] == grading.UNKNOWN


def chosen_notebook():
    """A notebook of the course, which is no graded file."""
    return Path(__file__).resolve().parents[2] / "notebooks" / f"{NAME}.ipynb"


def test_the_learner_s_file_has_every_question_and_nothing_of_the_answers(made, asked):
    notebook = learners_file(made)
    text = json.dumps(notebook, ensure_ascii=False)
    cells = "\n".join(cell.source for cell in notebook.cells)
    assert (
        str(SEED) not in text and "SOLUTION" not in text and "HIDDEN" not in text.upper().replace('"HIDDEN": FALSE', "")
    )
    for number, question in enumerate(asked, 1):
        name = masters.variable(number)
        assert masters.prompt(number, question) in cells
        assert f"\n{name} = ...\n" in f"\n{cells}\n" and f'grader.check("{name}")' in cells
        (suite,) = notebook.metadata.otter.tests[name]["suites"]
        (case,) = suite["cases"]  # the public one
        assert case["hidden"] is False and notebook.metadata.otter.tests[name]["points"] == [0]
        assert masters.value_check(name, question).split(" and ")[-1] not in text
        if not question.options:
            assert not any(f"{value!r}" in text for value in (question.answer, question.low, question.high))
    assert not any(cell.get("outputs") for cell in notebook.cells)
    assert {p.name for p in (made / assigning.LEARNERS).iterdir()} == {f"{NAME}.ipynb"}


def test_the_public_checks_of_the_file_say_the_form_and_no_more(made, asked, monkeypatch):
    """Read as a learner's machine without Otter reads them."""
    monkeypatch.chdir(made / assigning.LEARNERS)
    check = FormCheck(f"{NAME}.ipynb")
    bad = [..., None, "12", True, float("nan"), float("inf"), [1.0], "e", "ab", b"a"]
    for number, question in enumerate(asked, 1):
        name = masters.variable(number)
        for good in (masters.right(question), wrong(question)):  # one form, both get the same sentence
            said = check.check(name, {name: good})
            assert said.passed and repr(said) == (masters.LETTER if question.options else masters.NUMBER)
        assert not any(check.check(name, {name: value}).passed for value in bad)
        assert not check.check(name, {}).passed  # the cell was not run
    with pytest.raises(KeyError, match="no question 'q99'"):
        check.check("q99")
    with pytest.raises(FileNotFoundError, match="keep its name"):
        FormCheck("other.ipynb")


def test_a_check_looks_where_it_is_called(made, asked, monkeypatch):
    monkeypatch.chdir(made / assigning.LEARNERS)
    names = {"FormCheck": FormCheck, "q1": masters.right(asked[0])}
    exec(compile(f"said = FormCheck('{NAME}.ipynb').check('q1')", "cell", "exec"), names)
    assert names["said"].passed


@pytest.mark.parametrize("name", NAMES)
def test_every_hidden_check_takes_the_right_answer_and_refuses_others(name):
    """Of every notebook, as Otter's doctest evaluates it, without Otter."""
    for number, question in enumerate(questions(name, SEED), 1):
        answer = masters.variable(number)
        code = masters.value_check(answer, question)
        ast.parse(code, mode="eval")

        def holds(value, code=code, answer=answer):
            return eval(code, {answer: value})

        assert holds(masters.right(question)) is True, (name, question.key)
        assert holds(wrong(question)) is False, (name, question.key)
        assert not any(holds(value) for value in (..., None, True, "", "x", float("nan")))
        if question.options:
            assert question.options[LETTERS.index(masters.right(question))] == (question.answer, "")
            assert holds(f" {question.letter.upper()} ") is True
        else:
            assert holds(round(question.answer, 4 if abs(question.answer) < 10 else 1)) is True, question
            assert not holds(-question.answer) and not holds(str(question.answer))


def test_another_seed_asks_with_other_numbers_and_the_same_seed_with_the_same():
    first, again, other = (questions(NAME, seed) for seed in (SEED, SEED, OTHER))
    made = [masters.master(NAME, "t", asked, "a") for asked in (first, again, other)]
    assert made[0] == made[1] != made[2]
    moved = [masters.right(a) != masters.right(b) for a, b in zip(first, other, strict=True) if not a.options]
    assert sum(moved) == len(moved) >= 2
    names = [assigning.assignment_name(NAME, asked) for asked in (first, again, other)]
    assert names[0] == names[1] != names[2] and str(SEED) not in names[0]


def test_a_seed_is_drawn_in_secret_where_none_is_given(tmp_path, monkeypatch):
    seen = []

    def write(name, seed, out, run_tests):
        assert run_tests
        seen.append(seed)
        (out / assigning.INSTRUCTOR).mkdir(exist_ok=True)
        return assigning.Assignment(name, "a", seed, 1, 2)

    monkeypatch.setattr(assigning, "write", write)
    for folder in "ab":
        command.main([str(tmp_path / folder), NAME])
    assert seen[0] != seen[1] and min(seen) > 10**9
    assert str(seen[0]) in (tmp_path / "a" / "index.html").read_text("utf-8")


def test_the_instructor_gets_a_list_an_autograder_without_pdf_and_answers(made, asked):
    (entry,) = assigning.known(made)
    assert (entry.notebook, entry.seed, entry.questions) == (NAME, SEED, len(asked))
    own = made / assigning.INSTRUCTOR / NAME
    assert {p.name for p in own.iterdir()} == {"autograder.zip", "answers.html", f"{NAME}_solved.ipynb"}
    page = (made / "index.html").read_text("utf-8")
    assert f"<td>{entry.points}</td>" in page and "otter run" in page and "http" not in page
    shutil.unpack_archive(own / "autograder.zip", made.parent / "packed")
    settings = json.loads((made.parent / "packed" / "otter_config.json").read_text("utf-8"))
    assert settings["assignment_name"] == entry.name and settings["pdf"] is False and not settings.get("token")
    assert len(list((made.parent / "packed" / "tests").glob("q*.py"))) == len(asked)


def test_what_cannot_be_graded_is_told_in_a_sentence(tmp_path, made, monkeypatch):
    with pytest.raises(ValueError, match="holds no assignments"):
        grading.grade_all(tmp_path, tmp_path)
    with pytest.raises(ValueError, match="holds no notebook"):
        grading.grade_all(tmp_path, made)
    (entry,) = assigning.known(made)

    def fails(*words, folder):
        raise RuntimeError("Otter took more than 600 s and was ended.")

    monkeypatch.setattr(assigning, "otter", fails)
    mark = grading.grade(tmp_path / "x.ipynb", entry, made)
    assert mark.points == 0 and mark.possible == entry.points and "600 s" in mark.note
    assert os.listdir(tmp_path) == []
