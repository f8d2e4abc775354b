"""The reader's own first opinions: one file beside the notebooks, added to and never overwritten.

Several notebooks may keep opinions at once: each waits for the others (a lock), writes the whole file
under a name of its own, and moves it into place. A file that is damaged is never thrown away: it stays
beside the new one under another name.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import reprlib
import secrets
import time
from collections.abc import Iterator, Mapping
from datetime import date
from numbers import Real
from pathlib import Path
from typing import IO, Any

from helpers.core import data, tables

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

OPINIONS_FILE = data.ROOT / "notebooks" / "my_first_opinions.json"
PATIENCE = 20  # seconds to wait for another notebook

# What a system answers where files cannot be locked at all (some network folders).
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


class Opinions(dict[str, dict[str, Any]]):
    """Claim id to verdict, confidence and day; `note` is a sentence for the reader, or empty."""

    note: str = ""


def load_opinions(path: str | Path = OPINIONS_FILE) -> dict[str, dict[str, Any]]:
    """The reader's first opinions: claim id to verdict, confidence and day. Empty when none yet.

    Raises
    ------
    DataFileError
        The file is there but cannot be read as opinions. It is left as it is.
    """
    path = Path(path)
    sound, fault = _read(path)
    if fault:
        raise data.DataFileError(
            f"{path.name}: your opinions file {fault}. It was left as it was; the next opinion that you keep"
            " starts a new file, and this one stays beside it under another name."
        )
    return sound


def save_opinions(new: Mapping[str, Mapping[str, Any]], path: str | Path = OPINIONS_FILE) -> Opinions:
    """Add first opinions to the reader's file; an opinion already there is never overwritten.

    Parameters
    ----------
    new : dict
        Claim id to ``{"verdict": ..., "sure_percent": ..., "on": ISO date}``; the last two may be left out.
    path : str or Path, optional
        The reader's file. Written whole to a neighbour first, then moved into place.

    Returns
    -------
    Opinions
        All opinions now in the file. Where the file was damaged, what of it could be read is among them,
        and `note` says under which name the damaged file is kept.

    Raises
    ------
    ValueError
        An unknown claim or verdict, or `sure_percent` that is no number from 0 to 100; nothing is written.
    OSError
        The folder cannot be written, or another notebook held the file for `PATIENCE` seconds.
    """
    path = Path(path)
    clean = _checked(new)
    with _alone(path):
        kept, fault = _read(path)
        merged = Opinions({**clean, **kept})
        text = json.dumps(merged, indent=1, sort_keys=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.partial")
        try:
            partial.write_text(text, encoding="utf-8")
            if fault:
                aside = _free_name(path)
                os.replace(path, aside)
                merged.note = f"Your earlier opinions file {fault}; it is kept as {aside.name}."
            _replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    return merged


# --- one opinion ----------------------------------------------------------------------------------


def _checked(new: Any) -> dict[str, dict[str, Any]]:
    """New opinions as they are written, or a sentence on the first that is none."""
    if not isinstance(new, Mapping):
        raise ValueError(f"new = {reprlib.repr(new)} is not a dict of opinions by claim id, S01 to S38.")
    claims = set(data.load("claims")["claim_id"])
    for claim_id, opinion in new.items():
        if claim_id not in claims:
            raise ValueError(f"claim_id {reprlib.repr(claim_id)} is not one of S01 to S38.")
        if fault := _fault(opinion):
            raise ValueError(f"{fault}.")
    return {
        claim_id: {**opinion, **({"sure_percent": _plain(sure)} if (sure := opinion.get("sure_percent")) else {})}
        for claim_id, opinion in new.items()
    }


def _fault(opinion: Any) -> str:
    """What is wrong with an opinion, or nothing."""
    if not isinstance(opinion, Mapping):
        return f"opinion {reprlib.repr(opinion)} is not a dict with a verdict"
    if unknown := [key for key in opinion if key not in ("verdict", "sure_percent", "on")]:
        return f"opinion has {reprlib.repr(unknown[0])}, which is not one of verdict, sure_percent, on"
    verdict, sure, on = opinion.get("verdict"), opinion.get("sure_percent", 50), opinion.get("on", "2026-01-01")
    if not isinstance(verdict, str) or verdict not in tables.VERDICTS:
        return f"verdict {reprlib.repr(verdict)} is not one of {', '.join(tables.VERDICTS)}"
    if not isinstance(sure, Real) or isinstance(sure, bool) or not 0 <= sure <= 100:
        return f"sure_percent {reprlib.repr(sure)} is not from 0 to 100"
    try:
        date.fromisoformat(on)
    except (TypeError, ValueError):
        return f"on {reprlib.repr(on)} is not a date written YYYY-MM-DD"
    return ""


def _plain(number: Real) -> int | float:
    return int(number) if number == int(number) else float(number)


# --- the file -------------------------------------------------------------------------------------


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def _read(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """The opinions in a file that are sound, and what is wrong with the file, in words; empty: nothing."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
    except FileNotFoundError:
        return {}, ""
    except (ValueError, OSError, RecursionError) as error:
        return {}, f"cannot be read ({_short(error)})"
    if not isinstance(found, dict):
        return {}, "does not hold opinions"
    sound, first = {}, ""
    for claim_id, opinion in found.items():
        if fault := _fault(opinion):
            first = first or f"does not hold opinions ({reprlib.repr(claim_id)}: {fault})"
        else:
            sound[claim_id] = opinion
    return sound, first


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
