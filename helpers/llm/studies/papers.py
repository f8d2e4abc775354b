"""What papers print, counted again from the shapes; totals of parameters; and every model by its release."""

from __future__ import annotations

import re
import reprlib
from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.llm import model as llm
from helpers.llm.studies import doors

HOMES = {"CN": "China", "US": "United States", "FR": "France"}


def v2_split() -> pd.DataFrame:
    """DeepSeek-V2's 93.3% in two parts: fewer numbers, and fewer bits for each.

    Returns
    -------
    DataFrame
        Index: the three stages; columns numbers, bits, bytes (a token) and saved (share of the first).
    """
    old, new = llm.kv_bytes_per_token("DeepSeek-LLM-67B") / 2, llm.kv_bytes_per_token("DeepSeek-V2") / 2
    rows = pd.DataFrame(
        {"numbers": [old, new, new], "bits": [16, 16, 6]},
        index=pd.Index(["DeepSeek 67B, GQA", "DeepSeek-V2, MLA", "DeepSeek-V2, MLA, stored as served"], name="Stage"),
    )
    rows["bytes"] = rows["numbers"] * rows["bits"] / 8
    rows["saved"] = 1 - rows["bytes"] / rows["bytes"].iloc[0]
    return rows


def recounted(context: int = 10**6) -> pd.DataFrame:
    """Published figures of long-context efficiency beside our count.

    Returns
    -------
    DataFrame
        Index result_id; columns subject, quantity, unit, published, counted.

    Notes
    -----
    A cache that a paper prints as a share saved is measured as the share kept, as V4's are printed: beside a large saving
    the same error would look small.

    Examples
    --------
    >>> recounted().loc["kimi-linear-kv", ["published", "counted"]].astype(float).round(1).tolist()
    [25.0, 26.1]
    """
    doors.tokens(context, 1)
    v32, flops = "DeepSeek-V3.2", llm.flops_per_token
    base, base_flops = llm.kv_bytes(v32, context, llm.PACKED), flops(v32, context)
    linear = llm.model("Kimi-Linear-48B-A3B")
    full = linear.without("linear_layers")
    counted = {
        "insights-kv-v3": llm.kv_bytes_per_token("DeepSeek-V3"),
        "insights-kv-qwen72b": llm.kv_bytes_per_token("Qwen2.5-72B"),
        "insights-kv-llama405b": llm.kv_bytes_per_token("Llama-3.1-405B"),
        "v2-kv-saved": 100 * (1 - v2_split()["saved"].iloc[-1]),
        "kimi-linear-kv": 100 * llm.kv_bytes(linear, context) / llm.kv_bytes(full, context),
        "v4-pro-kv": 100 * llm.kv_bytes("DeepSeek-V4-Pro", context, llm.PACKED) / base,
        "v4-flash-kv": 100 * llm.kv_bytes("DeepSeek-V4-Flash", context, llm.PACKED) / base,
        "v4-pro-flops": 100 * flops("DeepSeek-V4-Pro", context) / base_flops,
        "v4-flash-flops": 100 * flops("DeepSeek-V4-Flash", context) / base_flops,
        "insights-flops-v2": flops("DeepSeek-V2", 4096, "training") / 1e9,
        "insights-flops-v3": flops("DeepSeek-V3", 4096, "training") / 1e9,
        "insights-flops-llama405b": flops("Llama-3.1-405B", 4096, "training") / 1e9,
        "insights-flops-qwen72b": flops("Qwen2.5-72B", 4096, "training") / 1e9,
    }
    table = data.load("published_results").set_index("result_id").loc[list(counted)]
    out = table[["subject", "quantity", "unit"]].assign(published=table["value"])
    saved = out["quantity"].str.contains("saved")
    out.loc[saved, "quantity"] = [
        f"KV cache kept (printed: {r.quantity[9:]} {r.published:g}%)" for r in out[saved].itertuples()
    ]
    out.loc[saved, "published"] = 100 - out.loc[saved, "published"]
    return out.assign(counted=[float(v) for v in counted.values()])


