"""What a whole system takes for each petaFLOP/s."""

from __future__ import annotations

import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies.names import CHINESE, CUT, US

SYSTEMS = [
    "HGX H20 (8 GPU)",
    "HGX H100 (8 GPU)",
    "HGX H200 (8 GPU)",
    "HGX B200 (8 GPU)",
    "GB200 NVL72",
    "GB300 NVL72",
    "CloudMatrix 384",
]
_QUANTITIES = (
    "accelerator_count",
    "power_kw",
    "price_usd",
    "hbm_capacity_tb",
    "hbm_bandwidth_tb_s",
    "scale_up_bandwidth_tb_s",
)


def _ends(row: pd.Series, quantity: str) -> tuple[float, float, float]:
    if f"{quantity}_low" in row:
        return row[f"{quantity}_low"], row[quantity], row[f"{quantity}_high"]
    return (row[quantity],) * 3


def times_per_pflop(
    systems: pd.DataFrame, system: str = "CloudMatrix 384", reference: str = "GB200 NVL72"
) -> pd.DataFrame:
    """Ratios per dense BF16 petaFLOP/s of one system to another.

    Parameters
    ----------
    systems : DataFrame
        ``data.load("systems")``.
    system, reference : str
        Names in its `system` column.

    Returns
    -------
    DataFrame indexed by quantity
        low, central, high; NaN where either value is not known.
    """
    per = chips.per_pflop(systems)
    mine, base = per.loc[system], per.loc[reference]
    out = {}
    for quantity in _QUANTITIES:
        a, b = _ends(mine, quantity), _ends(base, quantity)
        out[quantity] = (a[0] / b[2], a[1] / b[1], a[2] / b[0])
    return pd.DataFrame.from_dict(out, orient="index", columns=["low", "central", "high"])


def takes_per_pflop(systems: pd.DataFrame) -> pd.DataFrame:
    """Chips, power (kW) and price (USD) for each dense BF16 petaFLOP/s.

    Parameters
    ----------
    systems : DataFrame
        ``data.load("systems")``; those of `SYSTEMS` are kept.

    Returns
    -------
    DataFrame
        One row a system and quantity: system, kind (of `GROUPS`), quantity, low, central, high.
    """
    per = chips.per_pflop(systems).loc[SYSTEMS]
    home = systems.set_index("system")["vendor_home"]
    rows = [
        (name, CHINESE if home[name] == "CN" else CUT if "H20 " in name else US, quantity, *_ends(row, quantity))
        for quantity in _QUANTITIES[:3]
        for name, row in per.iterrows()
    ]
    return pd.DataFrame(rows, columns=["system", "kind", "quantity", "low", "central", "high"])
