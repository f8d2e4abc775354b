"""An environment is ready when it is whole, not because a stamp says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import setup_checks as checks
import setup_environment as environment
from tests.setup.common import GIBIBYTE, PIP_OUTPUT, ROOT, Usage
from tests.setup.test_environment import pretend_pip, set_up

MADE_AGAIN = ["venv", "requirements.lock"]


def package(workplace):
    return Path(environment.site_packages(workplace.VENV)) / "altair"


# --- damage after the set-up ------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["folder gone", "folder emptied"])
def test_a_package_that_has_gone_is_mended(workplace, damage, capsys):
    set_up(workplace, "lab")
    shutil.rmtree(package(workplace))
    if damage == "folder emptied":
        (package(workplace) / "__pycache__").mkdir(parents=True)
    assert set_up(workplace, "lab") == ["requirements.lock again"]
    assert "altair has gone" in capsys.readouterr().out
    assert set_up(workplace, "lab") == []


def test_an_environment_too_far_gone_for_pip_is_made_again(workplace):
    set_up(workplace, "lab")
    shutil.rmtree(package(workplace))
    workplace.pip_answer, answers = (1, PIP_OUTPUT["unknown"]), [(0, "")]
    install = workplace.install

    def once(lock, again=False):
        answer = install(lock, again)
        workplace.pip_answer = answers[0]
        return answer

    workplace.install = once
    assert set_up(workplace, "lab") == ["requirements.lock again", *MADE_AGAIN]


def test_no_network_while_mending_leaves_what_is_there(workplace):
    set_up(workplace, "lab")
    inside = sorted(Path(workplace.VENV).iterdir())
    shutil.rmtree(package(workplace))
    workplace.pip_answer = (1, PIP_OUTPUT["network"])
    with pytest.raises(workplace.Stop, match="could not be reached"):
        set_up(workplace, "lab")
    assert sorted(Path(workplace.VENV).iterdir()) == inside


@pytest.mark.skipif(os.name == "nt", reason="links and shell scripts")
@pytest.mark.parametrize("damage", ["no pyvenv.cfg", "dead link", "not a program", "fails", "another Python's"])
def test_an_interpreter_that_does_not_start_is_seen(workplace, damage, capsys):
    set_up(workplace, "lab")
    python = Path(workplace.VENV_PYTHON)
    if damage == "no pyvenv.cfg":
        (Path(workplace.VENV) / "pyvenv.cfg").unlink()
    else:
        python.unlink()
        if damage == "dead link":
            python.symlink_to("/nowhere/python3")
        elif damage == "not a program":
            python.write_bytes(b"\0" * 100)
            python.chmod(0o755)
        elif damage == "fails":
            python.write_text("#!/bin/sh\nexit 3\n")
            python.chmod(0o755)
        else:
            python.write_text("#!/bin/sh\necho course 3 9 /elsewhere\n")
            python.chmod(0o755)
    assert set_up(workplace, "lab") == MADE_AGAIN
    assert "replacing the .venv that is there" in capsys.readouterr().out


@pytest.mark.parametrize(
    "damage",
    [
        {"locks": None},
        {"locks": []},
        {"holds": None},
        {"holds": [1]},
        {"folder": ["list"]},
        "[]",
        "null",
        "\ufffd",
        "[" * 100_000,
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_damaged_stamp_is_no_stamp(workplace, damage):
    set_up(workplace, "lab")
    stamp = Path(workplace.STAMP)
    facts = json.loads(stamp.read_text())
    if isinstance(damage, dict):
        stamp.write_text(json.dumps({**facts, **damage}))
    else:
        stamp.write_bytes(damage.encode("utf-16") if damage == "\ufffd" else damage.encode())
    assert set_up(workplace, "lab") == MADE_AGAIN


def test_a_stamp_of_an_older_set_up_is_checked_not_thrown_away(workplace):
    set_up(workplace, "lab")
    stamp = Path(workplace.STAMP)
    facts = json.loads(stamp.read_text())
    del facts["holds"]
    stamp.write_text(json.dumps(facts))
    assert set_up(workplace, "lab") == ["requirements.lock"]
    assert set_up(workplace, "lab") == []


def test_looking_costs_little(workplace):
    set_up(workplace, "lab")
    times = []
    for _ in range(3):
        start = time.process_time()
        assert workplace.up_to_date(workplace.read_stamp(), "lab")
        times.append(time.process_time() - start)
    assert min(times) < 0.5


# --- what pip said, and what is there ------------------------------------------------------------------


def test_packages_that_landed_elsewhere_are_not_called_ready(workplace, monkeypatch):
    """pip says "done", and the environment has nothing."""
    monkeypatch.setattr(workplace, "prove", workplace.real_prove)
    with pytest.raises(workplace.Stop, match="the environment does not have them"):
        set_up(workplace, "lab")
    assert not Path(workplace.STAMP).exists()


@pytest.mark.parametrize(
    ("module", "version", "word"),
    [("x = 1", "1.0", None), ("x = 1", "2.0", "is not there, but 2.0"), ("1 / 0", "1.0", "does not start: ZeroDiv")],
)
def test_every_pin_is_looked_up_and_what_the_course_uses_is_imported(tmp_path, module, version, word):
    """By the very program that runs in the environment's Python, on a folder with one package."""
    (tmp_path / "toy.py").write_text(module)
    (tmp_path / f"toy-{version}.dist-info").mkdir()
    (tmp_path / f"toy-{version}.dist-info" / "METADATA").write_text(f"Name: toy\nVersion: {version}\n")
    lock = tmp_path / "lock"
    lock.write_text("toy==1.0 ; python_version >= '3' \\\n    --hash=sha256:0\nno-such==1 ; python_version < '3'\n")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.prefix = {str(tmp_path)!r}\n" + environment.PROOF
    done = subprocess.run([sys.executable, "-c", code, lock, "toy"], capture_output=True, text=True)
    assert (done.returncode == 0) is (word is None)
    assert (word or "") in done.stderr
    code = code.replace(f"sys.prefix = {str(tmp_path)!r}", "sys.prefix = '/elsewhere'")
    done = subprocess.run([sys.executable, "-c", code, lock], capture_output=True, text=True)
    assert done.returncode == 1 and "toy" in done.stderr


