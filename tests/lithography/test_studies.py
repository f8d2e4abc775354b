"""Studies of 22_without_euv: what the model says of the course's questions."""

from __future__ import annotations

import pytest

from helpers.lithography import model as litho
from helpers.lithography import studies
from helpers.wafers import studies as wafer_studies


@pytest.mark.parametrize("scheme", studies.multiple())
def test_the_penalty_s_parts_add_up_to_the_whole(scheme):
    out = studies.penalty(scheme, 14, "NXT:2000i", 0.003, 45_000)
    stages = dict(out["stages"])
    last = stages.pop("without EUV")
    assert sum(stages.values()) == pytest.approx(last)
    low, high = out["passes"]
    assert 14 < low <= high and out["scanners"][0] <= out["scanners"][1] and out["days"][0] <= out["days"][1]
    ratio = out["ratio"]
    assert ratio[0] == pytest.approx(last / stages["with EUV"]) and ratio.min() < ratio[0] < ratio.max()


def test_the_wafer_s_rise_is_that_of_its_layers():
    """14 layers of SAQP without added defects: the die's cost rises as the wafer's does, layer by layer."""
    out = studies.penalty("SAQP", 14, "NXT:2000i", 0.0, 45_000)
    euv, duv = (litho.layer_cost(*layer)["total"] for layer in (("single", studies.EUV_TOOL), ("SAQP", "NXT:2000i")))
    assert out["ratio"][0] == pytest.approx((8000 + 14 * (duv - euv) * 1.1) / 8000)
    assert out["scanners"] == pytest.approx([14 * n * 45_000 / (720 * 0.85 * 275) for n in (3, 5)])
    assert out["days"] == pytest.approx([14 * 2 * 1.0, 14 * 4 * 1.6])


def test_clean_passes_lose_no_dies():
    assert studies.penalty("LE4", 14, "NXT:2000i", 0, 1000)["stages"]["lost dies"] == pytest.approx(0)


def test_a_layer_at_n3_s_pitch_takes_three_to_five_exposures():
    """32.5 nm by LE3, LE4 and SAQP; the ends straight from the rows."""
    found, rows = studies.layer_without_euv(), [r for r in studies.pitch_rows(32.5)[:-1] if r["prints"]]
    assert found.schemes == ("LE3", "LE4", "SAQP") and found.exposures == (3, 5)
    assert found.whole == (min(r["ratio"].min() for r in rows), max(r["ratio"].max() for r in rows))
    assert found.whole[0] < found.central[0] < found.central[1] < found.whole[1]
    with pytest.raises(ValueError, match="no scheme prints pitch = 14 nm"):
        studies.layer_without_euv(14)


def test_on_the_scanner_alone_three_or_four_exposures_tie():
    """200 million EUR at 220 wafers an hour against 65, 80 and 90 at 310."""
    found = studies.tie()
    assert found.euv_eur == pytest.approx(24.4, abs=0.05)
    assert found.duv_eur == pytest.approx([5.6, 6.9, 7.8], abs=0.05)
    assert found.scanner == pytest.approx([4.3, 3.5, 3.1], abs=0.05)
    assert found.whole[0] == pytest.approx(1.7, abs=0.05) and found.whole.min() < 1.1 and found.whole.max() > 3


def test_the_spread_of_the_penalty_is_that_of_its_schemes():
    schemes = ("SADP", "SAQP", "LE4")
    spread, each = studies.penalty_spread(schemes), [studies.penalty(name) for name in schemes]
    assert spread.scanners == pytest.approx((2 * 220 / 275, 5 * 220 / 275))
    assert spread.days == pytest.approx((14 * 1 * 1.0, 14 * 4 * 1.6))
    assert spread.ratio == (min(o["ratio"].min() for o in each), max(o["ratio"].max() for o in each))


def test_42_passes_at_0_0029_make_a_yield_of_30_percent():
    found = studies.passes_behind()
    assert found.implied_d0 == pytest.approx(0.2226, abs=1e-4) and found.each == pytest.approx(0.0029, abs=5e-5)


def test_a_premium_is_the_product_of_its_factors():
    found = studies.premium(1.45, 0.55, 0.30)
    assert found.ratio == pytest.approx(found.price * found.yields)
    assert found.reported == pytest.approx((1.4 * 0.55 / 0.30, 1.5 * 0.55 / 0.30))
    assert found.over_yields == pytest.approx((1.45 * 0.55 / 0.20, 1.45 * 0.55 / 0.50))


def test_overlay_leaves_fewer_good_fields_with_more_fits():
    assert [round(studies.good_fields(n), 2) for n in (1, 2, 3)] == [0.93, 0.86, 0.80]
    assert studies.good_fields(3, 2.5) < studies.good_fields(3)


def test_tsmc_s_claim_for_power_goes_beyond_the_table_s():
    power = studies.power_of_7nm()
    assert power.claimed == pytest.approx(0.40) and power.by_table == pytest.approx(0.66, abs=0.005)


def test_every_ratio_of_cost_is_that_of_its_own_study():
    """The table of the page: each row against the function that the panel of that row calls."""
    rows = {(r.what, r.scheme, r.die_mm2, r.defects): r for r in studies.every_ratio()}
    saqp = studies.penalty("SAQP")["ratio"]
    found = rows["a good die", "SAQP", 666.0, 0.003]
    assert (found.low, found.central[0], found.high) == pytest.approx((saqp.min(), saqp[0], saqp.max()))
    every = studies.penalty_spread(("LE3", "LE4", "SAQP"))
    found = rows["a good die", "LE3, LE4, SAQP", 666.0, 0.003]
    assert (found.low, found.high) == pytest.approx(every.ratio)
    phone = studies.wafer_flow(area=107)["die_ratio"]
    assert rows["a good die", studies.ANY, 107.0, 0.003].central == pytest.approx((phone.flat[0],) * 2)
    assert [round(r.central[0], 1) for r in studies.every_ratio() if r.what == "one layer"] == [2.4, 2.9, 3.5]


def test_both_notebooks_take_the_same_two_dies():
    """20_dies_and_yield and 22_without_euv price one phone die and one AI die; the latter's is rounded in 22."""
    named = wafer_studies.products()
    assert studies.PHONE_DIE == named["Kirin 9000S"] and round(named["Ascend 910B"]) == studies.AI_DIE
