"""Charts and panels of 36_who_benefits: papers and causes, rates, gains, months, adoptions.

Wiring over `helpers.progress.model`; every value comes from ``data/`` or from the reader.
"""

from __future__ import annotations

import html
import itertools
import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.core import data, tables
from helpers.core.words import date_words, listed
from helpers.progress import model as progress
from helpers.show import charts, page
from helpers.show.page import card
from helpers.show.panel import Choice, Number, Panel, Span, State, Stops

CHINA, US, ELSEWHERE = "labs in China", "labs in the US", "labs elsewhere"
PLACES = (CHINA, US, ELSEWHERE)
_PLACE_COLOURS = [charts.VERMILION, charts.BLUE, charts.GREY]
_PLACE_SHAPES = ["square", "circle", "triangle-up"]

# Dates of US rules on chips, drawn as lines: event -> short words.
CONTROLS = {
    "bis-oct-2022": "Oct 2022",
    "bis-oct-2023": "Oct 2023",
    "h20-licence-letter": "Apr 2025",
    "bis-h200-rule": "Jan 2026",
}

# DeepSeek-V3: 37 billion active parameters, 14.8 trillion tokens (arXiv 2412.19437), 6 N D.
V3_BUDGET = 6 * 37e9 * 14.8e12 / progress.FLOP_PER_PFLOP_DAY


def place(home: str) -> str:
    """Which of `PLACES` a row with this `home` belongs to."""
    return {"CN": CHINA, "US": US}.get(home, ELSEWHERE)


def _by_place(rows: pd.DataFrame) -> dict[str, int]:
    """How many rows come from each of `PLACES`, without the places of none."""
    counts = rows["home"].map(place).value_counts()
    return {p: int(counts[p]) for p in PLACES if p in counts}


def _places(rows: pd.DataFrame) -> str:
    return listed(f"{n} from {p if n > 1 else p.replace('labs', 'a lab')}" for p, n in _by_place(rows).items())


# --- papers -------------------------------------------------------------------------------------


