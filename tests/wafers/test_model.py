"""Wafers: published die counts, yields and costs; an exact count against brute force; bad input."""

from __future__ import annotations

import inspect
import itertools
import math

import numpy as np
import pytest

from helpers.core import data
from helpers.wafers import model as w

ASCEND = 21.32, 31.22  # compute die of the Ascend 910B in mm, as measured from a die shot


def near(value, expected, digits: int) -> None:
    """Equal to the digits printed."""
    assert abs(float(value) - expected) <= 0.5000001 * 10**-digits, (float(value), expected)


# --- dies on a wafer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "counts"),
    [
        (100, (706.86, 640.22, 652.19, 661.27, 615.75, 660.52)),
        (400, (176.71, 143.39, 149.38, 154.66, 132.73, 153.94)),
        (610, (115.88, 88.90, 93.75, 98.29, 80.86, 97.58)),
        (814, (86.84, 63.48, 67.68, 71.80, 56.95, 71.11)),
        (858, (82.38, 59.63, 63.72, 67.77, 53.35, 67.08)),
    ],
    ids=str,
)
def test_the_six_closed_forms(area, counts):
    for form, count in zip(w.FORMS, counts, strict=True):
        assert abs(float(w.dies_per_wafer(area, form)) - count) < 0.006, form


# (die area cm2, wafer cm, dies printed, where)
BOOK_COUNTS = [
    (2.25, 30, 270, "Hennessy and Patterson, 5th and 6th ed., section 1.6, die of 1.5 cm"),
    (1.00, 30, 640, "the same, die of 1.0 cm"),
    (3.89, 30, 148, "the same, case study 1, IBM Power5 (answers of 2012)"),
    (1.50, 30, 416, "the same, Woods chip"),
    (2.50, 30, 240, "the same, Markon chip"),
    (1.86, 30, 331, "the same, 4th ed., Niagara redesigned"),
    (1.15, 20, 231, "Cornell ECE 4750 homework 1, Alpha 21264C"),
    (1.63, 20, 157, "the same, Power3-II"),
    (3.00, 20, 79, "the same, Itanium"),
    (2.04, 20, 122, "the same, MIPS R14000"),
]


@pytest.mark.parametrize(("area_cm2", "wafer_cm", "dies", "where"), BOOK_COUNTS, ids=[c[3] for c in BOOK_COUNTS])
def test_textbook_die_counts(area_cm2, wafer_cm, dies, where):
    count = float(w.dies_per_wafer(100 * area_cm2, diameter_mm=10 * wafer_cm))
    assert dies - 0.5 <= count < dies + 1.0, "printed rounded or cut"


@pytest.mark.parametrize(("area_cm2", "dies"), [(2.3, 130), (1.0, 314)])
def test_flynn_s_own_example(area_cm2, dies):
    """Flynn, *Computer Architecture* (1995), p. 89: a wafer of 21 cm."""
    near(w.dies_per_wafer(100 * area_cm2, "flynn", diameter_mm=210), dies, 0)


def test_a_web_calculator_s_negative_count_comes_from_a_mistyped_formula():
    """bit1024.com prints -116.5 for a die of 10 mm2; the textbook form gives 6857.8."""
    near(w.dies_per_wafer(10), 6857.8, 1)
    first, second = math.pi * 150**2 / 10, math.pi * 300 / math.sqrt(20)
    near(first, 7068.6, 1)
    near(second, 210.7, 1)
    near(math.pi * 300 / 10 - second, -116.5, 1)  # what was typed: a length over an area
    assert all((w.dies_per_wafer([10, 858, 11_251, 90_000], form) >= 0).all() for form in w.FORMS)


@pytest.mark.parametrize("form", w.FORMS)
def test_no_form_counts_dies_that_do_not_fit(form):
    """The largest square in a circle has half the square of its diameter."""
    assert (w.dies_per_wafer([45_001, 90_000], form) == 0).all()
    assert w.dies_per_wafer(44_000, form, edge_mm=3) == 0, "the rim counts too"
    assert w.dies_per_wafer(44_000, "area") > 0


# Width, height, count with (edge 3, scribe 0.1), count with (edge 5, scribe 0.2), 300 mm wafer.
BRUTE = [
    (15, 15, 266, 256),
    (20, 20, 148, 138),
    (26, 33, 64, 60),
    (28.5, 28.5, 68, 63),
    (*ASCEND, 85, 80),
]


def brute(width, height, radius, scribe, steps):
    """Every shift of a fine lattice, every die, every corner."""
    px, py = width + scribe, height + scribe
    columns, rows = (np.arange(-int(radius / p) - 2, int(radius / p) + 3) * p for p in (px, py))
    x = np.arange(steps)[:, None] / steps * px + columns
    far_x = np.maximum(abs(x), abs(x + width)) ** 2
    most = 0
    for step in range(steps):
        y = step / steps * py + rows
        far_y = np.maximum(abs(y), abs(y + height)) ** 2
        inside = far_x[:, :, None] + far_y <= radius**2 + 1e-9
        most = max(most, int(inside.sum(axis=(1, 2)).max()))
    return most


@pytest.mark.parametrize(("width", "height", "narrow", "wide"), BRUTE, ids=str)
def test_exact_placement_equals_brute_force(width, height, narrow, wide):
    assert int(w.exact_dies(width, height)) == narrow == brute(width, height, 147, 0.1, 101)
    assert int(w.exact_dies(width, height, 300, 5, 0.2)) == wide == brute(width, height, 145, 0.2, 101)


def test_ten_by_ten_needs_a_fine_search():
    """Coarse shifts find 612 or 613, an open model (CATCH) 614; shifts of 0.05 mm show that 616 fit."""
    assert int(w.exact_dies(10, 10)) == 616 == brute(10, 10, 147, 0.1, 200)
    assert brute(10, 10, 147, 0.1, 20) < 616


@pytest.mark.parametrize(
    ("width", "height", "count"), [(19.0, 11.7, 267), (18.3, 11.1, 296), (15.7, 5.1, 766)], ids=str
)
def test_a_last_die_fits_in_a_narrow_window_of_shifts(width, height, count):
    """Shifts in steps of 0.04 mm find one die fewer; the corners of the grid found prove that it fits."""
    p = w.place_dies(width, height)
    far = np.max([np.hypot(p.x + a, p.y + b) for a in (0, width) for b in (0, height)], axis=0)
    assert int(w.exact_dies(width, height)) == count == (far <= 147 + 1e-8).sum()


def test_exact_placement_never_loses_to_brute_force_on_random_dies():
    rng = np.random.default_rng(5)
    for _ in range(40):
        width, height = rng.uniform(9, 40, 2)
        edge, scribe = rng.uniform(0, 5), rng.uniform(0, 0.3)
        found = int(w.exact_dies(width, height, 300, edge, scribe))
        assert found >= brute(width, height, 150 - edge, scribe, 40)
        assert found == int(w.place_dies(width, height, 300, edge, scribe).whole.sum()), "a grid that exists"


def test_a_die_turned_by_ninety_degrees_counts_the_same():
    rng = np.random.default_rng(6)
    a, b = rng.uniform(2, 60, (2, 200))
    assert (w.exact_dies(a, b) == w.exact_dies(b, a)).all()


