"""Ten thousand inputs of each function that takes arrays: worked out anew, or refused by name."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from helpers.wafers import model as w
from tests.wafers.ground import RNG, same, span


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
    "wafer_yield": (
        {"gross_dies": (0, 1e7), "good_share": SHARE, "die_usd": USD}, {},
        lambda out, gross_dies, good_share, die_usd: same(out.good_dies, gross_dies * good_share) and same(out.revenue_usd, out.good_dies * die_usd),
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
        given |= {key: given[key].round() for key in ("dies", "stacks", "pieces") if key in given}
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
