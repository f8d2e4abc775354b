"""One chip as multiples of another; what each cut part kept; contested values."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.chips import studies
from helpers.chips.figures.marks import line_at_one
from helpers.core import safe
from helpers.core.words import from_to
from helpers.show import charts, page


def ratio_chart() -> alt.LayerChart:
    """Bars of the ratios of `studies.ratio_rows`, for a panel with the signals ``title`` and ``top``."""
    rows = charts.live("measure", "low", "central", "high", "label", "side")
    order = list(studies.AXIS_WORDS.values())
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)

    def xs(field: str) -> alt.X:
        words = "Times the reference chip (line: equal)"
        return alt.X(f"{field}:Q", title=words, scale=scale, axis=alt.Axis(tickCount=8))

    y = alt.Y(
        "measure:N", title=None, sort=order, scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=200, ticks=False, domain=False),
    )  # fmt: skip
    colours = alt.Scale(domain=["less", "equal", "more"], range=[charts.VERMILION, charts.GREY, charts.GREEN])
    colour = alt.Color("side:N", title="Than the reference", scale=colours, legend=alt.Legend(orient="bottom"))
    tip = [alt.Tooltip("measure:N", title="Measure"), alt.Tooltip("label:N", title="Times the reference")]
    known = rows.transform_filter("isValid(datum.central)")
    bars = known.mark_bar(height=17).encode(x=xs("central"), y=y, color=colour, tooltip=tip)
    spans = (
        rows.transform_filter("isValid(datum.central) && datum.high > datum.low * 1.001")
        .mark_rule(strokeWidth=3, color=charts.INK)
        .encode(x=xs("low"), x2="high", y=y)
    )
    words = (
        rows.transform_calculate(at="isValid(datum.high) ? datum.high : 0")
        .mark_text(align="left", dx=6, fontSize=12)
        .encode(x=xs("at"), y=y, text="label:N")
    )
    return (bars + line_at_one(xs("one")) + spans + words).properties(
        width=charts.WIDTH - 190,
        height=29 * len(order),
        title=charts.title(
            charts.signal("title"),
            "Ratio to the reference, dense throughput; bar: the value we use; black: range of sources, bins or prices",
            "Source: data/chips.csv and data/chip_ranges.csv; one source or more a row.",
        ),
        description="Bar chart of seven ratios of one chip to a reference chip: dense BF16 and FP8 compute, memory, memory bandwidth, link, power limit and price. The sentence above gives the numbers.",
    )


def contested_card(*names: str) -> safe.Html:
    """Contested values of some chips as HTML, each end with its source; empty if there is none."""
    lines = []
    for said in studies.contested(*names):
        ends = [
            f"{value:,.0f} {said.unit} ({publisher}, {published})"
            for value, publisher, published in zip(said.values, said.publishers, said.published, strict=True)
        ]
        lines.append(f"{studies.short(said.chip)}, {said.words}: {ends[0]} or {ends[1]}. {said.note}")
    if not lines:
        return safe.Html()
    return safe.html(
        "<div style='font-size:13px;line-height:1.4;max-width:760px;color:var(--jp-ui-font-color1)'><b>Contested here</b><br>"
        "{}</div>",
        safe.joined("<br>", lines),
    )


def gave_up_table(frame: pd.DataFrame) -> page.Table:
    """What each cut part kept of the part it was cut from, by measure.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """
    kept = studies.kept(frame)
    words = [
        "none on either" if r.no_link else "not known" if pd.isna(r.central) else from_to(f"{r.low:.0%}", f"{r.high:.0%}")
        for r in kept.itertuples()
    ]  # fmt: skip
    kept = kept.assign(words=words, measure=kept["measure"].map(studies.KEPT))
    order = kept["chip"].drop_duplicates()
    shown = kept.pivot(index="chip", columns="measure", values="words").loc[order, list(studies.KEPT.values())]
    about = kept.drop_duplicates("chip").set_index("chip").loc[order]
    shown.insert(0, "Cut from", about["cut_from"].map(studies.short))
    shown.insert(0, "Year", about["year"].astype(str))
    shown.index = pd.Index([studies.short(chip) for chip in order], name="Part")
    shown.columns.name = None
    return page.table(shown, "What each part made for China kept of the part it was cut from, by launch")
