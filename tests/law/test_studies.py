"""The questions of 46, each answered a second way."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta

import pytest

from helpers.core import data
from helpers.core.tables import CASE_DATES
from helpers.law import studies

CASES = data.load("wto_cases")


def raw(table: str) -> list[dict[str, str]]:
    """A table as text, past the course's own reader."""
    return list(csv.DictReader((data.FOLDER / f"{table}.csv").read_text(encoding="utf-8").splitlines()))


ROWS = raw("wto_cases")


def test_every_case_of_the_table_that_was_heard_ends_as_the_model_says():
    """From the days and the members alone: who hears the appeal, and whether the end binds."""
    inside = {row["member"]: row["since"] for row in raw("wto_members")}
    for row in ROWS:
        if row["forum"] not in ("Appellate Body", "MPIA", "void") or row["end"] == "pending":
            continue
        first = row["complainants"] if "Hong Kong" in row["complainants"] else row["complainants"].split(", ")[0]
        on = row["report"]
        both = all(inside.get(side) and inside[side] <= on for side in (first, row["respondent"]))
        route = "Appellate Body" if on <= "2019-12-10" else "MPIA" if both else "void"
        assert (row["forum"], row["end"]) == (route, {"Appellate Body": "adopted", "MPIA": "award"}.get(route, "void"))


def test_counts_of_cases_and_disputes():
    ends = [row["end"] for row in ROWS]
    assert studies.ends(CASES).to_dict() == {end: ends.count(end) for end in dict.fromkeys(studies.ends(CASES).index)}
    assert studies.disputes(CASES) == sum(1 + len(row["also"].split()) for row in ROWS) == 28


def test_the_legal_dates_are_those_in_print():
    """Typed from the pages named beside each case (`dates_source_ids` has their addresses), read on 1 December 2026."""
    printed = {
        # European Commission, WT/DS308; WTO news of 6 July 2004 and 24 March 2006
        "DS308": ("2004-03-16", "2004-07-06", "2005-10-07", "2006-03-24"),
        # WT/DS309/8: request of 18 March 2004, solution dated 5 October 2005
        "DS309": ("2004-03-18", "", "", "2005-10-05"),
        # USTR, 4 November 2009; title page of WT/DS394/R; table of reports in a US paper of July 2013; panel: not read
        "DS394": ("2009-06-23", None, "2011-07-05", "2012-02-22"),
        # Resource Investor, 29 March 2012; WTO note on the panel; title page of WT/DS431/R; WTO news of 29 August 2014
        "DS431": ("2012-03-13", "2012-07-23", "2014-03-26", "2014-08-29"),
        # WTO page of DS438; METI, 28 January 2013; title page of WT/DS438/R; ASIL, 26 January 2015
        "DS438": ("2012-05-25", "2013-01-28", "2014-08-22", "2015-01-26"),
        # European Commission, WT/DS512; WTO one-page summary
        "DS512": ("2016-09-14", "2017-03-21", "2019-04-05", "2019-04-26"),
        # USTR, DS543; TWN, 1 February 2019; Baker McKenzie; WITA on the meeting of 26 October 2020
        "DS543": ("2018-04-04", "2019-01-28", "2020-09-15", "2020-10-26"),
        # USGlass, April and November 2018; WTO page of DS554 (same meeting); AELEX; Trade Law Daily
        "DS544": ("2018-04-05", "2018-11-21", "2022-12-09", "2023-01-26"),
        # Reuters, 16 July 2018; as above; World Trade Scanner: the appeal was circulated on 20 September
        "DS558": ("2018-07-16", "2018-11-21", "2023-08-16", "2023-09-20"),
        # USTR, DS567; World Trade Scanner
        "DS567": ("2018-10-01", "2018-12-18", "2020-06-16", "2020-07-28"),
        # USTR, DS597; WTO news of 25 April 2025
        "DS597": ("2020-10-30", "2021-02-22", "2022-12-21", "2023-01-26"),
        # USTR, DS610; Reuters
        "DS610": ("2022-01-27", "2023-01-27", "", "2025-12-01"),
        # WTO page of DS611; WTO news of 24 April 2025; T. Cotter on the award
        "DS611": ("2022-02-18", "2023-01-27", "2025-04-24", "2025-07-21"),
        # USTR, DS623; ARY News; WTO news of 24 February 2026
        "DS623": ("2024-03-26", "2024-09-23", "2026-01-30", "2026-02-24"),
        # USTR, DS630
        "DS630": ("2024-11-04", "2025-04-25", "", ""),
        # WT/DS642, request for a panel; WTO news of 24 February 2026
        "DS642": ("2025-10-15", "2026-02-24", "", ""),
    }
    found = {row["case_id"]: row for row in ROWS}
    for case, days in printed.items():
        for name, day in zip(CASE_DATES, days):
            assert day is None or found[case][name] == day, (case, name)
            assert (name in found[case]["dates_read"].split()) == bool(day), (case, name)