def test_edges_of_exact_placement():
    assert int(w.exact_dies(300, 10)) == 0 and int(w.exact_dies(220, 200)) == 0, "does not fit"
    side = 2 * 147 / math.sqrt(2)
    assert w.exact_dies([side - 1e-6, side + 1e-6], [side - 1e-6, side + 1e-6]).tolist() == [1, 0]
    two = 147 * 2 / math.sqrt(5)  # two squares side by side, no street: corners at (side, side / 2)
    assert w.exact_dies(two - 1e-6, two - 1e-6, scribe_mm=0.0) == 2, "no street beyond the outer dies"
    more_edge = w.exact_dies(20, 25, edge_mm=np.linspace(0, 10, 21))
    assert (np.diff(more_edge) <= 0).all()
    wider = w.exact_dies(20, 25, scribe_mm=np.linspace(0, 1, 21))
    assert (np.diff(wider) <= 0).all()


def test_the_map_holds_what_is_counted():
    placed = w.place_dies(*ASCEND)
    assert placed.count == placed.whole.sum() == 85 and len(placed.x) > 85, "cut dies are on the map too"
    order = np.lexsort((placed.x, placed.y))
    gap = np.diff(placed.x[order])[np.diff(placed.y[order]) < 1e-9]
    assert np.allclose(gap, 21.42), "one grid"


def test_which_rim_and_street_give_morgan_stanley_s_78_dies():
    """78 of 21.32 x 31.22 mm on 300 mm: rims of 6 to 7.5 mm give it, the usual 3 to 5 mm give 80 to 85."""
    edges = np.arange(2, 8.01, 0.25)
    counts = w.exact_dies(*ASCEND, edge_mm=edges[:, None], scribe_mm=[0.05, 0.1, 0.2, 0.3])
    assert (counts == 78).any()
    usual = w.exact_dies(*ASCEND, edge_mm=[[3], [5]], scribe_mm=[0.1, 0.2])
    assert usual.tolist() == [[85, 83], [81, 80]]
    at = edges[(counts == 78).any(axis=1)]
    assert (at.min(), at.max()) == (6.0, 7.5)


def test_a_field_is_tested_by_both_sides():
    assert w.dies_per_field([26, 33, 30, 13, 10], [33, 26, 28, 16.5, 10]).tolist() == [1, 1, 0, 4, 6]
    assert 30 * 28 < 26 * 33
    assert w.dies_per_field(12.95, 16.4, scribe_mm=0.1) == 4
    rng = np.random.default_rng(3)
    a, b = rng.uniform(1, 40, (2, 1000))
    assert (w.dies_per_field(a, b) == w.dies_per_field(b, a)).all()
    assert (w.dies_per_field(a, b) * a * b <= 858 + 1e-6).all()


# --- yield ----------------------------------------------------------------------------------------

CHECKS = {
    665.61: (0.5140, 0.5332, 0.5629, 0.5482, 0.5250, 0.6004, 0.4423),
    814.0: (0.4431, 0.4681, 0.5051, 0.4867, 0.4572, 0.5513, 0.4057),
}


@pytest.mark.parametrize("area", CHECKS)
def test_yield_models_at_0_10_per_cm2(area):
    ways = [
        ("poisson", 3),
        ("murphy", 3),
        *[("negative_binomial", a) for a in (2, 3, 10)],
        ("seeds", 3),
        ("seeds_sqrt", 3),
    ]
    for (model, alpha), value in zip(ways, CHECKS[area], strict=True):
        near(w.die_yield(area, 0.10, model, alpha), value, 4)


# (area cm2, density, alpha or layers, model, line yield, printed, where)
BOOK_YIELDS = [
    (2.25, 0.031, 13.5, "hennessy_patterson", 1, 0.40, "H-P 5th ed., section 1.6, 1.5 cm"),
    (1.00, 0.031, 13.5, "hennessy_patterson", 1, 0.66, "H-P 5th ed., section 1.6, 1.0 cm"),
    (3.89, 0.30, 4, "negative_binomial", 1, 0.36, "H-P case study 1, Power5"),
    (3.80, 0.75, 4, "negative_binomial", 1, 0.12, "H-P case study 1, Niagara"),
    (1.99, 0.75, 4, "negative_binomial", 1, 0.28, "H-P case study 1, Opteron (prints 0.7, needs 0.75)"),
    (3.80 / 8, 0.75, 4, "negative_binomial", 1, 0.71, "H-P case study 1, one Niagara core"),
    (1.50, 0.30, 4, "negative_binomial", 1, 0.65, "H-P case study 1, Woods"),
    (2.50, 0.30, 4, "negative_binomial", 1, 0.50, "H-P case study 1, Markon"),
    (1.15, 0.5, 4, "negative_binomial", 0.95, 0.55, "Cornell ECE 4750, Alpha 21264C"),
    (3.00, 0.5, 4, "negative_binomial", 0.95, 0.26, "Cornell ECE 4750, Itanium"),
    (2.3, 1.0, 4, "poisson", 1, 0.10, "Flynn p. 89, 2.3 cm2"),
    (1.0, 1.0, 4, "poisson", 1, 0.37, "Flynn p. 89, 1.0 cm2"),
    (math.pi * 7.5**2 / 84, 0.020, 2, "negative_binomial", 1, 0.959, "Patterson and Hennessy 5th ed., 1.10, 15 cm"),
    (math.pi * 10**2 / 100, 0.031, 2, "negative_binomial", 1, 0.909, "Patterson and Hennessy 5th ed., 1.10, 20 cm"),
]


@pytest.mark.parametrize(
    ("area", "density", "shape", "model", "line", "printed", "where"), BOOK_YIELDS, ids=[b[6] for b in BOOK_YIELDS]
)
def test_textbook_yields(area, density, shape, model, line, printed, where):
    value = w.die_yield(100 * area, density, model, alpha=shape, layers=shape, line_yield=line)
    assert printed - 0.005 <= float(value) < printed + 0.01, "printed rounded or cut"


def test_the_answer_key_prints_a_whole_die_s_yield_for_half_of_it():
    """H-P 5th ed., answer 1.3 a: half an Opteron (1.99 cm2) at 0.75 per cm2 is printed as 0.28, which is the whole."""
    whole, half = (float(w.die_yield(a, 0.75, alpha=4)) for a in (199, 99.5))
    near(whole, 0.28, 2)
    near(half, 0.50, 2)


def test_the_sixth_edition_prints_numbers_of_another_density():
    """It names 0.047 per cm2 and N = 12 and prints 120 of 270 and 444 of 640; those follow from 0.031."""
    good = [float(n * w.die_yield(a, 0.031, "bose_einstein", layers=12)) for n, a in ((270, 225), (640, 100))]
    assert [round(g) for g in good] == [120, 444]
    named = [float(n * w.die_yield(a, 0.047, "bose_einstein", layers=12)) for n, a in ((270, 225), (640, 100))]
    assert [round(g) for g in named] == [81, 369]


@pytest.mark.parametrize(
    ("share", "implied"),
    [
        (0.2, (0.242, 0.286, 0.371, 0.320, 0.262)),
        (0.3, (0.181, 0.204, 0.248, 0.223, 0.192)),
        (0.4, (0.138, 0.150, 0.175, 0.161, 0.144)),
        (0.5, (0.104, 0.111, 0.124, 0.117, 0.108)),
        (0.6, (0.077, 0.080, 0.087, 0.084, 0.079)),
    ],
    ids=str,
)
def test_densities_implied_by_reported_yields_of_the_910b(share, implied):
    ways = [("poisson", 3), ("murphy", 3), *[("negative_binomial", a) for a in (2, 3, 10)]]
    for (model, alpha), value in zip(ways, implied, strict=True):
        near(w.infer_d0(665.61, share, model, alpha), value, 3)


