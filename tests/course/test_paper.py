"""Slides and handouts: what they take from the stored notebooks, and that nothing outside is asked for."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from helpers.core import data
from helpers.course.book import writing
from helpers.course.paper import __main__ as command
from helpers.course.paper import handout, pieces, sheets, slides, teacher

NAMES = writing.chosen(None)


def stored(name):
    return json.loads((sheets.ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made():
    """Of every notebook: its page, its screens, its handout."""
    pages = {name: sheets.page(name) for name in NAMES}
    return {name: (page, slides.screens(page), handout.body(page)) for name, page in pages.items()}


def plain(text):
    return " ".join(BeautifulSoup(text, "html.parser").get_text().split())


def _of_the_first_panel(stills):
    """Up to where the steps are counted from their beginning again."""
    numbers = [int(re.match(r"Step (\d+)", still["alt"])[1]) for still in stills]
    again = next((at for at in range(1, len(numbers)) if numbers[at] <= numbers[at - 1]), len(numbers))
    return stills[:again]


def test_a_sentence_is_cut_between_sentences_only():
    assert pieces.short("One two. Three four. Five six seven.", 4) == "One two. Three four."
    assert pieces.short("At 0.5 e.g. one goes on. Two.", 3) == "At 0.5 e.g. one goes on."


def test_a_notebook_has_five_to_eight_slides_from_its_title_to_its_claims(made):
    for name, (_, screens, _) in made.items():
        numbers = [s.slide for s in screens]
        assert slides.FEWEST <= numbers[-1] <= slides.MOST, name
        assert sorted(set(numbers)) == list(range(1, numbers[-1] + 1)) and numbers == sorted(numbers)
        assert [s.kind for s in screens[:2]] == ["title", "step"] and screens[-1].kind == "claims"
        assert {s.slide for s in screens if s.kind == "step"} == {2}


def test_the_steps_are_the_stored_ones_in_order_and_none_is_lost(made):
    several = 0
    for name, (page, screens, _) in made.items():
        steps = [s.parts["step"] for s in screens if s.kind == "step"]
        stills = _of_the_first_panel(page.body.select("img[data-spec]"))
        if not stills:
            assert len(steps) == 1, name
            continue
        several += 1
        assert len(steps) == len(stills) + 1, name
        for still in stills:
            number, name_of, said = re.match(r"Step (\d+), (.*?)(?::|(?<=\?)) (.*)", still["alt"], re.S).groups()
            assert (steps[int(number) - 1].name, steps[int(number) - 1].sentence) == (name_of, said)
        assert len({s.picture.svg for s in steps}) == len(steps)
    assert several >= 15


def test_a_finding_stands_on_its_slide_as_the_notebook_says_it_with_a_picture_of_its_own(made):
    for name, (_, screens, _) in made.items():
        said = "".join(plain("".join(o["data"].get("text/markdown", ""))).replace("**", "") for c in stored(name)["cells"] for o in c.get("outputs", []) if "data" in o)  # fmt: skip
        said += plain("".join("".join(c["source"]) for c in stored(name)["cells"])).replace("**", "")
        letters = re.sub(r"\W", "", said)
        found = [s.parts["found"] for s in screens if s.kind == "finding"]
        assert found, name
        assert len({f.picture for f in found}) == len(found), name
        for finding in found:
            assert re.sub(r"\W", "", finding.sentence) in letters, (name, finding.sentence)
            assert len(finding.sentence.split()) <= 60 and len(finding.picture.words) > 20


def test_the_last_slide_lists_the_claims_that_the_table_has_decided_here(made):
    claims = data.load("claims").set_index("claim_id")
    listed = []
    for name, (_, screens, _) in made.items():
        last = screens[-1].parts
        for claim in last["decided"]:
            assert claim["verdict"] == claims.loc[claim["claim_id"], "verdict"]
            listed.append(claim["claim_id"])
        assert last["decided"] or last["treated"] or sum(last["counted"].values()) == len(claims), name
        assert not {c["claim_id"] for c in last["decided"]} & {c["claim_id"] for c in last["treated"]}
    assert sorted(listed) == sorted(claims.index[claims["decided_in"].notna() & (claims["decided_in"] != "")])


def test_a_handout_has_every_picture_room_for_every_exercise_and_no_code_or_control(made):
    for name, (page, _, printed) in made.items():
        tags = {tag.name for tag in printed.find_all(True)}
        assert not tags & {"button", "input", "select", "details", "summary", "a", "script", "svg"}, name
        assert not printed.select(".highlight, .hints, p.form")
        fresh = page.body
        assert len(printed.select(".still img")) == len(fresh.select("figure.picture, img[data-spec]"))
        assert all(len(i["alt"]) > 20 for i in printed.select(".still img"))
        assert len(printed.select(".room")) >= len(fresh.select(".hints")) >= 1
        assert "For instructors" not in printed.get_text() and "Common wrong answers" not in printed.get_text()
        findings = [p for p in fresh.find_all("p") if p.get_text().startswith("Finding.")]
        kept = plain(str(printed))
        assert all(" ".join(p.get_text().split()) in kept for p in findings), name


def test_a_handout_opens_what_teaches_and_says_what_it_leaves_in_the_notebook(made):
    _, _, printed = made["20_dies_and_yield"]
    headings = [h.get_text() for h in printed.find_all("h5")]
    assert "How sure, and what else" in headings and "Questions to the picture, answered" in headings
    words = made["10_timeline"][2].get_text()
    assert "In the notebook, folded: " in words or "rows; the others stand in the notebook" in words


@pytest.mark.parametrize("write", [slides.write, handout.write], ids=["slides", "handout"])
def test_a_file_asks_for_no_other(tmp_path, write):
    text = write("26_memory_wall", sheets.ROOT, tmp_path).read_text(encoding="utf-8")
    made = BeautifulSoup(text, "html.parser")
    asked = [tag.get("src") or tag.get("href") for tag in made.find_all(["img", "script", "link", "iframe"])]
    assert all(a is None or a.startswith("data:") for a in asked)
    assert not re.search(r"@import|url\(", "".join(s.get_text() for s in made.find_all("style")))
    assert made.html["lang"] == "en" and len(made.find_all("main")) == 1 and len(made.find_all("h1")) == 1


@pytest.fixture(scope="module")
def chapters():
    return {name: teacher.chapter(name, sheets.ROOT) for name in NAMES}


def test_the_instructor_s_book_has_a_plan_wrong_answers_prompts_and_what_to_cut_for_every_notebook(chapters):
    for name, made in chapters.items():
        words = plain(made.lesson).lower()
        assert all(part in words for part in ("in the room", "prompts", "what to cut")), name
        assert "wrong answers" in words or "where time is lost" in words, name
        assert made.outcomes and made.minutes == writing.course().loc[name, "minutes"]
        assert sum(minutes for _, minutes in made.plan) <= made.minutes + 30, name


def test_the_instructor_s_book_answers_every_exercise_and_shows_no_hint(chapters):
    for name, made in chapters.items():
        asked = set(re.findall(rf"Exercise ({name[:2]}-\d+)", sheets.page(name).body.get_text()))  # its own
        assert name.startswith("00") or asked <= set(re.findall(r"Exercise (\d\d-\d+)", plain(made.exercises))), name
        assert "<details" not in made.exercises + made.lesson + made.guides and "Hint 1" not in made.exercises
        if not name.startswith("00"):
            assert made.exercises.count("<pre") >= len(asked) - 1 and "SOLUTION" not in made.exercises, name
    guided = [name for name, made in chapters.items() if "arking guide" in made.exercises + made.guides or "For graders" in made.guides]  # fmt: skip
    assert len(guided) >= 10


def test_a_folder_that_holds_something_else_is_refused_and_one_of_ours_is_written_again(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="did not write"):
        sheets.folder(tmp_path)
    out = sheets.folder(tmp_path / "new")
    sheets.contents(out, "Slides", "said")
    assert sheets.folder(out) == out
    with pytest.raises(ValueError, match="no notebook '99_none'"):
        writing.chosen(["99_none"])
    with pytest.raises(ValueError, match="name one of slides, print, teacher"):
        command.main(["poster"])
