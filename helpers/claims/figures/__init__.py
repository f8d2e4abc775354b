"""Charts, cards and tables of the claims."""

from helpers.claims.figures.board import BOARD_STEPS, board_chart, board_rows
from helpers.claims.figures.cards import (
    claims_chart,
    equal_work_chart,
    open_matters,
    verdict,
    verdict_link,
    verdicts_table,
)
from helpers.claims.figures.chain import GATES, SCENES, chain_chart, chain_rows
from helpers.claims.figures.course import chain_table, course_table, gates_table, routes
from helpers.claims.figures.ours import (
    answer_card,
    checkable_table,
    our_verdicts,
    survived_chart,
    tested_in,
    what_would_change,
    wrong_so_far,
)
from helpers.claims.figures.sheet import sheet

__all__ = [
    "BOARD_STEPS",
    "GATES",
    "SCENES",
    "answer_card",
    "board_chart",
    "board_rows",
    "chain_chart",
    "chain_rows",
    "chain_table",
    "checkable_table",
    "course_table",
    "claims_chart",
    "equal_work_chart",
    "gates_table",
    "open_matters",
    "our_verdicts",
    "routes",
    "sheet",
    "survived_chart",
    "tested_in",
    "verdict",
    "verdict_link",
    "verdicts_table",
    "what_would_change",
    "wrong_so_far",
]
