"""What came back, and how fast: lags beside chance."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from helpers.show.panel import Choice, Panel, State
from helpers.timeline import figures, studies
from helpers.timeline import model as timeline
from helpers.timeline.panels.record import by
from helpers.timeline.studies import ABOVE, BELOW

_SIDE = {ABOVE: "The US and partners", BELOW: "China"}


def lag_panel(events: pd.DataFrame, draws: int = 400) -> Panel:
    """Days from one side's move to the other side's next, beside what chance alone would give."""
    moves = studies.timed_moves(events)

    @lru_cache(maxsize=None)  # twelve settings, and chance is slow
    def compute(actor: str, same_track: bool, effect: str) -> State:
        return _lag_state(studies.lags_and_chance(moves, actor, same_track, effect or None, draws), actor, draws)

    return Panel(
        "What came back, and how fast",
        [
            Choice("actor", "Clock starts with a move of", list(timeline.CAMPS), ABOVE),
            Choice("same_track", "The next move counts", [("in any track", False), ("in the same track", True)], False),
            Choice(
                "effect",
                "Moves counted",
                [("that tighten", "tightens"), ("that ease", "eases"), ("all", "")],
                "tightens",
            ),
        ],
        compute,
        figures.lag_chart(),
        presets={
            "Does China answer US tightening?": {},
            "Does China answer in the same track?": {"same_track": True},
            "Does the US answer China’s tightening?": {"actor": BELOW},
            "Does the US answer in the same track?": {"actor": BELOW, "same_track": True},
            "Does easing meet easing?": {"effect": "eases"},
        },
    )


def _lag_state(lags: studies.Lags, actor: str, draws: int) -> State:
    if lags.answered.empty:
        return State(
            [],
            f"None of the {lags.moves} moves by {actor} has a later move by {lags.responder} at this setting.",
            {"title": "No later move to measure", "low": None, "high": None, "median": None},
        )
    median, band = f"{lags.median:.0f}", f"{lags.low:.0f} to {lags.high:.0f}"
    rows = [
        {
            "lag": float(r.lag_days),
            "lane": i % 9,
            "title": r.title,
            "next_title": r.next_title,
            "when": f"{r.date:%Y-%m-%d}",
            "track": r.track,
        }
        for i, r in enumerate(lags.answered.itertuples())
    ]
    short, judged = {
        "inside": ("no evidence of an answer", "inside that band, so these dates alone are no evidence of an answer"),
        "below": (
            "quicker than chance, which fits an answer",
            "below that band: quicker than chance, which fits an answer but does not prove one",
        ),
        "above": ("slower than chance", "above that band: slower than chance"),
    }[lags.place]
    return State(
        rows,
        f"Half of the next moves by {by(lags.responder)} come within {median} days; unrelated dates would give {band}."
        f" That is {short}.",
        {
            "title": f"{_SIDE[lags.responder]}: half of the next moves within {median} days; chance gives {band}",
            "low": lags.low,
            "high": lags.high,
            "median": lags.median,
        },
        more=(
            f"{len(rows)} moves by {actor} are followed by a move of {lags.responder}, half of them within {median} days"
            + (f" ({lags.unanswered} have none yet)" if lags.unanswered else "")
            + f"; but only {lags.closing} different {'move closes' if lags.closing == 1 else 'moves close'} these waits."
            f" Moves shifted to random dates would give {band} days (90% of {draws} shifts); {median} is {judged}."
        ),
    )
