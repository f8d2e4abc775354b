"""What the tests of the wafer model share: a die, a count by brute force, random values."""

from __future__ import annotations

import numpy as np

ASCEND = 21.32, 31.22  # compute die of the Ascend 910B in mm, as measured from a die shot
RNG = np.random.default_rng(20)


def near(value, expected, digits: int) -> None:
    """Equal to the digits printed."""
    assert abs(float(value) - expected) <= 0.5000001 * 10**-digits, (float(value), expected)


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


def span(low, high, count=10_000):
    """Values all over a valid range: evenly, evenly in the logarithm, near the top, and at the ends."""
    even = RNG.uniform(low, high, count)
    wide = np.exp(RNG.uniform(np.log(low), np.log(high), count)) if low > 0 else even
    top = high - (high - low) * RNG.random(count) ** 8
    out = np.choose(RNG.choice(5, count, p=[0.4, 0.28, 0.28, 0.02, 0.02]), [even, wide, top, low, high])
    return np.clip(out, low, high)


def same(values, expected, rtol=1e-9):
    return np.isfinite(values).all() and np.allclose(values, expected, rtol=rtol, atol=1e-12)
