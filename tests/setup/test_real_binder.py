"""Binder's image: what its build would do, without Docker."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.setup.common import ROOT, checkout, environment


@pytest.fixture
def clone(tmp_path, monkeypatch):
    names = checkout(tmp_path)
    assert "environment.yml" in names and "bootstrap.py" in names
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build_pack():
    """The build pack that repo2docker takes for the current folder, and its Dockerfile."""
    from repo2docker.app import Repo2Docker

    app = Repo2Docker()
    for kind in app.buildpacks:
        pack = kind(app.base_image)
        if pack.detect():
            pack.platform = "linux/amd64"
            return pack, pack.render({})
    raise AssertionError("no build pack for this folder")


def copied_before_environment(dockerfile):
    """Repository files that Docker copies before it builds the conda environment."""
    before = dockerfile[: dockerfile.index(" env update -p ")]
    return re.findall(r"^COPY .* src/(\S*) \$\{REPO_DIR\}", before, re.MULTILINE)


def test_binder_builds_the_conda_environment_then_runs_postbuild(clone):
    from repo2docker.buildpacks import CondaBuildPack

    pack, dockerfile = build_pack()
    assert type(pack) is CondaBuildPack
    assert pack.python_version == environment()[0]["python"]
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in dockerfile
    assert "RUN ./postBuild\n" in dockerfile
    assert dockerfile.index(" env update -p ") < dockerfile.index("RUN ./postBuild\n")


def test_editing_a_notebook_does_not_rebuild_binders_environment(clone):
    _, dockerfile = build_pack()
    assert copied_before_environment(dockerfile) == ["environment.yml"]


def test_a_local_path_in_environment_yml_would_be_seen(clone):
    path = clone / "environment.yml"
    path.write_text(path.read_text(encoding="utf-8") + "      - -e .\n", encoding="utf-8")
    _, dockerfile = build_pack()
    assert copied_before_environment(dockerfile) != ["environment.yml"]


def test_a_lock_made_for_uv_is_not_part_of_the_course(tmp_path):
    assert not [name for name in checkout(tmp_path) if Path(name).name == "uv.lock"]


@pytest.mark.skipif(os.name == "nt", reason="postBuild is for Binder and Unix shells")
def test_postbuild_installs_the_package_and_fetches_nothing(tmp_path):
    assert os.access(ROOT / "postBuild", os.X_OK)
    prefix, log = tmp_path / "prefix", tmp_path / "log"
    fake = tmp_path / "bin" / "python"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nif [ "$1" = -c ]; then echo "{prefix}"; else echo "$@" >> "{log}"; fi\n')
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([ROOT / "postBuild"], cwd=tmp_path, env={**os.environ, "PATH": path}, check=True)
    pip, charts = log.read_text().splitlines()
    assert pip.startswith("-m pip install ") and pip.endswith(" .")
    assert {"--no-deps", "--no-build-isolation", "--editable"} <= set(pip.split())
    assert charts == "-m helpers.show.script"
    placed = prefix / "etc" / "jupyter" / "jupyter_server_config.py"
    assert placed.read_bytes() == (ROOT / "jupyter_server_config.py").read_bytes()
