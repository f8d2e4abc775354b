"""The course's chart theme, how charts are drawn offline, and the chart builders.

Two ways of drawing, both without network:

* A static chart is stored in the notebook as a Vega-Lite specification that JupyterLab's own
  viewer draws; its text twin is the alt text. It repeats byte for byte.
* A panel's chart is the `PanelChart` of `helpers.show.script`.

Builders take frames and return charts; they compute nothing but positions on the page.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import altair as alt
import pandas as pd

from helpers.core.stored import EMBED_OPTIONS, VEGA_LITE
from helpers.show import in_browser, quick

WIDTH = 720
FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, SOFT_INK, RULE = "#1a1a1a", "#4d4d4d", "#d9d9d9"

# Okabe and Ito's colours, safe for colour-blind readers; each goes with a shape or a label.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW, BLACK = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#F0E442",
    "#000000",
)
GREY = "#999999"
EFFECT_COLOURS = {"tightens": VERMILION, "eases": BLUE, "neither": GREY}
EFFECT_SHAPES = {"tightens": "triangle-up", "eases": "triangle-down", "neither": "circle"}

VEGA_LITE_5 = "https://vega.github.io/schema/vega-lite/v5.6.1.json"  # what JupyterLab 4.6 draws


@alt.theme.register("course", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {
        "config": {
            "background": "white",
            "font": FONT,
            "padding": 8,
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "fontSize": 16,
                "fontWeight": 600,
                "color": INK,
                "subtitleFontSize": 13,
                "subtitleColor": SOFT_INK,
                "subtitlePadding": 4,
                "offset": 12,
            },
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": RULE,
                "domainColor": SOFT_INK,
                "tickColor": SOFT_INK,
                "labelLimit": 260,
            },
            "legend": {
                "labelColor": INK,
                "titleColor": INK,
                "labelFontSize": 12,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "labelLimit": 260,
            },
            "header": {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13},
            "text": {"fontSize": 12, "color": INK},
        }
    }


def _render(spec: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A chart as JupyterLab's viewer wants it, with its alt text as the text twin."""
    spec = {**spec, "$schema": VEGA_LITE_5}
    bundle = {VEGA_LITE: spec, "text/plain": spec.get("description", "Chart")}
    return bundle, {VEGA_LITE: {"embed_options": EMBED_OPTIONS}}


# The tests and `make notebooks` have every chart checked against Altair's grammar; the reader's kernel does not.
if not os.environ.get("COURSE_CHECKS_CHARTS"):
    quick.shorten()

if sys.platform == "emscripten":
    in_browser.set_right()

alt.renderers.register("course", _render)
alt.renderers.enable("course")


# --- pieces every chart uses --------------------------------------------------------------------


def title(finding: Any, measure: str, source: str = "") -> alt.TitleParams:
    """A title that states the finding, with measure, unit, place and period, and the source, below."""
    return alt.TitleParams(text=finding, subtitle=[line for line in (measure, source) if line])


def edged_words(base: alt.Chart, mark: dict[str, Any], **encoding: Any) -> alt.LayerChart:
    """Words of 12 px on a white edge, so that a line behind them does not cross them out.

    Parameters
    ----------
    base : Chart
    mark : dict
        Of ``mark_text``: align, dx, dy.
    **encoding
        The channels, text among them.
    """
    edge = {"stroke": "white", "strokeWidth": 4, "aria": False}  # a screen reader hears the words once
    return alt.layer(*(base.mark_text(fontSize=12, **mark, **style).encode(**encoding) for style in (edge, {})))


def live(*fields: str) -> alt.Chart:
    """The base of a panel's chart: rows come from the parameter ``panel``, set by the panel.

    Parameters
    ----------
    *fields : str
        Names of the fields each row carries; encode them with their type (``"month:Q"``).
    """
    base = alt.Chart(alt.InlineData(values=[{}]))
    base = base.transform_calculate(row="panel.rows").transform_flatten(["row"])
    base = base.transform_calculate(**{field: f"datum.row[{field!r}]" for field in fields})
    # A panel without rows still yields one empty row after the flatten: drop it.
    return base.transform_filter("isValid(datum.row)")


def signal(name: str) -> alt.ExprRef:
    """A value of the panel's state other than its rows, for titles and scales."""
    return alt.ExprRef(expr=f"panel.{name}")


def milliseconds(dates: pd.Series) -> pd.Series:
    """Dates as the milliseconds since 1970 (UTC) that Vega reads."""
    return dates.astype("datetime64[ms]").astype("int64")


def rounded(value: Any) -> Any:
    """Numbers of a nested structure to six figures: what is stored must not differ by machine.

    Parameters
    ----------
    value : dict, list, number or text

    Examples
    --------
    >>> rounded({"rows": [{"x": 1 / 3, "n": 5}]})
    {'rows': [{'x': 0.333333, 'n': 5}]}
    """
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(v) for v in value]
    if isinstance(value, float) and abs(value) < 1e11:  # milliseconds since 1970 are exact
        return float(f"{value:.6g}")
    return value
