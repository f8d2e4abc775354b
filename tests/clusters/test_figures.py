"""Tables and charts of notebook 24: they say what their studies count."""

from __future__ import annotations

import json
import re

import pytest

from helpers.clusters import figures, studies
from helpers.core import data


def test_baselines_are_not_mixed():
    """The same system: worse than a GB200, better than an H20 for each operation, 30 to 50% worse for each token."""
    frame = figures.baselines_table().frame.reset_index()
    said = dict(zip(zip(frame["Measured by"], frame["Baseline"]), frame["Times the baseline"]))
    assert said["Power for each petaFLOP", "GB200 NVL72 (2024)"] == "2.1 to 2.8"
    assert said["Power for each TB/s of memory", "GB200 NVL72 (2024)"] == "1.8"
    assert said["Electricity for each token", "H20 (2023)"] == "1.3 to 1.5"
    assert float(said["Power for each petaFLOP", "HGX H20 (2023)"].split(" to ")[1]) < 1


def test_tables_of_electricity_by_hand():
    """0.056 USD x 8,760 h x 145/180 and 559/300 kW; half of a price doubled; power over peak of an HGX H100."""
    bills = figures.bills_table().frame.loc["Three provinces, after subsidy"]
    assert bills.tolist() == ["5.6", "395", "914"]
    assert studies.price_before() == pytest.approx(0.112)
    said = figures.baselines_table().frame.reset_index().set_index("Baseline")["Times the baseline"]
    h100 = 10.2 / 8 / 0.9895
    assert said["HGX H100 (2022)"] == f"{500 / 300 / h100:.1f} to {559 / 300 / h100:.1f}"


def test_costs_by_place_are_the_cost_ratio_at_their_prices():
    shown = figures.places_table().frame.astype(float)
    assert shown.iloc[0, 2] == pytest.approx(studies.ratio_at(), abs=0.005), "5.6 and 9.1 cents are central"
    assert (shown.diff(axis=1).iloc[:, 1:] < 0).all(axis=None), "the dearer NVL72's power, the smaller the ratio"
    assert (shown.iloc[1] > shown.iloc[0]).all()


def test_tables_say_what_their_studies_count():
    flips = figures.flips_table().frame
    assert list(flips.index) == list(studies.FLIPS) and (flips["Ties at"] == "no value").sum() == 2
    assert flips.loc["Electricity price of CloudMatrix", "Ties at"] == "−27.4 US cents per kWh (paid to take it)"
    made = figures.scenarios_table().frame["Thousand chips, here"]
    assert made.tolist() == [f"{chips / 1e3:,.0f}" for chips in studies.scenarios()["made"]]


def test_the_chart_of_prices_states_its_cheapest_and_dearest_states():
    chart = figures.prices_chart().to_dict()
    assert "from 5.6 cents" not in chart["description"] and "in New Mexico to" in chart["description"]
    at_most = data.load("electricity").query("row_id in @studies.IN_CHINA.values() and central <= 0.056")
    assert chart["title"]["text"].startswith("Subsidised power at 5.6 cents")
    assert f"; {len(at_most) - 1} other prices" in chart["title"]["text"], "itself left out"


def test_the_price_that_ties_is_not_shown_before_the_page_asks_for_it():
    """The chart of prices stands a section above the question."""
    said = json.dumps(figures.prices_chart().to_dict())
    assert not {"tie", "ties"} & set(re.findall(r"[a-z]+", said)) and "3.3 to 4.4" not in said
    text = (data.ROOT / "notebooks" / "source" / "24_more_chips_more_power.md").read_text(encoding="utf-8")
    assert (
        text.index("figures.prices_chart()")
        < text.index("guess at which price CloudMatrix ties")
        < text.index("panels.tie_panel()")
    )
