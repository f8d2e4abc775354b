"""Numbers typed in the text of 30."""

from __future__ import annotations

from helpers.course import authoring
from helpers.llm import model as llm
from helpers.llm import studies
from tests.llm.table import PUBLISHED


def test_numbers_typed_in_the_prose_of_30_are_those_of_the_models():
    text = (authoring.SOURCE / "30_kv_cache.md").read_text(encoding="utf-8")
    split, kimi, pro = studies.v2_split(), llm.model("Kimi-Linear-48B-A3B"), llm.model("DeepSeek-V4-Pro")
    v3, llama = (llm.kv_bytes_per_token(name) for name in ("DeepSeek-V3", "Llama-3.1-405B"))
    moonlight, qwen = llm.kv_bytes("Moonlight-16B-A3B", 131072) / 1e9, llm.kv_bytes("Qwen3-8B", 131072) / 1e9
    typed = (
        f"MLA alone saves {split['saved'].iloc[1]:.1%} of the *numbers*",
        f"{split['saved'].iloc[2]:.1%} is {split['saved'].iloc[1]:.1%} of numbers saved",
        f"has {kimi.n_layers - kimi.linear_layers} such layers of {kimi.n_layers}",
        f"a window of the last {pro.sliding_window} tokens everywhere",
        f"{PUBLISHED['v41-flash-kv']:.0f} bytes, about a quarter of what we count for V4-Flash",
        f"27 × (512 + 64) × 2 = {llm.kv_bytes_per_token('Moonlight-16B-A3B'):,.0f} bytes",
        f"{v3 / 2:,.0f} bytes against {llama:,.0f}: {1 - v3 / 2 / llama:.1%}, of which fewer numbers alone make {1 - v3 / llama:.1%}",
        f"{llm.kv_bytes_per_token('DeepSeek-V3'):,.0f} against {llm.kv_bytes_per_token('Llama-3.1-405B'):,.0f} bytes",
        f"96 less {llm.weight_bytes('Moonlight-16B-A3B', 16) / 1e9:.1f} GB of weights, over {moonlight:.2f} GB each: 15",
        f"{96 - llm.weight_bytes('Qwen3-8B', 16) / 1e9:.1f} GB, and fits 4, since each conversation takes {qwen:.1f} GB",
        f"{81_559 * 2**20 / 80e9 - 1:.0%} more bytes than 10⁹ to the GB",
    )
    assert [words for words in typed if words not in text] == []
    for name in ("DeepSeek-V4-Pro", "DeepSeek-V4-Flash"):
        m = llm.model(name)
        assert 0.47 < m.csa_layers / m.n_layers < 0.53 and 0.46 < m.hca_layers / m.n_layers
