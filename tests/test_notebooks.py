"""The notebooks as files: two editions of one source, clean, readable, and fresh.

Whether stored outputs equal fresh ones is nbval's work: pytest collects the notebooks themselves
(see pyproject.toml), in strict mode and without sanitising.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from helpers.core import data, stored
from helpers.course import authoring
from tests.catalogue import EXERCISES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = authoring.sources()
EDITIONS = [(source, which) for source in SOURCES for which in authoring.EDITIONS]
STORED = [authoring.target(source, which) for source, which in EDITIONS]


def read(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def named(path):
    return str(path.relative_to(ROOT))


# --- one source, two editions -------------------------------------------------------------------


def test_every_notebook_has_a_source_and_every_source_its_notebooks():
    found = {p for folder in authoring.EDITIONS.values() for p in folder.glob("*.ipynb")}
    assert found == set(STORED)


@pytest.mark.parametrize(("source", "which"), EDITIONS, ids=lambda v: getattr(v, "stem", v))
def test_a_stored_notebook_is_its_source_s(source, which):
    """Fails when a notebook was edited by hand, or a source without `make notebooks`."""
    expected, stored = authoring.edition(source, which), read(authoring.target(source, which))
    assert [(c.cell_type, c.id, c.source) for c in stored.cells] == [
        (c.cell_type, c.id, c.source) for c in expected.cells
    ]


def without_pictures(cells):
    """Cells with the numbers of their drawings left out: a coordinate may happen to read like an answer."""
    drawn = (stored.VEGA_LITE, stored.SVG)
    kept = [dict(cell) for cell in cells]
    for cell in kept:
        outputs = [o for o in stored.comparable(cell.get("outputs", []))]
        cell["outputs"] = [
            {**o, "data": {k: v for k, v in o.get("data", {}).items() if k not in drawn}} for o in outputs
        ]
    return kept


def feedback(notebook):
    """What each check cell shows."""
    return {
        re.search(r'check\("([^"]+)"', cell.source).group(1): "".join(
            o.get("data", {}).get("text/plain", "") for o in cell.outputs
        )
        for cell in code(notebook)
        if cell.source.startswith("check(")
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.stem)
def test_answers_are_right_and_stubs_are_empty(source):
    learner, solved = (feedback(read(authoring.target(source, which))) for which in ("learner", "solutions"))
    assert set(learner.values()) == {"Not answered yet."} and set(solved.values()) == {"Right."}
    assert learner.keys() == solved.keys() == {k for k in EXERCISES if k.startswith(source.stem[:2])}


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.stem)
def test_the_learner_s_edition_holds_no_solution(source):
    text = source.read_text(encoding="utf-8")
    learner = json.dumps(without_pictures(read(authoring.target(source, "learner")).cells))
    assert "SOLUTION" not in learner and "edition with answers" not in learner
    for expression in re.findall(r"= (.+?)\s+# SOLUTION", text):
        assert expression not in learner
    for passage in re.findall(r"<!-- solutions only -->\n(.+)", text):
        assert json.dumps(passage)[1:-1] not in learner


def test_solution_marks_that_do_not_match_are_refused(tmp_path):
    head = "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\nkernelspec:\n  name: python3\n  display_name: p\n---\n\n"
    bad = tmp_path / "99_bad.md"
    bad.write_text(head + "```{code-cell} ipython3\n# BEGIN SOLUTION\nx = 1\n```\n")
    with pytest.raises(ValueError, match="99_bad.md, cell 1: BEGIN SOLUTION without END"):
        authoring.edition(bad, "learner")
    good = tmp_path / "98_good.md"
    good.write_text(
        head + "```{code-cell} ipython3\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\ny = x + 1  # SOLUTION\n```\n"
    )
    assert authoring.edition(good, "learner").cells[0].source == "# your code here\ny = None  # your answer"
    assert authoring.edition(good, "solutions").cells[0].source == "x = 1\ny = x + 1"
    with pytest.raises(ValueError, match="which = 'teacher'"):
        authoring.edition(good, "teacher")


# --- hygiene ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", STORED, ids=named)
def test_kernel_widgets_and_weight(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "widgets" not in notebook.metadata
    assert path.stat().st_size < 500_000


@pytest.mark.parametrize("path", STORED, ids=named)
def test_every_cell_has_run_in_order_without_error_or_noise(path):
    """nbval passes a checked cell whose outputs were stripped; this guard does not."""
    cells = code(read(path))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        kinds = {o.output_type for o in cell.outputs}
        assert not kinds & {"error", "stream"}, cell.source
        ends_in_value = not re.match(r"(from|import) |.*\b\w+ = ", cell.source.strip().splitlines()[-1])
        assert bool(cell.outputs) == ends_in_value, cell.source


@pytest.mark.parametrize("path", STORED, ids=named)
def test_no_sentence_shows_the_code_that_should_have_filled_it(path):
    """A sentence made by code that lost its f prefix prints its braces."""
    for cell in code(read(path)):
        for output in cell.outputs:
            said = output.get("data", {}).get("text/plain", "")
            assert not re.search(r"\{[\w .*/\[\]'\"()-]+(:[^}]*)?\}", said), said


@pytest.mark.parametrize("path", STORED, ids=named)
def test_no_number_is_printed_as_a_computer_writes_it(path):
    """1e+04 is a number for machines; a reader is told 10,000, or a power of ten."""
    written = re.compile(r".{0,40}(?<![\w/-])\d(\.\d+)?[eE][+-]\d\d\b.{0,20}")
    for cell in without_pictures(code(read(path))):
        for output in cell["outputs"]:
            held = output.get("data", {})
            said = " ".join(held.get(kind, "") for kind in ("text/html", "text/markdown", "text/plain"))
            found = written.search(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", said, flags=re.S))
            assert not found, found.group()


@pytest.mark.parametrize("path", STORED, ids=named)
def test_one_h1_and_headings_in_order(path):
    text = "\n".join(re.sub(r"```.*?```", "", cell.source, flags=re.S) for cell in prose(read(path)))
    levels = [len(m) for m in re.findall(r"^(#+) ", text, flags=re.M)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))


@pytest.mark.parametrize("path", STORED, ids=named)
def test_prose_carries_the_story_and_cells_are_short(path):
    """Prose is what stands in the text cells; what a cell computes comes on top."""
    notebook = read(path)
    words = sum(len(cell.source.split()) for cell in prose(notebook))
    lengths = sorted(len(cell.source.splitlines()) for cell in code(notebook))
    assert words / len(lengths) >= 60
    assert lengths[len(lengths) // 2] <= 6 and lengths[-1] <= 15


@pytest.mark.parametrize("path", STORED, ids=named)
def test_no_cell_takes_the_name_of_a_panel_above_it(path):
    """A reader who then runs the panel's table again would meet an error."""
    panels = set()
    for cell in code(read(path)):
        nodes = ast.walk(ast.parse(cell.source))
        assert not panels & {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}, (
            cell.source
        )
        panels.update(re.findall(r"^(\w+) = \w+\.\w+_panel\(\)", cell.source, flags=re.M))


