"""Targets of Chinese plans beside outcomes, each on its own definition; plans by date; the funds."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.core import data
from helpers.law import model as law

FUNDS = ("big-fund-1", "big-fund-2", "big-fund-3")
# US limits on chips for China in the record, each wider than the one before: four centres, one firm, its chips made
# abroad, then all of China.
CONTROLS = ("nudt-entity-list-2015", "huawei-entity-list", "huawei-fdpr-may-2020", "bis-oct-2022")
_DAYS = 365.25


def targets() -> pd.DataFrame:
    """Every target of the table with its outcome, and the outcome as a share of it.

    Returns
    -------
    DataFrame
        The columns of `plan_targets.csv`; `outcome` computed where the row says so, as the yearly growth from the row
        above; `share` (outcome / target; NaN where no outcome is known).
    """
    rows = data.load("plan_targets").copy()
    growing = rows.index[rows["outcome_last"].notna()]
    for place in growing:
        before = rows.loc[place - 1]
        years = (rows.loc[place, "outcome_on"] - before["outcome_on"]).days / _DAYS
        last = rows.loc[place, "outcome_last"]
        rows.loc[place, "outcome"] = 100 * float(law.growth_per_year(before["outcome"], last, years))
    known = rows["outcome"].notna()
    rows.loc[known, "share"] = law.attained(rows.loc[known, "outcome"], rows.loc[known, "target"])
    return rows


def missed_by() -> tuple[float, float]:
    """By which factors the goal of 40% for 2020 was missed: made in China by anyone; by firms at home there."""
    rows = targets().set_index("target_id")["share"]
    return 1 / float(rows["mic-2020-made"]), 1 / float(rows["mic-2020-own"])


def plans() -> pd.DataFrame:
    """Plans that name chips or AI by date; a plan that is an event has the event's date.

    Returns
    -------
    DataFrame
        plan_id, name, issuer, date, on_chips, on_ai, the oldest first.
    """
    rows = data.load("policy_plans").copy()
    dates = data.load("events").set_index("event_id")["date"]
    known = rows["event_id"] != ""
    rows.loc[known, "date"] = dates[rows.loc[known, "event_id"]].to_numpy()
    return rows.sort_values("date", kind="stable").reset_index(drop=True)


def years_of_plans() -> float:
    """Years from the first plan for chips in the table to the newest one."""
    dates = plans()["date"]
    return float((dates.iloc[-1] - dates.iloc[0]).days / _DAYS)


def controls() -> pd.DataFrame:
    """US limits on chips for China in the record, and how long after the chip guidelines of 2014 each came.

    Returns
    -------
    DataFrame
        event_id, date, title, years_after.
    """
    rows = data.load("events").set_index("event_id")
    found = rows.loc[list(CONTROLS), ["date", "title"]].reset_index()
    return found.assign(years_after=(found["date"] - rows.loc["cn-ic-guidelines-2014", "date"]).dt.days / _DAYS)


def support() -> pd.DataFrame:
    """Money of governments for chips; a sum that is an event's is taken from there.

    Returns
    -------
    DataFrame
        The columns of `chip_support.csv`, `amount` filled. Unlike forms and bases: not to be added up.
    """
    rows = data.load("chip_support").copy()
    values = data.load("events").set_index("event_id")["value"]
    from_event = rows["amount"].isna()
    rows.loc[from_event, "amount"] = values[rows.loc[from_event, "event_id"]].to_numpy()
    return rows


def fund_growth() -> tuple[float, float]:
    """How many times as large the fund's third phase is as its first: as raised by late 2015; as registered."""
    first = support().set_index("support_id").loc["cn-fund-1"]
    last = float(funds()["cny_bn"].iloc[-1])
    return last / float(first["amount_to"]), last / float(first["amount"])


def funds() -> pd.DataFrame:
    """The three phases of the Big Fund: registered capital, CNY bn.

    Returns
    -------
    DataFrame
        event_id, phase, date, cny_bn.
    """
    rows = data.load("events").set_index("event_id").loc[list(FUNDS)]
    return pd.DataFrame(
        {
            "event_id": rows.index,
            "phase": ["Phase I", "Phase II", "Phase III"],
            "date": rows["date"].to_numpy(),
            "cny_bn": rows["value"].to_numpy(),
        }
    )


def ai_plan() -> date:
    """The day on which the AI plan of 2017 came out."""
    return data.load("events").set_index("event_id").loc["cn-ai-plan-2017", "date"].date()
