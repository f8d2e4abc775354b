"""Charts of a wafer without EUV, and of what a premium and a yield make of a die."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.core.words import from_to, times
from helpers.lithography import studies
from helpers.lithography.figures.pieces import OURS, level, tips
from helpers.show import charts, page
from helpers.show.charts import alt

PHONE = f"a good phone die, {studies.PHONE_DIE:.0f} mm²"
LINES = {"a good die": "die_ratio", PHONE: "phone_ratio", "a wafer": "wafer_ratio"}
_COLOURS, _DASHES = [charts.VERMILION, charts.PURPLE, charts.BLUE], [[1, 0], [2, 3], [6, 3]]


def wafer_marks(passes: np.ndarray, flow: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    """``studies.wafer_flow`` over a grid of passes, the reader's own setting last, as rows of `wafer_chart`.

    Parameters
    ----------
    passes : ndarray
    flow : dict of str to ndarray
        Of shape passes x 9, by the keys of `LINES`.

    Returns
    -------
    list of dict
    """
    return [
        {
            "passes": float(n), "line": line, "low": round(float(v.min()), 3), "central": round(float(v[0]), 3),
            "high": round(float(v.max()), 3),
            "here": i == len(passes) - 1, "band": key != "phone_ratio",
        }
        for line, key in LINES.items()
        for i, (n, v) in enumerate(zip(passes, flow[key], strict=True))
    ]  # fmt: skip


def wafer_chart() -> alt.LayerChart:
    """Cost without EUV over cost with EUV by passes, with bands and the reader's own setting.

    Returns
    -------
    LayerChart
        Signals: title, top.
    """
    base = charts.live("passes", "line", "low", "central", "high", "here", "band")
    x = alt.X("passes:Q", title="DUV passes in place of one EUV exposure", scale=alt.Scale(domain=[1, 8], nice=False))
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)

    def ys(field: str) -> alt.Y:
        axis = alt.Axis(tickCount=6, minExtent=34)
        return alt.Y(f"{field}:Q", title="Cost without EUV over with EUV", scale=scale, axis=axis)

    colour = alt.Color(
        "line:N",
        title="Cost of",
        scale=alt.Scale(domain=list(LINES), range=_COLOURS),
        legend=alt.Legend(orient="bottom", symbolOpacity=1, symbolType="stroke", symbolSize=400, symbolStrokeWidth=2.5),
    )
    dash = alt.StrokeDash("line:N", title="Cost of", scale=alt.Scale(domain=list(LINES), range=_DASHES))
    curve, marks = base.transform_filter("!datum.here"), base.transform_filter("datum.here")
    shown = "datum.band"  # the phone die is a line, lest three bands hide each other
    bands = (
        curve.transform_filter(shown)
        .mark_area(opacity=0.22, aria=False)
        .encode(x=x, y=ys("low"), y2="high", color=colour)
    )
    middles = curve.mark_line(strokeWidth=2.5, aria=False).encode(x=x, y=ys("central"), color=colour, strokeDash=dash)
    words = tips({"line:N": "Cost of", "low:Q": "from, times", "high:Q": "to, times"}, ".2f")
    points = marks.mark_point(filled=True, size=65, opacity=1, stroke="white", strokeWidth=1).encode(
        x=x, y=ys("central"), color=colour, tooltip=words
    )
    said = {"x": x, "y": ys("central"), "text": alt.Text("central:Q", format=".1f")}
    numbers = alt.layer(
        *(
            charts.edged_words(
                marks.transform_filter(f"datum.line {same} 'a wafer'"), {"align": "left", "dx": 10, "dy": dy}, **said
            )
            for same, dy in (("!=", -9), ("==", 12))
        )
    )
    whiskers = (
        marks.transform_filter(shown)
        .mark_rule(strokeWidth=2, aria=False)
        .encode(x=x, y=ys("low"), y2="high", color=colour)
    )
    return (bands + level(ys("one")) + middles + whiskers + points + numbers).properties(
        width=charts.WIDTH - 60,
        height=235,
        title=charts.title(
            charts.signal("title"),
            "Passes alone, so less than SAQP above, whose walls take films too. Bands: cheap to dear costs; dashed: as with EUV",
            f"Source: data/process_costs.csv and scanners.csv; {OURS}",
        ),
        description="Line chart of the cost of a wafer, of a good die of the size set and of a good phone die without EUV, as multiples of the cost with EUV, by number of DUV passes that replace one EUV exposure, with bands for the assumptions.",
    )


def ratios_table() -> page.Table:
    """Every “times as much” of the notebook, with scheme, layers and die."""
    rows = [
        {
            "What costs more": r.what,
            "Scheme": r.scheme,
            "Layers": r.layers,
            "Die, mm²": f"{r.die_mm2:.0f}" if r.die_mm2 else "any",
            "Defects a pass, per 1,000 cm²": "any" if np.isnan(r.defects) else f"{1000 * r.defects:g}",
            "Times, central": from_to(*map(times, r.central)),
            "Low to high": from_to(times(r.low), times(r.high)),
        }
        for r in studies.every_ratio()
    ]
    return page.table(pd.DataFrame(rows).set_index("What costs more"), "Cost without EUV over cost with it")


def premium_marks(found: studies.Premium, reference: float, own: float) -> list[dict[str, Any]]:
    """A setting of ``studies.premium`` as rows: the curve over all yields, those reported, a third of TSMC's, and the reader's own.

    Parameters
    ----------
    found : studies.Premium
    reference, own : float
        Yields in percent.

    Returns
    -------
    list of dict
        For `premium_chart`.
    """
    reported = studies.reported_yields()
    at = found.price * reference
    rows = [
        {"yield": round(y, 2), "central": round(at / y, 4), "kind": "curve"} for y in np.geomspace(5, 100, 31).tolist()
    ]
    rows += [
        {"yield": r.percent, "central": float(at / r.percent), "kind": "reported", "who": r.who}
        for r in reported.itertuples()
    ]
    third = reference / 3
    rows.append({"yield": third, "central": float(at / third), "kind": "third"})
    ends = {"low": min(found.reported[0], found.ratio), "high": max(found.reported[1], found.ratio)}
    return [*rows, {**ends, "yield": own, "central": found.ratio, "kind": "here"}]


def premium_chart() -> alt.LayerChart:
    """Price of a good die over TSMC's by SMIC's yield, over `premium_marks`.

    Returns
    -------
    LayerChart
        Signal: title.
    """
    base = charts.live("yield", "low", "central", "high", "kind", "who")
    x = alt.X(
        "yield:Q",
        title="SMIC's yield of this die (%)",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(tickCount=10),
    )

    def ys(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q",
            title="Price of a good die, TSMC = 1 (log)",
            scale=alt.Scale(type="log", domain=[0.2, 50], nice=False, clamp=True),
            axis=alt.Axis(values=[0.2, 0.5, 1, 2, 5, 10, 20, 50], minExtent=34),
        )

    curve, press, mine = (base.transform_filter(f"datum.kind == '{k}'") for k in ("curve", "reported", "here"))
    third = base.transform_filter("datum.kind == 'third'")
    line = curve.mark_line(color=charts.BLUE, strokeWidth=2, aria=False).encode(x=x, y=ys("central"))
    diamonds = press.mark_point(
        filled=False, shape="diamond", size=110, strokeWidth=2, color=charts.INK, fill="white", opacity=1
    ).encode(x=x, y=ys("central"), tooltip=tips({"who:N": "Reported by", "yield:Q": "Yield (%)"}))
    band = mine.mark_rule(strokeWidth=3, color=charts.VERMILION, aria=False).encode(x=x, y=ys("low"), y2="high")
    ring = mine.mark_point(filled=False, size=330, strokeWidth=3, color=charts.VERMILION, opacity=1).encode(
        x=x, y=ys("central"), tooltip=tips({"yield:Q": "Yield (%)", "central:Q": "Times"}, ".2f")
    )
    triangle = third.mark_point(filled=True, shape="triangle-up", size=110, color=charts.INK, opacity=1).encode(
        x=x, y=ys("central"), tooltip=tips({"yield:Q": "A third of TSMC's yield (%)", "central:Q": "Times"}, ".3g")
    )
    return (level(ys("one")) + line + triangle + band + diamonds + ring).properties(
        width=charts.WIDTH - 60,
        height=265,
        title=charts.title(
            charts.signal("title"),
            "Ring: yours. Diamonds: yields reported of Ascend dies, contested. Triangle: a third of TSMC’s. Dashed: equal price",
            "Source: Financial Times, February 2024, for the premium; data/smic_evidence.csv for the yields.",
        ),
        description="Line chart on a logarithmic axis of the price of a good SMIC die over TSMC's, falling as SMIC's yield rises, with diamonds at the yields reported of Ascend dies, a triangle at a third of TSMC's yield and a ring at the setting.",
    )
