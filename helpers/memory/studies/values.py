"""What the balance of memory starts from: rows of ``data/`` by name, and the chips with their gigabytes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import some_of
from helpers.memory import model as memory

STACK, LAYERS = "HBM2E stack", 8
NEWER_STACK = "HBM3 stack"  # what CXMT's wafers are planned for
BEFORE, CARD = "Ascend 910C", "Atlas 350"  # the chip of 2025, and the card with its successor
# Chip -> words. The order is that of the charts.
PRODUCTS = {
    BEFORE: "910C (2025)",
    CARD: "950PR, card on sale",
    "Ascend 950PR": "950PR, road map",
    "Ascend 950DT": "950DT, road map",
    "Ascend 960DT": "960DT (plan)",
    "Ascend 970": "970 (plan)",
}
Range = tuple[float, float, float]


@cache
def given(input_id: str) -> Range:
    """Low, central and high value of a row of ``data/memory_supply.csv``; the same three times where it has no range.

    Examples
    --------
    >>> given("stock-2025"), given("cxmt-hbm3e-back")
    ((110.0, 150.0, 190.0), (0.7, 0.7, 0.7))
    """
    row = data.load("memory_supply").set_index("input_id").loc[input_id]
    central = float(row["central"])
    low, high = (central if np.isnan(row[end]) else float(row[end]) for end in ("low", "high"))
    return low, central, high


@cache
def counted(volume_id: str) -> float:
    """The central value of a row of ``data/volumes.csv``.

    Examples
    --------
    >>> counted("hbm-stockpile-02")
    13000000.0
    """
    return float(data.load("volumes").set_index("volume_id").loc[volume_id, "central"])


@cache
def gb_of(chip: str) -> float:
    """Memory of a chip or a stack, in GB.

    Examples
    --------
    >>> gb_of("HBM2E stack"), gb_of("Ascend 910C")
    (16.0, 128.0)
    """
    return float(chips.table().set_index("chip").loc[chip, "memory_gb"])


@cache
def equivalents(chip: str) -> float:
    """H100-equivalents of a chip by its peak at 8 bits, whole numbers where it has no others.

    Examples
    --------
    >>> round(equivalents("Ascend 910C"), 2), round(equivalents("Ascend 950PR"), 2)
    (0.76, 0.51)
    """
    frame = chips.table().set_index("chip")
    peak = frame["fp8_tflops_dense"].fillna(frame["int8_tops_dense"])
    return float(peak[chip] / peak[chips.REFERENCE])


def products(names: tuple[str, ...] = tuple(PRODUCTS)) -> pd.DataFrame:
    """Chips with the gigabytes that one H100's worth of 8-bit computing ties up in each.

    Parameters
    ----------
    names : tuple of str
        Names of ``data/chips.csv`` with an 8-bit peak.

    Returns
    -------
    DataFrame
        Index: chip; words, memory_gb, equivalents, gb (for each H100-equivalent), gb_rounded (the same from
        equivalents of two digits, as some accounts do).

    Examples
    --------
    >>> products()["gb"].round().astype(int).tolist()
    [168, 276, 253, 285, 285, 158]
    """
    rows = {}
    for name in some_of("names", names, chips.known_chips()):
        worth, size = equivalents(name), gb_of(name)
        rows[name] = {
            "words": PRODUCTS.get(name, name),
            "memory_gb": size,
            "equivalents": worth,
            "gb": float(memory.gb_per_equivalent(size, worth)),
            "gb_rounded": float(memory.gb_per_equivalent(size, round(worth, 2))),
        }
    return pd.DataFrame.from_dict(rows, "index").rename_axis("chip")
