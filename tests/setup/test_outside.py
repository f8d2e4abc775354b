"""What of the reader's machine reaches the course, and what is set aside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import setup_environment as environment
from tests.setup.common import FILES, ROOT
from tests.setup.test_environment import set_up

unix = pytest.mark.skipif(os.name == "nt", reason="rights and home folders are other things there")


# --- variables and pip's settings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONOPTIMIZE", "PYTHONSAFEPATH"),
        *("PYTHONDONTWRITEBYTECODE", "IPYTHONDIR"),
        *("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_PYTHON", "PIP_CONSTRAINT", "PIP_QUIET"),
        *("JUPYTER_TOKEN", "JUPYTER_TOKEN_FILE", "JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTER_PATH"),
        *("JUPYTER_RUNTIME_DIR", "JUPYTERLAB_DIR", "JUPYTER_NO_CONFIG"),
    ],
)
def test_what_would_shadow_move_or_open_something_is_set_aside(name):
    assert name not in environment.child_environment("/course/.venv", {name: "1", "PATH": "/bin"})


@pytest.mark.parametrize(
    "name", ["PIP_INDEX_URL", "PIP_CERT", "PIP_PROXY", "PIP_DEFAULT_TIMEOUT", "HTTPS_PROXY", "LANG", "JUPYTER_PORT"]
)
def test_what_leads_to_a_registry_stays(name):
    assert environment.child_environment("/course/.venv", {name: "1"})[name] == "1"


@pytest.mark.parametrize("given", [{}, {"no_proxy": "a.example"}, {"NO_PROXY": "a.example, localhost"}])
def test_no_proxy_is_asked_for_this_machine(given):
    env = environment.child_environment("/v", {"http_proxy": "http://proxy.invalid:1", **given})
    for name in ("no_proxy", "NO_PROXY"):
        hosts = env[name].split(",")
        assert {"127.0.0.1", "localhost", "::1"} <= set(hosts) and len(hosts) == len(set(hosts))
        assert ("a.example" in hosts) is bool(given)


def test_the_loopback_is_reached_beside_a_proxy_that_is_not_there():
    """The standard library's own client, as the browser tests use it."""
    code = "import urllib.request as u; print(u.proxy_bypass('127.0.0.1'), u.proxy_bypass('localhost:8888'))"
    env = environment.child_environment(sys.prefix, {**os.environ, "http_proxy": "http://127.0.0.1:9"})
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() in (["True", "True"], ["1", "1"])


SETTINGS = {
    ":env:.config-file": "/x",
    "install.extra-index-url": "\nhttps://one.invalid\nhttps://two.invalid",
    "install.prefix": "/elsewhere",
    "install.timeout": "90",
    "global.constraint": "/etc/constraints.txt",
    "global.dry-run": "true",
    "global.index-url": "https://mirror.invalid/simple",
    "global.target": "/elsewhere",
    "global.timeout": "60",
    "global.user": "true",
    "list.timeout": "1",
}
LISTED = "a warning\ncourse " + json.dumps(SETTINGS) + "\n"


def test_of_pips_settings_only_the_way_to_the_registry_is_kept():
    assert environment.pip_settings(LISTED) == {
        "PIP_INDEX_URL": "https://mirror.invalid/simple",
        "PIP_EXTRA_INDEX_URL": "https://one.invalid https://two.invalid",
        "PIP_TIMEOUT": "90",
    }


