"""What the campaign calls: every public function of models and studies, and of the floor below them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

import helpers
from helpers.clusters import studies as clusters
from tests.fuzz import good

CORE = ("chance", "data", "words")
# Of the floor: what reads the course's own files, which tests of mutated files try.
LEFT_OUT = {"core.data.read_table", "core.data.table_of", "core.data.provenance_words", "core.data.record_ends"}


def rooms() -> list[str]:
    """Models and studies by subject, and the modules of core that take a reader's values."""
    found = [f"core.{name}" for name in CORE]
    for subject in sorted(module.name for module in pkgutil.iter_modules(helpers.__path__) if module.ispkg):
        inside = importlib.import_module(f"helpers.{subject}")
        names = {module.name for module in pkgutil.iter_modules(inside.__path__)}
        found += [f"{subject}.{room}" for room in ("model", "studies") if room in names]
    return found


@cache
def functions() -> dict[str, Callable[..., Any]]:
    """Every public function with parameters, by "subject.room.name"."""
    found = {}
    for room in rooms():
        module = importlib.import_module(f"helpers.{room}")
        for name in getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]:
            function = getattr(module, name)
            key = f"{room}.{name}"
            if not (inspect.isfunction(function) or hasattr(function, "cache_info")) or key in LEFT_OUT:
                continue
            if function.__module__.startswith(module.__name__) and inspect.signature(function).parameters:
                found[key] = function
    return found


def parameters(key: str) -> list[inspect.Parameter]:
    return list(inspect.signature(functions()[key]).parameters.values())


def right_call(key: str) -> tuple[list[Any], dict[str, Any]]:
    """Arguments that work: the required ones, some in order, the rest by name."""
    args: list[Any] = []
    given: dict[str, Any] = {}
    for parameter in parameters(key):
        if parameter.kind is parameter.VAR_POSITIONAL:
            args += VARIOUS.get(key, [])
        elif parameter.kind is parameter.VAR_KEYWORD:
            given |= KEYWORDS.get(key, {})
        elif parameter.default is parameter.empty or f"{key}.{parameter.name}" in NEEDED:
            value = table(parameter) if "DataFrame" in str(parameter.annotation) else None
            given[parameter.name] = good.argument(key, parameter.name) if value is None else own(key, parameter, value)
    return args, given


NEEDED = {
    "progress.model.months_from_points.points_per_month",
    "clusters.studies.parameter.place",
}  # refused by default
# What a refusal may name beside the parameter: the name that a caller hands over for it.
ALSO_NAMED = {"rules.model.place": {"destination"}}
LEFT_AS_IS = {"rules.model.place": {"parameter"}}  # is that name itself
VARIOUS = {"core.data.cite": ["36kr-2026-05-25-tokens"], "chips.studies.contested": ["H20 96GB"]}
KEYWORDS: dict[str, dict[str, Any]] = {
    "clusters.studies.cost_ratio": {name: ends[1] for name, ends in clusters.ratio_inputs().items()},
    "clusters.studies.cost_parts": {"use": 0.3, "usd_per_kwh": 0.08, "charge": 0.2, "network_usd": 5000},
    "clusters.studies.ratio_at": {"use_b": 0.3},
    "rules.model.history": {"exporter": "NVIDIA"},
    "wafers.model.mixed_package_cost": {"bond_yield": 0.95},
    "wafers.model.crossover_area": {"joining_usd": 30},
    "wafers.model.accelerator_cost": {"stacks": 5, "hbm_usd": 280},
}


def table(parameter: inspect.Parameter) -> pd.DataFrame | None:
    value = good.frames().get(parameter.name)
    return value if isinstance(value, pd.DataFrame) else None


def own(key: str, parameter: inspect.Parameter, value: Any) -> Any:
    return good.here().get(key, {}).get(parameter.name, value)


def callable_keys() -> list[str]:
    """Functions of which a right call is known; test_campaign.py names those of which none is."""
    found = []
    for key in functions():
        try:
            right_call(key)
        except KeyError:
            continue
        found.append(key)
    return found
