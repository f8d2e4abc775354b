"""Lithography: unknown names, and ten thousand random inputs a function."""

from __future__ import annotations

import doctest
import math
from importlib import import_module

import numpy as np
import pytest

from helpers.core import data
from helpers.lithography import model as litho
from tests.lithography.test_layers import by_hand

UNKNOWN = [
    (litho.scanner, ("NXT:9999",), "name = 'NXT:9999' is not one of NXT:1980i"),
    (litho.assumption, ("rent",), "item = 'rent' is not one of film_eur"),
    (litho.layer_cost, ("SAQP", "NXT:2000i", "best"), "end = 'best' is not one of low, central, high"),
    (litho.scheme, ("LE9",), "name = 'LE9' is not one of single, LE2"),
    (litho.passes, ("",), "name = '' is not one of"),
    (litho.node_range, ("SMIC", "N+3", "d0_per_cm2"), "no range of parameter = 'd0_per_cm2' for SMIC N+3"),
    (litho.node_range, ("X", "Y", "z"), "there is one for none"),
]


@pytest.mark.parametrize(("function", "arguments", "message"), UNKNOWN, ids=lambda v: getattr(v, "__name__", None))
def test_unknown_names_list_the_known_ones(function, arguments, message):
    with pytest.raises(ValueError, match=message.replace("+", r"\+")):
        function(*arguments)


