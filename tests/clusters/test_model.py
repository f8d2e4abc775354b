"""The model as a whole: random input of every function gives the right answer or a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.clusters import model as clusters

RATIO, SHARE, PUE = (1e-7, 1e7), (0, 1), (1, 3)
RANGES = {
    "chips_to_match": {"chips": (0, 1e9), "relative_speed": (0.01, 100)},
    "equal_work": {"peak_a_tflops": (0.1, 1e6), "utilisation_a": (0.01, 1), "peak_b_tflops": (0.1, 1e6), "utilisation_b": (0.01, 1)},
    "network_growth": {"chips_ratio": RATIO, "exponent": (0, 2)},
    "energy_ratio": {"chips_ratio": RATIO, "power_a_w": (1, 1e5), "power_b_w": (1, 1e5), "pue_a": PUE, "pue_b": PUE},
    "network_usd": {"hardware_usd": (0, 1e12), "network_share": (0, 0.9)},
    "capital_ratio": {"chips_ratio": RATIO, "hardware_a_usd": (1, 1e7), "hardware_b_usd": (1, 1e7), "network_share_a": (0, 0.9), "exponent": (0, 2)},
    "facility_power_kw": {"chips": (0, 1e9), "tdp_w": (1, 1e5), "server_multiplier": (1, 5), "pue": PUE, "load_factor": SHARE},
    "energy_cost_usd": {"power_kw": (0, 1e12), "usd_per_kwh": (-1, 5), "hours": (0, 1e7), "subsidy": SHARE},
    "capital_recovery_factor": {"rate": SHARE, "years": (0.5, 100)},
    "declining_rate": {"orders_per_year": (0, 2)},
    "cost_per_pflop_hour": {
        "peak_tflops": (0.1, 1e6), "utilisation": (0.01, 1), "chip_usd": (0, 1e7), "it_power_w": (1, 1e5), "usd_per_kwh": (-1, 5),
        "charge": (0, 3), "server_overhead": (1, 5), "network_usd": (0, 1e8), "load_factor": SHARE, "pue": PUE, "site_usd_per_kw_month": (0, 1e4),
    },
    "tie_price": {"usd_per_kwh_a": (-1, 5), "kwh_a": (1e-9, 1e12), "kwh_b": (1e-9, 1e12), "other_a_usd": (0, 1e12), "other_b_usd": (0, 1e12)},
    "supply": {
        "wafers_per_month": (0, 1e7), "dies_per_wafer": (0, 1e5), "die_yield": SHARE, "dies_per_chip": (1, 100), "hbm_stacks": (0, 1e10),
        "stacks_per_chip": (1, 100), "packages": (0, 1e10), "package_yield": SHARE, "banked_dies": (0, 1e10),
    },
    "wafers_needed": {"chips": (0, 1e10), "dies_per_wafer": (1, 1e5), "die_yield": (0.001, 1), "dies_per_chip": (1, 100), "package_yield": (0.001, 1)},
    "grid_share": {"power_kw": (0, 1e12), "added_gw": (0.001, 1e6), "capacity_factor": (0.01, 1)},
}  # fmt: skip
METHODS = {f"capital_charge {m}": {"years": (0.5, 100), "rate": SHARE, "orders_per_year": (0, 2)} for m in clusters.METHODS}  # fmt: skip


def payment(rate, years):
    """Equal payments whose value today is 1; for small rates by the first terms of the series."""
    grown = (1 + rate) ** years
    small = rate < 1e-6
    return np.where(small, (1 + rate * (years + 1) / 2) / years, rate * grown / np.where(small, 1, grown - 1))


def parts_by_hand(peak_tflops, utilisation, chip_usd, it_power_w, usd_per_kwh, charge, server_overhead, network_usd, load_factor, pue, site_usd_per_kw_month):  # fmt: skip
    """USD of a year and a chip, over petaFLOP-hours of a year and a chip."""
    kw = it_power_w / 1000
    usd = [chip_usd * charge, chip_usd * charge * (server_overhead - 1), network_usd * charge, kw * load_factor * pue * 8760 * usd_per_kwh, kw * 12 * site_usd_per_kw_month]  # fmt: skip
    return np.concatenate(usd) / np.tile(peak_tflops * utilisation * 8.76, 5)


def supply_by_hand(wafers_per_month, dies_per_wafer, die_yield, dies_per_chip, hbm_stacks, stacks_per_chip, packages, package_yield, banked_dies):  # fmt: skip
    dies = (wafers_per_month * 12 * dies_per_wafer * die_yield + banked_dies) / dies_per_chip * package_yield
    memory, packed = hbm_stacks / stacks_per_chip * package_yield, packages * package_yield
    return np.concatenate([np.minimum(np.minimum(dies, memory), packed), dies, memory, packed])


# The right answers, worked out anew.
RIGHT = {
    "chips_to_match": lambda chips, relative_speed: chips * (1 / relative_speed),
    "equal_work": lambda peak_a_tflops, utilisation_a, peak_b_tflops, utilisation_b: peak_a_tflops / peak_b_tflops * (utilisation_a / utilisation_b),
    "network_growth": lambda chips_ratio, exponent: np.exp(exponent * np.log(chips_ratio)),
    "energy_ratio": lambda chips_ratio, power_a_w, power_b_w, pue_a, pue_b: chips_ratio * (power_b_w / power_a_w) * (pue_b / pue_a),
    "network_usd": lambda hardware_usd, network_share: network_share * (hardware_usd / (1 - network_share)),
    "capital_ratio": lambda chips_ratio, hardware_a_usd, hardware_b_usd, network_share_a, exponent: (1 - network_share_a) * chips_ratio * hardware_b_usd / hardware_a_usd + network_share_a * chips_ratio**exponent,
    "facility_power_kw": lambda chips, tdp_w, server_multiplier, pue, load_factor: chips * (tdp_w * server_multiplier * load_factor) * pue / 1e3,
    "energy_cost_usd": lambda power_kw, usd_per_kwh, hours, subsidy: power_kw * hours * (usd_per_kwh - usd_per_kwh * subsidy),
    "capital_recovery_factor": payment,
    "declining_rate": lambda orders_per_year: orders_per_year * 2.302585092994046,
    "cost_per_pflop_hour": parts_by_hand,
    "tie_price": lambda usd_per_kwh_a, kwh_a, kwh_b, other_a_usd, other_b_usd: usd_per_kwh_a * (kwh_a / kwh_b) + (other_a_usd - other_b_usd) / kwh_b,
    "supply": supply_by_hand,
    "wafers_needed": lambda chips, dies_per_wafer, die_yield, dies_per_chip, package_yield: chips * dies_per_chip / (12 * dies_per_wafer * die_yield * package_yield),
    "grid_share": lambda power_kw, added_gw, capacity_factor: power_kw / (1e6 * added_gw * capacity_factor),
    "capital_charge straight_line": lambda years, rate, orders_per_year: 1 / years,
    "capital_charge annuity": lambda years, rate, orders_per_year: payment(rate, years),
    "capital_charge declining": lambda years, rate, orders_per_year: np.where(orders_per_year * years < 1e-9, orders_per_year * 2.302585092994046, (1 - 0.1 ** (orders_per_year * years)) / years),
}  # fmt: skip
NOT_NUMBERS = ("ten", None, float("nan"), float("inf"), -float("inf"), {}, object())


def flat(result):
    if isinstance(result, clusters.Supply):
        return np.concatenate([result.chips, *result.limits.values()])
    return np.concatenate([np.ravel(v) for v in result.values()]) if isinstance(result, dict) else np.ravel(result)


@pytest.mark.parametrize("name", [*RANGES, *METHODS])
def test_10000_random_inputs_give_the_right_answer_or_a_sentence(name):
    function_name, _, method = name.partition(" ")
    function = getattr(clusters, function_name)
    ranges = {**RANGES, **METHODS}[name]
    if method:
        plain = function
        function = lambda **values: plain(method, **values)  # noqa: E731
    rng = np.random.default_rng(len(name))
    rows = 10_000
    values, good = {}, np.ones(rows, bool)
    for key, (low, high) in ranges.items():
        span = high - low
        inside = low + span * rng.random(rows) ** rng.integers(1, 12, rows)
        end = rng.random(rows)
        inside = np.where(end < 0.03, low, np.where(end > 0.97, high, inside))
        wild = rng.random(rows) < 0.03
        values[key] = np.where(wild, rng.choice([-1, 1], rows) * 10.0 ** rng.uniform(-12, 16, rows), inside)
        good &= (values[key] >= low) & (values[key] <= high)
    assert 0.5 < good.mean() < 1
    answers = flat(function(**{k: v[good] for k, v in values.items()}))
    right = np.broadcast_to(RIGHT[name](**{k: v[good] for k, v in values.items()}), answers.shape)
    assert np.isfinite(answers).all() and np.allclose(answers, right, rtol=1e-5, atol=1e-12)
    for row in np.flatnonzero(~good):
        with pytest.raises(ValueError, match="outside its valid range"):
            function(**{k: v[row] for k, v in values.items()})
    centre = {k: (low + high) / 2 for k, (low, high) in ranges.items()}
    for key in ranges:
        for bad in NOT_NUMBERS:
            with pytest.raises(ValueError, match=key):
                function(**{**centre, key: bad})


def test_every_public_function_is_fuzzed():
    public = {n for n, f in vars(clusters).items() if callable(f) and getattr(f, "__module__", "").startswith(clusters.__name__)}  # fmt: skip
    elsewhere = {"Supply", "shares", "capital_charge"}
    assert public == set(RANGES) | elsewhere


def test_random_shares_add_to_one():
    rng = np.random.default_rng(7)
    drawn = rng.uniform(0, 1e6, (3, 10_000))
    assert np.allclose(sum(clusters.shares(dict(zip("abc", drawn, strict=True))).values()), 1)
