"""What is in print as charts and tables: capacity, densities, wafer prices, and CSET's table rebuilt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.lithography import model as litho
from helpers.lithography import studies
from helpers.lithography.figures.pieces import colour, shape, tips
from helpers.show import charts, page
from helpers.show.charts import alt


def capacity_chart() -> alt.LayerChart:
    """Accounts of China's advanced capacity: wafer starts a month by year, and by whom."""
    frame = studies.capacity_frame().rename(columns={"year": "end"})
    # Targets above, estimates below, so that neighbours' numbers do not meet.
    frame["dy"] = np.where(frame["target"], -15, 16)
    plain = frame[~frame["target"] & ~frame["bound"]]
    year = plain["end"].min()
    first = plain.loc[plain["end"] == year, "starts"]
    then = frame.loc[frame["bound"], "end"].min()
    accounts = frame.loc[(frame["end"] == then) & ~frame["target"], "starts"]
    base = alt.Chart(frame.drop(columns=["target", "bound"]))
    names = frame["who"].drop_duplicates().tolist()
    colours = [charts.BLUE, charts.VERMILION, charts.GREEN, charts.PURPLE, charts.ORANGE][: len(names)]
    shapes = ["circle", "square", "triangle-up", "diamond", "cross"][: len(names)]
    x = alt.X(
        "starts:Q",
        title="Wafer starts a month",
        scale=alt.Scale(domain=[0, 120_000], nice=False),
        axis=alt.Axis(format=",d", tickCount=6),
    )
    y = alt.Y("end:N", title="Year", axis=alt.Axis(ticks=False))
    points = base.mark_point(filled=True, size=120, opacity=1).encode(
        x=x,
        y=y,
        color=colour("who", names, colours),
        shape=shape("who", names, shapes),
        tooltip=tips({"who:N": "By", "starts:Q": "Wafers a month", "note:N": "Note"}, ",.0f"),
    )
    labels = [
        base.transform_filter(alt.datum.dy == dy).mark_text(dy=dy, fontSize=12).encode(x=x, y=y, text="said:N")
        for dy in (-15, 16)
    ]
    return alt.layer(points, *labels).properties(
        width=charts.WIDTH - 80,
        height=52 * frame["end"].nunique(),
        title=charts.title(
            f"For {year} two analysts differ by a factor of {first.max() / first.min():.1f}, for {then} accounts by {accounts.max() / accounts.min():.0f} or more",
            "Advanced wafer starts (7 nm class and below) in China at the year’s end; Nikkei’s bound is of February 2026",
            "Source: data/smic_evidence.csv; SMIC publishes no figure by node.",
        ),
        description=(
            "Dot chart of advanced wafer starts a month in China, 0 to 120,000, by year from 2025 to 2028, by Morgan Stanley, SemiAnalysis, Nikkei as an upper bound, and two reported"
            f" targets. For {year} the two estimates are {first.min():,.0f} and {first.max():,.0f}."
        ),
    )


_A14_SEEN = 2020.8  # in a product on sale: autumn of 2020, half a year after volume began


def density_chart() -> alt.LayerChart:
    """Peak logic density of TSMC's and SMIC's nodes by year, with the range in print; one whole chip beside it."""
    frame = studies.density_frame()
    whole = frame["parameter"].str.startswith("whole")
    frame["kind"] = np.where(whole, "a whole chip (Apple A14)", frame["vendor"] + ", dense logic cells")
    frame["label"] = np.where(whole, "", frame["node"])
    frame.loc[whole, "year"] = _A14_SEEN
    kinds = ["TSMC, dense logic cells", "a whole chip (Apple A14)", "SMIC, dense logic cells"]
    shade = colour("kind", kinds, [charts.BLUE, charts.GREEN, charts.VERMILION])
    base = alt.Chart(frame.drop(columns=["parameter"]))
    x = alt.X(
        "year:Q",
        title="Start of volume production (TSMC), first product seen (SMIC, A14)",
        scale=alt.Scale(domain=[2016.5, 2027], nice=False),
        axis=alt.Axis(format="d", tickCount=10),
    )

    def ys(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q",
            title="Million transistors per mm² (log)",
            scale=alt.Scale(type="log", domain=[40, 260], nice=False),
            axis=alt.Axis(values=[50, 75, 100, 150, 200, 250]),
        )

    words = tips({f"{c}:N": c.capitalize() for c in ("node", "kind", "low", "central", "high", "confidence")})
    rules = base.mark_rule(strokeWidth=3, opacity=0.7, aria=False).encode(x=x, y=ys("low"), y2="high", color=shade)
    form = shape("kind", kinds, ["circle", "diamond", "square"])
    points = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=x, y=ys("central"), color=shade, tooltip=words, shape=form
    )
    names = base.mark_text(align="left", dx=8, dy=-10, fontSize=12).encode(x=x, y=ys("central"), text="label:N")
    said = [
        f"{row.node} {row.low:.0f} to {row.high:.0f}"
        for row in frame[frame["node"].isin(["N7", "N+3", "N5"]) & ~whole].itertuples()
    ]
    return (rules + points + names).properties(
        width=charts.WIDTH - 60,
        height=320,
        title=charts.title(
            "In print SMIC's N+3 of 2025 lies above TSMC's N7 and below its N5 of 2020",
            "Density of the densest logic cells; bars: range of figures in print. Log axis",
            "Source: data/nodes.csv; SMIC's figures are contested: arithmetic, press and forums.",
        ),
        description=(
            "Scatter chart of transistor density, 40 to 260 million per square millimetre on a logarithmic axis, against years from 2017 to 2026:"
            " TSMC's 10FF, N7, N5 and N3, SMIC's N+2 and N+3, each with the range of published figures, and the whole Apple A14 chip below N5's cells."
            f" {', '.join(said)}."
        ),
    )


