"""Progress: published optima, gains and rates are reproduced; conversions that are not defined are refused."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from helpers.core import data
from helpers.progress import model as progress
from helpers.progress.model import PowerLaw

MLA, KDA = progress.power_law("kimi-linear-mla"), progress.power_law("kimi-linear-kda")
CHINCHILLA_FLOP = 5.76e23  # Gopher's budget, on which Chinchilla was trained


def loss_on(curve, compute):
    """By the curve's own formula, not by the module."""
    return curve.a * np.asarray(compute) ** -curve.b


# --- scaling laws -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hoffmann-2022", (1.69, 406.4, 410.7, 0.34, 0.28)),
        ("besiroglu-2024", (1.8172, 482.01, 2085.43, 0.3478, 0.3658)),
    ],
)
def test_coefficients_are_the_published_ones(name, values):
    """arXiv 2203.15556, equation 10; arXiv 2404.10102 and the authors' notebook (482.006, 2085.434, 0.34781, 0.36585)."""
    law = progress.fit(name)
    assert (law.E, law.A, law.B, law.alpha, law.beta) == values


def test_the_refit_agrees_with_20_tokens_a_parameter_at_chinchilla_s_compute():
    """Besiroglu et al.: consistent with the 70B and 1.4T tokens, 20 to 1, that DeepMind used."""
    best = progress.optimum(CHINCHILLA_FLOP)
    assert float(best["tokens_per_parameter"]) == pytest.approx(20, rel=0.10)
    assert float(best["parameters"]) == pytest.approx(70e9, rel=0.05)
    assert float(best["tokens"]) == pytest.approx(1.4e12, rel=0.06)


def test_hoffmann_s_own_third_approach_does_not():
    """Hoffmann et al., table A3: 40B parameters at this budget. The printed, rounded digits give still less."""
    exact = progress.optimum(CHINCHILLA_FLOP, progress.fit("hoffmann-2022-unrounded"))
    rounded = progress.optimum(CHINCHILLA_FLOP, progress.fit("hoffmann-2022"))
    assert float(exact["parameters"]) == pytest.approx(40e9, rel=0.02)
    assert float(exact["tokens_per_parameter"]) == pytest.approx(59, rel=0.02)
    assert float(rounded["tokens_per_parameter"]) == pytest.approx(93, rel=0.01)


@pytest.mark.parametrize(("name", "share"), [("hoffmann-2022-unrounded", 0.4565), ("besiroglu-2024", 0.5126)])
def test_size_grows_as_this_power_of_compute(name, share):
    """Exponent a = beta / (alpha + beta): 0.46 in Hoffmann's table 2, 0.513 in the refit."""
    law = progress.fit(name)
    small, large = (float(progress.optimum(c, law)["parameters"]) for c in (1e22, 1e24))
    assert math.log(large / small) / math.log(100) == pytest.approx(share, abs=2e-4)


@pytest.mark.parametrize("name", ["hoffmann-2022", "hoffmann-2022-unrounded", "besiroglu-2024"])
def test_no_other_split_of_the_budget_is_better(name):
    law = progress.fit(name)
    best = progress.optimum(1e24, law)
    sizes = best["parameters"] * np.geomspace(0.01, 100, 401)
    losses = progress.loss(sizes, 1e24 / 6 / sizes, law)
    assert losses.min() >= progress.loss(best["parameters"], best["tokens"], law) - 1e-12
    assert abs(int(losses.argmin()) - 200) <= 1


def test_loss_falls_with_size_and_with_data_to_its_floor():
    law = progress.fit()
    sizes = np.geomspace(1e6, 1e15, 200)
    assert (np.diff(progress.loss(sizes, 1e12)) < 0).all() and (np.diff(progress.loss(1e10, sizes)) < 0).all()
    assert law.E < float(progress.loss(1e16, 1e18)) < law.E + 0.01


def test_a_gain_is_the_ratio_of_compute_at_equal_loss():
    """The definition: L_new(C / gain) = L_old(C); and on the printed curves, by hand."""
    c = np.geomspace(0.01, 1e4, 40)
    gains = progress.equivalent_gain(c, MLA, KDA)
    level = loss_on(MLA, c)
    assert np.allclose(loss_on(KDA, c / gains), level)
    assert np.allclose(gains, (MLA.a / level) ** (1 / MLA.b) / (KDA.a / level) ** (1 / KDA.b))
    assert (np.diff(gains) < 0).all()  # the new curve is the flatter one


