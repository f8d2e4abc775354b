"""Paths of both sides from 2022 to 2032: what is chance is drawn, what is policy is a switch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from helpers.core import chance
from helpers.core.chance.draws import tell
from helpers.core.limits import DRAWS, one_of, shown, whole, within
from helpers.core.limits import draws as draws_allowed
from helpers.scenario import model as gap
from helpers.scenario.studies.bottom_up import SIZES, checked, domestic_bottom_up
from helpers.scenario.studies.held import held
from helpers.scenario.studies.values import (
    FIRST,
    NOW,
    UNITS,
    YEARS,
    added,
    by_year,
    drawn,
    drawn_in,
    unit_factor,
)

PIECE = 16_384  # draws at a time: what the checks at the door allow for eleven years
SEED = 80
POLICIES = {"deny": "Deny", "now": "As now", "sell": "Sell"}
# Dial -> words. A path of years is one dial.
DIALS = {
    "growth": "Growth of additions abroad",
    "domestic": "Chips made in China",
    "before": "Smuggled before 2026",
    "rented": "Rented abroad",
    "us_share": "US share of what is abroad",
    "smuggled": "Smuggled from 2026 on",
    "licensed": "Licensed imports",
    "rented_us": "US share of what is rented",
    "life": "Life of a chip",
    "loss": "Chips lost a year",
}
_PATHS = ("growth", "domestic", "rented", "smuggled", "licensed", "memory")
Shocks = dict[str, np.ndarray]


@dataclass(frozen=True)
class Setting:
    """What is chosen, not drawn.

    Attributes
    ----------
    licences : str
        From 2027 on: a key of `POLICIES`.
    law, crackdown : bool
        From 2027 on: a law on remote access; a crackdown on smuggling.
    power_gw : float
        New power of US-owned sites a year from 2027 on; 0 for no limit.
    unit : str
        A key of `values.UNITS`.
    correlation : float
        Of neighbouring years of one path.
    tied : float
        Correlation between Chinese output and imports (licensed and smuggled): below 0, more of one when there is less
        of the other.
    common : float
        Correlation between growth abroad and Chinese output: above 0, a boom lifts both. common² + 2 tied² stays below 1.
    bottom_up : float
        Weight of the model of Chinese output from wafers and memory; the rest is top down.
    displaced : float
        Part of the licensed chips that other buyers go without.
    first_licences : str
        The row for licensed imports of 2026.
    rented_us : float or None
        A fixed US share of what is rented; None to draw it.
    """

    licences: str = "now"
    law: bool = False
    crackdown: bool = False
    power_gw: float = 0.0
    unit: str = "8-bit"
    correlation: float = 0.7
    tied: float = 0.0
    common: float = 0.0
    bottom_up: float = 0.0
    displaced: float = 0.0
    first_licences: str = "licensed-2026"
    rented_us: float | None = None

    def __post_init__(self) -> None:
        one_of("licences", self.licences, POLICIES)
        one_of("unit", self.unit, UNITS)
        one_of("first_licences", self.first_licences, ("licensed-2026", "licensed-note-2026"))
        within("power_gw", self.power_gw, 0, 10_000, "GW")
        within("correlation", self.correlation, -1, 1)
        within("tied", self.tied, -0.7, 0.7)
        within("common", self.common, -0.95, 0.95)
        if self.common**2 + 2 * self.tied**2 >= 1:
            raise ValueError(f"common = {self.common} and tied = {self.tied} cannot hold together: common² + 2 tied² must be below 1.")  # fmt: skip
        within("bottom_up", self.bottom_up, 0, 1)
        within("displaced", self.displaced, 0, 1)


@dataclass(frozen=True)
class Paths:
    """Draws of both sides by year; years on the first axis, from 2022 to 2032, draws on the last.

    Attributes
    ----------
    us, china, others : ndarray
        Owned at the end of the year, in China for `china`; million H100-equivalents in the unit of the setting.
    us_used, china_used, others_used : ndarray
        Used by firms of each side.
    us_added : ndarray
        What US firms added in the year.
    sources : dict of str to ndarray
        domestic, licensed, smuggled: added in the year; rented: a stock, from 2025 on.
    sold : ndarray
        Sold outside China in the year, what is smuggled later in it.
    """

    us: np.ndarray
    china: np.ndarray
    others: np.ndarray
    us_used: np.ndarray
    china_used: np.ndarray
    others_used: np.ndarray
    us_added: np.ndarray
    sources: Mapping[str, np.ndarray] = field(repr=False)
    sold: np.ndarray = field(repr=False)

    def ratio(self, whose: str = "used", year: int | None = None) -> np.ndarray:
        """US over China: "used", "owned" (in China for China) or "added" in the year."""
        one_of("whose", whose, ("used", "owned", "added"))
        china_added = sum(self.sources[name] for name in ("domestic", "licensed", "smuggled"))
        over, under = {
            "used": (self.us_used, self.china_used),
            "owned": (self.us, self.china),
            "added": (self.us_added, china_added),
        }[whose]
        at = slice(None) if year is None else place(year)
        return over[at] / under[at]


def place(year: int) -> int:
    """Where a year stands on the first axis.

    Examples
    --------
    >>> place(2022), place(2030)
    (0, 8)
    """
    return int(within("year", year, FIRST, YEARS[-1])) - FIRST


@lru_cache(maxsize=4)
def shocks(count: int = PIECE, seed: int = SEED, piece: int = 0) -> Shocks:
    """Standard normal draws for every dial, each dial from a stream of its own.

    Parameters
    ----------
    count : int, 1 to 16,384
        Fewer draws are the first ones of more.
    seed : int, 0 to 1,000,000,000
    piece : int, 0 to 10,000
        Which batch of draws.

    Returns
    -------
    dict of str to ndarray
        Columns of a dial by draws; not to be written to.

    Examples
    --------
    >>> bool((shocks(5)["life"] == shocks(9)["life"][:, :5]).all())
    True
    """
    count, seed = whole("count", count, 1, PIECE), whole("seed", seed, 0, 10**9)
    streams = np.random.SeedSequence([seed, whole("piece", piece, 0, 10_000)]).spawn(len(SIZES))
    made = {}
    for stream, (name, size) in zip(streams, SIZES.items(), strict=True):
        made[name] = np.random.default_rng(stream).standard_normal((count, size)).T.copy()
        made[name].flags.writeable = False
    return made


def central() -> Shocks:
    """One path with every dial in its middle, in the form of `shocks`."""
    return {name: np.zeros((size, 1)) for name, size in SIZES.items()}


def _together(z: Shocks, setting: Setting) -> Shocks:
    """Years of a path made to move together, and dials across groups if the setting says so."""
    z = {**z, **{name: held(z[name], chance.years_together, setting.correlation) for name in _PATHS}}
    if setting.tied or setting.common:  # China's output keeps its draws; what goes with it follows
        matrix = np.eye(4)
        matrix[0, 1:] = matrix[1:, 0] = setting.tied, setting.tied, setting.common
        four = np.stack([z["domestic"][1:], z["licensed"], z["smuggled"], z["growth"]], axis=1)
        years = np.stack([chance.correlated(year, matrix) for year in four])
        z = {**z, "licensed": years[:, 1], "smuggled": years[:, 2], "growth": years[:, 3]}
    return z


def paths(z: Shocks, setting: Setting) -> Paths:
    """Both sides from the draws of all dials.

    Parameters
    ----------
    z : dict of str to ndarray
        As `shocks` or `central` give it.
    setting : Setting

    Returns
    -------
    Paths

    Examples
    --------
    >>> one = paths(central(), Setting())
    >>> [round(float(one.ratio(year=year)[0]), 1) for year in (2025, 2026, 2030)]
    [6.4, 8.3, 15.4]
    """
    z = _together(checked(z, tuple(SIZES)), setting)
    n = z["life"].shape[-1]
    before = drawn("smuggled-before-2025", z["before"][0])
    recent = _source_smuggled(z, setting, before)
    flows = {
        "domestic": _source_domestic(z, setting, n),
        "licensed": _source_licensed(z, setting, n),
        "smuggled": recent,
    }
    sold, stays = np.empty((len(YEARS), n)), np.empty(n)
    for at, year in enumerate(YEARS):  # growth is that of what stays abroad; what is smuggled was sold besides
        if year <= NOW:
            sold[at] = added("abroad", year)
            stays = sold[at] - recent[at]
        else:
            stays = stays * drawn_in("growth", year, z["growth"][at - 4])
            sold[at] = stays + recent[at]
    share = drawn("us-share", z["us_share"][0])
    new = gap.additions(sold, flows["domestic"], flows["licensed"], flows["smuggled"], share, setting.displaced)
    us_new, others_new = new.us, new.others
    if setting.power_gw:
        us_new = np.array(us_new)
        site = by_year("site_power", NOW)[1]
        for at, year in enumerate(YEARS):
            if year > 2026:
                us_new[at] = gap.capped(us_new[at], setting.power_gw, by_year("chip_kw", year)[1], site)
    rented = np.zeros((len(YEARS), n))
    for at, year in enumerate(YEARS):
        if year >= NOW:
            rented[at] = drawn(f"rented-{year}", z["rented"][at - 3])
            if setting.law and year > 2026:
                rented[at] *= by_year("rented_law", year)[1]
    if setting.unit != "8-bit":
        us_new, others_new, sold, flows, rented = _in_unit(setting.unit, z, us_new, others_new, sold, flows, rented)
    life, loss = drawn("life", z["life"][0]), drawn("loss", z["loss"][0])
    us, others = gap.stock(us_new, life, loss), gap.stock(others_new, life, loss)
    china = gap.stock(flows["domestic"] + flows["licensed"] + flows["smuggled"], life, loss)
    f = drawn("rented-us", z["rented_us"][0]) if setting.rented_us is None else np.full(n, setting.rented_us)
    use = gap.used(us, china, others, rented, f)
    return Paths(us, china, others, use.us, use.china, use.others, us_new, {**flows, "rented": rented}, sold)


@lru_cache(maxsize=64)
def middle_path(setting: Setting) -> Paths:
    """The one path with every dial in its middle.

    Parameters
    ----------
    setting : Setting

    Returns
    -------
    Paths
        With one draw; made once for each setting, so not to be written to.

    Examples
    --------
    >>> round(float(middle_path(Setting()).ratio(year=2030)[0]), 1)
    15.4
    """
    one = paths(central(), setting)
    for values in (*vars(one).values(), *one.sources.values()):
        if isinstance(values, np.ndarray):
            values.flags.writeable = False
    return one


def _source_domestic(z: Shocks, setting: Setting, n: int) -> np.ndarray:
    top = np.zeros((len(YEARS), n))
    for at, year in enumerate(YEARS):
        if year > NOW:
            top[at] = drawn(f"domestic-{year}", z["domestic"][at - 3])
        else:
            top[at] = added("at home", year)
    top[place(NOW)] += drawn(f"other-makers-{NOW}", z["domestic"][0])
    if not setting.bottom_up:
        return top
    bottom = top.copy()
    made = domestic_bottom_up(z).made
    bottom[4:9], bottom[9:] = made, made[-1]
    return gap.blend(top, bottom, setting.bottom_up)


def _source_licensed(z: Shocks, setting: Setting, n: int) -> np.ndarray:
    flow = np.zeros((len(YEARS), n))
    for at, year in enumerate(YEARS):
        if year <= NOW:
            flow[at] = added("openly", year)
        else:
            row = setting.first_licences if year == 2026 else f"licensed-{setting.licences}"
            flow[at] = drawn(row, z["licensed"][at - 4])
    return flow


def _source_smuggled(z: Shocks, setting: Setting, before: np.ndarray) -> np.ndarray:
    flow = np.zeros((len(YEARS), before.size))
    last = by_year("smuggled_share", NOW)[1]
    flow[2], flow[3] = before * (1 - last), before * last
    for at, year in enumerate(YEARS):
        if year > NOW:
            row = "smuggled-crackdown" if setting.crackdown and year > 2026 else "smuggled"
            flow[at] = drawn(row, z["smuggled"][at - 4])
    return flow


def _in_unit(unit: str, z: Shocks, us: Any, others: Any, sold: Any, flows: Any, rented: Any) -> tuple[Any, ...]:
    newest = z["newest"][0]
    outside, home, open_, dark = (
        np.stack([unit_factor(flow, year, unit, newest) for year in YEARS])
        for flow in ("outside", "domestic", "licensed", "smuggled")
    )
    flows = {
        "domestic": flows["domestic"] * home,
        "licensed": flows["licensed"] * open_,
        "smuggled": flows["smuggled"] * dark,
    }
    return us * outside, others * outside, sold * outside, flows, rented * outside


def simulate(
    setting: Setting,
    what: Callable[[Paths], np.ndarray],
    draws: int = 20_000,
    seed: int = SEED,
    *,
    most: int = DRAWS,
    progress: Callable[[int, int], object] | None = None,
) -> np.ndarray:
    """Draw paths in pieces and keep what is asked of them.

    Parameters
    ----------
    setting : Setting
    what : callable
        Takes `Paths`, gives an array with draws on the last axis.
    draws : int, 1 to 200,000, or to `most`
        The first of more draws are the same.
    seed : int, 0 to 1,000,000,000
    most : int, 1 to 10,000,000
        More than 200,000 must be asked for by this name.
    progress : callable, optional
        Told after each piece how many draws are done, and of how many.

    Returns
    -------
    ndarray of float, draws on the last axis

    Examples
    --------
    >>> simulate(Setting(), lambda p: p.ratio(year=2030), 1000).shape
    (1000,)
    """
    draws = draws_allowed("draws", draws, most)
    parts, done, piece = [], 0, 0
    while done < draws:
        size = min(PIECE, draws - done)
        parts.append(_kept(what, paths(shocks(size, seed, piece), setting), size))
        done, piece = done + size, piece + 1
        if progress is not None:
            tell(progress, done, draws)
    return np.concatenate(parts, axis=-1)


def _kept(what: Callable[[Paths], Any], drawn: Paths, size: int) -> np.ndarray:
    try:
        found = what(drawn)
    except TypeError as error:
        raise ValueError(f"what = {shown(what)} does not take Paths: {error}.") from None
    try:
        kept = np.asarray(found, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"what must give numbers; it gives {shown(found)}.") from None
    if kept.shape[-1:] != (size,):
        raise ValueError(f"what gives the shape {kept.shape} for {size:,} draws; draws are needed on the last axis.")
    return kept


def policy(licences: str = "now", **changes: Any) -> Setting:
    """A setting by its licences, with what else is changed.

    Examples
    --------
    >>> policy("sell", unit="16-bit").licences
    'sell'
    """
    return replace(Setting(licences=licences), **changes)
