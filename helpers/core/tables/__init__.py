"""The rule of every column of every table in ``data/``; `helpers.core.data` reads the files and holds them to it.

One file a group of tables; `columns` has the kinds of columns, `vocabulary` the lists of words.
"""

from __future__ import annotations

from helpers.core.tables import (
    chips,
    clusters,
    course,
    fab,
    law,
    markets,
    memory,
    models,
    progress,
    record,
    rules,
    scenario,
    serving,
    timing,
    trade,
    training,
)
from helpers.core.tables.columns import Col
from helpers.core.tables.vocabulary import (
    ADOPTION_KINDS,
    CAMPS,
    CASE_DATES,
    CASE_ENDS,
    CHECKABLE_BY,
    CHOICES,
    CLAIM_KINDS,
    CONFIDENCES,
    COURTS,
    EFFECTS,
    FAMILIES,
    GAP_KINDS,
    HARDWARE_KINDS,
    HOMES,
    LINKS,
    MEASURE_KINDS,
    RULE_STATUSES,
    SIDES,
    TRACKS,
    VERDICTS,
)

__all__ = [
    "TABLES",
    "Col",
    "ADOPTION_KINDS",
    "CAMPS",
    "CASE_DATES",
    "CASE_ENDS",
    "CHECKABLE_BY",
    "CHOICES",
    "CLAIM_KINDS",
    "CONFIDENCES",
    "COURTS",
    "EFFECTS",
    "FAMILIES",
    "GAP_KINDS",
    "HARDWARE_KINDS",
    "HOMES",
    "LINKS",
    "MEASURE_KINDS",
    "RULE_STATUSES",
    "SIDES",
    "TRACKS",
    "VERDICTS",
]

TABLES: dict[str, dict[str, Col]] = {
    **record.TABLES,
    **course.TABLES,
    **chips.TABLES,
    **rules.TABLES,
    **fab.TABLES,
    **clusters.TABLES,
    **models.TABLES,
    **training.TABLES,
    **serving.TABLES,
    **progress.TABLES,
    **markets.TABLES,
    **memory.TABLES,
    **trade.TABLES,
    **timing.TABLES,
    **law.TABLES,
    **scenario.TABLES,
}
