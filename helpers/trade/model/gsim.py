"""Several countries, one industry: the GSIM model of Francois and Hall (2003), solved as its linear equations stand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import whole, within

MOST_COUNTRIES = 60


class World(NamedTuple):
    """Changes of one industry in n countries, in the order given; rows of matrices are exporters, columns importers.

    Attributes
    ----------
    price : ndarray
        Proportional change of each producer's price.
    trade : ndarray
        Proportional change of each flow, in quantity.
    producers, buyers, treasury, welfare : ndarray
        Change of producer surplus, of buyers' surplus, of tariff revenue, and their sum, in units of the trade table.
    tax : float
        Proportional charge on the flow that was denied; 0 where none was.
    """

    price: np.ndarray
    trade: np.ndarray
    producers: np.ndarray
    buyers: np.ndarray
    treasury: np.ndarray
    welfare: np.ndarray
    tax: float


def _square(name: str, value: ArrayLike, low: float, high: float) -> np.ndarray:
    table = np.asarray(within(name, value, low, high), dtype=float)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not 2 <= len(table) <= MOST_COUNTRIES:
        raise ValueError(f"{name} of shape {table.shape} must be a square table of 2 to {MOST_COUNTRIES} countries.")
    return table


def gsim(
    trade: ArrayLike,
    power_before: ArrayLike,
    power_after: ArrayLike,
    demand: float = -1.25,
    supply: float = 1.5,
    substitution: float = 5.0,
    exporter: int = -1,
    importer: int = -1,
    cut: float = 0.0,
) -> World:
    """New producer prices, flows and welfare when tariffs change, or when one exporter denies a part of one flow.

    Parameters
    ----------
    trade : array of n x n, 0 to 1e12
        Trade at world prices, rows exporters, columns importers; own sales on the diagonal.
    power_before, power_after : array of n x n, 0.01 to 100
        1 + tariff.
    demand : float, -100 to -0.001
        Elasticity of composite demand.
    supply : float, 0.001 to 100
        Elasticity of export supply.
    substitution : float, 0.001 to 100
        Elasticity of substitution between origins.
    exporter, importer : int, -1 to 59
        Countries of the flow that is denied, counted from 0; -1 for none.
    cut : float, 0 to 1
        Share of that flow that the exporter withholds.

    Returns
    -------
    World

    Raises
    ------
    ValueError
        A table that is not square, countries without trade, or a value outside its range.

    Notes
    -----
    Weights at internal prices: theta of expenditure by importer, phi of quantity by exporter. Demand of importer v for origin r:
    own elasticity theta Em - (1 - theta) Es, cross theta (Em + Es). Market clearing, one equation for each exporter:
    Ex P_r = sum over v of phi (own (P_r + T_vr) + sum of cross (P_s + T_vs)). Welfare: producers R (P + Ex P^2 / 2); buyers
    spending (Em C^2 sign(C) / 2 - C), C the composite price, with the sign as the authors have it (it counts a rise of price a
    little dearer than the triangle would); tariff revenue at the new prices and quantities. A denial adds one unknown, a charge on one flow, and one equation, its cut; who
    keeps that charge is left open, so no treasury is credited with it. The equations are linear in changes: exact for small ones,
    an extrapolation for large cuts.

    Examples
    --------
    >>> got = gsim([[10, 5], [5, 10]], [[1, 1.2], [1.2, 1]], [[1, 1.0], [1.0, 1]])
    >>> got.price.round(3).tolist()
    [0.016, 0.016]
    """
    flows = _square("trade", trade, 0, 1e12)
    old, new = _square("power_before", power_before, 0.01, 100), _square("power_after", power_after, 0.01, 100)
    n = len(flows)
    for name, table in (("power_before", old), ("power_after", new)):
        if table.shape != flows.shape:
            raise ValueError(f"{name} of shape {table.shape} must have the shape of trade, {flows.shape}.")
    if (flows.sum(axis=0) <= 0).any() or (flows.sum(axis=1) <= 0).any():
        raise ValueError("trade has a country that buys or sells nothing; leave it out.")
    em, ex = float(within("demand", demand, -100, -0.001)), float(within("supply", supply, 0.001, 100))
    es, share = float(within("substitution", substitution, 0.001, 100)), float(within("cut", cut, 0, 1))
    seller, buyer = whole("exporter", exporter, -1, n - 1), whole("importer", importer, -1, n - 1)
    denied = seller >= 0 and buyer >= 0
    if denied and flows[seller, buyer] <= 0:
        raise ValueError(f"trade from exporter = {seller} to importer = {buyer} is nothing, so none can be denied.")

    spent = flows * old
    theta = spent / spent.sum(axis=0)  # of importer's spending, by column
    phi = flows / flows.sum(axis=1, keepdims=True)  # of exporter's sales, by row
    # elasticity[v, r, s]: of importer v's purchases from r to the price of s
    cross = theta.T[:, None, :] * (em + es)
    elasticity = np.broadcast_to(cross, (n, n, n)).copy()
    own = theta.T * em - (1 - theta.T) * es
    elasticity[:, np.arange(n), np.arange(n)] = own
    duty = (new / old - 1).T  # by importer, then exporter
    # sum over v of phi[r, v] * elasticity[v, r, s]
    response = np.einsum("rv,vrs->rs", phi, elasticity)
    matrix = ex * np.eye(n) - response
    right = np.einsum("rv,vrs,vs->r", phi, elasticity, duty)
    tax = 0.0
    if denied:
        # one more unknown, the charge on the flow: its effect on every exporter's sales, and the equation of its cut
        pull = phi[:, buyer] * elasticity[buyer, :, seller]
        row = elasticity[buyer, seller]
        matrix = np.block([[matrix, -pull[:, None]], [row[None, :], np.array([[row[seller]]])]])
        right = np.append(right, -share - row @ duty[buyer])
    found = np.linalg.solve(matrix, right)
    price = found[:n]
    charged = duty.copy()
    if denied:
        tax = float(found[n])
        charged[buyer, seller] += tax
    changed = np.einsum("vrs,vs->vr", elasticity, price + charged).T
    sales = flows.sum(axis=1)
    producers = sales * (price + ex * price**2 / 2)
    composite = (theta.T * ((1 + price) * (1 + charged) - 1)).sum(axis=1)
    spending = spent.sum(axis=0)
    buyers = spending * (em * composite**2 / 2 * np.sign(composite) - composite)
    revenue = (flows * (old - 1)).sum(axis=0)
    after = (flows * (1 + price[:, None]) * (1 + changed) * (new - 1)).sum(axis=0)
    treasury = after - revenue
    return World(price, changed, producers, buyers, treasury, producers + buyers + treasury, tax)
