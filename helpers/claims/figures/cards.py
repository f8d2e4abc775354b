"""Charts, cards and tables of the claims: the dot grid, the toy's bars, verdict cards and the links to them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.claims import studies
from helpers.core import data
from helpers.core import open_matters as matters
from helpers.core.safe import as_markdown
from helpers.core.words import counted, listed
from helpers.show import charts, page

_CHECKABLE_COLOURS = [charts.BLUE, charts.GREEN, charts.ORANGE, charts.GREY]
_CHECKABLE_SHAPES = ["circle", "square", "triangle-up", "diamond"]


def claims_chart(claims: pd.DataFrame) -> alt.LayerChart:
    """One mark a claim, one row a topic, over the panel's rows; shape and colour say who could check it."""
    topics = studies.topics(claims)
    count = claims["topic"].value_counts()
    tiles = charts.live("claim_id", "topic", "place", "checkable_by", "claim", "in_filter", "picked")
    y = alt.Y(
        "topic:N", sort=topics, title=None, scale=alt.Scale(domain=topics), axis=alt.Axis(domain=False, ticks=False)
    )
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0.5, float(count.max()) + 0.7]))
    pick = alt.selection_point(name="claim_id", fields=["claim_id"], on="click", empty=False)
    opacity = alt.condition("datum.in_filter", alt.value(1), alt.value(0.15))
    kinds = list(studies.CHECKABLE_WORDS)
    marks = tiles.mark_point(filled=True, size=380, strokeWidth=2).encode(
        x=x,
        y=y,
        color=alt.Color(
            "checkable_by:N",
            title="Who could check it",
            scale=alt.Scale(domain=kinds, range=_CHECKABLE_COLOURS),
            legend=alt.Legend(orient="bottom", symbolSize=160, symbolOpacity=1),
        ),
        shape=alt.Shape(
            "checkable_by:N", title="Who could check it", scale=alt.Scale(domain=kinds, range=_CHECKABLE_SHAPES)
        ),
        stroke=alt.condition("datum.picked", alt.value(charts.BLACK), alt.value("transparent")),
        opacity=opacity,
        tooltip=[alt.Tooltip("claim_id:N", title="Claim"), alt.Tooltip("claim:N", title="It says")],
    )
    names = tiles.mark_text(dx=16, align="left", fontSize=12).encode(x=x, y=y, text="claim_id:N", opacity=opacity)
    return (marks.add_params(pick) + names).properties(
        width=charts.WIDTH - 60,
        height=25 * len(topics),
        title=charts.title(
            charts.signal("title"),
            "One mark a claim, by topic. Shape and colour: who could check it.",
            "Source: the comment thread; our sorting (data/claims.csv).",
        ),
        description=(
            f"Dot grid of {len(claims)} claims, one row a topic ({', '.join(topics)}), marked by who could check"
            " each: anyone, someone with data, an insider, or nobody. The list below the chart holds the same claims."
        ),
    )


def equal_work_chart() -> alt.LayerChart:
    """Chips and power for equal work, as bars over the panel's rows."""
    x = alt.X(
        "times:Q",
        title="Times the reference cluster",
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(tickCount=6),
    )
    line = alt.Y("line:N", title=None, sort=None, axis=alt.Axis(labelLimit=240))
    kinds = alt.Scale(domain=["reference chip", "other chip"], range=[charts.GREY, charts.BLUE])
    bars = charts.live("measure", "kind", "times").transform_calculate(line="datum.measure + ', ' + datum.kind")
    return (
        bars.mark_bar(height=20).encode(x=x, y=line, color=alt.Color("kind:N", legend=None, scale=kinds))
        + bars.mark_text(align="left", dx=4).encode(x=x, y=line, text=alt.Text("times:Q", format=".3~g"))
    ).properties(
        width=charts.WIDTH - 140,
        height=130,
        title=charts.title(
            charts.signal("title"),
            "What equal work takes, relative to a cluster of the reference chip; all else left out",
            "Source: arithmetic; both numbers are yours to set.",
        ),
        description="Bar chart of chips and electric power needed for equal work, relative to a reference cluster. Bars grow as the other chip gets slower.",
    )


