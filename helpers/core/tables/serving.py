"""Serving: what was measured, and list prices."""

from __future__ import annotations

from helpers.core.tables.columns import Col, day, named, number, ref, slug, text, word
from helpers.core.tables.vocabulary import CONFIDENCES

TABLES: dict[str, dict[str, Col]] = {
    "serving_measured": {
        "case_id": slug(key=True),
        "words": text(60),
        "chip": named("chips"),
        "model": named("models"),
        "phase": word("decode", "prefill", "both"),
        "group": number(1, 1e5),
        "kind": word("measured", "stated"),
        "tokens_per_s": number(1, 1e6),
        "batch": number(1, 1e6),
        "context_tokens": number(1, 1e8),
        "output_tokens": number(1, 1e8, optional=True),
        "bits": word("4", "8", "16"),
        "attention_bits": word("4", "8", "16"),
        "kv_bits": number(1, 32),
        "drafts": number(0, 100),
        "tokens_per_step": number(1, 100),
        "others_bound": number(1, 1e6, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "api_prices": {
        "price_id": slug(key=True),
        "provider": text(40),
        "home": word("US", "CN"),
        "model": text(60),
        "date": day("2020-01-01", "2030-12-31"),
        "date_kind": word("announced", "first seen", "in place by", "checked"),
        "status": word("list", "promotion", "peak hours"),
        "input_usd": number(0, 10_000),
        "hit_usd": number(0, 10_000, optional=True),
        "output_usd": number(0, 10_000, optional=True),
        "input_cny": number(0, 100_000, optional=True),
        "hit_cny": number(0, 100_000, optional=True),
        "output_cny": number(0, 100_000, optional=True),
        "level": text(60, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
}
