"""The table of models and printed figures, as the tests of this folder read them."""

from __future__ import annotations

import numpy as np

from helpers.core import data
from helpers.llm import model as llm

TABLE = data.load("models").set_index("model")
PUBLISHED = data.load("published_results").set_index("result_id")["value"]
COUNTABLE = [name for name in llm.models() if llm.model(name).attention is not None]
CONTEXTS = np.geomspace(1, 2**21, 300)
