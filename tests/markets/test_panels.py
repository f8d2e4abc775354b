"""Pictures and panels of grey markets: to scale, short, and sensible at every setting."""

from __future__ import annotations

import re

import numpy as np
import pytest

from helpers.markets import figures, panels, studies
from helpers.markets.figures import jar, ladder
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import size_of, svg_of


def heights(rows):
    """Height of each rung of the ladder, by its colour."""
    found = {}
    for row in rows:
        match = row["kind"] == "shape" and re.fullmatch(r"M190\.0,[\d.]+h122\.0v([\d.]+)h-122\.0z", row["path"])
        if match:
            found[row["fill"]] = float(match[1])
    return found


def test_the_rungs_are_to_scale():
    rows = figures.ladder_rows("patrols", 0.2, 1, 4, 0.3)
    at, seen = studies.market_at(0.2), heights(rows)
    scale = (ladder.GROUND - ladder.TOP) / 4
    assert set(seen) == set(ladder.INKS.values())
    for name, height in at.rungs.items():
        assert seen[ladder.INKS[name]] == pytest.approx(height * scale - 1.2, abs=0.1)


@pytest.mark.parametrize("step", figures.LADDER_STEPS)
@pytest.mark.parametrize("given", [(0.2, 1, 4, 0.3), (0, 0.5, 2.5, 0.1), (0.7, 2, 6, 1), (0.5, 2, 2.5, 1)])
def test_every_step_of_the_ladder_stays_on_its_sheet_and_its_words_apart(step, given):
    words = [r for r in figures.ladder_rows(step, *given) if r["kind"] == "words"]
    for row in words:
        left, right = reach(row, 8.6)
        assert left > -4 and right < ladder.WIDTH + 24, row["words"]
        assert -4 < row["y"] < ladder.HEIGHT + 4, row["words"]
    labels = sorted(r["y"] for r in words if r["align"] == "right" and r["x"] == ladder.LABELS)
    assert all(b - a > 18 for a, b in zip(labels, labels[1:]))


@pytest.mark.parametrize("make", [panels.ladder_panel, panels.jar_panel])
def test_a_step_s_sentence_has_twenty_words_and_one_number(make):
    panel = make()
    for position in panel.positions():
        for step in panel.controls["step"].values():
            reading = panel.set(**{**position, "step": step}).reading
            words, numbers = words_and_numbers(reading)
            assert words <= 20 and numbers <= 1, reading


def test_the_finding_follows_what_each_gets_and_what_all_keep():
    panel = panels.ladder_panel()
    assert panel.set(step="reward", chance=20).signals["title"].endswith("brings more, all sellers together gain less")
    assert "7% less than with few patrols" in panel.state.reading
    assert panel.set(elasticity=0.25).signals["title"].endswith("brings more, all sellers together also gain more")
    assert "brings less" in panel.set(chance=1).signals["title"]
    assert "nobody tries" in panel.set(chance=69).signals["title"]


def test_the_bands_are_to_one_scale():
    """Heights of the four bands at the chance of 20%, against the study: one scale for all."""
    rows = figures.ladder_rows("reward", 0.2, 1, studies.last_buyer(), 0.3)
    bands = {r["fill"]: r["path"] for r in rows if r["kind"] == "shape" and len(r["path"]) > 500}
    frame = studies.patrols()
    at = frame.index[np.isclose(frame["chance"], 0.2)][0]
    heights = {}
    for name, column in (
        ("net gain", "net_gain"),
        ("trouble", "trouble"),
        ("fines", "fines"),
        ("seizures", "seizures"),
    ):
        points = [tuple(map(float, p.split(","))) for p in re.findall(r"[\d.]+,[\d.]+", bands[ladder.INKS[name]])]
        heights[column] = points[-1 - at][1] - points[at][1]
    scale = [heights[name] / frame.loc[at, name] for name in heights]
    assert scale == pytest.approx([np.mean(scale)] * 4, rel=0.01)


def test_an_audit_that_finds_few_says_one_thing():
    panel = panels.jar_panel()
    panel.apply("What if the audit finds few?")
    assert "no honest one stays" in panel.state.reading and "0 of 36 honest services" in panel.state.more


def dots(rows, fill):
    return sum(r["path"].count("M") for r in rows if r["kind"] == "shape" and r["fill"] == fill)


