"""Every calculation of progress under random input: the answer by hand, or a refusal that names what is wrong."""

from __future__ import annotations

import importlib
import math
import pkgutil
import re
from datetime import date

import numpy as np
import pytest

from helpers.core import data
from helpers.progress import model as progress
from helpers.progress.model import PowerLaw

NO_NUMBERS = [float("nan"), float("inf"), -float("inf"), "many", None, -1e300, 1e300]


def power(rng, low, high):
    """Between two powers of ten, a tenth of them a little outside."""
    return float(
        10 ** (rng.uniform(low, high) + (0.2 * (high - low) * rng.choice([-1, 1]) if rng.random() < 0.1 else 0))
    )


def curve(rng):
    return PowerLaw(power(rng, -1, 1.2), power(rng, -2, -0.2))


def any_law(rng):
    return progress.fit(str(rng.choice(["hoffmann-2022", "hoffmann-2022-unrounded", "besiroglu-2024"])))


def day(rng):
    return str(np.datetime64("2020-01-01") + int(rng.integers(2000)))


def smallest_loss(compute_flop, law):
    """The best of many sizes, and of many more round it."""
    n = np.geomspace(1e2, 1e17, 301)
    for _ in range(4):
        losses = law.A / n**law.alpha + law.B / (compute_flop / 6 / n) ** law.beta
        at = int(np.clip(losses.argmin(), 1, len(n) - 2))
        n = np.geomspace(n[at - 1], n[at + 1], 101)
    return n[len(n) // 2]


def left_at(wanted, law):
    """The compute at which a curve has a loss."""
    return (law.a / wanted) ** (1 / law.b)


def behind(dates, scores, on, score):
    """Months since the leader had the score, from day to day along straight lines between its records."""
    known = sorted(zip(dates, scores))
    records = [(d, s) for i, (d, s) in enumerate(known) if all(s > t for _, t in known[:i])]
    for (d0, s0), (d1, s1) in zip([records[0], *records], records):
        if s1 >= score:
            start, end = np.datetime64(d0), np.datetime64(d1)
            part = 1.0 if s1 == s0 else (score - s0) / (s1 - s0)
            return ((np.datetime64(on) - start).astype(int) - part * (end - start).astype(int)) / (365.25 / 12)
    raise AssertionError("no record reaches it")


def together(gains, overlap):
    left, least = 1.0, 1.0
    for g in gains:
        left, least = left / g, min(least, 1 / g)
    return 1 / (left + overlap * (least - left))


def bounds(gains):
    saved = sum(1 - 1 / g for g in gains)
    return [max(gains), math.prod(gains), 1 / (1 - saved) if saved < 1 - 1e-9 else math.inf]


# For each function: inputs to draw, and the same by hand.
FUZZED = {
    "loss": (
        lambda r: {"parameters": power(r, 3, 16), "tokens": power(r, 3, 18), "law": any_law(r)},
        lambda parameters, tokens, law: law.E + law.A * parameters**-law.alpha + law.B * tokens**-law.beta,
    ),
    "optimum": (
        lambda r: {"compute_flop": power(r, 14, 30), "law": any_law(r)},
        lambda compute_flop, law: smallest_loss(compute_flop, law),
    ),
    "equivalent_gain": (
        lambda r: {"compute": power(r, -12, 12), "old": curve(r), "new": curve(r)},
        lambda compute, old, new: compute / left_at(old.a * compute**-old.b, new),
    ),
    "crossing": (
        lambda r: {"old": curve(r), "new": curve(r)},
        lambda old, new: math.exp((math.log(old.a) - math.log(new.a)) / (old.b - new.b)),
    ),
    "times_outside": (
        lambda r: {"value": power(r, -12, 12), "low": power(r, -3, 1), "high": power(r, 0, 3)},
        lambda value, low, high: low / value if value < low else value / high if value > high else 1,
    ),
    "factor_per_year": (
        lambda r: {"months": power(r, -0.9, 3)},
        lambda months: math.exp(math.log(2) * 12 / months),
    ),
    "combined_gain": (
        lambda r: {"gains": [power(r, 0.01, 3) for _ in range(r.integers(1, 5))], "overlap": float(r.uniform(-0.1, 1.1))},
        together,
    ),
    "gain_bounds": (lambda r: {"gains": [power(r, 0.01, 3) for _ in range(r.integers(1, 5))]}, bounds),
    "two_labs": (
        lambda r: {"ratio": power(r, 0.1, 5), "gain": power(r, 0.1, 5), "exponent": float(r.uniform(-1.1, 1.1)), "rich_uses_it": bool(r.integers(2))},
        lambda ratio, gain, exponent, rich_uses_it: (
            ratio * (max(1, gain * ratio**exponent) if rich_uses_it else 1) / gain
        ),
    ),
    "months_between": (
        lambda r: {"first": day(r), "last": day(r)},
        lambda first, last: (date.fromisoformat(last) - date.fromisoformat(first)).days / 30.4375,
    ),
    "months_behind": (
        lambda r: {"dates": [day(r) for _ in range(4)], "scores": [float(x) for x in r.normal(50, 20, 4)], "on": day(r), "score": float(r.normal(50, 15))},
        behind,
    ),
    "months_from_points": (
        lambda r: {"points": power(r, -3, 6), "points_per_month": power(r, -3, 6)},
        lambda points, points_per_month: points / points_per_month,
    ),
}  # fmt: skip
REFUSED = {  # what a refusal may name beside the one bad value: two values that do not go together
    "equivalent_gain": "log of the gain",
    "crossing": "log10 of the crossing",
    "times_outside": "low = .* is above high",
    "months_behind": "score = |on: ",
}


def test_every_public_function_is_at_the_front_door():
    """What a file of the model defines without an underscore, `helpers.progress.model` hands on."""
    files = [importlib.import_module(f"{progress.__name__}.{f.name}") for f in pkgutil.iter_modules(progress.__path__)]
    defined = {
        n for m in files for n, f in vars(m).items() if callable(f) and f.__module__ == m.__name__ and n[0] != "_"
    }
    assert defined == {n for n in progress.__all__ if callable(getattr(progress, n))}


def test_every_public_calculation_is_fuzzed():
    own = {n for n, f in vars(progress).items() if callable(f) and f.__module__.startswith(progress.__name__)}
    assert {n for n in own if not n.startswith("_")} - {"Fit", "PowerLaw", "fit", "power_law"} == set(FUZZED)


@pytest.mark.parametrize("name", FUZZED)
def test_ten_thousand_random_inputs_give_the_right_answer_or_name_what_is_wrong(name):
    """A tenth of the inputs lies outside its range; a third of what is answered is asked again with one value that is none."""
    rng, answers, refusals = np.random.default_rng(36), 0, 0
    draw_inputs, by_hand = FUZZED[name]
    for place in range(10_000):
        given = draw_inputs(rng)
        try:
            result = getattr(progress, name)(**given)
        except ValueError as error:
            named = "|".join([*given, REFUSED.get(name, "^$")])
            assert re.match(named, str(error)) and str(error).endswith("."), (given, error)
            refusals += 1
            continue
        answers += 1
        if place % 3 == 0:  # the same, with one value that is none
            spoilt = str(rng.choice([k for k in given if k not in ("law", "rich_uses_it")]))
            value = NO_NUMBERS[place // 3 % len(NO_NUMBERS)]
            if (spoilt, value) != ("points_per_month", None):  # which asks for it: a test of its own
                with pytest.raises(ValueError, match=rf"^{spoilt}\b.*\.$"):
                    getattr(progress, name)(**{**given, spoilt: value})
        if name == "optimum":
            size, tokens = float(result["parameters"]), float(result["tokens"])
            assert 6 * size * tokens == pytest.approx(given["compute_flop"], rel=1e-9)
            assert float(result["tokens_per_parameter"]) == pytest.approx(tokens / size, rel=1e-9)
            assert size == pytest.approx(by_hand(**given), rel=1e-4)
        elif name == "gain_bounds":
            assert [float(result[k]) for k in ("largest", "product", "disjoint")] == pytest.approx(
                by_hand(**given), rel=1e-6
            )
        elif name == "two_labs":
            assert float(result["ratio"]) == pytest.approx(by_hand(**given), rel=1e-9)
            assert (
                result["rich"] == given["ratio"] * result["rich_gain"]
                and result["poor"] == result["poor_gain"] == given["gain"]
            )
        else:
            assert float(result) == pytest.approx(by_hand(**given), rel=1e-6)
    assert answers > 1000, (name, answers, refusals)


def test_ten_thousand_names_are_fits_and_curves_or_are_refused():
    rng, rows = np.random.default_rng(37), data.load("scaling_fits").set_index("fit_id")
    names = [*rows.index, "besiroglu", "", None, 7, ["hoffmann-2022"], "kimi-linear-MLA"]
    for place in rng.integers(0, len(names), 10_000):
        name = names[place]
        form = rows["form"].get(name) if isinstance(name, str) else None
        for ask, kind in ((progress.fit, "parametric"), (progress.power_law, "power law")):
            if form == kind:
                found = ask(name)
                assert found.__class__(*rows.loc[name, [f.lower() if f in "EAB" else f for f in vars(found)]]) == found
            else:
                with pytest.raises(ValueError, match=r"^name = .* is not (one of|a text)"):
                    ask(name)
