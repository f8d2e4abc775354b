"""Serving: what bounds the speed and the price of a model's answers on a given chip.

A *roofline*: a step takes at least as long as its arithmetic, its reading from memory and its exchange
over links would each take alone, if nothing else stood in the way. Real systems reach a share of that
bound, so every throughput here can be drawn as a band. Chips come from ``helpers.chips.model``, models from
``helpers.llm.model``; prices and measurements from ``data/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import first_bad, one_of, within
from helpers.llm import model as llm

# Shares of the roofline, drawn round what was measured: the course's choice, not a law (see `usual_share`).
ONE_MACHINE = (0.25, 0.8)
MANY_CHIPS = (0.15, 0.45)

LIMITS = ("compute", "memory", "network")
_FORMATS = {4: ("fp4", "fp8", "int8", "fp16_bf16"), 8: ("fp8", "int8", "fp16_bf16"), 16: ("fp16_bf16",)}
_WORDS = {"fp4": "FP4", "fp8": "FP8", "int8": "INT8", "fp16_bf16": "BF16"}


# --- the roofline in plain values ---------------------------------------------------------------


def ridge_point(tflops: ArrayLike, bandwidth_gb_s: ArrayLike) -> np.ndarray:
    """The intensity above which arithmetic, and below which memory bandwidth, is the bound.

    Parameters
    ----------
    tflops : scalar or array, 1e-3 to 1e7 TFLOPS
        Dense peak in the format used.
    bandwidth_gb_s : scalar or array, 1e-3 to 1e7 GB/s

    Returns
    -------
    ndarray of float, broadcast shape, FLOP per byte

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    Peak over bandwidth. Williams, Waterman and Patterson, Communications of the ACM 52 (2009) 65.

    Examples
    --------
    >>> round(float(ridge_point(989.5, 3350)))
    295
    """
    return 1000 * _tflops(tflops) / _bandwidth(bandwidth_gb_s)


def attainable_tflops(flop_per_byte: ArrayLike, tflops: ArrayLike, bandwidth_gb_s: ArrayLike) -> np.ndarray:
    """The roof: the most TFLOPS that work of an intensity can reach on a chip.

    Parameters
    ----------
    flop_per_byte : scalar or array, 0 to 1e12
    tflops, bandwidth_gb_s : scalar or array, 1e-3 to 1e7

    Returns
    -------
    ndarray of float, broadcast shape, TFLOPS

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    min(peak, intensity x bandwidth).

    Examples
    --------
    >>> float(attainable_tflops(10, 989.5, 3350)), float(attainable_tflops(1000, 989.5, 3350))
    (33.5, 989.5)
    """
    x = within("flop_per_byte", flop_per_byte, 0, 1e12)
    return np.minimum(_tflops(tflops), x * _bandwidth(bandwidth_gb_s) / 1000)


def _tflops(value: ArrayLike) -> np.ndarray:
    return within("tflops", value, 1e-3, 1e7, "TFLOPS")


def _bandwidth(value: ArrayLike, name: str = "bandwidth_gb_s") -> np.ndarray:
    return within(name, value, 1e-3, 1e7, "GB/s")


def _cache_bits(value: ArrayLike | str) -> np.ndarray | str:
    if isinstance(value, str):
        return one_of("kv_bits", value, (llm.PACKED,))
    return within("kv_bits", value, 1, 32, "bits")


def experts_touched(tokens: ArrayLike, experts: ArrayLike, top_k: ArrayLike) -> np.ndarray:
    """Expected share of the experts that at least one token of a batch uses.

    Parameters
    ----------
    tokens : scalar or array, 0 to 1e18
        Tokens in the batch, over all chips.
    experts : scalar or array, 1 to 1e7
        Routed experts in a layer.
    top_k : scalar or array, 0 to 1e7, at most `experts`
        Experts that each token uses.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range, not a number, or more chosen experts than there are.

    Notes
    -----
    1 - (1 - k/E)^B: a token passes an expert by with the chance 1 - k/E, a batch does B times. Routing is taken
    as uniform and independent. Real routing favours some experts, so a
    batch touches fewer of them, and the chip that holds the favourites keeps the others waiting.

    Examples
    --------
    >>> experts_touched([1, 32, 1024], 256, 8).round(3).tolist()
    [0.031, 0.638, 1.0]
    """
    b = within("tokens", tokens, 0, 1e18)
    e = within("experts", experts, 1, 1e7)
    k = within("top_k", top_k, 0, 1e7)
    if (k > e).any():
        chosen, there_are = first_bad(k > e, k, e)
        raise ValueError(f"top_k = {chosen:g} is more than experts = {there_are:g}; its valid range is 0 to experts.")
    return 1 - (1 - k / e) ** b


def all_to_all_seconds(
    tokens: ArrayLike,
    experts_per_token: ArrayLike,
    hidden: ArrayLike,
    network_gb_s: ArrayLike,
    bytes_out: ArrayLike = 1.0,
    bytes_back: ArrayLike = 2.0,
) -> np.ndarray:
    """Least time of one exchange of a mixture layer: each token to its experts and back.

    Parameters
    ----------
    tokens : scalar or array, 0 to 1e12
        Tokens that one chip holds.
    experts_per_token : scalar or array, 0 to 1e7
        Copies of a token that leave the chip.
    hidden : scalar or array, 1 to 1e7
        Numbers in a token's state.
    network_gb_s : scalar or array, 1e-3 to 1e7 GB/s
        One direction, per chip.
    bytes_out, bytes_back : scalar or array, 0 to 8
        Bytes of each number on the way out (FP8: 1) and back (BF16: 2).

    Returns
    -------
    ndarray of float, broadcast shape, seconds

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    (out + back) x tokens x experts x hidden / bandwidth, without latency. DeepSeek, *Insights into
    DeepSeek-V3*, arXiv 2505.09343, section 2.3.2.

    Examples
    --------
    >>> round(float(all_to_all_seconds(32, 9, 7000, 50)) * 1e6, 2)
    120.96
    """
    width = within("bytes_out", bytes_out, 0, 8) + within("bytes_back", bytes_back, 0, 8)
    copies = within("tokens", tokens, 0, 1e12) * within("experts_per_token", experts_per_token, 0, 1e7)
    return width * copies * within("hidden", hidden, 1, 1e7) / (_bandwidth(network_gb_s, "network_gb_s") * 1e9)


def exchange_bound(exchange_seconds: ArrayLike, layers: ArrayLike, exchanges_per_layer: ArrayLike = 2) -> np.ndarray:
    """Tokens a second that one user can get at most, when every layer waits for its exchanges.

    Parameters
    ----------
    exchange_seconds : scalar or array, 1e-12 to 1e6 s
        From `all_to_all_seconds`.
    layers : scalar or array, 1 to 1e4
    exchanges_per_layer : scalar or array, 1 to 100
        2 where two half batches take turns, one computing while the other travels.

    Returns
    -------
    ndarray of float, broadcast shape, tokens/s

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    1 / (layers x exchanges x seconds of an exchange). Source as for `all_to_all_seconds`.

    Examples
    --------
    >>> round(float(exchange_bound(120.96e-6, 61)), 2)
    67.76
    """
    t = within("exchange_seconds", exchange_seconds, 1e-12, 1e6, "s")
    n = within("exchanges_per_layer", exchanges_per_layer, 1, 100)
    return 1 / (t * within("layers", layers, 1, 1e4) * n)


# --- drafts -------------------------------------------------------------------------------------


def expected_tokens(drafts: ArrayLike, acceptance: ArrayLike) -> np.ndarray:
    """Tokens that one step yields when a cheap guesser drafts some and the model checks them all at once.

    Parameters
    ----------
    drafts : scalar or array, 0 to 100
        Tokens drafted for each step.
    acceptance : scalar or array, 0 to 1
        Chance that a drafted token is kept, given that those before it were.

    Returns
    -------
    ndarray of float, broadcast shape, 1 to drafts + 1

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    (1 - a^(k+1)) / (1 - a), and k + 1 at a = 1. Leviathan, Kalman and Matias, arXiv 2211.17192.

    Examples
    --------
    >>> round(float(expected_tokens(1, 0.85)), 6)
    1.85
    """
    k = within("drafts", drafts, 0, 100)
    a = within("acceptance", acceptance, 0, 1)
    rest = np.where(a < 1 - 1e-9, 1 - a, 1.0)
    return np.where(a < 1 - 1e-9, (1 - a ** (k + 1)) / rest, k + 1)


def draft_speedup(drafts: ArrayLike, acceptance: ArrayLike, draft_cost: ArrayLike = 0.0) -> np.ndarray:
    """How many times as fast answers are written with drafts, where a step costs the same with and without them.

    Parameters
    ----------
    drafts, acceptance
        As in `expected_tokens`.
    draft_cost : scalar or array, 0 to 10
        Time that one draft adds, making and checking it, as a share of a step without drafts.

    Returns
    -------
    ndarray of float, broadcast shape
        Below 1 where drafts do not pay.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    `expected_tokens` / (1 + k c), Leviathan, Kalman and Matias, arXiv 2211.17192. Holds where memory binds;
    `decode` counts the arithmetic of the checks as well, and takes the making of drafts as free.

    Examples
    --------
    >>> draft_speedup(1, 0.85, [0.0, 0.028, 0.9]).round(2).tolist()  # DeepSeek-V3 reports 1.8
    [1.85, 1.8, 0.97]
    """
    cost = within("draft_cost", draft_cost, 0, 10)
    return expected_tokens(drafts, acceptance) / (1 + np.asarray(drafts, dtype=float) * cost)


# --- a chip in a number format ------------------------------------------------------------------


@dataclass(frozen=True)
class Rates:
    """What one chip can do at most, in the formats that a serving system would use.

    Attributes: chip; tflops (weight matrices), attention_tflops; bandwidth_gb_s; memory_gb; link_gb_s
    (its own fast links, one direction; NaN where not published); words (which formats, and why).
    """

    chip: str
    tflops: float
    attention_tflops: float
    bandwidth_gb_s: float
    memory_gb: float
    link_gb_s: float
    words: str


def rates(chip: str, bits: int = 8, attention_bits: int = 16) -> Rates:
    """Peaks of a chip of `chips.table` for weights of `bits` bits.

    Parameters
    ----------
    chip : str
        Any name that `chips.resolve` knows.
    bits : 4, 8 or 16
        Width of the weights. A chip without arithmetic of that width uses the next it has.
    attention_bits : 4, 8 or 16
        Width of the arithmetic inside attention; 16 is the usual practice.

    Returns
    -------
    Rates

    Raises
    ------
    ValueError
        An unknown chip or width, or a chip of which a needed figure is not published: the sentence names it.

    Examples
    --------
    >>> rates("Ascend 910C").words
    'no FP8, so INT8 for the weights; BF16 inside attention'
    """
    for name, value in (("bits", bits), ("attention_bits", attention_bits)):
        if not isinstance(value, (int, float, np.integer)) or isinstance(value, bool) or value not in _FORMATS:
            raise ValueError(f"{name} = {value!r} is not one of 4, 8, 16.")
    return _rates(chips.resolve(chip), int(bits), int(attention_bits))


@cache
def _rates(chip: str, bits: int, attention_bits: int) -> Rates:
    row = _chips_by_name().loc[chip]
    found = {width: _first(row, width) for width in (bits, attention_bits)}
    lacks = next((width for width in (bits, attention_bits) if found[width][1] is None), None)
    needed = {
        f"dense throughput in {_WORDS[found[lacks or bits][0]]}": None if lacks else found[bits][1],
        "memory bandwidth": _known(row["memory_bandwidth_gb_s"]),
        "memory": _known(row["memory_gb"]),
    }
    missing = [words for words, value in needed.items() if value is None]
    if missing:
        raise ValueError(f"chip = {chip!r}: no published {' and '.join(missing)}, so its roofline cannot be drawn.")
    used, attention = found[bits][0], found[attention_bits][0]
    first = _FORMATS[bits][0]
    lacking = "" if used == first else f"no {_WORDS[first]}, so "
    words = f"{lacking}{_WORDS[used]} for the weights; {_WORDS[attention]} inside attention"
    # A chip without links of its own talks over the bus of its host.
    link = _known(row["link_bidir_gb_s"] or row["host_bus_bidir_gb_s"])
    return Rates(
        chip, found[bits][1], found[attention_bits][1], needed["memory bandwidth"], needed["memory"],
        np.nan if link is None else link / 2, words,
    )  # fmt: skip


@cache
def _chips_by_name() -> pd.DataFrame:
    return chips.table().set_index("chip")


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _first(row: pd.Series, bits: int) -> tuple[str, float | None]:
    """The narrowest published format of at least `bits` bits, and its rate."""
    for form in _FORMATS[bits]:
        value = _known(row[f"{form}_{'tops' if form == 'int8' else 'tflops'}_dense"])
        if value is not None and not (form == "int8" and value < (_known(row["fp16_bf16_tflops_dense"]) or 0)):
            return form, value
    return _FORMATS[bits][0], None


# --- one step of serving ------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One step on one chip of a group, by the roofline; arrays of one shape.

    Attributes
    ----------
    compute_s, memory_s, network_s : ndarray
        Time that each limit alone would set; network NaN where it is not counted.
    seconds : ndarray
        The largest of them.
    binds : ndarray of str
        Which it is.
    flops, bytes_read : ndarray
        Work of the step on this chip.
    tokens : ndarray
        Tokens that the step yields on this chip: written ones in decode, read ones in prefill.
    memory_gb : ndarray
        Least memory for this chip's part: all weights split evenly over the group, and its cache.
    fits : ndarray of bool
        Whether that is no more than the chip has.
    rates : Rates
    """

    compute_s: np.ndarray
    memory_s: np.ndarray
    network_s: np.ndarray
    seconds: np.ndarray
    binds: np.ndarray
    flops: np.ndarray
    bytes_read: np.ndarray
    tokens: np.ndarray
    memory_gb: np.ndarray
    fits: np.ndarray
    rates: Rates

    @property
    def tokens_per_s(self) -> np.ndarray:
        """Tokens a second and chip at the bound."""
        return self.tokens / self.seconds

    @property
    def intensity(self) -> np.ndarray:
        """Operations for each byte read."""
        return self.flops / self.bytes_read

    @property
    def peak_tflops(self) -> np.ndarray:
        """The chip's peak for this mix of formats: the height of the roof."""
        return self.flops / self.compute_s / 1e12

    @property
    def tflops(self) -> np.ndarray:
        """TFLOPS reached at the bound."""
        return self.flops / self.seconds / 1e12


