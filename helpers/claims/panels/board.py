"""The board of 90_verdicts: the reader's first opinion, verdict now and ours, claim by claim; what moved, by kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from helpers.claims import figures, studies
from helpers.claims.figures import BOARD_STEPS
from helpers.core import data
from helpers.core.words import counted, listed
from helpers.course import kept, record
from helpers.show.panel import Choice, Panel, State, Steps

_PLURAL = {kind: f"{kind}s" for kind in studies.KIND_WORDS}


class Board(Panel):
    """The board; it is the reader's own from the first opinion or verdict that is kept, and a random example before."""

    def __init__(self, *about: Any, folder: Path, **others: Any) -> None:
        self.folder = folder
        super().__init__(*about, **others)

    def defaults(self) -> dict[str, Any]:
        """Every control at its start: buttons and Reset lead to the reader's own board as soon as there is one."""
        return {**super().defaults(), "whose": _whose(self.folder)}

    def refresh(self) -> None:
        """Read the reader's files again."""
        self.set(whose=_whose(self.folder))


def _whose(folder: Path) -> str:
    mine = record.read(folder)
    return "mine" if mine.first or mine.now else "example"


def board_panel(folder: str | Path = kept.FOLDER) -> Board:
    """38 cards from first opinion to the reader's verdict now to ours; a random example until something is kept.

    Parameters
    ----------
    folder : Path, optional
        Where the reader's opinions and verdicts are kept.
    """
    folder = Path(folder)

    def compute(step: str, topic: str, whose: str) -> State:
        held = record.read(folder)
        first, now = (held.first, held.now) if whose == "mine" else studies.example_reader()
        made = studies.board(first, now)
        number, where = list(BOARD_STEPS).index(step) + 1, f" on {topic}" if topic else ""
        if whose != "mine":  # chance turns no card of ours, and nothing is counted of it
            made = made.assign(ours="", apart=False)
            title, reading = _EXAMPLE[step]
            by = studies.moved_by_kind({}, {}) if step == "kinds" else None
            rows = figures.board_rows(made, step, topic, by)
            more = " ".join(filter(None, [_WITHOUT if step == "ours" else "", held.note]))
            return State(rows, reading, {"title": f"{number}. Random example: {title}{where}"}, more=more)
        by = studies.moved_by_kind(first, now, topic)
        mine = made[made["topic"] == topic] if topic else made
        title, reading = _SAID[step](mine, by, where)
        rows = figures.board_rows(made, step, topic, by)
        return State(rows, reading, {"title": f"{number}. {title}"}, more=_more(mine, step, held.note))

    names = studies.topics(data.load("claims"))
    made = Board(
        "The board",
        [
            Steps("step", "Step", [(words, step) for step, words in BOARD_STEPS.items()], "cards"),
            Choice("topic", "Topic", [("all topics", ""), *names], ""),
        ],
        compute,
        figures.board_chart(),
        presets={
            "What moved?": {"step": "moved"},
            "Where do we differ?": {"step": "ours"},
            "Which kind moved most?": {"step": "kinds"},
            "And on trade law alone?": {"step": "now", "topic": "trade-law"},
        },
        more=[
            Choice(
                "whose",
                "Whose board",
                [("my own", "mine"), ("a random example", "example")],
                _whose(folder),
            )
        ],
        folder=folder,
    )
    record.watch(made)
    return made


# --- what each step says ----------------------------------------------------------------------------

# Of the random example: how a board reads, and no finding.
_EXAMPLE = {
    "cards": ("one card a claim", "Each card will hold three marks: what was thought first, what is thought now, and what this course holds."),
    "first": ("what was thought first", "Drawn by chance, to show how a card reads: the fuller the circle, the more of the claim is said to stand."),
    "now": ("the verdict now", "Chance again. An arrow joins two marks that differ, a thin line two that are alike."),
    "moved": ("where first and now differ", "On your own board these are the claims on which you changed your mind. Here chance put them."),
    "ours": ("ours stays face down until yours is in", "This course’s verdict on a claim is turned over once you have kept yours, in the form below."),
    "kinds": ("first and now differ, by kind", "Chance put these tiles: their number says nothing. On your own board they are the claims on which you moved."),
}  # fmt: skip
_WITHOUT = "Do you read without a kernel? Judge on paper, then open “Our verdicts” below, one topic at a time: there ours stand, each with evidence and counter-argument."


