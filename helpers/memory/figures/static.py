"""Static charts: gigabytes for equal computing, the price path, CXMT by four measures; and folded tables."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core.words import from_to, times, true_minus
from helpers.memory import studies
from helpers.show import charts, page

_BESIDE = {"align": "left", "dx": 8}


def products_chart() -> alt.LayerChart:
    """Gigabytes that one H100's worth of 8-bit computing ties up in each Ascend."""
    frame = studies.products()
    values = [
        {"chip": r.words, "gb": r.gb, "label": f"{r.gb:.0f}", "when": "in stock or on sale" if place < 2 else "road map or plan"}
        for place, r in enumerate(frame.itertuples())
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=values))
    names = [v["chip"] for v in values]
    x = alt.X(
        "gb:Q",
        title="GB for one H100’s worth of 8-bit computing",
        scale=alt.Scale(domain=[0, 320], nice=False),
        axis=alt.Axis(values=[0, 50, 100, 150, 200, 250, 300]),
    )
    y = alt.Y("chip:N", title=None, sort=None, scale=alt.Scale(domain=names), axis=alt.Axis(ticks=False, domain=False, minExtent=130))  # fmt: skip
    bars = base.mark_bar(height=20, stroke=charts.ORANGE, strokeWidth=1.5).encode(
        x=x, y=y, color=alt.Color("when:N", title=None, scale=alt.Scale(domain=["in stock or on sale", "road map or plan"], range=[charts.ORANGE, "#f6d9b0"]), legend=alt.Legend(orient="bottom"))
    )  # fmt: skip
    words = base.mark_text(fontSize=12, **_BESIDE).encode(x=x, y=y, text="label:N")
    h100 = studies.gb_of("H100 SXM5 80GB")
    rule = base.mark_rule(aria=False, color=charts.BLUE, strokeDash=[5, 3], strokeWidth=2).encode(x=alt.datum(h100))
    named = alt.Chart(alt.InlineData(values=[{}])).mark_text(align="left", dx=5, dy=-6, color=charts.BLUE, fontSize=12).encode(x=alt.datum(h100), y=alt.value(0), text=alt.value(f"H100: {h100:.0f}"))  # fmt: skip
    gb = frame["gb"]
    return (bars + words + rule + named).properties(
        width=charts.WIDTH - 200,
        height=29 * len(values),
        title=charts.title(
            f"For equal computing the 950PR on sale ties up {times(gb[studies.CARD] / gb[studies.BEFORE])} times the memory of a 910C",
            "Memory of one chip over its 8-bit peak, as a share of an H100’s; peaks are the maker’s",
            "Source: data/chips.csv; Huawei (2025 and 2026), Morning Overview; helpers/memory/studies",
        ),
        description="Bar chart of gigabytes of memory for one H100's worth of 8-bit computing: "
        + ", ".join(f"{v['chip']} {v['label']}" for v in values)
        + f"; a dashed line marks the H100's {h100:.0f}.",
    )


def path_chart() -> alt.LayerChart:
    """The contract price of DRAM since autumn 2025, with its range; dashed where it is a forecast."""
    frame = studies.path().reset_index()
    values = [
        {"quarter": r.quarter, "low": r.low, "central": r.central, "high": r.high, "seen": bool(r.seen), "label": f"{r.central:.1f}"}
        for r in frame.itertuples()
    ]  # fmt: skip
    last_seen = max(i for i, v in enumerate(values) if v["seen"])
    base = alt.Chart(alt.InlineData(values=values))
    x = alt.X("quarter:O", title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(domain=[v["quarter"] for v in values]))  # fmt: skip
    y = alt.Y("central:Q", title="Times the price of the third quarter of 2025", scale=alt.Scale(domain=[0, 7]))
    band = base.mark_area(opacity=0.25, color=charts.ORANGE).encode(
        x=x, y=alt.Y("low:Q", title="Times the price of the third quarter of 2025"), y2="high:Q"
    )
    before = alt.Chart(alt.InlineData(values=values[: last_seen + 1])).mark_line(color=charts.ORANGE, strokeWidth=3)
    after = alt.Chart(alt.InlineData(values=values[last_seen:])).mark_line(color=charts.ORANGE, strokeWidth=3, strokeDash=[6, 4])  # fmt: skip
    dots = base.mark_point(filled=True, size=70, color=charts.ORANGE, opacity=1).encode(x=x, y=y)
    words = base.mark_text(dy=-14, fontSize=12).encode(x=x, y=y, text="label:N")
    return (band + before.encode(x=x, y=y) + after.encode(x=x, y=y) + dots + words).properties(
        width=charts.WIDTH - 120,
        height=230,
        title=charts.title(
            f"After two quarters DRAM contracts stood at {times(studies.rise().central)} times; the rest are forecasts",
            "Conventional DRAM, contract; full line: outcome as stated, dashed: last forecast; middle and band of each range",
            "Source: TrendForce, by data/memory_prices.csv; one firm’s figures, multiplied by helpers/memory/model",
        ),
        description="Line chart by quarter of the contract price of DRAM, the third quarter of 2025 being 1: "
        + ", ".join(f"{v['quarter']} {v['label']}" for v in values)
        + ". From the second quarter of 2026 the values rest on forecasts.",
    )


