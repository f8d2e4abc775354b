"""The reader's own first opinions: one file beside the notebooks, added to and never overwritten."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from helpers.core import data, tables

OPINIONS_FILE = data.ROOT / "notebooks" / "my_first_opinions.json"


def load_opinions(path: str | Path = OPINIONS_FILE) -> dict[str, dict[str, Any]]:
    """The reader's first opinions: claim id to verdict, confidence and day. Empty when none yet.

    Raises
    ------
    DataFileError
        The file is there but cannot be read as opinions. It is left as it is.
    """
    path = Path(path)
    if not path.exists():
        return {}
    try:
        opinions = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise data.DataFileError(
            f"{path.name}: your opinions file cannot be read ({error}). It was left as it was;"
            " rename it to start afresh."
        ) from None
    if not isinstance(opinions, dict) or not all(
        isinstance(o, dict) and o.get("verdict") in tables.VERDICTS for o in opinions.values()
    ):
        raise data.DataFileError(
            f"{path.name}: your opinions file does not hold opinions. It was left as it was; rename it to start afresh."
        )
    return opinions


def save_opinions(new: dict[str, dict[str, Any]], path: str | Path = OPINIONS_FILE) -> dict[str, dict[str, Any]]:
    """Add first opinions to the reader's file; an opinion already there is never overwritten.

    Parameters
    ----------
    new : dict
        Claim id to ``{"verdict": ..., "sure_percent": ..., "on": ISO date}``.
    path : str or Path, optional
        The reader's file. Written whole to a neighbour first, then moved into place.

    Returns
    -------
    dict
        All opinions now in the file.

    Raises
    ------
    ValueError
        An unknown claim or verdict, or `sure_percent` outside 0 to 100; nothing is written.
    DataFileError
        The existing file cannot be read; nothing is written.
    """
    path = Path(path)
    claims = set(data.load("claims")["claim_id"])
    for claim_id, opinion in new.items():
        if claim_id not in claims:
            raise ValueError(f"claim_id {claim_id!r} is not one of S01 to S38.")
        if opinion.get("verdict") not in tables.VERDICTS:
            raise ValueError(f"verdict {opinion.get('verdict')!r} is not one of {', '.join(tables.VERDICTS)}.")
        if not 0 <= float(opinion.get("sure_percent", 50)) <= 100:
            raise ValueError(f"sure_percent {opinion['sure_percent']!r} is not from 0 to 100.")
    kept = load_opinions(path)
    merged = {**new, **kept}
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(merged, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(partial, path)
    return merged
