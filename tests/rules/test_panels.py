"""The rules on the page: margins, the status map, the designer, against the classifier and published margins."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.rules import model as rules
from helpers.rules import panels as rules_panels


def test_margins_of_the_cut_down_chips_are_the_published_ones():
    """H20 2,368 of 2,400, RTX 4090D 4,707 of 4,800 (press of 2023-12), HL-225B 589 of 600 GB/s, MI325X 20,918 of 21,000."""
    margins = rules_panels.margins().set_index("chip")["below_percent"]
    assert margins["H20"] == pytest.approx(100 * (1 - 2368 / 2400), abs=0.05)
    assert margins["RTX 4090D"] == pytest.approx(100 * (1 - 4707 / 4800), abs=0.05)
    assert margins["Gaudi 2 HL-225B"] == pytest.approx(100 * (1 - 589 / 600), abs=0.05)
    assert margins["MI325X"] == pytest.approx(100 * (1 - 20918 / 21000), abs=0.05)


def test_every_hugged_line_is_one_that_the_chip_stays_under():
    for chip, test in rules_panels.HUGGED:
        row = rules.every_test(chip).set_index("test").loc[test]
        assert row["margin_percent"] < 0, chip


def test_status_map_follows_the_classifier():
    runs = rules_panels.spells("China")
    h20 = runs[runs["chip"] == "H20 96GB"].reset_index(drop=True)
    assert h20["status"].tolist() == ["no licence needed", "licence, policy not published"]
    assert h20["start"][1] == pd.Timestamp("2025-05-01"), "the first month that begins under the letter of 9 April"
    a800 = runs[runs["chip"] == "A800 SXM4 80GB"]
    assert a800["status"].tolist() == ["no licence needed", "licence, presumed refused", "licence, case by case"]
    assert (runs["months"] > 0).all()
    for _, spells in runs.groupby("chip"):
        assert (spells["start"].iloc[1:].to_numpy() == spells["end"].iloc[:-1].to_numpy()).all()


def test_every_review_policy_of_the_vocabulary_has_words_and_a_colour():
    from helpers.core import data

    words = data.load("rules/vocabulary")
    policies = set(words.loc[words["field"] == "review_policy", "word"])
    tariff = {word for word in policies if "tariff" in word}
    assert policies - tariff <= set(rules_panels.STATUS_OF)
    assert set(rules_panels.STATUS_OF.values()) == set(rules_panels.STATUS_COLOURS)


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        ("An H100", "licence, presumed refused (3A090.a.1)"),
        ("An H800, March 2023", "no licence needed. The nearest line it stays under: 3A090_2022: transfer rate"),
        ("An H20, 2024", "no licence needed. The nearest line it stays under: 3A090.b.1: TPP"),
        ("An H20, after the letter", "licence, policy not published (letter_2025-04)"),
        ("An H200, 2026", "licence, case by case (3A090.a.1)"),
    ],
)
def test_the_designer_tells_each_story(preset, said):
    assert said in rules_panels.designer_panel().apply(preset).reading


def test_raising_only_the_links_turns_the_h800_into_a_controlled_chip():
    """The October 2022 limb is 600 GB/s or more (87 FR 62186)."""
    panel = rules_panels.designer_panel()
    panel.apply("An H800, March 2023")
    assert "no licence needed" in panel.set(io_gb_s=599).reading
    assert "licence, presumed refused (3A090_2022)" in panel.set(io_gb_s=600).reading


def test_the_designer_names_its_source_below_the_chart():
    panel = rules_panels.designer_panel()
    assert "88 FR 73458" in panel.state.detail and "govinfo.gov" in panel.state.detail


def test_regions_change_with_the_day_and_never_show_a_later_rule():
    panel = rules_panels.regions_panel()
    assert "3A090.a.2" not in panel.apply("October 2022").reading
    assert "3A090.a.2" in panel.apply("October 2023").reading
    assert "case-by-case ceiling" not in panel.apply("April 2025 letters").reading
    assert "case-by-case ceiling" in panel.apply("January 2026").reading


def test_chips_appear_only_after_their_launch():
    panel = rules_panels.regions_panel()
    assert "H200" not in {row["chip"] for row in panel.set(on="2022-10-21").rows}
    assert "H200" in {row["chip"] for row in panel.set(on="2024-04-04").rows}


def test_answers_table_asks_the_classifier():
    table = rules_panels.answers_table(
        [{"chip": "H20", "on": "2025-04-09", "destination": "China", "exporter": "Another firm"}], "One case"
    ).frame
    assert table.loc["H20", "Answer"] == "no licence needed" and "exporter: Another firm" in table.loc["H20", "To"]
