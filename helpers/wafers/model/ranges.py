"""Ends of ranges and units that the rooms of the model share."""

MOST_AREA, MOST_D0, MOST_USD, MOST_SIDE = 1e5, 100.0, 1e9, 1000.0  # mm2, per cm2, USD, mm
MM2_PER_CM2 = 100.0
CLOSE = 1e-9  # mm: a corner this far out still counts as inside
