"""What the rules ask about one chip: of the table, or of a reader's own design."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from helpers.chips.model.limits import ENDS, MOST_AREA, MOST_RATE, MOST_TOPS, MOST_TPP, single
from helpers.chips.model.names import resolve
from helpers.chips.model.performance import max_tpp, performance_density
from helpers.chips.model.tables import BITS, by_name, prc_designers
from helpers.core.limits import listed_names, shown


@dataclass(frozen=True)
class Specs:
    """What the rules ask about one chip. NaN: not known. Rates are GB/s, both directions added."""

    name: str
    product: str = ""  # the row of the table that it is; empty for a reader's own design
    vendor: str = ""
    tpp: float = math.nan
    tpp_low: float = math.nan
    tpp_high: float = math.nan
    die_area_mm2: float = math.nan  # applicable area; 0: no die on a non-planar process
    die_area_low_mm2: float = math.nan
    die_area_high_mm2: float = math.nan
    performance_density: float = math.nan
    performance_density_low: float = math.nan
    performance_density_high: float = math.nan
    io_gb_s: float = math.nan  # all inputs and outputs other than to volatile memory
    io_is_lower_bound: bool = False  # the host bus is not known and not counted
    dram_bw_gb_s: float = math.nan
    dram_bw_low_gb_s: float = math.nan
    dram_bw_high_gb_s: float = math.nan
    memory_gb: float = math.nan
    datacenter: bool | None = None  # designed or marketed for data centres; None: not known
    is_hbm_stack: bool = False
    hbm_mbd_gb_s_per_mm2: float = math.nan
    foundry: str = ""
    made_in_prc: bool = False  # at least some of these chips are reported to be made in China
    headquarters_prc_designer: bool = False
    confidence: str = ""


_BOUNDS = {  # field of Specs -> column of the table, both with a low and a high end
    "tpp_{}": "tpp",
    "die_area_{}_mm2": "die_area_mm2",
    "performance_density_{}": "performance_density",
    "dram_bw_{}_gb_s": "memory_bandwidth_gb_s",
}
_DEFINED = {
    "tpp": (0, MOST_TPP, ""),
    "die_area_mm2": (0, MOST_AREA, "mm2"),
    "io_gb_s": (0, MOST_RATE, "GB/s"),
    "dram_bw_gb_s": (0, MOST_RATE, "GB/s"),
    "memory_gb": (0, 1e5, "GB"),
    "hbm_mbd_gb_s_per_mm2": (0, 1000, "GB/s per mm2"),
}
QUANTITIES = tuple(_DEFINED)  # the specifications that are numbers
_TEXTS = ("name", "vendor", "foundry")
_FLAGS = ("datacenter", "is_hbm_stack", "made_in_prc", "headquarters_prc_designer", "sparse")


def specifications(chip: str | Mapping[str, Any]) -> Specs:
    """The specifications of a chip of the table, or of one the reader designs.

    Parameters
    ----------
    chip : str or mapping
        A name that `resolve` knows, or a mapping with any of: ``name``, ``vendor``, ``foundry``;
        ``tpp``, or ``dense_tops`` with ``bit_length``, or ``dense_tops`` as ``{bits: TOPS}``;
        ``die_area_mm2`` (applicable area; 0 when no die is on a non-planar process), ``io_gb_s``,
        ``dram_bw_gb_s``, ``memory_gb``, ``hbm_mbd_gb_s_per_mm2``; and yes-or-no ``datacenter``,
        ``is_hbm_stack``, ``made_in_prc``, ``headquarters_prc_designer`` (taken from the table where
        `vendor` is known there and it is not given). None or NaN means not known. A design whose
        name is a chip of the table counts as that product where a rule names products.

    Returns
    -------
    Specs

    Raises
    ------
    ValueError
        An unknown name or key, a value outside its range, or a throughput with sparsity.

    Examples
    --------
    >>> specifications("H20").tpp
    2368.0
    >>> specifications({"dense_tops": {8: 296, 16: 148}, "die_area_mm2": 814}).tpp
    2368.0
    """
    if isinstance(chip, str):
        return _specifications_of(resolve(chip))
    if not isinstance(chip, Mapping):
        raise ValueError(f"chip = {shown(chip)} is neither a name nor a mapping of specifications.")
    return _specifications_from(chip)


@cache
def _specifications_of(name: str) -> Specs:
    row = by_name().loc[name]
    bounds = {field.format(end): float(row[f"{column}_{end}"]) for field, column in _BOUNDS.items() for end in ENDS}
    return Specs(
        name=name,
        product=name,
        vendor=row["vendor"],
        tpp=float(row["tpp"]),
        die_area_mm2=float(row["die_area_mm2_central"]),
        performance_density=float(row["performance_density"]),
        io_gb_s=float(row["io_gb_s"]),
        io_is_lower_bound=bool(row["io_is_lower_bound"]),
        dram_bw_gb_s=float(row["memory_bandwidth_gb_s"]),
        memory_gb=float(row["memory_gb"]),
        datacenter={"yes": True, "no": False}.get(row["datacenter"]),
        is_hbm_stack=row["kind"] == "HBM stack",
        hbm_mbd_gb_s_per_mm2=float(row["hbm_mbd_gb_s_per_mm2"]),
        foundry=row["foundry"],
        made_in_prc="CN" in row["foundry_home"].split(),
        headquarters_prc_designer=row["vendor_home"] == "CN",
        confidence=row["confidence"],
        **bounds,
    )


def _specifications_from(given: Mapping[str, Any]) -> Specs:
    allowed = [*_TEXTS, *QUANTITIES, "dense_tops", "bit_length", *_FLAGS]
    unknown = [key for key in given if key not in allowed]
    if unknown:
        near = difflib.get_close_matches(str(unknown[0]), allowed, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(
            f"chip: unknown specification {shown(unknown[0])}; the known ones are {listed_names(allowed, unknown[0])}.{hint}"
        )
    values: dict[str, Any] = {key: value for key, value in given.items() if value is not None and not _is_nan(value)}
    for key in _TEXTS:
        if not isinstance(values.get(key, ""), str):
            raise ValueError(f"chip: {key} = {shown(values[key])} is not a text.")
    for key in _FLAGS:
        if not isinstance(values.get(key, False), (bool, np.bool_)):
            raise ValueError(f"chip: {key} = {shown(values[key])} is not True, False or None.")
    if values.pop("sparse", False):
        raise ValueError(
            "sparse = True: the rules count dense operations. Give the dense throughput, which is half of the"
            " sparse figure where a data sheet assumes 2:4 sparsity."
        )
    for key, (low, high, unit) in _DEFINED.items():
        if key in values:
            values[key] = single(key, values[key], low, high, unit)
    tops = _formats(values.pop("dense_tops", None), values.pop("bit_length", None))
    product = _product(values.get("name", ""))
    _refuse_sparse(product, tops, values.get("tpp"))
    if tops:
        computed = float(max_tpp(list(tops.values()), list(tops)))
        if "tpp" in values and not math.isclose(values["tpp"], computed, rel_tol=0.005):
            raise ValueError(
                f"tpp = {values['tpp']:g} is not what dense_tops gives, {computed:g}; give one of the two."
            )
        values["tpp"] = computed
    name = values.pop("name", "your chip")
    if values.get("vendor") and "headquarters_prc_designer" not in values:
        values["headquarters_prc_designer"] = values["vendor"].lower() in prc_designers()
    tpp, area, rate = (values.get(key, math.nan) for key in ("tpp", "die_area_mm2", "dram_bw_gb_s"))
    density = math.nan if math.isnan(tpp + area) else float(performance_density(tpp, area))
    point = dict(zip(_BOUNDS, (tpp, area, density, rate), strict=True))
    bounds = {field.format(end): value for field, value in point.items() for end in ENDS}
    flags = {key: bool(values.pop(key)) for key in _FLAGS if key in values}
    return Specs(
        name=name, product=product, performance_density=density, confidence="given", **values, **flags, **bounds
    )


def _product(name: str) -> str:
    """The chip of the table that a design is named after: "Half an H20" is none."""
    try:
        return resolve(name) if name else ""
    except ValueError:
        return ""


def _is_nan(value: Any) -> bool:
    return isinstance(value, (float, np.floating)) and math.isnan(value)


def _formats(dense_tops: Any, bit_length: Any) -> dict[float, float]:
    """Bits of a format to its dense throughput, from either way of giving them."""
    if dense_tops is None:
        if bit_length is not None:
            raise ValueError(f"bit_length = {shown(bit_length)} is given without dense_tops; give both.")
        return {}
    if isinstance(dense_tops, Mapping):
        if bit_length is not None:
            raise ValueError("dense_tops already names its bits; leave bit_length out.")
        if not dense_tops:
            raise ValueError("dense_tops = {} is empty; give {bits: TOPS}, for instance {8: 296}.")
        pairs = dense_tops.items()
    else:
        if bit_length is None:
            raise ValueError("dense_tops is given without bit_length; give both, or {bits: TOPS}.")
        pairs = [(bit_length, dense_tops)]
    return {
        single("bit_length", bits, 1, 64, "bits"): single("dense_tops", tops, 0, MOST_TOPS, "TOPS")
        for bits, tops in pairs
    }


def _refuse_sparse(product: str, tops: Mapping[float, float], tpp: float | None) -> None:
    """Refuse a throughput, or a TPP, that is twice the dense one of the known chip it is named after."""
    if not product:
        return
    row = by_name().loc[product]
    given = [
        (f"dense_tops = {tops[bits]:g} at {bits} bits", tops[bits], row[column])
        for column, bits in BITS.items()
        if bits in tops
    ]
    if tpp is not None:
        given.append((f"tpp = {tpp:g}", tpp, row["tpp"]))
    for said, value, dense in given:
        if dense > 0 and math.isclose(value, 2 * dense, rel_tol=0.002):
            raise ValueError(
                f"{said} looks like a sparse figure: it is twice the dense value of {row.name}, {dense:g}."
                " The rules count dense operations."
            )
