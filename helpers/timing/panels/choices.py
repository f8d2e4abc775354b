"""Panels of the seller's choice: what five plans are worth, and where each wins."""

from __future__ import annotations

import math

import pandas as pd

from helpers.core.words import figures as number
from helpers.core.words import percent
from helpers.show.panel import Choice, Number, Panel, State
from helpers.timing import figures, studies

_WHEN = [("2023", "2023"), ("2026", "2026")]
_BUYERS = [
    ("answers fear as it comes", "answers fear"),
    ("foresees the plan", "foresees"),
    ("hurries its tap in any case", "hurries"),
    ("passes on every offer", "passes"),
]
_DOES = {key: words for words, key in _BUYERS}
_FLIP = {
    "denial_worth": ("missing chips worth {} times the sale", lambda v: number(v, 2)),
    "answer_part": ("{} of the tap's speed an answer to fear", percent),
    "growth_per_year": ("a need that grows by {} a year", percent),
    "discount_rate": ("a discount rate of {} a year", percent),
}
_SHORT = {
    "denial_worth": "worth",
    "answer_part": "answer",
    "growth_per_year": "growth",
    "discount_rate": "discount rate",
}


def _flip_words(found: studies.Choice, name: str) -> str:
    words, said = _FLIP[name]
    return words.format(said(found.flips[name]))


def _choice_words(found: studies.Choice, ours: bool) -> tuple[str, str, str]:
    """Title, the sentence, and what else there is to say; `ours` where missing chips have the worth that we chose."""
    best, second = found.total[found.best], found.total[found.second]
    if found.close:
        title = f"Too close to call: “{found.best}” and “{found.second}” are worth about the same"
        chosen = ", by our choice of the worth" if ours else ""
        reading = f"Too close to call{chosen}: “{found.best}” {best:.2f}, “{found.second}” {second:.2f}."
    else:
        title = f"“{found.best.capitalize()}” is worth most to the seller"
        reading = f"“{found.best.capitalize()}” is worth most to the seller, {best:.2f}; “{found.second}” follows with {second:.2f}."
    at = found.flips["denial_worth"]
    reading += (
        f" Denying and selling first change places at {_flip_words(found, 'denial_worth')}."
        if math.isfinite(at)
        else " No worth of missing chips makes denying and selling first change places."
    )
    known = [_flip_words(found, name) for name, value in found.flips.items() if math.isfinite(value)]
    lacking = [words for name, words in _SHORT.items() if not math.isfinite(found.flips[name])]
    more = f"Denying and selling first would change places at {'; or '.join(known)}, all else as set. " if known else ""
    if lacking:
        more += f"No {' or '.join(lacking)} alone does that. "
    shares = "; ".join(f"{plan} {percent(share)}" for plan, share in found.share.items())
    more += (
        f"Home share after the first period: {shares}. China does best by “{max(found.buyer, key=found.buyer.get)}”. "
    )
    more += (
        "A seller that has sold would still rather sell in the second period, so a promise to sell can be believed."
        if found.promise
        else "A seller that has sold would rather deny in the second period, so a promise to sell is hard to believe."
    )
    return title, reading, more


def choice_panel() -> Panel:
    """What five plans are worth to both sides under the reader's assumptions."""

    def compute(answer: float, worth: float, growth: float, discount: float, let_in: float, when: str, buyer: str) -> State:  # fmt: skip
        found = studies.choice(
            answer / 100, worth, discount / 100, growth_per_year=growth / 100, taken_first=let_in / 100, buyer=buyer, when=when,
        )  # fmt: skip
        title, reading, more = _choice_words(found, when == "2023" and worth == middle["denial_worth"])
        top = max(0.6, max(found.total.values())) * 1.55
        return State(figures.plan_rows(found), reading, {"title": title, "top": top}, more=more)

    middle = {name: studies.parameter(name)[1] for name in ("answer_part", "denial_worth", "growth_per_year", "discount_rate", "taken")}  # fmt: skip
    return Panel(
        "Deny or sell",
        [
            Number("answer", "Part of tap's speed that answers fear", "%", 0, 100, 100 * middle["answer_part"], 5),
            Number("worth", "Worth of missing over sold chips", "times", 0, 8, middle["denial_worth"], 0.1),
            Number("growth", "More chips wanted each year", "%", 0, 150, 100 * middle["growth_per_year"], 10),
        ],
        compute,
        figures.plans_chart(),
        presets={
            "What do middle values say?": {},
            "What if a lead is worth more?": {"worth": 3},
            "What if fear drives the tap?": {"answer": 90},
            "What if the need does not grow?": {"growth": 0},
            "What if the buyer hurries anyway?": {"buyer": "hurries"},
            "What if it is 2026?": {"when": "2026", "let_in": 100 * middle["taken"]},
        },
        more=[
            Number("discount", "Discount rate", "% a year", 0, 60, 100 * middle["discount_rate"], 1),
            Number("let_in", "Of what is sold, China lets in", "%", 0, 100, 100, 5),
            Choice("when", "Home share and fear of", _WHEN, "2023"),
            Choice("buyer", "China", _BUYERS, "answers fear"),
        ],
    )


