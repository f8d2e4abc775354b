"""Static charts: what attention asks for and chips offer, and every model by its release."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core.words import percent
from helpers.llm import studies
from helpers.llm.figures.axes import bytes_axis
from helpers.show import charts


def intensity_chart(frame: pd.DataFrame, context: int = 131072) -> alt.LayerChart:
    """`intensity` as a chart: left of a chip's line memory binds, right of it arithmetic.

    Parameters
    ----------
    frame, context
        As in `intensity`.
    """
    rows = studies.intensity(frame, context)
    names = [f"{name} {side}" for name, side in rows["side"].items()]
    values = [
        {"name": name, "low": r.low, "central": r.central, "high": r.high, "side": r.side,
         "label": f"{r.low:,.0f}" if r.high - r.low < 1 else f"{r.low:,.0f} to {r.high:,.0f}"}
        for name, r in zip(names, rows.itertuples())
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=values))
    y = alt.Y("name:N", title=None, sort=None, scale=alt.Scale(domain=names), axis=alt.Axis(ticks=False, domain=False, minExtent=120))  # fmt: skip
    scale = alt.Scale(type="log", domain=[0.5, 1000], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Operations for each byte of cache (log axis)", scale=scale, axis=alt.Axis(values=[1, 10, 100, 1000], format=",~g"))  # fmt: skip

    sides = ["asks for", "offers"]
    colour = alt.Color("side:N", title=None, scale=alt.Scale(domain=sides, range=[charts.BLUE, charts.VERMILION]), legend=None)  # fmt: skip
    shape = alt.Shape("side:N", scale=alt.Scale(domain=sides, range=["circle", "square"]), legend=None)
    chip = base.transform_filter("datum.side == 'offers'")
    rules = chip.mark_rule(color=charts.VERMILION, strokeDash=[3, 3], opacity=0.7).encode(x=xs("central"))
    bands = chip.mark_rule(color=charts.VERMILION, strokeWidth=4).encode(x=xs("low"), x2="high", y=y)
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(x=xs("central"), y=y, color=colour, shape=shape)
    words = charts.edged_words(base, {"align": "left", "dx": 10}, x=xs("high"), y=y, text="label:N")
    plain, latent, h20 = (rows.loc[n, "central"] for n in ("MHA", "MLA", "H20"))
    return (rules + bands + dots + words).properties(
        width=charts.WIDTH - 190,
        height=28 * len(rows),
        title=charts.title(
            f"Plain attention asks for {plain:.0f} operation a byte, MLA for {latent:.0f}; an H20 offers {h20:.0f}",
            "Left of a chip’s dashed line its memory is the limit, right of it its arithmetic",
            f"Source: helpers/llm/model, cache of 16 bits at {context:,} tokens; data/chips.csv, BF16 or FP16, dense.",
        ),
        description="Dot chart on a logarithmic axis, 0.5 to 1,000 operations for each byte of cache: "
        + ", ".join(f"{name} {value['label']}" for name, value in zip(names, values))
        + ". Only MLA comes near what the H800 and the 910C offer; MQA and MLA ask for more than an H20 offers.",
    )


# Which models carry their name on the chart, on which side: (names, alignment, dx, dy).
_LABELS = (
    (["Llama-2-7B", "Llama-3.1-405B", "Gemma-3-1B", "GLM-4.5", "MiniMax-M2", "DeepSeek-V4-Pro", "Kimi-K3"], "left", 7, -7),
    (["DeepSeek-LLM-67B"], "left", 8, -3),
    (["gpt-oss-120b"], "left", 10, 0),
    (["DeepSeek-V4-Flash"], "left", 7, 10),
    (["DeepSeek-V2", "DeepSeek-V3"], "right", -8, -2),
    (["MiniMax-M1", "Kimi-Linear-48B-A3B", "Muse-Spark-Open"], "right", -8, 8),
)  # fmt: skip


def release_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Cache a token by release: one mark a model, by kind of attention and home of the lab.

    Parameters
    ----------
    frame : DataFrame
        ``data.load("models")``.
    """
    rows = studies.by_release(frame)
    rows = rows.assign(day=charts.milliseconds(rows["release_date"])).drop(columns="release_date")
    base = alt.Chart(alt.InlineData(values=rows.to_dict("records")))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"), scale=alt.Scale(domain=[{"year": 2023, "month": 4}, {"year": 2027, "month": 3}]))  # fmt: skip
    y = alt.Y("bytes:Q", title="Bytes for each further token, 16 bits", scale=alt.Scale(type="log", domain=[3000, 1e6], nice=False), axis=bytes_axis([3e3, 1e4, 3e4, 1e5, 3e5, 1e6]))  # fmt: skip
    families = [
        "MHA or GQA",
        "windows among others",
        "latents (MLA)",
        "linear layers among others",
        "merged tokens (CSA, HCA)",
    ]
    points = base.mark_point(size=85, filled=True, opacity=0.9).encode(
        x=x, y=y,
        color=alt.Color("home:N", title="Lab in", legend=alt.Legend(orient="bottom"), scale=alt.Scale(domain=list(studies.HOMES.values()), range=[charts.GREEN, charts.BLUE, charts.PURPLE])),
        shape=alt.Shape("family:N", title="Attention", legend=alt.Legend(orient="bottom", columns=3), scale=alt.Scale(domain=families, range=["circle", "square", "triangle-up", "diamond", "cross"])),
        tooltip=[alt.Tooltip("model:N"), alt.Tooltip("lab:N"), alt.Tooltip("day:T", title="released", format="%Y-%m-%d"), alt.Tooltip("bytes:Q", format=",.0f")],
    )  # fmt: skip
    words = [
        charts.edged_words(base.transform_filter(alt.FieldOneOfPredicate("model", names)), {"align": align, "dx": dx, "dy": dy}, x=x, y=y, text="model:N")
        for names, align, dx, dy in _LABELS
    ]  # fmt: skip
    four = rows.nsmallest(4, "bytes")
    least, of_china = four["model"], ("None", "One", "Two", "Three", "All")[int((four["home"] == "China").sum())]
    missing = frame[frame["attention"] == ""]["model"]
    return alt.layer(points, *words).properties(
        width=charts.WIDTH - 70,
        height=360,
        title=charts.title(
            f"{of_china} of the four that need least come from labs in China; {least.iloc[0]} needs least of all",
            f"Log axis; small models need less for being small. Not counted, so without a mark: {', '.join(missing)}",
            "Source: data/models.csv, one source or more a model; count: helpers/llm/model",
        ),
        description=(
            f"Scatter chart of {len(rows)} open language models by release date, 2023 to 2026, and by the bytes their cache grows with each token"
            " on a logarithmic axis, 3 kB to 1 MB, with marks by kind of attention and colours by the country of the lab. The oldest need"
            f" {studies.size_words(rows['bytes'].iloc[0])}; the four that need least are {', '.join(least)}."
        ),
    )


