"""Pyodide's official distribution: which of its files the course needs, and what each must be.

``pyodide.json`` holds what the official lock of one version says of these packages (address within
the distribution, version, SHA-256) and the SHA-256 of the four files that the lock does not list.
From it the edition's own lock is written, so that a reader's browser holds every package to the
same hash, wherever it comes from.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

PINNED: dict[str, Any] = json.loads(Path(__file__).with_name("pyodide.json").read_text(encoding="utf-8"))
VERSION: str = PINNED["info"]["version"]
ADDRESS = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/pyodide.js"  # of the official distribution
LOCK = "pyodide-lock.json"


def wanted() -> dict[str, str]:
    """The files that the course needs of the distribution, and the SHA-256 of each."""
    packages = {package["file_name"]: package["sha256"] for package in PINNED["packages"].values()}
    return {**PINNED["core"], **packages}


def lock() -> dict[str, Any]:
    """The official lock, cut down to the packages that the course needs."""
    return {"info": PINNED["info"], "packages": PINNED["packages"]}


def problems(folder: Path) -> list[str]:
    """What keeps a folder from being that distribution: a sentence for each file that is missing or another.

    Every file that the course needs is held to its pinned hash. Where the folder has the official lock,
    every other file that the lock names and that is there is held to the lock.

    Parameters
    ----------
    folder : Path
    """
    hashes, found = wanted(), []
    for name in hashes:
        if not (folder / name).is_file():
            found.append(f"{name} is missing")
    listing = folder / LOCK
    if listing.is_file() and _sha256(listing) == PINNED["lock_sha256"]:
        listed = json.loads(listing.read_text(encoding="utf-8"))["packages"].values()
        hashes = {**{one["file_name"]: one["sha256"] for one in listed}, **hashes}
    for name, sha256 in hashes.items():
        if (folder / name).is_file() and _sha256(folder / name) != sha256:
            found.append(f"{name} is not the file of Pyodide {VERSION} (its SHA-256 differs)")
    return found


def copy(folder: Path, out: Path) -> None:
    """Copy what the course needs, once the folder is found to be the distribution.

    Raises
    ------
    ValueError
        A file is missing or is another.
    """
    if found := problems(folder):
        more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
        raise ValueError(
            f"pyodide = {folder} is not the official distribution of Pyodide {VERSION}: {'; '.join(found[:3])}{more}."
            f" Unpack pyodide-{VERSION}.tar.bz2 of the Pyodide project and name the folder that holds pyodide.js."
        )
    out.mkdir(parents=True, exist_ok=True)
    for name in wanted():
        shutil.copy(folder / name, out / name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
