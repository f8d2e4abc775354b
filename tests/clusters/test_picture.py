"""The picture of notebook 24: its steps are short, its signs to scale, and no words lie on each other."""

from __future__ import annotations

import itertools
import re

import pytest

from helpers.clusters import figures, panels, studies
from helpers.clusters.figures import icons
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import size_of, svg_of

USES = (20, 28, 35.5, 37, 45, 60)


@pytest.fixture(scope="module")
def panel():
    return panels.picture_panel()


def box(row):
    """Left, right, top and bottom of a line of words, a little generously."""
    return *reach(row, 8.7 if row["bold"] else 8.1), row["y"] - 12, row["y"] + 3


@pytest.mark.parametrize("step", figures.STEPS)
def test_a_step_is_one_sentence_with_one_number_at_every_setting(panel, step):
    for use, cents, account in itertools.product(USES, (0, 30), studies.ACCOUNTS):
        state = panel.set(step=step, use_b=use, cents_b=cents, account=account)
        words, numbers = words_and_numbers(state.reading)
        assert words <= 20 and numbers <= 1 and state.more.endswith("."), state.reading


@pytest.mark.parametrize("step", figures.STEPS)
def test_words_keep_to_the_sheet_and_off_each_other(panel, step):
    for use, account in itertools.product(USES, studies.ACCOUNTS):
        rows = [r for r in panel.set(step=step, use_b=use, cents_b=5.6, account=account).rows if r["kind"] == "words"]
        for row in rows:
            left, right, top, bottom = box(row)
            assert left >= -4 and right <= figures.WIDTH + 8 and top >= 0 and bottom <= figures.HEIGHT + 4, row
        for one, other in itertools.combinations(rows, 2):
            (a, b, c, d), (e, f, g, h) = box(one), box(other)
            assert not (a < f and e < b and c < h and g < d), (use, account, one["words"], other["words"])
    svg = svg_of(panel)
    width, height = size_of(svg)
    assert width <= 800 and height <= 430, (width, height)
    assert {float(s) for s in re.findall(r'font-size="([\d.]+)', svg)} <= {16.0}


def test_the_ladder_is_the_equal_work_and_the_bill_of_the_other_panels():
    """By hand as in test_panels: 2,500 x 0.375 over 752 x 0.355 chips, power with PUE, capital with network."""
    found = studies.ladder(0.355, 0.056)
    n = 2500 * 0.375 / (752 * 0.355)
    network = 3e6 / 72 * 0.19 / 0.81
    assert found.chips == pytest.approx(n)
    assert found.power == pytest.approx(n * (559 / 384 * 1.3) / (145 / 72 * 1.1))
    assert found.capital == pytest.approx((n * 8.2e6 / 384 + network * n) / (3e6 / 72 + network))
    assert found.bill == pytest.approx(studies.ratio_at())
    assert found.each("chips") == pytest.approx(1 / n) and found.each("bill") == pytest.approx(found.bill / n)
    ratios = list(found.rungs.values())
    assert ratios == sorted(ratios, reverse=True), "the ladder narrows"


def test_better_use_lowers_every_rung():
    low, high = (studies.ladder(use, 0.056).rungs for use in (0.3, 0.5))
    assert all(high[name] < low[name] for name in low)


def test_taps_are_the_accounts_put_through_the_same_arithmetic():
    """5,000 wafers x 12 x 78 dies / 2, 30% of them good; 2.4 million stacks / 8."""
    found = studies.taps("sa-2026")
    assert found.whole == 5000 * 12 * 78 / 2 and found.good == pytest.approx(0.3 * found.whole)
    assert found.memory == found.chips == 300_000 and found.binding == "memory"
    assert studies.taps("ms-2025").binding == "dies"
    assert studies.chips_for(1e6, 0.355) == pytest.approx(1e6 * 989.5 * 0.375 / (752 * 0.355))


def test_signs_and_pipes_are_to_scale():
    """The last sign of a row is cut at its share; pipe and stream have the ratio of what flows."""
    assert icons.end(0, 50, 3.5) == pytest.approx(3 * icons.SLOT * 50 + 25)
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+),", icons.sign("capital", 0, 0, 50, 0.5))]
    assert max(xs) == pytest.approx(25) and min(xs) == 0
    rows = figures.peak_to_bill_rows("memory", 0.355, 0.056, "sa-2026")
    pipes = [
        float(h) for r in rows for h in re.findall(r"h150\.0v([\d.]+)h-150", r.get("path", ""))
    ]  # yield to package
    found = studies.taps("sa-2026")
    assert pipes[1] / pipes[0] == pytest.approx(found.memory / found.good, abs=0.01)


def test_the_lit_tap_follows_the_account(panel):
    for account, word in (("sa-2026", "memory: the slowest tap"), ("ms-2025", "yield: the slowest tap")):
        state = panel.set(step="memory", use_b=35.5, account=account)
        assert word in [r["words"] for r in state.rows if r["kind"] == "words"]


def test_a_share_of_supply_names_whose_number_it_is(panel):
    """The yield of SemiAnalysis's account is our guess, its memory is not; of Morgan Stanley's it is the other way round."""
    said = {
        (step, account): panel.set(step=step, account=account, use_b=35.5).reading
        for step in ("dies", "memory")
        for account in studies.ACCOUNTS
    }
    assert said["dies", "sa-2026"].startswith("With a yield that we guess,")
    assert said["memory", "sa-2026"].startswith("By SemiAnalysis’s account memory is slowest")
    assert said["dies", "ms-2025"].startswith("By Morgan Stanley’s account, good dies alone")
    assert said["memory", "ms-2025"].startswith("By Morgan Stanley’s account good dies are slowest")
    assert said["memory", "plan-2026"].startswith("With numbers that we fill in memory is")
    assert all("one account" not in words and len(words.split()) <= 20 for words in said.values())


def test_two_accounts_in_one_picture_carry_their_years():
    """22% is of 2026 and 71% of 2025: not two answers about one year."""
    panel = panels.picture_panel()
    for account, year in (("sa-2026", "2026"), ("ms-2025", "2025")):
        state = panel.set(**{**panel.defaults(), "step": "memory", "account": account})
        assert "(SemiAnalysis, 2026)" in state.signals["title"] and "(Morgan Stanley, 2025)" in state.signals["title"]
        words = [row.get("words") for row in state.rows]
        assert f"910C of one year, {year}" in words
    assert "Morgan Stanley 2025:" in [r.get("words") for r in panel.set(step="memory", account="sa-2026").rows]
