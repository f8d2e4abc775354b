"""Systems for each petaFLOP/s: chips, power, price."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.chips import studies
from helpers.chips.figures.marks import kind_colour, kind_shape
from helpers.core.words import from_to
from helpers.show import charts, page

_COLUMNS = {"accelerator_count": ("Chips", 1), "power_kw": ("Power (kW)", 1), "price_usd": ("Price (1,000 USD)", 1e3)}
_TOTALS = {
    "bf16_pflops_dense": "Dense BF16 (petaFLOP/s)",
    "accelerator_count": "Chips",
    "power_kw": "Power (kW)",
    "price_usd": "Price (million USD)",
    "hbm_capacity_tb": "Memory (TB)",
    "hbm_bandwidth_tb_s": "Memory bandwidth (TB/s)",
    "scale_up_bandwidth_tb_s": "Links (TB/s)",
}


def systems_chart(systems: pd.DataFrame) -> alt.TopLevelMixin:
    """Chips, power and price for each dense BF16 petaFLOP/s, by system.

    Parameters
    ----------
    systems : DataFrame
        ``data.load("systems")``.
    """
    takes, ratio = studies.takes_per_pflop(systems), studies.times_per_pflop(systems)
    columns = [_one_column(takes[takes["quantity"] == quantity], *_COLUMNS[quantity]) for quantity in _COLUMNS]
    times, power = ratio.loc["accelerator_count", "central"], ratio.loc["power_kw"]
    said = f"{times:.1f} times the chips, {power['low']:.1f} to {power['high']:.1f} times the power"
    return alt.hconcat(*columns, spacing=14).properties(
        title=charts.title(
            f"Per petaFLOP, CloudMatrix 384 takes {said}",
            "Against a GB200 NVL72; needed for each dense BF16 petaFLOP/s; mark: the value we use; bar: range; log axes",
            "Source: data/systems.csv (CloudMatrix: SemiAnalysis, April 2025; its maker publishes no power figure).",
        ),
        description=(
            f"Three dot charts of chips, power and price per dense BF16 petaFLOP for {len(studies.SYSTEMS)} systems on log axes. CloudMatrix 384 takes"
            f" {times:.1f} times the chips and {power['low']:.1f} to {power['high']:.1f} times the power of a GB200 NVL72."
        ),
    )


def _one_column(takes: pd.DataFrame, words: str, unit: float) -> alt.LayerChart:
    """One quantity of all systems; the first column carries their names."""
    rows = [
        {
            "system": r.system, "kind": r.kind, "low": r.low / unit, "value": r.central / unit, "high": r.high / unit,
            "label": studies.ratio_words(r.low / unit, r.high / unit) if r.central == r.central else "not published",
        }
        for r in takes.itertuples()
    ]  # fmt: skip
    known = [r for r in rows if r["value"] == r["value"]]
    unknown = [{"system": r["system"], "label": r["label"]} for r in rows if r["value"] != r["value"]]
    y = alt.Y(
        "system:N", sort=studies.SYSTEMS, title=None, scale=alt.Scale(domain=studies.SYSTEMS),
        axis=alt.Axis(labels=words == "Chips", ticks=False, domain=False, grid=False),
    )  # fmt: skip
    ends = [min(r["low"] for r in known) / 1.6, max(r["high"] for r in known) * 4]

    def xs(field: str) -> alt.X:
        axis = alt.Axis(tickCount=4, format="~g", grid=False, labelOverlap=True)
        scale = alt.Scale(type="log", domain=ends, nice=False)
        return alt.X(f"{field}:Q", title=f"{words}, log scale", scale=scale, axis=axis)

    base, colour = alt.Chart(alt.InlineData(values=known)), kind_colour("kind")
    spans = base.mark_rule(strokeWidth=3).encode(x=xs("low"), x2="high:Q", y=y, color=colour)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=xs("value"), y=y, color=colour, shape=kind_shape("kind"),
        tooltip=[alt.Tooltip("system:N", title="System"), alt.Tooltip("label:N", title=words)],
    )  # fmt: skip
    layers = spans + dots + base.mark_text(align="left", dx=8, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    if unknown:
        layers += (
            alt.Chart(alt.InlineData(values=unknown))
            .mark_text(align="left", dx=4, fontSize=12, color=charts.SOFT_INK)
            .encode(x=alt.value(0), y=y, text="label:N")
        )
    return layers.properties(width=168, height=28 * len(studies.SYSTEMS))


def systems_table(systems: pd.DataFrame) -> page.Table:
    """CloudMatrix 384 against GB200 NVL72: totals, and ratios per petaFLOP.

    Parameters
    ----------
    systems : DataFrame
        ``data.load("systems")``.
    """
    rows, ratio = systems.set_index("system"), studies.times_per_pflop(systems)

    def total(system: str, key: str) -> str:
        row, unit = rows.loc[system], 1e6 if key == "price_usd" else 1
        low, high = (row[f"{key}_{end}"] if f"{key}_low" in row else row[key] for end in ("low", "high"))
        return from_to(f"{low / unit:,.4g}", f"{high / unit:,.4g}")

    def times(key: str) -> str:
        return from_to(f"{ratio.loc[key, 'low']:.1f}", f"{ratio.loc[key, 'high']:.1f}") if key in ratio.index else "1"

    frame = pd.DataFrame(
        {
            "CloudMatrix 384": [total("CloudMatrix 384", key) for key in _TOTALS],
            "GB200 NVL72": [total("GB200 NVL72", key) for key in _TOTALS],
            "Ratio, per petaFLOP": [times(key) for key in _TOTALS],
        },
        index=pd.Index(_TOTALS.values(), name="Quantity"),
    )
    return page.table(frame, "Two systems: totals, and CloudMatrix over NVL72 for each petaFLOP")