def test_pip_reads_no_settings_file_of_its_own(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://variable.invalid")
    asked = []

    def answer(command, env, **_):
        asked.append((command, env))
        return LISTED

    env = environment.pip_environment("/v", answer)
    assert env["PIP_CONFIG_FILE"] == os.devnull
    assert env["PIP_INDEX_URL"] == "https://variable.invalid", "a variable outranks a file, as in pip"
    assert env["PIP_TIMEOUT"] == "90" and not {"PIP_TARGET", "PIP_PREFIX", "PIP_DRY_RUN"} & env.keys()
    ((command, given),) = asked
    assert command[1] == "-c" and "PIP_INDEX_URL" not in given


def test_a_settings_file_that_pip_cannot_read_does_not_stop_the_set_up():
    def fails(*_, **__):
        raise subprocess.CalledProcessError(1, "pip")

    assert environment.pip_settings("Traceback") == environment.pip_settings("course [") == {}
    assert environment.pip_environment("/v", fails)["PIP_CONFIG_FILE"] == os.devnull


@pytest.mark.parametrize("name", ["json", "platform", "helpers", "setup_checks"])
def test_a_pythonpath_with_modules_of_these_names_changes_nothing(tmp_path, name):
    (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong one')\n")
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1"}
    done = subprocess.run([sys.executable, ROOT / "bootstrap.py", "help"], env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "bootstrap.py lab" in done.stdout, done.stderr
    code = f"import {name}; print({name}.__file__)"
    seen = environment.child_environment(sys.prefix, env)
    done = subprocess.run([sys.executable, "-c", code], env=seen, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and str(tmp_path) not in done.stdout, done.stderr


# --- folders that cannot be written -----------------------------------------------------------------------


@pytest.fixture
def dead(tmp_path):
    """Below a file no folder can be made, whoever asks (root may write in a read-only one)."""
    (tmp_path / "file").touch()
    return str(tmp_path / "file" / "home")


@unix
def test_a_home_that_cannot_be_used_is_said_in_a_sentence(dead, tmp_path, monkeypatch):
    assert environment.home_problem(str(tmp_path)) is None
    assert "cannot be opened" in environment.home_problem(dead)
    assert environment.home_problem("~") == "HOME names no folder"
    monkeypatch.setattr(environment, "writable", lambda folder: False)
    assert "cannot be written" in environment.home_problem(str(tmp_path))
    monkeypatch.setattr(environment, "writable", lambda folder: True)
    monkeypatch.setattr(environment.os, "getuid", lambda: 0)
    real = os.stat(tmp_path)
    monkeypatch.setattr(environment.os, "stat", lambda path: os.stat_result((*real[:4], 1000, *real[5:])))
    assert "is another user's" in environment.home_problem(str(tmp_path))


@unix
def test_without_a_home_the_course_keeps_its_own(tmp_path, dead, monkeypatch):
    monkeypatch.setenv("HOME", dead)
    own = tmp_path / "own"
    own.mkdir()
    places = environment.own_places(str(own), os.environ, False)
    for name in ("HOME", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR"):
        assert Path(places[name]).parent == own and Path(places[name]).stat().st_mode & 0o777 == 0o700


def test_the_readers_own_jupyterlab_settings_are_kept_where_they_can_be(tmp_path, monkeypatch):
    monkeypatch.setattr(environment.os.path, "expanduser", lambda path: path.replace("~", str(tmp_path)))
    settings = tmp_path / ".jupyter" / "lab" / "user-settings"
    own = tmp_path / "own"
    own.mkdir()
    assert environment.own_places(str(own), {}, True)["JUPYTERLAB_SETTINGS_DIR"] == str(own / "settings")
    settings.mkdir(parents=True)
    assert environment.own_places(str(own), {}, True)["JUPYTERLAB_SETTINGS_DIR"] == str(settings)
    assert environment.own_places(str(own), {}, False)["JUPYTERLAB_SETTINGS_DIR"] == str(own / "settings")
    settings.rmdir()
    settings.write_text("odd")
    assert environment.own_places(str(own), {}, True)["JUPYTERLAB_SETTINGS_DIR"] == str(own / "settings")


@unix
def test_where_the_installation_is_anothers_the_course_writes_in_the_temporary_folder(tmp_path, dead, monkeypatch):
    monkeypatch.setattr(environment.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(environment.tempfile, "tempdir", str(tmp_path))
    (tmp_path / ".venv").mkdir()
    assert environment.own_folder(str(tmp_path / ".venv")) == str(tmp_path / ".venv" / "own")
    expected = tmp_path / f"chips-and-sanctions-{os.getuid()}"
    assert environment.own_folder(dead) == str(expected)
    assert expected.stat().st_mode & 0o777 == 0o700
    expected.chmod(0o777)  # somebody else may have prepared it
    other = Path(environment.own_folder(dead))
    assert other != expected and other.stat().st_mode & 0o777 == 0o700
    expected.rmdir()
    expected.symlink_to(tmp_path / ".venv")
    assert Path(environment.own_folder(dead)) not in (expected, tmp_path / ".venv")


# --- an installation that many share and few may write -----------------------------------------------------


def refuse_to_write(workplace, monkeypatch):
    def write(path, text):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(workplace, "write_if_changed", write)


def test_what_jupyterlab_adds_to_its_page_settings_is_not_fought_over(workplace, monkeypatch):
    """At its first start it wrote the file anew; then the set-up wanted to write, and others were refused."""
    set_up(workplace, "lab")
    page = Path(workplace.VENV) / "etc" / "jupyter" / "labconfig" / "page_config.json"
    settings = json.loads(page.read_text())
    assert "lockedExtensions" in settings, "what JupyterLab adds when it is missing"
    page.write_text(json.dumps({**settings, "deferredExtensions": {}}, indent=4))
    before = page.read_bytes()
    assert set_up(workplace, "lab") == []
    assert page.read_bytes() == before
    page.write_text("{}")
    set_up(workplace, "lab")
    assert json.loads(page.read_text()) == settings


def test_a_shared_installation_starts_although_nothing_can_be_written(workplace, monkeypatch, capsys):
    set_up(workplace, "lab")
    refuse_to_write(workplace, monkeypatch)
    assert set_up(workplace, "lab") == []
    assert "ask its owner" in capsys.readouterr().out


def test_a_new_set_up_that_cannot_write_is_one_sentence(tmp_path):
    """From the outside: no traceback, whatever cannot be written."""
    for name in FILES:
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    code = (
        "import sys, setup_checks; setup_checks.folder_problem = lambda folder: (_ for _ in ()).throw("
        "PermissionError(13, 'Permission denied', folder)); sys.argv = ['bootstrap.py', 'lab']\n"
        "import runpy; runpy.run_path('bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "cannot write in" in done.stderr and "Traceback" not in done.stderr
