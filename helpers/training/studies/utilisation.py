"""How busy the chips of published runs were, which parameters work, and what number formats do."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import one_of, some_of, whole, within
from helpers.llm import model as llm
from helpers.training import model as training
from helpers.training.studies.sources import H800, V3, chip, operations_per_token, runs

FORMATS = {"bf16": "BF16", "fp8": "FP8"}
EXPERT_MODELS = (
    "Llama-3.1-405B", "DeepSeek-V2", V3, "Qwen3-235B-A22B", "gpt-oss-120b", "Kimi-K2", "DeepSeek-V4-Pro",
)  # fmt: skip
BUSY_RUNS = {
    "llama-2-70b": "Llama 2 70B, A100",
    "deepseek-67b-per-trillion": "DeepSeek 67B, H800",
    "deepseek-v3-pretraining": "DeepSeek-V3, H800",
    "llama-31-405b": "Llama 3.1 405B, H100",
    "llama-4-maverick": "Llama 4 Maverick, H100",
    "deepseek-v2-per-trillion": "DeepSeek-V2, H800",
    "llama-4-scout": "Llama 4 Scout, H100",
    "pangu-ultra-moe": "Pangu Ultra MoE, Ascend",
}
_PRINTED = {  # which row holds what the maker printed
    "deepseek-v3-pretraining": "deepseek-v3-speed", "llama-31-405b": "llama-31-405b", "pangu-ultra-moe": "pangu-ultra-moe",
}  # fmt: skip
_FRACTION_BITS = {"bf16": 7, "fp8": 3}  # bits after the leading one; FP8 in its form E4M3, which V3 uses


def experts(models: tuple[str, ...] = EXPERT_MODELS) -> pd.DataFrame:
    """Total and active parameters of models, by three conventions, and what their makers print.

    Parameters
    ----------
    models : tuple of str

    Returns
    -------
    DataFrame, a row a model
        experts, chosen, shared (numbers; NaN for a dense model), total, one column for each of
        ``llm.CONVENTIONS`` and printed (billions of parameters), share (active without the input embedding).
    """
    models = tuple(some_of("models", models, llm.models()))
    published = data.load("models").set_index("model").loc[list(models)]
    counts = {c: [llm.active_parameters(m, c) / 1e9 for m in models] for c in llm.CONVENTIONS}
    total = [llm.parameters(m).total / 1e9 for m in models]
    frame = pd.DataFrame(
        {"experts": published["n_experts"], "chosen": published["top_k"], "shared": published["n_shared_experts"],
         "total": total, **counts, "printed": published["published_active_b"]},
        index=pd.Index(models, name="model"),
    )  # fmt: skip
    return frame.assign(share=frame["no_input_embedding"] / frame["total"])


def busy(run_id: str, attention: int = 1, number_format: str = "bf16") -> tuple[float, float, float]:
    """Utilisation of a published run, low, central and high by the grades of its chip.

    Parameters
    ----------
    run_id : str
        Of ``data/training_runs.csv``, a run with hours or speed.
    attention : 0, 1 or 2
        As in `operations_per_token`.
    number_format : "bf16" or "fp8"
        FP8 counts against the FP8 peak where the chip has one.

    Returns
    -------
    tuple of three float, per cent

    Examples
    --------
    >>> [round(v) for v in busy("pangu-ultra-moe")]
    [16, 20, 23]
    """
    run_id = one_of("run_id", run_id, runs().index)
    attention = whole("attention", attention, 0, 2)
    one_of("number_format", number_format, FORMATS)
    run = runs().loc[run_id]
    on = chip(run["chip"])
    peaks = np.full(3, on.fp8) if number_format == "fp8" and on.has_fp8 else on.peaks
    flops = operations_per_token(run["model"], attention=attention)
    if run["stage"] == "speed":
        mfu = training.mfu_from_speed(flops, run["tokens_per_second_m"] * 1e6, run["gpus"], peaks)
    else:
        mfu = training.mfu_from_hours(flops * run["tokens_t"] * 1e12, run["hours_k"] * 1e3, peaks)
    low, central, high = (100 * float(m) for m in mfu)
    return low, central, high


def busy_span(run_id: str) -> tuple[float, float]:
    """Lowest and highest utilisation of a run over every way to count, in per cent."""
    values = [v for attention in (0, 1, 2) for f in FORMATS for v in busy(run_id, attention, f)]
    return min(values), max(values)


def printed_utilisation(run_id: str) -> tuple[float, float] | None:
    """Lowest and highest utilisation that the maker of a run printed, in per cent; None if it printed none."""
    if run_id not in _PRINTED:
        return None
    row = runs().loc[_PRINTED[run_id]]
    return float(row["mfu_percent_low"]), float(row["mfu_percent_high"])


def rounding_error(number_format: str) -> float:
    """Largest error of rounding to a format, as a share of the number: half the step between neighbours.

    Parameters
    ----------
    number_format : "bf16" or "fp8"

    Returns
    -------
    float

    Examples
    --------
    >>> rounding_error("fp8")
    0.0625
    """
    one_of("number_format", number_format, _FRACTION_BITS)
    return 2.0 ** -(_FRACTION_BITS[number_format] + 1)


def busy_time_percent(mfu_percent: float, fp8_share: float, on: str = H800) -> float:
    """Share of time at full speed behind an MFU scored against the BF16 peak, by the share of operations in FP8.

    Parameters
    ----------
    mfu_percent : float
        Operations used, in per cent of the BF16 peak.
    fp8_share : float
        Share of the operations that run in FP8, 0 to 1.
    on : str
        A chip with both peaks.

    Returns
    -------
    float
        Per cent: MFU x (1 - share + share x BF16 peak / FP8 peak).

    Raises
    ------
    ValueError
        The chip has no FP8 peak.

    Examples
    --------
    >>> busy_time_percent(39, 1)
    19.5
    """
    within("mfu_percent", mfu_percent, 0, 100, "per cent")
    within("fp8_share", fp8_share, 0, 1)
    if math.isnan(chip(on).fp8):
        raise ValueError(f"on = {on!r} has no FP8 peak.")
    return mfu_percent * (1 - fp8_share + fp8_share * chip(on).bf16 / chip(on).fp8)
