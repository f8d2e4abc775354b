"""Ten thousand wafers one by one: placed dies and scattered defects."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import ASCEND, RNG, span

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
