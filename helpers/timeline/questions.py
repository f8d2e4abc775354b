"""Questions of `10_timeline` whose numbers vary by a seed."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.core.words import date_words
from helpers.course.bank.asking import Ask, Bank, Most, grid
from helpers.timeline import model as timeline


def dated() -> pd.DataFrame:
    """Events of the record known to the day, with their place in time."""
    events = data.load("events")
    events = events[events["date_precision"] == "day"].copy()
    return events.assign(day=(events["date"] - pd.Timestamp("2000-01-01")).dt.days)


def _day(number: float) -> str:
    return date_words((pd.Timestamp("2000-01-01") + pd.Timedelta(days=int(number))).date(), "day")


def _two(r):
    events = dated()
    first, second = events.iloc[
        sorted(r.sample(range(len(events)), 2), key=lambda n: events["day"].iloc[n])
    ].itertuples()
    return {
        "first": _day(first.day),
        "second": _day(second.day),
        "one": first.title,
        "two": second.title,
        "days": second.day - first.day,
    }


QUESTIONS: Bank = {
    "10": (
        Most("first", "Which of these happened first?", dated, "title", "day", "", largest=False, count=2, apart=0, words=_day),
        Ask(
            "between", "“{one}” is dated {first}; “{two}” {second}. How many days lie between?", _two,
            lambda days, **_: days, "days",
            {},
            "The later date minus the earlier.", forms="n",
        ),
        Ask(
            "keys", "In each month one government says yes with a chance of {us:.0%}, the other, apart from it, with {cn:.0%}. What is the chance that both have said yes in the same month at least once in {months} months?",
            lambda r: {"months": r.choice(range(4, 13)), "us": r.choice(grid(0.2, 0.6, 0.05)), "cn": r.choice(grid(0.1, 0.3, 0.05))},
            lambda months, us, cn: 100 * timeline.delivery_probability(months, us, cn), "%",
            {
                "took one month only": lambda months, us, cn: 100 * us * cn,
                "added the months": lambda months, us, cn: 100 * months * us * cn,
                "let one yes be enough": lambda months, us, cn: 100 * (1 - ((1 - us) * (1 - cn)) ** months),
            },
            "Multiply the two chances; then 1 minus the chance of no success in all months.",
        ),
        Ask(
            "none", "In {months} months nothing was delivered. What is the highest chance a month that this still fits, at 95% confidence?",
            lambda r: {"months": r.choice(range(5, 25))}, lambda months: 100 * timeline.upper_bound_after_zero(months), "%",
            {"took one over the months": lambda months: 100 / months, "exchanged 5% and 95%": lambda months: 100 * (1 - 0.95 ** (1 / months))},
            "1 minus 0.05 to the power of one over the months: at that chance none in so many months happens once in twenty times.",
        ),
    ),
}  # fmt: skip
