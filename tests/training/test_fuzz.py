"""Every calculation of training under random input: the answer by hand, or a refusal that names what is wrong."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import numpy as np
import pytest

from helpers.training import model as training

BAD = [-1.0, float("nan"), float("inf"), -float("inf"), 1e300, "ten", None]
# Powers of ten between which a good value is drawn.
GOOD = {
    "active_parameters": (0, 14), "attention_flops_per_token": (-3, 14), "tokens": (0, 16), "flops": (0, 31), "peak_tflops": (-2, 5), "mfu": (-3, 0), "hours": (-5, 11), "flops_per_token": (0, 30),
    "tokens_per_second": (-3, 15), "gpus": (0, 7), "stages": (0, 3), "forward": (-3, 3),
    "backward": (-3, 3), "weight": (-4, 3), "overlapped": (-3, 3), "micro_batches": (0, 5),
    "usd_per_gpu_hour": (-3, 3.9), "run_usd": (0, 12), "final_run_share": (-2.9, 0), "staff_share": (-4, -0.1),
    "chip_price_usd": (0, 6.9), "server_factor": (0, 0.6), "network_share": (-4, -0.1), "capital_usd": (0, 7.9),
    "lifetime_years": (-0.2, 1.2), "utilisation": (-1.9, 0), "power_usd_per_hour": (-4, 2.5),
    "upkeep_share_per_year": (-4, 0), "communication_ratio": (-3, 1), "link_ratio": (-1.9, 1.9),
    "hidden_ratio": (-3, 1), "cost_usd": (0, 12), "days": (-3, 4),
}  # fmt: skip
PUBLIC = [
    f
    for n, f in inspect.getmembers(training, inspect.isfunction)
    if f.__module__.startswith(training.__name__) and n[0] != "_"
]
CALLS = [
    (f, schedule)
    for f in PUBLIC
    for schedule in (training.SCHEDULES if "schedule" in inspect.signature(f).parameters else [None])
]


def drawn(function, schedule, count, seed=3232):
    """Random inputs that a function must answer: within every range, and possible together."""
    rng = np.random.default_rng(seed)
    names = [n for n in inspect.signature(function).parameters if n != "schedule"]
    given = {n: 10 ** rng.uniform(*GOOD[n], count) for n in names}
    if schedule:
        given |= {"schedule": schedule, "stages": 2.0 * rng.integers(1, 500, count)}
        given["weight"] = given["backward"] * rng.uniform(0, 1 / 3, count)  # no formula is negative then
        if "micro_batches" in given:
            given["micro_batches"] = np.ceil(given["micro_batches"]) + 2 * given["stages"]
        if schedule == "DualPipe":  # run together: from the longer of the two to both in turn
            longer, both = np.maximum(given["forward"], given["backward"]), given["forward"] + given["backward"]
            given["overlapped"] = longer + (both - longer) * rng.uniform(0, 1, count)
        else:
            given["overlapped"] = None
    if "usd_per_gpu_hour" in given and "power_usd_per_hour" in given:
        given["power_usd_per_hour"] = given["usd_per_gpu_hour"] * rng.uniform(0, 0.1, count)
    return given


def waits(schedule, pp, f, b, w, both=None) -> np.ndarray:
    """The README's table, row by row; one stage waits for nobody."""
    both = f + b if both is None else both
    rows = {
        "1F1B": (pp - 1) * f + (pp - 1) * b,
        "ZB1P": (pp - 1) * (f + b) - 2 * (pp - 1) * w,
        "DualPipe": (pp / 2 - 1) * both + (pp / 2 - 1) * b - 3 * (pp / 2 - 1) * w,
    }
    return np.where(pp > 1, rows[schedule], 0)


def idle(schedule, stages, micro_batches, forward, backward, weight, overlapped=None):
    wait = waits(schedule, stages, forward, backward, weight, overlapped)
    works = micro_batches * (overlapped if schedule == "DualPipe" else forward + backward)
    return 1 - works / (wait + works)


def fixed(capital_usd, lifetime_years, upkeep_share_per_year):
    """USD an hour of a chip that one owns, busy or not."""
    return capital_usd / lifetime_years / 8760 + capital_usd * upkeep_share_per_year / 8760


