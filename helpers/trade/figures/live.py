"""Charts of the panels after the picture: effective protection, years to parity, who keeps the wedge."""

from __future__ import annotations

import altair as alt

from helpers.show import charts

MOST_RISE = 300  # per cent by which inputs may be dearer on the chart
SIGN = {"more": charts.GREEN, "less": charts.VERMILION}


def protection_chart() -> alt.LayerChart:
    """Effective protection by the rise of input prices; live rows ``kind``, ``rise``, ``rate``, ``sign``, ``label``."""
    base = charts.live("kind", "rise", "rate", "sign", "label")
    x = alt.X(
        "rise:Q",
        title="Inputs are dearer by (%)",
        scale=alt.Scale(domain=[0, 1.12 * MOST_RISE], nice=False),
        axis=alt.Axis(tickCount=7),
    )
    y = alt.Y(
        "rate:Q",
        title="Effective protection (%)",
        scale=alt.Scale(domain=[charts.signal("low"), charts.signal("high")], nice=False),
        axis=alt.Axis(tickCount=6),
    )
    shade = alt.Color("sign:N", title=None, legend=None, scale=alt.Scale(domain=list(SIGN), range=list(SIGN.values())))
    zero = alt.Chart(alt.InlineData(values=[{"rate": 0}])).mark_rule(color=charts.INK, strokeDash=[5, 3]).encode(y=y)
    line = (
        base.transform_filter("datum.kind == 'line'")
        .mark_line(strokeWidth=4)
        .encode(x=x, y=y, color=shade, detail="sign:N")
    )
    point = base.transform_filter("datum.kind == 'point'").mark_point(filled=True, size=200, opacity=1).encode(x=x, y=y, color=shade)  # fmt: skip
    words = charts.edged_words(
        base.transform_filter("datum.kind == 'point'"), {"align": "left", "dx": 12, "dy": -10}, x=x, y=y, text="label:N"
    )
    nil = base.transform_filter("datum.kind == 'nil'")
    undone = nil.mark_point(size=130, strokeWidth=2, opacity=1, fill="white", stroke=charts.INK).encode(x=x, y=y)
    undone_words = charts.edged_words(nil, {"align": "left", "dx": 6, "dy": -14}, x=x, y=y, text="label:N")
    held = base.transform_filter("datum.kind == 'held'").mark_text(align="right", dx=-6, dy=12, fontSize=13, color=charts.SOFT_INK).encode(x=alt.value(charts.WIDTH - 70), y=alt.value(0), text="label:N")  # fmt: skip
    return (zero + line + undone + undone_words + point + words + held).properties(
        width=charts.WIDTH - 70,
        height=230,
        title=charts.title(
            charts.signal("title"),
            "Effective protection of own work at home, at one price of chips; above the dashed line it is more than at world prices",
            "Source: the formula of Corden (1966) and Balassa (1965), in helpers/trade/model",
        ),
        description=(
            "Line chart of effective protection in per cent against the rise of input prices, 0 to 300 per cent: a falling line, green"
            " above a dashed line at nil, vermilion below it, with a dot at the setting and hollow dots where nothing of the protection is left."
        ),
    )


WHOSE = {"home cost": charts.GREEN, "rival’s price": charts.ORANGE}


def parity_chart() -> alt.LayerChart:
    """Home cost and the rival's price by year; live rows ``kind``, ``whose``, ``year``, ``value``, ``label``."""
    base = charts.live("kind", "whose", "year", "value", "label")
    x = alt.X("year:Q", title="Years", scale=alt.Scale(domain=[0, 20], nice=False), axis=alt.Axis(tickCount=10))
    y = alt.Y(
        "value:Q",
        title="Rival’s price now = 1 (log scale)",
        scale=alt.Scale(type="log", domain=[charts.signal("low"), charts.signal("high")], nice=False, clamp=True),
        axis=alt.Axis(tickCount=5, format="~g"),
    )
    shade = alt.Color("whose:N", title=None, scale=alt.Scale(domain=list(WHOSE), range=list(WHOSE.values())), legend=None)  # fmt: skip
    line = (
        base.transform_filter("datum.kind == 'line'")
        .mark_line(strokeWidth=3, clip=True)
        .encode(
            x=x,
            y=y,
            color=shade,
            strokeDash=alt.StrokeDash(
                "whose:N", scale=alt.Scale(domain=list(WHOSE), range=[[1, 0], [7, 4]]), legend=None
            ),
        )
    )
    point = base.transform_filter("datum.kind == 'parity'").mark_point(filled=True, size=220, opacity=1, color=charts.VERMILION).encode(x=x, y=y)  # fmt: skip
    words = charts.edged_words(base.transform_filter("datum.label != ''"), {"align": "left", "dx": 10, "dy": -10}, x=x, y=y, text="label:N")  # fmt: skip
    return (line + point + words).properties(
        width=charts.WIDTH - 70,
        height=230,
        title=charts.title(
            charts.signal("title"),
            "Cost of equal computing from home makers, and the foreign rival’s price, by year from now; rates assumed",
            "Source: helpers/trade/model; learning rates in data/learning_rates.csv",
        ),
        description=(
            "Line chart on a log axis of the home makers' cost and of the foreign rival's price over 20 years, with a dot where"
            " they meet, if they do."
        ),
    )


def split_chart() -> alt.LayerChart:
    """Gains and losses by party; live rows ``party``, ``share``, ``sign``, ``label``; signals ``title``, ``low``, ``high``."""
    base = charts.live("party", "share", "sign", "label")
    x = alt.X(
        "share:Q",
        title="Loss (left) or gain (right), % of what buyers lose",
        scale=alt.Scale(domain=[charts.signal("low"), charts.signal("high")], nice=False),
        axis=alt.Axis(tickCount=8),
    )
    y = alt.Y("party:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200, minExtent=150))
    shade = alt.Color("sign:N", title=None, legend=None, scale=alt.Scale(domain=["gain", "loss", "wedge", "nobody"], range=[charts.GREEN, charts.VERMILION, charts.PURPLE, charts.GREY]))  # fmt: skip
    bars = base.mark_bar(height=20).encode(x=x, y=y, color=shade)
    zero = alt.Chart(alt.InlineData(values=[{"share": 0}])).mark_rule(color=charts.INK).encode(x=x)
    words = [
        charts.edged_words(
            base.transform_filter(f"datum.share {side} 0"), {"align": align, "dx": dx}, x=x, y=y, text="label:N"
        )  # fmt: skip
        for side, align, dx in ((">=", "left", 6), ("<", "right", -6))
    ]
    return alt.layer(bars, zero, *words).properties(
        width=charts.WIDTH - 190,
        height=190,
        title=charts.title(
            charts.signal("title"),
            "Teaching market; right, where the buyers’ loss goes; purple, the wedge; the seller’s loss is profit forgone",
            "Source: helpers/trade/model; seller’s margin NVIDIA’s over all products, data/trade_parameters.csv",
        ),
        description=(
            "Bar chart of gains and losses by party when imports are cut: buyers, home makers, the foreign seller, who keeps the"
            " difference of price, and what nobody gains."
        ),
    )
