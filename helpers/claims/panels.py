"""Charts and panels of 00_start_here: the claims, a first panel to play with, first opinions."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path

import altair as alt
import ipywidgets as widgets
import pandas as pd

from helpers.clusters import model as clusters
from helpers.core import data, tables
from helpers.course import opinions
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State

CHECKABLE_WORDS = {
    "anyone": "anyone: a public text settles it",
    "data": "someone with data that could be published",
    "insider": "only someone with records that are not public",
    "nobody": "nobody: a judgement, or a world that did not happen",
}
_CHECKABLE_COLOURS = [charts.BLUE, charts.GREEN, charts.ORANGE, charts.GREY]
_CHECKABLE_SHAPES = ["circle", "square", "triangle-up", "diamond"]


def claims_panel(claims: pd.DataFrame) -> Panel:
    """The claims by topic and by who could check them; a click or the list opens one.

    Parameters
    ----------
    claims : DataFrame
        As ``data.load("claims")`` gives it.
    """
    topics = claims["topic"].value_counts().index.tolist()
    table = claims.assign(place=claims.groupby("topic").cumcount() + 1)
    listed = [("none chosen", "")] + [(f"{c.claim_id}: {c.claim}", c.claim_id) for c in claims.itertuples()]

    def compute(topic: str, checkable_by: str, claim_id: str) -> State:
        chosen = table["topic"].isin([topic] if topic else topics)
        chosen &= table["checkable_by"].isin([checkable_by] if checkable_by else list(CHECKABLE_WORDS))
        rows = [
            {
                "claim_id": c.claim_id,
                "topic": c.topic,
                "place": c.place,
                "checkable_by": c.checkable_by,
                "claim": c.claim,
                "in_filter": bool(keep),
                "picked": c.claim_id == claim_id,
            }
            for c, keep in zip(table.itertuples(), chosen, strict=True)
        ]
        found = table[chosen]
        if found.empty:
            return State(rows, f"No claim on {topic} is of the kind “{CHECKABLE_WORDS[checkable_by]}”. Widen one list.")
        open_to_all = int((found["checkable_by"] == "anyone").sum())
        where = f" on {topic}" if topic else ""
        noun = "claim" if len(found) == 1 else "claims"
        reading = f"{len(found)} of {len(table)} {noun}{where}" + (
            f", to be checked by {CHECKABLE_WORDS[checkable_by]}."
            if checkable_by
            else f"; {open_to_all} of them could be settled by anyone with a public text."
        )
        return State(rows, reading, detail=_claims_html(found, claims, claim_id))

    tiles = charts.live("claim_id", "topic", "place", "checkable_by", "claim", "in_filter", "picked")
    y = alt.Y(
        "topic:N", sort=topics, title=None, scale=alt.Scale(domain=topics), axis=alt.Axis(domain=False, ticks=False)
    )
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0.5, float(table["place"].max()) + 0.7]))
    pick = alt.selection_point(name="claim_id", fields=["claim_id"], on="click", empty=False)
    opacity = alt.condition("datum.in_filter", alt.value(1), alt.value(0.15))
    marks = tiles.mark_point(filled=True, size=420, strokeWidth=2).encode(
        x=x,
        y=y,
        color=alt.Color(
            "checkable_by:N",
            title="Who could check it",
            scale=alt.Scale(domain=list(CHECKABLE_WORDS), range=_CHECKABLE_COLOURS),
            legend=alt.Legend(orient="bottom", symbolSize=160, symbolOpacity=1),
        ),
        shape=alt.Shape(
            "checkable_by:N",
            title="Who could check it",
            scale=alt.Scale(domain=list(CHECKABLE_WORDS), range=_CHECKABLE_SHAPES),
        ),
        stroke=alt.condition("datum.picked", alt.value(charts.BLACK), alt.value("transparent")),
        opacity=opacity,
        tooltip=[alt.Tooltip("claim_id:N", title="Claim"), alt.Tooltip("claim:N", title="It says")],
    )
    names = tiles.mark_text(dx=16, align="left", fontSize=12).encode(x=x, y=y, text="claim_id:N", opacity=opacity)
    top = claims["topic"].value_counts()
    chart = (marks.add_params(pick) + names).properties(
        width=charts.WIDTH - 120,
        height=26 * len(topics),
        title=charts.title(
            f"{top.iloc[0] + top.iloc[1]} of {len(claims)} claims are about {top.index[0]} and {top.index[1]}",
            "One mark a claim, by topic. Shape and colour: who could check it.",
            "Source: the comment thread; our sorting (data/claims.csv).",
        ),
        description=(
            f"Dot grid of {len(claims)} claims, one row a topic ({', '.join(topics)}), marked by who could check"
            " each: anyone, someone with data, an insider, or nobody. The list below the chart holds the same claims."
        ),
    )
    return Panel(
        "What the thread claims",
        [
            Choice("topic", "Topic", [("all topics", ""), *topics], ""),
            Choice(
                "checkable_by",
                "Could be checked by",
                [("all kinds", ""), *((w, k) for k, w in CHECKABLE_WORDS.items())],
                "",
            ),
            Choice("claim_id", "Open a claim (or click its mark)", listed, ""),
        ],
        compute,
        chart,
        presets={
            "Settled by a public text": {"checkable_by": "anyone"},
            "Trade law": {"topic": "trade-law"},
            "Cannot be checked": {"checkable_by": "nobody"},
        },
        pick="claim_id",
    )


def _claims_html(found: pd.DataFrame, claims: pd.DataFrame, claim_id: str) -> str:
    opened = ""
    if claim_id:
        claim = claims.set_index("claim_id").loc[claim_id]
        opened = (
            f"<p><b>{claim_id}</b> in the thread’s words: “{html.escape(claim.quote)}”<br>"
            f"Would settle it: {html.escape(claim.would_settle_it)}<br>"
            f"Judged in: {html.escape(claim.notebook.replace(' ', ', '))}</p>"
        )
    body = "".join(
        f"<tr><td style='text-align:left;vertical-align:top;padding:2px 8px'>{c.claim_id}</td>"
        f"<td style='text-align:left;padding:2px 8px'>{html.escape(c.claim)}</td></tr>"
        for c in found.itertuples()
    )
    return (
        f"<div style='font-size:13px;line-height:1.4;max-width:760px;color:var(--jp-ui-font-color1)'>{opened}"
        "<div style='max-height:220px;overflow:auto'><table><caption style='text-align:left'>The claims in the filter</caption>"
        f"<thead><tr><th style='text-align:left;padding:2px 8px'>Id</th><th style='text-align:left;padding:2px 8px'>Claim</th></tr></thead>"
        f"<tbody>{body}</tbody></table></div></div>"
    )


def more_chips_panel() -> Panel:
    """The course's central claim as a toy: fewer operations per chip, so more chips and more power."""
    chips = 1000

    def compute(relative_speed: float, relative_power: float) -> State:
        needed = float(clusters.chips_to_match(chips, relative_speed / 100))
        power = needed / chips * relative_power / 100
        rows = [
            {"measure": "Chips", "kind": "reference chip", "times": 1.0},
            {"measure": "Chips", "kind": "other chip", "times": needed / chips},
            {"measure": "Electric power", "kind": "reference chip", "times": 1.0},
            {"measure": "Electric power", "kind": "other chip", "times": power},
        ]
        return State(
            rows,
            f"At {relative_speed:g}% of the speed each, {needed:,.0f} of the other chip do the work of {chips:,};"
            f" at {relative_power:g}% of the power each, they draw {power:.2g} times the electricity.",
            {"title": f"{needed / chips:.2g} times the chips, {power:.2g} times the power"},
        )

    x = alt.X("times:Q", title="Times the reference cluster", scale=alt.Scale(domainMin=0, nice=True))
    line = alt.Y("line:N", title=None, sort=None, axis=alt.Axis(labelLimit=240))
    bars = charts.live("measure", "kind", "times").transform_calculate(line="datum.measure + ', ' + datum.kind")
    chart = (
        bars.mark_bar(height=20).encode(
            x=x,
            y=line,
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=["reference chip", "other chip"], range=[charts.GREY, charts.BLUE]),
            ),
        )
        + bars.mark_text(align="left", dx=4).encode(x=x, y=line, text=alt.Text("times:Q", format=".3~g"))
    ).properties(
        width=charts.WIDTH - 240,
        height=130,
        title=charts.title(
            charts.signal("title"),
            "Equal work per second, relative to a cluster of the reference chip; all else left out",
            "Source: arithmetic; both numbers are yours to set.",
        ),
        description="Bar chart of chips and electric power needed for equal work, relative to a reference cluster. Bars grow as the other chip gets slower.",
    )
    return Panel(
        "More chips, more electricity",
        [
            Number("relative_speed", "Speed of the other chip", "% of the reference", 10, 150, 50, 1),
            Number("relative_power", "Power of the other chip", "% of the reference", 10, 200, 100, 1),
        ],
        compute,
        chart,
        presets={
            "Half as fast, equal power": {},
            "A third as fast, half the power": {"relative_speed": 33, "relative_power": 50},
            "Equal chips": {"relative_speed": 100},
        },
    )