# --- verdicts -----------------------------------------------------------------------------------


def verdict(claim_id: str) -> page.Reading:
    """One claim judged: what was said, what is known, what speaks against, how sure; folded, what would settle it.

    The card stands in one notebook only, that of `studies.place`; elsewhere `verdict_link` leads to it.

    Parameters
    ----------
    claim_id : str
        S01 to S38.

    Raises
    ------
    KeyError
        No such claim.
    """
    claim = studies.claim(claim_id)
    said = claim.map(as_markdown)
    lines = [
        f"**{claim_id}. {said.claim}** In the thread’s words: “{said.quote}”",
        f"- **Evidence** ({said.confidence}): {said.evidence}",
        *([f"- **Strongest counter-argument**: {said.counter}"] if claim.counter else []),
        f"- **Our verdict: {studies.verdict_words(claim_id)}.**",
    ]
    below = page.fold(
        "What would settle it, and the sources", f"{said.would_settle_it}\n\n{data.cite(claim_id).markdown}"
    )
    return page.Reading(f"{lines[0]}\n\n" + "\n".join(lines[1:]) + f"\n\n{below}")


def verdict_link(*claim_ids: str) -> page.Reading:
    """One line that leads to the notebook where some claims are judged.

    Parameters
    ----------
    *claim_ids : str
        S01 to S38, one or more.

    Returns
    -------
    Reading
        "S20 is judged in [24_more_chips_more_power](24_more_chips_more_power.ipynb)."; claims of one
        notebook share a sentence, and a planned notebook is named without a link.

    Raises
    ------
    KeyError
        No such claim.
    ValueError
        No claim given.
    """
    if not claim_ids:
        raise ValueError("claim_ids is empty; name at least one claim.")
    by_place: dict[studies.Place, list[str]] = {}
    for claim_id in claim_ids:
        where = studies.place(claim_id)
        by_place.setdefault(studies.Place(where.notebook, where.here, ""), []).append(claim_id)
    said = []
    for where, ids in by_place.items():
        are = "is" if len(ids) == 1 else "are"
        said.append(
            f"{listed(ids)} {are} judged in [{where.notebook}]({where.notebook}.ipynb)."
            if where.here
            else f"{listed(ids)} will be judged in {where.notebook}, which is planned."
        )
    return page.Reading(" ".join(said))


def verdicts_table(claim_ids: list[str]) -> page.Table:
    """Claims with verdict and confidence, as a table."""
    claims = data.load("claims").set_index("claim_id").loc[claim_ids]
    frame = claims[["claim", "verdict", "confidence"]].set_axis(
        ["Claim", "Verdict", "Confidence in the evidence"], axis=1
    )
    return page.table(frame.rename_axis("Id"), "Our verdicts")


def open_matters(notebook: str) -> page.Reading:
    """One folded line on a notebook: what may have changed since the record was written, and what it would move.

    Parameters
    ----------
    notebook : str
        A key of ``data/course_map.csv``.

    Raises
    ------
    KeyError
        No such notebook.
    ValueError
        Nothing open touches it.
    """
    rows = matters.open_matters(notebook)
    if rows.empty:
        raise ValueError(f"no open matter of data/open_matters.csv touches {notebook}; leave the line out.")
    said = [
        f"- **{matters.due_words(row.due)}**: {as_markdown(f'{row.matter} {row.known}')} *It would move:* {as_markdown(row.moves)}"
        f" ({data.cite(row.source_id).markdown.removeprefix('- ')})"
        for row in rows.itertuples()
    ]
    head = f"What may have changed since {rows['checked'].max():%Y-%m-%d}: {counted(len(rows), 'open matter')}"
    listing = "\n".join(said)
    return page.Reading(page.fold(head, listing))
