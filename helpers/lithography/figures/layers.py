"""Charts of one layer by every scheme, and of what doing without EUV adds to a good die; tables of the tools."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.core import data
from helpers.core.words import from_to, true_minus
from helpers.lithography import model as litho
from helpers.lithography import studies
from helpers.lithography.figures.pieces import OURS, axis_x, colour, names_y, tips
from helpers.show import charts, page
from helpers.show.charts import alt

SCHEMES_IN_WORDS = {
    "single": "one exposure",
    "LE2": "LE2: exposed twice",
    "LE3": "LE3: exposed three times",
    "LE4": "LE4: exposed four times",
    "SADP": "SADP: walls once",
    "SALELE": "SALELE: walls, exposed twice",
    "SAQP": "SAQP: walls twice",
}
PART_COLOURS = [charts.BLUE, charts.SKY, charts.GREY, charts.YELLOW, charts.ORANGE, charts.VERMILION]


def pitch_marks(row: dict[str, Any]) -> list[dict[str, Any]]:
    """A row of ``studies.pitch_rows`` as marks: one span with its words, and a bar for each part.

    Parameters
    ----------
    row : dict

    Returns
    -------
    list of dict
        For `pitch_chart`.
    """
    low, _, high = row["cost"]
    exposures = from_to(*(f"{n:,.0f}" for n in (row["passes"][0], row["passes"][2])))
    words = f"{exposures} {'exposure' if exposures == '1' else 'exposures'}, {low:,.0f} to {high:,.0f} EUR"
    span = {"scheme": row["name"], "kind": "span", "low": 0.0, "high": 0.0, "prints": row["prints"]}
    if not row["prints"]:
        return [{**span, "label": f"too coarse: at k1 {row['k1']:g} it stops at {row['smallest']:.1f} nm"}]
    marks: list[dict[str, Any]] = [{**span, "low": low, "high": high, "label": words}]
    edge = 0.0
    for part in litho.COST_PARTS:
        end = edge + float(row["parts"][part])
        marks.append(
            {"scheme": row["name"], "kind": "part", "part": part, "start": round(edge, 2), "end": round(end, 2)}
        )
        edge = end
    return marks


def pitch_chart() -> alt.LayerChart:
    """Bars of the cost of one layer by scheme, over `pitch_marks`.

    Returns
    -------
    LayerChart
        Signals: title, top.
    """
    names = [*litho.schemes(), studies.EUV_NAME]
    base = charts.live("scheme", "kind", "part", "start", "end", "low", "high", "label", "prints")
    y = names_y("scheme", names, SCHEMES_IN_WORDS)
    top, words_x = charts.signal("top"), "EUR a wafer and layer (bars: central assumptions)"
    bars = (
        base.transform_filter("datum.kind == 'part'")
        .mark_bar(height=17, aria=False)
        .encode(
            x=axis_x("start", words_x, top),
            x2="end",
            y=y,
            color=colour("part", litho.COST_PARTS, PART_COLOURS, columns=6),
            tooltip=tips({"scheme:N": "Scheme", "part:N": "Part"}),
        )
    )
    spans = base.transform_filter("datum.kind == 'span' && datum.high > datum.low")
    ranges = spans.mark_rule(strokeWidth=2, color=charts.INK, aria=False).encode(
        x=axis_x("low", words_x, top), x2="high", y=y
    )
    ends = spans.mark_tick(thickness=2, size=12, color=charts.INK, aria=False).encode(
        x=axis_x("high", words_x, top), y=y
    )
    words = (
        base.transform_filter("datum.kind == 'span'")
        .mark_text(align="left", dx=7, fontSize=12)
        .encode(
            x=axis_x("high", words_x, top),
            y=y,
            text="label:N",
            color=alt.condition("datum.prints", alt.value(charts.INK), alt.value("#767676")),
        )
    )
    return (bars + ranges + ends + words).properties(
        width=charts.WIDTH - 190,
        height=30 * len(names),
        title=charts.title(
            charts.signal("title"),
            f"Cost of one layer; black: range of cuts and costs. k1: how fine a fab prints, at best 0.25; EUV here {studies.EUV_K1:g}",
            f"Source: data/patterning.csv, scanners.csv; {OURS}",
        ),
        description="Stacked bar chart of the cost of printing one layer by patterning scheme, with a range for each, and words where a scheme is too coarse for the pitch. One EUV exposure is the last bar.",
    )


def penalty_marks(stages: dict[str, float]) -> list[dict[str, Any]]:
    """The stages of ``studies.penalty`` as the bars of a waterfall.

    Parameters
    ----------
    stages : dict of str to float
        USD a good die.

    Returns
    -------
    list of dict
        For `penalty_chart`.
    """
    rows, level = [], 0.0
    for stage in studies.STAGES:
        amount = stages[stage]
        whole = stage in ("with EUV", "without EUV")
        start, end = (0.0, amount) if whole else (level, level + amount)
        level = end
        kind = "sum" if whole else "more" if amount > 1e-9 else "less"  # nothing must not hang on the last bit
        label = f"{amount:,.0f}" if whole else signed(amount)
        rows.append({"stage": stage, "start": start, "end": end, "at": max(start, end), "kind": kind, "label": label})
    return rows


def signed(usd: float) -> str:
    """A change in whole dollars with its sign; ±0 below half a dollar.

    Parameters
    ----------
    usd : float

    Returns
    -------
    str

    Examples
    --------
    >>> signed(12.4), signed(-3.2), signed(0.2)
    ('+12', '−3', '±0')
    """
    return "±0" if abs(usd) < 0.5 else true_minus(f"{usd:+,.0f}")


def penalty_chart() -> alt.LayerChart:
    """A waterfall from the cost of a good die with EUV to the cost without, over `penalty_marks`.

    Returns
    -------
    LayerChart
        Signals: title, top.
    """
    base = charts.live("stage", "start", "end", "at", "kind", "label")
    y, top, words_x = names_y("stage", studies.STAGES), charts.signal("top"), "USD a good die of 666 mm²"
    shades = alt.Scale(domain=["sum", "more", "less"], range=[charts.BLUE, charts.VERMILION, charts.GREEN])
    bars = base.mark_bar(height=18).encode(
        x=axis_x("start", words_x, top),
        x2="end",
        y=y,
        color=alt.Color("kind:N", scale=shades, legend=None),
        tooltip=tips({"stage:N": "Part", "label:N": "USD a good die"}),
    )
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(x=axis_x("at", words_x, top), y=y, text="label:N")
    return (bars + words).properties(
        width=charts.WIDTH - 150,
        height=28 * len(studies.STAGES),
        title=charts.title(
            charts.signal("title"),
            "Central case; blue: the whole cost, orange: more, green: less. Defects a pass: our guess, no foundry publishes any",
            f"Source: data/scanners.csv, patterning.csv, nodes.csv; {OURS}",
        ),
        description="Waterfall chart from the cost of a good die with EUV to the cost without: scanner, running and resist, masks, films, etch and clean, measurement, and dies lost to added defects.",
    )


def scanners_table() -> page.Table:
    """Exposure tools: what they print and cost, and since when they may not be sold freely to China."""
    t = data.load("scanners")
    limit = litho.pitch_nm(litho.K1_LIMIT, t["wavelength_nm"].to_numpy(), t["numerical_aperture"].to_numpy())
    prices = zip(t["price_meur_low"], t["price_meur_high"], t["confidence"], strict=True)
    out = pd.DataFrame(
        {
            "Tool": t["tool"],
            "Light": t["light"],
            f"One exposure, k1 {litho.K1_LIMIT:g}": [f"{v:.1f} nm" for v in limit],
            "Wafers an hour": t["wafers_per_hour"].map("{:.0f}".format),
            "Price, million EUR": [
                f"{from_to(f'{low:,.0f}', f'{high:,.0f}')} ({confidence})" for low, high, confidence in prices
            ],
            "To China": t["china_sales"],
            "Since": t["china_since"].dt.strftime("%Y\u2011%m"),
        }
    ).set_index("Tool")
    return page.table(out, "Exposure tools of ASML; other makers sell immersion tools as well")
