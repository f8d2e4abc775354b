"""Questions of `12_rules_as_code` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.chips import model as chips
from helpers.chips.studies import data_centre_chips
from helpers.course.bank.asking import Ask, Bank, Most

QUESTIONS: Bank = {
    "12": (
        Ask(
            "tpp", "A chip does {half:g} TFLOPS in 16 bits and {quarter:g} TOPS in 8 bits, both dense. What is its total processing performance (TPP)?",
            lambda r: (lambda half: {"half": half, "quarter": round(half * r.choice([1.5, 2, 2.5, 3]))})(r.choice(range(80, 1000, 20))),
            lambda half, quarter: chips.max_tpp([half, quarter], [16, 8]), "TPP",
            {
                "added the formats": lambda half, quarter: 16 * half + 8 * quarter, "forgot the bits": lambda half, quarter: max(half, quarter),
                "multiplied by the bits of the other format": lambda half, quarter: max(8 * half, 16 * quarter),
            },
            "Operations times bits for each format; the largest counts.",
        ),
        Ask(
            "density", "A chip has a TPP of {tpp:,} and a die of {area:g} mm², all of it applicable. What is its performance density?",
            lambda r: {"tpp": r.choice(range(1600, 16001, 400)), "area": r.choice(range(300, 851, 25))},
            lambda tpp, area: chips.performance_density(tpp, area), "TPP per mm²",
            {"took square centimetres": lambda tpp, area: 100 * tpp / area, "upside down": lambda tpp, area: 100 * area / tpp, "multiplied by the bits once more": lambda tpp, area: 16 * tpp / area},
            "TPP over the applicable die area in square millimetres.",
        ),
        Ask(
            "rate", "A chip has {links} links of {each:g} GB/s in each direction, and a host bus of {bus:g} GB/s, both directions together. What is its aggregate transfer rate, as the rule counts?",
            lambda r: {"links": r.choice(range(6, 19, 2)), "each": r.choice([20, 25, 50]), "bus": r.choice([64, 128])},
            lambda links, each, bus: chips.aggregate_transfer_rate(2 * links * each, bus), "GB/s",
            {
                "counted one direction": lambda links, each, bus: links * each + bus, "left the host bus out": lambda links, each, bus: 2 * links * each,
                "counted the bus twice": lambda links, each, bus: 2 * links * each + 2 * bus,
            },
            "Both directions of all links, and the host bus.",
        ),
        Most("most", "Which of these chips has the highest TPP?", lambda: data_centre_chips(chips.table()), "chip", "tpp", "TPP"),
    ),
}  # fmt: skip
