"""The picture that opens 40_grey_markets: the price ladder, and the market beside it."""

from __future__ import annotations

from helpers.core.words import percent, places
from helpers.markets import figures, studies
from helpers.show.panel import Number, Panel, State, Steps

NAMES = {
    "list": "The list price",
    "open": "An open market",
    "seizures": "A ban: some are seized",
    "fines": "Who is caught pays more",
    "margin": "Trouble, and what is left",
    "patrols": "More patrols",
    "reward": "Who keeps what",
}


def _finding(ban: studies.Market, now: studies.Market) -> str:
    if not now.arrivals:
        return "So many are caught that nobody tries"
    if not ban.arrivals or abs(now.chance - ban.chance) < 0.005:
        return "Most of what buyers pay above cost is lost or is trouble"
    each = "Each piece brings more" if now.reward > ban.reward else "Each piece brings less"
    if abs(now.net_gain / ban.net_gain - 1) < 0.005:
        return f"{each}, all sellers together gain as before"
    more = now.net_gain > ban.net_gain
    also = "also " if more == (now.reward > ban.reward) else ""
    return f"{each}, all sellers together {also}gain {'more' if more else 'less'}"


def _title(step: str, ban: studies.Market, now: studies.Market) -> str:
    return {
        "list": "In the US such a server costs its list price",
        "open": "Over an open border it costs freight and tax more",
        "seizures": "Under a ban those that arrive pay for those that are seized",
        "fines": "Those that arrive also pay for fines and legal danger",
        "margin": "Trouble is a cost too; what is left is gain"
        if ban.arrivals
        else "At these assumptions nobody tries",
        "patrols": _patrols_title(ban, now),
        "reward": _finding(ban, now),
    }[step]


def _patrols_title(ban: studies.Market, now: studies.Market) -> str:
    if not now.arrivals:
        return "So many patrols that no piece is sent"
    if not ban.arrivals or abs(now.price - ban.price) < 0.005:
        return "As many patrols as before: the same price"
    return (
        "With more patrols each is dearer, and fewer arrive"
        if now.price > ban.price
        else "With fewer patrols each is cheaper, and more arrive"
    )


