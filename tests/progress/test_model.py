"""Progress: published optima, gains and rates are reproduced; conversions that are not defined are refused."""

from __future__ import annotations

import math
import re
from datetime import date

import numpy as np
import pandas as pd
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
        (lambda: progress.fit(["hoffmann-2022"]), "fit = ['hoffmann-2022'] is not one of"),
        (lambda: progress.equivalent_gain(1e9, PowerLaw(50, 0.9), PowerLaw(0.1, 0.002)), "log of the gain"),
    ],
)
def test_bad_input_names_parameter_and_value(call, name):
    with pytest.raises(ValueError, match=re.escape(name)):
        call()


NO_NUMBERS = [float("nan"), float("inf"), -float("inf"), "many", None, -1e300, 1e300]


def power(rng, low, high):
    """Between two powers of ten, a tenth of them a little outside."""
    return float(
        10 ** (rng.uniform(low, high) + (0.2 * (high - low) * rng.choice([-1, 1]) if rng.random() < 0.1 else 0))
    )


def curve(rng):
    return PowerLaw(power(rng, -1, 1.2), power(rng, -2, -0.2))


def any_law(rng):
    return progress.fit(str(rng.choice(["hoffmann-2022", "hoffmann-2022-unrounded", "besiroglu-2024"])))


def day(rng):
    return str(np.datetime64("2020-01-01") + int(rng.integers(2000)))


