"""The record: sources, events, eras, what answered what, and the two gates."""

from __future__ import annotations

from helpers.core.tables.columns import Col, day, flag, loose_date, number, ref, slug, text, url, word
from helpers.core.tables.vocabulary import CAMPS, CONFIDENCES, EFFECTS, LINKS, SIDES, TRACKS

TABLES: dict[str, dict[str, Col]] = {
    "sources": {
        "source_id": slug(key=True),
        "publisher": text(90),
        "title": text(260),
        "url": url(),
        "published": loose_date(),
        "accessed": loose_date(optional=True),
        "kind": word("official", "filing", "paper", "company", "press", "law-firm", "think-tank", "analyst", "relay"),
        "relayed_by": text(90, optional=True),
        "note": text(400, optional=True),
    },
    "events": {
        "event_id": slug(key=True),
        "date": day("2014-01-01", "2028-12-31"),
        "date_precision": word("day", "month", "quarter", "year"),
        "actor": text(80),
        "side": word(*SIDES),
        "camp": word(*CAMPS),
        "track": word(*TRACKS),
        "effect": word(*EFFECTS),
        "title": text(80),
        "summary": text(420),
        "instrument": text(40),
        "value": number(optional=True),
        "unit": text(70, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "status": word("occurred", "alleged", "plan", "scheduled"),
        "story": flag(),
    },
    "eras": {
        "era_id": slug(key=True),
        "name": text(60),
        "start": day(),
        "end": day(),
        "mechanism": text(300),
        "turn": text(300),
        "turn_event": ref("events"),
        "number_to_change": text(200),
    },
    "responses": {
        "action_id": ref("events"),
        "response_id": ref("events"),
        "link": word(*LINKS),
        "note": text(400),
        "source_id": ref("sources", optional=True),
    },
    "gates": {
        "chip": text(30),
        "government": word("US", "China"),
        "state": word("open", "by licence", "discouraged", "shut"),
        "from_event": ref("events"),
        "until_event": ref("events", optional=True),
        "note": text(200),
    },
    "h200_record": {
        "month": day("2025-12-01", "2026-12-01"),
        "us_key": word("yes", "partial", "no", "unknown"),
        "cn_key": word("yes", "partial", "no", "unknown"),
        "delivered": word("yes", "partial", "no", "unknown"),
        "note": text(400),
        "source_ids": ref("sources", many=True, optional=True),
    },
}
