"""Any two models of the table: their caches over the length of a conversation, and where they cross."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from helpers.core import data
from helpers.llm import model as llm
from helpers.llm.studies import doors

GRID = np.geomspace(256, 2**20, 45)  # tokens at which a line is drawn


def named() -> list[tuple[str, str]]:
    """The models of the table with lab and month of release, for a list of choices: (words, name)."""
    return [(f"{r.model} ({r.lab}, {r.release_date:%Y-%m})", r.model) for r in data.load("models").itertuples()]


def bits_for(name: str, precision: int | str) -> int | str:
    """The precision asked for; 16 bits for a model whose own format is not known.

    Parameters
    ----------
    name : str
        A name of ``llm.models``.
    precision : int or "packed"

    Returns
    -------
    int or "packed"

    Examples
    --------
    >>> bits_for("DeepSeek-V3", "packed"), bits_for("DeepSeek-V4-Pro", "packed")
    (16, 'packed')
    """
    doors.known("name", name)
    doors.bits("precision", precision)
    own = llm.model(name)
    known = own.packed_entry_bytes is not None or own.packed_token_bytes is not None
    return 16 if precision == llm.PACKED and not known else precision


def crossings(first: str, second: str, precision: int | str, read: bool = False) -> list[float]:
    """Contexts at which the lines of two models cross, from 1 to 2^24 tokens.

    Parameters
    ----------
    first, second : str
        Names of ``llm.models``.
    precision : int or "packed"
        As in `bits_for`.
    read : bool
        Compare the bytes read for one more token instead of those stored.

    Returns
    -------
    list of float
        Tokens, ascending; empty where one never needs less than the other.

    Examples
    --------
    >>> [round(t) for t in crossings("Kimi-Linear-48B-A3B", "Moonlight-16B-A3B", 16)]
    [1884]
    """
    doors.known("first", first)
    doors.known("second", second)
    doors.bits("precision", precision)
    doors.yes_no("read", read)
    tokens = np.geomspace(1, 2**24, 2000)
    curve = llm.kv_read_bytes if read else llm.kv_bytes
    ratio = np.log(
        curve(first, tokens, bits_for(first, precision)) / curve(second, tokens, bits_for(second, precision))
    )
    apart = np.flatnonzero(np.abs(ratio) > 1e-9)  # where both need the same, no one leads
    found = []
    for before, after in zip(apart, apart[1:]):
        if ratio[before] * ratio[after] < 0:
            share = ratio[before] / (ratio[before] - ratio[after])
            found.append(float(tokens[before] ** (1 - share) * tokens[after] ** share))
    return found


@dataclass(frozen=True)
class Pair:
    """Two models beside each other; one line where the same is chosen twice.

    Attributes
    ----------
    lines : dict of str to ndarray
        By name: bytes at the tokens of `GRID`.
    here : dict of str to float
        By name: bytes at the chosen length.
    bits : dict of str
        By name: the precision counted, or "packed".
    more, less : str
        The model that needs more at the chosen length, and the other.
    ratio : float
        How many times as much `more` needs, 1 or above.
    met : list of float
        Tokens at which the lines cross.
    cheaper_before : str
        The model that needs less just below the first crossing; empty without one.
    summaries : dict of str to float
        Bytes of running summaries, of models that have them.
    """

    lines: dict[str, np.ndarray]
    here: dict[str, float]
    bits: dict[str, int | str]
    more: str
    less: str
    ratio: float
    met: list[float]
    cheaper_before: str
    summaries: dict[str, float]


def pair(first: str, second: str, precision: int | str, context: int, read: bool = False) -> Pair:
    """Cache of two models over context, at one precision.

    Parameters
    ----------
    first, second : str
        Names of ``llm.models``.
    precision : int or "packed"
        As in `bits_for`.
    context : int
        Tokens at which both are compared.
    read : bool
        Bytes read for one more token instead of those stored.

    Returns
    -------
    Pair

    Raises
    ------
    ValueError
        A model of which only what its authors store is published, asked for anything else.
    """
    doors.known("first", first)
    doors.known("second", second)
    doors.bits("precision", precision)
    doors.tokens(context, 1)
    doors.yes_no("read", read)
    names = list(dict.fromkeys((first, second)))
    curve = llm.kv_read_bytes if read else llm.kv_bytes
    for name in names:
        if llm.model(name).attention is None and (read or precision != llm.PACKED):
            raise ValueError(
                f"of {name} only what its authors store is published. Choose “as its authors store it” as the precision, and stored as what is counted."
            )
    bits = {name: bits_for(name, precision) for name in names}
    here = {name: float(curve(name, context, bits[name])) for name in names}
    a, b = here[first], here[second]
    more, less, ratio = (first, second, a / b) if a >= b else (second, first, b / a)
    met = crossings(first, second, precision, read) if ratio >= 1.0005 else []
    before = {name: float(curve(name, met[0] * 0.98, bits[name])) for name in names} if met else {}
    return Pair(
        {name: curve(name, GRID, bits[name]) for name in names},
        here,
        bits,
        more,
        less,
        ratio,
        met,
        (first if before[first] < before[second] else second) if met else "",
        {name: llm.state_bytes(name) for name in names if llm.model(name).linear_layers},
    )


@dataclass(frozen=True)
class Stored:
    """Caches of two models for one conversation, in bytes: at 16 bits, and as their authors store them.

    Attributes: old, new (bytes at 16 bits), old_packed, new_packed (bytes in the authors' format).
    """

    old: float
    new: float
    old_packed: float
    new_packed: float


def as_stored(old: str = "DeepSeek-V3.2", new: str = "DeepSeek-V4-Pro", context: int = 2**20) -> Stored:
    """How much of a step between two models is design, and how much the format of their authors.

    Parameters
    ----------
    old, new : str
        Names of ``llm.models`` whose own format is known.
    context : int, 1 or more
        Tokens in the conversation.

    Returns
    -------
    Stored

    Examples
    --------
    >>> s = as_stored()
    >>> round(s.old / s.new, 1), round(s.old_packed / s.new_packed, 1)
    (8.7, 9.5)
    """
    doors.tokens(context, 1)
    doors.known("old", old)
    doors.known("new", new)
    return Stored(*(float(llm.kv_bytes(n, context, bits)) for bits in (16, llm.PACKED) for n in (old, new)))


def with_latent_of(name: str, giver: str) -> llm.Model:
    """A model that keeps everything but its attention, and takes the latent of another.

    Parameters
    ----------
    name, giver : str
        Names of ``llm.models``; `giver` has MLA.

    Returns
    -------
    Model

    Examples
    --------
    >>> round(llm.kv_bytes_per_token(with_latent_of("Llama-3.1-405B", "DeepSeek-V3")))
    145152
    """
    doors.known("name", name)
    doors.known("giver", giver)
    fields = "attention q_lora_rank kv_lora_rank qk_nope_head_dim qk_rope_head_dim v_head_dim".split()
    its_latent = {field: getattr(llm.model(giver), field) for field in fields}
    old = llm.model(name)
    if not old.sliding_layers:  # nothing is left that has biases, norms or sinks of its own
        its_latent |= {"attention_bias": "none", "qk_norm": "none", "attention_sinks": False}
    return replace(old, name=f"{name} with a latent", **its_latent)
