"""The tests of a paragraph: what was asked, what the chip has, by how much it holds or not, and in words."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.chips import model as chips
from helpers.core.words import figures
from helpers.rules.model.book import NEEDED


@dataclass(frozen=True)
class Limb:
    """One test of one paragraph: what was asked, what the chip has, and by how much it holds or not.

    `margin_percent` is the value's distance from the threshold: positive above it, negative below,
    NaN when the value is not known. `fired` is None when it cannot be decided.
    """

    name: str
    value: float
    threshold: float
    unit: str
    margin_percent: float
    fired: bool | None


def _quantity(specs: chips.Specs, quantity: str) -> tuple[float, bool]:
    """The value, and whether it is only a lower bound."""
    if quantity == "io_gb_s":
        return specs.io_gb_s, specs.io_is_lower_bound
    if quantity == "dram_plus_io_gb_s":
        io, dram = specs.io_gb_s, specs.dram_bw_gb_s
        part = math.isnan(io) or math.isnan(dram)
        total = (0 if math.isnan(io) else io) + (0 if math.isnan(dram) else dram)
        return (math.nan, True) if part and total == 0 else (total, part or specs.io_is_lower_bound)
    return getattr(specs, quantity), False


def _test(specs: chips.Specs, test: tuple) -> bool | None:
    _, quantity, compare, _, _, threshold = test
    value, at_least = _quantity(specs, quantity)
    if math.isnan(value):
        return None
    holds = compare(value, threshold)
    return None if at_least and not holds and compare is operator.ge else holds


def is_named(specs: chips.Specs, names: Iterable[str]) -> bool:
    """One of the names occurs in the product's name, word for word ('*': and what follows in that word).

    A product is a chip of the table, or a design that bears the name of one: a made-up name decides nothing.
    """
    words = re.findall(r"[a-z0-9]+", specs.product.lower())
    for name in names:
        parts = re.findall(r"[a-z0-9*]+", name.lower())
        for start in range(len(words) - len(parts) + 1):
            pairs = zip(parts, words[start:], strict=False)
            if all(word.startswith(part[:-1]) if part.endswith("*") else word == part for part, word in pairs):
                return True
    return False


def holds(row: Any, specs: chips.Specs, datacenter: bool | None) -> tuple[bool | None, set[str]]:
    """Does a row of thresholds.csv fit the item? None: cannot be told, and what is missing."""
    if row.memory != specs.is_hbm_stack:
        return False, set()
    if row.names and not row.tests:
        return is_named(specs, row.names), set()
    missing: set[str] = set()
    for test in row.tests:
        held = _test(specs, test)
        if held is False:
            return False, set()
        if held is None:
            missing.add("no density" if test[1] == "performance_density" and specs.die_area_mm2 == 0 else test[1])
    if row.datacenter != "any":
        if datacenter is None:
            missing.add("datacenter")
        elif datacenter != (row.datacenter == "yes"):
            return False, set()
    return (None, missing) if missing else (True, missing)


def binds(row: Any, exporter: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", exporter, re.IGNORECASE) for name in row.bound)


def limbs_of(row: Any, specs: chips.Specs) -> list[Limb]:
    label = row.paragraph or row.threshold_id
    limbs = []
    for test in row.tests:
        _, quantity, _, words, unit, threshold = test
        value = _quantity(specs, quantity)[0]
        margin = (value / threshold - 1) * 100 if threshold else math.nan
        limbs.append(Limb(f"{label}: {words}", value, threshold, unit, margin, _test(specs, test)))
    if row.names:
        limbs.append(Limb(f"{label}: product named", math.nan, math.nan, "", math.nan, is_named(specs, row.names)))
    return limbs


# --- in words ---------------------------------------------------------------------------------------


def exact(value: float) -> str:
    """A threshold or a chip's value, to at most two digits after the point: 4,800 or 5.92."""
    return figures(round(value, 2), 15)


def limb_words(limb: Limb) -> str:
    what = limb.name.split(": ", 1)[1]
    unit = f" {limb.unit}" if limb.unit else ""
    if what == "product named":
        return "the product is named" if limb.fired else "the product is not named"
    if math.isnan(limb.value):
        return f"{what} {exact(limb.threshold)}{unit}: not known"
    side = "above" if limb.margin_percent > 0 else "below"
    gap = "exactly on it" if limb.margin_percent == 0 else f"{abs(limb.margin_percent):.1f} per cent {side}"
    return f"{what} {exact(limb.threshold)}{unit}: it has {exact(limb.value)}, {gap}"


def row_words(row: Any, specs: chips.Specs, datacenter: bool | None) -> str:
    held, missing = holds(row, specs, datacenter)
    label = row.paragraph or row.threshold_id
    if row.memory != specs.is_hbm_stack:
        return ""
    limbs = limbs_of(row, specs)
    if held:
        return f"{label} is met ({'; '.join(map(limb_words, limbs))})."
    if held is None:
        return f"{label} cannot be told: it needs {' and '.join(NEEDED[m] for m in sorted(missing))}."
    failed = next((limb for limb in limbs if limb.fired is False), None)
    return (
        f"{label} is not met ({limb_words(failed)})."
        if failed
        else f"{label} is not met (only for items designed or marketed for data centres)."
    )
