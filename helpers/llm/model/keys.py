"""The keys of a configuration file: what stands under them, by any of their usual names, or a refusal by name."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Mapping
from typing import Any

from helpers.llm.model.shape import MOST

_LONGEST = 1_000_000  # characters of a file
ALIASES = {
    "hidden_size": ("hidden_size", "n_embd", "n_embed", "d_model"),
    "n_layers": ("num_hidden_layers", "n_layer", "n_layers", "num_layers"),
    "n_heads": ("num_attention_heads", "n_head", "n_heads"),
    "n_kv_heads": ("num_key_value_heads", "num_kv_heads", "n_head_kv"),
    "ffn": ("intermediate_size", "ffn_dim", "n_inner", "ffn_hidden_size"),
    "n_experts": ("num_local_experts", "num_experts", "n_routed_experts"),
    "head_dim": ("head_dim", "kv_channels"),
}


class Config:
    """A configuration, and which of its keys were read."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.read: set[str] = set()

    def value(self, *keys: str, default: Any = None) -> Any:
        """The value under one of the keys; two keys that disagree are refused."""
        self.read.update(keys)
        found = {key: self.given[key] for key in keys if self.given.get(key) is not None}
        if len({json.dumps(v, sort_keys=True, default=repr) for v in found.values()}) > 1:
            told = " and ".join(f"{key} = {reprlib.repr(value)}" for key, value in found.items())
            raise ValueError(f"config: {told} are the same thing and differ.")
        return next(iter(found.values()), default)

    def whole(self, *keys: str, default: int | None = None, low: int = 0) -> int | None:
        found = self.value(*keys, default=default)
        if found is None:
            return None
        key = next((k for k in keys if k in self.given), keys[0])
        if isinstance(found, bool) or not isinstance(found, int) or not low <= found <= MOST:
            raise ValueError(f"config: {key} = {reprlib.repr(found)} is not a whole number from {low} to {MOST:,}.")
        return found

    def needed(self, *keys: str, low: int = 1) -> int:
        found = self.whole(*keys, low=low)
        if found is None:
            raise ValueError(f"config: the key {keys[0]!r} is missing, and this model_type needs it.")
        return found

    def yes(self, key: str, default: bool) -> bool:
        found = self.value(key, default=default)
        if not isinstance(found, bool):
            raise ValueError(f"config: {key} = {reprlib.repr(found)} is not true or false.")
        return found

    def must_be(self, key: str, *allowed: Any) -> None:
        """Refuse a key whose value asks for what a shape cannot hold."""
        found = self.value(key)
        if found is not None and found not in allowed:
            raise ValueError(
                f"config: {key} = {reprlib.repr(found)} cannot be represented; its valid values are"
                f" {', '.join(map(repr, allowed))}."
            )


def mapping(config: Mapping[str, Any] | str) -> Mapping[str, Any]:
    if isinstance(config, str):
        if len(config) > _LONGEST:
            raise ValueError(f"config = a text of {len(config):,} characters; at most {_LONGEST:,} are read.")
        try:
            config = json.loads(config, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"config is not a JSON text: {str(error)[:150]}.") from None
    if not isinstance(config, Mapping):
        raise ValueError(f"config = {reprlib.repr(config)} is neither a mapping nor a JSON text of one.")
    try:
        return json.loads(json.dumps(dict(config)))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"config holds what no JSON file can hold: {str(error)[:120]}.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {reprlib.repr(key)} stands there twice")
        found[key] = value
    return found
