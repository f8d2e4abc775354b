"""Timing: assumptions of the timing model, arguments for selling and for denying, offers and answers."""

from __future__ import annotations

from helpers.core.tables.columns import Col, day, named, number, ref, slug, text, word
from helpers.core.tables.vocabulary import CONFIDENCES, OFFER_STEPS, TIMING_SIDES, TIMING_STANCES

TABLES: dict[str, dict[str, Col]] = {
    "timing_parameters": {
        "parameter": slug(key=True),
        "words": text(110),
        "low": number(0),
        "central": number(0),
        "high": number(0),
        "unit": text(40),
        "basis": word("published", "assumed"),
        "source_id": ref("sources", optional=True),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300),
        "would_identify": text(200),
    },
    "timing_arguments": {
        "argument_id": slug(key=True),
        "date": day("2010-01-01", "2028-12-31"),
        "who": text(80),
        "stance": word(*TIMING_STANCES),
        "side": word(*TIMING_SIDES),
        "says": text(220),
        "parameter": word("answer_part", "speed", "fear_sold", "denial_worth", "gives_in", "growth_per_year"),
        "value": number(0, 1000),
        "interest": text(90),
        "limit": text(200),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
    },
    "offers": {
        "offer_id": slug(key=True),
        "words": text(60),
        "chip": named("chips", optional=True),
        "outcome_volume": ref("volumes", optional=True),
        "note": text(200),
    },
    "offer_steps": {
        "offer_id": ref("offers"),
        "event_id": ref("events"),
        "step": word(*OFFER_STEPS),
        "known": day("2025-01-01", "2028-12-31", optional=True),
        "words": text(120),
    },
}
