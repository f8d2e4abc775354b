"""Charts of prices: mixed tokens, hardware and rent, and what is on record of chips, servers and rents."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.words import figures as rounded
from helpers.core.words import percent
from helpers.markets import model as markets
from helpers.markets import studies
from helpers.show import charts, page

_END = 2e6  # of the axis of chips
_WORDED = 9e5  # where the bar of “several hundred thousand” ends: those words stop short of a million
_KINDS = alt.Scale(domain=["US", "CN", "resold"], range=[charts.BLUE, charts.VERMILION, charts.PURPLE])
_PLACES = alt.Scale(domain=["China", "world"], range=[charts.VERMILION, charts.BLUE])


def tokens_chart() -> alt.LayerChart:
    """Prices of mixed tokens; rows: service, home, usd, label; signals: title, top."""
    base = charts.live("service", "home", "usd", "label")
    order = [*studies.COMPARED, studies.RESOLD]
    y = alt.Y("service:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(minExtent=190))
    x = alt.X("usd:Q", title="USD for a million tokens of mixed use", scale=alt.Scale(domain=[0, charts.signal("top")], nice=False), axis=alt.Axis(tickCount=6))  # fmt: skip
    colour = alt.Color("home:N", title=None, scale=_KINDS, legend=alt.Legend(orient="bottom", labelExpr="{'US': 'US maker', 'CN': 'Chinese maker', 'resold': 'resold'}[datum.label]"))  # fmt: skip
    bars = base.mark_bar(height=22).encode(x=x, y=y, color=colour)
    words = base.mark_text(align="left", dx=6, fontSize=13).encode(x=x, y=y, text="label:N")
    return alt.layer(bars, words).properties(
        width=charts.WIDTH - 210,
        height=250,
        title=charts.title(
            charts.signal("title"),
            "Prices only: what answers is not compared, and a resold call may come from another model",
            "Source: data/api_prices.csv, data/market_estimates.csv",
        ),
        description="Bar chart of prices of a million tokens of mixed use at six list prices of five models, and of one model resold, from zero to a little above the dearest. The sentence above gives the numbers.",
    )


def rent_rows(mark_up: float, utilisation: float, years: float, running: float) -> list[dict]:
    """Rows of the panel of hire: the line of what a hire price pays for, hardware prices, and today's hire prices."""
    rents = np.linspace(0, 5, 51)
    carried = markets.price_a_rent_carries(rents, years, utilisation, running)
    rows = [{"kind": "line", "rent": float(r), "usd": float(c), "name": "", "place": ""} for r, c in zip(rents, carried, strict=True)]  # fmt: skip
    said = f"mark-up {percent(mark_up)}, in use {percent(utilisation)} of hours, for {years:g} years, running cost {running:.2f} USD an hour"
    rows.append({"kind": "given", "rent": 0.0, "usd": 0.0, "name": said, "place": ""})
    for place, up in (("world", 0.0), ("China", mark_up)):
        rent = studies.latest_hire()[place].usd
        found = studies.parity(up, rent, utilisation, years, running)
        where = "in China" if place == "China" else "elsewhere"
        rows.append({"kind": "hardware", "rent": 0.0, "usd": found.hardware_usd, "name": f"hardware {where}", "place": place})  # fmt: skip
        rows.append({"kind": "rent", "rent": rent, "usd": found.carried_usd, "name": f"{'China’s' if place == 'China' else 'the world’s'} hire price", "place": place})  # fmt: skip
    return rows


