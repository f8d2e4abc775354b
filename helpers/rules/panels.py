"""The panels of 12_rules_as_code: the wall that moves, the rules as regions, and a chip of the reader's own design."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from helpers.core import safe
from helpers.core.words import date_words, listed
from helpers.rules import figures, studies
from helpers.rules import model as rules
from helpers.show.panel import Choice, Number, Panel, State, Steps, Stops

_CHIPS_FOR = {"yes": "data-centre chips only", "any": "all chips"}


def _day_words(on: str) -> str:
    return date_words(date.fromisoformat(on), "day")


def _day_control(value: str) -> Stops:
    days = [day.isoformat() for day in rules.days_of_change()]
    return Stops("on", "Day on which something changes", [(_day_words(day), day) for day in days], value)


# --- the wall that moves ------------------------------------------------------------------------

WALL = {
    "chips": "Two chips",
    "oct-2022": "October 2022",
    "cut-2022": "A800, H800",
    "oct-2023": "October 2023",
    "cut-2023": "H20",
    "apr-2025": "April 2025",
    "cut-2025": "RTX 5090D V2",
    "jan-2026": "January 2026",
    "all": "The pattern",
}
_WALL_TITLES = {
    "chips": "A chip is a dot: more arithmetic to the right, faster links upwards",
    "oct-2022": "October 2022: a wall for chips that are fast at both",
    "cut-2022": "A800 and H800: the same arithmetic, slower links",
    "oct-2023": "October 2023: density instead of links; arithmetic alone catches all four",
    "cut-2023": "H20: the same die with less arithmetic stands outside, in the corner",
    "apr-2025": "April 2025: letters add memory to the wall, by report, and catch the H20",
    "cut-2025": "RTX 5090D V2: a games card, its memory just under the reported line",
    "jan-2026": "January 2026: a window opens inside the wall, and the H200 is in it",
    "all": "Built once, extended twice: each time the next chip stood outside a line",
}
_NO_CHIP = 0


def _wall_sentence(step: str) -> str:
    """One sentence of at most 20 words and one number."""
    at = studies.wall_lines()
    return {
        "chips": "Training a large model takes chips that compute fast and talk fast: two of NVIDIA’s best in 2022.",
        "oct-2022": f"From {at['tpp']:,.0f} in arithmetic, with fast links, a sale to China needs a licence: both do, by letter since August.",
        "cut-2022": f"Each new chip computes as before, but its links stay under {at['links']:,.0f} GB/s: free.",
        "oct-2023": f"Links no longer count: from {at['tpp']:,.0f} in arithmetic every data-centre chip is caught, and denser ones earlier.",
        "cut-2023": f"The H20 stays {_below('H20')} below the dashed line, where notice begins; its memory is faster than the H100’s.",
        "apr-2025": f"Letters, known from the press, ask a licence from {at['memory']:,.0f} GB/s of memory bandwidth.",
        "cut-2025": f"Four months later a card appears {_below('RTX 5090D V2')} under the reported memory line.",
        "jan-2026": f"Below {at['ceiling_tpp']:,.0f} in arithmetic, and with memory below its ceiling, refusal gives way to review.",
        "all": f"The wall was built once and extended twice; each time a chip came out at most {_most_below()} below a line.",
    }[step]


def _below(chip: str) -> str:
    return f"{studies.outside().set_index('chip').loc[chip, 'below_percent']:.0f}%"


def _most_below() -> str:
    return f"{studies.outside()['below_percent'].max():.0f}%"


_WALL_NOTES = {
    "chips": "Links are all connections of a chip but those to its memory, both directions added, the host bus included.",
    "oct-2022": "Both limbs must hold: arithmetic and links. Letters to NVIDIA and AMD had named such chips in August 2022.",
    "cut-2022": "Drawn on the day the H800 was launched, 21 March 2023; the A800 on 7 November 2022.",
    "oct-2023": "From the line in arithmetic on a games card, such as the RTX 4090, needs notice only. The density tests below the line in arithmetic touch data-centre chips only. In the yellow part the agency wants notice first.",
    "cut-2023": "At the dashed line notice begins: the agency wants to be told 25 days ahead. The wall itself stands at twice that arithmetic. The H20 is the H100’s die with most arithmetic units off; its density falls with them.",
    "apr-2025": "The limits come from one e-mail of Intel’s to customers, reported by the press: memory, links or the sum of both. Letters went to NVIDIA, AMD and Intel. This plane hides density.",
    "cut-2025": "Whether the letters reach a games card is not settled: no text is public. It is no data-centre chip, so density is not tested.",
    "jan-2026": "Case by case is still a licence, with conditions; letters still hold below the window. This plane hides density.",
    "all": "The H20’s line is the one of notice. That a chip stands near a line does not show who drew which with whom in mind; makers say they design to the rules. The L20, L2, RTX 4090D and HL-225B are in the chart of margins below.",
}


def _wall_more(step: str, own: str) -> str:
    if step == "all":
        said = (
            "; ".join(f"{r.chip} {r.below_percent:.1f}% below ({r.limb})" for r in studies.outside().itertuples()) + "."
        )
    else:
        unit = {"links": "GB/s of links", "density": "TPP per mm²", "memory": "GB/s of memory"}[
            studies.STAGES[step].upright
        ]
        said = "; ".join(
            f"{r.chip}: TPP {r.tpp:,.0f}, {r.up:,.4g} {unit}{', ' + r.status if r.status else ''}".replace("e+03", "")
            for r in studies.at_the_wall(step).itertuples()
        )
        said += "."
    return f"{own}{said} {_WALL_NOTES[step]}"


def _wall_state(step: str, tpp: int, io_gb_s: int, die_area_mm2: int, dram_bw_gb_s: int) -> State:
    own, said = None, ""
    if tpp and step != "all":
        found = studies.own_chip(step, tpp, die_area_mm2, io_gb_s, dram_bw_gb_s)
        own = figures.OwnDot(tpp, found.up, found.status)
        said = f"Your chip that day: {found.status}. " if found.status else ""
    title = f"{list(WALL).index(step) + 1}. {_WALL_TITLES[step]}"
    return State(
        figures.wall_rows(step, own),
        _wall_sentence(step),
        {"title": title},
        more=_wall_more(step, said),
    )


def wall_panel() -> Panel:
    """Chips as dots, rules as a wall that moves over them: the picture of 12."""
    own = [("none", _NO_CHIP), *((f"{n:,}", n) for n in (1000, 1599, 2000, 2399, 3000, 4799, 10_000, 15_832, 20_999, 40_000))]  # fmt: skip
    return Panel(
        "A wall that moves",
        [
            Steps("step", "Step", [(words, step) for step, words in WALL.items()], "chips"),
            Stops("tpp", "Your own chip: arithmetic (TPP)", own, _NO_CHIP),
        ],
        _wall_state,
        figures.wall_chart(),
        presets={
            "Which chips came out in 2022?": {"step": "cut-2022"},
            "What did October 2023 catch?": {"step": "oct-2023"},
            "Could a weaker chip pass in 2023?": {"step": "cut-2023", "tpp": 2399, "die_area_mm2": 858},
            "Would it pass after the letters?": {"step": "apr-2025", "tpp": 2399, "die_area_mm2": 858},
            "And a larger one in 2026?": {"step": "jan-2026", "tpp": 20_999},
        },
        more=[
            Stops("io_gb_s", "Its links (GB/s)", [200, 400, 599, 600, 900, 1028, 1800], 400),
            Stops("die_area_mm2", "Its die (mm²)", [200, 400, 600, 814, 858, 1600], 814),
            Stops(
                "dram_bw_gb_s", "Its memory bandwidth (GB/s)", [1000, 1299, 1399, 2000, 3350, 4800, 6499, 8000], 3350
            ),
        ],
    )


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
            # where both hold, the licence is tested first: notice ends where the licence begins
            "x2": min(r.x_high, studies.wall_lines()["tpp"]) if r.paragraph.startswith("3A090.b") else r.x_high,
            "y1": max(r.y_low, low),
            "y2": r.y_high,
            "kind": "notice" if r.paragraph.startswith("3A090.b") else r.role,
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
        f"On {day}, {shown.free} of the {len(rows)} chips drawn could go to China without licence or notice; the others"
        " not, or not surely.",
        {
            "boxes": boxes,
            "statuses": figures.statuses_of(row["status"] for row in rows),
            "y_low": low,
            "y_high": high,
            "y_ticks": list(figures.PLANE_TICKS[plane]),
            "y_words": [_shaded(box["kind"] for box in boxes), f"↑ {figures.PLANE_WORDS[plane]} (log scale)"],
            "title": f"{day}: {shown.free} of {len(rows)} chips could go to China without licence or notice",
        },
        more=(
            f"Drawn that day: {listed([studies.spoken(r) for r in regions]) if regions else 'no numerical test that this plane can show'}."
            f" Of the {len(rows)} chips launched by then with both numbers public, {shown.free} could go to China without"
            f" licence or notice and {barred} not, or not surely."
        ),
    )


def _shaded(kinds: Iterable[str]) -> str:
    """The colours of the regions drawn that day, and no other."""
    held = set(kinds)
    said = [words for kind, words in figures.SHADES.items() if kind in held]
    return f"Shaded: {'; '.join(said)}" if said else "No region: this plane can show no test of that day"


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
        rows.append(
            {
                "chip": name,
                "tpp": float(c.tpp),
                "y": float(c.other),
                "status": c.status,
                "vendor": c.vendor,
                "made_for": figures.MADE_FOR[not c.datacenter],
            }
        )
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
            "Could an H800 go in August 2023?": {"io_gb_s": 528, "on": "2023-08-28"},
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
    rows = [
        {
            "test": f"{t.effective_from:%b %Y}  {t.name}",
            "order": i,
            "margin": max(least, min(most, float(t.margin_percent))),
            "exact": f"{t.margin_percent:+,.1f}% {studies.quantity(t.limb)}{_past(t.met, t.margin_percent)}",
            "effect": t.effect,
            "words": t.words,
            "limb": t.limb,
            "citation": t.citation,
            "now": bool(t.in_force),
        }
        for i, t in enumerate(made.tests.itertuples())
    ]
    answer, day = made.answer, _day_words(on)
    paragraph = f" ({studies.spoken(answer.paragraph)})" if answer.paragraph != "none" else ""
    decided = studies.spoken(rules.decisive(answer))
    lines = [safe.html("<p style='margin:2px 0'>{}</p>", line) for line in str(answer).split("\n")[1:]]
    detail = safe.html(
        "<div style='font-size:13px;line-height:1.45;max-width:760px;overflow-wrap:anywhere;color:var(--jp-ui-font-color1)'>{}</div>",
        safe.joined("", lines),
    )
    return State(
        rows,
        f"To {destination} on {day}: {made.status}{paragraph}.{_ceiling_words(answer, made.tpp, dram_bw_gb_s) or _nearest_words(answer)}",
        {"title": f"{made.chip} to {destination}, {day}: {made.status}"},
        detail,
        more=(
            f"TPP {made.tpp:,.0f}, performance density {made.performance_density:.2f}."
            + (f" {'Decided by ' if answer.fired else 'Of the lines it misses, the '}{decided}." if decided else "")
        ),
    )


def _past(met: bool | None, margin_percent: float) -> str:
    """Why a test does not hold above a line: the line is the upper end of its range."""
    return ", too high" if met is False and margin_percent > 0 else ""


def _ceiling_words(answer: rules.Answer, tpp: float, dram_bw_gb_s: float) -> str:
    """What turns a refusal into a review: how far the chip stays under each ceiling; empty where no ceiling decides."""
    if "ceiling-2026 is met" not in str(answer):
        return ""
    under = studies.under_ceilings(tpp, dram_bw_gb_s)
    gaps = " and ".join(f"{what} is {gap:.0f}%" for what, gap in under.items())
    return f" Reviewed, not refused: its {gaps} under the ceiling."


def _nearest_words(answer: rules.Answer) -> str:
    """The limb nearest its line, as a sentence; empty when no distance is known."""
    limb = rules.tightest(answer)
    if limb is None:
        return ""
    paragraph, measured = limb.name.split(": ", 1)
    what = studies.quantity(measured)
    gap = f"{abs(limb.margin_percent):,.1f}%"
    if answer.fired:
        side = "below" if limb.margin_percent < 0 else "above"
        if len(answer.fired) == 1:
            return f" Its {what} lies {gap} {side} that line."
        return f" Of the limbs there, {what} lies nearest its line, {gap} {side}."
    side = "stays under" if limb.margin_percent < 0 else "lies above"
    return f" The nearest line it {side}: {studies.spoken(paragraph)}, {what}, by {gap}."
