"""Odd arguments to every public function of models and studies: an answer, or a refusal that names the parameter."""

from __future__ import annotations

import datetime
import inspect
import warnings

import numpy as np
import pandas as pd
import pytest

from helpers.llm import model as llm
from helpers.llm import studies

ODD = [
    None, True, False, 0, 1, 2, -1, 3, 8, 16, 1.5, float("nan"), float("inf"), 10**400, "x", "", "packed", "decode",
    "DeepSeek-V3", "Llama-3.1-8B", [], [1, 2], [1, 2, 3], {}, {"a": 1}, set(), b"x", 1j, datetime.date(2024, 1, 1),
    np.datetime64("2024-01-01"), np.array([1.0, 2.0]), np.ones((2, 3)), pd.Series([1, 2]), pd.Series(["a"]), object(),
    10**6, 131072, -0.0, [[1], [1, 2]], np.array([np.nan]), '{"model_type": "gpt2"}', {1: 2}, [None], pd.DataFrame(),
]  # fmt: skip
USUAL = {
    "model": "DeepSeek-V3", "context_tokens": 1000, "name": "DeepSeek-V3", "first": "DeepSeek-V3", "giver": "DeepSeek-V3",
    "second": "Llama-3.1-8B", "context": 1000, "bits": 16, "precision": 16,
}  # fmt: skip
ASKED = {
    f"{room.__name__.split('.')[-1]}.{name}": getattr(room, name)
    for room in (llm, studies)
    for name in room.__all__
    if inspect.isfunction(getattr(room, name))
}


@pytest.mark.parametrize("name", ASKED)
def test_a_refusal_names_its_parameter(name):
    rng = np.random.default_rng(11)
    ask = ASKED[name]
    parameters = inspect.signature(ask).parameters
    for _ in range(120):
        given = {}
        for p in parameters.values():
            if p.default is p.empty or rng.random() < 0.4:
                usual = p.name in USUAL and rng.random() < 0.6
                given[p.name] = USUAL[p.name] if usual else ODD[rng.integers(len(ODD))]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ask(**given)
        except ValueError as refusal:
            told = str(refusal)
            by_model = told.startswith(("DeepSeek", "Llama", "config"))  # names the model and its field, or the key
            assert by_model or any(p in told for p in parameters), told
            digits = any(isinstance(value, int) and value > 10**300 for value in given.values())
            assert len(told) < 300 or digits, told
