"""The table of chips with everything that follows from its columns."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from helpers.chips.model.limits import ENDS
from helpers.chips.model.performance import aggregate_transfer_rate, max_tpp
from helpers.core import data

# Column of the table -> bits of one input of that format. TF32 carries 19 bits in a 32-bit container;
# counting 32 would raise Trainium3 by 7 percent and no other chip by more than 0.1 percent.
BITS = {
    "fp4_tflops_dense": 4,
    "fp8_tflops_dense": 8,
    "int8_tops_dense": 8,
    "fp16_bf16_tflops_dense": 16,
    "tf32_tflops_dense": 19,
    "fp32_tflops": 32,
    "fp64_tflops": 64,
}
RANGED = (*BITS, "memory_gb", "memory_bandwidth_gb_s", "link_bidir_gb_s", "tdp_w")


def table() -> pd.DataFrame:
    """All chips with what follows from their columns: TPP, density, transfer rates, and their ranges.

    Returns
    -------
    DataFrame
        The columns of ``data/chips.csv`` and `tpp`, `performance_density`, `io_gb_s`,
        `io_is_lower_bound`, `hbm_mbd_gb_s_per_mm2`; and for `tpp`, `performance_density` and the
        columns in `RANGED` a `_low` and a `_high` (equal where nobody disagrees).
    """
    return table_once().copy()


@cache
def table_once() -> pd.DataFrame:
    return with_derived(data.load("chips"), data.load("chip_ranges"))


@cache
def by_name() -> pd.DataFrame:
    return table_once().set_index("chip", drop=False)


@cache
def prc_designers() -> frozenset[str]:
    """Makers at home in China, in lower case."""
    table = table_once()
    return frozenset(table.loc[table["vendor_home"] == "CN", "vendor"].str.lower())


def with_derived(chips: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """Add to a table of chips what follows from its columns.

    Parameters
    ----------
    chips, ranges : DataFrame
        As ``data.load("chips")`` and ``data.load("chip_ranges")`` give them. A contested quantity
        runs from the lowest to the highest published value; the others are points.

    Returns
    -------
    DataFrame
        See `table`.
    """
    frame = chips.copy()
    ends = {end: frame[list(RANGED)].copy() for end in ENDS}
    place = pd.Series(frame.index, index=frame["chip"])
    for row in ranges.itertuples():
        for end, values in ends.items():
            values.loc[place[row.chip], row.quantity] = getattr(row, end)
    bits = np.array(list(BITS.values()))
    frame["tpp"] = max_tpp(frame[list(BITS)].to_numpy(), bits)
    frame["performance_density"] = ratio_where_known(frame["tpp"], frame["die_area_mm2_central"])
    frame["io_gb_s"] = aggregate_transfer_rate(frame["link_bidir_gb_s"], frame["host_bus_bidir_gb_s"])
    frame["io_is_lower_bound"] = frame["link_bidir_gb_s"].notna() & frame["host_bus_bidir_gb_s"].isna()
    frame["hbm_mbd_gb_s_per_mm2"] = ratio_where_known(frame["memory_bandwidth_gb_s"], frame["stack_area_mm2"])
    for end, values in ends.items():
        area_against_it = frame["die_area_mm2_high" if end == "low" else "die_area_mm2_low"]
        tpp = pd.Series(max_tpp(values[list(BITS)].to_numpy(), bits), index=frame.index)
        more = {"tpp": tpp, "performance_density": ratio_where_known(tpp, area_against_it)} | dict(values.items())
        frame = frame.assign(**{f"{column}_{end}": value for column, value in more.items()})
    return frame


def ratio_where_known(above: pd.Series, below: pd.Series) -> pd.Series:
    return above / below.where(below > 0)
