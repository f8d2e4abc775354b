"""Charts and tables of 20_dies_and_yield: yields, implied densities, salvage, pieces, bills."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core.words import places, span
from helpers.show import charts, page
from helpers.wafers import studies

SOURCE = "Source: data/smic_evidence.csv; model in helpers/wafers/model."
FATES = ["flawless", "sold with fewer cores", "scrap"]
_PART_COLOURS = [charts.BLUE, charts.ORANGE, charts.GREEN, charts.VERMILION, charts.GREY]


# --- yield against area, and back ---------------------------------------------------------------


def yields_chart() -> alt.LayerChart:
    """Yield against die area at three densities, from the lowest to the highest model."""
    dies, frame = studies.products(), studies.yield_bands()
    x = alt.X(
        "area:Q",
        title="Area of the die (mm²)",
        scale=alt.Scale(domain=[0, 980], nice=False),
        axis=alt.Axis(values=list(range(0, 900, 100))),
    )
    colour = alt.Color(
        "density:N",
        scale=alt.Scale(domain=frame["density"].unique().tolist(), range=[charts.BLUE, charts.ORANGE, charts.PURPLE]),
        legend=None,
    )

    def ys(field: str) -> alt.Y:
        axis = alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
        return alt.Y(f"{field}:Q", title="Share of flawless dies", axis=axis, scale=alt.Scale(domain=[0, 1.1]))

    bands = alt.Chart(frame).mark_area(opacity=0.7).encode(x=x, y=ys("low"), y2="high", color=colour)
    ends = frame[frame["area"] == frame["area"].max()].assign(
        middle=lambda f: (f["low"] + f["high"]) / 2, words=lambda f: f["density"] + " per cm²"
    )
    words = alt.Chart(ends).mark_text(align="left", dx=6).encode(x=x, y=ys("middle"), text="words:N")
    marks = pd.DataFrame({"name": list(dies), "area": list(dies.values()), "foot": 0, "head": 1, "top": 1.05})
    lines = alt.Chart(marks).mark_rule(color=charts.SOFT_INK, strokeDash=[3, 3]).encode(x=x, y=ys("foot"), y2="head")
    names = alt.Chart(marks).mark_text(fontSize=12).encode(x=x, y=ys("top"), text="name:N")
    return (bands + lines + words + names).properties(
        width=620,
        height=310,
        title=charts.title(
            "The larger the die, the lower its yield, and the more the model matters",
            "Share of dies without a killer defect at three densities; band: from the lowest to the highest of six models",
            "Source: areas in data/smic_evidence.csv and data/chips.csv; models in helpers/wafers/model.",
        ),
        description=(
            "Area chart of the share of flawless dies, 0 to 100 per cent, against die area, 10 to 858 square millimetres: three falling bands, for"
            " 0.09, 0.16 and 0.32 defects per square centimetre, thin for small dies and wide for large ones. Vertical lines mark the phone chip"
            " Kirin 9000S, where nearly all models agree, the Ascend 910 and 910B, and the H100."
        ),
    )


def implied_chart() -> alt.LayerChart:
    """Implied density by model, beside TSMC's own; live rows ``model``, ``d0``, ``label``, signals ``title``, ``top``."""
    low, high = studies.tsmc_densities()
    rows = charts.live("model", "d0", "label")
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)
    x = alt.X("d0:Q", title="Implied defects per cm²", scale=scale, axis=alt.Axis(tickCount=8))
    y = alt.Y(
        "model:N",
        title=None,
        sort=list(studies.MODELS),
        axis=alt.Axis(labelLimit=240, domain=False, ticks=False, minExtent=170),
    )
    band = (
        alt.Chart(alt.InlineData(values=[{"from": low, "to": high}]))
        .mark_rect(color=charts.YELLOW, opacity=0.7)
        .encode(x=alt.X("from:Q", scale=scale), x2="to:Q")
    )
    points = rows.mark_point(filled=True, size=120, color=charts.BLUE).encode(
        x=x, y=y, tooltip=[alt.Tooltip("model:N", title="Model"), alt.Tooltip("d0:Q", title="Per cm²", format=".3f")]
    )
    words = rows.mark_text(align="left", dx=10, fontSize=12).encode(x=x, y=y, text="label:N")
    return (band + points + words).properties(
        width=480,
        height=230,
        title=charts.title(
            charts.signal("title"),
            f"Density that gives the reported share, by model; yellow: TSMC's own {low:g} (N7) to {high:g} (N5)",
            SOURCE,
        ),
        description="Dot for each yield model at the defect density that a reported yield implies, with a yellow band for the densities that TSMC published. The sentence above gives the numbers.",
    )


