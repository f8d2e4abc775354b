"""What clusters are made of: parameters, blocks, prices of power, and seeded draws of their ranges."""

from __future__ import annotations

from functools import cache

import numpy as np

from helpers.chips import model as chips
from helpers.core import chance, data
from helpers.core.limits import one_of, within

Range = tuple[float, float, float]
ENDS = ("_low", "", "_high")  # of a column's name: low, central, high
STACKS_PER_CHIP, DIES_PER_CHIP, DIES_PER_WAFER = 8, 2, 78  # of a 910C


def parameter(name: str, place: str = "all") -> Range:
    """Low, central and high value of a parameter of clusters, for a place ("US", "CN", "card" or "all")."""
    one_of("name", name, _parameters())
    if place not in (places := _parameters()[name]):
        raise ValueError(f"place = {place!r} is not one of {', '.join(places)} for name = {name!r}.")
    return places[place]


@cache
def _parameters() -> dict[str, dict[str, Range]]:
    found: dict[str, dict[str, Range]] = {}
    for row in data.load("cluster_parameters").itertuples():
        found.setdefault(row.parameter, {})[row.applies_to] = (float(row.low), float(row.central), float(row.high))
    return found


@cache
def block(name: str) -> dict[str, Range]:
    """What one chip of a block has, costs and draws, its share of server or rack included.

    Parameters
    ----------
    name : str
        A row of ``data/cluster_blocks.csv``.

    Returns
    -------
    dict
        ``peak_tflops``, ``hardware_usd``, ``it_power_w``: low, central, high for each chip.
    """
    row = data.load("cluster_blocks").set_index("block").loc[name]
    chip = chips.table().set_index("chip").loc[row["chip"]]
    card = row["system"] == ""
    if card:  # it still needs its share of a server
        count, factors = 1, [parameter(k, "card") for k in ("server_overhead", "server_multiplier")]
        low, high = float(chip["price_usd_low"]), float(chip["price_usd_high"])
        usd, power = (low, (low + high) / 2, high), row
    else:
        system = data.load("systems").set_index("system").loc[row["system"]]
        count, factors = system["accelerator_count"], [(1.0, 1.0, 1.0)] * 2
        usd = tuple(float(system[f"price_usd{end}"]) for end in ENDS)
        power = system.add_prefix("it_") if np.isnan(row["it_power_kw"]) else row
    kw = (float(power[f"it_power_kw{end}"]) for end in ENDS)
    return {
        "peak_tflops": tuple(float(chip[f"fp16_bf16_tflops_dense{end}"]) for end in ENDS),
        "hardware_usd": tuple(v / count * f for v, f in zip(usd, factors[0], strict=True)),
        "it_power_w": tuple(1000 * v / count * f for v, f in zip(kw, factors[1], strict=True)),
    }


@cache
def place_of(name: str) -> str:
    """Where a block's chip is designed, and so which utilisation and PUE it starts with: "US" or "CN"."""
    chip = data.load("cluster_blocks").set_index("block").loc[name, "chip"]
    return str(data.load("chips").set_index("chip").loc[chip, "vendor_home"])


def blocks() -> list[str]:
    """Names of the blocks (``data/cluster_blocks.csv``)."""
    return list(data.load("cluster_blocks")["block"])


@cache
def ranges(name: str) -> dict[str, Range]:
    """Low, central and high of all that one block and its site bring."""
    chip = chips.table().set_index("chip").loc[data.load("cluster_blocks").set_index("block").loc[name, "chip"]]
    site = {k: parameter(k, place_of(name)) for k in ("pue", "site_cost")}
    return {**block(name), **site, "memory_gb_s": tuple(float(chip[f"memory_bandwidth_gb_s{end}"]) for end in ENDS)}


@cache
def _drawn(name: str, seed: int) -> dict[str, np.ndarray]:
    """Draws for one block and its site."""
    return chance.sample(ranges(name), seed=seed)


@cache
def _drawn_common() -> dict[str, np.ndarray]:
    """Draws that both sides share."""
    return chance.sample({k: parameter(k) for k in ("network_share", "load_factor")}, seed=1)


def pair_draws(a: str, b: str) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Seeded draws of two blocks and their sites, the central values first. One block against itself shares its draws."""
    values = []
    for name, seed in ((a, 2), (b, 2 if a == b else 3)):
        central = {k: v[1] for k, v in ranges(name).items()}
        values.append({k: np.append(central[k], v) for k, v in _drawn(name, seed).items()})
    return values[0], values[1]


def common_draws() -> dict[str, np.ndarray]:
    """Draws of what both sides share (network share, load), the central values first."""
    return {k: np.append(parameter(k)[1], v) for k, v in _drawn_common().items()}


def band(values: np.ndarray) -> Range:
    """Central value (the first) and the 5th and 95th percentile, the centre always inside."""
    values = within("values", values, -1e300, 1e300)
    if values.ndim != 1 or values.size < 2:
        raise ValueError(f"values of shape {values.shape} must be a row of two or more: the central one, then draws.")
    low, high = np.percentile(values[1:], [5, 95])
    return float(min(low, values[0])), float(values[0]), float(max(high, values[0]))


def power_price(row_id: str) -> float:
    """Central price of electricity of a row of ``data/electricity.csv``, USD per kWh.

    Examples
    --------
    >>> power_price("cn-industrial-2024")
    0.088
    """
    return float(data.load("electricity").set_index("row_id").loc[row_id, "central"])
