"""The ceiling of the exchange, over bandwidth."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np

from helpers.serving import studies
from helpers.show import charts

SPEED_ENDS = (10, 1500)  # GB/s


def link_rows(network: float, tokens: float, experts: float, layers: float) -> list[dict[str, Any]]:
    """The marks of `links_chart`: the ceiling as a line, the named links on it, and the chosen bandwidth.

    Parameters
    ----------
    network, tokens, experts, layers
        As in ``studies.exchange``.
    """

    def ceiling(speed: float) -> float:
        return float(studies.exchange(speed, tokens, experts, layers).most_tokens_per_s)

    speeds = np.geomspace(*SPEED_ENDS, 40)
    rates = studies.exchange(speeds, tokens, experts, layers).most_tokens_per_s
    rows: list[dict[str, Any]] = [
        {"kind": "line", "speed": float(s), "rate": float(r), "words": ""} for s, r in zip(speeds, rates, strict=True)
    ]
    rows += [
        {"kind": "named right" if "H100" in words else "named", "speed": s, "rate": ceiling(s), "words": words}
        for words, s in studies.named_links().items()
    ]
    return [*rows, {"kind": "here", "speed": float(network), "rate": ceiling(network), "words": ""}]


def links_chart() -> alt.LayerChart:
    """Most tokens a second for one user, for a panel with the signals ``title``, ``low`` and ``top``."""
    base = charts.live("kind", "speed", "rate", "words")
    x = alt.X(
        "speed:Q", title="Bandwidth from each chip to the others, one direction, GB/s (log scale)",
        scale=alt.Scale(type="log", domain=list(SPEED_ENDS), nice=False),
        axis=alt.Axis(values=[10, 20, 50, 100, 200, 500, 1000], format="~g"),
    )  # fmt: skip
    y = alt.Y(
        "rate:Q", title="Most tokens/s for one user (log scale)",
        scale=alt.Scale(type="log", domain=[charts.signal("low"), charts.signal("top")], nice=False),
        axis=alt.Axis(values=[0.1, 1, 10, 100, 1000, 10000], format=",~g", minExtent=45),
    )  # fmt: skip
    line = base.transform_filter("datum.kind == 'line'").mark_line(strokeWidth=2.5, color=charts.SOFT_INK, clip=True)
    named, right = (base.transform_filter(f"datum.kind == '{kind}'") for kind in ("named", "named right"))
    dots = base.transform_filter("slice(datum.kind, 0, 5) == 'named'").mark_point(
        filled=True, size=70, color=charts.BLUE, opacity=1, clip=True
    )
    beside = right.mark_text(align="left", dx=9, dy=12, fontSize=12, color=charts.BLUE, clip=True)
    words = named.mark_text(align="right", dx=-9, dy=-6, fontSize=12, color=charts.BLUE, clip=True)
    at = base.transform_filter("datum.kind == 'here'")
    at = at.mark_point(filled=True, size=150, color=charts.VERMILION, opacity=1)
    tip = [alt.Tooltip("words:N", title="Link"), alt.Tooltip("rate:Q", title="Tokens/s", format=",.0f")]
    return (
        line.encode(x=x, y=y)
        + dots.encode(x=x, y=y, tooltip=tip)
        + words.encode(x=x, y=y, text="words:N")
        + beside.encode(x=x, y=y, text="words:N")
        + at.encode(x=x, y=y)
    ).properties(
        width=charts.WIDTH - 80,
        height=270,
        title=charts.title(
            charts.signal("title"),
            "3 bytes x tokens x experts x 7,000 numbers for each exchange, two exchanges a layer; no latency, nothing else",
            "Source: DeepSeek, Insights into DeepSeek-V3 (2025), section 2.3.2; links: data/chips.csv.",
        ),
        description="Line on log axes: the most tokens per second one user can get against the bandwidth between chips, with named links marked from a 400G network card to the links of an NVL72 rack.",
    )
