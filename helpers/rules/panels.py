"""The panels of 12_rules_as_code: the rules as regions, and a chip of the reader's own design."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from helpers.core import safe
from helpers.core.words import date_words, listed
from helpers.rules import figures, studies
from helpers.rules import model as rules
from helpers.show.panel import Choice, Number, Panel, State, Stops

_CHIPS_FOR = {"yes": "data-centre chips only", "any": "all chips"}


def _day_words(on: str) -> str:
    return date_words(date.fromisoformat(on), "day")


def _day_control(value: str) -> Stops:
    days = [day.isoformat() for day in rules.days_of_change()]
    return Stops("on", "Day on which something changes", [(_day_words(day), day) for day in days], value)


# --- the rules as regions -----------------------------------------------------------------------


def regions_panel() -> Panel:
    """Each rule as a region in a plane, with the chips in it or out of it, day by day."""
    planes = [("TPP and performance density", "density"), ("TPP and memory bandwidth", "memory")]
    return Panel(
        "The rules as regions",
        [_day_control("2023-11-17"), Choice("plane", "Plane", planes, "density")],
        _regions_state,
        figures.regions_chart(),
        presets={
            "What did October 2022 catch?": {"on": "2022-10-21"},
            "What did October 2023 catch?": {"on": "2023-11-17"},
            "What did the letters of 2025 catch?": {"on": "2025-04-09", "plane": "memory"},
            "What did January 2026 open?": {"on": "2026-01-15", "plane": "memory"},
        },
    )


@lru_cache(maxsize=None)  # a day and a plane have one picture
def _regions_state(on: str, plane: str) -> State:
    low, high = figures.PLANE_ENDS[plane]
    shown = studies.plane(
        on,
        plane,
        tpp_max=figures.TPP_ENDS[1],
        pd_max=figures.PLANE_ENDS["density"][1],
        dram_max=figures.PLANE_ENDS["memory"][1],
    )
    boxes = [
        {
            "region": (r.paragraph or studies.CEILING) + (f", and {r.also}" if r.also else ""),
            "x1": max(r.x_low, figures.TPP_ENDS[0]),
            "x2": r.x_high,
            "y1": max(r.y_low, low),
            "y2": r.y_high,
            "kind": r.role,
            "data_centre": _CHIPS_FOR.get(r.datacenter, r.datacenter),
            "citation": r.citation,
        }
        for r in shown.regions.itertuples()
    ]
    rows = _chip_rows(shown, plane)
    regions = sorted({r.paragraph or studies.CEILING for r in shown.regions.itertuples()})
    day, barred = _day_words(on), len(rows) - shown.free
    return State(
        rows,
        f"On {day}, {shown.free} of the {len(rows)} chips drawn could go to China without a licence; the others not,"
        " or not surely.",
        {
            "boxes": boxes,
            "y_low": low,
            "y_high": high,
            "y_words": f"↑ {figures.PLANE_WORDS[plane]} (log scale)",
            "title": f"{day}: {shown.free} of {len(rows)} chips could go to China without a licence",
        },
        more=(
            f"Drawn that day: {listed(regions) if regions else 'no numerical test that this plane can show'}."
            f" Of the {len(rows)} chips launched by then with both numbers public, {shown.free} could go to China without"
            f" a licence and {barred} not, or not surely."
        ),
    )


def _chip_rows(shown: studies.Plane, plane: str) -> list[dict[str, Any]]:
    """One row a chip; chips at one point (H100, H800, H200) share one label."""
    spots: dict[tuple[float, float], list[str]] = {}
    first: dict[tuple[float, float], int] = {}
    rows: list[dict[str, Any]] = []
    for i, c in enumerate(shown.chips.itertuples()):
        name, spot = studies.short(c.chip), (round(c.tpp, -2), round(c.other, 1))
        if c.chip in figures.STORY:
            first.setdefault(spot, i)
            spots.setdefault(spot, []).append(name)
        rows.append({"chip": name, "tpp": float(c.tpp), "y": float(c.other), "status": c.status, "vendor": c.vendor})
    labels = {i: ", ".join(spots[spot]) for spot, i in first.items()}
    places = figures.place_labels([(row["tpp"], row["y"]) for row in rows], labels, plane)
    for i, row in enumerate(rows):
        x, y, lead_x, lead_y = places.get(i, (row["tpp"], row["y"]) * 2)
        row |= {"label": labels.get(i, ""), "label_x": x, "label_y": y, "lead_x": lead_x, "lead_y": lead_y}
    return rows


# --- design a chip ------------------------------------------------------------------------------


def designer_panel() -> Panel:
    """Design a chip; every dated test answers, and one place and day give the verdict."""
    return Panel(
        "Design a chip",
        [
            Number("dense_tops", "Dense throughput", "10¹² operations/s", 10, 10_000, 989.5, 0.5),
            Number("io_gb_s", "Links, both directions, with host bus", "GB/s", 0, 4_000, 1_028, 1),
            _day_control("2023-11-17"),
        ],
        _design_state,
        figures.designer_chart(),
        presets={
            "Could an H100 go in late 2023?": {},
            "Could an H800 go on 17 January 2023?": {"io_gb_s": 528, "on": "2023-01-17"},
            "Could an H20 go in 2024?": {"dense_tops": 148, "dram_bw_gb_s": 4_000, "on": "2024-04-04"},
            "Could an H20 go after the letter?": {"dense_tops": 148, "dram_bw_gb_s": 4_000, "on": "2025-04-09"},
            "Could an H200 go in 2026?": {"dram_bw_gb_s": 4_800, "on": "2026-01-15"},
        },
        more=[
            Number("dram_bw_gb_s", "Memory bandwidth", "GB/s", 50, 20_000, 3_350, 10),
            Number("die_area_mm2", "Die area, all logic dies", "mm²", 50, 3_000, 814, 1),
            Choice("bits", "Number format", [("4 bits", 4), ("8 bits", 8), ("16 bits", 16)], 16),
            Choice("destination", "Destination", list(studies.PLACES), "China"),
        ],
    )


def _design_state(
    dense_tops: float, bits: int, die_area_mm2: float, io_gb_s: float, dram_bw_gb_s: float, destination: str, on: str
) -> State:
    made = studies.design(dense_tops, bits, die_area_mm2, io_gb_s, dram_bw_gb_s, destination, on)
    least, most = figures.MARGIN_ENDS
    met = {True: "met", False: "not met"}
    rows = [
        {
            "test": f"{t.effective_from:%b %Y}  {t.name}",
            "order": i,
            "margin": max(least, min(most, float(t.margin_percent))),
            "exact": f"{t.margin_percent:+,.1f}%",
            "met": met.get(t.met, "not decidable"),
            "words": t.words,
            "limb": t.limb,
            "citation": t.citation,
            "now": bool(t.in_force),
        }
        for i, t in enumerate(made.tests.itertuples())
    ]
    answer, day = made.answer, _day_words(on)
    paragraph = f" ({answer.paragraph})" if answer.paragraph != "none" else ""
    decided = rules.decisive(answer)
    lines = [safe.html("<p style='margin:2px 0'>{}</p>", line) for line in str(answer).split("\n")[1:]]
    detail = safe.html(
        "<div style='font-size:13px;line-height:1.45;max-width:760px;overflow-wrap:anywhere;color:var(--jp-ui-font-color1)'>{}</div>",
        safe.joined("", lines),
    )
    return State(
        rows,
        f"To {destination} on {day}: {made.status}{paragraph}.{_nearest_words(answer)}",
        {"title": f"{destination}, {day}: {made.status}"},
        detail,
        more=(
            f"TPP {made.tpp:,.0f}, performance density {made.performance_density:.2f}."
            + (f" {'Decided by ' if answer.fired else 'Of the lines it misses, the '}{decided}." if decided else "")
        ),
    )


def _nearest_words(answer: rules.Answer) -> str:
    """The limb nearest its line, as a sentence; empty when no distance is known."""
    limb = rules.tightest(answer)
    if limb is None:
        return ""
    name = limb.name.replace(", at least", "").replace(", less than", "").replace(", more than", "")
    gap = f"{abs(limb.margin_percent):,.1f}%"
    if answer.fired:
        return f" Of the limbs that hold, {name.split(': ', 1)[1]} is nearest its line, {gap} from it."
    side = "stays under" if limb.margin_percent < 0 else "lies above"
    return f" The nearest line it {side}: {name}, by {gap}."
