"""The course kit: what is in it and what is not, pins for other machines, and an installation from it without a network."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from packaging.requirements import Requirement

import setup_environment
from helpers.course.kit import __main__ as command
from helpers.course.kit import archive, building, wheels
from helpers.course.lite import packing
from tests.setup.test_pins import read_lock

ROOT = building.ROOT
LOCK = (ROOT / building.LOCK).read_text(encoding="utf-8")
NAME = "26_memory_wall"
NOWHERE = "http://127.0.0.1:9"  # nothing listens there
PROOF = """
import sys
from pathlib import Path
import helpers
from helpers.memory import panels
assert Path(helpers.__file__).resolve().is_relative_to(Path.cwd()), helpers.__file__
print(panels.picture_panel().set().reading)
"""


def toy(folder, name="toy", version="1", tag=""):
    made = packing.wheel(folder, name, version, {f"{name}.py": b"x = 1\n"})
    return made.rename(made.with_name(made.name.replace("py3-none-any", tag))) if tag else made


def pin(path, marker=""):
    name, version = path.name.split("-")[:2]
    return f"{name}=={version}{f' ; {marker}' if marker else ''} \\\n    --hash=sha256:{archive.digest(path)}\n"


# --- pins for other machines --------------------------------------------------------------------------


@pytest.mark.parametrize("python", wheels.PYTHONS)
@pytest.mark.parametrize("system", wheels.SYSTEMS)
def test_the_pins_of_a_system_are_those_of_the_lock_but_for_what_only_others_need(system, python):
    found = wheels.pins(LOCK, system, python)
    names = {pin.name for pin in found}
    windows, mac = system == "windows", system.startswith("macos")
    for name, there in {
        "pywinpty": windows, "colorama": windows, "pexpect": not windows, "ptyprocess": not windows, "appnope": mac,
        "overrides": python == "3.11", "pandas": True, "psutil": True,
    }.items():  # fmt: skip
        assert (name in names) is there, (name, system, python)
    whole = read_lock(building.LOCK)
    marked = {m[1] for m in re.finditer(r"^([a-z0-9-]+)==\S+ ;", LOCK, re.MULTILINE)}
    assert set(whole) - names <= marked
    assert {p.version for p in found if p.name == "soupsieve"} == {v for v, _ in whole["soupsieve"]} if python == "3.11" else {whole["soupsieve"][-1][0]}  # fmt: skip
    assert all(len(pin.hashes) == dict(whole[pin.name])[pin.version] for pin in found)


@pytest.mark.parametrize(
    ("system", "python", "tag", "runs"),
    [
        ("linux", "3.12", "py3-none-any", True),
        ("linux", "3.12", "cp312-cp312-manylinux_2_28_x86_64", True),
        ("linux", "3.12", "cp312-cp312-manylinux_2_35_x86_64", False),
        ("linux", "3.12", "cp312-cp312-manylinux2014_aarch64", False),
        ("linux", "3.12", "cp311-cp311-manylinux2014_x86_64", False),
        ("linux", "3.14", "cp39-abi3-manylinux_2_17_x86_64", True),
        ("linux-arm", "3.12", "cp312-cp312-manylinux2014_aarch64", True),
        ("macos", "3.13", "cp313-cp313-macosx_11_0_arm64", True),
        ("macos", "3.13", "cp313-cp313-macosx_11_0_x86_64", False),
        ("macos", "3.13", "cp313-cp313-macosx_10_13_universal2", True),
        ("macos-intel", "3.11", "cp311-cp311-macosx_10_9_x86_64", True),
        ("macos-intel", "3.11", "cp311-cp311-macosx_15_0_x86_64", False),
        ("windows", "3.11", "cp311-cp311-win_amd64", True),
        ("windows", "3.11", "cp311-cp311-win32", False),
        ("windows", "3.11", "cp311-cp311-musllinux_1_2_x86_64", False),
    ],
)
def test_which_wheels_run_where(system, python, tag, runs):
    assert bool(wheels.tags.parse_tag(tag) & wheels.fits(system, python)) is runs


@pytest.fixture
def registry(tmp_path):
    """A lock of three toys, and a pip that knows them; it writes down what it was asked."""
    (tmp_path / "there").mkdir()
    all_ = toy(tmp_path / "there", "pure")
    linux, mac = (toy(tmp_path / "there", "made", tag=f"cp312-cp312-{p}") for p in ("manylinux_2_17_x86_64", "macosx_11_0_arm64"))  # fmt: skip
    early, late = (toy(tmp_path / "there", "soup", version) for version in "12")
    hashes = f"    --hash=sha256:{archive.digest(mac)}\n"
    lock = tmp_path / "toys.lock"
    lock.write_text(
        pin(all_) + pin(linux).rstrip("\n") + " \\\n" + hashes
        + pin(early, "python_full_version < '3.12.5'") + pin(late, "python_full_version >= '3.12.5'"),
        encoding="utf-8",
    )  # fmt: skip
    asked = []

    def pip(words):
        text = Path(words[words.index("-r") + 1]).read_text(encoding="utf-8")
        names = re.findall(r"^(\w+==\d)", text, re.MULTILINE)
        assert len({name.split("=")[0] for name in names}) == len(names), "pip refuses a package that stands twice"
        asked.append((names, words))
        good = frozenset(t for word in words if word.startswith("--platform=") for t in [word.partition("=")[2]])
        for path in (tmp_path / "there").iterdir():
            name, version, _, _, platform = path.stem.split("-")
            if f"{name}=={version}" in names and (platform == "any" or platform in good):
                shutil.copy(path, words[words.index("--dest") + 1])
        return 0, ""

    return lock, pip, asked, tmp_path / "kept"


def test_each_system_gets_its_wheel_by_hash_and_nothing_is_fetched_twice(registry):
    lock, pip, asked, kept = registry
    wheels.fetch(lock, kept, ["linux", "macos"], ["3.12"], pip)
    assert [names for names, _ in asked] == [["pure==1", "made==1", "soup==1"], ["soup==2"], ["made==1"]]
    for _, words in asked:
        assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(words)
        assert not [word for word in words if "://" in word or "index" in word or "find-links" in word]
    (kept / "made-0-py3-none-any.whl").write_bytes(b"of an older lock")
    wheels.fetch(lock, kept, ["linux", "macos"], ["3.12"], pip)
    assert len(asked) == 3 and len(list(kept.iterdir())) == 5
    assert len(wheels.chosen(lock, kept, ["macos"], ["3.12"])) == 4  # the other system's wheel stays behind
    assert len(wheels.chosen(lock, kept, ["linux", "macos"], ["3.12"])) == 5


def test_a_wheel_that_is_not_there_a_pip_that_fails_and_an_unknown_system_are_told(registry):
    lock, pip, _, kept = registry
    with pytest.raises(RuntimeError, match=r"made==1: no wheel for Windows \(x86-64\), Python 3.12"):
        wheels.fetch(lock, kept, ["windows"], ["3.12"], pip)
    with pytest.raises(RuntimeError, match=r"Linux \(x86-64\), Python 3.12:\n(.*\n)*.*hash"):
        wheels.fetch(lock, kept / "new", ["linux"], ["3.12"], lambda _: (1, "THESE PACKAGES DO NOT MATCH THE HASHES"))
    for systems, pythons in ((["beos"], ["3.12"]), (["linux"], ["2.7"])):
        with pytest.raises(ValueError, match="is not one of"):
            wheels.fetch(lock, kept, systems, pythons, pip)


# --- what is in a kit -----------------------------------------------------------------------------------


def repacked(name, out):
    """A wheel of an installed package, compiled parts too; its tests and caches left out, to be quick."""
    package = metadata.distribution(name)
    found = {}
    for path in package.files or []:
        gone = path.parts[0] in ("..", "bin") or "tests" in path.parts or path.suffix == ".pyc"
        if not gone and path.name not in ("RECORD", "WHEEL", "INSTALLER", "REQUESTED", "direct_url.json"):
            place = path.as_posix()
            if path.parts[0].endswith(".dist-info"):
                place = "/".join([f"{re.sub(r'[-_.]+', '_', name)}-{package.version}.dist-info", *path.parts[1:]])
            found[place] = Path(package.locate_file(path)).read_bytes()
    return packing.wheel(out, name, package.version, found)


def needed(*names):
    """The packages that these need, here."""
    found, left = set(), list(names)
    while left:
        name = left.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            asked = map(Requirement, metadata.requires(name) or [])
            left += [r.name for r in asked if r.marker is None or r.marker.evaluate({"extra": ""})]
    return sorted(found)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A kit of one notebook for this machine, unpacked; its lock and wheels are those of packages installed here."""
    here = tmp_path_factory.mktemp("kit")
    root = here / "course"
    for part in (*building._WHOLE, "helpers", "data", "notebooks"):
        (root / part).parent.mkdir(parents=True, exist_ok=True)
        (root / part).symlink_to(ROOT / part)
    (root / building.LOCK).unlink()
    (root / building.LOCK).touch()

    def fetch(lock, kept, systems, pythons):
        kept.mkdir()
        paths = [
            repacked(name, kept)
            for name in needed("pandas", "altair", "anywidget", "platformdirs", "vl-convert-python")
        ]
        lock.write_text("".join(map(pin, paths)), encoding="utf-8")

    patch = pytest.MonkeyPatch()
    patch.setattr(building, "ROOT", root)
    patch.setattr(building, "run", lambda part, out, names, *more: builder(part, out, names))
    (here / "out").mkdir()
    said = []
    parts = [*building.PARTS, *building.TEACHER]
    archives = building.build(here / "out", [NAME], parts, ["linux"], ["3.11"], fetch=fetch, kept=here / "kept", say=said.append)  # fmt: skip
    patch.undo()
    for path in archives:
        with zipfile.ZipFile(path) as whole:
            whole.extractall(here)
    return here