def decode(
    model: llm.Model | str,
    chip: str | Rates,
    batch: ArrayLike,
    context_tokens: ArrayLike,
    group: ArrayLike = 1,
    *,
    bits: int = 8,
    kv_bits: ArrayLike | str = 16,
    attention_bits: int = 16,
    drafts: ArrayLike = 0,
    acceptance: ArrayLike = 0.85,
    network_gb_s: ArrayLike | str | None = None,
) -> Step:
    """Bounds of one step of writing answers: each sequence gets its next token.

    Parameters
    ----------
    model : Model or str
    chip : str or Rates
    batch : scalar or array, 1e-4 to 1e6
        Sequences for each chip; below 1 where one sequence keeps several chips busy.
    context_tokens : scalar or array, 1 to 1e8
        Tokens that each sequence already holds.
    group : scalar or array, 1 to 1e5
        Chips that share one copy of the weights. A mixture spreads its experts over them and gives each
        a copy of the rest; a dense model is split evenly.
    bits : 4, 8 or 16
        Width of the weights as stored and read.
    kv_bits : scalar or array, 1 to 32, or "packed"
        Width of the cached numbers; "packed" as in ``llm.kv_bytes``.
    attention_bits : 4, 8 or 16
    drafts : scalar or array, 0 to 100
        Drafted tokens that each step also checks; making them is taken as free (see `draft_speedup`).
    acceptance : scalar or array, 0 to 1
        As in `expected_tokens`.
    network_gb_s : scalar or array, 1e-3 to 1e7 GB/s; "own" or None
        Bandwidth to the other chips, one direction, per chip; "own" for the chip's own fast links; None
        leaves the exchange out.

    Returns
    -------
    Step
        Of the broadcast shape of all inputs that may be arrays.

    Raises
    ------
    ValueError
        A value outside its range, or a chip or model of which a needed figure is missing.

    Notes
    -----
    Compute: (1 + drafts) x batch x (2 N / peak + attention / peak of its format). Memory: weights
    touched, read once for all, plus the cache of each sequence. Network: see `all_to_all_seconds`; for a
    split dense model two ring sums a layer. All three overlap perfectly, which no system does.

    Examples
    --------
    >>> str(decode("Llama-3.1-405B", "H100", 1 / 8, 4096, 8).binds)  # one answer on eight chips
    'memory'
    >>> str(decode("DeepSeek-V3", "H20", 128, 4096, 16).binds)
    'compute'
    """
    r = chip if isinstance(chip, Rates) else rates(chip, bits, attention_bits)
    b = within("batch", batch, 1e-4, 1e6)
    context = within("context_tokens", context_tokens, 1, 1e8, "tokens")
    g = within("group", group, 1, 1e5)
    kv_bits = _cache_bits(kv_bits)
    checked = 1 + within("drafts", drafts, 0, 100)
    kept = expected_tokens(drafts, acceptance)
    look_back = llm.attention_flops_per_token(model, context, "decode")
    cache_read = llm.kv_read_bytes(model, context, kv_bits)
    return _step(
        model, r, g, bits, network_gb_s,
        tokens_in=b * checked, tokens_out=b * kept, look_back=look_back,
        cache_moved=b * cache_read, cache_kept=b * llm.kv_bytes(model, context, kv_bits),
    )  # fmt: skip


