"""Questions of `30_kv_cache` whose numbers vary by a seed."""

from __future__ import annotations

import pandas as pd

from helpers.core import data
from helpers.course.bank.asking import Ask, Bank, Most
from helpers.llm import model as llm


def _counted() -> pd.DataFrame:
    """The models whose cache can be counted: their attention is published."""
    table = data.load("models")
    return table[table["attention"].notna() & (table["attention"] != "")]


def cached() -> pd.DataFrame:
    """The models with the bytes that a token adds to the cache, in 16 bits."""
    names = _counted()["model"]
    return pd.DataFrame({"model": names, "kb": [float(llm.kv_bytes_per_token(n)) / 1e3 for n in names]}).query("kb > 0")


def grouped() -> pd.DataFrame:
    """Models whose every layer keeps keys and values of heads, and nothing else."""
    table = _counted().set_index("model")
    made = []
    for name, row in table.iterrows():
        plain = (
            2 * row["n_layers"] * row["n_kv_heads"] * row["head_dim"] * 2
            if pd.notna(row["n_kv_heads"]) and pd.notna(row["head_dim"])
            else 0
        )
        if plain and float(llm.kv_bytes_per_token(name)) == plain:
            made.append(
                {
                    "model": name,
                    "layers": int(row["n_layers"]),
                    "heads": int(row["n_kv_heads"]),
                    "queries": int(row["n_heads"]),
                    "size": int(row["head_dim"]),
                }
            )
    return pd.DataFrame(made)


def _one(r):
    return grouped().iloc[r.randrange(len(grouped()))].to_dict()


def _pair(r):
    rows = cached()
    old, new = rows.iloc[sorted(r.sample(range(len(rows)), 2), key=lambda n: -rows["kb"].iloc[n])].itertuples()
    return {"old": old.model, "new": new.model, "more": old.kb, "less": new.kb}


QUESTIONS: Bank = {
    "30": (
        Most("most", "For which of these models does one more token add most to the cache?", cached, "model", "kb", "kB a token", count=2),
        Ask(
            "token", "{model} has {layers} layers, {heads} key-value heads of {size} numbers, and {queries} heads that ask. By how much does one token lengthen its cache in 16 bits?", _one,
            lambda model, **_: float(llm.kv_bytes_per_token(model)) / 1e3, "kB (1,000 bytes)",
            {
                "forgot that keys and values are two": lambda layers, heads, size, **_: layers * heads * size * 2 / 1e3, "counted the heads that ask": lambda layers, queries, size, **_: 2 * layers * queries * size * 2 / 1e3,
                "counted one layer": lambda heads, size, **_: 2 * heads * size * 2 / 1e3,
            },
            "Two (key and value) times layers times key-value heads times their size times two bytes.",
        ),
        Ask(
            "saved", "One token adds {more:.1f} kB to the cache of {old} and {less:.1f} kB to that of {new}. How much is saved?", _pair,
            lambda old, new, **_: 100 * (1 - float(llm.kv_bytes_per_token(new)) / float(llm.kv_bytes_per_token(old))), "%",
            {"gave what is left": lambda more, less, **_: 100 * less / more, "divided by the smaller": lambda more, less, **_: 100 * (more / less - 1)},
            "1 minus new over old.",
        ),
        Ask(
            "long", "One token adds {kb:.1f} kB to the cache of {model}. How large is the cache of {tokens:,} tokens, if it only grows evenly?",
            lambda r: {**(lambda row: {"model": row.model, "kb": row.kb})(cached().iloc[r.randrange(len(cached()))]), "tokens": r.choice(range(16_000, 128_001, 8_000))},
            lambda model, kb, tokens: float(llm.kv_bytes_per_token(model)) * tokens / 1e9, "GB",
            {"took 8 bits for 16": lambda kb, tokens, **_: kb * tokens / 2e6, "took kB for MB": lambda kb, tokens, **_: kb * tokens / 1e3, "counted keys and values again": lambda kb, tokens, **_: 2 * kb * tokens / 1e6},
            "Bytes of a token times tokens.",
        ),
    ),
}  # fmt: skip