def builder(part, out, names):
    """In place of the builders, which have tests of their own: a page, and files as the question bank has them."""
    out.mkdir()
    for name in ("index.html", f"{names[0]}.html", f"{names[0]}_answers.html", f"{names[0]}.zip"):
        (out / name).write_text(f"{part.words} {name}", encoding="utf-8")


def test_a_learner_gets_no_answers_and_the_teacher_s_archive_has_them(made):
    learner, teacher = (set(archive.files(made / f"{building.TOP}{e}")) for e in ("", "-instructor"))
    assert f"notebooks/{NAME}.ipynb" in learner and "notebooks/00_start_here.ipynb" not in learner
    assert {"bootstrap.py", "Makefile", "README.md", "LICENSE", "data/chips.csv", "helpers/core/data.py", "start_here.html", "network.html"} <= learner  # fmt: skip
    bad = [n for n in learner if "solutions" in n or "notebooks/source" in n or n.startswith(("teacher", "graded", "tests", "answers"))]  # fmt: skip
    bad += [n for n in learner if n.startswith("questions/") and ("answers" in n or n.endswith(".zip"))]
    bad += [n for n in learner if "__pycache__" in n or "/my_" in n or n.startswith(".")]
    assert not bad
    assert {n for n in learner if n.startswith("questions/")} == {"questions/index.html", f"questions/{NAME}.html"}
    assert {f"solutions/{NAME}.ipynb", f"answers/{NAME}_answers.html", "teacher/index.html", "graded/index.html"} <= teacher  # fmt: skip


