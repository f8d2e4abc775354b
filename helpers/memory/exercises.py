"""What the exercises of `26_memory_wall` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.core import data
from helpers.course.checks import Exercise
from helpers.memory import model as memory
from helpers.memory import studies


def _tie_hbm4() -> float:
    price = data.load("memory_prices").set_index("price_id").loc["hbm4-stack-2026", "central"]
    return float(memory.break_even(price, studies.gb_of("HBM4 stack"), 4))


EXERCISES: dict[str, Exercise] = {
    "26-1": Exercise(
        expected=lambda: studies.stockpile().last_month / studies.LAYERS,
        unit="chips",
        hints=(
            "A chip is finished only with all its stacks.",
            "Chips = stacks / stacks of one chip; a 910C takes 8.",
            "7_000_000 / ...",
        ),
        slips=(8, 64),
    ),
    "26-2": Exercise(
        expected=lambda: 100 * float(memory.stack_yield(memory.layer_yield(studies.parts().back, 8), 12)),
        unit="per cent",
        hints=(
            "First the yield of one layer, then twelve of them.",
            "One layer is the eighth root of the stack; twelve layers are its twelfth power.",
            "100 * memory.stack_yield(memory.layer_yield(0.70, 8), ...)",
        ),
    ),
    "26-3": Exercise(
        expected=_tie_hbm4,
        unit="USD for each GB",
        hints=(
            "What does a stack bring for each gigabyte, and how many wafers does it take?",
            "Price / gigabytes / wafer ratio.",
            "memory.break_even(560, 36, ...)",
        ),
        slips=(4, 36),
    ),
    "26-4": Exercise(
        expected=lambda: 100 * studies.parts().whole / studies.parts().back,
        unit="per cent",
        hints=(
            "Steps one after the other multiply.",
            "Whole = front x back, so front = whole / back.",
            "100 * 0.25 / ...",
        ),
    ),
}