def prices_chart() -> alt.LayerChart:
    """The rebuilt CSET model against its printed table and against other estimates, by node."""
    frame = studies.prices_frame()
    who = [studies.REBUILT, *studies.WHO.values()]
    colours = [charts.BLACK, charts.BLUE, charts.ORANGE, charts.VERMILION, charts.GREEN, charts.PURPLE]
    x = alt.X(
        "node:N", title="Node", sort=studies.NODES, scale=alt.Scale(domain=studies.NODES), axis=alt.Axis(labelAngle=0)
    )
    y = alt.Y(
        "usd:Q",
        title="USD a wafer (log)",
        scale=alt.Scale(type="log", domain=[1000, 40000], nice=False),
        axis=alt.Axis(values=[1000, 2000, 5000, 10000, 20000, 40000], format=",d"),
    )
    rebuilt = frame[frame["who"] == studies.REBUILT]
    start = int(litho.cset_table()["capital_invested_printed"].notna().to_numpy().argmax())
    line = alt.layer(
        *(
            alt.Chart(part).mark_line(color=charts.BLACK, strokeWidth=1.5, strokeDash=dash, aria=False).encode(x=x, y=y)
            for part, dash in ((rebuilt.iloc[: start + 1], [3, 3]), (rebuilt.iloc[start:], [1, 0]))
        )
    )
    points = (
        alt.Chart(frame)
        .mark_point(size=85, strokeWidth=2, filled=False)
        .encode(
            x=x,
            y=y,
            color=colour("who", who, colours, columns=3),
            shape=shape("who", who, ["stroke", "circle", "triangle-up", "square", "diamond", "cross"]),
            tooltip=tips({"node:N": "Node", "who:N": "Who", "usd:Q": "USD"}, ",.0f"),
        )
    )
    fives = frame[(frame["node"] == "N5") & (frame["who"] != studies.REBUILT)]["usd"]
    return (line + points).properties(
        width=charts.WIDTH - 70,
        height=320,
        title=charts.title(
            f"The model repeats CSET's prices from 16 nm on; others put N5 up to {1 - fives.min() / fives.max():.0%} lower",
            "A processed 300 mm wafer, USD of the year named; black: the model rebuilt; dashed: computed from the price, so it must fit",
            "Source: data/nodes.csv and data/cset_nodes.csv; no foundry publishes its prices.",
        ),
        description=(
            "Chart of wafer price by node, from 90 nm to N2, on a logarithmic axis from 1,000 to 40,000 USD: the rebuilt CSET model runs through CSET's"
            " printed prices, dashed from 90 to 20 nm, where it must; DigiTimes, The Information Network, TrendForce and the wafer costs of IBS lie beside them."
            f" For N5 they run from {fives.min():,.0f} to {fives.max():,.0f}."
        ),
    )


def cset_fit_table() -> page.Table:
    """CSET's printed numbers beside the computed ones, and the blanks we computed."""
    t = litho.cset_table()

    def pair(name: str, independent: Any = True) -> list[str]:
        # A number computed back from the printed one is no check of it, and is not shown as one.
        rows = zip(t[f"{name}_printed"], t[f"{name}_computed"], np.broadcast_to(independent, len(t)), strict=True)
        return [
            f"({c:,.0f})" if np.isnan(p) else f"{p:,.0f} / {c:,.0f}" if check else f"{p:,.0f}" for p, c, check in rows
        ]

    density = zip(t["density"], t["density_implied"], strict=True)
    out = pd.DataFrame(
        {
            "Node": t["node"] + " nm",
            "Capital invested": pair("capital_invested", False),
            "Capital consumed": pair("capital_consumed"),
            "Price of a wafer": pair("wafer_price", t["capital_invested_printed"].notna()),
            "Density": [f"({d:.1f})" if implied else f"{d:.1f}" for d, implied in density],
            "Price of a chip": pair("chip_price", ~t["density_implied"]),
            "Packaging and test": pair("atp"),
        }
    ).set_index("Node")
    return page.table(out, "CSET's table in USD: printed / computed; in brackets a blank that we computed back")
