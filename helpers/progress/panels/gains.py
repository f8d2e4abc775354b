"""Papers, gains used together, a gain at scale, and two labs."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from helpers.core.words import counted, listed, percent, places, power_of_ten
from helpers.core.words import figures as number
from helpers.progress import figures, studies
from helpers.show import charts
from helpers.show.panel import Choice, Number, Panel, Span, State, Stops

# --- papers -------------------------------------------------------------------------------------


def _places(rows: pd.DataFrame) -> str:
    found = studies.counted_by_place(rows)
    return listed(f"{n} from {p if n > 1 else p.replace('labs', 'a lab')}" for p, n in found.items())


def _papers_words(shown: pd.DataFrame, early: pd.DataFrame) -> tuple[str, str, str]:
    """Title, reading and the rest for the entries shown."""
    entries, old, rule = len(shown), len(early), "the rule of October 2022"
    if entries == 1:
        reading = f"The one entry shown is {'older' if old else 'younger'} than {rule}."
    elif old in (0, entries):
        reading = (
            f"{'All' if old else 'None of the'} {entries} entries shown {'are' if old else 'is'} older than {rule}."
        )
    else:
        reading = f"{old} of the {entries} entries shown {'are' if old > 1 else 'is'} older than {rule}."
    whose = f" ({_places(early)})" if len(studies.counted_by_place(early)) > 1 and old < entries else ""
    silent = {word: n for word, n in studies.without_hardware(shown).items() if n}
    more = (
        f"{counted(entries, 'entry', 'entries')} of our selection: {_places(shown)}; {old or 'none'} older than {rule}{whose};"
        f" {'hardware ' + listed(f'{word} in {n}' for word, n in silent.items()) if silent else 'all with a named chip'}."
    )
    homes = ", ".join(f"{n} {p.removeprefix('labs ')}" for p, n in studies.counted_by_place(shown).items())
    title = f"Entries by labs: {homes}; {old or 'none'} older than the first rule"
    return title, f"{reading} We chose the entries, so the counts are no fair sample.", more


def papers_panel(papers: pd.DataFrame, events: pd.DataFrame) -> Panel:
    """Papers of our sample by date, family and home of the lab, with the dates of the chip rules.

    Parameters
    ----------
    papers : DataFrame
        ``data.load("papers")``.
    events : DataFrame
        ``data.load("events")``, for the control dates.
    """
    drawn = papers.reset_index(drop=True)
    families = studies.families(drawn)
    first, last = int(drawn["date"].dt.year.min()), int(drawn["date"].dt.year.max())
    days = charts.milliseconds(drawn["date"])
    lanes = studies.paper_lanes(drawn)
    kinds = [k for k in drawn["hardware_kind"].unique() if k not in studies.NO_HARDWARE] + [*studies.NO_HARDWARE]

    def compute(family: str, home: str, hardware: str, years: tuple[int, int], paper_id: str) -> State:
        shown = studies.papers_that_fit(drawn, family, home, hardware, years)
        rows = [
            {
                "paper_id": p.paper_id,
                "day": int(days[p.Index]),
                "lane": families.index(p.family) + lanes[p.Index],
                "place": studies.place(p.home),
                "label": f"{p.lab}: {p.technique}",
                "claim": p.claim,
                "hardware": studies.hardware_words(p),
                "picked": p.paper_id == paper_id,
            }
            for p in shown.itertuples()
        ]
        detail = figures.paper_card(drawn.set_index("paper_id").loc[paper_id]) if paper_id else ""
        if shown.empty:
            return State([], "No entry of our selection fits these filters.", {"title": "No entry fits"}, detail)
        title, reading, more = _papers_words(shown, studies.papers_older_than_rules(shown, events))
        return State(rows, reading, {"title": title}, detail, more)

    named = [(f"{p.date:%Y-%m} {p.lab}: {p.technique}", p.paper_id) for p in drawn.itertuples()]
    return Panel(
        "Who published what, when, on which chips",
        [
            Choice("family", "Technique", [("all", ""), *families], ""),
            Choice("home", "Home", [("all", ""), *studies.PLACES], ""),
            Choice("hardware", "Hardware that the paper names", [("any", ""), *kinds], ""),
        ],
        compute,
        figures.papers_chart(drawn, events),
        presets={
            "What is in the sample?": {},
            "What came by 2022?": {"years": (first, 2022)},
            "Who worked on caches?": {"family": "attention and cache"},
            "What did US labs publish?": {"home": studies.US},
            "Who names a part for China?": {"hardware": "NVIDIA part for China"},
            "Which were not read for it?": {"hardware": "not read"},
        },
        pick="paper_id",
        more=[
            Span("years", "Years", "first and last", first, last, (first, last)),
            Choice("paper_id", "Open a paper (or click its mark)", [("none chosen", ""), *named], ""),
        ],
    )


# --- several gains ------------------------------------------------------------------------------


def multiply_panel(estimates: pd.DataFrame) -> Panel:
    """Published gains used together, by overlap.

    Parameters
    ----------
    estimates : DataFrame
        ``data.load("progress_estimates")``.
    """
    whole = studies.whole_generation(estimates)

    def compute(methods: str, overlap: float) -> State:
        found = studies.gains_together(studies.SETS[methods], overlap, estimates)
        together = (found.largest, found.mine, found.product)
        bars = [(studies.METHODS[m], gain, "one method") for m, gain in found.each.items()]
        bars += [(what, gain, "together") for what, gain in zip(figures.COMBINED, together, strict=True)]
        rows: list[dict[str, Any]] = [{"what": w, "gain": g, "kind": k, "label": places(g)} for w, g, k in bars]
        rows += [
            {"what": words, "gain": 0.0, "kind": "one method", "label": "not used"}
            for m, words in studies.METHODS.items()
            if m not in found.each
        ]
        least, mine, most = (places(g) for g in together)
        reading = f"At an overlap of {overlap:g}% the gains together are worth {mine} times; the product of them all is {most}."
        more = f"The largest alone is worth {least} times; all changes of one generation, Kimi K3 over K2, {whole:g} times by its authors."
        if not found.possible:
            more += (
                f" Their savings one by one add to {percent(found.saved)} of the compute, more than there is, so they cannot all be"
                " separate. At 0% they are independent: each saves its share of what the others leave, and gains multiply."
            )
        title = f"At {overlap:g}% overlap, {mine} times together"
        return State(rows, reading, {"title": title, "top": max(found.product, whole) * 1.15}, more=more)

    return Panel(
        "Can gains be multiplied?",
        [
            Choice("methods", "Methods used together", list(studies.SETS), "Kimi Linear and attention residuals"),
            Number("overlap", "Overlap of what they save", "%", 0, 100, 0, 5),
        ],
        compute,
        figures.multiply_chart(estimates),
        presets={
            "What if two parts of K3 multiply?": {},
            "And at half overlap?": {"overlap": 50},
            "What if they save the same?": {"overlap": 100},
            "All four multiplied?": {"methods": "all four"},
            "All four, half of it shared?": {"methods": "all four", "overlap": 50},
        },
    )


# --- a gain and its scale -----------------------------------------------------------------------

_BUDGETS = [
    ("8, inside the tests", 8.0),
    ("100", 100.0),
    ("1,000", 1000.0),
    ("10,000", 10_000.0),
    ("38,000, as V3", 38_000.0),
    ("1,000,000", 1e6),
]


def _near(value: float) -> str:
    """One figure and as many noughts, 30,000; from a billion in powers of ten, 10¹³."""
    return number(value, 1) if value < 1e9 else power_of_ten(value, 0)


def _crossing_words(found: studies.AtScale) -> tuple[str, str, str]:
    """Title, the sentence on where the curves meet, and what rounding leaves of it."""
    if found.meet is None or found.meet_span is None:
        flat = "the gain hardly changes with scale"
        said = f"The exponents differ by no more than their rounding, so {flat}."
        return f"With almost equal exponents {flat}", said, ""
    first, last = found.meet_span
    near, upper = _near(found.meet), f"to {_near(last)}" if math.isfinite(last) else "upwards"
    return (
        f"Beyond its tests the gain ends near {near} PFLOP/s-days; rounding leaves {_near(first)} {upper}",
        f"The fitted curve falls to no gain near {near} PFLOP/s-days.",
        f" The crossing lies anywhere from {_near(first)} {upper} by rounding alone.",
    )


def _crossing_state(exponent: float, budget: float) -> State:
    found = studies.gain_at_scale(exponent, budget)
    rows = [
        {"compute": float(c), "gain": float(g), "low": float(a), "high": float(b), "kind": "line"}
        for c, g, a, b in zip(found.compute, found.gain, found.low, found.high, strict=True)
    ]
    rows.append({"compute": budget, "gain": found.at, "low": found.at, "high": found.at, "kind": "budget"})
    inside = found.outside == 1
    where = "inside the range of the tests" if inside else f"{number(found.outside)} times beyond the largest test"
    title, crossed, rounding = _crossing_words(found)
    reading = (
        f"At your budget, {where}, the new method {'is' if inside else 'would be'} worth {places(found.at)} times the"
        f" compute. {crossed}"
    )
    low, high = (places(v) for v in found.at_span)
    more = f"At {budget:,.0f} PFLOP/s-days the rounding of the printed exponents alone leaves {low} to {high} times.{rounding}"
    return State(rows, reading, {"title": title}, more=more)


def crossing_panel() -> Panel:
    """The gain of one published method against compute, with the range of its tests and the crossing."""
    v3 = _BUDGETS[4][1]
    return Panel(
        "Does the gain survive at scale?",
        [
            Number("exponent", "Exponent of the new curve (printed: 0.0527)", "", 0.0520, 0.0536, 0.0527, 0.0001),
            Stops("budget", "Training budget, PFLOP/s-days", _BUDGETS, 8.0),
        ],
        _crossing_state,
        figures.crossing_chart(),
        presets={
            "How large inside the tests?": {},
            "How large at V3’s budget?": {"budget": v3},
            "If the exponent is 0.0525?": {"exponent": 0.0525, "budget": v3},
            "If it is 0.0529?": {"exponent": 0.0529, "budget": v3},
            "If both exponents are equal?": {"exponent": 0.0536, "budget": v3},
        },
    )


# --- two labs -----------------------------------------------------------------------------------


def _labs_state(ratio: float, gain: float, exponent: float, shared: bool) -> State:
    after = studies.labs(ratio, gain, exponent, shared)
    rows = []
    for what, poor, rich in ((figures.WITHOUT, 1.0, ratio), (figures.WITH, after.poor, after.rich)):
        low, high = sorted((poor, rich))
        both = {"what": what, "low": low, "high": high, "middle": math.sqrt(low * high)}
        words = f"{number(high / low, 3)} times" + (", poor lab ahead" if rich < poor * 0.9995 else "")
        rows.append({**both, "lab": "poor lab", "value": poor, "label": words})
        rows.append({**both, "lab": "rich lab", "value": rich, "label": ""})
    apart = "level" if after.change == "closed" else f"{number(after.apart, 3)} times apart"
    if after.change == "reversed":
        apart += ", the poor lab ahead"
    rich_words = f" and {number(after.rich_gain, 3)} times at the rich one's"
    if not shared:
        rich_words = ", and the rich lab does not have it"
    elif after.faded:
        rich_words = " and nothing at the rich one's, where it has faded away"
    reading = (
        f"The method is worth {number(after.poor_gain, 3)} times the compute at the poor lab's scale{rich_words}."
        f" In effective compute they are then {apart}: {after.change}."
    )
    title = f"From {ratio:g} times apart to {apart.removesuffix(' apart')}: {after.change}"
    ends = [r["value"] for r in rows]
    signals = {"title": title, "from": min(ends) / 1.6, "to": max(ends) * 1.6}
    return State(rows, reading, signals, more=f"The rich lab has {ratio:g} times the compute of the poor one.")


def labs_panel() -> Panel:
    """Two labs, one method: effective compute before and after, by scale dependence and secrecy."""
    users = [("both: it is published", True), ("only the poor lab: it is kept", False)]
    return Panel(
        "Who keeps the gain?",
        [
            Number("gain", "Gain at the poor lab's scale", "times", 1.1, 10, 2, 0.1),
            Number("exponent", "Gain grows with scale as the power", "", -0.3, 0.3, 0, 0.05),
            Choice("shared", "Who uses the method", users, True),
        ],
        _labs_state,
        figures.labs_chart(),
        presets={
            "What if both use it?": {},
            "What if it needs scale?": {"exponent": 0.2},
            "What if it fades with scale?": {"exponent": -0.2},
            "What if the poor lab keeps it?": {"shared": False},
            "What if it is worth ten times?": {"gain": 10},
        },
        more=[Number("ratio", "Rich lab's compute over poor's", "times", 2, 100, 10, 1)],
    )
