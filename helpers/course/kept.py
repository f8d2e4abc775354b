"""Files that hold what the reader kept: added to, never lost, and safe when several notebooks write at once.

Each notebook waits for the others (a lock), writes the whole file under a name of its own, and moves it into
place. A file that is damaged is never thrown away: it stays beside the new one under another name.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import reprlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from helpers.core import data

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

# Beside the notebooks; builds and tests name an empty folder, so that no author's own opinions come in.
FOLDER = Path(os.environ.get("COURSE_RECORD") or data.ROOT / "notebooks")
PATIENCE = 20  # seconds to wait for another notebook
LONGEST = 1_000_000  # bytes of a file that is read

# What a system answers where files cannot be locked at all (some network folders).
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}

Fault = Callable[[Any, Any], str]  # a key and what it holds -> what is wrong with it, or nothing
Wins = Callable[[Any, Any], bool]  # a new entry and the one kept -> whether the new one takes its place


class Kept(dict[str, dict[str, Any]]):
    """What a file now holds; `note` is a sentence for the reader, or empty."""

    note: str = ""


def load(path: str | Path, fault: Fault, what: str) -> dict[str, dict[str, Any]]:
    """What a file holds; empty when there is none yet.

    Parameters
    ----------
    path : str or Path
    fault : callable
        Says what is wrong with an entry.
    what : str
        What the file holds, in the plural: "opinions".

    Raises
    ------
    DataFileError
        The file is there but does not hold that. It is left as it is.
    """
    sound, wrong = read(path, fault, what)
    if wrong:
        raise data.DataFileError(
            f"{Path(path).name}: your {what} file {wrong}. It was left as it was; what you keep next"
            " starts a new file, and this one stays beside it under another name."
        )
    return sound


def save(new: Mapping[str, Mapping[str, Any]], path: str | Path, fault: Fault, what: str, wins: Wins) -> Kept:
    """Add entries to a file.

    Parameters
    ----------
    new : dict
        Entries already checked.
    path, fault, what
        As in `load`.
    wins : callable
        Whether a new entry takes the place of one kept.

    Returns
    -------
    Kept
        All that is now in the file. Where the file was damaged, what of it could be read is among them, and
        `note` says under which name the damaged file is kept.

    Raises
    ------
    OSError
        The folder cannot be written, or another notebook held the file for `PATIENCE` seconds.
    """
    path = Path(path)
    with _alone(path):
        kept, wrong = read(path, fault, what)
        merged = Kept(kept)
        merged.update((key, dict(entry)) for key, entry in new.items() if key not in kept or wins(entry, kept[key]))
        text = json.dumps(merged, indent=1, sort_keys=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.partial")
        try:
            partial.write_text(text, encoding="utf-8")
            if wrong:
                aside = _free_name(path)
                os.replace(path, aside)
                merged.note = f"Your earlier {what} file {wrong}; it is kept as {aside.name}."
            _replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    return merged


def read(path: str | Path, fault: Fault, what: str) -> tuple[dict[str, dict[str, Any]], str]:
    """The entries of a file that are sound, and what is wrong with the file, in words; empty: nothing."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, ""
    except (ValueError, OSError) as error:
        return {}, f"cannot be read ({_short(error)})"
    return parse(text, fault, what)


def parse(text: str, fault: Fault, what: str) -> tuple[dict[str, dict[str, Any]], str]:
    """The entries of a text that are sound, and what is wrong with it, in words; empty: nothing."""
    if len(text) > LONGEST:
        return {}, f"cannot be read (more than {LONGEST:,} letters)"
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return {}, f"cannot be read ({_short(error)})"
    return sift(found, fault, what)


def sift(found: Any, fault: Fault, what: str) -> tuple[dict[str, dict[str, Any]], str]:
    """The entries of an object that are sound, and what is wrong with it, in words; empty: nothing."""
    if not isinstance(found, dict):
        return {}, f"does not hold {what}"
    sound, first = {}, ""
    for key, entry in found.items():
        if wrong := fault(key, entry):
            first = first or f"does not hold {what} ({reprlib.repr(key)}: {wrong})"
        else:
            sound[key] = entry
    return sound, first


# --- inside -----------------------------------------------------------------------------------------


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def _short(error: Exception) -> str:
    return str(error).split("\n")[0][:100] or type(error).__name__


def _free_name(path: Path) -> Path:
    """A name beside the file that is not taken: my_first_opinions.damaged-1.json, -2, ..."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _replace(partial: Path, path: Path) -> None:
    """Move into place; Windows refuses while another program reads the file, for a moment."""
    for _ in range(50):
        try:
            return os.replace(partial, path)
        except PermissionError:
            time.sleep(0.02)
    os.replace(partial, path)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock beside a file; it ends with the program that holds it, however that ends."""
    with path.with_name(f"{path.name}.lock").open("a+b") as handle:
        end = time.monotonic() + PATIENCE
        while not _locked(handle):
            if time.monotonic() > end:
                raise OSError(f"another notebook has held {path.name} for {PATIENCE} seconds; try once more.")
            time.sleep(0.01)
        try:
            yield
        finally:
            _unlock(handle)


def _locked(handle: IO[bytes]) -> bool:
    """Whether the lock is ours now; where the system has no locks, at once."""
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        return error.errno in _NO_LOCKS
    return True


def _unlock(handle: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_UN)
        else:
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
