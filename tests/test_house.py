"""The house stands as CONTRIBUTING.md draws it: arrows one way, calculations without drawing, files short."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from helpers.core import data
from tests import learner

ROOT = Path(__file__).resolve().parent.parent
HELPERS, TESTS = ROOT / "helpers", ROOT / "tests"
LONGEST = 450

# What a floor, and a room of a subject, may import: floors first, then rooms of its own subject, then of others.
FLOORS = {"core": {"core"}, "show": {"core", "show"}, "course": {"core", "show", "course"}}
ROOMS = {
    "model": ({"core"}, {"model"}, {"model"}),
    "studies": ({"core"}, {"model", "studies"}, {"model", "studies"}),
    "figures": ({"core", "show"}, {"model", "studies", "figures"}, {"model", "studies"}),
    "panels": ({"core", "show", "course"}, {"model", "studies", "figures", "panels"}, {"model", "studies"}),
    "exercises": ({"core", "course"}, {"model", "studies", "exercises"}, {"model", "studies"}),
    "questions": ({"core", "course"}, {"model", "studies", "questions"}, {"model", "studies"}),
}
# A module that may look into a house that its floor does not know, and why. One that is no longer needed fails.
EXCEPTIONS = {
    ("helpers.course.authoring", "timeline"): "draws the README's picture, a chart of the timeline, when asked to",
}
HIDDEN = ("altair", "ipywidgets", "IPython", "anywidget", "vl_convert", "jsonschema", "helpers.show", "helpers.course")
WORDS = {f"_{kind}" for kind in ("percent", "usd", "range", "times", "span", "money", "number")}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(HELPERS.rglob("*.py"))}


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(path: Path, modules=MODULES) -> Iterator[str]:
    """The course's modules that a file imports, at its top or inside a function; a name of a module counts as that."""
    here = module_name(path).split(".")
    package = here if path.name == "__init__.py" else here[:-1]
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "helpers")
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [base])])
            if base.split(".")[0] == "helpers":
                for alias in node.names:
                    yield whole if (whole := f"{base}.{alias.name}") in modules else base


def address(module: str) -> tuple[str, str]:
    """House and room of a module: ("wafers", "model") of helpers.wafers.model.dies; empty where there is none."""
    _, house, room, *_ = [*module.split("."), "", ""]
    return house, room


def allowed(importer: str, imported: str) -> bool:
    """Whether the arrow from one module to another points down."""
    (house, room), (other_house, other_room) = address(importer), address(imported)
    if house == "":  # helpers itself
        return other_house == "core"
    if house in FLOORS:
        return other_house in FLOORS[house]
    if room not in ROOMS:  # a subject's own __init__ imports nothing; an unknown room has no place
        return False
    floors, own, others = ROOMS[room]
    if other_house in FLOORS:
        return other_house in floors
    return other_room in (own if other_house == house else others)


GRAPH = {name: sorted(set(imports_of(path)) - {name}) for name, path in MODULES.items()}


# --- arrows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importer", "imported", "answer"),
    [
        ("helpers.core.data", "helpers.core.tables", True),
        ("helpers.core.data", "helpers.show.page", False),
        ("helpers.show.page", "helpers.core.data", True),
        ("helpers.show.page", "helpers.course.checks", False),
        ("helpers.show.page", "helpers.wafers.model", False),
        ("helpers.course.ready", "helpers.show.charts", True),
        ("helpers.course.checks", "helpers.wafers.model", False),
        ("helpers.wafers.model.dies", "helpers.wafers.model.yields", True),
        ("helpers.wafers.model", "helpers.wafers.studies", False),
        ("helpers.wafers.model", "helpers.chips.model", True),
        ("helpers.wafers.model", "helpers.show.charts", False),
        ("helpers.wafers.studies", "helpers.wafers.model.dies", True),
        ("helpers.wafers.studies", "helpers.chips.studies", True),
        ("helpers.wafers.studies", "helpers.wafers.figures", False),
        ("helpers.wafers.figures", "helpers.show.charts", True),
        ("helpers.wafers.figures", "helpers.wafers.panels", False),
        ("helpers.wafers.panels", "helpers.wafers.figures", True),
        ("helpers.wafers.panels", "helpers.chips.studies", True),
        ("helpers.wafers.panels", "helpers.chips.figures", False),
        ("helpers.wafers.panels", "helpers.course.opinions", True),
        ("helpers.wafers.exercises", "helpers.wafers.panels", False),
        ("helpers.wafers.exercises", "helpers.course.checks", True),
        ("helpers.wafers.questions", "helpers.course.bank.asking", True),
        ("helpers.wafers.questions", "helpers.wafers.figures", False),
        ("helpers.wafers", "helpers.wafers.model", False),
        ("helpers.wafers.more_panels", "helpers.wafers.model", False),
        ("helpers", "helpers.core.imports", True),
        ("helpers", "helpers.show.charts", False),
    ],
)
def test_which_arrows_point_down(importer, imported, answer):
    assert allowed(importer, imported) is answer


def test_imports_are_read_wherever_they_stand(tmp_path, monkeypatch):
    """At the top, by both forms, by dots, and inside a function; names that are no modules count for their module."""
    path = HELPERS / "wafers" / "model" / "__init__.py"
    text = """
import os, helpers.core.data
from helpers.core import data, limits as held
from helpers.core.words import percent
from .dies import count
from ..studies import block
def later():
    from helpers.show import charts
"""
    monkeypatch.setattr(sys.modules[__name__], "parse", lambda _: ast.parse(text))
    known = dict.fromkeys(["helpers.core.data", "helpers.core.limits", "helpers.core.words", "helpers.show.charts"])
    found = set(imports_of(path, known))
    assert found == {*known, "helpers.wafers.model.dies", "helpers.wafers.studies"}


