"""First opinions on the page: a form on a handful of claims, and one that goes through all, topic by topic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from helpers.claims import studies
from helpers.core import data, safe, tables
from helpers.course import opinions, record


def sure_field() -> widgets.BoundedIntText:
    """How sure a reader is, in per cent: typed, or by the arrow keys. A slider's handle would have no name."""
    return widgets.BoundedIntText(value=50, min=0, max=100, step=5, description="Sure, %", layout={"width": "160px"})


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
        self.fields: dict[str, tuple[widgets.Dropdown, widgets.BoundedIntText]] = {}
        lines: list[widgets.Widget] = []
        for claim_id, claim in self.claims["claim"].items():
            given = widgets.Dropdown(
                options=[("no opinion yet", ""), *((v, v) for v in tables.VERDICTS)],
                value="",
                description="Verdict",
                layout={"width": "260px"},
            )
            sure = sure_field()
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
        record.watch(self)

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
        record.announce(but=self)

    def _say(self, sentence: str) -> None:
        self.message.value = safe.html(
            '<p role="status" aria-live="polite" style="font-size:14px;color:var(--jp-ui-font-color1)">{}</p>', sentence
        )

    def __repr__(self) -> str:
        return f"Form “First opinions” on {', '.join(self.fields)}; kept only when the reader asks."


class OpinionsByTopic(widgets.VBox):
    """First opinions on all claims, one topic at a time.

    Parameters
    ----------
    claims : DataFrame
    path : Path, optional
        The reader's file.
    """

    def __init__(self, claims: pd.DataFrame, path: Path = opinions.OPINIONS_FILE) -> None:
        self.claims, self.path = claims, path
        self.topic = widgets.Dropdown(options=studies.topics(claims), description="Topic", layout={"width": "260px"})
        self.topic.observe(lambda _: self._turn(), names="value")
        super().__init__()
        self._turn()

    def _turn(self) -> None:
        ids = self.claims.loc[self.claims["topic"] == self.topic.value, "claim_id"].tolist()
        self.form = OpinionForm(self.claims, ids, self.path)
        self.children = [self.topic, self.form]

    def __repr__(self) -> str:
        return f"Form “First opinions, topic by topic” on {len(self.claims)} claims; kept only when the reader asks."
