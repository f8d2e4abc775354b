"""Several countries: the printed example of Francois and Hall (2003), and a denial in it."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.trade import model as trade
from helpers.trade import studies


def test_francois_and_hall_2003_four_by_four():
    """Producer prices 0.0792, -0.0316, 0.0480, -0.0184; welfare +18.2, -34.5, +14.5, -40.8."""
    found = studies.free_trade_example()
    assert found["price"].round(4).tolist() == [0.0792, -0.0316, 0.0480, -0.0184]
    assert found["welfare"].round(1).tolist() == [18.2, -34.5, 14.5, -40.8]


def excess(price, flows, old, new, em=-1.25, ex=1.5, es=5.0):
    """Sales less supply of each exporter, written out sum by sum."""
    n = len(flows)
    out = []
    for r in range(n):
        sold = 0.0
        for v in range(n):
            spent = [flows[i][v] * old[i][v] for i in range(n)]
            theta = [s / sum(spent) for s in spent]
            change = 0.0
            for s in range(n):
                e = theta[r] * em - (1 - theta[r]) * es if s == r else theta[s] * (em + es)
                change += e * (price[s] + new[s][v] / old[s][v] - 1)
            sold += flows[r][v] / sum(flows[r]) * change
        out.append(sold - ex * price[r])
    return out


def test_the_solution_clears_every_market_written_out():
    names, flows, old, new = studies.example()
    price = studies.free_trade_example()["price"].tolist()
    assert excess(price, flows.tolist(), old.tolist(), new.tolist()) == pytest.approx([0] * 4, abs=1e-12)


def test_no_change_no_effect():
    _, flows, old, _ = studies.example()
    still = trade.gsim(flows, old, old)
    assert np.allclose(still.welfare, 0, atol=1e-9) and still.tax == 0


def test_a_denial_cuts_its_flow_by_what_was_asked_and_lifts_third_sellers():
    _, flows, old, _ = studies.example()
    found = trade.gsim(flows, old, old, exporter=0, importer=3, cut=0.2)
    assert found.trade[0, 3] == pytest.approx(-0.2) and found.tax > 0
    assert found.producers[0] < 0 < min(found.producers[1], found.producers[2])
    assert found.buyers[3] < 0


def test_a_denial_equals_the_charge_that_it_names():
    """The charge, put in as a tariff power on that flow, gives the same prices."""
    _, flows, old, _ = studies.example()
    denied = trade.gsim(flows, old, old, exporter=0, importer=2, cut=0.1)
    taxed = old.copy()
    taxed[0, 2] *= 1 + denied.tax
    assert trade.gsim(flows, old, taxed).price == pytest.approx(denied.price)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (([[1, 2, 3], [4, 5, 6]], 1, 1), "trade"),
        (([[1, 2], [3, 4]], [[1, 1]], [[1, 1], [1, 1]]), "power_before"),
        (([[0, 0], [3, 4]], [[1, 1], [1, 1]], [[1, 1], [1, 1]]), "trade"),
    ],
)
def test_tables_without_shape_or_trade_are_refused(given, named):
    with pytest.raises(ValueError, match=named):
        trade.gsim(*given)


def test_a_flow_that_is_not_there_cannot_be_denied():
    with pytest.raises(ValueError, match="exporter"):
        studies.denial_example("United States", "United States", 0.1)
