"""What a language model stores and computes for each token, worked out from its published configuration.

A `Model` holds the shape of a transformer (shape). From the shape follow, exactly, its number of parameters
(weights), the bytes of its key-value cache (cache) and the arithmetic for each token (arithmetic), for dense
models and mixtures of experts, and for attention that keeps everything (MHA, GQA, MQA), a compressed copy
(MLA), a selection (DSA), a window, a running summary (linear attention), compressed stretches (CSA, HCA), or
stretches, a selection and a window at once (NSA). `from_config` reads a published configuration file.

`model` and `models` read ``data/models.csv`` through ``helpers.core.data``; the rest is arithmetic.
Function arguments called `model` take a `Model` or the name of one in the table.
"""

from helpers.core.limits import guard
from helpers.llm.model.arithmetic import MLA_FORMS, MODES, attention_flops_per_token, flops_per_token
from helpers.llm.model.cache import PACKED, STATE_BITS, kv_bytes, kv_bytes_per_token, kv_read_bytes, state_bytes
from helpers.llm.model.config import from_config
from helpers.llm.model.shape import ATTENTION, BIASES, LINEAR, QK_NORMS, Model, model, models
from helpers.llm.model.weights import CONVENTIONS, Parameters, active_parameters, parameters, weight_bytes

__all__ = [
    "ATTENTION",
    "BIASES",
    "CONVENTIONS",
    "LINEAR",
    "MLA_FORMS",
    "MODES",
    "PACKED",
    "QK_NORMS",
    "STATE_BITS",
    "Model",
    "Parameters",
    "active_parameters",
    "attention_flops_per_token",
    "flops_per_token",
    "from_config",
    "kv_bytes",
    "kv_bytes_per_token",
    "kv_read_bytes",
    "model",
    "models",
    "parameters",
    "state_bytes",
    "weight_bytes",
]

guard(globals())
