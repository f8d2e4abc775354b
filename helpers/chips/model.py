"""What a chip can do, on the scales that the export rules and the engineers use.

Throughput is always *dense*. Total processing performance (TPP), performance density and
transfer rates follow the definitions of the US rules; H100-equivalents and weighted scores are
comparisons of ours. The calculations take values or arrays and give values or arrays; `resolve`,
`specifications` and `table` look at the course's tables, through ``helpers.core.data``.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import within

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
RANGED = (*BITS, "memory_gb", "memory_bandwidth_gb_s", "link_bidir_gb_s", "tdp_w")
ENDS = ("low", "high")

_MOST_TOPS, _MOST_TPP, _MOST_AREA, _MOST_RATE = 1e6, 1e7, 1e5, 1e6


# --- the quantities of the rules ----------------------------------------------------------------


def total_processing_performance(dense_tops: ArrayLike, bit_length: ArrayLike) -> np.ndarray:
    """TPP of one number format: dense tera-operations per second times the bits of one input.

    Parameters
    ----------
    dense_tops : scalar or array, 0 to 1,000,000 TOPS or TFLOPS
        Without sparsity; one multiply-accumulate counts as two operations, as data sheets count.
    bit_length : scalar or array, 1 to 64 bits

    Returns
    -------
    ndarray of float, broadcast shape
        The TPP of a chip is the largest over its formats: see `max_tpp`.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    TPP = 2 x MacTOPS x bit length, summed over all processing units (technical note 2 to
    3A090, 88 FR 73458). A data sheet's TOPS is already 2 x MacTOPS: do not double it again.

    Examples
    --------
    >>> float(total_processing_performance(600, 8)), float(total_processing_performance(300, 16))
    (4800.0, 4800.0)
    """
    tops = within("dense_tops", dense_tops, 0, _MOST_TOPS, "TOPS")
    return tops * within("bit_length", bit_length, 1, 64, "bits")


def performance_density(tpp: ArrayLike, die_area_mm2: ArrayLike) -> np.ndarray:
    """TPP per square millimetre of applicable die area.

    Parameters
    ----------
    tpp : scalar or array, 0 to 10,000,000
    die_area_mm2 : scalar or array, 0 to 100,000 mm2
        Applicable area: see `applicable_area`.

    Returns
    -------
    ndarray of float, broadcast shape
        NaN where the area is 0 (no die on a non-planar process): there is no density then.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    Technical note 3 to 3A090, 88 FR 73458.

    Examples
    --------
    >>> round(float(performance_density(2368, 814)), 2)
    2.91
    """
    tpp = within("tpp", tpp, 0, _MOST_TPP)
    area = within("die_area_mm2", die_area_mm2, 0, _MOST_AREA, "mm2")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(area > 0, tpp / np.where(area > 0, area, 1), np.nan)


def max_tpp(dense_tops: ArrayLike, bit_length: ArrayLike) -> np.ndarray:
    """TPP of a chip: the largest over its number formats.

    Parameters
    ----------
    dense_tops : array, last axis the formats
        Dense throughput, 0 to 1,000,000; NaN for a format the chip lacks or nobody published.
    bit_length : array, one a format, 1 to 64 bits

    Returns
    -------
    ndarray of float
        Shape of `dense_tops` without its last axis; NaN where no format is known.

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> float(max_tpp([624, 312, np.nan], [8, 16, 4]))
    4992.0
    """
    tops = np.asarray(dense_tops, dtype=float)
    known = ~np.isnan(tops)
    tpp = total_processing_performance(np.where(known, tops, 0), bit_length)
    return np.where(known.any(axis=-1), tpp.max(axis=-1), np.nan)


def applicable_area(area_mm2: ArrayLike, non_planar: ArrayLike, memory: ArrayLike = False) -> np.ndarray:
    """Die area that performance density divides by.

    Parameters
    ----------
    area_mm2 : array, one a die of the package, 0 to 100,000 mm2
    non_planar : array of bool
        The die is made on a process with non-planar transistors (FinFET, gate-all-around).
    memory : array of bool, optional
        The die is separate memory (an HBM stack): it never counts.

    Returns
    -------
    ndarray of float, a single number
        Sum over the logic dies on a non-planar process, caches and I/O dies included; 0 if none.

    Raises
    ------
    ValueError
        An area outside its range.

    Notes
    -----
    Technical note 3 to 3A090 (88 FR 73458); memory stacks left out as BIS officials explained,
    reported by CSET, "A Bigger Yard, A Higher Fence" (2023).

    Examples
    --------
    >>> float(applicable_area([1600, 400, 110], [True, False, True], [False, False, True]))
    1600.0
    """
    area = within("area_mm2", area_mm2, 0, _MOST_AREA, "mm2")
    counts = np.asarray(non_planar, dtype=bool) & ~np.asarray(memory, dtype=bool)
    return np.sum(area * counts, axis=-1)


def aggregate_transfer_rate(link_bidir_gb_s: ArrayLike, host_bus_bidir_gb_s: ArrayLike = 0.0) -> np.ndarray:
    """Both directions of all inputs and outputs other than to volatile memory, as far as known.

    Parameters
    ----------
    link_bidir_gb_s : scalar or array, GB/s, both directions added
        Chip-to-chip links (NVLink, Ethernet, Infinity Fabric); 0 for none, NaN for not known.
    host_bus_bidir_gb_s : scalar or array, GB/s, both directions added
        Bus to the host; NaN for not known, which leaves the links alone: a lower bound.

    Returns
    -------
    ndarray of float, broadcast shape
        NaN where the links are not known.

    Notes
    -----
    The test of October 2022 counted every input and output "other than volatile memories"
    (87 FR 62186): PCIe counts beside NVLink, HBM does not.

    Examples
    --------
    >>> float(aggregate_transfer_rate(400, 64))
    464.0
    """
    link, host = np.asarray(link_bidir_gb_s, dtype=float), np.asarray(host_bus_bidir_gb_s, dtype=float)
    for name, rate in (("link_bidir_gb_s", link), ("host_bus_bidir_gb_s", host)):
        within(name, np.where(np.isnan(rate), 0, rate), 0, _MOST_RATE, "GB/s")
    return link + np.where(np.isnan(host), 0, host)


def memory_bandwidth_density(bandwidth_gb_s: ArrayLike, area_mm2: ArrayLike) -> np.ndarray:
    """Bandwidth of a stand-alone HBM stack per area of its package.

    Parameters
    ----------
    bandwidth_gb_s : scalar or array, 0 to 1,000,000 GB/s
    area_mm2 : scalar or array, 1 to 100,000 mm2

    Returns
    -------
    ndarray of float, GB/s per mm2, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    Technical note to 3A090.c, 89 FR 96790.

    Examples
    --------
    >>> round(float(memory_bandwidth_density(1229, 121)), 1)
    10.2
    """
    rate = within("bandwidth_gb_s", bandwidth_gb_s, 0, _MOST_RATE, "GB/s")
    return rate / within("area_mm2", area_mm2, 1, _MOST_AREA, "mm2")


# --- names --------------------------------------------------------------------------------------

_MAKERS = re.compile(
    r"^(nvidia|geforce|tesla|amd|instinct|radeon|intel|habana|huawei|google|amazon|aws|cambricon|hygon|dcu|biren"
    r"|moore threads|baidu|kunlunxin|t-head|alibaba|enflame)\b[\s_-]*"
)


def _words(name: str) -> list[str]:
    """The words of a name in lower case, without makers' names in front."""
    name = name.strip().lower()
    while (shorter := _MAKERS.sub("", name)) and shorter != name:
        name = shorter
    return re.findall(r"[a-z0-9]+", name)


