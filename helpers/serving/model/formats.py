"""What a chip can do at most, in the number formats that a serving system would use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core.limits import shown

_FORMATS = {4: ("fp4", "fp8", "int8", "fp16_bf16"), 8: ("fp8", "int8", "fp16_bf16"), 16: ("fp16_bf16",)}
_WORDS = {"fp4": "FP4", "fp8": "FP8", "int8": "INT8", "fp16_bf16": "BF16"}


@dataclass(frozen=True)
class Rates:
    """What one chip can do at most, in the formats that a serving system would use.

    Attributes: chip; tflops (weight matrices), attention_tflops; bandwidth_gb_s; memory_gb; link_gb_s
    (its own fast links, one direction; NaN where not published); words (which formats, and why).
    """

    chip: str
    tflops: float
    attention_tflops: float
    bandwidth_gb_s: float
    memory_gb: float
    link_gb_s: float
    words: str


def rates(chip: str, bits: int = 8, attention_bits: int = 16) -> Rates:
    """Peaks of a chip of `chips.table` for weights of `bits` bits.

    Parameters
    ----------
    chip : str
        Any name that `chips.resolve` knows.
    bits : 4, 8 or 16
        Width of the weights. A chip without arithmetic of that width uses the next it has.
    attention_bits : 4, 8 or 16
        Width of the arithmetic inside attention; 16 is the usual practice.

    Returns
    -------
    Rates

    Raises
    ------
    ValueError
        An unknown chip or width, or a chip of which a needed figure is not published: the sentence names it.

    Examples
    --------
    >>> rates("Ascend 910C").words
    'no FP8, so INT8 for the weights; BF16 inside attention'
    """
    for name, value in (("bits", bits), ("attention_bits", attention_bits)):
        if not isinstance(value, (int, float, np.integer)) or isinstance(value, bool) or value not in _FORMATS:
            raise ValueError(f"{name} = {shown(value)} is not one of 4, 8, 16.")
    return _rates(chips.resolve(chip), int(bits), int(attention_bits))


@cache
def _rates(chip: str, bits: int, attention_bits: int) -> Rates:
    row = _chips_by_name().loc[chip]
    found = {width: _first(row, width) for width in (bits, attention_bits)}
    lacks = next((width for width in (bits, attention_bits) if found[width][1] is None), None)
    needed = {
        f"dense throughput in {_WORDS[found[lacks or bits][0]]}": None if lacks else found[bits][1],
        "memory bandwidth": _known(row["memory_bandwidth_gb_s"]),
        "memory": _known(row["memory_gb"]),
    }
    missing = [words for words, value in needed.items() if value is None]
    if missing:
        raise ValueError(f"chip = {chip!r}: no published {' and '.join(missing)}, so its roofline cannot be drawn.")
    used, attention = found[bits][0], found[attention_bits][0]
    first = _FORMATS[bits][0]
    lacking = "" if used == first else f"no {_WORDS[first]}, so "
    words = f"{lacking}{_WORDS[used]} for the weights; {_WORDS[attention]} inside attention"
    # A chip without links of its own talks over the bus of its host.
    link = _known(row["link_bidir_gb_s"] or row["host_bus_bidir_gb_s"])
    return Rates(
        chip, found[bits][1], found[attention_bits][1], needed["memory bandwidth"], needed["memory"],
        np.nan if link is None else link / 2, words,
    )  # fmt: skip


@cache
def _chips_by_name() -> pd.DataFrame:
    return chips.table().set_index("chip")


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _first(row: pd.Series, bits: int) -> tuple[str, float | None]:
    """The narrowest published format of at least `bits` bits, and its rate."""
    for form in _FORMATS[bits]:
        value = _known(row[f"{form}_{'tops' if form == 'int8' else 'tflops'}_dense"])
        if value is not None and not (form == "int8" and value < (_known(row["fp16_bf16_tflops_dense"]) or 0)):
            return form, value
    return _FORMATS[bits][0], None
