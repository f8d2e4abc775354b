"""Two chips under their roofs, and what was measured there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.serving import model as serving
from helpers.serving.studies.choices import step_of


@dataclass(frozen=True)
class UnderRoof:
    """One piece of work on one or two chips.

    Attributes: chips; steps (one a chip); share (band of the roofline for that many chips); measured (published
    cases of the same model, phase and size of system on these chips, from `measured_points`).
    """

    chips: list[str]
    steps: list[serving.Step]
    share: tuple[float, float]
    measured: list[dict[str, Any]]

    @property
    def binds(self) -> list[str]:
        """Which limit binds on each chip, of ``serving.LIMITS``."""
        return [str(step.binds) for step in self.steps]

    @property
    def fits(self) -> list[bool]:
        """Whether the work has room on each chip."""
        return [bool(step.fits) for step in self.steps]

    @property
    def ridges(self) -> list[float]:
        """Ridge point of each chip in the format of the weights, operations a byte: the chip's, whatever the work."""
        return [float(serving.ridge_point(s.rates.tflops, s.rates.bandwidth_gb_s)) for s in self.steps]

    @property
    def tops(self) -> list[float]:
        """Share of each roof's flat part that this work can reach: less than 1 where attention runs in wider numbers."""
        return [float(s.peak_tflops) / s.rates.tflops for s in self.steps]

    @property
    def order(self) -> tuple[int, int]:
        """Places of the faster and of the slower chip, by tokens a second at the bound; the first named leads a tie."""
        first, second = (float(step.tokens_per_s) for step in self.steps)
        return (0, 1) if first >= second else (1, 0)

    @property
    def times_ahead(self) -> float:
        """Bound of the faster chip over that of the slower."""
        ahead, behind = (float(self.steps[place].tokens_per_s) for place in self.order)
        return ahead / behind

    @property
    def most_reached(self) -> float:
        """Highest share of its bound that a measured system reached; NaN where none was measured."""
        return max((point["share"] for point in self.measured), default=float("nan"))


def under_roof(chip: str, other: str, phase: str, model: str, batch: float, context: float, group: float) -> UnderRoof:
    """One piece of work on two chips (or one, if both names are one chip).

    Parameters
    ----------
    chip, other : str
    phase, model, batch, context, group
        As in `step_of`.

    Returns
    -------
    UnderRoof
        NaN for the network of its steps, which is not counted.

    Raises
    ------
    ValueError
        As ``serving.decode``.

    Examples
    --------
    >>> under_roof("H800 SXM5 80GB", "H20 96GB", "decode", "DeepSeek-V3", 128, 4096, 64).binds
    ['memory', 'compute']
    """
    within("context", context, 1, 1e8, "tokens")
    one_of("phase", phase, ("decode", "prefill"))
    try:
        chips.specifications(other)
    except ValueError as error:
        raise ValueError(str(error).replace("chip = ", "other = ", 1)) from None
    pair = list(dict.fromkeys((chip, other)))
    steps = [step_of(model, c, phase, batch, context, group) for c in pair]
    alike = {"model": model, "phase": phase, "one_machine": group <= 8}  # the sizes that the band speaks of
    points = [p for p in measured_points() if p["chip"] in pair and alike.items() <= p.items()]
    return UnderRoof(pair, steps, serving.usual_share(group), points)


@cache
def measured_points() -> list[dict[str, Any]]:
    """Published measurements of one phase: chip, model, phase, size, intensity x, TFLOPS y, share of the bound."""
    rows = measured_cases()
    points = []
    for row in rows[(rows["phase"] != "both") & (rows["kind"] == "measured")].itertuples():
        # Drafted tokens are checked too, so they count as work: intensity as run.
        formats = {"bits": int(row.bits), "attention_bits": int(row.attention_bits), "kv_bits": row.kv_bits}
        work = (row.model, row.chip, row.batch, row.context_tokens, row.group)
        step = (
            serving.decode(*work, drafts=row.drafts, **formats)
            if row.phase == "decode"
            else serving.prefill(*work, **formats)
        )
        points.append(
            {
                "chip": row.chip, "model": row.model, "phase": row.phase, "one_machine": row.group <= 8,
                "x": float(step.intensity), "y": float(step.tflops) * row.share, "words": row.words, "share": row.share,
            }
        )  # fmt: skip
    return points


@cache
def _measured_once() -> pd.DataFrame:
    return serving.measured(data.load("serving_measured"))


def measured_cases() -> pd.DataFrame:
    """All published cases beside their bounds, from ``serving.measured``, with the ends of the band of their size.

    Returns
    -------
    DataFrame
        The columns of ``serving.measured`` and `band_low`, `band_high`.
    """
    bands = [serving.usual_share(group) for group in _measured_once()["group"]]
    return _measured_once().assign(band_low=[low for low, _ in bands], band_high=[high for _, high in bands])


def measured_ends() -> dict[str, tuple[float, float]]:
    """Lowest and highest share of the bound that was measured: many chips, up to eight, and of these one GPU and more.

    Examples
    --------
    >>> {size: tuple(round(end, 2) for end in ends) for size, ends in measured_ends().items()}["many chips"]
    (0.19, 0.41)
    """
    rows = measured_cases()
    rows = rows[rows["kind"] == "measured"]
    large, single = rows["group"] > 8, rows["group"] == 1
    found = {"many chips": large, "one machine": ~large, "one GPU": single, "a machine of several": ~large & ~single}
    shares = {size: rows.loc[which, "share"] for size, which in found.items()}
    return {size: (float(share.min()), float(share.max())) for size, share in shares.items()}


def not_drawn() -> tuple[float, float]:
    """Least share of its bound that a machine of eight H800 read at, by DeepSeek-V2's report, which gives no length of text.

    Returns
    -------
    tuple of float
        Share of the bound in 8 bits if the texts had 1,024 tokens, and if 4,096. Source: arXiv 2405.04434.

    Examples
    --------
    >>> [round(share, 2) for share in not_drawn()]
    [0.3, 0.39]
    """
    said = data.load("published_results").set_index("result_id").loc["v2-prompt", "value"]
    short, long = (serving.prefill("DeepSeek-V2", "H800", 16384, n, 8) for n in (1024, 4096))
    return tuple(float(1000 * said / 8 / step.tokens_per_s) for step in (short, long))
