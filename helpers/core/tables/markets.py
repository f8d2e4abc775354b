"""Grey markets: estimates, prices, cases and assumptions, and nothing else.

A test holds the columns to these lists: no route, no method of evasion, no seller, no accused person.
"""

from __future__ import annotations

from helpers.core.tables.columns import Col, loose_date, name, number, ref, slug, text, word
from helpers.core.tables.vocabulary import CONFIDENCES

TABLES: dict[str, dict[str, Col]] = {
    "market_estimates": {
        "estimate_id": slug(key=True),
        "who": text(40),
        "quantity": text(60),
        "period": text(30),
        "low": number(0, optional=True),
        "central": number(0, optional=True),
        "high": number(0, optional=True),
        "unit": word("chips", "H100-equivalents", "per cent", "services", "per cent of list"),
        "interval": word("90% interval", "95% interval", "range of a model", "lowest seen", "count", "none found"),
        "method": text(90),
        "as_printed": text(90),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "market_prices": {
        "price_id": slug(key=True),
        "item": word("H100 card", "H20 server", "B200 server", "B300 server"),
        "chips": number(1, 100),
        "place": word("China", "US"),
        "market": word("grey", "legal", "list"),
        "date": loose_date(),
        "price": number(1, 1e9),
        "currency": word("CNY", "USD"),
        "bound": word("about", "at least", "at most"),
        "as_printed": text(90),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "market_cases": {
        "case_id": slug(key=True),
        "event_id": ref("events"),
        "court": text(60),
        "status": word("alleged", "plea", "verdict", "dismissed"),
        "alleged": text(120),
        "value_is": word("at least", "alleged", "counted"),
        "note": text(200, optional=True),
    },
    "market_assumptions": {
        "name": name(),
        "low": number(0),
        "central": number(0),
        "high": number(0),
        "unit": text(40),
        "source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300),
    },
}