def erf_by_quadrature(x):
    """2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x; beyond 6 it is 1."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    half = np.minimum(x, 6) / 2
    return np.exp(-((half[:, None] * (nodes + 1)) ** 2)) @ weights * half * 2 / math.sqrt(math.pi)


def total_and_shares(**parts):
    """The total, times the sum of the shares, which is 1."""
    out = litho.wafer_cost(parts)
    return out["total"] * sum(out[part] for part in litho.WAFER_PARTS)


def die_ratio_by_hand(wafer_cost_usd, critical_layers, passes_per_layer, euv_layer_eur, duv_pass_eur, base_d0, defects_per_pass, die_area_mm2):  # fmt: skip
    """Dearer wafer times lost yield; negative binomial of alpha 3."""
    extra = critical_layers * (passes_per_layer - 1)
    dear = critical_layers * (passes_per_layer * duv_pass_eur - euv_layer_eur) * litho.assumption("usd_per_eur")[1]
    before, after = (d * die_area_mm2 / 300 for d in (base_d0, base_d0 + extra * defects_per_pass))
    return (1 + dear / wafer_cost_usd) * ((1 + after) / (1 + before)) ** 3


# Function -> {argument: (low, high)} and the right answer, worked out anew.
RANGES = {
    "pitch_nm": (litho.pitch_nm, {"k1": (0.25, 1), "wavelength_nm": (1, 500), "numerical_aperture": (0.05, 1.6)}, lambda k1, wavelength_nm, numerical_aperture: k1 * wavelength_nm / (numerical_aperture / 2)),
    "smallest_pitch_nm": (lambda **k: litho.smallest_pitch_nm("SAQP", **k), {"k1": (0.25, 1), "wavelength_nm": (1, 500), "numerical_aperture": (0.05, 1.6)}, lambda k1, wavelength_nm, numerical_aperture: k1 * wavelength_nm / (numerical_aperture * 2)),
    "depreciation_per_pass": (litho.depreciation_per_pass, {"price_meur": (0.1, 1000), "wafers_per_hour": (1, 1000), "life_years": (1, 20), "uptime": (0.05, 1)}, lambda price_meur, wafers_per_hour, life_years, uptime: 1e6 * price_meur / wafers_per_hour / uptime / life_years / (365 * 24)),
    "layer_cost": (lambda **k: litho.layer_cost("SAQP", **k)["total"], {"step_factor": (0, 10), "life_years": (1, 20), "uptime": (0.05, 1)}, lambda step_factor, life_years, uptime: by_hand("SAQP", "NXT:2000i", 1, 1, life_years, uptime, step_factor)),
    "scanners_needed": (litho.scanners_needed, {"wafers_per_month": (0, 1e7), "passes_per_wafer": (0, 1000), "wafers_per_hour": (1, 1000), "uptime": (0.05, 1)}, lambda wafers_per_month, passes_per_wafer, wafers_per_hour, uptime: wafers_per_month * passes_per_wafer / (wafers_per_hour * uptime * 24 * 30)),
    "cycle_days": (litho.cycle_days, {"passes_per_wafer": (0, 1000), "days_per_pass": (0.1, 10)}, lambda passes_per_wafer, days_per_pass: passes_per_wafer * days_per_pass),
    "overlay_yield": (litho.overlay_yield, {"sigma_nm": (0.01, 100), "tolerance_nm": (0.01, 1000), "alignments": (0, 20), "layers": (0, 200)}, lambda sigma_nm, tolerance_nm, alignments, layers: erf_by_quadrature(tolerance_nm / sigma_nm / math.sqrt(2)) ** (2 * alignments * layers)),
    "d0_after_passes": (litho.d0_after_passes, {"base_d0": (0, 10), "extra_passes": (0, 1000), "defects_per_pass": (0, 1)}, lambda base_d0, extra_passes, defects_per_pass: base_d0 + extra_passes * defects_per_pass),
    "depreciation_per_wafer": (litho.depreciation_per_wafer, {"capital_per_yearly_wafer_usd": (0, 1e6), "annual_rate": (0, 1), "utilisation": (0.05, 1)}, lambda capital_per_yearly_wafer_usd, annual_rate, utilisation: capital_per_yearly_wafer_usd / utilisation * annual_rate),
    "wafer_cost": (total_and_shares, {p: (0, 1e6) for p in litho.WAFER_PARTS}, lambda **k: np.sum(list(k.values()), axis=0)),
    "price_from_cost": (litho.price_from_cost, {"cost_usd": (0, 1e6), "gross_margin": (-1, 0.95)}, lambda cost_usd, gross_margin: cost_usd + gross_margin / (1 - gross_margin) * cost_usd),
    "without_euv": (
        lambda **k: litho.without_euv(**k)["die_ratio"],
        {"wafer_cost_usd": (100, 1e5), "critical_layers": (0, 100), "passes_per_layer": (1, 10), "euv_layer_eur": (0, 10_000), "duv_pass_eur": (0, 10_000),
         "base_d0": (0.001, 2), "defects_per_pass": (0, 0.1), "die_area_mm2": (1, 858)},
        die_ratio_by_hand,
    ),
    "good_die_price_ratio": (litho.good_die_price_ratio, {"price_ratio": (0.1, 10), "yield_reference": (0.001, 1), "yield_own": (0.001, 1)}, lambda price_ratio, yield_reference, yield_own: price_ratio / (yield_own / yield_reference)),
    "cset_capital_factor": (litho.cset_capital_factor, {"years": (0, 50)}, lambda years: np.maximum(0.2529 * 0.7471**years, 0.0885150)),
    "cset_wafer_price": (litho.cset_wafer_price, {"capital_invested_usd": (0, 1e6), "years": (0, 50)}, lambda capital_invested_usd, years: capital_invested_usd * np.maximum(0.2529 * 0.7471**years, 0.088515) / 0.2493),
    "cset_chips_per_wafer": (litho.cset_chips_per_wafer, {"density_mtr_per_mm2": (0.01, 1000)}, lambda density_mtr_per_mm2: 71.4 / (171.3 / density_mtr_per_mm2)),
    "cset_chip_price": (litho.cset_chip_price, {"wafer_price_usd": (0, 1e6), "density_mtr_per_mm2": (0.01, 1000)}, lambda wafer_price_usd, density_mtr_per_mm2: wafer_price_usd / 71.4 * 171.3 / density_mtr_per_mm2),
    "cset_atp": (litho.cset_atp, {"chip_price_usd": (0, 1e6)}, lambda chip_price_usd: chip_price_usd * 33.48 / 100),
}  # fmt: skip


@pytest.mark.parametrize("name", RANGES)
def test_ten_thousand_inputs_give_the_right_answer_or_a_clear_error(name):
    function, ranges, right = RANGES[name]
    rng = np.random.default_rng(22)
    valid = {arg: rng.uniform(low, high, 9000) for arg, (low, high) in ranges.items()}
    for place, (arg, ends) in enumerate(ranges.items()):
        valid[arg][place * 20 : place * 20 + 20] = np.repeat(ends, 10)
    if name == "without_euv":  # a wafer cheaper than the layers in it is refused, see below
        possible = right(**valid) > 0
        assert possible.sum() > 4000
        for row in np.flatnonzero(~possible)[:200]:
            with pytest.raises(ValueError, match="smaller than the EUV layers"):
                function(**{arg: v[row] for arg, v in valid.items()})
        valid = {arg: v[possible] for arg, v in valid.items()}
    answer = function(**valid)
    assert np.isfinite(answer).all() and np.allclose(answer, right(**valid), rtol=1e-6, atol=1e-12)
    one = {arg: v[0] for arg, v in valid.items()}
    assert float(function(**one)) == pytest.approx(float(answer[0])), "scalars and arrays alike"
    args = list(ranges)
    for i in range(1000):
        bad = args[i % len(args)]
        low, high = ranges[bad]
        value = (
            math.nan,
            math.inf,
            -math.inf,
            "many",
            "",
            low - max(abs(low), 1) * rng.choice([1e-6, rng.uniform(0.1, 9)]),
            high + high * rng.choice([1e-6, rng.uniform(0.1, 9)]),
        )[rng.integers(7)]
        with pytest.raises(ValueError, match=f"{bad} = .*valid range"):
            function(**{**{arg: v[i] for arg, v in valid.items()}, bad: value})


def test_ten_thousand_words_give_the_right_answer_or_a_clear_error():
    """What takes names: known ones, and known ones with a letter gone, another case or a space."""
    rng = np.random.default_rng(23)
    schemes, tools = list(litho.schemes()), data.load("scanners")["tool"].tolist()
    items = data.load("process_costs").set_index("item")
    nodes = data.load("nodes").query("role == 'range'").set_index(["vendor", "node", "parameter"])

    def word(words):
        known = str(rng.choice(words))
        return known if rng.random() < 0.9 else str(rng.choice([known[1:], known.swapcase(), known + " ", ""]))

    answered = 0
    for row in range(10_000):
        kind, tool, euv, item = word(schemes), word(tools), word(tools), word(items.index.tolist())
        step, place = rng.uniform(-1, 11), nodes.index[rng.integers(len(nodes))]
        node = (place[0], word([place[1]]), place[2])
        calls = {
            "scheme_name": (kind in schemes, lambda: litho.passes(kind)),
            "name": (tool in tools, lambda: litho.scanner(tool)),
            "item": (item in items.index, lambda: litho.assumption(item)),
            "node": (node in nodes.index, lambda: litho.node_range(*node)),
        }
        for known, call in calls.values():
            if known:
                call()
            else:
                with pytest.raises(ValueError, match="is not one of|no range of"):
                    call()
        if item in items.index:
            assert litho.assumption(item) == tuple(items.loc[item, ["low", "central", "high"]])
        if node in nodes.index:
            assert litho.node_range(*node) == tuple(nodes.loc[node, ["low", "central", "high"]])
        if row % 10:  # the two below are slower: 1,000 of each, all their corners in one
            continue
        if kind in schemes and tool in tools and euv in tools and 0 <= step <= 10:
            low, central, high = litho.layer_range(kind, tool, step)
            cases = litho.layer_cases(kind, tool, euv, step)
            assert low <= central <= high and cases[0, 1] == pytest.approx(central)
            assert cases[:, 1].min() >= low - 1e-9 and cases[:, 1].max() <= high + 1e-9
            assert cases[0, 2] == pytest.approx(litho.layer_range("single", euv, step)[1])
            assert set(cases[:, 0]) == set(litho.passes(kind))
            answered += 1
        else:
            with pytest.raises(ValueError, match="is not one of|outside its valid range"):
                litho.layer_cases(kind, tool, euv, step)
    assert answered > 400


def test_every_public_calculation_is_fuzzed_or_takes_names():
    named = {
        "assumption",
        "scanner",
        "scanners",
        "scheme",
        "schemes",
        "passes",
        "steps",
        "layer_range",
        "layer_cases",
        "node_range",
        "cset_table",
    }
    public = {
        n
        for n, f in vars(litho).items()
        if callable(f) and getattr(f, "__module__", "").startswith(litho.__name__) and n[0].islower() and n[0] != "_"
    }
    assert public == set(RANGES) | named


def test_examples_in_the_docstrings_hold():
    rooms = ("cset", "layers", "prices", "schemes", "yields")
    results = [doctest.testmod(import_module(f"{litho.__name__}.{room}")) for room in rooms]
    assert not any(r.failed for r in results) and sum(r.attempted for r in results) > 20
