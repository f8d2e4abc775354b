"""The picture of 34_serving: numbers counted by hand from the shape of the model, and what each step says."""

from __future__ import annotations

import math

import pytest

from helpers.serving import figures, panels, studies
from helpers.show.panel import MOST_NUMBERS
from tests.reading import words_and_numbers

H800, H20 = studies.alone("H800 SXM5 80GB"), studies.alone("H20 96GB")


def test_one_answer_takes_as_long_as_reading_the_model():
    """By hand: 3,350 GB/s over the GB of Qwen3-32B in 8 bits, less its input embedding (151,936 x 5,120) and with a text of 128 tokens."""
    read = H800.model_gb - 151_936 * 5_120 / 1e9 + H800.text_gb
    assert H800.at(1)[0] == pytest.approx(3350 / read, rel=2e-3)
    assert H800.model_gb == pytest.approx(32.76, abs=0.01), "32.76 billion weights, as Qwen states"
    assert H800.text_gb == pytest.approx(128 * 64 * 2 * 8 * 128 * 2 / 1e9), "64 layers, 8 heads of 128, key and value"


def test_the_slope_is_the_bandwidth_s_and_the_roof_the_arithmetic_s():
    assert H20.at(1)[0] / H800.at(1)[0] == pytest.approx(4000 / 3350)
    assert H20.roof / H800.roof == pytest.approx(296 / 1979)
    assert H800.ridge == 423 and H20.ridge == 39
    assert H800.at(422)[1] < 1 == H800.at(423)[1]
    assert math.isnan(studies.alone("Ascend 910B", 16).roof), "66 GB of weights, 64 GB of memory"


def test_cells_are_lit_in_proportion():
    assert figures.lit_cells(H800, 0) == 0 and figures.lit_cells(H800, 1) == 1
    assert figures.lit_cells(H800, 423) == round(1979 / 5)
    with pytest.raises(ValueError, match="answers"):
        H800.at(1001)


def test_every_step_says_its_statement_in_twenty_words_and_one_number():
    panel = panels.picture_panel()
    for chip in (c for c in studies.CHIPS if c != "H800 SXM5 80GB"):
        for bits in (8, 16):
            for answers in (1, 64, 1000):
                for step in ("chip", "one", "eight", "climb", "ridge", "two"):
                    state = panel.set(step=step, answers=answers, other=chip, bits=bits)
                    words, numbers = words_and_numbers(state.reading.replace("Atlas 350", "Atlas"))
                    assert words <= 20 and numbers <= 1 <= MOST_NUMBERS and state.rows, state.reading
    assert "73% of what the H800 writes" in panel.apply("And an H20?").reading
    assert "119%" in panel.apply("An H20 for a single user?").reading
    assert "do not fit" in panel.set(step="two", answers=1000, bits=16).reading


@pytest.mark.parametrize(("step", "answers"), [("chip", 1), ("one", 1), ("eight", 8), ("climb", 64), ("two", 64)])
def test_orange_squares_are_gigabytes_wherever_they_are_drawn(step, answers):
    """A reader counts them: 33 for each chip whose memory is drawn, and nothing else is an orange square."""
    rows = figures.shared_rows(step, answers, "H20 96GB")
    squares = sum(r["path"].count("h") // 2 for r in rows if r.get("fill") == "#E69F00")
    assert squares == (2 if step == "two" else 1) * round(H800.model_gb)
