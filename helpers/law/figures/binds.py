"""Who could bind whom on a day: members by members."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.show import charts

_COLOURS = {"Appellate Body": charts.BLUE, "MPIA": charts.GREEN, "void": "#f8dccb"}
_LABEL = "datum.value == 'Hong Kong, China' ? 'Hong Kong' : datum.value"


# What the legend says of each route.
_WORDS = {
    "Appellate Body": "Appellate Body: binds",
    "MPIA": "appeal arbitrators: binds",
    "void": "no judges: hangs",
}
_WIDE, _HIGH = 22, 13  # pixels of a cell, whole ones: the stored picture has hundreds


def binds_rows(routes: pd.DataFrame, chosen: str) -> list[dict]:
    """The rows of the matrix.

    Parameters
    ----------
    routes : DataFrame
        ``studies.routes`` of a day.
    chosen : str
        The member whose column is outlined.

    Returns
    -------
    list of dict
    """
    return [
        {
            "complainant": r.complainant,
            "defendant": r.defendant,
            "route": _WORDS[r.route],
            "chosen": r.defendant == chosen,
        }
        for r in routes.itertuples()
        if r.route
    ]


def routes_shown(routes: pd.DataFrame) -> list[str]:
    """What the legend says of the routes that a day has: a colour without a cell is left out.

    Parameters
    ----------
    routes : DataFrame
        ``studies.routes`` of a day.
    """
    return [words for route, words in _WORDS.items() if (routes["route"] == route).any()]


def binds_chart(members: list[str]) -> alt.LayerChart:
    """Complainants down, defendants across; rows from `binds_rows`, the signals title and shown (`routes_shown`).

    Parameters
    ----------
    members : list of str
        In the order of both axes.
    """
    base = charts.live("complainant", "defendant", "route", "chosen")
    x = alt.X("defendant:N", sort=members, title="Defendant", scale=alt.Scale(domain=members), axis=alt.Axis(labelAngle=-40, orient="top", titleAlign="left", titleAnchor="start", labelOverlap=False, labelExpr=_LABEL))  # fmt: skip
    y = alt.Y("complainant:N", sort=members, title="Complainant", scale=alt.Scale(domain=members), axis=alt.Axis(labelOverlap=False, labelExpr=_LABEL))  # fmt: skip
    colour = alt.Color(
        "route:N",
        title=None,
        scale=alt.Scale(domain=list(_WORDS.values()), range=list(_COLOURS.values())),
        legend=alt.Legend(
            values=charts.signal("shown"), orient="right", symbolType="square", symbolSize=160, labelLimit=230
        ),  # fmt: skip
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1.5).encode(
        x=x,
        y=y,
        color=colour,
        tooltip=[
            alt.Tooltip("complainant:N", title="Complainant"),
            alt.Tooltip("defendant:N", title="Defendant"),
            alt.Tooltip("route:N", title="Appeal"),
        ],
    )
    # The chosen defendant's column, by an edge.
    edge = base.transform_filter("datum.chosen").mark_rect(filled=False, stroke=charts.INK, strokeWidth=2).encode(x=x, y=y)  # fmt: skip
    title = charts.title(
        charts.signal("title"),
        "Who hears an appeal, if the losing side appeals; outlined: the chosen defendant",
        "Source: data/wto_members.csv; a choice of members",
    )
    return (cells + edge).properties(
        width=_WIDE * len(members),
        height=_HIGH * len(members),
        title=title,
        description=(
            "Matrix of members of the World Trade Organization, complainants down, defendants across. A cell is blue where the"
            " Appellate Body hears an appeal, green where appeal arbitrators do, pale orange where nobody does. To the end of 2019"
            " all is blue; then a green block grows with each member that joins. The sentence above counts."
        ),
    )
