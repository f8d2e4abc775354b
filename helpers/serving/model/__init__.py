"""Serving: what bounds the speed and the price of a model's answers on a given chip.

A *roofline*: a step takes at least as long as its arithmetic, its reading from memory and its exchange
over links would each take alone, if nothing else stood in the way. Real systems reach a share of that
bound, so every throughput here can be drawn as a band. Chips come from ``helpers.chips.model``, models from
``helpers.llm.model``; prices and measurements from ``data/``.
"""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.serving.model.books import Margin, day, disclosed_day, listed
from helpers.serving.model.drafts import draft_speedup, expected_tokens
from helpers.serving.model.formats import Rates, rates
from helpers.serving.model.roofline import (
    all_to_all_seconds,
    attainable_tflops,
    copies_sent,
    exchange_bound,
    experts_touched,
    ridge_point,
)
from helpers.serving.model.room import chips_needed, crossover_batch
from helpers.serving.model.shares import MANY_CHIPS, ONE_MACHINE, band, measured, usd_per_million, usual_share
from helpers.serving.model.steps import LIMITS, Step, answer, decode, prefill

__all__ = [
    "LIMITS",
    "MANY_CHIPS",
    "ONE_MACHINE",
    "Margin",
    "Rates",
    "Step",
    "all_to_all_seconds",
    "answer",
    "attainable_tflops",
    "band",
    "chips_needed",
    "copies_sent",
    "crossover_batch",
    "day",
    "decode",
    "disclosed_day",
    "draft_speedup",
    "exchange_bound",
    "expected_tokens",
    "experts_touched",
    "listed",
    "measured",
    "prefill",
    "rates",
    "ridge_point",
    "usd_per_million",
    "usual_share",
]

guard(globals())
