"""One gap, many honest answers: whose computing, a stock or a year's flow, in which unit."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from helpers.core.limits import within
from helpers.scenario import model as gap
from helpers.scenario.studies.paths import Paths, Setting, middle_path, place, simulate
from helpers.scenario.studies.values import NOW, YEARS, added, china_counted, drawn, given, world

WHOSE = {"used": "used by their firms", "owned": "owned by their firms", "located": "on their soil"}
FLOWS = {"stock": "all there is", "flow": "added in a year"}
DRAWS = 4000


def without_smuggled(p: Paths, year: int) -> np.ndarray:
    """China's computing at the end of a year without the chips that were smuggled in; draws.

    Parameters
    ----------
    p : Paths
    year : int, 2022 to 2032
    """
    share = sum(p.sources[name] for name in ("domestic", "licensed"))[: place(year) + 1].sum(0)
    everything = share + p.sources["smuggled"][: place(year) + 1].sum(0)
    return p.china[place(year)] * share / everything


def one_answer(whose: str, flow: str, unit: str, smuggled: bool, year: int) -> np.ndarray:
    """US over China by one definition, 5, 50 and 95% of the draws.

    Parameters
    ----------
    whose : str
        A key of `WHOSE`.
    flow : str
        A key of `FLOWS`.
    unit : str
        8-bit, 16-bit or bandwidth.
    smuggled : bool
        Whether smuggled chips count for China.
    year : int, 2025 to 2032
        2025 is counted, later years are drawn.

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A combination that has no meaning here: what was added in a year is not used or located by itself.

    Examples
    --------
    >>> one_answer("owned", "stock", "8-bit", True, 2025).round(1).tolist()
    [4.8, 7.6, 9.7]
    """
    if flow == "flow" and whose != "owned":
        raise ValueError("flow = 'flow' goes with whose = 'owned': new chips have an owner, not yet a user or a place.")
    return _answer(whose, flow, unit, smuggled, int(within("year", year, NOW, YEARS[-1]))).copy()


@cache
def _answer(whose: str, flow: str, unit: str, smuggled: bool, year: int) -> np.ndarray:
    def ask(p: Paths) -> np.ndarray:
        at = place(year)
        if flow == "flow":
            names = ("domestic", "licensed", "smuggled") if smuggled else ("domestic", "licensed")
            return p.us_added[at] / sum(p.sources[name][at] for name in names)
        if whose == "used":
            china = p.china_used[at] if smuggled else p.china_used[at] - p.china[at] + without_smuggled(p, year)
            return p.us_used[at] / china
        us = p.us[at]
        if whose == "located":
            us = (p.us[at] + p.others[at]) * given("located-us")[1] / (1 - given("located-cn")[1])
        return us / (p.china[at] if smuggled else without_smuggled(p, year))

    return np.percentile(simulate(Setting(unit=unit), ask, DRAWS), [5, 50, 95])


@cache
def _answers() -> pd.DataFrame:
    one = middle_path(Setting())
    at = place(NOW)
    abroad = float(one.sold[at, 0] - one.sources["smuggled"][at, 0])
    everyone = abroad / (added("at home", NOW) + added("openly", NOW))
    clusters = given("located-us")[1] / given("located-cn")[1]
    rows = [
        ("Used by their firms, by memory bandwidth", _answer("used", "stock", "bandwidth", True, NOW)),
        ("Used by their firms", _answer("used", "stock", "8-bit", True, NOW)),
        ("Owned by their firms", _answer("owned", "stock", "8-bit", True, NOW)),
        ("Standing on their soil", _answer("located", "stock", "8-bit", True, NOW)),
        ("Owned, smuggled chips left out", _answer("owned", "stock", "8-bit", False, NOW)),
        ("Added in 2025 by their firms, smuggled left out", _answer("owned", "flow", "8-bit", False, NOW)),
    ]
    others = [
        ("Another source: clusters observed, on their soil", [np.nan, clusters, np.nan]),
        ("Another numerator: all owners abroad, added in 2025", [np.nan, everyone, np.nan]),
    ]
    found = [(name, *map(float, ends), True) for name, ends in rows]
    found += [(name, *map(float, ends), False) for name, ends in others]
    return pd.DataFrame(found, columns=["what", "low", "central", "high", "one_count"])


def answers() -> pd.DataFrame:
    """Today's gap by six definitions within one count, end of 2025, lowest first; then two figures of other counts.

    Returns
    -------
    DataFrame
        what, low, central, high (5, 50 and 95%; NaN where only one number is known), one_count (False: another source or
        another numerator, so that more than the definition differs).

    Examples
    --------
    >>> answers()["central"].round(1).tolist()
    [3.5, 6.2, 7.6, 8.3, 11.5, 12.7, 5.0, 19.1]
    """
    return _answers().copy()


def one_stock() -> dict[str, float]:
    """From Epoch's count of the computing in China to the stock of the model, end of 2025; million H100-equivalents.

    Returns
    -------
    dict of str to float
        epoch (with smuggled chips), others (makers that Epoch leaves out), gross (the sum: nothing taken off for age), worn
        (retired or lost), net (what works: the stock of every ratio here). Every dial in its middle.

    Examples
    --------
    >>> {name: round(v, 2) for name, v in one_stock().items()}
    {'epoch': 1.82, 'others': 0.14, 'gross': 1.95, 'worn': 0.05, 'net': 1.91}
    """
    one, at = middle_path(Setting()), place(NOW)
    gross = float(sum(one.sources[name][: at + 1, 0].sum() for name in ("domestic", "licensed", "smuggled")))
    net, epoch = float(one.china[at, 0]), china_counted(NOW)
    return {"epoch": epoch, "others": gross - epoch, "gross": gross, "worn": gross - net, "net": net}


def counted_share(smuggled: bool) -> float:
    """China's part of all computing that Epoch counts, end of 2025.

    Examples
    --------
    >>> round(counted_share(False), 3), round(counted_share(True), 3)
    (0.057, 0.089)
    """
    return china_counted(NOW, smuggled) / world(NOW)


def sources_now(year: int = NOW) -> dict[str, float]:
    """The four sources of what China uses at the end of a year, on the central path; million H100-equivalents.

    Parameters
    ----------
    year : int, 2025 to 2032

    Examples
    --------
    >>> {name: round(v, 2) for name, v in sources_now().items()}
    {'domestic': 0.87, 'licensed': 0.38, 'smuggled': 0.65, 'rented': 0.35}
    """
    one = middle_path(Setting())
    life, loss = (np.full(1, v) for v in central_wear())
    found = {name: float(gap.stock(one.sources[name], life, loss)[place(year), 0]) for name in ("domestic", "licensed", "smuggled")}  # fmt: skip
    return {**found, "rented": float(one.sources["rented"][place(year), 0])}


def central_wear() -> tuple[float, float]:
    """Life (years) and loss (share a year) on the central path."""
    return float(drawn("life", 0.0)), float(drawn("loss", 0.0))
