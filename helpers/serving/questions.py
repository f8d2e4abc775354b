"""Questions of `34_serving` whose numbers vary by a seed."""

from __future__ import annotations

from helpers.chips import model as chips
from helpers.chips.studies import data_centre_chips
from helpers.course.bank.asking import Ask, Bank, Most, grid
from helpers.serving import model as serving
from helpers.serving import studies

CHIPS = ("H100 SXM5 80GB", "H200 SXM 141GB", "H20 96GB", "H800 SXM5 80GB", "Ascend 910C")


def _chip(r):
    row = chips.table().set_index("chip").loc[name := r.choice(CHIPS)]
    return {"chip": name, "peak": float(row["fp16_bf16_tflops_dense"]), "reads": float(row["memory_bandwidth_gb_s"])}


def ridges():
    """The data centres' chips with their ridge in 16 bits."""
    rows = data_centre_chips(chips.table())
    return rows.assign(ridge=rows["fp16_bf16_tflops_dense"] * 1e3 / rows["memory_bandwidth_gb_s"])


QUESTIONS: Bank = {
    "34": (
        Most("busiest", "Which of these chips needs the most operations for each byte that it reads, to be kept busy (dense 16 bits)?", ridges, "chip", "ridge", "operations a byte"),
        Ask(
            "ridge", "The {chip} computes {peak:g} TFLOPS (dense, 16 bits) and reads {reads:g} GB/s. From how many operations a byte on does computing set the pace?", _chip,
            lambda chip, **_: studies.ridge_in_16_bits(chip), "operations a byte",
            {"upside down": lambda peak, reads, **_: 1e3 * reads / peak, "took sparse peaks": lambda peak, reads, **_: 2e3 * peak / reads, "mixed up giga and tera": lambda peak, reads, **_: peak / reads * 1e6},
            "Operations a second over bytes a second.",
        ),
        Ask(
            "roof", "Work with {intensity} operations a byte runs on a chip of {peak:g} TFLOPS that reads {reads:g} GB/s. How fast can it go at most?",
            lambda r: {**_chip(r), "intensity": r.choice(range(10, 601, 10))},
            lambda chip, peak, reads, intensity: serving.attainable_tflops(intensity, peak, reads), "TFLOPS",
            {"always took the peak": lambda peak, **_: peak, "always took what reading allows": lambda reads, intensity, **_: intensity * reads / 1e3, "took half of the peak": lambda peak, **_: peak / 2},
            "The smaller of the peak and intensity times bandwidth.",
        ),
        Ask(
            "price", "A machine rents for {rent:g} USD an hour and writes {speed:,} tokens a second, {use:.0%} of the time. What does a million tokens cost in rent?",
            lambda r: {"rent": r.choice(grid(10, 40, 2)), "speed": r.choice(range(1_000, 20_001, 500)), "use": r.choice(grid(0.3, 0.9, 0.1))},
            lambda rent, speed, use: serving.usd_per_million(rent, speed, use), "USD",
            {"let it write all the time": lambda rent, speed, use: rent / (speed * 3.6e-3), "multiplied by the use": lambda rent, speed, use: rent * use / (speed * 3.6e-3), "took an hour for a minute": lambda rent, speed, use: rent / (speed * use * 6e-5)},
            "Rent over tokens of an hour in which it is used so much, in millions.",
        ),
        Ask(
            "experts", "A layer has {experts} experts; each token goes to {top} of them, at random. What share of the experts does a batch of {tokens} tokens touch?",
            lambda r: {"tokens": r.choice(range(8, 129, 8)), "experts": r.choice([64, 128, 256, 384]), "top": r.choice([4, 6, 8])},
            lambda tokens, experts, top: 100 * serving.experts_touched(tokens, experts, top), "%",
            {"added the tokens": lambda tokens, experts, top: 100 * tokens * top / experts, "counted one token": lambda tokens, experts, top: 100 * top / experts, "gave the share left alone": lambda tokens, experts, top: 100 * (1 - top / experts) ** tokens},
            "1 minus the chance that all tokens pass an expert by.",
        ),
    ),
}  # fmt: skip
