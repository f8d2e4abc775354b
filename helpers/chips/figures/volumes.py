"""What was sold: revenue on two bases, and units counted, estimated and planned."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.chips import studies
from helpers.core.words import from_to
from helpers.show import charts


def revenue_chart(volumes: pd.DataFrame) -> alt.LayerChart:
    """NVIDIA's China revenue on its two bases: two series, never joined.

    Parameters
    ----------
    volumes : DataFrame
        ``data.load("volumes")``.
    """
    points, both = studies.revenue_points(volumes), studies.both_bases(volumes)
    times, years = both.loc[both["period_kind"] == "quarter", "times"], points["period_end"].dt.year
    return _revenue_marks(points).properties(
        width=charts.WIDTH - 60,
        height=260,
        title=charts.title(
            f"The same quarter counts {times.min():.1f} to {times.max():.1f} times as much by headquarters as by billing address",
            "NVIDIA’s revenue from China with Hong Kong, all products; hollow: by subtraction; lone mark: no value for its neighbours",
            "Source: data/volumes.csv (NVIDIA’s filings, partly through an aggregator).",
        ),
        description=(
            f"Line chart of NVIDIA’s quarterly China revenue, {years.min()} to {years.max()}, as two separate series:"
            f" by billing address to mid 2025, and by customer headquarters from late 2024. Where both exist the second is {times.min():.1f} to {times.max():.1f} times the first."
        ),
    )


def _revenue_marks(points: pd.DataFrame) -> alt.LayerChart:
    rows = [
        {
            "day": r.period_end.strftime("%Y-%m-%d"), "quarter": r.period_label, "value": float(r.central),
            "basis": r.basis_words, "run": r.run, "nature": r.nature,
        }
        for r in points.itertuples()
    ]  # fmt: skip
    base, bases = alt.Chart(alt.InlineData(values=rows)), list(studies.BASES.values())
    basis_scale = alt.Scale(domain=bases, range=[charts.BLUE, charts.VERMILION])
    legend = alt.Legend(orient="top", labelLimit=320, symbolSize=110)
    colour = alt.Color("basis:N", title="China revenue", scale=basis_scale, legend=legend)
    x = alt.X(
        "day:T", title="Quarter ending", scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )  # fmt: skip
    y = alt.Y("value:Q", title="Billion USD a quarter", scale=alt.Scale(domainMin=0, nice=True))
    lines = base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, detail="run:N")
    shape = alt.Shape("basis:N", title="China revenue", scale=alt.Scale(domain=bases, range=["circle", "square"]))
    tip = [
        alt.Tooltip("quarter:N", title="NVIDIA’s quarter"),
        alt.Tooltip("value:Q", title="Billion USD"),
        alt.Tooltip("basis:N", title="Basis"),
        alt.Tooltip("nature:N", title="Value"),
    ]
    counted = base.transform_filter("datum.nature == 'counted'").mark_point(filled=True, size=70, opacity=1)
    derived = base.transform_filter("datum.nature != 'counted'")
    derived = derived.mark_point(filled=True, fill="white", size=70, strokeWidth=2, opacity=1)
    edge = alt.Stroke("basis:N", scale=basis_scale, legend=None)
    return (
        lines
        + counted.encode(x=x, y=y, color=colour, shape=shape, tooltip=tip)
        + derived.encode(x=x, y=y, stroke=edge, shape=shape, tooltip=tip)
    )


def units_chart(volumes: pd.DataFrame) -> alt.LayerChart:
    """Chips counted, estimated and planned: one row a statement, disagreeing sources as ranges.

    Parameters
    ----------
    volumes : DataFrame
        ``data.load("volumes")``.
    """
    units = studies.units(volumes)
    ascend, h20, cards = (
        units.loc[key, ["low", "central", "high"]] / 1e6
        for key in ("ascend-production-02", "nvidia-h20-09", "idc-china-2025-02")
    )
    return _unit_marks(units).properties(
        width=charts.WIDTH - 320,
        height=26 * len(units),
        title=charts.title(
            f"IDC: {cards['central']:.1f} million NVIDIA cards in 2025; named H20 revenue buys at most {h20['high']:.1f} million",
            "Thousand units; mark: the value we use; bar: from lowest to highest; log axis; rows must not be added",
            "Source: data/volumes.csv, each row with its source and basis.",
        ),
        description=(
            f"Range chart of {len(units)} statements on units of AI chips for China on a log axis, marked by whether the number was counted, estimated, or planned or reported."
            f" Ascend output in 2025 runs from {1e6 * ascend['low']:,.0f} to {1e6 * ascend['high']:,.0f}."
        ),
    )


def _unit_marks(units: pd.DataFrame) -> alt.LayerChart:
    rows = [
        {
            "words": r.words, "low": r.low / 1e3, "value": r.central / 1e3, "high": r.high / 1e3, "nature": r.nature,
            "note": r.note, "label": from_to(f"{r.low / 1e3:,.0f}", f"{r.high / 1e3:,.0f}"),
        }
        for r in units.itertuples()
    ]  # fmt: skip
    order, natures = units["words"].tolist(), list(dict.fromkeys(studies.NATURES.values()))
    base = alt.Chart(alt.InlineData(values=rows))
    y = alt.Y(
        "words:N", title=None, sort=order, scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=300, ticks=False, domain=False, grid=False),
    )  # fmt: skip

    def xs(field: str) -> alt.X:
        scale = alt.Scale(type="log", domain=[10, 12000], nice=False)
        axis = alt.Axis(values=[10, 100, 1000, 10000], format=",", grid=False)
        return alt.X(f"{field}:Q", title="Thousand chips or cards (log scale)", scale=scale, axis=axis)

    colours = alt.Scale(domain=natures, range=[charts.BLUE, charts.ORANGE, charts.GREY])
    shapes = alt.Scale(domain=natures, range=["circle", "triangle-up", "diamond"])
    legend = alt.Legend(orient="bottom", symbolSize=110, labelLimit=300)
    colour = alt.Color("nature:N", title="The number was", scale=colours, legend=legend)
    spans = base.mark_rule(strokeWidth=3).encode(x=xs("low"), x2="high:Q", y=y, color=colour)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=xs("value"), y=y, color=colour, shape=alt.Shape("nature:N", title="The number was", scale=shapes),
        tooltip=[alt.Tooltip("words:N", title="What"), alt.Tooltip("label:N", title="Thousand"), alt.Tooltip("note:N", title="Note")],
    )  # fmt: skip
    labels = base.mark_text(align="left", dx=9, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    return spans + dots + labels