def rent_panel_chart() -> alt.LayerChart:
    """What a hire price pays for against what hardware costs; rows of `rent_rows`; signal: title."""
    base = charts.live("kind", "rent", "usd", "name", "place")
    x = alt.X(
        "rent:Q",
        title="Hire price of an H100, USD an hour",
        scale=alt.Scale(domain=[0, 5], nice=False),
        axis=alt.Axis(tickCount=6),
    )
    y = alt.Y("usd:Q", title="USD for each chip", scale=alt.Scale(domain=[0, 240_000], nice=False), axis=alt.Axis(format=",.0f", tickCount=6))  # fmt: skip
    colour = alt.Color("place:N", scale=_PLACES, legend=None)
    line = base.transform_filter("datum.kind == 'line'").mark_line(strokeWidth=3, color=charts.GREEN, clip=True).encode(x=x, y=y)  # fmt: skip
    hardware = base.transform_filter("datum.kind == 'hardware'")
    rules = hardware.mark_rule(strokeWidth=2, strokeDash=[6, 4], clip=True).encode(y=y, color=colour)
    costs = [
        charts.edged_words(hardware.transform_filter(f"datum.place {test} 'China'"), {"align": "left", "dy": dy}, x=alt.value(8), y=y, text="name:N", color=colour)
        for test, dy in (("==", -9), ("!=", 13))
    ]  # fmt: skip
    dots = base.transform_filter("datum.kind == 'rent'")
    points = dots.mark_point(size=150, filled=True, opacity=1, clip=True).encode(x=x, y=y, color=colour, shape=alt.Shape("place:N", scale=alt.Scale(domain=["China", "world"], range=["square", "circle"]), legend=None))  # fmt: skip
    names = [
        charts.edged_words(dots.transform_filter(f"datum.place == '{place}'"), {"align": align, "dx": dx, "dy": dy, "clip": True}, x=x, y=y, text="name:N", color=colour)
        for place, align, dx, dy in (("China", "right", -12, -6), ("world", "left", 10, 14))
    ]  # fmt: skip
    given = charts.edged_words(base.transform_filter("datum.kind == 'given'"), {"align": "right", "dx": -6, "dy": 12}, x=alt.value(charts.WIDTH - 90), y=alt.value(0), text="name:N")  # fmt: skip
    return alt.layer(*costs, given, *names, rules, line, points).properties(
        width=charts.WIDTH - 90,
        height=290,
        padding={"left": 5, "top": 5, "right": 20, "bottom": 10},
        title=charts.title(
            charts.signal("title"),
            "Green: hardware that hire pays for; dashed: its cost; marks: latest hire prices at most a month apart",
            "Source: data/rental_prices.csv, data/chips.csv; mark-up, use, life and running cost: assumptions of ours",
        ),
        description="Line chart: the price of hardware that hire pays for rises in a straight line with the hire price, from 0 to 5 USD an hour; two dashed lines mark the cost of hardware in China and elsewhere, two marks the hire prices on record in China and the world. The sentence above gives the numbers.",
    )


# --- on record ----------------------------------------------------------------------------------


def _range_words(row: Any) -> str:
    """The ends of a bar, and the figure at its dot."""
    low, middle = rounded(row.low, 3), rounded(row.central, 3)
    if row.ends == "upper end in words only":
        return f"{low} to “several hundred thousand”, median {middle}"
    if row.ends == "scaled by us":
        return f"count {middle}, our range {low} to {rounded(row.high, 3)}"
    return f"{low} to {rounded(row.high, 3)}, median {middle}"


