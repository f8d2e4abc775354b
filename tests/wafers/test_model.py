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
    assert public == set(BULK) | set(HUNDREDS) | set(SINGLE)


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
