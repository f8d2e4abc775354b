"""Lithography: published numbers, limits, directions, and ten thousand random inputs a function."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest

from helpers.core import data
from helpers.lithography import model as litho
from helpers.wafers import model as wafers

# --- what light can print -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wavelength", "aperture", "pitch"),
    [(193, 1.35, 71.5), (13.5, 0.33, 20.5), (13.5, 0.55, 12.3)],
    ids=["193 nm immersion", "EUV 0.33", "EUV 0.55"],
)
def test_one_exposure_stops_at_half_a_wavelength_over_the_aperture(wavelength, aperture, pitch):
    """Rayleigh with k1 = 0.25, as in any textbook and in ASML's and imec's statements."""
    assert litho.pitch_nm(0.25, wavelength, aperture) == pytest.approx(pitch, abs=0.05)


def test_production_pitches_of_immersion_lie_at_k1_of_0_27_to_0_28():
    assert litho.pitch_nm([0.266, 0.28]) == pytest.approx([76.1, 80.1], abs=0.1)


def printing(pitch, k1=0.25):
    return {name for name in litho.schemes() if litho.smallest_pitch_nm(name, k1) <= pitch}


def test_32_5_nm_needs_at_least_three_fold_division():
    """SMIC N+3's smallest metal pitch as SemiAnalysis reports it, January 2026."""
    assert printing(32.5) == {"LE3", "LE4", "SAQP"}
    assert litho.pitch_nm(0.39, 13.5, 0.33) < 32.5, "one EUV exposure prints it at an easy k1"


@pytest.mark.parametrize(
    ("pitch", "coarsest", "division"), [(71.4, "LE2", 2), (35.8, "SADP", 2), (35.7, "LE3", 3), (17.9, "LE4", 4)]
)
def test_division_of_the_pitch_as_in_textbooks(pitch, coarsest, division):
    """71.5, 35.7 and 17.9 nm: the limits of one, two-fold and four-fold patterning in immersion."""
    assert litho.scheme(coarsest).pitch_division == division
    assert printing(pitch) == {n for n, s in litho.schemes().items() if s.pitch_division >= division}


def test_no_scheme_prints_a_pitch_below_a_quarter_of_the_limit():
    assert printing(17.8) == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("single", (1, 1, 1)),
        ("LE2", (2, 2, 3)),
        ("LE3", (3, 4, 4)),
        ("LE4", (4, 5, 5)),
        ("SADP", (2, 2, 3)),
        ("SALELE", (3, 4, 4)),
        ("SAQP", (3, 4, 5)),
    ],
)
def test_exposures_are_core_plus_cut_masks(name, expected):
    assert litho.passes(name) == expected


def test_ranges_of_the_tables_are_in_order():
    for name in litho.schemes():
        low, central, high = litho.passes(name)
        assert low <= central <= high
    tools = data.load("scanners")
    assert (
        (tools["price_meur_low"] <= tools["price_meur_central"])
        & (tools["price_meur_central"] <= tools["price_meur_high"])
    ).all()
    nodes = data.load("nodes").query("role == 'range'")
    assert ((nodes["low"] <= nodes["central"]) & (nodes["central"] <= nodes["high"])).all()
    assert not nodes.duplicated(["vendor", "node", "parameter"]).any()


# --- cost of a pass ----------------------------------------------------------------------------------


def test_scanner_depreciation_of_euv_and_immersion():
    """EUV 200 million EUR at 220 wafers an hour, immersion 65 at 310; five years, 85% (ASML, January 2025; price of the second assumed)."""
    euv, duv = litho.depreciation_per_pass(200, 220), litho.depreciation_per_pass(65, 310)
    assert (euv, duv, euv / duv) == (
        pytest.approx(24.4, abs=0.05),
        pytest.approx(5.6, abs=0.05),
        pytest.approx(4.3, abs=0.05),
    )


def test_at_the_reported_price_of_immersion_the_tie_moves():
    """80 to 90 million EUR for NXT:2050i and 2100i (DutchNews, January 2024): 3.1 to 3.5 passes, not 4.3."""
    euv = litho.depreciation_per_pass(200, 220)
    assert euv / litho.depreciation_per_pass([90, 80], 310) == pytest.approx([3.13, 3.52], abs=0.01)


def test_with_its_steps_a_pass_ties_at_far_fewer():
    euv, duv = (litho.layer_cost("single", tool) for tool in ("NXE:3800E", "NXT:2150i"))
    exposure = [sum(layer[p] for p in litho.COST_PARTS[:3]) for layer in (euv, duv)]
    assert 1 < euv["total"] / duv["total"] < exposure[0] / exposure[1] < euv["scanner"] / duv["scanner"]


