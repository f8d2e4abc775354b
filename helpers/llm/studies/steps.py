"""One model of the shape of DeepSeek-V3, its attention changed one step at a time; and what that asks of a chip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

import pandas as pd

from helpers.core.limits import one_of, whole
from helpers.llm import model as llm
from helpers.llm.studies import doors

STEPS = {
    "MHA": "every head keeps its own",
    "MQA": "all heads share one",
    "GQA": "heads share in groups",
    "MLA": "one compressed entry",
    "DSA": "and read a selection",
    "Linear 3:1": "three layers of four keep a table",
}
PLAIN = dict(zip(STEPS, ("Own rows", "One row", "Group rows", "Compressed", "Selected", "Folded")))
LONG = 131_072  # tokens: the length at which the course compares


def stepped(groups: int = 8, latent: int = 512) -> dict[str, llm.Model]:
    """One model of the shape of DeepSeek-V3 with its attention changed one step at a time.

    Parameters
    ----------
    groups : int
        Key-value heads in the step GQA.
    latent : int
        Numbers in the compressed entry from the step MLA on; the rotary part of 64 comes on top.

    Returns
    -------
    dict of str to Model
        By the names of `STEPS`, in their order.

    Examples
    --------
    >>> stepped()["MQA"].n_kv_heads, stepped(latent=256)["MLA"].kv_lora_rank
    (1, 256)
    """
    groups, latent = whole("groups", groups, 1, 128), whole("latent", latent, 1, 100_000)
    if 128 % groups:
        raise ValueError(f"groups = {groups} does not divide the 128 heads; each group serves as many.")
    return _stepped(groups, latent)


@cache
def _stepped(groups: int, latent: int) -> dict[str, llm.Model]:
    v3 = llm.model("DeepSeek-V3")
    latent_fields = dict.fromkeys(("q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim"))
    mha = replace(v3, name="MHA", attention="gqa", n_kv_heads=v3.n_heads, head_dim=128, **latent_fields)
    mla = replace(v3, name="MLA", kv_lora_rank=latent)
    linear = {"linear": "kda", "linear_layers": 46, "linear_heads": v3.n_heads, "linear_head_dim": 128}
    return {
        "MHA": mha,
        "MQA": replace(mha, name="MQA", n_kv_heads=1),
        "GQA": replace(mha, name="GQA", n_kv_heads=groups),
        "MLA": mla,
        "DSA": replace(mla, name="DSA", index_heads=64, index_head_dim=128, index_topk=2048),
        "Linear 3:1": replace(mla, name="Linear 3:1", low_rank_gate=True, **linear),
    }


@dataclass(frozen=True)
class Kept:
    """What one conversation keeps at one step, in bytes.

    Attributes
    ----------
    step : str
        A name of `STEPS`.
    stored, read : float
        Of the whole cache; read for one more token.
    small_keys : float
        Part of both: keys of the indexer, which are all read.
    summaries : float
        Part of both: running summaries, which no length changes.
    """

    step: str
    stored: float
    read: float
    small_keys: float = 0.0
    summaries: float = 0.0

    @property
    def entries(self) -> float:
        """Stored keys and values, or compressed entries: all but small keys and summaries."""
        return self.stored - self.small_keys - self.summaries

    @property
    def entries_read(self) -> float:
        """The part of `entries` that is read for one more token."""
        return self.read - self.small_keys - self.summaries


def kept(context: int = LONG, bits: int = 16, groups: int = 8, latent: int = 512) -> dict[str, Kept]:
    """Bytes that one conversation stores and reads, at every step.

    Parameters
    ----------
    context : int
        Tokens in the conversation.
    bits : int
        Of each stored number; summaries keep 32.
    groups, latent : int
        As in `stepped`.

    Returns
    -------
    dict of str to Kept
        By the names of `STEPS`.

    Examples
    --------
    >>> {step: round(k.stored / 1e9, 1) for step, k in kept().items()}
    {'MHA': 524.0, 'MQA': 4.1, 'GQA': 32.7, 'MLA': 9.2, 'DSA': 11.3, 'Linear 3:1': 2.7}
    >>> round(kept()["DSA"].read / 1e9, 2)
    2.19
    """
    doors.tokens(context)
    doors.number("bits", bits, 1, 32, "bits")
    stepped(groups, latent)  # refuses what cannot be
    return dict(_kept(context, bits, groups, latent))


@lru_cache(maxsize=64)
def _kept(context: int, bits: int, groups: int, latent: int) -> dict[str, Kept]:
    found = {}
    for step, m in stepped(groups, latent).items():
        whole = float(llm.kv_bytes(m, context, bits))
        without = float(llm.kv_bytes(m.without("index_heads"), context, bits))
        found[step] = Kept(
            step,
            whole,
            float(llm.kv_read_bytes(m, context, bits)),
            small_keys=whole - without,
            summaries=float(llm.kv_bytes(m, 0, bits)),
        )
    return found


@dataclass(frozen=True)
class Waiting:
    """One more token of one conversation: what is read, what is computed, and how long each takes a node.

    Attributes
    ----------
    read : float
        Bytes of cache.
    operations_a_byte, offered_a_byte : float
        Multiplications and additions that attention does with a byte, and that the chip can do in the time of reading one.
    reading_ms, computing_ms : float
        On all chips together, at full speed.
    chips_to_hold : float
        Chips whose whole memory the cache alone would fill.
    """

    read: float
    operations_a_byte: float
    offered_a_byte: float
    reading_ms: float
    computing_ms: float
    chips_to_hold: float


def waiting(frame: pd.DataFrame, chip: str = "H800 SXM5 80GB", together: int = 8, context: int = LONG) -> Waiting:
    """Plain attention (the step MHA) on one node: which of memory and arithmetic waits for the other.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    chip : str
        A name of that table.
    together : int
        Chips that share the work.
    context : int
        Tokens already there.

    Returns
    -------
    Waiting
    """
    doors.frame("frame", frame, "chip", "memory_gb", "fp16_bf16_tflops_dense", "memory_bandwidth_gb_s")
    one_of("chip", chip, list(frame["chip"]))
    doors.number("together", together, 1, 1e6, "chips")
    doors.tokens(context, 1)
    spec, mha = frame.set_index("chip").loc[chip], stepped()["MHA"]
    tflops, bandwidth = spec["fp16_bf16_tflops_dense"], spec["memory_bandwidth_gb_s"]
    read = float(llm.kv_read_bytes(mha, context))
    operations = float(llm.attention_flops_per_token(mha, context))
    return Waiting(
        read,
        operations / read,
        float(tflops * 1000 / bandwidth),
        float(1e3 * read / (together * bandwidth * 1e9)),
        float(1e3 * operations / (together * tflops * 1e12)),
        read / float(spec["memory_gb"] * 1e9),
    )


@dataclass(frozen=True)
class InTheLatent:
    """What working in the compressed form costs and brings.

    Attributes
    ----------
    times_the_arithmetic : float
        Of attention with keys and values written out.
    operations_a_byte : float
        Done with each byte of cache read.
    """

    times_the_arithmetic: float
    operations_a_byte: float


def in_the_latent(name: str = "DeepSeek-V3", context: int = LONG) -> InTheLatent:
    """Arithmetic of a model with MLA that works in the latent, against writing keys and values out.

    Parameters
    ----------
    name : str
        A name of ``llm.models`` with MLA.
    context : int
        Tokens already there.

    Returns
    -------
    InTheLatent

    Examples
    --------
    >>> in_the_latent().times_the_arithmetic
    3.4
    """
    doors.known("name", name)
    doors.tokens(context, 1)
    expand, absorb = (float(llm.attention_flops_per_token(name, context, mla=form)) for form in ("expand", "absorb"))
    return InTheLatent(absorb / expand, absorb / float(llm.kv_read_bytes(name, context)))


def intensity(frame: pd.DataFrame, context: int = LONG) -> pd.DataFrame:
    """Arithmetic for each byte: what four kinds of attention ask for, and what three chips offer.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    context : int
        Tokens already there.

    Returns
    -------
    DataFrame
        Index: the kind of attention, or the chip; columns side ("asks for" or "offers"), low, central
        and high (operations a byte of 16-bit cache; a chip's from its lowest and highest figures in print).
    """
    doors.frame("frame", frame, "chip", "fp16_bf16_tflops_dense", "memory_bandwidth_gb_s")
    doors.tokens(context, 1)
    asked = {
        name: float(llm.attention_flops_per_token(m, context) / llm.kv_read_bytes(m, context))
        for name, m in list(stepped().items())[:4]
    }
    chips = frame.set_index("chip").loc[["H20 96GB", "Ascend 910C", "H800 SXM5 80GB"]]
    rate, bandwidth = "fp16_bf16_tflops_dense", "memory_bandwidth_gb_s"
    offers = 1000 * pd.DataFrame(
        {
            "low": chips[f"{rate}_low"] / chips[f"{bandwidth}_high"],
            "central": chips[rate] / chips[bandwidth],
            "high": chips[f"{rate}_high"] / chips[f"{bandwidth}_low"],
        }
    )
    offers.index = [chip.replace(" SXM5 80GB", "").replace(" 96GB", "") for chip in chips.index]
    asks = pd.DataFrame(dict.fromkeys(offers.columns, asked)).sort_values("central", kind="stable")
    return pd.concat([asks.assign(side="asks for"), offers.assign(side="offers")])


def summary_in_entries(context: int = LONG, bits: int = 16, latent: int = 512) -> float:
    """The fixed summary of one linear layer, as a multiple of the entries that one latent layer keeps.

    Parameters
    ----------
    context, bits, latent : int
        As in `kept`; `context` 1 or more.

    Returns
    -------
    float
        Below 1 the summary is the smaller of the two.

    Examples
    --------
    >>> round(summary_in_entries(), 3), round(summary_in_entries(1024), 1)
    (0.058, 7.4)
    """
    doors.tokens(context, 1)
    m, found = stepped(latent=latent)["Linear 3:1"], kept(context, bits, latent=latent)["Linear 3:1"]
    return (found.summaries / m.linear_layers) / (found.entries / m.full_layers)
