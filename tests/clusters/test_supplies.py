"""What can be made: published wafers and chips, and how the limits join."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import model as clusters
from helpers.core import data


def test_morgan_stanleys_wafers_make_two_million_dies():
    """7,000 wafers a month x 78 dies x 30% (September 2025): 1.97 million dies, 0.98 million 910C."""
    made = clusters.supply(7000, 78, 0.30, 2, 13e6, 8, 2e6)
    assert made.limits["dies"] * 2 == pytest.approx(1.97e6, rel=0.003)
    assert made.chips == pytest.approx(0.98e6, rel=0.003) and made.binding == "dies"
    assert made.limits["memory"] == pytest.approx(1.6e6, rel=0.02), "SemiAnalysis: 13 million stacks, 1.6 million 910C"


def test_the_accounts_of_2025_disagree():
    """Morgan Stanley's rate for a year gives 22% more 910C than SemiAnalysis's 805,000 units of all kinds, and
    twice the million dies that Bloomberg reported (30 September 2025)."""
    made = clusters.supply(7000, 78, 0.30, 2, 13e6, 8, 2e6)
    volumes = data.load("volumes").set_index("volume_id")
    assert float(made.chips) / volumes.loc["ascend-production-02", "central"] == pytest.approx(1.22, abs=0.01)
    assert float(made.limits["dies"]) * 2 / volumes.loc["ascend-production-06", "central"] == pytest.approx(
        1.97, abs=0.01
    )


@pytest.mark.parametrize(
    ("scenario", "binding", "factor"),
    [("ms-2025", "dies", None), ("sa-2025", "dies", 1.14), ("sa-2026", "memory", 1.0), ("plan-2026", "memory", 1.0)],
)
def test_scenarios_give_what_their_authors_said(scenario, binding, factor):
    """SemiAnalysis (8 September 2025): 805,000, then about 300,000; Bloomberg: 600,000 910C in 2026."""
    row = data.load("supply_scenarios").set_index("scenario_id").loc[scenario]
    made = clusters.supply(
        row.wafers_per_month, row.dies_per_wafer, row.die_yield, row.dies_per_chip, row.hbm_stacks,
        row.stacks_per_chip, row.packages, row.package_yield, row.banked_dies,
    )  # fmt: skip
    assert made.binding == binding
    if factor:
        assert float(made.chips) / row.published_chips == pytest.approx(factor, abs=0.01)


# --- supply and scale -----------------------------------------------------------------------------


def test_the_scarcest_input_decides_and_the_others_add_nothing():
    base = {"wafers_per_month": 1000, "dies_per_wafer": 60, "die_yield": 0.5, "dies_per_chip": 2,
            "hbm_stacks": 1e6, "stacks_per_chip": 8, "packages": 3e5}  # fmt: skip
    made = clusters.supply(**base)
    assert made.binding == "memory" and made.chips == min(made.limits.values()) == 125_000
    more = clusters.supply(**{**base, "wafers_per_month": 9000, "packages": 9e5})
    assert more.chips == made.chips
    assert clusters.supply(**{**base, "hbm_stacks": 2e6}).binding == "dies"
    assert clusters.supply(**{**base, "packages": 0}).chips == 0


def test_supply_works_on_arrays():
    made = clusters.supply([1000, 5000], 60, 0.5, 2, 1e6, 8, 3e5)
    assert made.binding.tolist() == ["memory", "memory"] and made.chips.shape == (2,)
    grid = clusters.supply(np.array([[100], [5000]]), 60, [0.1, 0.5, 0.9], 2, 1e6, 8, 3e5)
    assert grid.chips.shape == grid.binding.shape == (2, 3) and grid.binding[0].tolist() == ["dies"] * 3


def test_wafers_needed_undo_supply():
    made = clusters.supply(7000, 78, 0.30, 2, 1e9, 8, 1e9, package_yield=0.75)
    assert clusters.wafers_needed(made.chips, 78, 0.30, 2, 0.75) == pytest.approx(7000)


def test_a_gigawatt_against_the_wind_and_sun_of_a_year():
    assert clusters.grid_share(1e6, 430, 0.16) == pytest.approx(1 / 68.8)
