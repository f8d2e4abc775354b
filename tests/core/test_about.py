"""What registers ask of the course: one source, its forms equal to it; issue forms that the host would take."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
import yaml

from helpers.core import about
from helpers.core.data import ROOT

CITED = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


@pytest.mark.parametrize("name", [about.CODEMETA, about.ZENODO])
def test_the_file_is_the_one_that_the_command_writes(name):
    """When this fails: make describe"""
    assert (ROOT / name).read_text(encoding="utf-8") == about.files()[name]


def test_codemeta_says_what_the_project_and_the_citation_say():
    found = json.loads((ROOT / about.CODEMETA).read_text(encoding="utf-8"))
    assert found["@context"] == "https://w3id.org/codemeta/3.0" and found["@type"] == "SoftwareSourceCode"
    assert found["version"] == PROJECT["version"] == str(CITED["version"])
    assert found["name"] == CITED["title"] and found["datePublished"] == CITED["date-released"].isoformat()
    assert found["softwareRequirements"] == PROJECT["dependencies"]
    assert [a["name"] for a in found["author"]] == [a["name"] for a in CITED["authors"]]
    assert all(found[key] for key in ("identifier", "description", "license", "keywords", "programmingLanguage"))
    assert CITED["abstract"] in found["description"]


def test_zenodo_gets_what_its_form_demands():
    """Fields and words of the deposit metadata of Zenodo's developers' page."""
    found = json.loads((ROOT / about.ZENODO).read_text(encoding="utf-8"))
    kinds = {"publication", "poster", "presentation", "dataset", "image", "video", "software", "lesson", "other"}
    assert found["upload_type"] in kinds and found["access_right"] == "open"
    assert found["title"] and found["description"] and all(set(c) == {"name"} for c in found["creators"])
    assert found["license"] == CITED["license"].lower() and found["version"] == PROJECT["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["publication_date"])


def test_a_persons_name_a_repository_and_a_doi_come_through(tmp_path):
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    cited = {
        **CITED,
        "authors": [{"family-names": "Li", "given-names": "Na"}],
        "repository-code": "https://example.org/x",
        "doi": "10.1/2",
    }
    (tmp_path / "CITATION.cff").write_text(yaml.safe_dump(cited), encoding="utf-8")
    found = about.codemeta(tmp_path)
    assert (found["author"][0]["name"], found["codeRepository"], found["identifier"]) == (
        "Li, Na",
        "https://example.org/x",
        "10.1/2",
    )


def test_the_newest_entry_of_the_changelog_is_this_edition():
    newest = re.search(r"^## (\S+) \(", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest[1] == PROJECT["version"]


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_an_issue_form_has_the_hosts_shape(path):
    """As GitHub documents it: name, description, body; each part of a kind, with a name of its own and a label."""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"] and form["description"] and isinstance(form["labels"], list)
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert asked and {part["type"] for part in asked} <= {"input", "textarea", "dropdown", "checkboxes"}
    names = [part["id"] for part in asked]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[\w-]+", name) for name in names)
    assert all(part["attributes"]["label"] for part in asked)
    assert all(part["attributes"]["options"] for part in asked if part["type"] == "dropdown")
    assert sum(part.get("validations", {}).get("required", False) for part in asked) >= 3


def test_both_kinds_of_trouble_have_a_form():
    assert [path.stem for path in FORMS] == ["lesson_failed", "wrong_number"]


@pytest.mark.parametrize("page", sorted(p.name for p in (ROOT / "helpers" / "course" / "book" / "docs").glob("*.md")))
def test_a_page_leads_to_places_and_commands_that_are_there(page):
    text = (ROOT / "helpers" / "course" / "book" / "docs" / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?://|#)([^)\s#]+)", text):
        assert (ROOT / "helpers" / "course" / "book" / "docs" / link).exists(), link
    for path in re.findall(r"`((?:data|tests|helpers)/[\w/.]+)`", text):
        assert (ROOT / path).exists(), path
    targets = re.findall(r"^([a-z -]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= set(" ".join(targets).split())
