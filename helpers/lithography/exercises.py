"""What the exercises of `22_without_euv` expect, computed from the course's own data, and their hints."""

from __future__ import annotations

from helpers.course.checks import Exercise
from helpers.lithography import model as lithography
from helpers.lithography import studies

EXERCISES: dict[str, Exercise] = {
    "22-1": Exercise(
        expected=lambda: float(lithography.smallest_pitch_nm("SADP", 0.28)),
        unit="the whole pitch, in nm, not half of it",
        hints=(
            "First the pitch of one exposure, then divide it.",
            "Pitch of one exposure = 2 k1 wavelength / NA; the scheme halves it.",
            "Begin with 2 * 0.28 * 193 / ...",
        ),
        tolerance=0.005,
        slips=(2, 4, 1e3),
    ),
    "22-2": Exercise(
        expected=lambda: float(lithography.scanners_needed(45_000, 14 * 4, 275)),
        unit="a number of scanners",
        hints=(
            "Count exposures a month, then what one scanner exposes in a month.",
            "Starts x passes / (720 hours x 0.85 x wafers an hour).",
            "Begin with 45_000 * 14 * 4 / (720 * ...",
        ),
    ),
    "22-3": Exercise(
        expected=lambda: float(lithography.cset_wafer_price(12_000, 1.0)),
        unit="USD a wafer",
        hints=(
            "Capital that is consumed in the year, and then the price of which it is a fixed share.",
            "Consumed = 12,000 x 0.2529 x 0.7471 ** 1; price = consumed / 0.2493.",
            "Begin with 12000 * 0.2529 * ...",
        ),
        tolerance=0.005,
    ),
    "22-4": Exercise(
        expected=lambda: studies.passes_behind(0.40, 400, 0.10, 42).each,
        unit="killer defects per cm2 and pass",
        hints=(
            "Two defect densities: the one the yield implies, and the one before the passes were added.",
            "(D0 at a yield of 40% - 0.10) / 42 passes.",
            "Begin with (wafers.infer_d0(400, 0.40) - ...",
        ),
        tolerance=0.03,
    ),
}
