"""Building the browser edition: a folder for any static host, in which every panel is live. See `build`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from helpers.course.book import writing
from helpers.course.lite import distribution, packing

ROOT = packing.ROOT
HERE = Path(__file__).resolve().parent
# Wheels that the set-up fetched, by the hashes of wheels.txt.
FETCHED = Path(os.environ.get("COURSE_WHEELS") or Path(sys.prefix) / "course-wheels")
TOOLS = ("jupyterlite_core", "doit", "cloudpickle", "pkginfo", "jupyterlite_pyodide_kernel", "jupyterlab_widgets")
SHIPPED = (
    "jsonschema",
    "pyrsistent",
)  # of versions that need nothing compiled, which the reader's machine does not have
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = ("anywidget", "jupyterlab_pygments")  # of this environment; those of the tools come with them
OURS = "lite.json"  # marks a folder that an earlier build made
PRELOADED = ("micropip", "ssl", "sqlite3", "ipython", "jedi", "pandas")  # side by side, before the kernel asks for them
RECORD = "/drive/notebooks"  # the browser's own storage, under the name that the kernel has for it


def build(out: Path, pyodide: str = distribution.ADDRESS) -> dict[str, Any]:
    """Write the browser edition.

    Parameters
    ----------
    out : Path
        A folder; it is emptied first if an earlier edition stands there, and refused if it holds anything else.
    pyodide : str, optional
        Where readers' browsers get Pyodide: the address of its ``pyodide.js`` (the official distribution, if not
        given), or a folder on this machine, checked and copied into the edition.

    Returns
    -------
    dict
        What stands in `OURS`: versions, where Pyodide comes from, and the notebooks.

    Raises
    ------
    ValueError
        The folder holds something else; the folder for `pyodide` is not the official distribution; a tool is missing.
    """
    writing.refuse(out, (out / OURS).exists(), "is no browser edition")
    inside = "://" not in pyodide
    if not inside and not pyodide.endswith("/pyodide.js"):
        raise ValueError(f"pyodide = {pyodide!r} must end with /pyodide.js, or be a folder on this machine.")
    address = "./static/pyodide/pyodide.js" if inside else pyodide
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        site, static = folder / "site", folder / "static"
        if inside:
            distribution.copy(Path(pyodide), static / "pyodide")
        names = _wheels(static / "wheels", version)
        (static / distribution.LOCK).write_text(json.dumps(distribution.lock()), encoding="utf-8")
        _contents(folder / "contents")
        _settings(folder / "lite", address, names)
        _run(folder, site)
        shutil.copytree(static, site / "static", dirs_exist_ok=True)
        made = {"course": version, "pyodide": distribution.VERSION, "from": address, "notebooks": writing.chosen(None)}
        _first_page(site, made)
        (site / OURS).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(site, out)
    return made


def fetched(name: str) -> Path:
    """A wheel that the set-up fetched.

    Raises
    ------
    ValueError
        It is not there.
    """
    found = sorted(FETCHED.glob(f"{name}-*.whl"))
    if len(found) != 1:
        raise ValueError(f"{name} was not fetched: `make lite` does it, and needs the network the first time.")
    return found[0]


def _wheels(folder: Path, version: str) -> list[str]:
    """The wheels that every kernel loads; their names."""
    folder.mkdir(parents=True)
    made = [packing.installed(folder, name) for name in packing.INSTALLED]
    made += [Path(shutil.copy(fetched(name), folder)) for name in SHIPPED]
    return [path.name for path in (*made, packing.course(folder, version))]


def _contents(folder: Path) -> None:
    """The files that the reader sees: notebooks and tables."""
    (folder / "notebooks").mkdir(parents=True)
    for name in writing.chosen(None):
        # Read as a server would: lines of outputs joined. JupyterLite's page takes the file as it is.
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        (folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("datapackage.json"))


def _settings(folder: Path, address: str, wheels: list[str]) -> None:
    # A kernel's worker stands four folders deep, and its packages are looked for from there.
    loaded = [*PRELOADED, *(f"../../../../static/wheels/{name}" for name in wheels)]
    kernel = {
        "pyodideUrl": address,
        "disablePyPIFallback": True,  # nothing is asked of a package registry
        "loadPyodideOptions": {
            "lockFileURL": f"./static/{distribution.LOCK}",
            "packages": loaded,
            "env": {"COURSE_RECORD": RECORD, "HOME": "/home/pyodide"},
        },
    }
    settings = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"appName": "Chips & Sanctions", "litePluginSettings": {f"{KERNEL}:kernel": kernel}},
    }
    folder.mkdir()
    (folder / "jupyter-lite.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _run(folder: Path, out: Path) -> None:
    """Let JupyterLite's own builder put the site together, with extensions of this environment and of no other."""
    tools, extensions = folder / "tools", folder / "labextensions"
    for name in TOOLS:
        with zipfile.ZipFile(fetched(name)) as archive:
            archive.extractall(tools)
    for theirs in tools.glob("*.data/data/share/jupyter/labextensions"):
        shutil.copytree(theirs, extensions, dirs_exist_ok=True)
    for name in EXTENSIONS:
        shutil.copytree(Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name, extensions / name)
    config = {
        "LiteBuildConfig": {
            "lite_dir": str(folder / "lite"),
            "output_dir": str(out),
            "cache_dir": str(folder / "cache"),
            "contents": [str(folder / "contents")],
            "apps": ["lab"],
            "ignore_sys_prefix": True,
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
        },
        "FederatedExtensionAddon": {"extra_labextensions_path": [str(extensions)]},
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tools), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--config", str(folder / "config.json")]
    done = subprocess.run(command, cwd=folder / "lite", env=env, capture_output=True, text=True, check=False)
    if done.returncode or not (out / "lab" / "index.html").exists():
        raise ValueError(f"JupyterLite's builder failed:\n{(done.stdout + done.stderr)[-2000:]}")


def _first_page(out: Path, made: Mapping[str, Any]) -> None:
    course, inside = list(writing.course().itertuples()), made["from"].startswith("./")
    writing.write(out / "index.html", HERE / "first.html", course=course, inside=inside, made=made)
