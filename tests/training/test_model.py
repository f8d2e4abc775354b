"""The model of training: pipelines, owning and renting, a slower link; limits, shapes and refusals.

Sources: DeepSeek-V3 report (arXiv 2412.19437, table 2), DualPipe README, Epoch AI (see data/training_shares.csv).
"""

from __future__ import annotations

import numpy as np
import pytest

from helpers.core import data
from helpers.training import model as training

# --- pipeline -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "formula"),
    [
        ("1F1B", lambda pp, f, b, w, fb: (pp - 1) * (f + b)),
        ("ZB1P", lambda pp, f, b, w, fb: (pp - 1) * (f + b - 2 * w)),
        ("DualPipe", lambda pp, f, b, w, fb: (pp / 2 - 1) * (fb + b - 3 * w)),
    ],
)
def test_the_bubbles_of_the_readme_s_table(schedule, formula):
    pp = np.array([2, 8, 16, 64])
    for f, b, w, fb in [(1, 2, 1, 3), (1.1, 2.4, 0.9, 3.2), (1, 2, 0.5, 2.5)]:
        overlapped = (fb,) if schedule == "DualPipe" else ()
        np.testing.assert_allclose(training.bubble_time(schedule, pp, f, b, w, *overlapped), formula(pp, f, b, w, fb))


def test_dualpipe_waits_less_than_zb1p_and_that_less_than_1f1b():
    waits = [
        training.bubble_time(s, np.array([4, 8, 16]), 1, 2, 0.9, 2.7 if s == "DualPipe" else None)
        for s in training.SCHEDULES
    ]
    assert (waits[0] > waits[1]).all() and (waits[1] > waits[2]).all()


def test_gpipe_s_fraction():
    assert float(training.bubble_fraction("1F1B", 8, 1)) == pytest.approx(7 / 8)
    assert float(training.bubble_fraction("1F1B", 16, 240)) == pytest.approx(15 / 255)
    assert float(training.bubble_fraction("1F1B", 1, 5)) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("GPipe", 4), "schedule = 'GPipe' is not one of 1F1B"),
        (("DualPipe", 7), "stages = 7 must be even for DualPipe"),
        (("1F1B", 2.5), "stages = 2.5 must be a whole number from 1 to 10000"),
        (("1F1B", 4, 1, 1, 2), "weight = 2 is above backward = 1"),
        (("ZB1P", 4, 1, 2, 1.6), "ZB1P formula is negative"),
        (("DualPipe", 4, 1, 2, 2, 2), "DualPipe formula is negative"),
        (("DualPipe", 4, 1, 2, 1, 1.9), "overlapped = 1.9 is shorter than the longer of forward and backward, 2"),
        (
            ("DualPipe", 4, [1, 3], 2, 1, [2, 2.9]),
            "overlapped = 2.9 is shorter than the longer of forward and backward, 3",
        ),
        (("1F1B", 4, 1, 2, 1, 3), "overlapped = 3 is given, but schedule = '1F1B' overlaps nothing"),
        (("ZB1P", 4, 1, 2, 1, 3), "overlapped = 3 is given, but schedule = 'ZB1P' overlaps nothing"),
        (("1F1B", 0), "stages = 0 is outside its valid range, 1 to 10000"),
    ],
)
def test_a_pipeline_that_cannot_be_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        training.bubble_time(*call)


def test_dualpipe_needs_two_micro_batches_for_each_stage():
    """DeepSeek's dualpipe.py asserts it."""
    assert float(training.bubble_fraction("DualPipe", 8, 16)) == pytest.approx(6 / (6 + 48))
    with pytest.raises(
        ValueError, match="micro_batches = 14 must be at least twice the stages for DualPipe, and stages = 8"
    ):
        training.bubble_fraction("DualPipe", 8, 14)


@pytest.mark.parametrize("schedule", training.SCHEDULES)
@pytest.mark.parametrize("pieces", [1.5, [64, 64.5], 0, -2, "64", True])
def test_a_batch_is_cut_into_whole_pieces(schedule, pieces):
    with pytest.raises(ValueError, match="^micro_batches = "):
        training.bubble_fraction(schedule, 2, pieces)


def test_gpus_times_time_and_the_rent_behind_a_cost():
    """DeepSeek-V3 (arXiv 2412.19437, section 1 and table 1): 180 thousand GPU-hours a trillion tokens are 3.7 days on
    2,048 H800; 2.788 million GPU-hours at 5.576 million USD are 2 USD an hour."""
    assert float(training.gpu_hours_of_run(2048, 3.7)) == pytest.approx(180e3, rel=0.02)
    assert float(training.run_days(training.gpu_hours_of_run(2048, 54), 2048)) == pytest.approx(54)
    assert float(training.implied_rent_usd(5.576e6, 2.788e6)) == 2
    hours = np.array([1e3, 2.664e6])
    np.testing.assert_allclose(training.implied_rent_usd(training.rental_cost_usd(hours, 2.5), hours), 2.5)