def prefill(
    model: llm.Model | str,
    chip: str | Rates,
    tokens: ArrayLike,
    context_tokens: ArrayLike,
    group: ArrayLike = 1,
    *,
    bits: int = 8,
    kv_bits: ArrayLike | str = 16,
    attention_bits: int = 16,
    network_gb_s: ArrayLike | str | None = None,
) -> Step:
    """Bounds of one step of reading questions.

    Parameters
    ----------
    tokens : scalar or array, 1e-4 to 1e12
        Tokens that each chip reads in the step.
    context_tokens : scalar or array, 1 to 1e8
        Length of each question; the average token looks back over half of it.
    model, chip, group, bits, kv_bits, attention_bits, network_gb_s
        As in `decode`.

    Returns
    -------
    Step
        Of the broadcast shape of `tokens`, `context_tokens` and `group`.

    Raises
    ------
    ValueError
        As `decode`.

    Notes
    -----
    Weights are read once for all tokens of the step and the cache is written once; reading it back inside
    attention is left out, since it happens in the chip's fast memory.

    Examples
    --------
    >>> str(prefill("DeepSeek-V3", "H800", 16384, 4096, 32).binds)
    'compute'
    """
    r = chip if isinstance(chip, Rates) else rates(chip, bits, attention_bits)
    n = within("tokens", tokens, 1e-4, 1e12)
    context = within("context_tokens", context_tokens, 1, 1e8, "tokens")
    g = within("group", group, 1, 1e5)
    look_back = llm.attention_flops_per_token(model, context, "prefill")
    cache = n * llm.kv_bytes(model, context, _cache_bits(kv_bits)) / context
    return _step(
        model, r, g, bits, network_gb_s,
        tokens_in=n, tokens_out=n, look_back=look_back, cache_moved=cache, cache_kept=cache,
    )  # fmt: skip


