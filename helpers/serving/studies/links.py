"""The ceiling that the exchange between experts puts on one user's speed."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within
from helpers.serving import model as serving

SPEEDS = [12.5, 25, 50, 100, 160, 200, 392, 450, 900]
HIDDEN = 7000  # as DeepSeek's engineers rounded it
_LINKS = {"H800 NVLink": "H800", "910C UnifiedBus": "Ascend 910C", "H100, H20 NVLink": "H100", "NVL72": "GB200 GPU"}


@cache
def named_links() -> dict[str, float]:
    """GB/s, one direction: a 400 Gb/s card, and the fast links of chips in ``data/chips.csv``."""
    return {"400G card": 400 / 8, **{words: serving.rates(chip).link_gb_s for words, chip in _LINKS.items()}}


class Exchange(NamedTuple):
    """One exchange (s), all of them in a step (s), and the tokens a second that one user gets at most."""

    seconds: np.ndarray
    step_seconds: np.ndarray
    most_tokens_per_s: np.ndarray


def exchange(network_gb_s: ArrayLike, tokens: float = 32, experts: float = 9, layers: float = 61) -> Exchange:
    """What the exchange between experts takes, two of them a layer, and nothing else counted.

    Parameters
    ----------
    network_gb_s : scalar or array, 1e-3 to 1e7 GB/s
        One direction, per chip.
    tokens, experts : scalar
        As in ``serving.all_to_all_seconds``.
    layers : scalar, 1 to 1e4

    Raises
    ------
    ValueError
        As ``serving.all_to_all_seconds``.

    Examples
    --------
    >>> found = exchange(50)
    >>> round(float(found.seconds) * 1e6, 2), round(float(found.step_seconds) * 1e3, 2)
    (120.96, 14.76)
    """
    within("tokens", tokens, 1e-3, 1e12)
    within("experts", experts, 1e-3, 1e7)
    within("layers", layers, 1, 1e4)
    one = serving.all_to_all_seconds(tokens, experts, HIDDEN, network_gb_s)
    return Exchange(one, 2 * layers * one, serving.exchange_bound(one, layers))
