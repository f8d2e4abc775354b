"""Wheels for the browser's Python: the course itself, and installed packages without what is compiled."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from helpers.show import script

ROOT = Path(__file__).resolve().parents[3]
# Pinned for the reader's machine, in pure Python (where a compiled part is left out, there is a substitute).
INSTALLED = (
    "altair",
    "anywidget",
    "attrs",
    "comm",
    "ipywidgets",
    "jinja2",
    "markupsafe",
    "narwhals",
    "platformdirs",
    "psygnal",
    "typing_extensions",
)
COURSE = "chips_and_sanctions"
# For authors: they need the test edition.
_LEFT_OUT = (
    "helpers/course/book/", "helpers/course/lite/", "helpers/course/paper/", "helpers/course/bank/",
    "helpers/course/graded/", "helpers/course/kit/",
    "helpers/course/authoring.py", "helpers/core/describe.py", "helpers/core/about.py",
)  # fmt: skip
_BESIDE = ("CHANGELOG.md",)  # read by a notebook: what the course got wrong so far
_COMPILED = {".so", ".pyd", ".dylib", ".pyc", ".pyo", ".c", ".pyx"}
_DAY = (2020, 1, 1, 0, 0, 0)  # of every file in a wheel: the same contents give the same bytes


def wheel(out: Path, name: str, version: str, files: Mapping[str, bytes]) -> Path:
    """Write a wheel of pure Python.

    Parameters
    ----------
    out : Path
        The folder.
    name, version : str
        Of the package.
    files : mapping of str to bytes
        What it installs, by the path below ``site-packages``.

    Returns
    -------
    Path
        The wheel.
    """
    name = _normal(name)
    info = f"{name}-{version}.dist-info"
    whole = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        **files,
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: chips-and-sanctions\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in whole.items()]
    whole[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    made = out / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in whole.items():
            archive.writestr(zipfile.ZipInfo(path, _DAY), content, zipfile.ZIP_DEFLATED)
    return made


def _normal(name: str) -> str:
    """The name of a package as the names of wheels have it."""
    return re.sub(r"[-_.]+", "_", name)


def installed(out: Path, name: str) -> Path:
    """Pack an installed package again, without what is compiled for this machine.

    Parameters
    ----------
    out : Path
        The folder of the wheel.
    name : str
        Of the package.
    """
    package = metadata.distribution(name)
    files = {}
    for path in package.files or []:
        if (
            path.parts[0] in ("..", "bin")
            or path.suffix in _COMPILED
            or path.name in ("RECORD", "WHEEL", "direct_url.json")
        ):
            continue
        place = path.as_posix()
        if path.parts[0].endswith(".dist-info"):
            place = "/".join([f"{_normal(name)}-{package.version}.dist-info", *path.parts[1:]])
        files[place] = Path(package.locate_file(path)).read_bytes()
    return wheel(out, name, package.version, files)


def course(out: Path, version: str) -> Path:
    """Pack the course: ``helpers``, ``data``, its list of changes, and the script of its charts, which cannot be made in
    a browser.

    Parameters
    ----------
    out : Path
        The folder of the wheel.
    version : str
        Of the course.
    """
    files = {name: (ROOT / name).read_bytes() for name in _BESIDE}
    for part in ("helpers", "data"):
        for path in sorted((ROOT / part).rglob("*")):
            place = path.relative_to(ROOT).as_posix()
            if path.is_file() and path.suffix not in _COMPILED and not place.startswith(_LEFT_OUT):
                files[place] = path.read_bytes()
    files[script.SHIPPED.relative_to(ROOT).as_posix()] = script.whole()
    return wheel(out, COURSE, version, files)


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
