"""What a chip can do, on the scales that the export rules and the engineers use.

Throughput is always *dense*. Total processing performance (TPP), performance density and
transfer rates follow the definitions of the US rules; H100-equivalents and weighted scores are
comparisons of ours. The calculations take values or arrays and give values or arrays; `resolve`,
`specifications` and `table` look at the course's tables, through ``helpers.core.data``.
"""

from __future__ import annotations

from helpers.chips.model.comparisons import (
    MEASURES,
    REFERENCE,
    gave_up,
    h100_equivalents,
    normalised,
    per_pflop,
    per_unit,
    ratios,
    weighted_score,
)
from helpers.chips.model.limits import ENDS
from helpers.chips.model.names import known_chips, resolve, squash
from helpers.chips.model.performance import (
    aggregate_transfer_rate,
    applicable_area,
    max_tpp,
    memory_bandwidth_density,
    performance_density,
    total_processing_performance,
)
from helpers.chips.model.specs import QUANTITIES, Specs, specifications
from helpers.chips.model.tables import BITS, RANGED, table, with_derived
from helpers.core.limits import guard

__all__ = [
    "BITS",
    "ENDS",
    "MEASURES",
    "QUANTITIES",
    "RANGED",
    "REFERENCE",
    "Specs",
    "aggregate_transfer_rate",
    "applicable_area",
    "gave_up",
    "h100_equivalents",
    "known_chips",
    "max_tpp",
    "memory_bandwidth_density",
    "normalised",
    "per_pflop",
    "per_unit",
    "performance_density",
    "ratios",
    "resolve",
    "specifications",
    "squash",
    "table",
    "total_processing_performance",
    "weighted_score",
    "with_derived",
]

guard(globals(), apart=("max_tpp", "h100_equivalents", "applicable_area"))
