"""Two keys: when two governments must say yes."""

from __future__ import annotations

import math

import pandas as pd

from helpers.core.words import percent
from helpers.show.panel import Choice, Number, Panel, State
from helpers.timeline import figures, studies


def two_keys_panel(record: pd.DataFrame) -> Panel:
    """Delivery needs two governments: probability over time, with the observed months beside it."""
    wait = studies.observed_wait(record)

    def compute(us_per_month: float, cn_per_month: float, link: float, keys_stay: bool) -> State:
        keys = studies.two_keys(us_per_month / 100, cn_per_month / 100, link, keys_stay, wait.months)
        rows = [
            {"month": month, "chance": round(chance, 4), "kind": kind}
            for kind, chances in keys.curves.items()
            for month, chance in enumerate(chances.tolist())
        ]
        takes = _takes(keys)
        return State(
            rows,
            f"{_both(keys, keys_stay)}; an even chance of a first delivery takes {takes}."
            f" {_against_record(keys, wait)}",
            {
                "title": f"If odds were {us_per_month:g}% (US), {cn_per_month:g}% (China) a month"
                f"{', a yes stays' if keys_stay else ''}: an even chance takes {takes}"
            },
            more=_keys_more(keys, wait, f"{us_per_month:g}% and {cn_per_month:g}%", keys_stay),
        )

    return Panel(
        "Two keys",
        [
            Number(
                "us_per_month", "US key: chance of a yes", "% per month", 0, 100, 40, 1
            ),  # unlike China's: equal keys draw one curve over another
            Number("cn_per_month", "China’s key: chance of a yes", "% per month", 0, 100, 20, 1),
            Number("link", "Link: -1 opposed, 0 none, 1 together", "", -1, 1, 0, 0.1),
        ],
        compute,
        figures.two_keys_chart(record),
        presets={
            "What if both are willing?": {"us_per_month": 50, "cn_per_month": 50},
            "What if China is reluctant?": {"us_per_month": 50, "cn_per_month": 10},
            "What if the US is reluctant?": {"us_per_month": 10, "cn_per_month": 50},
            "What if one opens as the other shuts?": {"us_per_month": 50, "cn_per_month": 30, "link": -1},
            "What if a deal opens both?": {"us_per_month": 20, "cn_per_month": 20, "link": 1},
            "What if a yes stays?": {"keys_stay": True},
        },
        more=[
            Choice(
                "keys_stay",
                "A yes",
                [("must come from both in the same month", False), ("once given, stays", True)],
                False,
            )
        ],
    )


def _both(keys: studies.Keys, keys_stay: bool) -> str:
    """How often both keys turn at once; of keys that stay turned the month does not matter."""
    return "A yes stays once given" if keys_stay else f"Both say yes in {percent(keys.joint)} of months"


def _takes(keys: studies.Keys) -> str:
    """How long an even chance takes."""
    if keys.never:
        return "for ever"
    if math.isfinite(keys.half):
        return "one month" if keys.half == 1 else f"{keys.half:.0f} months"
    return "more than 50 years"


def _against_record(keys: studies.Keys, wait: studies.Wait) -> str:
    """What the record says of the setting, in one short sentence."""
    if keys.still_none < 0.05:
        return (
            f"A wait as long as the record’s has a chance of {percent(keys.still_none)}: the record speaks against it."
        )
    if wait.first is not None and keys.by_then < 0.05:
        return (
            f"A delivery by {wait.first:%B %Y} has a chance of {percent(keys.by_then)}: the record speaks against it."
        )
    return f"A wait as long as the record’s has a chance of {percent(keys.still_none)}: it does not rule this out."


def _keys_more(keys: studies.Keys, wait: studies.Wait, chances: str, keys_stay: bool) -> str:
    by_six = f"a first delivery comes within 6 months with {percent(keys.by_six)}"
    rule = (
        f"a yes stays once given, and {by_six}"
        if keys_stay
        else f"both say yes in {percent(keys.joint, 1)} of months, and {by_six}"
    )
    if keys.still_none < 0.05:
        judged = f"this setting makes so long a wait improbable ({percent(keys.still_none)}), so the record speaks against it."
    elif wait.first is not None and keys.by_then < 0.05:
        judged = f"this setting makes a delivery by then improbable ({percent(keys.by_then)}), so the record speaks against it."
    else:
        judged = f"this setting gives {percent(keys.still_none)} for a wait that long or longer; the record does not rule it out."
    then = f", then the first in {wait.first:%B %Y}; " if wait.first is not None else "; "
    return (
        f"With {chances} a month, {rule}; an even chance takes {_takes(keys)}."
        f" The record had no named delivery for {wait.months} months{then}{judged}"
    )
