"""bootstrap.py: what it says when it cannot go on."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys

import pytest

import setup_checks as checks
from setup_environment import child_environment
from tests.setup.common import FILES, GIBIBYTE, PIP_OUTPUT, ROOT, Usage


@pytest.mark.parametrize("name", FILES)
def test_bootstrap_is_plain_enough_for_old_pythons(name):
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 6))
    newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Nonlocal, ast.Starred)
    found = [
        f"line {node.lineno}: {type(node).__name__}"
        for node in ast.walk(tree)
        if isinstance(node, newer) and not isinstance(getattr(node, "ctx", None), ast.Load)
    ]
    assert not found
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules <= {*sys.stdlib_module_names, *(own.removesuffix(".py") for own in FILES)}


def test_old_python_is_told_what_to_do():
    text = checks.python_problem((3, 8, 18), "test", works=lambda name: name == "python3.12")
    assert "3.8.18" in text and "Python 3.11 to" in text
    assert "make test PYTHON=python3.12" in text and "apt" not in text
    text = checks.python_problem((3, 8, 18), works=lambda name: False)
    assert "sudo apt install" in text and "brew install" in text and "make lab PYTHON=python3.12" in text
    assert checks.python_problem((3, 11, 2)) is None
    assert checks.python_problem((3, 14, 0)) is None
    assert "3.15.0" in checks.python_problem((3, 15, 0), works=lambda name: False)


def test_old_python_ends_with_an_error_before_anything_is_made(tmp_path):
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    code = (
        "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); "
        "sys.argv = ['bootstrap.py', 'lab']; runpy.run_path('bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "3.8.18" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_full_disk_is_seen_before_the_set_up():
    text = checks.disk_problem(checks.ROOT, 777, usage=lambda folder: Usage(GIBIBYTE, 0, 200 * 10**6))
    assert "Not enough disk space" in text and "200 MB are free" in text
    assert "777 MB" in text and "move the course" in text
    assert checks.disk_problem(checks.ROOT, 777, usage=lambda folder: Usage(9 * GIBIBYTE, 0, 778 * 10**6)) is None


@pytest.mark.parametrize(("lock", "edition"), [("requirements.lock", "lab"), ("requirements-test.lock", "test")])
def test_a_disk_that_filled_up_is_told_with_the_edition_s_own_figure(lock, edition):
    assert f"needs about {checks.FREE_MB[edition]} MB" in checks.pip_sentence(PIP_OUTPUT["disk"], lock)


def test_missing_ensurepip_names_debians_package():
    text = checks.venv_problem((3, 11, 2), missing=["ensurepip"])
    assert "sudo apt install python3-venv" in text and "python3.11-venv" in text
    assert checks.venv_problem(missing=[]) is None


ADVICE = {
    "network": "PIP_INDEX_URL",
    "insecure": "https",
    "certificate": "PIP_CERT",
    "disk": "Free some space",
    "hash": "anyio==4.16.0",
    "no package": "pywin32==312",
    "refused": "its answer: 403",
    "unknown": "ZeroDivisionError",
}


@pytest.mark.parametrize("kind", PIP_OUTPUT)
def test_pips_failures_become_advice(kind):
    assert checks.pip_problem(PIP_OUTPUT[kind]) == kind
    text = checks.pip_sentence(PIP_OUTPUT[kind], "requirements.lock")
    assert ADVICE[kind] in text
    assert "://" not in text and "{" not in text


def test_unreachable_registry_as_this_pip_tells_it(tmp_path):
    pip = [sys.executable, "-m", "pip", "--isolated", "download", "--no-deps", "--retries", "1"]
    closed = ["--index-url", "http://127.0.0.1:9/simple", "--dest", str(tmp_path), "altair==6.3.0"]
    done = subprocess.run(pip + closed, capture_output=True, text=True, env=child_environment(sys.prefix))
    assert done.returncode != 0
    assert checks.pip_problem(done.stdout + done.stderr) == "network"
