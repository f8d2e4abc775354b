"""Charts and tables of 80_compute_gap that stand still: forecasts scored, units against policies, published figures again."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core.words import figures as two
from helpers.core.words import true_minus
from helpers.scenario import studies
from helpers.show import charts, page

_FORECAST_OF = {"million H100e": "H100s", "units": "chips made", "billion USD": "USD", "EFLOPS": "EFLOPS", "GW": "GW"}
_UNITS = {"8-bit": "8-bit peak", "16-bit": "16-bit peak", "bandwidth": "Memory bandwidth"}


def scores_chart() -> alt.LayerChart:
    """Forecasts over what came, on a logarithmic axis: points, a bound, and an interval whose year is not over."""
    rows = studies.scored()
    rows = rows[rows["left_out"] != "printed after the year"].sort_values("factor", kind="stable")
    interval = rows["kind"] == "interval"
    rows = rows.assign(
        name=rows["author"].str.replace(" (J. Kessler)", "").str.replace(" (R. Dean)", "")
        + rows["about"].map({"China": ", on China (", "world": ", on the world ("})
        + rows["unit"].map(_FORECAST_OF)
        + ")",
        label=[
            f"0 to {two(high)} times: holds so far" if kind == "interval" else f"{'at most ' if kind == 'at most' else ''}{two(f)} times"
            for f, kind, high in zip(rows["factor"], rows["kind"], rows["high"] / rows["outcome"], strict=True)
        ],
        one=1.0,
        least=0.03,
        factor=rows["factor"].where(~interval, rows["high"] / rows["outcome"]),
        scored=["scored" if not why else why for why in rows["left_out"]],
    )  # fmt: skip
    frame = rows[["name", "factor", "label", "about", "one", "least", "kind", "scored"]].round(3)
    base = alt.Chart(frame)
    order = frame["name"].tolist()
    scale = alt.Scale(type="log", domain=[0.03, 60], nice=False)
    x = alt.X("factor:Q", title="Forecast over what came (logarithmic)", scale=scale, axis=alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50], format="~f"))  # fmt: skip
    y = alt.Y("name:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=240))
    look = {
        "color": alt.Color("about:N", title="About", legend=alt.Legend(orient="bottom"), scale=alt.Scale(domain=["world", "China"], range=[charts.BLUE, charts.VERMILION])),
        "shape": alt.Shape("about:N", title="About", scale=alt.Scale(domain=["world", "China"], range=["circle", "diamond"])),
    }  # fmt: skip
    rule = base.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=alt.X("one:Q", scale=scale))
    points, bars = base.transform_filter("datum.kind != 'interval'"), base.transform_filter("datum.kind == 'interval'")
    lines = points.mark_rule(strokeWidth=2, color=charts.RULE).encode(x=alt.X("one:Q", scale=scale), x2="factor:Q", y=y)
    dots = [
        points.transform_filter(f"(datum.scored == 'scored') == {str(full).lower()}")
        .mark_point(filled=full, size=120, opacity=1, strokeWidth=2)
        .encode(x=x, y=y, **look)
        for full in (True, False)
    ]
    band = bars.mark_bar(height=9, opacity=0.4, color=charts.VERMILION).encode(x=alt.X("least:Q", scale=scale), x2="factor:Q", y=y)  # fmt: skip
    cut = bars.mark_point(shape="triangle-left", xOffset=9, filled=False, size=160, strokeWidth=2, opacity=1, color=charts.VERMILION).encode(x=alt.X("least:Q", scale=scale), y=y)  # fmt: skip
    words = [
        charts.edged_words(base.transform_filter(side), {"align": align, "dx": dx, "dy": dy}, x=x, y=y, text="label:N")
        for side, align, dx, dy in (
            ("datum.factor >= 1 && datum.kind != 'interval'", "left", 10, 0),
            ("datum.factor < 1", "right", -9, 0),
            ("datum.factor >= 1 && datum.kind == 'interval'", "right", 0, -12),  # above its bar
        )
    ]
    return alt.layer(rule, lines, band, cut, *dots, *words).properties(
        width=charts.WIDTH - 260,
        height=200,
        title=charts.title(
            "Three forecasts of China and two of the world can be scored: too few to compare",
            "Forecast over what came; 1: right. Full: scored. Hollow: another count, or year not over (bar: interval from 0)",
            "Source: data/gap_published.csv.",
        ),
        description="Dot chart on a logarithmic axis: two forecasts of the world lie at 0.9 of what came; of three scored forecasts of China one is right, one too high by 1.8, and a bound of a quarter did not hold; two hollow points rest on another count; an interval for 2026, its arrow hollow, holds so far. Each name says its unit.",
    )


def units_chart() -> alt.LayerChart:
    """Middle and nine of ten draws of 2030, by switch and by unit: the choice of unit beside the choice of policy."""
    rows = []
    licences = studies.policies(studies.Setting())
    limit = studies.given("power-limit-tight")[1]
    chosen = {
        "As now": licences["now"],
        "Licences denied": licences["deny"],
        "Chips sold": licences["sell"],
        "Law on renting abroad": studies.fan(studies.Setting(law=True), studies.FULL),
        "Crackdown on smuggling": studies.fan(studies.Setting(crackdown=True), studies.FULL),
        f"US power, {limit:g} GW a year": studies.fan(studies.Setting(power_gw=limit), studies.FULL),
    }
    rows += [("Switch, by 8-bit peak", name, *found.at(2030)) for name, found in chosen.items()]
    for name, found in studies.units(studies.Setting()).items():
        rows.append(("Unit, switches as now", _UNITS[name], *found.at(2030)))
    frame = pd.DataFrame(rows, columns=["group", "name", "low", "middle", "high"])
    frame["label"] = [two(v) for v in frame["middle"]]
    frame = frame.round(3)
    base = alt.Chart(frame)
    order = frame["name"].tolist()
    scale = alt.Scale(type="log", domain=[1, 100], nice=False)
    x = alt.X("middle:Q", title="US over China in 2030, used (logarithmic)", scale=scale, axis=alt.Axis(values=[1, 2, 5, 10, 20, 50, 100], format="~f"))  # fmt: skip
    y = alt.Y("name:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=200))
    colour = alt.Color("group:N", title=None, scale=alt.Scale(range=[charts.BLUE, charts.ORANGE]), legend=alt.Legend(orient="bottom"))  # fmt: skip
    bars = base.mark_bar(height=10, opacity=0.4).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y, color=colour)
    dots = base.mark_point(filled=True, size=130, opacity=1).encode(x=x, y=y, color=colour)
    words = charts.edged_words(base, {"dy": -12}, x=x, y=y, text="label:N")
    return (bars + dots + words).properties(
        width=charts.WIDTH - 220,
        height=270,
        title=charts.title(
            f"The unit moves the middle more than any one switch, with US power at {limit:g} GW",
            "Dot: middle of 20,000 draws; bar: nine of ten. The same draws throughout. A tighter limit on power moves more",
            "Source: data/gap_dials.csv, data/gap_mix.csv.",
        ),
        description="Dots and bars on a logarithmic axis for 2030: six settings of the switches by 8-bit peak, and three units with the switches as now. The middles by switch lie from 8.5 to 16, by unit from 8 to 13; most bars span a factor of ten, that with a limit on power of five.",
    )


def official_table() -> page.Table:
    """Capacity in print for China beside the model's band."""
    rows = {
        when: [{"IDC": "IDC and Inspur", "ministry": "the ministry"}[r.who], f"{r.official:.2f}", f"{r.low:.1f} to {r.high:.1f}", f"{r.central:.1f}", "yes" if r.inside else "no", f"{r.percentile:.0f}", true_minus(f"{r.log_error:+.2f}"), f"{r.width:.1f}"]
        for when, r in studies.official().iterrows()
    }  # fmt: skip
    columns = ["Whose", "In print", "Nine of ten draws", "Middle", "Inside", "At which percentile", "Log error of the middle", "Width (high over low)"]  # fmt: skip
    frame = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("Date")
    return page.table(
        frame, "Computing in China, million H100-equivalents by 16-bit peak: no input, but one growing stock"
    )