def test_every_arrow_points_down():
    wrong, used = [], set()
    for importer, imported in ((a, b) for a, found in GRAPH.items() for b in found):
        exception = (importer, address(imported)[0])
        if not allowed(importer, imported):
            used.add(exception)
            if exception not in EXCEPTIONS:
                wrong.append(f"{importer} imports {imported}")
    assert wrong == []
    assert used == set(EXCEPTIONS), "an exception that is no longer needed"


def test_no_module_imports_itself_by_a_circle():
    assert len(list(TopologicalSorter(GRAPH).static_order())) >= len(MODULES)
    with pytest.raises(CycleError):
        TopologicalSorter({"a": ["b"], "b": ["a"]}).prepare()


def test_every_import_of_the_course_s_own_code_leads_to_a_module():
    assert [
        f"{name} imports {found}" for name, all_of in GRAPH.items() for found in all_of if found not in MODULES
    ] == []


# --- calculations without drawing -----------------------------------------------------------------


def test_models_and_studies_load_pandas_and_numpy_and_nothing_that_draws():
    """With what draws unimportable, in one fresh process; what pandas and numpy load themselves is theirs."""
    names = [name for name in MODULES if address(name)[1] in ("model", "studies")]
    assert len(names) >= 11
    code = f"""
import importlib, json, sys
import numpy, pandas
before = set(sys.modules)
sys.modules.update(dict.fromkeys({HIDDEN!r}))
failed = []
for name in {names!r}:
    try:
        importlib.import_module(name)
    except ImportError as error:
        failed.append(f"{{name}}: {{error}}")
loaded = {{name.partition(".")[0] for name, module in sys.modules.items() if module is not None and name not in before}}
print(json.dumps([failed, sorted(loaded - set(sys.stdlib_module_names) - {{"helpers", "numpy", "pandas"}})]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    failed, others = json.loads(done.stdout)
    assert failed == []
    assert others == []


# --- files ----------------------------------------------------------------------------------------


def test_files_are_short():
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in (HELPERS, TESTS)
        for path in folder.rglob("*.py")
    }
    assert {path: count for path, count in sorted(lines.items()) if count > LONGEST} == {}


def test_equal_rows_stay_in_order_on_every_machine():
    """Sorted by one key, NumPy's quick sort leaves equal rows in an order that depends on the processor."""
    trees = {name: parse(path) for name, path in MODULES.items()}
    trees |= {path.stem: ast.parse("\n".join(learner.code(path))) for path in (ROOT / "notebooks").glob("*.ipynb")}
    found = []
    for place, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("sort_values", "argsort"):
                by = node.args[0] if node.args else None
                several = isinstance(by, ast.List) and len(by.elts) > 1  # by many keys the sort is stable
                if not several and "kind" not in {word.arg for word in node.keywords}:
                    found.append(f"{place}, line {node.lineno}")
    assert found == []


def test_tests_mirror_the_rooms():
    """Each house has its folder of tests; each model and each study is imported by a test of its own subject."""
    houses = {house for house, room in map(address, MODULES) if room}
    assert sorted(houses - {path.parent.name for path in TESTS.glob("*/test_*.py")}) == []
    missing = []
    for house in houses - set(FLOORS):
        tested = {address(m) for path in (TESTS / house).glob("*.py") for m in imports_of(path)}
        rooms = {room for other, room in map(address, MODULES) if other == house and room in ("model", "studies")}
        missing += [f"{house}/{room}" for room in sorted(rooms) if (house, room) not in tested]
    assert sorted(missing) == []


def test_words_have_one_place():
    found = []
    for name, path in MODULES.items():
        for node in ast.walk(parse(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                defined = {node.name}
            elif isinstance(node, ast.Assign):
                defined = {target.id for target in node.targets if isinstance(target, ast.Name)}
            else:
                continue
            found += [f"{name}, line {node.lineno}: {word}" for word in sorted(defined & WORDS)]
    assert [place for place in found if not place.startswith("helpers.core.words,")] == []


# --- what README.md and CONTRIBUTING.md say of it ---------------------------------------------------


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_a_newcomer_is_sent_to_places_that_are_there(document):
    """Paths in code style lead somewhere (a subject's for wafers, a room being file or folder), as do commands."""
    text = (ROOT / document).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:helpers|tests|data|notebooks)/[^`\s]*)`", text)
    assert len(paths) > 8
    missing = []
    for path in paths:
        place = ROOT / path.replace("<subject>", "wafers").replace("<table>", "events").replace(
            "NN_name", "10_timeline"
        )
        if not (place.exists() or place.with_name(f"{place.name}.py").exists()):
            missing.append(path)
    assert missing == []
    targets = set(
        re.findall(r"^([a-z-]+(?: [a-z-]+)*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    commands = set(re.findall(r"`make ([a-z-]+)", text))
    assert commands <= set(" ".join(targets).split())


def test_the_readme_names_every_subject_with_its_notebook():
    """From the map of the course: a newcomer who knows the notebook knows the folder."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    course = data.load("course_map")
    here = course[course["edition"] == "here"]
    named = re.findall(r"`(\w+)` \((\d\d)\)", text)
    assert named == list(zip(here["subject"], here["notebook"].str[:2]))