def test_every_file_has_its_hash_and_a_changed_one_is_found(made):
    for top in (building.TOP, f"{building.TOP}-instructor"):
        lines = (made / top / archive.SUMS).read_text(encoding="utf-8").splitlines()
        listed = {line[66:]: line[:64] for line in lines}
        assert set(listed) == set(archive.files(made / top)) - {archive.SUMS} and list(listed) == sorted(listed)
        for name, digest in listed.items():
            assert hashlib.sha256((made / top / name).read_bytes()).hexdigest() == digest, name
    if shutil.which("sha256sum"):
        check = ["sha256sum", "--check", "--quiet", archive.SUMS]
        assert subprocess.run(check, cwd=made / building.TOP, capture_output=True).returncode == 0
        page = made / building.TOP / "network.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text + " ", encoding="utf-8")
        found = subprocess.run(check, cwd=made / building.TOP, capture_output=True, text=True)
        page.write_text(text, encoding="utf-8")
        assert found.returncode and "network.html" in found.stdout
    outer = (made / "out" / archive.SUMS).read_text(encoding="utf-8")
    assert f"{archive.digest(made / 'out' / f'{building.TOP}.zip')}  {building.TOP}.zip\n" in outer


def test_the_pages_say_what_is_there_and_what_is_not_and_lead_to_files(made):
    for name in ("start_here.html", "network.html"):
        page = BeautifulSoup((made / building.TOP / name).read_text(encoding="utf-8"), "html.parser")
        links = [a["href"] for a in page.find_all("a")]
        assert name == "network.html" or {"network.html", "site/index.html", "slides/index.html"} <= set(links)
        assert all((made / building.TOP / link).is_file() for link in links), links
        words = page.get_text()
        assert building.NO_PYODIDE in words and "Linux (x86-64)" in words and "3.11" in words and "Windows (x86" not in words  # fmt: skip
        assert "://" not in str(page)
    rows = {
        row.find("td").text: row.find_all("td")[1].text for row in page.find_all("tr") if len(row.find_all("td")) == 3
    }
    found = archive.files(made / building.TOP)
    assert int(rows["helpers"]) == sum(n.startswith("helpers/") for n in found) and "127.0.0.1" in page.get_text()
    assert re.search(r"unpacked; \d+ MB free", page.get_text())