BY_HAND = {
    "training_flops": lambda active_parameters, tokens, attention_flops_per_token: (
        2 * tokens * active_parameters + 4 * tokens * active_parameters + tokens * attention_flops_per_token
    ),
    "gpu_hours": lambda flops, peak_tflops, mfu: flops / 3.6e15 / peak_tflops / mfu,
    "mfu_from_hours": lambda flops, hours, peak_tflops: flops / (3.6e15 * hours * peak_tflops),
    "mfu_from_speed": lambda flops_per_token, tokens_per_second, gpus, peak_tflops: (
        flops_per_token * tokens_per_second / (gpus * peak_tflops * 1e12)
    ),
    "gpu_hours_of_run": lambda gpus, days: gpus * days * 24,
    "implied_rent_usd": lambda cost_usd, hours: cost_usd / hours,
    "run_days": lambda hours, gpus: hours / (24 * gpus),
    "bubble_time": lambda schedule, stages, forward, backward, weight, overlapped=None: waits(
        schedule, stages, forward, backward, weight, overlapped
    ),
    "bubble_fraction": idle,
    "rental_cost_usd": lambda hours, usd_per_gpu_hour: hours * usd_per_gpu_hour,
    "development_cost_usd": lambda run_usd, final_run_share, staff_share: run_usd / (final_run_share * (1 - staff_share)),
    "capital_usd_per_gpu": lambda chip_price_usd, server_factor, network_share: (
        chip_price_usd * server_factor / (1 - network_share)
    ),
    "owned_usd_per_gpu_hour": lambda capital_usd, lifetime_years, utilisation, power_usd_per_hour, upkeep_share_per_year: (
        fixed(capital_usd, lifetime_years, upkeep_share_per_year) / utilisation + power_usd_per_hour
    ),
    "break_even_utilisation": lambda usd_per_gpu_hour, capital_usd, lifetime_years, power_usd_per_hour, upkeep_share_per_year: (
        fixed(capital_usd, lifetime_years, upkeep_share_per_year) / (usd_per_gpu_hour - power_usd_per_hour)
    ),
    "link_slowdown": lambda communication_ratio, link_ratio, hidden_ratio: np.where(
        communication_ratio / link_ratio > hidden_ratio, 1 + communication_ratio / link_ratio - hidden_ratio, 1
    )
    / np.where(communication_ratio > hidden_ratio, 1 + communication_ratio - hidden_ratio, 1),
}  # fmt: skip


def test_every_public_function_is_at_the_front_door():
    """What a file of the model defines without an underscore, `helpers.training.model` hands on."""
    files = [importlib.import_module(f"{training.__name__}.{f.name}") for f in pkgutil.iter_modules(training.__path__)]
    defined = {
        n
        for m in files
        for n, f in vars(m).items()
        if inspect.isfunction(f) and f.__module__ == m.__name__ and n[0] != "_"
    }
    assert defined == {f.__name__ for f in PUBLIC} and defined <= set(training.__all__)


def test_every_public_function_is_counted_by_hand():
    assert set(BY_HAND) == {f.__name__ for f in PUBLIC}


@pytest.mark.parametrize(("function", "schedule"), CALLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_ten_thousand_possible_inputs_are_answered_as_by_hand(function, schedule):
    given = drawn(function, schedule, 10_000)
    answer = function(**given)
    assert answer.shape == (10_000,) and (answer >= 0).all()
    np.testing.assert_allclose(answer, BY_HAND[function.__name__](**given), rtol=1e-9, atol=1e-12)
    if function is training.bubble_fraction:
        assert (answer <= 1).all()


@pytest.mark.parametrize(("function", "schedule"), CALLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_every_bad_value_of_every_input_is_refused_by_name(function, schedule):
    good = drawn(function, schedule, 3)
    names = [n for n in good if n != "schedule" and good[n] is not None]
    for name in names:
        for bad in BAD:
            if name == "overlapped" and bad is None:
                continue  # its default
            among_good = bad if isinstance(bad, str) else np.array([good[name][0], bad, good[name][2]], float)
            with pytest.raises(ValueError, match=rf"{name} .*\.$"):
                function(**{**good, name: among_good})


IMPOSSIBLE = {  # not one value, but two that do not go together: what the refusal names
    "bubble_time": ("weight", "stages", "formula", "overlapped"),
    "bubble_fraction": ("weight", "stages", "formula", "overlapped", "micro_batches"),
    "break_even_utilisation": ("usd_per_gpu_hour",),
}


@pytest.mark.parametrize(("function", "schedule"), CALLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_ten_thousand_mixtures_give_the_right_answer_or_name_what_is_wrong(function, schedule):
    """A quarter with one bad value, which the refusal names; half drawn without regard to each other."""
    rng = np.random.default_rng(32)
    names = [n for n in inspect.signature(function).parameters if n != "schedule"]
    if schedule not in (None, "DualPipe"):
        names.remove("overlapped")  # given or not: refused, in test_model.py
    draws = [{n: 10 ** rng.uniform(*GOOD[n], 10_000) for n in names}, drawn(function, schedule, 10_000, 3)]
    for place in range(10_000):
        given = {n: float(draws[place % 2][n][place]) for n in names} | ({"schedule": schedule} if schedule else {})
        if schedule:
            given["stages"] = float(round(given["stages"]))
            if "micro_batches" in given:
                given["micro_batches"] = float(round(given["micro_batches"]))
        bad = str(rng.choice(names)) if place % 4 == 3 else None
        if bad:
            given[bad] = BAD[place % 5 if bad == "overlapped" else place % len(BAD)]
        try:
            answer = function(**given)
        except ValueError as error:
            words = str(error)
            assert words.endswith(".")
            if bad:
                assert words.startswith(f"{bad} = "), words
            else:
                assert place % 2 == 0 and any(n in words for n in IMPOSSIBLE[function.__name__]), words
        else:
            assert bad is None and answer >= 0, (given, answer)
            assert float(answer) == pytest.approx(float(BY_HAND[function.__name__](**given)), rel=1e-9, abs=1e-9)
