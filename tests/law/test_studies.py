"""The questions of 46, each answered a second way."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from helpers.core import data
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
    assert studies.disputes(CASES) == sum(1 + len(row["also"].split()) for row in ROWS) == 27


def test_the_legal_dates_are_those_in_print():
    """WTO documents and notes: circulation, adoption, award, appeals; see data/sources.csv."""
    printed = {
        "DS431": ("2012-03-13", "2014-03-26", "2014-08-29"),
        "DS394": ("2009-06-23", "2011-07-05", "2012-02-22"),
        "DS512": ("2016-09-14", "2019-04-05", "2019-04-26"),
        "DS543": ("2018-04-04", "2020-09-15", "2020-10-26"),
        "DS567": ("2018-10-01", "2020-06-16", "2020-07-28"),
        "DS597": ("2020-10-30", "2022-12-21", "2023-01-26"),
        "DS611": ("2022-02-18", "2025-04-24", "2025-07-21"),
        "DS623": ("2024-03-26", "2026-01-30", "2026-02-24"),
    }
    found = {row["case_id"]: (row["requested"], row["report"], row["ended"]) for row in ROWS}
    assert {case: found[case] for case in printed} == printed


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
    assert rows.loc["mic-2025-cards", "outcome"] == pytest.approx(100 * 1.65 / 4.0)
    assert rows["share"].isna().sum() == 1 and (rows["share"] >= 1).sum() == 5


def test_a_plan_that_is_an_event_has_the_event_s_date():
    plans, raw = studies.plans().set_index("plan_id"), data.load("policy_plans").set_index("plan_id")
    assert (raw["date"].isna() == (raw["event_id"] != "")).all()
    assert plans["date"].notna().all() and plans["date"].is_monotonic_increasing
    assert f"{plans.loc['ic-2014', 'date']:%Y-%m-%d}" == "2014-06-24"
    assert studies.ai_plan() == date(2017, 7, 20) and studies.years_of_plans() > 10
    assert studies.before_controls() == (date(2022, 10, 7) - date(2014, 6, 24)).days


def test_funds_are_those_of_the_record():
    assert studies.funds()["cny_bn"].tolist() == [98.72, 204.15, 344]
