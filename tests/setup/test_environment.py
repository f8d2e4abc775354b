"""bootstrap.py: what it makes, and when it makes it again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from setup_environment import child_environment, site_packages
from tests.setup.common import GIBIBYTE, PIP_OUTPUT, ROOT, Usage


def set_up(workplace, edition):
    workplace.calls.clear()
    workplace.set_up(edition, edition)
    return list(workplace.calls)


def pretend_pip(workplace, code):
    """A package of that name in the environment; `python -m pip` runs the code."""
    package = Path(site_packages(workplace.VENV)) / "pip"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(code)


def test_second_time_does_nothing(workplace):
    assert set_up(workplace, "lab") == ["venv", "requirements.lock"]
    assert set_up(workplace, "lab") == []


def test_test_after_lab_only_adds_and_lab_after_test_needs_nothing(workplace):
    set_up(workplace, "lab")
    assert set_up(workplace, "test") == ["requirements-test.lock"]
    assert set_up(workplace, "lab") == []
    assert set_up(workplace, "test") == []


def test_lab_after_test_alone_needs_nothing(workplace):
    assert set_up(workplace, "test") == ["venv", "requirements-test.lock"]
    assert set_up(workplace, "lab") == []


def test_changed_lock_is_installed(workplace):
    set_up(workplace, "lab")
    with open(workplace.folder / "requirements.lock", "a") as handle:
        handle.write("# changed\n")
    assert set_up(workplace, "lab") == ["requirements.lock"]


@pytest.mark.parametrize("damage", ["no stamp", "half a stamp", "no python", "other python", "moved"])
def test_environment_that_cannot_be_trusted_is_made_again(workplace, damage):
    set_up(workplace, "lab")
    stamp = Path(workplace.STAMP)
    facts = json.loads(stamp.read_text())
    if damage == "no stamp":
        stamp.unlink()
    elif damage == "half a stamp":
        stamp.write_text(stamp.read_text()[:20])
    elif damage == "no python":
        Path(workplace.VENV_PYTHON).unlink()
    elif damage == "other python":
        stamp.write_text(json.dumps({**facts, "python": "3.10"}))
    else:
        moved = workplace.folder / "moved"
        shutil.copytree(workplace.VENV, moved / ".venv", symlinks=True)
        for name in ("VENV", "STAMP", "PIP_LOG", "VENV_PYTHON"):
            setattr(workplace, name, getattr(workplace, name).replace(str(workplace.folder), str(moved)))
        assert workplace.read_stamp() == facts
        assert "moved" in workplace.distrust(facts)
        return
    assert set_up(workplace, "lab") == ["venv", "requirements.lock"]


def test_a_kit_without_a_wheel_for_this_machine_says_so_and_asks_no_registry(workplace):
    assert workplace.beside("requirements.lock") == []
    (workplace.folder / "wheels").mkdir()
    assert workplace.beside("requirements.lock") == []  # an empty folder is no kit
    (workplace.folder / "wheels" / "toy-1-py3-none-any.whl").touch()
    assert workplace.beside("requirements.lock") == ["--no-index", "--find-links", str(workplace.folder / "wheels")]
    assert workplace.beside("requirements-test.lock") == []  # a kit has no packages of the tests
    workplace.pip_answer = (1, PIP_OUTPUT["no package"])
    with pytest.raises(
        workplace.Stop, match="(?s)pywin32.*The folder wheels of this course kit has no package"
    ) as stop:
        set_up(workplace, "lab")
    assert "{" not in str(stop.value) and "Binder" not in str(stop.value)


def test_failed_set_up_is_done_again(workplace):
    workplace.pip_answer = (1, PIP_OUTPUT["network"])
    with pytest.raises(workplace.Stop, match="PIP_INDEX_URL"):
        set_up(workplace, "lab")
    workplace.pip_answer = (0, "")
    assert set_up(workplace, "lab") == ["venv", "requirements.lock"]


def test_no_network_for_the_tests_leaves_the_course_working(workplace):
    set_up(workplace, "lab")
    workplace.pip_answer = (1, PIP_OUTPUT["network"])
    with pytest.raises(workplace.Stop):
        set_up(workplace, "test")
    assert set_up(workplace, "lab") == []


@pytest.mark.parametrize("begun", [False, True])
def test_stamp_goes_when_pip_begins_to_change_things(workplace, begun):
    """A pretended pip that fails: in its first phase it has changed nothing yet."""
    set_up(workplace, "lab")
    pretend_pip(
        workplace,
        "print('Collecting altair')\n"
        + "print('Installing collected packages: altair')\n" * begun
        + "raise SystemExit(1)\n",
    )
    code, output = workplace.real_install("requirements.lock")
    assert (code, "Collecting altair" in output) == (1, True)
    assert Path(workplace.STAMP).exists() is not begun


def test_full_disk_stops_before_the_first_file(workplace, monkeypatch):
    monkeypatch.setattr(workplace.shutil, "disk_usage", lambda folder: Usage(GIBIBYTE, 0, 10**6))
    with pytest.raises(workplace.Stop, match="Not enough disk space"):
        set_up(workplace, "lab")
    assert workplace.calls == [] and not Path(workplace.VENV).exists()


def test_own_files_make_helpers_importable_and_set_jupyter(workplace):
    set_up(workplace, "lab")
    (link,) = Path(workplace.VENV).rglob("chips_and_sanctions.pth")
    line = link.read_text().rstrip("\n")
    assert not os.path.isabs(line)
    assert (link.parent / line).resolve() == workplace.folder.resolve()
    config = Path(workplace.VENV) / "etc" / "jupyter" / "jupyter_server_config.py"
    assert config.read_bytes() == (ROOT / "jupyter_server_config.py").read_bytes()
    page = json.loads((Path(workplace.VENV) / "etc" / "jupyter" / "labconfig" / "page_config.json").read_text())
    news = {"@jupyterlab/apputils-extension:announcements": True}
    assert page == {"disabledExtensions": news, "lockedExtensions": news}


def test_helpers_import_from_any_folder(tmp_path):
    code = "import helpers; print(helpers.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=child_environment(sys.prefix),
        check=True,
    )
    assert Path(done.stdout.strip()) == ROOT / "helpers" / "__init__.py"


@pytest.mark.parametrize(
    "env, system, expected",
    [
        ({}, "Linux", True),
        ({"DISPLAY": ":0"}, "Linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "Linux", False),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a"}, "Linux", True),
        ({"SSH_TTY": "a"}, "Darwin", True),
        ({}, "Darwin", False),
        ({}, "Windows", False),
        ({"BROWSER": "lynx"}, "Linux", False),
    ],
)
def test_browser_is_opened_only_where_there_is_one(bootstrap, env, system, expected):
    assert bootstrap.headless(env, system) is expected


def test_unknown_command_prints_the_help(tmp_path):
    done = subprocess.run([sys.executable, ROOT / "bootstrap.py", "lba"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and "bootstrap.py lab" in done.stdout


@pytest.mark.parametrize(
    ("word", "gone", "kept"),
    [
        ("--ip=0.0.0.0", ["ip", "allow_remote_access"], ["identity_provider_class", "root_dir"]),
        ("--ServerApp.ip=0.0.0.0", ["ip"], ["identity_provider_class"]),
        ("--IdentityProvider.token=mine", ["identity_provider_class"], ["ip", "allow_remote_access"]),
        ("--PasswordIdentityProvider.hashed_password=x", ["identity_provider_class"], ["ip"]),
        ("--notebook-dir=/elsewhere", ["root_dir"], ["ip", "identity_provider_class"]),
        ("--debug", ["log_level"], ["ip"]),
        ("--port=9999", [], ["ip", "identity_provider_class", "root_dir", "allow_origin", "disable_check_xsrf"]),
    ],
)
def test_a_typed_word_replaces_ours_and_only_ours(bootstrap, word, gone, kept):
    """JupyterLab refuses a setting that is named twice."""
    names = {own.split("=")[0].split(".")[-1] for own in bootstrap.lab_arguments([word])}
    assert not names & set(gone) and names >= set(kept)
