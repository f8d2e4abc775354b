"""Random arrays keep what must be kept: cores, bins, values and crossings."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import RNG, same, span


def fuzz_working_cores():
    n, alpha = int(RNG.choice([1, 2, 8, 25, 40, 144, 300])), span(0.05, 1e7, 1)[0]
    core, shared, d0 = (
        span(0, 1000, 50) * RNG.choice([1, 0.01]),
        span(0, 10_000, 50),
        span(0, 100, 50) * RNG.choice([1, 0.01]),
    )
    chance, k = w.working_cores(n, core, shared, d0, alpha), np.arange(n + 1)
    assert (chance >= 0).all() and (chance <= 1).all()
    for weight, area in (
        (np.ones(n + 1), 0),
        (k / n, core),
        (k == n, n * core),
        (k * (k - 1) / n / max(n - 1, 1), 2 * core),
    ):
        if n > 1 or weight.any():
            expected = np.exp(-alpha * np.log1p((shared + area) * d0 / 100 / alpha))
            assert np.abs(chance @ weight - expected).max() < 1e-8, "chosen cores work as one area"


def fuzz_infer_d0_from_bins():
    n = int(RNG.choice([1, 2, 4, 25]))
    need, alpha, share = int(RNG.integers(0, n + 1)), float(span(0.05, 1e7, 1)[0]), span(1e-3, 1, 50)
    core, shared = float(RNG.uniform(5, 50)), float(RNG.uniform(0, 900))
    never = w.working_cores(n, core, shared, 100, alpha)[need:].sum() > share
    if never.any():
        with pytest.raises(ValueError, match="good_share is too low"):
            w.infer_d0_from_bins(n, core, shared, need, share, alpha)
    share = share[~never]
    d0 = w.infer_d0_from_bins(n, core, shared, need, share, alpha)
    assert same(w.working_cores(n, core, shared, d0, alpha)[:, need:].sum(axis=1), share, 1e-4)
    if need == n:
        close = share < 0.999
        assert same(d0[close], w.infer_d0(n * core + shared, share[close], alpha=alpha), 1e-4), (
            "all cores: the plain inverse"
        )


def fuzz_crossover_area():
    n = int(RNG.choice([2, 3, 4, 8]))
    given = {
        "wafer_usd": span(100, 1e5, 100),
        "d0_per_cm2": span(0, 0.8, 100),
        "joining_usd": span(0, 300, 100),
        "link_share": span(0, 0.3, 100),
    }
    at = w.crossover_area(n, **given)
    areas = np.arange(1.0, 859.0)[:, None]
    cheaper = w.split_cost(areas, n, **given) < w.split_cost(areas, 1, **given)
    from_there = np.where(np.isnan(at), 859, at)
    assert (cheaper | (areas < from_there)).all(), "from there on splitting is always the cheaper way"
    before = from_there > 1
    assert not cheaper[from_there[before].astype(int) - 2, before].any(), "and not just before"


def fuzz_bin_shares():
    chance, needs = (
        RNG.dirichlet(np.full(26, 0.3), 100) * RNG.uniform(0, 1, (100, 1)),
        sorted(RNG.choice(26, 3, False))[::-1],
    )
    out = w.bin_shares(chance, needs)
    best = [
        chance[:, [i for i in range(26) if i >= needs[0]]],
        chance[:, [i for i in range(26) if needs[1] <= i < needs[0]]],
    ]
    assert same(out.sum(axis=1), 1) and same(out[:, 0], best[0].sum(axis=1)) and same(out[:, 1], best[1].sum(axis=1))
    assert same(out[:, 3], 1 - chance[:, needs[2] :].sum(axis=1))


def fuzz_cost_by_value():
    wafer, gross, share, price = (
        span(0, 1e9, 100),
        span(0.01, 1e7, 100),
        RNG.dirichlet(np.ones(4), 100),
        span(0.01, 1e9, 300),
    )
    price = price.reshape(100, 3)
    each = w.cost_by_value(wafer, gross, share[:, :3], price)
    assert same((each * share[:, :3]).sum(axis=1) * gross, wafer), "the wafer is used up"
    assert same(each * price[:, :1], each[:, :1] * price), "in proportion to the prices"


HUNDREDS = {
    "working_cores": fuzz_working_cores,
    "infer_d0_from_bins": fuzz_infer_d0_from_bins,
    "crossover_area": fuzz_crossover_area,
    "bin_shares": fuzz_bin_shares,
    "cost_by_value": fuzz_cost_by_value,
}


@pytest.mark.parametrize("name", HUNDREDS)
def test_ten_thousand_inputs_in_arrays_keep_what_must_be_kept(name):
    """100 calls of 100 rows, or 200 of 50."""
    for _ in range(200 if name in ("working_cores", "infer_d0_from_bins") else 100):
        HUNDREDS[name]()


@pytest.mark.parametrize(
    ("function", "good", "bad"),
    [
        (w.working_cores, (25, 16, 265, 0.16, 3.0), ((0, 301, 2.5, "few"), (-1, 1001, np.nan), (-1, 10_001), (-1, 101, np.inf), (0, 0.04, 1e8))),
        (w.infer_d0_from_bins, (25, 16, 265, 20, 0.4, 3.0), ((0, 2.5), (-1, None), (-1, "x"), (-1, 26, 2.5), (0, 1.1, np.nan), (0, np.inf))),
        (w.crossover_area, (2, 14_000, 0.2), ((1, 65, 2.5), (-1, 1e10, np.nan), (-1, 101, "few"))),
        (w.bin_shares, ([0.1, 0.2, 0.7], [2, 1]), (([0.9, 0.9, 0], [-0.1, 1, 0], 0.5, [np.nan, 0, 0]), ([], [3], [1, 2], [2, 2], [1.5], [-1]))),
        (w.cost_by_value, (1e4, 70, [0.5, 0.2], [2, 1]), ((-1, 1e10), (0, 1e8), ([0, 0], [2, 0], [-1, 1]), ([0, 1], [1, np.inf], [1e10, 1]))),
    ],
    ids=lambda v: getattr(v, "__name__", ""),
)  # fmt: skip
def test_one_bad_value_is_named(function, good, bad):
    function(*good)
    names = list(inspect.signature(function).parameters)
    for place, values in enumerate(bad):
        for value in values:
            with pytest.raises(ValueError, match=rf"^{names[place]} |^d0_per_cm2|^working"):
                function(*good[:place], value, *good[place + 1 :])
