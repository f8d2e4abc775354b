"""Bytes in words."""

from __future__ import annotations

from helpers.llm.studies import doors


def size_words(size: float) -> str:
    """Bytes in words with decimal units, three figures.

    Parameters
    ----------
    size : float
        Bytes, zero or more.

    Returns
    -------
    str

    Examples
    --------
    >>> size_words(890), size_words(70272), size_words(5.24e11)
    ('890 bytes', '70.3 kB', '524 GB')
    """
    size = doors.number("size", size, 0, 1e30, "bytes")
    for unit, one in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= one * 0.9995:
            return f"{size / one:,.3g} {unit}" if size < 999.5 * one else f"{size / one:,.0f} {unit}"
    return f"{size:.0f} bytes"
