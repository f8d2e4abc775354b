"""The picture that opens 22_without_euv: “Print, coat, remove, cut”, step by step."""

from __future__ import annotations

from typing import NamedTuple

from helpers.core.words import times
from helpers.lithography import figures, studies
from helpers.lithography import model as litho
from helpers.show.panel import Panel, State, Steps


class Step(NamedTuple):
    """One step: its frame, its name on the control, its title (what is found), its sentence (at most 20 words, one number), what is seen."""

    frame: str
    name: str
    title: str
    sentence: str
    seen: str


def steps() -> list[Step]:
    """The steps in order; their numbers are the studies'.

    Returns
    -------
    list of Step
    """
    pitch = {key: figures.nm(way.pitch_nm) for key, way in studies.ways().items()}
    fewest, _, most = litho.scheme("SAQP").cuts
    goal, (first, second) = figures.nm(studies.GOAL_NM), studies.wall_steps()
    middle = {key: f"{way.eur[1]:,.0f}" for key, way in studies.ways().items()}
    least, central, most_dear = (times(ratio) for ratio in studies.dearer())
    return [
        Step(
            "one",
            "One exposure at its limit",
            f"One exposure leaves lines {pitch['one']} nm apart: too far",
            f"The goal is lines {goal} nm apart; deep ultraviolet light blurs, so one exposure leaves them further apart.",
            "From above, three blue lines with wide gaps. In cross-section, light falls through the openings of a mask; below it"
            f" light and dark blend, and lines {pitch['one']} nm apart stand where it is dark. A bracket above every picture shows the goal to scale.",
        ),
        Step(
            "two",
            "Two exposures, interleaved",
            f"A second exposure, between the first, brings them to {pitch['two']} nm",
            f"Etch the first lines into the film, then print others between them, shifted: {pitch['two']} nm apart, not yet enough.",
            "Mask and light have moved by half a pitch. The first print is gone, in dashes; its lines, marked 1, are cut out of the film."
            " Light blue lines, marked 2, stand taller between them, just printed.",
        ),
        Step(
            "core",
            "Another way: print a core",
            "Or one exposure is enough, if its lines serve as cores",
            "There is a way with one exposure: print lines once, and call each a core.",
            "The second lines are gone. From above, three blue cores end half-way up; in cross-section they are three posts. At the right,"
            " here and up to step 6, the whole method is counted, and squares are filled as far as the spacer's steps are done.",
        ),
        Step(
            "coat",
            "Coat",
            "A coat lies as thick on the sides as on top",
            "Lay a coat over everything, equally thick on top of the cores and on their sides.",
            "Green covers the whole view from above; in cross-section it lies over the cores, as thick at the sides as on top.",
        ),
        Step(
            "etch",
            "Etch back",
            "Etching straight down leaves walls at the sides",
            "Etch straight down: the coat goes from every flat place, and walls remain at the sides.",
            "Arrows point down. Dashed lines show the coat that went; green walls stand left and right of each blue core, and from above"
            " run around its end.",
        ),
        Step(
            "remove",
            "Remove the core",
            "Without its core, one line has become two",
            f"Remove the cores: each leaves two walls, {pitch['spacer']} nm apart, and light was used once.",
            "The cores are dashed and empty. Six green walls stand at half the distance of the cores; from above each pair is a loop."
            " Below the euros are those of two exposures.",
        ),
        Step(
            "twice",
            "Do it twice",
            "Done twice, one line becomes four, and the goal is reached",
            f"Start with wider cores; use their walls as cores: each first core leaves four lines, {pitch['spacer twice']} nm apart, the goal.",
            "Three cross-sections, one below the other: two wide blue cores; four green walls; eight purple walls on both sides of those."
            f" The distance halves each time. The second walls take {second} steps and not {first}: the first are etched into a film to serve as cores.",
        ),
        Step(
            "cut",
            "Cut the loops",
            "Loops must be cut, and each cut is one exposure more",
            f"Further exposures cut off the loops’ ends and make gaps; gaps nearer than {pitch['one']} nm merge on one mask.",
            "From above, purple loops lie inside one another. A vermilion frame cuts off their round ends; further frames, two of a cut,"
            f" interrupt single lines. {fewest} cuts have solid frames; those that may be needed, up to {most} in all, have dashed ones.",
        ),
        Step(
            "euv",
            "One EUV exposure",
            "One EUV exposure prints the lines with their gaps",
            "Extreme ultraviolet light is finer: one exposure prints the same lines, gaps included.",
            "Eight blue lines with the same gaps, under a mask with fine openings and light that is dark and bright at a much finer distance than in the first step.",
        ),
        Step(
            "compare",
            "What it takes without EUV",
            f"Walls twice with cuts cost about {central} times one EUV exposure; other ways less",
            f"Walls twice with cuts, called SAQP, are one way, not the cheapest: about {central} times the cost ({least} to {most_dear}).",
            "Squares and bars for one layer of a wafer by SAQP, so without EUV, and with EUV: exposures, steps, and euros from low to high, then the cost in multiples of that with EUV. Blue is the first pass,"
            " green and purple the walls, vermilion the cuts; dashed squares are cuts that may not be needed."
            f" Middle guesses: {middle['cut']} and {middle['euv']} euros. All costs are assumed, and over their ranges the ratio is {least} to {most_dear}."
            " That the middle guess is also the high end before cuts, in step 7, is chance.",
        ),
    ]


def counted_words(frame: str) -> str:
    """The counters of a frame as a sentence, for those who do not see them; both rows for the comparison."""
    keys = ("cut", "euv") if frame == "compare" else (figures.FRAMES[frame][0],)
    found = []
    for key in keys:
        way, name = studies.ways()[key], " ".join(filter(None, figures.NAMES[key]))
        exposures, made, eur = (figures.said(ends[0], ends[2]) for ends in (way.exposures, way.steps, way.eur))
        found.append(f"{name}: exposures {exposures}, steps {made}, euros a layer {eur}.")
    return " ".join(found)


def picture_panel() -> Panel:
    """Print, coat, remove, cut: how lines finer than the light are made, in steps."""
    story = steps()

    def compute(step: int) -> State:
        at = story[step]
        seen = f"{at.seen} {counted_words(at.frame)}"
        return State(figures.frame(at.frame), at.sentence, {"title": f"{step + 1}. {at.title}", "alt": seen}, more=seen)

    return Panel(
        "Print, coat, remove, cut",
        [Steps("step", "Step", [(at.name, place) for place, at in enumerate(story)], 0)],
        compute,
        figures.picture_chart(),
        presets={
            "What can one exposure do?": {},
            "How does one line become two?": {"step": 5},
            "Why are cuts needed?": {"step": 7},
            "What does EUV change?": {"step": 8},
        },
    )
