"""Rent and list prices of a million tokens."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from helpers.core import data
from helpers.core.words import listed, span
from helpers.serving import studies
from helpers.show import charts

# No room for their names.
_UNNAMED = ("Claude Sonnet 5", "GPT-5.2", "GPT-5.4", "Kimi K2.6", "Gemini 3.6 Flash")
_NAMED_AT_END = {"Claude Sonnet 5": "Sonnet 5", "Gemini 3.6 Flash": "3.6 Flash"}
_APART = 1.8  # list prices of a panel nearer than this would have their names touch
# Where the name stands, if not at the right of its mark: another line runs there.
_PLACES = {"DeepSeek-V4-Pro": "left", "Gemini 3.5 Flash": "left", "Kimi-K3": "above"}


def price_marks(rents: list[dict[str, Any]], model: str) -> list[dict[str, Any]]:
    """The marks of `price_chart`: a range of rents a side, and the list prices of the model.

    Parameters
    ----------
    rents : list of dict
        From ``studies.price_rows``.
    model : str
    """
    costs = [{"kind": "cost", **r, "words": span((r["low"], r["high"])), "name": "", "place": ""} for r in rents]
    return costs + [dict(mark) for mark in _list_marks(model)]


@cache
def _list_marks(model: str) -> tuple[dict[str, Any], ...]:
    found = studies.list_prices(model)
    by_day = found["model"].nunique() == 1 < len(found)
    marks: list[dict[str, Any]] = []
    for side, words in studies.SIDES.items():
        last = 0.0
        for row in found[found[side].notna()].sort_values(side, kind="stable").itertuples():
            price, promoted = float(getattr(row, side)), " promotion" if row.status == "promotion" else ""
            name = f"{row.date:%b %Y}" if by_day else row.model.removeprefix("DeepSeek-") + promoted
            has_room = price >= _APART * last
            marks.append(
                {
                    "kind": "list", "side": words, "low": price, "high": price, "name": name if has_room else "",
                    "words": f"{row.model}, {row.date:%b %Y}, {row.status}", "place": "center" if last else "right",
                }
            )  # fmt: skip
            last = price if has_room else last
    return tuple(marks)


def price_chart() -> alt.LayerChart:
    """Two ranges of rent with list prices, for a panel with the signals ``title``, ``low`` and ``top``."""
    base = charts.live("kind", "side", "low", "high", "words", "name", "place")
    order = list(studies.SIDES.values())
    y = alt.Y(
        "side:N", sort=order, title=None, scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, grid=False, minExtent=165),
    )  # fmt: skip

    def x(field: str) -> alt.X:
        scale = alt.Scale(type="log", domain=[charts.signal("low"), charts.signal("top")], nice=False)
        axis = alt.Axis(values=[0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000], format=",~g")
        return alt.X(f"{field}:Q", title="USD (log scale)", scale=scale, axis=axis)

    cost = base.transform_filter("datum.kind == 'cost'")
    bars = cost.mark_bar(height=22, color=charts.SKY).encode(x=x("low"), x2="high:Q", y=y)
    # A range of no width is still drawn.
    ends = cost.mark_tick(thickness=3, size=22, color=charts.SKY).encode(x=x("low"), y=y)
    texts = cost.mark_text(align="left", dx=6, dy=-22, fontSize=12, color=charts.BLUE)
    tip = [alt.Tooltip("words:N", title="List price"), alt.Tooltip("low:Q", title="USD")]
    diamonds = (
        base.transform_filter("datum.kind == 'list'")
        .mark_point(shape="diamond", filled=True, size=110, color=charts.VERMILION, opacity=1)
        .encode(x=x("low"), y=y, tooltip=tip)
    )
    names = [
        base.transform_filter(f"datum.place == '{place}'")
        .mark_text(align=place, dx=dx, dy=22, fontSize=12, color=charts.INK)
        .encode(x=x("low"), y=y, text="name:N")
        for place, dx in (("right", 8), ("center", 0))
    ]
    return alt.layer(bars, ends, texts.encode(x=x("low"), y=y, text="words:N"), diamonds, *names).properties(
        width=charts.WIDTH - 210,
        height=150,
        title=charts.title(
            charts.signal("title"),
            "Bar: rent alone, at the chosen share of the roofline, links left out; diamonds: list prices",
            "Source: data/chips.csv, data/models.csv, data/api_prices.csv; model: helpers/serving/model.",
        ),
        description="Two bars on a log axis in USD: range of rent for a million tokens read and for a million written, with the model’s list prices as diamonds. The sentence gives the numbers.",
    )


def _followed_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    until = data.record_ends()["newest_event"]
    for line, found in studies.followed_prices().groupby("line", sort=False):
        for r in found.itertuples():
            short = r.model.replace("DeepSeek-", "").replace("Claude ", "").replace("Gemini ", "")
            rows.append(
                {
                    "day": f"{r.date:%Y-%m-%d}", "line": line, "usd": float(r.usd), "model": r.model, "note": r.note,
                    "label": short if r.first and r.model not in _UNNAMED else "",
                    "place": _PLACES.get(r.model, "right"),
                }
            )  # fmt: skip
        # A price is drawn as standing until the record ends.
        label = _NAMED_AT_END.get(rows[-1]["model"], "")
        rows.append({**rows[-1], "day": until, "label": label, "place": "end", "model": ""})
    return rows


def prices_chart() -> alt.LayerChart:
    """List prices of output through time, five lines of models, log axis."""
    prices = studies.followed_prices()
    of_deepseek = prices.loc[prices["line"] == next(iter(studies.FOLLOWED)), "usd"]
    k3, sonnet = (
        prices.drop_duplicates("model", keep="last").set_index("model").loc[["Kimi-K3", "Claude Sonnet 5"], "usd"]
    )
    path = listed(f"{usd:.2f}" for usd in of_deepseek)
    return _followed_layers(_followed_rows()).properties(
        width=charts.WIDTH - 60,
        height=330,
        title=charts.title(
            f"Prices rise and fall: DeepSeek’s at {path} USD",
            "List price of output, off-peak where hours differ; models of unlike ability; date announced or first seen",
            "Source: data/api_prices.csv (makers’ price pages, partly through public data sets).",
        ),
        description=(
            "Step lines of list prices for a million tokens written, five lines of models, 2024 to 2026, log axis from 0.2 to 120 USD."
            f" DeepSeek’s largest model cost {path} USD in turn; Kimi K3 lists at {k3:g} since July 2026, Claude Sonnet 5 at {sonnet:g} since August."
        ),
    )


def _followed_layers(rows: list[dict[str, Any]]) -> alt.LayerChart:
    base, makers = alt.Chart(alt.InlineData(values=rows)), list(studies.FOLLOWED)
    x = alt.X(
        "day:T", title=None, scale=alt.Scale(type="utc", domain=["2024-03-01", "2026-12-31"]),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )  # fmt: skip
    y = alt.Y(
        "usd:Q", title="USD for a million tokens written (log scale)",
        scale=alt.Scale(type="log", domain=[0.2, 120], nice=False),
        axis=alt.Axis(values=[0.2, 0.5, 1, 2, 5, 10, 20, 50, 100], format="~g"),
    )  # fmt: skip
    colours = [charts.VERMILION, charts.PURPLE, charts.BLUE, charts.ORANGE, charts.GREEN]
    shapes = ["square", "diamond", "circle", "triangle-up", "triangle-down"]
    legend = alt.Legend(orient="bottom", symbolSize=110, labelLimit=200)
    colour = alt.Color("line:N", title=None, scale=alt.Scale(domain=makers, range=colours), legend=legend)
    shape = alt.Shape("line:N", title=None, scale=alt.Scale(domain=makers, range=shapes))
    lines = base.mark_line(strokeWidth=2, interpolate="step-after", opacity=0.65).encode(x=x, y=y, color=colour)
    tip = [
        alt.Tooltip("model:N", title="Model"), alt.Tooltip("day:T", title="Date", format="%d %B %Y"),
        alt.Tooltip("usd:Q", title="USD"), alt.Tooltip("note:N", title="Note"),
    ]  # fmt: skip
    dots = base.transform_filter("datum.model != ''").mark_point(filled=True, size=80, opacity=1)
    # Dark words: two of the lines' colours are too pale for text.
    texts = [
        base.transform_filter(f"datum.label != '' && datum.place == '{place}'")
        .mark_text(align=align, dx=dx, dy=dy, fontSize=12, color=charts.INK)
        .encode(x=x, y=y, text="label:N")
        for place, align, dx, dy in (
            ("right", "left", 6, -8),
            ("left", "right", -8, -8),
            ("above", "center", 0, -13),
            ("end", "left", 6, 6),
        )
    ]
    return alt.layer(lines, dots.encode(x=x, y=y, color=colour, shape=shape, tooltip=tip), *texts)