def _paper_html(paper: pd.Series) -> str:
    hardware = paper.hardware or "not stated"
    lines = [
        f"<b>{html.escape(paper.title)}</b>",
        f"{date_words(paper.date, 'day')}. {html.escape(paper.lab)}. {html.escape(paper.family)}: {html.escape(paper.technique)}."
        f" Hardware: {html.escape(hardware)}. Confidence: {paper.confidence}.",
        html.escape(paper.claim) + (f" (Compared with: {html.escape(paper.baseline)}.)" if paper.baseline else ""),
        "The authors' own figures, unless a source says otherwise.",
    ]
    return card(lines, [paper.source_id])


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
    families = drawn["family"].value_counts().index.tolist()
    first, last = int(drawn["date"].dt.year.min()), int(drawn["date"].dt.year.max())
    days = charts.milliseconds(drawn["date"])
    rules = events.set_index("event_id").loc[list(CONTROLS), "date"]
    first_rule = rules.iloc[0]
    lanes = dict(zip(drawn["paper_id"], _lanes(drawn), strict=True))
    kinds = [k for k in drawn["hardware_kind"].unique() if k != "not stated"] + ["not stated"]

    def compute(family: str, home: str, hardware: str, years: tuple[int, int], paper_id: str) -> State:
        keep = drawn["date"].dt.year.between(*years)
        keep &= drawn["family"].eq(family) if family else True
        keep &= drawn["home"].map(place).eq(home) if home else True
        keep &= drawn["hardware_kind"].eq(hardware) if hardware else True
        shown = drawn[keep]
        rows = [
            {
                "paper_id": p.paper_id,
                "day": int(days[p.Index]),
                "lane": families.index(p.family) + lanes[p.paper_id],
                "place": place(p.home),
                "label": f"{p.lab}: {p.technique}",
                "claim": p.claim,
                "hardware": p.hardware or "not stated",
                "picked": p.paper_id == paper_id,
            }
            for p in shown.itertuples()
        ]
        detail = _paper_html(drawn.set_index("paper_id").loc[paper_id]) if paper_id else ""
        if shown.empty:
            return State([], "No entry of our selection fits these filters.", {"title": "No entry fits"}, detail)
        early = shown[shown["date"] < first_rule]
        silent = int((shown["hardware_kind"] == "not stated").sum())
        whose = f" ({_places(early)})" if early["home"].map(place).nunique() > 1 and len(early) < len(shown) else ""
        older = f"{len(early) or 'none'} older than the rule of October 2022{whose}"
        silence = f"{silent} without a named chip" if silent else "all with a named chip"
        noun = "entry" if len(shown) == 1 else "entries"
        reading = f"{len(shown)} {noun} of our selection: {_places(shown)}; {older}; {silence}."
        homes = ", ".join(f"{n} {p.removeprefix('labs ')}" for p, n in _by_place(shown).items())
        title = f"Entries by labs: {homes}; {len(early) or 'none'} older than the first rule"
        return State(rows, reading, {"title": title}, detail)

    ends = [int(pd.Timestamp(f"{y}-{d}").timestamp() * 1000) for y, d in ((first, "07-01"), (last, "12-31"))]
    x = alt.X("day:T", title=None, scale=alt.Scale(domain=ends), axis=alt.Axis(format="%Y", tickCount="year"))
    labels = " : ".join(f"datum.value == {i} ? {f!r}" for i, f in enumerate(families)) + " : ''"
    y = alt.Y(
        "lane:Q",
        title=None,
        scale=alt.Scale(domain=[len(families) - 0.5, -0.5], nice=False, zero=False),
        axis=alt.Axis(values=list(range(len(families))), labelExpr=labels, ticks=False, domain=False, grid=True, labelLimit=170),
    )  # fmt: skip
    pick = alt.selection_point(name="paper_id", fields=["paper_id"], on="click", empty=False)
    live = charts.live("paper_id", "day", "lane", "place", "label", "claim", "hardware", "picked")
    marks = live.mark_point(filled=True, size=110, strokeWidth=2.5, opacity=0.9).encode(
        x=x,
        y=y,
        color=alt.Color(
            "place:N",
            title=None,
            scale=alt.Scale(domain=list(PLACES), range=_PLACE_COLOURS),
            legend=alt.Legend(orient="bottom", symbolSize=120),
        ),
        shape=alt.Shape("place:N", title=None, scale=alt.Scale(domain=list(PLACES), range=_PLACE_SHAPES)),
        stroke=alt.condition("datum.picked", alt.value(charts.BLACK), alt.value("transparent")),
        tooltip=[
            alt.Tooltip("day:T", title="Date", format="%-d %B %Y"),
            alt.Tooltip("label:N", title="Lab and technique"),
            alt.Tooltip("hardware:N", title="Hardware stated"),
            alt.Tooltip("claim:N", title="Authors claim"),
        ],
    )
    controls = pd.DataFrame({"day": charts.milliseconds(rules), "words": list(CONTROLS.values())})
    base = alt.Chart(alt.InlineData(values=controls.to_dict("records")))
    lines = base.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=alt.X("day:T"))
    # The last two rules are close: their names part to both sides.
    words = [
        base.transform_filter(f"indexof({names}, datum.words) >= 0")
        .mark_text(fontSize=12, dy=-8, align=align, dx=dx)
        .encode(x=alt.X("day:T"), y=alt.value(0), text="words:N")
        for names, align, dx in zip(
            ([*CONTROLS.values()][:2], [*CONTROLS.values()][2:3], [*CONTROLS.values()][3:]),
            ("center", "right", "left"),
            (0, 14, -14),
        )
    ]
    chart = alt.layer(lines, *words, marks.add_params(pick)).properties(
        width=charts.WIDTH - 150,
        height=34 * len(families),
        title=charts.title(
            charts.signal("title"),
            "One mark a paper, repository or release; dashed: US chip rules, H20 letter (2025), H200 rule (2026). Click a mark to read",
            "Source: data/papers.csv and data/events.csv. We chose the entries: the counts say what we found, not what exists.",
        ),
        description=(
            f"Timeline of {len(drawn)} efficiency papers from {first} to {last} in {len(families)} rows of techniques, with labs in"
            " China, in the US and elsewhere told apart by shape and colour, and the dates of four US chip rules as dashed lines."
        ),
    )
    listed = [("none chosen", "")] + [
        (f"{p.date:%Y-%m} {p.lab}: {p.technique}", p.paper_id) for p in drawn.itertuples()
    ]
    return Panel(
        "Who published what, when, on which chips",
        [
            Choice("family", "Technique", [("all", ""), *families], ""),
            Choice("home", "Home", [("all", ""), *PLACES], ""),
            Choice("hardware", "Hardware that the paper names", [("any", ""), *kinds], ""),
            Span("years", "Years", "first and last", first, last, (first, last)),
            Choice("paper_id", "Open a paper (or click its mark)", listed, ""),
        ],
        compute,
        chart,
        presets={
            "All": {},
            "To 2022": {"years": (first, 2022)},
            "Attention, cache": {"family": "attention and cache"},
            "US labs": {"home": US},
            "China parts": {"hardware": "NVIDIA part for China"},
            "No chip named": {"hardware": "not stated"},
        },
        pick="paper_id",
    )


def _lanes(rows: pd.DataFrame, apart_days: int = 40) -> list[float]:
    """Small vertical shifts, so that marks of one row that are close in time do not hide each other."""
    shifts = (0.0, -0.26, 0.26, -0.13, 0.13)
    recent: dict[str, list[tuple[pd.Timestamp, float]]] = {}
    out = []
    for row in rows.itertuples():
        near = [s for day, s in recent.get(row.family, []) if (row.date - day).days < apart_days]
        shift = next((s for s in shifts if s not in near), 0.0)
        recent.setdefault(row.family, []).append((row.date, shift))
        out.append(shift)
    return out


# --- causes -------------------------------------------------------------------------------------

SIDES = {
    "for": "for scarcity as a cause",
    "against": "against, or another cause",
    "contested": "contested, or bearing on both",
}


def numbered(causes: pd.DataFrame) -> pd.DataFrame:
    """The evidence with a number each, 1 upwards by side and date."""
    order = causes.assign(rank=causes["side"].map(list(SIDES).index))
    order = order.sort_values(["rank", "date"], kind="stable").reset_index(drop=True)
    return order.assign(number=np.arange(1, len(order) + 1)).drop(columns="rank")


