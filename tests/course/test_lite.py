"""The browser edition's parts, without a browser: what it is made of, and what is refused."""

from __future__ import annotations

import ast
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

import setup_wheels
from helpers.course.lite import building, distribution, packing
from helpers.show import script

ROOT = building.ROOT
LITE = ROOT / "helpers" / "course" / "lite"


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A distribution of two small files, and the folder that holds it."""
    contents = {"pyodide.js": b"one", "numpy.whl": b"two"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    digest = {name: distribution._sha256(tmp_path / name) for name in contents}
    package = {"file_name": "numpy.whl", "sha256": digest["numpy.whl"]}
    pinned = {"core": {"pyodide.js": digest["pyodide.js"]}, "packages": {"numpy": package}, "lock_sha256": ""}
    monkeypatch.setattr(distribution, "PINNED", pinned)
    return tmp_path


def test_a_local_distribution_is_copied_only_when_every_file_has_its_hash(toy, tmp_path):
    (toy / "matplotlib.whl").write_bytes(b"not wanted")
    distribution.copy(toy, tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["numpy.whl", "pyodide.js"]
    (toy / "numpy.whl").write_bytes(b"two!")
    with pytest.raises(ValueError, match="numpy.whl is not the file of Pyodide"):
        distribution.copy(toy, tmp_path / "other")
    (toy / "numpy.whl").unlink()
    with pytest.raises(ValueError, match="numpy.whl is missing"):
        distribution.copy(toy, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_with_the_official_lock_files_that_the_course_does_not_need_are_checked_too(toy, monkeypatch):
    listing = toy / distribution.LOCK
    listing.write_text('{"packages": {"scipy": {"file_name": "scipy.whl", "sha256": "00"}}}', encoding="utf-8")
    (toy / "scipy.whl").write_bytes(b"three")
    assert distribution.problems(toy) == []  # this is not the official lock, and nothing can be said
    monkeypatch.setitem(distribution.PINNED, "lock_sha256", distribution._sha256(listing))
    assert [found.split()[0] for found in distribution.problems(toy)] == ["scipy.whl"]


def test_the_lock_of_the_edition_is_closed_and_every_name_in_it_is_a_file_with_a_hash():
    packages = distribution.lock()["packages"]
    normal = {re.sub(r"[-_.]+", "-", name) for name in packages}
    for name, package in packages.items():
        assert {re.sub(r"[-_.]+", "-", need) for need in package["depends"]} <= normal, name
        assert re.fullmatch(r"[0-9a-f]{64}", distribution.wanted()[package["file_name"]])
    assert {"pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"} <= set(distribution.wanted())
    assert set(building.PRELOADED) <= set(packages)
    assert distribution.VERSION in distribution.ADDRESS


def test_whatever_file_the_course_reads_beside_its_tables_is_in_the_edition(tmp_path):
    with zipfile.ZipFile(packing.course(tmp_path, "0")) as archive:
        names = archive.namelist()
        code = "".join(
            archive.read(name).decode() for name in names if name.startswith("helpers/") and name.endswith(".py")
        )
    read = set(re.findall(r'\bROOT / "([\w.]+\.\w+)"', code))
    assert "CHANGELOG.md" in read and read <= set(names)


def test_whatever_the_course_imports_is_in_the_edition(tmp_path):
    """Read from the code itself: an import that the browser's Python cannot have fails here, not at a reader's."""
    made = packing.course(tmp_path, "0")
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        code = {name: archive.read(name) for name in names if name.startswith("helpers/") and name.endswith(".py")}
    assert script.SHIPPED.relative_to(ROOT).as_posix() in names and "data/chips.csv" in names
    assert not [name for name in names if "/book/" in name or "/lite/" in name or "authoring" in name]
    imported = set()
    for content in code.values():
        for node in ast.walk(ast.parse(content)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])
    outside = {name for name in imported - set(sys.stdlib_module_names) if name not in ("helpers", "setuptools")}
    there = {*packing.INSTALLED, *building.SHIPPED, *distribution.PINNED["packages"], "IPython"}
    # vl-convert only makes the chart script, which is shipped; js is the browser's own
    assert outside - there == {"vl_convert", "js"}


def test_the_shipped_chart_script_is_taken_and_a_damaged_one_is_not(tmp_path, monkeypatch):
    shipped = tmp_path / "panel.bundle.js"
    shipped.write_bytes(script.whole())
    cached = script.prepare()
    monkeypatch.setattr(script, "SHIPPED", shipped)
    assert script.prepare() == shipped != cached
    shipped.write_bytes(shipped.read_bytes() + b"\n")
    assert script.prepare() == cached


def test_a_packed_package_holds_nothing_compiled_and_the_same_bytes_each_time(tmp_path):
    (tmp_path / "again").mkdir()
    first, second = (packing.installed(folder, "markupsafe") for folder in (tmp_path, tmp_path / "again"))
    assert first.name.endswith("-py3-none-any.whl") and first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert {"markupsafe/__init__.py", "markupsafe/_native.py"} <= set(names)
    assert {Path(name).suffix for name in names} & {".so", ".pyd", ".c"} == set()
    assert sum(name.endswith(".dist-info/METADATA") for name in names) == 1


def test_a_folder_that_holds_something_else_and_an_address_of_something_else_are_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="no browser edition"):
        building.build(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
    with pytest.raises(ValueError, match="pyodide.js"):
        building.build(tmp_path / "new", "https://example.org/pyodide/")
    with pytest.raises(ValueError, match=r"is missing"):
        building.build(tmp_path / "new", str(tmp_path))


# --- fetching --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wheels.txt", "wheels-test.txt"])
def test_pins_are_whole_and_hold_no_address(name):
    text = (LITE / name).read_text(encoding="utf-8")
    assert setup_wheels.pins(str(LITE / name)) and "://" not in text and "--index" not in text


def test_the_builder_finds_a_pin_for_each_tool():
    pinned = {name.replace("-", "_") for name, _, _ in setup_wheels.pins(str(LITE / "wheels.txt"))}
    assert pinned == {*building.TOOLS, *building.SHIPPED}


def test_only_what_is_missing_is_fetched_and_a_failure_is_told(tmp_path):
    wheel = packing.wheel(tmp_path / "made" if (tmp_path / "made").mkdir() is None else tmp_path, "toy", "1", {})
    pins = tmp_path / "pins.txt"
    pins.write_text(f"# words\ntoy==1 --hash=sha256:{distribution._sha256(wheel)}\n", encoding="utf-8")
    asked = []

    def pip(command):
        asked.append(command)
        shutil.copy(wheel, command[command.index("--dest") + 1])
        return 0, "done"

    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "toy-0-py3-none-any.whl").write_bytes(b"of an older version")
    assert setup_wheels.fetch("python", pip, str(pins), str(kept)) is None
    assert [path.name for path in kept.iterdir()] == ["toy-1-py3-none-any.whl"]
    assert "--require-hashes" in asked[0] and "--no-deps" in asked[0]
    assert setup_wheels.fetch("python", pip, str(pins), str(kept)) is None and len(asked) == 1
    assert setup_wheels.fetch("python", lambda _: (1, "no network"), str(pins), str(tmp_path / "no")) == "no network"
    pins.write_text("toy==1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not a pin with its hash"):
        setup_wheels.pins(str(pins))
