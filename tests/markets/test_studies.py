"""Studies of grey markets: rows of the tables, and each value a second way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.core import data
from helpers.core.tables.markets import TABLES
from helpers.markets import model as markets
from helpers.markets import studies
from helpers.training import model as training

# What the tables may carry: nothing on how a rule is evaded, no seller, nobody accused.
COLUMNS = {
    "market_estimates": "estimate_id who quantity period low central high unit interval method as_printed source_id second_source_id confidence note",
    "market_prices": "price_id item chips place market date price currency bound as_printed source_id second_source_id confidence note",
    "market_cases": "case_id event_id court status alleged value_is note",
    "market_assumptions": "name low central high unit source_id confidence note",
}
# Words that would tell how, where through or by whom.
TELLTALE = "malaysia indonesia hong-kong hongkong forwarder relabel label shell dummy taobao telegram douyin github proxy vpn phone sms kyc alias smurf mule broker".split()  # fmt: skip


def test_the_tables_carry_only_the_columns_listed():
    assert set(TABLES) == set(COLUMNS)
    for name, columns in COLUMNS.items():
        assert list(TABLES[name]) == columns.split() == data.load(name).columns.tolist()


@pytest.mark.parametrize("name", COLUMNS)
def test_no_cell_tells_how_where_through_or_by_whom(name):
    frame = data.load(name)
    text = " ".join(map(str, frame.to_numpy().ravel())).lower()
    assert [word for word in TELLTALE if word in text] == []


def test_the_reviewer_s_checklist_stands_beside_the_tables():
    text = (data.FOLDER / "README.md").read_text(encoding="utf-8")
    part = text[text.index("### The grey-market tables") : text.index("### The small tables")]
    assert "Economics only" in part and "checklist" in part and all(f"\n{n}. " in part for n in range(1, 7))
    for name, columns in COLUMNS.items():
        line = next(line for line in part.splitlines() if line.startswith(f"- **{name}.csv**"))
        assert all(column in line for column in columns.split()), name


def test_a_case_is_a_court_a_date_and_what_is_alleged():
    found = studies.cases()
    assert found.columns.tolist() == ["date", "court", "status", "alleged", "value", "source_id"]
    plea = found[found["status"] == "plea"]
    assert len(plea) == 1 and "160" in plea["value"].iloc[0] and plea["value"].iloc[0].startswith("at least")
    assert set(found["status"]) <= {"alleged", "plea"}  # no verdict is on record


# --- the ladder ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("chance", "list_prices"), [("chance_ban", 1.5), ("chance_patrols", 2.02)])
def test_the_assumed_chances_give_the_prices_for_which_they_were_chosen(chance, list_prices):
    """B200 in June 2025: 50% above the list (FT); B300 in June 2026: 102% (Reuters)."""
    assert studies.market_at(studies.central(chance)).price == pytest.approx(list_prices, abs=0.06)


def test_the_ladder_adds_up_to_the_price_that_bisection_finds():
    for chance in (0, 0.05, 0.2, 0.4, 0.55):
        at = studies.market_at(chance)
        low, high = 0.0, 100.0
        for _ in range(60):  # where the lines meet, without the closed form
            q = (low + high) / 2
            asked = markets.asked_price(q, chance, at.landed, studies.central("penalty"), studies.central("trouble"))
            low, high = (q, high) if markets.offered_price(q, at.landed, studies.last_buyer()) > asked else (low, q)
        assert at.arrivals == pytest.approx(low, abs=1e-9)
        assert sum(at.rungs.values()) == pytest.approx(at.price) and list(at.rungs) == list(studies.RUNGS)
        assert at.sent * (1 - chance) == pytest.approx(at.arrivals)


def test_nothing_is_traded_beyond_the_end():
    turn, last = studies.turn(), studies.last_buyer()
    assert last == pytest.approx(1.15 * 3.5)
    assert turn.net < turn.gross < turn.ends == pytest.approx((last - 1.15) / (last + 1))
    beyond = studies.market_at(turn.ends + 0.01)
    assert beyond.arrivals == 0 and np.isnan(beyond.price) and len(beyond.rungs) == 2
    frame = studies.patrols(count=951)
    assert frame.loc[frame["all_rewards"].idxmax(), "chance"] == pytest.approx(turn.gross, abs=0.002)
    assert frame.loc[frame["net_gain"].idxmax(), "chance"] == pytest.approx(turn.net, abs=0.002)
    parts = frame[["seizures", "fines", "trouble", "net_gain"]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(frame["all_rewards"].to_numpy())


def test_all_sellers_together_lose_by_more_patrols_unless_buyers_hardly_give_up():
    def kept(chance, elasticity):
        return studies.market_at(chance, most=studies.last_buyer(elasticity)).net_gain

    assert kept(0.2, 0.4) / kept(0.05, 0.4) - 1 == pytest.approx(-0.07, abs=0.005)
    low, middle, high = studies.assumed("elasticity")
    assert kept(0.2, low) > kept(0.05, low) and kept(0.2, high) < kept(0.05, high) and middle == 0.4
    ban, more = studies.market_at(0.05), studies.market_at(0.2)
    assert more.reward > 2 * ban.reward and more.net_gain < ban.net_gain < ban.all_rewards < more.all_rewards


def test_who_bears_a_ban_by_areas():
    found, at = studies.bearers(0.2), studies.market_at(0.2)
    assert found.seized + found.trouble + found.net_gain == pytest.approx(found.gap)
    assert found.gap == pytest.approx((at.price - at.landed) * at.arrivals)
    quantity = np.linspace(0, 100, 100_001)
    given = markets.offered_price(quantity, at.landed, studies.last_buyer())
    kept = [np.trapezoid(np.maximum(0, given - price), quantity) for price in (at.landed, at.price)]
    assert found.buyers_lose == pytest.approx(kept[0] - kept[1], rel=1e-6) and found.unsold == pytest.approx(
        100 - at.sent
    )
    table = studies.receivers()
    assert table.index.tolist() == list(markets.RECEIVERS)
    assert "19%" in table.loc["ban", "Who receives the gap"] and "62%" in table.loc["ban", "Treasuries"]
    assert (
        table.loc["ban", "The maker sells"] == "87"
        and (table.loc[["ban", "tariff", "quota"], "Buyers get"] == "70").all()
    )
    assert studies.bearers(0.9).unsold == 100 and "0%" in studies.receivers(0.9).loc["ban", "Treasuries"]


def test_no_chance_of_being_caught_gives_january_s_quotation():
    """Said in a finding: the model rejects it, with the tax and, by a little, without."""
    january = 1 + studies.quoted_mark_ups().loc["b300-server-2026-01", "central"]
    assert january == pytest.approx(4 / 7.2 / 0.55)
    for tax in (None, 0):
        least = min(studies.market_at(c / 100, tax=tax).price for c in range(57))
        assert least > studies.landed_share(tax=tax) > january


def test_the_open_market_is_the_landed_price():
    free = studies.open_market()
    assert free.price == pytest.approx(1 + 0.02 + 0.13) and free.reward == 0 and free.arrivals == 100


def test_becker_s_chance_by_hand():
    frame = studies.becker([0.5, 1.02])
    assert frame["chance"].tolist() == pytest.approx([0.35 / (0.35 + 1.15 + 1), 0.87 / (0.87 + 1.15 + 1)])


def test_before_and_after_by_logarithms():
    """In the months of the quotations; January's hire price lies 92 of 151 days from October's to March's, June's 31 of 153."""
    found = studies.before_and_after()
    january, may, june = 1.7 + 0.65 * 92 / 151, 2.95, 2.95 + 0.52 * 31 / 153
    for month, later, price in (("2026-05", may, 7.2 / 4), ("2026-06", june, 2)):
        row = found.loc[month]
        assert row["net"] == pytest.approx(np.expm1(np.log(price) - np.log(later / january)))
        assert row["grew"] == pytest.approx(price - 1) and row["hire_then"] == pytest.approx(january)
    assert found["net"].round(2).tolist() == [0.28, 0.37]


# --- services ------------------------------------------------------------------------------------


def test_nobody_is_lost_between_the_rounds_of_the_jar():
    for share in (0.1, 0.35, 0.6, 0.9, 1.0):
        for audit in (0.0, 0.3, 1.0):
            told = studies.jar(share, audit)
            assert len(told) == studies.ROUNDS + 2
            assert all(r.honest + r.gone == told[0].honest and r.false == told[0].false for r in told)
            assert all(a.honest >= b.honest for a, b in zip(told, told[1:]))
    assert studies.jar(0.6, 0.2)[-2].honest == 10 and studies.jar(0.6, 0.2)[-1].honest == 0  # eight rounds are not rest
    assert studies.jar(0.6)[-1].honest == 0 and studies.jar(0.6, 0.75)[-1].honest == 29


def test_the_audit_that_is_needed_is_the_first_that_helps():
    needed = studies.audit_needed(0.6)
    assert float(studies.rest(0.6, needed).stay) > 0 == float(studies.rest(0.6, needed - 0.01).stay)


def test_a_resold_call_by_hand_and_what_the_jar_does_not_explain():
    row = studies.blended().set_index("service").loc[studies.RESOLD]
    assert row["usd"] == pytest.approx(0.1 * (3 * 2 + 10) / 4)
    offered, rests = studies.unexplained()
    assert offered == 0.1 < rests == pytest.approx(studies.audited_value())  # one worth of a false answer
    adjusted = float(markets.quality_adjusted_price(offered, 0.3695, 0.8382))
    assert adjusted == pytest.approx(offered / studies.audited_value())


def test_every_range_in_print_spans_a_factor_of_five():
    """The title of the chart of estimates; ranges that we scale ourselves are left out."""
    frame = studies.smuggled()
    printed = frame[frame["ends"] == "printed"]
    assert len(printed) == 2 and (printed["high"] / printed["low"] >= 5).all()
    worded = frame.loc[frame["ends"] == "upper end in words only", "low"]
    assert (200_000 / worded >= 5).all()  # “several hundred thousand” is two hundred thousand at the least


def test_cheap_is_four_things():
    assert studies.cheap_table().index.tolist() == list(studies.CHEAP) and len(studies.CHEAP) == 4


# --- rents ---------------------------------------------------------------------------------------


def test_china_s_hire_price_is_compared_with_the_world_s_of_the_same_months():
    frame = studies.china_over_world()
    assert frame["ratio"].tolist() == pytest.approx([1.69 / 2, 1.31 / 1.7, 2.02 / 2.35])
    assert frame["world_month"].tolist() == ["2024-10", "2025-10", "2026-03"] and frame["alike"].tolist() == [0, 1, 1]
    assert frame.loc["2026-04", "between"] == pytest.approx(2.02 / (2.35 + 0.6 * 31 / 61))
    assert (frame["low"] <= frame["ratio"]).all() and (frame["ratio"] <= frame["high"]).all()
    with pytest.raises(ValueError, match="month = 2027-01 lies outside the record"):
        studies.hire_on("world", "2027-01")
    with pytest.raises(ValueError, match="month = '2026' must be written"):
        studies.hire_on("world", "2026")
    path = studies.rent_path()
    assert (path["low"] <= path["usd"]).all() and (path["usd"] <= path["high"]).all()
    latest = studies.latest_hire()
    assert (latest["China"].usd, latest["world"].usd) == (2.02, 2.35)  # not October's offers, at 3.47
    assert abs((latest["China"].day - latest["world"].day).days) <= 31
    assert latest["China"].basis == latest["world"].basis == "contract"
    assert path["day"].is_monotonic_increasing is False and pd.notna(path["day"]).all()


def test_parity_by_the_cost_of_owning():
    found = studies.parity(0.5, 2.02)
    usd = studies.hardware_usd()
    assert usd == pytest.approx((23_750 + 33_600) / 2 * 1.64 / 0.81)
    assert found.hardware_usd == pytest.approx(1.5 * usd)
    owned = training.owned_usd_per_gpu_hour(found.carried_usd, 5, 0.6, 0.3)
    assert float(owned) == pytest.approx(2.02)
    assert found.years == pytest.approx(5 * found.hardware_usd / found.carried_usd)
    assert studies.parity(0, 0.2).years is None and studies.parity(0, 0.2).carried_usd == 0


def test_the_notebook_tells_neither_how_nor_by_whom():
    text = (data.FOLDER.parent / "notebooks" / "source" / "40_grey_markets.md").read_text(encoding="utf-8").lower()
    named = ["supermicro", "megaspeed", "hao global", "anhui", "hong kong", "singapore", "forwarder"]
    assert [word for word in [*TELLTALE, *named] if word not in ("label", "relabel") and word in text] == []