@pytest.mark.parametrize(("share", "density"), [(0.92, 0.043), (0.95, 0.026)])
def test_a_textbook_inverse(share, density):
    """Patterson and Hennessy 5th ed., exercise 1.10.4: a die of 200 mm2, alpha 2."""
    near(w.infer_d0(200, share, alpha=2), density, 3)


@pytest.mark.parametrize("model", w.MODELS)
def test_inference_is_the_inverse_of_yield(model):
    rng = np.random.default_rng(1)
    area, d0, alpha = rng.uniform(1, 900, 500), rng.uniform(0.001, 0.5, 500), rng.uniform(0.5, 50, 500)
    layers, line = rng.uniform(1, 20, 500), rng.uniform(0.5, 1, 500)
    share = w.die_yield(area, d0, model, alpha, layers, line)
    keep = share > 1e-4
    back = w.infer_d0(area[keep], share[keep], model, alpha[keep], layers[keep], line[keep])
    assert np.allclose(back, d0[keep], rtol=1e-6) and keep.sum() > 100
    assert float(w.infer_d0(100, 1, model)) == 0


def test_orders_and_limits_of_the_models():
    x = np.geomspace(1e-4, 30, 200)  # defects a die: area 100 mm2
    by = {m: w.die_yield(100, x, m) for m in ("poisson", "murphy", "seeds", "negative_binomial")}
    assert (by["poisson"] < by["negative_binomial"]).all() and (by["negative_binomial"] < by["seeds"]).all()
    assert (by["poisson"] < by["murphy"]).all() and (by["murphy"] < by["seeds"]).all()
    over_alpha = w.die_yield(100, 1.0, alpha=np.geomspace(0.05, 1e7, 50))
    assert (np.diff(over_alpha) < 0).all()
    for model in w.MODELS:
        assert float(w.die_yield(800, 0, model)) == 1
        assert (np.diff(w.die_yield(100, x, model)) < 0).all(), "more defects, fewer dies"
    assert np.abs(w.die_yield(100, x, alpha=1e6) - by["poisson"]).max() < 1e-5
    assert np.allclose(w.die_yield(100, x, alpha=1), by["seeds"])
    # Bose-Einstein over n layers of a density d is a negative binomial of density n d and alpha n.
    assert np.allclose(w.die_yield(300, 0.01, "bose_einstein", layers=12), w.die_yield(300, 0.12, alpha=12))


def test_units_a_slip_of_a_hundred():
    """0.005 per mm2 is 0.5 per cm2 (CATCH's default); taken as 0.005 per cm2 a bad process looks perfect."""
    right, slipped = w.die_yield(400, 0.5, alpha=2), w.die_yield(400, 0.005, alpha=2)
    assert right < 0.26 and slipped > 0.97
    assert float(w.die_yield(6.6561, 0.1)) > 0.99, "cm2 given where mm2 are asked"


@pytest.mark.parametrize(
    ("area", "share", "critical"),
    [(100, 0.743163, 0.64), (400, 0.371802, 0.64), (100, 0.733645, 0.67), (800, 0.182628, 0.67), (800, 0.997604, 0.3)],
    ids=["7 nm, 100 mm2", "7 nm, 400 mm2", "5 nm, 100 mm2", "5 nm, 800 mm2", "interposer, 800 mm2"],
)
def test_catch_yields(area, share, critical):
    """CATCH (UCLA, commit d60dafb, run): alpha 2, one critical share of the area for each node; 0.5 per cm2, for an
    interposer 0.001."""
    near(w.die_yield(critical * area, 0.001 if critical == 0.3 else 0.5, alpha=2), share, 6)


@pytest.mark.parametrize(
    ("area", "usd_per_mm2", "lithography", "printed", "missed"),
    [
        (100, 0.132219, 0.27, 14.9591, 0),
        (400, 0.132219, 0.27, 64.3849, 2),
        (100, 0.25024, 0.30, 28.3723, 0),
        (800, 0.25024, 0.30, 258.1878, 1),
        (800, 0.021905, 0.10, 22.2800, 1),
    ],
    ids=["7 nm, 100 mm2", "7 nm, 400 mm2", "5 nm, 100 mm2", "5 nm, 800 mm2", "interposer, 800 mm2"],
)
def test_catch_costs(area, usd_per_mm2, lithography, printed, missed):
    """CATCH's layers (commit d60dafb, run): a wafer over its dies, rim 0.1 and street 0.13 mm; the share of lithography
    over the use of a field, 800 of 858 mm2. Its counter misses two of 150 dies and one of 71."""
    side = math.sqrt(area)
    dies = int(w.exact_dies(side, side, 300, 0.1, 0.13)) - missed
    near(usd_per_mm2 * math.pi * 150**2 / dies * (1 - lithography + lithography * 858 / 800), printed, 3)
    assert dies + missed >= brute(side, side, 149.9, 0.13, 101) == {100: 637, 400: 150, 800: 71}[area]


def test_catch_s_counts_are_of_one_way_round():
    """CATCH gives 148, 65 and 69 where 150, 66 and 70 fit, and 85 or 82 for one die turned by ninety degrees."""
    assert w.exact_dies([20, 26, 28.5], [20, 33, 28.5], 300, 0.1, 0.13).tolist() == [150, 66, 70]
    assert int(w.exact_dies(*ASCEND)) == int(w.exact_dies(*ASCEND[::-1])) == 85


def test_a_web_calculator_s_rows_do_not_follow_from_its_formula():
    """codingace.net prints 738 dies of 10 x 8 mm with streets of 0.08 mm; the formula gives 739.6 or 761.1."""
    near(w.dies_per_wafer(10.08 * 8.08, edge_mm=5), 739.6, 1)
    near(w.dies_per_wafer(10.08 * 8.08, edge_mm=3), 761.1, 1)


def test_eco_chip_s_yield():
    """ECO-CHIP (ASU, commit fe998d9): 148 mm2 at 0.20 per cm2 and alpha 10."""
    near(w.die_yield(148, 0.20, alpha=10), 0.746990, 6)


def test_the_impossible_published_pair_is_refused():
    """Asia Times, 7 February 2024: 50%; Financial Times, the day before: less than a third of TSMC's."""
    rows = data.load("smic_evidence").set_index("evidence_id")
    own, ratio = rows.loc["yield-smic7-2024-02", "value"], rows.loc["yield-ratio-2024-02", "high"]
    theirs = own / ratio
    assert theirs > 1.5
    with pytest.raises(ValueError, match="good_share = 1.50.* valid range, 0.0001 to 1"):
        w.infer_d0(107, theirs)
    assert float(w.infer_d0(107, 0.30 / ratio * 100)) > 0, "30% of a large die is no contradiction"


def test_phone_and_ai_chip_of_one_process():
    d0 = w.infer_d0(665.61, 0.40)
    near(w.die_yield(107, d0), 0.85, 2)
    near(w.die_yield(665.61, 0.09), 0.579, 3)
    low, high = (w.infer_d0(665.61, 0.2, m, a) / 0.09 for m, a in (("poisson", 3), ("negative_binomial", 2)))
    near(low, 2.7, 1)
    near(high, 4.1, 1)


