"""The picture of 36: the scales. The reader lays cards; the sorting is a control like others, so it can be set again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets
import pandas as pd

from helpers.core.words import counted
from helpers.core.words import figures as number
from helpers.progress import figures, studies
from helpers.show import inputs
from helpers.show.controls import Control
from helpers.show.panel import Choice, Number, Panel, State, Steps

STEPS = {
    "because": "The claim",
    "causes": "Four causes",
    "card": "Lay a card",
    "turned": "Turn it over",
    "ours": "Ours beside yours",
    "shows": "What the pans show",
    "shared": "A gain that is shared",
    "size": "A gain that needs size",
}
_TITLES = {
    "because": "The claim joins two statements with a “because”",
    "causes": "Four causes could give the same work, alone or together",
    "card": "Lay the card: does it speak for scarcity as a cause?",
    "turned": "Turn it over: whose interest, and what it cannot show",
    "ours": "Both pans are full, and nobody knows what a card weighs",
    "shows": "The cards fit scarcity that steers the work; what started it they do not show",
}
_GAIN = 2.0  # of the method at the poor lab's scale
_SIDES = {"For": "f", "Neither": "n", "Against": "a"}


@dataclass(frozen=True)
class Sort(Choice):
    """A letter a card, laid by buttons. Attributes: as `Choice`; options are two sortings: none laid, and ours."""

    def check(self, value: Any) -> Any:
        known = {studies.UNLAID, *studies.LAID.values()}
        if not isinstance(value, str) or len(value) != len(self.value) or set(value) - known:
            raise ValueError(f"{self.label} must be {len(self.value)} letters of f, n, a and . (not laid).")
        return value


class Scales(Panel):
    """A panel whose cards are laid with buttons; questions keep what is laid, Reset clears it."""

    def apply(self, preset: str) -> State:
        if preset == "Reset":
            return super().apply(preset)
        kept = {name: self.settings[name] for name in ("laid", "card")}
        return self.set(**{**self.defaults(), **kept, **self.presets[preset]})

    def lay(self, letter: str) -> State:
        """Lay the card in hand on a side: "f", "n" or "a"."""
        at = self._cards().index(self.settings["card"])
        laid = self.settings["laid"]
        step = self.settings["step"] if self.settings["step"] in ("card", "turned") else "card"
        return self.set(laid=laid[:at] + letter + laid[at + 1 :], step=step)

    def another(self) -> State:
        """Take the next card in hand: one not laid yet, if there is one."""
        cards, laid = self._cards(), self.settings["laid"]
        at = cards.index(self.settings["card"])
        ring = [(at + k) % len(cards) for k in range(1, len(cards) + 1)]
        free = [k for k in ring if laid[k] == studies.UNLAID]
        return self.set(card=cards[(free or ring)[0]], step="card")

    def _cards(self) -> list[str]:
        return self.controls["card"].values()

    def _line(self, control: Control) -> widgets.HBox:
        if not isinstance(control, Sort):
            return super()._line(control)
        made = [
            inputs.button(
                words, lambda letter=letter: self.lay(letter), tooltip=f"Lay the card in hand: {words.lower()}"
            )
            for words, letter in _SIDES.items()
        ]
        made.append(inputs.button("Next card ▶", self.another))
        return inputs.box("course-row", [inputs.plain(widgets.HTML, value=f"{control.label}:"), *made])


def _sentence(step: str, found: studies.Sorted, held: Any, letter: str, after: studies.Labs, cards: int) -> str:
    """At most 20 words and one number."""
    laid = len(found.same) + len(found.other)
    if step == "because":
        return (
            "Labs in China say that they lack chips, and they publish savings; the claim joins the two with “because”."
        )
    if step == "causes":
        return "Each of the four predicts something that the others do not, and all may be true at once."
    if step == "card":
        if letter == studies.UNLAID:
            return "For, against, or neither? Lay the card with a button, and it turns over."
        return "Now that you see its back, would you lay it elsewhere? Then take the next card."
    if step == "turned":
        return "An interest is a reason to check a statement, and does not refute it; the limit counts more."
    if step == "ours":
        if laid:
            return f"You lay {counted(len(found.other), 'card')} elsewhere than we do; nobody has measured what any of them weighs."
        return (
            f"So we lay the {cards} cards; counting them decides nothing, since nobody has measured what each weighs."
        )
    if step == "shows":
        return "One pan shows which bottleneck was attacked, the other that such work has other causes too."
    if step == "shared":
        return f"The published method is worth as much to both labs, and the rich lab stays {number(after.ratio)} times ahead."
    if after.change == "unchanged":
        return "The gain is the same at every size, so the distance between the labs stays."
    grows = "grows" if after.rich_gain > after.poor_gain else "fades"
    return f"The gain {grows} with the size of the run, and the rich lab is {number(after.ratio)} times ahead."


def _title(step: str, after: studies.Labs) -> str:
    if step == "shared":
        return "A gain worth the same at every size leaves two labs as far apart"
    if step == "size":
        if after.change == "unchanged":
            return "A gain that does not depend on size leaves the distance as it was"
        if after.change == "wider":
            return "A published gain that needs size helps the rich lab more"
        return "A published gain that fades with size helps the poor lab more"
    return _TITLES[step]


def _more(step: str, found: studies.Sorted, held: Any, after: studies.Labs, size: float, power: float) -> str:
    if step in ("shared", "size"):
        return (
            f"The rich lab has {size:g} times the computing of the poor one; the method is worth {number(after.poor_gain, 3)} times to the"
            f" poor lab and {number(after.rich_gain, 3)} times to the rich one, if it depends on size by the power {power:g}: {after.change}. All are numbers of ours."
        )
    if step in ("card", "turned"):
        return f"Card {held.number}, {held.date:%B %Y}, {held.who}: {held.claim}. Hardware: {held.hardware}. Confidence: {held.confidence}."
    if step in ("ours", "shows"):
        ours = "; ".join(f"{figures.SIDE_WORDS[side]}: {', '.join(map(str, c))}" for side, c in found.ours.items())
        return f"Our sorting, by number: {ours}."
    return (
        "Scarcity means that a lab cannot get the chips it would buy; for most labs in China it is their own testimony."
    )


def scales_panel(causes: pd.DataFrame) -> Panel:
    """Evidence on scarcity as a cause, laid on scales by the reader, and gains by size, in eight steps: the picture of 36.

    Parameters
    ----------
    causes : DataFrame
        ``data.load("causes")``.
    """
    rows = studies.numbered(causes)
    none, ours = studies.UNLAID * len(rows), studies.our_sorting(causes)

    def compute(step: str, laid: str, size: float, card: str, power: float) -> State:
        found = studies.sort_cards(causes, laid)
        held = next(r for r in rows.itertuples() if r.cause_id == card)
        by_step = {at: studies.labs(size, _GAIN, p, True) for at, p in (("shared", 0.0), ("size", power))}
        after = by_step["size" if step == "size" else "shared"]
        marks = figures.scales_rows(causes, step, laid, card, after, size, max(labs.rich for labs in by_step.values()))
        said = _sentence(step, found, held, laid[held.number - 1], after, len(rows))
        title = f"{list(STEPS).index(step) + 1}. {_title(step, after)}"
        power_now = power if step == "size" else 0.0
        return State(marks, said, {"title": title}, more=_more(step, found, held, after, size, power_now))

    return Scales(
        "The scales",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "because"),
            Sort("laid", "Lay the card", [("none laid", none), ("as we do", ours)], none),
            Number("size", "Size of the rich lab's run", "times the poor lab's", 2, 100, 10, 1),
        ],
        compute,
        figures.scales_chart(),
        presets={
            "What is on V3’s card?": {"step": "turned", "card": "v3-design"},
            "How do we lay them?": {"step": "ours"},
            "What do the pans show?": {"step": "shows"},
            "And if the gain needs size?": {"step": "size"},
            "And if it fades with size?": {"step": "size", "power": -0.2},
        },
        more=[
            Choice("card", "Card in hand", [(f"{r.number}: {r.date:%b %Y}, {r.who}", r.cause_id) for r in rows.itertuples()], "v3-design"),
            Number("power", "Gain grows with size as the power", "", -0.3, 0.3, 0.2, 0.05),
        ],
    )  # fmt: skip