def test_a_day_that_is_said_to_be_read_is_there_and_has_a_source():
    unread = 0
    for row in ROWS:
        read = row["dates_read"].split()
        assert set(read) <= {name for name in CASE_DATES if row[name]} and row["dates_source_ids"], row["case_id"]
        unread += sum(bool(row[name]) and name not in read for name in CASE_DATES)
    assert studies.unread_days(CASES) == unread == 2  # the panel of DS394, the request of DS590


def test_a_case_is_marked_by_its_end():
    words = {
        "adopted": "binds",
        "award": "binds",
        "settled": "settled",
        "void": "hangs",
        "pending": "pending",
        "talks only": "at talks",
        "ended without ruling": "no ruling",
    }
    assert {row["case_id"]: studies.mark(row["case_id"]) for row in ROWS} == {
        row["case_id"]: words[row["end"]] for row in ROWS
    }
    with pytest.raises(ValueError, match="case_id"):
        studies.mark("DS1")


@pytest.mark.parametrize("claim", ["S35", "S37", "S38"])
def test_every_case_in_a_legal_verdict_is_marked(claim):
    row = data.load("claims").set_index("claim_id").loc[claim]
    for name in ("evidence", "counter"):
        for case in re.findall(r"DS\d{3}", row[name]):
            said = f"{row['evidence']} {row['counter']}"
            assert f"{case}: {studies.mark(case)}" in said, case


def test_the_cases_that_the_course_owes_are_there():
    numbers = set()
    for row in ROWS:
        numbers |= {row["case_id"], *row["also"].split()}
    owed = "615 431 432 433 394 395 398 512 544 552 556 564 567 597 590 558 611 623 630 633 642"
    assert {f"DS{n}" for n in owed.split()} <= numbers


def test_steps_of_a_case_are_in_order():
    for row in ROWS:
        steps = [row[name] for name in ("requested", "panel_set_up", "report", "ended") if row[name]]
        assert steps == sorted(steps), row["case_id"]
        assert (row["plea"] == "not raised") == (row["defence"] == "none") == (not row["clause"]), row["case_id"]
        assert bool(row["report"]) == (row["end"] in ("adopted", "award", "void")), row["case_id"]


def test_china_has_let_its_days_pass():
    since = date(2022, 12, 12) + timedelta(days=60)
    assert studies.panel_since("DS615") == since
    assert (
        studies.days_not_used("DS615")
        == (date.fromisoformat(str(data.record_ends()["newest_event"])[:10]) - since).days
    )
    with pytest.raises(ValueError, match="case_id"):
        studies.days_not_used("DS431")


def test_of_security_pleas_ruled_on_one_ruling_binds_and_it_upheld_the_plea():
    rows = studies.security_pleas(CASES)
    ruled = rows[rows["ruled"]].set_index("case_id")
    assert list(ruled.index) == ["DS512", "DS567", "DS544", "DS597"]
    assert ruled.index[ruled["end"] == "adopted"].tolist() == ["DS512"] and ruled.loc["DS512", "plea"] == "accepted"


def test_the_times_of_cases_by_hand():
    """DS431: 13 March 2012 to 29 August 2014 is 899 days; the rules give 60 and twelve months."""
    rows = studies.lives(CASES).set_index("case_id")
    assert rows.loc["DS431", "took_days"] == 899 and rows.loc["DS431", "times"] == pytest.approx(899 / 425)
    assert rows.loc["DS512", "rule_days"] == 334, "nobody appealed"
    assert rows["times"].notna().sum() == 12 and (rows["times"].dropna() > 1).all()


@pytest.mark.parametrize(
    ("who", "measure", "whom", "stopped", "end"),
    [
        ("EU", "cn-dc-chips", "", "", "award"),
        ("Japan", "cn-mineral-licences", "", "", "award"),
        ("Korea", "cn-dc-chips", "", "", "void"),
        ("United States", "cn-mineral-ban", "", "", "void"),
        ("China", "us-chip-controls", "", "", "void"),
        ("EU", "us-chip-controls", "China", "whom", ""),
        ("China", "cn-dc-chips", "", "whom", ""),
        (studies.FIRM, "us-chip-controls", "", "who", ""),
    ],
)
def test_a_complaint_of_one_s_own(who, measure, whom, stopped, end):
    way = studies.walk(who, measure, whom)
    assert (way.stopped, way.end) == (stopped, end) and way.binds == (end == "award")


