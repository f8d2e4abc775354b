"""One step of serving on one chip of a group: writing answers, or reading questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import shown, within
from helpers.llm import model as llm
from helpers.serving.model.drafts import expected_tokens
from helpers.serving.model.formats import Rates, rates
from helpers.serving.model.limits import bandwidth_within, cache_bits
from helpers.serving.model.roofline import all_to_all_seconds, copies_sent, experts_touched

LIMITS = ("compute", "memory", "network")


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
    touched, read once for all, plus the cache of each sequence. Network: see `all_to_all_seconds`,
    with a copy of each token to every other chip that holds any of its experts (`copies_sent`); for a split dense
    model two ring sums a layer. All three overlap perfectly, which no system does.

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
    kv_bits = cache_bits(kv_bits)
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
    cache = n * llm.kv_bytes(model, context, cache_bits(kv_bits)) / context
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
        raise ValueError(f"network_gb_s = {shown(network_gb_s)} is neither a number of GB/s, 'own' nor None.")
    if isinstance(network_gb_s, str) and np.isnan(r.link_gb_s):
        return np.asarray(np.nan)
    speed = bandwidth_within(r.link_gb_s if isinstance(network_gb_s, str) else network_gb_s, "network_gb_s")
    away = 1 - 1 / group
    if m.moe_layers:
        copies = copies_sent(m.n_experts, m.top_k, group)
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
    read, write = read_and_write(model, chip, batch, input_tokens, n_out, group, **formats)
    return np.asarray(read.seconds), n_out * write.seconds


def read_and_write(
    model: llm.Model | str, chip: str | Rates, batch: ArrayLike, input_tokens: ArrayLike, n_out: np.ndarray,
    group: ArrayLike, **formats: float,
) -> tuple[Step, Step]:  # fmt: skip
    """The step that reads the questions whole, and the middle one of those that write their answers."""
    b = within("batch", batch, 1e-4, 1e6)
    n_in = within("input_tokens", input_tokens, 1, 1e7, "tokens")
    step = decode(model, chip, b, n_in + n_out / 2, group, **formats)
    return prefill(model, chip, b * n_in, n_in, group, **formats), step
