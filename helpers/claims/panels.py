"""The panels of 00_start_here: the claims, a first panel to play with, first opinions; and the verdict cards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from helpers.claims import figures, studies
from helpers.claims.figures import open_matters, verdict, verdict_link, verdicts_table
from helpers.claims.studies import CHECKABLE_WORDS
from helpers.core import data, safe, tables
from helpers.core.words import counted, listed
from helpers.core.words import figures as rounded
from helpers.course import opinions
from helpers.show.panel import Choice, Number, Panel, State

__all__ = [
    "OpinionForm",
    "claims_panel",
    "more_chips_panel",
    "open_matters",
    "verdict",
    "verdict_link",
    "verdicts_table",
]


def claims_panel(claims: pd.DataFrame) -> Panel:
    """The claims by topic and by who could check them; a click or the list opens one.

    Parameters
    ----------
    claims : DataFrame
        As ``data.load("claims")`` gives it.
    """
    topics = studies.topics(claims)
    table = claims.assign(place=claims.groupby("topic").cumcount() + 1)

    def compute(topic: str, checkable_by: str, claim_id: str) -> State:
        chosen = studies.in_filter(table, topic, checkable_by)
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
            said = f"No claim on {topic} is of the kind “{CHECKABLE_WORDS[checkable_by]}”. Widen one list."
            return State(rows, said, {"title": "No claim fits these lists"})
        open_to_all = int((found["checkable_by"] == "anyone").sum())
        where = f" on {topic}" if topic else ""
        reading = f"{len(found)} of {counted(len(table), 'claim')}{where}" + (
            f", to be checked by {CHECKABLE_WORDS[checkable_by]}."
            if checkable_by
            else f"; {open_to_all} of them could be settled by anyone with a public text."
        )
        title = _claims_title(found, len(table))
        return State(rows, reading, {"title": title}, _claims_html(found, claims, claim_id))

    listing = [("none chosen", "")] + [(f"{c.claim_id}: {c.claim}", c.claim_id) for c in claims.itertuples()]
    kinds = [("all kinds", ""), *((words, kind) for kind, words in CHECKABLE_WORDS.items())]
    return Panel(
        "What the thread claims",
        [
            Choice("topic", "Topic", [("all topics", ""), *topics], ""),
            Choice("checkable_by", "Could be checked by", kinds, ""),
            Choice("claim_id", "Open a claim (or click its mark)", listing, ""),
        ],
        compute,
        figures.claims_chart(claims),
        presets={
            "What can a public text settle?": {"checkable_by": "anyone"},
            "Which claims are about trade law?": {"topic": "trade-law"},
            "Which claims can nobody check?": {"checkable_by": "nobody"},
        },
        pick="claim_id",
    )


def _claims_title(found: pd.DataFrame, of: int) -> str:
    """What the claims in the filter are about: their two most frequent topics, or their one."""
    count = found["topic"].value_counts()
    if len(count) == 1:
        return f"{len(found)} of {of} claims: all about {count.index[0]}"
    top = int(count.iloc[0] + count.iloc[1])
    return f"{top} of {len(found) if len(found) < of else of} claims{' in the filter' if len(found) < of else ''} are about {count.index[0]} and {count.index[1]}"


def _claims_html(found: pd.DataFrame, claims: pd.DataFrame, claim_id: str) -> safe.Html:
    opened = safe.Html()
    if claim_id:
        claim = claims.set_index("claim_id").loc[claim_id]
        others = [name for name in claim.notebook.split() if name != claim.decided_in]
        opened = safe.html(
            "<p><b>{}</b> in the thread’s words: “{}”<br>Would settle it: {}<br>Judged in: {}{}</p>",
            claim_id,
            claim.quote,
            claim.would_settle_it,
            claim.decided_in,
            f"; also treated in {listed(others)}" if others else "",
        )
    rows = [
        safe.html(
            "<tr><td style='text-align:left;vertical-align:top;padding:2px 8px'>{}</td>"
            "<td style='text-align:left;padding:2px 8px'>{}</td></tr>",
            c.claim_id,
            c.claim,
        )
        for c in found.itertuples()
    ]
    return safe.html(
        "<div style='font-size:13px;line-height:1.4;max-width:760px;color:var(--jp-ui-font-color1)'>{}"
        "<div style='max-height:220px;overflow:auto'><table><caption style='text-align:left'>The claims in the filter</caption>"
        "<thead><tr><th style='text-align:left;padding:2px 8px'>Id</th><th style='text-align:left;padding:2px 8px'>Claim</th></tr></thead>"
        "<tbody>{}</tbody></table></div></div>",
        opened,
        safe.joined("", rows),
    )


def more_chips_panel() -> Panel:
    """The course's central claim as a toy: fewer operations per chip, so more chips and more power."""
    chips = 1000

    def compute(relative_speed: float, relative_power: float) -> State:
        made = studies.equal_work(relative_speed / 100, relative_power / 100, chips)
        more, power = rounded(made.chips_times), rounded(made.power_times)
        pairs = (("Chips", made.chips_times), ("Electric power", made.power_times))
        rows = [
            {"measure": measure, "kind": kind, "times": times}
            for measure, other in pairs
            for kind, times in (("reference chip", 1.0), ("other chip", other))
        ]
        return State(
            rows,
            f"At {relative_speed:g}% of the speed each, equal work takes {more} times the chips and {power} times the electricity.",
            {"title": f"{more} times the chips, {power} times the power"},
            more=(
                f"{made.needed:,.0f} of the other chip do the work of {chips:,}; at {relative_power:g}% of the power each,"
                f" they draw {power} times the electricity."
            ),
        )

    return Panel(
        "More chips, more electricity",
        [
            Number("relative_speed", "Speed of the other chip", "% of the reference", 10, 150, 50, 1),
            Number("relative_power", "Power of the other chip", "% of the reference", 10, 200, 100, 1),
        ],
        compute,
        figures.equal_work_chart(),
        presets={
            "What if it is half as fast?": {},
            "A third as fast, at half the power?": {"relative_speed": 33, "relative_power": 50},
            "What if the chips are equal?": {"relative_speed": 100},
        },
    )


