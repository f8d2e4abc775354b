"""The model as a whole: every public function is fuzzed, and errors name the parameter."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.test_fuzz_arrays import HUNDREDS
from tests.wafers.test_fuzz_bulk import BULK
from tests.wafers.test_fuzz_places import PLACED, SINGLE


def test_every_public_function_is_fuzzed():
    public = {n for n, f in vars(w).items() if inspect.isfunction(f) and f.__module__.startswith(w.__name__)}
    assert public == set(BULK) | set(HUNDREDS) | set(SINGLE) | {"mixed_package_cost"}, "counted below"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: w.dies_per_wafer(-5), "area_mm2 = -5"),
        (lambda: w.dies_per_wafer("x"), "area_mm2 = 'x' is not a number"),
        (lambda: w.dies_per_wafer(None), "area_mm2 = None is not a number"),
        (lambda: w.dies_per_wafer(100, "guess"), "form = 'guess' is not one of area"),
        (lambda: w.die_yield(100, 0.1, "seed"), "model = 'seed' is not one of poisson"),
        (lambda: w.exact_dies(0, 5), "width_mm = 0"),
        (lambda: w.place_dies([1, 2], 5), "width_mm = [1, 2] is not one number"),
        (lambda: w.infer_d0(100, 0.9, line_yield=0.5), "larger than line_yield"),
        (lambda: w.infer_d0(100, 0), "good_share = 0"),
        (lambda: w.package_cost(100, 1.5), "dies = 1.5 must be a whole number from 1 to 100"),
        (lambda: w.package_cost(100, [1, 2.5]), "dies = 2.5 must be a whole number from 1 to 100"),
        (lambda: w.package_cost(100, stacks=0.5), "stacks = 0.5 must be a whole number from 0 to 100"),
        (lambda: w.accelerator_cost(600, 0.1, 1e4, 1.5), "dies = 1.5 must be a whole number"),
        (lambda: w.split_cost(800, 1.5, 14_000, 0.2), "pieces = 1.5 must be a whole number from 1 to 64"),
        (lambda: w.crossover_area(2, np.full(2001, 14_000), 0.2), "wafer_usd make 2,001 values, more than 2,000"),
        (lambda: w.crossover_area(2, 14_000, 0.2, price=3), "price is no argument of split_cost"),
        (lambda: w.die_cost(60_000, 1e4, 0.1), "too large"),
        (lambda: w.die_cost(800, 1e4, 100, "area", "poisson"), "d0_per_cm2 is too high"),
        (lambda: w.package_cost(100, 100, bond_yield=0.5), "dies and stacks are too many"),
        (lambda: w.crossover_area(2, 14_000, "few"), "d0_per_cm2"),
        (lambda: w.working_cores(2.5, 1, 1, 0.1), "cores = 2.5 must be a whole number"),
        (lambda: w.cost_by_value(1e4, 70, [0, 0], [1, 2]), "no die to carry"),
        (lambda: w.defects_on_dies(PLACED, [1], [1, 2]), "same length"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_name_the_parameter(call, says):
    with pytest.raises(ValueError) as error:
        call()
    assert says in str(error.value)


def test_good_dies_and_revenue_of_a_wafer():
    """64 whole dies of 26 by 33 mm; half of them good; 300 USD each: by hand 32 dies and 9,600 USD."""
    good, revenue = w.wafer_yield(w.exact_dies(26, 33), [0.5, 1], 300)
    assert good.tolist() == [32, 64] and revenue.tolist() == [9600, 19_200]


def test_a_package_of_like_dies_costs_the_same_by_both_ways():
    like = {
        "bond_yield": 0.97,
        "interposer_usd": 300,
        "substrate_usd": 60,
        "hbm_usd": 200,
        "stacks": 4,
        "attach_yield": 0.99,
    }
    one = w.package_cost(100, 3, die_quality=0.9, **like)
    for mixed in ([(100, 3, 0.9)], [(100, 1, 0.9), (100, 2, 0.9)], [(100, 3, 0.9), (999, 0)]):
        for found, known in zip(w.mixed_package_cost(mixed, **like), one, strict=True):
            assert float(found) == pytest.approx(float(known), rel=1e-12)


def test_unlike_dies_in_one_package_by_hand():
    """Two compute dies of 80 USD, 95% of them good, and one I/O die of 20; each bonded with 0.98 on a substrate of 50."""
    cost = w.mixed_package_cost([(80, 2, 0.95), (20, 1)], bond_yield=0.98, substrate_usd=50)
    good = 0.98**3 * 0.95**2
    started = (2 * 80 + 20 + 0.98**3 * 50) / good  # a substrate joins what was bonded
    assert float(cost.good_share) == pytest.approx(good) and float(cost.total_usd) == pytest.approx(started)


@pytest.mark.parametrize(
    "dies",
    [
        [],
        5,
        "dies",
        [(100,)],
        [(100, 1.5)],
        [(100, 0)],
        [(-1, 1)],
        [(100, 1, 0)],
        [(100, 101)],
        [(100, 60), (1, 60)],
        [None],
    ],
)
def test_unlike_dies_that_cannot_be_are_refused(dies):
    with pytest.raises(ValueError, match="^dies"):
        w.mixed_package_cost(dies)
