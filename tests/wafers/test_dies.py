"""Dies on a wafer: published counts, brute force, the field of one exposure."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import ASCEND, brute, near


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
