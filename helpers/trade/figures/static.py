"""What is in print, as charts and tables: studies that disagree, shares on two bases, earlier cases, the published example."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from helpers.core.words import percent, places
from helpers.show import charts, page
from helpers.trade import model as trade
from helpers.trade import studies

_SIDES = {"sanctioned": "firms that were denied", "seller": "sellers"}
_ARROWS = {"up": "up, no size given", "down": "down, no size given", "none": "no significant change"}


def disagree_chart() -> alt.LayerChart:
    """Studies of controls side by side, by what they measured; those without a size as words."""
    frame = studies.disagreeing()
    first = frame["who"].str.split(",").str[0].str.split(" and ").str[0]
    first = first.replace({"Boston Consulting Group": "BCG"})
    outcome = frame["outcome"].str.replace(", 130 bn USD in all", "")
    year = frame["published"].str[:4]
    frame["row"] = first + " " + year + ": " + outcome
    # Two rows of one study differ by their measure.
    twice = frame["row"].duplicated(keep=False)
    frame.loc[twice, "row"] += [" a", " b"][: int(twice.sum())] if twice.sum() == 2 else ""
    frame["row"] = frame["row"].str.replace(" a$", ", broader limits", regex=True).str.replace(" b$", ", no sales", regex=True)  # fmt: skip
    sized = frame["effect_pct"].notna()
    frame["effect"] = frame["effect_pct"].fillna(0)
    frame["label"] = np.where(
        sized, [percent(e / 100, signed=True) for e in frame["effect"]], frame["finding"].map(_ARROWS)
    )
    frame["whose"] = frame["side"].map(_SIDES)
    frame["mark"] = np.where(sized & (frame["nature"] == "forecast"), "forecast", np.where(sized, "result", "none"))
    frame["beside"] = np.where(sized, np.sign(frame["effect"]), frame["finding"].map({"up": 1, "down": -1, "none": 0}))
    keep = ["row", "effect", "label", "whose", "mark", "beside", "measure", "control_group", "basis_read"]
    base = alt.Chart(frame[keep])
    order = frame["row"].tolist()
    x = alt.X("effect:Q", title="Change (%)", scale=alt.Scale(domain=[-60, 75], nice=False), axis=alt.Axis(tickCount=7))
    y = alt.Y("row:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=300, minExtent=280))
    shade = alt.Color(
        "whose:N",
        title=None,
        scale=alt.Scale(domain=list(_SIDES.values()), range=[charts.GREEN, charts.ORANGE]),
        legend=alt.Legend(orient="bottom"),
    )
    tips = [
        alt.Tooltip("measure:N", title="Rule"),
        alt.Tooltip("control_group:N", title="Compared with"),
        alt.Tooltip("label:N", title="Found"),
        alt.Tooltip("basis_read:N", title="We read its"),
    ]
    zero = alt.Chart(alt.InlineData(values=[{"effect": 0}])).mark_rule(color=charts.INK).encode(x=x)
    shape = alt.Shape("whose:N", legend=None, scale=alt.Scale(domain=list(_SIDES.values()), range=["circle", "square"]))
    dots = [
        base.transform_filter(f"datum.mark == '{kind}'").mark_point(size=150, opacity=1, strokeWidth=2, **fill).encode(x=x, y=y, color=shade, shape=shape, tooltip=tips)
        for kind, fill in (("result", {"filled": True}), ("forecast", {"fill": "white"}))
    ]  # fmt: skip
    words = [  # on the side of the sign, away from nought, so that no label lies on its line; no change stands across it
        charts.edged_words(base.transform_filter(f"datum.beside == {side}"), {"align": align, "dx": dx}, x=x, y=y, text="label:N")
        for side, align, dx in ((1, "left", 10), (-1, "right", -10), (0, "center", 0))
    ]  # fmt: skip
    return alt.layer(zero, *dots, *words).properties(
        width=charts.WIDTH - 310,
        height=24 * len(order),
        title=charts.title(
            "Studies of controls disagree in sign, and do not measure one thing",
            "Change that studies attribute to controls; hollow: forecast, commissioned by the industry. Alfaro: China restricts",
            "Source: data/trade_studies.csv. Read in abstract; Cao’s sizes and BCG’s in summaries",
        ),
        description=(
            "Dot chart of what studies attribute to controls, in per cent from minus 60 to 75: for firms that were denied from plus 49"
            " (research spending, Liu 2025) to minus 14 (weighted patents, Cao 2024), one without significant change; for sellers only losses, two of them forecast."
        ),
    )


def shares_chart() -> alt.LayerChart:
    """Home makers' share of China's AI chips on two bases, each with the curve through its ends."""
    points = studies.share_points()
    points["label"] = [
        percent(p.share) + (" (forecast)" if p.nature == "forecast" else "") for p in points.itertuples()
    ]
    curves = [float(trade.logistic(p.year, studies.share_path(p.series))) for p in points.itertuples()]
    low = points["series"] == studies.SERIES[0]  # its labels go below point and curve, those of the other above both
    points["beside"] = points["year"] + np.where(low, 0.06, -0.06)
    points["apart"] = np.where(low, np.minimum(points["share"], curves) - 0.05, np.maximum(points["share"], curves) + 0.045)  # fmt: skip
    years = np.linspace(2023, 2029, 49)
    parts = []
    for name in studies.SERIES:
        known = points.loc[points["series"] == name, "year"]
        cuts = (years[0], known.min(), known.max(), years[-1])
        for part, start, end in zip(("before", "between", "after"), cuts, cuts[1:], strict=False):
            at = np.unique([start, *years[(years > start) & (years < end)], end])
            parts.append(pd.DataFrame({"series": name, "part": part, "ours": part != "between", "year": at, "share": trade.logistic(at, studies.share_path(name))}))  # fmt: skip
    curve = pd.concat(parts)
    named = pd.DataFrame({"series": studies.SERIES, "year": [2026.9, 2023.6], "share": [0.56, 0.46]})
    named["said"] = ["IDC, cards; dotted: carried on by us", studies.SERIES[1]]
    inks = alt.Color(
        "series:N", legend=None, scale=alt.Scale(domain=list(studies.SERIES), range=["#00664b", "#8f3f72"])
    )
    x = alt.X("year:Q", title="Year (points at the middle of their period)", scale=alt.Scale(domain=[2023, 2029], nice=False), axis=alt.Axis(format="d", tickCount=6))  # fmt: skip
    y = alt.Y("share:Q", title="Share of home makers", scale=alt.Scale(domain=[0, 1], nice=False), axis=alt.Axis(format="%", tickCount=5))  # fmt: skip
    shade = alt.Color("series:N", title=None, legend=None, scale=alt.Scale(domain=list(studies.SERIES), range=[charts.GREEN, charts.PURPLE]))  # fmt: skip
    dash = alt.StrokeDash("ours:N", legend=None, scale=alt.Scale(domain=[False, True], range=[[7, 4], [2, 4]]))
    lines = alt.Chart(curve).mark_line(strokeWidth=2).encode(x=x, y=y, color=shade, strokeDash=dash, detail="part:N")
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=140, opacity=1)
        .encode(
            x=x,
            y=y,
            color=shade,
            shape=alt.Shape(
                "nature:N",
                legend=None,
                scale=alt.Scale(domain=["counted or estimated", "forecast"], range=["circle", "diamond"]),
            ),
            tooltip=[
                alt.Tooltip("series:N", title="Basis"),
                alt.Tooltip("year:Q", title="Year"),
                alt.Tooltip("share:Q", title="Share", format=".0%"),
                alt.Tooltip("nature:N", title="Kind"),
            ],
        )
    )
    labels = [
        charts.edged_words(alt.Chart(points[side]), {"align": align}, x=alt.X("beside:Q"), y=alt.Y("apart:Q"), text="label:N")
        for side, align in ((low, "left"), (~low, "right"))
    ]  # fmt: skip
    names = charts.edged_words(alt.Chart(named), {"align": "left"}, x=x, y=y, text="said:N", color=inks)
    return alt.layer(lines, dots, *labels, names).properties(
        width=charts.WIDTH - 70,
        height=230,
        title=charts.title(
            "IDC counted a rise; Bernstein has one estimate and two forecasts",
            "Home makers’ share of AI chips in China; dashed, a logistic curve through the ends; dotted, carried on by us",
            "Source: IDC (2023 H1, 2024, 2025) and Bernstein, as relayed; data/trade_shares.csv, data/volumes.csv",
        ),
        description=(
            "Line chart, 2023 to 2029, of the share of home makers in China's AI chips: by cards counted by IDC from 10 over 30 to 41 per cent,"
            " by sales in a model of Bernstein from 19 per cent in 2023 to 80 and 93 per cent forecast for 2026 and 2028."
        ),
    )


def sweep_table() -> page.Table:
    """Learning rates with exponents and years to parity."""
    frame = studies.sweep()
    rows = {
        percent(rate): [f"{r.exponent:.3f}", "never" if np.isinf(r.years) else f"{r.years:.1f}", f"{r.doublings:.1f}"]
        for rate, r in frame.iterrows()
    }
    columns = ["Exponent", "Years to parity", "Doublings a year that only keep up"]
    told = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("Learning rate")
    return page.table(
        told, "At twice the cost, cumulative output tripling each year, rival’s price 20% lower each year"
    )


def rates_table() -> page.Table:
    """Published learning rates, and what we read of each."""
    frame = studies.rates()

    def figure(r: object) -> str:
        if not np.isnan(r.central):
            return f"{r.central:g}"
        return "none in the abstract" if np.isnan(r.low) else f"{r.low:.1f} to {r.high:.1f}"

    rows = {r.product: [r.who, r.period, figure(r), r.note] for r in frame.itertuples()}
    told = pd.DataFrame.from_dict(rows, "index", columns=["By", "Period", "Rate, %", "Note"]).rename_axis("Product")
    return page.table(told, "Learning rates in print; all read in abstract only")


def studies_table() -> page.Table:
    """Sample, outcome and control group of each study."""
    frame = studies.disagreeing()
    size = [
        _ARROWS[r.finding] if np.isnan(r.effect_pct) else f"{percent(r.effect_pct / 100, 1, signed=True)}"
        for r in frame.itertuples()
    ]
    told = frame.assign(found=size)[
        ["who", "measure", "sample", "outcome", "control_group", "found", "basis_read", "note"]
    ]
    told.columns = ["By", "Rule", "Sample", "Outcome", "Compared with", "Found", "We read", "Caution"]
    return page.table(told.set_index("By"), "What each study compared")


def example_table() -> page.Table:
    """The published example with four countries, and a denial in it."""
    free = studies.free_trade_example()
    cut, charge = studies.denial_example("United States", "Rest of the world", 0.2)
    told = pd.DataFrame(
        {
            "Free trade: price, %": [places(100 * v, 2) for v in free["price"]],
            "Free trade: welfare": [places(v, 1) for v in free["welfare"]],
            "Denial: price, %": [places(100 * v, 2) for v in cut["price"]],
            "Denial: producers": [places(v, 1) for v in cut["producers"]],
            "Denial: buyers": [places(v, 1) for v in cut["buyers"]],
        },
        index=free.index.rename("Country"),
    )
    return page.table(
        told,
        "Left: the United States and the European Union free their trade, as printed. Right: the United States withholds a fifth of its"
        f" sales to the rest of the world, which equals a charge of {percent(charge, 1)}",
    )
