"""The compute gap: dials with their ranges, what they are made of, and what others have published."""

from __future__ import annotations

from helpers.core.tables.columns import Col, named, number, ref, slug, text, whole, word
from helpers.core.tables.vocabulary import CONFIDENCES

TABLES: dict[str, dict[str, Col]] = {
    "gap_dials": {
        "row_id": slug(key=True),
        "dial": slug(),
        "what": text(90),
        "year": whole(2022, 2032),
        "low": number(0, optional=True),
        "central": number(0),
        "high": number(0, optional=True),
        "shape": word("lognormal", "triangular", "point"),
        "unit": text(30),
        "kind": word("history", "forecast", "parameter", "policy"),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "gap_mix": {
        "mix_id": slug(key=True),
        "flow": word("outside", "domestic", "licensed", "smuggled"),
        "first_year": whole(2022, 2032),
        "last_year": whole(2022, 2032),
        "chip": named("chips"),
        "share": number(0, 1),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "gap_published": {
        "published_id": slug(key=True),
        "author": text(60),
        "published": text(10),
        "question": text(110),
        "said": text(200),
        "low": number(0, optional=True),
        "central": number(0, optional=True),
        "high": number(0, optional=True),
        "unit": text(40, optional=True),
        "basis": text(70, optional=True),
        "use": word("reproduce", "compare", "score", "context"),
        "outcome": number(0, optional=True),
        "outcome_note": text(200, optional=True),
        "left_out": word("year not over", "printed after the year", "another count", optional=True),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
}
