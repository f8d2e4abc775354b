"""Timing: a stock of chips by vintage, a home tap that answers fear, and a game of selling and denying in two periods.

Three rooms. `stock` says what is left of chips that are not replaced; `tap` how fast a buyer's own production grows,
as an answer to the expected chance of denial, and what a denial can still take; `reservoir` puts both together year by
year for any number of policies and draws; `game` compares a seller's plans over two periods. Chips are counted as the
buyer's need: no number of the world is in here. All take values or arrays.
"""

from helpers.core.limits import guard
from helpers.timing.model.game import (
    DEFAULTS,
    PLANS,
    Payoffs,
    best_plan,
    flip,
    flip_answer,
    flip_discount,
    payoffs,
    promise_holds,
)
from helpers.timing.model.reservoir import MOST_CELLS, WANTED, Reservoir, run
from helpers.timing.model.stock import HOW, LONGEST_LIFE, alive, first_bites, in_use, left_after
from helpers.timing.model.tap import (
    effort,
    effort_between,
    fear_after,
    leverage_left,
    share_after,
    supply_denied,
    years_to_share,
)

__all__ = [
    "DEFAULTS",
    "HOW",
    "LONGEST_LIFE",
    "MOST_CELLS",
    "PLANS",
    "Payoffs",
    "Reservoir",
    "WANTED",
    "alive",
    "best_plan",
    "effort",
    "effort_between",
    "fear_after",
    "first_bites",
    "flip",
    "flip_answer",
    "flip_discount",
    "in_use",
    "left_after",
    "leverage_left",
    "payoffs",
    "promise_holds",
    "run",
    "share_after",
    "supply_denied",
    "years_to_share",
]

guard(globals(), apart={"in_use", "run"})
