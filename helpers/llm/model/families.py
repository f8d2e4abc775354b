"""What a configuration file leaves to the code of its family: gates, biases, norms, ties, windows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Traits of the models of one `model_type`, as in their published code (transformers 5.23.0).

    Attributes
    ----------
    matrices : int
        Of a feed-forward layer: 3 with a gate, 2 without.
    tied : bool
        Whether the embeddings are one matrix when the file does not say.
    attention_bias : str
        "none", "qkv", "qkvo", or the word that a key of the file switches on.
    attention_key, ffn_key : tuple of str and bool, or None
        The key that switches the biases on, and its value when it is missing.
    ffn_bias : bool
    qk_norm : str
    qk_key : tuple of str and bool, or None
        The key that switches `qk_norm` on, and its value when it is missing.
    norms, outer_norms : int; norm_bias : bool
    output_bias : bool
    mha : bool
        As many key-value heads as heads when the file does not say.
    own_head : bool
        The size of a head must be given; it is not hidden_size / heads.
    ffn_times : int or None
        Width of a feed-forward layer in hidden sizes when the file does not say.
    window : {None, "all", "upper", 2, 4, 6}
        Which layers a window is for when no list of layers says so: none, all, those from `max_window_layers` on, or
        all but each second, fourth, sixth.
    experts : {None, "whole", "own", "llama4"}
        No experts; their width is intermediate_size; it has a key of its own; Llama 4.
    router_bias, shared_gate, sinks, output_gate : bool
    positions : (str, int) or None
        The key that holds the number of learned positions, and the rows added to it.
    latent, indexer : bool
        Always MLA; always an indexer of sparse attention.
    """

    matrices: int = 3
    tied: bool = False
    attention_bias: str = "none"
    attention_key: tuple[str, bool] | None = None
    ffn_bias: bool = False
    ffn_key: tuple[str, bool] | None = None
    qk_norm: str = "none"
    qk_key: tuple[str, bool] | None = None
    norms: int = 2
    outer_norms: int = 1
    norm_bias: bool = False
    output_bias: bool = False
    mha: bool = False
    own_head: bool = False
    ffn_times: int | None = None
    window: str | int | None = None
    experts: str | None = None
    router_bias: bool = False
    shared_gate: bool = False
    sinks: bool = False
    output_gate: bool = False
    positions: tuple[str, int] | None = None
    latent: bool = False
    indexer: bool = False


_ALL_BIASES = {"attention_bias": "qkvo", "ffn_bias": True, "norm_bias": True}
_OLD = {"matrices": 2, "mha": True, "ffn_times": 4, **_ALL_BIASES}
_SWITCHED = {"attention_bias": "qkvo", "attention_key": ("attention_bias", False), "ffn_key": ("mlp_bias", False)}
_QKV_KEY = {"attention_bias": "qkvo", "attention_key": ("attention_bias", False)}
_GLM = {"attention_bias": "qkv", "attention_key": ("attention_bias", True)}
_MLA = {"latent": True, **_QKV_KEY, "experts": "own", "mha": True}

