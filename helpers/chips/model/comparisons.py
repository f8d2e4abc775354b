"""Chips and systems compared: ratios, H100-equivalents, weighted scores, what a cut part kept."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.chips.model.limits import ENDS, single
from helpers.chips.model.names import resolve
from helpers.chips.model.tables import ratio_where_known, table_once
from helpers.core.limits import each, fitting, listed_names, shown, within

# What chips are compared by -> column of `table`.
MEASURES = {
    "bf16": "fp16_bf16_tflops_dense",
    "fp8": "fp8_tflops_dense",
    "memory_bandwidth": "memory_bandwidth_gb_s",
    "memory": "memory_gb",
    "link": "link_bidir_gb_s",
    "tpp": "tpp",
}
REFERENCE = "H100 SXM5 80GB"


def ratios(frame: pd.DataFrame, reference: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Every row as a multiple of one row.

    Parameters
    ----------
    frame : DataFrame
        Indexed by name.
    reference : str
        The row that becomes 1.
    columns : list of str, optional
        Number columns to compare; all of them by default.

    Returns
    -------
    DataFrame
        Same index; NaN where either value is missing or the reference is 0.

    Raises
    ------
    ValueError
        `reference` is not in the index.
    """
    if reference not in frame.index:
        raise ValueError(
            f"reference = {reference!r} is not one of {listed_names(frame.index, reference)}, the index of frame."
        )
    if columns is not None:
        missing = [column for column in columns if column not in frame.select_dtypes("number")]
        if missing:
            raise ValueError(f"columns holds {shown(missing[0])}, which is not a number column of the frame.")
    numbers = frame[list(columns)] if columns is not None else frame.select_dtypes("number")
    base = numbers.loc[reference]
    return numbers / base.where(base != 0)


def _column(measure: str, end: str = "central") -> str:
    if measure not in MEASURES:
        raise ValueError(f"by = {measure!r} is not one of {', '.join(MEASURES)}.")
    if end not in ("central", *ENDS):
        raise ValueError(f"end = {end!r} is not one of central, low, high.")
    return MEASURES[measure] if end == "central" else f"{MEASURES[measure]}_{end}"