# --- first opinions -----------------------------------------------------------------------------


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
            given = widgets.Dropdown(
                options=[("no opinion yet", ""), *((v, v) for v in tables.VERDICTS)],
                value="",
                description="Verdict",
                layout={"width": "260px"},
            )
            sure = widgets.IntSlider(value=50, min=0, max=100, step=5, description="Sure, %", layout={"width": "320px"})
            self.fields[str(claim_id)] = (given, sure)
            words = widgets.HTML(
                safe.html(
                    "<span style='font-size:14px;color:var(--jp-ui-font-color1)'><b>{}</b> {}</span>", claim_id, claim
                )
            )
            lines.append(widgets.VBox([words, widgets.HBox([given, sure])]))
        self.button = widgets.Button(description="Keep my first opinions", layout={"width": "240px"})
        self.button.on_click(lambda _: self.save())
        self.refresh()
        super().__init__([*lines, self.button, self.message])

    def refresh(self, note: str = "") -> None:
        """Show what the file holds; lock what is kept; say a note, too."""
        try:
            kept = opinions.load_opinions(self.path)
        except data.DataFileError as error:
            self._say(str(error))
            return
        for claim_id, (given, sure) in self.fields.items():
            if claim_id in kept:
                given.value, sure.value = kept[claim_id]["verdict"], int(kept[claim_id].get("sure_percent", 50))
                given.disabled = sure.disabled = True
        done = sum(claim_id in kept for claim_id in self.fields)
        said = (
            f"{done} of {len(self.fields)} first opinions kept in notebooks/{self.path.name}; the last notebook reads them."
            if done
            else "Nothing kept yet. Choose a verdict, say how sure you are, then keep it."
        )
        self._say(f"{note} {said}".strip())

    def save(self) -> None:
        """Keep every opinion given so far."""
        new = {
            claim_id: {"verdict": given.value, "sure_percent": sure.value, "on": date.today().isoformat()}
            for claim_id, (given, sure) in self.fields.items()
            if given.value and not given.disabled
        }
        if not new:
            self._say("Nothing new to keep: choose a verdict for at least one claim.")
            return
        try:
            note = opinions.save_opinions(new, self.path).note
        except (ValueError, OSError) as error:
            self._say(f"Not kept: {error}")
            return
        self.refresh(note)

    def _say(self, sentence: str) -> None:
        self.message.value = safe.html(
            '<p role="status" aria-live="polite" style="font-size:14px;color:var(--jp-ui-font-color1)">{}</p>', sentence
        )

    def __repr__(self) -> str:
        return f"Form “First opinions” on {', '.join(self.fields)}; kept only when the reader asks."