def by_hand(scheme, tool, own, shared, life=5, uptime=0.85, factor=1):
    """A layer's cost straight from the tables, own and shared being 0, 1 or 2 for low, central, high."""
    cost = data.load("process_costs").set_index("item")[["low", "central", "high"]].to_numpy
    table = dict(zip(data.load("process_costs")["item"], cost(), strict=True))
    step, machine = (data.load(t).set_index(k) for t, k in (("patterning", "scheme"), ("scanners", "tool")))
    s, m, light = step.loc[scheme], machine.loc[tool], "euv" if tool.startswith("NXE") else "duv"
    end = ("low", "central", "high")[own]
    cut = s[f"cuts_{end}"]
    exposure = m[f"price_meur_{end}"] * 1e6 / (life * 8760 * uptime * m["wafers_per_hour"])
    exposure += table[f"running_{light}_eur"][own] + table[f"track_{light}_eur"][own]
    exposure += table[f"mask_{light}_eur"][own] / table["wafers_per_mask"][2 - shared]
    counts = {"film_eur": s["depositions"] + cut, "etch_eur": s["etches"] + cut, "clean_eur": s["cleans"] + cut}
    counts["measurement_eur"] = s["measurements"] + 2 * cut
    return (s["exposures"] + cut) * exposure + factor * sum(n * table[i][shared] for i, n in counts.items())


@pytest.mark.parametrize("scheme", litho.schemes())
@pytest.mark.parametrize("tool", ["NXT:2000i", "NXE:3800E"])
def test_a_layer_costs_what_the_tables_add_up_to(scheme, tool):
    for i, own in enumerate(litho.ENDS):
        for j, shared in enumerate(litho.ENDS):
            assert litho.layer_cost(scheme, tool, own, shared)["total"] == pytest.approx(by_hand(scheme, tool, i, j))
    lives, uptimes = [4, 7], [[0.6], [0.9]]
    cost = litho.layer_cost(scheme, tool, life_years=lives, uptime=uptimes)["total"]
    assert cost == pytest.approx(np.array([[by_hand(scheme, tool, 1, 1, n, u[0]) for n in lives] for u in uptimes]))


@pytest.mark.parametrize("scheme", litho.schemes())
def test_cases_are_the_central_one_and_every_corner(scheme):
    cases = litho.layer_cases(scheme)
    assert cases.shape == (9, 3) and np.unique(cases[1:, 1:], axis=0).shape[0] == 8
    low, central, high = litho.layer_range(scheme)
    assert (cases[:, 1].min(), cases[0, 1], cases[:, 1].max()) == pytest.approx((low, central, high))
    assert tuple(cases[[0], 0]) + (cases[:, 0].min(), cases[:, 0].max()) == (
        litho.passes(scheme)[1], litho.passes(scheme)[0], litho.passes(scheme)[2],
    )  # fmt: skip
    ratio = cases[:, 1] / cases[:, 2]
    together = [
        litho.layer_cost(scheme, end=e)["total"] / litho.layer_cost("single", "NXE:3800E", e)["total"]
        for e in litho.ENDS
    ]
    assert ratio.min() < min(together) and ratio.max() > max(together), "wider than when all moves together"


def test_more_passes_are_never_cheaper():
    costs = [float(litho.layer_cost(name)["total"]) for name in ("single", "LE2", "LE3", "LE4")]
    assert costs == sorted(costs)
    for name in litho.schemes():
        low, central, high = litho.layer_range(name)
        assert low < central < high


def test_parts_of_a_layer_add_up_and_scale():
    for name in litho.schemes():
        parts = litho.layer_cost(name, step_factor=np.array([0.0, 1.0, 2.0]))
        assert sum(parts[p] for p in litho.COST_PARTS) == pytest.approx(parts["total"])
        total = parts["total"]
        assert total[2] - total[1] == pytest.approx(total[1] - total[0]), "linear in the steps"


def test_scanners_are_starts_times_passes_over_what_one_exposes():
    assert litho.scanners_needed(720, 275, 275, 1) == pytest.approx(1)
    assert litho.scanners_needed(45_000, [40, 80], 275) == pytest.approx([10.69, 21.39], abs=0.01)


def test_cycle_time_of_eighty_passes_brackets_what_a_maker_reports():
    """Renesas: wafer fabrication takes 16 to 18 weeks (December 2023)."""
    low, _, high = litho.assumption("days_per_pass")
    assert litho.cycle_days(80, low) < 16 * 7 < 18 * 7 < litho.cycle_days(80, high)