def smuggled_chart() -> alt.LayerChart:
    """Published estimates of chips as intervals."""
    frame = studies.smuggled().reset_index(drop=True)
    frame["row"] = frame["who"] + ": " + frame["quantity"] + ", " + frame["period"]
    frame["end"] = frame["high"].astype(float).fillna(_WORDED)
    frame["low"], frame["central"] = frame["low"].astype(float), frame["central"].astype(float)
    frame["words"] = [_range_words(r) for r in frame.itertuples()]
    frame["ink"] = np.where(frame["unit"] == "H100-equivalents", charts.PURPLE, charts.BLUE)
    order = frame["row"].tolist()
    y = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(labelLimit=330, minExtent=300))
    scale = alt.Scale(type="log", domain=[1000, _END], nice=False)
    x = alt.X("low:Q", title="Chips, in the last row H100-equivalents (logarithmic)", scale=scale, axis=alt.Axis(values=[1e3, 1e4, 1e5, 1e6], format=",.0f"))  # fmt: skip
    ends = alt.Scale(domain=["printed", "upper end in words only", "scaled by us"], range=[[1, 0], [2, 3], [8, 4]])
    base = alt.Chart(frame)
    bars = base.mark_rule(strokeWidth=5).encode(
        color=alt.Color("ink:N", scale=None), x=x, x2="end:Q", y=y, strokeDash=alt.StrokeDash("ends:N", title="Interval", scale=ends, legend=alt.Legend(orient="bottom", symbolStrokeWidth=4, symbolSize=300))
    )  # fmt: skip
    dots = base.mark_point(size=120, filled=True, color=charts.INK, opacity=1).encode(x=alt.X("central:Q", scale=scale), y=y)  # fmt: skip
    words = charts.edged_words(base, {"align": "right", "dy": -14}, x=alt.X("end:Q", scale=scale), y=y, text="words:N")
    return alt.layer(words, bars, dots).properties(
        width=charts.WIDTH - 320,
        height=215,
        title=charts.title(
            "Every range of smuggled chips, printed or ours, spans a factor of five or more",
            f"NVIDIA chips taken to China against US rules (pink: computing); dot: median or count; dotted: to {_WORDED:,.0f} by us",
            "Dashed: Epoch AI printed no range of chips, so we scale that of the last row. Source: data/market_estimates.csv",
        ),
        description="Intervals on a logarithmic axis from 1,000 to 2 million: CNAS's model of one channel, 1,600 to 200,000 with a median of 18,000; CNAS for 2024, 10,000 to several hundred thousand, median 140,000; Epoch AI to the end of 2024 and of 2025, about 171,000 and 466,000, with intervals scaled by us from its interval for computing, which is drawn last: 290,000 to 1.6 million H100-equivalents, median 660,000.",
    )


_HIRE = "Hire price of an H100 in the world, contracts, from May offers"
_DATED = {"bis-h200-rule": "15 Jan.: US rule for H200", "bis-subsidiary-guidance": "31 May: US guidance", "h200-first-deliveries": "Aug.: first H200 arrive"}  # fmt: skip


def street_chart() -> alt.LayerChart:
    """B300 servers in China in 2026, three dated steps, and the hire price of an H100 as a sign of shortage; both 100 in
    January 2026, the month of the first quotation."""
    quoted = studies.quoted_mark_ups()
    days = pd.to_datetime([f"{d}-15" for d in quoted["date"]])
    first = float(quoted["usd"].iloc[0])
    price = pd.DataFrame({"day": days, "index": 100 * quoted["usd"].astype(float).to_numpy() / first, "series": "B300 server in China, quoted"})  # fmt: skip
    rents = studies.rent_path()
    rents = rents[(rents["place"] == "world") & (rents["day"] >= "2025-10-01")]
    start = studies.hire_on("world", str(quoted["date"].iloc[0]))
    rent = pd.DataFrame({"day": rents["day"], "index": 100 * rents["usd"] / start, "series": _HIRE})
    frame = pd.concat([price, rent])
    events = data.load("events").set_index("event_id").loc[list(_DATED), ["date"]].reset_index()
    events["words"] = events["event_id"].map(_DATED)
    events["y"] = [206, 216, 226]
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount="month", labelAngle=-40), scale=alt.Scale(domain=["2025-10-01", "2026-11-01"]))  # fmt: skip
    y = alt.Y("index:Q", title="January 2026 = 100", scale=alt.Scale(domain=[70, 232], nice=False))
    series = ["B300 server in China, quoted", _HIRE]
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series, range=[charts.VERMILION, charts.BLUE]), legend=alt.Legend(orient="bottom", labelLimit=400))  # fmt: skip
    lines = alt.Chart(frame).mark_line(strokeWidth=2.5, strokeDash=[6, 4]).encode(x=x, y=y, color=colour)
    dots = alt.Chart(frame).mark_point(filled=True, size=110, opacity=1).encode(x=x, y=y, color=colour, shape=alt.Shape("series:N", title=None, scale=alt.Scale(domain=series, range=["square", "circle"])))  # fmt: skip
    rules = alt.Chart(events).mark_rule(color=charts.GREY, strokeDash=[3, 3]).encode(x=alt.X("date:T"))
    words = charts.edged_words(alt.Chart(events), {"align": "left", "dx": 4}, x=alt.X("date:T"), y=alt.Y("y:Q"), text="words:N")  # fmt: skip
    return alt.layer(rules, lines, dots, words).properties(
        width=charts.WIDTH - 70,
        height=250,
        title=charts.title(
            "The quoted price doubled in half a year; hire prices in the world rose too, but less",
            "Quotations of one origin (contested), at 7.2 yuan, none found after June; hire in January lies between two figures",
            "Source: data/market_prices.csv, data/rental_prices.csv, data/events.csv",
        ),
        description="Two dashed lines, each 100 in January 2026, October 2025 to October 2026. B300 servers in China: 100 in January, 180 in May, 200 in June 2026. Hire prices of an H100 in the world: 81 in October 2025, 112 in March, 141 in May, 166 in October 2026; contracts first, offers from May. Three vertical lines mark 15 January, 31 May and August 2026.",
    )


