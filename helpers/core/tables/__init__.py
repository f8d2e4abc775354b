"""The rule of every column of every table in ``data/``; `helpers.core.data` reads the files and holds them to it.

One file a group of tables; `columns` has the kinds of columns, `vocabulary` the lists of words.
"""

from __future__ import annotations

from helpers.core.tables import (
    chips,
    clusters,
    course,
    fab,
    memory,
    models,
    progress,
    record,
    rules,
    scenario,
    serving,
    training,
)
from helpers.core.tables.columns import Col
from helpers.core.tables.vocabulary import (
    ADOPTION_KINDS,
    CAMPS,
    CHECKABLE_BY,
    CONFIDENCES,
    EFFECTS,
    FAMILIES,
    GAP_KINDS,
    HARDWARE_KINDS,
    HOMES,
    LINKS,
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
    "CHECKABLE_BY",
    "CONFIDENCES",
    "EFFECTS",
    "FAMILIES",
    "GAP_KINDS",
    "HARDWARE_KINDS",
    "HOMES",
    "LINKS",
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
    **memory.TABLES,
    **scenario.TABLES,
}
