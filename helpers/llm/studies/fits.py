"""How many conversations fit beside the weights, on one chip or many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.core.limits import within
from helpers.llm import model as llm
from helpers.llm.studies import doors

# The chips that are compared, with the names that charts give them.
FITTED = {
    "H800 SXM5 80GB": "H800 80 GB",
    "H20 96GB": "H20 96 GB",
    "H200 SXM 141GB": "H200 141 GB",
    "B200": "B200",
    "Ascend 910B": "Ascend 910B",
    "Ascend 910C": "Ascend 910C",
    "Ascend 950DT": "Ascend 950DT",
}


def sequences_that_fit(
    model: str, memory_gb: Any, context: float, weight_bits: float, cache_bits: Any, used: float = 0.9
) -> np.ndarray:
    """Whole conversations whose cache fits beside one copy of the weights; -1 where the weights do not.

    Parameters
    ----------
    model : str
        A name of ``llm.models``.
    memory_gb : scalar or array
        Memory of all chips together, in 10^9 bytes.
    context : float
        Tokens in each conversation.
    weight_bits : float
    cache_bits : float or "packed"
    used : float
        Share of the memory that weights and caches may take.

    Returns
    -------
    ndarray of float, shape of `memory_gb`

    Raises
    ------
    ValueError
        An argument out of its range; it is named.

    Examples
    --------
    >>> sequences_that_fit("DeepSeek-V3", [640, 768, 1024], 131072, 8, 16).tolist()
    [-1.0, 2.0, 27.0]
    """
    doors.known("model", model)
    doors.tokens(context, 1)
    doors.number("weight_bits", weight_bits, 1, 32, "bits")
    doors.bits("cache_bits", cache_bits)
    share = doors.number("used", used, 0, 1)
    free = within("memory_gb", memory_gb, 0, 1e12, "GB") * 1e9 * share - float(llm.weight_bytes(model, weight_bits))
    return np.where(free < 0, -1, np.floor(free / float(llm.kv_bytes(model, context, cache_bits))))


def fits_on_chips(
    frame: pd.DataFrame, model: str, together: int, context: int, weight_bits: float, cache_bits: Any, used: float = 0.9
) -> pd.DataFrame:
    """Conversations that fit beside the weights, on so many of each chip of `FITTED`.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    together : int
        Chips that share one copy of the weights.
    model, context, weight_bits, cache_bits, used
        As in `sequences_that_fit`.

    Returns
    -------
    DataFrame
        Index chip; columns name (for charts), home ("China" or "US"), memory_gb (of all together), fits (-1 where
        the weights do not).

    Raises
    ------
    ValueError
        An argument out of its range; it is named.
    """
    doors.frame("frame", frame, "chip", "memory_gb", "vendor_home")
    doors.number("together", together, 1, 1e6, "chips")
    rows = frame.set_index("chip").loc[list(FITTED)]
    memory = rows["memory_gb"].astype(float) * together
    return pd.DataFrame(
        {
            "name": list(FITTED.values()),
            "home": np.where(rows["vendor_home"] == "CN", "China", "US"),
            "memory_gb": memory,
            "fits": sequences_that_fit(model, memory, context, weight_bits, cache_bits, used),
        },
        index=rows.index,
    )
