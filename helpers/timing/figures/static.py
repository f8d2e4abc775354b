"""Static charts and tables of 44: what is left of a stock, a U-turn then and now, a counterfactual, the offers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.words import date_words, listed, percent
from helpers.core.words import figures as number
from helpers.show import charts, page
from helpers.show.charts import alt
from helpers.timing import model as timing
from helpers.timing import studies
from helpers.timing.figures.choices import kind_of

_TURNS = {
    "2021": "in 2021",
    "the home share of 2026": "2021, but with the home share of today",
    "the fear of 2026": "2021, but with the fear of today",
    "2026": "in 2026, if China took all",
    "2026, as let in": "in 2026, as China lets in",
}


def left_chart() -> alt.LayerChart:
    """What is left of a stock that is not refilled, by three rates of retirement, by the year and continuously."""
    low, central, high = studies.parameter("retire_per_year")
    years = np.arange(0, 7)
    lines = [
        {"year": int(t), "left": float(100 * v), "line": f"{percent(rate)} a year"}
        for rate in (low, central, high)
        for t, v in zip(years, timing.left_after(years, rate), strict=True)
    ]
    smooth = [
        {"year": float(t), "left": float(100 * timing.left_after(t, central, "continuously"))}
        for t in np.linspace(0, 6, 25)
    ]
    names = [f"{percent(rate)} a year" for rate in (low, central, high)]
    x = alt.X("year:Q", title="Years after the last delivery", scale=alt.Scale(domain=[0, 7.8], nice=False), axis=alt.Axis(values=list(range(7))))  # fmt: skip
    y = alt.Y("left:Q", title="Chips still in use (%)", scale=alt.Scale(domain=[0, 100], nice=False))
    base = alt.Chart(pd.DataFrame(lines))
    colour = alt.Color(
        "line:N", legend=None, scale=alt.Scale(domain=names, range=[charts.SKY, charts.BLUE, charts.INK])
    )
    curves = base.mark_line(strokeWidth=2.5, point=True).encode(x=x, y=y, color=colour)
    dotted = alt.Chart(pd.DataFrame(smooth)).mark_line(strokeDash=[4, 3], color=charts.BLUE, strokeWidth=1.5).encode(x=x, y=y)  # fmt: skip
    at_end = base.transform_filter("datum.year == 6")
    labels = [
        at_end.transform_filter(f"{side} (datum.line == '{names[1]}')").mark_text(align="left", dx=8, dy=dy, fontSize=13).encode(x=x, y=y, text="line:N")
        for side, dy in (("!", 0), ("", 8))
    ]  # fmt: skip
    named = pd.DataFrame(
        {"year": [6.0], "left": [smooth[-1]["left"]], "words": [f"{percent(central)}, at every moment"]}
    )
    labels.append(alt.Chart(named).mark_text(align="left", dx=8, dy=-6, fontSize=13).encode(x=x, y=y, text="words:N"))
    third = pd.DataFrame(
        {
            "year": [3, 3],
            "left": [float(100 * timing.left_after(3, central, how)) for how in timing.HOW],
            "words": [percent(float(timing.left_after(3, central, how))) for how in timing.HOW],
        }
    )
    marks = alt.Chart(third).mark_point(filled=True, size=90, color=charts.VERMILION, opacity=1).encode(x=x, y=y)
    tops = alt.Chart(third)
    said = [
        charts.edged_words(tops.transform_filter(f"datum.words == '{row.words}'"), {"align": side, "dx": dx, "dy": dy}, x=x, y=y, text="words:N")
        for row, (side, dx, dy) in zip(third.itertuples(), (("right", -6, 14), ("left", 6, -12)), strict=True)
    ]  # fmt: skip
    return alt.layer(curves, dotted, *labels, marks, *said).properties(
        width=charts.WIDTH - 100,
        height=230,
        title=charts.title(
            f"At {percent(central)} a year, half of the chips still work three years after the last delivery",
            "Share of a stock that is not refilled; lines: loss by the year; dashed: the same 20%, lost at every moment",
            "Source: arithmetic; rates in data/timing_parameters.csv.",
        ),
        description="Line chart of the share of chips still in use after 0 to 6 years, for 10, 20 and 33% retired a year; at 20% it is 51% after three years by the year and 55% by continuous loss.",
    )


def turns_chart() -> alt.LayerChart:
    """What a return to selling buys in 2021 and in 2026, and with one thing changed at a time."""
    found = studies.turns()
    table = pd.DataFrame(
        {
            "what": [_TURNS[name] for name in found],
            "bought": [turn.bought for turn in found.values()],
            "end": [name in ("2021", "2026", "2026, as let in") for name in found],
        }
    )
    table["label"] = [number(value, 3) if value >= 0.005 else "under 0.005" for value in table["bought"]]
    base = alt.Chart(table)
    y = alt.Y("what:N", title=None, sort=table["what"].tolist(), axis=alt.Axis(labelLimit=300, labelFontSize=14, minExtent=270, ticks=False, domain=False))  # fmt: skip
    x = alt.X("bought:Q", title="Leverage kept by five years of sale, in years of the buyer's need", scale=alt.Scale(domain=[0, 1.3], nice=False))  # fmt: skip
    bars = base.mark_bar(height=26).encode(x=x, y=y, color=alt.condition("datum.end", alt.value(charts.BLUE), alt.value("#a9cfe6")))  # fmt: skip
    words = base.mark_text(align="left", dx=6, fontSize=14).encode(x=x, y=y, text="label:N")
    return (bars + words).properties(
        width=charts.WIDTH - 300,
        height=34 * len(table),
        title=charts.title(
            "The same U-turn keeps far less today, if what is kept is counted in years of the need",
            "A return to selling, against denial going on; pale: 2021 with one thing of 2026, the home share or the fear",
            "Source: helpers/timing/studies/turns.py; data/timing_parameters.csv, volumes.csv; fears are ours.",
        ),
        description="Bar chart of the leverage that five years of sale keep, in years of the need: "
        + "; ".join(f"{row.what} {row.label}" for row in table.itertuples())
        + ".",
    )


def paths_chart() -> alt.LayerChart:
    """One path of home shares, and five readings of what it would have been without fear."""
    table = studies.paths()
    table = table.assign(
        percent=100 * table["share"], line=[f"if {percent(part)} answers fear" for part in table["answer_part"]]
    )
    base = alt.Chart(table[["year", "percent", "line", "answer_part"]])
    x = alt.X("year:Q", title="Middle of the year or half-year", scale=alt.Scale(domain=[2021.6, 2032.4], nice=False), axis=alt.Axis(format="d", values=list(range(2022, 2031))))  # fmt: skip
    y = alt.Y("percent:Q", title="Home share of the need (%)", scale=alt.Scale(domain=[0, 100], nice=False))
    end = studies.middle_of(studies.LAST)
    went = table.loc[table["answer_part"] == 0, ["year", "percent"]]
    between = pd.concat([went[went["year"] < end], pd.DataFrame({"year": [end], "percent": [100 * studies.need_share(studies.LAST)]})])  # fmt: skip
    seen = alt.Chart(between).mark_line(strokeWidth=3, color=charts.GREEN).encode(x=x, y=y)
    carried = alt.Chart(pd.concat([between.tail(1), went[went["year"] > end]])).mark_line(strokeWidth=3, strokeDash=[2, 4], color=charts.GREEN).encode(x=x, y=y)  # fmt: skip
    others = base.transform_filter("datum.answer_part > 0").mark_line(strokeWidth=2, strokeDash=[6, 4], color=charts.SOFT_INK).encode(x=x, y=y, detail="line:N")  # fmt: skip
    ends = base.transform_filter("datum.year >= 2029.99 && datum.answer_part > 0").mark_text(align="left", dx=6, fontSize=13).encode(x=x, y=y, text="line:N")  # fmt: skip
    first, last = studies.FIRST, studies.LAST
    counts = pd.DataFrame(
        {
            "year": [studies.middle_of(first), studies.middle_of(last), studies.middle_of(last)],
            "percent": [
                100 * studies.home_share(first),
                100 * studies.home_share(last),
                100 * studies.need_share(last),
            ],
            "kind": ["need", "sales", "need"],
        }
    )
    counts["words"] = [f"{counts['percent'][0]:.0f}%", f"{counts['percent'][1]:.0f}% of what was sold", f"{counts['percent'][2]:.0f}% of the need"]  # fmt: skip
    fill = alt.condition("datum.kind == 'need'", alt.value(charts.GREEN), alt.value("white"))
    points = alt.Chart(counts).mark_point(filled=True, size=130, stroke=charts.GREEN, strokeWidth=2, opacity=1).encode(x=x, y=y, fill=fill)  # fmt: skip
    said = charts.edged_words(
        alt.Chart(counts).transform_filter("datum.kind == 'sales' || datum.percent < 20"),
        {"align": "right", "dx": -12, "dy": -8},
        x=x,
        y=y,
        text="words:N",
    )
    low = charts.edged_words(alt.Chart(counts).transform_filter("datum.kind == 'need' && datum.percent > 20"), {"align": "right", "dx": -14, "dy": -1}, x=x, y=y, text="words:N")  # fmt: skip
    named = alt.Chart(
        table[table["answer_part"] == 0].nlargest(1, "year")[["year", "percent"]].assign(words="carried on by us")
    ).mark_text(align="left", dx=6, fontSize=13, color="#00664b", fontWeight="bold").encode(x=x, y=y, text="words:N")  # fmt: skip
    return alt.layer(carried, seen, others, ends, points, said, low, named).properties(
        width=charts.WIDTH - 90,
        height=250,
        title=charts.title(
            "The more of the speed answers fear, the lower the share would have been without it",
            "Green: as it went, dotted from the last count on; dashed: without any fear, if so much of the speed answers it",
            "Source: IDC by way of the press (data/volumes.csv); dashed lines are a model, not data.",
        ),
        description="Line chart of the home share of China's need from 2023 to 2030: the path through a count and our reading of another, dotted where carried on, and dashed lines for what it would have been without fear if 25, 50, 75 or 100% of the speed answers fear; they fan out, and the last stays level. A hollow mark shows the larger share of what was sold.",
    )


def offers_table() -> page.Table:
    """What was offered, when its last terms were known, when it was answered, and what came."""
    volumes = data.load("volumes").set_index("volume_id")

    steps = studies.offer_steps()
    answers = steps[steps["step"] == "answer"].groupby("offer_id")["date"].agg(list)

    def said(moment: pd.Timestamp) -> str:
        return "no" if pd.isna(moment) else date_words(moment, "day")

    rows = [
        {
            "Chip": row.words,
            "Offered": said(row.offered),
            "Last term known": said(row.termed),
            "Halts reported": listed(said(day) for day in answers.get(row.offer_id, [pd.NaT])),
            "What came": "nothing" if not row.outcome_volume else _came(volumes.loc[row.outcome_volume]),
        }
        for row in studies.offers().itertuples()
    ]
    return page.table(pd.DataFrame(rows).set_index("Chip"), "Offers to China and what became of them")


def offer_steps_table() -> page.Folded:
    """Every step of every offer by its day: terms, public doubts, answers, consents, deliveries; folded."""
    names = data.load("offers").set_index("offer_id")["words"]
    steps = studies.offer_steps()
    frame = pd.DataFrame(
        {
            "Chip": steps["offer_id"].map(names),
            "Day": [date_words(row.date, row.date_precision) for row in steps.itertuples()],
            "Step": steps["step"],
            "What": steps["words"],
            "How sure": steps["confidence"],
        }
    ).set_index("Chip")
    return page.Folded("Terms and answers, day by day", page.table(frame, "Offers to China by day"))


def _came(volume: pd.Series) -> str:
    until = date_words(volume["period_end"], "month")
    if volume["unit"] == "units":
        return f"about {volume['central']:,.0f} by {until}"
    return f"about {1000 * volume['central']:.0f} million USD in the {volume['period_kind']} to {until}"


def identify_table() -> page.Folded:
    """Each assumption with its range, and what would have to be seen to know it; folded."""
    table = data.load("timing_parameters")
    frame = pd.DataFrame(
        {
            "Assumption": table["words"],
            "Low, middle, high": [f"{r.low:g}, {r.central:g}, {r.high:g}" for r in table.itertuples()],
            "Unit": table["unit"],
            "Whose": table["basis"].map({"assumed": "ours", "published": "published"}),
            "What would identify it": table["would_identify"],
        }
    ).set_index("Assumption")
    return page.Folded("Every assumption, and what would identify it", page.table(frame, "Assumptions of the timing model"))  # fmt: skip


def arguments_table() -> page.Folded:
    """The arguments in full: who, what, interest, limit; folded."""
    table = studies.by_argument()
    words = {
        **data.load("timing_parameters").set_index("parameter")["words"],
        "speed": "Speed of the home tap over ours",
    }
    frame = pd.DataFrame(
        {
            "Who": table["who"],
            "Date": table["date"].dt.strftime("%Y-%m"),
            "The words": [kind_of(r.stance, r.side) for r in table.itertuples()],
            "Says": table["says"],
            "Moves": [f"{words[r.parameter]}: {r.value:g}" for r in table.itertuples()],
            "Worth most then": table["best"],
            "Interest": table["interest"],
            "Does not show": table["limit"],
        }
    ).set_index("Who")
    return page.Folded("The arguments in full, with interest and limit", page.table(frame, "Arguments on selling and denying, each put into the model"))  # fmt: skip
