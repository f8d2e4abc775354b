"""The second picture of 40_grey_markets: the jar of honest and false services."""

from __future__ import annotations

from helpers.core.words import counted, percent, places
from helpers.markets import figures, studies
from helpers.show.panel import Number, Panel, State, Steps

NAMES = {
    "alike": "Sixty services",
    "inside": "Two kinds",
    "price": "One price",
    "leave": "The dearest honest leave",
    "again": "And again",
    "end": "What remains",
    "audit": "An audit",
}


def _left(honest: int) -> str:
    return "no honest one stays" if not honest else f"{honest} honest stay"


def _title(step: str, told: list[studies.Round], audited: list[studies.Round], lasts: bool) -> str:
    last = told[-1]
    return {
        "alike": "From outside all services look alike",
        "inside": "Some are not what they say",
        "price": "Buyers pay for the mixture",
        "leave": "The dearest honest services leave" if told[1].gone else "The price pays every honest service",
        "again": "The mixture is worse, so the price falls again" if told[2].gone > told[1].gone else "Nobody else leaves",
        "end": "The false have driven the honest out" if not last.honest else f"It comes to rest: {_left(last.honest)}",
        "audit": _audit_title(told, audited, lasts),
    }[step]  # fmt: skip


def _audit_title(told: list[studies.Round], audited: list[studies.Round], lasts: bool) -> str:
    if not lasts:
        return "The audit finds too few: the honest leave all the same"
    gained = audited[-1].honest - told[-1].honest
    return "An audit keeps honest services in" if gained > 0 else "The audit changes nothing here"


def _sentence(step: str, told: list[studies.Round], audited: list[studies.Round], lasts: bool) -> str:
    """One sentence of at most 20 words and one number."""
    start, last = told[0], told[-1]
    if step == "alike":
        return "Sixty services sell access to “the same” model; buyers cannot see which tell the truth."
    if step == "inside":
        return (
            f"Say {counted(start.false, 'service gives', 'services give')} another, cheaper model under the same name."
        )
    if step == "price":
        return f"Who cannot tell pays for the average: {places(start.price)} of the official price at most."
    if step == "leave":
        gone = told[1].gone
        return f"An honest service with higher costs cannot live on that: {gone or 'none'} of them {'leaves' if gone == 1 else 'leave'}."
    if step == "again":
        if told[2].gone == told[1].gone:
            return f"Nothing changes any more: the price stays at {places(told[2].price)} of the official one."
        return f"A larger part is now false, so buyers give only {places(told[2].price)}, and more leave."
    if step == "end":
        return f"In the end {_left(last.honest)}; buyers give what the mixture is worth."
    if not lasts:
        return "So few false ones are named that buyers still give too little: in the end no honest one stays."
    return f"Once an audit has named many of the false ones, buyers give more, and {_left(audited[-1].honest)}."


def _more(step: str, told: list[studies.Round], audited: list[studies.Round], audit: float) -> str:
    """What belongs to the step, and no more, so that the answers differ."""
    if step in ("alike", "inside"):
        return f"Start: {told[0].honest} honest, {told[0].false} false; shares are an assumption of ours."
    if step in ("price", "leave", "again"):
        path = ", ".join(places(r.price) for r in told[:-1])
        return (
            f"Honest services need from {studies.central('cost_cheapest'):g} to {studies.central('cost_dearest'):g} of the"
            f" official price, evenly spread: an assumption of ours. Prices round by round: {path}."
        )
    if step == "end":
        return f"Calls are on offer from {places(studies.unexplained()[0])} of the list price, far below: the jar does not explain that. At rest {told[-1].honest} of {told[0].honest} honest services offer, at a price of {places(told[-1].price)}."
    return (
        f"With {percent(audit / 100)} of the false found, {audited[-1].honest} of {told[0].honest} honest services offer at rest,"
        f" at a price of {places(audited[-1].price)}; without an audit {told[-1].honest}, at {places(told[-1].price)}."
    )


def jar_panel() -> Panel:
    """Honest and false services at one price, and what an audit does (Akerlof)."""

    def compute(step: str, honest: float, audit: float, worth: float) -> State:
        told = studies.jar(honest / 100, 0.0, worth / 100)
        audited = studies.jar(honest / 100, audit / 100, worth / 100)
        lasts = float(studies.rest(honest / 100, audit / 100, worth / 100).stay) > 0
        title = f"{list(NAMES).index(step) + 1}. {_title(step, told, audited, lasts)}"
        rows = figures.jar_rows(step, honest / 100, audit / 100, worth / 100)
        return State(
            rows, _sentence(step, told, audited, lasts), {"title": title}, more=_more(step, told, audited, audit)
        )

    return Panel(
        "The jar of services",
        [
            Steps("step", "Step", [(name, step) for step, name in NAMES.items()], "alike"),
            Number("honest", "Honest at the start", "%", 10, 100, round(100 * studies.central("honest_share")), 1),
        ],
        compute,
        figures.jar_chart(),
        presets={
            "What do buyers pay for a mixture?": {"step": "price"},
            "Who leaves first?": {"step": "leave"},
            "What remains in the end?": {"step": "end"},
            "What does an audit change?": {"step": "audit"},
            "What if nine in ten are honest?": {"step": "end", "honest": 90},
            "What if the audit finds few?": {"step": "audit", "audit": 20},
        },
        more=[
            Number("audit", "False ones found by the audit", "%", 0, 100, round(100 * studies.central("audit_share")), 1),
            Number("worth", "A false one is worth", "% of an honest one", 0, 90, round(100 * studies.audited_value()), 1),
        ],
    )  # fmt: skip