def smallest_loss(compute_flop, law):
    """The best of many sizes, and of many more round it."""
    n = np.geomspace(1e2, 1e17, 301)
    for _ in range(4):
        losses = law.A / n**law.alpha + law.B / (compute_flop / 6 / n) ** law.beta
        at = int(np.clip(losses.argmin(), 1, len(n) - 2))
        n = np.geomspace(n[at - 1], n[at + 1], 101)
    return n[len(n) // 2]


def left_at(wanted, law):
    """The compute at which a curve has a loss."""
    return (law.a / wanted) ** (1 / law.b)


def behind(dates, scores, on, score):
    """Months since the leader had the score, from day to day along straight lines between its records."""
    known = sorted(zip(dates, scores))
    records = [(d, s) for i, (d, s) in enumerate(known) if all(s > t for _, t in known[:i])]
    for (d0, s0), (d1, s1) in zip([records[0], *records], records):
        if s1 >= score:
            start, end = np.datetime64(d0), np.datetime64(d1)
            part = 1.0 if s1 == s0 else (score - s0) / (s1 - s0)
            return ((np.datetime64(on) - start).astype(int) - part * (end - start).astype(int)) / (365.25 / 12)
    raise AssertionError("no record reaches it")


def together(gains, overlap):
    left, least = 1.0, 1.0
    for g in gains:
        left, least = left / g, min(least, 1 / g)
    return 1 / (left + overlap * (least - left))


def bounds(gains):
    saved = sum(1 - 1 / g for g in gains)
    return [max(gains), math.prod(gains), 1 / (1 - saved) if saved < 1 - 1e-9 else math.inf]


# For each function: inputs to draw, and the same by hand.
FUZZED = {
    "loss": (
        lambda r: {"parameters": power(r, 3, 16), "tokens": power(r, 3, 18), "law": any_law(r)},
        lambda parameters, tokens, law: law.E + law.A * parameters**-law.alpha + law.B * tokens**-law.beta,
    ),
    "optimum": (
        lambda r: {"compute_flop": power(r, 14, 30), "law": any_law(r)},
        lambda compute_flop, law: smallest_loss(compute_flop, law),
    ),
    "equivalent_gain": (
        lambda r: {"compute": power(r, -12, 12), "old": curve(r), "new": curve(r)},
        lambda compute, old, new: compute / left_at(old.a * compute**-old.b, new),
    ),
    "crossing": (
        lambda r: {"old": curve(r), "new": curve(r)},
        lambda old, new: math.exp((math.log(old.a) - math.log(new.a)) / (old.b - new.b)),
    ),
    "times_outside": (
        lambda r: {"value": power(r, -12, 12), "low": power(r, -3, 1), "high": power(r, 0, 3)},
        lambda value, low, high: low / value if value < low else value / high if value > high else 1,
    ),
    "factor_per_year": (
        lambda r: {"months": power(r, -0.9, 3)},
        lambda months: math.exp(math.log(2) * 12 / months),
    ),
    "combined_gain": (
        lambda r: {"gains": [power(r, 0.01, 3) for _ in range(r.integers(1, 5))], "overlap": float(r.uniform(-0.1, 1.1))},
        together,
    ),
    "gain_bounds": (lambda r: {"gains": [power(r, 0.01, 3) for _ in range(r.integers(1, 5))]}, bounds),
    "two_labs": (
        lambda r: {"ratio": power(r, 0.1, 5), "gain": power(r, 0.1, 5), "exponent": float(r.uniform(-1.1, 1.1)), "rich_uses_it": bool(r.integers(2))},
        lambda ratio, gain, exponent, rich_uses_it: (
            ratio * (max(1, gain * ratio**exponent) if rich_uses_it else 1) / gain
        ),
    ),
    "months_between": (
        lambda r: {"first": day(r), "last": day(r)},
        lambda first, last: (date.fromisoformat(last) - date.fromisoformat(first)).days / 30.4375,
    ),
    "months_behind": (
        lambda r: {"dates": [day(r) for _ in range(4)], "scores": [float(x) for x in r.normal(50, 20, 4)], "on": day(r), "score": float(r.normal(50, 15))},
        behind,
    ),
    "months_from_points": (
        lambda r: {"points": power(r, -3, 6), "points_per_month": power(r, -3, 6)},
        lambda points, points_per_month: points / points_per_month,
    ),
}  # fmt: skip
REFUSED = {  # what a refusal may name beside the one bad value: two values that do not go together
    "equivalent_gain": "log of the gain",
    "crossing": "log10 of the crossing",
    "times_outside": "low = .* is above high",
    "months_behind": "score = |on: ",
}


def test_every_public_calculation_is_fuzzed():
    own = {n for n, f in vars(progress).items() if callable(f) and f.__module__.startswith(progress.__name__)}
    assert {n for n in own if not n.startswith("_")} - {"Fit", "PowerLaw", "fit", "power_law"} == set(FUZZED)


@pytest.mark.parametrize("name", FUZZED)
def test_ten_thousand_random_inputs_give_the_right_answer_or_name_what_is_wrong(name):
    """A tenth of the inputs lies outside its range; a third of what is answered is asked again with one value that is none."""
    rng, answers, refusals = np.random.default_rng(36), 0, 0
    draw_inputs, by_hand = FUZZED[name]
    for place in range(10_000):
        given = draw_inputs(rng)
        try:
            result = getattr(progress, name)(**given)
        except ValueError as error:
            named = "|".join([*given, REFUSED.get(name, "^$")])
            assert re.match(named, str(error)) and str(error).endswith("."), (given, error)
            refusals += 1
            continue
        answers += 1
        if place % 3 == 0:  # the same, with one value that is none
            spoilt = str(rng.choice([k for k in given if k not in ("law", "rich_uses_it")]))
            value = NO_NUMBERS[place // 3 % len(NO_NUMBERS)]
            if (spoilt, value) != ("points_per_month", None):  # which asks for it: a test of its own
                with pytest.raises(ValueError, match=rf"^{spoilt}\b.*\.$"):
                    getattr(progress, name)(**{**given, spoilt: value})
        if name == "optimum":
            size, tokens = float(result["parameters"]), float(result["tokens"])
            assert 6 * size * tokens == pytest.approx(given["compute_flop"], rel=1e-9)
            assert float(result["tokens_per_parameter"]) == pytest.approx(tokens / size, rel=1e-9)
            assert size == pytest.approx(by_hand(**given), rel=1e-4)
        elif name == "gain_bounds":
            assert [float(result[k]) for k in ("largest", "product", "disjoint")] == pytest.approx(
                by_hand(**given), rel=1e-6
            )
        elif name == "two_labs":
            assert float(result["ratio"]) == pytest.approx(by_hand(**given), rel=1e-9)
            assert (
                result["rich"] == given["ratio"] * result["rich_gain"]
                and result["poor"] == result["poor_gain"] == given["gain"]
            )
        else:
            assert float(result) == pytest.approx(by_hand(**given), rel=1e-6)
    assert answers > 1000, (name, answers, refusals)


def test_ten_thousand_names_are_fits_and_curves_or_are_refused():
    rng, rows = np.random.default_rng(37), data.load("scaling_fits").set_index("fit_id")
    names = [*rows.index, "besiroglu", "", None, 7, ["hoffmann-2022"], "kimi-linear-MLA"]
    for place in rng.integers(0, len(names), 10_000):
        name = names[place]
        form = rows["form"].get(name) if isinstance(name, str) else None
        for ask, kind in ((progress.fit, "parametric"), (progress.power_law, "power law")):
            if form == kind:
                found = ask(name)
                assert found.__class__(*rows.loc[name, [f.lower() if f in "EAB" else f for f in vars(found)]]) == found
            else:
                with pytest.raises(ValueError, match=re.escape(f"{ask.__name__} = {name!r} is not one of ")):
                    ask(name)


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


# --- the tables ---------------------------------------------------------------------------------


def test_gaps_lie_inside_their_own_ranges_and_name_an_interest():
    for table in ("capability_gaps", "progress_estimates"):
        rows = data.load(table)
        both = rows.dropna(subset=["low", "value", "high"])
        assert ((both["low"] <= both["value"]) & (both["value"] <= both["high"])).all()
        assert (rows["interest"] != "").all()


def test_contested_causes_say_who_and_with_which_interest():
    causes = data.load("causes")
    contested = causes[causes["side"] == "contested"]
    speakers = " ".join(contested["who"])
    assert all(w in speakers for w in ("US official", "China's Ministry", "Anthropic")), "charges of both sides"
    assert (causes["interest"] != "").all() and not causes["interest"].eq("none found").any()
    assert (causes["limit"].str.len() > 20).all() and set(causes["side"]) == {"for", "against", "contested"}
    assert abs((causes["side"] == "for").sum() - (causes["side"] == "against").sum()) <= 4


def test_closed_models_are_none_found_and_the_flow_has_two_directions():
    adoptions = data.load("adoptions")
    closed = adoptions[adoptions["kind"] == "none found"]
    assert set(closed["to_lab"]) == {"OpenAI", "Anthropic", "Google"}
    assert closed["evidence"].nunique() == 1 and closed["source_id"].nunique() == 1, "the same words for each"


def test_the_papers_before_the_first_rule_are_from_both_countries():
    """ZeRO, MQA, GShard, Switch, FlashAttention; FastMoE, PanGu-alpha, M6-10T, GLM-130B (5 October 2022)."""
    papers = data.load("papers")
    assert papers["date"].is_monotonic_increasing and papers["paper_id"].is_unique
    early = papers.loc[papers["date"] < pd.Timestamp("2022-10-07"), "home"].value_counts()
    assert (early["US"], early["CN"]) == (5, 4)
    assert (papers["hardware_kind"].eq("not stated") == papers["hardware"].eq("")).all()
