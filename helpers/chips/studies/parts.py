"""A chip as four things to draw: arithmetic, memory, the pipe between them, and the pipe to other chips."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.chips.studies.names import MEASURES, ends, short, tagged
from helpers.chips.studies.ratios import Extremes, extremes, ratio_rows
from helpers.core.limits import one_of
from helpers.core.words import from_to

# What is drawn of a chip, in words.
DRAWN = {
    "bf16": "arithmetic",
    "memory": "memory",
    "memory_bandwidth": "pipe to memory",
    "link": "pipe to other chips",
}
# Chips that a reader may put side by side.
PICTURED = [
    "H100 SXM5 80GB", "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "B200", "GB300 GPU", "B30A", "A100 SXM4 80GB",
    "A800 SXM4 80GB", "RTX 5090D", "RTX 5090D V2", "MI300X", "MI308X", "Ascend 910B", "Ascend 910C", "Ascend 950PR",
    "Ascend 950DT", "Siyuan 590", "MetaX C500", "BW1000",
]  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """What is drawn of one chip.

    Attributes
    ----------
    chip, name, label : str
        As in the table, as people say it, and marked where it is a plan or a report.
    dies : int
        2 where the chip joins two dies of logic; 1 otherwise, so that smaller pieces are drawn as one.
    bf16, memory, memory_bandwidth, link : pair of float
        Lowest and highest published value: TFLOPS (dense), GB, GB/s, GB/s (both directions). NaN: not
        published. 0: it has none.
    """

    chip: str
    name: str
    label: str
    dies: int
    bf16: tuple[float, float]
    memory: tuple[float, float]
    memory_bandwidth: tuple[float, float]
    link: tuple[float, float]

    def known(self, measure: str) -> bool:
        """Whether a value is published.

        Parameters
        ----------
        measure : str
            A key of `DRAWN`.
        """
        one_of("measure", measure, DRAWN)
        return not math.isnan(getattr(self, measure)[0])

    def words(self, measure: str) -> str:
        """A value with its range and unit, or that it is not published.

        Parameters
        ----------
        measure : str
            A key of `DRAWN`.
        """
        if not self.known(measure):
            return "not published"
        low, high = getattr(self, measure)
        return "none" if high == 0 else f"{from_to(f'{low:,.0f}', f'{high:,.0f}')} {MEASURES[measure][1]}"


def parts(frame: pd.DataFrame, chip: str) -> Parts:
    """What is drawn of one chip.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    chip : str
        A name in its `chip` column.

    Raises
    ------
    ValueError
        No such chip.

    Examples
    --------
    >>> from helpers.chips import model
    >>> parts(model.table(), "Ascend 910C").bf16
    (752.0, 800.0)
    """
    rows = frame.set_index("chip")
    one_of("chip", chip, rows.index)
    row = rows.loc[chip]
    values = {measure: ends(row, measure)[::2] for measure in DRAWN}
    return Parts(chip, short(chip), tagged(chip, row["status"]), 2 if row["die_count"] == 2 else 1, **values)


def drawn_ratios(frame: pd.DataFrame, chip: str, reference: str) -> dict[str, dict[str, Any]]:
    """The rows of `ratio_rows` of what is drawn, by measure.

    Parameters
    ----------
    frame, chip, reference
        As for `ratio_rows`.

    Examples
    --------
    >>> from helpers.chips import model
    >>> round(drawn_ratios(model.table(), "H800 SXM5 80GB", "H100 SXM5 80GB")["link"]["central"], 2)
    0.44
    """
    return {row["key"]: row for row in ratio_rows(frame, chip, reference) if row["key"] in DRAWN}


def drawn_extremes(frame: pd.DataFrame, chip: str, reference: str) -> Extremes:
    """In which of the things drawn a chip falls shortest of another, and in which it exceeds it most.

    Parameters
    ----------
    frame, chip, reference
        As for `ratio_rows`.
    """
    return extremes(list(drawn_ratios(frame, chip, reference).values()))