def _squash(name: str) -> str:
    return "".join(_words(name))


@cache
def _names() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Every spelling to the chips it may mean, and remarks on spellings."""
    known: dict[str, list[str]] = {}
    remarks: dict[str, str] = {}
    for row in data.load("chip_aliases").itertuples():
        known.setdefault(_squash(row.alias), []).append(row.chip)
        if row.note:
            remarks[_squash(row.alias)] = row.note
    for chip in data.load("chips")["chip"]:
        known[_squash(chip)] = [chip]
    return known, remarks


def resolve(name: str) -> str:
    """The chip of ``data/chips.csv`` that a common name or spelling means.

    Parameters
    ----------
    name : str
        "H100", "h100 sxm", "ascend 910c", "4090d": case, spaces, hyphens and maker's name are free.

    Returns
    -------
    str
        The `chip` column of the table.

    Raises
    ------
    ValueError
        The name is ambiguous (the candidates are named) or unknown (near spellings are named).

    Examples
    --------
    >>> resolve("nvidia h100 sxm"), resolve("4090d")
    ('H100 SXM5 80GB', 'RTX 4090D')
    """
    if not isinstance(name, str) or not _squash(name):
        raise ValueError(f"chip = {name!r} is not a name; give a text such as 'H100' or a mapping of specifications.")
    known, remarks = _names()
    key = _squash(name)
    found = known.get(key, [])
    if not found:  # the model and every other word of the name occur in a chip's name
        words = set(_words(name))
        found = [chip for chip in known_chips() if words <= set(_words(chip)) and _words(chip)[0] in words]
    if len(found) == 1:
        return found[0]
    if found:
        remark = f" {remarks[key]}" if key in remarks else ""
        raise ValueError(f"chip = {name!r} is ambiguous: say one of {', '.join(map(repr, found))}.{remark}")
    near = [chip for key in difflib.get_close_matches(key, known, n=5, cutoff=0.6) for chip in known[key]]
    near = list(dict.fromkeys(near))[:5]
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else "see the chip column of data/chips.csv."
    raise ValueError(f"chip = {name!r} is not in data/chips.csv; {hint}")


def known_chips() -> list[str]:
    """The names of all rows of ``data/chips.csv``, in its order."""
    return data.load("chips")["chip"].tolist()


# --- one chip's specifications ------------------------------------------------------------------


@dataclass(frozen=True)
class Specs:
    """What the rules ask about one chip. NaN: not known. Rates are GB/s, both directions added."""

    name: str
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
    "tpp": (0, _MOST_TPP, ""),
    "die_area_mm2": (0, _MOST_AREA, "mm2"),
    "io_gb_s": (0, _MOST_RATE, "GB/s"),
    "dram_bw_gb_s": (0, _MOST_RATE, "GB/s"),
    "memory_gb": (0, 1e5, "GB"),
    "hbm_mbd_gb_s_per_mm2": (0, 1000, "GB/s per mm2"),
}
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
        `vendor` is known there and it is not given). None or NaN means not known.

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
        raise ValueError(f"chip = {chip!r} is neither a name nor a mapping of specifications.")
    return _specifications_from(chip)


@cache
def _specifications_of(name: str) -> Specs:
    row = _by_name().loc[name]
    bounds = {field.format(end): float(row[f"{column}_{end}"]) for field, column in _BOUNDS.items() for end in ENDS}
    return Specs(
        name=name,
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
    allowed = [*_TEXTS, *_DEFINED, "dense_tops", "bit_length", *_FLAGS]
    unknown = [key for key in given if key not in allowed]
    if unknown:
        near = difflib.get_close_matches(str(unknown[0]), allowed, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"chip: unknown specification {unknown[0]!r}; the known ones are {', '.join(allowed)}.{hint}")
    values: dict[str, Any] = {key: value for key, value in given.items() if value is not None and not _is_nan(value)}
    for key in _TEXTS:
        if not isinstance(values.get(key, ""), str):
            raise ValueError(f"{key} = {values[key]!r} is not a text.")
    for key in _FLAGS:
        if not isinstance(values.get(key, False), (bool, np.bool_)):
            raise ValueError(f"{key} = {values[key]!r} is not True, False or None.")
    if values.pop("sparse", False):
        raise ValueError(
            "sparse = True: the rules count dense operations. Give the dense throughput, which is half of the"
            " sparse figure where a data sheet assumes 2:4 sparsity."
        )
    for key, (low, high, unit) in _DEFINED.items():
        if key in values:
            values[key] = _single(key, values[key], low, high, unit)
    tops = _formats(values.pop("dense_tops", None), values.pop("bit_length", None))
    _refuse_sparse(values.get("name", ""), tops, values.get("tpp"))
    if tops:
        computed = float(max_tpp(list(tops.values()), list(tops)))
        if "tpp" in values and not math.isclose(values["tpp"], computed, rel_tol=0.005):
            raise ValueError(
                f"tpp = {values['tpp']:g} is not what dense_tops gives, {computed:g}; give one of the two."
            )
        values["tpp"] = computed
    name = values.pop("name", "your chip")
    if values.get("vendor") and "headquarters_prc_designer" not in values:
        values["headquarters_prc_designer"] = values["vendor"].lower() in _prc_designers()
    tpp, area, rate = (values.get(key, math.nan) for key in ("tpp", "die_area_mm2", "dram_bw_gb_s"))
    density = math.nan if math.isnan(tpp + area) else float(performance_density(tpp, area))
    point = dict(zip(_BOUNDS, (tpp, area, density, rate), strict=True))
    bounds = {field.format(end): value for field, value in point.items() for end in ENDS}
    flags = {key: bool(values.pop(key)) for key in _FLAGS if key in values}
    return Specs(name=name, performance_density=density, confidence="given", **values, **flags, **bounds)


def _is_nan(value: Any) -> bool:
    return isinstance(value, (float, np.floating)) and math.isnan(value)


def _single(key: str, value: Any, low: float, high: float, unit: str = "") -> float:
    if isinstance(value, (bool, np.bool_)):
        raise ValueError(
            f"{key} = {value!r} is not a number; its valid range is {low:g} to {high:g} {unit}".rstrip() + "."
        )
    try:
        array = within(key, value, low, high, unit)
    except OverflowError:
        raise ValueError(f"{key} is outside its valid range, {low:g} to {high:g} {unit}".rstrip() + ".") from None
    if array.ndim:
        raise ValueError(f"{key} = {value!r} is a list; give one number from {low:g} to {high:g}.")
    return float(array)


def _formats(dense_tops: Any, bit_length: Any) -> dict[float, float]:
    """Bits of a format to its dense throughput, from either way of giving them."""
    if dense_tops is None:
        if bit_length is not None:
            raise ValueError(f"bit_length = {bit_length!r} is given without dense_tops; give both.")
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
        _single("bit_length", bits, 1, 64, "bits"): _single("dense_tops", tops, 0, _MOST_TOPS, "TOPS")
        for bits, tops in pairs
    }


def _refuse_sparse(name: str, tops: Mapping[float, float], tpp: float | None) -> None:
    """Refuse a throughput, or a TPP, that is twice the dense one of the known chip it is named after."""
    try:
        row = _by_name().loc[resolve(name)]
    except ValueError:
        return
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


# --- the table, with everything that follows from it ---------------------------------------------


def table() -> pd.DataFrame:
    """All chips with what follows from their columns: TPP, density, transfer rates, and their ranges.

    Returns
    -------
    DataFrame
        The columns of ``data/chips.csv`` and `tpp`, `performance_density`, `io_gb_s`,
        `io_is_lower_bound`, `hbm_mbd_gb_s_per_mm2`; and for `tpp`, `performance_density` and the
        columns in `RANGED` a `_low` and a `_high` (equal where nobody disagrees).
    """
    return _table_once().copy()


@cache
def _table_once() -> pd.DataFrame:
    return with_derived(data.load("chips"), data.load("chip_ranges"))


@cache
def _by_name() -> pd.DataFrame:
    return _table_once().set_index("chip", drop=False)


@cache
def _prc_designers() -> frozenset[str]:
    """Makers at home in China, in lower case."""
    table = _table_once()
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
    frame["performance_density"] = _ratio(frame["tpp"], frame["die_area_mm2_central"])
    frame["io_gb_s"] = aggregate_transfer_rate(frame["link_bidir_gb_s"], frame["host_bus_bidir_gb_s"])
    frame["io_is_lower_bound"] = frame["link_bidir_gb_s"].notna() & frame["host_bus_bidir_gb_s"].isna()
    frame["hbm_mbd_gb_s_per_mm2"] = _ratio(frame["memory_bandwidth_gb_s"], frame["stack_area_mm2"])
    for end, values in ends.items():
        area_against_it = frame["die_area_mm2_high" if end == "low" else "die_area_mm2_low"]
        tpp = pd.Series(max_tpp(values[list(BITS)].to_numpy(), bits), index=frame.index)
        more = {"tpp": tpp, "performance_density": _ratio(tpp, area_against_it)} | dict(values.items())
        frame = frame.assign(**{f"{column}_{end}": value for column, value in more.items()})
    return frame


def _ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    return above / below.where(below > 0)


# --- comparisons --------------------------------------------------------------------------------


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
        raise ValueError(f"reference = {reference!r} is not one of {', '.join(map(repr, frame.index[:8]))}, ...")
    numbers = frame[columns] if columns is not None else frame.select_dtypes("number")
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
    known = _table_once().set_index("chip")[column]
    if isinstance(chips, pd.DataFrame):
        if column not in chips:
            raise ValueError(f"chips: the frame has no column {column!r}; give rows of chips.table().")
        values = chips[column].to_numpy(dtype=float)
    else:
        values = known[resolve(chips)] if isinstance(chips, str) else known[[resolve(c) for c in chips]].to_numpy()
    return np.asarray(values / known[REFERENCE]) * within("count", count, 0, 1e10)


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
            f"weights = {weights!r} names no measure; give for instance {{'bf16': 1, 'memory_bandwidth': 2}}."
        )
    for measure in weights:
        _column(measure)
    given = {measure: _single(f"weight of {measure}", weight, 0, 1e6) for measure, weight in weights.items()}
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
        reference = resolve(reference)
        base = rows.loc[reference] if reference in rows.index else _table_once().set_index("chip").loc[reference]
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
        parts.append(pd.DataFrame(part | {"kept": _ratio(value, original)}))
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
        raise ValueError(f"of = {of!r} is not a number column; they are {', '.join(rows.select_dtypes('number'))}.")
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
