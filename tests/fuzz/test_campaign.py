"""Every public function under wrong values of every kind, in short; the long campaign is test_real_campaign.py."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest

from helpers.core.limits import shown
from tests.fuzz import ground, report, values
from tests.fuzz.judge import judge

SHORT = 2_000


def test_every_room_is_there():
    rooms = ground.rooms()
    assert {"core.chance", "core.data", "core.words", "wafers.model", "wafers.studies", "claims.studies"} <= set(rooms)
    assert len(rooms) >= 24 and len(ground.functions()) > 330
    missing = {key for key in ground.LEFT_OUT if key in ground.functions()}
    assert missing == set()


@pytest.mark.parametrize("key", ground.functions())
def test_every_public_function_has_a_right_call_from_which_the_campaign_departs(key):
    """A new function: give its parameters a right value in tests/fuzz/good.py."""
    args, given = ground.right_call(key)
    assert judge(ground.functions()[key], args, given, set(), "right") == ("answer", "")


def test_a_short_campaign_finds_no_fault():
    found = report.campaign(0, SHORT)
    assert found["faults"] == [], report.faults(found)
    assert found["most_mb"] < 300
    assert sum(n for key, n in found["outcomes"].items() if key.endswith("refused")) > SHORT / 2


TEXTS = [
    (key, parameter.name)
    for key in ground.callable_keys()
    for parameter in ground.parameters(key)
    if "str" in str(parameter.annotation)
    and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    and parameter.name not in ground.LEFT_AS_IS.get(key, ())
]


@pytest.mark.parametrize("wrong", ["5", "five", ""])
def test_every_parameter_that_takes_words_answers_a_wrong_one_or_names_itself(wrong):
    """Each by itself, with all others right: the campaign meets a pair of function and parameter by chance only."""
    faults = []
    for key, name in TEXTS:
        args, given = ground.right_call(key)
        named = {name} | ground.ALSO_NAMED.get(key, set())
        outcome, words = judge(ground.functions()[key], args, given | {name: wrong}, named, "text")
        if outcome not in ("answer", "refused"):
            faults.append(f"{key}({name}={wrong!r}): {outcome}: {words}")
    assert len(TEXTS) > 250 and faults == []


# --- the judge can find fault -----------------------------------------------------------------------


def _nan(share):
    """An answer of which nobody said that it may be none."""
    return {"share": [1.0, float("nan")]}


def _nan_said(share):
    """NaN where not known."""
    return float("nan")


def _unnamed(share):
    raise ValueError("operands could not be broadcast together")


def _named(share):
    raise ValueError(f"share = {share} is outside its valid range, 0 to 1.")


def _long(share):
    raise ValueError("share is wrong. " * 30)


def _kind(share):
    raise AttributeError("share has no attribute")


def _type(share):
    raise TypeError("share: unsupported operand")


def _slow(share):
    until = time.process_time() + 30
    while time.process_time() < until:
        pass


def _swallows(share):
    try:
        _slow(share)
    except Exception:
        return 1


def _warns(share):
    return np.float64(1) / np.float64(0)


def _memory(share):
    raise MemoryError


@pytest.mark.parametrize(
    ("function", "outcome"),
    [
        (_nan, "NaN"), (_nan_said, "answer"), (_unnamed, "unnamed"), (_named, "refused"), (_long, "long"),
        (_kind, "another error"), (_type, "another error"), (_slow, "hang"), (_swallows, "hang"), (_warns, "warning"),
        (_memory, "memory"), (lambda share: 1.0, "answer"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)  # fmt: skip
def test_the_judge_tells_an_answer_from_a_fault(function, outcome):
    assert judge(function, [0.5], {}, {"share"}, "negative")[0] == outcome


def test_what_must_never_be_taken_is_a_fault_when_it_is():
    assert judge(lambda share: 1.0, [1j], {}, {"share"}, "complex") == ("answer", "taken")


# --- an oracle: an array is answered as its elements are, one by one -----------------------------------


def _elementwise() -> list[tuple[str, str]]:
    """Functions of models with the parameters that may be arrays of any shape."""
    found = []
    for key in ground.callable_keys():
        args, given = ground.right_call(key)
        if ".model." not in key or args or key == "chips.model.applicable_area":  # which adds its elements up
            continue
        for parameter in ground.parameters(key):
            value = given.get(parameter.name, parameter.default)
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if parameter.annotation == "ArrayLike" and number:
                found.append((key, parameter.name))
    return found


ELEMENTWISE = _elementwise()


def test_most_inputs_of_models_may_be_arrays():
    assert len(ELEMENTWISE) > 250


@pytest.mark.parametrize(("key", "name"), ELEMENTWISE)
def test_an_array_is_answered_as_its_elements_are(key, name):
    function = ground.functions()[key]
    _, given = ground.right_call(key)
    rng = random.Random(f"{report.SEED}:{key}:{name}")
    right = given.get(name, next(p.default for p in ground.parameters(key) if p.name == name))
    tried = [right] + [right * factor for factor in (0.5, 2, rng.uniform(0.2, 5), 1e-6)]
    elements, answers = [], []
    for element in tried:
        try:
            answers.append(_numbers(function(**given | {name: element})))
            elements.append(element)
        except ValueError:
            continue
    together = _numbers(function(**given | {name: np.array(elements, dtype=float)}))
    for place, answer in enumerate(answers):
        for part, value in answer.items():
            found = together[part]
            if np.ndim(found) > np.ndim(value):  # a part that does not depend on it stays one number
                found = found[place]
            np.testing.assert_allclose(found, value, rtol=1e-9, atol=0, err_msg=f"{part} at {shown(elements[place])}")


def _numbers(answer) -> dict[str, np.ndarray]:
    """The parts of an answer that are numbers, by name or place."""
    if isinstance(answer, dict):
        parts = answer
    elif hasattr(answer, "_asdict"):
        parts = answer._asdict()
    elif hasattr(answer, "__dataclass_fields__"):
        parts = {name: getattr(answer, name) for name in answer.__dataclass_fields__}
    else:
        parts = dict(enumerate(answer)) if isinstance(answer, tuple) else {"answer": answer}
    pairs = {
        f"{name} {n}": end for name, part in parts.items() if isinstance(part, tuple) for n, end in enumerate(part)
    }
    parts = {name: part for name, part in parts.items() if not isinstance(part, (dict, str, tuple))} | pairs
    kept = {str(name): np.asarray(part) for name, part in parts.items()}
    return {name: part for name, part in kept.items() if part.dtype.kind in "fiu"}


def test_every_kind_of_value_is_made():
    for kind, makers in values.KINDS.items():
        for make in makers:
            make()
        assert makers, kind
