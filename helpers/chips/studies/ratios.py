"""One chip as multiples of another, and what each cut part kept."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies.names import AXIS_WORDS, MEASURES, PERFORMANCE, ends, ratio_words, short
from helpers.core import data
from helpers.core.limits import shown

COMPARED = [
    "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "B30A", "MI308X", "A800 SXM4 80GB", "Gaudi 2 HL-225B", "L20",
    "RTX PRO 6000D", "Ascend 910B", "Ascend 910C", "Atlas 350", "Ascend 950PR", "Ascend 950DT", "Siyuan 590",
    "BR100", "MetaX C500", "MTT S5000",
]  # fmt: skip
REFERENCES = ["H100 SXM5 80GB", "H200 SXM 141GB", "A100 SXM4 80GB", "MI300X", "B200", "GB300 GPU"]
# Measures in which cut parts are compared, with their words.
KEPT = {
    "bf16": "Compute",
    "memory": "Memory",
    "memory_bandwidth": "Memory bandwidth",
    "link": "Link",
    "power": "Power limit",
}


def matching_count(frame: pd.DataFrame, chip: str, reference: str) -> np.ndarray:
    """How many of a chip give the dense BF16 throughput of one reference chip.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    chip, reference : str
        Names in its `chip` column.

    Returns
    -------
    ndarray of three float
        Low, central, high: few if each is as fast as the highest source says.

    Raises
    ------
    ValueError
        No dense BF16 figure of the chip is published.

    Examples
    --------
    >>> matching_count(chips.table(), "Ascend 910C", "H100 SXM5 80GB").round(2).tolist()
    [1.24, 1.32, 1.32]
    """
    rows = frame.set_index("chip")
    throughput = np.array(ends(rows.loc[chip], "bf16"))
    if not (throughput > 0).all():
        raise ValueError(f"No dense BF16 figure of the {short(chip)} is published, so nobody can say how many match.")
    return ends(rows.loc[reference], "bf16")[1] / throughput[::-1]


def ratio_rows(frame: pd.DataFrame, chip: str, reference: str, equal_compute: bool = False) -> list[dict[str, Any]]:
    """One chip, or as many as match the reference's dense BF16 compute, against one reference chip.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    chip, reference : str
        Names in its `chip` column.
    equal_compute : bool
        Multiply by the number of chips that gives the reference's dense BF16 throughput.

    Returns
    -------
    list of dict
        One a measure: low, central, high ratio, or None where either value is not known.

    Raises
    ------
    ValueError
        Equal compute is asked of a chip without a published throughput.
    """
    rows = frame.set_index("chip")
    mine, base = rows.loc[chip], rows.loc[reference]
    count = matching_count(frame, chip, reference) if equal_compute else np.ones(3)
    out: list[dict[str, Any]] = []
    for measure, (_, unit, _words) in MEASURES.items():
        low, central, high = ends(mine, measure)
        base_low, base_central, base_high = ends(base, measure)
        known = not math.isnan(central) and base_central > 0
        ratio = np.array([low / base_high, central / base_central, high / base_low]) * count if known else None
        if known and equal_compute and measure == "bf16":
            ratio = np.ones(3)
        row: dict[str, Any] = {"measure": AXIS_WORDS[measure], "key": measure, "unit": unit}
        row |= dict.fromkeys(("low", "central", "high")) if ratio is None else _three(ratio)
        row["side"] = "" if ratio is None else "more" if ratio[1] > 1.005 else "less" if ratio[1] < 0.995 else "equal"
        row["label"] = "not known" if ratio is None else "none" if ratio[2] == 0 else ratio_words(ratio[0], ratio[2])
        out.append(row)
    return out


def _three(values: np.ndarray) -> dict[str, float]:
    return dict(zip(("low", "central", "high"), map(float, values), strict=True))


class Extremes(NamedTuple):
    """The rows of `ratio_rows` in which a chip stands lowest and highest; None where it is nowhere below or above."""

    least: dict[str, Any] | None
    most: dict[str, Any] | None


def extremes(rows: list[dict[str, Any]]) -> Extremes:
    """In what a chip falls shortest of the reference, and in what it exceeds it most.

    Parameters
    ----------
    rows : list of dict
        From `ratio_rows`; power and price are left out.

    Examples
    --------
    >>> found = extremes(ratio_rows(chips.table(), "H20 96GB", "H100 SXM5 80GB"))
    >>> found.least["key"], found.most["key"]
    ('bf16', 'memory')
    """
    known = [r for r in rows if r["central"] is not None and r["key"] in PERFORMANCE]
    least = min(known, key=lambda r: r["central"], default=None)
    most = max(known, key=lambda r: r["central"], default=None)
    return Extremes(
        least if least and least["side"] == "less" else None, most if most and most["side"] == "more" else None
    )


def by_bandwidth_per_compute(names: list[str]) -> list[str]:
    """Chips in order of memory bandwidth for each dense BF16 operation, the highest first.

    Parameters
    ----------
    names : list of str
        Names that ``chips.resolve`` knows.

    Examples
    --------
    >>> by_bandwidth_per_compute(["H100", "H20"])
    ['H20', 'H100']
    """
    try:
        ratio = chips.h100_equivalents(names, by="memory_bandwidth") / chips.h100_equivalents(names)
    except ValueError as error:
        raise ValueError(f"names, {error}") from None
    return [name for _, name in sorted(zip(-ratio, names, strict=True))]


class Contested(NamedTuple):
    """Two published values of one quantity of a chip, each with its source."""

    chip: str
    words: str
    unit: str
    values: tuple[float, float]
    publishers: tuple[str, str]
    published: tuple[str, str]
    note: str


def contested(*names: str) -> list[Contested]:
    """Contested values of some chips, in the quantities of `MEASURES`.

    Parameters
    ----------
    *names : str
        Chips as ``data/chip_ranges.csv`` names them.
    """
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"{shown(name)} is not a name of a chip.")
    ranges, sources = data.load("chip_ranges"), data.load("sources").set_index("source_id")
    words = {column: (said, unit) for column, unit, said in MEASURES.values()}
    rows = ranges[ranges["chip"].isin(names) & ranges["quantity"].isin(list(words))]
    found = []
    for row in rows.itertuples():
        said = [sources.loc[source] for source in (row.low_source_id, row.high_source_id)]
        publishers, published = (tuple(str(s[key]) for s in said) for key in ("publisher", "published"))
        found.append(Contested(row.chip, *words[row.quantity], (row.low, row.high), publishers, published, row.note))
    return found


def kept(frame: pd.DataFrame) -> pd.DataFrame:
    """What each part made for China kept of the part it was cut from, with the range of published values.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.

    Returns
    -------
    DataFrame
        One row a part and measure, by launch: chip, cut_from, year, measure (a key of `KEPT`), low, central,
        high (shares of the original, NaN where not known), no_link (neither has one). Where no BF16 figure is
        published, compute is total processing performance.
    """
    cut = chips.gave_up(frame)
    own = frame.set_index("chip")
    central = cut.set_index(["chip", "measure"])
    rows = []
    for chip, source in sorted(set(zip(cut["chip"], cut["cut_from"], strict=True))):
        for measure in KEPT:
            share = central.loc[(chip, measure), "kept"]
            if measure == "bf16" and math.isnan(share):
                share = central.loc[(chip, "tpp"), "kept"]
            low, _, high = ends(own.loc[chip], measure)
            base = ends(own.loc[source], measure)[1]
            at = (low / base, share, high / base) if high > low and base > 0 else (share,) * 3
            no_link = measure == "link" and central.loc[(chip, "link"), "original"] == 0
            rows.append((chip, source, own.loc[chip, "launch_date"].year, measure, *at, no_link))
    columns = ["chip", "cut_from", "year", "measure", "low", "central", "high", "no_link"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values("chip", key=lambda c: c.map(own["launch_date"]), kind="stable").reset_index(drop=True)
