"""What was under way before the denials, and what came after: the dated side of S25, S27 and S32."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.core.limits import one_of

FIRST_CHIP_RULE = "a100-h100-letter"  # the US letter of August 2022
FIRST_DENIAL = "zte-denial-order"  # April 2018: US parts withheld from one Chinese firm


def before_and_after(claim_id: str, reference: str = FIRST_CHIP_RULE) -> pd.DataFrame:
    """The events of a claim, by how many years they lie after a denial.

    Parameters
    ----------
    claim_id : str
        A claim of ``data/claims.csv`` with events.
    reference : str
        An event of ``data/events.csv``.

    Returns
    -------
    DataFrame
        event_id, date, title, side, years (below 0: before); in order of date. The reference itself is left out.

    Examples
    --------
    >>> before_and_after("S25")["years"].round(1).tolist()
    [-8.2, -7.9, -6.7, -3.0, 3.2, 3.3]
    """
    claims = data.load("claims").set_index("claim_id")
    events = data.load("events").set_index("event_id")
    one_of("claim_id", claim_id, list(claims.index))
    one_of("reference", reference, list(events.index))
    ids = [i for i in claims.loc[claim_id, "event_ids"].split() if i != reference]
    if not ids:
        raise ValueError(f"claim_id = {claim_id!r} has no events to set beside reference = {reference!r}.")
    frame = events.loc[ids, ["date", "title", "side"]].sort_values("date")
    frame["years"] = (frame["date"] - events.loc[reference, "date"]).dt.days / 365.25
    return frame.reset_index()
