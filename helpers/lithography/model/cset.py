"""The CSET model of 2020, rebuilt from its printed table (``data/cset_nodes.csv``)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import within

CSET_RATE, CSET_FLOOR = 0.2529, 0.35  # declining balance, and the share of the first year it never falls below
CSET_DEPRECIATION_SHARE = 0.2493  # of TSMC's revenue, 2004 to 2018
CSET_CHIPS, CSET_DENSITY = 71.4, 171.3  # chips a 5 nm wafer; million transistors per mm2 at 5 nm
CSET_ATP = 0.3348  # assembly, test and packaging over foundry price
_CSET_COUNTED = pd.Timestamp("2020-01-01")


def cset_capital_factor(years: ArrayLike) -> np.ndarray:
    """Share of the invested capital that CSET counts as consumed in 2020.

    Parameters
    ----------
    years : scalar or array, 0 to 50
        From mass production to the first quarter of 2020.

    Returns
    -------
    ndarray of float, shape of `years`

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    0.2529 x 0.7471^years, and never less than 35% of 0.2529. Recovered from the printed table.

    Examples
    --------
    >>> cset_capital_factor([0, 1.5, 2.75, 4.5]).round(4).tolist()
    [0.2529, 0.1633, 0.1134, 0.0885]
    """
    t = within("years", years, 0, 50, "years")
    return CSET_RATE * np.maximum((1 - CSET_RATE) ** t, CSET_FLOOR)


def cset_wafer_price(capital_invested_usd: ArrayLike, years: ArrayLike) -> np.ndarray:
    """CSET's sale price of a wafer in 2020.

    Parameters
    ----------
    capital_invested_usd : scalar or array, 0 to 1 million USD
        For the capacity to make one wafer a year.
    years : scalar or array, 0 to 50
        As in `cset_capital_factor`.

    Returns
    -------
    ndarray of float, USD, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Capital consumed / 0.2493: depreciation was that share of TSMC's revenue, 2004 to 2018.

    Examples
    --------
    >>> round(float(cset_wafer_price(16746, 0)))
    16988
    """
    capital = within("capital_invested_usd", capital_invested_usd, 0, 1e6, "USD")
    return capital * cset_capital_factor(years) / CSET_DEPRECIATION_SHARE


def cset_chips_per_wafer(density_mtr_per_mm2: ArrayLike) -> np.ndarray:
    """Chips of 90.7 billion transistors that CSET takes from one wafer; below 1, a chip needs several.

    Parameters
    ----------
    density_mtr_per_mm2 : scalar or array, 0.01 to 1000 million transistors per mm2

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    71.4 at 171.3, in proportion. 71.4 is 80% of the whole dies of 610 mm2 on a wafer: the same yield
    at every node.

    Examples
    --------
    >>> round(float(cset_chips_per_wafer(96.3)), 1)
    40.1
    """
    return CSET_CHIPS * within("density_mtr_per_mm2", density_mtr_per_mm2, 0.01, 1000) / CSET_DENSITY


def cset_chip_price(wafer_price_usd: ArrayLike, density_mtr_per_mm2: ArrayLike) -> np.ndarray:
    """CSET's foundry price of one chip.

    Parameters
    ----------
    wafer_price_usd : scalar or array, 0 to 1 million USD
    density_mtr_per_mm2 : scalar or array
        As in `cset_chips_per_wafer`.

    Returns
    -------
    ndarray of float, USD, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    price of the wafer / chips on it.

    Examples
    --------
    >>> round(float(cset_chip_price(16988, 171.3)))
    238
    """
    return within("wafer_price_usd", wafer_price_usd, 0, 1e6, "USD") / cset_chips_per_wafer(density_mtr_per_mm2)


def cset_atp(chip_price_usd: ArrayLike) -> np.ndarray:
    """CSET's cost of assembly, test and packaging: 33.48% of the foundry price.

    Parameters
    ----------
    chip_price_usd : scalar or array, 0 to 1 million USD

    Returns
    -------
    ndarray of float, USD, shape of `chip_price_usd`

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(float(cset_atp(238)))
    80
    """
    return CSET_ATP * within("chip_price_usd", chip_price_usd, 0, 1e6, "USD")


def cset_table() -> pd.DataFrame:
    """CSET's table rebuilt: every printed number beside the computed one, blanks computed.

    Returns
    -------
    DataFrame
        One row a node, oldest first. `years`, `factor`; for capital_invested, capital_consumed,
        other_costs, wafer_price, chip_price and atp the columns ``<name>_printed`` and
        ``<name>_computed``; `density` as printed beside the table or as implied by the two prices
        (`density_implied`); `chips_per_wafer`; `foundry_and_atp`, the total without design.

    Notes
    -----
    Where the capital is printed, the wafer's price is computed forwards from it; where it is not, the
    capital is computed back from the printed price. Where a density is quoted, the chip's price is
    computed from it; where not, density is what the two printed prices imply.

    Examples
    --------
    >>> cset_table().set_index("node").loc["7", ["wafer_price_computed", "chip_price_computed"]].round().tolist()
    [9346.0, 233.0]
    """
    t = data.load("cset_nodes")
    years = ((_CSET_COUNTED - t["mass_production"]).dt.days / 365.25).round(2).to_numpy()
    factor = cset_capital_factor(years)
    known = t["capital_invested_usd"].notna().to_numpy()
    price = t["wafer_price_usd"].to_numpy()
    consumed = np.where(known, t["capital_invested_usd"] * factor, price * CSET_DEPRECIATION_SHARE)
    wafer = consumed / CSET_DEPRECIATION_SHARE
    implied = CSET_DENSITY * price / t["chip_price_usd"].to_numpy() / CSET_CHIPS
    density = t["density_mtr_per_mm2"].fillna(pd.Series(implied)).to_numpy()
    chip = cset_chip_price(wafer, density)
    out = pd.DataFrame(
        {
            "node": t["node"],
            "years": years,
            "factor": factor,
            "capital_invested_printed": t["capital_invested_usd"],
            "capital_invested_computed": consumed / factor,
            "capital_consumed_printed": t["capital_consumed_usd"],
            "capital_consumed_computed": consumed,
            "other_costs_printed": t["other_costs_usd"],
            "other_costs_computed": wafer - consumed,
            "wafer_price_printed": price,
            "wafer_price_computed": wafer,
            "density": density,
            "density_implied": t["density_mtr_per_mm2"].isna(),
            "chips_per_wafer": cset_chips_per_wafer(density),
            "chip_price_printed": t["chip_price_usd"],
            "chip_price_computed": chip,
            "atp_printed": t["atp_cost_usd"],
            "atp_computed": cset_atp(chip),
        }
    )
    return out.assign(foundry_and_atp=out["chip_price_computed"] + out["atp_computed"])
