"""China's output of AI chips from wafers, yields and memory: the rival of the plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from helpers.clusters import studies as clusters
from helpers.core import chance
from helpers.core.limits import shown, within
from helpers.memory import model as memory
from helpers.memory import studies as memory_studies
from helpers.scenario.studies.values import drawn_in, equivalents, mix

SPAN = tuple(range(2026, 2031))
_MOST_GB, _MOST_DIES = 4e9, 5e8  # that `memory.balance` takes


# Of each dial, how many standard normal draws a path takes; the dials of `paths.DIALS` among them.
SIZES = {
    **{"growth": 7, "domestic": 8, "before": 1, "rented": 8, "us_share": 1, "smuggled": 7, "licensed": 7},
    **{"rented_us": 1, "life": 1, "loss": 1},
    **{"newest": 1, "yield": 1, "memory": 5, "packaging": 1, "stock": 1},
}


def checked(z: Mapping[str, np.ndarray], names: Collection[str]) -> Mapping[str, np.ndarray]:
    """The draws, when every dial named is there in its size, with as many draws as the others."""
    if not isinstance(z, Mapping):
        raise ValueError(f"z = {shown(z)} is not draws by the names of the dials, as shocks or central give them.")
    counts = set()
    for name in names:
        value = z.get(name)
        if not (
            isinstance(value, np.ndarray) and value.ndim == 2 and len(value) == SIZES[name] and value.dtype.kind == "f"
        ):
            raise ValueError(f"z, {name} = {shown(value)} must be an array of {SIZES[name]} by draws, as shocks or central give it.")  # fmt: skip
        within(f"z, {name}", value, -40, 40)
        counts.add(value.shape[1])
    if len(counts) > 1 or 0 in counts:
        raise ValueError(f"z has {', '.join(map(str, sorted(counts)))} draws for different dials; as many are needed of each.")  # fmt: skip
    return z


@dataclass(frozen=True)
class Made:
    """Computing of a year, 2026 to 2030; years on the first axis, draws on the last; million H100-equivalents.

    Attributes
    ----------
    made : ndarray
        What dies and memory allow together.
    by_dies : ndarray
        What the dies of the year would allow, were memory free.
    memory_binds : ndarray
        Share of the year's months in which memory sets the pace.
    """

    made: np.ndarray
    by_dies: np.ndarray
    memory_binds: np.ndarray


def average_chip(year: int) -> tuple[float, float]:
    """H100-equivalents and gigabytes of the average chip made in a year, by the mix of ``data/gap_mix.csv``.

    Parameters
    ----------
    year : int, 2022 to 2032

    Examples
    --------
    >>> [round(v, 2) for v in average_chip(2025)], [round(v, 2) for v in average_chip(2028)]
    ([0.76, 128.0], [0.51, 136.0])
    """
    shares = mix("domestic", int(within("year", year, 2022, 2032)))
    chips = {name: share / equivalents(name) for name, share in shares.items()}  # chips for one H100-equivalent
    each = 1 / sum(chips.values())
    return each, sum(count * memory_studies.gb_of(name) for name, count in chips.items()) * each


def domestic_bottom_up(z: Mapping[str, np.ndarray]) -> Made:
    """Chips that wafers, yields and memory allow, month by month, with stocks carried on.

    Parameters
    ----------
    z : dict of str to ndarray
        As `paths.shocks` gives it: domestic (wafers take the same path as the plans), yield, memory, packaging, stock.

    Returns
    -------
    Made

    Notes
    -----
    It starts in January 2026, with the memory in stock then and the good dies that are left: what TSMC had made and
    what SMIC made in 2025, less what went into the chips of both years. Wafers, die yields and the mix of chips are ours (``data/gap_dials.csv``); memory from home and in stock, and the
    packaging yield, are those of ``data/memory_supply.csv``. The balance is `memory.balance`, which is
    `clusters.supply` by the month.
    """
    z = checked(z, ("domestic", "yield", "memory", "packaging", "stock"))
    n = z["stock"].shape[-1]

    def logic(year: int, z_year: np.ndarray) -> np.ndarray:
        good = drawn_in("die_yield", year, z["yield"][0])
        return 12_000 * drawn_in("wafers", year, z_year) * clusters.DIES_PER_WAFER * good

    dies, home, worth = (np.empty((len(SPAN), n)) for _ in range(3))
    needs = np.empty((1, len(SPAN)))
    for at, year in enumerate(SPAN):
        dies[at] = logic(year, z["domestic"][at + 1])
        home[at] = 1e6 * chance.split_lognormal(z["memory"][at], *memory_studies.given(f"home-{year}"))
        worth[at], needs[0, at] = average_chip(year)
    packaged = chance.triangular(z["packaging"][0], *memory_studies.given("package-yield"))
    stock = 1e6 * chance.triangular(z["stock"][0], *memory_studies.given("stock-2026"))
    bought = memory_studies.counted("huawei-die-bank-01") - 2 * memory_studies.given("made-to-2024")[1]
    waiting = np.maximum(bought + logic(2025, z["domestic"][0]) - memory_studies.dies_of_2025(), 0)
    found = memory.balance(
        stock,
        np.minimum(home.T, _MOST_GB),
        np.minimum(dies.T, _MOST_DIES),
        needs,
        clusters.DIES_PER_CHIP,
        package_yield=packaged,
        waiting_dies=waiting,
    )
    years = (n, len(SPAN), memory.MONTHS)
    made = found.chips.reshape(years).sum(-1).T * worth / 1e6
    binds = (found.binding.reshape(years) == memory.BINDING.index("memory")).mean(-1).T
    return Made(made, dies / clusters.DIES_PER_CHIP * packaged * worth / 1e6, binds)
