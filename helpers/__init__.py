"""The course's own code: data, calculations, charts, panels and exercise checks."""

import gc

from helpers.core.imports import hide_slow

__version__ = "0.3.0"

hide_slow()  # here, so that it holds whichever module of the course imports Altair first

# Imports and charts make some hundred thousand small objects that stay: looking for unused ones among them every 700
# took a sixth of a notebook's time.
gc.set_threshold(50_000, 20, 20)
