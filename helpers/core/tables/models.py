"""Language models, and the published results that tests hold the course to."""

from __future__ import annotations

from helpers.core.tables.columns import Col, counts, day, flag, name, number, ref, slug, text, word
from helpers.core.tables.vocabulary import CONFIDENCES

TABLES: dict[str, dict[str, Col]] = {
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
        "ffn_matrices": number(2, 3),
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
}
