"""What is on record: shares on their own bases, studies that disagree, earlier cases, the H20 and the duty on the H200."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.trade import model as trade
from helpers.trade.studies.values import central

SERIES = ("IDC, cards", "Bernstein, sales")
_NATURES = {"counted": "counted or estimated", "estimate": "counted or estimated", "forecast": "forecast"}


def volume(volume_id: str) -> float:
    """The central value of a row of ``data/volumes.csv``.

    Examples
    --------
    >>> volume("nvidia-h20-03")
    4.6
    """
    rows = data.load("volumes").set_index("volume_id")["central"]
    one_of("volume_id", volume_id, list(rows.index))
    return float(rows[volume_id])


def share_points() -> pd.DataFrame:
    """Shares of home makers in China's AI chips, on each basis, in order.

    Returns
    -------
    DataFrame
        series, year (middle of the period), share, nature. IDC's share of 2025 is its cards of Chinese vendors over all.

    Examples
    --------
    >>> share_points().query("series == 'IDC, cards'")["share"].round(3).tolist()
    [0.1, 0.304, 0.412]
    """
    frame = data.load("trade_shares")
    rows = [
        {"series": r.series, "year": r.year, "share": r.domestic_pct / 100, "nature": _NATURES[r.nature]}
        for r in frame.itertuples()
    ]
    of_2025 = volume("idc-china-2025-03") / volume("idc-china-2025-01")
    rows.append({"series": SERIES[0], "year": 2025.5, "share": of_2025, "nature": _NATURES["counted"]})
    return pd.DataFrame(rows).sort_values(["series", "year"], ascending=[False, True]).reset_index(drop=True)


def share_path(series: str, first_year: float | None = None) -> trade.Path:
    """The logistic path through the first and the last point of a series.

    Parameters
    ----------
    series : str
        One of `SERIES`.
    first_year : float, 2015 to 2040, optional
        Puts the first point elsewhere: half a year moves the parameters.

    Returns
    -------
    Path

    Examples
    --------
    >>> [round(share_path("IDC, cards", year).speed, 2) for year in (2023.5, 2023.25)]
    [0.92, 0.82]
    """
    one_of("series", series, SERIES)
    points = share_points().query("series == @series")
    first, last = points.iloc[0], points.iloc[-1]
    start = first["year"] if first_year is None else float(within("first_year", first_year, 2015, 2040))
    return trade.logistic_through(float(start), float(first["share"]), float(last["year"]), float(last["share"]))


def share_at(series: str, year: float) -> float:
    """The share that a series' path implies for a year.

    Parameters
    ----------
    series : str
        One of `SERIES`.
    year : float, 1900 to 2200

    Returns
    -------
    float

    Examples
    --------
    >>> round(share_at("Bernstein, sales", 2026.5), 2)
    0.73
    """
    one_of("series", series, SERIES)
    return float(trade.logistic(within("year", year, 1900, 2200), share_path(series)))


def disagreeing() -> pd.DataFrame:
    """The studies side by side: firms that were denied, then sellers; sizes from the highest to the lowest, then those without."""
    frame = data.load("trade_studies")
    frame["order"] = frame["effect_pct"].fillna(-1000)
    frame = frame.sort_values(["side", "order"], ascending=[True, False], kind="stable")
    return frame.drop(columns="order").reset_index(drop=True)


def verdicts_of_studies() -> dict[str, int]:
    """Studies of US rules on those who were denied, by what they find of research or innovation: up, none, down.

    Examples
    --------
    >>> verdicts_of_studies()
    {'up': 3, 'none': 1, 'down': 1}
    """
    found = data.load("trade_studies").query("side == 'sanctioned' and imposed_by == 'US'")
    return {word: int(found.loc[found["finding"] == word, "who"].nunique()) for word in ("up", "none", "down")}


def cases(case: str) -> pd.DataFrame:
    """Points of an earlier case.

    Parameters
    ----------
    case : str
        "satellites" or "hydrogen fluoride".

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> cases("satellites")["value"].tolist()
    [73.0, 25.0]
    """
    one_of("case", case, ("satellites", "hydrogen fluoride"))
    return data.load("trade_cases").query("case == @case").reset_index(drop=True)


_FROM_JAPAN, _FROM_ALL = "Korea's imports from Japan", "Korea's imports from everywhere"


def hydrogen_fluoride() -> pd.DataFrame:
    """Japan's share of Korea's imports of hydrogen fluoride, by period, on one base.

    Returns
    -------
    DataFrame
        period, start, end, share (per cent), basis ("dollars": computed from both sums; "printed": no sums are in print),
        phase ("before" the licences of 4 July 2019, "under" them, "after" Japan eased,
        or "across" one of these days), fits (printed shares of the same period that agree with the
        dollars to 0.2 points) and misfits (those that do not, and are not drawn); in order of start.

    Examples
    --------
    >>> hydrogen_fluoride().set_index("period")["share"].round(1).loc[["2018", "2020"]].tolist()
    [41.9, 12.9]
    """
    frame = cases("hydrogen fluoride")
    money = frame[frame["unit"] == "million USD"].pivot(index="period", columns="measure", values="value")
    printed = frame[frame["unit"] == "per cent"]
    rows = []
    for period, group in frame.groupby("period", sort=False):
        said = printed.loc[printed["period"] == period, "value"].tolist()
        summed = period in money.index
        share = 100 * money.loc[period, _FROM_JAPAN] / money.loc[period, _FROM_ALL] if summed else said[0]
        start, end, phase = group[["start", "end", "phase"]].iloc[0]
        rows.append(
            {
                "period": period,
                "start": start,
                "end": end,
                "share": share,
                "basis": "dollars" if summed else "printed",
                "phase": phase,
                "fits": [v for v in said if abs(v - share) <= 0.2],
                "misfits": [v for v in said if abs(v - share) > 0.2],
            }
        )
    return pd.DataFrame(rows).sort_values("start", kind="stable").reset_index(drop=True)


@dataclass(frozen=True)
class Forgone:
    """NVIDIA's H20 in two quarters of 2025, billions of USD: sold, not shipped, left out of the outlook, charge, and the
    gross profit on what was not sold if the firm's margin held for it."""

    sold: float
    unshipped: float
    outlook: float
    charge: float
    margin: float
    gross_profit: float


