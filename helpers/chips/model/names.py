"""The chip that a common name or spelling means."""

from __future__ import annotations

import difflib
import re
from functools import cache

from helpers.core import data
from helpers.core.limits import listed_names, shown

_MAKERS = re.compile(
    r"^(nvidia|geforce|tesla|amd|instinct|radeon|intel|habana|huawei|google|amazon|aws|cambricon|hygon|dcu|biren"
    r"|moore threads|baidu|kunlunxin|t-head|alibaba|enflame)\b[\s_-]*"
)


def _words(name: str) -> list[str]:
    """The words of a name in lower case, without makers' names in front."""
    name = name.strip().lower()
    while (shorter := _MAKERS.sub("", name)) and shorter != name:
        name = shorter
    return re.findall(r"[a-z0-9]+", name)


def squash(name: str) -> str:
    """Letters and digits of a name, in small letters, without a maker's name in front: spellings of one name are equal so.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> squash("NVIDIA H100 SXM-5")
    'h100sxm5'
    """
    return "".join(_words(name))


@cache
def _names() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Every spelling to the chips it may mean, and remarks on spellings."""
    known: dict[str, list[str]] = {}
    remarks: dict[str, str] = {}
    for row in data.load("chip_aliases").itertuples():
        known.setdefault(squash(row.alias), []).append(row.chip)
        if row.note:
            remarks[squash(row.alias)] = row.note
    for chip in data.load("chips")["chip"]:
        known[squash(chip)] = [chip]
    return known, remarks


def resolve(chip: str) -> str:
    """The chip of ``data/chips.csv`` that a common name or spelling means.

    Parameters
    ----------
    chip : str
        "H100", "h100 sxm", "ascend 910c", "4090d": case, spaces, hyphens and maker's name are free.

    Returns
    -------
    str
        The `chip` column of the table.

    Raises
    ------
    ValueError
        The name is ambiguous (the candidates are named) or unknown (near spellings are named).

    Examples
    --------
    >>> resolve("nvidia h100 sxm"), resolve("4090d")
    ('H100 SXM5 80GB', 'RTX 4090D')
    """
    if not isinstance(chip, str) or not squash(chip):
        raise ValueError(
            f"chip = {shown(chip)} is not a name; give a text such as 'H100' or a mapping of specifications."
        )
    known, remarks = _names()
    key = squash(chip)
    found = known.get(key, [])
    if not found:  # the model and every other word of the name occur in a chip's name
        words = set(_words(chip))
        found = [row for row in known_chips() if words <= set(_words(row)) and _words(row)[0] in words]
    if len(found) == 1:
        return found[0]
    if found:
        remark = f" {remarks[key]}" if key in remarks else ""
        raise ValueError(f"chip = {shown(chip)} is ambiguous: say one of {listed_names(map(repr, found))}.{remark}")
    near = [row for key in difflib.get_close_matches(key, known, n=5, cutoff=0.6) for row in known[key]]
    near = list(dict.fromkeys(near))[:5]
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else "see the chip column of data/chips.csv."
    raise ValueError(f"chip = {shown(chip)} is not in data/chips.csv; {hint}")


def known_chips() -> list[str]:
    """The names of all rows of ``data/chips.csv``, in its order."""
    return data.load("chips")["chip"].tolist()