def _step(
    model: llm.Model | str,
    r: Rates,
    group: np.ndarray,
    bits: float,
    network_gb_s: ArrayLike | str | None,
    *,
    tokens_in: np.ndarray,
    tokens_out: np.ndarray,
    look_back: np.ndarray,
    cache_moved: np.ndarray,
    cache_kept: np.ndarray,
) -> Step:
    m = llm.model(model) if isinstance(model, str) else model
    p = llm.parameters(m)
    width = bits / 8
    matrices = 2.0 * llm.active_parameters(m)
    flops = tokens_in * (matrices + look_back)
    compute = tokens_in * (matrices / r.tflops + look_back / r.attention_tflops) / 1e12
    common, routed = _held(p, group)
    touched = experts_touched(tokens_in * group, m.n_experts, m.top_k) if p.routed_experts else np.asarray(1.0)
    # The input embedding is a look-up: it takes room, and next to nothing is read of it.
    looked_up = p.embedding_input / (group if not p.routed_experts else 1)
    read = (common - looked_up + routed * touched) * width + cache_moved
    memory = read / (r.bandwidth_gb_s * 1e9)
    network = _network_seconds(m, r, group, tokens_in, network_gb_s)
    compute, memory, network, flops, read, tokens, held = np.broadcast_arrays(
        compute, memory, network, flops, read, tokens_out, (p.total / group * width + cache_kept) / 1e9
    )
    times = np.stack([compute, memory, np.where(np.isnan(network), 0.0, network)])
    return Step(
        compute, memory, network, times.max(axis=0), np.array(LIMITS)[times.argmax(axis=0)], flops, read, tokens,
        held, held <= r.memory_gb, r,
    )  # fmt: skip