def test_every_direct_pin_is_imported_once(bootstrap):
    from tests.setup.test_pins import direct_pins

    course, test = direct_pins()
    other = {"vl-convert-python": "vl_convert", "pytest-xdist": "xdist", "axe-core-python": "axe_core_python"}
    other["configurable-http-proxy"] = "configurable_http_proxy"
    # A program, a thing of one test, and one that takes seconds and does not load on Windows.
    not_imported = {"ruff", "jupyter-repo2docker", "otter-grader"}
    assert {other.get(name, name) for name in course} == set(bootstrap.MODULES["lab"])
    assert {other.get(name, name) for name in {**course, **test}.keys() - not_imported} == set(
        bootstrap.MODULES["test"]
    )


def test_a_refusing_registry_is_asked_again_for_its_reason(workplace):
    """pip says "no matching distribution" for a refusal, too; `-vv` tells."""
    set_up(workplace, "lab")
    pretend_pip(
        workplace,
        "import sys\n"
        f"text = {PIP_OUTPUT['refused']!r}.splitlines(True)\n"
        "sys.stdout.writelines(text if '-vv' in sys.argv else text[:2])\n"
        "raise SystemExit(1)\n",
    )
    code, output = workplace.real_install("requirements.lock")
    assert code == 1 and checks.pip_problem(output) == "refused"
    assert "403" in checks.pip_sentence(output, "requirements.lock")


# --- room, depth, and a set-up that was killed ------------------------------------------------------------


