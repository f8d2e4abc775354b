"""The home tap: effort and fear, the share that follows, and what a denial can still take."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.timing import model as timing
from helpers.timing import studies


def test_idc_shares_of_10_and_41_per_cent_two_years_apart_are_a_speed_of_092():
    """The logistic fit of the research note: k 0.92 with 2023.5 and 2025.5; with the true middle of the half-year, 2023.25, 0.81."""
    assert float(timing.effort_between(0.10, 0.41, 2.0)) == pytest.approx(0.92, abs=0.005)
    assert float(timing.effort_between(0.10, 0.41, 2.25)) == pytest.approx(0.81, abs=0.005)


def test_the_bernstein_path_of_19_to_93_per_cent_is_a_speed_of_081():
    assert float(timing.effort_between(0.19, 0.93, 5)) == pytest.approx(0.81, abs=0.005)


def test_a_share_runs_along_its_logistic():
    """Against the curve written out, 1 / (1 + e^-(x + k t))."""
    years = np.linspace(0, 20, 41)
    x = math.log(0.1 / 0.9)
    assert timing.share_after(0.1, 0.9, years) == pytest.approx(1 / (1 + np.exp(-(x + 0.9 * years))))


def test_share_effort_and_years_undo_each_other():
    share = timing.share_after(0.07, 0.6, 5)
    assert float(timing.effort_between(0.07, share, 5)) == pytest.approx(0.6)
    assert float(timing.years_to_share(0.07, share, 0.6)) == pytest.approx(5)


def test_fear_is_certain_while_denied_and_fades_by_its_memory():
    fear = 0.2
    for _ in range(3):
        fear = float(timing.fear_after(fear, 0, 0.2, 0.5))
    assert fear == 1
    seen = []
    for _ in range(3):
        fear = float(timing.fear_after(fear, 1, 0.2, 0.5))
        seen.append(fear)
    assert seen == pytest.approx([0.6, 0.4, 0.3])


@pytest.mark.parametrize("seed", range(4))
def test_a_threat_never_lowers_fear(seed):
    """A property, for 5,000 draws: with a threat fear is at least what it was without one, and at least as large the larger the threat."""
    rng = np.random.default_rng(seed)
    fear, sale, rest, memory, threat = rng.uniform(0, 1, (5, 5000))
    without = timing.fear_after(fear, sale, rest, memory)
    assert (timing.fear_after(fear, sale, rest, memory, threat) >= without - 1e-15).all()
    assert (timing.fear_after(fear, sale, rest, memory, 1.0) >= timing.fear_after(fear, sale, rest, memory, threat) - 1e-15).all()  # fmt: skip


def test_one_path_fits_every_split_of_its_speed():
    """What is seen under certain fear does not say how much of it is an answer to fear: the point of the counterfactual."""
    for part in (0.0, 0.3, 1.0):
        efforts = studies.tap(part)
        end = timing.share_after(studies.need_share(), timing.effort(efforts["base"], efforts["answer"], 1.0), 2.25)
        assert float(end) == pytest.approx(0.33, abs=0.005)
    without = [studies.share_without_fear(part) for part in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert without[0] == pytest.approx(studies.need_share(studies.LAST)) and without == sorted(without, reverse=True)
    assert without[-1] == pytest.approx(studies.need_share())  # without fear and without a base the share stays


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: timing.share_after(0, 0.5), "share"),
        (lambda: timing.effort(0.1, 0.1, 1.1), "fear"),
        (lambda: timing.effort_between(0.1, 0.4, 0), "years"),
        (lambda: timing.years_to_share(0.1, 0.5, -0.1), "effort"),
        (lambda: timing.fear_after(0.2, 2, 0.2, 0.5), "sale"),
        (lambda: timing.fear_after(0.2, 1, 0.2, 0.5, -1), "threat"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match=named):
        call()