def _held(p: llm.Parameters, group: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Parameters that each chip of a group holds: those that every token uses, and its part of the experts."""
    common = p.total - p.routed_experts
    if p.routed_experts:
        return np.asarray(float(common)), p.routed_experts / np.asarray(group, dtype=float)
    return common / np.asarray(group, dtype=float), np.asarray(0.0)


def _network_seconds(
    m: llm.Model, r: Rates, group: np.ndarray, tokens_in: np.ndarray, network_gb_s: ArrayLike | str | None
) -> np.ndarray:
    if network_gb_s is None:
        return np.asarray(np.nan)
    if isinstance(network_gb_s, str) and network_gb_s != "own":
        raise ValueError(f"network_gb_s = {network_gb_s!r} is neither a number of GB/s, 'own' nor None.")
    if isinstance(network_gb_s, str) and np.isnan(r.link_gb_s):
        return np.asarray(np.nan)
    speed = _bandwidth(r.link_gb_s if isinstance(network_gb_s, str) else network_gb_s, "network_gb_s")
    away = 1 - 1 / group
    if m.moe_layers:
        copies = m.top_k * away
        hidden = m.moe_latent_dim or m.hidden_size
        return m.moe_layers * all_to_all_seconds(tokens_in, copies, hidden, speed)
    # Two ring sums a layer, each moving 2 (G-1)/G of the group's tokens at 2 bytes a number.
    return 2 * m.n_layers * 2 * away * (tokens_in * group) * m.hidden_size * 2 / (speed * 1e9)


def answer(
    model: llm.Model | str,
    chip: str | Rates,
    batch: ArrayLike,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    group: ArrayLike = 1,
    **formats: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Least time to read a batch of questions, and to write their answers, on the same chips.

    Parameters
    ----------
    model, chip, batch, group
        As in `decode`.
    input_tokens, output_tokens : scalar or array, 1 to 1e7
        Length of each question and answer.
    **formats
        `bits`, `kv_bits`, `attention_bits` and `network_gb_s`, as in `decode`.

    Returns
    -------
    tuple of two ndarray of float
        Seconds of prefill, seconds of decode. Decode is taken at the mean context.

    Raises
    ------
    ValueError
        As `decode`.

    Examples
    --------
    >>> read, write = answer("Llama-2-7B", "A100 SXM4 80GB", 16, 2048, 2048, bits=16)
    >>> bool(write > 10 * read)
    True
    """
    n_out = within("output_tokens", output_tokens, 1, 1e7, "tokens")
    read, write = _read_and_write(model, chip, batch, input_tokens, n_out, group, **formats)
    return np.asarray(read.seconds), n_out * write.seconds


def _read_and_write(
    model: llm.Model | str, chip: str | Rates, batch: ArrayLike, input_tokens: ArrayLike, n_out: np.ndarray,
    group: ArrayLike, **formats: float,
) -> tuple[Step, Step]:  # fmt: skip
    """The step that reads the questions whole, and the middle one of those that write their answers."""
    b = within("batch", batch, 1e-4, 1e6)
    n_in = within("input_tokens", input_tokens, 1, 1e7, "tokens")
    step = decode(model, chip, b, n_in + n_out / 2, group, **formats)
    return prefill(model, chip, b * n_in, n_in, group, **formats), step


# --- room ---------------------------------------------------------------------------------------


def chips_needed(
    model: llm.Model | str, chip: str, batch: ArrayLike = 1, context_tokens: ArrayLike = 4096, *, bits: int = 8,
    kv_bits: ArrayLike | str = 16,
) -> np.ndarray:  # fmt: skip
    """Fewest chips that hold the weights once, with the cache of `batch` sequences on each.

    Parameters
    ----------
    model, chip, batch, context_tokens, bits, kv_bits
        As in `decode`.

    Returns
    -------
    ndarray of float, broadcast shape of `batch` and `context_tokens`, whole numbers from 1

    Raises
    ------
    ValueError
        As `decode`; also when no number of chips is enough, because the cache alone is too much.

    Notes
    -----
    Weights split evenly. Buffers, programs and copies of busy experts take room too, so practice needs more.

    Examples
    --------
    >>> float(chips_needed("DeepSeek-V3", "H800")), float(chips_needed("DeepSeek-V3", "Ascend 910C"))
    (9.0, 6.0)
    """
    m = llm.model(model) if isinstance(model, str) else model
    r = rates(chip, bits, 16)
    b = within("batch", batch, 1e-4, 1e6)
    context = within("context_tokens", context_tokens, 1, 1e8, "tokens")
    room = r.memory_gb * 1e9 - b * llm.kv_bytes(m, context, _cache_bits(kv_bits))
    if (room <= 0).any():
        many, long = first_bad(room <= 0, b, context)
        raise ValueError(
            f"batch = {many:g} at context_tokens = {long:g}: the cache alone is more than the"
            f" {r.memory_gb:g} GB of one {r.chip}, so no number of chips is enough."
        )
    return np.maximum(1.0, np.ceil(llm.weight_bytes(m, bits) / room))


def crossover_batch(
    model: llm.Model | str, chip: str, context_tokens: float = 4096, group: float = 1, *, bits: int = 8,
    kv_bits: float = 16, attention_bits: int = 16,
) -> float:  # fmt: skip
    """Smallest batch for each chip at which arithmetic takes longer than reading, in decode.

    Parameters
    ----------
    model, chip, context_tokens, group, bits, kv_bits, attention_bits
        As in `decode`, scalars.

    Returns
    -------
    float
        A whole number, or infinity where reading each sequence's cache takes longer than computing on it,
        so that no batch (up to 65,536) makes arithmetic the bound.

    Raises
    ------
    ValueError
        As `decode`; also several values where one is asked for.

    Notes
    -----
    The smallest whole batch with ``compute_s`` of `decode` at or above ``memory_s``. Arithmetic grows with the
    batch in proportion, reading ever more slowly, so beyond it arithmetic stays the bound.

    Examples
    --------
    >>> crossover_batch("DeepSeek-V3", "H20", 4096, 16), crossover_batch("DeepSeek-V3", "H800", 32768, 144)
    (23.0, inf)
    """
    context = _one("context_tokens", within("context_tokens", context_tokens, 1, 1e8, "tokens"))
    chips_together = _one("group", within("group", group, 1, 1e5))
    width = kv_bits if isinstance(kv_bits, str) else _one("kv_bits", within("kv_bits", kv_bits, 1, 32, "bits"))
    formats = {"bits": bits, "kv_bits": width, "attention_bits": attention_bits}

    def computes(batches: np.ndarray) -> np.ndarray:
        step = decode(model, chip, batches, context, chips_together, **formats)
        return step.compute_s >= step.memory_s

    # Crossed once at most (see the notes), so two looks of 256 batches find where.
    coarse = np.arange(256, 65537, 256)
    over = computes(coarse)
    if not over.any():
        return float("inf")
    fine = coarse[over.argmax()] - np.arange(255, -1, -1)
    return float(fine[computes(fine).argmax()])


# --- from the bound to a throughput, a delay and a price ----------------------------------------


def measured(cases: pd.DataFrame) -> pd.DataFrame:
    """Published throughputs beside the roofline of the same chip, model and setting.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("serving_measured")``, or rows of it.

    Returns
    -------
    DataFrame
        The rows with `bound` (tokens/s and chip, links left out), `binds` (of reading or of writing, whichever
        takes longer, where a case has both) and `share` (published over bound).
        Where `kind` is not "measured", the throughput is a projection of its authors.

    Raises
    ------
    ValueError
        As `decode`.

    Examples
    --------
    >>> measured(data.load("serving_measured").head(1))["binds"].tolist()
    ['compute']
    """
    found = [_bound(row) for row in cases.itertuples()]
    out = cases.assign(bound=[b for b, _ in found], binds=[words for _, words in found])
    return out.assign(share=out["tokens_per_s"] / out["bound"])


def _bound(row) -> tuple[float, str]:
    formats = {"bits": int(row.bits), "attention_bits": int(row.attention_bits), "kv_bits": row.kv_bits}
    work = (row.model, row.chip, row.batch, row.context_tokens)
    if row.phase == "prefill":
        step = prefill(*work, row.group, **formats)
        return float(step.tokens_per_s), str(step.binds)
    if row.phase == "both":
        n_out = np.asarray(float(row.output_tokens))
        read, write = _read_and_write(*work, n_out, row.group, **formats)
        longer = write if n_out * write.seconds > read.seconds else read
        return float(row.batch * n_out / (read.seconds + n_out * write.seconds)), str(longer.binds)
    # With drafts the published number of tokens a step is used, not a guess at the acceptance.
    step = decode(*work, row.group, drafts=row.drafts, acceptance=1, **formats)
    return float(step.tokens_per_s * row.tokens_per_step / (1 + row.drafts)), str(step.binds)


def usual_share(group: float) -> tuple[float, float]:
    """Band of shares of the roofline, drawn round the published measurements of systems of a size.

    Parameters
    ----------
    group : scalar, 1 to 1e5
        Chips that share one copy of the weights. Up to 8 count as one machine.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        `group` out of range, or not one number.

    Notes
    -----
    Ends of the measured cases in ``data/serving_measured.csv``, rounded outwards to 5%. Up to 8 chips the lower end
    is DeepSeek-V2's report on one machine, of which only "more than" is known. The cases therefore lie
    inside by construction and confirm nothing; a habit of today's software.

    Examples
    --------
    >>> usual_share(8), usual_share(144)
    ((0.25, 0.8), (0.15, 0.45))
    """
    return ONE_MACHINE if _one("group", within("group", group, 1, 1e5)) <= 8 else MANY_CHIPS


def _one(name: str, value: np.ndarray) -> float:
    if value.ndim:
        raise ValueError(f"{name} has {value.size} values: give one number.")
    return float(value)


def band(
    step: Step, share: tuple[ArrayLike, ArrayLike], usd_per_hour: ArrayLike = 0.0, used_share: ArrayLike = 1.0
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Throughput, delay and rent at two shares of the roofline: a range to expect, where the bound is only a limit.

    Parameters
    ----------
    step : Step
        From `decode` or `prefill`.
    share : two scalars or arrays, 0.001 to 1, the lower first
        Shares of the bound that a system may reach, as from `usual_share`.
    usd_per_hour : scalar or array, 0 to 1e6 USD
        Rent of one chip.
    used_share : scalar or array, 1e-3 to 1
        As in `usd_per_million`.

    Returns
    -------
    dict of (low, high), each ndarray of float of the broadcast shape
        ``tokens_per_s`` for each chip, ``step_s`` (in decode, the time between two tokens of an answer,
        without drafts), ``usd_per_million`` tokens.

    Raises
    ------
    ValueError
        No `Step`, not two shares, a value outside its range, or a lower share above the higher.

    Notes
    -----
    Throughput times each share; time of a step over each share; `usd_per_million` of each throughput.

    Examples
    --------
    >>> step = decode("DeepSeek-V3", "H800", 88, 4989, 144)
    >>> [round(float(v), 2) for v in band(step, usual_share(144), 2)["usd_per_million"]]
    [0.22, 0.65]
    """
    if not isinstance(step, Step):
        raise ValueError(f"step = {step!r} is not a Step; decode and prefill give one.")
    if not isinstance(share, (tuple, list, np.ndarray)) or len(share) != 2:
        raise ValueError(f"share = {share!r}: give two, the lower share first, from 0.001 to 1.")
    low, high = (within("share", s, 1e-3, 1) for s in share)
    if (low > high).any():
        ends = first_bad(low > high, low, high)
        raise ValueError(f"share = ({ends[0]:g}, {ends[1]:g}): the lower share comes first, from 0.001 to 1.")
    slow, fast = step.tokens_per_s * low, step.tokens_per_s * high
    return {
        "tokens_per_s": (slow, fast),
        "step_s": (step.seconds / high, step.seconds / low),
        "usd_per_million": (
            usd_per_million(usd_per_hour, fast, used_share),
            usd_per_million(usd_per_hour, slow, used_share),
        ),
    }


def usd_per_million(usd_per_hour: ArrayLike, tokens_per_s: ArrayLike, used_share: ArrayLike = 1.0) -> np.ndarray:
    """Rent for a million tokens.

    Parameters
    ----------
    usd_per_hour : scalar or array, 0 to 1e6 USD
        Of one chip (or node), whatever `tokens_per_s` counts.
    tokens_per_s : scalar or array, 1e-6 to 1e12
    used_share : scalar or array, 1e-3 to 1
        Share of the paid hours in which the chip works at that throughput.

    Returns
    -------
    ndarray of float, broadcast shape, USD per million tokens

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    Rent of an hour / 3,600 / (tokens a second x share used) x 1e6.

    Examples
    --------
    >>> round(float(usd_per_million(16, 14800)), 3)
    0.3
    """
    rent = within("usd_per_hour", usd_per_hour, 0, 1e6, "USD")
    rate = within("tokens_per_s", tokens_per_s, 1e-6, 1e12, "tokens/s") * within("used_share", used_share, 1e-3, 1)
    return rent / 3600 / rate * 1e6


# --- the books of a service ---------------------------------------------------------------------


@dataclass(frozen=True)
class Margin:
    """Revenue and cost of a day, in USD, and the two ways to state what is left.

    Attributes: revenue_usd; cost_usd; on_cost (profit over cost, the "545%"); of_revenue (profit over
    revenue; NaN where nothing is earned).
    """

    revenue_usd: np.ndarray
    cost_usd: np.ndarray

    @property
    def on_cost(self) -> np.ndarray:
        return (self.revenue_usd - self.cost_usd) / self.cost_usd

    @property
    def of_revenue(self) -> np.ndarray:
        earned = np.where(self.revenue_usd > 0, self.revenue_usd, np.nan)
        return (self.revenue_usd - self.cost_usd) / earned


def day(
    input_tokens: ArrayLike,
    hit_share: ArrayLike,
    output_tokens: ArrayLike,
    prices: tuple[ArrayLike, ArrayLike, ArrayLike],
    gpu_hours: ArrayLike,
    usd_per_gpu_hour: ArrayLike,
    free_share: ArrayLike = 0.0,
    discount: ArrayLike = 0.0,
) -> Margin:
    """A day's books of a service that rents its chips.

    Parameters
    ----------
    input_tokens, output_tokens : scalar or array, 0 to 1e18
    hit_share : scalar or array, 0 to 1
        Share of the input that hits the cache and pays the lower price.
    prices : three scalars or arrays, 0 to 1e5
        USD per million input tokens that hit, that miss, and per million output tokens.
    gpu_hours : scalar or array, 1e-6 to 1e12
    usd_per_gpu_hour : scalar or array, 1e-6 to 1e5
    free_share : scalar or array, 0 to 0.999
        Share of all tokens for which nobody pays.
    discount : scalar or array, 0 to 0.999
        Average reduction on the tokens that are paid for.

    Returns
    -------
    Margin
        Of the broadcast shape. Tokens that are free still cost.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or not three prices.

    Notes
    -----
    DeepSeek, *DeepSeek-V3/R1 Inference System Overview*, 1 March 2025, with the caveats as dials.

    Examples
    --------
    >>> books = day(608e9, 342 / 608, 168e9, (0.14, 0.55, 2.19), 226.75 * 8 * 24, 2)
    >>> round(float(books.cost_usd)), round(float(books.on_cost), 3), round(float(books.of_revenue), 3)
    (87072, 5.456, 0.845)
    """
    if not isinstance(prices, (tuple, list)) or len(prices) != 3:
        raise ValueError(
            f"prices = {prices!r}: give three, USD per million tokens that hit, that miss and that are written."
        )
    hit, miss, out = (
        within(f"prices, {name}", price, 0, 1e5, "USD")
        for name, price in zip(("hit", "miss", "output"), prices, strict=True)
    )
    n_in = within("input_tokens", input_tokens, 0, 1e18) / 1e6
    n_out = within("output_tokens", output_tokens, 0, 1e18) / 1e6
    h = within("hit_share", hit_share, 0, 1)
    paid = (1 - within("free_share", free_share, 0, 0.999)) * (1 - within("discount", discount, 0, 0.999))
    revenue = paid * (n_in * (h * hit + (1 - h) * miss) + n_out * out)
    cost = within("gpu_hours", gpu_hours, 1e-6, 1e12) * within("usd_per_gpu_hour", usd_per_gpu_hour, 1e-6, 1e5)
    revenue, cost = np.broadcast_arrays(revenue, cost)
    return Margin(revenue, cost)


def disclosed_day() -> dict[str, object]:
    """DeepSeek's own figures for the 24 hours to 28 February 2025, as arguments of `day`.

    Returns
    -------
    dict
        Tokens, share of hits, R1's prices and GPU-hours, from ``data/``; 2 USD an hour is DeepSeek's assumption.

    Examples
    --------
    >>> books = day(**disclosed_day())
    >>> round(float(books.on_cost), 2)
    5.46
    """
    said = data.load("published_results").set_index("result_id")["value"]
    nodes, cost = said["serving-nodes"], said["serving-cost"]
    return {
        "input_tokens": said["serving-input"] * 1e9,
        "hit_share": said["serving-input-hits"] / said["serving-input"],
        "output_tokens": said["serving-output"] * 1e9,
        "prices": listed("DeepSeek-R1"),
        "gpu_hours": nodes * 8 * 24,
        "usd_per_gpu_hour": cost / (nodes * 8 * 24),
    }


def listed(model: str) -> tuple[float, float, float]:
    """The first list price of a model in ``data/api_prices.csv``.

    Parameters
    ----------
    model : str
        As the table names it.

    Returns
    -------
    tuple of three float, USD per million tokens
        Input that hits the cache, input that misses it, output.

    Raises
    ------
    ValueError
        No list price of that model, or not all three.

    Examples
    --------
    >>> listed("DeepSeek-R1")
    (0.14, 0.55, 2.19)
    """
    prices = data.load("api_prices")
    rows = prices[(prices["model"] == str(model)) & (prices["status"] == "list")].sort_values("date")
    if rows.empty or rows.iloc[0][["hit_usd", "input_usd", "output_usd"]].isna().any():
        raise ValueError(f"model = {model!r}: no list price with all three parts in data/api_prices.csv.")
    first = rows.iloc[0]
    return float(first["hit_usd"]), float(first["input_usd"]), float(first["output_usd"])
