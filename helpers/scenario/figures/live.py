"""Charts of the panels of 80_compute_gap: definitions of the gap, the fan, the dials; their rows are made here too."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from helpers.core.words import figures as two
from helpers.core.words import true_minus
from helpers.scenario import studies
from helpers.show import charts

_SOURCE = "Source: data/gap_dials.csv, helpers/scenario; after 2027 the dials are judgement."
LOW, HIGH = 1.0, 300.0


# --- which gap ----------------------------------------------------------------------------------


def gap_rows(chosen: tuple[float, float, float], words: str) -> list[dict[str, Any]]:
    """Six answers of one count in grey, the chosen one, and two figures of other counts, hollow."""
    rows = [
        {"what": r.what, "low": _short(r.low if r.low == r.low else r.central), "central": _short(r.central),
         "high": _short(r.high if r.high == r.high else r.central), "kind": "others" if r.one_count else "elsewhere", "label": two(r.central)}
        for r in studies.answers().itertuples()
    ]  # fmt: skip
    low, central, high = chosen
    return [*rows, {"what": "Your choice", "low": low, "central": central, "high": high, "kind": "chosen", "label": two(central), "words": words}]  # fmt: skip


def gap_chart() -> alt.LayerChart:
    """Answers on one axis; live rows ``what``, ``low``, ``central``, ``high``, ``kind``, ``label``, signal ``title``."""
    base = charts.live("what", "low", "central", "high", "kind", "label")
    known = studies.answers()
    order = [*known[known["one_count"]]["what"], "Your choice", *known[~known["one_count"]]["what"]]
    scale = alt.Scale(type="log", domain=[1, 50], nice=False, clamp=True)
    axis = alt.Axis(values=[1, 2, 5, 10, 20, 50], format="~f")

    def x(field: str, title: str | None = "Times as much computing (logarithmic)") -> alt.X:
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)

    y = alt.Y("what:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(ticks=False, domain=False, labelLimit=350, minExtent=340))  # fmt: skip
    colour = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=["others", "chosen", "elsewhere"], range=["#8a949e", charts.PURPLE, "#8a949e"]))  # fmt: skip
    inside = "datum.kind != 'elsewhere'"
    bars = base.mark_bar(height=8, opacity=0.45).encode(x=x("low"), x2="high:Q", y=y, color=colour)
    dots = (
        base.transform_filter(inside)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(x=x("central"), y=y, color=colour)
    )
    hollow = base.transform_filter(f"!({inside})").mark_point(filled=False, size=90, opacity=1, strokeWidth=2).encode(x=x("central"), y=y, color=colour)  # fmt: skip
    words = charts.edged_words(base, {"dy": -13}, x=x("central"), y=y, text="label:N")  # above: a bar may end beside it  # fmt: skip
    return (bars + dots + hollow + words).properties(
        width=charts.WIDTH - 370,
        height=265,
        title=charts.title(
            charts.signal("title"),
            "Grey and purple: one count, so only the definition differs; bars: nine draws of ten. Hollow: other counts",
            _SOURCE,
        ),  # fmt: skip
        description="Chart of dots on a logarithmic axis from 1 to 50: the gap at the end of 2025 by six definitions within one count, from about 3.5 by memory bandwidth to 13 by what was added in the year without smuggled chips, one by the reader's choice, and two hollow points that rest on other counts.",
    )


# --- the fan ------------------------------------------------------------------------------------

BANDS = {"5 to 95 of 100": (0, 4), "25 to 75 of 100": (1, 3)}


def fan_rows(found: studies.Fan, start: studies.Fan) -> list[dict[str, Any]]:
    """Bands and middle of a fan by year, and two other middles: at the panel's start, and from wafers and memory."""
    rows: list[dict[str, Any]] = []
    rival = studies.fan(studies.Setting(bottom_up=1.0), start.draws)
    for at, year in enumerate(found.years):
        for name, (low, high) in BANDS.items():
            rows.append({"kind": "band", "what": name, "year": year, "low": _short(found.ratio[low, at]), "high": _short(found.ratio[high, at])})  # fmt: skip
        for kind, fan in (("middle", found), ("start", start), ("rival", rival)):
            rows.append({"kind": kind, "year": year, "low": _short(fan.ratio[2, at])})
    ends = [("label", value) for value in found.at(2030)] + [("aside", rival.at(2030)[1])]
    return [*rows, *({"kind": kind, "year": 2030, "low": _short(value), "label": two(value)} for kind, value in ends)]


def _short(value: float) -> float:
    """A number as short as its mark needs."""
    return float(f"{value:.4g}")


