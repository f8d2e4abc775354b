"""The course itself: claims, notebooks, words."""

from __future__ import annotations

from helpers.core.tables.columns import Col, number, ref, slug, text, word
from helpers.core.tables.vocabulary import CHECKABLE_BY, CHOICES, CLAIM_KINDS, CONFIDENCES, VERDICTS

TABLES: dict[str, dict[str, Col]] = {
    "claims": {
        "claim_id": slug(key=True),
        "quote": text(200),
        "claim": text(160),
        "topic": word(
            "controls",
            "chips",
            "memory",
            "grey-market",
            "models",
            "equipment",
            "economics",
            "industrial-policy",
            "politics",
            "trade-law",
            "market",
        ),
        "checkable_by": word(*CHECKABLE_BY),
        "kind": word(*CLAIM_KINDS),
        "verdict": word(*VERDICTS),
        "evidence": text(700),
        "counter": text(500, optional=True),
        "would_settle_it": text(200),
        "notebook": ref("course_map", many=True),
        "decided_in": ref("course_map"),
        "test_cell": text(20, optional=True),
        "event_ids": ref("events", many=True, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
    },
    "course_map": {
        "notebook": slug(key=True),
        "subject": text(20),
        "title": text(80),
        "question": text(120),
        "minutes": number(5, 120),
        "edition": word("here", "planned"),
        "outcome": text(200),
    },
    "concepts": {
        "question_id": slug(key=True),
        "question": text(200),
        "a": text(80),
        "b": text(80),
        "c": text(80),
        "d": text(80),
        "answer": word(*CHOICES),
        "why": text(200),
        "taught_in": ref("course_map"),
    },
    "glossary": {
        "term": text(60),
        "meaning": text(420),
        "met_in": ref("course_map", many=True),
    },
}
