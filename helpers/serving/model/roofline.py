"""The roofline, the experts that a batch touches, and the exchange between chips, in plain values."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, whole, within
from helpers.serving.model.limits import bandwidth_within, tflops_within


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
    return 1000 * tflops_within(tflops) / bandwidth_within(bandwidth_gb_s)


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
    return np.minimum(tflops_within(tflops), x * bandwidth_within(bandwidth_gb_s) / 1000)


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


def copies_sent(experts: int, top_k: int, group: ArrayLike) -> np.ndarray:
    """Copies of a token that leave its chip, when one goes to each other chip that holds any of its experts.

    Parameters
    ----------
    experts : int, 1 to 10,000,000
        Routed experts in a layer, spread over the group as evenly as they go.
    top_k : int, 0 to 10,000,000, at most `experts`
        Experts that each token uses, drawn at random.
    group : scalar or array, 1 to 1e5
        Chips that share one copy of the weights.

    Returns
    -------
    ndarray of float, shape of `group`, 0 to the smaller of `top_k` and `group` - 1

    Raises
    ------
    ValueError
        A value outside its range, not a number, or more chosen experts than there are.

    Notes
    -----
    (g - 1) (1 - C(E - E/g, k) / C(E, k)): a chip holds E/g experts, and is passed by when all k are among the others;
    where E/g is no whole number, some chips hold one more than others. Sending a token once to each chip, however
    many of its experts sit there, is what libraries do: DeepSeek, DeepEP (github.com/deepseek-ai/DeepEP), and
    *Insights into DeepSeek-V3*, arXiv 2505.09343, section 4.3.

    Examples
    --------
    >>> copies_sent(256, 8, [1, 2, 32, 256]).round(3).tolist()
    [0.0, 0.997, 7.04, 7.969]
    """
    e, k = whole("experts", experts, 1, 10_000_000), whole("top_k", top_k, 0, 10_000_000)
    if k > e:
        raise ValueError(f"top_k = {k} is more than experts = {e}; its valid range is 0 to experts.")
    g = within("group", group, 1, 1e5)
    fewest = np.floor(e / g)
    with_more = e - g * fewest  # chips that hold one more

    def reached(held: np.ndarray) -> np.ndarray:
        log = np.zeros(np.shape(held))
        for first in range(0, k, 1000):  # of the chance that no expert taken is among those held
            left = e - np.arange(first, min(first + 1000, k))
            with np.errstate(divide="ignore"):
                log = log + np.log1p(-np.minimum(np.asarray(held)[..., None] / left, 1)).sum(axis=-1)
        return -np.expm1(log)

    chips = with_more * reached(fewest + 1) + (g - with_more) * reached(fewest)
    return chips * (1 - 1 / g)


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
    return width * copies * within("hidden", hidden, 1, 1e7) / (bandwidth_within(network_gb_s, "network_gb_s") * 1e9)


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
