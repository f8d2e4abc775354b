"""The campaign: seeded calls with wrong values of every kind, one process a piece.

    python -m tests.fuzz SEED FIRST COUNT [WORD]     WORD: only functions whose name holds it

Prints one line of JSON: outcomes by kind of value, faults with the call that made them, and the memory used.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from typing import Any

from helpers.core.limits import shown
from tests.fuzz import ground, values
from tests.fuzz.judge import judge

ROOM = 900 * 2**20  # address space beyond what the loaded course takes; a call that wants more has no memory
MOST_MB = 300  # what a reader's kernel may take
# Functions whose right call takes long: so seldom, against one for all others.
SELDOM = {
    "rules.model.classify_all": 0.02, "rules.studies.spells": 0.03, "rules.studies.margins": 0.05, "rules.model.history": 0.1,
    "rules.model.every_test": 0.2, "rules.studies.best_free": 0.2, "rules.studies.answers": 0.3, "chips.studies.kept": 0.05,
    "scenario.studies.against": 0.02, "scenario.studies.below": 0.03, "scenario.studies.domestic_models": 0.01, "scenario.studies.fan": 0.05,
    "scenario.studies.narrower": 0.02, "scenario.studies.policies": 0.01, "scenario.studies.shares": 0.02,
    "scenario.studies.sobol": 0.02, "scenario.studies.tornado": 0.05, "scenario.studies.units": 0.01, "scenario.studies.width": 0.02,
    "scenario.studies.range_of_months": 0.05, "scenario.studies.flips": 0.05, "scenario.studies.ranks": 0.05,
    "timeline.studies.lags_and_chance": 0.05, "timeline.model.chance_medians": 0.1, "timeline.model.response_lags": 0.2,
}  # fmt: skip
STUDIES = 0.35  # most studies read tables: seldomer than the plain formulas of a model


def weights(keys: list[str]) -> list[float]:
    return [SELDOM.get(key, STUDIES if ".studies." in key else 1.0) for key in keys]


def one_call(seed: int, number: int, keys: list[str], chances: list[float]) -> tuple[str, list, dict, set[str], str]:
    """The call of a number: function, arguments, the parameters that depart from a right call, and how."""
    rng = random.Random(f"{seed}:{number}")
    key = rng.choices(keys, chances)[0]
    args, given = ground.right_call(key)
    open_to = [p.name for p in ground.parameters(key) if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    open_to = [name for name in open_to if name not in ground.LEFT_AS_IS.get(key, ())] + [*ground.KEYWORDS.get(key, {})]
    changed: set[str] = set()
    kind = "right"
    if not open_to:  # only *names
        kind = rng.choice(list(values.KINDS))
        return key, [rng.choice(values.KINDS[kind])()], {}, set(), kind
    for name in rng.sample(open_to, k=min(len(open_to), rng.choices([1, 2, 3], [8, 2, 1])[0])):
        right = given.get(name, default(key, name))
        if rng.random() < 0.25:
            given[name] = rng.choice(values.at_edges(right))
            kind = "edge" if kind == "right" else kind
        else:
            kind = rng.choices(list(values.KINDS), [values.WEIGHTS.get(kind, 1) for kind in values.KINDS])[0]
            given[name] = rng.choice(values.KINDS[kind])()
        changed.add(name)
    return key, args, given, changed, kind


def default(key: str, name: str) -> Any:
    return next((p.default for p in ground.parameters(key) if p.name == name), None)


def campaign(seed: int, first: int, count: int, word: str = "") -> dict[str, Any]:
    functions = ground.functions()
    keys = [key for key in ground.callable_keys() if word in key]
    chances = weights(keys)
    outcomes: Counter[str] = Counter()
    faults = []
    most = most_mb()
    for number in range(first, first + count):
        key, args, given, changed, kind = one_call(seed, number, keys, chances)
        named = changed | ground.ALSO_NAMED.get(key, set()) if changed else changed
        outcome, words = judge(functions[key], args, given, named, kind)
        if most_mb() > max(most, MOST_MB) + 5:  # the call that went beyond; what came before is not its fault
            outcome, words = "memory", f"{most_mb():.0f} MB"
            most = most_mb()
        outcomes[f"{kind}: {outcome}"] += 1
        if outcome not in ("answer", "refused") or words == "taken":
            call = ", ".join(
                [*(shown(a, 60) for a in args), *(f"{n}={shown(v, 60)}" for n, v in given.items() if n in changed)]
            )
            faults.append([number, outcome if words != "taken" else "taken", f"{key}({call})", words])
    return {"calls": count, "outcomes": outcomes, "faults": faults, "most_mb": most_mb()}


def most_mb() -> float:
    """The most memory that this process has held; a child counts its parent's in `ru_maxrss`, so not by that on Linux."""
    try:
        with open("/proc/self/status") as handle:
            return next(int(line.split()[1]) for line in handle if line.startswith("VmHWM")) / 2**10
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def limit_memory() -> None:
    """So that a call which asks for gigabytes fails at once, and the machine of whoever runs the tests does not."""
    try:
        import resource

        with open("/proc/self/statm") as handle:
            now = int(handle.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + ROOM, now + ROOM))
    except (ImportError, OSError, ValueError):  # no such limit on this system
        pass


if __name__ == "__main__":
    seed, first, count = map(int, sys.argv[1:4])
    ground.callable_keys()  # tables are read once, before anything is measured
    before = most_mb()
    limit_memory()
    print(json.dumps(campaign(seed, first, count, *sys.argv[4:5]) | {"loaded_mb": before}))
