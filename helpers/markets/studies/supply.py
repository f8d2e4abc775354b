"""How many chips: published estimates as intervals, and cases as court, date and what is alleged."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.core.words import date_words

COUNTS = ("cnas-2023-channel", "cnas-2024-chips", "epoch-2024-chips", "epoch-2025-chips", "epoch-2025-computing")


def smuggled() -> pd.DataFrame:
    """Estimates of chips, one also by computing, each as an interval with its method, never a bare point.

    Returns
    -------
    DataFrame
        Index: estimate id. who, quantity, unit, period, low, central, high, ends ("printed", "upper end in words only",
        "scaled by us"), method. Where the count has no interval, that of its author's computing to the end of 2025 is
        scaled to it, by ratios.
    """
    table = data.load("market_estimates").set_index("estimate_id")
    computing = table.loc["epoch-2025-computing"]
    rows = {}
    for key in COUNTS:
        row = table.loc[key]
        low, middle, high, ends = float(row["low"]), float(row["central"]), float(row["high"]), "printed"
        if pd.isna(low):
            low, high = (middle * float(computing[end]) / float(computing["central"]) for end in ("low", "high"))
            ends = "scaled by us"
        elif pd.isna(high):
            ends = "upper end in words only"
        rows[key] = {
            "who": row["who"], "quantity": row["quantity"], "unit": row["unit"], "period": row["period"], "low": low, "central": middle,
            "high": high, "ends": ends, "method": row["method"],
        }  # fmt: skip
    return pd.DataFrame(rows).T.infer_objects()


def cases() -> pd.DataFrame:
    """Court cases: court, date, status, what is alleged, and the value of the event, without any name.

    Returns
    -------
    DataFrame
        By date: date, court, status, alleged, value, source_id.
    """
    events = data.load("events").set_index("event_id")
    rows = []
    for case in data.load("market_cases").itertuples():
        event = events.loc[case.event_id]
        value = f"{event['value']:g} {str(event['unit']).split('(')[0].split(',')[0].strip()}"
        rows.append(
            {
                "day": event["date"],
                "date": date_words(event["date"].date(), event["date_precision"]),
                "court": case.court,
                "status": case.status,
                "alleged": case.alleged,
                "value": f"at least {value}" if case.value_is == "at least" else value,
                "source_id": event["source_id"],
            }
        )
    return pd.DataFrame(rows).sort_values("day", kind="stable").drop(columns="day").reset_index(drop=True)
