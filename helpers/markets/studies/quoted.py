"""What was quoted for barred servers, and how far prices moved beyond the hire price of the same months."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.core import data
from helpers.markets import model as markets
from helpers.markets.studies.parity import hire_on
from helpers.markets.studies.values import assumed, quoted_usd

LIST_ID = "b300-server-us-2026-06"


@cache
def quoted_mark_ups() -> pd.DataFrame:
    """Mark-ups of B300 servers in China over the US list price, at the three exchange rates of the assumptions.

    Returns
    -------
    DataFrame
        Index: price id. date, usd, low, central, high (mark-ups as fractions), bound.
    """

    table = data.load("market_prices")
    rows = table[(table["item"] == "B300 server") & (table["market"] == "grey")].sort_values("date", kind="stable")
    at_home = quoted_usd(LIST_ID)
    weak, middle, strong = assumed("yuan_per_usd")[::-1]
    found = {
        r.price_id: {
            "date": r.date,
            "usd": quoted_usd(r.price_id, middle),
            **{
                end: float(markets.mark_up(quoted_usd(r.price_id, rate), at_home))
                for end, rate in (("low", weak), ("central", middle), ("high", strong))
            },
            "bound": r.bound,
        }
        for r in rows.itertuples()
    }
    return pd.DataFrame(found).T.infer_objects()


@cache
def before_and_after() -> pd.DataFrame:
    """B300 servers in China from January 2026, beside the world's hire price of an H100 in the same months.

    Returns
    -------
    DataFrame
        Index: month of the later quotation. grew (of the price, a fraction), hire_then, hire_later (USD an hour on the days of
        the two quotations, between the figures on record: see `hire_on`), hire_grew, net (growth of the price beyond that of
        the hire price: 0.3 is 1.3 times as high as if it had only followed). Figures of hire mix contracts and offers, so the
        net figures show a method and its range, and measure no enforcement.

    Examples
    --------
    >>> found = before_and_after()
    >>> [round(float(net), 2) for net in found["net"]]
    [0.28, 0.37]
    """
    quoted = quoted_mark_ups()
    first = quoted.iloc[0]
    then = hire_on("world", first["date"])
    rows = {}
    for row in quoted.iloc[1:].itertuples():
        later = hire_on("world", row.date)
        rows[row.date] = {
            "grew": row.usd / first["usd"] - 1,
            "hire_then": then,
            "hire_later": later,
            "hire_grew": later / then - 1,
            "net": float(markets.change_net_of(first["usd"], row.usd, then, later)),
        }
    return pd.DataFrame(rows).T
