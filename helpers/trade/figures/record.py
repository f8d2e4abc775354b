"""What happened when: steps of China's path against US controls, and two earlier cases."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core.words import date_words
from helpers.show import charts, page
from helpers.trade import studies

_CONTROL, _STEP = "US control", "step of China"
_INKS = {_CONTROL: "#8f3f72", _STEP: "#00664b"}
_SHAPES = {"licence": "circle", "ban": "square", "supplier’s stop": "triangle-up"}
_PLAIN = "diamond"  # a step
_CLAIM = "S25"  # the steps that the record names for it are filled


def steps_chart() -> alt.LayerChart:
    """Steps of China's chip path and US controls, one a row, in order of date."""
    frame = studies.path_steps()
    frame["row"] = range(len(frame))
    frame["whose"] = frame["lane"].map({"control": _CONTROL, "step": _STEP})
    frame["mark"] = [
        i if lane == "control" else _PLAIN for i, lane in zip(frame["instrument"], frame["lane"], strict=True)
    ]
    frame["named"] = (frame["lane"] == "control") | frame["claims"].str.contains(_CLAIM)
    frame["text"] = [f"{day.year}: {label} ({what})" for day, label, what in zip(frame["date"], frame["label"], frame["instrument"], strict=True)]  # fmt: skip
    first, last = ([day.year + (day.dayofyear - 1) / 365.25 for day in frame[column]] for column in ("date", "latest"))
    frame["from"], frame["to"] = first, last
    frame["time"] = (frame["from"] + frame["to"]) / 2
    late = frame["time"] > 2019
    keep = ["row", "time", "from", "to", "whose", "mark", "named", "text", "note"]
    x, start, end = (
        alt.X(field, title=None, scale=alt.Scale(domain=[2014, 2026.2], nice=False), axis=alt.Axis(format="d", tickCount=7))
        for field in ("time:Q", "from:Q", "to:Q")
    )  # fmt: skip
    y = alt.Y("row:Q", title=None, axis=None, scale=alt.Scale(domain=[-0.6, len(frame) - 0.4], reverse=True, nice=False))  # fmt: skip
    ink = alt.Color("whose:N", legend=None, scale=alt.Scale(domain=list(_INKS), range=list(_INKS.values())))
    shapes = {**_SHAPES, _PLAIN: _PLAIN}
    shape = alt.Shape("mark:N", legend=None, scale=alt.Scale(domain=list(shapes), range=list(shapes.values())))
    fill = alt.condition("datum.named", ink, alt.value("white"))
    tips = [alt.Tooltip("text:N", title="What"), alt.Tooltip("note:N", title="Note")]
    spans = alt.Chart(frame.loc[frame["date_precision"] != "day", ["row", "from", "to", "whose"]])
    parts = [spans.mark_rule(strokeWidth=3, opacity=0.4).encode(x=start, x2="to:Q", y=y, color=ink)]
    for side, align, dx, edge in ((~late, "left", 9, end), (late, "right", -9, start)):
        base = alt.Chart(frame.loc[side, keep])
        parts.append(base.mark_point(size=80, opacity=1, strokeWidth=1.8).encode(x=x, y=y, stroke=ink, fill=fill, shape=shape, tooltip=tips))  # fmt: skip
        parts.append(charts.edged_words(base, {"align": align, "dx": dx}, x=edge, y=y, text="text:N", color=ink))
    return alt.layer(*parts).properties(
        width=charts.WIDTH - 30,
        height=17 * len(frame),
        title=charts.title(
            "Two steps are older than the first listing in our record; the others came among controls",
            f"Green, steps of China (hollow: not named for {_CLAIM}); purple, US controls (disc, licence; square, ban; triangle, supplier’s stop)",
            "Bar: day not known. Source: data/path_steps.csv, data/events.csv. Older licence rules left out",
        ),
        description=(
            "List of 18 dated marks from 2014 to 2025 along a line of time: eight steps of China, six of them filled as named for claim S25, from the chip guidelines of June 2014"
            " to the reported orders of late 2025, and ten US controls, from the listing of supercomputer centres in February 2015 to the"
            " letter on the H20 in April 2025. Controls are licence duties but for the denial order against ZTE and TSMC's stop."
        ),
    )


def steps_table() -> page.Table:
    """Each step and control: date, kind, instrument, and which claim names it."""
    frame = studies.path_steps()
    told = pd.DataFrame(
        {
            "Date": [
                date_words(day.date(), kind) for day, kind in zip(frame["date"], frame["date_precision"], strict=True)
            ],
            "What": frame["title"],
            "Kind": frame["lane"].map({"control": _CONTROL, "step": _STEP}),
            "Instrument": frame["instrument"],
            "Named for": frame["claims"].replace("", "none"),
            "Note": frame["note"].replace("", "none"),
        }
    ).set_index("Date")
    return page.table(
        told, "Steps and controls of the record, in order; for which of S25, S27 and S32 the record names them"
    )


