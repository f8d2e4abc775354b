"""What the tables say of runs, chips and models, as the other studies of training need it."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import whole, within
from helpers.llm import model as llm
from helpers.training import model as training

V3, LLAMA, H800 = "DeepSeek-V3", "Llama-3.1-405B", "H800 SXM5 80GB"
# Further training of an older model, whose operations would be counted without the first part.
_FURTHER_TRAINING = ("DeepSeek-V3.2", "MiniMax-M1")


@dataclass(frozen=True)
class Chip:
    """A chip as the table has it; NaN where nothing is published.

    Attributes: low, bf16, high (dense BF16 peak of its lowest, middle and highest grade, TFLOP/s), fp8
    (dense FP8 peak, TFLOP/s), price_low, price_high (USD), tdp_w (W).
    """

    low: float
    bf16: float
    high: float
    fp8: float
    price_low: float
    price_high: float
    tdp_w: float

    @property
    def has_fp8(self) -> bool:
        return not math.isnan(self.fp8)

    @property
    def peaks(self) -> np.ndarray:
        """BF16 peaks, highest first: dividing by them gives the lowest value first."""
        return np.array([self.high, self.bf16, self.low])


@cache
def chip(name: str) -> Chip:
    """Peaks, prices and power of a chip.

    Parameters
    ----------
    name : str
        As in ``data/chips.csv``.

    Returns
    -------
    Chip

    Raises
    ------
    KeyError
        No such chip.

    Examples
    --------
    >>> chip("H800 SXM5 80GB").bf16
    989.5
    """
    row = chips.table().set_index("chip").loc[name]
    peak = "fp16_bf16_tflops_dense"
    columns = (f"{peak}_low", peak, f"{peak}_high", "fp8_tflops_dense", "price_usd_low", "price_usd_high", "tdp_w")
    return Chip(*(float(row[column]) for column in columns))


@cache
def runs() -> pd.DataFrame:
    """The training runs of ``data/training_runs.csv`` by ``run_id``."""
    return data.load("training_runs").set_index("run_id")


@cache
def share(name: str) -> float:
    """A share of ``data/training_shares.csv`` as a fraction (a factor for ``server-price``)."""
    return float(data.load("training_shares").set_index("share_id").loc[name, "percent"]) / 100


@cache
def stages(model: str) -> pd.DataFrame:
    """The stages of a model's training that have hours."""
    return runs()[(runs()["model"] == model) & runs()["hours_k"].notna()]


@cache
def published_hours(model: str, tokens_t: float) -> tuple[float, str] | None:
    """GPU-hours that a source gives for a model and a number of tokens.

    Parameters
    ----------
    model : str
    tokens_t : float
        Trillions of tokens; a run within 0.05 of it is the one meant.

    Returns
    -------
    tuple of (GPU-hours, name of the chip), or None if no source gives any

    Examples
    --------
    >>> published_hours("DeepSeek-V3", 14.8), published_hours("DeepSeek-V3", 20)
    ((2664000.0, 'H800 SXM5 80GB'), None)
    """
    within("tokens_t", tokens_t, 0, 1e4, "trillion tokens")
    rows = stages(model)
    rows = rows[(rows["tokens_t"] - tokens_t).abs() < 0.051]
    return (float(rows["hours_k"].iloc[0]) * 1e3, str(rows["chip"].iloc[0])) if len(rows) else None


def context_tokens(model: str) -> int:
    """Tokens in a training sequence, as far as published: 8,192 for Llama 3, else 4,096."""
    return 8192 if model.startswith("Llama-3") else 4096


@cache
def operations_per_token(model: str, convention: str = "no_input_embedding", attention: int = 1) -> float:
    """Model FLOPs of one training token.

    Parameters
    ----------
    model : str
    convention : str
        Of ``llm.CONVENTIONS``: which parameters count as active.
    attention : 0, 1 or 2
        Not counted, over the earlier tokens, or over all tokens of the text.

    Returns
    -------
    float, FLOPs

    Examples
    --------
    >>> round(operations_per_token("DeepSeek-V3") / 1e9)
    250
    """
    attention = whole("attention", attention, 0, 2)
    looking_back = float(llm.attention_flops_per_token(model, context_tokens(model), "training"))
    return float(training.training_flops(llm.active_parameters(model, convention), 1, attention * looking_back))


@cache
def compute_by_model() -> pd.DataFrame:
    """Training operations of the table's models whose tokens are known, the oldest first.

    Returns
    -------
    DataFrame
        model, date, home ("US", "CN", ...), flops.
    """
    table = data.load("models")
    rows = []
    for r in table[table["pretrain_tokens_t"].notna() & ~table["model"].isin(_FURTHER_TRAINING)].itertuples():
        with contextlib.suppress(ValueError):  # a configuration with a gap
            flops = operations_per_token(r.model) * r.pretrain_tokens_t * 1e12
            rows.append((r.model, r.release_date, r.country, flops))
    return pd.DataFrame(rows, columns=["model", "date", "home", "flops"]).sort_values(
        "date", ignore_index=True, kind="stable"
    )