@pytest.mark.parametrize("step", figures.JAR_STEPS)
@pytest.mark.parametrize("given", [(0.6, 0.75, 0.44), (0.1, 0, 0), (1.0, 1.0, 0.9), (0.9, 0.5, 0.3)])
def test_the_jar_holds_as_many_as_the_study_says(step, given):
    share, audit, worth = given
    rows = figures.jar_rows(step, share, audit, worth)
    now = studies.jar(share, audit if step == "audit" else 0, worth)[jar.SHOWN[step]]
    if step == "alike":
        assert dots(rows, "#9a9a9a") == now.honest + now.false
    elif step != "inside":  # there a key is drawn too
        assert dots(rows, jar.HONEST) == now.honest and dots(rows, jar.FALSE) == now.false


def test_the_jar_empties_of_honest_services_and_the_audit_keeps_them():
    panel = panels.jar_panel()
    assert "driven the honest out" in panel.set(step="end").signals["title"]
    assert "keeps honest services in" in panel.set(step="audit").signals["title"]
    assert "too few" in panel.set(audit=20).signals["title"]


@pytest.mark.parametrize("make", [panels.ladder_panel, panels.jar_panel, panels.tokens_panel, panels.rent_panel])
def test_pictures_fit_the_page(make):
    panel = make()
    width, height = size_of(svg_of(panel))
    assert width <= 800 and height <= 430, (width, height)


def test_the_tokens_panel_says_what_the_study_says():
    panel = panels.tokens_panel()
    by = studies.blended(0.5).set_index("service")["usd"]
    reading = panel.set(hits=50).reading
    assert f"{by['DeepSeek V4-Pro, May 2026']:.2f} USD" in reading and f"{by['Kimi K3']:.2f}" in reading


def test_the_rent_panel_says_whether_the_rent_pays():
    panel = panels.rent_panel()
    assert "does not pay" in panel.state.signals["title"]
    assert (
        panel.set(mark_up=0, use=90, years=6).signals["title"] == "China’s hire price pays for hardware at list price"
    )


def test_the_price_above_the_ladder_is_the_sum_of_its_printed_rungs():
    """A reader who adds the printed rungs up finds what is printed above them, at every step."""
    for step in ("seizures", "fines", "margin", "patrols", "reward"):
        words = [
            r["words"] for r in figures.ladder_rows(step, 0.2, 1, studies.last_buyer(), 0.3) if r["kind"] != "shape"
        ]
        parts = [w.rpartition(" ") for w in words]
        rungs = [float(height) for name, _, height in parts if name in studies.RUNGS]
        totals = [float(w.replace(",", "")) for w in words if w.replace(",", "").isdigit()]
        assert len(rungs) >= 3 and sum(rungs) in totals, (step, rungs, totals)


def test_the_hire_of_one_month_is_compared_as_such():
    """October 2025 alone has contracts of both places: 1.31 over 1.70."""
    gap = studies.china_over_world()
    assert gap.index[gap["matched"].astype(bool)].tolist() == ["2025-10"]
    assert gap.loc["2025-10", "ratio"] == pytest.approx(1.31 / 1.70, abs=0.005)


def words_of(rows):
    return [r["words"] for r in rows if r["kind"] == "words"]


@pytest.mark.parametrize("chance", [0.01, 0.03, 0.08, 0.2, 0.5])
def test_the_dashed_lines_of_the_ladder_are_named_apart(chance):
    rows = figures.ladder_rows("patrols", chance, 1, studies.last_buyer(), 0.3)
    places = [r["y"] for r in rows if r["kind"] == "words" and r["words"] in ("sellers ask", "few patrols")]
    assert len(places) == 2 and abs(places[0] - places[1]) > 18
    last = figures.ladder_rows("reward", chance, 1, studies.last_buyer(), 0.3)
    assert {"net gain with few patrols", f"{100 * chance:.0f}%"} <= set(words_of(last))


def test_earlier_prices_of_the_jar_are_named_once_there_are_some():
    assert "before" not in words_of(figures.jar_rows("price", 0.6, 0.75, 0.44))
    assert words_of(figures.jar_rows("again", 0.6, 0.75, 0.44)).count("before") == 1


def test_a_range_of_chips_is_printed_with_the_figure_at_its_dot():
    said = figures.smuggled_chart().to_json()
    for words in (
        "1,600 to 200,000, median 18,000",
        "10,000 to “several hundred thousand”, median 140,000",
        "290,000 to 1,600,000, median 660,000",
    ):
        assert words in said, words