# --- compute-equivalent gain --------------------------------------------------------------------


def test_kimi_linear_s_gain_is_1_16_inside_the_range_of_its_fit():
    """arXiv 2510.26692, scaling-law figure: 1.16x between 2 and 16 PFLOP/s-days."""
    gains = progress.equivalent_gain(np.geomspace(2, 16, 30), MLA, KDA)
    assert gains.max() == pytest.approx(1.178, abs=2e-3) and gains.min() == pytest.approx(1.137, abs=2e-3)
    assert float(progress.equivalent_gain(5, MLA, KDA)) == pytest.approx(1.16, abs=0.005)


def test_the_two_fitted_curves_cross_near_30_000():
    at = progress.crossing(MLA, KDA)
    assert at == pytest.approx(3e4, rel=0.03)
    assert loss_on(MLA, at) == pytest.approx(loss_on(KDA, at), abs=1e-12)
    assert float(progress.equivalent_gain(at, MLA, KDA)) == pytest.approx(1, abs=1e-9)
    assert float(progress.times_outside(at, 2, 16)) > 1800
    assert progress.times_outside([1, 2, 16, 160], 2, 16).tolist() == [2, 1, 1, 10]


def test_the_crossing_moves_by_powers_of_ten_with_a_digit_of_the_exponent():
    near = [progress.crossing(MLA, PowerLaw(KDA.a, b)) for b in (0.0525, 0.0529)]
    assert near[1] / near[0] > 50


def test_equal_exponents_give_one_gain_at_every_scale_and_no_crossing():
    old, new = PowerLaw(2.3, 0.05), PowerLaw(2.2, 0.05)
    gains = progress.equivalent_gain(np.geomspace(1e-6, 1e6, 20), old, new)
    assert np.allclose(gains, (2.3 / 2.2) ** 20)
    with pytest.raises(ValueError, match="never cross"):
        progress.crossing(old, new)


# --- rates --------------------------------------------------------------------------------------


def test_eight_months_is_2_8_times_a_year():
    """Ho et al., arXiv 2403.05812: 8 months (5 to 14)."""
    assert progress.factor_per_year([8, 5, 14]).round(1).tolist() == [2.8, 5.3, 1.8]
    assert progress.factor_per_year([12, 6, 24]).tolist() == [2, 4, 2**0.5]


def test_the_unit_of_the_fits_is_a_day_at_a_petaflop_a_second():
    """V3's 3.3e24 operations (arXiv 2412.19437, by the rule of six) are 38,000 of them."""
    assert progress.FLOP_PER_PFLOP_DAY == 1e15 * 24 * 60 * 60
    assert 6 * 37e9 * 14.8e12 / progress.FLOP_PER_PFLOP_DAY == pytest.approx(38_000, rel=0.002)


def test_the_table_s_gains_and_rates_are_the_quotients_of_what_was_published():
    """Muon 52% of the operations (arXiv 2502.16982); experts 40% (2401.06066); $60 to $0.06 in three years (a16z)."""
    rows = data.load("progress_estimates").set_index("estimate_id")["value"]
    assert rows["muon"] == pytest.approx(1 / 0.52, abs=0.005) and rows["fine-experts"] == 1 / 0.4
    assert rows["llmflation"] == pytest.approx((60 / 0.06) ** (1 / 3))


# --- several gains ------------------------------------------------------------------------------

GAINS = [1.92, 1.25, 1.16, 2.5]


def test_bounds_are_in_order_and_reached():
    bounds = progress.gain_bounds([1.25, 1.16])
    assert bounds["largest"] < bounds["product"] < bounds["disjoint"]
    assert float(progress.combined_gain([1.25, 1.16], 0)) == pytest.approx(1.45)
    assert float(progress.combined_gain([1.25, 1.16], 1)) == 1.25
    half = 1 / (0.5 / 1.45 + 0.5 / 1.25)  # half of what is left by each, not half of each gain
    assert float(progress.combined_gain([1.25, 1.16], 0.5)) == pytest.approx(half)
    assert progress.gain_bounds(GAINS)["disjoint"] == math.inf  # savings of 128 per cent


def test_more_overlap_means_less_gain_and_one_method_is_itself():
    w = np.linspace(0, 1, 50)
    assert (np.diff(progress.combined_gain(GAINS, w)) < 0).all()
    assert np.allclose(progress.combined_gain([1.7], w), 1.7)


