"""From a wafer to a package: dies, defects, yield, salvage, cost.

Areas in mm2, lengths in mm, defect densities per cm2, money in US dollars. Every function takes
scalars or arrays and broadcasts; a value outside its range raises ``ValueError``. ``d0_per_cm2`` is
the mean number of killer defects on a square centimetre; the mean on a die is x = d0 * area / 100.
"""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.wafers.model.costs import (
    DieCost,
    Outgoing,
    WaferYield,
    after_test,
    crossover_area,
    die_cost,
    split_cost,
    wafer_yield,
)
from helpers.wafers.model.defects import defects_on_dies, random_defects
from helpers.wafers.model.dies import FIELD_MM, FORMS, Placement, dies_per_field, dies_per_wafer, exact_dies, place_dies
from helpers.wafers.model.packages import PackageCost, accelerator_cost, bill_after, mixed_package_cost, package_cost
from helpers.wafers.model.salvage import bin_shares, cost_by_value, infer_d0_from_bins, working_cores
from helpers.wafers.model.yields import MODELS, die_yield, infer_d0

__all__ = [
    "FIELD_MM",
    "FORMS",
    "Placement",
    "dies_per_field",
    "dies_per_wafer",
    "exact_dies",
    "place_dies",
    "MODELS",
    "die_yield",
    "infer_d0",
    "bin_shares",
    "cost_by_value",
    "infer_d0_from_bins",
    "working_cores",
    "DieCost",
    "Outgoing",
    "after_test",
    "crossover_area",
    "die_cost",
    "split_cost",
    "WaferYield",
    "wafer_yield",
    "PackageCost",
    "accelerator_cost",
    "bill_after",
    "package_cost",
    "mixed_package_cost",
    "defects_on_dies",
    "random_defects",
]

guard(globals(), apart=("bin_shares", "cost_by_value", "crossover_area", "defects_on_dies"))
