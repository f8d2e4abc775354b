"""What the notebook asks of the classifier: margins, spells, planes, designs, the best free chip."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.rules import figures, studies
from helpers.rules import model as rules

_PARTS = {
    "a.1": "licence: arithmetic",
    "a.2": "licence: density, arithmetic",
    "b.1": "notice: arithmetic, density",
    "b.2": "notice: density, arithmetic",
}


def test_margins_of_the_cut_down_chips_are_the_published_ones():
    """H20 2,368 of 2,400, RTX 4090D 4,707 of 4,800 (press of 2023-12), HL-225B 589 of 600 GB/s."""
    margins = studies.margins().set_index("chip")["below_percent"]
    assert margins["H20"] == pytest.approx(100 * (1 - 2368 / 2400), abs=0.05)
    assert margins["RTX 4090D"] == pytest.approx(100 * (1 - 4707 / 4800), abs=0.05)
    assert margins["Gaudi 2 HL-225B"] == pytest.approx(100 * (1 - 589 / 600), abs=0.05)


def test_every_hugged_line_is_one_that_a_chip_made_for_china_stays_under():
    """The MI325X is none: it was on sale everywhere before the ceiling of 2026 was drawn above it."""
    table = chips.table().set_index("chip")
    for chip, test in studies.HUGGED:
        assert table.loc[chip, "china_part"], chip
        row = rules.every_test(chip).set_index("test").loc[test]
        assert row["margin_percent"] < 0, chip


def test_status_map_follows_the_classifier():
    runs = studies.spells("China")
    h20 = runs[runs["chip"] == "H20 96GB"].reset_index(drop=True)
    assert h20["status"].tolist() == ["no licence needed", "licence, policy not published"]
    assert h20["start"][1] == pd.Timestamp("2025-05-01"), "the first month that begins under the letter of 9 April"
    a800 = runs[runs["chip"] == "A800 SXM4 80GB"]
    assert a800["status"].tolist() == ["no licence needed", "licence, presumed refused", "licence, case by case"]
    assert (runs["months"] > 0).all()
    for _, spells in runs.groupby("chip"):
        assert (spells["start"].iloc[1:].to_numpy() == spells["end"].iloc[:-1].to_numpy()).all()


def test_answers_ask_the_classifier():
    table = studies.answers([{"chip": "H20", "on": "2025-04-09", "destination": "China", "exporter": "Another firm"}])
    assert table.loc["H20", "Answer"] == "no licence needed" and "exporter: Another firm" in table.loc["H20", "To"]


@pytest.mark.parametrize(("name", "column"), [("density", "y_high"), ("memory", "y_high")])
def test_a_plane_counts_the_chips_launched_by_then_that_the_classifier_leaves_free(name, column):
    on = "2024-04-04"
    shown = studies.plane(on, name)
    expected = [
        studies.status(rules.classify(chip, on, "China").review_policy) == studies.FREE for chip in shown.chips["chip"]
    ]
    assert shown.free == sum(expected) > 0 and shown.free < len(expected)
    assert "H200 SXM 141GB" not in set(studies.plane("2022-10-21", name).chips["chip"])
    assert (
        studies.plane(on, name, pd_max=9, dram_max=9_000).regions[column].max() == {"density": 9, "memory": 9_000}[name]
    )


def test_an_unknown_plane_is_refused():
    with pytest.raises(ValueError, match="name = 'power' is not one of density, memory"):
        studies.plane("2024-04-04", "power")


def test_a_design_knows_its_numbers_and_which_tests_are_in_force():
    made = studies.design(989, 16, 814, 1028, 3350, "China", "2023-11-17")
    assert made.tpp == 15_824 and made.performance_density == pytest.approx(19.44, abs=0.005)
    assert made.status == "licence, presumed refused"
    names = set(made.tests.loc[made.tests["in_force"], "name"])
    assert names == {f"{what} ({part})" for part, what in _PARTS.items()}
    effect = made.tests.set_index("name")["effect"]
    assert (
        effect["licence: arithmetic (a.1)"] == "asks a licence"
        and effect["review: under both ceilings"] == "opens review"
    )
    assert effect["notice: arithmetic, density (b.1)"] == effect["tariff: first window"] == "does not hold"


def test_every_dated_test_of_a_design_has_a_name_in_words_and_its_effect_a_colour():
    for tpp in (1000, 2500, 5000, 40_000):
        tests = studies.design(tpp / 16, 16, 814, 1028, 3350, "China", "2026-01-15").tests
        assert tests["name"].notna().all() and not tests["name"].str.contains("_").any()
        domain = figures.designer_chart().to_dict()["layer"][0]["encoding"]["color"]["scale"]["domain"]
        assert set(tests["effect"]) <= set(domain)


def test_a_plane_draws_only_what_makers_outside_china_ship():
    """A chip of a Chinese maker need not be shipped from the United States, so the count would mislead."""
    table = chips.table().set_index("chip")
    for on, name in (("2023-11-17", "density"), ("2026-01-15", "memory")):
        drawn = studies.plane(on, name).chips["chip"]
        assert len(drawn) > 20 and not table.loc[drawn, "vendor_home"].eq("CN").any()


def test_a_games_card_above_the_line_needs_notice_only():
    """So the picture says data-centre chips where it says that all are caught."""
    answer = rules.classify("RTX 4090", "2023-11-17", "China")
    assert studies.status(answer.review_policy) == "notice to the agency first"
    assert chips.specifications("RTX 4090").tpp > 4800


def test_the_nearest_limb_of_an_answer():
    """The H20 misses b.1 by 1.3 per cent; the H100's total stands 230 per cent over a.1."""
    miss = rules.tightest(rules.classify("H20", "2024-06-01", "China", exporter="Nobody Ltd"))
    assert miss.name.startswith("3A090.b.1: TPP") and miss.margin_percent == pytest.approx(-1.3, abs=0.05)
    hit = rules.tightest(rules.classify("H100 SXM5", "2024-06-01", "China"))
    assert hit.fired and hit.margin_percent > 200
    assert rules.tightest(rules.classify("H200", "2026-01-14", rules.IMPORT)) is None


def test_the_best_free_chip_is_one_below_the_line():
    """88 FR 73458: b.1 begins at a TPP of 2,400."""
    chip = {"die_area_mm2": 858, "datacenter": True}
    assert studies.best_free(chip, "tpp", range(1000, 6000), "2024-03-01") == 2399