def reports_table() -> page.Table:
    """Reported yields of the large dies, and the densities they would imply if flawless dies were counted."""
    rows = [
        {
            "For": f"{row.as_of:%b %Y}",
            "Die": row.subject,
            "Said by": row.claimed_by,
            "Yield": f"{row.value:.0f}%",
            "Defects per cm²": span((row.d0_low, row.d0_high), places),
            "How sure": row.confidence,
        }
        for row in studies.reports().itertuples()
    ]
    return page.table(
        pd.DataFrame(rows).set_index("For"),
        "Reported yields, and the densities they imply if flawless dies were counted (a 910C is two dies, taken as 910B's)",
    )


# --- salvage, pieces ----------------------------------------------------------------------------


def salvage_chart() -> alt.Chart:
    """Dies by working cores; live rows ``cores``, ``share``, ``fate``, signals ``title``, ``top``."""
    area = studies.published("die-910b")
    rows = charts.live("cores", "share", "fate")
    bars = rows.mark_bar(size=17).encode(
        x=alt.X(
            "cores:Q",
            title="Working cores on the die",
            scale=alt.Scale(domain=[-3, 26], nice=False),
            axis=alt.Axis(
                values=[-2, 0, 5, 10, 15, 20, 25],
                grid=False,
                labelExpr="datum.value < 0 ? 'shared' : datum.label",
            ),
        ),
        y=alt.Y(
            "share:Q",
            title="Share of dies",
            scale=alt.Scale(domain=[0, charts.signal("top")], nice=False),
            axis=alt.Axis(format="%", minExtent=40, tickCount=6),
        ),
        color=alt.Color(
            "fate:N",
            title="Fate",
            scale=alt.Scale(domain=FATES, range=[charts.BLUE, charts.SKY, charts.GREY]),
            legend=alt.Legend(orient="bottom"),
        ),
        tooltip=[
            alt.Tooltip("cores:Q", title="Working cores"),
            alt.Tooltip("share:Q", title="Share of dies", format=".1%"),
        ],
    )
    return bars.properties(
        width=600,
        height=245,
        title=charts.title(
            charts.signal("title"),
            f"Dies of {area:.0f} mm² by number of working cores, {studies.dies_of_910b()} a wafer, alpha 3 unless set; “shared”: a defect in the part that all need",
            SOURCE,
        ),
        description="Histogram of dies by number of working cores from 0 to 25, coloured by fate: flawless, sold with fewer cores, scrap; a bar at the left for dies whose shared part failed. The sentence above gives the shares.",
    )


