"""Pins that agree, and a lock that is complete."""

from __future__ import annotations

import re
import sys

import pytest

import setup_checks as checks
from tests.setup.common import LOCKS, ROOT, environment, pins, pyproject

# In environment.yml beside the course's own pins, with the reason in that file.
CONDA_ONLY = {"python", "pip", "setuptools", "notebook"}


def direct_pins():
    project = pyproject()["project"]
    return pins(project["dependencies"]), pins(project["optional-dependencies"]["test"])


def read_lock(name):
    """{name: [(version, number of hashes), ...]} of a compiled lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, int]]] = {}
    for block in re.split(r"\n(?=\S)", text):
        match = re.match(r"([a-z0-9-]+)==([^\s;]+)(?: ; .+?)? \\\n", block)
        assert match, f"{name}: not a pinned requirement: {block.splitlines()[0]}"
        hashes = re.findall(r"^ {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$", block, re.MULTILINE)
        found.setdefault(match[1], []).append((match[2], len(hashes)))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_lock_is_complete_hashed_and_without_addresses(name):
    lock = read_lock(name)
    assert len(lock) > 100
    assert [package for package, versions in lock.items() for _, count in versions if not count] == []
    text = (ROOT / name).read_text(encoding="utf-8")
    for word in ("://", "--index-url", "--extra-index", "--find-links", "--trusted-host", "file:", "@ "):
        assert word not in text, f"{name} holds {word!r}"


def test_pyproject_and_locks_agree():
    course, test = direct_pins()
    lab_lock, test_lock = (read_lock(name) for name in LOCKS)
    for package, version in course.items():
        assert [v for v, _ in lab_lock[package]] == [version], package
    for package, version in {**course, **test}.items():
        assert [v for v, _ in test_lock[package]] == [version], package


def test_test_lock_holds_all_of_the_course_lock():
    lab_lock, test_lock = (read_lock(name) for name in LOCKS)
    different = {name for name in lab_lock if test_lock.get(name) != lab_lock[name]}
    assert not different, f"`make lab` after `make test` would not get what its lock says: {different}"


def test_environment_yml_has_the_same_versions():
    course, _ = direct_pins()
    conda, pip, whole = environment()
    both = {**conda, **pip}
    assert {name: both.get(name) for name in course} == course
    assert set(both) - set(course) == CONDA_ONLY
    assert not set(conda) & set(pip), "twice"
    assert whole["channels"] == ["conda-forge"]
    assert pyproject()["build-system"]["requires"] == ["setuptools==" + conda["setuptools"]]


def test_python_versions_agree():
    conda, _, _ = environment()
    assert re.fullmatch(r"3\.\d+", conda["python"])
    chosen = tuple(int(part) for part in conda["python"].split("."))
    assert checks.OLDEST <= chosen <= checks.NEWEST
    assert pyproject()["project"]["requires-python"] == ">={}.{}".format(*checks.OLDEST)
    assert checks.OLDEST <= sys.version_info[:2] <= checks.NEWEST


def test_version_is_written_the_same_twice():
    import helpers

    assert helpers.__version__ == pyproject()["project"]["version"]
