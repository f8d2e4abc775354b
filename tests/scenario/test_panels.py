"""Panels of notebook 80: short at every position, within the page, and saying what the studies say."""

from __future__ import annotations

import pytest

from helpers.core.words import figures as two
from helpers.scenario import figures, panels, studies
from tests.catalogue import PANELS
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import size_of, svg_of

MINE = ["Two reservoirs, four inflows", "Which gap?", "The fan", "Which dial matters?"]


@pytest.mark.parametrize("name", MINE)
def test_a_panel_is_read_at_a_glance_and_fits_a_small_window(name):
    panel = PANELS[name]()
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 440
    assert 3 <= len(panel.presets) <= 6 and all(q.endswith("?") and len(q) <= 38 for q in panel.presets)
    for setting in panel.positions():
        state = panel.set(**setting)
        words, numbers = words_and_numbers(state.reading)
        assert words <= 35 and numbers <= 3, state.reading
        assert state.more or state.reading.startswith("No answer")


def test_each_step_of_the_picture_is_one_short_sentence():
    panel = panels.picture_panel()
    for step in figures.STEPS:
        state = panel.set(step=step)
        assert words_and_numbers(state.reading)[0] <= 20, state.reading
        assert state.signals["title"][3:4].isupper()


@pytest.mark.parametrize("step", figures.STEPS)
def test_words_of_the_picture_stay_on_the_sheet_and_off_each_other(step):
    from helpers.scenario.figures.scene import HEIGHT, WIDTH

    placed = []
    for row in figures.reservoir_rows(step, studies.Setting(), 500):
        if row["kind"] == "words":
            left, right = reach(row, 8.2)
            assert -8 <= left and right <= WIDTH + 30 and 10 <= row["y"] <= HEIGHT, row["words"]
            placed.append((left, left + 0.9 * (right - left), row["y"], row["words"]))
    for i, (a, b, y, words) in enumerate(placed):
        for c, d, v, others in placed[i + 1 :]:
            assert b <= c or d <= a or abs(y - v) >= 13, (words, others)


def test_the_squares_are_to_scale():
    """A square is 100,000 H100s: areas of a colour add up to what the level says."""
    held = figures.levels()
    rows = figures.reservoir_rows("smuggled", studies.Setting(), 500)
    side = 17.0

    def area(fill: str) -> float:
        import re

        total = 0.0
        for row in rows:
            if row["kind"] == "shape" and row["fill"] == fill:
                for wide, high in re.findall(r"h([\d.]+)v([\d.]+)", row["path"]):
                    total += float(wide) * float(high) if high == f"{side:.1f}" else 0
        return total / side**2

    from helpers.show import charts

    assert area(charts.BLUE) - 1 == pytest.approx(10 * held["us"], rel=0.01)  # one square is the key
    assert area(charts.GREEN) == pytest.approx(10 * held["domestic"], rel=0.05)
    assert area(charts.VERMILION) == pytest.approx(10 * held["smuggled"], rel=0.05)


def test_the_fan_panel_says_what_the_fan_says():
    state = panels.fan_panel().set(correlation=0)
    low, _, high = studies.fan(studies.Setting(correlation=0), studies.FULL).at(2030)
    assert two(low) in state.reading and two(high) in state.reading


def test_a_combination_without_meaning_is_a_sentence():
    state = panels.which_panel().set(whose="used", flow="flow")
    assert state.reading.startswith("No answer at this setting") and "owner" in state.reading


def test_the_long_run_tells_how_far_it_has_come():
    panel, told = panels.dials_panel(), []
    say = panel._say
    panel._say = lambda sentence: (told.append(sentence), say(sentence))
    panel.set(year=2028, draws=16_384, licences="deny")
    assert any("of 16,384 draws" in sentence for sentence in told[:-1])
    assert panel._bar.layout.display == "none" and "2028" in told[-1]


def test_the_ratio_of_the_fifth_step_is_drawn_and_is_that_of_its_sentence():
    said = panels.picture_panel().set(step="rented").reading.split("about ")[1].split(" times")[0]
    drawn = [row["words"] for row in figures.reservoir_rows("rented", studies.Setting(), 500) if row["kind"] == "words"]
    over = next(words for words in drawn if " over " in words and words.endswith(f"about {said} times"))
    us, china = (float(part.split(":")[0]) for part in over.split(" over "))
    assert round(us / china) == int(said)


def test_parts_of_the_variance_are_said_to_add_up_to_what_their_labels_add_up_to():
    state = PANELS["Which dial matters?"]().set(year=2026, view="share")
    drawn = sum(int(row["label"]) for row in state.rows if "label" in row)
    assert f"here the parts add up to {drawn}%" in state.more and "counts for both" in state.signals["axis"]


def test_beside_each_dial_stands_what_it_is_drawn_from():
    """Typed from rows of data/gap_dials.csv: growth-2030, domestic-2026, us-share, licensed-sell."""
    ranges = {row["dial"]: row["range"] for row in panels.dials_panel().set(year=2030, view="alone").rows}
    assert ranges[studies.WORDS["growth"]] == "0.85, 1.25, 1.7 times" and len(ranges) == len(studies.DIALS)
    assert ranges[studies.WORDS["us_share"]] == "74, 80, 88%"
    assert studies.ends("domestic", studies.Setting(), 2026) == ((0.3, 0.75, 1.3), "million")
    assert studies.ends("licensed", studies.Setting(licences="sell"), 2030)[0] == (0.5, 1.5, 4.0)


def test_the_power_limit_in_force_stands_on_its_bar():
    for power, words in ((0.0, "12 GW a year"), (20.0, "20 GW a year")):
        rows = figures.reservoir_rows("policies", studies.Setting(power_gw=power), 500)
        assert any(words in row["words"] for row in rows if row["kind"] == "words")