def test_a_step_without_work_is_refused():
    with pytest.raises(ValueError, match="a step without work"):
        training.bubble_fraction("1F1B", 1, 1, 0, 0, 0)


# --- owning, developing, other chips ------------------------------------------------------------


def test_owning_costs_the_rent_at_the_break_even_utilisation():
    rents = np.linspace(0.5, 9, 30)
    u = training.break_even_utilisation(rents, 55_000, 4, 0.12, 0.04)
    inside = u <= 1
    assert inside.any() and (~inside).any()
    np.testing.assert_allclose(
        training.owned_usd_per_gpu_hour(55_000, 4, u[inside], 0.12, 0.04), rents[inside], rtol=1e-12
    )


def test_a_rent_below_the_electricity_breaks_even_nowhere():
    with pytest.raises(
        ValueError,
        match="usd_per_gpu_hour = 0.1 does not exceed power_usd_per_hour = 0.2: at no utilisation does owning pay",
    ):
        training.break_even_utilisation(0.1, 50_000, 4, 0.2)
    with pytest.raises(ValueError, match="usd_per_gpu_hour = 0.2 does not exceed power_usd_per_hour = 0.2"):
        training.break_even_utilisation([0.3, 0.2], 50_000, 4, 0.2)


def test_development_is_the_run_over_its_share():
    shares = data.load("training_shares").set_index("share_id")["percent"] / 100
    whole = training.development_cost_usd(
        5.576e6, shares[["final-run-openai", "final-run-zai", "final-run-minimax"]].to_numpy()
    )
    assert (24e6 < whole).all() and (whole < 59e6).all() and (np.diff(whole) < 0).all()
    assert float(training.development_cost_usd(5.576e6)) == 5.576e6


def test_a_slower_link_costs_nothing_when_hidden_and_at_most_its_ratio():
    assert float(training.link_slowdown(0.3, 400 / 900, 1)) == 1
    assert float(training.link_slowdown(0.3, 400 / 900, 0)) == pytest.approx(1.675 / 1.3)
    ratio = 400 / 900
    slow = training.link_slowdown(np.linspace(0, 10, 200), ratio, 0)
    assert (np.diff(slow) > 0).all() and (slow < 1 / ratio).all()


# --- properties ---------------------------------------------------------------------------------


def test_hours_and_utilisation_undo_each_other():
    rng = np.random.default_rng(32)
    flops, tops, mfu = 10 ** rng.uniform(15, 30, 1000), 10 ** rng.uniform(0, 5, 1000), rng.uniform(1e-3, 1, 1000)
    hours = training.gpu_hours(flops, tops, mfu)
    keep = (hours > 1e-6) & (hours < 1e12)
    assert keep.sum() > 500
    np.testing.assert_allclose(training.mfu_from_hours(flops[keep], hours[keep], tops[keep]), mfu[keep])


@pytest.mark.parametrize(
    ("function", "at", "falls"),
    [
        (lambda x: training.gpu_hours(1e24, x, 0.4), (100, 5000), True),
        (lambda x: training.gpu_hours(1e24, 900, x), (0.05, 1), True),
        (lambda x: training.mfu_from_hours(1e24, x, 900), (1e3, 1e8), True),
        (lambda x: training.training_flops(x, 1e12), (1e9, 1e12), False),
        (lambda x: training.run_days(1e6, x), (1, 1e5), True),
        (lambda x: training.owned_usd_per_gpu_hour(5e4, x, 0.5), (1, 10), True),
        (lambda x: training.owned_usd_per_gpu_hour(5e4, 4, x), (0.05, 1), True),
        (lambda x: training.bubble_fraction("1F1B", 8, 2 * x.round() + 1), (1, 1000), True),
        (lambda x: training.development_cost_usd(1e6, 0.2, x), (0, 0.9), False),
        (lambda x: training.link_slowdown(0.5, x, 0.1), (0.1, 1), True),
    ],
    ids=["peak", "mfu", "hours", "parameters", "gpus", "lifetime", "use", "micro-batches", "staff", "link"],
)
def test_more_of_this_gives_less_or_more_of_that(function, at, falls):
    y = function(np.linspace(*at, 200))
    assert ((np.diff(y) < 0) if falls else (np.diff(y) > 0)).all()


def test_scalars_give_scalars_and_arrays_broadcast():
    assert training.gpu_hours(1e24, 900, 0.4).shape == ()
    assert training.gpu_hours(np.full((3, 1), 1e24), np.full(4, 900), 0.4).shape == (3, 4)
    assert training.bubble_fraction("DualPipe", np.array([[4], [8]]), np.array([16, 20, 30])).shape == (2, 3)