def _sentence(step: str, ban: studies.Market, now: studies.Market, turn: studies.Turn) -> str:
    """One sentence of at most 20 words and one number."""
    if step in ("seizures", "fines", "margin") and not ban.arrivals:
        return "At these assumptions no buyer would pay what even the first seller must ask."
    if step in ("patrols", "reward") and not now.arrivals:
        return f"Trade ends where {percent(turn.ends)} are caught: the last buyer would not pay what the first seller asks."
    return {
        "list": f"Begin with what a server of eight B300 costs in the US: {figures.thousands(1)} thousand dollars.",
        "open": f"Sellers ask {percent(ban.landed - 1)} more, and buyers take all that they want at that price.",
        "seizures": f"With few patrols {percent(ban.chance)} of those sent are lost; the others must bring in what those had cost.",
        "fines": f"Whoever is caught also pays; spread over all that arrive, this is {figures.thousands(ban.rungs.get('fines', 0))} thousand dollars.",
        "margin": f"Each further seller has more trouble and asks more; {ban.arrivals:.0f} arrive where an open market brought a hundred.",
        "patrols": f"With {percent(now.chance)} caught, each that gets through brings {_against(ban, now)} the reward it did.",
        "reward": _reward_sentence(ban, now),
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


def _reward_sentence(ban: studies.Market, now: studies.Market) -> str:
    if not ban.arrivals:
        return f"Of what buyers pay above cost, all sellers together keep {percent(now.net_gain / now.all_rewards)}."
    if abs(now.chance - ban.chance) < 0.005:
        return f"Of what buyers pay above cost, all sellers keep {percent(now.net_gain / now.all_rewards)}; the rest is lost or trouble."
    change = now.net_gain / ban.net_gain - 1
    if abs(change) < 0.005:
        return "Seizures, fines and trouble counted, all sellers together keep as much as with few patrols."
    return (
        f"Seizures, fines and trouble counted, all sellers together keep {percent(abs(change))}"
        f" {'more' if change > 0 else 'less'} than with few patrols."
    )


def _parts(at: studies.Market, words: str) -> str:
    if not at.arrivals:
        return f"{words} chance of {percent(at.chance)} nothing is traded. "
    parts = ", ".join(f"{name} {figures.thousands(height)}" for name, height in at.rungs.items())
    return (
        f"{words} chance of {percent(at.chance)}: {parts} thousand dollars, together {figures.together(at.rungs.values())},"
        f" {places(at.price, 2)} list prices; {at.arrivals:.0f} arrive of {at.sent:.0f} sent, 100 on the open market. "
    )


def _more(
    step: str, ban: studies.Market, now: studies.Market, turn: studies.Turn, penalty: float, elasticity: float
) -> str:
    """What belongs to the step, and no more, so that the answers differ."""
    if step in ("list", "open"):
        return (
            f"The open market's price is {figures.thousands(ban.landed)} thousand dollars. The quotation of January 2026 lies"
            " below it: no chance of being caught gives it."
        )
    if step in ("seizures", "fines", "margin"):
        return f"Prices of the market are the model’s. {_parts(ban, 'With few patrols, a')}".strip()
    if step == "patrols":
        return f"{_parts(now, 'At the chosen')}The 20% we begin with are fitted to the quotation of June 2026. January’s lies below every price of the model.".strip()
    said = ""
    if now.arrivals:
        said = (
            f"All together bring {_millions(now.all_rewards)} million dollars above cost, of which net gain"
            f" {_millions(now.net_gain)}; with few patrols {_millions(ban.all_rewards)} and {_millions(ban.net_gain)}. Demand has"
            f" an elasticity of {places(now.elasticity, 2)} at this price, {places(elasticity, 2)} at the open market's; all sellers gain from more patrols while it is below"
            f" {places(now.price / (now.price + penalty), 2)}, price over price and penalty. "
        )
    return (
        f"{said}Net gain is largest where {percent(turn.net)} are caught, gross rewards where {percent(turn.gross)} are; trade"
        f" ends at {percent(turn.ends)}."
    )


def _millions(total: float) -> str:
    return f"{float(figures.thousands(total).replace(',', '')) / 1e3:.1f}"


def ladder_panel() -> Panel:
    """The price ladder of a server under a ban, and the market in which it is formed."""

    def compute(step: str, chance: float, elasticity: float, penalty: float, trouble: float) -> State:
        given = penalty, studies.last_buyer(elasticity), trouble
        ban = studies.market_at(studies.central("chance_ban"), *given)
        now = studies.market_at(chance / 100, *given)
        turn = studies.turn(*given)
        title = f"{list(NAMES).index(step) + 1}. {_title(step, ban, now)}"
        rows = figures.ladder_rows(step, chance / 100, *given)
        return State(
            rows,
            _sentence(step, ban, now, turn),
            {"title": title},
            more=_more(step, ban, now, turn, penalty, elasticity),
        )

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
            "Do all sellers together gain?": {"step": "reward"},
            "What if half are caught?": {"step": "reward", "chance": 50},
            "What if buyers hardly give up?": {"step": "reward", "elasticity": 0.25},
        },
        more=[
            Number("elasticity", "Elasticity: 1% dearer, less is bought by", "%", *_ends("elasticity"), studies.central("elasticity"), 0.05),
            Number("penalty", "Fine and legal danger", "list prices a piece", *_ends("penalty"), studies.central("penalty"), 0.1),
            Number("trouble", "Trouble of the hundredth seller", "list prices", *_ends("trouble"), studies.central("trouble"), 0.1),
        ],
    )  # fmt: skip


def _ends(name: str) -> tuple[float, float]:
    low, _, high = studies.assumed(name)
    return low, high