def _panel(name: str, ends: list[float], marks: pd.DataFrame, rules: list[tuple[float, str]], joined: bool) -> alt.LayerChart:  # fmt: skip
    """A case: periods as level bars (points where a line joins them), with dashed rules at its days."""
    x = alt.X("start:Q", title=None, scale=alt.Scale(domain=ends, nice=False), axis=alt.Axis(format="d", tickCount=6))
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 85], nice=False), axis=alt.Axis(tickCount=5))
    said = alt.Chart(pd.DataFrame({"start": [r[0] for r in rules], "share": 81.0, "text": [r[1] for r in rules]}))
    parts = [
        said.mark_rule(strokeDash=[5, 3], color=charts.VERMILION).encode(x=x),
        said.mark_text(align="left", dx=5, fontSize=12, color="#a84300").encode(x=x, y=y, text="text:N"),
    ]
    base = alt.Chart(marks)
    if joined:
        parts.append(base.mark_line(color=charts.ORANGE, strokeWidth=2, point=alt.OverlayMarkDef(size=90, color=charts.ORANGE)).encode(x=x, y=y))  # fmt: skip
    else:
        for whole, pale in (("no", 1.0), ("yes", 0.35)):
            part = base.transform_filter(f"datum.across == '{whole}'")
            parts.append(part.mark_rule(color=charts.ORANGE, strokeWidth=7, opacity=pale).encode(x=x, x2="end:Q", y=y))
    for side, align, dx, dy in (("over", "left", 4, -12), ("under", "left", -5, 15), ("before", "right", -5, 0)):
        words = base.transform_filter(f"datum.side == '{side}'")
        parts.append(charts.edged_words(words, {"align": align, "dx": dx, "dy": dy}, x=x, y=y, text="label:N"))  # fmt: skip
    return alt.layer(*parts).properties(width=330, height=200, title=alt.TitleParams(name, fontSize=13, fontWeight="normal"))  # fmt: skip


def cases_chart() -> alt.HConcatChart:
    """Two earlier cases: the seller's share before, under and after its rule."""
    far = studies.cases("satellites")
    far = far.assign(share=far["value"], label=far["period"] + ": " + far["value"].map("{:g}".format), side="over", across="no")  # fmt: skip
    near = studies.hydrogen_fluoride()
    months = near["period"].str.contains(" 2023")
    whole = near[~months].copy()
    short = {"2019 H1": "2019, first half", "2021 to November": "2021", "end of 2022": "end of 2022, at most"}
    whole["label"] = [f"{short.get(p, p)}: {s:.0f}" for p, s in zip(whole["period"], whole["share"], strict=True)]
    label = whole.set_index("period")["label"]
    whole.loc[whole["period"] == "2020", "label"] = (
        f"{label['2020']}, {label['2021 to November']}"  # one above both bars
    )
    whole.loc[whole["period"] == "2021 to November", "label"] = ""
    spring = near[months].copy()
    spring["label"] = ["", f"2023: {spring['share'].min():.0f} to {spring['share'].max():.0f}", ""]
    marks = pd.concat([whole, spring])
    sides = {"2018": "under", "2019": "under", "end of 2022": "before"}
    marks["side"] = [sides.get(p, "over") for p in marks["period"]]
    marks["across"] = ["yes" if p == "2019" else "no" for p in marks["period"]]
    keep = ["start", "end", "share", "label", "side", "across"]
    tight = near.loc[near["phase"] == "before", "end"].max()
    eased = near.loc[near["phase"] == "across", "end"].max()
    left = _panel("US share of satellite exports (%)", [1993, 2009], far[keep], [(1999, "stricter licences")], True)
    right = _panel("Japan’s share of Korea’s hydrogen fluoride imports (%)", [2017.8, 2025.4], marks[keep], [(tight, "licences asked"), (eased, "eased")], False)  # fmt: skip
    return alt.hconcat(left, right).properties(
        title=charts.title(
            "After two sellers tightened, their shares were lower; one rose again when it eased",
            "Left: the fall cannot be dated. Right: pale, a year half under the rule",
            "Source: AIA (an interested party), disputed by CSIS; Korean customs in dollars, as relayed; data/trade_cases.csv",
        ),
        description=(
            "Two charts. US share of satellite exports: 73 per cent in 1995, 25 per cent in 2005, rules tightened in 1999. Japan's share of"
            " Korea's imports of hydrogen fluoride: 42 per cent in 2018, 45 in the first half of 2019, 13 in 2020, 14 in 2021, at most 6 at"
            " the end of 2022, and 21 to 29 in spring 2023, after Japan eased."
        ),
    )
