"""This course's own verdicts for 90_verdicts: what survived by kind, each with its test, what was wrong so far."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from helpers.claims import studies
from helpers.core import data, safe
from helpers.core.words import counted
from helpers.show import charts, page

_INK = "font-size:14px;line-height:1.5;max-width:760px;color:var(--jp-ui-font-color1)"
_COLOURS = {
    "supported": "#004f3a",
    "mostly supported": charts.GREEN,
    "mixed": charts.YELLOW,
    "unsupported": charts.VERMILION,
    studies.NOT_YET: "#d0d0d0",
    studies.NEVER: "#767676",
    "opinion": "#ffffff",
}


def survived_chart() -> alt.LayerChart:
    """Our verdicts by kind of claim: one square a claim, in the order of the verdicts."""
    claims = data.load("claims")
    rank = {words: place for place, words in enumerate(_COLOURS)}
    claims["verdict"] = claims["claim_id"].map(studies.verdict_words)
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
            legend=alt.Legend(
                orient="bottom", symbolType="square", symbolSize=220, labelFontSize=14, labelLimit=220, columns=4
            ),
        ),
        tooltip=[alt.Tooltip("claim_id:N", title="Claim"), alt.Tooltip("verdict:N", title="Our verdict")],
    )
    stand = studies.survived()
    return squares.properties(
        width=charts.WIDTH - 110,
        height=180,
        title=charts.title(
            f"By our verdicts {stand.loc['fact', 'stand']} of {stand.loc['fact', 'claims']} facts stand, {stand.loc['mechanism', 'stand']} of"
            f" {stand.loc['mechanism', 'claims']} mechanisms, {stand.loc['counterfactual', 'stand']} of {stand.loc['counterfactual', 'claims']} counterfactuals",
            "Stand: supported or mostly supported. One square a claim; “not checkable”, one mark on the board, is two shades here",
            "Source: data/claims.csv; sorted and judged by the authors, by no second coder",
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
        safe.html(
            "<b>Our verdict: {}.</b> It judges the thread’s words, “{}” Kind of evidence: {}.",
            studies.verdict_words(claim_id),
            claim.quote,
            claim.confidence,
        ),
        safe.html("<b>Evidence.</b> {}", claim.evidence),
        safe.html("<b>Strongest counter-argument.</b> {}", claim.counter or "It comes with its notebook."),
        safe.html("<b>What would settle it.</b> {}", claim.would_settle_it),
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
    others = [_away(name) for name in studies.elsewhere(claim_id)]
    return safe.html(
        "Tested in {} (opens beside this one), by the cell on {}{}.",
        _away(where.notebook),
        claim_id,
        safe.html("; also computed on in {}", safe.joined(", ", others)) if others else "",
    )


def _away(notebook: str) -> safe.Html:
    return safe.html(
        "<a href='{0}.ipynb' target='_blank' rel='noopener' style='color:var(--jp-content-link-color,#0072B2);"
        "text-decoration:underline'>{0}</a>",
        notebook,
    )


def _linked(claim_id: str) -> str:
    where = studies.place(claim_id)
    if not where.here:
        return f"{where.notebook} (planned)"
    others = "".join(f"; also [{name}]({name}.ipynb)" for name in studies.elsewhere(claim_id))
    return f"[{where.notebook}]({where.notebook}.ipynb), by the cell on {claim_id}{others}"


def _by_topic(line: Callable[[pd.Series], str]) -> dict[str, str]:
    """Topic to a list of its claims, the most frequent topic first."""
    claims = data.load("claims")
    return {
        topic: "\n".join(f"- {line(claim)}" for _, claim in claims[claims["topic"] == topic].iterrows())
        for topic in studies.topics(claims)
    }


def our_verdicts() -> page.Reading:
    """Our verdicts with evidence, counter-argument and test, for who has judged, or reads without a kernel.

    Returns
    -------
    Reading
        One fold a topic, so that who opens one has not seen the others.
    """

    def line(claim: pd.Series) -> str:
        said = claim.map(safe.as_markdown)
        return "\n".join(
            [
                f"**{claim.claim_id}.** ({claim.kind}) {said.claim} In the thread’s words: “{said.quote}” **{studies.verdict_words(claim.claim_id)}**",
                f"  - *Evidence* ({claim.confidence}): {said.evidence}",
                *([f"  - *Strongest counter-argument*: {said.counter}"] if claim.counter else []),
                f"  - *What would settle it*: {said.would_settle_it}",
                f"  - *Tested in* {_linked(claim.claim_id)}",
            ]
        )

    count = data.load("claims")["topic"].value_counts()
    folds = [
        page.fold(f"Our verdicts on {topic}: {counted(int(count[topic]), 'claim')} (judge first)", listing)
        for topic, listing in _by_topic(line).items()
    ]
    return page.Reading("\n\n".join(folds))


def what_would_change() -> page.Reading:
    """Folded: what would change our minds, claim by claim, or why nothing can."""

    def line(claim: pd.Series) -> str:
        return f"{claim.claim_id}. {safe.as_markdown(claim.claim)} *Would settle it:* {safe.as_markdown(claim.would_settle_it)}"

    listing = "\n\n".join(f"**{topic}**\n\n{lines}" for topic, lines in _by_topic(line).items())
    return page.Reading(page.fold("What would change our minds, claim by claim (judge first)", listing))


def checkable_table() -> page.Table:
    """Who could check a claim: the four words of the column, what they mean, how many claims have them, and which."""
    ids = data.load("claims").groupby("checkable_by")["claim_id"].agg(list)
    rows = [
        (words.partition(": ")[2] or words, len(ids[word]), " ".join(ids[word]))
        for word, words in studies.CHECKABLE_WORDS.items()
    ]
    frame = pd.DataFrame(
        rows, columns=["Meaning", "Claims", "Which"], index=pd.Index(studies.CHECKABLE_WORDS, name="Who")
    )
    return page.table(frame, "Who could check a claim (our sorting)")


def wrong_so_far() -> page.Finding:
    """How many entries of correction the list of changes holds, as a finding; the entries in folds, claims first, to open once judged."""
    made = studies.changes()
    once = made[made["again"] == ""]
    named = once["claims"] != ""
    groups = {
        "At a claim that the entry names": once[named],
        "At a number or a sentence": once[~named & once["moves"]],
        "Moves no claim or finding, as the entry says": once[~named & ~once["moves"]],
    }
    parts = [
        page.fold(
            f"{head} (judge first)" if rows["claims"].any() else head,
            "\n".join(f"- {row.plain} *(edition {row.edition}, {row.day})*" for row in rows.itertuples()),
        )
        for head, rows in groups.items()
        if len(rows)
    ]
    twice = len(made) - len(once)
    said = f" {counted(twice, 'entry', 'entries').capitalize()} said again later, counted once." if twice else ""
    return page.Finding(
        f"Our list of changes holds {len(once)} entries of correction, and {int(once['turned'].sum())} of them moved a verdict.",
        f"Of them {int(named.sum())} name a claim. Counted are entries over {counted(made['edition'].nunique(), 'edition')}; one entry may hold several corrections.{said}"
        " Names of tables, models and notebooks are put in words; `CHANGELOG.md` has each as it was written.\n\n"
        + "\n\n".join(parts),
    )
