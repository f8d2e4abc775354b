"""The quantities of the rules: total processing performance, density, applicable area, transfer rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.chips.model.limits import MOST_AREA, MOST_RATE, MOST_TOPS, MOST_TPP, where_known
from helpers.core.limits import fitting, shown, within, yes_nos


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
    tops = within("dense_tops", dense_tops, 0, MOST_TOPS, "TOPS")
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
    tpp = within("tpp", tpp, 0, MOST_TPP)
    area = within("die_area_mm2", die_area_mm2, 0, MOST_AREA, "mm2")
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
        A value outside its range or not a number; no format; not one bit length a format.

    Examples
    --------
    >>> float(max_tpp([624, 312, np.nan], [8, 16, 4]))
    4992.0
    """
    tops, known = where_known("dense_tops", dense_tops, MOST_TOPS, "TOPS")
    bits = within("bit_length", bit_length, 1, 64, "bits")
    if tops.ndim == 0 or tops.shape[-1] == 0:
        raise ValueError(
            f"dense_tops = {shown(dense_tops)} must be a list, one value a format from 0 to {MOST_TOPS:g} TOPS."
        )
    if bits.ndim > 1 or bits.size not in (1, tops.shape[-1]):
        raise ValueError(
            f"bit_length has {bits.size} values and dense_tops {tops.shape[-1]} formats; give one length a format, 1 to 64."
        )
    tpp = tops * bits
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
        An area outside its range, or what is neither True nor False: "no" is not False, and NaN is not True.

    Notes
    -----
    Technical note 3 to 3A090 (88 FR 73458); memory stacks left out as BIS officials explained,
    reported by CSET, "A Bigger Yard, A Higher Fence" (2023).

    Examples
    --------
    >>> float(applicable_area([1600, 400, 110], [True, False, True], [False, False, True]))
    1600.0
    """
    area = within("area_mm2", area_mm2, 0, MOST_AREA, "mm2")
    logic, stack = yes_nos("non_planar", non_planar), yes_nos("memory", memory)
    fitting(area_mm2=area, non_planar=logic, memory=stack)
    return np.sum(np.atleast_1d(area * (logic & ~stack)), axis=-1)


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
    link, known = where_known("link_bidir_gb_s", link_bidir_gb_s, MOST_RATE, "GB/s")
    host, _ = where_known("host_bus_bidir_gb_s", host_bus_bidir_gb_s, MOST_RATE, "GB/s")
    return np.where(known, link, np.nan) + host


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
    rate = within("bandwidth_gb_s", bandwidth_gb_s, 0, MOST_RATE, "GB/s")
    return rate / within("area_mm2", area_mm2, 1, MOST_AREA, "mm2")
