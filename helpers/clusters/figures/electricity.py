"""Charts and tables of electricity: where it is cheap, the price that ties, several baselines."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.clusters import studies
from helpers.core.words import from_to, span, times
from helpers.show import charts, page

MOST_CENTS = 15.0  # the right end of the chart of ties
LINES = ("CloudMatrix, all", "CloudMatrix, electricity", "NVL72, all", "NVL72, electricity")


def prices_chart() -> alt.LayerChart:
    """Electricity by state and province, in US cents; the price that ties waits for its own section."""
    sides = {
        "US": "United States: industry to commerce",
        "CN": "China: as reported",
        "implied": "China: implied, not reported",
    }
    frame = studies.prices()
    frame = frame.assign(low=100 * frame["low"], high=100 * frame["high"], side=frame["side"].map(sides))
    rows = [{**row, "label": from_to(f"{row['low']:.1f}", f"{row['high']:.1f}")} for row in frame.to_dict("records")]
    order = [r["where"] for r in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    scale = alt.Scale(domain=[0, 29.5], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="US cents per kWh", scale=scale, axis=alt.Axis(tickCount=8))

    y = alt.Y("where:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=310))
    colour = alt.Color(
        "side:N", title=None, scale=alt.Scale(domain=list(sides.values()), range=[charts.BLUE, charts.GREEN, charts.PURPLE]),
        legend=alt.Legend(orient="bottom", labelLimit=260, columns=2, symbolSize=110, symbolOpacity=1),
    )  # fmt: skip
    shape = alt.Shape(
        "side:N", title=None, scale=alt.Scale(domain=list(sides.values()), range=["circle", "square", "diamond"])
    )
    spans = base.mark_rule(strokeWidth=3).encode(x=xs("low"), x2="high", y=y, color=colour)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x=xs("low"), y=y, color=colour, shape=shape)
    ends = base.transform_filter("datum.high > datum.low").mark_tick(thickness=3, size=9).encode(x=xs("high"), y=y, color=colour)  # fmt: skip
    words = base.mark_text(align="left", dx=8, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    cents = {row["where"]: row for row in rows}
    mexico, california = cents["New Mexico, 2023"]["low"], cents["California, 2023"]["high"]
    subsidised = cents["The three provinces after subsidy, 2025"]["low"]
    below = 1 - studies.power_price("cn-west-subsidised-2025") / studies.power_price("cn-industrial-2024")
    as_cheap = sum(row["side"] == sides["CN"] and row["low"] < subsidised + 0.05 for row in rows) - 1
    return (spans + ends + dots + words).properties(
        width=charts.WIDTH - 340,
        height=22 * len(rows),
        title=charts.title(
            f"Subsidised power at {subsidised:.1f} cents is {below:.0%} below China’s industry average; {as_cheap} other prices are no higher",
            "What large users pay for a kilowatt-hour, US cents; year beside the place",
            "Source: data/electricity.csv (EIA by state; Financial Times and others for China).",
        ),
        description=(
            f"Dot chart of electricity prices in {len(rows)} places. US states run from {mexico:.1f} cents for industry in New Mexico to"
            f" {california:.1f} for commerce in California; three subsidised Chinese provinces pay about {subsidised:.1f}."
        ),
    )


def bills_table() -> page.Table:
    """Electricity for a petaFLOP-year on each system, by what the place pays."""
    frame = studies.bills()
    shown = pd.DataFrame({"US cents per kWh": frame["usd_per_kwh"].map(lambda price: f"{100 * price:.1f}")})
    for system in studies.SYSTEMS:
        shown[f"{system}, USD"] = frame[system].map("{:,.0f}".format)
    return page.table(
        shown.rename_axis("Paid in"), "Electricity of one petaFLOP for a year at full power, without cooling"
    )


def places_table() -> page.Table:
    """All costs of the same work, CloudMatrix 384 over GB200 NVL72, by what each pays for electricity."""
    b, a = (
        {name: 100 * studies.power_price(row) for name, row in paid.items()}
        for paid in (studies.PAID_BY_B, studies.PAID_BY_A)
    )
    frame = studies.places().map("{:.2f}".format)
    frame = frame.rename(
        index=lambda name: f"{name}, {b[name]:.1f} cents", columns=lambda name: f"{name}, {a[name]:.1f}"
    )
    return page.table(
        frame.rename_axis("CloudMatrix in … / NVL72 in …"),
        "All costs of the same work, CloudMatrix over NVL72: chips, network, electricity and site, central values",
    )


def tie_chart() -> alt.LayerChart:
    """Cost against B's price; live rows ``kind``, ``line``, ``cents``, ``usd``, ``label``, signals ``title``, ``to``."""
    base = charts.live("kind", "line", "cents", "usd", "label")
    names = list(LINES)
    x_scale = alt.Scale(domain=[0, MOST_CENTS], nice=False)
    y_scale = alt.Scale(domain=[0, charts.signal("to")], nice=False)

    def xy(layer: alt.Chart) -> alt.Chart:
        return layer.encode(
            x=alt.X("cents:Q", title="US cents per kWh that CloudMatrix pays", scale=x_scale),
            y=alt.Y("usd:Q", title="USD per petaFLOP-year", scale=y_scale, axis=alt.Axis(minExtent=45, format=",.0f")),
        )

    legend = alt.Legend(orient="bottom", symbolStrokeWidth=3, symbolSize=300, columns=2, labelLimit=220)
    lines = xy(base.transform_filter("datum.kind == 'line'").mark_line(strokeWidth=3)).encode(
        color=alt.Color(
            "line:N", title=None, legend=legend,
            scale=alt.Scale(domain=names, range=[charts.GREEN, charts.GREEN, charts.BLUE, charts.BLUE]),
        ),
        strokeDash=alt.StrokeDash(
            "line:N", title=None, legend=legend, scale=alt.Scale(domain=names, range=[[1, 0], [5, 4], [1, 0], [5, 4]])
        ),
    )  # fmt: skip
    ties = base.transform_filter("datum.kind == 'tie'")
    points = xy(ties.mark_point(filled=True, size=130, opacity=1, color=charts.INK))
    words = xy(ties.mark_text(dy=-14, fontSize=12)).encode(text="label:N")
    paid = studies.parameter("electricity_price", "CN")[1] * 100
    line = alt.Chart(alt.InlineData(values=[{"cents": paid, "words": f"subsidised: {paid:.1f}"}]))
    at = alt.X("cents:Q", scale=x_scale)
    rule = line.mark_rule(color=charts.SOFT_INK, strokeDash=[2, 3]).encode(x=at)
    rule_words = line.mark_text(align="left", dx=4, fontSize=12, baseline="top").encode(x=at, y=alt.value(2), text="words:N")  # fmt: skip
    return (rule + rule_words + lines + points + words).properties(
        width=charts.WIDTH - 110,
        height=250,
        title=charts.title(
            charts.signal("title"),
            "Cost of one dense BF16 petaFLOP for a year at full power: capital by straight line, electricity, no cooling",
            "Source: SemiAnalysis (power), Financial Times (prices of systems and power); data/systems.csv.",
        ),
        description="Line chart of yearly cost per petaFLOP against the price of electricity that CloudMatrix 384 pays: its electricity and its total cost rise, NVL72's are level lines. Points mark where they meet.",
    )


def baselines_table() -> page.Table:
    """One system, several baselines: what CloudMatrix 384 takes against each."""
    years = {"GB200 NVL72": 2024, "HGX H100": 2022, "HGX H20": 2023, "H20": 2023}
    rows = [
        (r.measure, f"{r.baseline} ({years[r.baseline]})", span((r.low, r.high), times), r.known)
        for r in studies.baselines().itertuples()
    ]
    frame = pd.DataFrame(rows, columns=["Measured by", "Baseline", "Times the baseline", "How known"])
    return page.table(
        frame.set_index("Measured by"),
        "One Chinese system against several baselines (last row: current Chinese chips)",
    )


def ratios_table() -> page.Table:
    """Every ratio of the two systems that the page prints, with what it holds equal."""
    found = studies.named_ratios()
    frame = pd.DataFrame(
        {
            "Times the NVL72": found["central"].map(times),
            "Low to high": [
                "one figure" if pd.isna(r.low) else span((r.low, r.high), times) for r in found.itertuples()
            ],
            "What is held equal, and counted": found["held"],
        }
    )
    return page.table(frame.rename_axis("CloudMatrix 384 takes"), "How much more, by what is counted")
