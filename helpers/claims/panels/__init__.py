"""The panels and forms of 00_start_here and 90_verdicts; and the verdict cards."""

from helpers.claims.figures import (
    checkable_table,
    open_matters,
    our_verdicts,
    verdict,
    verdict_link,
    verdicts_table,
    what_would_change,
    wrong_so_far,
)
from helpers.claims.panels.board import Board, board_panel
from helpers.claims.panels.chain import chain_panel
from helpers.claims.panels.forms import OpinionForm, OpinionsByTopic
from helpers.claims.panels.judging import SheetForm, VerdictForm
from helpers.claims.panels.start import claims_panel, more_chips_panel
from helpers.claims.panels.words import WordFinder

__all__ = [
    "Board",
    "OpinionForm",
    "OpinionsByTopic",
    "SheetForm",
    "VerdictForm",
    "WordFinder",
    "board_panel",
    "chain_panel",
    "checkable_table",
    "claims_panel",
    "more_chips_panel",
    "open_matters",
    "our_verdicts",
    "verdict",
    "verdict_link",
    "verdicts_table",
    "what_would_change",
    "wrong_so_far",
]