# --- salvage --------------------------------------------------------------------------------------


def test_cores_of_one_die_share_its_density():
    """Niagara of H-P: 0.71^8 gives 0.06 (the answers call it inaccurate); the die's own yield is 0.12."""
    core = 380 / 8
    alone = float(w.die_yield(core, 0.75, alpha=4))
    near(round(alone, 2) ** 8, 0.06, 2)
    near(w.working_cores(8, core, 0, 0.75, alpha=4)[8], 0.12, 2)
    assert abs(w.working_cores(8, core, 0, 0.75, alpha=4)[8] - w.die_yield(380, 0.75, alpha=4)) < 1e-12


@pytest.mark.parametrize("alpha", [0.05, 0.3, 1.0, 3.0, 10.0, 1e3, 1e7])
@pytest.mark.parametrize("cores", [1, 8, 25, 72, 144, 300])  # 144 are on the die of the H100
def test_salvage_keeps_every_die_and_meets_the_closed_form(cores, alpha):
    """Chosen cores all work as if they were one area: that gives the sum, the flawless and two moments exactly."""
    d0 = np.array([0.0, 0.05, 0.16, 0.5, 2.0, 10.0, 100.0])
    for core, shared in ((400 / cores, 265), (50, 10), (0.5, 0), (0, 100)):
        chance = w.working_cores(cores, core, shared, d0, alpha)
        assert chance.shape == (7, cores + 1) and (chance >= 0).all() and (chance <= 1).all()
        k = np.arange(cores + 1)
        close = {"rtol": 0, "atol": 1e-8}
        assert np.allclose(chance.sum(axis=1), w.die_yield(shared, d0, alpha=alpha), **close), "shared part works"
        assert np.allclose(chance[:, -1], w.die_yield(shared + cores * core, d0, alpha=alpha), **close), "flawless"
        assert np.allclose((chance @ k) / cores, w.die_yield(shared + core, d0, alpha=alpha), **close), "any one core"
        if cores > 1:
            pairs = (chance @ (k * (k - 1))) / (cores * (cores - 1))
            assert np.allclose(pairs, w.die_yield(shared + 2 * core, d0, alpha=alpha), **close), "any two cores"
        shares = w.bin_shares(chance, [cores, cores - 1] if cores < 8 else [cores, cores - 3, cores - 7])
        assert np.allclose(shares.sum(axis=1), 1) and (shares >= 0).all()


@pytest.mark.parametrize(("cores", "core", "shared", "d0", "alpha"), [(25, 16, 265, 0.16, 3), (144, 4, 238, 0.1, 3), (144, 5, 90, 1, 0.5), (300, 0.5, 0, 1, 0.3)])  # fmt: skip
def test_salvage_against_simulation(cores, core, shared, d0, alpha):
    rng = np.random.default_rng(8)
    density = rng.gamma(alpha, d0 / alpha, 200_000) / 100
    good = rng.binomial(cores, np.exp(-density * core)) * (rng.random(200_000) < np.exp(-density * shared))
    shared_bad = float(1 - w.die_yield(shared, d0, alpha=alpha))
    counts = np.bincount(good, minlength=cores + 1) / len(good)
    expected = w.working_cores(cores, core, shared, d0, alpha)
    expected[0] += shared_bad
    assert np.abs(counts - expected).max() < 0.005 and np.abs(np.cumsum(counts - expected)).max() < 0.005


def test_value_allocation_uses_up_the_wafer():
    shares, prices = np.array([0.4, 0.2, 0.1]), np.array([100.0, 80.0, 50.0])
    each = w.cost_by_value(14_000, 78, shares, prices)
    both = w.cost_by_value([14_000, 28_000], [78, 39], shares, prices)
    assert np.allclose(both, [each, 4 * each]), "several wafers at once"
    assert math.isclose(float((each * shares * 78).sum()), 14_000) and np.allclose(each / prices, each[0] / prices[0])


def test_density_behind_sellable_dies():
    core, shared = 16.0, 265.0
    for needed, alpha in ((25, 3.0), (20, 3.0), (20, 1e7), (22, 1.0)):
        d0 = w.infer_d0_from_bins(25, core, shared, needed, [0.2, 0.4, 0.9], alpha)
        back = w.working_cores(25, core, shared, d0, alpha)[:, needed:].sum(axis=1)
        assert np.allclose(back, [0.2, 0.4, 0.9], rtol=1e-5)
    assert math.isclose(w.infer_d0_from_bins(25, core, shared, 25, 0.4), w.infer_d0(665, 0.4), rel_tol=1e-5)
    assert float(w.infer_d0_from_bins(25, core, shared, 20, 1)) == 0


def test_salvage_takes_arrays_of_everything():
    areas, alphas = np.array([[10.0], [16.0]]), np.array([1.0, 3.0, 1e7])
    chance = w.working_cores(25, areas, 265, 0.16, alphas)
    d0 = w.infer_d0_from_bins(25, areas, 265, 20, 0.4, alphas)
    assert chance.shape == (2, 3, 26) and d0.shape == (2, 3)
    for row, column in np.ndindex(2, 3):
        one = float(areas[row, 0]), 265
        assert np.allclose(chance[row, column], w.working_cores(25, *one, 0.16, alphas[column]), atol=1e-12)
        assert np.isclose(d0[row, column], w.infer_d0_from_bins(25, *one, 20, 0.4, alphas[column]), rtol=1e-9)


def test_only_what_can_be_binned_is_binned():
    with pytest.raises(ValueError, match="each below the one before"):
        w.bin_shares([0.1, 0.2, 0.7], [1, 2])
    with pytest.raises(ValueError, match="add to at most 1"):
        w.bin_shares([0.9, 0.9], [1])


# --- costs ----------------------------------------------------------------------------------------

CHIPLET_ACTUARY = [  # commit 2c91fb9, run; node: wafer USD, D0; area, dies, yield, raw, known good
    ((16_988, 0.11), 100, 571.712, 0.896372, 29.7142, 33.1494),
    ((16_988, 0.11), 400, 129.984, 0.650122, 130.6927, 201.0279),
    ((9_346, 0.09), 100, 571.712, 0.914299, 16.3474, 17.8797),
    ((9_346, 0.09), 400, 129.984, 0.702106, 71.9010, 102.4077),
    ((3_984, 0.08), 400, 129.984, 0.729799, 30.6499, 41.9977),
]
AS_THERE = {"alpha": 10, "edge_mm": 5, "scribe_mm": 0.2}


@pytest.mark.parametrize(("node", "area", "dies", "share", "raw", "good"), CHIPLET_ACTUARY, ids=str)
def test_chiplet_actuary_s_dies(node, area, dies, share, raw, good):
    cost = w.die_cost(area, *node, **AS_THERE)
    near(cost.gross_dies, dies, 3)
    near(cost.good_share, share, 6)
    near(cost.raw_usd, raw, 4)
    near(cost.known_good_usd, good, 4)
    assert math.isclose(cost.raw_usd + cost.defect_usd, cost.known_good_usd)


def on_substrate(pieces: int) -> float:
    """800 mm2 of 7 nm logic on an organic substrate, parameter.ini of Chiplet Actuary."""
    area = 800 / pieces * (1.1 if pieces > 1 else 1)
    die = w.die_cost(area, 9_346, 0.09, **AS_THERE).known_good_usd + 0.005 * area
    board = 4 * area * pieces * 0.005 * (2 if pieces > 1 else 1)
    return float(w.package_cost(die, pieces, substrate_usd=board, attach_yield=0.99**pieces).total_usd)


