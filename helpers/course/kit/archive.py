"""Archives whose bytes depend on their contents alone, and the hashes of what is in them."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

SUMS = "SHA256SUMS"
DAY = (2020, 1, 1, 0, 0, 0)  # of every file
_PACKED = {".whl", ".zip", ".png", ".pdf", ".gz"}  # nothing is gained by packing these again


def files(folder: Path) -> dict[str, Path]:
    """The files of a folder and of those below it, by their path in it, in order.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to Path
        Paths with slashes, on Windows too.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def digest(path: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sums(found: Mapping[str, Path]) -> str:
    """Hashes in the form that ``sha256sum -c`` reads: one line a file.

    Parameters
    ----------
    found : mapping of str to Path
        As `files` gives it; a file named `SUMS` is left out.

    Returns
    -------
    str
    """
    return "".join(f"{digest(path)}  {name}\n" for name, path in found.items() if name != SUMS)


def zipped(out: Path, found: Mapping[str, Path], top: str = "") -> Path:
    """Write an archive: files in order, every one of the same day, readable by all.

    Parameters
    ----------
    out : Path
        The archive; written whole or not at all.
    found : mapping of str to Path
        As `files` gives it.
    top : str, optional
        A folder in the archive that holds everything.

    Returns
    -------
    Path
    """
    part = out.with_name(f"{out.name}.part")
    with zipfile.ZipFile(part, "w") as archive:
        for name in sorted(found):
            entry = zipfile.ZipInfo(f"{top}/{name}" if top else name, DAY)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _PACKED else zipfile.ZIP_DEFLATED
            with found[name].open("rb") as source, archive.open(entry, "w") as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)
    part.replace(out)
    return out
