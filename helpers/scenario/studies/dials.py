"""Which dial matters: alone (tornado), by rank, by its share of the variance (Sobol), and where one flips the answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.core import chance
from helpers.core.limits import one_of, whole, within
from helpers.scenario.studies.bottom_up import SIZES
from helpers.scenario.studies.paths import DIALS, PIECE, SEED, Paths, Setting, middle_path, paths, place, shocks
from helpers.scenario.studies.values import NOW, YEARS, Range, by_year, given

END = 1.6448536  # standard normal: the 5th and the 95th percentile
HORIZONS = (2026, 2028, 2030)
WORDS = DIALS


def _only(setting: Setting, **z: np.ndarray) -> Paths:
    """Paths from the dials named, the others in their middle."""
    n = next(iter(z.values())).shape[-1]
    return paths({**{name: np.zeros((size, n)) for name, size in SIZES.items()}, **z}, setting)


def sobol(
    setting: Setting,
    draws: int = PIECE,
    seed: int = SEED,
    progress: Callable[[int, int, chance.Indices], object] | None = None,
) -> chance.Indices:
    """Sobol indices of the logarithm of the ratio used by used, in 2026, 2028 and 2030; a path is one dial.

    Parameters
    ----------
    setting : Setting
    draws : int, 2 to 20,000
    seed : int, 0 to 1,000,000,000
    progress : callable, optional
        As in `chance.sobol`.

    Returns
    -------
    Indices
        Dials by years, in the order of `DIALS` and `HORIZONS`.
    """
    at = [place(year) for year in HORIZONS]
    return chance.sobol(
        lambda **z: np.log(_only(setting, **z).ratio()[at]),
        {name: SIZES[name] for name in DIALS},
        whole("draws", draws, 2, 20_000),
        seed,
        8192,
        progress,
    )


_FOUND: OrderedDict[tuple[Setting, int], chance.Indices] = OrderedDict()  # the last few runs


def shares(
    setting: Setting,
    year: int = 2030,
    draws: int = 4096,
    progress: Callable[[int, int, chance.Indices], object] | None = None,
) -> pd.DataFrame:
    """First and total Sobol index of each dial in a year, with standard errors; the largest first.

    Parameters
    ----------
    setting : Setting
    year : int
        One of `HORIZONS`.
    draws : int, 2 to 20,000
    progress : callable, optional
        As in `chance.sobol`; not told of a run that is known already.

    Returns
    -------
    DataFrame
        Index: dial; words, first, total, error.

    Examples
    --------
    >>> shares(Setting(), 2030).index[0], shares(Setting(), 2026).index[:2].tolist()
    ('growth', ['rented', 'before'])
    """
    if year not in HORIZONS:
        raise ValueError(f"year = {year} is not one of {', '.join(map(str, HORIZONS))}.")
    key, at = (setting, whole("draws", draws, 2, 20_000)), HORIZONS.index(year)
    if key not in _FOUND:
        _FOUND[key] = sobol(*key, progress=progress)
        while len(_FOUND) > 16:
            _FOUND.popitem(last=False)
    found = _FOUND[key]
    table = pd.DataFrame(
        {"words": [WORDS[n] for n in found.names], "first": found.first[:, at], "total": found.total[:, at], "error": found.total_error[:, at]},
        index=pd.Index(found.names, name="dial"),
    )  # fmt: skip
    return table.sort_values("total", ascending=False, kind="stable")


def ends(dial: str, setting: Setting, year: int = 2030) -> tuple[Range, str]:
    """What a dial is drawn from in a year: its low, central and high value, and their unit.

    Parameters
    ----------
    dial : str
        A key of `DIALS`.
    setting : Setting
        Its licences and crackdown choose the rows of what is licensed and smuggled.
    year : int, 2026 to 2032

    Returns
    -------
    tuple of a range and str
        Growth: times the additions of the year before. Chips made, licensed or smuggled: million H100-equivalents in the
        year. Rented, and smuggled before: all there is. Life: years. The rest: shares.

    Examples
    --------
    >>> ends("growth", Setting(), 2030), ends("life", Setting())[1]
    (((0.85, 1.25, 1.7), 'times'), 'years')
    """
    one_of("dial", dial, DIALS)
    year = int(within("year", year, NOW + 1, YEARS[-1]))
    if dial in ("growth", "domestic", "rented"):
        found = by_year(dial, year)
    else:
        later = year > NOW + 1
        rows = {
            "before": f"smuggled-before-{NOW}",
            "us_share": "us-share",
            "rented_us": "rented-us",
            "smuggled": "smuggled-crackdown" if setting.crackdown and later else "smuggled",
            "licensed": f"licensed-{setting.licences}" if later else setting.first_licences,
        }
        found = given(rows.get(dial, dial))
    units = {"growth": "times", "life": "years", "us_share": "share", "rented_us": "share", "loss": "share"}
    return found, units.get(dial, "million")


def tied(table: pd.DataFrame) -> bool:
    """Whether the first two dials of `shares` cannot be told apart: their totals differ by less than its 95% error.

    Parameters
    ----------
    table : DataFrame
        As `shares` gives it.

    Raises
    ------
    ValueError
        Not a table of two dials or more with totals and errors.

    Notes
    -----
    |T1 - T2| < 1.96 sqrt(e1² + e2²).

    Examples
    --------
    >>> tied(shares(Setting(), 2026)), tied(shares(Setting(), 2030))
    (True, False)
    """
    if len(table) < 2 or not {"total", "error"} <= set(table.columns):
        raise ValueError("table must have two dials or more, with the columns total and error, as shares gives it.")
    first, second = table.iloc[0], table.iloc[1]
    return bool(abs(first["total"] - second["total"]) < 1.96 * np.hypot(first["error"], second["error"]))


def tornado(setting: Setting, year: int = 2030) -> pd.DataFrame:
    """The ratio with one dial at its 5% or 95% end, a path in all years, the others in their middle.

    Parameters
    ----------
    setting : Setting
    year : int, 2025 to 2032

    Returns
    -------
    DataFrame
        Index: dial; words, low, high (at those ends), span (ratio of the larger to the smaller); the widest first.

    Examples
    --------
    >>> tornado(Setting(), 2030).index[0]
    'growth'
    """
    return _tornado(setting, int(within("year", year, NOW, YEARS[-1]))).copy()


@lru_cache(maxsize=16)
def _tornado(setting: Setting, year: int) -> pd.DataFrame:
    at = place(year)

    def ratio(**ends: float) -> float:
        z = {name: np.full((SIZES[name], 1), float(end)) for name, end in ends.items()}
        return float(_only(replace(setting, correlation=1.0), **z).ratio()[at, 0])

    found = chance.one_at_a_time(ratio, {name: (-END, 0.0, END) for name in DIALS})
    table = pd.DataFrame.from_dict(found, "index", columns=["low", "high"]).rename_axis("dial")
    table.insert(0, "words", [WORDS[name] for name in table.index])
    table["span"] = table[["low", "high"]].max(axis=1) / table[["low", "high"]].min(axis=1)
    return table.sort_values("span", ascending=False, kind="stable")


def middle(setting: Setting, year: int) -> float:
    """The ratio with every dial in its middle.

    Examples
    --------
    >>> round(middle(Setting(), 2030), 1)
    15.4
    """
    return float(middle_path(setting).ratio(year=int(within("year", year, NOW, YEARS[-1])))[0])


def ranks(setting: Setting, year: int = 2030, draws: int = 4000) -> pd.Series:
    """Rank correlation of each dial with the ratio, from the same draws; a path by the mean of its years so far.

    Parameters
    ----------
    setting : Setting
    year : int, 2026 to 2032
    draws : int, 2 to 16,384

    Returns
    -------
    Series

    Examples
    --------
    >>> found = ranks(Setting(), 2030)
    >>> bool(found["growth"] > 0.7), bool(found["domestic"] < -0.3)
    (True, True)
    """
    year = int(within("year", year, NOW + 1, YEARS[-1]))
    z = shocks(whole("draws", draws, 2, PIECE))
    result = paths(z, setting).ratio(year=year)
    found = {}
    for name in DIALS:
        size = SIZES[name]
        path = z[name] if size == 1 else chance.years_together(z[name], setting.correlation)
        ahead = year - NOW + (size - (YEARS[-1] - NOW)) if size > 1 else 1
        found[name] = chance.rank_correlation(path[:ahead].mean(axis=0), result)
    return pd.Series(found, name="rank correlation")


def flips(setting: Setting, year: int = 2030) -> pd.DataFrame:
    """At which percentile of a dial, all else in its middle, the gap of a year is no wider than that of 2025.

    Parameters
    ----------
    setting : Setting
    year : int, 2026 to 2032

    Returns
    -------
    DataFrame
        Index: dial; words, percentile (NaN where none between the 0.1th and the 99.9th does).

    Examples
    --------
    >>> bool(np.isnan(flips(Setting()).loc["life", "percentile"]))
    True
    """
    at = place(int(within("year", year, NOW + 1, YEARS[-1])))
    now = place(NOW)
    rows = {}
    for dial in DIALS:

        def wider(z: np.ndarray, dial: str = dial) -> np.ndarray:
            path = np.broadcast_to(np.atleast_1d(z), (SIZES[dial], np.size(z))).copy()
            if dial == "rented" or dial == "domestic":
                path[0] = 0  # the first of these years is 2025: it stays as it was
            ratio = _path_as_given(setting, dial, path).ratio()
            return ratio[at] / ratio[now]

        z = chance.flips_at(wider, {"z": 0.0}, "z", -3.09, 3.09)
        rows[dial] = (WORDS[dial], 100 * float(chance.normal_cdf(z)) if np.isfinite(z) else float("nan"))
    return pd.DataFrame.from_dict(rows, "index", columns=["words", "percentile"]).rename_axis("dial")


def _path_as_given(setting: Setting, dial: str, path: np.ndarray) -> Paths:
    """Paths with one dial as given, its years not mixed again."""
    return _only(replace(setting, correlation=0.0), **{dial: path})


def narrower(setting: Setting, year: int = 2030, draws: int = 4000) -> pd.Series:
    """How much narrower, in factors, the 90% band of a year would be if one dial were known to lie in its middle.

    Parameters
    ----------
    setting : Setting
    year : int, 2026 to 2032
    draws : int, 100 to 16,384

    Returns
    -------
    Series
        1: not at all; 2: half as wide in factors of the ratio's ends; the most telling first.

    Examples
    --------
    >>> narrower(Setting(), 2030).index[0]
    'growth'
    """
    year = int(within("year", year, NOW + 1, YEARS[-1]))
    z = shocks(whole("draws", draws, 100, PIECE))

    def log_width(known: str | None) -> float:
        given = z if known is None else {**z, known: np.zeros_like(z[known])}
        low, high = np.percentile(paths(given, setting).ratio(year=year), [5, 95])
        return float(np.log(high / low))

    whole_width = log_width(None)
    found = {name: whole_width / log_width(name) for name in DIALS}
    return pd.Series(found, name="narrower").sort_values(ascending=False, kind="stable")