def sides_panel() -> Panel:
    """Both pay-offs for each plan of the seller against each conduct of the buyer."""

    def compute(worth: float, aim: float, growth: float, when: str) -> State:
        table = studies.both_sides(worth, aim, growth / 100, when)
        rests = table[table["seller_best"] & table["buyer_best"]]
        if rests.empty:
            title = reading = "No cell holds: from each of them one side gains by moving alone"
            return State(figures.sides_rows(table), reading + ".", {"title": title}, more=_sides_more(table))
        named = "; ".join(f"“{row.plan}”, where China {_DOES[row.buyer]}" for row in rests.head(2).itertuples())
        and_more = ", among others" if len(rests) > 2 else ""
        reading = f"Neither side gains by moving alone from: {named}{and_more}."
        both = {"sell" in plan.split(",")[0] for plan in rests["plan"]}
        title = "Selling and denying can each hold: neither side gains by moving alone" if both == {True, False} else f"Neither side moves where the seller’s plan is “{rests['plan'].iloc[0]}”"  # fmt: skip
        return State(figures.sides_rows(table), reading, {"title": title}, more=_sides_more(table))

    middle = {name: studies.parameter(name)[1] for name in ("denial_worth", "home_worth", "growth_per_year")}
    return Panel(
        "Both sides",
        [
            Number("worth", "Worth of missing over sold chips", "times", 0, 8, middle["denial_worth"], 0.1),
            Number("aim", "China's worth of making all at home", "times", 0, 12, middle["home_worth"], 0.25),
            Number("growth", "More chips wanted each year", "%", 0, 150, 100 * middle["growth_per_year"], 10),
        ],
        compute,
        figures.sides_chart(),
        presets={
            "Which cells hold at middle values?": {},
            "If a lead is worth more?": {"worth": 3},
            "If home-made is an aim of its own?": {"aim": 8},
            "And in 2026?": {"when": "2026"},
        },
        more=[Choice("when", "Start in", _WHEN, "2023")],
    )


def _tied(best: list[str], of: int) -> str:
    """The best answers, with ties said."""
    if len(best) == of:
        return "any, all tied"
    return best[0] if len(best) == 1 else f"{' or '.join(best)}, tied"


def _sides_more(table: pd.DataFrame) -> str:
    told = []
    for conduct, part in table.groupby("buyer", sort=False):
        best = part.loc[part["seller_best"], "plan"]
        told.append(f"to one that {conduct}, {_tied([f'“{plan}”' for plan in best], len(part))}")
    kept = []
    for plan, part in table.groupby("plan", sort=False):
        kept.append(f"to “{plan}”, {_tied(part.loc[part['buyer_best'], 'buyer'].tolist(), len(part))}")
    return (
        f"The seller's best answer: {'; '.join(told)}. China's best answer: {'; '.join(kept)}."
        " What a concession costs China, and what comes after the two periods, is not counted."
    )


def map_panel() -> Panel:
    """Which plan wins where, over the two assumptions on which most of the debate turns."""

    def compute(share: float, growth: float, discount: float, buyer: str, when: str) -> State:
        table = studies.winners(share / 100, discount / 100, growth / 100, buyer, when)
        part = table["plan"].value_counts(normalize=True)
        none, every = (
            f"above {number(v, 2)} times" if math.isfinite(v) else "nowhere" for v in studies.denied_from(table)
        )
        reading = f"Denying first wins clearly {none} if nothing of the tap's speed answers fear, and {every} if all of it does."
        told = "; ".join(f"{plan} {percent(float(portion))}" for plan, portion in part.items())
        more = f"Part of the map by plan: {told}. A part of the map is no chance of being right: the two axes are assumptions, and how far they reach is our choice."
        if when == "2026":
            more += " In 2026 fear is high at the start, and China lets in a small part of what is sold, so more of the map is too close to call."
        return State(figures.map_rows(table), reading, {"title": _map_title(part, when)}, more=more)

    middle = {name: 100 * studies.parameter(name)[1] for name in ("growth_per_year", "discount_rate")}
    first, today = (round(100 * studies.need_share(series)) for series in (studies.FIRST, studies.LAST))
    return Panel(
        "Which plan wins where",
        [
            Number("share", "Home share of the need at the start", "%", 1, 90, first, 1),
            Number("growth", "More chips wanted each year", "%", 0, 150, middle["growth_per_year"], 10),
            Number("discount", "Discount rate", "% a year", 0, 60, middle["discount_rate"], 1),
        ],
        compute,
        figures.map_chart(),
        presets={
            "Who wins where, in 2023?": {},
            "And in 2021?": {"share": 100 * studies.parameter("share_2021")[1]},
            "And in 2026?": {"share": today, "when": "2026"},
            "If the need does not grow?": {"growth": 0},
            "If the buyer foresees the plan?": {"buyer": "foresees"},
        },
        more=[Choice("buyer", "China", _BUYERS, "answers fear"), Choice("when", "Fear and entry of", _WHEN, "2023")],
    )


def _map_title(part: pd.Series, when: str) -> str:
    if when == "2026":
        return "In 2026 little is let in, so the seller’s plan matters less"
    if sum(part.get(plan, 0.0) for plan in studies.SELLS) < 0.05:
        return "Here selling first wins hardly anywhere"
    if part.get("threaten", 0.0) >= 0.05:
        return "Where denial gains little, selling wins if fear drives the tap, and threatening if not"
    return "Selling wins where denial gains little and fear drives the tap"
