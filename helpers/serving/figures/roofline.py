"""Two roofs, the work under them, and what was measured."""

from __future__ import annotations

from typing import Any

import altair as alt

from helpers.chips.studies import short
from helpers.serving import model as serving
from helpers.serving import studies
from helpers.show import charts

X_ENDS, Y_ENDS = (1.0, 2e7), (0.2, 20000.0)  # every chip and model at the ends of all sliders
_WHICH = ("first", "second")


def roofline_rows(found: studies.UnderRoof) -> list[dict[str, Any]]:
    """The marks of `roofline_chart`: roofs with their bands, names, the work, and what was measured.

    Parameters
    ----------
    found : UnderRoof
        From ``studies.under_roof``.
    """
    peaks = [step.rates.tflops for step in found.steps]
    rows: list[dict[str, Any]] = []
    for place, (chip, step) in enumerate(zip(found.chips, found.steps, strict=True)):
        above = peaks[place] > max(peaks) * 0.999 if place == 0 else peaks[place] > peaks[0]
        rows += _roof(short(chip), _WHICH[place], step, found.ridges[place], found.share, above)
    for point in found.measured:
        said = f"{point['words']}: {point['share']:.0%} of its bound"
        which = _WHICH[found.chips.index(point["chip"])]
        rows.append({**point, "kind": "measured", "which": which, "low": 0.0, "high": 0.0, "words": said})
    return [{"words": "", **row} for row in rows]


def _roof(
    name: str, which: str, step: serving.Step, ridge: float, share: tuple[float, float], above: bool
) -> list[dict[str, Any]]:
    peak, bandwidth = step.rates.tflops, step.rates.bandwidth_gb_s
    rows: list[dict[str, Any]] = []
    for x in (X_ENDS[0], ridge, X_ENDS[1]):
        roof = float(serving.attainable_tflops(x, peak, bandwidth))
        rows.append(
            {"kind": "roof", "which": which, "x": x, "y": roof, "low": roof * share[0], "high": roof * share[1]}
        )
    at = {"which": which, "low": 0.0, "high": 0.0, "words": name}
    rows.append({**at, "kind": "name above" if above else "name below", "x": 1e5, "y": peak})
    rows.append({**at, "kind": "work", "x": float(step.intensity), "y": float(step.tflops)})
    return rows


def roofline_chart() -> alt.LayerChart:
    """Log-log roofline of two chips, for a panel with the signal ``title`` and the rows of `roofline_rows`."""
    base = charts.live("kind", "which", "x", "y", "low", "high", "words")
    colours = alt.Scale(domain=list(_WHICH), range=[charts.BLUE, charts.VERMILION])
    colour = alt.Color("which:N", legend=None, scale=colours)
    x_axis = alt.Axis(values=[1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7], format="~s", grid=True)
    y_axis = alt.Axis(values=[1, 10, 100, 1000, 10000], format=",~g", grid=True, minExtent=45)
    x_scale, y_scale = (alt.Scale(type="log", domain=list(ends), nice=False) for ends in (X_ENDS, Y_ENDS))
    x = alt.X("x:Q", title="Operations for each byte fetched (log scale)", scale=x_scale, axis=x_axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title="TFLOPS (log scale)", scale=y_scale, axis=y_axis)

    roof = base.transform_filter("datum.kind == 'roof'")
    band = roof.mark_area(opacity=0.16, clip=True).encode(x=x, y=y("low"), y2="high:Q", color=colour)
    lines = roof.mark_line(strokeWidth=2.5, clip=True).encode(x=x, y=y("y"), color=colour)
    names = [
        base.transform_filter(f"datum.kind == 'name {side}'")
        .mark_text(align="left", dy=dy, fontSize=13, fontWeight="bold")
        .encode(x=x, y=y("y"), text="words:N", color=colour)
        for side, dy in (("above", -9), ("below", 13))
    ]
    return (band + lines + _marks(base, x, y("y"), colour) + names[0] + names[1]).properties(
        width=charts.WIDTH - 90,
        height=300,
        title=charts.title(
            charts.signal("title"),
            "Roof: the most a chip can do. Circle, square: the work set above. Diamonds: measured. Band: drawn round what was measured",
            "Source: data/chips.csv, data/models.csv, data/serving_measured.csv; dense peaks, links left out; model: helpers/serving/model.",
        ),
        description="Log-log roofline of two chips: a slope set by memory bandwidth and a flat top set by compute, a band drawn round the shares that systems were measured to reach, a mark for the chosen work and diamonds for published measurements. The sentence gives the numbers.",
    )


def _marks(base: alt.Chart, x: alt.X, y: alt.Y, colour: alt.Color) -> alt.LayerChart:
    """The chosen work on each chip, and the measurements."""
    tip = [
        alt.Tooltip("words:N", title="What"),
        alt.Tooltip("x:Q", title="Operations a byte", format=".3~s"),
        alt.Tooltip("y:Q", title="TFLOPS", format=".3~s"),
    ]
    work = base.transform_filter("datum.kind == 'work'")
    # Unlike in shape and size, so that both show where they meet.
    dots = [
        work.transform_filter(f"datum.which == '{which}'")
        .mark_point(filled=True, shape=shape, size=size, opacity=1, stroke=charts.INK, strokeWidth=1)
        .encode(x=x, y=y, color=colour, tooltip=tip)
        for which, shape, size in (("first", "circle", 260), ("second", "square", 80))
    ]
    diamonds = (
        base.transform_filter("datum.kind == 'measured'")
        .mark_point(shape="diamond", size=110, strokeWidth=2, fill="white", opacity=1)
        .encode(x=x, y=y, color=colour, tooltip=tip)
    )
    return dots[0] + dots[1] + diamonds
