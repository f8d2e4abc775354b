"""A stock by vintage: what is left, what is in use, and how fast a denial shows in it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.timing import model as timing


def test_twenty_per_cent_a_year_leaves_51_per_cent_after_three_years_by_the_year():
    """Textbook decay, by hand: 0.8 x 0.8 x 0.8. The often quoted 55% is for loss at every moment, e^(-0.6)."""
    assert float(timing.left_after(3, 0.2)) == pytest.approx(0.8 * 0.8 * 0.8)
    assert round(100 * float(timing.left_after(3, 0.2))) == 51
    assert float(timing.left_after(3, 0.2, "continuously")) == pytest.approx(math.exp(-0.6))
    assert round(100 * float(timing.left_after(3, 0.2, "continuously"))) == 55


def test_a_yearly_loss_has_a_continuous_rate_that_is_larger():
    rate = -math.log(1 - 0.2)
    years = np.arange(8.0)
    assert timing.left_after(years, rate, "continuously") == pytest.approx(timing.left_after(years, 0.2))


def test_a_life_ends_and_the_year_of_its_end_counts_in_part():
    """(1 - h)^a x clip(L - a, 0, 1), by hand at four ages."""
    assert timing.alive([0, 3, 4, 5], 0.1, 4.5).tolist() == pytest.approx([1.0, 0.9**3, 0.9**4 * 0.5, 0.0])


def test_chips_in_use_are_the_sum_over_vintages():
    """A slow double loop over years and ages gives the same."""
    rng = np.random.default_rng(44)
    added, loss, life = rng.uniform(0, 9, (5, 12)), rng.uniform(0, 0.3, 5), rng.uniform(2, 9, 5)
    slow = [
        [
            sum(added[d, v] * (1 - loss[d]) ** (t - v) * min(max(life[d] - (t - v), 0), 1) for v in range(t + 1))
            for t in range(12)
        ]
        for d in range(5)
    ]
    assert timing.in_use(added, loss, life) == pytest.approx(np.array(slow))


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: timing.alive(-1), "age_years"),
        (lambda: timing.alive(1, 1.0), "retire_per_year"),
        (lambda: timing.left_after(3, 0.2, "sometimes"), "how"),
        (lambda: timing.in_use(np.ones((2, 61))), "added"),
        (lambda: timing.in_use(np.ones((2, 5)), np.ones(3) * 0.1), "retire_per_year"),
    ],
    ids=["age", "rate", "how", "too long", "shapes"],
)
def test_what_has_no_meaning_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match=named):
        call()