def verdict(claim_id: str) -> page.Reading:
    """One claim judged: what was said, what is known, what speaks against, how sure, and the sources.

    Parameters
    ----------
    claim_id : str
        S01 to S38.

    Raises
    ------
    KeyError
        No such claim.
    """
    claims = data.load("claims").set_index("claim_id")
    if claim_id not in claims.index:
        raise KeyError(f"claim_id {claim_id!r} is not one of S01 to S38.")
    claim = claims.loc[claim_id]
    lines = [
        f"**{claim_id}. {claim.claim}** In the thread’s words: “{claim.quote}”",
        f"- **Evidence** ({claim.confidence}): {claim.evidence}",
        *([f"- **Strongest counter-argument**: {claim.counter}"] if claim.counter else []),
        f"- **Our verdict: {claim.verdict}.** What would settle it: {claim.would_settle_it}",
    ]
    sources = f"<details><summary>Sources</summary>\n\n{data.cite(claim_id).markdown}\n\n</details>"
    return page.Reading(f"{lines[0]}\n\n" + "\n".join(lines[1:]) + f"\n\n{sources}")


def verdicts_table(claim_ids: list[str]) -> page.Table:
    """Claims with verdict and confidence, as a table."""
    claims = data.load("claims").set_index("claim_id").loc[claim_ids]
    frame = claims[["claim", "verdict", "confidence"]].set_axis(
        ["Claim", "Verdict", "Confidence in the evidence"], axis=1
    )
    return page.table(frame.rename_axis("Id"), "Our verdicts")


