"""Right arguments of the compute gap and of chance, whose functions take settings, paths, and draws by dial."""

from __future__ import annotations

from functools import cache

from helpers.scenario import studies as gap

# Parameter -> a value that goes together with the others, in these two rooms only.
EVERYWHERE: dict[str, object] = {
    "setting": gap.Setting(), "year": 2028, "unit": "16-bit", "dial": "growth", "flow": "domestic", "whose": "owned", "smuggled": 0.5,
    "sold_abroad": 13, "domestic": 0.6, "licensed": 0.1, "us_share": 0.8, "age": 2, "life": 6, "added": 3, "us_stock": 14.5,
    "china_stock": 1.9, "others_stock": 3.5, "rented": 0.4, "rented_us": 0.5, "limit_gw": 12, "chip_kw": 0.25, "site_over_chips": 1.5,
    "peak": 10, "share_of_peak": 0.4, "share_at_work": 0.8, "growth": 3, "forecast": [2, 0.5], "outcome": [1, 1], "us_added": 18,
    "china_added": 1.1, "chip_share": 0.8, "speed": 0.5, "eflops": 1590, "about": "China", "z": [0.1, -0.3],
    "shocks": [[0.1, -0.2], [1.0, 0.3]], "matrix": [[1, 0.5], [0.5, 1]], "correlation": 0.5, "columns": {"x": 1, "y": 1},
}  # fmt: skip


def own(function: str) -> dict[str, object]:
    """Parameter -> value, for a function of these rooms; nothing for any other."""
    if not function.startswith(("scenario.", "core.chance.")):
        return {}
    return EVERYWHERE | _here().get(function, {})


@cache
def _here() -> dict[str, dict[str, object]]:
    z = gap.shocks(6)
    return {
        "core.chance.sobol": {"function": lambda x, y: x[0] + 2 * y[0]},
        "core.chance.split_lognormal": {"low": 1.0, "central": 2.0, "high": 5.0},
        "core.chance.triangular": {"low": 1.0, "central": 2.0, "high": 5.0},
        "core.chance.rank_correlation": {"x": [1, 2, 3], "y": [1, 3, 2]},
        "scenario.model.blend": {"first": [1, 1], "second": [4, 4], "weight": 0.5},
        "scenario.model.growth_a_year": {"first": 1, "last": 9},
        "scenario.model.alive": {"loss": 0.05}, "scenario.model.stock": {"added": [1, 3, 9], "life": [6, 5], "loss": [0.05, 0.02]},
        "scenario.model.packages": {"dies": 1.6e6}, "scenario.model.dearer_cluster": {"price": 0.5},
        "scenario.model.covered": {"low": 0.0, "high": 3.0, "outcome": 1.0},
        "scenario.model.inside": {"draws": [1, 2, 3, 4], "value": 2},
        "scenario.studies.added": {"what": "abroad", "year": 2024},
        "scenario.studies.against": {"first": gap.Setting(licences="sell"), "second": gap.Setting(), "draws": 500},
        "scenario.studies.below": {"ratio": 5}, "scenario.studies.china_counted": {"year": 2025}, "scenario.studies.counted_share": {"smuggled": True},
        "scenario.studies.drawn": {"row_id": "domestic-2030"}, "scenario.studies.given": {"row_id": "domestic-2030"},
        "scenario.studies.drawn_in": {"year": 2028}, "scenario.studies.ends": {"dial": "growth"}, "scenario.studies.domestic_bottom_up": {"z": z},
        "scenario.studies.equivalents": {"chip": "H20 96GB"}, "scenario.studies.over_8_bit": {"chip": "H20 96GB"},
        "scenario.studies.months": {"ratio": 8}, "scenario.studies.one_answer": {"flow": "stock", "smuggled": True},
        "scenario.studies.paths": {"z": z}, "scenario.studies.power_added": {"year": 2025},
        "scenario.studies.simulate": {"what": lambda p: p.ratio(year=2030), "draws": 500},
        "scenario.studies.without_smuggled": {"p": gap.paths(z, gap.Setting())}, "scenario.studies.world": {"year": 2024},
        "scenario.studies.tied": {"table": gap.shares(gap.Setting(), 2030, 64)}, "scenario.studies.switches": {"draws": 100},
        "scenario.studies.world_in": {"year": 2024},
        "scenario.studies.unit_factor": {"flow": "outside"}, "scenario.studies.range_of_months": {"year": 2026},
    }  # fmt: skip
