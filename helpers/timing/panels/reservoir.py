"""The picture that opens 44_deny_or_sell: the reservoir, step by step."""

from __future__ import annotations

from helpers.core.words import figures as number
from helpers.core.words import percent
from helpers.show.panel import Number, Panel, State, Steps
from helpers.timing import figures, studies

STEPS = {
    "tank": "Chips in use",
    "sale": "Sale fills it",
    "tap": "A tap at home",
    "fear": "Fear opens the tap",
    "early": "Deny now",
    "spent": "What is used is spent",
    "late": "Deny later",
    "compare": "All three",
}
_FEW = 0.005  # a share that no sentence gives


def _finding(tanks: dict[str, studies.Tank], late: int) -> str:
    kept, used = (float(tanks[name].left[late]) for name in ("sell", "deny early"))
    if kept - used < 0.01:
        return "Used or kept, the leverage melts alike: here the tap does not answer fear"
    return "In years of need, leverage is spent when used and melts when kept"


def _slowly(tank: studies.Tank) -> bool:
    return float(tank.missing[1]) < 0.25


def _opened(tank: studies.Tank, late: int) -> bool:
    return float(tank.tap[late]) > 0.4


def _title(tanks: dict[str, studies.Tank], frame: str, late: int) -> str:
    if frame == "compare":
        return _finding(tanks, late)
    if frame == "early" and not _slowly(tanks["deny early"]):
        return "Denied early, the tank falls at once"
    if frame == "late" and not _opened(tanks["deny late"], late):
        return "Denied late, the tap is still small"
    return _TITLES[frame]


def _sentence(tanks: dict[str, studies.Tank], frame: str, retire: float, growth: float, late: int) -> str:
    """One sentence of at most 20 words and one number."""
    sell, early, denied_late = (tanks[name] for name in studies.POLICIES)
    if frame == "early":
        worst = float(early.missing.max())
        if worst < _FEW:
            return "Deny now: at this setting hardly any chip is missing in ten years."
        outgrown = growth / (1 + growth) > retire  # of last year's full tank: the part that growth takes, over wear
        why = "the need outgrows last year's chips" if outgrown else "many chips wear out each year"
        pace = "chips last, so the tank falls slowly" if _slowly(early) else f"{why}, so the tank falls at once"
        return f"Deny now: {pace}; at worst {percent(worst)} are missing."
    if frame == "spent":
        return f"Under denial the tap opens fast: of what a denial could take at the start, {percent(float(early.left[late]))} is left."
    if frame == "late":
        worst = float(denied_late.missing.max())
        meanwhile = "the tap has opened meanwhile" if _opened(denied_late, late) else "the tap is still small"
        gap = "hardly any chip is" if worst < _FEW else f"at worst {percent(worst)} are"
        return f"Sell first, deny later: {meanwhile}, and {gap} missing."
    if frame == "compare":
        taken = float(denied_late.used[-1] / denied_late.leverage[0])
        chips = [studies.taken_in_chips(tank, growth) for tank in (early, denied_late)]
        also = "in chips it takes more" if chips[1] > chips[0] * 1.005 else "in chips too" if chips[1] < chips[0] * 0.995 else "in chips as much"  # fmt: skip
        against = "less than" if denied_late.used[-1] < early.used[-1] - 1e-9 else "like"
        return f"In years of need, late denial takes {percent(taken)} of the leverage, {against} early denial; {also}."
    if frame == "sale" and growth > _FEW:
        return f"Sale fills the tank and keeps up with the need, which grows by {percent(growth)} a year."
    return {
        "tank": f"These are all chips that a buyer has in use; each year {percent(retire)} of them retire.",
        "sale": "Sale from abroad fills the tank as fast as it drains. The seller could shut the valve.",
        "tap": f"A tap at home gives {percent(float(sell.tap[0]))} of the yearly need, and opens a little every year.",
        "fear": "The more the buyer fears that sale will stop, the faster, a year later, it opens its own tap.",
    }[frame]