def h100_equivalents(
    chips: str | list[str] | pd.DataFrame, by: str = "bf16", count: ArrayLike = 1.0, *, end: str = "central"
) -> np.ndarray:
    """How many H100 SXM a number of chips is worth by one measure.

    Parameters
    ----------
    chips : str, list of str or DataFrame
        Names, or rows of `table`.
    by : str
        A key of `MEASURES`: bf16, fp8, memory_bandwidth, memory, link or tpp.
    count : scalar or array, 0 to 1e10
        Number of chips; broadcast against `chips`.
    end : str
        "central", or the "low" or "high" end of contested values. The H100's are the same at all.

    Returns
    -------
    ndarray of float
        NaN where the measure is not known or the chip lacks the format. There is no single
        H100-equivalent: the measure decides, so state it.

    Raises
    ------
    ValueError
        An unknown name, measure or end, or `count` out of range.

    Examples
    --------
    >>> round(float(h100_equivalents("H20")), 2), round(float(h100_equivalents("H20", by="memory_bandwidth")), 2)
    (0.15, 1.19)
    """
    column = _column(by, end)
    known = table_once().set_index("chip")[column]
    if isinstance(chips, pd.DataFrame):
        if column not in chips:
            raise ValueError(f"chips: the frame has no column {column!r}; give rows of chips.table().")
        values = chips[column].to_numpy(dtype=float)
    else:
        names = chips if isinstance(chips, str) else each("chips", chips, 10_000)
        try:
            values = known[resolve(names)] if isinstance(names, str) else known[[resolve(c) for c in names]].to_numpy()
        except ValueError as error:
            raise ValueError(f"chips: {error}") from None
    worth, number = np.asarray(values / known[REFERENCE]), within("count", count, 0, 1e10)
    fitting(chips=worth, count=number)
    return worth * number


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights scaled to sum to 1.

    Parameters
    ----------
    weights : mapping of measure to weight, 0 to 1,000,000
        Keys of `MEASURES`. At least one above 0.

    Raises
    ------
    ValueError
        An unknown measure, a weight outside its range, or no weight above 0.

    Examples
    --------
    >>> normalised({"bf16": 3, "link": 1})
    {'bf16': 0.75, 'link': 0.25}
    """
    if not isinstance(weights, Mapping) or not weights:
        raise ValueError(
            f"weights = {shown(weights)} names no measure; give for instance {{'bf16': 1, 'memory_bandwidth': 2}}."
        )
    for measure in weights:
        if measure not in MEASURES:
            raise ValueError(f"weights: {shown(measure)} is not one of {', '.join(MEASURES)}.")
    given = {measure: single(f"weights, {measure}", weight, 0, 1e6) for measure, weight in weights.items()}
    total = sum(given.values())
    if total <= 0:
        raise ValueError("weights are all 0; at least one must be above 0.")
    return {measure: weight / total for measure, weight in given.items()}


def weighted_score(
    frame: pd.DataFrame, weights: Mapping[str, float], *, reference: str = REFERENCE, end: str = "central"
) -> pd.Series:
    """One number a chip for a reader's weighting: the reference scores 1.

    Parameters
    ----------
    frame : DataFrame
        Rows of `table` (or of any frame with a `chip` column and the columns of the measures).
    weights : mapping of measure to weight
        See `normalised`; only their proportions matter. Weight 0 leaves a measure out.
    reference : str
        A chip of `frame`, or a name that `resolve` knows.
    end : str
        "central", or the "low" or "high" end of contested values of all but the reference.

    Returns
    -------
    Series indexed by chip
        NaN where a measure with weight is not known; 0 where one is 0.

    Raises
    ------
    ValueError
        An unknown measure, end or reference; a weight out of range; a reference without a value.

    Notes
    -----
    Geometric mean of the ratios to the reference, exp(sum of w ln(x / x_ref)). With the geometric
    mean the order of chips does not depend on the reference or on units; with an arithmetic mean
    of ratios it does (P. J. Fleming and J. J. Wallace, Communications of the ACM 29 (1986) 218).
    """
    shares = {measure: share for measure, share in normalised(weights).items() if share > 0}
    rows = frame.set_index("chip")
    if reference in rows.index:
        base = rows.loc[reference]
    else:
        try:
            reference = resolve(reference)
        except ValueError as error:
            raise ValueError(f"reference: {error}") from None
        base = rows.loc[reference] if reference in rows.index else table_once().set_index("chip").loc[reference]
    score = pd.Series(0.0, index=rows.index, name="score")
    for measure, share in shares.items():
        at_reference = float(base[_column(measure)])
        if not at_reference > 0:
            raise ValueError(f"reference = {reference!r} has no {measure} value to compare with.")
        values = rows[_column(measure, end)].astype(float)
        if reference in values.index:
            values = values.copy()
            values[reference] = at_reference
        with np.errstate(divide="ignore"):
            score += share * np.log(values / at_reference)
    return np.exp(score).rename("score")


def gave_up(frame: pd.DataFrame) -> pd.DataFrame:
    """What each chip that was cut from another one kept of it.

    Parameters
    ----------
    frame : DataFrame
        Rows of `table`; those with `cut_from` are compared with the row it names.

    Returns
    -------
    DataFrame
        chip, cut_from, measure (a key of `MEASURES`, "io" or "power"), value, original, kept
        (value / original; above 1 it gained; NaN where either is not known or the original is 0).
    """
    columns = {**MEASURES, "io": "io_gb_s", "power": "tdp_w"}
    rows = frame.set_index("chip")
    cut = rows[rows["cut_from"].isin(rows.index) & (rows["cut_from"] != "")]
    parts = []
    for measure, column in columns.items():
        value = cut[column].astype(float)
        original = rows[column].astype(float).reindex(cut["cut_from"]).set_axis(cut.index)
        part = {"cut_from": cut["cut_from"], "measure": measure, "value": value, "original": original}
        parts.append(pd.DataFrame(part | {"kept": ratio_where_known(value, original)}))
    return pd.concat(parts).rename_axis("chip").reset_index()


# --- systems ------------------------------------------------------------------------------------

_RESOURCES = (
    "accelerator_count",
    "power_kw_low",
    "power_kw",
    "power_kw_high",
    "price_usd_low",
    "price_usd",
    "price_usd_high",
    "hbm_capacity_tb",
    "hbm_bandwidth_tb_s",
    "scale_up_bandwidth_tb_s",
)


def per_unit(systems: pd.DataFrame, of: str) -> pd.DataFrame:
    """What a system takes and brings for each unit of one of its quantities.

    Parameters
    ----------
    systems : DataFrame
        As ``data.load("systems")`` gives it.
    of : str
        A number column, for instance "bf16_pflops_dense" or "hbm_capacity_tb".

    Returns
    -------
    DataFrame indexed by system
        Chips, power (kW), price (USD), memory (TB), its bandwidth and that of the links (TB/s),
        each divided by `of`; NaN where not known.

    Raises
    ------
    ValueError
        `of` is not a number column of `systems`.
    """
    rows = systems.set_index("system")
    if of not in rows.select_dtypes("number"):
        raise ValueError(
            f"of = {shown(of)} is not a number column; they are {listed_names(rows.select_dtypes('number'), of)}."
        )
    return rows[[c for c in _RESOURCES if c != of]].div(rows[of].where(rows[of] > 0), axis=0)


def per_pflop(systems: pd.DataFrame, number_format: str = "bf16") -> pd.DataFrame:
    """Power, price, memory and links of a system for each dense petaFLOP/s.

    Parameters
    ----------
    systems : DataFrame
        As ``data.load("systems")`` gives it.
    number_format : str
        "bf16", "fp8" or "fp4". Compare systems in one format only.

    Returns
    -------
    DataFrame
        See `per_unit`.

    Raises
    ------
    ValueError
        Another format.
    """
    if number_format not in ("bf16", "fp8", "fp4"):
        raise ValueError(f"number_format = {number_format!r} is not one of bf16, fp8, fp4.")
    return per_unit(systems, f"{number_format}_pflops_dense")
