"""The picture that opens 24_more_chips_more_power: from peak to bill, then to supply."""

from __future__ import annotations

import altair as alt

from helpers.clusters import studies
from helpers.clusters.figures import ladder, taps
from helpers.show.drawing import Drawing, chart_of

WIDTH, HEIGHT = ladder.WIDTH, ladder.HEIGHT
STEPS = ("one", "machines", *ladder.RUNGS, "dies", "memory")
MILLION = 1e6  # H100 whose work the tank is measured by


def peak_to_bill_rows(step: str, use_b: float, usd_kwh_b: float, account: str) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    use_b, usd_kwh_b
        As in ``studies.ladder``.
    account : str
        As in ``studies.taps``.
    """
    d = Drawing()
    use, price = studies.parameter("utilisation", "CN")[1], studies.parameter("electricity_price", "CN")[1]
    if step == "one":
        ladder.one_chip(d)
    elif step == "machines":
        ladder.two_machines(d)
    elif step in ladder.RUNGS:
        ladder.ladder(d, step, studies.ladder(use_b, usd_kwh_b), studies.ladder(use, price), use_b)
    else:
        wanted, at_start = (studies.chips_for(MILLION, share) for share in (use_b, use))
        taps.taps(d, step, studies.taps(account), wanted, at_start)
    return d.rows


def peak_to_bill_chart() -> alt.LayerChart:
    """The picture; rows from `peak_to_bill_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Source: data/systems.csv, data/cluster_parameters.csv, data/supply_scenarios.csv",
        description=(
            "Picture in eight steps. One chip of NVIDIA beside one of Huawei, as dots; then both machines, few large dots"
            " against many small ones, with wires. Then a ladder of four rungs for the same work: chips, power, capital and"
            " bill, each drawn as signs side by side, with one chip of each at the right. Last, wafers, yield and memory as"
            " taps that fill a tank of a year’s chips. Signs, dots, pipes and tank are to scale. The sentence above gives the numbers."
        ),
    )
