"""Cases by their days, targets beside outcomes, plans and funds."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core import data
from helpers.core.words import figures, percent, times
from helpers.law import studies
from helpers.show import charts, page

_ENDS = {
    "adopted": ("binds", charts.GREEN),
    "award": ("binds", charts.GREEN),
    "void": ("in the void", charts.VERMILION),
    "pending": ("open, or ended without a ruling", charts.GREY),
    "talks only": ("open, or ended without a ruling", charts.GREY),
    "ended without ruling": ("open, or ended without a ruling", charts.GREY),
    "settled": ("open, or ended without a ruling", charts.GREY),
}
_MONTH = 365.25 / 12  # days
_SHORT = {"United States": "US", "Hong Kong, China": "Hong Kong", "China, Norway, Switzerland, Türkiye": "China + 3", "United States, EU, Japan": "US + 2", "United States, EU, Mexico": "US + 2", "EU, United States, Japan": "EU + 2"}  # fmt: skip


def cases_chart(cases: pd.DataFrame) -> alt.LayerChart:
    """Each case as a line from its request to its end; a tick where the rules would have it end.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")``.
    """
    rows = studies.lives(cases).sort_values("start", kind="stable")
    ruled = rows.dropna(subset="times")
    months = [days / _MONTH for days in (ruled["rule_days"].min(), ruled["rule_days"].max())]
    due = rows["start"] + pd.to_timedelta(rows["rule_days"], unit="D")
    records = [
        {
            "name": f"{r.case_id}: {_SHORT.get(r.complainants, r.complainants)} v {_SHORT.get(r.respondent, r.respondent)}",
            "start": int(start), "until": int(until), "end": _ENDS[r.end][0], "words": r.title.split(" – ")[1] + (", open" if r.is_open else ", settled" if r.end == "settled" else ""),
            **({"due": int(day)} if pd.notna(d) else {}),
        }
        for r, start, until, d, day in zip(
            rows.itertuples(), charts.milliseconds(rows["start"]), charts.milliseconds(rows["until"]), due,
            charts.milliseconds(due.fillna(rows["start"])),
        )
    ]  # fmt: skip
    order = [r["name"] for r in records]
    base = alt.Chart(alt.InlineData(values=records))
    ends = list(dict.fromkeys(word for word, _ in _ENDS.values()))
    colour = alt.Color(
        "end:N",
        title="Ended, or hangs",
        scale=alt.Scale(domain=ends, range=[charts.GREEN, charts.VERMILION, charts.GREY]),
        legend=alt.Legend(orient="bottom", symbolType="square"),
    )
    span = [int(pd.Timestamp(day).timestamp() * 1000) for day in ("2004-01-01", "2031-01-01")]
    axis = alt.Axis(format="%Y", values=[int(pd.Timestamp(y, 1, 1).timestamp() * 1000) for y in range(2004, 2027, 2)])
    scale = alt.Scale(domain=span, nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:T", title=None, scale=scale, axis=axis)

    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=230, domain=False, ticks=False))
    bars = base.mark_bar(height=8).encode(
        x=x("start"), x2="until:T", y=y, color=colour,
        tooltip=[alt.Tooltip("name:N", title="Case"), alt.Tooltip("words:N", title="Title"), alt.Tooltip("start:T", title="Requested"), alt.Tooltip("until:T", title="Until")],
    )  # fmt: skip
    ticks = base.transform_filter("isValid(datum.due)").mark_tick(color=charts.INK, thickness=3, size=13).encode(x=x("due"), y=y)  # fmt: skip
    words = charts.edged_words(base, {"align": "left", "dx": 6}, x=x("until"), y=y, text="words:N")
    empty = int(pd.Timestamp(studies.body_last_day()).timestamp() * 1000)
    rule = alt.Chart(alt.InlineData(values=[{"day": empty}])).mark_rule(color=charts.VERMILION, strokeDash=[5, 3], strokeWidth=2).encode(x="day:T")  # fmt: skip
    return (rule + bars + ticks + words).properties(
        width=charts.WIDTH - 180,
        height=15 * len(records),
        title=charts.title(
            f"Cases with a ruling took {ruled['took_days'].median() / 365.25:.1f} years to bind or hang, {times(ruled['times'].min())} to {times(ruled['times'].max())} times what the rules say",
            f"To adoption, award, appeal to the void or withdrawal; tick: {months[0]:.0f} months by the rules, {months[1]:.0f} if appealed",
            "Dashed: last day with judges for an appeal. Source: data/wto_cases.csv, data/dsu_clock.csv (DSU 4.7, 20)",
        ),
        description=f"Timeline of {len(records)} cases at the World Trade Organization from 2004 to 2026, coloured by whether they bind, hang in the void, or are open or ended without a ruling; ticks mark the end that the rules foresee, earlier than every ruling.",
    )


_KINDS = ("measured", "estimated", "claimed", "forecast")
_NO_COUNT = "no count yet"


def targets_chart() -> alt.LayerChart:
    """Target and outcome of each goal as a dumbbell, the target being 100."""
    rows = studies.targets().dropna(subset="share")
    records = [
        {
            "name": r.measure, "detail": r.counted, "share": 100 * r.share, "target": 100.0, "kind": r.outcome_kind,
            "met": _NO_COUNT if r.outcome_kind == "forecast" else "reached" if r.share >= 1 else "missed", "plan": r.plan, "confidence": r.confidence,
            "label": f"{figures(r.outcome, 3)} of {figures(r.target, 3)}{'' if r.unit[0] == '%' else ' '}{r.unit}{f' by {r.outcome_on:%Y}' if r.outcome_on.year < r.due.year else ''}",
        }
        for r in rows.itertuples()
    ]  # fmt: skip
    order = [r["name"] for r in records]
    base = alt.Chart(alt.InlineData(values=records))
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, domain=False, ticks=False))
    scale = alt.Scale(type="log", domain=[6, 500], nice=False)
    axis = alt.Axis(values=[10, 20, 50, 100, 200, 300], labelExpr="datum.value + '%'")

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Outcome as a share of the target (log scale)", scale=scale, axis=axis)

    colour = alt.Color("met:N", title="Target (tick)", scale=alt.Scale(domain=["reached", "missed", _NO_COUNT], range=[charts.GREEN, charts.VERMILION, charts.GREY]), legend=alt.Legend(orient="bottom", symbolType="square"))  # fmt: skip
    bars = base.mark_rule(strokeWidth=4, opacity=0.5).encode(x=x("share"), x2="target:Q", y=y, color=colour)
    goal = base.mark_tick(color=charts.INK, thickness=3, size=18).encode(x=x("target"), y=y)
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(
        x=x("share"), y=y, color=colour,
        shape=alt.Shape("kind:N", title="Outcome is", scale=alt.Scale(domain=list(_KINDS), range=["circle", "diamond", "square", "triangle-up"]), legend=alt.Legend(orient="bottom")),
        tooltip=[alt.Tooltip("name:N", title="Goal"), alt.Tooltip("plan:N", title="Plan"), alt.Tooltip("detail:N", title="Counted"), alt.Tooltip("label:N", title="Outcome"), alt.Tooltip("confidence:N", title="Confidence")],
    )  # fmt: skip
    right = base.transform_filter("datum.share >= 100").mark_text(align="left", dx=10, fontSize=12).encode(x=x("share"), y=y, text="label:N")  # fmt: skip
    left = base.transform_filter("datum.share < 100").mark_text(align="right", dx=-10, fontSize=12).encode(x=x("share"), y=y, text="label:N")  # fmt: skip
    met = rows[rows["share"] >= 1]
    own = int((met["outcome_kind"] == "claimed").sum())
    return (bars + goal + dots + right + left).properties(
        width=charts.WIDTH - 230,
        height=25 * len(records),
        title=charts.title(
            "Analysts’ 40% for chips was missed; the plan’s own goal was never measured",
            "“Chips made”: set for core parts and materials, read as goals for chips by analysts",
            f"Each row on its own definition; {own} of the {len(met)} in green are the reporters’ claims. Source: data/plan_targets.csv",
        ),
        description=f"Dumbbell chart of {len(records)} targets of Chinese plans since 2014 with their outcomes as shares of the target on a log axis, from {percent(rows['share'].min())} for chips made by firms at home in 2020 to {percent(rows['share'].max())} for the size of the AI industry in 2025.",
    )


def funds_chart() -> alt.LayerChart:
    """The three phases of the Big Fund by registered capital."""
    rows = studies.funds()
    records = [
        {"phase": f"{r.phase}, {r.date:%Y}", "cny_bn": float(r.cny_bn), "label": f"{r.cny_bn:,.0f}"}
        for r in rows.itertuples()
    ]
    base = alt.Chart(alt.InlineData(values=records))
    y = alt.Y("phase:N", sort=[r["phase"] for r in records], title=None, axis=alt.Axis(domain=False, ticks=False))
    x = alt.X("cny_bn:Q", title="Registered capital, billion yuan", scale=alt.Scale(domain=[0, 400]))
    bars = base.mark_bar(color=charts.GREEN, height=22).encode(x=x, y=y)
    words = base.mark_text(align="left", dx=6, fontSize=13).encode(x=x, y=y, text="label:N")
    raised, registered = studies.fund_growth()
    first = float(studies.support().set_index("support_id").loc["cn-fund-1", "amount_to"])
    tick = {"phase": records[0]["phase"], "cny_bn": first, "label": f"{first:,.1f} raised by late 2015"}
    also = alt.Chart(alt.InlineData(values=[tick]))
    ticks = also.mark_tick(color=charts.INK, thickness=3, size=26).encode(x=x, y=y)
    said = also.mark_text(align="left", dx=6, fontSize=13).encode(x=x, y=y, text="label:N")
    return (bars + words + ticks + said).properties(
        width=charts.WIDTH - 130,
        height=34 * len(records),
        title=charts.title(
            f"Each phase of the state chip fund is larger: {times(raised)} or {times(registered)} times in ten years",
            "Capital as registered, and what was raised for the first; what was spent is less well known",
            "Source: data/events.csv, data/chip_support.csv",
        ),
        description=f"Bar chart of the registered capital of three phases of China's chip fund: {', '.join(r['label'] for r in records)} billion yuan in 2014, 2019 and 2024; a tick marks what had been raised for the first by late 2015.",
    )


def plans_table() -> page.Table:
    """Plans that name chips or AI, by date, with who issued them."""
    rows = studies.plans()
    frame = pd.DataFrame(
        {
            "Plan": rows["name"],
            "Issued by": rows["issuer"],
            "On chips": rows["on_chips"],
            "On AI": rows["on_ai"].replace("", "–"),
        }
    )
    frame.index = pd.Index(rows["date"].dt.strftime("%b %Y"), name="When")
    return page.table(frame, "Plans that name chips or AI, and who issued them")


def answers_table(answers: pd.DataFrame) -> page.Table:
    """What a breach by another member permits, and what it does not.

    Parameters
    ----------
    answers : DataFrame
        ``data.load("law_answers")``.
    """
    words = {
        "always": "yes, breach or none",
        "if justified": "if justified by itself",
        "with leave": "with leave",
        "no": "no",
    }
    frame = pd.DataFrame(
        {
            "Allowed?": answers["allowed"].map(words),
            "Rule": answers["rule"],
            "Condition": answers["condition"]
            + answers["case_id"].map(lambda c: f" ({c}, {studies.mark(c)})" if c else ""),
        }
    )
    frame.index = pd.Index(answers["act"], name="What a member might do")
    return page.table(frame, "Another member has broken a rule. May you …")


def cases_table(cases: pd.DataFrame) -> page.Table:
    """Every case: who, whom, measure, rules, defence, forum and end, and what was read of it.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")``.
    """
    plea = cases["clause"].where(cases["clause"] != "", "none") + cases["plea"].map(
        lambda p: "" if p == "not raised" else f": {p}"
    )
    frame = pd.DataFrame(
        {
            "Who v whom": cases["complainants"] + " v " + cases["respondent"],
            "Measure": cases["measure"],
            "Rules": cases["articles"],
            "Defence": plea,
            "Forum, end": cases["forum"] + ", " + cases["end"],
            "Worth": cases["case_id"].map(studies.mark),
            "Note": cases["note"],
            "Read": cases["read"],
        }
    )
    frame.index = pd.Index(cases["case_id"] + (" " + cases["also"]).str.rstrip(), name="Case")
    return page.table(frame, "The cases of the course")


def targets_table() -> page.Table:
    """Every target with its years, its outcome, who counted it and who says so."""
    rows = studies.targets()
    houses = data.load("sources").set_index("source_id")["publisher"]
    told = rows["outcome_source_id"].map(lambda source: houses[source] if source else "–")
    frame = pd.DataFrame(
        {
            "Plan": rows["plan"],
            "Target": [f"{figures(r.target, 3)} {r.unit}, {r.due:%Y}" for r in rows.itertuples()],
            "Outcome": [
                f"{figures(r.outcome, 3)} {r.unit}, {r.outcome_on:%Y}" if pd.notna(r.outcome) else "not due"
                for r in rows.itertuples()
            ],
            "Outcome is": rows["outcome_kind"],
            "Counted": rows["counted"],
            "Sources": rows["source_id"].map(houses) + "; " + told,
        }
    )
    frame.index = pd.Index(rows["measure"], name="Goal")
    return page.table(frame, "Targets and outcomes, with years and sources")


def support_table() -> page.Table:
    """Money of governments for chips: form, sum or span, basis and years."""
    rows = studies.support()
    sums = [
        figures(r.amount, 4) + (f" to {figures(r.amount_to, 4)}" if pd.notna(r.amount_to) else "") + f" {r.unit}"
        for r in rows.itertuples()
    ]
    frame = pd.DataFrame(
        {
            "Programme": rows["programme"],
            "Form": rows["form"],
            "Sum": sums,
            "Basis": rows["basis"],
            "Years": [
                f"{r.first_year:.0f}" + (f"–{r.last_year:.0f}" if pd.notna(r.last_year) else " on")
                for r in rows.itertuples()
            ],
            "Note": rows["note"].replace("", "–"),
        }
    )
    frame.index = pd.Index(rows["member"], name="Who pays")
    return page.table(frame, "Public money for chips, on unlike bases: not to be added up")