def shares_chart() -> alt.LayerChart:
    """CXMT's share of the world's DRAM by each measure."""
    frame = studies.shares()
    values = [
        {"what": f"{r.words}, {r.period}", "low": r.low, "high": r.high, "period": r.period[:4],
         "label": from_to(f"{r.low:g}", f"{r.high:g}") + "%"}
        for r in frame.itertuples()
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=values))
    names = [v["what"] for v in values]
    scale = alt.Scale(domain=[0, 16], nice=False)
    y = alt.Y("what:N", title=None, sort=None, scale=alt.Scale(domain=names), axis=alt.Axis(ticks=False, domain=False, labelLimit=240, minExtent=210))  # fmt: skip
    colour = alt.Color("period:N", title=None, scale=alt.Scale(domain=["2025", "2026"], range=[charts.GREEN, charts.VERMILION]), legend=alt.Legend(orient="bottom"))  # fmt: skip
    high = alt.X("high:Q", title="CXMT’s share of the world’s DRAM, per cent", scale=scale)
    spans = base.mark_rule(strokeWidth=6).encode(x=alt.X("low:Q", scale=scale, title="CXMT’s share of the world’s DRAM, per cent"), x2="high:Q", y=y, color=colour)  # fmt: skip
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(x=high, y=y, color=colour)
    dots += base.mark_point(filled=True, size=110, opacity=1).encode(x="low:Q", y=y, color=colour)
    words = base.mark_text(fontSize=12, align="left", dx=10).encode(x=high, y=y, text="label:N")
    return (spans + dots + words).properties(
        width=charts.WIDTH - 260,
        height=28 * len(values),
        title=charts.title(
            f"In 2025 CXMT had {values[0]['label']} of the wafers and {values[1]['label']} of the bits",
            "Five measures; the bases and dates differ, and only wafers and bits of 2025 may be divided",
            "Source: Counterpoint, Omdia, prospectus, trade press, by data/memory_makers.csv",
        ),
        description="Dot chart of CXMT's share of the world's DRAM by five measures: "
        + "; ".join(f"{v['what']} {v['label']}" for v in values)
        + ".",
    )


def accounts_chart() -> alt.LayerChart:
    """CXMT's revenue and profit, first half of 2025 and of 2026."""
    a = studies.accounts()
    values = [
        {"what": what, "half": half, "value": value, "label": true_minus(f"{value:.4g}"), "edge": max(value, 0.0)}
        for what, pair in (("revenue", (a.before, a.after)), ("profit", (a.loss, a.profit)))
        for half, value in zip(("first half of 2025", "first half of 2026"), pair)
    ]
    base = alt.Chart(alt.InlineData(values=values))
    x = alt.X(
        "value:Q",
        title="Billion yuan in half a year",
        scale=alt.Scale(domain=[-10, 170], nice=False),
        axis=alt.Axis(values=[0, 50, 100, 150]),
    )
    y = alt.Y("what:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False))
    off = alt.YOffset("half:N", sort=None)
    colour = alt.Color("half:N", title=None, sort=None, scale=alt.Scale(domain=["first half of 2025", "first half of 2026"], range=["#a6d9c8", charts.GREEN]), legend=alt.Legend(orient="bottom"))  # fmt: skip
    bars = base.mark_bar().encode(x=x, y=y, yOffset=off, color=colour)
    words = base.mark_text(fontSize=12, **_BESIDE).encode(x="edge:Q", y=y, yOffset=off, text="label:N")
    return (bars + words).properties(
        width=charts.WIDTH - 140,
        height=150,
        title=charts.title(
            f"CXMT’s revenue of half a year rose to {times(a.after / a.before)} times, and a loss became a profit",
            "First half of 2025 and of 2026, in yuan",
            "Source: the filing and the prospectus, as reported, by data/memory_makers.csv",
        ),
        description="Bar chart of CXMT's half-years in billion yuan: "
        + "; ".join(f"{v['what']}, {v['half']}, {v['label']}" for v in values)
        + ".",
    )


def calls_table() -> page.Table:
    """Every forecast of the contract price, and what came."""
    rows = studies.calls()
    frame = pd.DataFrame(
        {
            "What": rows["nature"].replace(
                {"forecast": "first forecast", "revised": "revised forecast", "seen": "outcome, as stated"}
            ),
            "Change on the quarter, per cent": [from_to(f"{r.low:g}", f"{r.high:g}") for r in rows.itertuples()],
            "Published": rows["published"],
        }
    ).set_index(rows["quarter"].rename("Quarter"))
    return page.table(frame, "Contract price of DRAM: what was forecast, and what came")


def rule_table() -> page.Table:
    """Stacks under paragraph 3A090.c."""
    rows = studies.under_the_rule()
    frame = pd.DataFrame(
        {
            "GB": rows["gb"].map("{:.0f}".format),
            "GB/s": rows["gb_s"].map("{:,.0f}".format),
            "mm²": rows["area_mm2"].map("{:.0f}".format),
            "GB/s per mm²": rows["density"].map("{:.1f}".format),
            "Answer for China today": [
                f"{r.paragraph}: {r.review_policy.replace('_', ' ')}" for r in rows.itertuples()
            ],
        },
        index=rows.index.rename("Stack"),
    )
    return page.table(
        frame, "Stacks by bandwidth density: controlled above 2, with an exception below 3.3 GB/s per mm²"
    )