def flops_in_fp8(name: str, context: int, index_weight: float = 1.0) -> float:
    """Arithmetic for one token with an operation of 16 bits counted twice, as one way to read "FP8 equivalents".

    Parameters
    ----------
    name : str
        A name of ``llm.models`` with an indexer.
    context : int
        Tokens already there.
    index_weight : float
        Weight of an indexer's operation: 1 in 8 bits, 0.5 in 4.

    Returns
    -------
    float
        Attention twice, indexer by `index_weight`, matrices of weights (8 bits) once.
    """
    doors.known("name", name)
    doors.tokens(context, 1)
    doors.number("index_weight", index_weight, 0, 1)
    m = llm.model(name)
    look_back = float(llm.attention_flops_per_token(m, context))
    attention = float(llm.attention_flops_per_token(replace(m, index_head_dim=0), context))
    return 2 * llm.active_parameters(m) + 2 * attention + index_weight * (look_back - attention)


def totals() -> pd.DataFrame:
    """Parameters counted from the shape beside those in print.

    Returns
    -------
    DataFrame
        Index model; columns printed and counted (billions) and deviation (a share of printed).
    """
    known = data.load("models").set_index("model").query("attention != ''")
    out = pd.DataFrame({"printed": known["published_total_b"]})
    out["counted"] = [llm.parameters(name).total / 1e9 for name in out.index]
    return out.assign(deviation=out["counted"] / out["printed"] - 1)


def by_release(frame: pd.DataFrame) -> pd.DataFrame:
    """Growth of the cache with each token, at 16 bits, by model.

    Parameters
    ----------
    frame : DataFrame
        ``data.load("models")``.

    Returns
    -------
    DataFrame
        Columns model, lab, release_date, home, bytes (a token), family.
    """
    doors.frame(
        "frame",
        frame,
        "model",
        "lab",
        "release_date",
        "country",
        "attention",
        "linear_layers",
        "sliding_layers",
        "csa_layers",
    )
    known = frame[frame["attention"] != ""]
    family = np.where(
        known["linear_layers"] > 0,
        "linear layers among others",
        np.where(known["sliding_layers"] > 0, "windows among others", known["attention"]),
    )
    family = pd.Series(family, index=known.index).replace(
        {"gqa": "MHA or GQA", "mla": "latents (MLA)", "compressed": "merged tokens (CSA, HCA)"}
    )
    family[known["csa_layers"] > 0] = "merged tokens (CSA, HCA)"
    return pd.DataFrame(
        {
            "model": known["model"], "lab": known["lab"], "release_date": known["release_date"],
            "home": known["country"].map(HOMES), "bytes": [float(llm.kv_bytes_per_token(m)) for m in known["model"]], "family": family,
        }
    )  # fmt: skip


def register(papers: pd.DataFrame, labs: str = "DeepSeek|Moonshot", since: str = "2024") -> pd.DataFrame:
    """Rows of the course's register of efficiency work by some labs.

    Parameters
    ----------
    papers : DataFrame
        ``data.load("papers")``.
    labs : str
        Names of labs, with a bar between.
    since : str
        First date.

    Returns
    -------
    DataFrame
        The rows of `papers`.
    """
    doors.frame("papers", papers, "lab", "date")
    for name, value in (("labs", labs), ("since", since)):
        if not isinstance(value, str) or len(value) > 1000:
            raise ValueError(f"{name} = {reprlib.repr(value)} is not a text of at most 1,000 characters.")
    if not re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", since, re.ASCII):
        raise ValueError(
            f"since = {reprlib.repr(since)} is not a year, month or day; write 2024, 2024-05 or 2024-05-01."
        )
    try:
        first = pd.Timestamp(since)
    except ValueError:
        raise ValueError(f"since = {reprlib.repr(since)} is not a day of the calendar.") from None
    named = "|".join(map(re.escape, labs.split("|")))
    return papers[papers["lab"].str.contains(named) & (papers["date"] >= first)]
