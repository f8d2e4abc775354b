"""One quantity, one number: what several pages print under one name is what one study computes.

A quantity stands here when a second page, or a second place of one page, prints it. A pattern finds the number in what
a notebook stores (outputs) or in its text; every number found must be the study's, and each pattern must find one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from helpers.chips import model as chips
from helpers.clusters import studies as clusters
from helpers.course import authoring
from helpers.serving import studies as serving
from helpers.timeline import studies as timeline
from helpers.wafers import studies as wafers

NOTEBOOKS = authoring.ROOT / "notebooks"


@dataclass(frozen=True)
class Quantity:
    """A named number: the study that computes it, how it is printed, and where (notebook, pattern with one group)."""

    study: Callable[[], float]
    form: str
    printed: tuple[tuple[str, str], ...]


def _package_memory() -> float:
    return wafers.package_bill(0.22, 1.0, 14_000, 200, 0.15).memory


QUANTITIES = {
    "months for which the H20 needed no US licence, at most": Quantity(
        lambda: timeline.free_months("H20"),
        "{:.0f}",
        (
            ("10_timeline", r"the H20 for at most (\d+)"),
            ("12_rules_as_code", r"the H20 was free for at most (\d+) months"),
        ),
    ),
    "TPP of an H100": Quantity(
        lambda: chips.specifications("H100").tpp,
        "{:,.0f}",
        (
            ("12_rules_as_code", r"The H100 has a TPP of ([\d,]+) in either format"),
            ("12_rules_as_code", r"H100: TPP ([\d,]+), "),
        ),
    ),
    "ridge of an H20 in 16 bits": Quantity(
        lambda: serving.ridge_in_16_bits("H20 96GB"),
        "{:.0f}",
        (("34_serving", r"H20 96GB +148 +4,000 +900 +(\d+)"),),
    ),
    "ridge of an H20 in 8 bits": Quantity(
        lambda: serving.under_roof("H20 96GB", "H20 96GB", "decode", "DeepSeek-V3", 2, 4096, 64).ridges[0],
        "{:.0f}",
        (
            ("34_serving", r"H20's ridge \((\d+) operations a byte in 8 bits\)"),
            ("34_serving", r"H20[^;:]*: [a-z ]+ binds \([\d.,]+ operations a byte, ridge ([\d.]+) in the format"),
        ),
    ),
    "memory’s share of a package, at the start of the panel": Quantity(
        _package_memory,
        "{:.0%}",
        (
            ("20_dies_and_yield", r"Logic is 21 to 36% of the bill and memory (\d+%)"),
            ("20_dies_and_yield", r"made at TSMC, and memory (\d+%)"),
        ),
    ),
    "chips of a CloudMatrix for an NVL72, by peak alone": Quantity(
        lambda: clusters.named_ratios().loc["Chips, by peak alone", "central"],
        "{:.1f}",
        (
            ("24_more_chips_more_power", r"gets ([\d.]+) times the chips"),
            ("24_more_chips_more_power", r"Chips, by peak alone +([\d.]+) "),
        ),
    ),
    "electricity of the two systems alone": Quantity(
        lambda: clusters.named_ratios().loc["Electricity, systems alone", "central"],
        "{:.1f}",
        (
            ("24_more_chips_more_power", r"That is not the ([\d.]+) above"),
            ("24_more_chips_more_power", r"in the \*electricity\* bill from ([\d.]+) to"),
            ("24_more_chips_more_power", r"Electricity, systems alone +([\d.]+) "),
        ),
    ),
    "all costs, every range drawn": Quantity(
        lambda: clusters.ratio_spread().middle,
        "{:.1f}",
        (
            ("24_more_chips_more_power", r"half above ([\d.]+),"),
            ("24_more_chips_more_power", r"All costs, every range drawn +([\d.]+) "),
        ),
    ),
}


def stored_text(name: str) -> Iterator[str]:
    """What a page shows: its markdown, and the text of its outputs, titles of charts and answers of buttons among it."""
    cells = json.loads((NOTEBOOKS / "solutions" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])
        for output in cell.get("outputs", []):
            yield json.dumps(output, ensure_ascii=False)
            for value in output.get("data", {}).values():
                if isinstance(value, list):
                    yield "".join(value)


@pytest.mark.parametrize("name", QUANTITIES)
def test_pages_print_what_the_study_computes(name):
    quantity = QUANTITIES[name]
    expected = quantity.form.format(quantity.study())
    for notebook, pattern in quantity.printed:
        found = {number for text in stored_text(notebook) for number in re.findall(pattern, text)}
        assert found == {expected}, f"{notebook} prints {sorted(found)} for {name}; the study says {expected}"


def test_a_second_number_is_found():
    """The two numbers that pages printed for the H20 in November 2026 would fail here."""
    pattern = QUANTITIES["months for which the H20 needed no US licence, at most"].printed[0][1]
    assert re.findall(pattern, "the H800 for 7 months, the H20 for at most 15, the H200 never") == ["15"]
    assert timeline.free_months("H20") == 17


def test_the_expected_gain_of_sparse_attention_is_one_number_called_expected():
    """NSA, table 4: 65,536 / 5,632 tokens; no measurement of a whole model."""
    from helpers.core import data

    paper = data.load("papers").set_index("paper_id").loc["nsa", "claim"]
    result = data.load("published_results").set_index("result_id").loc["nsa-speed"]
    assert f"{result['value']:g} times" in paper and "xpected" in paper and "expected" in result["quantity"]


def test_a_value_that_two_tables_need_is_the_same_in_both():
    """The record of SMIC holds what sources say; nodes and chips hold what the models take from it."""
    from helpers.core import data

    said = data.load("smic_evidence").set_index("evidence_id")
    nodes, table = data.load("nodes").set_index("row_id"), data.load("chips").set_index("chip")
    node = nodes.loc["smic-nplus2-wafer-price-usd-range", ["low", "central", "high"]].tolist()
    assert said.loc["wafer-smic-7", ["low", "value", "high"]].tolist() == node
    area = said.loc["die-910b", "value"]
    assert table.loc["Ascend 910B", "die_area_mm2_central"] == pytest.approx(area)
    assert said.loc["width-910b", "value"] * said.loc["height-910b", "value"] == pytest.approx(area, rel=1e-4)
