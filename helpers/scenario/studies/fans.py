"""The fan: what the draws say by year, how the correlation of years widens it, and policies on the same draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.core.limits import whole, within
from helpers.scenario.studies.paths import POLICIES, SEED, Setting, simulate
from helpers.scenario.studies.values import NOW, UNITS, YEARS, given

MARKS = (5, 25, 50, 75, 95)
SHOWN = tuple(year for year in YEARS if year >= NOW)
FAST, FULL = 4000, 20_000


@dataclass(frozen=True)
class Fan:
    """Percentiles by year, 2025 to 2032.

    Attributes
    ----------
    years : tuple of int
    ratio, us, china : ndarray, percentiles (5, 25, 50, 75, 95) by years
        Used by US firms over used by Chinese firms; owned by US firms; in China.
    higher, below_5 : float
        Share of the draws in which the ratio is higher in 2030 than in 2025; in which it is below 5 in 2030.
    paths : ndarray, 24 draws by years
        Single paths of the ratio.
    draws : int
    """

    years: tuple[int, ...]
    ratio: np.ndarray
    us: np.ndarray
    china: np.ndarray
    higher: float
    below_5: float
    paths: np.ndarray
    draws: int

    def at(self, year: int) -> tuple[float, float, float]:
        """5, 50 and 95% of the ratio in a year."""
        column = self.ratio[:, self.years.index(year)]
        return float(column[0]), float(column[2]), float(column[4])


def fan(setting: Setting, draws: int = FAST, seed: int = SEED) -> Fan:
    """The ratio used by used, and both stocks, drawn.

    Parameters
    ----------
    setting : Setting
    draws : int, 24 to 100,000
    seed : int, 0 to 1,000,000,000

    Returns
    -------
    Fan

    Examples
    --------
    >>> [round(v, 1) for v in fan(Setting(), 20_000).at(2030)]
    [3.9, 13.2, 47.5]
    """
    return _fan(setting, whole("draws", draws, 24, 100_000), whole("seed", seed, 0, 10**9))


@lru_cache(maxsize=64)
def _fan(setting: Setting, draws: int, seed: int) -> Fan:
    first = YEARS.index(NOW)
    drawn = simulate(setting, lambda p: np.stack([p.ratio()[first:], p.us[first:], p.china[first:]]), draws, seed)
    # Sorted first, which is three times as fast as five cuts of what is not; the same percentiles.
    ratio, us, china = np.percentile(np.sort(drawn), MARKS, axis=-1, overwrite_input=True).swapaxes(0, 1)
    now, then = drawn[0][0], drawn[0][SHOWN.index(2030)]
    higher, below = float((then > now).mean()), float((then < 5).mean())
    return Fan(SHOWN, ratio, us, china, higher, below, drawn[0][:, :24].T.copy(), draws)


def width(setting: Setting, year: int = 2030, draws: int = FULL) -> float:
    """How many times the 95% end of the ratio is its 5% end.

    Parameters
    ----------
    setting : Setting
    year : int, 2025 to 2032
    draws : int, 24 to 50,000

    Examples
    --------
    >>> round(width(Setting(correlation=0.0))), round(width(Setting()))
    (5, 12)
    """
    low, _, high = fan(setting, whole("draws", draws, 24, 50_000)).at(int(within("year", year, NOW, YEARS[-1])))
    return high / low


def policies(setting: Setting, draws: int = FULL) -> dict[str, Fan]:
    """The same draws under each licence policy.

    Parameters
    ----------
    setting : Setting
        All else.
    draws : int, 24 to 50,000

    Examples
    --------
    >>> [round(f.at(2030)[1], 1) for f in policies(Setting()).values()]
    [14.3, 13.2, 10.1]
    """
    draws = whole("draws", draws, 24, 50_000)
    return {name: fan(replace(setting, licences=name), draws) for name in POLICIES}


def switches(setting: Setting, draws: int = FULL) -> dict[str, tuple[float, float]]:
    """The middle of 2030 at both ends of each switch, on the same draws; the other switches as now.

    Parameters
    ----------
    setting : Setting
        Unit, correlations and a limit on power, if one is set; its switches are turned here.
    draws : int, 24 to 50,000

    Returns
    -------
    dict of str to tuple of float
        licences (sold, denied), law (none, made law), crackdown (none, from 2027), power (limited, as set), all (the lowest
        and the highest of all switches together: sold with a limit on power; denied, made law, crackdown, no limit).
        A limit is 12 GW a year unless the setting has one.

    Examples
    --------
    >>> {name: [round(v, 1) for v in ends] for name, ends in switches(Setting()).items()}["all"]
    [6.5, 18.9]
    """
    draws = whole("draws", draws, 24, 50_000)
    base = replace(setting, licences="now", law=False, crackdown=False)
    limit = setting.power_gw or given("power-limit-tight")[1]

    def at(**turned: object) -> float:
        return fan(replace(base, **turned), draws).at(2030)[1]

    now = at()
    return {
        "licences": (at(licences="sell"), at(licences="deny")),
        "law": (now, at(law=True)),
        "crackdown": (now, at(crackdown=True)),
        "power": (at(power_gw=limit), at(power_gw=0.0)),
        "all": (at(licences="sell", power_gw=limit), at(licences="deny", law=True, crackdown=True, power_gw=0.0)),
    }


def units(setting: Setting, draws: int = FULL) -> dict[str, Fan]:
    """The same draws in each unit.

    Examples
    --------
    >>> [round(f.at(2030)[1], 1) for f in units(Setting()).values()]
    [13.2, 9.7, 7.9]
    """
    draws = whole("draws", draws, 24, 50_000)
    return {name: fan(replace(setting, unit=name), draws) for name in UNITS}


def against(first: Setting, second: Setting, year: int = 2030, draws: int = FULL) -> tuple[float, float, float]:
    """The ratio under one setting over that under another, draw by draw: 5, 50 and 95%.

    Parameters
    ----------
    first, second : Setting
    year : int, 2025 to 2032
    draws : int, 24 to 50,000

    Examples
    --------
    >>> low, mid, high = against(Setting(licences="sell"), Setting(licences="deny"))
    >>> mid < 1
    True
    """
    year, draws = int(within("year", year, NOW, YEARS[-1])), whole("draws", draws, 24, 50_000)
    one, two = (_ratio(setting, year, draws) for setting in (first, second))
    return tuple(float(v) for v in np.percentile(one / two, [5, 50, 95]))


def domestic_models(draws: int = 8000) -> pd.DataFrame:
    """The ratio of 2030 with China's output top down, half and half, and bottom up.

    Parameters
    ----------
    draws : int, 24 to 16,384

    Returns
    -------
    DataFrame
        Index: weight of the bottom-up model; low, central, high.

    Examples
    --------
    >>> domestic_models()["central"].round().tolist()
    [13.0, 17.0, 22.0]
    """
    draws = whole("draws", draws, 24, 16_384)
    rows = {weight: fan(Setting(bottom_up=weight), draws).at(2030) for weight in (0.0, 0.5, 1.0)}
    return pd.DataFrame.from_dict(rows, "index", columns=["low", "central", "high"]).rename_axis("weight")


def below(setting: Setting, ratio: float, year: int = 2030, draws: int = FULL) -> float:
    """Share of the draws in which the ratio used by used is below a value.

    Parameters
    ----------
    setting : Setting
    ratio : float, 0.001 to 1,000,000
    year : int, 2025 to 2032
    draws : int, 24 to 50,000

    Examples
    --------
    >>> below(Setting(), 1.0) < 0.01 < below(Setting(), 5.0) < 0.12
    True
    """
    year, draws = int(within("year", year, NOW, YEARS[-1])), whole("draws", draws, 24, 50_000)
    limit = float(within("ratio", ratio, 0.001, 1e6))
    return float((_ratio(setting, year, draws) < limit).mean())


@lru_cache(maxsize=4)
def _ratio(setting: Setting, year: int, draws: int) -> np.ndarray:
    """The ratio used by used in a year; kept for the next limit that is asked of it."""
    return simulate(setting, lambda p: p.ratio(year=year), draws)
