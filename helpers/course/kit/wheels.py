"""Wheels for machines other than this one: which pins of a lock a system and its Python need, and fetching them with pip.

pip itself asks the markers of a lock of the machine it runs on, whatever ``--platform`` says; so the pins are chosen here.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from packaging import tags
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

import setup_checks
import setup_environment
from helpers.course.kit import archive

GLIBC = 28  # manylinux_2_28: as the set-up's own sentence on systems says
MACOS = (14, 0)  # the oldest for which all pins have a wheel
PYTHONS = tuple(f"3.{minor}" for minor in range(setup_checks.OLDEST[1], setup_checks.NEWEST[1] + 1))
LATE = 99  # a release later than any: packages ask for one of a minor version, too
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True)
class System:
    """A kind of machine.

    Attributes
    ----------
    words : str
    platforms : tuple of str
        Tags of wheels that run there, the best first.
    marks : dict
        What a marker of the lock asks about it.
    """

    words: str
    platforms: tuple[str, ...]
    marks: dict[str, str]


def _linux(machine: str) -> System:
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC, 4 if machine == "x86_64" else 16, -1)]
    old = {"2_17": "2014", "2_12": "2010", "2_5": "1"}
    made = [p for name in platforms for p in (name, *(f"manylinux{old[v]}_{machine}" for v in old if f"_{v}_" in name))]
    marks = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return System(f"Linux ({'x86-64' if machine == 'x86_64' else 'ARM, 64 bits'})", (*made, f"linux_{machine}"), marks)


def _mac(machine: str) -> System:
    marks = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": machine}
    chip = "Apple" if machine == "arm64" else "Intel"
    return System(f"macOS {MACOS[0]} or newer ({chip})", tuple(tags.mac_platforms(MACOS, machine)), marks)


SYSTEMS = {
    "linux": _linux("x86_64"),
    "linux-arm": _linux("aarch64"),
    "macos": _mac("arm64"),
    "macos-intel": _mac("x86_64"),
    "windows": System("Windows (x86-64)", ("win_amd64",), {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}),
}  # fmt: skip


@dataclass(frozen=True)
class Pin:
    """A line of a lock.

    Attributes
    ----------
    name, version : str
    hashes : frozenset of str
        ``sha256:`` and 64 digits.
    """

    name: str
    version: str
    hashes: frozenset[str]

    def line(self) -> str:
        """The pin as pip reads it, without a marker."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={h}" for h in sorted(self.hashes))])


def pins(lock: str, system: str, python: str) -> list[Pin]:
    """What a lock asks of a system and a Python.

    Parameters
    ----------
    lock : str
        The text of ``requirements.lock``.
    system : str
        One of `SYSTEMS`.
    python : str
        Such as ``"3.12"``; a marker that holds for its first release or for a late one counts.

    Returns
    -------
    list of Pin
        One package may stand in it twice, for an early and a late release.
    """
    marks = {**SYSTEMS[system].marks, "python_version": python, "implementation_name": "cpython", "platform_python_implementation": "CPython"}  # fmt: skip
    found = []
    for block in re.split(r"\n(?=\S)", lock):
        if not block[:1].isalnum():
            continue
        wanted = Requirement(block.split("\\")[0].strip())
        releases = ({**marks, "python_full_version": f"{python}.{patch}"} for patch in (0, LATE))
        if wanted.marker is None or any(wanted.marker.evaluate(release) for release in releases):
            (version,) = (part.version for part in wanted.specifier)
            found.append(Pin(wanted.name, version, frozenset(_HASH.findall(block))))
    return found


def fits(system: str, python: str) -> frozenset[tags.Tag]:
    """The tags of all wheels that a system and a Python can install."""
    version = tuple(int(part) for part in python.split("."))
    platforms = list(SYSTEMS[system].platforms)
    own = tags.cpython_tags(version, platforms=platforms)
    return frozenset([*own, *tags.compatible_tags(version, f"cp{python.replace('.', '')}", platforms)])


@lru_cache(maxsize=2000)
def _hashed(path: Path, size: int, changed: int) -> str:
    return f"sha256:{archive.digest(path)}"


def _hash_of(path: Path) -> str:
    """The hash of a wheel; of one that has not changed it is counted once, since many systems ask."""
    facts = path.stat()
    return _hashed(path, facts.st_size, facts.st_mtime_ns)


def held(folder: Path) -> dict[tuple[str, str], list[tuple[frozenset[tags.Tag], str]]]:
    """The wheels of a folder: tags and hash of each, by name and version."""
    found: dict[tuple[str, str], list[tuple[frozenset[tags.Tag], str]]] = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, _, tagged = parse_wheel_filename(path.name)
        found.setdefault((name, str(version)), []).append((tagged, _hash_of(path)))
    return found