class OpinionForm(widgets.VBox):
    """The reader's first opinion on a handful of claims, kept in the reader's own file.

    A saved opinion is shown and locked: a first opinion stays a first opinion. Running the cell
    again reads the file and loses nothing.

    Parameters
    ----------
    claims : DataFrame
    claim_ids : list of str
    path : Path, optional
        The reader's file.
    """

    def __init__(self, claims: pd.DataFrame, claim_ids: list[str], path: Path = opinions.OPINIONS_FILE) -> None:
        self.path = path
        self.claims = claims.set_index("claim_id").loc[claim_ids]
        self.message = widgets.HTML()
        self.fields: dict[str, tuple[widgets.Dropdown, widgets.IntSlider]] = {}
        lines: list[widgets.Widget] = []
        for claim_id, claim in self.claims["claim"].items():
            verdict = widgets.Dropdown(
                options=[("no opinion yet", ""), *((v, v) for v in tables.VERDICTS)],
                value="",
                description="Verdict",
                layout={"width": "260px"},
            )
            sure = widgets.IntSlider(value=50, min=0, max=100, step=5, description="Sure, %", layout={"width": "320px"})
            self.fields[str(claim_id)] = (verdict, sure)
            words = widgets.HTML(
                f"<span style='font-size:14px;color:var(--jp-ui-font-color1)'><b>{claim_id}</b> {html.escape(str(claim))}</span>"
            )
            lines.append(widgets.VBox([words, widgets.HBox([verdict, sure])]))
        self.button = widgets.Button(description="Keep my first opinions", layout={"width": "240px"})
        self.button.on_click(lambda _: self.save())
        self.refresh()
        super().__init__([*lines, self.button, self.message])

    def refresh(self) -> None:
        """Show what the file holds; lock what is kept."""
        try:
            kept = opinions.load_opinions(self.path)
        except data.DataFileError as error:
            self._say(str(error))
            self.button.disabled = True
            return
        for claim_id, (verdict, sure) in self.fields.items():
            if claim_id in kept:
                verdict.value, sure.value = kept[claim_id]["verdict"], int(kept[claim_id].get("sure_percent", 50))
                verdict.disabled = sure.disabled = True
        done = sum(claim_id in kept for claim_id in self.fields)
        self._say(
            f"{done} of {len(self.fields)} first opinions kept in notebooks/{self.path.name}; the last notebook reads them."
            if done
            else "Nothing kept yet. Choose a verdict, say how sure you are, then keep it."
        )

    def save(self) -> None:
        """Keep every opinion given so far."""
        new = {
            claim_id: {"verdict": verdict.value, "sure_percent": sure.value, "on": date.today().isoformat()}
            for claim_id, (verdict, sure) in self.fields.items()
            if verdict.value and not verdict.disabled
        }
        if not new:
            self._say("Nothing new to keep: choose a verdict for at least one claim.")
            return
        try:
            opinions.save_opinions(new, self.path)
        except (data.DataFileError, ValueError, OSError) as error:
            self._say(f"Not kept: {error}")
            return
        self.refresh()

    def _say(self, sentence: str) -> None:
        self.message.value = f'<p role="status" aria-live="polite" style="font-size:14px;color:var(--jp-ui-font-color1)">{html.escape(sentence)}</p>'

    def __repr__(self) -> str:
        return f"Form “First opinions” on {', '.join(self.fields)}; kept only when the reader asks."