# --- yield ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [0.5, 1, 2, 3, 4])
def test_overlay_yield_of_one_alignment_is_the_normal_law_on_two_axes(ratio):
    """68.27, 95.45, 99.73% of a normal law lie within one, two, three standard deviations."""
    one_axis = {1: 0.682689492, 2: 0.954499736, 3: 0.997300204}.get(ratio, math.erf(ratio / math.sqrt(2)))
    assert litho.overlay_yield(1, ratio) == pytest.approx(one_axis**2, rel=1e-9)
    assert litho.overlay_yield(1, ratio, 3, 10) == pytest.approx(one_axis**60, rel=1e-7)


def test_overlay_yield_never_rises_with_alignments_layers_or_error():
    grid = np.arange(0, 20)
    for y in (
        litho.overlay_yield(1, 3, grid, 5),
        litho.overlay_yield(1, 3, 2, grid),
        litho.overlay_yield(0.5 + grid / 10, 3, 2, 5),
    ):
        assert (np.diff(y) <= 0).all() and y.max() <= 1 and y.min() >= 0
    assert litho.overlay_yield(1, 3, 0, 10) == 1


def test_thirty_passes_at_0_003_double_0_09():
    """0.09 per cm2 is TSMC's N7 of November 2019 (AnandTech, August 2020)."""
    assert litho.d0_after_passes(0.09, 30, 0.003) == pytest.approx(2 * 0.09)


def test_passes_never_raise_yield_nor_lower_the_cost_of_a_die():
    flow = litho.without_euv(passes_per_layer=np.arange(1, 9), duv_pass_eur=85)
    assert (np.diff(flow["yield_duv"]) < 0).all() and (np.diff(flow["die_ratio"]) > 0).all()
    assert (flow["die_ratio"] >= flow["wafer_ratio"] - 1e-12).all()


def test_a_node_without_euv_costs_a_die_as_any_wafer_does():
    """Fourteen layers of four passes: 42 more, at 0.003 per cm2 each."""
    areas = np.array([107, 665.61])
    flow = litho.without_euv(die_area_mm2=areas)
    assert flow["extra_passes"] == 42 and flow["d0"] == pytest.approx(0.226)
    assert flow["wafer_usd"] == pytest.approx(8000 + 14 * (4 * 47 - 79) * litho.assumption("usd_per_eur")[1])
    for kind, usd, d0 in (("euv", 8000, 0.10), ("duv", flow["wafer_usd"], 0.226)):
        die = wafers.die_cost(areas, usd, d0)
        assert flow[f"die_{kind}_usd"] == pytest.approx(die.known_good_usd)
        assert flow[f"yield_{kind}"] == pytest.approx(die.good_share)


def test_without_extra_passes_or_cost_nothing_changes():
    same = litho.without_euv(passes_per_layer=1, euv_layer_eur=70, duv_pass_eur=70)
    assert same["die_ratio"] == pytest.approx(1) and same["d0"] == pytest.approx(0.10)
    none = litho.without_euv(critical_layers=0)
    assert none["wafer_ratio"] == 1 and none["die_ratio"] == pytest.approx(1)


def test_a_wafer_cheaper_than_its_own_layers_is_refused():
    with pytest.raises(ValueError, match="smaller than the EUV layers"):
        litho.without_euv(wafer_cost_usd=100, critical_layers=100, passes_per_layer=1, duv_pass_eur=0)


# --- wafer, price, density ---------------------------------------------------------------------------------


def test_shares_of_a_wafer_add_to_one():
    parts = {p: v for p, v in zip(litho.WAFER_PARTS, (3000, 900, 500, 300, 600, 200), strict=True)}
    out = litho.wafer_cost(parts)
    assert out["total"] == 5500 and sum(out[p] for p in litho.WAFER_PARTS) == pytest.approx(1)
    assert litho.wafer_cost({})["total"] == 0 and litho.wafer_cost({})["masks"] == 0
    with pytest.raises(ValueError, match="part = 'rent' is not one of depreciation"):
        litho.wafer_cost({"rent": 1})


def test_price_from_margin_and_depreciation():
    assert litho.price_from_cost(8000, 0.5) == 16000
    assert litho.depreciation_per_wafer(16746, litho.CSET_RATE, 1) == pytest.approx(4235.06, abs=0.01)


