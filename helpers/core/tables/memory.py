"""Memory: gigabytes to be had, prices of DRAM and HBM, makers and their shares."""

from __future__ import annotations

from helpers.core.tables.columns import Col, loose_date, number, ref, slug, text, word
from helpers.core.tables.vocabulary import CONFIDENCES

TABLES: dict[str, dict[str, Col]] = {
    "memory_supply": {
        "input_id": slug(key=True),
        "quantity": text(90),
        "period": text(20),
        "low": number(0, optional=True),
        "central": number(0),
        "high": number(0, optional=True),
        "unit": word("stacks", "units", "million GB", "GB", "wafers per month", "share", "times"),
        "basis": word("published", "ours"),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "memory_prices": {
        "price_id": slug(key=True),
        "series": text(60),
        "period": text(20),
        "low": number(-100, 1e6, optional=True),
        "central": number(-100, 1e6),
        "high": number(-100, 1e6, optional=True),
        "unit": word("per cent", "USD", "times"),
        "nature": word("forecast", "revised", "seen"),
        "published": loose_date(),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "memory_makers": {
        "maker_id": slug(key=True),
        "entity": text(60),
        "measure": text(60),
        "period": text(20),
        "low": number(optional=True),
        "central": number(optional=True),
        "high": number(optional=True),
        "unit": word("wafers", "per cent", "CNY billion"),
        "nature": word("counted", "estimate", "forecast", "plan"),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
}