def test_who_could_bind_grows_with_each_that_joins():
    counts = [len(studies.who_could_bind("China", when)) for _, when in studies.turns()]
    assert counts[0] == len(data.load("wto_members")) - 1 and counts[1:] == sorted(counts[1:])
    assert studies.who_could_bind("United States", studies.record_end()) == []
    assert not {"Korea", "Taiwan", "United States"} & set(studies.who_could_bind("China", studies.record_end()))
    routes = studies.routes("2026-10-01")
    inside = int(studies.in_arrangement("2026-10-01").sum())
    assert routes["binds"].sum() == inside * (inside - 1)


def test_targets_by_hand():
    """Growth: CSIA's 884.8 bn yuan of 2020 over 132.5 + 90.08 + 138.4 of 2015; IC Insights' 15.9 and 5.9% of 40%."""
    rows = studies.targets().set_index("target_id")
    assert rows.loc["ic-sales-2015", "outcome"] == pytest.approx(132.5 + 90.08 + 138.4)
    assert 433.55 / 1.201 == pytest.approx(rows.loc["ic-sales-2015", "outcome"], rel=1e-3)
    assert rows.loc["ic-growth-2020", "outcome"] == pytest.approx(100 * ((884.8 / 360.98) ** 0.2 - 1), abs=0.02)
    assert studies.missed_by() == pytest.approx((40 / 15.9, 40 / 5.9))
    assert 22.7 / 143.4 == pytest.approx(0.159, abs=1e-3) and 8.3 / 143.4 == pytest.approx(0.059, abs=2e-3)
    assert rows["share"].isna().sum() == 1 and (rows["share"] >= 1).sum() == 5


def test_a_plan_that_is_an_event_has_the_event_s_date():
    plans, raw = studies.plans().set_index("plan_id"), data.load("policy_plans").set_index("plan_id")
    assert (raw["date"].isna() == (raw["event_id"] != "")).all()
    assert plans["date"].notna().all() and plans["date"].is_monotonic_increasing
    assert f"{plans.loc['ic-2014', 'date']:%Y-%m-%d}" == "2014-06-24"
    assert studies.ai_plan() == date(2017, 7, 20) and studies.years_of_plans() > 10


def test_funds_are_those_of_the_record():
    assert studies.funds()["cny_bn"].tolist() == [98.72, 204.15, 344]
    # 344 over 98.72 as registered, and over the 138.7 that had been raised by late 2015
    assert studies.fund_growth() == pytest.approx((344 / 138.7, 344 / 98.72))


def test_every_us_limit_on_chips_of_the_record_came_after_the_guidelines():
    """Entity List, 18 February 2015 and 16 May 2019; product rules of 15 May 2020 and 7 October 2022."""
    days = [date(2015, 2, 18), date(2019, 5, 16), date(2020, 5, 15), date(2022, 10, 7)]
    rows = studies.controls()
    assert [when.date() for when in rows["date"]] == days
    assert rows["years_after"].tolist() == pytest.approx([(day - date(2014, 6, 24)).days / 365.25 for day in days])


def test_the_body_lost_its_quorum_before_its_last_member():
    assert (studies.body_last_day(), studies.body_empty_after()) == (date(2019, 12, 10), date(2020, 11, 30))
    early = {row["case_id"] for row in ROWS if row["end"] == "void" and row["ended"] <= "2020-11-30"}
    assert early == {"DS543", "DS567"}, "appealed while one member was left"


def test_public_money_for_chips_has_a_sum_and_its_events_agree():
    """43 and 3.3 bn euro (Council); 3,900 and 10,000 bn yen (Argus); 33,000 bn won (KBS); 52.7 bn dollars (the law)."""
    rows = studies.support().set_index("support_id")
    assert rows["amount"].notna().all() and not (rows["amount_to"] < rows["amount"]).any()
    assert set(rows["member"]) == {"United States", "EU", "Japan", "Korea", "China"}
    assert rows.loc["eu-chips-act", ["amount", "amount_to"]].tolist() == [3.3, 43]
    assert rows.loc[["jp-to-2024", "jp-to-2030", "kr-package", "us-chips-act"], "amount"].tolist() == [
        3900,
        10000,
        33000,
        52.7,
    ]
    assert rows.loc[["cn-fund-1", "cn-fund-2", "cn-fund-3"], "amount"].tolist() == studies.funds()["cny_bn"].tolist()