def test_a_premium_and_a_yield_give_2_7():
    """Price 1.45 times (FT, February 2024), yields 0.55 and 0.30: 2.66 times the price of a good die."""
    assert litho.good_die_price_ratio(1.45, 0.55, 0.30) == pytest.approx(2.66, abs=0.01)


def test_sixteen_nm_s_power_spans_the_claim_and_an_independent_table():
    """TSMC, April 2018: N7 takes 0.40 of 16 nm's power; ASU's ECO-CHIP: 1.52 times at 14 nm over 7."""
    low, central, _ = litho.node_range("TSMC", "16FF", "relative_power")
    assert (1 / central, low) == (pytest.approx(0.40), pytest.approx(1.52, abs=0.01))


def test_whole_chip_lies_below_the_quoted_peak():
    """Apple A14: 11.8 billion transistors on 88 mm2 (Angstronomics, June 2022)."""
    whole = litho.node_range("TSMC", "N5", "whole_chip_density_mtr_per_mm2")[1]
    assert whole == pytest.approx(11_800 / 88, abs=0.2)
    assert whole / litho.node_range("TSMC", "N5", "peak_logic_density_mtr_per_mm2")[2] == pytest.approx(0.78, abs=0.01)


def test_smic_prices_are_tsmc_s_times_the_reported_premium():
    for own, other in (("N+2", "N7"), ("N+3", "N5")):
        low, _, high = litho.node_range("SMIC", own, "wafer_price_usd")
        base_low, _, base_high = litho.node_range("TSMC", other, "wafer_price_usd")
        assert (low, high) == (pytest.approx(1.4 * base_low, rel=1e-4), pytest.approx(1.5 * base_high, rel=1e-4))


# --- the CSET table -----------------------------------------------------------------------------------------

CSET = litho.cset_table().set_index("node")
PAIRS = ["capital_invested", "capital_consumed", "other_costs", "wafer_price", "chip_price", "atp"]


@pytest.mark.parametrize("node", CSET.index)
@pytest.mark.parametrize("column", PAIRS)
def test_every_printed_number_of_cset_is_reproduced_to_the_dollar(node, column):
    """Khan and Mann, AI Chips: What They Are and Why They Matter (CSET, April 2020), Table 9."""
    printed, computed = CSET.loc[node, [f"{column}_printed", f"{column}_computed"]]
    assert math.isfinite(computed)
    if math.isfinite(printed):
        assert computed == pytest.approx(printed, abs=0.6)


def test_cset_factors_floor_and_total():
    assert CSET["factor"].tolist() == pytest.approx([0.0885] * 6 + [0.1134, 0.1633, 0.2529], abs=5e-5)
    row = CSET.loc["5"]
    assert round(row["chip_price_computed"]) + 108 + round(row["atp_computed"]) == 426, "with CSET's design cost"
    assert round(row["foundry_and_atp"]) == 426 - 108


def test_cset_s_blanks_lie_between_their_neighbours():
    for column in ("capital_invested_computed", "capital_consumed_computed", "wafer_price_computed", "density"):
        assert CSET[column].is_monotonic_increasing, column
    assert CSET["chip_price_computed"].iloc[:-1].is_monotonic_decreasing, "until 7 nm; 5 nm costs more a chip"
    assert CSET.loc["5", "chip_price_computed"] > CSET.loc["7", "chip_price_computed"]


def test_cset_s_parts_add_up_to_its_price():
    total = CSET["capital_consumed_computed"] + CSET["other_costs_computed"]
    assert total.to_numpy() == pytest.approx(CSET["wafer_price_computed"].to_numpy())


def test_cset_s_71_4_chips_are_80_percent_of_whole_dies_of_610_mm2():
    assert litho.CSET_CHIPS / 88.90 == pytest.approx(0.80, abs=0.005)


def test_only_a_density_of_96_reproduces_cset_s_7_nm_chip():
    assert round(float(litho.cset_chip_price(9346, 96.3))) == 233
    assert round(float(litho.cset_chip_price(9346, 91.2))) == 246


# --- errors, shapes, ten thousand inputs -----------------------------------------------------------------------

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
        "scheme",
        "schemes",
        "passes",
        "layer_range",
        "layer_cases",
        "node_range",
        "cset_table",
    }
    public = {
        n
        for n, f in vars(litho).items()
        if callable(f) and getattr(f, "__module__", "") == litho.__name__ and n[0].islower() and n[0] != "_"
    }
    assert public == set(RANGES) | named


def test_examples_in_the_docstrings_hold():
    result = doctest.testmod(litho)
    assert result.failed == 0 and result.attempted > 20
