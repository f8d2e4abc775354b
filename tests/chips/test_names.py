"""Names: what resolves, what is ambiguous, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.chips import model as chips
from helpers.core import data

ROWS = chips.table().set_index("chip")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("H100", "H100 SXM5 80GB"),
        ("h100 sxm", "H100 SXM5 80GB"),
        ("NVIDIA H100-SXM5-80GB", "H100 SXM5 80GB"),
        ("h100 pcie", "H100 PCIe 80GB"),
        ("ascend 910c", "Ascend 910C"),
        ("Huawei Ascend 910 C", "Ascend 910C"),
        ("910B", "Ascend 910B"),
        ("910b3", "Ascend 910B3"),
        ("4090d", "RTX 4090D"),
        ("GeForce RTX 4090 D", "RTX 4090D"),
        ("5090D V2", "RTX 5090D V2"),
        ("b200", "B200"),
        ("H200 141GB", "H200 SXM 141GB"),
        ("AMD Instinct MI308X", "MI308X"),
        ("mi308", "MI308X"),
        ("gaudi2", "Gaudi 2"),
        ("HL-328", "Gaudi 3 HL-328"),
        ("950dt", "Ascend 950DT"),
        ("MLU590", "Siyuan 590"),
        ("Baidu Kunlun P800", "Kunlun P800"),
        ("hbm3e", "HBM3E stack"),
        ("T-Head PPU", "Zhenwu 810E (PPU)"),
    ],
)
def test_common_names_resolve(said, meant):
    assert chips.resolve(said) == meant


@pytest.mark.parametrize("chip", chips.known_chips())
def test_every_chip_resolves_to_itself_and_has_specifications(chip):
    assert chips.resolve(chip) == chip
    assert chips.resolve(chip.upper()) == chip
    assert chips.specifications(chip).name == chip


@pytest.mark.parametrize("name", ["GB200", "Gaudi", "Ascend 950", "Ascend", "blackwell ultra"])
def test_an_ambiguous_name_is_refused_with_the_candidates(name):
    with pytest.raises(ValueError, match="ambiguous: say one of '.*', '"):
        chips.resolve(name)


def test_ascend_750_is_on_no_road_map():
    with pytest.raises(ValueError, match="'Ascend 950PR', 'Ascend 950DT'.*on any road map"):
        chips.resolve("Ascend 750")


@pytest.mark.parametrize(
    ("name", "near"), [("H100O", "H100"), ("H20O", "H20"), ("mi325z", "MI325X"), ("Ascend 910Z", "Ascend 910")]
)
def test_an_unknown_name_gets_suggestions(name, near):
    with pytest.raises(ValueError, match=f"did you mean .*{near}"):
        chips.resolve(name)


@pytest.mark.parametrize("name", ["", "  ", "zzzzzzzz", "pcie", "80GB", "2019", "nvidia", None, 910])
def test_what_names_no_chip_is_refused(name):
    with pytest.raises(ValueError, match="chip = "):
        chips.resolve(name)


def test_aliases_hide_no_chip():
    names = {chips.squash(chip) for chip in chips.known_chips()}
    assert len(names) == len(chips.known_chips())
    for row in data.load("chip_aliases").itertuples():
        assert chips.squash(row.alias) not in names, row.alias


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=20))
def test_any_text_resolves_or_gets_a_value_error(name):
    try:
        assert chips.resolve(name) in ROWS.index
    except ValueError as error:
        assert "chip = " in str(error)