@pytest.mark.parametrize("path", STORED, ids=named)
def test_no_network_clock_path_or_shell_in_code(path):
    for cell in code(read(path)):
        assert not re.search(
            r"https?://|urllib|requests|datetime\.now|time\.time|^\s*[!%]|/home/|/tmp/", cell.source, flags=re.M
        ), cell.source


@pytest.mark.parametrize("path", STORED, ids=named)
def test_stored_pages_hold_no_path_of_a_machine_and_no_script_address(path):
    outputs = json.dumps([cell.outputs for cell in code(read(path))])
    assert not re.search(r"/(root|home|work|Users)/|cdn\.|esm\.sh|<script", outputs)


@pytest.mark.parametrize("path", STORED, ids=named)
def test_links_between_notebooks_and_tables_have_text(path):
    for cell in prose(read(path)):
        assert not re.search(r"!\[\]\(|\[\]\(|\[(here|this|click here)\]\(", cell.source)


def test_the_course_map_marks_exactly_the_notebooks_that_exist_as_here():
    course = data.load("course_map")
    assert set(course.loc[course["edition"] == "here", "notebook"]) == {s.stem for s in SOURCES}


def test_every_claim_that_a_notebook_here_decides_is_judged_there():
    claims = data.load("claims")
    for source in SOURCES:
        mine = claims.loc[claims["decided_in"] == source.stem, "claim_id"]
        text = source.read_text(encoding="utf-8")
        assert set(re.findall(r'claims_panels\.verdict\("(S\d\d)"\)', text)) == set(mine)


def test_glossary_terms_are_in_order():
    terms = data.load("glossary")["term"].str.lower().tolist()
    assert terms == sorted(terms)
