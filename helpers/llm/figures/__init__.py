"""Charts and tables of `30_kv_cache`."""

from helpers.llm.figures.live import compare_chart, fits_chart
from helpers.llm.figures.prices import price_words
from helpers.llm.figures.shelf import shelf_chart, shelf_rows
from helpers.llm.figures.static import intensity_chart, recounted_chart, release_chart
from helpers.llm.figures.tables import recounted_table, v2_table
from helpers.show.page import folded

__all__ = [
    "compare_chart",
    "fits_chart",
    "folded",
    "intensity_chart",
    "price_words",
    "recounted_chart",
    "recounted_table",
    "release_chart",
    "shelf_chart",
    "shelf_rows",
    "v2_table",
]
