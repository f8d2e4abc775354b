"""A set-up to try things on: bootstrap.py in an empty folder, without its slow steps."""

from __future__ import annotations

import shutil
import venv
from pathlib import Path

import pytest

import setup_environment
from tests import find_browser
from tests.setup.common import LOCKS, ROOT, load_bootstrap


@pytest.fixture
def bootstrap():
    return load_bootstrap()


@pytest.fixture
def workplace(bootstrap, tmp_path, monkeypatch):
    """bootstrap in an empty folder. Its environment is real but holds one pretended package and no pip.

    Its slow steps are replaced by a list of what was called.
    """
    for name in LOCKS:
        shutil.copy(ROOT / name, tmp_path)
    shutil.copy(ROOT / "jupyter_server_config.py", tmp_path)
    inside = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(inside))
    monkeypatch.setattr(bootstrap, "STAMP", str(inside / "stamp.json"))
    monkeypatch.setattr(bootstrap, "PIP_LOG", str(inside / "pip.log"))
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", setup_environment.venv_python(str(inside)))
    calls: list[str] = []

    def make_venv():
        shutil.rmtree(inside, ignore_errors=True)
        venv.create(inside, symlinks=True)
        calls.append("venv")

    def install(lock, again=False):
        package = Path(setup_environment.site_packages(str(inside))) / "altair"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
        calls.append(lock + " again" * again)
        return bootstrap.pip_answer

    bootstrap.pip_answer = (0, "")
    monkeypatch.setattr(bootstrap, "make_venv", make_venv)
    bootstrap.real_install, bootstrap.real_prove = bootstrap.install, bootstrap.prove
    monkeypatch.setattr(bootstrap, "install", install)
    monkeypatch.setattr(bootstrap, "prove", lambda edition: None)
    bootstrap.calls, bootstrap.folder = calls, tmp_path
    return bootstrap


@pytest.fixture(autouse=True)
def no_browser_is_remembered(monkeypatch):
    """What a test finds as a browser is not what later tests of this process open."""
    monkeypatch.setenv(find_browser.VARIABLE, "")
    monkeypatch.delenv(find_browser.VARIABLE)