FAMILIES = {
    # without a gate
    "gpt2": Family(**_OLD, tied=True, positions=("n_positions", 0)),
    "gpt_bigcode": Family(**_OLD, tied=True, positions=("n_positions", 0)),
    "opt": Family(**_OLD, tied=True, positions=("max_position_embeddings", 2)),
    "bloom": Family(**_OLD, tied=True, outer_norms=2),
    "gpt_neox": Family(**_OLD, attention_key=("attention_bias", True)),
    "gptj": Family(2, False, ffn_bias=True, norms=1, norm_bias=True, output_bias=True, mha=True, ffn_times=4),
    "phi": Family(**_OLD, norms=1, output_bias=True),
    "falcon": Family(2, True, "qkvo", ("bias", False), norm_bias=True, mha=True, ffn_times=4, ffn_key=("bias", False)),
    "starcoder2": Family(
        2, True, "qkvo", ("use_bias", True), ffn_key=("use_bias", True), norm_bias=True, window="all"
    ),
    "nemotron": Family(2, **_SWITCHED, norm_bias=True),
    "arcee": Family(2, **_SWITCHED),
    # with a gate
    "llama": Family(**_SWITCHED, mha=True),
    "granite": Family(**_SWITCHED, mha=True),
    "smollm3": Family(**_SWITCHED, tied=True, window="upper"),
    "mistral": Family(window="all"),
    "mixtral": Family(window="all", experts="whole"),
    "phi3": Family(window="all", mha=True),
    "stablelm": Family(attention_bias="qkv", attention_key=("use_qkv_bias", False), norm_bias=True, mha=True),
    "olmo": Family(attention_bias="qkvo", attention_key=("attention_bias", False), norms=0, outer_norms=0, mha=True),
    "olmo2": Family(**_QKV_KEY, qk_norm="all", mha=True),
    "olmoe": Family(**_QKV_KEY, qk_norm="all", mha=True, experts="whole"),
    "granitemoe": Family(**_QKV_KEY, experts="whole", mha=True),
    "gemma": Family(**_QKV_KEY, tied=True, own_head=True),
    "gemma2": Family(**_QKV_KEY, tied=True, own_head=True, norms=4, window=2),
    "gemma3_text": Family(**_QKV_KEY, tied=True, own_head=True, norms=4, window=6, qk_norm="head"),
    "cohere": Family(**_QKV_KEY, tied=True, norms=1, mha=True, qk_norm="all", qk_key=("use_qk_norm", False)),
    "cohere2": Family(**_QKV_KEY, tied=True, norms=1, mha=True, window=4),
    "qwen2": Family(attention_bias="qkv", window="upper"),
    "qwen2_moe": Family(
        attention_bias="qkv", attention_key=("qkv_bias", True), window="upper", experts="own", shared_gate=True
    ),
    "qwen3": Family(**_QKV_KEY, own_head=True, qk_norm="head", window="upper"),
    "qwen3_moe": Family(**_QKV_KEY, own_head=True, qk_norm="head", window="upper", experts="own"),
    "qwen3_next": Family(
        **_QKV_KEY, own_head=True, qk_norm="head", experts="own", shared_gate=True, output_gate=True
    ),
    "gpt_oss": Family(
        attention_bias="qkvo", attention_key=("attention_bias", True), ffn_bias=True, own_head=True, window=2,
        experts="whole", router_bias=True, sinks=True,
    ),
    "glm4_moe": Family(**_GLM, own_head=True, qk_norm="head", qk_key=("use_qk_norm", False), experts="own", router_bias=True),
    "minimax_m2": Family(own_head=True, qk_norm="all", qk_key=("use_qk_norm", True), experts="whole", router_bias=True),
    "llama4_text": Family(**_QKV_KEY, own_head=True, experts="llama4"),
    "deepseek": Family(**_QKV_KEY, experts="own", mha=True),
    "deepseek_v2": Family(**_MLA),
    "deepseek_v3": Family(**_MLA, router_bias=True),
    "deepseek_v32": Family(**_MLA, router_bias=True, indexer=True),
    "kimi_k2": Family(**_MLA, router_bias=True),
    "glm_moe_dsa": Family(**_MLA, router_bias=True, indexer=True),
}  # fmt: skip

# Keys that change no count: training, rotation, numerics, words and versions. Modules that predict further tokens are
# left out by the course, and weights are counted whatever their format.
HARMLESS = frozenset(
    """
    _name_or_path architectures auto_map model_type transformers_version torch_dtype dtype use_cache return_dict
    activation activation_function hidden_act hidden_activation quantization_config
    alibi apply_residual_connection_post_layernorm 
    attention_dropout attention_probs_dropout_prob attn_pdrop embd_pdrop resid_pdrop residual_dropout dropout
    hidden_dropout hidden_dropout_prob embedding_dropout classifier_dropout activation_dropout layerdrop
    attention_softmax_in_fp32 scale_attention_softmax_in_fp32 scale_attn_by_inverse_layer_idx scale_attn_weights
    reorder_and_upcast_attn bias_dropout_fusion inference_runner validate_runner_input pre_allocate_kv_cache
    max_batch_size max_sequence_length masked_softmax_fusion skip_bias_add skip_bias_add_qkv slow_but_exact
    unk_token_id bos_token_id eos_token_id pad_token_id sep_token_id decoder_start_token_id prefix
    init_std n_positions initializer_range initializer_factor initializer_cutoff_factor offset_alibi seq_length n_ctx max_position_embeddings
    model_max_length original_max_position_embeddings initial_context_length max_window_layers rope_theta rope_scaling
    rope_parameters rope_local_base_freq rope_interleave partial_rotary_factor rotary_pct rotary_dim rotary_emb_base
    rotary_percentage use_parallel_residual parallel_attn norm_type norm_epsilon norm_eps layer_norm_eps
    layer_norm_epsilon rms_norm_eps pretraining_tp gradient_checkpointing logit_scale logits_scaling
    embedding_multiplier residual_multiplier attention_multiplier attn_logit_softcapping final_logit_softcapping
    query_pre_attn_scalar cache_implementation router_aux_loss_coef aux_loss_alpha router_jitter_noise
    output_router_logits norm_topk_prob scoring_func topk_method topk_group n_group routed_scaling_factor seq_aux
    ep_size swiglu_limit experts_per_token num_nextn_predict_layers summary_activation summary_first_dropout
    summary_proj_to_labels summary_type summary_use_proj task_specific_params n_special predict_special_tokens
    no_rope_layer_interval no_rope_layers attn_temperature_tuning attn_scale floor_scale mamba_ssm_dtype
    for_llm_quantization clip_qkv id2label label2id
    chunk_size_feed_forward problem_type finetuning_task tokenizer_class resid_dropout
    scoring_function use_mtp num_mtp_modules mtp_transformer_layers use_sliding_window qk_head_dim indexer_rope_interleave
    torchscript use_flash_attn use_cache_quantization interleave_moe_layer_step use_routing_bias
    qk_norm_type attn_implementation _attn_implementation
    """.split()
)
