"""Right arguments: for every public function a call that works, from which the campaign departs."""

from __future__ import annotations

import datetime
from functools import cache

import numpy as np

from helpers.chips import model as chips
from helpers.chips import studies as chips_studies
from helpers.clusters import studies as clusters_studies
from helpers.core import data
from helpers.progress import model as progress
from helpers.rules import model as rules
from helpers.serving import model as serving
from helpers.timeline import model as timeline
from helpers.timeline import studies as timeline_studies
from helpers.timing import model as timing
from helpers.timing import studies as timing_studies
from helpers.trade import model as trade
from helpers.wafers import model as wafers
from tests.fuzz import of_the_gap

PRICES, ENDS = (0.14, 0.55, 2.19), {"x": (1, 2, 3), "y": (10, 10, 10)}
OLD, NEW = progress.PowerLaw(2.0, 0.05), progress.PowerLaw(2.2, 0.054)

# Parameter -> a value that goes together with the others, wherever it occurs.
EVERYWHERE: dict[str, object] = {
    # chips and what they do
    "link_bidir_gb_s": 900, "area_mm2": 600, "non_planar": True, "dense_tops": 989, "bit_length": 16, "tpp": 4000,
    "bandwidth_gb_s": 3350, "die_area_mm2": 814, "chips": 1000, "chip": "H200", "on": "2023-11-17", "weights": {"bf16": 1, "link": 2},
    "of": "bf16_pflops_dense", "reference": "H100 SXM5 80GB", "name": "H20", "names": ["H20 96GB", "H200 SXM 141GB"],
    "measure": "bf16", "x": "bf16", "y": "memory", "low": 1.0, "high": 3.0, "status": "plan",
    # clusters
    "chips_ratio": 3, "hardware_a_usd": 3e6, "hardware_b_usd": 8e6, "relative_speed": 0.4, "relative_power": 0.5,
    "power_a_w": 1000, "power_b_w": 600, "peak_a_tflops": 989, "utilisation_a": 0.4, "peak_b_tflops": 300,
    "utilisation_b": 0.3, "hardware_usd": 1e6, "network_share": 0.2, "method": "annuity", "rate": 0.08, "years": 5,
    "peak_tflops": 989, "utilisation": 0.4, "chip_usd": 3e4, "it_power_w": 1200, "usd_per_kwh": 0.08, "tdp_w": 700,
    "power_kw": 1e5, "parts": {"chips": 2, "energy": 1}, "usd_per_kwh_a": 0.09, "kwh_a": 7000, "kwh_b": 16000, "added_gw": 400,
    "wafers_per_month": 7000, "dies_per_wafer": 78, "die_yield": 0.3, "dies_per_chip": 2, "hbm_stacks": 1e7,
    "stacks_per_chip": 8, "packages": 2e6, "row_id": "cn-industrial-2024", "usd_kwh_b": 0.06, "usd_kwh_a": 0.08,
    "a": "GB200 NVL72", "b": "CloudMatrix 384", "use_a": 0.375, "use_b": 0.355, "capital": "straight_line",
    "exponent": 1, "place": "CN", "cm_kw": 500, "nvl_kw": 130, "cm_usd": 8e6, "nvl_usd": 3e6, "wafers": 7000,
    "dies": 78, "stacks": 13e6, "packaged": 1, "target": 1.5e6, "h100s": 1e6, "capacity_factor": 0.16, "account": "sa-2026",
    # lithography
    "item": "film_eur", "chip_price_usd": 238, "wafer_price_usd": 9346, "density_mtr_per_mm2": 96.3,
    "capital_invested_usd": 16746, "passes_per_wafer": 40, "base_d0": 0.1, "extra_passes": 42, "defects_per_pass": 0.003,
    "price_meur": 150, "wafers_per_hour": 275, "capital_per_yearly_wafer_usd": 16000, "price_ratio": 1.45,
    "yield_reference": 0.55, "yield_own": 0.3, "scheme_name": "SAQP", "vendor": "TSMC", "node": "N5",
    "parameter": "wafer_price_usd", "sigma_nm": 2, "tolerance_nm": 8, "k1": 0.27, "cost_usd": 8000, "gross_margin": 0.5,
    "parts_usd": {"depreciation": 3000, "materials": 1000}, "fits_a_layer": 3, "scheme": "SAQP", "schemes": ["SADP", "SAQP"],
    "pitch": 32.5, "pitch_nm": 32.5,
    # language models, serving and training
    "model": "DeepSeek-V3", "context": 4096, "context_tokens": 4096, "batch": 8, "group": 8, "tokens": 1e9, "first": "DeepSeek-V3",
    "second": "Kimi-K2", "precision": 16, "together": 8, "weight_bits": 8, "cache_bits": 16, "memory_gb": 80, "size": 7e9,
    "giver": "DeepSeek-V3", "experts_per_token": 8, "hidden": 7168, "network_gb_s": 50, "input_tokens": 1000, "output_tokens": 1000,
    "flop_per_byte": 100, "tflops": 989, "prices": PRICES, "hit_share": 0.5, "gpu_hours": 1000, "usd_per_gpu_hour": 2, "drafts": 1,
    "acceptance": 0.85, "exchange_seconds": 1e-4, "layers": 61, "experts": 256, "top_k": 8, "usd_per_hour": 2,
    "tokens_per_s": 1000, "rent": 2, "share": (0.15, 0.45), "used": 0.9, "phase": "decode", "other": "H20", "count": 1000,
    "capital_usd": 6e4, "lifetime_years": 4, "schedule": "1F1B", "stages": 16, "micro_batches": 64, "pipeline": 8, "change": "tokens", "run_usd": 5e6, "flops": 1e24,
    "mfu": 0.4, "hours": 1000, "communication_ratio": 0.3, "link_ratio": 0.5, "flops_per_token": 2e11, "tokens_per_second": 1e6,
    "gpus": 2048, "days": 54, "active_parameters": 37e9, "lifetime": 4, "weight": 50, "overlap": 0.2, "run_id": "deepseek-v3-pretraining",
    "mfu_percent": 39, "fp8_share": 1, "tokens_t": 14.8, "number_format": "fp8", "price": 2, "share_percent": 22.6,
    "staff_percent": 39, "mfu_fp8": 39, "mfu_bf16": 25, "use": 80, "bits": 8, "n_in": 1000, "overlap_percent": 20,
    # progress
    "gains": [1.2, 1.5], "old": OLD, "new": NEW, "compute": 100.0, "months": 8, "parameters": 1e10, "compute_flop": 1e24,
    "value": 5, "ratio": 10, "gain": 3, "points": 8, "dates": None, "budget": 8, "shared": True, "methods": ("kda", "attnres"),
    "family": "", "home": "CN", "hardware": "", "last": "2025-01-01", "line": "dram",
    # rules and timeline
    "destination": "China", "review_policy": "no_license_required", "io_gb_s": 1028, "dram_bw_gb_s": 3350, "key": "tpp",
    "values": range(1000, 6000), "cases": [{"chip": "H20", "on": "2025-04-09", "destination": "China"}], "tpp_max": 40_000,
    "us_per_month": 0.2, "cn_per_month": 0.3, "actor": "China", "actions": [10, 40, 70], "moves": [5, 30, 60],
    "probability": 0.5, "camp": "China", "start": 0, "end": 365, "draws": 50, "seed": 1, "era_ids": [], "link": 0.0,
    "keys_stay": False, "waited": 6,
    # wafers
    "width_mm": 26, "height_mm": 33, "d0_per_cm2": 0.1, "good_share": 0.4, "working": [0.1, 0.2, 0.3, 0.3], "at_least": [3, 2],
    "wafer_usd": 10_000, "gross_dies": 78, "shares": [0.5, 0.25], "prices_usd": [2, 1], "cores": 25, "core_area_mm2": 16,
    "shared_area_mm2": 265, "needed": 20, "coverage": 0.9, "pieces": 4, "die_area_mm2_": 814, "times": 2, "die_usd": 100,
    "evidence_id": "d0-tsmc-n7", "width": 26, "height": 33, "rim": 3, "d0": 0.1, "spread": "even", "number": 1,
    "reported": 0.4, "product": "Ascend 910B", "counted": "flawless", "critical": 0.9, "stack_usd": 200, "loss": 0.15,
    "joining_usd": 100, "link_share": 0.1, "bond_yield": 0.99,
    # grey markets
    "chance": 0.2, "goods": 1.15, "penalty": 1, "landed": 1.15, "most": 4, "trouble": 0.3, "arrivals": 60,
    "honest_share": 0.6, "honest_value": 1, "false_value": 0.44, "audit": 0.5, "cheapest": 0.5, "dearest": 1, "printed": "37.00",
    "input_usd": 3, "hit_usd": 0.3, "output_usd": 15, "fee": 1, "ordinary_use": 1, "shared_account_share": 0.05, "users": 10,
    "heavy_use": 2, "yuan_a_month": 75_000, "yuan_per_usd": 7.2, "usd_per_gpu": 58_000, "running_usd": 0.3, "yuan": 8e6,
    "list_price": 100, "freight_share": 0.02, "tax_share": 0.13, "quantity": 10, "low_price": 100, "high_price": 125,
    "instrument": "tariff", "before": 4, "after": 8, "other_before": 1.7, "other_after": 2.35, "right_share": 0.4,
    "reference_share": 0.84, "mark_ups": [0.5, 1.0], "elasticity": 0.4, "month": "2026-01", "estimate_id": "cnas-2024-training", "price_id": "b300-server-2026-06",
    # memory
    "layer_yield": 0.97, "gbit_per_pin": 6.4, "pins": 1024, "whole": 0.25, "equivalents": 0.76,
    "stack_gb": 36, "stock_gb": 1e8, "home_gb": 3e7, "gb_per_chip": 128, "inflow_gb": 3e7, "use_gb": 9e7, "changes": [47.5, 98],
    "wafer_share": 0.2, "bit_share": 0.1, "input_id": "stock-2025", "volume_id": "hbm-stockpile-02",
    # trade
    "demand_at_zero": 100, "demand_slope": 1, "cost_floor": 20, "supply_slope": 1, "world_price": 35, "seller_cost": 12,
    "imports_before": 50, "let_in": 0.4, "output_rise": 0.3, "input_rise": 0.5, "input_share": 0.4,
    "own_floor": 6, "own_slope": 1, "experience": 8, "first_cost": 100, "own": 1, "others": 6, "cost_ratio": 2,
    "growth": 3, "rival_fall": 0.2, "learned_cost": 0.3, "to_learn": 0.2, "closeness": 0.9, "foreign_price": 0.5,
    "first_year": 2023, "first_share": 0.1, "last_year": 2025, "last_share": 0.4, "market": 0.84, "curvature": 0.5,
    "trade": [[10, 5], [5, 10]], "power_before": [[1, 1.2], [1.2, 1]], "power_after": [[1, 1], [1, 1]], "doublings": 3,
    # timing
    "age_years": 3, "added": [100, 0, 50], "retire_per_year": 0.2, "base": 0.3, "answer": 0.5, "fear": 0.4, "fear_sold": 0.2,
    "effort": 0.8, "share_before": 0.05, "share_now": 0.4, "sale": [1, 1, 0, 0], "memory": 0.7,
    "settings": {"answer": 0.4, "denial_worth": 2.0}, "policy": "deny late", "answer_part": 0.5,
    # law
    "is_member": True, "is_own_measure": True, "is_covered": True, "body_sits": False, "complainant_in": True, "defendant_in": True,
    "forum": "MPIA", "is_appealed": True, "is_in": [True, True, False], "requested": "2022-12-12", "talks_days": 60, "took_days": 899,
    "rule_days": 425, "outcome": 15.9, "case_id": "DS615", "complainant": "EU", "measure_id": "cn-dc-chips", "defendant": "China",
    # chance
    "ranges": ENDS, "inputs": ENDS, "cost": lambda x, y: np.asarray(x) + y, "function": lambda x, y: x / np.asarray(y),
    "central": {"x": 2.0, "y": 10.0}, "digits": 2, "ids": "",
}  # fmt: skip


