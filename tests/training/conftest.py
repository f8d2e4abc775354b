"""What several tests of training look up."""

from __future__ import annotations

import pytest

from helpers.chips import model as chips
from helpers.core import data


@pytest.fixture(scope="module")
def runs():
    return data.load("training_runs").set_index("run_id")


@pytest.fixture(scope="module")
def peak():
    table = chips.table().set_index("chip")
    return lambda chip, column="fp16_bf16_tflops_dense": float(table.loc[chip, column])
