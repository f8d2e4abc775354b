"""The rule of every column of every table in ``data/``; `helpers.core.data` reads the files and holds them to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandera.pandas as pa

SIDES = ("US", "ally", "CN", "joint", "company", "research")
CAMPS = ("US and partners", "China", "both")
EFFECTS = ("tightens", "eases", "neither")
TRACKS = (
    "controls",
    "equipment",
    "chips",
    "memory",
    "models",
    "grey-market",
    "enforcement",
    "market",
    "rare-earths",
    "trade-law",
    "industrial-policy",
)
CONFIDENCES = ("primary", "reported", "estimate", "contested")
LINKS = ("firm", "reported", "disputed", "none found")
VERDICTS = ("supported", "mostly supported", "mixed", "unsupported", "not checkable", "opinion")
RULE_STATUSES = (
    "in_force",
    "superseded",
    "letter",
    "in_cfr_not_enforced",
    "suspended",
    "guidance",
    "tariff",
    "uncertain",
)
CHECKABLE_BY = ("anyone", "data", "insider", "nobody")
HOMES = ("CN", "US", "FR", "SG")
FAMILIES = (
    "attention and cache",
    "sparse experts",
    "serving",
    "links and schedules",
    "memory and residuals",
    "number formats",
    "optimiser",
    "training objective",
    "kernels",
)
HARDWARE_KINDS = (
    "TPU",
    "other NVIDIA part",
    "NVIDIA part for China",
    "Ascend or mixed domestic",
    "not stated",
)
# How a gap between models was found: four that give months, and people's preferences, which give points.
GAP_KINDS = ("index", "government tests", "maker's tests", "judgement", "preferences")
ADOPTION_KINDS = ("paper", "company statement", "config", "library code", "none found")


# --- columns: each is a pandera column on the raw text, plus the type it becomes ----------------


@dataclass(frozen=True)
class Col:
    """One column of a table: the rule its text must keep, and the type the text becomes."""

    schema: pa.Column
    kind: str = "text"  # text | date | number | flag
    refers_to: str | None = None  # "table": every value is a key there
    many: bool = False  # space-separated list of values


def _column(rule: str, test, *, optional: bool = False, unique: bool = False) -> pa.Column:
    def holds(value: str) -> bool:
        return (optional and value == "") or bool(test(value))

    rule = rule + (", or empty" if optional else "")
    return pa.Column(str, pa.Check(holds, element_wise=True, error=rule), unique=unique, nullable=False)


def text(longest: int = 2000, *, optional: bool = False) -> Col:
    """Text without spaces at its ends and at most `longest` characters."""
    return Col(
        _column(
            f"text of 1 to {longest} characters, no space at its ends",
            lambda v: 0 < len(v) <= longest and v == v.strip(),
            optional=optional,
        )
    )


def slug(*, key: bool = False) -> Col:
    """A stable identifier: lower-case letters, digits, hyphens (claims: S01)."""
    pattern = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
    return Col(_column("an id of letters, digits, '-' and '_'", pattern.fullmatch, unique=key))


def word(*allowed: str, optional: bool = False) -> Col:
    """One of a fixed list of words."""
    return Col(_column("one of " + ", ".join(allowed), lambda v: v in allowed, optional=optional))


def flag() -> Col:
    """yes or no."""
    return Col(_column("yes or no", lambda v: v in ("yes", "no")), kind="flag")


def number(low: float | None = None, high: float | None = None, *, optional: bool = False) -> Col:
    """A plain number, within `low` and `high` where given."""

    def test(value: str) -> bool:
        try:
            n = float(value)
        except ValueError:
            return False
        return n == n and abs(n) != float("inf") and (low is None or n >= low) and (high is None or n <= high)

    bounds = (
        ""
        if low is None and high is None
        else f" from {low if low is not None else '-inf'} to {high if high is not None else 'inf'}"
    )
    return Col(_column("a plain number" + bounds, test, optional=optional), kind="number")


def counts(names: str) -> dict[str, Col]:
    """Several columns of whole counts, which may be empty, by their names in one text."""
    return {name: number(0, 10_000_000, optional=True) for name in names.split()}


def day(first: str = "2010-01-01", last: str = "2030-12-31", *, optional: bool = False) -> Col:
    """A full ISO date between `first` and `last`."""

    def test(value: str) -> bool:
        try:
            return first <= date.fromisoformat(value).isoformat() <= last and len(value) == 10
        except ValueError:
            return False

    return Col(_column(f"a date written YYYY-MM-DD from {first} to {last}", test, optional=optional), kind="date")


def loose_date(*, optional: bool = False) -> Col:
    """A date as exact as the publisher gives it: YYYY, YYYY-MM or YYYY-MM-DD (kept as text)."""

    def test(value: str) -> bool:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
            return False
        try:
            date.fromisoformat((value + "-01-01")[:10] if len(value) != 7 else value + "-01")
        except ValueError:
            return False
        return True

    return Col(_column("a date written YYYY, YYYY-MM or YYYY-MM-DD", test, optional=optional))


def url() -> Col:
    """A web address without spaces."""
    return Col(_column("an address that starts with https:// or http://", re.compile(r"https?://[^\s]+").fullmatch))


def name() -> Col:
    """A plain name that is the key of its table."""
    return Col(
        _column(
            "a name of 1 to 60 characters, no space at its ends",
            lambda v: 0 < len(v) <= 60 and v == v.strip(),
            unique=True,
        )
    )


def named(table: str, *, optional: bool = False) -> Col:
    """A plain name that is a key of another table."""
    return Col(text(60, optional=optional).schema, refers_to=table)


def ref(table: str, *, many: bool = False, optional: bool = False) -> Col:
    """A key of another table (or several, separated by one space)."""
    pattern = r"[A-Za-z0-9][A-Za-z0-9_-]*"
    full = re.compile(rf"{pattern}( {pattern})*" if many else pattern)
    rule = f"a key of {table}.csv" + (" (several separated by one space)" if many else "")
    return Col(_column(rule, full.fullmatch, optional=optional), refers_to=table, many=many)


# --- the tables ---------------------------------------------------------------------------------

TABLES: dict[str, dict[str, Col]] = {
    "sources": {
        "source_id": slug(key=True),
        "publisher": text(90),
        "title": text(260),
        "url": url(),
        "published": loose_date(),
        "accessed": loose_date(optional=True),
        "kind": word("official", "filing", "paper", "company", "press", "law-firm", "think-tank", "analyst", "relay"),
        "relayed_by": text(90, optional=True),
        "note": text(400, optional=True),
    },
    "events": {
        "event_id": slug(key=True),
        "date": day("2014-01-01", "2028-12-31"),
        "date_precision": word("day", "month", "quarter", "year"),
        "actor": text(80),
        "side": word(*SIDES),
        "camp": word(*CAMPS),
        "track": word(*TRACKS),
        "effect": word(*EFFECTS),
        "title": text(80),
        "summary": text(420),
        "instrument": text(40),
        "value": number(optional=True),
        "unit": text(70, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "status": word("occurred", "alleged", "plan", "scheduled"),
        "story": flag(),
    },
    "eras": {
        "era_id": slug(key=True),
        "name": text(60),
        "start": day(),
        "end": day(),
        "mechanism": text(300),
        "turn": text(300),
        "turn_event": ref("events"),
        "number_to_change": text(200),
    },
    "claims": {
        "claim_id": slug(key=True),
        "quote": text(200),
        "claim": text(160),
        "topic": word(
            "controls",
            "chips",
            "memory",
            "grey-market",
            "models",
            "equipment",
            "economics",
            "industrial-policy",
            "politics",
            "trade-law",
            "market",
        ),
        "checkable_by": word(*CHECKABLE_BY),
        "verdict": word(*VERDICTS),
        "evidence": text(700),
        "counter": text(500, optional=True),
        "would_settle_it": text(200),
        "notebook": ref("course_map", many=True),
        "decided_in": ref("course_map"),
        "test_cell": text(20, optional=True),
        "event_ids": ref("events", many=True, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
    },
    "h200_record": {
        "month": day("2025-12-01", "2026-12-01"),
        "us_key": word("yes", "partial", "no", "unknown"),
        "cn_key": word("yes", "partial", "no", "unknown"),
        "delivered": word("yes", "partial", "no", "unknown"),
        "note": text(400),
        "source_ids": ref("sources", many=True, optional=True),
    },
    "gates": {
        "chip": text(30),
        "government": word("US", "China"),
        "state": word("open", "by licence", "discouraged", "shut"),
        "from_event": ref("events"),
        "until_event": ref("events", optional=True),
        "note": text(200),
    },
    "chips": {
        "chip": name(),
        "kind": word("accelerator", "HBM stack"),
        "vendor": text(60),
        "vendor_home": word("US", "CN", "KR", "TW"),
        "china_part": flag(),
        "cut_from": text(60, optional=True),
        "datacenter": word("yes", "no", "unknown"),
        "status": text(90),
        "launch_date": day("2014-01-01", "2030-12-31"),
        "launch_date_precision": word("day", "month", "quarter", "year"),
        "process_node": text(90, optional=True),
        "foundry": text(90, optional=True),
        "foundry_home": word("TW", "CN", "CN TW", "KR", "US", optional=True),
        "die_area_mm2_low": number(0, 100_000, optional=True),
        "die_area_mm2_central": number(0, 100_000, optional=True),
        "die_area_mm2_high": number(0, 100_000, optional=True),
        "die_count": number(1, 100, optional=True),
        "die_area_basis": text(200, optional=True),
        "transistor_count_bn": number(0.1, 10_000, optional=True),
        "fp4_tflops_dense": number(1, 1e6, optional=True),
        "fp8_tflops_dense": number(1, 1e6, optional=True),
        "int8_tops_dense": number(1, 1e6, optional=True),
        "fp16_bf16_tflops_dense": number(1, 1e6, optional=True),
        "tf32_tflops_dense": number(0.1, 1e6, optional=True),
        "fp32_tflops": number(0.1, 1e5, optional=True),
        "fp64_tflops": number(0.01, 1e5, optional=True),
        "memory_type": text(40, optional=True),
        "memory_gb": number(1, 10_000, optional=True),
        "memory_bandwidth_gb_s": number(10, 100_000, optional=True),
        "stack_area_mm2": number(10, 1000, optional=True),
        "link_bidir_gb_s": number(0, 100_000, optional=True),
        "link_kind": text(90, optional=True),
        "host_bus_bidir_gb_s": number(0, 2000, optional=True),
        "tdp_w": number(10, 20_000, optional=True),
        "price_usd_low": number(100, 1e6, optional=True),
        "price_usd_high": number(100, 1e6, optional=True),
        "price_date": loose_date(optional=True),
        "price_confidence": word(*CONFIDENCES, optional=True),
        "price_source_id": ref("sources", optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "chip_ranges": {
        "chip": named("chips"),
        "quantity": word(
            "fp4_tflops_dense",
            "fp8_tflops_dense",
            "int8_tops_dense",
            "fp16_bf16_tflops_dense",
            "memory_gb",
            "memory_bandwidth_gb_s",
            "link_bidir_gb_s",
            "tdp_w",
        ),
        "low": number(0),
        "high": number(0),
        "low_source_id": ref("sources"),
        "high_source_id": ref("sources"),
        "note": text(300, optional=True),
    },
    "chip_aliases": {
        "alias": text(60),
        "chip": named("chips"),
        "note": text(300, optional=True),
    },
    "systems": {
        "system": name(),
        "vendor": text(60),
        "vendor_home": word("US", "CN"),
        "status": text(90),
        "announced_date": day("2014-01-01", "2030-12-31"),
        "accelerator": text(60),
        "chip": named("chips", optional=True),
        "accelerator_count": number(1, 1e6),
        "bf16_pflops_dense": number(0.1, 1e6, optional=True),
        "fp8_pflops_dense": number(0.1, 1e6, optional=True),
        "fp4_pflops_dense": number(0.1, 1e6, optional=True),
        "hbm_capacity_tb": number(0.01, 1e5, optional=True),
        "hbm_bandwidth_tb_s": number(0.1, 1e6, optional=True),
        "scale_up_bandwidth_tb_s": number(0.1, 1e6, optional=True),
        "scale_up_bandwidth_basis": text(120, optional=True),
        "scale_up_domain": number(1, 1e5, optional=True),
        "power_kw_low": number(0.1, 1e6, optional=True),
        "power_kw": number(0.1, 1e6, optional=True),
        "power_kw_high": number(0.1, 1e6, optional=True),
        "power_basis": text(120, optional=True),
        "power_source_id": ref("sources", optional=True),
        "racks": number(1, 1e4, optional=True),
        "price_usd_low": number(1e4, 1e10, optional=True),
        "price_usd": number(1e4, 1e10, optional=True),
        "price_usd_high": number(1e4, 1e10, optional=True),
        "price_date": loose_date(optional=True),
        "price_confidence": word(*CONFIDENCES, optional=True),
        "price_source_id": ref("sources", optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "models": {
        "model": name(),
        "release_date": day("2023-01-01", "2027-12-31"),
        "release_precision": word("day", "month", "quarter"),
        "lab": text(40),
        "country": word("CN", "US", "FR"),
        "technique": text(60),
        "attention": word("gqa", "mla", "compressed", optional=True),
        **counts(
            "n_layers hidden_size vocab_size n_heads n_kv_heads head_dim v_head_dim q_lora_rank kv_lora_rank "
            "qk_nope_head_dim qk_rope_head_dim nope_layers sliding_layers sliding_window sliding_kv_heads"
        ),
        "linear": word("kda", "gated_delta", "lightning", optional=True),
        **counts("linear_layers linear_heads linear_key_heads linear_head_dim"),
        "low_rank_gate": flag(),
        **counts(
            "index_heads index_head_dim index_topk csa_layers hca_layers o_groups o_lora_rank residual_streams "
            "ffn_dense_size moe_layers n_experts n_shared_experts top_k ffn_expert_size moe_latent_dim"
        ),
        "tied_embeddings": flag(),
        "attention_bias": word("none", "qkv", "qkvo"),
        "ffn_bias": flag(),
        "qk_norm": word("none", "head", "all"),
        "attention_sinks": flag(),
        "router_bias": flag(),
        "shared_gate": flag(),
        "output_gate": flag(),
        "norms_per_layer": number(1, 10),
        "packed_entry_bytes": number(1, 10_000, optional=True),
        "packed_index_bytes": number(0, 10_000),
        "packed_token_bytes": number(1, 1e6, optional=True),
        "published_total_b": number(0.1, 10_000),
        "published_active_b": number(0.1, 10_000),
        "active_counted": word("all", "no_input_embedding", "no_embeddings", "not stated"),
        "pretrain_tokens_t": number(0.01, 1000, optional=True),
        "train_gpu_hours_m": number(0.001, 1000, optional=True),
        "train_gpu": text(60, optional=True),
        "weight_format": text(60, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "published_results": {
        "result_id": slug(key=True),
        "subject": text(60),
        "quantity": text(120),
        "low": number(0, optional=True),
        "value": number(0),
        "high": number(0, optional=True),
        "unit": text(60),
        "inputs": text(200, optional=True),
        "kind": word("counted", "measured", "fitted", "stated", "derived"),
        "published": day("2019-01-01", "2027-12-31"),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "volumes": {
        "volume_id": slug(key=True),
        "series": slug(),
        "entity": text(60),
        "metric": text(80),
        "period_label": text(30),
        "period_kind": word("quarter", "half", "year", "other"),
        "period_start": day("2020-01-01", "2030-12-31"),
        "period_end": day("2020-01-01", "2030-12-31"),
        "unit": word("USD billion", "CNY billion", "units", "dies", "stacks", "systems", "wafers per month", "percent"),
        "low": number(0, optional=True),
        "central": number(0, optional=True),
        "high": number(0, optional=True),
        "basis": text(90, optional=True),
        "nature": word("counted", "derived", "estimate", "forecast", "plan", "claim"),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "papers": {
        "paper_id": slug(key=True),
        "date": day("2017-01-01", "2028-12-31"),
        "lab": text(60),
        "home": word(*HOMES),
        "title": text(200),
        "family": word(*FAMILIES),
        "technique": text(90),
        "claim": text(300),
        "baseline": text(90, optional=True),
        "hardware": text(80, optional=True),
        "hardware_kind": word(*HARDWARE_KINDS),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
    },
    "scaling_fits": {
        "fit_id": slug(key=True),
        "form": word("parametric", "power law"),
        "e": number(0, 10, optional=True),
        "a": number(0),
        "b": number(0),
        "alpha": number(0, 2, optional=True),
        "beta": number(0, 2, optional=True),
        "unit": text(40),
        "range_low": number(0, optional=True),
        "range_high": number(0, optional=True),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
        "note": text(200, optional=True),
    },
    "progress_estimates": {
        "estimate_id": slug(key=True),
        "date": day(),
        "quantity": word(
            "training compute for equal loss",
            "total gain in training",
            "price for equal score",
            "training cost for equal quality",
            "serving efficiency",
            "one method",
            "one generation",
        ),
        "value": number(0, optional=True),
        "low": number(0, optional=True),
        "high": number(0, optional=True),
        "unit": word("months to halve", "times a year", "times"),
        "interval_kind": text(60),
        "period": text(40),
        "scale": text(90),
        "who": text(60),
        "interest": text(90),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
        "note": text(200, optional=True),
    },
    "capability_gaps": {
        "gap_id": slug(key=True),
        "date": day(),
        "kind": word(*GAP_KINDS),
        "measure": text(60),
        "compares": text(80),
        "value": number(0),
        "low": number(0, optional=True),
        "high": number(0, optional=True),
        "unit": word("months", "index points", "Arena points", "per cent of a score"),
        "interval_kind": text(60),
        "who": text(60),
        "interest": text(90),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(200, optional=True),
    },
    "index_scores": {
        "model": name(),
        "maker": text(60),
        "home": word(*HOMES),
        "released": day(),
        "index": word("CAISI"),
        "score": number(),
        "low": number(optional=True),
        "high": number(optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "note": text(200, optional=True),
    },
    "adoptions": {
        "adoption_id": slug(key=True),
        "idea": text(60),
        "from_lab": text(60),
        "from_home": word(*HOMES),
        "to_model": text(60),
        "to_lab": text(60),
        "to_home": word(*HOMES),
        "date": day(),
        "date_precision": word("day", "month", "quarter", "year"),
        "kind": word(*ADOPTION_KINDS),
        "evidence": text(200),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
    },
    "causes": {
        "cause_id": slug(key=True),
        "date": day("2017-01-01", "2028-12-31"),
        "side": word("for", "against", "contested"),
        "claim": text(300),
        "hardware": text(60),
        "who": text(60),
        "interest": text(90),
        "limit": text(220),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
    },
    "responses": {
        "action_id": ref("events"),
        "response_id": ref("events"),
        "link": word(*LINKS),
        "note": text(400),
        "source_id": ref("sources", optional=True),
    },
    "nodes": {
        "row_id": slug(key=True),
        "vendor": text(30),
        "node": text(20),
        "parameter": word(
            "wafer_price_usd",
            "wafer_cost_usd",
            "d0_per_cm2",
            "peak_logic_density_mtr_per_mm2",
            "whole_chip_density_mtr_per_mm2",
            "metal_pitch_nm",
            "euv_layers",
            "relative_power",
            "volume_start",
        ),
        "role": word("range", "published"),
        "low": number(0, optional=True),
        "central": number(0),
        "high": number(0, optional=True),
        "unit": text(40),
        "as_of": day("2000-01-01"),
        "relative_to": text(30, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "cset_nodes": {
        "node": name(),
        "mass_production": day("2000-01-01"),
        "density_mtr_per_mm2": number(0.1, 1000, optional=True),
        "capital_invested_usd": number(0, 1e6, optional=True),
        "capital_consumed_usd": number(0, 1e6, optional=True),
        "other_costs_usd": number(0, 1e6, optional=True),
        "wafer_price_usd": number(0, 1e6),
        "chip_price_usd": number(0, 1e6),
        "design_cost_usd": number(0, 1e6, optional=True),
        "atp_cost_usd": number(0, 1e6, optional=True),
        "total_cost_usd": number(0, 1e6, optional=True),
        "price_confidence": word(*CONFIDENCES),
        "capital_confidence": word(*CONFIDENCES, optional=True),
        "density_confidence": word(*CONFIDENCES, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "note": text(300, optional=True),
    },
    "scanners": {
        "tool": name(),
        "light": word("193 nm immersion", "EUV", "EUV, high NA"),
        "wavelength_nm": number(10, 400),
        "numerical_aperture": number(0.1, 1.5),
        "wafers_per_hour": number(10, 500),
        "price_meur_low": number(1, 1000),
        "price_meur_central": number(1, 1000),
        "price_meur_high": number(1, 1000),
        "price_basis": text(160),
        "china_sales": text(90),
        "china_since": day(),
        "china_source_id": ref("sources"),
        "as_of": day(),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "patterning": {
        "scheme": name(),
        "words": text(60),
        "pitch_division": number(1, 8),
        "exposures": number(1, 8),
        "cuts_low": number(0, 8),
        "cuts_central": number(0, 8),
        "cuts_high": number(0, 8),
        "depositions": number(0, 20),
        "etches": number(0, 20),
        "cleans": number(0, 20),
        "measurements": number(0, 20),
        "aligned_exposures": number(0, 8),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "training_runs": {
        "run_id": slug(key=True),
        "model": text(60),
        "developer": text(60),
        "home": word("US", "CN"),
        "stage": word(
            "pre-training",
            "context extension",
            "post-training",
            "reinforcement learning",
            "data creation",
            "whole run",
            "speed",
            "fleet",
        ),
        "date": day("2020-01-01", "2030-12-31"),
        "active_parameters_b": number(0.01, 1e5, optional=True),
        "tokens_t": number(1e-6, 1e4, optional=True),
        "hours_k": number(1e-3, 1e9, optional=True),
        "gpus": number(1, 1e8, optional=True),
        "tokens_per_second_m": number(1e-6, 1e6, optional=True),
        "chip": named("chips", optional=True),
        "usd_per_gpu_hour": number(0, 1e4, optional=True),
        "cost_usd_m_low": number(0, 1e6, optional=True),
        "cost_usd_m": number(0, 1e6, optional=True),
        "cost_usd_m_high": number(0, 1e6, optional=True),
        "cost_cny_m": number(0, 1e6, optional=True),
        "mfu_percent_low": number(0, 100, optional=True),
        "mfu_percent_high": number(0, 100, optional=True),
        "official": flag(),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "training_shares": {
        "share_id": slug(key=True),
        "quantity": text(90),
        "of_what": text(90),
        "percent_low": number(0, 1000, optional=True),
        "percent": number(0, 1000),
        "percent_high": number(0, 1000, optional=True),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "rental_prices": {
        "price_id": slug(key=True),
        "chip": named("chips"),
        "place": word("world", "China"),
        "date": loose_date(),
        "basis": word("on demand", "contract", "assumed", "implied"),
        "usd_per_gpu_hour_low": number(0, 1e4, optional=True),
        "usd_per_gpu_hour": number(0, 1e4),
        "usd_per_gpu_hour_high": number(0, 1e4, optional=True),
        "as_printed": text(90),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "electricity": {
        "row_id": slug(key=True),
        "place": text(60),
        "country": word("US", "CN"),
        "metric": word(
            "price",
            "price_subsidised",
            "cut",
            "below_coast",
            "below_elsewhere",
            "share_of_operating_cost",
            "extra_energy_per_token",
            "wind_solar_added",
            "capacity_installed",
            "capacity_factor",
            "data_centre_use",
            "pue_rule",
        ),
        "low": number(0, optional=True),
        "central": number(0, optional=True),
        "high": number(0, optional=True),
        "unit": word("USD per kWh", "per cent", "GW", "TWh", "ratio", "share"),
        "as_of": loose_date(),
        "customers": text(60, optional=True),
        "source_id": ref("sources", optional=True),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "cluster_blocks": {
        "block": name(),
        "chip": named("chips"),
        "system": named("systems", optional=True),
        "it_power_kw_low": number(0.05, 1e4, optional=True),
        "it_power_kw": number(0.05, 1e4, optional=True),
        "it_power_kw_high": number(0.05, 1e4, optional=True),
        "power_basis": text(160, optional=True),
        "power_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "cluster_parameters": {
        "parameter_id": slug(key=True),
        "parameter": slug(),
        "applies_to": word("all", "card", "US", "CN"),
        "low": number(0),
        "central": number(0),
        "high": number(0),
        "unit": text(40),
        "as_of": loose_date(),
        "basis": word("published", "assumed"),
        "source_id": ref("sources", optional=True),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300),
    },
    "supply_scenarios": {
        "scenario_id": slug(key=True),
        "name": text(40),
        "year": number(2024, 2030),
        "wafers_per_month": number(0, 1e6),
        "dies_per_wafer": number(1, 1e5),
        "die_yield": number(0, 1),
        "dies_per_chip": number(1, 100),
        "banked_dies": number(0, 1e9),
        "hbm_stacks": number(0, 1e10),
        "stacks_per_chip": number(1, 100),
        "packages": number(0, 1e10),
        "package_yield": number(0, 1),
        "published_chips": number(0, 1e9, optional=True),
        "ours": text(120),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400),
    },
    "process_costs": {
        "item": name(),
        "low": number(0),
        "central": number(0),
        "high": number(0),
        "unit": text(40),
        "source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300),
    },
    "smic_evidence": {
        "evidence_id": slug(key=True),
        "subject": text(60),
        "process": word(
            "SMIC 7 nm class",
            "SMIC 5 nm class",
            "SMIC advanced",
            "China advanced",
            "TSMC 7 nm class",
            "TSMC 5 nm class",
        ),
        "metric": word(
            "yield",
            "yield_goal",
            "yield_relative_to_tsmc",
            "scrap",
            "defect_density",
            "price_premium",
            "wafer_price",
            "unit_price",
            "die_area",
            "die_width",
            "die_height",
            "cores",
            "active_cores",
            "dies_per_wafer",
            "dies_per_package",
            "packaging_loss",
            "die_bank",
            "die_origin",
            "capacity",
            "capacity_target",
            "wafer_starts",
        ),
        "low": number(0, optional=True),
        "value": number(0, optional=True),
        "high": number(0, optional=True),
        "unit": text(40),
        "as_of": day("2018-01-01", "2028-12-31"),
        "claimed_by": text(90),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(300, optional=True),
    },
    "bill_of_materials": {
        "bom_id": slug(key=True),
        "product": text(60),
        "period": text(20),
        "as_of": day("2020-01-01", "2028-12-31"),
        "component": word("logic", "memory", "packaging", "assembly losses", "other"),
        "usd_low": number(0, 1e6, optional=True),
        "usd": number(0, 1e6, optional=True),
        "usd_high": number(0, 1e6, optional=True),
        "share_low": number(0, 100, optional=True),
        "share": number(0, 100, optional=True),
        "share_high": number(0, 100, optional=True),
        "source_id": ref("sources"),
        "confidence": word(*CONFIDENCES),
        "note": text(200, optional=True),
    },
    "course_map": {
        "notebook": slug(key=True),
        "subject": text(20),
        "title": text(80),
        "question": text(120),
        "minutes": number(5, 120),
        "edition": word("here", "planned"),
        "outcome": text(200),
    },
    "glossary": {
        "term": text(60),
        "meaning": text(420),
        "met_in": ref("course_map", many=True),
    },
    "serving_measured": {
        "case_id": slug(key=True),
        "words": text(60),
        "chip": named("chips"),
        "model": named("models"),
        "phase": word("decode", "prefill", "both"),
        "group": number(1, 1e5),
        "kind": word("measured", "stated"),
        "tokens_per_s": number(1, 1e6),
        "batch": number(1, 1e6),
        "context_tokens": number(1, 1e8),
        "output_tokens": number(1, 1e8, optional=True),
        "bits": word("4", "8", "16"),
        "attention_bits": word("4", "8", "16"),
        "kv_bits": number(1, 32),
        "drafts": number(0, 100),
        "tokens_per_step": number(1, 100),
        "others_bound": number(1, 1e6, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "api_prices": {
        "price_id": slug(key=True),
        "provider": text(40),
        "home": word("US", "CN"),
        "model": text(60),
        "date": day("2020-01-01", "2030-12-31"),
        "date_kind": word("announced", "first seen", "in place by", "checked"),
        "status": word("list", "promotion", "peak hours"),
        "input_usd": number(0, 10_000),
        "hit_usd": number(0, 10_000, optional=True),
        "output_usd": number(0, 10_000, optional=True),
        "input_cny": number(0, 100_000, optional=True),
        "hit_cny": number(0, 100_000, optional=True),
        "output_cny": number(0, 100_000, optional=True),
        "level": text(60, optional=True),
        "source_id": ref("sources"),
        "second_source_id": ref("sources", optional=True),
        "confidence": word(*CONFIDENCES),
        "note": text(400, optional=True),
    },
    "rules/settings": {
        "setting": slug(key=True),
        "value": day(),
        "note": text(200),
    },
    "rules/vocabulary": {
        "field": word("paragraph", "review_policy", "rests_on", "confidence", "status"),
        "word": text(60),
        "group": word("free", "exception", "licence", "tariff", "open", optional=True),
        "strictness": number(0, 10, optional=True),
        "meaning": text(200),
    },
    "rules/versions": {
        "version_id": slug(key=True),
        "name": text(90),
        "instrument": word("regulation", "letter", "determination", "guidance", "tariff"),
        "status": word(*RULE_STATUSES),
        "published": day(),
        "effective_from": day(),
        "effective_to": day(optional=True),
        "compliance_from": day(),
        "citation": text(200),
        "url": url(),
        "confidence": word(*CONFIDENCES, "unverified"),
        "read": text(90),
        "what": text(420),
    },
    "rules/thresholds": {
        "threshold_id": slug(key=True),
        "rule": ref("rules/versions"),
        "role": word("item", "limit", "letter", "guidance", "tariff", "foundry"),
        "paragraph": text(30, optional=True),
        "effective_from": day(),
        "effective_to": day(optional=True),
        "exporters": text(200, optional=True),
        "products": text(200, optional=True),
        "tpp_ge": number(0, optional=True),
        "tpp_gt": number(0, optional=True),
        "tpp_lt": number(0, optional=True),
        "pd_ge": number(0, optional=True),
        "pd_lt": number(0, optional=True),
        "io_ge_gb_s": number(0, optional=True),
        "dram_ge_gb_s": number(0, optional=True),
        "dram_gt_gb_s": number(0, optional=True),
        "dram_lt_gb_s": number(0, optional=True),
        "dram_plus_io_ge_gb_s": number(0, optional=True),
        "mbd_gt_gb_s_per_mm2": number(0, optional=True),
        "mbd_lt_gb_s_per_mm2": number(0, optional=True),
        "datacenter": word("any", "yes", "no"),
        "confidence": word(*CONFIDENCES, "unverified"),
        "note": text(420, optional=True),
    },
    "rules/policies": {
        "policy_id": slug(key=True),
        "order": number(1),
        "rule": ref("rules/versions"),
        "paragraphs": text(90),
        "effective_from": day(),
        "effective_to": day(optional=True),
        "datacenter": word("any", "yes", "no"),
        "designer": word("any", "PRC"),
        "scope": text(60),
        "hq": word("any", "D5_MO", "A5_A6_US"),
        "shipped_from": word("any", "US"),
        "needs": ref("rules/thresholds", optional=True),
        "review_policy": text(60),
        "as_written": text(60, optional=True),
        "exceptions": text(60, optional=True),
        "rests_on": word("text", "letter", "guidance", "non-enforcement"),
        "confidence": word(*CONFIDENCES, "unverified"),
        "note": text(600, optional=True),
    },
    "rules/places": {
        "iso2": slug(key=True),
        "place": name(),
        "also": text(200, optional=True),
    },
    "rules/scopes": {
        "iso2": ref("rules/places"),
        "scope": slug(),
        "valid_from": day(),
        "valid_to": day(optional=True),
        "confidence": word(*CONFIDENCES, "unverified"),
        "source": text(120),
        "url": url(),
        "note": text(240, optional=True),
    },
}
