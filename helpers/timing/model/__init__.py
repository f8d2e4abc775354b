"""Timing: a stock of chips by vintage, a home tap that answers fear, and a game of selling and denying in two periods.

`stock` says what is left of chips that are not replaced; `tap` how fast a buyer's own production grows as an answer to the
expected chance of denial. `reservoir` puts both together year by year, for any number of policies and draws, and counts what
a denial could still take; `game` sums those years to the pay-offs of a seller's and a buyer's plans. Chips are counted as
the buyer's need: no number of the world is in here. All take values or arrays.
"""

from helpers.core.limits import guard
from helpers.timing.model.flips import flip, flip_answer, flip_discount
from helpers.timing.model.game import (
    BUYERS,
    DEFAULTS,
    PLANS,
    Payoffs,
    best_plan,
    payoffs,
)
from helpers.timing.model.reservoir import AHEAD, MOST_CELLS, WANTED, Reservoir, leverage, run
from helpers.timing.model.stock import HOW, LONGEST_LIFE, alive, in_use, left_after
from helpers.timing.model.tap import (
    effort,
    effort_between,
    fear_after,
    share_after,
    years_to_share,
)

__all__ = [
    "AHEAD",
    "BUYERS",
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
    "flip",
    "flip_answer",
    "flip_discount",
    "in_use",
    "left_after",
    "leverage",
    "payoffs",
    "run",
    "share_after",
    "years_to_share",
]

guard(globals(), apart={"in_use", "leverage", "run"})