def recounted_chart() -> alt.LayerChart:
    """`studies.recounted` as a chart: how far our count is from the printed figure, in per cent."""
    rows = studies.recounted()
    off = rows["counted"] / rows["published"] - 1
    basis = ["our reconstruction" if name.startswith("v4-") else "published shape" for name in rows.index]
    what = [f"{r.subject}: {r.quantity.removesuffix(', 4,096 tokens')}" for r in rows.itertuples()]
    values = [
        {"what": w, "off": 100 * o, "basis": b, "label": percent(o, 1, signed=True) if abs(o) >= 5e-4 else "0"}
        for w, o, b in zip(what, off, basis)
    ]
    base = alt.Chart(alt.InlineData(values=values))
    y = alt.Y("what:N", title=None, sort=what, scale=alt.Scale(domain=what), axis=alt.Axis(labelLimit=420, ticks=False, domain=False))  # fmt: skip
    x = alt.X("off:Q", title="Our count against the printed figure, per cent", scale=alt.Scale(domain=[-8, 26], nice=False), axis=alt.Axis(values=[-5, 0, 5, 10, 15, 20, 25]))  # fmt: skip
    kinds = ["published shape", "our reconstruction"]
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color("basis:N", title="Counted from", legend=alt.Legend(orient="top"), scale=alt.Scale(domain=kinds, range=[charts.BLUE, charts.PURPLE])),
        shape=alt.Shape("basis:N", title="Counted from", scale=alt.Scale(domain=kinds, range=["circle", "diamond"])),
    )  # fmt: skip
    above, below = base.transform_filter("datum.off >= 0"), base.transform_filter("datum.off < 0")
    words = above.mark_text(align="left", dx=10).encode(x=x, y=y, text="label:N")
    words += below.mark_text(align="right", dx=-10).encode(x=x, y=y, text="label:N")
    zero = base.mark_rule(aria=False, color=charts.SOFT_INK).encode(x=alt.datum(0))
    near = int((off.abs() <= 0.05).sum())
    return (zero + dots + words).properties(
        width=charts.WIDTH - 390,
        height=23 * len(rows),
        title=charts.title(
            f"{near} of {len(rows)} printed figures come back within 5%",
            "Caches in per cent: the share kept. Training arithmetic: sequences of 4,096 tokens",
            "Source: data/published_results.csv; count: helpers/llm/model",
        ),
        description=f"Dot chart of {len(rows)} published figures of cache and arithmetic and how far our own count is from each, from 8 per cent below to 26 above: "
        + "; ".join(f"{v['what']} {v['label']}" for v in values)
        + ".",
    )
