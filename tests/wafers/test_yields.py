"""Yields and the densities they imply: textbooks, open cost models, published claims."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.core import data
from helpers.wafers import model as w
from tests.wafers.ground import ASCEND, brute, near

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