def test_the_same_contents_give_the_same_bytes(made, tmp_path):
    found = {name: path for name, path in archive.files(made / building.TOP).items() if not name.startswith("wheels/")}
    first = archive.zipped(tmp_path / "a.zip", found, "top").read_bytes()
    time.sleep(0.01)
    for path in found.values():
        os.utime(path)
    assert archive.zipped(tmp_path / "b.zip", dict(reversed(found.items())), "top").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "a.zip") as whole:
        assert whole.testzip() is None and whole.namelist() == sorted(whole.namelist())
        assert {info.date_time for info in whole.infolist()} == {archive.DAY}


def test_it_installs_without_a_network_and_draws_a_panel(made, tmp_path):
    """In an empty environment, with the kit's own line; every proxy and every registry leads nowhere."""
    venv.create(tmp_path / "v", with_pip=True)
    python = setup_environment.venv_python(str(tmp_path / "v"))
    env = {k: v for k, v in os.environ.items() if not k.upper().startswith(("PIP_", "PYTHON"))}
    env |= {f"{kind}_proxy".upper(): NOWHERE for kind in ("http", "https", "all")}
    env |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": NOWHERE, "PIP_NO_COMPILE": "1", "PIP_NO_CACHE_DIR": "1"}
    page = BeautifulSoup((made / building.TOP / "start_here.html").read_text(encoding="utf-8"), "html.parser")
    (line,) = [pre.text.strip() for pre in page.find_all("pre") if pre.text.startswith("pip ")]
    settings = {"cwd": made / building.TOP, "env": env, "capture_output": True, "text": True}
    done = subprocess.run([python, "-m", *line.split()], **settings)
    assert done.returncode == 0, done.stderr
    seen = subprocess.run([python, "-c", PROOF], **settings)
    assert seen.returncode == 0 and re.search(r"\d+%", seen.stdout), seen.stderr
    broken = next((made / building.TOP / "wheels").glob("traitlets-*.whl"))
    kept = broken.read_bytes()
    broken.write_bytes(kept + b" ")
    refused = subprocess.run([python, "-m", *line.split(), "--force-reinstall"], **settings)
    broken.write_bytes(kept)
    assert refused.returncode and "DO NOT MATCH THE HASHES" in refused.stderr


def test_a_wrong_part_and_a_folder_of_something_else_are_refused_and_a_kit_is_written_again(tmp_path):
    with pytest.raises(ValueError, match="'poster' is not one of course, wheels"):
        command.main(["--parts", "poster", str(tmp_path / "k"), NAME])
    (tmp_path / "k" / f"{building.TOP}.zip").write_bytes(b"of an earlier run")
    said = command.main(["--parts", "solutions", str(tmp_path / "k"), NAME])
    assert "1 notebooks" in said and [p.name for p in sorted((tmp_path / "k").iterdir())] == [archive.SUMS, f"{building.TOP}-instructor.zip"]  # fmt: skip
    (tmp_path / "k" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="no kit of this edition"):
        building.clear(tmp_path / "k")


def test_a_builder_that_fails_is_told_in_its_own_words(tmp_path):
    with pytest.raises(RuntimeError, match="Slides: helpers.course.paper failed"):
        building.run(building.PARTS["slides"], tmp_path / "s", ["99_none"])


def test_the_builders_are_the_commands_of_the_course():
    from tests.setup.common import load_bootstrap

    commands = {tuple(words[1:]) for _, words in load_bootstrap().COMMANDS.values()}
    for part in [*building.PARTS.values(), *building.TEACHER.values()]:
        if part.module:
            assert tuple(filter(None, (part.module, part.command))) in commands, part
    assert sys.version_info[:2] >= tuple(map(int, wheels.PYTHONS[0].split(".")))
