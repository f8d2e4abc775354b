"""What a million tokens cost in rent, and what is charged for them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from helpers.chips.studies import short
from helpers.core import data
from helpers.core.limits import shown, within
from helpers.llm import model as llm
from helpers.serving import model as serving
from helpers.serving.studies.choices import token_words

SIDES = {"input_usd": "a million tokens read", "output_usd": "a million tokens written"}
FOLLOWED = {
    "DeepSeek, largest": ["DeepSeek-V2", "DeepSeek-V3", "DeepSeek-V3.1", "DeepSeek-V3.2", "DeepSeek-V4-Pro"],
    "Moonshot, largest": ["Kimi-K2", "Kimi K2.6", "Kimi-K3"],
    "OpenAI, main line": ["GPT-5", "GPT-5.2", "GPT-5.4", "GPT-5.5", "GPT-6 Sol"],
    "Anthropic Sonnet": ["Claude 3.5 Sonnet", "Claude Sonnet 4.5", "Claude Sonnet 5"],
    "Google Flash": ["Gemini 2.0 Flash", "Gemini 2.5 Flash", "Gemini 3.5 Flash", "Gemini 3.6 Flash"],
}


def price_group(model: str) -> int:
    """Chips to one copy of the weights that the price panel takes: DeepSeek's 144 for a mixture, a machine of 8 for a dense model."""
    m = llm.model(model)
    return min(144, m.n_experts) if m.moe_layers else 8


def price_rows(
    model: str, chip: str, context: float, rent: float, share: tuple[float, float], used: float
) -> tuple[list[dict[str, Any]], float]:
    """Rent for a million tokens read and written, as a range, and the batch that was taken.

    Parameters
    ----------
    model, chip : str
    context : scalar, 1 to 1e8 tokens
    rent : scalar, 0 to 1e6 USD
        Of one chip for an hour.
    share : two scalars, 0.1 to 100 per cent
        Of the roofline, the lower first.
    used : scalar, 0.1 to 100 per cent
        Hours in which the chip works.

    Returns
    -------
    list of dict
        One of `SIDES` each: side, low, high (USD).
    float
        Answers at once on a chip: 64, or fewer where they do not fit.

    Raises
    ------
    ValueError
        Not even one answer fits on each chip.
    """
    within("context", context, 1, 1e8, "tokens")
    share = within("share", share, 0.1, 100, "per cent")
    if share.shape != (2,):
        raise ValueError(f"share = {shown(share)}: give two, the lower first, from 0.1 to 100 per cent.")
    within("rent", rent, 0, 1e6, "USD")
    within("used", used, 0.1, 100, "per cent")
    group = price_group(model)
    room = serving.rates(chip).memory_gb * 1e9 - float(llm.weight_bytes(model, 8)) / group
    batch = min(64.0, np.floor(room / float(llm.kv_bytes(model, context))))
    if batch < 1:
        raise ValueError(
            f"{model} on {group} {short(chip)} leaves no room for one text of {token_words(context)} tokens on each."
        )
    steps = {
        "input_usd": serving.prefill(model, chip, 16384, context, group),
        "output_usd": serving.decode(model, chip, batch, context, group),
    }
    rows = []
    for side, step in steps.items():
        found = serving.band(step, (share[0] / 100, share[1] / 100), rent, used / 100)
        low, high = map(float, found["usd_per_million"])
        rows.append({"side": SIDES[side], "low": low, "high": high})
    return rows, batch


@cache
def _prices() -> pd.DataFrame:
    return data.load("api_prices")


def list_prices(model: str) -> pd.DataFrame:
    """All prices on record of a model: model, date, status, and USD for a million tokens by `SIDES`.

    Parameters
    ----------
    model : str
        As ``data/api_prices.csv`` names it. R1 has the shape of V3, so its prices come with V3's.
    """
    twins = [model, "DeepSeek-R1"] if model == "DeepSeek-V3" else [model]
    found = _prices()[_prices()["model"].isin(twins)]
    return found[["model", "date", "status", *SIDES]].reset_index(drop=True)


def followed_prices() -> pd.DataFrame:
    """List prices of output of five lines of models through time.

    Returns
    -------
    DataFrame
        In the order of `FOLLOWED`, by date in each: line, model, date, usd, note, first (the first price of a model).
    """
    prices = _prices()
    kept = prices[(prices["status"] == "list") & prices["output_usd"].notna()]
    parts = []
    for line, models in FOLLOWED.items():
        found = kept[kept["model"].isin(models)].sort_values("date", kind="stable")
        parts.append(found.assign(line=line, first=~found["model"].duplicated()))
    return pd.concat(parts).rename(columns={"output_usd": "usd"})[["line", "model", "date", "usd", "note", "first"]]
