"""The valid ranges that the docstrings of the efficiency models state are those that the code holds."""

from __future__ import annotations

import inspect
import re

import numpy as np
import pytest

from helpers.llm import model as llm
from helpers.progress import model as progress
from helpers.serving import model as serving
from helpers.training import model as training

NUMBER = r"-?[0-9][0-9.,]*(?:e-?[0-9]+)?"
RANGE = re.compile(rf"^    ([a-z_0-9, ]+) : (?:scalar|array)\b.*?, (?:each )?({NUMBER}) to ({NUMBER})\b", re.MULTILINE)
# A value of each parameter that goes together with the others.
GOOD = {
    "model": "DeepSeek-V3", "chip": "H200", "bits": 8, "context_tokens": 4096, "batch": 0.01, "group": 8,
    "drafts": 1, "acceptance": 0.8, "network_gb_s": 50, "tokens": 1e9, "input_tokens": 100, "output_tokens": 100,
    "tflops": 900, "bandwidth_gb_s": 3000, "flop_per_byte": 10, "experts": 8, "top_k": 0, "experts_per_token": 8,
    "hidden": 7168, "bytes_out": 1, "bytes_back": 2, "exchange_seconds": 1e-4, "layers": 61, "exchanges_per_layer": 2,
    "draft_cost": 0.1, "usd_per_hour": 2, "used_share": 0.5, "tokens_per_s": 1000, "hit_share": 0.5,
    "prices": (1, 1, 1), "gpu_hours": 100, "usd_per_gpu_hour": 2, "free_share": 0.1, "discount": 0.1,
    "active_parameters": 1e9, "attention_flops_per_token": 1e9, "flops": 1e20, "peak_tflops": 900, "mfu": 0.4,
    "hours": 100, "flops_per_token": 1e9, "tokens_per_second": 1e6, "gpus": 8, "days": 54, "stages": 2, "forward": 1e5, "backward": 2,
    "weight": 1, "schedule": "1F1B", "micro_batches": 100, "run_usd": 1e6, "cost_usd": 5e6, "final_run_share": 0.5, "staff_share": 0.5,
    "chip_price_usd": 3e4, "server_factor": 1.6, "network_share": 0.2, "capital_usd": 5e4, "lifetime_years": 4,
    "utilisation": 0.5, "power_usd_per_hour": 0.1, "upkeep_share_per_year": 0.05, "communication_ratio": 0.3,
    "link_ratio": 0.5, "hidden_ratio": 0.1, "parameters": 1e9, "compute_flop": 1e20, "compute": 5, "value": 5,
    "low": 1e-12, "high": 1e12, "months": 8, "gains": [1.2, 1.3], "overlap": 0.5, "ratio": 10, "gain": 3, "exponent": 0.1,
    "points": 8, "points_per_month": 2, "old": progress.PowerLaw(2, 0.05), "new": progress.PowerLaw(2, 0.05),
    "step": serving.decode("DeepSeek-V3", "H200", 8, 4096, 8), "share": (0.1, 0.5),
}  # fmt: skip


def stated():
    for module in (llm, serving, training, progress):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not function.__module__.startswith(module.__name__) or name[0] == "_":
                continue
            for names, low, high in RANGE.findall(inspect.getdoc(function).replace("\n", "\n    ")):
                for parameter in names.split(", "):
                    ends = (float(end.rstrip(".,").replace(",", "")) for end in (low, high))
                    yield pytest.param(function, parameter, *ends, id=f"{name}-{parameter}")


STATED = list(stated())


def test_ranges_are_read_from_the_docstrings():
    assert len(STATED) > 90 and len({case.values[0] for case in STATED}) > 35


@pytest.mark.parametrize(("function", "parameter", "low", "high"), STATED)
def test_the_ends_of_a_stated_range_are_taken_and_what_lies_beyond_is_refused(function, parameter, low, high):
    good = {p: GOOD[p] for p in inspect.signature(function).parameters if p in GOOD}
    refused = rf"^{parameter} = .* is outside its valid range, {re.escape(f'{low:g} to {high:g}')}"

    def ask(value):
        return function(**{**good, parameter: [value, value] if parameter == "gains" else value})

    for end in (low, high):
        try:
            ask(end)
        except ValueError as error:  # two values that do not go together; never this one's own range
            assert not re.match(rf"^{parameter} = .* is outside", str(error)), error
    for beyond in (low - max(abs(low) * 1e-3, 1e-9), high + max(abs(high) * 1e-3, 1e-9), np.nan):
        with pytest.raises(ValueError, match=refused):
            ask(beyond)