def test_an_unfinished_environment_is_room(workplace, monkeypatch):
    monkeypatch.setitem(workplace.checks.FREE_MB, "lab", 1000)
    monkeypatch.setattr(workplace.checks, "size_of", lambda folder: 600 * 10**6)
    monkeypatch.setattr(workplace.shutil, "disk_usage", lambda folder: Usage(GIBIBYTE, 0, 500 * 10**6))
    assert set_up(workplace, "lab") == MADE_AGAIN
    monkeypatch.setattr(workplace.checks, "size_of", lambda folder: 400 * 10**6)
    Path(workplace.STAMP).unlink()
    with pytest.raises(workplace.Stop, match="900 MB are free"):
        set_up(workplace, "lab")


def room(workplace, monkeypatch, megabytes):
    monkeypatch.setattr(workplace.shutil, "disk_usage", lambda folder: Usage(9 * GIBIBYTE, 0, megabytes * 10**6))


def test_each_edition_needs_its_own_room_and_what_is_there_counts_half(workplace, monkeypatch):
    for edition, figure in (("lab", 600), ("test", 1200)):
        monkeypatch.setitem(workplace.checks.FREE_MB, edition, figure)
    room(workplace, monkeypatch, 599)
    with pytest.raises(workplace.Stop, match="needs about 600 MB"):
        set_up(workplace, "lab")
    room(workplace, monkeypatch, 600)
    set_up(workplace, "lab")
    room(workplace, monkeypatch, 899)
    with pytest.raises(workplace.Stop, match="needs about 900 MB"):
        set_up(workplace, "test")
    room(workplace, monkeypatch, 900)
    set_up(workplace, "test")
    (workplace.folder / "requirements-test.lock").write_text("# newer\n")
    room(workplace, monkeypatch, 599)
    with pytest.raises(workplace.Stop, match="needs about 600 MB"):
        set_up(workplace, "test")
    room(workplace, monkeypatch, 600)
    set_up(workplace, "test")


def test_size_of_a_folder_counts_what_would_be_free(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(b"1" * 100_000)
    assert 90_000 < checks.size_of(str(tmp_path / "a")) < 200_000
    (tmp_path / "link").symlink_to(tmp_path / "a", target_is_directory=True)
    assert checks.size_of(str(tmp_path / "link")) == 0
    os.link(tmp_path / "a" / "one", tmp_path / "kept")
    assert checks.size_of(str(tmp_path / "a")) == 0
    assert checks.size_of(str(tmp_path / "none")) == 0


def test_a_folder_too_deep_for_windows_is_said_before_anything_is_made():
    deep, fits = "C:\\" + "d" * 95, "C:\\" + "d" * 94
    text = checks.depth_problem(deep, windows=True, allowed=lambda: False)
    assert "98 letters" in text and "at most 97" in text and "C:\\course" in text
    assert checks.depth_problem(fits, windows=True, allowed=lambda: False) is None
    assert checks.depth_problem(deep, windows=True, allowed=lambda: True) is None
    assert checks.depth_problem(deep, windows=False) is None


def test_the_longest_path_of_the_environment_is_the_one_that_windows_is_asked_to_hold():
    """Measured here, counted as on Windows, where the folder's name is shorter."""
    here = Path(environment.site_packages(sys.prefix))
    lasting = [path for path in here.rglob("*") if ".pyc." not in path.name]  # Python writes bytecode under such a name
    longest = max(len(str(Path(".venv", "Lib", "site-packages", path.relative_to(here)))) for path in lasting)
    assert longest <= checks.LONGEST_BELOW


@pytest.mark.skipif(os.name == "nt", reason="Windows holds no such lock")
def test_what_a_killed_set_up_left_running_keeps_the_lock(tmp_path):
    """Its pip may still write: the next set-up waits for that end."""
    import fcntl

    for name in ("bootstrap.py", "setup_checks.py", "setup_environment.py", "setup_wheels.py"):
        shutil.copy(ROOT / name, tmp_path)
    code = (
        "import bootstrap, os, sys\n"
        "with bootstrap.OneAtATime():\n"
        "    work = bootstrap.start([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    print(work.pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    orphan = int(killed.stdout)
    with open(tmp_path / "bootstrap.py") as handle:
        try:
            with pytest.raises(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.kill(orphan, 9)
        for _ in range(100):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.05)
        else:
            raise AssertionError("the lock outlived the last program that held it")
