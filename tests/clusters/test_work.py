"""Equal work: published comparisons of chips and networks, and identities."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.clusters.model import chips_to_match


def test_half_speed_needs_twice_the_chips():
    assert chips_to_match(1000, np.array([0.5, 1, 2])).tolist() == [2000, 1000, 500]


@pytest.mark.parametrize("speed", [0, -1, 101])
def test_chips_to_match_refuses_the_impossible(speed):
    with pytest.raises(ValueError, match=f"relative_speed = {speed} is outside"):
        chips_to_match(1000, speed)


def test_equal_work_agrees_with_the_toy():
    assert clusters.equal_work(1000, 0.5, 400, 0.5) == pytest.approx(chips_to_match(1, 0.4))


def test_equal_work_is_its_own_inverse():
    n = clusters.equal_work(2500, 0.4, 752, 0.3)
    assert n * clusters.equal_work(752, 0.3, 2500, 0.4) == pytest.approx(1)


def test_all_to_all_wiring_tends_to_the_square():
    """n (n - 1) / 2 links: 3.2 times the chips have 10 times the links."""
    links = [n * (n - 1) / 2 for n in (10_000, 32_000)]
    assert clusters.network_growth(3.2, 2) == pytest.approx(links[1] / links[0], rel=1e-3)


def test_with_exponent_0_and_equal_hardware_price_only_the_network_share_dampens():
    assert clusters.capital_ratio(2, 100, 50, 0.19, 0) == pytest.approx(1)
    assert clusters.capital_ratio(2, 100, 50, 0.19, 1) == pytest.approx(1 + 0.19)
    assert clusters.capital_ratio(2, 100, 50, 0.19, 2) == pytest.approx(0.81 + 0.19 * 4)
