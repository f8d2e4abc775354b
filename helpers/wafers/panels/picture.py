"""The picture that opens 20_dies_and_yield: one wafer, the same defects, other dies, step by step."""

from __future__ import annotations

from helpers.core.words import percent, times, usd
from helpers.show.panel import Panel, State, Steps
from helpers.wafers import figures, studies

STEPS = {
    "wafer": "The wafer",
    "defects": "Defects fall",
    "small": "Small dies over them",
    "big": "Big dies over them",
    "gathered": "Gathered defects",
    "field": "The largest die",
    "cost": "The price of a good die",
}
_SEEN = {
    "wafer": "A round grey slice, its width marked.",
    "defects": "Crosses stand scattered over the slice.",
    "small": "Many small squares cover it; most are blue, those with a cross pale orange.",
    "big": "Few large dies cover it; the crosses stand where they stood, and most dies are pale orange.",
    "gathered": "As many crosses, most of them in a few quarters; elsewhere more dies are blue.",
    "field": "An outline a little larger than one die lies on the wafer.",
    "cost": "The first defects again under big dies; below each share a grey bar shows what one good die costs.",
}


def _said(step: str) -> tuple[str, str, str]:
    """Title, sentence of at most 20 words and one number, and more."""
    laid = studies.picture()
    count = {key: (int(drawn.good.sum()), drawn.placed.count) for key, drawn in laid.items()}
    share = {key: percent(good / of) for key, (good, of) in count.items()}
    sizes = {key: drawn.placed.width_mm * drawn.placed.height_mm for key, drawn in laid.items()}
    wafer, dearer = usd(studies.published("wafer-smic-7")), laid["big"].usd / laid["small"].usd
    counts = {key: f"{good} of {of} whole dies escape." for key, (good, of) in count.items()}
    return {
        "wafer": (
            "A wafer: many chips are made on it at a time",
            "Chips are made many at a time on a wafer, a round slice of silicon 300 mm across.",
            "The picture is to scale.",
        ),
        "defects": (
            f"{len(laid['big'].x)} defects fall at random",
            f"Specks and faults fall at random: {len(laid['big'].x)} killer defects, each enough to stop the circuit it hits.",
            f"{studies.WAFER_D0:g} on a square centimetre, on average.",
        ),
        "small": (
            "Small dies: few are hit",
            f"A defect spoils only the die it hits: of dies of a phone chip’s size {share['small']} escape.",
            f"{counts['small']} Each has {sizes['small']:.0f} mm².",
        ),
        "big": (
            "Big dies, the same defects: most are hit",
            f"The same defects, under dies six times as large: only {share['big']} escape.",
            f"{counts['big']} Each has {sizes['big']:.0f} mm².",
        ),
        "gathered": (
            "As many defects, gathered: more big dies escape",
            f"As many defects, gathered in clusters, hit the same dies again and again: {share['gathered']} of big dies escape.",
            f"{counts['gathered']} Clusters as strong as the strongest model in common use has them (alpha 1).",
        ),
        "field": (
            "No die is larger than one exposure prints",
            f"A machine prints the wafer field by field; no die can exceed its largest field, {studies.LARGEST_MM2:.0f} mm².",
            "26 by 33 mm, outlined. Both sides count.",
        ),
        "cost": (
            "Six times the area, far more than six times the cost",
            f"Without clusters, a good big die costs {times(dearer)} times as much as a good small one.",
            f"At {wafer} a wafer: {usd(laid['small'].usd)} a good small die, {usd(laid['big'].usd)} a good big one,"
            f" {usd(laid['gathered'].usd)} where defects gather (alpha 1). Dies hit are taken as lost.",
        ),
    }[step]


def picture_panel() -> Panel:
    """The wafer: the same defects under small dies, then big ones, then gathered."""

    def compute(step: str) -> State:
        title, said, more = _said(step)
        title = f"{list(STEPS).index(step) + 1}. {title}"
        return State(figures.wafer_rows(step), said, {"title": title}, more=f"{_SEEN[step]} {more}")

    return Panel(
        "The wafer",
        [Steps("step", "Step", [(words, step) for step, words in STEPS.items()], "wafer")],
        compute,
        figures.picture_chart(),
        presets={
            "How do small dies fare?": {"step": "small"},
            "How do big ones fare?": {"step": "big"},
            "What if the defects gather?": {"step": "gathered"},
            "How large can a die be?": {"step": "field"},
            "What does a good die cost?": {"step": "cost"},
        },
    )