def causes_chart(causes: pd.DataFrame, events: pd.DataFrame) -> alt.TopLevelMixin:
    """The evidence as a timeline: a row each, numbered as in the tables, with the hardware it names."""
    rows = numbered(causes)
    late = rows["date"] >= "2024-07-01"
    drawn = pd.DataFrame(
        {
            "number": rows["number"],
            "day": charts.milliseconds(rows["date"]),
            "side": rows["side"].map(SIDES),
            "words": rows["number"].astype(str) + ": " + rows["hardware"] + " · " + rows["who"],
            "claim": rows["claim"],
            "late": late,
        }
    )
    rules = events.set_index("event_id").loc[list(CONTROLS), "date"]
    lines = alt.Chart(
        alt.InlineData(
            values=[{"day": int(d), "words": w} for d, w in zip(charts.milliseconds(rules), CONTROLS.values())]
        )
    )
    ends = [int(pd.Timestamp(day).timestamp() * 1000) for day in ("2019-07-01", "2026-12-31")]
    x = alt.X("day:T", title=None, scale=alt.Scale(domain=ends), axis=alt.Axis(format="%Y", tickCount="year"))
    y = alt.Y("number:O", axis=None)
    colours = [charts.VERMILION, charts.BLUE, charts.GREY]
    base = alt.Chart(alt.InlineData(values=drawn.to_dict("records")))
    marks = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x, y=y,
        color=alt.Color("side:N", title="Evidence", scale=alt.Scale(domain=list(SIDES.values()), range=colours), legend=alt.Legend(orient="bottom", labelLimit=300)),
        shape=alt.Shape("side:N", title="Evidence", scale=alt.Scale(domain=list(SIDES.values()), range=["square", "circle", "triangle-up"])),
        tooltip=[alt.Tooltip("day:T", title="Date", format="%B %Y"), alt.Tooltip("words:N", title="Hardware, who"), alt.Tooltip("claim:N", title="What is said")],
    )  # fmt: skip
    said = [
        charts.edged_words(
            base.transform_filter(f"datum.late == {late}"), {"align": align, "dx": dx}, x=x, y=y, text="words:N"
        )
        for late, align, dx in (("true", "right", -9), ("false", "left", 9))
    ]
    rule = lines.mark_rule(color=charts.GREY, strokeDash=[4, 3]).encode(x="day:T")
    dates = lines.mark_text(fontSize=12, dy=-8).encode(x="day:T", y=alt.value(0), text="words:N")
    earliest = rows.groupby("side")["date"].min()
    return alt.layer(rule, dates, *said, marks).properties(
        width=charts.WIDTH - 20,
        height=19 * len(rows),
        title=charts.title(
            f"The evidence for begins in {earliest['for']:%B %Y}, that against in {earliest['against']:%Y}, before the first rule",
            "A row a piece, numbered as in the tables, with the hardware it names and who speaks; dashed: US chip rules",
            "Source: data/causes.csv and data/events.csv. We chose the pieces: their number proves nothing.",
        ),
        description=f"Timeline of {len(rows)} pieces of evidence from 2019 to 2026, one row each with hardware and speaker, told apart by shape and colour into those for scarcity as a cause, those against and contested ones, with four US chip rules as dashed lines.",
    )


def causes_table(causes: pd.DataFrame, side: str) -> page.Table:
    """The evidence of one side, with hardware, interest and limit."""
    rows = numbered(causes)
    rows = rows[rows["side"] == side]
    shown = pd.DataFrame(
        {
            "When": rows["date"].dt.strftime("%b %Y"),
            "What is said": rows["claim"],
            "Hardware": rows["hardware"],
            "Who; interest": rows["who"] + "; " + rows["interest"],
            "What it cannot show": rows["limit"],
            "Confidence": rows["confidence"],
        }
    )
    shown.index = pd.Index(rows["number"], name="No.")
    return page.table(shown, f"Evidence {SIDES[side]}")


# --- rates --------------------------------------------------------------------------------------

_RATE_WORDS = {
    "ho-2024-preprint": "Training compute, Epoch AI and MIT, preprint",
    "ho-2024-conference": "Training compute, the same, conference version",
    "mit-algorithms": "Serving, algorithms only, MIT",
    "amodei-4x": "Training cost, a rule of thumb, Anthropic",
    "mit-prices": "Price for equal score, MIT",
    "llmflation": "Price for equal score, a16z",
    "epoch-prices": "Price for equal score, Epoch AI",
}


def rates(estimates: pd.DataFrame) -> pd.DataFrame:
    """Published rates on one scale: times a year, with their ranges.

    Returns
    -------
    DataFrame
        estimate_id, words, low, central, high (NaN where not given), and interval_kind, period, scale, interest of the table.
    """
    rows = estimates.set_index("estimate_id").loc[list(_RATE_WORDS)]
    out = []
    for key, row in rows.iterrows():
        low, central, high = row["low"], row["value"], row["high"]
        if row["unit"] == "months to halve":
            low, central, high = progress.factor_per_year(np.array([high, central, low])).tolist()
        kept = row[["interval_kind", "period", "scale", "interest"]].to_dict()
        out.append({"estimate_id": key, "words": _RATE_WORDS[key], "low": low, "central": central, "high": high, **kept})  # fmt: skip
    return pd.DataFrame(out)


def _short(value: float) -> str:
    return f"{float(f'{value:.3g}'):,g}"


