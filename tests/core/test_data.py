"""The tables: what they promise, and how a damaged one is refused."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest

from helpers.core import data, tables


def edit(folder, table, row, column, value):
    """Change one cell of a copied table; row counts as a spreadsheet shows it."""
    path = folder / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[row - 1][rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


# --- what the tables promise --------------------------------------------------------------------


@pytest.mark.parametrize("name", tables.TABLES)
def test_every_table_keeps_its_rules(name):
    assert len(data.load(name)) > 0


def test_the_record_is_as_large_and_wide_as_promised():
    events = data.load("events")
    assert len(events) >= 160
    assert events["date"].dt.year.min() == 2014
    assert {"US", "CN", "ally"} <= set(events["side"])
    assert set(events["track"]) == set(tables.TRACKS)


def test_there_are_38_claims_and_each_names_its_notebook():
    claims = data.load("claims")
    assert claims["claim_id"].tolist() == [f"S{n:02d}" for n in range(1, 39)]
    first = claims.set_index("claim_id")["notebook"].str.split().str[0]
    assert set(first[[f"S0{n}" for n in range(1, 10)]]) == {"10_timeline"}


def test_s01_to_s09_carry_two_sources_and_a_counter_argument():
    claims = data.load("claims").set_index("claim_id").loc[[f"S0{n}" for n in range(1, 10)]]
    assert (claims["second_source_id"] != "").all()
    assert (claims["counter"] != "").all()


def test_no_event_that_carries_the_story_rests_on_one_relay():
    events, sources = data.load("events"), data.load("sources").set_index("source_id")
    story = events[events["story"]]
    assert len(story) >= 20
    for event in story.itertuples():
        ids = [i for i in (event.source_id, event.second_source_id) if i]
        assert len(ids) == 2 or sources.loc[ids[0], "kind"] != "relay", event.event_id
        assert not all(sources.loc[i, "kind"] == "relay" for i in ids), event.event_id


def test_contested_events_say_so_in_two_sources():
    events = data.load("events")
    contested = events[events["confidence"] == "contested"]
    assert (contested["second_source_id"] != "").all()


def test_a_value_has_a_unit_and_a_unit_a_value():
    events = data.load("events")
    assert ((events["unit"] != "") == events["value"].notna()).all()


def test_rough_dates_sit_on_the_first_day_of_their_period():
    events = data.load("events")
    for precision, starts in {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": (1,)}.items():
        dates = events.loc[events["date_precision"] == precision, "date"]
        assert (dates.dt.day == 1).all() and dates.dt.month.isin(starts).all()


def test_nothing_has_occurred_after_the_last_day_sources_were_read():
    events = data.load("events")
    last = pd.Timestamp(data.record_ends()["last_checked"])
    assert events.loc[events["status"] == "occurred", "date"].max() <= last


def test_every_source_is_used():
    used: set[str] = set()
    for name, columns in tables.TABLES.items():
        for column, col in columns.items():
            if col.refers_to == "sources":
                used |= set(" ".join(data.load(name)[column]).split())
    assert set(data.load("sources")["source_id"]) == used


def test_eras_follow_each_other_without_gap():
    eras = data.load("eras")
    assert (eras["start"].iloc[1:].to_numpy() == (eras["end"].iloc[:-1] + pd.Timedelta(days=1)).to_numpy()).all()
    turns = data.load("events").set_index("event_id")["date"][eras["turn_event"]]
    assert len(turns) == 8


def test_gate_spans_of_one_gate_do_not_overlap():
    gates, events = data.load("gates"), data.load("events").set_index("event_id")["date"]
    for _, spans in gates.groupby(["chip", "government"]):
        ends = spans["until_event"].map(events).fillna(pd.Timestamp.max)
        starts = spans["from_event"].map(events)
        assert (starts.to_numpy()[1:] >= ends.to_numpy()[:-1]).all()
        assert (starts < ends).all()


def test_published_dates_that_the_story_turns_on():
    """Dates as the official texts give them.

    ZTE order: BIS, 15 April 2018. 85 FR 29849: 15 May 2020. SMIC: 18 December 2020 (85 FR 83416).
    NVIDIA 8-K: letter of 26 August 2022. 87 FR 62186: 7 October 2022. 88 FR 73458: announced 17
    October 2023. 89 FR 96790: 2 December 2024. 90 FR 47201: 29 September 2025. 91 FR 1684: 15
    January 2026.
    """
    dates = data.load("events").set_index("event_id")["date"]
    published = {
        "zte-denial-order": "2018-04-15",
        "huawei-fdpr-may-2020": "2020-05-15",
        "smic-entity-list": "2020-12-18",
        "a100-h100-letter": "2022-08-26",
        "bis-oct-2022": "2022-10-07",
        "bis-oct-2023": "2023-10-17",
        "bis-dec-2024": "2024-12-02",
        "affiliates-rule": "2025-09-29",
        "bis-h200-rule": "2026-01-15",
    }
    assert {k: f"{dates[k]:%Y-%m-%d}" for k in published} == published


def test_load_gives_a_copy():
    claims = data.load("claims")
    claims["claim"] = "spoilt"
    assert data.load("claims")["claim"].iloc[0] != "spoilt"


def test_loaded_types():
    events = data.load("events")
    assert str(events["date"].dtype).startswith("datetime64")
    assert events["value"].dtype == float and events["story"].dtype == bool


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("events", "date", "2022-13-01", "a date written YYYY-MM-DD"),
        ("events", "date", "07/10/2022", "a date written YYYY-MM-DD"),
        ("events", "side", "usa", "one of US, ally, CN"),
        ("events", "value", "about 7", "a plain number"),
        ("events", "value", "nan", "a plain number"),
        ("events", "story", "maybe", "yes or no"),
        ("events", "title", "", "text of 1 to 80"),
        ("events", "summary", " padded", "no space at its ends"),
        ("events", "source_id", "not-there", "a key of sources.csv"),
        ("claims", "event_ids", "bis-oct-2022  bis-oct-2023", "separated by one space"),
        ("claims", "verdict", "true", "one of supported"),
        ("sources", "url", "www.example.org", "an address"),
        ("sources", "published", "2022-1", "YYYY, YYYY-MM"),
        ("course_map", "minutes", "500", "from 5 to 120"),
    ],
)
def test_a_malformed_cell_is_refused_with_file_row_column_value_and_rule(tables, table, column, value, rule):
    edit(tables, table, 5, column, value)
    with pytest.raises(data.DataFileError) as refusal:
        data.load(table, tables)
    said = str(refusal.value)
    assert f"{table}.csv, row 5" in said and repr(column) in said and rule in said
    assert repr(value) in said or value.split("  ")[0] in said


def test_a_repeated_key_is_refused(tables):
    second = data.load("events")["event_id"].iloc[1]
    edit(tables, "events", 7, "event_id", second)
    with pytest.raises(
        data.DataFileError, match=rf"events.csv, row \d+, column 'event_id': value '{second}'.*only once"
    ):
        data.load("events", tables)


def test_a_missing_column_is_named(tables):
    path = tables / "eras.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("mechanism", "how", 1), encoding="utf-8")
    with pytest.raises(
        data.DataFileError, match=r"eras.csv, row 1 \(header\): missing column mechanism; unknown column 'how'"
    ):
        data.load("eras", tables)


def test_a_row_of_the_wrong_length_is_named(tables):
    path = tables / "gates.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3] += ",one too many"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(data.DataFileError, match="gates.csv, row 4: 7 cells where the header has 6"):
        data.load("gates", tables)


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"a,\xff\n", "UTF-8"), (b'a,"b\n', "CSV")])
def test_an_unreadable_file_is_refused(tables, content, said):
    (tables / "eras.csv").write_bytes(content)
    with pytest.raises(data.DataFileError, match=rf"eras.csv, row 1.*: .*{said}"):
        data.load("eras", tables)


def test_a_missing_file_is_named(tables):
    (tables / "eras.csv").unlink()
    with pytest.raises(data.DataFileError, match="eras.csv: the file is missing"):
        data.load("eras", tables)


def test_a_spreadsheet_s_byte_order_mark_is_tolerated(tables):
    path = tables / "eras.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(data.load("eras", tables)) == 8


def test_an_unknown_table_is_refused():
    with pytest.raises(KeyError, match="no table 'event'; the tables are"):
        data.load("event")


# --- citations ----------------------------------------------------------------------------------


def test_cite_an_event_gives_publisher_title_date_and_address():
    citation = data.cite("bis-oct-2022")
    assert "Bureau of Industry and Security" in citation and "2022" in citation and "https://" in citation
    assert citation.markdown.startswith("- ") and "](http" in citation.markdown


def test_cite_says_who_relays():
    sources = data.load("sources")
    relayed = sources[sources["relayed_by"] != ""].iloc[0]
    assert f"(copy on {relayed.relayed_by}" in data.cite(relayed.source_id)


def test_cite_says_when_we_did_not_read_the_page_itself():
    sources = data.load("sources")
    unread, read = sources[sources["accessed"] == ""].iloc[0], sources[sources["accessed"] != ""].iloc[0]
    assert "page not opened by us" in data.cite(unread.source_id)
    assert "page not opened by us" not in data.cite(read.source_id)


def test_the_readme_counts_the_rows():
    text = (data.FOLDER / "README.md").read_text(encoding="utf-8")
    counted = {name: int(rows) for name, rows in re.findall(r"^\| `(\w+)\.csv` \|.*\| (\d+) \|$", text, flags=re.M)}
    assert counted == {name: len(data.load(name)) for name in tables.TABLES if "/" not in name}


def test_cite_refuses_an_unknown_id():
    with pytest.raises(KeyError, match="'nothing' is no source, event or claim id"):
        data.cite("nothing")


def test_every_claim_and_event_can_be_cited():
    for key in [*data.load("claims")["claim_id"], *data.load("events")["event_id"]]:
        assert re.search(r"https?://", data.cite(key))
