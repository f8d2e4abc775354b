"""Lithography: what light can print, and what a pass and a layer cost."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.core import data
from helpers.lithography import model as litho

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


@pytest.mark.parametrize("name", litho.schemes())
def test_steps_are_the_flow_s_with_six_more_for_each_cut(name):
    """Counted from data/patterning.csv: a cut mask exposes, films, etches, cleans once and measures twice."""
    row = data.load("patterning").set_index("scheme").loc[name]
    own = int(row[["exposures", "depositions", "etches", "cleans", "measurements"]].sum())
    assert litho.steps(name, cut_masks=False) == (own,) * 3
    assert litho.steps(name) == tuple(own + 6 * int(row[f"cuts_{end}"]) for end in litho.ENDS)


def test_a_layer_before_its_cuts_costs_what_the_cuts_take_off():
    """SADP has one to two cut masks: before them 43 to 173 EUR; a single exposure has none."""
    assert litho.layer_range("SADP", cut_masks=False) == pytest.approx((43.2, 84.8, 172.8), abs=0.1)
    assert litho.layer_range("single", cut_masks=False) == litho.layer_range("single")
    low, _, high = (a - b for a, b in zip(litho.layer_range("SAQP"), litho.layer_range("SAQP", cut_masks=False)))
    one = litho.layer_range("single")
    assert (low, high) == (pytest.approx(2 * one[0]), pytest.approx(4 * one[2])), "a cut is a pass of its own"
