"""Yield: the share of dies without a killer defect, and the density that a yield implies."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within
from helpers.wafers.model.ranges import MM2_PER_CM2, MOST_AREA, MOST_D0

MODELS = (
    "poisson",
    "murphy",
    "negative_binomial",
    "seeds",
    "seeds_sqrt",
    "bose_einstein",
    "hennessy_patterson",
)


def die_yield(
    area_mm2: ArrayLike,
    d0_per_cm2: ArrayLike,
    model: str = "negative_binomial",
    alpha: ArrayLike = 3.0,
    layers: ArrayLike = 13.5,
    line_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """Share of dies without a killer defect.

    Parameters
    ----------
    area_mm2 : scalar or array, 0 to 100,000 mm2
        Area in which a defect kills (the whole die, or its critical area).
    d0_per_cm2 : scalar or array, 0 to 100 defects per cm2
        For "bose_einstein" and "hennessy_patterson" the density of ONE layer.
    model : str
        "poisson", "murphy", "negative_binomial", "seeds" (1/(1 + x)), "seeds_sqrt" (the exp(-sqrt x)
        that calculators also sell as Seeds), "bose_einstein" or "hennessy_patterson" (the same
        formula, as in the 5th and 6th editions).
    alpha : scalar or array, 0.05 to 1e7
        Clustering of "negative_binomial": small for strong clusters, large for none.
    layers : scalar or array, 0.1 to 200
        Critical layers n, or the process complexity N of the textbook; only for the last two models.
    line_yield : scalar or array, 0 to 1
        Share of wafers that survive the line.

    Returns
    -------
    ndarray of float, 0 to 1, broadcast shape of what the model uses

    Raises
    ------
    ValueError
        A value outside its range, or an unknown model.

    Notes
    -----
    With x = d0 * area / 100: exp(-x); ((1 - exp(-x))/x)^2; (1 + x/alpha)^(-alpha); 1/(1 + x);
    exp(-sqrt x); (1 + x)^(-n). Murphy (1964), Seeds (1967), Stapper (1973); Hennessy and Patterson,
    *Computer Architecture*, 5th ed., section 1.6.

    Examples
    --------
    >>> die_yield(665.61, 0.10, "poisson").round(4).tolist()
    0.514
    >>> die_yield(665.61, 0.10, alpha=[2, 3, 10]).round(4).tolist()
    [0.5629, 0.5482, 0.525]
    """
    one_of("model", model, MODELS)
    area = within("area_mm2", area_mm2, 0, MOST_AREA, "mm2")
    x = area * within("d0_per_cm2", d0_per_cm2, 0, MOST_D0, "per cm2") / MM2_PER_CM2
    alpha = within("alpha", alpha, 0.05, 1e7)
    layers = within("layers", layers, 0.1, 200)
    line = within("line_yield", line_yield, 0, 1)
    if model == "poisson":
        good = np.exp(-x)
    elif model == "murphy":
        safe = np.where(x > 0, x, 1.0)
        good = np.where(x > 0, (-np.expm1(-safe) / safe) ** 2, 1.0)
    elif model == "negative_binomial":
        good = np.exp(-alpha * np.log1p(x / alpha))
    elif model == "seeds":
        good = 1 / (1 + x)
    elif model == "seeds_sqrt":
        good = np.exp(-np.sqrt(x))
    else:
        good = np.exp(-layers * np.log1p(x))
    return good * line


def infer_d0(
    area_mm2: ArrayLike,
    good_share: ArrayLike,
    model: str = "negative_binomial",
    alpha: ArrayLike = 3.0,
    layers: ArrayLike = 13.5,
    line_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """The defect density that a yield implies: the inverse of `die_yield`.

    Parameters
    ----------
    area_mm2 : scalar or array, 0.01 to 100,000 mm2
    good_share : scalar or array, 0.0001 to 1
        Share of dies without a killer defect, a fraction (0.4 for 40%).
    model, alpha, layers, line_yield
        As in `die_yield`; `line_yield` from 0.0001, and no smaller than `good_share`.

    Returns
    -------
    ndarray of float, defects per cm2, broadcast shape of what the model uses
        Per layer for "bose_einstein" and "hennessy_patterson".

    Raises
    ------
    ValueError
        A value outside its range, or a line that loses more than all dies lost.

    Notes
    -----
    Closed forms, but for Murphy's, which is bisected: sqrt(y) = (1 - exp(-x))/x lies below 1/x.

    Examples
    --------
    >>> infer_d0(665.61, [0.2, 0.4, 0.5]).round(3).tolist()
    [0.32, 0.161, 0.117]
    """
    one_of("model", model, MODELS)
    area = within("area_mm2", area_mm2, 0.01, MOST_AREA, "mm2")
    share = within("good_share", good_share, 1e-4, 1)
    alpha = within("alpha", alpha, 0.05, 1e7)
    layers = within("layers", layers, 0.1, 200)
    y = share / within("line_yield", line_yield, 1e-4, 1)
    if (y > 1 + 1e-12).any():
        raise ValueError("good_share is larger than line_yield: more good dies than the line lets through.")
    lost = -np.log(np.minimum(y, 1))
    if model == "poisson":
        x = lost
    elif model == "murphy":
        root = np.sqrt(np.exp(-lost))
        low, high = np.zeros_like(root), 1 / root
        for _ in range(60):
            middle = (low + high) / 2
            safe = np.where(middle > 0, middle, 1)
            above = -np.expm1(-safe) / safe > root
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        x = np.where(lost > 0, (low + high) / 2, 0.0)
    elif model == "negative_binomial":
        x = alpha * np.expm1(lost / alpha)
    elif model == "seeds":
        x = np.expm1(lost)
    elif model == "seeds_sqrt":
        x = lost**2
    else:
        x = np.expm1(lost / layers)
    return x / area * MM2_PER_CM2
