"""The past as a test: China's official series, a blind run from 2023, forecasts that can be scored, power and money."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import within
from helpers.scenario import model as gap
from helpers.scenario.studies.paths import Setting, middle_path, place, simulate
from helpers.scenario.studies.values import (
    NOW,
    YEARS,
    added,
    by_year,
    china_counted,
    drawn,
    equivalents,
    given,
    unit_factor,
    world,
)

DRAWS = 20_000
ON_CHINA = ("PS09", "PS10", "PS13", "PS14", "PS19", "PS23")


def in_h100e(eflops: float) -> float:
    """EFLOPS of 16-bit computing as million H100-equivalents.

    Parameters
    ----------
    eflops : float, 0 to 1e9

    Examples
    --------
    >>> round(in_h100e(1590), 2), round(in_h100e(9800), 1)
    (1.61, 9.9)
    """
    tflops = chips.table().set_index("chip").loc[chips.REFERENCE, "fp16_bf16_tflops_dense"]
    return float(within("eflops", eflops, 0, 1e9)) / float(tflops)


@cache
def _official() -> pd.DataFrame:
    drawn_stock = simulate(Setting(unit="16-bit"), lambda p: p.china, DRAWS)
    rows = []
    ends = {year: drawn_stock[place(year)] for year in (2024, 2025, 2026)}
    for when, who, row_id, stock in (
        ("end of 2024", "IDC", "official-2024", ends[2024]),
        ("June 2025", "ministry", "official-2025-06", (ends[2024] + ends[2025]) / 2),
        ("end of 2025", "ministry", "official-2025", ends[2025]),
        ("June 2026", "ministry", "official-2026-06", (ends[2025] + ends[2026]) / 2),
    ):
        said = in_h100e(given(row_id)[1])
        low, mid, high = np.percentile(stock, [5, 50, 95])
        rows.append(
            {"when": when, "who": who, "official": said, "low": low, "central": mid, "high": high,
             "inside": bool(gap.covered(low, high, said)), "percentile": gap.inside(stock, said),
             "log_error": float(gap.log_error(mid, said)), "width": high / low}
        )  # fmt: skip
    return pd.DataFrame(rows).set_index("when")


def official() -> pd.DataFrame:
    """Capacity in print for China against the model's stock, in 16-bit H100-equivalents: a test, since it is no input.

    Returns
    -------
    DataFrame
        Index: when; who (IDC or ministry: two series), official, low, central, high (5, 50 and 95%), inside, percentile, log_error (ln of central over
        official), width (high over low). June: half way between the ends of two years, which is ours.

    Notes
    -----
    The figures are levels of one stock that grows, so they are far from independent tests.

    Examples
    --------
    >>> official()["inside"].tolist(), official()["official"].round(2).tolist()
    ([True, False, True, True], [0.73, 0.8, 1.61, 2.21])
    """
    return _official().copy()


def inputs_agree() -> pd.DataFrame:
    """The model beside Epoch's counts, which are its inputs: agreement checks the arithmetic and nothing else.

    Returns
    -------
    DataFrame
        Index: what; epoch, ours (million H100-equivalents; ours by the middle of all dials, nothing taken off for age).

    Examples
    --------
    >>> table = inputs_agree()
    >>> bool((table["ours"] / table["epoch"] - 1).abs().max() < 0.08)
    True
    """
    one = middle_path(Setting())
    rows = {}
    for year in (2023, 2024, 2025):
        upto = place(year) + 1
        china = sum(one.sources[name][:upto, 0].sum() for name in ("domestic", "licensed"))
        rows[f"world, end of {year}"] = (world(year), float(one.sold[:upto, 0].sum() + china))
    smuggled = float(one.sources["smuggled"][: place(NOW) + 1, 0].sum())
    rows[f"China, end of {NOW}"] = (china_counted(NOW), float(china) + smuggled)
    return pd.DataFrame.from_dict(rows, "index", columns=["epoch", "ours"]).rename_axis("what")


def world_in(unit: str, year: int) -> float:
    """All computing that Epoch counts, in another unit, million H100-equivalents.

    Parameters
    ----------
    unit : str
        A key of `values.UNITS`.
    year : int, 2022 to 2025

    Notes
    -----
    Each flow of each year by the chips that it is made of (``data/gap_mix.csv``). Up to 2025 the chips counted have the same
    H100-equivalents by 8-bit and by 16-bit peak.

    Examples
    --------
    >>> round(world_in("16-bit", 2025), 1), round(world(2025), 1)
    (20.3, 20.3)
    """
    flows = {"abroad": "outside", "openly": "licensed", "at home": "domestic"}
    years = range(YEARS[0], int(within("year", year, YEARS[0], NOW)) + 1)
    return float(sum(added(what, y) * unit_factor(flow, y, unit) for what, flow in flows.items() for y in years))


class Blind(NamedTuple):
    """A forecast of 2025 with growth rates that were in print early, from the levels of 2023; all by 16-bit peak.

    Attributes
    ----------
    world, china : tuple of float
        5, 50 and 95%, million H100-equivalents.
    world_came, china_came : float
    ratio, ratio_came : float
        World over China, in the middle and as it came, in one unit.
    held : int
        Of the two levels, how many came inside nine of ten draws.
    misses : tuple of float
        What came over the middle: world, China.
    ratio_band : tuple of float
        5 and 95% of the ratio.
    """

    world: tuple[float, float, float]
    china: tuple[float, float, float]
    world_came: float
    china_came: float
    ratio: float
    ratio_came: float
    held: int
    misses: tuple[float, float]
    ratio_band: tuple[float, float]


def blind(draws: int = 20_000, seed: int = 80) -> Blind:
    """Two years from the end of 2023: world and China's official series, each at an early growth rate.

    Parameters
    ----------
    draws : int, 100 to 200,000
    seed : int, 0 to 1,000,000,000

    Examples
    --------
    >>> run = blind()
    >>> run.world[2] < run.world_came, run.china[2] < run.china_came
    (True, True)
    """
    draws = int(within("draws", draws, 100, 200_000))
    rng = np.random.default_rng(int(within("seed", seed, 0, 10**9)))
    z = np.clip(rng.standard_normal((2, draws)), -8, 8)
    start = world_in("16-bit", 2023), in_h100e(given("official-2023")[1])
    rates = drawn("blind-world", z[0]), drawn("blind-china", z[1])
    levels = [level * rate**2 for level, rate in zip(start, rates, strict=True)]
    ends = [np.percentile(level, [5, 50, 95]) for level in levels]
    came = world_in("16-bit", NOW), in_h100e(given("official-2025")[1])
    held = sum(bool(gap.covered(end[0], end[2], value)) for end, value in zip(ends, came, strict=True))
    misses = tuple(float(value / end[1]) for end, value in zip(ends, came, strict=True))
    band = tuple(float(v) for v in np.percentile(levels[0] / levels[1], [5, 95]))
    ratio = float(ends[0][1] / ends[1][1]), came[0] / came[1]
    return Blind(*(tuple(map(float, end)) for end in ends), *came, *ratio, held, misses, band)


def scored() -> pd.DataFrame:
    """Published forecasts beside what came: intervals and bounds as such, points by their factor.

    Returns
    -------
    DataFrame
        Index: published_id; author, question, kind ("point", "interval" or "at most"), forecast, low, high, outcome, unit,
        held (None for a point: did the interval or bound hold), factor (forecast over outcome; of a bound the least miss),
        about ("China" or "world"), left_out (why it is shown but not scored; "" where it is).

    Examples
    --------
    >>> scored().loc["PS10", "held"], round(float(scored().loc["PS23", "factor"]), 2)
    (True, 0.65)
    """
    table = data.load("gap_published")
    rows = {}
    for r in table[table["use"] == "score"].itertuples():
        forecast = r.high if np.isnan(r.central) else r.central
        outcome = power_added(NOW) if r.published_id == "PS35" else r.outcome
        kind = "point" if np.isnan(r.high) else "interval" if not np.isnan(r.low) else "at most"
        rows[r.published_id] = {
            "author": r.author, "question": r.question, "kind": kind, "forecast": float(forecast), "low": r.low, "high": r.high,
            "outcome": float(outcome), "unit": r.unit,
            "held": None if kind == "point" else bool(gap.covered(0 if np.isnan(r.low) else r.low, r.high, outcome)),
            "factor": float(forecast) / float(outcome), "about": "China" if r.published_id in ON_CHINA else "world",
            "left_out": r.left_out if isinstance(r.left_out, str) else "",
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, "index").rename_axis("published_id")


def score_of(about: str, everything: bool = False) -> gap.Score:
    """Size of the misses of forecasts about "China" or the "world".

    Parameters
    ----------
    about : str
    everything : bool
        With the rows that are left out (years not over, other counts, looks back): to see what they would move.

    Examples
    --------
    >>> [round(score_of(who, every).mean_factor, 1) for who in ("world", "China") for every in (False, True)]
    [1.1, 1.4, 2.0, 2.7]
    """
    rows = scored()
    if about not in ("China", "world"):
        raise ValueError(f"about = {about!r} is not one of China, world.")
    rows = rows[(rows["about"] == about) & (bool(everything) | (rows["left_out"] == ""))]
    return gap.score(rows["forecast"], rows["outcome"])


def power_added(year: int) -> float:
    """Power of the sites that the world's additions of a counted year need, GW, at the middle of all dials.

    Parameters
    ----------
    year : int, 2024 to 2025

    Examples
    --------
    >>> round(power_added(2025), 1)
    11.2
    """
    year = int(within("year", year, 2024, NOW))
    return float(gap.site_gw(added("world", year), by_year("chip_kw", year)[1], by_year("site_power", year)[1]))


def power_path() -> pd.Series:
    """Power of the sites of all US-owned computing on the central path, GW by year.

    Examples
    --------
    >>> power_path()[[2026, 2028, 2030]].round().astype(int).tolist()
    [26, 57, 85]
    """
    one = middle_path(Setting())
    life, loss = float(drawn("life", 0.0)), float(drawn("loss", 0.0))
    site = by_year("site_power", NOW)[1]
    needs = [
        float(gap.site_gw(one.us_added[at, 0], by_year("chip_kw", year)[1], site)) for at, year in enumerate(YEARS)
    ]
    total = gap.stock(needs, life, loss)
    return pd.Series(total, index=pd.Index(YEARS, name="year"), name="GW")


def power_left() -> tuple[float, float]:
    """Power that US data centres would have in 2028 by Morgan Stanley, GW: its demand less its shortfalls, least and most.

    Examples
    --------
    >>> power_left()
    (25.0, 56.0)
    """
    demand, short = given("power-demand-2028")[1], given("power-shortfall-2028")
    return demand - short[2], demand - short[0]


def money(year: int = 2026) -> tuple[float, float]:
    """Billion USD that the chips added outside China in a year cost on the central path, and capital spending of four US firms.

    Parameters
    ----------
    year : int, 2025 to 2026

    Examples
    --------
    >>> [round(v, -1) for v in money(2026)]
    [360.0, 680.0]
    """
    year = int(within("year", year, NOW, 2026))
    one = middle_path(Setting())
    outside = float(one.sold[place(year), 0] - one.sources["smuggled"][place(year), 0])
    return outside * by_year("price", year)[1], given(f"capex-{year}")[1]


def deals() -> float:
    """Computing abroad in deals in print, million H100-equivalents: a floor under what is rented in 2026.

    Examples
    --------
    >>> round(deals(), 2)
    0.85
    """
    return (
        given("deal-malaysia")[1] * equivalents("B200") + given("deal-oracle")[1] * equivalents("B300") + given("deal-tencent")[1]
    )  # fmt: skip