def scores_table() -> page.Table:
    """Every forecast with what came, and whether it is scored."""
    rows = {}
    for key, r in studies.scored().iterrows():
        held = {True: "yes", False: "no"}.get(r["held"], "a point")
        said = two(r["forecast"], 3)
        if r["kind"] != "point":
            said = (
                f"at most {two(r['high'], 3)}"
                if r["kind"] == "at most"
                else f"{two(r['low'], 3)} to {two(r['high'], 3)}"
            )
        factor = "" if r["left_out"] == "year not over" else two(r["factor"])
        held += " so far" if r["left_out"] == "year not over" else ""
        rows[key] = [r["author"], r["question"], said, two(r["outcome"], 3), r["unit"], held, factor, r["left_out"] or "yes"]  # fmt: skip
    columns = ["Author", "Of what", "Forecast", "Came", "Unit", "Held", "Factor", "Scored, or why not"]
    frame = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("Row")
    return page.table(frame, "Forecasts, and what came")


def published_table() -> page.Table:
    """Published figures, computed again."""
    rows = {}
    for key, r in studies.again().iterrows():
        ours = two(r["low"], 3) if r["low"] == r["high"] else f"{two(r['low'], 3)} to {two(r['high'], 3)}"
        agrees = "by construction" if r["circular"] else {True: "yes", False: "no"}.get(r["agrees"], "compared")
        rows[key] = [r["author"], r["question"], r["said"], ours, agrees, " ".join(filter(None, (r["how"] + ".", r["why"] and r["why"] + ".")))]  # fmt: skip
    columns = ["Author", "Question", "In print", "Here", "Agrees", "How, and why not"]
    frame = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("Row")
    return page.table(frame, "Figures in print, computed again from the course’s tables")