def lacking(wanted: Iterable[Pin], folder: Path, system: str, python: str) -> list[Pin]:
    """The pins for which a folder holds no wheel that has its hash and runs there."""
    have, good = held(folder), fits(system, python)
    return [
        pin for pin in wanted
        if not any(tagged & good and digest in pin.hashes for tagged, digest in have.get((canonicalize_name(pin.name), pin.version), []))
    ]  # fmt: skip


def _rounds(wanted: Sequence[Pin]) -> Iterator[list[Pin]]:
    """Lists in which no package stands twice: pip refuses these."""
    left = list(wanted)
    while left:
        once: dict[str, Pin] = {}
        for pin in left:
            once.setdefault(pin.name, pin)
        yield list(once.values())
        left = [pin for pin in left if once[pin.name] is not pin]


def pip(words: Sequence[str]) -> tuple[int, str]:
    """Run pip with the settings of whoever builds: it asks the registry that these name."""
    env = setup_environment.pip_environment(sys.prefix)
    done = subprocess.run([sys.executable, "-m", "pip", *words], env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def fetch(
    lock: Path, folder: Path, systems: Sequence[str] = tuple(SYSTEMS), pythons: Sequence[str] = PYTHONS,
    run: Callable[[Sequence[str]], tuple[int, str]] = pip,
) -> None:  # fmt: skip
    """Fetch the wheels that a lock names, for several systems and Pythons, each by its hash.

    Parameters
    ----------
    lock : Path
    folder : Path
        Where they are kept; what it holds already is not fetched again. Wheels that the lock does not name are removed.
    systems, pythons : sequence of str, optional
        Of `SYSTEMS` and `PYTHONS`.
    run : callable, optional
        Takes the words for pip, returns its exit code and what it printed.

    Raises
    ------
    ValueError
        An unknown system or Python.
    RuntimeError
        pip failed, in the set-up's words; or what it fetched does not do.
    """
    for given, there in ((systems, SYSTEMS), (pythons, PYTHONS)):
        if unknown := [name for name in given if name not in there]:
            raise ValueError(f"{unknown[0]!r} is not one of {', '.join(there)}.")
    text = lock.read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    known = set(_HASH.findall(text))
    for path in folder.glob("*.whl"):
        if _hash_of(path) not in known:  # of an older lock, or half of one
            path.unlink()
    for system in systems:
        for python in pythons:
            wanted = pins(text, system, python)
            for some in _rounds(lacking(wanted, folder, system, python)):
                _download(some, folder, system, python, lock.name, run)
            if left := lacking(wanted, folder, system, python):
                raise RuntimeError(
                    f"{left[0].name}=={left[0].version}: no wheel for {SYSTEMS[system].words}, Python {python}."
                )


def _download(some: Sequence[Pin], folder: Path, system: str, python: str, lock: str, run: Callable[[Sequence[str]], tuple[int, str]]) -> None:  # fmt: skip
    short = f"cp{python.replace('.', '')}"
    with tempfile.TemporaryDirectory() as work:
        listed = Path(work) / "pins.txt"
        listed.write_text("".join(f"{pin.line()}\n" for pin in some), encoding="utf-8")
        words = ["download", "--no-deps", "--require-hashes", "--only-binary=:all:", "--no-input", "--disable-pip-version-check"]  # fmt: skip
        words += ["--progress-bar=off", "--retries=2", "--implementation=cp", f"--python-version={python}.{LATE}"]
        words += [f"--abi={abi}" for abi in (short, "abi3", "none")]
        words += [f"--platform={platform}" for platform in SYSTEMS[system].platforms]
        code, said = run([*words, "--dest", str(folder), "-r", str(listed)])
    if code:
        raise RuntimeError(f"{SYSTEMS[system].words}, Python {python}:\n{setup_checks.pip_sentence(said, lock)}")


def chosen(lock: Path, folder: Path, systems: Sequence[str], pythons: Sequence[str]) -> list[Path]:
    """The wheels of a folder that some of these systems and Pythons can install.

    Parameters
    ----------
    lock, folder : Path
        As `fetch` takes them.
    systems, pythons : sequence of str

    Returns
    -------
    list of Path
        In the order of their names.
    """
    text = lock.read_text(encoding="utf-8")
    good = {
        (canonicalize_name(pin.name), pin.version, tag)
        for system in systems for python in pythons
        for pin in pins(text, system, python) for tag in fits(system, python)
    }  # fmt: skip
    found = []
    for path in sorted(folder.glob("*.whl")):
        name, version, _, tagged = parse_wheel_filename(path.name)
        if any((name, str(version), tag) in good for tag in tagged):
            found.append(path)
    return found
