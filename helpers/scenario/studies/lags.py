"""From the computing gap to months: at which growth, and beside the lags that tests of models find."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import within
from helpers.scenario import model as gap
from helpers.scenario.studies.fans import FULL, fan
from helpers.scenario.studies.paths import Setting, middle_path, place
from helpers.scenario.studies.values import NOW, china_counted, given, world

MEASURED = ("index", "government tests")  # kinds of gaps in months that somebody measured


def halving(row: str = "ho-2024-preprint") -> float:
    """Growth a year of what one unit of computing does, from the months in which the same needs half of it.

    Parameters
    ----------
    row : str
        A row of ``data/progress_estimates.csv`` in months to halve.

    Examples
    --------
    >>> round(halving(), 2)
    2.83
    """
    table = data.load("progress_estimates").set_index(data.load("progress_estimates").columns[0])
    return float(2 ** (12 / table.loc[row, "value" if "value" in table else "central"]))


def growths() -> dict[str, float]:
    """Growths at which a ratio may be turned into months, times a year.

    Examples
    --------
    >>> {name: round(v, 1) for name, v in growths().items()}
    {'world, 2025': 3.0, 'China, 2025': 2.7, 'half as fast': 1.7, 'world and methods': 8.6}
    """
    rate = world(NOW) / world(NOW - 1)
    china = china_counted(NOW) / china_counted(NOW - 1)
    return {"world, 2025": rate, "China, 2025": china, "half as fast": rate**0.5, "world and methods": rate * halving()}


def months(ratio: float) -> pd.Series:
    """A ratio of computing as months behind, at each growth.

    Parameters
    ----------
    ratio : float, 1e-6 to 1e6

    Examples
    --------
    >>> months(8).round().astype(int).tolist()
    [23, 25, 45, 12]
    """
    return pd.Series({name: float(gap.lag_months(ratio, g)) for name, g in growths().items()}, name="months")


def measured() -> tuple[float, float, int]:
    """The shortest and the longest lag in months that indices and government tests found since 2024, and how many there are.

    Examples
    --------
    >>> measured()
    (3.0, 8.0, 7)
    """
    table = data.load("capability_gaps")
    rows = table[(table["unit"] == "months") & table["kind"].isin(MEASURED)]
    return float(rows["value"].min()), float(rows["value"].max()), len(rows)


def at_work(year: int = NOW) -> tuple[float, float]:
    """The ratio used by used at the middle of all dials, and the same if Ascend reaches a lower share of its peak.

    Parameters
    ----------
    year : int, 2025 to 2032

    Notes
    -----
    Only China's domestic chips are marked down, by the row ascend-use.

    Examples
    --------
    >>> [round(v, 1) for v in at_work()]
    [6.4, 6.8]
    """
    at = place(int(within("year", year, NOW, 2032)))
    one = middle_path(Setting())
    share = given("ascend-use")[1]
    home = one.sources["domestic"][: at + 1, 0].sum() / sum(
        one.sources[name][: at + 1, 0].sum() for name in ("domestic", "licensed", "smuggled")
    )
    domestic = float(home * one.china[at, 0])
    rest = float(one.china_used[at, 0]) - domestic
    us = float(one.us_used[at, 0])
    return us / (domestic + rest), us / float(gap.useful(domestic, share, 1) + rest)


def range_of_months(year: int = NOW) -> tuple[float, float]:
    """Months behind in computing in a year: the least and the most over the 90% band and the growths.

    Parameters
    ----------
    year : int, 2025 to 2032

    Examples
    --------
    >>> [round(v) for v in range_of_months()]
    [8, 46]
    """
    low, _, high = fan(Setting(), FULL).at(int(within("year", year, NOW, 2032)))
    found = np.array([gap.lag_months([low, high], g) for g in growths().values()])
    return float(found.min()), float(found.max())