def _cards(made: pd.DataFrame, by: studies.Moved, where: str) -> tuple[str, str]:
    return (
        f"{counted(len(made), 'claim')}{where}, one card each",
        "Each card will hold three marks: what was thought first, what is thought now, and what this course holds.",
    )


def _first(made: pd.DataFrame, by: studies.Moved, where: str) -> tuple[str, str]:
    given = made[made["first"] != ""]
    if given.empty:
        return (
            f"No first opinion{where} is kept",
            "No first opinion is kept here: give some in 00_start_here, or take your record in below.",
        )
    stand = int(given["first"].isin(studies.STANDS).sum())
    return (
        f"First, supported or mostly supported: {stand} of {counted(len(given), 'claim')}{where}",
        f"Of {counted(len(given), 'first opinion')}{where}, {stand} say supported or mostly supported. That counts opinions and is no score.",
    )


def _now(made: pd.DataFrame, by: studies.Moved, where: str) -> tuple[str, str]:
    given = made[made["now"] != ""]
    if given.empty:
        return (
            f"No verdict{where} is given yet",
            "No verdict is given yet: judge the claims in the form below, and the cards fill as you go.",
        )
    stand, twice = int(given["now"].isin(studies.STANDS).sum()), int(made["twice"].sum())
    then = f" {counted(int(made['moved'].sum()), 'arrow')}: there the mind changed." if twice else ""
    return (
        f"Now, supported or mostly supported: {stand} of {counted(len(given), 'claim')}{where}",
        f"Of {counted(len(given), 'verdict')}{where} given now, {stand} say supported or mostly supported.{then}",
    )


def _moved(made: pd.DataFrame, by: studies.Moved, where: str) -> tuple[str, str]:
    twice, moved = int(made["twice"].sum()), int(made["moved"].sum())
    if not twice:
        return (
            f"Nothing{where} is judged twice yet",
            "A move needs a first opinion and a verdict now on the same claim; none has both yet.",
        )
    return (
        f"{moved} of {counted(twice, 'verdict')}{where} moved",
        f"Of {counted(twice, 'claim')}{where} judged twice, {moved} moved. For each, can you name what moved you?",
    )


def _ours(made: pd.DataFrame, by: studies.Moved, where: str) -> tuple[str, str]:
    given, apart = int((made["now"] != "").sum()), int(made["apart"].sum())
    if not given:
        return (
            "Ours stays face down until yours is in",
            "This course’s verdict on a claim is turned over once you have kept yours, in the form below.",
        )
    return (
        f"We differ on {apart} of {counted(given, 'claim')}{where}",
        f"Of {counted(given, 'claim')}{where} that you judged, you and this course differ on {apart}. Both verdicts stand below, side by side.",
    )


def _kinds(made: pd.DataFrame, by: studies.Moved, where: str) -> tuple[str, str]:
    if not by.most:
        twice = sum(by.twice.values())
        return (
            f"{'Nothing moved' if twice else 'Nothing is judged twice'}{where} so far",
            "No kind moved most: a move needs a first opinion and another verdict now on the same claim.",
        )
    kind = by.most[0]
    if len(by.most) > 1:
        named = "all kinds" if len(by.most) == len(_PLURAL) else listed(_PLURAL[k] for k in by.most)
        said = f"{named} moved alike{where}" if named == "all kinds" else f"{named} moved most{where}"
        return said[0].upper() + said[1:], f"By share of the claims judged twice, {said}."
    return (
        f"{_PLURAL[kind].capitalize()} moved most: {by.moved[kind]} of {by.twice[kind]}{where}",
        f"Of {counted(by.twice[kind], kind)}{where} judged twice, {by.moved[kind]} moved, more by share than of any other kind.",
    )


_SAID: dict[str, Any] = {"cards": _cards, "first": _first, "now": _now, "moved": _moved, "ours": _ours, "kinds": _kinds}


def _more(made: pd.DataFrame, step: str, note: str) -> str:
    """Claim by claim, what moved, or where the reader and this course differ; and what of the files could not be read."""
    if step == "ours":
        said = [
            f"{key}: you say “{row['now']}”, we say “{studies.verdict_words(key)}”."
            for key, row in made[made["apart"]].iterrows()
        ]
    else:
        said = [f"{key}: {row['first']}, then {row['now']}." for key, row in made[made["moved"]].iterrows()]
    return " ".join([*said, note]).strip()
