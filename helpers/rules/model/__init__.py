"""Would this chip have needed a US licence on that day, and under which paragraph?

`classify` answers for one chip, day and destination; `classify_all` for a grid; `history` for one
chip through time; `rule_versions` and `regions` show what was in force. Every number, date, place
and citation is a row of ``data/rules/``; this folder only compares and looks up. The order of
evaluation is written in ``data/rules/README.md``. Teaching material, not legal advice.

Rooms, each using only those above it: `book` (the tables), `doors` (checks of what is asked), `limbs`
(tests and margins), `decision` (paragraph and policy), `answers` (one answer in sentences), `grids`
(many), `in_force` (rules and regions of a day).
"""

from helpers.core.limits import guard
from helpers.rules.model.answers import Answer, classify
from helpers.rules.model.doors import IMPORT, place
from helpers.rules.model.grids import classify_all, decisive, every_test, history, months, tightest
from helpers.rules.model.in_force import days_of_change, regions, rule_versions, strictness
from helpers.rules.model.limbs import Limb

__all__ = [
    "IMPORT",
    "Answer",
    "Limb",
    "classify",
    "classify_all",
    "days_of_change",
    "decisive",
    "every_test",
    "history",
    "months",
    "place",
    "regions",
    "rule_versions",
    "strictness",
    "tightest",
]

guard(
    globals(),
    besides=(
        "classify",
        "classify_all",
        "every_test",
        "history",
        "months",
        "place",
        "regions",
        "rule_versions",
        "strictness",
    ),
)
