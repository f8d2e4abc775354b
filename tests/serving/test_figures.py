"""Charts and tables of 34_serving: frames that hold every mark, and tables that repeat the charts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from helpers.serving import figures, studies

V3 = "DeepSeek-V3"


def test_the_frame_of_the_roofline_holds_every_chip_and_model_at_the_ends_of_its_sliders():
    low_x, high_x, low_y, high_y = *figures.X_ENDS, *figures.Y_ENDS
    ends = [(b[0], b[-1]) for b in (studies.BATCHES, studies.CONTEXTS, studies.GROUPS)]
    corners = np.array(list(itertools.product(*ends)), dtype=float)
    for _, chip in studies.drawable_chips():
        for model in studies.countable_models():
            for phase in ("decode", "prefill"):
                step = studies.step_of(model, chip, phase, *corners.T)
                assert (step.intensity >= low_x).all() and (step.intensity <= high_x).all(), (chip, model, phase)
                assert (step.tflops >= low_y).all() and (step.tflops <= high_y).all(), (chip, model, phase)


def test_the_roof_bends_at_the_ridge_and_the_measurement_lies_under_it():
    found = studies.under_roof("H800 SXM5 80GB", "Ascend 910C", "decode", V3, 88, 4989, 144)
    rows = figures.roofline_rows(found)
    (service,) = (r for r in rows if r["kind"] == "measured" and r["words"].startswith("DeepSeek’s service"))
    (work,) = (r for r in rows if r["kind"] == "work" and r["which"] == "first")
    assert service["x"] == pytest.approx(work["x"]) and service["y"] / work["y"] == pytest.approx(0.324, abs=0.002)
    roof = [r for r in rows if r["kind"] == "roof" and r["which"] == "first"]
    assert roof[1]["x"] == found.ridges[0] and roof[1]["y"] == pytest.approx(roof[2]["y"])
    assert all(r["low"] == pytest.approx(0.15 * r["y"]) and r["high"] == pytest.approx(0.45 * r["y"]) for r in roof)


def test_the_ceiling_passes_through_every_named_link():
    rows = figures.link_rows(50, 32, 9, 61)
    named = {r["words"]: r for r in rows if r["kind"].startswith("named")}
    assert list(named) == list(studies.named_links())
    (here,) = (r for r in rows if r["kind"] == "here")
    assert here["rate"] == named["400G card"]["rate"] == pytest.approx(67.76, abs=0.01)


def test_rents_are_bars_and_known_prices_diamonds():
    rents, _ = studies.price_rows(V3, "H800 SXM5 80GB", 4989, 2, (15, 45), 100)
    rows = figures.price_marks(rents, V3)
    assert [r["kind"] for r in rows[:2]] == ["cost", "cost"] and {r["kind"] for r in rows[2:]} == {"list"}
    assert all(r["low"] == r["high"] > 0 for r in rows[2:])
    assert len(figures.price_marks(rents, "Llama-3.1-405B")) == 2


def test_the_rules_table_repeats_the_chart():
    table = figures.rules_table().frame
    assert table.index.tolist() == [
        "The rule of October 2022", "The rule of October 2023", "The letter of April 2025", "The rule of January 2026",
    ]  # fmt: skip
    times = studies.work_times()
    for step, chip in (("The rule of October 2023", "H20 96GB"), ("The rule of January 2026", "H200 SXM 141GB")):
        assert [float(v) for v in table.loc[step].iloc[2:]] == pytest.approx(times.loc[chip].tolist(), abs=0.005)
    assert "900 to 400 GB/s" in table.loc["The rule of October 2022", "Took away"]


def test_the_title_of_the_prices_names_every_list_price_of_deepseek_s_largest_models():
    drawn = figures.prices_chart().to_dict()
    assert "0.28, 1.10, 1.68, 0.42, 3.48, 0.87 and 1.98 USD" in drawn["title"]["text"]


def test_names_of_neighbouring_links_stand_on_their_own_side():
    """Where two links are close, the slower is named on its left and the faster on its right, so neither name is over the other's dot."""
    rows = [r for r in figures.link_rows(50, 32, 9, 61) if r["kind"].startswith("named")]
    for slow, fast in itertools.pairwise(sorted(rows, key=lambda r: r["speed"])):
        if fast["speed"] / slow["speed"] < 1.3:
            assert (slow["kind"], fast["kind"]) == ("named", "named right"), (slow["words"], fast["words"])
            break
    else:
        pytest.fail("no two links are close")


def test_a_price_that_the_finding_names_is_named_in_the_chart():
    labels = {r["label"] for layer in figures.prices_chart().to_dict()["datasets"].values() for r in layer}
    assert {"Sonnet 4.5", "Kimi-K3"} <= labels
