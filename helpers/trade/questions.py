"""Questions of `42_reverse_tariff` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.course.bank.asking import Ask, Bank, grid
from helpers.trade import model as trade

QUESTIONS: Bank = {
    "42": (
        Ask(
            "effective", "A denial lifts the price of a product by {output:.0%} and that of its bought inputs by {inputs:.0%}; inputs are {share:.0%} of the product’s price before. What is the effective rate of protection?",
            lambda r: {"output": r.choice(grid(0.2, 0.6, 0.05)), "inputs": r.choice(grid(0.05, 0.3, 0.05)), "share": r.choice(grid(0.2, 0.6, 0.05))},
            lambda output, inputs, share: 100 * trade.effective_protection(output, inputs, share), "%",
            {"gave the rise of the price": lambda output, inputs, share: 100 * output, "forgot to divide by what is left": lambda output, inputs, share: 100 * (output - share * inputs), "took off the whole rise of inputs": lambda output, inputs, share: 100 * (output - inputs) / (1 - share)},
            "(Rise of output − share × rise of inputs) over (1 − share).",
        ),
        Ask(
            "price", "At home {zero:g} − p chips are wanted at a price p, and p − {floor:g} are made. What is the price when no imports come?",
            lambda r: {"zero": r.choice(range(90, 161, 5)), "floor": r.choice(range(10, 61, 5))},
            lambda zero, floor: trade.price_without_imports(zero, 1, floor, 1), "units of price",
            {"took the difference": lambda zero, floor: (zero - floor) / 2, "took the floor": lambda zero, floor: floor, "forgot to halve": lambda zero, floor: zero + floor},
            "Set what is wanted equal to what is made, and solve for p.",
        ),
        Ask(
            "duty", "{chips:g} thousand chips of {price:,} USD pay a duty of {rate:.0%}. What does it yield?",
            lambda r: {"chips": r.choice(range(50, 1001, 50)), "price": r.choice(range(10_000, 40_001, 1_000)), "rate": r.choice([0.15, 0.25, 0.5])},
            lambda chips, price, rate: trade.duty_usd(chips * 1e3, price, rate) / 1e9, "billion USD",
            {"gave the value of the chips": lambda chips, price, rate: chips * price / 1e6, "gave what is left": lambda chips, price, rate: chips * price * (1 - rate) / 1e6, "took the rate out of the price": lambda chips, price, rate: chips * price * rate / (1 + rate) / 1e6},
            "Number times price times rate.",
        ),
        Ask(
            "learn", "The first unit costs {first:g}. With a learning rate of {rate:.0%} for each doubling, what does a unit cost after {doublings} doublings of output?",
            lambda r: {"first": r.choice(range(50, 201, 10)), "rate": r.choice(grid(0.1, 0.3, 0.05)), "doublings": r.choice([2, 3, 4, 5])},
            lambda first, rate, doublings: trade.unit_cost(2**doublings, first, rate), "units",
            {"learned once": lambda first, rate, doublings: first * (1 - rate), "took off the same each time": lambda first, rate, doublings: first * (1 - doublings * rate), "kept the rate instead of losing it": lambda first, rate, doublings: first * rate},
            "First cost times (1 − rate) to the power of the doublings.",
        ),
    ),
}  # fmt: skip
