"""Start pieces of the campaign, each in a process of its own, and read what they came to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEED = 11


def campaign(first: int, count: int) -> dict[str, Any]:
    """Outcomes, faults and memory of so many calls; a crash of the interpreter is a fault too."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.fuzz", str(SEED), str(first), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"the process ended with {done.returncode}: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


def faults(found: dict[str, Any], most: int = 20) -> str:
    """The faults in words, with the number that repeats each: python -m tests.fuzz 11 NUMBER 1."""
    kinds = Counter(kind for _, kind, *_ in found["faults"])
    lines = [f"  {number}: {kind}: {call}: {words}" for number, kind, call, words in found["faults"][:most]]
    return "\n".join([f"{dict(kinds)} of {found['calls']} calls", *lines])


def counts(found: list[dict[str, Any]]) -> str:
    """Calls by kind of value and outcome, as a table."""
    total: Counter[str] = Counter()
    for piece in found:
        total.update(piece["outcomes"])
    kinds = sorted({key.split(": ")[0] for key in total})
    outcomes = sorted({key.split(": ")[1] for key in total})
    rows = [f"{kind:16}" + "".join(f"{total[f'{kind}: {outcome}']:>10,}" for outcome in outcomes) for kind in kinds]
    return "\n".join([f"{'':16}" + "".join(f"{outcome:>10}" for outcome in outcomes), *rows])
