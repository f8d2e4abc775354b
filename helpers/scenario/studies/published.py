"""Published figures on the gap, computed again: what comes out, how, and whether it agrees."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.clusters import studies as clusters
from helpers.core import data
from helpers.memory import studies as memory
from helpers.scenario import model as gap
from helpers.scenario.studies.fans import FULL, fan
from helpers.scenario.studies.gaps import counted_share
from helpers.scenario.studies.hindcast import in_h100e
from helpers.scenario.studies.paths import Setting, middle_path, place
from helpers.scenario.studies.values import by_year, china_counted, equivalents, given, world


class Again(NamedTuple):
    """A published figure computed again.

    Attributes
    ----------
    low, high : float
        What comes out; alike where it is one number.
    how : str
    agrees : bool or None
        Within a tenth of the printed figure or range (a share printed as “about” so many per cent: within one point), or on
        the right side of a bound; None where only compared.
    circular : bool
        Whether the printed figure was put in to find it again: it comes out by construction, and tests nothing.
    why : str
        Why it does not agree, or what the comparison shows.
    """

    low: float
    high: float
    how: str
    agrees: bool | None
    why: str = ""
    circular: bool = False


def _one(value: float, how: str, agrees: bool | None = None, why: str = "") -> Again:
    return Again(float(value), float(value), how, None if agrees is None else bool(agrees), why)


def _near(value: float, printed: float, share: float = 0.1) -> bool:
    return abs(value / printed - 1) <= share


@cache
def _again() -> dict[str, Again]:
    table = data.load("gap_published").set_index("published_id")
    printed = {key: float(v) for key, v in table["central"].items()}
    one = middle_path(Setting())
    at = place(2026)
    us, china = (
        float(one.us_added[at, 0]),
        float(sum(one.sources[n][at, 0] for n in ("domestic", "licensed", "smuggled"))),
    )
    open_only = china - float(one.sources["smuggled"][at, 0])
    found: dict[str, Again] = {}
    found["PS01"] = Again(us / china, us / open_only, "Added by US firms in 2026 over added in China, smuggled chips in and out", None, "Lower than 31: we count more made in China, and US firms only")  # fmt: skip
    base = printed["PS01"]
    x = float(gap.exports_for(base, 1, 4))
    found["PS02"] = _one(
        gap.flow_ratio(base, 1, x),
        "(A) / (d + x) with A / d = 31",
        None,
        f"Solved for 4, so it comes out by construction: x = {x:.2f} d, China gains {1 + x:.2f} times as much. The volume itself was not read",
    )._replace(circular=True)
    x = float(gap.exports_for(base, 1, 1, 1))
    found["PS03"] = _one(
        gap.flow_ratio(base, 1, x, 1),
        "(A - x) / (d + x), x = (A - d) / 2",
        None,
        f"Solved for 1, so it comes out by construction: x = {x:.0f} d; with anything more China is ahead",
    )._replace(circular=True)
    dearer = [float(gap.dearer_cluster(c, 0.5, 0.5)) for c in (0.8, 0.6)]
    found["PS04"] = Again(
        *dearer,
        "Chips 80 or 60% of the cost; the rest doubles with their number",
        _near(dearer[0], printed["PS04"]),
        "At 80%; at 60% it is twice as much",
    )
    units = {
        "2025": float(_counted("cfr-aggregate-01")),
        "2026": float(_counted("cfr-aggregate-03")),
        "2027": float(_counted("cfr-aggregate-05")),
    }
    nvidia = given("sold-nvidia-2025")[1] - given("sold-nvidia-2024")[1]
    for year, chips in units.items():
        worth = (600 * equivalents("Ascend 910C") + 200 * equivalents("Ascend 910C") / 2) / 800 if year == "2025" else equivalents("Atlas 350")  # fmt: skip
        us_chips = nvidia * float(np.prod([by_year("growth", y)[1] for y in range(2026, int(year) + 1)]))
        share = 100 * chips * worth / 1e6 / us_chips
        key = f"PS06-{year}"
        close = abs(share - printed[key]) <= 1  # printed as about so many per cent, without decimals
        needs = printed[key] / share * worth
        found[key] = _one(share, "Units x H100-equivalents of a chip over NVIDIA’s of the year", close, "" if close else f"Its basis was not read: on ours a chip would have to be {needs:.2f} H100-equivalents, the card on sale is {worth:.2f}")  # fmt: skip
    rubin, dt = equivalents("Rubin R200"), equivalents("Ascend 950DT")
    found["PS07"] = _one(rubin / dt, "8-bit peak of Rubin over Ascend 950DT", _near(rubin / dt, 17), f"Over the 960DT, since moved to early 2027, it is {rubin / equivalents('Ascend 960DT'):.2f}")  # fmt: skip
    scenarios = clusters.scenarios().set_index("scenario_id")
    few = _counted("cxmt-hbm-01") / clusters.STACKS_PER_CHIP
    found["PS11"] = Again(few, float(scenarios.loc["sa-2026", "made"]), "Stacks over 8 a chip, without and with the rest of stock", _near(few, 250_000) and _near(float(scenarios.loc["sa-2026", "made"]), 300_000))  # fmt: skip
    most = float(gap.packages(60_000 * 12 * clusters.DIES_PER_WAFER * 0.3)) / 1e6
    found["PS12"] = _one(
        most, "60,000 wafers x 12 x 78 x 30% / 2", most >= 5, f"5 million need {5 / most:.0%} of these wafers"
    )
    found["PS15"] = _one(
        gap.packages(_counted("ascend-production-07")) / 1e6,
        "1.6 million dies / 2",
        True,
        "Million packages; 750,000 950PR are 1.5 million dies, nearly the same claim",
    )
    dies = (
        12
        * scenarios.loc["ms-2025", "wafers_per_month"]
        * clusters.DIES_PER_WAFER
        * scenarios.loc["ms-2025", "die_yield"]
        / 1e6
    )
    found["PS17"] = _one(
        dies, "7,000 x 12 x 78 x 30%", _near(dies, 1.97, 0.01), "Twice Bloomberg’s 1.0 million, stock included"
    )
    mixed = 25 / (1.5 * 0.4 + 0.3)
    found["PS21"] = _one(
        mixed,
        "25 over 1.5 x 0.4 and 0.3 imported",
        _near(mixed, 28, 0.05),
        f"With dense peaks on both sides {mixed / 2:.0f}",
    )
    share = given("smuggled-before-2025")[1] / china_counted(2025)
    found["PS26"] = _one(100 * share, "Per cent of the count with smuggled chips", abs(share - 1 / 3) < 0.05)
    found["PS27"] = _one(
        100 * counted_share(False), "Per cent of the count of all makers", 5 < 100 * counted_share(False) < 6
    )
    found["PS28"] = _one(
        gap.lag_months(2, printed["PS28"]),
        "12 ln 2 / ln 3.3, months to double",
        _near(gap.lag_months(2, 3.3), 7),
        f"2025 alone grew {world(2025) / world(2024):.2f} times",
    )
    heim = [float(gap.packages(3, 2, y)) * equivalents("Ascend 910C") for y in (0.75, 1.0)]
    found["PS30"] = Again(*heim, "3 million dies / 2 x 0.76, packaging yield 75 to 100%", heim[0] <= 1 <= heim[1])
    # compared only
    found["PS16"] = Again(*(0.75 * equivalents(c) for c in ("Atlas 350", "Ascend 950PR")), "Million H100e, by the card on sale and by the road map", None)  # fmt: skip
    found["PS18"] = _one(gap.growth_a_year(20_000, 100_000, 2), "Growth a year from 20,000 in two years", None)
    found["PS20"] = _one(100 * 82 / 88, "82 over 88", None)
    found["PS22"] = _one(
        in_h100e(printed["PS22"] / 2),
        "19 zettaflops, halved to dense, in million H100e",
        None,
        "The official target is 9.9",
    )
    found["PS24"] = _one(
        100 * (float(gap.growth_a_year(given("official-2025")[1], given("official-2030")[1], 5)) - 1),
        "Per cent a year, 2025 to 2030",
        None,
        f"The ministry’s own series grew {100 * (given('official-2026-06')[1] / given('official-2025-06')[1] - 1):.0f}% in the year to June 2026; its coverage may have grown too",
    )
    found["PS29"] = _one(given("located-us")[1] / given("located-cn")[1], "75 over 15", None)
    found["PS31"] = _one(
        0.5 * 2.2**5,
        "0.5 x 2.2^5, million H100e in 2030",
        None,
        "Starts at a quarter of Epoch’s count and grows faster",
    )
    found["PS32"] = _one(
        3.5 / 0.6 * (1.5 / 1.35) ** 2, "5.83 x (1.5 / 1.35)²", None, "Its US level is a quarter of Epoch’s"
    )
    low, _, high = fan(Setting(), FULL).at(2025)
    found["PS34"] = Again(low, high, "Used by used, end of 2025, 90%", None)
    return found


def _counted(volume_id: str) -> float:
    return memory.counted(volume_id)


def again() -> pd.DataFrame:
    """Every published figure that is computed again, beside what was printed.

    Returns
    -------
    DataFrame
        Index: published_id; author, question, said, use, low, high, how, agrees (None where only compared), circular, why.

    Examples
    --------
    >>> table = again()
    >>> table.loc["PS17", "agrees"], table.index[table["agrees"] == False].tolist()
    (True, ['PS06-2026', 'PS06-2027'])
    """
    table = data.load("gap_published").set_index("published_id")
    rows = pd.DataFrame.from_dict({key: value._asdict() for key, value in _again().items()}, "index")
    return table.loc[rows.index, ["author", "question", "said", "use"]].join(rows).rename_axis("published_id")


def added_2025() -> dict[str, float]:
    """What 2025 added by Epoch's counts, million H100-equivalents: by NVIDIA, by Huawei, and Huawei's share.

    Examples
    --------
    >>> {name: round(v, 3) for name, v in added_2025().items()}
    {'NVIDIA': 8.935, 'Huawei': 0.528, 'share': 0.059}
    """
    nvidia = given("sold-nvidia-2025")[1] - given("sold-nvidia-2024")[1]
    huawei = given("huawei-2025")[1] - given("huawei-2024")[1]
    return {"NVIDIA": nvidia, "Huawei": huawei, "share": huawei / nvidia}
