"""Panels of the seller's choice: what five plans are worth, and where each wins."""

from __future__ import annotations

import math

import pandas as pd

from helpers.core.words import figures as number
from helpers.core.words import percent
from helpers.show.panel import Choice, Number, Panel, State
from helpers.timing import figures, studies

_SEES = [("goes by what the seller does", False), ("foresees the seller's plan", True)]
_FLIP = {
    "denial_worth": ("missing chips worth {} times the sale", lambda v: number(v, 2)),
    "answer_part": ("{} of the tap's speed an answer to fear", percent),
    "discount_rate": ("a discount rate of {} a year", percent),
}


def _flip_words(found: studies.Choice, name: str) -> str:
    words, said = _FLIP[name]
    return words.format(said(found.flips[name]))


def _choice_words(found: studies.Choice) -> tuple[str, str, str]:
    """Title, the sentence, and what else there is to say."""
    best, second = found.total[found.best], found.total[found.second]
    reading = f"“{found.best.capitalize()}” is worth most, {best:.2f}; “{found.second}” follows with {second:.2f}."
    at = found.flips["denial_worth"]
    reading += (
        f" Denying and selling first change places at {_flip_words(found, 'denial_worth')}."
        if math.isfinite(at)
        else " No worth of missing chips makes denying and selling first change places."
    )
    known = [_flip_words(found, name) for name, value in found.flips.items() if math.isfinite(value)]
    lacking = [words for name, words in (("denial_worth", "worth"), ("answer_part", "answer"), ("discount_rate", "discount rate")) if not math.isfinite(found.flips[name])]  # fmt: skip
    more = f"Denying and selling first would change places at {'; or '.join(known)}, all else as set. " if known else ""
    if lacking:
        more += f"No {' or '.join(lacking)} alone does that. "
    shares = "; ".join(f"{plan} {percent(share)}" for plan, share in found.share.items())
    more += f"Home share in the second period: {shares}. "
    more += (
        "In the second period selling would still pay better than denying, so a promise to sell can be believed."
        if found.promise
        else "In the second period denying would pay better than selling, so a promise to sell is hard to believe."
    )
    return f"“{found.best.capitalize()}” is worth most", reading, more


def choice_panel() -> Panel:
    """What five plans are worth to the seller under the reader's assumptions."""

    def compute(answer: float, worth: float, discount: float, share: float, fear: float, gives_in: float, foreseen: bool) -> State:  # fmt: skip
        found = studies.choice(
            answer / 100, worth, discount / 100, share / 100, fear / 100, gives_in=gives_in / 100, foreseen=foreseen
        )
        title, reading, more = _choice_words(found)
        top = max(1.2, max(found.total.values())) * 1.22
        return State(figures.plan_rows(found), reading, {"title": title, "top": top}, more=more)

    middle = {name: studies.parameter(name)[1] for name in ("answer_part", "denial_worth", "discount_rate", "fear_sold", "gives_in")}  # fmt: skip
    today = round(100 * studies.home_share(studies.LAST))
    return Panel(
        "Deny or sell",
        [
            Number("answer", "Part of tap's speed that answers fear", "%", 0, 100, 100 * middle["answer_part"], 5),
            Number("worth", "Worth of missing over sold chips", "times", 0, 10, middle["denial_worth"], 0.1),
            Number("discount", "Discount rate", "% a year", 0, 60, 100 * middle["discount_rate"], 1),
        ],
        compute,
        figures.plans_chart(),
        presets={
            "What do middle values say?": {},
            "What if a lead is worth more?": {"worth": 4},
            "What if fear drives the tap?": {"answer": 90, "worth": 3},
            "What if the seller cannot wait?": {"discount": 50},
            "What if it is 2026?": {"share": today, "fear": 90},
            "What if the buyer sees through it?": {"foreseen": True},
        },
        more=[
            Number("share", "Home share in the first period", "%", 1, 90, round(100 * studies.home_share()), 1),
            Number("fear", "Fear of denial while sold to", "%", 0, 100, 100 * middle["fear_sold"], 5),
            Number("gives_in", "Chance that a threat is yielded to", "%", 0, 100, 100 * middle["gives_in"], 5),
            Choice("foreseen", "The buyer", _SEES, False),
        ],
    )


def map_panel() -> Panel:
    """Which plan wins where, over the two assumptions on which most of the debate turns."""

    def compute(share: float, fear: float, discount: float, foreseen: bool) -> State:
        table = studies.winners(share / 100, fear / 100, discount / 100, foreseen)
        part = table["plan"].value_counts(normalize=True)
        none, every = (
            f"above {number(v, 2)} times" if math.isfinite(v) else "nowhere" for v in studies.denied_from(table)
        )
        reading = (
            f"Denying first wins {none} if nothing of the tap's speed answers fear, and {every} if all of it does."
        )
        told = "; ".join(f"{plan} {percent(float(portion))}" for plan, portion in part.items())
        more = f"Part of the map by plan: {told}. A part of the map is no chance of being right: the two axes are assumptions, and how far they reach is our choice."
        return State(figures.map_rows(table), reading, {"title": _map_title(part)}, more=more)

    fears = {name: 100 * studies.parameter(name)[1] for name in ("fear_sold", "fear_now", "discount_rate")}
    first, today = (round(100 * studies.home_share(series)) for series in (studies.FIRST, studies.LAST))
    return Panel(
        "Which plan wins where",
        [
            Number("share", "Home share in the first period", "%", 1, 90, first, 1),
            Number("fear", "Fear of denial while sold to", "%", 0, 100, fears["fear_sold"], 5),
            Number("discount", "Discount rate", "% a year", 0, 60, fears["discount_rate"], 1),
        ],
        compute,
        figures.map_chart(),
        presets={
            "Who wins where, in 2023?": {},
            "And in 2021?": {"share": 100 * studies.parameter("share_2021")[1]},
            "And in 2026?": {"share": today, "fear": fears["fear_now"]},
            "If the buyer foresees the plan?": {"foreseen": True},
        },
        more=[Choice("foreseen", "The buyer", _SEES, False)],
    )


def _map_title(part: pd.Series) -> str:
    if part.get("threaten", 0.0) > sum(part.get(plan, 0.0) for plan in studies.SELLS):
        return "Where fear is high already, a threat costs nothing more, and selling earns little time"
    return "Selling wins where denial gains little, and the more so where fear drives the tap"
