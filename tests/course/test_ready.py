"""The ready check says what is wrong and never raises, whatever is damaged or missing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from IPython.core.formatters import DisplayFormatter

from helpers.core import data
from helpers.core.tables import TABLES
from helpers.course import opinions, ready
from helpers.show import script


def stored(shown):
    """What a kernel would send to the page, and a notebook store."""
    return DisplayFormatter().format(shown)[0]


def directory_in_its_place(path):
    path.unlink()
    path.mkdir()


DAMAGES = {
    "missing": (lambda path: path.unlink(), "the file is missing"),
    "a bad cell": (
        lambda path: path.write_text(path.read_text("utf-8").replace(",yes\n", ",perhaps\n", 1), "utf-8"),
        "yes or no",
    ),
    "empty": (lambda path: path.write_bytes(b""), "the file is empty"),
    "no rows": (lambda path: path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8"), "has no rows"),
    "not UTF-8": (lambda path: path.write_bytes(path.read_bytes() + b"\xff\n"), "not UTF-8"),
    "not CSV": (lambda path: path.write_bytes(path.read_bytes() + b'"'), "CSV"),
    "a zero byte": (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\0\n"), "events.csv"),
    "cut in half": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "events.csv"),
    "not readable": (directory_in_its_place, "cannot be read"),
}


def test_all_is_well_here():
    check = ready.ReadyCheck()
    assert check.problems == [] and repr(check) == "Ready."
    assert f"{len(data.load('events'))} events" in check.page()
    assert set(stored(check)) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert all(package in check.page() for package in ready.PACKAGES) and "missing" not in check.page()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_table_is_reported(tables, damage):
    spoil, said = DAMAGES[damage]
    spoil(tables / "events.csv")
    check = ready.ReadyCheck(tables)
    assert check.problems and said in check.problems[0] and "events" in check.problems[0]
    assert all("git checkout data/" in problem for problem in check.problems)
    assert len(check.problems) == len(set(check.problems)), "the tables that refer to it say it again"
    assert repr(check).startswith("Not ready yet: ") and "Not ready yet." in check.page()
    bundle = check._repr_mimebundle_()
    assert bundle["text/plain"] == repr(check) and "application/vnd.jupyter.widget-view+json" in bundle


def test_each_damaged_table_is_named_and_the_sound_ones_are_not(tables):
    for name in ("sources", "chips"):
        (tables / f"{name}.csv").write_bytes(b"\xff")
    found = " ".join(ready.problems(tables))
    assert (
        "sources.csv, row 1: not UTF-8" in found
        and "chips.csv, row 1: not UTF-8" in found
        and "course_map" not in found
    )


def test_a_missing_data_folder_is_reported(tmp_path):
    check = ready.ReadyCheck(tmp_path / "nowhere")
    assert len(check.problems) == len(TABLES)
    assert "Record: cannot be read" in check.page()


@pytest.mark.parametrize("error", [RuntimeError("odd"), PermissionError(13, "Permission denied"), RecursionError()])
def test_an_unforeseen_error_is_reported(monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(data, "load", fail)
    monkeypatch.setattr(script, "prepare", fail)
    check = ready.ReadyCheck()
    assert any("events.csv" in problem and type(error).__name__ in problem for problem in check.problems)
    assert any("the charts" in problem and type(error).__name__ in problem for problem in check.problems)
    assert check._repr_mimebundle_()["text/plain"].startswith("Not ready yet: ")


def test_an_old_python_and_a_read_only_folder_are_reported(monkeypatch):
    monkeypatch.setattr(ready, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(opinions, "OPINIONS_FILE", opinions.OPINIONS_FILE.parent / "nowhere" / "mine.json")
    old, closed = ready.problems()
    assert "too old" in old and "read-only" in closed


def test_what_a_page_shows_is_escaped(monkeypatch):
    monkeypatch.setattr(ready, "_packages", lambda: ["<script>"])
    assert "&lt;script&gt;" in ready.ReadyCheck().page()


@pytest.mark.parametrize("package", ["altair", "ipywidgets", "pandas", "numpy", "anywidget"])
def test_a_missing_package_is_named_by_a_check_that_still_runs(package):
    code = f"""
import json, sys
sys.modules[{package!r}] = None
from helpers.course.ready import ReadyCheck
check = ReadyCheck()
print(json.dumps([check.problems, sorted(check._repr_mimebundle_())]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    problems, kinds = json.loads(done.stdout)
    assert problems[0] == f"{package} is not installed: run the set-up command of the README again."
    assert "text/plain" in kinds and ("text/html" in kinds) == (package == "ipywidgets")


def test_the_check_imports_nothing_but_the_standard_library_before_it_is_asked():
    code = "import sys; before = set(sys.modules); import helpers.course.ready; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded - {"helpers"} <= set(sys.stdlib_module_names)