def checks_table() -> page.Table:
    """Power and money, and inputs that must come back out."""
    power = studies.power_path()
    usd, capital = studies.money(2026)
    demand, short = studies.given("power-demand-2028"), studies.given("power-shortfall-2028")
    agree = studies.inputs_agree()
    rows = {
        "Power of US-owned sites, GW": [f"{power[2026]:.0f} in 2026, {power[2028]:.0f} in 2028, {power[2030]:.0f} in 2030", f"demand {demand[1]:.0f} in 2028, of which {short[0]:.0f} to {short[2]:.0f} may be lacking (Morgan Stanley): {studies.power_left()[0]:.0f} to {studies.power_left()[1]:.0f} are left"],
        "Chips added outside China in 2026, billion USD": [f"{usd:.0f}", f"capital spending of four US firms {capital:.0f}"],
        "Deals in print for computing abroad, million H100e": [f"{studies.given('rented-2026')[1]:.1f} taken", f"{studies.deals():.2f} named"],
        **{f"{what}, gross, million H100e": [f"{r.ours:.2f}", f"{r.epoch:.2f} (Epoch; an input: arithmetic only)"] for what, r in agree.iterrows()},
    }  # fmt: skip
    frame = pd.DataFrame.from_dict(rows, "index", columns=["Here", "Beside it"]).rename_axis("Check")
    return page.table(frame, "Checks of the central path")


def models_table() -> page.Table:
    """China's output by two rival models, year by year, and what each makes of 2030."""
    bottom = studies.domestic_bottom_up(studies.central())
    rows = {}
    for at, year in enumerate(studies.SPAN):
        low, mid, high = studies.by_year("domestic", year)
        rows[str(year)] = [
            f"{mid:.1f} ({low:.1f} to {high:.1f})",
            f"{bottom.made[at, 0]:.2f}",
            f"{bottom.by_dies[at, 0]:.2f}",
        ]
    frame = pd.DataFrame.from_dict(rows, "index", columns=["Top down, plans and counts", "Bottom up, wafers and memory (middle)", "By dies alone"])  # fmt: skip
    return page.table(frame.rename_axis("Year"), "Chips made in China in the year, million H100-equivalents")
