"""The reader's own verdict sheet: one HTML page by itself, to hand in or to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.claims import studies
from helpers.core import data, safe
from helpers.core.words import listed

_STYLE = """
body { font: 15px/1.45 Helvetica, Arial, sans-serif; color: #1a1a1a; max-width: 1000px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 24px; margin-bottom: 4px; } h2 { font-size: 18px; margin: 22px 0 4px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-top: 1px solid #bbb; }
th { font-weight: 600; } td.why { width: 30%; } .moved { border-left: 4px solid #D55E00; padding-left: 6px; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
"""


def _given(opinions: Mapping[str, Mapping[str, Any]], claim_id: str) -> str:
    opinion = opinions.get(claim_id)
    if not opinion:
        return "–"
    sure = opinion.get("sure_percent")
    return opinion["verdict"] + (f" ({sure:g}% sure)" if sure is not None else "")


def sheet(
    first: Mapping[str, Mapping[str, Any]],
    now: Mapping[str, Mapping[str, Any]],
    name: str = "",
    day: str = "",
    answers: str = "",
) -> safe.Html:
    """The page.

    Parameters
    ----------
    first, now : mapping
        As in `studies.board`; `sure_percent` and `reason` are shown where given.
    name : str, optional
        Of the reader.
    day : str, optional
        On which the page was made.
    answers : str, optional
        A sentence on the concept questions.

    Returns
    -------
    Html
        A whole document; needs nothing from elsewhere. Ours stands only beside verdicts of the reader's.
    """
    made, by = studies.board(first, now), studies.moved_by_kind(first, now)
    given, twice = int((made["now"] != "").sum()), int(made["twice"].sum())
    said = [f"{given} of {len(made)} claims judged, {int(made['apart'].sum())} of them otherwise than by the course."]
    if twice:
        said.append(f"{twice} judged twice; {int(made['moved'].sum())} moved.")
        parts = [f"{kind} {by.moved[kind]} of {by.twice[kind]}" for kind in studies.KIND_WORDS if by.twice[kind]]
        said.append(f"Moved, by kind: {listed(parts)}.")
        said += [f"Most, by share: {listed(by.most)}."] if by.most else []
    topics = studies.topics(data.load("claims"))
    return safe.html(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>My verdict sheet</title><style>{}</style></head>'
        "<body><h1>My verdict sheet: Chips &amp; Sanctions</h1><p>{}</p><p>{}</p>{}{}</body></html>\n",
        safe.Html(_STYLE),
        " · ".join(filter(None, [name or "Name: ____________________", day])),
        " ".join(said),
        safe.html("<p><b>Ten questions.</b> {}</p>", answers) if answers else "",
        safe.joined("", [_topic(topic, made[made["topic"] == topic], first, now) for topic in topics]),
    )


def _topic(
    topic: str, made: pd.DataFrame, first: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> safe.Html:
    rows = [
        safe.html(
            "<tr><td><b>{}</b></td><td>{}</td><td>{}</td><td><span class='{}'>{}</span></td><td class='why'>{}</td><td>{}</td></tr>",
            claim_id,
            claim["claim"],
            _given(first, claim_id),
            "moved" if claim["moved"] else "",
            _given(now, claim_id),
            now.get(claim_id, {}).get("reason", ""),
            claim["ours"] or "–",
        )
        for claim_id, claim in made.iterrows()
    ]
    return safe.html(
        "<h2>{}</h2><table><thead><tr><th>Id</th><th>Claim</th><th>First opinion</th><th>Verdict now</th><th>Why</th>"
        "<th>The course</th></tr></thead><tbody>{}</tbody></table>",
        topic,
        safe.joined("", rows),
    )
