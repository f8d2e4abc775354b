"""Resold access to models: the jar of services, quality, blended prices, shared plans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.markets import model as markets
from helpers.markets.studies.values import central, estimate

SERVICES = 60  # drawn in the jar
ROUNDS = 8
# Prices compared: words, and the row of data/api_prices.csv.
COMPARED = {
    "DeepSeek V4-Pro, May 2026": "v4-pro-2026-05",
    "DeepSeek V4-Pro, August 2026": "v4-pro-2026-08",
    "Kimi K3": "kimi-k3-2026-07",
    "Claude Sonnet 5": "claude-sonnet-5-2026-08",
    "GPT-6 Sol": "gpt-6-sol-2026-09",
    "GPT-6 Luna": "gpt-6-luna-2026-09",
}
RESOLD = "Claude Sonnet 5, resold"


def audited_value(printed: str = "36.95") -> float:
    """What a resold service was worth in the audit: its right answers over the official service's.

    Parameters
    ----------
    printed : {"36.95", "37.00"}
        Both are in print: the average in accounts of the paper, and a forum's quotation.

    Examples
    --------
    >>> round(audited_value(), 3), round(audited_value("37.00"), 3)
    (0.441, 0.441)
    """
    one_of("printed", printed, ("36.95", "37.00"))
    shadow = estimate("audit-shadow" if printed == "36.95" else "audit-shadow-quoted")[1]
    return shadow / estimate("audit-official")[1]


@dataclass(frozen=True)
class Round:
    """The jar in one round: honest and false services that offer, honest ones gone so far, and the price they get."""

    honest: int
    false: int
    gone: int
    price: float


def jar(honest_share: float, audit: float = 0.0, false_value: float | None = None, services: int = SERVICES) -> list[Round]:  # fmt: skip
    """The jar of services, round by round.

    Parameters
    ----------
    honest_share : float, 0.001 to 1
    audit : float, 0 to 1
        Share of false services that is found out.
    false_value : float, 0 to 0.999, optional
        The audit's, if not given.
    services : int, 2 to 10,000
        In the jar at the start.

    Returns
    -------
    list of Round
        `ROUNDS` + 2: the start, the rounds, and last where it comes to rest; whole services, rounded, so that all that are
        there at the start stay or are gone.

    Examples
    --------
    >>> found = jar(0.6)
    >>> found[0].honest, found[0].false, round(found[0].price, 2), found[-1].honest
    (36, 24, 0.78, 0)
    """
    services = int(within("services", services, 2, 10_000))
    worth = audited_value() if false_value is None else false_value
    told = markets.rounds(ROUNDS, honest_share, worth, audit, central("cost_cheapest"), central("cost_dearest"))
    last = rest(honest_share, audit, worth)
    honest = round(services * float(honest_share))
    false = round((services - honest) * (1 - float(audit)))
    return [
        Round(round(honest * float(stay)), false, honest - round(honest * float(stay)), float(price))
        for stay, price in zip([*told.stay, last.stay], [*told.price, last.price], strict=True)
    ]


def rest(honest_share: float, audit: float = 0.0, false_value: float | None = None) -> markets.Jar:
    """Where the jar comes to rest.

    Parameters
    ----------
    honest_share : float, 0.001 to 1
    audit : float, 0 to 1
    false_value : float, 0 to 0.999, optional

    Examples
    --------
    >>> float(rest(0.6).stay), float(rest(0.6, 0.75).stay) > 0.7
    (0.0, True)
    """
    worth = audited_value() if false_value is None else false_value
    return markets.settled(honest_share, worth, audit, central("cost_cheapest"), central("cost_dearest"))


def audit_needed(honest_share: float) -> float:
    """The least share of false services that an audit must find, to whole per cent, so that some honest ones stay.

    Parameters
    ----------
    honest_share : float, 0.001 to 1

    Returns
    -------
    float, 0 to 1

    Examples
    --------
    >>> audit_needed(0.6)
    0.24
    """
    for percent in range(101):
        if float(rest(honest_share, percent / 100).stay) > 0:
            return percent / 100
    return 1.0


# --- prices -------------------------------------------------------------------------------------


@cache
def _listed() -> pd.DataFrame:
    return data.load("api_prices").set_index("price_id")


def blended(hit_share: float = 0.0, parts_in: float = 3.0, resold_at: float | None = None) -> pd.DataFrame:
    """List prices mixed to one, and a resold call beside them.

    Parameters
    ----------
    hit_share : float, 0 to 1
        Of what is read, found in the cache.
    parts_in : float, 0 to 1,000
        Tokens read for each one written.
    resold_at : float, 0 to 1, optional
        Of the list price; the lowest on record, if not given.

    Returns
    -------
    DataFrame
        service, home (US, CN, resold), usd (for a million tokens).
    """
    share = estimate("resale-price")[0] / 100 if resold_at is None else float(within("resold_at", resold_at, 0, 1))
    parts = float(within("parts_in", parts_in, 0, 1e3))
    rows = []
    for words, key in COMPARED.items():
        row = _listed().loc[key]
        usd = float(markets.blended_price(row["input_usd"], row["hit_usd"], row["output_usd"], hit_share, parts))
        rows.append({"service": words, "home": row["home"], "usd": usd})
    official = next(r["usd"] for r in rows if r["service"] == "Claude Sonnet 5")
    rows.append({"service": RESOLD, "home": "resold", "usd": share * official})
    return pd.DataFrame(rows)


def unexplained() -> tuple[float, float]:
    """What hidden quality leaves open: the least price of resold calls on record, and that at which the jar comes to rest
    without an audit; both in the official price.

    Examples
    --------
    >>> [round(price, 2) for price in unexplained()]
    [0.1, 0.44]
    """
    return estimate("resale-price")[0] / 100, float(rest(central("honest_share")).price)


CHEAP = ("fraud", "lower quality", "shared plans", "low list prices")


def cheap_table() -> pd.DataFrame:
    """“Cheap” split into four: what it is, who pays, what is on record.

    Returns
    -------
    DataFrame
        Index: `CHEAP`. Columns: What it is, Who pays, On record.
    """
    low, price = estimate("resale-price")[0], _listed()
    official, shadow = estimate("audit-official")[1], estimate("audit-shadow")[1]
    rows = {
        CHEAP[0]: ("Free trials and stolen payment", "the provider, and who was robbed", "reported; no share known"),
        CHEAP[1]: (
            "Another model under the name",
            "the buyer, unseen",
            f"three services audited: {shadow:g} instead of {official:g}% right",
        ),
        CHEAP[2]: (
            "Many users on one flat plan",
            "the provider, then ordinary users",
            f"reported; all sources together sell from {low:g}% of list",
        ),
        CHEAP[3]: (
            "The maker's own price",
            "nobody else, if it covers cost",
            f"DeepSeek V4-Pro, May 2026: {price.loc['v4-pro-2026-05', 'output_usd']:g} USD a million written",
        ),
    }
    return pd.DataFrame(rows, index=["What it is", "Who pays", "On record"]).T
