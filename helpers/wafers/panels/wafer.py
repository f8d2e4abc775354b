"""The wafer with one control, the size of a die."""

from __future__ import annotations

import math

from helpers.core.words import counted, percent, usd
from helpers.show.panel import Choice, Number, Panel, State
from helpers.wafers import figures, studies


def _state(area: float, shape: str, d0: float, spread: str, number: float, rim: float) -> State:
    """The wafer in words: how many dies escaped; more: what fits, what the model expects, what a good die costs."""
    width, height = studies.sides(area, shape)
    drawn = studies.hit_wafer(width, height, rim, d0, spread, int(number))
    good, count, defects = int(drawn.good.sum()), drawn.placed.count, len(drawn.x)
    title = f"{good} of {count} whole dies escape {'the one defect' if defects == 1 else f'{defects} defects'}"
    if not defects:
        reading = title = f"Without a defect all {good} whole dies are good"
        reading += "."
    elif good:
        reading = f"{good} of {count} whole dies escaped all defects, {percent(good / count)}."
    else:
        reading = f"None of {count} whole dies escaped all defects."
    if not drawn.held:
        reading += " A side exceeds the exposure field (outline), so no scanner prints this die in one piece."
    more = (
        f"{count} whole dies of {width:.4g} by {height:.4g} mm ({area:,.0f} mm²) fit; the rim cuts {drawn.cut.sum()} more."
        f" {_model(spread)} expects {percent(drawn.expected)} to escape. {counted(defects, 'defect')} fell on this wafer;"
        f" an average wafer has {d0 * math.pi * 15**2:.0f}, however they gather."
    )
    if good:
        more += f" At {usd(studies.published('wafer-smic-7'))} a wafer, a good die costs {usd(drawn.usd)} here."
    if drawn.held:
        more += f" One exposure field (outline) holds {drawn.held if drawn.held > 1 else 'one'} of them."
    return State(figures.own_rows(drawn, rim), reading, {"title": title}, more=more)


def _model(spread: str) -> str:
    """The yield model behind a way to fall."""
    alpha = studies.SPREADS[spread]
    return "Poisson's model (no clusters)" if alpha is None else f"The model of clusters (alpha {alpha:g})"


def wafer_panel() -> Panel:
    """Dies in place on a 300 mm wafer, with random defects; one control, the size of a die."""
    phone, big = studies.products()["Kirin 9000S"], round(studies.published("die-910b"), 1)
    shapes = [
        ("as the 910B, taller than wide", "910b"),
        ("square", "square"),
        ("as the exposure field, 26 by 33", "field"),
        ("30 by 28", "wide"),
    ]
    falls = [
        ("by chance, no clusters", "even"),
        (f"in clusters (alpha {studies.SPREADS['some']:g})", "some"),
        (f"in strong clusters (alpha {studies.SPREADS['strong']:g})", "strong"),
    ]
    return Panel(
        "A wafer you can see",
        [Number("area", "Size of a die", "mm²", 100, 1000, big, 0.1)],
        _state,
        figures.own_chart(),
        presets={
            "How do 910B dies fare?": {},
            "How do phone chips fare?": {"area": phone, "shape": "square"},
            "What if the process were TSMC's?": {"d0": studies.published("d0-tsmc-n7")},
            "What if defects gather?": {"spread": "strong"},
            "And the largest die?": {"area": studies.LARGEST_MM2, "shape": "field"},
            "Does 30 by 28 mm fit?": {"area": 840, "shape": "wide"},
        },
        more=[
            Choice("shape", "Shape of a die", shapes, "910b"),
            Number("d0", "Defects, on average", "per cm²", 0, 0.5, studies.WAFER_D0, 0.01),
            Choice("spread", "How they fall", falls, "even"),
            Number("number", "Number of the wafer", "draws it anew", 1, 2000, studies.WAFER, 1),
            Number("rim", "Rim left empty", "mm", 0, 8, studies.WAFER_RIM, 0.25),
        ],
    )
