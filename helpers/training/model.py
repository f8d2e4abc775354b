"""What training a model costs: operations, GPU-hours, utilisation, pipeline bubbles, rent and ownership.

Pure arithmetic on values or arrays; nothing here knows a model, a chip or a price. Pass the active
parameters from ``helpers.llm.model``, peaks from ``helpers.chips.model`` and prices from ``data/rental_prices.csv``.
FLOPs are *model* FLOPs, those that the model's formula needs; what a memory-saving trick computes
twice counts once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.clusters import model as clusters
from helpers.core.limits import first_bad, one_of, within

SCHEDULES = ("1F1B", "ZB1P", "DualPipe")

_MOST_PARAMETERS, _MOST_TOKENS, _MOST_FLOPS = 1e14, 1e16, 1e32
_MOST_HOURS, _MOST_GPUS, _MOST_TFLOPS, _MOST_USD = 1e12, 1e8, 1e6, 1e13


# --- operations ---------------------------------------------------------------------------------


def training_flops(
    active_parameters: ArrayLike, tokens: ArrayLike, attention_flops_per_token: ArrayLike = 0.0
) -> np.ndarray:
    """Model FLOPs of a training run: six for each active parameter and token, plus attention.

    Parameters
    ----------
    active_parameters : scalar or array, 1 to 1e14
        Parameters that take part in a multiplication for one token; say which convention.
    tokens : scalar or array, 1 to 1e16
        Tokens trained on; 1 gives the operations of a token.
    attention_flops_per_token : scalar or array, 0 to 1e32 FLOPs
        From ``llm.attention_flops_per_token(model, context, "training")``; 0 gives the rule of thumb 6 N D.

    Returns
    -------
    ndarray of float, broadcast shape, FLOPs

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    A multiply-add is two operations; the backward pass costs two forward passes: 2 + 4 = 6.
    Kaplan et al., arXiv 2001.08361; Hoffmann et al., arXiv 2203.15556.

    Examples
    --------
    >>> f"{float(training_flops(37e9, 14.8e12)):.3g}"
    '3.29e+24'
    """
    n = within("active_parameters", active_parameters, 1, _MOST_PARAMETERS)
    attention = within("attention_flops_per_token", attention_flops_per_token, 0, _MOST_FLOPS, "FLOPs")
    return (6 * n + attention) * within("tokens", tokens, 1, _MOST_TOKENS)


# --- time and utilisation -----------------------------------------------------------------------


def gpu_hours(flops: ArrayLike, peak_tflops: ArrayLike, mfu: ArrayLike) -> np.ndarray:
    """GPU-hours that a number of model FLOPs takes.

    Parameters
    ----------
    flops : scalar or array, 0 to 1e32
    peak_tflops : scalar or array, 0.001 to 1e6 TFLOP/s
        Dense peak of one chip, in the precision that `mfu` refers to.
    mfu : scalar or array, 0.0001 to 1
        Share of the peak that arrives as model FLOPs.

    Returns
    -------
    ndarray of float, broadcast shape, GPU-hours

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    FLOPs / (peak x MFU) / 3,600.

    Examples
    --------
    >>> round(float(gpu_hours(3.29e24, 989.5, 0.35)) / 1e6, 2)
    2.64
    """
    rate = within("peak_tflops", peak_tflops, 1e-3, _MOST_TFLOPS, "TFLOP/s") * 1e12 * within("mfu", mfu, 1e-4, 1)
    return within("flops", flops, 0, _MOST_FLOPS) / rate / 3600


def mfu_from_hours(flops: ArrayLike, hours: ArrayLike, peak_tflops: ArrayLike) -> np.ndarray:
    """Model FLOPs utilisation implied by the GPU-hours of a run; the inverse of `gpu_hours`.

    Parameters
    ----------
    flops : scalar or array, 0 to 1e32
        Model FLOPs; say whether attention is in and how it is counted.
    hours : scalar or array, 1e-6 to 1e12 GPU-hours
    peak_tflops : scalar or array, 0.001 to 1e6 TFLOP/s
        Dense peak of one chip; say of which precision.

    Returns
    -------
    ndarray of float, broadcast shape
        Above 1 where the three inputs cannot all be true.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    FLOPs / (hours x 3,600 x peak). Chowdhery et al. (PaLM), arXiv 2204.02311, appendix B.

    Examples
    --------
    >>> round(float(mfu_from_hours(14.8e12 * 250e9, 2.664e6, 989.5)), 3)
    0.39
    """
    seconds = within("hours", hours, 1e-6, _MOST_HOURS, "GPU-hours") * 3600
    peak = within("peak_tflops", peak_tflops, 1e-3, _MOST_TFLOPS, "TFLOP/s") * 1e12
    return within("flops", flops, 0, _MOST_FLOPS) / seconds / peak


def mfu_from_speed(
    flops_per_token: ArrayLike, tokens_per_second: ArrayLike, gpus: ArrayLike, peak_tflops: ArrayLike
) -> np.ndarray:
    """Model FLOPs utilisation implied by the speed of a cluster.

    Parameters
    ----------
    flops_per_token : scalar or array, 0 to 1e32
        Model FLOPs of one training token.
    tokens_per_second : scalar or array, 0 to 1e16
        Of the whole cluster.
    gpus : scalar or array, 1 to 1e8
    peak_tflops : scalar or array, 0.001 to 1e6 TFLOP/s
        Dense peak of one chip.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    FLOPs of a token x tokens a second / (chips x peak). Source as for `mfu_from_hours`.

    Examples
    --------
    >>> round(float(mfu_from_speed(250e9, 272.8e9 / 86400, 2048, 989.5)), 3)
    0.39
    """
    speed = within("tokens_per_second", tokens_per_second, 0, _MOST_TOKENS) / within("gpus", gpus, 1, _MOST_GPUS)
    peak = within("peak_tflops", peak_tflops, 1e-3, _MOST_TFLOPS, "TFLOP/s") * 1e12
    return within("flops_per_token", flops_per_token, 0, _MOST_FLOPS) * speed / peak


def run_days(hours: ArrayLike, gpus: ArrayLike) -> np.ndarray:
    """Days that a number of GPU-hours takes on a cluster that never stops.

    Parameters
    ----------
    hours : scalar or array, 0 to 1e12 GPU-hours
    gpus : scalar or array, 1 to 1e8

    Returns
    -------
    ndarray of float, broadcast shape, days

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(run_days(180_000, 2048)), 2)
    3.66
    """
    return within("hours", hours, 0, _MOST_HOURS, "GPU-hours") / within("gpus", gpus, 1, _MOST_GPUS) / 24


# --- pipeline bubbles ---------------------------------------------------------------------------


def bubble_time(
    schedule: str,
    stages: ArrayLike,
    forward: ArrayLike = 1.0,
    backward: ArrayLike = 2.0,
    weight: ArrayLike = 1.0,
    overlapped: ArrayLike | None = None,
) -> np.ndarray:
    """Time each chip waits in one step of a pipeline.

    Parameters
    ----------
    schedule : "1F1B", "ZB1P" or "DualPipe"
    stages : scalar or array, whole number, 1 to 10,000
        Parts the layers are split into (PP); even for DualPipe.
    forward, backward, weight : scalar or array, 0 to 1e6, any unit of time
        Time of a forward chunk (F), of a full backward chunk (B), and of the part of B that computes the
        weight gradients (W), so W is at most B.
    overlapped : scalar or array, 0 to 2e6, optional
        Time of a forward and a backward chunk run together (F&B), in DualPipe only; F + B if not given.

    Returns
    -------
    ndarray of float, broadcast shape, in the unit of the inputs

    Raises
    ------
    ValueError
        Unknown schedule, a value outside its range, an odd number of stages for DualPipe, W above B, or
        times for which the schedule's formula is negative and so says nothing.

    Notes
    -----
    (PP-1)(F+B); (PP-1)(F+B-2W); (PP/2-1)(F&B+B-3W). DeepSeek, DualPipe README, and arXiv 2412.19437,
    table 2. One stage has no bubble.

    Examples
    --------
    >>> [float(bubble_time(s, 16)) for s in SCHEDULES]
    [45.0, 15.0, 14.0]
    """
    one_of("schedule", schedule, SCHEDULES)
    pp = within("stages", stages, 1, 1e4)
    if (pp != np.floor(pp)).any():
        raise ValueError(f"stages = {pp[pp != np.floor(pp)].flat[0]:g} is not a whole number from 1 to 10000.")
    f, b, w = (
        within(name, value, 0, 1e6)
        for name, value in (("forward", forward), ("backward", backward), ("weight", weight))
    )
    both = f + b if overlapped is None else within("overlapped", overlapped, 0, 2e6)
    if (w > b).any():
        part, whole = first_bad(w > b, w, b)
        raise ValueError(
            f"weight = {part:g} is above backward = {whole:g}: the weight gradients are part of the backward chunk (W <= B)."
        )
    if schedule == "1F1B":
        waits, each = pp - 1, f + b
    elif schedule == "ZB1P":
        waits, each = pp - 1, f + b - 2 * w
    else:
        odd = (pp % 2 == 1) & (pp > 1)
        if odd.any():
            raise ValueError(
                f"stages = {first_bad(odd, pp)[0]:g} must be even for DualPipe: it feeds micro-batches from both ends."
            )
        waits, each = np.maximum(pp / 2 - 1, 0), both + b - 3 * w
    if (each < 0).any():
        raise ValueError(
            f"the {schedule} formula is negative for these times: weight is too large a part of the backward chunk."
        )
    return waits * each


def bubble_fraction(
    schedule: str,
    stages: ArrayLike,
    micro_batches: ArrayLike,
    forward: ArrayLike = 1.0,
    backward: ArrayLike = 2.0,
    weight: ArrayLike = 1.0,
    overlapped: ArrayLike | None = None,
) -> np.ndarray:
    """Share of a training step in which a chip waits for its neighbours in the pipeline.

    Parameters
    ----------
    schedule, stages, forward, backward, weight, overlapped : as in `bubble_time`
    micro_batches : scalar or array, 1 to 1e6
        Pieces a batch is cut into; a chip works on each once forward and once backward. DualPipe feeds half
        of them from each end and needs at least two for each stage.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        As `bubble_time`; too few micro-batches for DualPipe; or no work at all (forward and backward both 0).

    Notes
    -----
    bubble / (bubble + m x work), with work F + B, or F&B for DualPipe. For 1F1B, and for GPipe, it is
    (PP-1)/(m+PP-1). Huang et al. (GPipe), arXiv 1811.06965. Fewest micro-batches: dualpipe.py of DeepSeek.

    Examples
    --------
    >>> float(bubble_fraction("1F1B", 4, 9))
    0.25
    """
    wait = bubble_time(schedule, stages, forward, backward, weight, overlapped)
    work = np.asarray(forward, float) + np.asarray(backward, float)
    if schedule == "DualPipe" and overlapped is not None:
        work = np.asarray(overlapped, float)
    if (work <= 0).any():
        raise ValueError("forward and backward are both 0: a step without work has no bubble fraction.")
    pieces, pp = within("micro_batches", micro_batches, 1, 1e6), np.asarray(stages, float)
    few = (pp > 1) & (pieces < 2 * pp)
    if schedule == "DualPipe" and few.any():
        m, n = first_bad(few, pieces, pp)
        raise ValueError(f"micro_batches = {m:g} must be at least twice the stages for DualPipe, and stages = {n:g}.")
    return wait / (wait + pieces * work)


# --- money --------------------------------------------------------------------------------------


def rental_cost_usd(hours: ArrayLike, usd_per_gpu_hour: ArrayLike) -> np.ndarray:
    """What a number of GPU-hours costs at a rent.

    Parameters
    ----------
    hours : scalar or array, 0 to 1e12 GPU-hours
    usd_per_gpu_hour : scalar or array, 0 to 10,000 USD

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> float(rental_cost_usd(2.788e6, 2))
    5576000.0
    """
    hours = within("hours", hours, 0, _MOST_HOURS, "GPU-hours")
    return hours * within("usd_per_gpu_hour", usd_per_gpu_hour, 0, 1e4, "USD")


def development_cost_usd(
    run_usd: ArrayLike, final_run_share: ArrayLike = 1.0, staff_share: ArrayLike = 0.0
) -> np.ndarray:
    """From the compute of the released run to the compute and the staff of a whole development.

    Parameters
    ----------
    run_usd : scalar or array, 0 to 1e13 USD
        Compute of the run that produced the released model.
    final_run_share : scalar or array, 0.001 to 1
        Its share of all research and development compute; 1 says that nothing else was computed.
    staff_share : scalar or array, 0 to 0.95
        Share of staff in the whole development cost; 0 leaves staff out.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    run / final_run_share / (1 - staff_share). Shares: Epoch AI, Gradient Updates of 26 March 2026, and
    arXiv 2405.21015. Inference, data and office costs stay outside.

    Examples
    --------
    >>> float(development_cost_usd(5e6, 0.25, 0.5))
    40000000.0
    """
    compute = within("run_usd", run_usd, 0, _MOST_USD, "USD") / within("final_run_share", final_run_share, 1e-3, 1)
    return compute / (1 - within("staff_share", staff_share, 0, 0.95))


def capital_usd_per_gpu(
    chip_price_usd: ArrayLike, server_factor: ArrayLike = 1.64, network_share: ArrayLike = 0.19
) -> np.ndarray:
    """What one chip in a working cluster costs to buy: the chip, its part of the server and of the network.

    Parameters
    ----------
    chip_price_usd : scalar or array, 0 to 10,000,000 USD
    server_factor : scalar or array, 1 to 5
        Price of a server divided by that of its chips.
    network_share : scalar or array, 0 to 0.9
        Share of the cluster's network in the whole.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    Default shares: Cottier et al. (Epoch AI), arXiv 2405.21015.

    Examples
    --------
    >>> round(float(capital_usd_per_gpu(30_000)))
    60741
    """
    price = within("chip_price_usd", chip_price_usd, 0, 1e7, "USD")
    server = price * within("server_factor", server_factor, 1, 5)
    return server + clusters.network_usd(server, network_share)


def owned_usd_per_gpu_hour(
    capital_usd: ArrayLike,
    lifetime_years: ArrayLike,
    utilisation: ArrayLike,
    power_usd_per_hour: ArrayLike = 0.0,
    upkeep_share_per_year: ArrayLike = 0.0,
) -> np.ndarray:
    """Cost of one useful hour of a chip one owns.

    Parameters
    ----------
    capital_usd : scalar or array, 0 to 100,000,000 USD
        From `capital_usd_per_gpu`; written off in equal parts, worth nothing at the end.
    lifetime_years : scalar or array, 0.5 to 20
    utilisation : scalar or array, 0.01 to 1
        Share of all hours in which the chip does work that someone wants.
    power_usd_per_hour : scalar or array, 0 to 1,000 USD
        Electricity while it works (``clusters.energy_cost_usd``); an idle chip counts as drawing nothing.
    upkeep_share_per_year : scalar or array, 0 to 1
        Staff, site and repairs in a year, as a share of the capital.

    Returns
    -------
    ndarray of float, broadcast shape, USD per useful GPU-hour

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    capital x (1/lifetime + upkeep) / (8,760 x utilisation) + power. No interest.

    Examples
    --------
    >>> round(float(owned_usd_per_gpu_hour(60_000, 4, 0.8, 0.1, 0.05)), 2)
    2.67
    """
    fixed = _fixed_usd_per_hour(capital_usd, lifetime_years, upkeep_share_per_year)
    power = within("power_usd_per_hour", power_usd_per_hour, 0, 1000, "USD")
    return fixed / within("utilisation", utilisation, 0.01, 1) + power


def break_even_utilisation(
    usd_per_gpu_hour: ArrayLike,
    capital_usd: ArrayLike,
    lifetime_years: ArrayLike,
    power_usd_per_hour: ArrayLike = 0.0,
    upkeep_share_per_year: ArrayLike = 0.0,
) -> np.ndarray:
    """Utilisation at which an owned chip costs as much per useful hour as a rented one.

    Parameters
    ----------
    usd_per_gpu_hour : scalar or array, 0 to 10,000 USD
        The rent.
    capital_usd, lifetime_years, power_usd_per_hour, upkeep_share_per_year : as in `owned_usd_per_gpu_hour`

    Returns
    -------
    ndarray of float, broadcast shape
        Above 1: renting is cheaper even against a chip that never rests.

    Raises
    ------
    ValueError
        A value outside its range; or a rent that does not exceed the electricity, where none breaks even.

    Notes
    -----
    capital x (1/lifetime + upkeep) / (8,760 x (rent - power)).

    Examples
    --------
    >>> round(float(break_even_utilisation(2.0, 60_000, 4, 0.1, 0.05)), 2)
    1.08
    """
    rent = within("usd_per_gpu_hour", usd_per_gpu_hour, 0, 1e4, "USD")
    power = within("power_usd_per_hour", power_usd_per_hour, 0, 1000, "USD")
    never = rent <= power
    if never.any():
        least, most = first_bad(never, rent, power)
        raise ValueError(
            f"usd_per_gpu_hour = {least:g} does not exceed power_usd_per_hour = {most:g}:"
            " at no utilisation does owning pay."
        )
    return _fixed_usd_per_hour(capital_usd, lifetime_years, upkeep_share_per_year) / (rent - power)


def _fixed_usd_per_hour(capital_usd: ArrayLike, lifetime_years: ArrayLike, upkeep: ArrayLike) -> np.ndarray:
    yearly = 1 / within("lifetime_years", lifetime_years, 0.5, 20, "years") + within(
        "upkeep_share_per_year", upkeep, 0, 1
    )
    return within("capital_usd", capital_usd, 0, 1e8, "USD") * yearly / clusters.HOURS_PER_YEAR


# --- a slower link ------------------------------------------------------------------------------


def link_slowdown(communication_ratio: ArrayLike, link_ratio: ArrayLike, hidden_ratio: ArrayLike = 0.0) -> np.ndarray:
    """How much longer a step takes on a chip with equal compute and a slower link: a teaching model.

    Parameters
    ----------
    communication_ratio : scalar or array, 0 to 10
        Time on the reference link divided by time of computing, if nothing ran at once.
    link_ratio : scalar or array, 0.01 to 100
        Speed of the link as a share of the reference link.
    hidden_ratio : scalar or array, 0 to 10
        Communication that can run behind computing, as a share of the time of computing.

    Returns
    -------
    ndarray of float, broadcast shape
        Time of a step divided by its time on the reference link.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    A step takes 1 + max(0, communication/link - hidden) times its computing. A model of ours: one link,
    no latency, perfect overlap up to the bound. Real chips have a fast link inside a server and a slower one
    outside, and export rules touched the first.

    Examples
    --------
    >>> round(float(link_slowdown(0.3, 400 / 900)), 2), float(link_slowdown(0.3, 400 / 900, 1))
    (1.29, 1.0)
    """
    ratio = within("communication_ratio", communication_ratio, 0, 10)
    slower = ratio / within("link_ratio", link_ratio, 0.01, 100)
    hidden = within("hidden_ratio", hidden_ratio, 0, 10)
    return (1 + np.maximum(0, slower - hidden)) / (1 + np.maximum(0, ratio - hidden))
