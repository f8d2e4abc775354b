"""The links from a configuration to dollars, and how training runs grew."""

from __future__ import annotations

import altair as alt

from helpers.core.words import power_of_ten
from helpers.show import charts
from helpers.training import studies
from helpers.training.figures.axes import kinds, log_axis, names

HOMES = {"US": "US laboratory", "CN": "Chinese laboratory"}


def chain_chart() -> alt.LayerChart:
    """Each link from a configuration to its cost as a multiple of Llama 3.1 405B's run."""
    rows = charts.live("link", "times", "low", "high", "kind", "label", "published", "published_label", "right")
    ends, ticks = [charts.signal("low"), charts.signal("high")], [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000]

    def xs(field: str) -> alt.X:
        return log_axis(field, "Times the run of Llama 3.1 405B (log scale)", ends, ticks)

    y = names("link", list(studies.LINKS))
    tips = [
        alt.Tooltip("link:N", title="Link"), alt.Tooltip("label:N", title="Here"),
        alt.Tooltip("published_label:N", title="Published"),
    ]  # fmt: skip
    by_kind = kinds("kind", {"set or published": (charts.GREY, "square"), "computed": (charts.BLUE, "circle")}, "top")
    one = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(strokeDash=[4, 3], color=charts.INK)
    stems = rows.transform_calculate(one="1").mark_rule(strokeWidth=1.5, color=charts.GREY)
    bands = rows.mark_rule(strokeWidth=9, opacity=0.35, color=charts.BLUE).encode(x=xs("low"), x2="high:Q", y=y)
    dots = rows.mark_point(filled=True, size=110, opacity=1).encode(x=xs("times"), y=y, tooltip=tips, **by_kind)
    marks = rows.transform_filter("isValid(datum.published)").mark_point(
        shape="diamond", size=230, filled=False, stroke=charts.BLACK, strokeWidth=2
    )
    labels = rows.mark_text(align="left", dx=12, fontSize=12).encode(x=xs("right"), y=y, text="label:N")
    layers = one.encode(x=xs("one")) + bands + stems.encode(x=xs("one"), x2="times:Q", y=y) + dots
    return (layers + marks.encode(x=xs("published"), y=y) + labels).properties(
        width=charts.WIDTH - 100,
        height=30 * len(studies.LINKS),
        title=charts.title(
            charts.signal("title"),
            "Each link as a multiple of Llama 3.1 405B’s run; bands: ways to count operations; diamonds: published",
            "Source: data/models.csv, chips.csv, training_runs.csv; arithmetic of helpers/training/model.",
        ),
        description=(
            "Dot chart of eight links from a model’s configuration to its training cost, each as a multiple of the run of Llama 3.1 405B on a log axis,"
            " with bands for ways of counting and diamonds where a source publishes the value. The axis runs from 0.02 to 30 and widens for far settings. The sentence above gives the numbers."
        ),
    )


def growth_chart() -> alt.LayerChart:
    """Training operations of open models by release."""
    table = studies.compute_by_model()
    by = table.set_index("model")["flops"]
    rows = [
        {"model": r.model, "day": f"{r.date:%Y-%m-%d}", "flops": r.flops, "home": HOMES[r.home]}
        for r in table.itertuples()
        if r.flops > 3e23 and r.home in HOMES
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    x = alt.X(
        "day:T", title="Released", scale=alt.Scale(type="utc", domain=["2023-05-01", "2026-12-31"]),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )  # fmt: skip
    powers = "datum.value < 5e24 ? '10²⁴' : datum.value < 5e25 ? '10²⁵' : '10²⁶'"
    y = alt.Y(
        "flops:Q", title="Training operations (log scale)", scale=alt.Scale(type="log", domain=[3e23, 1e26], nice=False),
        axis=alt.Axis(values=[1e24, 1e25, 1e26], labelExpr=powers),
    )  # fmt: skip
    homes = kinds("home", {HOMES["US"]: (charts.BLUE, "circle"), HOMES["CN"]: (charts.VERMILION, "square")})
    tips = [alt.Tooltip("model:N", title="Model"), alt.Tooltip("flops:Q", title="Operations", format=".2e")]
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, tooltip=tips, **homes)
    pro, v3, llama = (by[m] for m in ("DeepSeek-V4-Pro", studies.V3, studies.LLAMA))
    return alt.layer(dots, *_model_names(base, x, y)).properties(
        width=charts.WIDTH - 70,
        height=300,
        title=charts.title(
            f"DeepSeek’s V4-Pro took {pro / v3:.1f} times V3’s operations, {pro / llama:.0%} of those of Llama 3.1 405B",
            "Open models with published configuration and tokens; closed models publish neither",
            "Source: data/models.csv; 6 operations for each active parameter and token, plus attention.",
        ),
        description=(
            f"Scatter chart of training operations on a log axis against release date, 2023 to 2026, for {len(rows)} open models of US and Chinese laboratories."
            f" DeepSeek-V3 took {power_of_ten(v3)}, V4-Pro {power_of_ten(pro)}, Llama 3.1 405B {power_of_ten(llama)}."
        ),
    )


def _model_names(base: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Names beside the marks of some models, moved apart where they would meet."""
    places = {
        "Llama-2-70B": ("center", -14), "DeepSeek-LLM-67B": ("center", 20), "DeepSeek-V2": ("left", -6), "Qwen2.5-72B": ("left", -3),
        "DeepSeek-V3": ("right", 4), "GLM-5": ("right", 4), studies.LLAMA: ("left", 4), "Kimi-K2": ("left", 4),
        "DeepSeek-V4-Pro": ("center", -12), "DeepSeek-V4-Flash": ("left", 4),
    }  # fmt: skip
    named = []
    for name, (side, dy) in places.items():
        mark = {"align": side, "dx": {"left": 9, "center": 0, "right": -9}[side], "dy": dy}
        chosen = base.transform_filter(f"datum.model == '{name}'")
        named.append(charts.edged_words(chosen, mark, x=x, y=y, text="model:N"))
    return named
