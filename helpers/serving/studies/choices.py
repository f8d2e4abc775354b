"""The chips, models and settings that the questions of 34_serving are asked of."""

from __future__ import annotations

import math
from functools import cache

from numpy.typing import ArrayLike

from helpers.chips import model as chips
from helpers.chips.studies import tagged
from helpers.core.limits import one_of, within
from helpers.llm import model as llm
from helpers.serving import model as serving

CHIPS = [
    "H100 SXM5 80GB", "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "Ascend 910B", "Ascend 910C", "Atlas 350",
    "Ascend 950DT",
]  # fmt: skip
BATCHES = [1, 2, 4, 8, 12, 16, 32, 48, 64, 88, 96, 128, 192, 256, 512]
CONTEXTS = [1024, 2048, 4096, 4864, 4989, 8192, 16384, 32768, 65536, 131072]
GROUPS = [1, 2, 4, 8, 16, 32, 64, 144, 160, 320]


@cache
def drawable_chips() -> list[tuple[str, str]]:
    """Every chip of ``data/chips.csv`` whose roofline can be drawn, as (words, chip); `CHIPS` come first."""
    table = chips.table().set_index("chip")

    def drawn(chip: str) -> bool:
        try:
            return bool(serving.rates(chip))
        except ValueError:
            return False

    names = [*CHIPS, *(c for c in table.index if c not in CHIPS and drawn(c))]
    return [(tagged(c, str(table.loc[c, "status"])), c) for c in names]


@cache
def countable_models() -> list[str]:
    """Models whose arithmetic can be counted."""
    return [name for name in llm.models() if llm.model(name).attention is not None]


def token_words(count: float) -> str:
    """A number of tokens in words: 4K for 4,096.

    Examples
    --------
    >>> token_words(4096), token_words(4989)
    ('4K', '4,989')
    """
    return f"{count / 1024:g}K" if count >= 1024 and count % 1024 == 0 else f"{count:,.0f}"


def step_of(
    model: str, chip: str | serving.Rates, phase: str, batch: ArrayLike, context: ArrayLike, group: ArrayLike
) -> serving.Step:
    """One step in a reader's words: `batch` answers written, or `batch` questions read, at once on each chip.

    Parameters
    ----------
    model, chip, context, group
        As in ``serving.decode``.
    phase : str
        "decode" or "prefill".
    batch : scalar or array, 1e-4 to 1e6
        Answers, or questions, on each chip.

    Raises
    ------
    ValueError
        As ``serving.decode``.
    """
    one_of("phase", phase, ("decode", "prefill"))
    context = within("context", context, 1, 1e8, "tokens")
    batch = within("batch", batch, 1e-4, 1e6)
    if phase == "decode":
        return serving.decode(model, chip, batch, context, group)
    return serving.prefill(model, chip, batch * context, context, group)


def ridge_in_16_bits(chip: str) -> float:
    """Ridge point of a chip in dense BF16, operations a byte; NaN where a figure is not published.

    Parameters
    ----------
    chip : str
        As ``data/chips.csv`` names it.

    Examples
    --------
    >>> ridge_in_16_bits("Ascend 910C")
    235.0
    """
    row = chips.table().set_index("chip").loc[chip]
    compute, bandwidth = (float(row[c]) for c in ("fp16_bf16_tflops_dense", "memory_bandwidth_gb_s"))
    return math.nan if math.isnan(compute + bandwidth) else float(serving.ridge_point(compute, bandwidth))