def test_the_parts_of_k3_measured_alone_multiply_to_less_than_the_whole():
    """Kimi Linear 1.16, Attention Residuals 1.25: 1.45 of the 2.5 that the K3 report gives for all changes."""
    rows = data.load("progress_estimates").set_index("estimate_id")["value"]
    assert float(progress.gain_bounds(rows[["kda", "attnres"]].to_numpy())["product"]) == pytest.approx(1.45)
    assert rows["k3-over-k2"] == 2.5


# --- two labs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("exponent", "after"), [(0.0, 10.0), (0.2, 10**1.2), (-0.2, 10**0.8)])
def test_the_size_of_an_open_gain_does_not_matter_for_the_ratio(exponent, after):
    ratios = progress.two_labs(10, np.array([2.0, 5.0, 50.0]), exponent)["ratio"]
    assert np.allclose(ratios, after)


def test_a_gain_kept_to_oneself_divides_the_ratio():
    kept = progress.two_labs(10, 4, 0.3, rich_uses_it=False)
    assert float(kept["ratio"]) == pytest.approx(2.5) and float(kept["rich_gain"]) == 1


def test_the_rich_lab_does_not_use_a_method_that_has_faded_into_harm():
    """10^-0.3 = 0.50: a gain of 1.5 would be 0.75 at the rich lab's scale, so the ratio is 10 / 1.5."""
    after = progress.two_labs(10, 1.5, -0.3)
    assert float(after["rich_gain"]) == 1 and float(after["ratio"]) == pytest.approx(10 / 1.5)
    assert float(progress.two_labs(10, 1, -0.3)["ratio"]) == 10


def test_by_scale_the_gain_at_the_rich_lab_is_the_power_of_the_ratio():
    after = progress.two_labs(np.array([1.0, 8.0, 64.0]), 3.0, 1 / 3)
    assert np.allclose(after["rich_gain"], [3, 6, 12]) and np.allclose(after["rich"], [3, 48, 768])
    assert np.allclose(after["poor"], 3)


# --- gaps in months -----------------------------------------------------------------------------


def caisi():
    table = data.load("index_scores").set_index("model")
    us = table[table["home"] == "US"].sort_values("released")
    return us["released"].to_numpy(), us["score"].to_numpy(), table.loc["DeepSeek V4 Pro"]


def test_caisi_s_eight_months_follow_from_its_own_statement():
    """NIST, 1 May 2026: V4 Pro performs similarly to GPT-5, released about 8 months before: its row has V4 Pro's score."""
    dates, scores, v4 = caisi()
    months = float(progress.months_behind(dates, scores, v4["released"], v4["score"]))
    assert months == pytest.approx(8.5, abs=0.1)
    high = float(progress.months_behind(dates, scores, v4["released"], v4["high"]))
    assert 7 < high < months
    with pytest.raises(ValueError, match="the gap is at least 8.5 months"):
        progress.months_behind(dates, scores, v4["released"], v4["low"])


def test_eight_points_are_four_months_or_eight_and_a_half():
    """Epoch, 29 May 2026: 4 months, 8 points, similar to the gap between GPT-5 and GPT-5.5, whose releases lie 8.5 months apart."""
    table = data.load("index_scores").set_index("model")["released"]
    apart = float(progress.months_between(table["GPT-5"], table["GPT-5.5"]))
    assert apart == pytest.approx(8.5, abs=0.1)
    assert float(progress.months_from_points(8, 8 / apart)) == pytest.approx(apart)
    gaps = data.load("capability_gaps").set_index("gap_id")["value"]
    assert (gaps["epoch-open-2026"], gaps["epoch-open-2026-points"]) == (4, 8)


def test_interpolation_keeps_the_best_so_far_and_the_order_of_rows_is_free():
    dates, scores = ["2025-01-01", "2025-03-01", "2025-07-01"], [10, 8, 20]
    at = progress.months_behind(dates, scores, "2026-01-01", [10, 20])
    assert np.allclose(at, [365 / progress.DAYS_PER_MONTH, 184 / progress.DAYS_PER_MONTH])
    assert np.allclose(progress.months_behind(dates[::-1], scores[::-1], "2026-01-01", [10, 20]), at)
    assert (np.diff(progress.months_behind(dates, scores, "2026-01-01", np.linspace(10, 20, 30))) < 0).all()
    weaker = progress.months_behind([*dates, "2025-05-01"], [*scores, 9], "2026-01-01", [10, 15, 20])
    assert np.allclose(weaker, progress.months_behind(dates, scores, "2026-01-01", [10, 15, 20]))