def rents_chart() -> alt.LayerChart:
    """Hire prices of an H100 in China and the world."""
    frame, gap = studies.rent_path(), studies.china_over_world()
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"), scale=alt.Scale(domain=["2023-06-01", "2027-02-01"]))  # fmt: skip
    y = alt.Y("usd:Q", title="USD for an H100 hour", scale=alt.Scale(domain=[0, 8.4], nice=False))
    colour = alt.Color("place:N", scale=_PLACES, legend=None)
    base = alt.Chart(frame)
    bars = base.mark_rule(strokeWidth=2, opacity=0.5).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour)
    lines = base.mark_line(strokeWidth=2.5, strokeDash=[6, 4]).encode(x=x, y=y, color=colour)
    shape = alt.Shape("place:N", scale=alt.Scale(domain=["China", "world"], range=["square", "circle"]), legend=None)
    dots = base.mark_point(filled=True, size=100, opacity=1).encode(x=x, y=y, color=colour, shape=shape)
    last = frame.groupby("place").tail(1).assign(label=lambda f: f["place"].map({"China": "China", "world": "the world"}))  # fmt: skip
    words = charts.edged_words(alt.Chart(last), {"align": "left", "dx": 10}, x=x, y=y, text="label:N", color=colour)
    return alt.layer(bars, lines, dots, words).properties(
        width=charts.WIDTH - 60,
        height=240,
        title=charts.title(
            f"In October 2025 an H100 hour cost {percent(1 - gap.loc[gap['matched'], 'ratio'].item())} less in China; other pairs give at least {percent(1 - gap['high'].max())}",
            "October 2025: contracts from both. Other pairs mix kinds or months. Bars: lowest and highest in print",
            "Source: data/rental_prices.csv (yuan at the rates noted there)",
        ),
        description="Two dashed lines of the hire price of an H100 hour in US dollars, 2023 to 2026. World: 8 in 2023, 2 in October 2024, 1.70 in October 2025, then 2.35, 2.95 and 3.47 in 2026. China: 3.61 in January 2024, 1.69 in October 2024, 1.77 in March 2025, 1.31 in October 2025, 2.02 in April 2026.",
    )


# --- tables -------------------------------------------------------------------------------------


def cases_table() -> page.Table:
    """Cases: court, date and what is alleged; no names."""
    frame = studies.cases().set_index("date")[["court", "status", "alleged", "value"]]
    frame.index.name = "Date"
    return page.table(frame.rename(columns=str.capitalize), "Cases on record: a charge is not a finding of guilt")


def cheap_table() -> page.Table:
    """“Cheap” split into four."""
    return page.table(studies.cheap_table(), "“Cheap” is four things, and only in the last perhaps nobody else pays")


def receivers_table() -> page.Table:
    """Who receives the wedge, and what buyers, treasuries and the maker have of it, by instrument."""
    return page.table(
        studies.receivers(),
        "Who gets the gap depends on what holds prices apart; at the price of step 6, of a hundred pieces",
    )
