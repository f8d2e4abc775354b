"""Panels and pictures of 42: what they say, and that it fits."""

from __future__ import annotations

import re

import pytest

from helpers.trade import figures, panels, studies
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import reads_at_a_glance, size_of, svg_of

PANELS = {
    "border": panels.border_panel,
    "protection": panels.protection_panel,
    "parity": panels.parity_panel,
    "split": panels.split_panel,
}


@pytest.fixture(scope="module", params=PANELS)
def any_panel(request):
    return PANELS[request.param]()


@pytest.fixture(scope="module")
def border():
    return panels.border_panel()


def test_it_reads_at_a_glance(any_panel):
    reads_at_a_glance(any_panel)


def test_the_chart_fits(any_panel):
    for values in any_panel.presets.values():
        any_panel.set(**{**any_panel.defaults(), **values})
        width, height = size_of(svg_of(any_panel))
        assert width <= 840 and height <= 430, values


EDGES = [{}, {"rate": 5}, {"rate": 25}, {"arriving": 50}, {"arriving": 100}, {"input_rise": 400}, {"doublings": 6}, {"doublings": 1, "input_share": 70}, {"input_share": 20}]  # fmt: skip


@pytest.mark.parametrize("values", EDGES, ids=str)
def test_a_step_is_one_sentence_of_at_most_20_words_and_one_number(border, values):
    for step in panels.STEPS:
        border.set(**{**border.defaults(), **values, "step": step})
        words, numbers = words_and_numbers(border.state.reading)
        assert words <= 20 and numbers <= 1, (step, border.state.reading)


@pytest.mark.parametrize("values", EDGES, ids=str)
def test_every_step_stays_on_its_sheet_and_in_large_letters(border, values):
    sizes = set()
    for step in panels.STEPS:
        border.set(**{**border.defaults(), **values, "step": step})
        svg = svg_of(border)
        sizes.add(size_of(svg))
        assert all(float(s) >= 16 for s in re.findall(r'font-size="([\d.]+)px"', svg))
        for row in border.state.rows:
            if row["kind"] == "words":
                assert 0 <= row["x"] <= figures.border.WIDTH and 8 <= row["y"] <= figures.border.HEIGHT, row
            else:
                ends = [float(v) for v in re.findall(r"[ML](-?[\d.]+),", row["path"])]
                assert min(ends) >= -1 and max(ends) <= figures.border.WIDTH + 4, (step, row["path"][:80])
    assert len(sizes) == 1


def test_words_of_a_step_do_not_lie_on_each_other(border):
    for values in EDGES:
        for step in panels.STEPS:
            border.set(**{**border.defaults(), **values, "step": step})
            placed = []
            for row in (r for r in border.state.rows if r["kind"] == "words"):
                left, right = reach(row, 8.4)
                placed.append((left, row["y"] - 13, right, row["y"] + 3, row["words"]))
            for i, a in enumerate(placed):
                for b in placed[:i]:
                    apart = a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]
                    assert apart, (step, values, a[4], b[4])


def test_the_areas_of_step_five_are_the_study_s(border):
    """From the drawn path itself: its area in pixels over a chip's and a price's, against the surplus."""
    border.set(**{**border.defaults(), "step": "pays"})
    s = studies.stage()
    green = next(r["path"] for r in border.state.rows if r.get("fill") == figures.border.HOME and r["alpha"] < 1)
    points = [tuple(map(float, p.split(","))) for p in re.findall(r"[-\d.]+,[-\d.]+", green)]
    twice = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]))
    assert abs(twice) / 2 / 4.5 / 2.8 == pytest.approx(s.makers_gain, rel=0.01)


def test_readings_name_the_study_s_numbers():
    panel = panels.protection_panel()
    assert "25% less" in panel.apply("Can −25% be had?").reading
    four = studies.policies()
    for question, policy in (("And chips and tools?", "chips and tools denied"), ("What if only chips are denied?", "chips denied"), ("And tools, while chips are sold?", "only tools denied")):  # fmt: skip
        assert f"{100 * four[policy].protection:.0f}".lstrip("-") + "%" in panel.apply(question).reading
    half = studies.policies(arriving=0.5)["chips and tools denied"].protection
    assert f"{-100 * half:.0f}% less" in panel.apply("And if half the chips still come?").reading
    years = panels.parity_panel()
    assert "never" in years.apply("And if output only doubles?").reading
    assert "5.3 years" in years.apply("How long at 20%?").reading
    split = panels.split_panel()
    assert "smugglers" in split.apply("And from a leaking ban?").reading
    assert split.state.signals["title"].startswith("Under a leaking ban ")
    assert split.apply("Who gains from a tariff?").reading.startswith("Under China’s tariff ")


def test_the_panel_of_protection_says_what_it_holds():
    """The market's own zero lies elsewhere: there the price of chips follows dearer inputs."""
    panel = panels.protection_panel()
    held = next(r["label"] for r in panel.state.rows if r["kind"] == "held")
    assert held == "held: chips 55% dearer, inputs 40% of the world price"
    assert "At this price of chips" in panel.state.reading and "139%" in panel.state.reading
    undone = studies.undone_in_market()
    assert studies.stage(doublings=3, input_rise=undone).protection == pytest.approx(0, abs=1e-9)
    assert studies.stage(doublings=3, input_rise=1.3866).protection > 0.1


def test_the_list_of_steps_names_each_with_its_instrument():
    spec = figures.steps_chart().to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows]
    said = [row["text"] for row in rows if "text" in row]
    spans = sorted(round(row["to"] - row["from"], 1) for row in rows if "text" not in row)
    assert spans == [0.1, 1.0]  # known by the month, and by the year
    assert len(said) == 18 and "2018: ZTE cut off (ban)" in said
    assert "Entity List" in repr(figures.steps_table())


def test_tables_tell_what_was_read():
    assert "abstract" in repr(figures.studies_table()) and "18.2" in repr(figures.example_table())
    assert "never" in repr(figures.sweep_table()) and "2.5 to 24.9" in repr(figures.rates_table())


def test_the_marks_where_protection_is_undone_stand_where_the_formula_has_them():
    panel = panels.protection_panel()
    marks = {r["label"]: r["rise"] for r in panel.state.rows if r["kind"] == "nil"}
    rise, share = panel.settings["output_rise"] / 100, panel.settings["input_share"] / 100
    assert marks.pop("undone at 139%") == pytest.approx(100 * rise / share)  # rise of the chip = share x rise of inputs
    assert list(marks) == ["in the market at 214%"]
    assert [r for r in panel.set(output_rise=0).rows if r["kind"] == "nil"] == []


def test_the_filled_steps_are_those_that_the_record_names_for_the_claim():
    rows = [r for rows in figures.steps_chart().to_dict()["datasets"].values() for r in rows if "named" in r]
    steps = [r for r in rows if r["mark"] == "diamond"]
    assert sum(r["named"] for r in steps) == studies.older_steps("S25")["of"].iloc[0] == 6
    assert {r["text"][:4] for r in steps if not r["named"]} == {"2015", "2017"}