def _times(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{float(f'{value:.2g}'):g}"


def rates_chart(estimates: pd.DataFrame) -> alt.LayerChart:
    """Published rates of efficiency gain, times a year, with ranges."""
    frame = rates(estimates)
    records = []
    for r in frame.itertuples():
        known = {k: v for k, v in (("low", r.low), ("central", r.central), ("high", r.high)) if not math.isnan(v)}
        span = f" ({_times(r.low)} to {_times(r.high)})" if "low" in known else ""
        label = (_times(r.central) + span) if "central" in known else f"{_times(r.low)} to {_times(r.high)}"
        records.append({"words": r.words, **known, "label": label, "end": max(known.values()), "kind": r.interval_kind, "period": r.period, "scale": r.scale, "interest": r.interest})  # fmt: skip
    base = alt.Chart(alt.InlineData(values=records))
    y = alt.Y(
        "words:N", sort=list(_RATE_WORDS.values()), title=None, axis=alt.Axis(labelLimit=310, domain=False, ticks=False)
    )
    scale = alt.Scale(type="log", domain=[1, 5000], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Times a year (log scale)",
            scale=scale,
            axis=alt.Axis(values=[1, 3, 10, 100, 1000], format="~g"),
        )

    tip = [
        alt.Tooltip("words:N", title="What, who"),
        alt.Tooltip("label:N", title="Times a year"),
        alt.Tooltip("kind:N", title="Range is"),
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("scale:N", title="Measured on"),
        alt.Tooltip("interest:N", title="Interest"),
    ]
    spans = (
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=4, color=charts.SKY)
        .encode(x=x("low"), x2="high", y=y, tooltip=tip)
    )
    dots = (
        base.transform_filter("isValid(datum.central)")
        .mark_point(filled=True, size=80, color=charts.BLUE)
        .encode(x=x("central"), y=y, tooltip=tip)
    )
    words = base.mark_text(align="left", dx=8, fontSize=12).encode(x=x("end"), y=y, text="label:N")
    return (spans + dots + words).properties(
        width=charts.WIDTH - 320,
        height=30 * len(records),
        title=charts.title(
            "Efficiency rises several times a year, by measures that do not count the same thing",
            "Times a year; bars: intervals or ranges as published, of different kinds",
            "Source: data/progress_estimates.csv; months to halve turned into times a year.",
        ),
        description="Dot and range chart of seven published rates on a log scale: two versions of a training estimate near 2.8 times a year, serving at 3, a rule of thumb for training cost at 4, and prices from 5 to 40 times a year with a range up to 900.",
    )  # fmt: skip


def optimum_table(compute_flop: float = 5.76e23) -> page.Table:
    """The best split of one budget under three fits of the same law to the same data."""
    words = {
        "hoffmann-2022": "2022, as printed (rounded)",
        "hoffmann-2022-unrounded": "2022, all digits",
        "besiroglu-2024": "2024, refit",
    }
    rows = {}
    for name, label in words.items():
        best = progress.optimum(compute_flop, progress.fit(name))
        rows[label] = {
            "Parameters, billion": f"{float(best['parameters']) / 1e9:.0f}",
            "Tokens, trillion": f"{float(best['tokens']) / 1e12:.1f}",
            "Tokens for each parameter": f"{float(best['tokens_per_parameter']):.0f}",
        }
    frame = pd.DataFrame(rows).T.rename_axis("Fit")
    return page.table(
        frame, f"The best use of {compute_flop:.2e} FLOP, Chinchilla's budget, under three fits of one law"
    )


# --- several gains ------------------------------------------------------------------------------

_METHODS = {
    "muon": "Muon",
    "fine-experts": "Sparse experts",
    "kda": "Kimi Linear",
    "attnres": "Attention residuals",
}
_SETS = {
    "Kimi Linear and attention residuals": ("kda", "attnres"),
    "Muon and sparse experts": ("muon", "fine-experts"),
    "all four": ("muon", "fine-experts", "kda", "attnres"),
}


