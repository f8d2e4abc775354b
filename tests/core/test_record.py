"""The record against its sources: corrected rows, rows that were missing, words, and cautions that travel.

Values in the tables of this file were read in the document that stands beside them.
"""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.core import data, tables

EVENTS = data.load("events").set_index("event_id")
SOURCES = data.load("sources").set_index("source_id")


@pytest.mark.parametrize(
    ("event_id", "day", "effect", "value"),
    [
        ("big-fund-1", "2014-09-26", "neither", 98.72),  # registry, by CNA of 27 May 2024
        ("big-fund-2", "2019-10-22", "neither", 204.15),  # the same
        ("kimi-k2", "2025-07-11", "neither", 32),  # weights of that day, by S. Willison
        ("us-shelves-tech-curbs", "2026-02-12", "neither", None),  # no measure was in force: Reuters by Devdiscourse
        ("huawei-tgl-2019", "2019-05-20", "eases", 90),  # Baker McKenzie, 23 May 2019
        ("korea-veu-2023", "2023-10-13", "eases", None),  # BIS, press release
        ("qualcomm-nxp-2018", "2018-07-25", "neither", 2),  # dpa-AFX, 26 July 2018
        ("fuzhou-micron-2018", "2018-07-03", "neither", 26),  # Evertiq, 4 July 2018
        ("biren-moore-entity-list", "2023-10-17", "tightens", 13),  # 88 FR 71991
        ("bis-sept-2024", "2024-09-06", "tightens", 18),  # 89 FR 72926; count: Cleary
        ("ic-designer-extension", "2026-04-07", "eases", 8),  # 91 FR 17851: "about eight months"
        ("gao-diffusion-2026", "2026-05-12", "neither", None),  # B-337935, by Pillsbury
        ("cxmt-debut", "2026-07-27", "neither", 57.92),  # SCMP, 27 July 2026
    ],
)
def test_rows_that_were_wrong_or_missing(event_id, day, effect, value):
    row = EVENTS.loc[event_id]
    assert (f"{row.date:%Y-%m-%d}", row.date_precision, row.effect) == (day, "day", effect)
    assert pd.isna(row.value) if value is None else row.value == value


def test_what_the_summaries_must_say():
    for event_id, words in {
        "big-fund-1": "138.7 bn had been raised",
        "diffusion-rescinded": "The foundry rule of January 2025 stayed in force",
        "bis-uae-rule": "unless the firm has become American",
        "gao-diffusion-2026": "does not bring enforcement back",
    }.items():
        assert words in EVENTS.loc[event_id, "summary"]
    nodes = data.load("nodes").set_index("row_id")
    assert nodes.loc["tsmc-n7-volume-start-range", "central"] == 2018.25  # TSMC's call of April 2018
    assert SOURCES.loc["nvidia-gb200", "url"].endswith("/gb200-nvl72/")


def test_a_clearance_is_not_an_order():
    """Reuters, 28 January 2026: over 400,000 cleared by China; Reuters of December 2025: over 2 million ordered."""
    rows = data.load("volumes").query("series == 'nvidia-h200-china'").set_index("metric")
    assert rows.loc["H200 cleared by China, with conditions", "central"] == 400_000
    assert rows.loc["H200 orders reported", "central"] == 2_000_000


# --- words --------------------------------------------------------------------------------------

# Measured by others and printed in Huawei's paper: it reports them.
SECOND_HAND = ("deepseek-h800-profile-prefill", "sglang-h100-prefill")
OWN = ("official", "filing", "paper", "company")  # kinds of documents that can fix a fact by themselves


def lone_confidences() -> pd.DataFrame:
    """Every row of every table that rests on one document alone: table, row, source, confidence."""
    found = []
    for name, columns in tables.TABLES.items():
        if {"source_id", "confidence"} <= set(columns) and name != "claims":  # a claim is judged, not documented
            table = data.load(name)
            second = table["second_source_id"] if "second_source_id" in columns else ""
            alone = table[(second == "") if isinstance(second, pd.Series) else [True] * len(table)]
            found += [(name, row.iloc[0], row["source_id"], row["confidence"]) for _, row in alone.iterrows()]
    return pd.DataFrame(found, columns=["table", "row", "source_id", "confidence"])


def test_one_document_has_one_word_of_confidence():
    """ "primary" and "reported" say what a document is, so no document is both; the other two judge what it says."""
    rows = lone_confidences()
    rows = rows[rows["confidence"].isin(["primary", "reported"]) & rows["source_id"].map(SOURCES["kind"]).isin(OWN)]
    rows = rows[~rows["row"].isin(SECOND_HAND)]
    words = rows.groupby("source_id")["confidence"].nunique()
    both = rows[rows["source_id"].isin(words.index[words > 1])].sort_values(["source_id", "confidence"])
    assert len(rows) > 150 and both.empty, both.to_string()


def test_evidence_called_primary_was_opened():
    """What is known from quotation alone is reported, whoever wrote it."""
    opened = set(SOURCES.index[SOURCES["accessed"].astype(str) != ""])
    claims = data.load("claims").query("confidence == 'primary'").set_index("claim_id")
    unseen = [c for c, row in claims.iterrows() if not {row["source_id"], row["second_source_id"]} & opened]
    assert len(claims) > 5 and opened < set(SOURCES.index) and not unseen


def test_a_date_known_from_a_leak_is_called_so_in_every_table():
    """No maker's page dates the H20: TweakTown and Tom's Hardware had its specifications on 9 November 2023."""
    chip = data.load("chips").set_index("chip").loc["H20 96GB"]
    for row, day in (
        (chip, chip.launch_date),
        *((s, s.announced_date) for _, s in data.load("systems").query("chip == 'H20 96GB'").iterrows()),
    ):
        assert f"{day:%Y-%m-%d}" == "2023-11-09" and "leak" in row["note"]


def test_what_could_not_be_re_opened_has_no_day_of_reading():
    noted = SOURCES["note"].str.contains("not be re-opened|page not opened|could not be opened", regex=True)
    assert noted.sum() >= 5 and (SOURCES.loc[noted, "accessed"] == "").all()
