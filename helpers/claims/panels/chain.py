"""From sand to answer: the chain station by station, the gates, the claims along it; then any station, opened."""

from __future__ import annotations

from helpers.claims import figures, studies
from helpers.core import data, safe
from helpers.core.words import counted, listed
from helpers.show import page
from helpers.show.panel import Choice, Panel, State, Steps

AS_STEP = ""  # of the control “Open a station”: the picture of the step
# What is seen at each step, for those who do not see it.
SEEN = {
    "light": "A heap of sand, a crystal, a round wafer; then a lamp, a mask with openings, a lens, and below them the wafer with the pattern.",
    "fab": "Three cross-sections: a film lies on the wafer, lines are printed on it, the film between them is gone; an arrow leads back to the first. Right: a wafer full of square fields.",
    "dies": "A wafer is sawn apart; a blue logic die lies beside an orange stack of eight memory dies.",
    "package": "A package from above: two blue logic dies in the middle, four orange stacks at each edge.",
    "cluster": "A chip, a server of eight such chips, a hall with a row of racks; blue lines link the racks, and a power line comes in.",
    "training": "A text with one word covered; the model as a grid of shaded numbers; its guess, the word that stood there, and an arrow back that corrects the numbers.",
    "answer": "A question in a bubble, an answer in boxes of words and parts of words; an arrow from the grid of numbers up to the next, empty box.",
    "gates abroad": "A second road below, in China. Four ways lead down to it: tools, memory, chips, models. Bars stand across them: whole for tools, memory and models, with a gap for chips.",
    "gates in China": "Two more bars, broken in three, lower down: one on the way of tools, one on the way of chips.",
    "claims": "Numbered dots, one a claim: beside the gates, below the stations, and in a row below for the whole road. Those at the two gates on chips are marked.",
}  # fmt: skip


def _last(step: str) -> tuple[str, str]:
    """Title and sentence of a step on the map."""
    if step == figures.GATES[0]:
        return (
            "Gates set abroad stand before tools, memory, chips and models",
            "The US sets gates for memory and chips, with partners for tools; US firms set their own for models.",
        )
    if step == figures.GATES[1]:
        return (
            "China is reported to hold back tools and chips, too",
            "China is reported to ask for home-made tools and to hold back foreign chips, by rules it has not published.",
        )
    at = studies.along_the_chain()
    return (
        "More claims stand where chips cross than anywhere else",
        f"As we place them, {at.at_chips} claims stand at the two gates on chips; no station has so many.",
    )


def steps() -> dict[str, tuple[str, str]]:
    """Title and sentence of every step, in order.

    Returns
    -------
    dict of str to (str, str)
        By the key that `figures.chain_rows` takes.
    """
    names = studies.stations()
    found = {key: (names[key].title, names[key].does) for key in figures.SCENES}
    return found | {step: _last(step) for step in figures.GATES}


def _name(step: str) -> str:
    short = {"gates abroad": "Gates abroad", "gates in China": "Gates in China", "claims": "The claims"}
    return short.get(step) or studies.stations()[step].name


def _state(opened: str, step: str) -> State:
    """What a reader sees who has opened a station."""
    station = studies.stations()[opened]
    claims, behind = station.all_claims(), len(station.all_claims()) - len(station.claims)
    where = f", {behind} of them at the gates before it" if behind else ""
    return State(
        figures.chain_rows(step, opened),
        f"{station.does} Below: its words, claims and notebooks.",
        {"title": f"{station.name}: {counted(len(claims), 'claim')}{where}"},
        detail=_card(station),
        more=_told(station),
    )


def _told(station: studies.Station) -> str:
    """Claims, gates and notebooks of a station as plain text."""
    claims = data.load("claims").set_index("claim_id")
    said = [f"{key}: {claims.loc[key, 'claim']}" for key in station.all_claims()]
    gates = [f"Gate of {gate.government} for {gate.goods}, {gate.state}: {gate.note}." for gate in station.gates]
    return " ".join([*said, *gates, f"Notebooks: {listed(station.all_notebooks())}."])


def _card(station: studies.Station) -> safe.Html:
    """Words, claims and notebooks of a station, and the sources of its gates."""
    claims = data.load("claims").set_index("claim_id")
    titles = data.load("course_map").set_index("notebook")["question"]

    lines = [
        safe.html("<b>Words.</b> {}", safe.joined("; ", [safe.html("<i>{}</i>: {}", *word) for word in station.words]))
    ]
    lines += [
        safe.html("<b>{}</b> {} Judged in {}.", key, claims.loc[key, "claim"], claims.loc[key, "decided_in"])
        for key in station.all_claims()
    ]
    lines += [safe.html("<b>Notebook</b> {}: {}", name, titles[name]) for name in station.all_notebooks()]
    lines += [
        safe.html("<b>Gate</b> of {} for {}, {} ({}): {}.", gate.government, gate.goods, gate.state, gate.confidence, gate.note)
        for gate in station.gates
    ]  # fmt: skip
    return page.card(lines, list(dict.fromkeys(source for gate in station.gates for source in gate.sources)))


def chain_panel() -> Panel:
    """From sand to answer: ten steps, then any station by list or click."""
    story = steps()

    def compute(step: str, opened: str) -> State:
        if opened != AS_STEP:
            return _state(opened, step)
        title, sentence = story[step]
        return State(
            figures.chain_rows(step), sentence, {"title": f"{list(story).index(step) + 1}. {title}"}, more=SEEN[step]
        )

    places = [("none: walk on", AS_STEP), *((station.name, key) for key, station in studies.stations().items())]
    return Panel(
        "From sand to answer",
        [
            Steps("step", "Step", [(_name(step), step) for step in story], next(iter(story))),
            Choice("opened", "Open a station, or click it", places, AS_STEP),
        ],
        compute,
        figures.chain_chart(),
        presets={
            "Where does memory come in?": {"step": "dies", "opened": "dies"},
            "What stands at and before the cluster?": {"step": "claims", "opened": "cluster"},
            "What is about no single station?": {"step": "claims", "opened": studies.ROAD},
        },
        pick="opened",
    )
