"""Two gates: the date moves, gates open and shut, parcels pass, wait or turn back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers.core import data
from helpers.core.words import listed
from helpers.show.panel import Panel, State, Steps, Stops
from helpers.timeline import figures, studies


@dataclass(frozen=True)
class _Step:
    """A step: its name, the event whose day it shows ("" for an end of the record), the chips it is about."""

    words: str
    event: str
    title: str
    pointed: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()


STEPS = {
    "road": _Step("No gate", "", "Until August 2022 no gate stands before this chip", ("A100",)),
    "letter": _Step(
        "A letter", "a100-h100-letter", "A letter shuts the US gate on two chips", ("A100", "H100"), ("A100",)
    ),
    "cut": _Step("Cut to fit", "h800-launch", "Two chips cut to fit the rule pass without asking", ("A800", "H800")),
    "rule": _Step(
        "A new rule",
        "nvidia-fast-track-oct-2023",
        "A new rule turns both of them back",
        ("A800", "H800"),
        ("A800", "H800"),
    ),
    "weaker": _Step("Weaker still", "h20-on-sale", "A chip cut deeper passes; a stronger one waits", ("H20", "H200")),
    "stopped": _Step("Stopped", "h20-licence-letter", "Another letter turns the H20 back", ("H20",), ("H20",)),
    "second": _Step("A second gate", "cn-discourages-h20", "As the US gate opens, China’s appears", ("H20",)),
    "each": _Step(
        "One each", "b30a-blocked", "Each gate stops a chip that the other has not stopped", ("RTX Pro 6000D", "B30A")
    ),
    "crossed": _Step("One opens, one shuts", "bis-h200-rule", "On the H200 one gate opens as the other shuts", ("H200",)),
    "now": _Step("Two keys", "", "None of the eight chips passes both gates freely", ("H20", "RTX Pro 6000D", "H200")),
}  # fmt: skip


@cache
def _day(step: str) -> str:
    if step == "road":
        return studies.FIRST_DAY
    if step == "now":
        return str(pd.Timestamp(data.record_ends()["newest_event"]).date())
    return str(data.load("events").set_index("event_id").loc[STEPS[step].event, "date"].date())


def _sentence(step: str) -> str:
    """One sentence of at most 20 words and one number."""
    events = data.load("events")
    if step == "rule":
        return (
            f"The H800 could pass for {studies.free_months('H800')} months; machines already sold stay where they are."
        )
    if step == "stopped":
        return f"The H20 could pass for {studies.free_months('H20')} months at most; then it needs a licence, and none comes."
    if step == "crossed":
        days = studies.days_between(events, "cn-customs-h200", "bis-h200-rule")
        return f"China’s customs is reported to shut it {'one day' if days == 1 else f'{days} days'} before the US rule allows a licence."
    if step == "now":
        came = sum(p.delivered for p in studies.road_on(_day("now")).parcels)
        return f"By licence and consent about {came:,} H200 came, by report; most of those allowed are to stay in Hong Kong."
    return {
        "road": "NVIDIA’s A100 needs no licence, except for firms on US lists, such as Huawei.",
        "letter": "The A100 and the coming H100 now need a licence; from October a published rule presumes refusal.",
        "cut": "Slower links put the A800 and the H800 below the rule’s limit, so nobody needs to allow them.",
        "weaker": "The H20 computes less than the limit; the H200, announced at the same time, stands above it.",
        "second": "US licences are promised for the H20, and Chinese firms are reported to be urged to avoid it.",
        "each": "China is reported to stop the RTX Pro 6000D; the White House is reported to refuse the B30A.",
    }[step]


def _title(step: str) -> str:
    return f"{list(STEPS).index(step) + 1}. {STEPS[step].title}"


def _own_title(road: studies.Road) -> str:
    """Where the parcels stand on the reader's date."""
    said = f"{road.day.day} {road.day:%B %Y}"
    free = road.at("China")
    return f"Your date, {said}: {'no chip passes' if not free else listed(free) + (' passes' if len(free) == 1 else ' pass')} freely"


def _own_sentence(road: studies.Road) -> str:
    us, china, free = road.at("maker"), road.at("between"), road.at("China")
    parts = [
        f"{len(chips)} {what}" for chips, what in ((us, "held at the US gate"), (china, "beyond it"), (free, "free")) if chips
    ]  # fmt: skip
    return f"Of the chips then known: {listed(parts)}. To go on with the steps, set the date back to “the step’s”."


def _more(road: studies.Road, chips: tuple[str, ...]) -> str:
    """The notes behind the gates of some chips on that day."""
    said = []
    for p in road.parcels:
        if p.chip not in chips:
            continue
        at = {"US": p.us, "China": p.china}
        if notes := [note for government, state, note in _notes().get(p.chip, []) if state == at[government]]:
            said.append(f"{p.chip}: {'. '.join(notes)}.")
    return " ".join(said)


@cache
def _notes() -> dict[str, list[tuple[str, str, str]]]:
    """Government, state and note of each gate that has a note, by chip."""
    noted: dict[str, list[tuple[str, str, str]]] = {}
    for row in data.load("gates").itertuples():
        if row.note:
            noted.setdefault(row.chip, []).append((row.government, row.state, row.note))
    return noted


def road_panel() -> Panel:
    """Eight chips, two gates, and the date."""

    def compute(step: str, date: str) -> State:
        this = STEPS[step]
        if date:
            road = studies.road_on(date)
            return State(
                figures.road_rows(date, own=True),
                _own_sentence(road),
                {"title": _own_title(road)},
                more=_more(road, tuple(road.at("between"))),
            )
        day = _day(step)
        rows = figures.road_rows(day, this.pointed, this.turned)
        return State(rows, _sentence(step), {"title": _title(step)}, more=_more(studies.road_on(day), this.pointed))

    months = pd.date_range("2022-09-01", _day("now"), freq="MS")
    dates = [("the step’s", ""), *((f"{m.day} {m:%b %Y}", str(m.date())) for m in months)]
    return Panel(
        "Gates on the road",
        [
            Steps("step", "Step", [(this.words, step) for step, this in STEPS.items()], "road"),
            Stops("date", "Date", dates, ""),
        ],
        compute,
        figures.road_chart(),
        presets={
            "What did the first letter stop?": {"step": "letter"},
            "Which chips were cut to fit?": {"step": "cut"},
            "When did a second gate appear?": {"step": "second"},
            "What passed in March 2024?": {"step": "now", "date": "2024-03-01"},
            "Who held the H200 in May 2026?": {"step": "now", "date": "2026-05-01"},
        },
    )
