"""The reference pages and the page of what moved say what the code and the changelog say, all of it, and no more."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.core.data import ROOT
from helpers.course.book import prose, reference

ROOMS = [(s, r) for s in reference.subjects() for r in ("model", "studies") if (ROOT / "helpers" / s / r).is_dir()]


@pytest.fixture(scope="module")
def pages():
    return {s: BeautifulSoup(reference.page(s)[0], "html.parser") for s in reference.subjects()}


def public(subject: str, room: str) -> list[str]:
    """Names in ``__all__``, read from the text."""
    tree = ast.parse((ROOT / "helpers" / subject / room / "__init__.py").read_text(encoding="utf-8"))
    found = [n for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == "__all__"]
    return ast.literal_eval(found[0].value)


def defined() -> dict[tuple[str, str], ast.AST]:
    """Functions and classes at the margin of all files, by file and name, read from the text."""
    return {
        (path.relative_to(ROOT).as_posix(), node.name): node
        for path in (ROOT / "helpers").rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }


DEFINED = defined()
NAMES = {name for _, name in DEFINED}


@pytest.mark.parametrize(("subject", "room"), ROOMS)
def test_every_public_function_and_class_is_told_once_with_its_docstring(pages, subject, room):
    told = [h["id"] for h in pages[subject].find_all("h3") if h["id"].startswith(f"{room}-")]
    names = [name for name in public(subject, room) if name in NAMES]
    assert told == [f"{room}-{name}" for name in names] and len(names) > 2
    for name in names:
        section = pages[subject].find(id=f"{room}-{name}").parent
        words = ast.get_docstring(DEFINED[section.small.get_text().split(",")[0], name])
        assert words, f"{name} has no docstring"
        first = re.sub(r"[`\s]+", "", words.split("\n\n")[0])
        assert first in re.sub(r"[`\s]+", "", section.get_text()), name


def test_a_function_has_its_arguments_ranges_refusals_source_and_place(pages):
    section = pages["wafers"].find(id="model-die_yield").parent
    call = section.select_one("pre.call").get_text()
    assert call.startswith('die_yield(area_mm2, d0_per_cm2, model="negative_binomial", alpha=3.0')
    said = {h.get_text(): h.find_next_sibling().get_text(" ") for h in section.find_all("h4")}
    assert list(said) == ["Takes", "Gives", "Refuses", "Formula and source", "Example"]
    assert "0 to 100 defects per cm2" in said["Takes"] and "outside its range" in said["Refuses"]
    assert "Stapper (1973)" in said["Formula and source"] and "0.514" in said["Example"]
    file, line = re.fullmatch(r"(\S+), line (\d+)", section.small.get_text()).groups()
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith("def die_yield(")


def test_each_place_is_where_it_stands(pages):
    for page in pages.values():
        for section in page.select(".entry"):
            file, line = re.fullmatch(r"(\S+), line (\d+)", section.small.get_text()).groups()
            below = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1 : int(line) + 8]
            name = section.h3.get_text()
            assert any(re.match(rf"(def|class) {name}\b", text) for text in below), (name, file, line)


def test_no_page_shows_an_address_in_memory_or_a_folder_of_this_machine(pages):
    for page in pages.values():
        text = page.get_text()
        assert " at 0x" not in text and str(ROOT) not in text and str(Path.home()) + "/" not in text


def test_text_of_the_code_stays_text():
    def odd(x):
        """Whether `x` < 2 & <b>not</b>.

        Parameters
        ----------
        x : float, < 2
            Second `y`,
            third.

        Notes
        -----
        One:

          a & b
        """

    made = BeautifulSoup(reference._entry("s", "model", reference.entry("odd", odd)), "html.parser")
    assert made.b is None and "<b>not</b>" in made.get_text() and made.code.get_text() == "x"
    assert (made.dt.get_text(), made.dd.get_text()) == ("x : float, < 2", "Second y, third.")
    assert made.select_one(".lines").get_text() == "a & b"


def test_every_edition_has_an_address_and_every_notebook_a_way(pages):
    made = BeautifulSoup(prose.moved(ROOT), "html.parser")
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    editions = re.findall(r"^## (\d+)\.(\d+)\.(\d+) ", text, re.M)
    assert [h["id"] for h in made.find_all("h2")] == [f"v{'-'.join(parts)}" for parts in editions]
    assert len(made.find_all("li")) == len(re.findall(r"^- ", text, re.M))
    ways = {a["href"] for a in made.find_all("a")}
    assert "26_memory_wall.html" in ways and all((ROOT / "notebooks" / f"{w[:-5]}.ipynb").exists() for w in ways)


def test_each_page_of_docs_is_a_page_and_leads_inside_the_book_or_nowhere():
    made = {name: BeautifulSoup(body, "html.parser") for name, _, body in prose.pages()}
    assert {"update", "hub", "elsewhere", "editions", "reviewers", "graded", "kit"} <= set(made)
    for name, body in made.items():
        for link in body.find_all("a"):
            assert re.match(r"https?://", link["href"]) or link["href"].partition(".html")[0] in made, (name, link)
    assert not any(body.find("input") for body in made.values())
    assert made["editions"].find("a", href="update.html") and "CHANGELOG.md" in made["editions"].get_text()


def test_the_first_cell_has_the_courses_pins_and_never_a_package_called_helpers(tmp_path):
    cell = prose.first_cell()
    assert cell in (ROOT / "helpers" / "course" / "book" / "docs" / "elsewhere.md").read_text(encoding="utf-8"), (
        "docs/elsewhere.md has an older cell"
    )
    pins = ast.literal_eval(re.search(r"PINS = (\[.*?\])", cell, re.S)[1])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(pins) | {p for p in project["dependencies"] if p.startswith("jupyterlab==")} == set(
        project["dependencies"]
    )
    assert not any(pin.startswith(("helpers", "jupyterlab")) for pin in pins)
    for page in (ROOT / "helpers" / "course" / "book" / "docs").glob("*.md"):
        commands = "\n".join(re.findall(r"```.*?```", page.read_text(encoding="utf-8"), re.S))
        assert not re.search(r"pip3? install.*\bhelpers\b", commands), page.name


def test_the_dev_container_is_made_of_the_one_recipe():
    made = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    name = re.search(r"^name: (\S+)", (ROOT / "environment.yml").read_text(encoding="utf-8"), re.M)[1]
    assert (
        made["onCreateCommand"] == f"conda env create --file environment.yml && conda run --name {name} bash postBuild"
    )
    assert f"/envs/{name}/" in json.dumps(made["customizations"]) and "pip" not in json.dumps(made)
    assert made["image"].count(":") == 1 and not made["image"].endswith(":latest")