@cache
def frames() -> dict[str, object]:
    """Parameter -> a table that it may be."""
    events = data.load("events")
    moves = timeline.government_moves(events)
    gates = timeline_studies.gate_spans(data.load("gates"), events, "2026-11-23")
    names = (
        "events",
        "claims",
        "volumes",
        "systems",
        "papers",
        "adoptions",
        "causes",
        "gaps",
        "eras",
        "pairs",
        "estimates",
    )
    files = {"gaps": "capability_gaps", "pairs": "responses", "estimates": "progress_estimates"}
    table = chips.table()
    return {name: data.load(files.get(name, name)) for name in names} | {
        "frame": table, "drawn": chips_studies.data_centre_chips(table), "gates": data.load("gates"), "spans": gates,
        "record": data.load("h200_record"), "moves": moves, "dates": moves["date"],
    }  # fmt: skip


@cache
def here() -> dict[str, dict[str, object]]:
    """Function -> the values that are its own."""
    answer = rules.classify("H20", "2023-11-17", "China")
    step = serving.decode("DeepSeek-V3", "H200", 8, 4096, 8)
    chip_rows = chips.table()
    made = clusters_studies.common_draws()
    draws_a, _ = clusters_studies.pair_draws("GB200 NVL72", "CloudMatrix 384")
    return {
        "chips.model.h100_equivalents": {"chips": "H20"},
        "chips.model.with_derived": {"chips": data.load("chips"), "ranges": data.load("chip_ranges")},
        "chips.model.ratios": {"frame": data.load("systems").set_index("system").select_dtypes("number"), "reference": "GB200 NVL72"},
        "chips.model.max_tpp": {"dense_tops": [989, 1979], "bit_length": [16, 8]},
        "chips.studies.ends": {"row": chip_rows.iloc[0]},
        "chips.studies.groups": {"frame": chip_rows},
        "chips.studies.short": {"chip": "H20 96GB"},
        "chips.studies.tagged": {"chip": "H20 96GB"},
        "chips.studies.extremes": {"rows": chips_studies.ratio_rows(chip_rows, "H20 96GB", "H100 SXM5 80GB")},
        "chips.studies.matching_count": {"chip": "H20 96GB"},
        "chips.studies.ratio_rows": {"chip": "H20 96GB"},
        "chips.studies.drawn_extremes": {"chip": "H20 96GB"},
        "chips.studies.drawn_ratios": {"chip": "H20 96GB"},
        "chips.studies.parts": {"chip": "H20 96GB"},
        "claims.studies.board": {"first": {"S01": {"verdict": "mixed"}}, "now": {"S01": {"verdict": "opinion"}}},
        "claims.studies.moved_by_kind": {"first": {"S01": {"verdict": "mixed"}}, "now": {"S01": {"verdict": "opinion"}}},
        "claims.model.brier_score": {"sure_percent": [90, 60], "right": [1, 0]},
        "claims.studies.claim": {"claim_id": "S01"}, "claims.studies.place": {"claim_id": "S01"},
        "claims.studies.verdict_words": {"claim_id": "S01"}, "claims.studies.elsewhere": {"claim_id": "S01"},
        "clusters.studies.band": {"values": np.arange(10.0)},
        "clusters.studies.block": {"name": "GB200 NVL72"}, "clusters.studies.ranges": {"name": "GB200 NVL72"},
        "clusters.studies.place_of": {"name": "GB200 NVL72"}, "clusters.studies.kw_per_pflop": {"name": "GB200 NVL72"},
        "clusters.studies.parameter": {"name": "site_cost", "place": "US"},
        "clusters.studies.cost_parts": {"of": draws_a, "common": made},
        "clusters.studies.tie": {"years": 5, "usd_kwh_a": 0.08},
        "core.chance.flips_at": {"name": "x", "low": 0.5, "high": 30},
        "core.data.load": {"name": "claims"}, "progress.model.months_from_points": {"points": 8, "points_per_month": 2},
        "core.words.listed": {"items": [1, 2]}, "core.words.true_minus": {"number": "-1.4%"}, "core.words.counted": {"one": "chip", "number": 3},
        "core.words.date_words": {"day": datetime.date(2024, 1, 1), "precision": "month"}, "core.words.percent": {"share": 0.4}, "core.words.of_100": {"share": 0.4},
        "core.words.span": {"values": [3, 1.2]}, "core.words.from_to": {"low": "1", "high": "2"},
        "law.model.binds": {"end": ["adopted", "void"]}, "law.model.attained": {"target": 40}, "law.model.growth_per_year": {"first": 361.0, "last": 885.0},
        **{f"law.studies.{name}": {"cases": data.load("wto_cases")} for name in ("disputes", "ends", "lives", "security_pleas", "unread_days")},
        "lithography.model.scanner": {"name": "NXT:2000i"}, "lithography.model.scheme": {"name": "SAQP"},
        "llm.model.model": {"name": "DeepSeek-V3"},
        "llm.model.from_config": {
            "config": {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "vocab_size": 50257, "n_positions": 1024}
        },
        "serving.model.copies_sent": {"experts": 256, "top_k": 8},
        "llm.studies.yardstick": {"stored": 2e9}, "progress.studies.hardware_words": {"paper": data.load("papers").iloc[0]},
        "timeline.studies.eased_before": {"day": "2024-01-01"},
        "llm.studies.bits_for": {"name": "DeepSeek-V3"}, "llm.studies.flops_in_fp8": {"name": "DeepSeek-V3.2"},
        "llm.studies.with_latent_of": {"name": "Kimi-K2"},
        "llm.studies.by_release": {"frame": data.load("models")}, "llm.studies.intensity": {"frame": chip_rows},
        "progress.model.power_law": {"name": "kimi-linear-mla"}, "progress.model.two_labs": {"exponent": 0.05},
        "progress.model.months_behind": {"dates": ["2024-01-01", "2025-01-01", "2026-01-01"], "scores": [1, 2, 3], "on": "2026-06-01", "score": 2},
        "progress.model.months_between": {"first": np.datetime64("2024-01-01"), "last": np.datetime64("2025-01-01")},
        "progress.model.combined_gain": {"overlap": 0.2},
        "progress.studies.counted_by_place": {"rows": data.load("papers")}, "progress.studies.direction": {"row": next(data.load("adoptions").itertuples())},
        "progress.studies.gain_at_scale": {"exponent": 0.054}, "progress.studies.labs": {"exponent": 0.05},
        "progress.studies.sort_cards": {"laid": "f" * len(data.load("causes"))},
        "progress.studies.paper_lanes": {"rows": data.load("papers")},
        "progress.studies.papers_that_fit": {"years": (1990, 2100), "home": ""},
        "rules.model.place": {"name": "China"}, "rules.model.decisive": {"answer": answer}, "rules.model.tightest": {"answer": answer},
        "rules.studies.plane": {"name": "density"}, "rules.studies.short": {"chip": "H20 96GB"},
        "rules.studies.best_free": {"chip": {"tpp": 2000, "die_area_mm2": 814, "dram_bw_gb_s": 4000, "io_gb_s": 400}},
        "rules.studies.design": {"bits": 16}, "rules.studies.at_the_wall": {"stage": "oct-2022"}, "rules.studies.own_chip": {"stage": "oct-2022"},
        "serving.model.band": {"step": step}, "serving.model.measured": {"cases": data.load("serving_measured").head(2)},
        "serving.model.listed": {"model": "DeepSeek-R1"}, "serving.studies.price_group": {"model": "DeepSeek-V3"},
        "serving.studies.price_rows": {"chip": "H800 SXM5 80GB", "share": (15, 45)},
        "serving.model.prefill": {"tokens": 1000}, "serving.model.experts_touched": {"tokens": 32},
        "serving.studies.ridge_in_16_bits": {"chip": "H20 96GB"},
        "markets.studies.assumed": {"name": "penalty"}, "markets.studies.central": {"name": "penalty"},
        "markets.studies.parity": {"mark_up": 0.5, "rent": 2},
        "markets.studies.hire_on": {"place": "world"},
        "markets.model.mark_up": {"price": 210}, "markets.model.wedge": {"price": 210},
        "timeline.studies.days_between": {"first": "h20-licence-letter", "second": "h20-return"},
        "timeline.studies.gate_spans": {"end": "2026-11-23"}, "timeline.studies.road_on": {"day": "2024-01-01"},
        "timeline.studies.turns_in_order": {"era_ids": data.load("eras")["era_id"].tolist()},
        "training.model.bubble_time": {"weight": 1}, "training.model.bubble_fraction": {"weight": 1},
        "training.model.capital_usd_per_gpu": {"chip_price_usd": 3e4},
        "training.studies.chip": {"name": "H800 SXM5 80GB"}, "training.studies.break_even_percent": {"name": "H800 SXM5 80GB"},
        "training.studies.capital_usd": {"name": "H800 SXM5 80GB"}, "training.studies.power_usd_per_hour": {"name": "H800 SXM5 80GB"},
        "training.studies.rents": {"name": "H800 SXM5 80GB"}, "training.studies.share": {"name": share_name()},
        "training.studies.chain": {"on": "H800 SXM5 80GB"},
        "memory.model.stack_yield": {"layers": 8}, "memory.model.layer_yield": {"stack_yield": 0.7, "layers": 8},
        "memory.model.stacks_from_wafers": {"layers": 8}, "memory.model.wafers_for_stacks": {"stacks": 2e6, "layers": 8},
        "memory.model.unexplained": {"first": 0.3, "second": 0.7}, "memory.model.diverted": {"share": 0.3, "ratio": 3},
        "memory.model.balance": {"dies": 1e6}, "memory.model.contracted": {"prices": [1, 2, 4, 8, 16, 32]},
        "memory.model.break_even": {"ratio": 3}, "memory.studies.lost_bits": {"share": 0.3}, "memory.studies.month_name": {"number": 3},
        "memory.studies.equivalents": {"chip": "Ascend 910C"}, "memory.studies.gb_of": {"chip": "Ascend 910C"},
        "memory.studies.home_gb": {"home": "analyst"}, "memory.studies.opened": {"count": 36},
        "trade.model.who_gains": {"instrument": "import tariff"}, "trade.studies.split": {"instrument": "import tariff"},
        "trade.model.deadweight_shortcut": {"price": 60}, "trade.model.unit_cost": {"rate": 0.2, "first_cost": 100},
        "trade.model.learning_exponent": {"rate": 0.2}, "trade.model.learning_rate": {"exponent": 0.3},
        "trade.model.parity_years": {"rate": 0.2}, "trade.model.doublings_to_keep_up": {"rate": 0.2},
        "trade.model.infant_industry": {"rate": 0.2}, "trade.model.planners_choice": {"first_cost": 0.9},
        "rules.studies.spoken": {"text": "letter_2025-04"}, "rules.studies.quantity": {"limb": "performance density, less than"},
        "timing.studies.taken_in_chips": {"tank": timing_studies.tanks()["sell"]}, "trade.model.home_supply": {"inputs": 14}, "trade.model.effective_protection_of": {"inputs": [(0.3, 0.5), (0.3, 0.5)]},
        "trade.model.logistic": {"years": 2025, "path": trade.Path(0.8, 2025)},
        "trade.model.duty_usd": {"price_usd": 27_000, "rate": 0.25},
        "trade.studies.after_learning": {"rate": 0.2}, "trade.studies.growing": {"rate": 0.2},
        "trade.studies.parameter": {"name": "learning-rate"}, "trade.studies.central": {"name": "learning-rate"},
        "trade.studies.share_path": {"series": "IDC, cards", "first_year": 2023.25},
        "trade.studies.share_at": {"series": "IDC, cards", "year": 2026}, "trade.studies.cases": {"case": "satellites"},
        "trade.studies.volume": {"volume_id": "nvidia-h20-03"}, "trade.studies.market": {"input_share": 0.4},
        "trade.studies.denial_example": {"exporter": "United States", "importer": "Rest of the world", "cut": 0.2},
        "trade.studies.before_and_after": {"claim_id": "S25", "reference": "a100-h100-letter"},
        "trade.studies.older_steps": {"claim_id": "S25"},
        "timing.model.fear_after": {"sale": 0.5}, "timing.model.share_after": {"share": 0.1},
        "timing.model.years_to_share": {"share": 0.1, "target": 0.5}, "timing.model.leverage": {"sale": [1, 0], "share": 0.1},
        "timing.model.effort_between": {"first": 0.1, "last": 0.4}, "timing.model.flip": {"name": "denial_worth"},
        "timing.model.best_plan": {"found": timing.payoffs()}, "timing.studies.turn": {"share": 0.1},
        "timing.studies.parameter": {"name": "memory"}, "timing.studies.denied_from": {"table": timing_studies.winners(points=9)},
        "wafers.model.defects_on_dies": {"placement": wafers.place_dies(26, 33), "x": [0.0, 5], "y": [0.0, 7]},
        "wafers.studies.sides": {"shape": "910b"},
        "wafers.studies.field_over": {"placed": wafers.place_dies(26, 33)},
        "wafers.model.mixed_package_cost": {"dies": [(100, 2), (20, 1)]},
        "wafers.model.split_cost": {"pieces": 2}, "wafers.model.bill_after": {"share": 0.14},
    }  # fmt: skip


def share_name() -> str:
    return data.load("training_shares").iloc[0, 0]


def argument(function: str, parameter: str) -> object:
    """The right value of a parameter of a function ("room.module.function"); KeyError where none is known."""
    own = here().get(function, {}) | of_the_gap.own(function)
    if parameter in own:
        return own[parameter]
    annotated_frame = frames().get(parameter)
    if annotated_frame is not None and (parameter not in EVERYWHERE or EVERYWHERE[parameter] is None):
        return annotated_frame
    return EVERYWHERE[parameter]
