"""Charts and tables of `26_memory_wall`."""

from helpers.memory.figures.taps import taps_chart, taps_rows

__all__ = ["taps_chart", "taps_rows"]