def test_the_middle_score_was_had_half_way():
    months = progress.months_behind(["2025-01-01", "2025-07-01"], [0, 100], "2025-07-01", 50)
    assert float(months) == pytest.approx(181 / 2 / 30.4375)


@pytest.mark.parametrize(
    ("score", "words"), [(9, "at least"), (30, "not behind on this index"), (float("nan"), "outside its valid range")]
)
def test_a_score_the_record_cannot_place_is_refused(score, words):
    with pytest.raises(ValueError, match=words):
        progress.months_behind(["2025-01-01", "2025-07-01"], [10, 20], "2026-01-01", score)


@pytest.mark.parametrize("points", [39, 2.7, 6])
def test_points_and_per_cent_are_no_months(points):
    with pytest.raises(ValueError, match=f"{points:g} points are no number of months"):
        progress.months_from_points(points)


# --- refusals and fuzz --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: progress.fit("kaplan"), "besiroglu-2024"),
        (lambda: progress.power_law("gpt"), "kimi-linear-mla"),
        (lambda: progress.loss(-1, 1e9), "parameters = -1"),
        (lambda: progress.optimum("much"), "compute_flop = 'much'"),
        (lambda: progress.factor_per_year(0), "months = 0"),
        (lambda: progress.combined_gain([0.5, 2], 0), "gains = 0.5"),
        (lambda: progress.combined_gain([], 0), "gains is empty"),
        (lambda: progress.combined_gain([2], 1.5), "overlap = 1.5"),
        (lambda: progress.two_labs(0.5, 2, 0), "ratio = 0.5"),
        (lambda: progress.times_outside(1, 5, 2), "low = 5 is above high = 2"),
        (lambda: progress.months_between("soon", "2026-01-01"), "first = 'soon' is not a date"),
        (lambda: progress.months_between("2026-01-01", 10**40), "last = 1"),
        (lambda: progress.months_behind(["2025-01-01"], [1], "2025-02-01", 1), "two releases or more"),
        (lambda: progress.equivalent_gain(1, PowerLaw(0, 0.05), KDA), "old.a = 0"),
        (lambda: progress.equivalent_gain(1, MLA, "kda"), "new = 'kda' is not a PowerLaw"),
        (lambda: progress.loss(1e9, 1e10, "hoffmann-2022"), "law = 'hoffmann-2022' is not a Fit"),
        (lambda: progress.fit(["hoffmann-2022"]), "name = ['hoffmann-2022'] is not a text"),
        (lambda: progress.equivalent_gain(1e9, PowerLaw(50, 0.9), PowerLaw(0.1, 0.002)), "log of the gain"),
    ],
)
def test_bad_input_names_parameter_and_value(call, name):
    with pytest.raises(ValueError, match=re.escape(name)):
        call()


def test_of_many_values_the_pair_that_does_not_go_together_is_named():
    with pytest.raises(ValueError, match="low = 5 is above high = 4"):
        progress.times_outside(1, [2, 5], [3, 4])
    assert progress.times_outside([1, 10], [2, 2], [4, 5]).tolist() == [2, 2]
    leader = ["2025-01-01", "2025-07-01"], [10, 20]
    with pytest.raises(ValueError, match="score = 5 is below .* at least 1.0 months"):
        progress.months_behind(*leader, ["2026-01-01", "2025-02-01"], [15, 5])
    for flag in (1, "yes", None):
        with pytest.raises(ValueError, match="rich_uses_it = .* is not True or False"):
            progress.two_labs(10, 3, 0, flag)


def test_what_the_leader_released_later_does_not_count():
    """On 1 April 2025 its best was 10: a follower with 12 was ahead, whatever came in July."""
    leader = ["2025-01-01", "2025-07-01"], [10, 20]
    with pytest.raises(ValueError, match="score = 12 is above the leader's best by that day, 10: not behind"):
        progress.months_behind(*leader, "2025-04-01", 12)
    with pytest.raises(ValueError, match="no model of the leader was released by that day"):
        progress.months_behind(*leader, "2024-12-31", 10)
    assert float(progress.months_behind(*leader, "2025-04-01", 10)) == pytest.approx(90 / 30.4375)