def on_interposer(pieces: int, wafer: float, d0: float, alpha: float, bond: float, scale: float) -> float:
    area = 800 / pieces * 1.1
    die = w.die_cost(area, 9_346, 0.09, **AS_THERE).known_good_usd + 0.01 * area
    whole = area * pieces * scale
    made = w.die_cost(whole, wafer, d0, edge_mm=5, scribe_mm=0.2, alpha=alpha)
    return float(
        w.package_cost(
            die,
            pieces,
            interposer_usd=made.raw_usd + 0.005 * whole,
            substrate_usd=4 * whole * 0.005,
            interposer_yield=made.good_share,
            bond_yield=bond,
            attach_yield=0.99,
        ).total_usd
    )


def test_chiplet_actuary_s_systems():
    """Feng and Ma (DAC 2022), their code run: 800 mm2 at 7 nm as one die, two and four."""
    near(on_substrate(1), 342.02, 2)
    near(on_substrate(2), 281.02, 2)
    near(on_substrate(4), 231.03, 2)
    fan_out, silicon = (1_200, 0.05, 3, 0.98, 1.2), (1_937, 0.06, 6, 0.95, 1.1)
    for pieces, expected in ((2, (336.43, 383.44)), (4, (290.84, 356.40))):
        near(on_interposer(pieces, *fan_out), expected[0], 2)
        near(on_interposer(pieces, *silicon), expected[1], 2)


def test_two_dies_in_a_package_lose_a_tenth_of_good_silicon():
    """0.95 a bond: 1 / 0.95^2 - 1 = 10.8%; memory stacks are bonded, and lost, too."""
    near(w.package_cost(100, 2, bond_yield=0.95).wasted_usd / 200, 0.108, 3)
    near(w.package_cost(100, 2, bond_yield=0.95, hbm_usd=50, stacks=4).wasted_usd / 400, 0.95**-6 - 1, 6)


def test_parts_of_a_package_add_to_its_cost():
    yields = {"interposer_yield": 0.9, "bond_yield": 0.95, "attach_yield": 0.99}
    cost = w.package_cost(100, 2, 20, 10, hbm_usd=50, stacks=4, other_usd=7, **yields)
    near(cost.scrap_usd, 20 * (1 / (0.9 * 0.95**6 * 0.99) - 1) + 10 * (1 / 0.99 - 1), 9)
    near(cost.wasted_usd, 400 * (1 / (0.95**6 * 0.99) - 1), 9)
    assert math.isclose(sum(cost[:6]), cost.total_usd)
    near(cost.good_share, 0.95**6 * 0.99, 9)


def test_a_package_by_simulation():
    """Tested interposers, dies of which some are bad, stacks with a yield of their own: all that is used up, a good one."""
    rng, n = np.random.default_rng(12), 400_000
    bonded = (rng.random((n, 2)) < 0.97).all(axis=1) & (rng.random((n, 4)) < 0.93).all(axis=1)
    good = bonded & (rng.random(n) < 0.98) & (rng.random((n, 2)) < 0.9).all(axis=1)
    used = n * (20 / 0.9 + 2 * 100 + 4 * 50) + bonded.sum() * 10
    cost = w.package_cost(100, 2, 20, 10, 0.9, 0.97, 0.98, 50, 4, 7, stack_yield=0.93, die_quality=0.9)
    assert abs(float(cost.good_share) - good.mean()) < 0.003
    assert math.isclose(cost.total_usd, used / good.sum() + 7, rel_tol=0.005)


def test_a_weak_test_of_dies_costs_packages():
    """A missed bad die takes the other die, the memory and the substrate with it."""
    quality = w.after_test(0.4, [0.5, 0.9, 1.0]).quality
    cost = w.accelerator_cost(665.61, 0.161, 14_000, dies=2, hbm_usd=200, stacks=8, die_quality=quality)
    assert (np.diff(cost.total_usd) < 0).all() and (np.diff(cost.good_share) > 0).all()
    near(cost.good_share[2], 1, 9)
    same = w.package_cost(100, 2, hbm_usd=50, stacks=4, bond_yield=0.95, stack_yield=0.95)
    near(same.total_usd, float(w.package_cost(100, 2, hbm_usd=50, stacks=4, bond_yield=0.95).total_usd), 9)


def test_power5_of_the_textbook():
    """H-P case study 1: a wafer of 500 USD; printed 9.38 for a Power5, 4.72 for a Niagara."""
    near(w.die_cost(389, 500, 0.30, alpha=4).known_good_usd, 9.38, 1)
    near(500 / (331 * 0.32), 4.72, 2)


def test_a_test_that_misses_passes_bad_dies():
    """CATCH's formulas: passing = 1 - (1 - y) c, quality = y / passing."""
    out = w.after_test(0.4, [0, 0.9, 1], 100, 10)
    assert np.allclose(out.passing, [1, 0.46, 0.4]) and np.allclose(out.quality, [0.4, 0.4 / 0.46, 1])
    assert (np.diff(out.usd) > 0).all() and math.isclose(out.usd[2], 275)


def test_cost_rises_faster_than_area():
    area = np.arange(20, 850, 10.0)
    for d0 in (0.01, 0.1, 0.4):
        cost = w.die_cost(area, 14_000, d0).known_good_usd
        assert (np.diff(cost) > 0).all()
        doubled = w.die_cost(2 * area[area < 420], 14_000, d0).known_good_usd
        assert (doubled > 2 * cost[area < 420]).all()
    assert (np.diff(w.die_cost(600, 14_000, np.linspace(0, 1, 50)).known_good_usd) > 0).all()


@pytest.mark.parametrize("pieces", [2, 4])
def test_a_split_pays_links_joining_and_every_bond(pieces):
    """800 mm2 of logic, 10% of each piece for links: the pieces' dies, the joining, and a bond that may fail for each."""
    whole = w.die_cost(800, 14_000, 0.2, edge_mm=3, scribe_mm=0.1).known_good_usd
    near(w.split_cost(800, 1, 14_000, 0.2, link_share=0.1, joining_usd=40, bond_yield=0.9), whole, 9)
    one = w.die_cost(800 / pieces / 0.9, 14_000, 0.2, edge_mm=3, scribe_mm=0.1).known_good_usd
    cost = w.split_cost(800, pieces, 14_000, 0.2, link_share=0.1, joining_usd=40, bond_yield=0.95)
    near(cost, (pieces * one + 40) / 0.95**pieces, 9)


def test_splitting_pays_for_large_dies_only():
    keys = {"joining_usd": 40.0, "link_share": 0.1}
    cross = w.crossover_area(2, 14_000, 0.2, **keys)
    one, two = (float(w.split_cost(a, n, 14_000, 0.2, **keys)) for a, n in ((cross, 1), (cross, 2)))
    assert two < one
    below = [float(w.split_cost(cross - 2, n, 14_000, 0.2, **keys)) for n in (1, 2)]
    assert below[1] >= below[0]
    assert math.isnan(w.crossover_area(2, 14_000, 0.001, joining_usd=500.0))
    assert math.isnan(w.crossover_area(2, 0, 0.2)), "at no cost either way neither is the cheaper"
    many = w.crossover_area(2, [14_000, 28_000], [[0.2], [0.4]], **keys)
    assert many.shape == (2, 2) and many[0, 0] == cross
    assert (many[1] < many[0]).all(), "more defects, earlier"
    assert (many[:, 1] <= many[:, 0]).all(), "dearer silicon, earlier"
    assert w.crossover_area(2, 14_000, 0.4, link_share=0.0, bond_yield=1.0, scribe_mm=0.0) == 1, "nothing to pay"


