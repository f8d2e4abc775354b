"""What the exercises of `30_kv_cache` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.llm import model as llm
from helpers.llm import studies

EXERCISES: dict[str, Exercise] = {
    "30-1": Exercise(
        expected=lambda: llm.kv_bytes_per_token("Moonlight-16B-A3B"),
        unit="bytes for each token",
        hints=(
            "Each layer files one latent for a token, key and value in one, and one position part, and nothing else.",
            "Bytes = layers x (latent + position part) x bytes for each number.",
            "moon.n_layers * (moon.kv_lora_rank + moon.qk_rope_head_dim) * ...",
        ),
        slips=(8, 1000, 1024),
    ),
    "30-2": Exercise(
        expected=lambda: (
            100 * (1 - llm.kv_bytes_per_token("DeepSeek-V3") / 2 / llm.kv_bytes_per_token("Llama-3.1-405B"))
        ),
        unit="per cent",
        hints=(
            "Half the bits are half the bytes.",
            "Saved = 1 - new / old, in per cent.",
            '100 * (1 - llm.kv_bytes_per_token("DeepSeek-V3") / 2 / ...)',
        ),
    ),
    "30-3": Exercise(
        expected=lambda: float(studies.sequences_that_fit("Moonlight-16B-A3B", 96, studies.LONG, 16, 16, used=1)),
        unit="whole conversations",
        hints=(
            "First the weights, then as many whole caches as fit into what is left.",
            "(memory - weights) / cache of one conversation, rounded down.",
            '(96e9 - llm.weight_bytes("Moonlight-16B-A3B", 16)) // ...',
        ),
    ),
    "30-4": Exercise(
        expected=lambda: (lambda m: m.head_dim * m.n_heads / m.hidden_size)(llm.model("Qwen3-32B")),
        unit="a factor above 1",
        hints=(
            "The cache is proportional to the size of a head, and the calculator takes one that is too small.",
            "True size of a head over the size the calculator takes.",
            'qwen.head_dim / (...), with qwen = llm.model("Qwen3-32B")',
        ),
    ),
}
