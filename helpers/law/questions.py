"""Questions of `46_law_and_plans` whose numbers vary by a seed."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.core.words import date_words
from helpers.course.bank.asking import Ask, Bank, Most
from helpers.law import model as law


def cases() -> pd.DataFrame:
    """The disputes, with the days from request to report and the day of the request as a number."""
    rows = data.load("wto_cases").copy()
    return rows.assign(
        took=(rows["report"] - rows["requested"]).dt.days,
        asked=(rows["requested"] - pd.Timestamp("2000-01-01")).dt.days,
    )


def _day(number: float) -> str:
    return date_words((pd.Timestamp("2000-01-01") + pd.Timedelta(days=int(number))).date(), "day")


def _target(r):
    rows = data.load("plan_targets").dropna(subset=["outcome"])
    row = rows.iloc[r.randrange(len(rows))]
    return {
        "measure": row["measure"],
        "target": float(row["target"]),
        "outcome": float(row["outcome"]),
        "unit": row["unit"],
    }


def _case(r):
    rows = cases().dropna(subset=["took"])
    row = rows.iloc[r.randrange(len(rows))]
    return {"title": row["title"], "days": int(row["took"]), "rule": r.choice(range(240, 481, 20))}


QUESTIONS: Bank = {
    "46": (
        Most("first", "Which of these disputes was begun first?", cases, "title", "asked", "", largest=False, apart=0, words=_day),
        Most("longest", "In which of these disputes did it take longest from the request for talks to the panel’s report?", cases, "title", "took", "days"),
        Ask(
            "attained", "A plan’s target: {measure}, {target:g} {unit}. What came: {outcome:g}. What share of the target is that?", _target,
            lambda target, outcome, **_: 100 * law.attained(outcome, target), "%",
            {"gave what was missed": lambda target, outcome, **_: 100 * abs(1 - outcome / target), "upside down": lambda target, outcome, **_: 100 * target / outcome, "gave the outcome itself": lambda outcome, **_: outcome},
            "Outcome over target.",
        ),
        Ask(
            "rule", "“{title}” took {days:,} days from request to report. If the rules allow {rule}, how many times as long was it?", _case,
            lambda days, rule, **_: law.times_the_rule(days, rule), "times",
            {"gave what was too much": lambda days, rule, **_: days / rule - 1, "upside down": lambda days, rule, **_: rule / days, "counted a year for the rule": lambda days, **_: days / 365},
            "Days over days allowed.",
        ),
        Ask(
            "growth", "A fund of {first:g} billion yuan is followed by one of {last:g} billion {years} years later. What even growth a year leads from one to the other?",
            lambda r: {"first": r.choice(range(80, 221, 10)), "last": r.choice(range(260, 501, 20)), "years": r.choice([4, 5, 6, 8, 10])},
            lambda first, last, years: 100 * law.growth_per_year(first, last, years), "%",
            {"divided the whole growth by the years": lambda first, last, years: 100 * (last / first - 1) / years, "gave the whole growth": lambda first, last, years: 100 * (last / first - 1), "divided by the later sum": lambda first, last, years: 100 * (1 - first / last) / years},
            "The root of their ratio, as many times as there are years, minus 1.",
        ),
    ),
}  # fmt: skip