def h20() -> Forgone:
    """What NVIDIA said that the letter of April 2025, which asked for a licence, cost it.

    Examples
    --------
    >>> h20()
    Forgone(sold=4.6, unshipped=2.5, outlook=8.0, charge=4.5, margin=0.713, gross_profit=7.4865)
    """
    sold, unshipped, outlook, charge = (volume(f"nvidia-h20-0{n}") for n in (3, 4, 5, 2))
    margin = central("seller-gross-margin")
    return Forgone(sold, unshipped, outlook, charge, margin, round(margin * (unshipped + outlook), 6))


def h200_duty_usd() -> tuple[float, float]:
    """What a duty of 25% yields on the H200 reported as delivered by August 2026, at the low and the high price in print.

    Examples
    --------
    >>> [round(usd / 1e6) for usd in h200_duty_usd()]
    [125, 135]
    """
    rate = float(data.load("events").set_index("event_id").loc["s232-25pct", "value"]) / 100
    delivered = volume("nvidia-h200-china-03")
    price = chips.table().set_index("chip").loc["H200 SXM 141GB"]
    return tuple(float(trade.duty_usd(delivered, price[end], rate)) for end in ("price_usd_low", "price_usd_high"))


# --- several countries --------------------------------------------------------------------------


def example() -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """The published example with four countries: names, trade, and tariff powers before and after."""
    rows = data.load("gsim_example")
    names = list(dict.fromkeys(rows["exporter"]))
    tables = [
        rows.pivot(index="exporter", columns="importer", values=column).loc[names, names].to_numpy()
        for column in ("trade", "power_before", "power_after")
    ]
    return names, *tables


def free_trade_example() -> pd.DataFrame:
    """The experiment that Francois and Hall print: the United States and the European Union free their mutual trade.

    Examples
    --------
    >>> free_trade_example()["price"].round(4).tolist()
    [0.0792, -0.0316, 0.048, -0.0184]
    """
    names, trade_, before, after = example()
    return _told(names, trade.gsim(trade_, before, after, *_elasticities()))


def denial_example(exporter: str, importer: str, cut: float) -> tuple[pd.DataFrame, float]:
    """A denial in the same example: one exporter withholds a share of one flow.

    Parameters
    ----------
    exporter, importer : str
        Names of the example.
    cut : float, 0 to 1
        Share of the flow; the model is linear, so a large cut is an extrapolation.

    Returns
    -------
    (DataFrame, float)
        By country as in `free_trade_example`, and the charge that would cut as much.

    Examples
    --------
    >>> told, charge = denial_example("United States", "Rest of the world", 0.2)
    >>> told["producers"].round(1).tolist(), round(charge, 3)
    ([-17.8, 3.1, 2.1, -0.6], 0.093)
    """
    names, trade_, before, _ = example()
    one_of("exporter", exporter, names)
    one_of("importer", importer, names)
    share = float(within("cut", cut, 0, 1))
    where = names.index(exporter), names.index(importer)
    if trade_[where] <= 0:
        raise ValueError(f"exporter = {exporter!r} sells nothing to importer = {importer!r}, so none can be denied.")
    found = trade.gsim(trade_, before, before, *_elasticities(), *where, share)
    return _told(names, found), found.tax


def _elasticities() -> tuple[float, float, float]:
    return tuple(central(f"gsim-{name}") for name in ("demand", "supply", "substitution"))


def _told(names: list[str], found: trade.World) -> pd.DataFrame:
    columns = ("price", "producers", "buyers", "treasury", "welfare")
    return pd.DataFrame({name: getattr(found, name) for name in columns}, index=pd.Index(names, name="country"))
