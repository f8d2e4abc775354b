"""The picture that opens 40_grey_markets: the price ladder, and the market beside it."""

from __future__ import annotations

from helpers.core.words import percent, places, times
from helpers.markets import figures, studies
from helpers.show.panel import Number, Panel, State, Steps

NAMES = {
    "list": "The list price",
    "open": "An open market",
    "seizures": "A ban: some are seized",
    "fines": "Who is caught pays more",
    "margin": "Few will try",
    "patrols": "More patrols",
    "reward": "What more patrols do",
}


def _finding(now: studies.Market, turn: studies.Turn) -> str:
    if not now.arrivals:
        return "So many are caught that nobody tries"
    if now.chance < turn.largest:
        return "Here enforcement cuts supply and raises the reward"
    return "Here more enforcement shrinks supply and reward alike"


def _title(step: str, ban: studies.Market, now: studies.Market, turn: studies.Turn) -> str:
    return {
        "list": "At home such a server costs its list price",
        "open": "Over an open border it costs freight and tax more",
        "seizures": "Under a ban those that arrive pay for those that are seized",
        "fines": "And for fines and legal danger",
        "margin": "Few will try: both lines meet at a higher price"
        if ban.arrivals
        else "At these assumptions nobody tries",
        "patrols": _patrols_title(ban, now),
        "reward": _finding(now, turn),
    }[step]


def _patrols_title(ban: studies.Market, now: studies.Market) -> str:
    if not now.arrivals:
        return "So many patrols that no piece is sent"
    if not ban.arrivals or abs(now.price - ban.price) < 0.005:
        return "As many patrols as before: the same price"
    return "More patrols: dearer and fewer" if now.price > ban.price else "Fewer patrols: cheaper and more"


def _sentence(step: str, ban: studies.Market, now: studies.Market, turn: studies.Turn) -> str:
    """One sentence of at most 20 words and one number."""
    if step in ("seizures", "fines", "margin") and not ban.arrivals:
        return "At these assumptions no buyer would pay what even the first seller must ask."
    if step in ("patrols", "reward") and not now.arrivals:
        return f"Trade ends where {percent(turn.ends)} are caught: the last buyer would not pay what the first seller asks."
    return {
        "list": f"Begin with what a server of eight B300 costs in the US: {figures.thousands(1)} thousand dollars.",
        "open": f"Sellers ask {percent(ban.landed - 1)} more, and buyers take all that they want at that price.",
        "seizures": f"Of the pieces sent, {percent(ban.chance)} are lost; the others must bring in what those had cost.",
        "fines": f"Whoever is caught also pays; spread over all that arrive, this is {figures.thousands(ban.rungs.get('fines', 0))} thousand dollars.",
        "margin": f"Not everyone dares: the next seller asks more, and only {ban.arrivals:.0f} of a hundred still arrive.",
        "patrols": f"With {percent(now.chance)} caught, each that gets through brings {_against(ban, now)} the reward it did.",
        "reward": _reward_sentence(now, turn),
    }[step]


def _against(ban: studies.Market, now: studies.Market) -> str:
    """Without a second number in the sentence where the ratio is plain."""
    if not ban.arrivals:
        return "more than"
    ratio = now.reward / ban.reward
    if 1.9 <= ratio <= 2.25:
        return "about twice"
    if abs(ratio - 1) < 0.02:
        return "as much as"
    return "several times" if ratio > 3 else "more than" if ratio > 1 else "less than"


def _reward_sentence(now: studies.Market, turn: studies.Turn) -> str:
    if now.chance < turn.largest - 0.005:
        return f"Until {percent(turn.largest)} are caught, more patrols raise what all sellers get together, though fewer pieces arrive."
    return (
        f"Beyond {percent(turn.largest)} caught, more patrols cut both the pieces that arrive and what all sellers get."
    )


def _more(step: str, ban: studies.Market, now: studies.Market, turn: studies.Turn) -> str:
    said = "Prices of the market are the model’s. "
    for words, at in (("At the ban’s", ban), ("At the chosen", now)):
        if at.arrivals:
            parts = ", ".join(f"{name} {figures.thousands(height)}" for name, height in at.rungs.items())
            said += (
                f"{words} chance of {percent(at.chance)}: {parts} thousand dollars, together {figures.thousands(at.price)},"
                f" {places(at.price, 2)} list prices; {at.arrivals:.0f} arrive of {at.sent:.0f} sent, 100 on the open market. "
            )
        else:
            said += f"{words} chance of {percent(at.chance)} nothing is traded. "
    if ban.arrivals and now.arrivals:
        said += (
            f"The reward of a piece that gets through is its price less what it cost to bring: {times(now.reward / ban.reward)}"
            f" times the ban’s; all rewards together are {times(now.all_rewards / ban.all_rewards)} times. "
        )
    return (
        f"{said}All rewards are largest where {percent(turn.largest)} are caught; trade ends at {percent(turn.ends)}."
    )


def ladder_panel() -> Panel:
    """The price ladder of a server under a ban, and the market in which it is formed."""

    def compute(step: str, chance: float, penalty: float, most: float, trouble: float) -> State:
        given = penalty, most, trouble
        ban = studies.market_at(studies.central("chance_ban"), *given)
        now = studies.market_at(chance / 100, *given)
        turn = studies.turn(*given)
        title = f"{list(NAMES).index(step) + 1}. {_title(step, ban, now, turn)}"
        rows = figures.ladder_rows(step, chance / 100, *given)
        return State(rows, _sentence(step, ban, now, turn), {"title": title}, more=_more(step, ban, now, turn))

    patrols = round(100 * studies.central("chance_patrols"))
    return Panel(
        "The price ladder",
        [
            Steps("step", "Step", [(name, step) for step, name in NAMES.items()], "list"),
            Number("chance", "Chance of being caught (steps 6 and 7)", "%", 0, 70, patrols, 1),
        ],
        compute,
        figures.ladder_chart(),
        presets={
            "What does an open market cost?": {"step": "open"},
            "What does the ban add?": {"step": "margin"},
            "What do more patrols do?": {"step": "patrols"},
            "Who gains from more patrols?": {"step": "reward"},
            "What if half are caught?": {"step": "reward", "chance": 50},
            "What if fines are far higher?": {"step": "reward", "penalty": 2},
        },
        more=[
            Number("penalty", "Fine and legal danger", "list prices a piece", *_ends("penalty"), studies.central("penalty"), 0.1),
            Number("most", "The last buyer gives", "list prices", *_ends("most"), studies.central("most"), 0.1),
            Number("trouble", "The hundredth seller asks", "list prices", *_ends("trouble"), studies.central("trouble"), 0.1),
        ],
    )  # fmt: skip


def _ends(name: str) -> tuple[float, float]:
    low, _, high = studies.assumed(name)
    return low, high
