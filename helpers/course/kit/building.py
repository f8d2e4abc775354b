"""The course kit: what its parts are, who builds each, and the pages and hashes that go with them. See `build`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import setup_checks
from helpers.course.book import writing
from helpers.course.kit import archive, wheels
from helpers.course.paper import sheets as paper

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LOCK = "requirements.lock"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
TOP = f"chips-and-sanctions-{VERSION}"
# Wheels that were fetched once are kept here for the next kit.
KEPT = Path(os.environ.get("COURSE_KIT_WHEELS") or Path(sys.prefix) / "course-kit")
MEGABYTE = 10**6

# Of the course itself. No tests, no sources of notebooks and no editions with answers: these hold answers.
_WHOLE = (
    "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "Makefile", "codemeta.json",
    "bootstrap.py", "setup_checks.py", "setup_environment.py", "setup_token.py", "setup_wheels.py", "jupyter_server_config.py",
    "pyproject.toml", "requirements.lock", "requirements-test.lock", "environment.yml", "postBuild",
)  # fmt: skip
_FOLDERS = ("helpers", "data", "notebooks")
_LEFT_OUT = ("notebooks/source/", "notebooks/solutions/", "notebooks/my_")
_CACHES = {"__pycache__", ".ipynb_checkpoints"}
_ANSWERS = ("*_answers.*", "*.zip")  # of the question bank: sheets with answers, and archives for platforms
NO_PYODIDE = 'no folder with Pyodide was given (make kit ARGS="--pyodide FOLDER")'


@dataclass(frozen=True)
class Part:
    """A part of the kit.

    Attributes
    ----------
    words : str
        How the start page names it.
    module : str
        The builder; empty where files are taken as they are.
    command : str
        A word that the builder wants first.
    named : bool
        Whether the builder takes names of notebooks.
    """

    words: str
    module: str = ""
    command: str = ""
    named: bool = True


PARTS = {
    "course": Part("The notebooks, the code and the tables"),
    "wheels": Part("Packages for an installation without a network"),
    "site": Part("The open book", "helpers.course.book"),
    "slides": Part("Slides", "helpers.course.paper", "slides"),
    "handouts": Part("Handouts to print", "helpers.course.paper", "print"),
    "questions": Part("Questions, without answers", "helpers.course.bank"),
    "lite": Part("The browser edition", "helpers.course.lite", named=False),
}
TEACHER = {
    "teacher": Part("The instructor's book", "helpers.course.paper", "teacher"),
    "answers": Part("The question bank with answers, and for learning platforms", "helpers.course.bank"),
    "solutions": Part("Notebooks with answers"),
    "graded": Part("The graded edition", "helpers.course.graded"),
}


def course_files(names: Sequence[str], root: Path) -> dict[str, Path]:
    """The files of the course that a learner gets, by their place in the kit.

    Parameters
    ----------
    names : sequence of str
        Notebooks.
    root : Path
        Of the course.

    Returns
    -------
    dict of str to Path
    """
    found = {name: root / name for name in _WHOLE if (root / name).is_file()}
    for folder in _FOLDERS:
        for place, path in archive.files(root / folder).items():
            name = f"{folder}/{place}"
            other = folder == "notebooks" and path.suffix == ".ipynb" and path.stem not in names
            if not (other or name.startswith(_LEFT_OUT) or _CACHES & set(path.parts) or path.name.startswith(".")):
                found[name] = path
    return found


def run(part: Part, out: Path, names: Sequence[str], *more: str) -> None:
    """Let a part's own builder write it, as its command does.

    Raises
    ------
    RuntimeError
        It failed.
    """
    words = [*([part.command] if part.command else []), str(out), *(names if part.named else []), *more]
    done = subprocess.run([sys.executable, "-m", part.module, *words], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{part.words}: {part.module} failed.\n{(done.stdout + done.stderr)[-2000:]}")


def build(
    out: Path, names: Sequence[str], parts: Sequence[str], systems: Sequence[str] = tuple(wheels.SYSTEMS),
    pythons: Sequence[str] = wheels.PYTHONS, pyodide: str = "",
    fetch: Callable[..., None] = wheels.fetch, kept: Path = KEPT, say: Callable[[str], None] = print,
) -> list[Path]:  # fmt: skip
    """Write the learners' archive, and the instructor's if any of its parts is asked for.

    Parameters
    ----------
    out : Path
        A folder that is there.
    names : sequence of str
        Notebooks.
    parts : sequence of str
        Of `PARTS` and `TEACHER`.
    systems, pythons : sequence of str, optional
        For which wheels are put in.
    pyodide : str, optional
        A folder with Pyodide, for the browser edition; without one that part is left out, and the pages say so.
    fetch : callable, optional
        As `wheels.fetch`.
    kept : Path, optional
        Where fetched wheels are kept.
    say : callable, optional
        Is told what is being done.

    Returns
    -------
    list of Path
        The archives. Beside them stands `archive.SUMS` with their hashes.

    Raises
    ------
    ValueError
        An unknown part.
    RuntimeError
        A builder or pip failed.
    """
    if unknown := [part for part in parts if part not in {**PARTS, **TEACHER}]:
        raise ValueError(f"parts: {unknown[0]!r} is not one of {', '.join({**PARTS, **TEACHER})}.")
    made = []
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        if any(part in PARTS for part in parts):
            found = _learners(place, names, parts, systems, pythons, pyodide, fetch, kept, say)
            made.append(_packed(out / f"{TOP}.zip", found, place, TOP, say))
        if any(part in TEACHER for part in parts):
            found = dict(_teachers(place, names, parts, say))
            made.append(_packed(out / f"{TOP}-instructor.zip", found, place, f"{TOP}-instructor", say))
    (out / archive.SUMS).write_text(archive.sums({path.name: path for path in made}), encoding="utf-8")
    return made


def _packed(out: Path, found: dict[str, Path], place: Path, top: str, say: Callable[[str], None]) -> Path:
    say(f"{out.name}: {len(found)} files")
    sums = place / f"{top}.{archive.SUMS}"
    sums.write_text(archive.sums(dict(sorted(found.items()))), encoding="utf-8", newline="\n")
    return archive.zipped(out, {**found, archive.SUMS: sums}, top)


def _built(part: str, entry: Part, place: Path, names: Sequence[str], say: Callable[[str], None], *more: str) -> dict[str, Path]:  # fmt: skip
    say(f"{part}: {entry.words}")
    folder = place / part
    run(entry, folder, names, *more)
    if part == "questions":
        for pattern in _ANSWERS:
            for path in folder.glob(pattern):
                path.unlink()
        paper.contents(folder, "Questions", "Practice, without answers: whoever teaches has these.")
    return {f"{part}/{name}": path for name, path in archive.files(folder).items()}


def _learners(place, names, parts, systems, pythons, pyodide, fetch, kept, say) -> dict[str, Path]:  # noqa: ANN001
    found: dict[str, Path] = course_files(names, ROOT) if "course" in parts else {}
    missing = [(PARTS["lite"].words, NO_PYODIDE)] if "lite" in parts and not pyodide else []
    if "wheels" in parts:
        say(f"wheels: {', '.join(systems)}; Python {', '.join(pythons)}")
        fetch(ROOT / LOCK, kept, systems, pythons)
        found |= {f"wheels/{path.name}": path for path in wheels.chosen(ROOT / LOCK, kept, systems, pythons)}
    for part, entry in PARTS.items():
        if part in parts and entry.module and (part != "lite" or pyodide):
            found |= _built(part, entry, place, names, say, *(["--pyodide", pyodide] if part == "lite" else []))
    there = {name.split("/")[0] for name in found}
    shown = [(part, f"{part}/index.html", PARTS[part].words) for part in PARTS if f"{part}/index.html" in found and part != "site"]  # fmt: skip
    words = {
        "version": VERSION, "parts": [part for part in PARTS if part in parts], "count": len(names), "missing": missing, "shown": shown,
        "wheels": [wheels.SYSTEMS[system].words for system in systems] if "wheels" in there else [], "pythons": list(pythons),
        "oldest": wheels.PYTHONS[0], "newest": wheels.PYTHONS[-1], "free": setup_checks.FREE_MB["lab"], "sizes": list(_sizes(found)),
        "size": round(sum(path.stat().st_size for path in found.values()) / MEGABYTE),
    }  # fmt: skip
    for name, template in (("start_here.html", "start.html"), ("network.html", "network.html")):
        found[name] = writing.write(place / name, HERE / template, **words)
    return found


def _sizes(found: dict[str, Path]) -> Iterator[tuple[str, int, float]]:
    """Folder, number of files and megabytes; single files are counted together."""
    groups: dict[str, list[int]] = {}
    for name, path in found.items():
        groups.setdefault(name.split("/")[0] if "/" in name else "(single files)", []).append(path.stat().st_size)
    for name in sorted(groups):
        yield name, len(groups[name]), sum(groups[name]) / MEGABYTE


def _teachers(place: Path, names: Sequence[str], parts: Sequence[str], say: Callable[[str], None]) -> Iterator[tuple[str, Path]]:  # fmt: skip
    for part, entry in TEACHER.items():
        if part not in parts:
            continue
        if entry.module:
            yield from _built(part, entry, place, names, say).items()
        else:
            for name in names:
                yield f"{part}/{name}.ipynb", ROOT / "notebooks" / "solutions" / f"{name}.ipynb"


def clear(out: Path) -> Path:
    """A folder to write in: new, empty, or one that an earlier kit stands in, which is then removed.

    Raises
    ------
    ValueError
        It holds something else.
    """
    ours = {archive.SUMS, f"{TOP}.zip", f"{TOP}-instructor.zip"}
    kit = out.is_dir() and {path.name for path in out.iterdir()} <= ours
    writing.refuse(out, kit, "is no kit of this edition")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return out
