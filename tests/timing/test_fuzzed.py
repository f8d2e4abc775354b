"""Ten thousand seeded inputs for each formula, against the same formula written out with Python's own floats."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.timing import model as timing

MANY = 10_000


def drawn(**ranges: tuple[float, float]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(4444)
    return {name: rng.uniform(low, high, MANY) for name, (low, high) in ranges.items()}


def odds(share: float) -> float:
    return math.log(share) - math.log1p(-share)


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


CASES = {
    "alive": (
        timing.alive,
        lambda age_years, retire_per_year, life_years: (1 - retire_per_year) ** age_years * min(max(life_years - age_years, 0), 1),
        {"age_years": (0, 60), "retire_per_year": (0, 0.99), "life_years": (1, 100)},
    ),
    "left_after": (
        timing.left_after,
        lambda years, retire_per_year: math.exp(years * math.log1p(-retire_per_year)),
        {"years": (0, 60), "retire_per_year": (0, 0.99)},
    ),
    "effort": (
        timing.effort,
        lambda base, answer, fear: base + answer * fear,
        {"base": (0, 5), "answer": (0, 5), "fear": (0, 1)},
    ),
    "share_after": (
        timing.share_after,
        lambda share, effort, years: logistic(odds(share) + effort * years),
        {"share": (1e-4, 0.9999), "effort": (-10, 10), "years": (0, 60)},
    ),
    "effort_between": (
        timing.effort_between,
        lambda first, last, years: (odds(last) - odds(first)) / years,
        {"first": (1e-4, 0.9999), "last": (1e-4, 0.9999), "years": (0.01, 60)},
    ),
    "years_to_share": (
        timing.years_to_share,
        lambda share, target, effort: max(odds(target) - odds(share), 0) / effort,
        {"share": (1e-4, 0.9999), "target": (1e-4, 0.9999), "effort": (1e-3, 5)},
    ),
    "supply_denied": (
        timing.supply_denied,
        lambda share, effort: math.log(1 / share) / effort,
        {"share": (1e-4, 0.9999), "effort": (1e-3, 5)},
    ),
    "leverage_left": (
        timing.leverage_left,
        lambda share_before, share_now: math.log(share_now) / math.log(share_before),
        {"share_before": (1e-4, 0.9999), "share_now": (1e-4, 0.9999)},
    ),
    "fear_after": (
        timing.fear_after,
        lambda fear, sale, fear_sold, memory: sale * (fear_sold * (1 - memory) + fear * memory) + 1 - sale,
        {"fear": (0, 1), "sale": (0, 1), "fear_sold": (0, 1), "memory": (0, 1)},
    ),
    "promise_holds": (
        timing.promise_holds,
        lambda denial_worth, leak: denial_worth * (1 - leak) * (1 - (0.8 + 0.64 + 0.512 + 0.4096) / 4) <= 1,
        {"denial_worth": (0, 20), "leak": (0, 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_formula_is_its_definition_at_ten_thousand_points(name):
    function, plain, ranges = CASES[name]
    points = drawn(**ranges)
    slow = [plain(**dict(zip(points, row, strict=True))) for row in zip(*(v.tolist() for v in points.values()), strict=True)]  # fmt: skip
    assert np.asarray(function(**points), dtype=float) == pytest.approx(np.array(slow, dtype=float), rel=1e-9, abs=1e-12)  # fmt: skip


def test_ten_thousand_games_are_the_game_written_out():
    ranges = {
        "share": (1e-3, 0.99), "base": (0, 2), "answer": (0, 2), "fear_sold": (0, 1), "fear_threat": (0, 1), "denial_worth": (0, 20),
        "later_worth": (0, 5), "discount_rate": (0, 1), "leak": (0, 1), "taken": (0, 1), "gives_in": (0, 1), "prize": (0, 10),
        "retire_per_year": (0, 0.9), "growth_per_year": (0, 3),
    }  # fmt: skip
    points = drawn(**ranges)
    found = timing.payoffs(**points, years=3)
    for i in range(0, MANY, 7):
        g = {name: float(value[i]) for name, value in points.items()}
        kept = [((1 - g["retire_per_year"]) / (1 + g["growth_per_year"])) ** y for y in range(1, 7)]
        b1, b2 = 1 - sum(kept[:3]) / 3, 1 - sum(kept[3:]) / 3
        m, a = 1 - g["share"], g["denial_worth"] * (1 - g["leak"])
        s, d, t = (1 - logistic(odds(g["share"]) + 3 * (g["base"] + g["answer"] * q)) for q in (g["fear_sold"], 1.0, g["fear_threat"]))  # fmt: skip
        f, late = (1 + g["discount_rate"]) ** -3, a * g["later_worth"]
        by_hand = [
            m + f * s,
            m + f * s * late * b1,
            a * m * b1 + f * d * late * b2,
            a * m * b1 + f * d * g["taken"],
            m + f * t * (g["gives_in"] * (g["prize"] + 1) + (1 - g["gives_in"]) * late * b1),
        ]
        assert [float(found.total[plan][i]) for plan in timing.PLANS] == pytest.approx(by_hand, rel=1e-9, abs=1e-12)


def test_ten_thousand_reservoirs_hold_what_must_hold_always():
    ranges = {
        "share": (1e-4, 0.9999), "base": (0, 5), "answer": (0, 5), "fear_sold": (0, 1), "memory": (0, 1), "growth_per_year": (0, 5),
        "retire_per_year": (0, 0.99), "life_years": (1, 40), "leak": (0, 1), "taken": (0, 1),
    }  # fmt: skip
    points = drawn(**ranges)
    sale = np.random.default_rng(5).integers(0, 2, 8).astype(float)
    found = timing.run(sale, **points)
    assert (found.stock <= found.wanted * (1 + 1e-9)).all() and (found.stock >= 0).all()
    for flow in (found.sold, found.home, found.leaked):
        assert (flow >= -1e-9 * found.wanted).all()
    assert ((found.fear >= 0) & (found.fear <= 1) & True).all() and (np.diff(found.share) >= -1e-12).all()
    assert (found.sold[:, 1:][:, sale == 0] == 0).all() and (found.leaked[:, 1:][:, sale == 1] == 0).all()
