"""Questions of `40_grey_markets` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.markets import model as markets


def _price(hit, full, cached, out):
    return (3 * (hit * cached + (1 - hit) * full) + out) / 4


QUESTIONS: Bank = {
    "40": (
        Ask(
            "mark", "A server lists at {listed:g} thousand USD and sells for {yuan:g} million yuan, at {rate:g} yuan a dollar. How far above the list price is that?",
            lambda r: {"listed": r.choice(range(250, 601, 25)), "yuan": r.choice(grid(4, 9, 0.25)), "rate": r.choice(grid(6.8, 7.3, 0.1))},
            lambda listed, yuan, rate: 100 * markets.mark_up(markets.in_usd(yuan * 1e6, rate), listed * 1e3), "%",
            {"gave the ratio": lambda listed, yuan, rate: 1e5 * yuan / rate / listed, "took yuan for dollars": lambda listed, yuan, rate: 100 * (1e3 * yuan / listed - 1), "divided by the higher price": lambda listed, yuan, rate: 100 * (1 - listed * rate / yuan / 1e3)},
            "Bring both into dollars; then price over list price, minus 1.",
        ),
        Ask(
            "caught", "Who gets a piece through gains {gain:g} thousand USD; who is caught loses goods worth {goods:g} and pays {fine:g} thousand more. At which chance of being caught does it just not pay?",
            lambda r: {"gain": r.choice(range(100, 601, 20)), "goods": r.choice(range(300, 701, 50)), "fine": r.choice(range(100, 801, 50))},
            lambda gain, goods, fine: 100 * markets.break_even_chance(gain, goods, fine), "%",
            {"forgot the penalty": lambda gain, goods, fine: 100 * gain / (gain + goods), "divided by the loss": lambda gain, goods, fine: 100 * gain / (goods + fine), "turned gain and loss round": lambda gain, goods, fine: 100 * (goods + fine) / (gain + goods + fine)},
            "Gain over gain, goods and penalty together.",
        ),
        Ask(
            "honest", "A false service is worth {false:g} of an honest one, and asks the same price, {price:g} of the honest one’s worth. Which share of services must be honest for the price to be worth paying?",
            lambda r: {"false": r.choice(grid(0.1, 0.4, 0.05)), "price": r.choice(grid(0.5, 0.8, 0.05))},
            lambda false, price: 100 * markets.least_honest_share(price, 1, false), "%",
            {"took the price for the share": lambda false, price: 100 * price, "forgot that false ones are worth something": lambda false, price: 100 * (price - false), "added what false ones are worth": lambda false, price: 100 * (price + false) / (1 + false)},
            "The mixture must be worth the price: (price − false) over (1 − false).",
        ),
        Ask(
            "blend", "A model asks {full:g} USD for a million tokens read, {cached:g} where they are cached, and {out:g} for a million written. Three are read for each written, {hit:.0%} of them cached. What does a mixed million cost?",
            lambda r: {"full": r.choice(grid(0.5, 3, 0.25)), "cached": r.choice(grid(0.05, 0.3, 0.05)), "out": r.choice(grid(2, 15, 0.5)), "hit": r.choice(grid(0.2, 0.9, 0.1))},
            lambda full, cached, out, hit: markets.blended_price(full, cached, out, hit), "USD",
            {"forgot the cache": lambda full, cached, out, hit: _price(0, full, cached, out), "took the mean of reading and writing": lambda full, cached, out, hit: (full + out) / 2, "took three written for each read": lambda full, cached, out, hit: (hit * cached + (1 - hit) * full + 3 * out) / 4},
            "Three parts read at their mean price and one part written, over four.",
        ),
    ),
}  # fmt: skip