def _more(tanks: dict[str, studies.Tank], answer: float, growth: float, late: int) -> str:
    """Every policy at its worst, the tap and the leverage, and what the control means."""
    told = []
    for name, tank in tanks.items():
        worst, used = int(tank.missing.argmax()), float(tank.used[-1])
        gap = f"at worst {percent(float(tank.missing[worst]))} missing, in year {worst}" if tank.missing[worst] > _FEW else "none missing"  # fmt: skip
        told.append(
            f"{name.capitalize()}: {gap}; home tap {percent(float(tank.tap[late]))} in year {late} and"
            f" {percent(float(tank.tap[-1]))} in year 10; leverage left in year {late} {percent(float(tank.left[late]))};"
            f" taken by year 10 {number(used if used > _FEW else 0, 2)} years of the need."
        )
    chips = [number(studies.taken_in_chips(tanks[name], growth), 2) for name in ("deny early", "deny late")]
    return (
        " ".join(told)
        + f" Counted in chips, which a growing need makes more each year, the early denial takes {chips[0]} and the late one {chips[1]} times the need of the first year."
        + " Leverage is what a denial begun then would take until the tap is open. The tank is drawn as large as the need of the year."
        f" In certain fear the tap opens at {studies.speed():.2f} a year in log odds, by our reading of IDC's counts of cards in China;"
        f" you say that {answer:g}% of that is an answer to fear, and the rest would come anyway."
    )


def reservoir_panel() -> Panel:
    """Chips in use, a drain, a valve, and a tap that answers fear: sell, deny early, deny late."""

    def compute(step: str, answer: float, retire: float, growth: float, fear: float, leak: float, late: float) -> State:
        tanks = studies.tanks(answer / 100, retire / 100, growth / 100, fear / 100, leak / 100, int(late))
        rows = figures.reservoir_rows(tanks, step, retire / 100, growth / 100, int(late))
        title = f"{list(STEPS).index(step) + 1}. {_title(tanks, step, int(late))}"
        return State(rows, _sentence(tanks, step, retire / 100, growth / 100, int(late)), {"title": title}, more=_more(tanks, answer, growth / 100, int(late)))  # fmt: skip

    middle = {
        name: 100 * studies.parameter(name)[1]
        for name in ("answer_part", "retire_per_year", "fear_sold", "growth_per_year")
    }
    return Panel(
        "The reservoir",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "tank"),
            Number("answer", "Part of the tap's speed that answers fear", "%", 0, 100, middle["answer_part"], 5),
        ],
        compute,
        figures.reservoir_chart(),
        presets={
            "What does a denial do now?": {"step": "early"},
            "What is left of it later?": {"step": "spent"},
            "What if fear moves nothing?": {"step": "compare", "answer": 0},
            "What if fear moves everything?": {"step": "compare", "answer": 100},
            "What if the need does not grow?": {"step": "compare", "growth": 0},
        },
        more=[
            Number("retire", "Chips retired in a year", "%", 5, 50, middle["retire_per_year"], 1),
            Number("growth", "More chips wanted each year", "%", 0, 150, middle["growth_per_year"], 10),
            Number("fear", "Fear of denial while sold to", "%", 0, 100, middle["fear_sold"], 5),
            Number("leak", "Of what is denied, comes in anyway", "%", 0, 100, 0, 5),
            Number("late", "Years of sale before the late denial", "years", 1, 9, studies.LATE, 1),
        ],
    )


_TITLES = {
    "tank": "A buyer's chips in use wear out and must be replaced",
    "sale": "Sale keeps the tank full, and the buyer dependent",
    "tap": "Part of the need is made at home",
    "fear": "Fear of denial opens the home tap",
    "early": "Denied early, the tank falls slowly",
    "spent": "The tap opens, and the denial spends itself",
    "late": "Denied late, the tap is already open",
}
