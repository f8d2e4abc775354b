"""Judging in 90_verdicts: one claim at a time, the reader's verdict before ours; and the sheet to hand in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from helpers.claims import figures, studies
from helpers.claims.panels.forms import sure_field
from helpers.core import safe, tables
from helpers.course import answers, kept, opinions, record
from helpers.course.carry import download_link

_INK = "font-size:14px;line-height:1.5;max-width:760px;color:var(--jp-ui-font-color1)"
SHEET_NAME = "my_verdict_sheet.html"


class VerdictForm(widgets.VBox):
    """The claims one at a time, topic by topic: the reader's verdict is asked, and kept, before ours is shown.

    Parameters
    ----------
    claims : DataFrame
    folder : Path, optional
        Where the reader's opinions and verdicts are kept.
    """

    def __init__(self, claims: pd.DataFrame, folder: str | Path = kept.FOLDER) -> None:
        self.folder = Path(folder)
        topics = studies.topics(claims)
        order = [key for topic in topics for key in claims.loc[claims["topic"] == topic, "claim_id"]]
        self.claims = claims.set_index("claim_id").loc[order]
        self._quiet = False
        self.topic = widgets.Dropdown(options=topics, description="Topic", layout={"width": "240px"})
        self.back = widgets.Button(description="◀ Back", layout={"width": "90px"})
        self.onward = widgets.Button(description="Next ▶", layout={"width": "90px"})
        self.asked, self.ours, self.message = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.given = widgets.Dropdown(
            options=[("no verdict yet", ""), *((v, v) for v in tables.VERDICTS)],
            value="",
            description="Verdict",
            layout={"width": "260px"},
        )
        self.sure = sure_field()
        self.reason = widgets.Textarea(
            placeholder="Why? One or two sentences, for your sheet. Name the number or the text that decided it.",
            description="Why",
            layout={"width": "720px", "height": "56px"},
        )
        self.button = widgets.Button(description="Keep my verdict", layout={"width": "170px"})
        self.topic.observe(lambda change: self._quiet or self.turn_to(self._first_open(change["new"])), names="value")
        self.back.on_click(lambda _: self.step(-1))
        self.onward.on_click(lambda _: self.step(1))
        self.button.on_click(lambda _: self.save())
        super().__init__(
            [
                widgets.HBox([self.topic, self.back, self.onward]),
                self.asked,
                widgets.HBox([self.given, self.sure]),
                self.reason,
                self.button,
                self.message,
                self.ours,
            ],
            layout={"max_width": "860px"},
        )
        record.watch(self)
        self.turn_to(self._first_open())

    # -- what a notebook or a test may call ------------------------------------------------------

    def turn_to(self, claim_id: str) -> None:
        """Show a claim.

        Raises
        ------
        KeyError
            No such claim.
        """
        if claim_id not in self.claims.index:
            raise KeyError(f"claim_id {claim_id!r} is not one of S01 to S38.")
        self.claim_id = claim_id
        self.refresh()

    def step(self, by: int) -> None:
        """Go to the claim before or after."""
        at = self.claims.index.get_loc(self.claim_id) + by
        self.turn_to(self.claims.index[min(max(at, 0), len(self.claims) - 1)])

    def judge(self, claim_id: str, verdict: str, sure_percent: float = 50, reason: str = "") -> str:
        """Keep a verdict, as the button would, and say how it went; then ours is shown.

        Parameters
        ----------
        claim_id : str
        verdict : str
            One of `tables.VERDICTS`.
        sure_percent : float
            0 to 100: how sure that this word fits rather than the other five.
        reason : str, optional
        """
        self.turn_to(claim_id)
        entry = {"verdict": verdict, "sure_percent": sure_percent, "on": date.today().isoformat()}
        entry |= {"reason": reason.strip()} if reason.strip() else {}
        try:
            note = opinions.save_verdicts({claim_id: entry}, self.folder / opinions.VERDICTS_FILE.name).note
        except (ValueError, OSError) as error:
            return self._say(f"Not kept: {error}")
        self.refresh(note)
        record.announce(but=self)
        return self._words

    def save(self) -> str:
        """Keep what the form holds."""
        if not self.given.value:
            return self._say("Choose a verdict first; ours is shown after it.")
        return self.judge(self.claim_id, self.given.value, self.sure.value, self.reason.value)

    def refresh(self, note: str = "") -> None:
        """Show the claim at hand as the record has it: ours only where the reader's verdict is kept."""
        held = record.read(self.folder)
        claim_id, claim = self.claim_id, self.claims.loc[self.claim_id]
        mine, first = held.now.get(claim_id), held.first.get(claim_id)
        at = self.claims.index.get_loc(claim_id)
        before = f"Your first opinion: {first['verdict']}." if first else "You kept no first opinion on it."
        self._quiet = True
        self.topic.value = claim["topic"]
        self._quiet = False
        self.back.disabled, self.onward.disabled = at == 0, at == len(self.claims) - 1
        self.asked.value = safe.html(
            "<div style='{}'><b>{}. {}</b><br>In the thread’s words: “{}”<br>Its kind: {} ({}). Could be checked by {}. {}<br>{}</div>",
            _INK,
            claim_id,
            claim["claim"],
            claim["quote"],
            claim["kind"],
            studies.KIND_WORDS[claim["kind"]],
            studies.CHECKABLE_WORDS[claim["checkable_by"]],
            before,
            figures.tested_in(claim_id),
        )
        self.given.value = mine["verdict"] if mine else ""
        self.sure.value = round(mine.get("sure_percent", 50)) if mine else 50
        self.reason.value = mine.get("reason", "") if mine else ""
        self.button.description = "Revise my verdict" if mine else "Keep my verdict"
        self.ours.value = figures.answer_card(claim_id) if mine else ""
        done = sum(key in held.now for key in self.claims.index)
        said = f"{done} of {len(self.claims)} claims judged."
        self._say(" ".join(filter(None, [note, said, "" if mine else "Ours is shown once yours is kept.", held.note])))

    # -- inside ----------------------------------------------------------------------------------

    def _first_open(self, topic: str = "") -> str:
        """The first claim not judged yet, of a topic or of all; the first of them where all are."""
        of = self.claims[self.claims["topic"] == topic].index if topic else self.claims.index
        now = record.read(self.folder).now
        return next((key for key in of if key not in now), of[0])

    def _say(self, sentence: str) -> str:
        self._words = sentence
        self.message.value = safe.html('<p role="status" aria-live="polite" style="{}">{}</p>', _INK, sentence)
        return sentence

    def __repr__(self) -> str:
        return f"Form “Judge”: {len(self.claims)} claims, one at a time; ours is shown once yours is kept."