def split_chart() -> alt.LayerChart:
    """Cost against area of one die, two and four pieces; live rows ``kind``, ``area``, ``usd``, signal ``title``."""
    limit, wafer_usd, kinds = studies.LARGEST_MM2, studies.published("wafer-smic-7"), list(studies.PIECES)
    rows = charts.live("kind", "area", "usd")
    lines = rows.mark_line(strokeWidth=2.5).encode(
        x=alt.X("area:Q", title="Logic of the product (mm²)", scale=alt.Scale(domain=[0, 1600], nice=False)),
        y=alt.Y(
            "usd:Q",
            title="Cost of the good logic (USD, log scale)",
            scale=alt.Scale(type="log", nice=False, padding=12),
            axis=alt.Axis(minExtent=50, values=[k * 10**n for n in range(5) for k in (1, 2, 5)], format=",.0f"),
        ),
        color=alt.Color(
            "kind:N",
            title="Made as",
            scale=alt.Scale(domain=kinds, range=[charts.VERMILION, charts.BLUE, charts.GREEN]),
            legend=alt.Legend(orient="bottom", symbolSize=300),
        ),
        strokeDash=alt.StrokeDash(
            "kind:N", title="Made as", scale=alt.Scale(domain=kinds, range=[[1, 0], [7, 3], [2, 2]])
        ),
    )
    wall = (
        alt.Chart(alt.InlineData(values=[{"limit": limit}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(x="limit:Q")
    )
    return (lines + wall).properties(
        width=600,
        height=255,
        title=charts.title(
            charts.signal("title"),
            f"{wafer_usd:,.0f} USD a wafer, alpha 3, textbook’s count. Upright line: {limit:.0f} mm², the most for a die, or a piece with links",
            SOURCE,
        ),
        description="Three rising curves of cost against logic area: one die, which ends at 858 mm2, two pieces and four pieces. Where the curves cross, splitting begins to pay. The sentence above gives the crossing.",
    )


# --- bills --------------------------------------------------------------------------------------


def bills_chart() -> alt.LayerChart:
    """Published bills of AI chips, as shares."""
    frame = studies.bills()
    frame["rank"] = frame["part"].map({part: place for place, part in enumerate(studies.PARTS)})
    frame = frame.sort_values(["bill", "rank"])
    end = frame.groupby("bill")["share"].cumsum()
    frame = frame.assign(start=end - frame["share"], end=end, label=frame["share"].map("{:.0f}".format))
    bars = (
        alt.Chart(frame)
        .mark_bar(height=26)
        .encode(
            x=alt.X("start:Q", title="Share of the bill (%)", scale=alt.Scale(domain=[0, 100.1], nice=False)),
            x2="end",
            y=alt.Y(
                "bill:N", title=None, sort=frame["bill"].unique().tolist(), axis=alt.Axis(domain=False, ticks=False)
            ),
            color=alt.Color(
                "part:N",
                title="Part",
                sort=list(studies.PARTS),
                scale=alt.Scale(domain=list(studies.PARTS), range=_PART_COLOURS),
                legend=alt.Legend(orient="bottom"),
            ),
        )
    )
    words = (
        alt.Chart(frame.assign(middle=(frame["start"] + frame["end"]) / 2))
        .mark_text(fontSize=12, color="black", fontWeight="bold")
        .encode(x="middle:Q", y=alt.Y("bill:N", sort=frame["bill"].unique().tolist()), text="label:N")
    )
    parts = {part: frame.loc[frame["part"] == part, "share"] for part in ("memory", "logic", "packaging")}
    logic = parts["logic"]
    return (bars + words).properties(
        width=540,
        height=200,
        title=charts.title(
            f"Logic is {logic.min():.0f} to {logic.max():.0f}% of the bill of chips made at TSMC; memory is the largest part",
            "Per cent, rounded; four makers: NVIDIA, AMD, Google, Amazon. Losses in assembly are told apart for the B200 alone",
            "Source: Epoch AI (CC BY) and Silicon Analysts, rows in data/bill_of_materials.csv.",
        ),
        description=(
            "Stacked bar chart, from 0 to 100 per cent of the cost of parts, of five published bills of AI chips."
            f" Shares: {', '.join(f'{part} {of.min():.0f} to {of.max():.0f}' for part, of in parts.items())}; the rest is test, board and losses."
        ),
    )


def package_chart() -> alt.LayerChart:
    """Parts of a package's bill; live rows ``part``, ``low``, ``middle``, ``high``, ``label``, signals ``title``, ``top``."""
    rows = charts.live("part", "low", "middle", "high", "label")
    order = [*studies.PARTS, "whole package"]
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)

    axis = alt.Axis(tickCount=7, format=",.0f", labelBound=True)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="USD a good package", scale=scale, axis=axis)

    y = alt.Y(
        "part:N",
        title=None,
        sort=order,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(domain=False, ticks=False, minExtent=110),
    )
    bars = rows.mark_bar(height=18).encode(
        x=xs("middle"),
        y=y,
        color=alt.Color("part:N", legend=None, scale=alt.Scale(domain=order, range=[*_PART_COLOURS, charts.SOFT_INK])),
    )
    spans = rows.mark_rule(strokeWidth=3, color=charts.INK).encode(x=xs("low"), x2="high", y=y)
    words = rows.mark_text(align="left", dx=6, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    return (bars + spans + words).properties(
        width=540,
        height=230,
        title=charts.title(
            charts.signal("title"),
            "Two dies of 666 mm² (alpha 3, textbook’s count) and eight stacks; bars: medians (they need not add up); black: 90% of draws",
            SOURCE + " HBM, interposer and test: assumptions.",
        ),
        description="Bars of the cost of each part of a package with two large dies and eight memory stacks, with black ranges from a simulation: logic, memory, packaging, losses in assembly, other, and the whole package. The sentence above gives the numbers.",
    )
