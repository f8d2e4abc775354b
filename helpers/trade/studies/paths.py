"""What was under way before which control, and what came after: the dated side of S25, S27 and S32."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.core.limits import one_of

FIRST_CHIP_RULE = "a100-h100-letter"  # the US letter of August 2022
FIRST_LISTING = "nudt-entity-list-2015"  # the first of the record; licence rules are older
_CLAIMS = ("S25", "S27", "S32")
_ENDS = {"day": 0, "month": 1, "quarter": 3, "year": 12}  # months by which a date may still run


def path_steps() -> pd.DataFrame:
    """Steps of China's chip path and US controls, in order of date, one known by the year in the middle of it.

    Returns
    -------
    DataFrame
        event_id, date, date_precision, lane, instrument, label, note, title, claims (those of S25, S27 and S32 that name
        it), latest (the last day that the date's precision allows).

    Examples
    --------
    >>> path_steps()["lane"].value_counts().to_dict()
    {'control': 10, 'step': 8}
    """
    frame = data.load("path_steps").merge(data.load("events")[["event_id", "date", "date_precision", "title"]])
    named = data.load("claims").set_index("claim_id").loc[list(_CLAIMS), "event_ids"].str.split()
    frame["claims"] = [" ".join(c for c in _CLAIMS if i in named[c]) for i in frame["event_id"]]
    frame["latest"] = [
        day if kind == "day" else day + pd.DateOffset(months=_ENDS[kind], days=-1)
        for day, kind in zip(frame["date"], frame["date_precision"], strict=True)
    ]
    middle = frame["date"] + (frame["latest"] - frame["date"]) / 2
    return frame.loc[middle.sort_values(kind="stable").index].reset_index(drop=True)


def before_and_after(claim_id: str, reference: str = FIRST_CHIP_RULE) -> pd.DataFrame:
    """The steps of a claim, by how many years they lie after a control.

    Parameters
    ----------
    claim_id : str
        A claim of ``data/claims.csv`` with events.
    reference : str
        An event of ``data/events.csv``.

    Returns
    -------
    DataFrame
        event_id, date, title, side, years (below 0: before); in order of date. The reference itself and other US controls
        of ``data/path_steps.csv`` are left out.

    Examples
    --------
    >>> before_and_after("S25")["years"].round(1).tolist()
    [-8.2, -7.9, -6.7, -3.0, 3.2, 3.3]
    """
    claims = data.load("claims").set_index("claim_id")
    events = data.load("events").set_index("event_id")
    one_of("claim_id", claim_id, list(claims.index))
    one_of("reference", reference, list(events.index))
    steps = data.load("path_steps")
    controls = {reference, *steps.loc[steps["lane"] == "control", "event_id"]}
    ids = [i for i in claims.loc[claim_id, "event_ids"].split() if i not in controls]
    if not ids:
        raise ValueError(f"claim_id = {claim_id!r} has no events to set beside reference = {reference!r}.")
    frame = events.loc[ids, ["date", "title", "side"]].sort_values("date", kind="stable")
    frame["years"] = (frame["date"] - events.loc[reference, "date"]).dt.days / 365.25
    return frame.reset_index()


def older_steps(claim_id: str) -> pd.DataFrame:
    """How many of a claim's steps are older than each control: a step counts if its whole date lies before.

    Parameters
    ----------
    claim_id : str
        "S25", "S27" or "S32".

    Returns
    -------
    DataFrame
        By event_id of the control: date, label, instrument, older, of; in order of date.

    Examples
    --------
    >>> older_steps("S25")["older"].loc[[FIRST_LISTING, FIRST_CHIP_RULE]].tolist()
    [2, 4]
    """
    one_of("claim_id", claim_id, _CLAIMS)
    frame = path_steps()
    steps = frame[(frame["lane"] == "step") & frame["claims"].str.contains(claim_id)]
    controls = frame.loc[frame["lane"] == "control", ["event_id", "date", "label", "instrument"]].set_index("event_id")
    controls["older"] = [int((steps["latest"] < day).sum()) for day in controls["date"]]
    controls["of"] = len(steps)
    return controls
