"""One command everywhere: make, continuous integration on this project's machines, and a public one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from ruamel.yaml import YAML

from tests.setup.common import LOCKS, ROOT


@pytest.mark.skipif(not shutil.which("make"), reason="Windows has no make; README gives its own lines")
def test_make_passes_each_command_on(bootstrap):
    for target in [*bootstrap.COMMANDS, "clean"]:
        shown = subprocess.run(
            ["make", "-n", target, "PYTHON=py", "ARGS=--port 1"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert f'"py" bootstrap.py {target} --port 1' in shown
    shown = subprocess.run(["make", "-n", "lock"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"--output-file {name}" in shown for name in LOCKS)


@pytest.mark.skipif(not shutil.which("bash"), reason="this script is for Debian")
def test_ci_script_runs_make_test_in_the_root_and_nothing_else(tmp_path):
    """On a pretended system where every other program fails the run."""
    log = tmp_path / "log"
    (tmp_path / "make").write_text(f'#!/bin/sh\necho "$PWD make $@" >> "{log}"\n')
    (tmp_path / "make").chmod(0o755)
    for name in ("bash", "sh", "dirname", "env"):
        os.symlink(shutil.which(name), tmp_path / name)
    subprocess.run([ROOT / ".ci" / "run"], env={"PATH": str(tmp_path)}, cwd=tmp_path, check=True)
    assert log.read_text() == f"{ROOT} make test\n"
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "set -euo pipefail" and len(lines) == 2


# --- continuous integration in public --------------------------------------------------------------------


def workflow():
    path = ROOT / ".github" / "workflows" / "test.yml"
    return YAML(typ="safe").load(path.read_text(encoding="utf-8")), path.read_text(encoding="utf-8")


def test_the_workflow_runs_the_readers_command_on_three_systems(bootstrap):
    whole, _ = workflow()
    (job,) = whole["jobs"].values()
    runs = job["strategy"]["matrix"]["include"]
    assert {run["system"].split("-")[0] for run in runs} == {"ubuntu", "macos", "windows"}
    for run in runs:
        windows = run["system"].startswith("windows")
        assert run["command"] == ("py bootstrap.py test" if windows else "make test PYTHON=python")
        version = tuple(int(part) for part in run["python"].split("."))
        assert bootstrap.checks.OLDEST <= version <= bootstrap.checks.NEWEST
    assert "test" in bootstrap.COMMANDS
    ran = [step["run"] for step in job["steps"] if "run" in step]
    assert ran[-1] == "${{ matrix.command }}" and not any("install" in line for line in ran)


def test_the_workflow_is_pinned_has_few_rights_and_an_end():
    whole, text = workflow()
    assert whole["permissions"] == {"contents": "read"}
    (job,) = whole["jobs"].values()
    assert job["timeout-minutes"] == 45 and "permissions" not in job and job["strategy"]["fail-fast"] is False
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert len(used) == 2
    for action, comment in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action) and re.fullmatch(r" # v\d+\.\d+\.\d+", comment)
    assert "secrets." not in text and "pull_request_target" not in text
    assert set(re.findall(r"\$\{\{ ([\w.]+) \}\}", text)) <= {
        *(f"matrix.{key}" for key in ("system", "python", "command")),
        "github.ref",
    }, "no event's own text reaches a shell"