def test_logic_is_a_small_part_of_a_modern_bill():
    assert np.allclose(w.bill_after([0.13, 0.14], 2), [1.13, 1.14]) and float(w.bill_after(0.63, 1)) == 1


# --- chance ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("alpha", [None, 3.0, 0.5])
def test_scattered_defects_follow_their_yield_model(alpha):
    """Even defects meet Poisson; regions larger than a die the negative binomial, nearly."""
    placed = w.place_dies(*ASCEND)
    good, number = [], []
    for seed in range(600):
        x, y = w.random_defects(0.16, alpha, seed=seed)
        good.append((w.defects_on_dies(placed, x, y)[placed.whole] == 0).mean())
        number.append(len(x))
    area = ASCEND[0] * ASCEND[1]
    if alpha is None:
        assert abs(np.mean(good) - w.die_yield(area, 0.16, "poisson")) < 0.01
    else:
        assert -0.04 < np.mean(good) - w.die_yield(area, 0.16, alpha=alpha) < 0.01, "dies across borders average"
    assert abs(np.mean(number) / (0.16 * math.pi * 15**2) - 1) < 0.04


def test_a_seed_repeats_a_wafer():
    first, again = (w.random_defects(0.2, 3.0, seed=7) for _ in range(2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert len(w.random_defects(0, seed=1)[0]) == 0


# --- bad input ------------------------------------------------------------------------------------

RNG = np.random.default_rng(20)


def span(low, high, count=10_000):
    """Values all over a valid range: evenly, evenly in the logarithm, near the top, and at the ends."""
    even = RNG.uniform(low, high, count)
    wide = np.exp(RNG.uniform(np.log(low), np.log(high), count)) if low > 0 else even
    top = high - (high - low) * RNG.random(count) ** 8
    out = np.choose(RNG.choice(5, count, p=[0.4, 0.28, 0.28, 0.02, 0.02]), [even, wide, top, low, high])
    return np.clip(out, low, high)


def same(values, expected, rtol=1e-9):
    return np.isfinite(values).all() and np.allclose(values, expected, rtol=rtol, atol=1e-12)


def dies_by_hand(form, area, d, edge, scribe):
    d, s = d - 2 * edge, math.sqrt(area) + scribe
    full = math.pi * (d / 2) ** 2 / s**2
    count = {
        "area": full,
        "hennessy_patterson": full - math.pi * d / math.sqrt(2 * s**2),
        "coefficient_058": full - 0.58 * math.pi * d / s,
        "exponential": full * math.exp(-2 * s / d),
        "square": full * max(1 - 2 * s / d, 0) ** 2,
        "flynn": full * max(1 - s / d, 0) ** 2,
    }[form]
    return max(count, 0) if math.sqrt(2 * area) <= d else 0


def yield_by_hand(model, x, alpha, layers, line):
    return (
        line
        * {
            "poisson": lambda: math.exp(-x),
            "murphy": lambda: ((1 - math.exp(-x)) / x) ** 2 if x > 1e-7 else 1 - x,
            "negative_binomial": lambda: (1 + x / alpha) ** -alpha if alpha < 1e5 else math.exp(-x + x * x / 2 / alpha),
            "seeds": lambda: 1 / (1 + x),
            "seeds_sqrt": lambda: math.exp(-math.sqrt(x)),
            "bose_einstein": lambda: (1 + x) ** -layers,
            "hennessy_patterson": lambda: (1 + x) ** -layers,
        }[model]()
    )


def fit_by_hand(side, scribe, room):
    count = 0
    while (count + 1) * side + count * scribe <= room + 1e-7:
        count += 1
    return count


def holds_dies_per_wafer(count, area_mm2, diameter_mm, edge_mm, scribe_mm, form):
    hand = [dies_by_hand(form, *row) for row in zip(area_mm2, diameter_mm, edge_mm, scribe_mm, strict=True)]
    return same(count, hand, 1e-6) and (count >= 0).all()


def holds_die_yield(share, area_mm2, d0_per_cm2, alpha, layers, line_yield, model):
    x = area_mm2 * d0_per_cm2 / 100
    hand = [yield_by_hand(model, *row) for row in zip(x, alpha, layers, line_yield, strict=True)]
    least, most = (w.die_yield(area_mm2, d0_per_cm2, m, line_yield=line_yield) for m in ("poisson", "seeds"))
    if model == "murphy" or model == "negative_binomial":
        assert (share >= least * (1 - 1e-9)).all() and ((share <= most * (1 + 1e-9)) | (alpha < 1)).all()
    return same(share, hand, 1e-6) and (share >= 0).all() and (share <= line_yield).all()


def holds_infer_d0(d0, area_mm2, good_share, alpha, layers, line_yield, model):
    known = d0 <= 100  # what `die_yield` takes
    back = w.die_yield(area_mm2[known], d0[known], model, alpha[known], layers[known], line_yield[known])
    return known.mean() > 0.3 and (d0 >= 0).all() and same(back, good_share[known], 1e-6)


def holds_dies_per_field(count, width_mm, height_mm, scribe_mm):
    hand = [
        max(fit_by_hand(a, s, 26) * fit_by_hand(b, s, 33), fit_by_hand(b, s, 26) * fit_by_hand(a, s, 33))
        for a, b, s in zip(width_mm, height_mm, scribe_mm, strict=True)
    ]
    return (count == hand).all()


def holds_die_cost(
    cost, area_mm2, wafer_usd, d0_per_cm2, alpha, layers, edge_mm, scribe_mm, critical_share, form, model
):
    assert same(cost.gross_dies, w.dies_per_wafer(area_mm2, form, 300, edge_mm, scribe_mm))
    assert same(cost.good_share, w.die_yield(area_mm2 * critical_share, d0_per_cm2, model, alpha, layers))
    assert same(cost.raw_usd + cost.defect_usd, cost.known_good_usd), "parts add up"
    return same(cost.known_good_usd * cost.gross_dies * cost.good_share, wafer_usd) and (cost.defect_usd >= -1e-6).all()


def holds_after_test(out, good_share, coverage, make_usd, test_usd):
    assert same(out.passing * out.quality, good_share), "every good die passes"
    assert same(1 - out.passing, (1 - good_share) * coverage), "and of the bad ones what the test misses"
    assert (out.quality >= good_share - 1e-12).all() and (out.quality <= 1 + 1e-12).all()
    return same(out.usd * out.passing, make_usd + test_usd)


def holds_package(cost, die_usd, dies, interposer_usd, substrate_usd, interposer_yield, bond_yield, attach_yield, hbm_usd,
                  stacks, other_usd, stack_yield, die_quality):  # fmt: skip
    """What a package started uses up, over the good ones; a substrate joins those that were bonded."""
    bonded = bond_yield**dies * stack_yield**stacks
    good = bonded * attach_yield * die_quality**dies
    used = interposer_usd / interposer_yield + dies * die_usd + stacks * hbm_usd + bonded * substrate_usd
    assert same(cost.good_share, good) and same(sum(cost[:6]), cost.total_usd) and all((c >= -1e-3).all() for c in cost)
    return same(cost.total_usd, used / good + other_usd)


def holds_accelerator(cost, die_area_mm2, d0_per_cm2, wafer_usd, dies, alpha, critical_share, edge_mm, scribe_mm):
    die = w.dies_per_wafer(die_area_mm2, edge_mm=edge_mm, scribe_mm=scribe_mm)
    die = die * w.die_yield(die_area_mm2 * critical_share, d0_per_cm2, alpha=alpha)
    return same(cost.logic_usd * die, dies * wafer_usd) and same(cost.total_usd, cost.logic_usd)


def holds_split(
    usd, area_mm2, pieces, wafer_usd, d0_per_cm2, link_share, joining_usd, bond_yield, alpha, edge_mm, scribe_mm
):
    one = pieces == 1
    area = np.where(one, area_mm2, area_mm2 / pieces / (1 - link_share))
    good = w.dies_per_wafer(area, edge_mm=edge_mm, scribe_mm=scribe_mm) * w.die_yield(area, d0_per_cm2, alpha=alpha)
    single = wafer_usd / good
    return one.any() and same(usd, np.where(one, single, (pieces * single + joining_usd) / bond_yield**pieces))


SHARE, USD = (0, 1), (0, 1e9)
# Function -> its inputs with ranges, the words it takes, what must hold of the answer.
BULK = {
    "dies_per_wafer": ({"area_mm2": (0.01, 1e5), "diameter_mm": (25, 450), "edge_mm": (0, 10), "scribe_mm": SHARE}, {"form": w.FORMS}, holds_dies_per_wafer),
    "die_yield": ({"area_mm2": (0, 1e5), "d0_per_cm2": (0, 100), "alpha": (0.05, 1e7), "layers": (0.1, 200), "line_yield": SHARE}, {"model": w.MODELS}, holds_die_yield),
    "infer_d0": ({"area_mm2": (0.01, 1e5), "good_share": (1e-4, 1), "alpha": (0.05, 1e7), "layers": (0.1, 200), "line_yield": (1e-4, 1)}, {"model": w.MODELS}, holds_infer_d0),
    "dies_per_field": ({"width_mm": (0.5, 1000), "height_mm": (0.5, 1000), "scribe_mm": SHARE}, {}, holds_dies_per_field),
    "die_cost": (
        {"area_mm2": (0.01, 1e5), "wafer_usd": USD, "d0_per_cm2": (0, 100), "alpha": (0.05, 1e7), "layers": (0.1, 200), "edge_mm": (0, 10), "scribe_mm": SHARE, "critical_share": SHARE},
        {"form": w.FORMS[:2], "model": w.MODELS}, holds_die_cost,
    ),
    "after_test": ({"good_share": (1e-6, 1), "coverage": SHARE, "make_usd": USD, "test_usd": USD}, {}, holds_after_test),
    "package_cost": (
        {"die_usd": USD, "dies": (1, 100), "interposer_usd": USD, "substrate_usd": USD, "interposer_yield": (0.05, 1), "bond_yield": (0.05, 1), "attach_yield": (0.05, 1),
         "hbm_usd": USD, "stacks": (0, 100), "other_usd": USD, "stack_yield": (0.05, 1), "die_quality": (0.05, 1)}, {}, holds_package,
    ),
    "accelerator_cost": (
        {"die_area_mm2": (0.01, 1e5), "d0_per_cm2": (0, 100), "wafer_usd": USD, "dies": (1, 100), "alpha": (0.05, 1e7), "critical_share": SHARE, "edge_mm": (0, 10), "scribe_mm": SHARE},
        {}, holds_accelerator,
    ),
    "bill_after": ({"share": SHARE, "times": (0, 1000)}, {}, lambda bill, share, times: same(bill, (1 - share) + share * times)),
    "split_cost": (
        {"area_mm2": (1, 50_000), "pieces": (1, 64), "wafer_usd": USD, "d0_per_cm2": (0, 100), "link_share": (0, 0.5), "joining_usd": USD, "bond_yield": (0.5, 1),
         "alpha": (0.05, 1e7), "edge_mm": (0, 10), "scribe_mm": SHARE}, {}, holds_split,
    ),
}  # fmt: skip
# What no single value is to blame for: the rows that a function refuses, and how it says so.
REFUSES = {
    "infer_d0": lambda g: (g["good_share"] / g["line_yield"] > 1 + 1e-12, "larger than line_yield"),
    "package_cost": lambda g: (
        g["bond_yield"] ** g["dies"] * g["stack_yield"] ** g["stacks"] * g["attach_yield"] * g["die_quality"] ** g["dies"] < 1e-9,
        "dies and stacks are too many",
    ),
}  # fmt: skip


def no_die(area, edge, scribe, form="hennessy_patterson"):
    return w.dies_per_wafer(area, form, 300, edge, scribe) < 0.01


def refused(name, given):
    """Rows of valid values that together have no answer, as a share of dies or of yield is practically 0."""
    g = given
    if name == "die_cost":
        good = w.die_yield(g["area_mm2"] * g["critical_share"], g["d0_per_cm2"], g["model"], g["alpha"], g["layers"])
        return no_die(g["area_mm2"], g["edge_mm"], g["scribe_mm"], g["form"]) | (good < 1e-9), "is too (large|high)"
    if name == "accelerator_cost":
        good = w.die_yield(g["die_area_mm2"] * g["critical_share"], g["d0_per_cm2"], alpha=g["alpha"])
        gross = w.dies_per_wafer(g["die_area_mm2"], edge_mm=g["edge_mm"], scribe_mm=g["scribe_mm"])
        bad = (gross < 0.01) | (good < 1e-9)
        dear = g["wafer_usd"] / np.where(bad, 1, gross * good) > 1e9
        return bad | dear, "is too (large|high)|^die_usd = .* outside its valid range"
    if name == "split_cost":
        one = g["pieces"] == 1
        area = np.where(one, g["area_mm2"], g["area_mm2"] / g["pieces"] / (1 - g["link_share"]))
        good = w.die_yield(area, g["d0_per_cm2"], alpha=g["alpha"])
        return no_die(area, g["edge_mm"], g["scribe_mm"]) | (good < 1e-9), "is too (large|high)"
    return REFUSES[name](g) if name in REFUSES else (np.zeros(len(next(iter(g.values()))), bool), "")


@pytest.mark.parametrize("name", BULK)
def test_ten_thousand_inputs_give_the_right_answer_or_say_what_is_wrong(name):
    """9,000 rows of valid values, all of them checked by hand or by what must be conserved; 1,000 with a bad one."""
    ranges, words, holds = BULK[name]
    function = getattr(w, name)
    choices = list(itertools.product(*words.values()))
    answered = 0
    for choice in choices:
        chosen = dict(zip(words, choice, strict=True))
        count = -(-9000 // len(choices))
        given = {key: span(*ends, count) for key, ends in ranges.items()}
        without, says = refused(name, given | chosen)
        for row in np.flatnonzero(without)[:200]:
            with pytest.raises(ValueError, match=says):
                function(**{key: v[row] for key, v in given.items()}, **chosen)
        kept = {key: v[~without] for key, v in given.items()}
        assert holds(function(**kept, **chosen), **kept, **chosen), chosen
        answered += (~without).sum()
    assert answered > 1000
    middle = {key: v[0] for key, v in kept.items()}
    for row in range(1000):
        key = list(ranges)[row % len(ranges)]
        low, high = ranges[key]
        bad = RNG.choice(
            [low - 1e-3 - RNG.exponential(high), high * 1.01 + RNG.exponential(high), np.nan, np.inf, -np.inf]
        )
        bad = (bad, "many", {}, "" if key == "stack_yield" else None)[0 if row % 10 else RNG.integers(4)]
        with pytest.raises(
            ValueError, match=f"^{key} = .*valid range is |^{key} = .*outside its valid range, "
        ) as error:
            function(**middle | {key: bad}, **chosen)
        assert str(error.value).endswith(".") and len(str(error.value)) < 250
    for word in words:
        with pytest.raises(ValueError, match=f"^{word} = 'nonsense' is not one of "):
            function(**middle, **chosen | {word: "nonsense"})


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


SIZES = {
    "width_mm": (5, 300),
    "height_mm": (5, 300),
    "diameter_mm": (100, 450),
    "edge_mm": (0, 10),
    "scribe_mm": (0, 1),
}
VALID = {"width_mm": (0.5, 1000), "height_mm": (0.5, 1000), "diameter_mm": (25, 450), "edge_mm": (0, 10), "scribe_mm": (0, 1)}  # fmt: skip
DRAWN = {key: span(*ends).tolist() for key, ends in SIZES.items()}


def sizes(row):
    """A die of 5 to 300 mm a side and a wafer; in one of ten rows one value is not valid."""
    given = {key: values[row] for key, values in DRAWN.items()}
    if row % 10:
        return given, ""
    bad = list(VALID)[row // 10 % 5]
    return given | {bad: (VALID[bad][0] - 0.01, VALID[bad][1] + 0.01, math.nan, math.inf)[row // 50 % 4]}, bad


def fuzz_exact_dies(row):
    given, bad = sizes(row)
    if bad:
        with pytest.raises(ValueError, match=f"^{bad} = "):
            w.exact_dies(**given)
        return
    count, radius = int(w.exact_dies(**given)), given["diameter_mm"] / 2 - given["edge_mm"]
    turned = given | {"width_mm": given["height_mm"], "height_mm": given["width_mm"]}
    assert count == w.exact_dies(**turned)
    px, py = given["width_mm"] + given["scribe_mm"], given["height_mm"] + given["scribe_mm"]
    assert count * given["width_mm"] * given["height_mm"] <= math.pi * radius**2
    x, y = RNG.random(2) * (px, py)  # any other grid is at most as good
    far_x, far_y = (
        np.maximum(abs(a), abs(a + side))
        for a, side in (
            (x + px * np.arange(-int(radius / px) - 2, radius / px + 1), given["width_mm"]),
            (y + py * np.arange(-int(radius / py) - 2, radius / py + 1), given["height_mm"]),
        )
    )
    assert count >= (far_x[:, None] ** 2 + far_y**2 <= radius**2).sum()


def fuzz_place_dies(row):
    given, bad = sizes(row)
    if bad:
        with pytest.raises(ValueError, match=f"^{bad} = "):
            w.place_dies(**given)
        return
    p, radius = w.place_dies(**given), given["diameter_mm"] / 2 - given["edge_mm"]
    corners = [np.hypot(p.x + a * p.width_mm, p.y + b * p.height_mm) for a in (0, 1) for b in (0, 1)]
    inside = np.max(corners, axis=0) <= radius + 1e-8
    assert p.count == p.whole.sum() == inside.sum() == w.exact_dies(**given) and (inside == p.whole).all()
    for a, pitch in ((p.x, p.width_mm + p.scribe_mm), (p.y, p.height_mm + p.scribe_mm)):
        steps = (a - a[0]) / pitch
        assert np.allclose(steps, np.round(steps), atol=1e-6), "one grid"
    around = [
        a[0] + pitch * np.arange(-math.ceil(500 / pitch), math.ceil(500 / pitch) + 1)
        for a, pitch in ((p.x, p.width_mm + p.scribe_mm), (p.y, p.height_mm + p.scribe_mm))
    ]
    nearest = [np.clip(0, a, a + side) for a, side in zip(around, (p.width_mm, p.height_mm), strict=True)]
    touching = np.hypot(nearest[0][:, None], nearest[1]) < given["diameter_mm"] / 2
    assert touching.sum() == len(p.x), "all dies that touch the wafer"


def fuzz_random_defects(row):
    d0, alpha, diameter = row % 100 / 20, (None, 0.5, 3, 50, 1e7)[row % 5], 25 + row % 36
    x, y = w.random_defects(d0, alpha, diameter, seed=row)
    assert len(x) == len(y) and (np.hypot(x, y) <= diameter / 2).all()
    FOUND.append((len(x), d0 * math.pi * (diameter / 20) ** 2))
    if row % 20 == 0:
        bad = ({"d0_per_cm2": -0.1}, {"d0_per_cm2": math.nan}, {"alpha": 0.0}, {"diameter_mm": 24}, {"region_mm": 4})[
            row // 20 % 5
        ]
        with pytest.raises(ValueError, match=f"^{next(iter(bad))} = "):
            w.random_defects(**{"d0_per_cm2": d0, "alpha": 1} | bad)


FOUND: list[tuple[int, float]] = []


PLACED = w.place_dies(*ASCEND)
LEFT, LOW = PLACED.x.min(), PLACED.y.min()
BY_PLACE = {
    (round((x - LEFT) / (ASCEND[0] + 0.1)), round((y - LOW) / (ASCEND[1] + 0.1))): i
    for i, (x, y) in enumerate(zip(PLACED.x, PLACED.y, strict=True))
}


def fuzz_defects_on_dies(row):
    x, y = RNG.uniform(-150, 150, (2, 3))
    hits = np.zeros(len(PLACED.x), int)
    for a, b in zip(x, y, strict=True):
        (column, in_x), (line, in_y) = divmod(a - LEFT, ASCEND[0] + 0.1), divmod(b - LOW, ASCEND[1] + 0.1)
        if in_x <= ASCEND[0] and in_y <= ASCEND[1] and (column, line) in BY_PLACE:
            hits[BY_PLACE[column, line]] += 1
    assert (w.defects_on_dies(PLACED, x, y) == hits).all()
    if row % 30 == 0:
        with pytest.raises(ValueError, match="^y = "):
            w.defects_on_dies(PLACED, x, [0, 0, (-1001, 1001, math.nan)[row // 30 % 3]])


SINGLE = {
    "exact_dies": fuzz_exact_dies,
    "place_dies": fuzz_place_dies,
    "random_defects": fuzz_random_defects,
    "defects_on_dies": fuzz_defects_on_dies,
}


@pytest.mark.parametrize("name", SINGLE)
def test_ten_thousand_inputs_one_by_one(name):
    for row in range(10_000):
        SINGLE[name](row)
    if name == "random_defects":
        found, expected = np.sum(FOUND, axis=0)
        assert found / expected == pytest.approx(1, abs=0.02)


def test_every_public_function_is_fuzzed():
    public = {n for n, f in vars(w).items() if getattr(f, "__module__", "") == w.__name__ and n[0].islower()}
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
        (lambda: w.place_dies([1, 2], 5), "one size of die"),
        (lambda: w.infer_d0(100, 0.9, line_yield=0.5), "larger than line_yield"),
        (lambda: w.infer_d0(100, 0), "good_share = 0"),
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