def fan_chart() -> alt.LayerChart:
    """The fan; live rows of `fan_rows`, signal ``title``."""
    base = charts.live("kind", "what", "year", "low", "high", "label")
    scale = alt.Scale(type="log", domain=[LOW, HIGH], nice=False, clamp=True)
    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[2024.7, 2032.3], nice=False), axis=alt.Axis(format="d", values=list(studies.SHOWN), grid=False))  # fmt: skip
    y = alt.Y("low:Q", title="US over China, used (logarithmic)", scale=scale, axis=alt.Axis(values=[1, 2, 5, 10, 20, 50, 100, 200], format="~f"))  # fmt: skip
    colour = alt.Color("what:N", title="Draws", scale=alt.Scale(domain=list(BANDS), range=["#d5dce2", "#a9b5bf"]), legend=alt.Legend(orient="bottom"))  # fmt: skip
    bands = [
        base.transform_filter(f"datum.kind == 'band' && datum.what == '{name}'").mark_area().encode(x=x, y=y, y2="high:Q", color=colour)
        for name in BANDS
    ]  # fmt: skip
    middle = base.transform_filter("datum.kind == 'middle'").mark_line(color=charts.INK, strokeWidth=3).encode(x=x, y=y)
    start = base.transform_filter("datum.kind == 'start'").mark_line(color=charts.PURPLE, strokeWidth=2, strokeDash=[5, 4]).encode(x=x, y=y)  # fmt: skip
    rival = base.transform_filter("datum.kind == 'rival'").mark_line(color="#00664b", strokeWidth=2.5, strokeDash=[2, 4]).encode(x=x, y=y)  # fmt: skip
    aside = charts.edged_words(base.transform_filter("datum.kind == 'aside'"), {"align": "left", "dx": 8, "dy": -8, "color": "#00664b", "fontWeight": "bold"}, x=x, y=y, text="label:N")  # fmt: skip
    labels = charts.edged_words(base.transform_filter("datum.kind == 'label'"), {"align": "center", "dy": -8, "fontWeight": "bold"}, x=x, y=y, text="label:N")  # fmt: skip
    return alt.layer(*bands, start, rival, middle, labels, aside).properties(
        width=charts.WIDTH - 60,
        height=250,
        title=charts.title(
            charts.signal("title"),
            "US over Chinese firms, computing used. Line: middle; dotted: if China’s output is built from memory",
            _SOURCE,
        ),
        description="Fan chart on a logarithmic axis, 2025 to 2032: the ratio of computing used by US firms to that used by Chinese firms, the middle of the draws, the middle half and nine of ten; dashed: the middle at the panel's start; dotted: the middle with China's output from wafers and memory.",
    )


# --- the dials ----------------------------------------------------------------------------------


def _drawn_from(dial: str, setting: studies.Setting, year: int) -> str:
    """A dial's low, middle and high value in a year, in words."""
    found, unit = studies.ends(dial, setting, year)
    if unit == "share":
        return ", ".join(two(100 * value) for value in found) + "%"
    return ", ".join(two(value, 3 if unit == "times" else 2) for value in found) + f" {unit}"


def dial_rows(table: pd.DataFrame, view: str, setting: studies.Setting, year: int) -> list[dict[str, Any]]:
    """One row a dial, by the view that is chosen: ``total`` and ``error``, ``low`` and ``high``, or ``rank``; and its range."""
    rows = []
    for r in table.itertuples():
        if view == "share":
            low, high, label = 0.0, 100 * max(r.total, 0), f"{100 * max(r.total, 0):.0f}"
            error = 100 * r.error
        elif view == "alone":
            low, high, label, error = r.low, r.high, f"{two(min(r.low, r.high))} to {two(max(r.low, r.high))}", 0.0
        else:
            low, high, label, error = 0.0, r.rank, true_minus(f"{r.rank:+.2f}"), 0.0
        rows.append({"dial": r.words, "low": _short(low), "high": _short(high), "label": label, "from": _short(high - 1.96 * error), "to": _short(high + 1.96 * error), "side": "more" if high >= low else "less", "range": _drawn_from(str(r.Index), setting, year)})  # fmt: skip
    return rows


def dial_chart() -> alt.LayerChart:
    """Dials as bars; live rows of `dial_rows`, signals ``title``, ``least``, ``most``, and ``axis``: what the view measures."""
    base = charts.live("dial", "low", "high", "label", "from", "to", "side", "range")
    order = list(studies.WORDS.values())
    scale = alt.Scale(domain=[charts.signal("least"), charts.signal("most")], nice=False, clamp=True)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=6))

    y = alt.Y("dial:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(ticks=False, domain=False, labelLimit=200, minExtent=190))  # fmt: skip
    colour = alt.Color(
        "side:N", legend=None, scale=alt.Scale(domain=["more", "less"], range=[charts.BLUE, charts.ORANGE])
    )
    bars = base.mark_bar(height=15).encode(x=x("low"), x2="high:Q", y=y, color=colour)
    errors = base.mark_rule(color=charts.INK, strokeWidth=1.5).encode(x=x("from"), x2="to:Q", y=y)
    place = base.transform_calculate(end="max(datum.low, datum.high, datum.to)")
    words = charts.edged_words(place, {"align": "left", "dx": 6}, x=x("end"), y=y, text="label:N")
    wide, high = charts.WIDTH - 300, 240
    beside = alt.value(wide + 12)
    ranges = base.mark_text(align="left", fontSize=12, color=charts.SOFT_INK).encode(x=beside, y=y, text="range:N")
    head = alt.Chart(alt.Data(values=[{}])).mark_text(text="drawn from: low, middle, high", align="left", fontSize=12, color=charts.SOFT_INK)  # fmt: skip
    head = head.encode(x=beside, y=alt.value(-8))
    measure = alt.Chart(alt.Data(values=[{}])).mark_text(text=charts.signal("axis"), fontSize=12)  # an axis takes no signal  # fmt: skip
    measure = measure.encode(x=alt.value(wide / 2), y=alt.value(high + 34))
    return (bars + errors + words + ranges + head + measure).properties(
        width=wide,
        height=high,
        title=charts.title(
            charts.signal("title"),
            "Lines, if drawn: error of the draws. Orange, if drawn: a larger value of the dial narrows the gap",
            _SOURCE,
        ),
        description="Bar chart of ten dials of the compute gap and how much each matters for one year, by the view that is chosen: its share of the variance, the ends it gives alone, or its rank correlation. Beside each: the low, middle and high value that it is drawn from in that year.",
    )
