"""Operations of a training run, the GPU-hours they take, and the utilisation that hours or speed imply."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within

MOST_HOURS = 1e12  # GPU-hours that any function of this model answers for
_MOST_PARAMETERS, _MOST_TOKENS, _MOST_FLOPS = 1e14, 1e16, 1e32
_MOST_GPUS, _MOST_TFLOPS = 1e8, 1e6


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
    seconds = within("hours", hours, 1e-6, MOST_HOURS, "GPU-hours") * 3600
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


def gpu_hours_of_run(gpus: ArrayLike, days: ArrayLike) -> np.ndarray:
    """GPU-hours of a number of GPUs for a number of days: GPUs times time, the inverse of `run_days`.

    Parameters
    ----------
    gpus : scalar or array, 1 to 1e8
    days : scalar or array, 0 to 36525 days
        Of which the GPUs never stop.

    Returns
    -------
    ndarray of float, broadcast shape, GPU-hours

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    GPUs x days x 24. arXiv 2412.19437, section 1: a trillion tokens, "180K H800 GPU hours, i.e., 3.7 days on our
    cluster with 2048 H800 GPUs".

    Examples
    --------
    >>> round(float(gpu_hours_of_run(2048, 3.7)), -3)
    182000.0
    """
    return within("gpus", gpus, 1, _MOST_GPUS) * within("days", days, 0, 36_525, "days") * 24


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
    return within("hours", hours, 0, MOST_HOURS, "GPU-hours") / within("gpus", gpus, 1, _MOST_GPUS) / 24