class SheetForm(widgets.VBox):
    """The reader's own verdict sheet as a page: kept beside the notebooks, and to download.

    Parameters
    ----------
    folder : Path, optional
        Where the reader's opinions and verdicts are kept.
    """

    def __init__(self, folder: str | Path = kept.FOLDER) -> None:
        self.folder = Path(folder)
        self.name = widgets.Text(
            placeholder="your name, if you hand it in", description="Name", layout={"width": "360px"}
        )
        self.button = widgets.Button(description="Make my sheet", layout={"width": "150px"})
        self.message = widgets.HTML()
        self.button.on_click(lambda _: self.make())
        super().__init__([widgets.HBox([self.name, self.button]), self.message])

    def make(self) -> safe.Html:
        """Make the page of what is kept now, write it beside the notebooks, and offer it for download."""
        held = record.read(self.folder)
        answered = answers.moved(held.answers) if held.answers else ""
        made = figures.sheet(held.first, held.now, self.name.value.strip(), date.today().isoformat(), answered)
        try:
            (self.folder / SHEET_NAME).write_text(made, encoding="utf-8")
            said = f"Written to notebooks/{SHEET_NAME}; open it in a browser, and print it from there."
        except OSError as error:
            said = f"It could not be written beside the notebooks ({error.strerror or 'read-only'}); download it."
        self.message.value = safe.html(
            '<p role="status" aria-live="polite" style="{}">{} {} {}</p>',
            _INK,
            download_link("Download my verdict sheet", SHEET_NAME, made, "text/html"),
            said,
            held.note,
        )
        return made

    def __repr__(self) -> str:
        return "Form “My verdict sheet”: a page of its own, made when the reader asks."
