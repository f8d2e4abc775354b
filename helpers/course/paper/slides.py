"""Slides of a notebook: its title, its picture step by step, its findings, what would change them, its claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core import data
from helpers.course.book import cells, writing
from helpers.course.paper import pieces, sheets
from helpers.course.paper.sheets import HERE

MOST, FEWEST = 8, 5
MOST_FINDINGS = 4  # each on a slide of its own, with its picture
MOST_LISTED = 7  # claims, each in a line


@dataclass(frozen=True)
class Screen:
    """What stands on the wall at once: a slide, or one step of the slide that has steps.

    Attributes
    ----------
    slide : int
        From 1; the steps of a picture share one.
    kind : str
        title, step, finding, change or claims.
    parts : dict
        What the template draws.
    """

    slide: int
    kind: str
    parts: Mapping[str, Any]


def screens(page: cells.Page) -> list[Screen]:
    """The screens of a notebook's slides, in order.

    Parameters
    ----------
    page : cells.Page

    Returns
    -------
    list of Screen
        Of `FEWEST` to `MOST` slides.
    """
    name, row = page.name, writing.course().loc[page.name]
    steps, found = pieces.steps(page.body), pieces.findings(page.body)
    decided, treated = pieces.claims_of(name)
    made = [Screen(1, "title", {"title": row.title, "question": row.question, "outcome": row.outcome, "minutes": row.minutes, "ids": [c["claim_id"] for c in decided or treated]})]  # fmt: skip
    made += [Screen(2, "step", {"at": n, "of": len(steps), "step": s}) for n, s in enumerate(steps, 1)]
    alone = _with_own_picture(found, {s.picture for s in steps[:-1]})
    made += [Screen(made[-1].slide + n, "finding", {"found": f}) for n, f in enumerate(alone, 1)]
    others = [f for f in found if f not in alone]
    changes = [f for f in found if f.change][:6]
    last = made[-1].slide
    if others or changes:
        made.append(Screen(last + 1, "change", {"others": others, "changes": changes[: 6 - min(3, len(others))]}))
        last += 1
    points = [" ".join(li.get_text().split()) for li in _points(page.body)][:5]
    if points and last < FEWEST - 1:
        made.append(Screen(last + 1, "points", {"points": points}))
        last += 1
    made.append(Screen(last + 1, "claims", _claims(name, decided, treated)))
    return made


def _with_own_picture(found: list[pieces.Found], shown: set[pieces.Picture]) -> list[pieces.Found]:
    """Findings each with a picture that no earlier one has, and that is no mere step before the last."""
    taken, kept = set(shown), []
    for finding in found:
        if finding.picture is not None and finding.picture not in taken and len(kept) < MOST_FINDINGS:
            taken.add(finding.picture)
            kept.append(finding)
    return kept


def _points(body: Any) -> list[Any]:
    heading = next((h for h in body.find_all("h2") if h.get_text().startswith("Key points")), None)
    return heading.find_next("ul").find_all("li", recursive=False) if heading else []


def _claims(name: str, decided: list[dict[str, str]], treated: list[dict[str, str]]) -> dict[str, Any]:
    """Each claim in a line; all claims counted where a notebook is about all: by kind before the course, else by verdict."""
    said, counted = "", {}
    if not (decided or treated):
        by = "kind" if name == writing.course().index[0] else "verdict"
        counted = data.load("claims")[by].value_counts().to_dict()
        said = f"All {sum(counted.values())} claims of the thread by {by}:"
    rest = treated[: max(0, MOST_LISTED - len(decided))]
    return {"decided": decided, "said": said, "counted": counted, "number": len(decided), "treated": rest, "more": len(treated) - len(rest)}  # fmt: skip


def write(name: str, root: Path, out: Path) -> Path:
    """Write a notebook's slides as one HTML file that asks for no other.

    Parameters
    ----------
    name : str
        Of a notebook.
    root : Path
        Of the course.
    out : Path
        A folder that is there.

    Returns
    -------
    Path
    """
    made = screens(sheets.page(name, root))
    title, last = made[0].parts["title"], made[-1].slide
    return writing.write(out / f"{name}.html", HERE / "slides.html", name=name, title=title, screens=made, last=last)
