"""This course's own verdicts for 90_verdicts: what survived by kind, each with its test, what was wrong so far."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from helpers.claims import studies
from helpers.core import data, safe, tables
from helpers.core.words import counted
from helpers.show import charts, page

_INK = "font-size:14px;line-height:1.5;max-width:760px;color:var(--jp-ui-font-color1)"
_COLOURS = {
    "supported": "#004f3a",
    "mostly supported": charts.GREEN,
    "mixed": charts.YELLOW,
    "unsupported": charts.VERMILION,
    "not checkable": "#bdbdbd",
    "opinion": "#ffffff",
}


def survived_chart() -> alt.LayerChart:
    """Our verdicts by kind of claim: one square a claim, in the order of the verdicts."""
    claims = data.load("claims")
    rank = {verdict: place for place, verdict in enumerate(tables.VERDICTS)}
    claims = claims.assign(rank=claims["verdict"].map(rank)).sort_values(["rank", "claim_id"])
    claims["place"] = claims.groupby("kind").cumcount() + 1
    kinds = list(studies.KIND_WORDS)
    base = alt.Chart(claims[["kind", "place", "verdict", "claim_id"]])
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0.4, float(claims["place"].max()) + 0.6]))
    y = alt.Y("kind:N", title=None, sort=kinds, axis=alt.Axis(domain=False, ticks=False, labelFontSize=16))
    squares = base.mark_point(
        shape="square", filled=True, size=560, opacity=1, stroke=charts.INK, strokeWidth=0.5
    ).encode(
        x=x,
        y=y,
        color=alt.Color(
            "verdict:N",
            title=None,
            scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
            legend=alt.Legend(orient="bottom", symbolType="square", symbolSize=220, labelFontSize=14, columns=6),
        ),
        tooltip=[alt.Tooltip("claim_id:N", title="Claim"), alt.Tooltip("verdict:N", title="Our verdict")],
    )
    stand = studies.survived()
    return squares.properties(
        width=charts.WIDTH - 110,
        height=190,
        title=charts.title(
            f"{stand.loc['fact', 'stand']} of {stand.loc['fact', 'claims']} facts stand; of the counterfactuals, {stand.loc['counterfactual', 'stand']}",
            "One square a claim, by kind; which claim is which, the form above shows once you have judged it",
            "Source: data/claims.csv, our verdicts and our sorting",
        ),
        description=(
            "Squares, one a claim, in one row a kind (fact, mechanism, counterfactual, judgement), coloured by our verdict, from"
            " supported at the left to opinion at the right."
        ),
    )


def answer_card(claim_id: str) -> safe.Html:
    """Our verdict on a claim with all that bears on it, as HTML for a form; shown once the reader's own is kept.

    Parameters
    ----------
    claim_id : str
        S01 to S38.
    """
    claim = studies.claim(claim_id)
    lines = [
        safe.html("<b>Our verdict: {}.</b> Confidence of the evidence: {}.", claim.verdict, claim.confidence),
        safe.html("<b>Evidence.</b> {}", claim.evidence),
        safe.html("<b>Strongest counter-argument.</b> {}", claim.counter or "It comes with its notebook."),
        safe.html("<b>Would settle it.</b> {}", claim.would_settle_it),
    ]
    return safe.html("<div style='{}'>{}</div>", _INK, safe.joined("<br>", lines))


def tested_in(claim_id: str) -> safe.Html:
    """One line of HTML that leads to the notebook where a claim is tested, and names the cell.

    Parameters
    ----------
    claim_id : str
        S01 to S38.
    """
    where = studies.place(claim_id)
    if not where.here:
        return safe.html("Its notebook, {}, is planned; until then it rests on documents only.", where.notebook)
    return safe.html(
        "Tested in <a href='{0}.ipynb' target='_blank' rel='noopener' style='color:var(--jp-content-link-color,#0072B2);"
        "text-decoration:underline'>{0}</a> (opens beside this one), cell {1}.",
        where.notebook,
        where.test_cell,
    )


def _linked(claim_id: str) -> str:
    where = studies.place(claim_id)
    if not where.here:
        return f"{where.notebook} (planned)"
    return f"[{where.notebook}]({where.notebook}.ipynb), cell {where.test_cell}"


def _by_topic(line: Callable[[pd.Series], str]) -> str:
    claims = data.load("claims")
    parts = []
    for topic in studies.topics(claims):
        mine = claims[claims["topic"] == topic]
        parts.append("\n".join([f"**{topic}**", "", *(f"- {line(claim)}" for _, claim in mine.iterrows())]))
    return "\n\n".join(parts)


def our_verdicts() -> page.Reading:
    """Folded: all our verdicts, each with the cell that tests it, for who has judged, or reads without a kernel."""

    def line(claim: pd.Series) -> str:
        return f"{claim.claim_id}. {safe.as_markdown(claim.claim)} **{claim.verdict}** ({claim.confidence}). {_linked(claim.claim_id)}"

    return page.Reading(page.fold("Our 38 verdicts, and where each is tested (judge first)", _by_topic(line)))


def what_would_change() -> page.Reading:
    """Folded: what would change our minds, claim by claim."""

    def line(claim: pd.Series) -> str:
        return f"{claim.claim_id}. {safe.as_markdown(claim.claim)} *Would settle it:* {safe.as_markdown(claim.would_settle_it)}"

    return page.Reading(page.fold("What would change our minds, claim by claim", _by_topic(line)))


def wrong_so_far() -> page.Finding:
    """How many corrections this course has made, as a finding; the corrections themselves folded below it."""
    made = studies.changes()
    named = int((made["claims"] != "").sum())
    parts = []
    for edition, rows in made.groupby("edition", sort=False):
        listing = "\n".join(f"- {text}" for text in rows["text"])
        parts.append(f"**Edition {edition}, {rows['day'].iloc[0]}**\n\n{listing}")
    editions = counted(made["edition"].nunique(), "edition")
    return page.Finding(
        f"This course has corrected itself {len(made)} times so far, {named} times at a claim that it names.",
        f"Read from the list of changes, over {editions}; each names what it said before.\n\n" + "\n\n".join(parts),
    )
