"""The questions of 20_dies_and_yield: published statements put into the model of wafers; no drawing.

Areas in mm2, densities in defects per cm2, money in US dollars, shares as fractions.
"""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.wafers.studies.costs import (
    PackageBill,
    Salvage,
    Split,
    bills,
    package_bill,
    salvage,
    simulate_package,
    split,
)
from helpers.wafers.studies.dies import (
    HitWafer,
    Implied,
    field_over,
    hit_wafer,
    implied,
    implied_d0,
    picture,
    reports,
    sides,
    yield_bands,
)
from helpers.wafers.studies.record import (
    CORE_SHARE,
    CORES,
    COUNTED,
    LARGEST_MM2,
    MODELS,
    PARTS,
    PIECES,
    SOLD_FROM,
    SPREADS,
    WAFER,
    WAFER_D0,
    WAFER_RIM,
    dies_of_910b,
    evidence,
    products,
    published,
    shapes,
    tsmc_densities,
)

__all__ = [
    "MODELS",
    "SPREADS",
    "WAFER",
    "WAFER_D0",
    "WAFER_RIM",
    "shapes",
    "sides",
    "picture",
    "COUNTED",
    "CORES",
    "SOLD_FROM",
    "CORE_SHARE",
    "PARTS",
    "PIECES",
    "LARGEST_MM2",
    "dies_of_910b",
    "evidence",
    "published",
    "products",
    "tsmc_densities",
    "HitWafer",
    "Implied",
    "field_over",
    "hit_wafer",
    "implied",
    "implied_d0",
    "reports",
    "yield_bands",
    "PackageBill",
    "Salvage",
    "Split",
    "bills",
    "package_bill",
    "salvage",
    "simulate_package",
    "split",
]

guard(globals())
