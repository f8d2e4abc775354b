"""The picture of 42: supply and demand, with the border."""

from __future__ import annotations

from helpers.core.words import percent
from helpers.show.panel import Number, Panel, State, Steps
from helpers.trade import figures, studies

STEPS = {
    "buyers": "Buyers",
    "home": "Home makers",
    "free": "Free trade",
    "ban": "The foreign line, lifted",
    "pays": "Who pays",
    "years": "Years pass",
    "tools": "Tools denied too",
    "kept": "Effective protection",
}
_TITLES = {
    "buyers": "The dearer the chip, the fewer are bought",
    "home": "The dearer the chip, the more are made at home",
    "free": "Free trade: home makers supply a little, imports the rest",
    "ban": "Denial: the foreign line is lifted away, and the price climbs",
    "pays": "Who pays: buyers, a part of it for nobody’s gain, and the US seller",
    "years": "Years pass: home makers learn, and their line sinks",
    "tools": "Tools denied too: dearer inputs push the line back up",
}
_COUNTS = ("no", "one", "two", "three", "four", "five", "six")


def _more_or_less(share: float) -> str:
    """26% more, 20% less, as much."""
    if abs(share) < 0.005:
        return "as much"
    return f"{percent(abs(share))} {'more' if share > 0 else 'less'}"


def _above(rise: float) -> str:
    return "back at the world price" if rise < 0.005 else f"{percent(rise)} above the world price"


def _kept_finding(found: dict[str, studies.Kept]) -> str:
    """The title of the last step."""
    both = found["chips and tools denied"].protection
    if both < -0.005:
        return "With inputs denied too, protection turns negative"
    if found["only tools denied"].protection < -0.005:
        return "Deny tools and sell chips, and protection turns negative"
    return "A ban on chips protects those who make them"


def _sentence(step: str, s: studies.Stage, found: dict[str, studies.Kept], doublings: float) -> str:
    """At most 20 words and one number."""
    if step == "buyers":
        return f"The dearer a chip, the fewer China’s buyers want; at the world price they want {s.bought_before:.0f}."
    if step == "home":
        return f"Home makers need more for each further chip; at the world price they sell {s.home_before:.0f}."
    if step == "free":
        return f"China buys at the world price, and imports fill the gap of {s.imports_before:.0f} chips a year."
    if step == "ban":
        if s.rise < 0.005:
            return "So many chips still come in that the price stays where it was."
        return f"Without foreign chips the price climbs by {percent(s.rise)}, as under an import tariff of that size."
    if step == "pays":
        if s.buyers_lose < 1e-9:
            return "The price has not moved, so nobody pays."
        share = percent(s.makers_gain / s.buyers_lose)
        return (
            f"Home makers gain {share} of what buyers lose; the US seller loses its profit, and no treasury collects."
        )
    if step == "years":
        return f"After {_COUNTS[int(doublings)]} {'doubling' if doublings == 1 else 'doublings'} of all chips ever made at home, the price is {_above(s.rise)}."
    if step == "tools":
        return f"Home makers pay more for inputs, so their line rises, and the price is {_above(s.rise)}."
    both, only = (found[name].protection for name in ("chips and tools denied", "only tools denied"))
    return f"With both denied, home makers keep {_more_or_less(both)} for own work; with only tools denied, {'less than' if only < -0.005 else 'as much as'} under free trade."


def _more(step: str, s: studies.Stage, found: dict[str, studies.Kept], rate: float) -> str:
    if step == "kept":
        said = " ".join(
            f"{name.capitalize()}: price {k.price:.1f}, inputs {k.inputs:.1f}, own work {k.own_work:.1f}, effective protection {percent(k.protection, signed=True)}."
            for name, k in found.items()
        )
        return f"{said} World price {s.market.world_price:g}, of which {s.market.inputs:.3g} are bought inputs."
    said = (
        f"Price {s.price:.1f} against {s.market.world_price:g}; {s.home:.0f} chips made at home, {s.imports:.0f} imported, {s.bought:.0f} bought,"
        f" against {s.home_before:.0f}, {s.imports_before:.0f} and {s.bought_before:.0f} with free trade and the same makers."
    )
    if step in ("ban", "pays"):
        said += (
            f" Buyers lose {s.buyers_lose:,.0f}, home makers gain {s.makers_gain:,.0f}, nobody gains {s.nobody:,.0f}; the seller loses"
            f" {s.seller_loses:,.0f}, at NVIDIA’s margin over all its products."
        )
    if step in ("years", "tools"):
        said += f" Own work costs {percent(s.learned)} of what it did at first, at a learning rate of {percent(rate)}."
    return said


def border_panel() -> Panel:
    """A ban as protection, from a market without it to effective protection, in eight steps: the picture of 42."""
    at = {name: studies.central(name) for name in ("learning-rate", "doublings", "input-rise", "input-share")}

    def compute(step: str, rate: float, doublings: float, input_rise: float, input_share: float, arriving: float) -> State:  # fmt: skip
        given = (rate / 100, doublings, input_rise / 100, input_share / 100, arriving / 100)
        learn, count, rise, share, coming = given
        where = {"years": (count, 0.0), "tools": (count, rise)}.get(step, (0.0, 0.0))
        denied = step not in ("buyers", "home", "free")
        s = studies.stage(learn, *where, share, coming, denied)
        found = studies.policies(*given)
        title = f"{list(STEPS).index(step) + 1}. {_TITLES.get(step) or _kept_finding(found)}"
        rows = figures.border_rows(step, *given)
        return State(rows, _sentence(step, s, found, count), {"title": title}, more=_more(step, s, found, learn))

    return Panel(
        "With the border",
        [
            Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "buyers"),
            Number("rate", "Learning rate", "% for each doubling", 5, 25, 100 * at["learning-rate"], 1),
        ],
        compute,
        figures.border_chart(),
        presets={
            "What does a ban do to the price?": {"step": "ban"},
            "Who pays for it?": {"step": "pays"},
            "And if makers learn only 5%?": {"step": "years", "rate": 5},
            "What do makers keep in the end?": {"step": "kept"},
            "And if half the chips still come?": {"step": "kept", "arriving": 50},
        },
        more=[
            Number("doublings", "Doublings of cumulative output", "", 1, 6, at["doublings"], 1),
            Number("input_rise", "Inputs are dearer by", "%", 0, 400, 100 * at["input-rise"], 10),
            Number("input_share", "Bought inputs", "% of the world price", 20, 70, 100 * at["input-share"], 5),
            Number("arriving", "Chips that still come in", "% of free imports", 0, 100, 0, 5),
        ],
    )
