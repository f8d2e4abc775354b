"""Stacks: what came in and what of it in the last month, yields in print, and what the rule tests."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import whole, within
from helpers.memory import model as memory
from helpers.memory.studies.values import BEFORE, LAYERS, NEWER_STACK, STACK, counted, gb_of, given
from helpers.rules import model as rules
from helpers.wafers import model as wafers


class Stockpile(NamedTuple):
    """Stacks that came to China to the end of 2024, by one analyst's count.

    Attributes
    ----------
    stacks, samsung, last_month : float
        All, Samsung's, and Samsung's between the day of the rule and the day it was enforced.
    days : int
        From the first of these days to the second.
    gigabytes, chips : float
        Of all stacks, and 910C that they would fill.
    """

    stacks: float
    samsung: float
    last_month: float
    days: int
    gigabytes: float
    chips: float


def stockpile() -> Stockpile:
    """The stock of stacks, by one analyst's count.

    Examples
    --------
    >>> s = stockpile()
    >>> s.chips, s.days, s.gigabytes
    (1625000.0, 29, 208000000.0)
    """
    rule = data.load("rules/versions").set_index("version_id").loc["dec-2024"]
    stacks = counted("hbm-stockpile-02")
    size = stacks * gb_of(STACK)
    days = (rule["compliance_from"] - rule["effective_from"]).days
    bought = counted("hbm-stockpile-01"), given("stacks-last-month")[1]
    return Stockpile(stacks, *bought, days, size, size / gb_of(BEFORE))


class Parts(NamedTuple):
    """CXMT's HBM3E yield as printed: front end, back end, whole; the product of the parts; the layer the back end implies.

    Attributes
    ----------
    front, back, whole, product : float
        Shares.
    over : float
        The whole over the product.
    layer : float
        Yield of one layer of eight, if the back end were nothing but eight layers.
    """

    front: float
    back: float
    whole: float
    product: float
    over: float
    layer: float

    @property
    def held(self) -> float:
        """`layer` to a tenth of a per cent: what a control holds, and so what is counted beside one."""
        return round(self.layer, 3)


def parts() -> Parts:
    """Three yields printed side by side, of which the third does not follow from the first two.

    Examples
    --------
    >>> p = parts()
    >>> p.whole, round(p.product, 2), round(p.over, 2), round(p.layer, 4), p.held
    (0.25, 0.21, 1.19, 0.9564, 0.956)
    """
    front, back, whole = (given(f"cxmt-hbm3e-{part}")[1] for part in ("front", "back", "whole"))
    over = float(memory.unexplained(whole, front, back))
    return Parts(front, back, whole, front * back, over, float(memory.layer_yield(back, LAYERS)))


def growing(layer_yield: float) -> list[float]:
    """Share of stacks that still work after each of eight layers.

    Parameters
    ----------
    layer_yield : float, 0 to 1

    Examples
    --------
    >>> [round(share, 3) for share in growing(0.99)][-1]
    0.923
    """
    return memory.stack_yield(within("layer_yield", layer_yield, 0, 1), np.arange(1, LAYERS + 1)).tolist()


class Plan(NamedTuple):
    """Stacks of a year from a plan of wafers: wafers a month, million stacks, million GB, 910C that they fill."""

    wafers: float
    stacks_m: float
    gigabytes_m: float
    chips: float


def dies_per_wafer() -> float:
    """Whole dies of the size of a stack's package on a wafer; a die is a little smaller, so a few more would fit.

    Examples
    --------
    >>> round(dies_per_wafer())
    524
    """
    area = chips.table().set_index("chip").loc[NEWER_STACK, "stack_area_mm2"]
    return float(wafers.dies_per_wafer(area))


def plan(wafers_per_month: float, die_yield: float, layer_yield: float, layers: int = LAYERS, gb: float = 16.0) -> Plan:
    """What a plan of wafers gives at these yields.

    Parameters
    ----------
    wafers_per_month : float, 0 to 1,000,000
    die_yield, layer_yield : float, 0 to 1
    layers : int, 1 to 24
    gb : float, 1 to 200 GB
        Of a stack of eight; more layers hold more in proportion.

    Examples
    --------
    >>> p = plan(30_000, 0.30, 0.9564)
    >>> round(p.stacks_m, 1), round(p.gigabytes_m)
    (4.9, 79)
    """
    within("wafers_per_month", wafers_per_month, 0, 1e6)
    layers = whole("layers", layers, 1, memory.MOST_LAYERS)
    size = within("gb", gb, 1, 200, "GB") * layers / LAYERS
    made = float(memory.stacks_from_wafers(wafers_per_month, dies_per_wafer(), die_yield, layers, layer_yield))
    return Plan(float(wafers_per_month), made / 1e6, float(made * size / 1e6), float(made * size / gb_of(BEFORE)))


def wafers_of_the_count() -> float:
    """Wafers a month that CXMT's 2 million stacks of the analyst's count take, at the yields in print.

    Examples
    --------
    >>> round(wafers_of_the_count(), -2)
    12100.0
    """
    p = parts()
    return float(memory.wafers_for_stacks(counted("cxmt-hbm-01"), dies_per_wafer(), p.front, LAYERS, p.layer))


def under_the_rule(on: str = "2026-12-01", destination: str = "China") -> pd.DataFrame:
    """Stacks of ``data/chips.csv`` under paragraph 3A090.c on a day.

    Parameters
    ----------
    on : str
        A day, YYYY-MM-DD.
    destination : str
        A place of the rules' record.

    Returns
    -------
    DataFrame
        Index: stack; gb, gb_s, area_mm2, density (GB/s per mm2), paragraph, review_policy.

    Examples
    --------
    >>> under_the_rule()["density"].round(1).tolist()
    [4.2, 6.8, 9.9, 14.3]
    """
    stacks = chips.table().query("kind == 'HBM stack'").set_index("chip")
    asked = [rules.classify(name, on, destination) for name in stacks.index]
    return pd.DataFrame(
        {
            "gb": stacks["memory_gb"],
            "gb_s": stacks["memory_bandwidth_gb_s"],
            "area_mm2": stacks["stack_area_mm2"],
            "density": chips.memory_bandwidth_density(stacks["memory_bandwidth_gb_s"], stacks["stack_area_mm2"]),
            "paragraph": [answer.paragraph for answer in asked],
            "review_policy": [answer.review_policy for answer in asked],
        },
        index=stacks.index,
    )