def multiply_panel(estimates: pd.DataFrame) -> Panel:
    """Published gains used together, by overlap.

    Parameters
    ----------
    estimates : DataFrame
        ``data.load("progress_estimates")``.
    """
    values = estimates.set_index("estimate_id")["value"]
    whole = float(values["k3-over-k2"])
    combined = ("Largest alone", "With your overlap", "Product")
    order = [*_METHODS.values(), *combined]

    def compute(methods: str, overlap: float) -> State:
        chosen = _SETS[methods]
        gains = values[list(chosen)].to_numpy()
        bounds = progress.gain_bounds(gains)
        mine = float(progress.combined_gain(gains, overlap / 100))
        rows = [
            {"what": _METHODS[m], "gain": float(g), "kind": "one method"} for m, g in zip(chosen, gains, strict=True)
        ]
        together = (float(bounds["largest"]), mine, float(bounds["product"]))
        rows += [{"what": w, "gain": g, "kind": "together"} for w, g in zip(combined, together, strict=True)]
        for row in rows:
            row["label"] = f"{row['gain']:.2f}"
        rows += [
            {"what": w, "gain": 0.0, "kind": "one method", "label": "not used"}
            for m, w in _METHODS.items()
            if m not in chosen
        ]
        reading = (
            f"With {overlap:g}% overlap the gain is {mine:.2f} times, between {together[0]:.2f} for the largest alone"
            f" and {together[2]:.2f} for the product."
        )
        if not math.isfinite(float(bounds["disjoint"])):
            saved = float((1 - 1 / gains).sum())
            reading += f" One by one they save {saved:.0%} of the compute, more than there is: some savings must be the same, or the baselines differ."
        title = f"Together between {together[0]:.2f} and {together[2]:.2f} times, by overlap"
        return State(rows, reading, {"title": title, "top": max(together[2], whole) * 1.15})

    rows = charts.live("what", "gain", "kind", "label")
    y = alt.Y(
        "what:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(minExtent=150, ticks=False, domain=False),
    )
    x = alt.X(
        "gain:Q",
        title="Times less compute for equal loss (1: no gain)",
        scale=alt.Scale(domain=[0, charts.signal("top")], nice=False),
    )
    bars = rows.mark_bar(height=17).encode(
        x=x,
        y=y,
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=["one method", "together"], range=[charts.SKY, charts.ORANGE]), legend=alt.Legend(orient="bottom")),
        tooltip=[alt.Tooltip("what:N", title="What"), alt.Tooltip("label:N", title="Gain")],
    )  # fmt: skip
    words = rows.mark_text(align="left", dx=5, fontSize=12).encode(x=x, y=y, text="label:N")
    reference = alt.Chart(alt.InlineData(values=[{"at": whole, "words": f"K3 over K2, all changes: {whole:g}"}]))
    line = reference.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=alt.X("at:Q"))
    name = reference.mark_text(dy=-8, fontSize=12).encode(x=alt.X("at:Q"), y=alt.value(0), text="words:N")
    chart = (bars + line + words + name).properties(
        width=charts.WIDTH - 180,
        height=30 * len(order),
        title=charts.title(
            charts.signal("title"),
            "Gains as the authors report them, one by one and together; dashed: one whole generation, by its authors",
            "Source: data/progress_estimates.csv; the overlap is yours.",
        ),
        description="Bar chart of published compute-equivalent gains, one bar a method, and below them the largest alone, the gain with the chosen overlap and the product; a dashed line marks 2.5 times, the gain of Kimi K3 over K2.",
    )
    return Panel(
        "Can gains be multiplied?",
        [
            Choice("methods", "Methods used together", list(_SETS), "Kimi Linear and attention residuals"),
            Number("overlap", "Overlap of what they save", "%", 0, 100, 50, 5),
        ],
        compute,
        chart,
        presets={
            "Two K3 parts": {"overlap": 0},
            "Same waste": {"overlap": 100},
            "All, multiplied": {"methods": "all four", "overlap": 0},
            "All, half shared": {"methods": "all four"},
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


_HALF_DIGIT = 5e-5  # the exponents are printed with four decimals


def _round(value: float) -> str:
    """One digit and as many noughts, 30,000; from a billion in powers of ten, 10¹³."""
    if value < 1e9:
        return f"{float(f'{value:.1g}'):,.0f}"
    return "10" + f"{math.log10(value):.0f}".translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _span_of_rounding(
    compute: np.ndarray, old: progress.PowerLaw, new: progress.PowerLaw
) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest gain that the printed digits allow: each exponent holds to half of its last digit."""
    ends = [
        progress.equivalent_gain(compute, progress.PowerLaw(old.a, old.b + i), progress.PowerLaw(new.a, new.b + j))
        for i, j in itertools.product((-_HALF_DIGIT, _HALF_DIGIT), repeat=2)
    ]
    return np.min(ends, axis=0), np.max(ends, axis=0)


def tested_range() -> tuple[float, float]:
    """PFLOP/s-days between which the two curves of Kimi Linear were fitted (read by us off the chart)."""
    row = data.load("scaling_fits").set_index("fit_id").loc["kimi-linear-kda"]
    return float(row["range_low"]), float(row["range_high"])


def crossing_panel() -> Panel:
    """The gain of one published method against compute, with the range of its tests and the crossing."""
    fitted = tested_range()
    old, published = progress.power_law("kimi-linear-mla"), progress.power_law("kimi-linear-kda")
    grid = np.geomspace(1, 1e7, 71)

    def compute(exponent: float, budget: float) -> State:
        new = progress.PowerLaw(published.a, exponent)
        gains = progress.equivalent_gain(grid, old, new)
        low, high = _span_of_rounding(grid, old, new)
        rows = [
            {"compute": float(c), "gain": float(g), "low": float(a), "high": float(b), "kind": "line"}
            for c, g, a, b in zip(grid, gains, low, high, strict=True)
        ]
        at = float(progress.equivalent_gain(budget, old, new))
        low_at, high_at = (float(v) for v in _span_of_rounding(np.array(budget), old, new))
        rows.append({"compute": budget, "gain": at, "low": at, "high": at, "kind": "budget"})
        outside = float(progress.times_outside(budget, *fitted))
        where = (
            "inside the range of the tests"
            if outside == 1
            else f"{float(f'{outside:.2g}'):,.0f} times beyond the largest test"
        )
        verb = "is worth" if outside == 1 else "would be worth"
        apart = old.b - exponent
        if apart < 2.5 * _HALF_DIGIT:
            crossed = "The exponents differ by no more than their rounding, so the gain hardly changes with scale"
            title = "With almost equal exponents the gain hardly changes with scale"
        else:
            near = progress.crossing(old, new)
            wide, narrow = (
                (progress.PowerLaw(old.a, old.b + d), progress.PowerLaw(new.a, exponent - d))
                for d in (_HALF_DIGIT, -_HALF_DIGIT)
            )
            last = f"to {_round(progress.crossing(*narrow))}" if apart > 4.5 * _HALF_DIGIT else "upwards"
            crossed = (
                f"The two lines cross near {_round(near)} PFLOP/s-days,"
                f" anywhere from {_round(progress.crossing(*wide))} {last} by rounding alone"
            )
            title = f"Extended beyond its tests, the gain is gone near {_round(near)} PFLOP/s-days"
        reading = (
            f"At {budget:,.0f} PFLOP/s-days, {where}, the new method {verb} {at:.2f} times the compute"
            f" ({low_at:.2f} to {high_at:.2f} from the rounding of the printed exponents alone). {crossed}."
        )
        return State(rows, reading, {"title": title})

    rows = charts.live("compute", "gain", "low", "high", "kind")
    span = alt.Scale(type="log", domain=[1, 1e7], nice=False)
    ticks = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]
    x = alt.X(
        "compute:Q",
        title="Compute of the old method, PFLOP/s-days (log scale)",
        scale=span,
        axis=alt.Axis(values=ticks, format=",.0f", labelOverlap=True),
    )
    scale = alt.Scale(domain=[0.6, 1.6], nice=False, clamp=True)
    y = alt.Y(
        "gain:Q", title="Times less compute for equal loss", scale=scale, axis=alt.Axis(format=".1f", tickCount=6)
    )
    line = rows.transform_filter("datum.kind == 'line'")
    band = line.mark_area(opacity=0.25, color=charts.BLUE).encode(
        x=x, y=alt.Y("low:Q", scale=scale, title="Times less compute for equal loss"), y2="high:Q"
    )
    curve = line.mark_line(color=charts.BLUE, strokeWidth=2.5).encode(x=x, y=y)
    point = (
        rows.transform_filter("datum.kind == 'budget'")
        .mark_point(filled=True, size=130, color=charts.VERMILION, shape="diamond", opacity=1)
        .encode(x=x, y=y)
    )
    tested = alt.Chart(alt.InlineData(values=[{"from": fitted[0], "to": fitted[1], "words": "tested"}]))
    shade = tested.mark_rect(color=charts.YELLOW, opacity=0.35).encode(x=alt.X("from:Q", scale=span), x2="to:Q")
    shade_words = (
        tested.transform_calculate(at="sqrt(datum.from * datum.to)")
        .mark_text(fontSize=12, baseline="top", dy=4)
        .encode(x=alt.X("at:Q", scale=span), y=alt.value(0), text="words:N")
    )
    one = (
        alt.Chart(alt.InlineData(values=[{"one": 1}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(y=alt.Y("one:Q", scale=scale))
    )
    chart = (shade + band + one + curve + point + shade_words).properties(
        width=charts.WIDTH - 60,
        height=300,
        title=charts.title(
            charts.signal("title"),
            "Kimi Linear against latent attention; band: rounding of printed digits; diamond: your budget; dashed: no gain",
            "Source: fits of arXiv 2510.26692 (data/scaling_fits.csv); range of tests read off its chart.",
        ),
        description="Line chart of the compute-equivalent gain of Kimi Linear against compute on a log scale, falling from about 1.2 to below 1, with the tested range from 2 to 16 PFLOP/s-days shaded and a band for the rounding of the printed exponents.",
    )  # fmt: skip
    return Panel(
        "Does the gain survive at scale?",
        [
            Number("exponent", "Exponent of the new curve (printed: 0.0527)", "", 0.0520, 0.0536, 0.0527, 0.0001),
            Stops("budget", "Training budget, PFLOP/s-days", _BUDGETS, 8.0),
        ],
        compute,
        chart,
        presets={
            "Tested": {},
            "V3's budget": {"budget": _BUDGETS[4][1]},
            "0.0525": {"exponent": 0.0525, "budget": _BUDGETS[4][1]},
            "0.0529": {"exponent": 0.0529, "budget": _BUDGETS[4][1]},
            "Equal": {"exponent": 0.0536, "budget": _BUDGETS[4][1]},
        },
    )


def labs_panel() -> Panel:
    """Two labs, one method: effective compute before and after, by scale dependence and secrecy."""
    without, with_it = "raw compute", "effective compute"

    def compute(ratio: float, gain: float, exponent: float, shared: bool) -> State:
        after = {k: float(v) for k, v in progress.two_labs(ratio, gain, exponent, shared).items()}
        rows = []
        for what, poor, rich in ((without, 1.0, ratio), (with_it, after["poor"], after["rich"])):
            low, high = sorted((poor, rich))
            both = {"what": what, "low": low, "high": high, "middle": math.sqrt(low * high)}
            words = f"{_short(high / low)} times" + (", poor lab ahead" if rich < poor * 0.9995 else "")
            rows.append({**both, "lab": "poor lab", "value": poor, "label": words})
            rows.append({**both, "lab": "rich lab", "value": rich, "label": ""})
        change = after["ratio"] / ratio
        change_word = "unchanged" if abs(change - 1) < 5e-4 else "wider" if change > 1 else "narrower"
        apart = f"{_short(after['ratio'])} times apart"
        if abs(after["ratio"] - 1) < 5e-4:
            change_word, apart = "closed", "level"
        elif after["ratio"] < 1:
            change_word, apart = "reversed", f"{_short(1 / after['ratio'])} times apart, the poor lab ahead"
        if not shared:
            rich_words = ", and the rich lab does not have it"
        elif after["rich_gain"] == 1 and after["poor_gain"] > 1:
            rich_words = " and nothing at the rich one's, where it has faded away"
        else:
            rich_words = f" and {_short(after['rich_gain'])} times at the rich one's"
        reading = (
            f"The rich lab has {ratio:g} times the compute. The method is worth {_short(after['poor_gain'])} times the compute at the poor lab's scale"
            f"{rich_words}. In effective compute they are then {apart}: {change_word}."
        )
        title = f"From {ratio:g} times apart to {apart.removesuffix(' apart')}: {change_word}"
        ends = [r["value"] for r in rows]
        return State(rows, reading, {"title": title, "from": min(ends) / 1.6, "to": max(ends) * 1.6})  # fmt: skip

    rows = charts.live("what", "lab", "value", "low", "high", "middle", "label")
    scale = alt.Scale(type="log", domain=[charts.signal("from"), charts.signal("to")], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Compute, poor lab's raw compute = 1 (log scale)",
            scale=scale,
            axis=alt.Axis(tickCount=6, format="~g"),
        )

    y = alt.Y(
        "what:N",
        sort=[without, with_it],
        title=None,
        scale=alt.Scale(domain=[without, with_it]),
        axis=alt.Axis(minExtent=120, ticks=False, domain=False),
    )
    span = (
        rows.transform_filter("datum.lab == 'poor lab'")
        .mark_rule(strokeWidth=3, color=charts.RULE)
        .encode(x=x("low"), x2="high", y=y)
    )
    dots = rows.mark_point(filled=True, size=160, opacity=1).encode(
        x=x("value"),
        y=y,
        color=alt.Color(
            "lab:N",
            title=None,
            scale=alt.Scale(domain=["poor lab", "rich lab"], range=[charts.ORANGE, charts.BLUE]),
            legend=alt.Legend(orient="bottom", symbolSize=140),
        ),
        shape=alt.Shape(
            "lab:N", title=None, scale=alt.Scale(domain=["poor lab", "rich lab"], range=["triangle-up", "circle"])
        ),
        tooltip=[
            alt.Tooltip("lab:N", title="Lab"),
            alt.Tooltip("what:N", title="Counted as"),
            alt.Tooltip("value:Q", title="Poor lab's raw compute = 1", format=".3~g"),
        ],
    )
    words = rows.mark_text(dy=-16, fontSize=12).encode(x=x("middle"), y=y, text="label:N")
    chart = (span + dots + words).properties(
        width=charts.WIDTH - 150,
        height=150,
        title=charts.title(
            charts.signal("title"),
            "One method, two labs: distance on a log axis is the ratio of their compute",
            "Source: our model (helpers/progress/model.py); every number is yours.",
        ),
        description="Dumbbell chart with two rows, raw and effective compute, each with a mark for a poor lab and one for a rich lab on a log axis, and the ratio between them as text.",
    )  # fmt: skip
    return Panel(
        "Who keeps the gain?",
        [
            Number("ratio", "Rich lab's compute over poor's", "times", 2, 100, 10, 1),
            Number("gain", "Gain at the poor lab's scale", "times", 1.1, 10, 2, 0.1),
            Number("exponent", "Gain grows with scale as the power", "", -0.3, 0.3, 0, 0.05),
            Choice("shared", "Who uses the method", [("both: it is published", True), ("only the poor lab: it is kept", False)], True),
        ],
        compute,
        chart,
        presets={
            "Published": {},
            "Needs scale": {"exponent": 0.2},
            "Fades": {"exponent": -0.2},
            "Kept secret": {"shared": False},
            "Ten times": {"gain": 10},
        },
    )  # fmt: skip


# --- months -------------------------------------------------------------------------------------


def gaps_chart(gaps: pd.DataFrame) -> alt.LayerChart:
    """Published gaps in months by kind of measure, with the ranges their authors give."""
    rows = gaps[gaps["unit"] == "months"]
    rows = rows.assign(place=rows["kind"].map(tables.GAP_KINDS.index)).sort_values(["place", "date"], kind="stable")
    records = []
    for r in rows.itertuples():
        known = {k: float(v) for k, v in (("low", r.low), ("high", r.high)) if not math.isnan(v)}
        span = f"{r.low:g} to {r.high:g}" if known else f"{r.value:g}"
        kind = "between countries" if " US" in r.compares else "open to closed models"
        records.append({"words": f"{r.date:%b %Y}: {r.who.split(',')[0]}", "value": float(r.value), **known, "end": known.get("high", float(r.value)), "label": f"{span}; {r.measure}", "kind": kind, "compares": r.compares, "interval": r.interval_kind, "interest": r.interest, "confidence": r.confidence})  # fmt: skip
    order = [r["words"] for r in records]
    base = alt.Chart(alt.InlineData(values=records))
    y = alt.Y("words:N", sort=order, title=None, axis=alt.Axis(labelLimit=240, domain=False, ticks=False))
    scale = alt.Scale(domain=[0, 24], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Months behind", scale=scale, axis=alt.Axis(values=[0, 3, 6, 9, 12, 15]))

    kinds = ["between countries", "open to closed models"]
    colour = alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=kinds, range=[charts.VERMILION, charts.BLUE]),
        legend=alt.Legend(orient="bottom", symbolOpacity=1),
    )
    shape = alt.Shape("kind:N", title=None, scale=alt.Scale(domain=kinds, range=["square", "circle"]))
    tip = [
        alt.Tooltip("words:N", title="When, who"),
        alt.Tooltip("compares:N", title="Compares"),
        alt.Tooltip("label:N", title="Months; measure"),
        alt.Tooltip("interval:N", title="Range is"),
        alt.Tooltip("interest:N", title="Interest"),
        alt.Tooltip("confidence:N", title="Confidence"),
    ]
    spans = (
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=4, opacity=0.5)
        .encode(x=x("low"), x2="high", y=y, color=colour)
    )
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x("value"), y=y, color=colour, shape=shape, tooltip=tip
    )
    words = base.mark_text(align="left", dx=8, fontSize=12).encode(x=x("end"), y=y, text="label:N")
    least, most = rows["value"].min(), rows["value"].max()
    return (spans + dots + words).properties(
        width=charts.WIDTH - 230,
        height=30 * len(records),
        title=charts.title(
            f"Published gaps run from {least:g} to {most:g} months, and the ranges round them up to {rows['high'].max():g}",
            "By kind of measure, then by date; central figure and the range its author gives, where one is given",
            "Source: data/capability_gaps.csv. Bars are of different kinds: see the tips.",
        ),
        description=f"Dot and range chart of {len(records)} published gaps in months from {rows['date'].min():%B %Y} to {rows['date'].max():%B %Y}, by kind of measure and author, on an axis from 0 to 15 months, between models of the two countries and between open and closed models, from {least:g} to {most:g} months.",
    )  # fmt: skip


def points_table(gaps: pd.DataFrame) -> page.Table:
    """The gaps that are not lengths of time."""
    rows = gaps[gaps["unit"] != "months"].sort_values("date", kind="stable")
    frame = pd.DataFrame(
        {
            "When": rows["date"].dt.strftime("%b %Y"),
            "Compares": rows["compares"],
            "Gap": [f"{r.value:g} {r.unit}" for r in rows.itertuples()],
            "Who": rows["who"],
            "Note": rows["note"],
        }
    )
    frame.index = pd.Index(rows["measure"], name="Measure")
    return page.table(frame, "Gaps that are not lengths of time: not to be put on the chart above")


# --- adoptions ----------------------------------------------------------------------------------


def direction(row: Any) -> str:
    """From where to where an idea went, by the homes of the labs."""
    names = {"CN": "China", "US": "US"}
    return f"{names.get(row.from_home, 'elsewhere')} to {names.get(row.to_home, 'elsewhere')}"


KINDS = ("paper", "company statement", "config", "library code")
_KIND_WORDS = ("the paper says so", "the firm says so", "the configuration shows it", "library code resembles it")
_CLOSED = "China to closed US models"


def flows(adoptions: pd.DataFrame) -> pd.DataFrame:
    """Adoptions counted by `direction` and `kind` of evidence; rows where none was found are left out."""
    found = adoptions[adoptions["kind"] != "none found"]
    found = found.assign(direction=[direction(r) for r in found.itertuples()])
    return found.groupby(["direction", "kind"]).size().rename("moves").reset_index()


def adoptions_chart(adoptions: pd.DataFrame) -> alt.LayerChart:
    """Adoptions of an idea by another lab, by direction and kind of evidence."""
    counts = flows(adoptions)
    totals = counts.groupby("direction")["moves"].sum().sort_values(ascending=False, kind="stable")
    order = [*totals.index, _CLOSED]
    closed = listed(sorted(adoptions.loc[adoptions["kind"] == "none found", "to_lab"]))
    notes = [{"direction": d, "moves": int(n), "words": str(n)} for d, n in totals.items()]
    notes.append(
        {"direction": _CLOSED, "moves": 0, "words": f"nothing found either way: {closed} do not publish designs"}
    )
    abroad = int(totals.filter(regex="^China to (?!China)").sum())
    y = alt.Y(
        "direction:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(labelLimit=200, domain=False, ticks=False),
    )
    bars = (
        alt.Chart(alt.InlineData(values=counts.to_dict("records")))
        .mark_bar(height=19)
        .encode(
            x=alt.X("moves:Q", title="Adoptions in our table", axis=alt.Axis(tickMinStep=1, format="d")),
            y=y,
            color=alt.Color(
                "kind:N",
                title="Evidence",
                sort=list(KINDS),
                scale=alt.Scale(domain=list(KINDS), range=[charts.BLUE, charts.SKY, charts.GREEN, charts.ORANGE]),
                legend=alt.Legend(
                    orient="bottom", columns=2, labelExpr=f"{list(_KIND_WORDS)}[indexof({list(KINDS)}, datum.value)]"
                ),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("direction:N", title="From, to"),
                alt.Tooltip("kind:N", title="Evidence"),
                alt.Tooltip("moves:Q", title="Adoptions"),
            ],
        )
        .transform_calculate(rank=f"indexof({list(KINDS)}, datum.kind)")
    )
    words = (
        alt.Chart(alt.InlineData(values=notes))
        .mark_text(align="left", dx=6, fontSize=12)
        .encode(x="moves:Q", y=y, text="words:N")
    )
    return (bars + words).properties(
        width=charts.WIDTH - 190,
        height=34 * len(order),
        title=charts.title(
            f"Ideas moved both ways: {totals['US to China']} times from the US to China, {abroad} from China abroad",
            "By the homes of both labs and the best evidence found; library code shows likeness, not who copied whom",
            "Source: data/adoptions.csv; the selection is ours.",
        ),
        description=f"Stacked bar chart of {totals.sum()} adoptions of ideas by direction and kind of evidence; for closed models of three US firms nothing was found either way.",
    )  # fmt: skip


def adoptions_table(adoptions: pd.DataFrame) -> page.Table:
    """Every documented move, the oldest first."""
    rows = adoptions.sort_values(["date", "adoption_id"], kind="stable")
    frame = pd.DataFrame(
        {
            "From": rows["from_lab"] + " (" + rows["from_home"] + ")",
            "Idea": rows["idea"],
            "Into": rows["to_model"] + ", " + rows["to_lab"] + " (" + rows["to_home"] + ")",
            "Evidence": rows["kind"] + ": " + rows["evidence"],
            "Confidence": rows["confidence"],
        }
    )
    frame.index = pd.Index(
        [
            f"{r.date:%b %Y}" if r.date_precision in ("day", "month") else date_words(r.date, r.date_precision)
            for r in rows.itertuples()
        ],
        name="When",
    )
    return page.table(frame, "Where ideas went, and how we know")
