"""From the bound to a throughput, a delay and a price: the shares that real systems reach."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core.limits import each, first_bad, shown, within
from helpers.serving.model.limits import one_number
from helpers.serving.model.steps import Step, decode, prefill, read_and_write

# Shares of the roofline, drawn round what was measured: the course's choice, not a law (see `usual_share`).
ONE_MACHINE = (0.25, 0.8)
MANY_CHIPS = (0.15, 0.45)


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
    >>> from helpers.core import data
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
        read, write = read_and_write(*work, n_out, row.group, **formats)
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
    return ONE_MACHINE if one_number("group", within("group", group, 1, 1e5)) <= 8 else MANY_CHIPS


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
        raise ValueError(f"step = {shown(step)} is not a Step; decode and prefill give one.")
    if not isinstance(share, (tuple, list, np.ndarray)) or len(share := each("share", share)) != 2:
        raise ValueError(f"share = {shown(share)}: give two, the lower share first, from 0.001 to 1.")
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
