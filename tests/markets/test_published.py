"""Numbers in print on grey markets, computed again; each test names its source."""

from __future__ import annotations

import pytest

from helpers.core import data
from helpers.markets import model as markets
from helpers.markets import studies

PRICES = data.load("api_prices").set_index("price_id")


def test_a_b300_server_at_8_million_yuan_is_102_per_cent_above_the_list_price():
    """Reuters, June 2026, as relayed by StockWireX: 8 million yuan, 0.55 million USD; 7.2 yuan for a dollar."""
    assert float(markets.mark_up(markets.in_usd(8e6, 7.2), 0.55e6)) == pytest.approx(1.0202, abs=1e-4)
    quoted = studies.quoted_mark_ups().loc["b300-server-2026-06"]
    assert quoted["central"] == pytest.approx(1.0202, abs=1e-4)
    assert quoted["high"] == pytest.approx(8 / 6.8 / 0.55 - 1) and quoted["bound"] == "at least"


def test_75_000_yuan_a_month_are_1_78_usd_an_hour():
    """MIT Technology Review, March 2025, as relayed: 8 GPUs, 730 hours, 7.2 yuan. The table of rents takes 7.25: 1.77."""
    assert float(markets.hourly_rent(75_000, 8, 7.2)) == pytest.approx(1.7836, abs=1e-4)
    row = data.load("rental_prices").set_index("price_id").loc["h100-china-2025-03"]
    assert row["usd_per_gpu_hour"] == pytest.approx(float(markets.hourly_rent(75_000, 8, 7.25)), abs=0.005)


@pytest.mark.parametrize(("printed", "shadow"), [("36.95", 36.95), ("37.00", 37.0)])
def test_the_honest_share_at_a_price_of_0_6_is_0_28_with_either_printed_figure(printed, shadow):
    """arXiv 2603.01919: 83.82 official; 36.95 in accounts of the paper (average of three), 37.00 in a forum's quotation."""
    worth = studies.audited_value(printed)
    assert worth == pytest.approx(shadow / 83.82)
    share = float(markets.least_honest_share(0.6, 1, worth))
    assert share == pytest.approx(0.28, abs=0.005)
    assert float(markets.mixed_value(share, 1, worth)) == pytest.approx(0.6)


def test_the_gap_of_the_audit_lies_within_the_printed_gaps():
    """arXiv 2603.01919, abstract: gaps of up to 47.21 points; accounts give 46.5 as the least."""
    gap = studies.estimate("audit-official")[1] - studies.estimate("audit-shadow")[1]
    assert 46.5 < gap < 47.21
    assert studies.estimate("audit-identity")[1] == pytest.approx(100 * 11 / 24, abs=0.005)


def test_v4_pro_blended_is_as_printed():
    """DeepSeek's price page of May 2026: 0.435, 0.003625 and 0.87 USD; three parts in to one out, cache share 0 and 50%."""
    row = PRICES.loc["v4-pro-2026-05"]
    prices = row["input_usd"], row["hit_usd"], row["output_usd"]
    assert prices == (0.435, 0.003625, 0.87)
    assert float(markets.blended_price(*prices)) == pytest.approx(0.54375, abs=1e-12)
    assert float(markets.blended_price(*prices, 0.5)) == pytest.approx(0.381984375, abs=1e-12)
    frame = [studies.blended(h).set_index("service").loc["DeepSeek V4-Pro, May 2026", "usd"] for h in (0, 0.5)]
    assert frame == pytest.approx([0.54375, 0.381984375])


def test_k3_lists_at_the_price_of_claude_sonnet_4_5():
    """Data sets of list prices, July 2026: 3 and 15 USD both."""
    columns = ["input_usd", "output_usd"]
    assert (
        PRICES.loc["kimi-k3-2026-07", columns].tolist()
        == PRICES.loc["claude-sonnet-45-2025", columns].tolist()
        == [3, 15]
    )


def test_the_two_estimates_of_chips_are_as_printed():
    """CNAS, 11 June 2025; Epoch AI, 29 April 2026."""
    frame = studies.smuggled()
    cnas = frame.loc["cnas-2024-chips"]
    assert (cnas["low"], cnas["central"], cnas["ends"]) == (10_000, 140_000, "upper end in words only")
    assert frame.loc[["epoch-2024-chips", "epoch-2025-chips"], "central"].tolist() == [170_895, 465_762]
    assert studies.estimate("epoch-2025-computing") == (0.29e6, 0.66e6, 1.6e6)
    assert (frame["low"] < frame["central"]).all()  # never a bare point


def test_intervals_scaled_by_us_keep_the_ratios_of_the_printed_one():
    row = studies.smuggled().loc["epoch-2025-chips"]
    assert row["high"] / row["low"] == pytest.approx(1.6 / 0.29) and row["ends"] == "scaled by us"


def test_china_s_rents_of_april_2026_rose_by_more_than_their_report_says():
    """TrendForce, 17 April 2026: 50-60,000 to 80-90,000 yuan is 50 to 60 per cent, not 20 to 30."""
    assert 90 / 60 - 1 == pytest.approx(0.5) and 80 / 50 - 1 == pytest.approx(0.6)
    rents = studies.rent_path().set_index("price_id")["usd"]
    assert rents["h100-china-2026-04"] == pytest.approx(float(markets.hourly_rent(85_000, 8, 7.2)), abs=0.005)
    assert rents["h100-china-2025-10"] == pytest.approx(float(markets.hourly_rent(55_000, 8, 7.2)), abs=0.005)
