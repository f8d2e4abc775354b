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
    "fear_after": (
        timing.fear_after,
        lambda fear, sale, fear_sold, memory, threat: sale * (1 - (1 - threat) * (1 - fear_sold * (1 - memory) - fear * memory)) + 1 - sale,
        {"fear": (0, 1), "sale": (0, 1), "fear_sold": (0, 1), "memory": (0, 1), "threat": (0, 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_formula_is_its_definition_at_ten_thousand_points(name):
    function, plain, ranges = CASES[name]
    points = drawn(**ranges)
    slow = [plain(**dict(zip(points, row, strict=True))) for row in zip(*(v.tolist() for v in points.values()), strict=True)]  # fmt: skip
    assert np.asarray(function(**points), dtype=float) == pytest.approx(np.array(slow, dtype=float), rel=1e-9, abs=1e-12)  # fmt: skip


def by_hand(g: dict[str, float], sale: list[int], years: int, taken: float, threat: float = 0.0):
    """Means of both periods of one path, with scalars: sold over the need, missing over what is wanted, home share, push; and the home share at the end of the first."""
    keep = (1 - g["retire_per_year"]) / (1 + g["growth_per_year"])
    need, stock, x, fear, means, share = 1 - keep, 1.0, odds(g["share"]), g["fear_start"], [], 0.0
    for period in range(2):
        sums = [0.0] * 4
        for year in range(years):
            let_in = sale[period] * taken
            push, calm = fear, g["fear_sold"] + (fear - g["fear_sold"]) * g["memory"]
            more = threat if period == 0 else 0.0
            fear = let_in * (calm + more * (1 - calm)) + 1 - let_in
            x += g["base"] + g["answer"] * push
            s, there = logistic(x), stock * keep
            home = min(s * need, 1 - there)
            leaked = g["leak"] * (1 - sale[period]) * min((1 - s) * need, 1 - there - home)
            sold = let_in * (1 - there - home - leaked)
            stock = there + home + leaked + sold
            sums = [a + b / years for a, b in zip(sums, (sold / need, 1 - stock, s, push), strict=True)]
        means.append(sums)
        share = s if period == 0 else share
    return means, share


def test_a_thousand_games_are_the_game_written_out():
    ranges = {
        "share": (1e-3, 0.99), "base": (0, 2), "answer": (0, 2), "fear_sold": (0, 1), "fear_start": (0, 1), "memory": (0, 1), "threat": (0, 1),
        "denial_worth": (0, 20), "later_worth": (0, 5), "discount_rate": (0, 1), "leak": (0, 1), "taken": (0, 1), "taken_first": (0, 1),
        "gives_in": (0, 1), "prize": (0, 10), "home_worth": (0, 3), "push_cost": (0, 1), "retire_per_year": (0.01, 0.9), "growth_per_year": (0, 3),
    }  # fmt: skip
    points = drawn(**ranges)
    found = timing.payoffs(**points, years=3)
    for i in range(0, MANY, 10):
        g = {name: float(value[i]) for name, value in points.items()}
        f, late = (1 + g["discount_rate"]) ** -3, g["denial_worth"] * g["later_worth"]

        def worth(first, second, taken, threat=0.0, g=g, f=f, late=late):
            (one, two), share = by_hand(g, [first, second], 3, taken, threat)
            own = [1 - gap + g["home_worth"] * s - g["push_cost"] * push for _, gap, s, push in (one, two)]
            return one[0] + g["denial_worth"] * one[1], two[0] + late * two[1], own[0] + f * own[1], share

        paths = [worth(1, 1, g["taken_first"]), worth(1, 0, g["taken_first"]), worth(0, 0, g["taken"]), worth(0, 1, g["taken"])]  # fmt: skip
        yields, carried = worth(1, 1, g["taken_first"], g["threat"]), worth(1, 0, g["taken_first"], g["threat"])
        c = g["gives_in"]
        paths.append((yields[0], c * (yields[1] + g["prize"] * (1 - yields[3])) + (1 - c) * carried[1], c * yields[2] + (1 - c) * carried[2], yields[3]))  # fmt: skip
        assert [float(found.total[p][i]) for p in timing.PLANS] == pytest.approx([one + f * two for one, two, _, _ in paths], rel=1e-9, abs=1e-12)  # fmt: skip
        assert [float(found.buyer[p][i]) for p in timing.PLANS] == pytest.approx([own for _, _, own, _ in paths], rel=1e-9, abs=1e-12)  # fmt: skip
        assert [float(found.share[p][i]) for p in timing.PLANS] == pytest.approx([s for *_, s in paths], rel=1e-9)


@pytest.mark.parametrize("buyer", timing.BUYERS)
def test_ten_thousand_threatened_buyers_never_fear_less_than_those_sold_to(buyer):
    """So the home share after a threat is never smaller than after plain sale, whatever the buyer's conduct."""
    points = drawn(share=(1e-3, 0.9), base=(0, 1), answer=(0, 2), fear_sold=(0, 1), fear_start=(0, 1), memory=(0, 1), threat=(0, 1), denial_worth=(0, 5), growth_per_year=(0, 1), taken_first=(0, 1))  # fmt: skip
    share = timing.payoffs(**points, buyer=buyer).share
    assert (share["threaten"] >= share["sell"] - 1e-12).all()


def test_ten_thousand_reservoirs_hold_what_must_hold_always():
    ranges = {
        "share": (1e-4, 0.9999), "base": (0, 5), "answer": (0, 5), "fear_sold": (0, 1), "memory": (0, 1), "growth_per_year": (0, 5),
        "retire_per_year": (0, 0.99), "life_years": (1, 40), "leak": (0, 1), "taken": (0, 1), "threat": (0, 1),
    }  # fmt: skip
    points = drawn(**ranges)
    sale = np.random.default_rng(5).integers(0, 2, 8).astype(float)
    found = timing.run(sale, **points)
    assert (found.stock <= found.wanted * (1 + 1e-9)).all() and (found.stock >= 0).all()
    for flow in (found.sold, found.home, found.leaked):
        assert (flow >= -1e-9 * found.wanted).all()
    assert ((found.fear >= 0) & (found.fear <= 1) & True).all() and (np.diff(found.share) >= -1e-12).all()
    assert (found.sold[:, 1:][:, sale == 0] == 0).all() and (found.leaked[:, 1:][:, sale == 1] == 0).all()
