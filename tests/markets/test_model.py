"""The model of grey markets against second counts: by bisection, by iteration, by hand, and over random inputs."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.markets import model as markets
from helpers.training import model as training

RNG = np.random.default_rng(40)
MANY = 10_000


def draw(low, high):
    return RNG.uniform(low, high, MANY)


# --- enforcement -----------------------------------------------------------------------------------


def test_ten_thousand_crossings_lie_on_both_lines():
    chance, landed, penalty, trouble = draw(0, 0.9), draw(0.5, 3), draw(0, 5), draw(0, 3)
    most = landed + draw(0.01, 6)
    met = markets.crossing(chance, landed, penalty, most, trouble)
    traded = met.arrivals > 0
    assert 1000 < traded.sum() < MANY
    at = [v[traded] for v in (met.arrivals, chance, landed, penalty, trouble, most)]
    asked = markets.asked_price(*at[:5])
    given = markets.offered_price(at[0], at[2], at[5])
    np.testing.assert_allclose(asked, met.price[traded], rtol=1e-9)
    np.testing.assert_allclose(given, met.price[traded], rtol=1e-9)
    parts = met.landed + met.seizures + met.fines + met.margin
    np.testing.assert_allclose(parts[traded], met.price[traded], rtol=1e-9)
    assert (met.margin[traded] > -1e-9).all() and (met.arrivals <= 100 + 1e-9).all()
    assert np.isnan(met.price[~traded]).all() and (met.all_rewards[~traded] == 0).all()


def test_trade_ends_at_becker_s_chance_at_the_highest_price():
    landed, penalty, most = draw(0.5, 2), draw(0, 3), draw(2.5, 6)
    ends = markets.break_even_chance(most - landed, landed, penalty)
    below = markets.crossing(np.minimum(ends - 1e-6, 0.95), landed, penalty, most, 0.3).arrivals
    assert (below > 0).all()
    inside = ends < 0.94
    above = markets.crossing(ends[inside] + 1e-6, landed[inside], penalty[inside], most[inside], 0.3).arrivals
    assert inside.any() and (above == 0).all()


def test_more_patrols_raise_price_and_reward_and_cut_arrivals():
    chance = np.linspace(0, 0.5, 51)
    met = markets.crossing(chance, 1.15, 1, 4, 0.3)
    assert (np.diff(met.price) > 0).all() and (np.diff(met.reward) > 0).all() and (np.diff(met.arrivals) < 0).all()
    peak = int(met.all_rewards.argmax())
    assert 0 < peak < 50  # together they rise, then fall


def test_what_all_sellers_keep_is_the_area_above_their_costs():
    """By adding up senders one by one: each gets (1 - p) price - p penalty - landed, less its own trouble."""
    for chance, most in ((0.05, 4.025), (0.2, 4.025), (0.5, 4.025), (0.2, 5.75), (0.3, 2.6)):
        met = markets.crossing(chance, 1.15, 1, most, 0.3)
        each = float((1 - chance) * met.price - chance * 1 - 1.15)  # on average, before trouble
        senders = (np.arange(20_000) + 0.5) / 20_000 * float(met.sent)
        kept = np.maximum(0, each - 0.3 * senders / 100).mean() * float(met.sent)
        assert float(met.net_gain) == pytest.approx(kept, rel=1e-6)
        assert float(met.net_gain) == pytest.approx(0.3 * float(met.sent) ** 2 / 200, rel=1e-9)
        lost = (met.seizures + met.fines + met.trouble) * met.arrivals
        assert float(met.all_rewards) == pytest.approx(float(lost + met.net_gain))


def test_sellers_gain_from_patrols_exactly_while_demand_is_less_elastic_than_price_over_price_and_penalty():
    """Becker, Murphy and Grossman, 2006, for spending; here with a penalty, over 10,000 markets, by small steps."""
    chance, landed, penalty, trouble = draw(0.01, 0.6), draw(0.5, 3), draw(0, 3), draw(0.05, 2)
    most = markets.last_buyer(landed, draw(0.1, 2))
    met = markets.crossing(chance, landed, penalty, most, trouble)
    more = markets.crossing(chance + 1e-6, landed, penalty, most, trouble)
    seen = (met.arrivals > 0.1) & (more.arrivals > 0.1)
    assert seen.sum() > 5000
    elasticity = markets.elasticity_at(met.price[seen], most[seen])
    border = met.price[seen] / (met.price[seen] + penalty[seen])
    clear = np.abs(elasticity / border - 1) > 1e-3
    grew = more.net_gain[seen] > met.net_gain[seen]
    assert (grew == (elasticity < border))[clear].all() and 100 < grew.sum() < seen.sum() - 100


def test_most_are_sent_where_a_search_finds_it():
    grid = np.linspace(0, 0.95, 9501)
    for _ in range(200):
        landed, penalty, trouble = RNG.uniform(0.5, 3), RNG.uniform(0, 3), RNG.uniform(0, 2)
        most = float(markets.last_buyer(landed, RNG.uniform(0.1, 2)))
        sent = markets.crossing(grid, landed, penalty, most, trouble).sent
        assert float(markets.most_sent(landed, penalty, most, trouble)) == pytest.approx(grid[sent.argmax()], abs=2e-4)


def test_the_end_of_demand_has_the_elasticity_it_was_made_from():
    landed, elasticity = draw(0.1, 5), draw(0.05, 5)
    np.testing.assert_allclose(markets.elasticity_at(landed, markets.last_buyer(landed, elasticity)), elasticity)
    low, high = (markets.offered_price(100 * f, 1, 3.5) for f in (1, 0.996))  # 0.4% fewer are 1% dearer
    assert float(high / low) == pytest.approx(1.01)


def test_without_trouble_and_chance_the_ban_is_an_open_border():
    met = markets.crossing(0, 1.15, 1, 4, 0)
    assert float(met.arrivals) == pytest.approx(100) and float(met.price) == pytest.approx(1.15)


def test_the_risk_premium_is_the_gain_that_just_pays():
    chance, goods, penalty = draw(0.001, 0.99), draw(0.1, 100), draw(0, 100)
    gain = markets.risk_premium(chance, goods, penalty)
    np.testing.assert_allclose((1 - chance) * gain, chance * (goods + penalty), rtol=1e-9)
    np.testing.assert_allclose(markets.break_even_chance(gain, goods, penalty), chance, rtol=1e-9)


def test_a_higher_mark_up_needs_a_higher_chance_of_being_caught():
    assert (np.diff(markets.break_even_chance(np.linspace(0, 5, 100), 1.15, 1)) > 0).all()
    assert float(markets.break_even_chance(1e12, 1, 1)) == pytest.approx(1, abs=1e-9)
    assert np.isnan(markets.break_even_chance(0, 0, 0))


# --- wedges ----------------------------------------------------------------------------------------


def test_the_parts_of_ten_thousand_wedges_add_up():
    price, at_home, freight, tax, risk = draw(0, 10), draw(0.1, 5), draw(0, 1), draw(0, 1), draw(0, 3)
    parts = markets.wedge(price, at_home, freight, tax, risk)
    np.testing.assert_allclose(parts.price, price, atol=1e-9)
    np.testing.assert_allclose(parts.mark_up, price / at_home - 1, atol=1e-9)
    np.testing.assert_allclose(parts.list_price + parts.freight + parts.tax, markets.landed(at_home, freight, tax))


@pytest.mark.parametrize("instrument", markets.RECEIVERS)
def test_a_rent_is_received_or_used_up(instrument):
    quantity, low, gap, burnt = draw(0, 100), draw(0, 10), draw(0, 5), draw(0, 0.5)
    taken = draw(0, 0.5)
    if instrument == "open market":
        with pytest.raises(ValueError, match="high_price"):
            markets.where_the_rent_goes(instrument, quantity, low, low + gap, burnt, taken)
        gap = 0 * gap
    found = markets.where_the_rent_goes(instrument, quantity, low, low + gap, burnt, taken)
    np.testing.assert_allclose(found.seized, quantity * gap * taken, atol=1e-9)
    np.testing.assert_allclose(found.total, quantity * gap, atol=1e-9)
    assert found.receiver == markets.RECEIVERS[instrument]


def test_receivers_differ_by_instrument():
    said = {name: markets.where_the_rent_goes(name, 1, 1, 1).receiver for name in markets.RECEIVERS}
    assert "importer" in said["tariff"] and "exporter" in said["export charge"]
    assert "licences" in said["quota"] and "sellers" in said["ban"]


def test_a_change_net_of_itself_is_none():
    one, two = draw(0.1, 10), draw(0.1, 10)
    np.testing.assert_allclose(markets.change_net_of(one, two, one, two), 0, atol=1e-12)
    np.testing.assert_allclose(markets.change_net_of(one, two, 1, 1), two / one - 1)


# --- lemons ----------------------------------------------------------------------------------------


def test_the_settled_jar_is_where_ten_thousand_iterated_jars_come_to_rest():
    """A slower method: 20,000 rounds from a full jar; near a tangent the iteration needs more, so such jars are left out."""
    count = 2_000
    q, bad, audit, least = (RNG.uniform(a, b, count) for a, b in ((0.01, 1), (0, 0.95), (0, 1), (0, 0.9)))
    most = least + RNG.uniform(0.01, 1, count)
    found = markets.settled(q, bad, audit, least, most)
    r, stay = (1 - q) / q * (1 - audit), np.ones(count)
    for _ in range(20_000):
        offered = stay + r
        price = bad + (1 - bad) * np.divide(stay, offered, out=np.zeros(count), where=offered > 0)
        stay = np.minimum(stay, np.clip((price - least) / (most - least), 0, 1))
    agrees = np.abs(stay - found.stay) < 1e-3
    assert agrees.mean() > 0.999, np.flatnonzero(~agrees)
    assert {0.0, 1.0} <= set(found.stay.tolist()) and ((found.stay > 0.05) & (found.stay < 0.95)).sum() > 100


def test_rounds_fall_and_end_where_the_jar_settles():
    for q, audit in ((0.6, 0.0), (0.6, 0.75), (0.9, 0.0), (1.0, 0.0)):
        told = markets.rounds(1000, q, 0.44, audit)
        assert (np.diff(told.stay) <= 1e-12).all() and (np.diff(told.price) <= 1e-12).all()
        assert told.stay[-1] == pytest.approx(float(markets.settled(q, 0.44, audit).stay), abs=1e-3)


def test_better_audits_and_more_honest_services_never_empty_the_jar():
    share, audit = np.linspace(0.01, 1, 60)[:, None], np.linspace(0, 1, 60)
    stay = markets.settled(share, 0.44, audit).stay
    assert (np.diff(stay, axis=0) >= -1e-9).all() and (np.diff(stay, axis=1) >= -1e-9).all()
    assert (stay[:, -1] == 1).all()  # all false ones found


def test_the_least_honest_share_just_pays():
    good, bad = draw(0.5, 2), draw(0, 0.4)
    price = bad + (good - bad) * draw(0, 1)
    share = markets.least_honest_share(price, good, bad)
    np.testing.assert_allclose(markets.mixed_value(np.clip(share, 0, 1), good, bad), price, rtol=1e-9)


# --- tokens, plans, rents ---------------------------------------------------------------------------


def test_ten_thousand_blended_prices_are_bills_divided_by_tokens():
    read, again, wrote, h, n_in, n_out = draw(0, 10), draw(0, 1), draw(0, 50), draw(0, 1), draw(0, 20), draw(0.1, 5)
    bill = n_in * h * again + n_in * (1 - h) * read + n_out * wrote
    np.testing.assert_allclose(markets.blended_price(read, again, wrote, h, n_in, n_out), bill / (n_in + n_out))


def test_quality_costs_by_right_answers_beyond_guessing():
    assert float(markets.quality_adjusted_price(1, 0.5, 0.75, 0.25)) == pytest.approx(2)
    assert float(markets.quality_adjusted_price(1, 0.8, 0.8, 0.2)) == pytest.approx(1)
    with pytest.raises(ValueError, match="right_share = 0.2 must lie above guess_share"):
        markets.quality_adjusted_price(1, 0.2, 0.8, 0.25)


def test_the_fee_that_breaks_even_leaves_no_balance():
    ordinary, s, users, heavy = draw(0, 5), draw(0, 1), draw(1, 50), draw(0, 10)
    plan = markets.flat_plan(0, ordinary, s, users, heavy)
    even = markets.flat_plan(plan.fee_to_break_even, ordinary, s, users, heavy)
    np.testing.assert_allclose(even.balance, 0, atol=1e-9)
    by_hand = (1 - s) * (plan.fee_to_break_even - ordinary) + s * (plan.fee_to_break_even - users * heavy)
    np.testing.assert_allclose(by_hand, 0, atol=1e-9)
    np.testing.assert_allclose(even.shared_loss, users * heavy - plan.fee_to_break_even)


def test_a_rent_carries_the_price_at_which_owning_costs_the_rent():
    rent, years, used, running = draw(0.5, 5), draw(1, 10), draw(0.1, 1), draw(0, 0.4)
    price = markets.price_a_rent_carries(rent, years, used, running)
    np.testing.assert_allclose(training.owned_usd_per_gpu_hour(price, years, used, running), rent, rtol=1e-9)
    np.testing.assert_allclose(markets.years_to_pay_back(price, rent, used, running), years, rtol=1e-9)
    assert float(markets.price_a_rent_carries(0.2, 5, 0.5, 0.3)) == 0


# --- refusals and speed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: markets.crossing(0.2, 1.15, 1, 1.1, 0.3), "most = 1.1 must lie above landed = 1.15"),
        (lambda: markets.crossing(1.2, 1.15, 1, 4, 0.3), "chance = 1.2 is outside its valid range, 0 to 0.95"),
        (lambda: markets.where_the_rent_goes("tax", 1, 1, 2), "instrument = 'tax'"),
        (lambda: markets.where_the_rent_goes("ban", 1, 2, 1), "high_price lies below low_price"),
        (lambda: markets.where_the_rent_goes("ban", 1, 1, 2, 0.7, 0.6), "used_up_share = 0.7 and seized_share = 0.6 are"),
        (lambda: markets.elasticity_at(4, 4), "price = 4 must lie below most = 4"),
        (lambda: markets.most_sent(1.15, 1, 1.05, 0.3), "most = 1.05 must lie above landed = 1.15"),
        (lambda: markets.last_buyer(1.15, 0), "elasticity = 0 is outside its valid range"),
        (lambda: markets.least_honest_share(0.6, 0.4, 0.4), "honest_value = 0.4 must lie above false_value"),
        (lambda: markets.settled(0.6, 0.4, 0, 1, 0.5), "dearest = 0.5 must lie above cheapest = 1"),
        (lambda: markets.blended_price(1, 1, 1, 0, 0, 0), "parts_in and parts_out are both nought"),
        (lambda: markets.years_to_pay_back(1e4, 0.2, 0.5, 0.3), "usd_per_gpu_hour = 0.2 must exceed running_usd = 0.3"),
        (lambda: markets.in_usd("eight", 7.2), "yuan = 'eight' is not a number"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        call()
