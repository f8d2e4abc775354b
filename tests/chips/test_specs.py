"""Specifications of a chip of the table and of one a reader designs, right or refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.chips import model as chips


def test_the_largest_format_decides():
    assert chips.specifications({"dense_tops": {8: 4500, 4: 14000}}).tpp == 56000


def test_one_format_or_a_given_tpp_is_enough():
    assert chips.specifications({"dense_tops": 296, "bit_length": 8}).tpp == 2368
    assert chips.specifications({"tpp": 2368}).tpp == 2368


def test_what_is_not_given_is_not_known():
    empty = chips.specifications({})
    for field in ("tpp", "die_area_mm2", "performance_density", "io_gb_s", "dram_bw_gb_s", "memory_gb"):
        assert math.isnan(getattr(empty, field))
    assert empty.datacenter is None
    assert chips.specifications({"tpp": None, "die_area_mm2": float("nan")}) is not None


def test_contested_throughput_has_two_ends():
    for chip, low, high in (("Ascend 910C", 12032, 12800), ("Ascend 910B", 4480, 6400), ("Gaudi 3", 26848, 29360)):
        specs = chips.specifications(chip)
        assert (specs.tpp_low, specs.tpp_high) == (low, high)


@pytest.mark.parametrize("chip", ["MI308X", "HL-328", "RTX PRO 6000D", "Ascend 910D", "BW1000"])
def test_nothing_is_invented_where_nothing_is_published(chip):
    assert math.isnan(chips.specifications(chip).tpp)


def test_who_designed_and_who_made_it():
    assert chips.specifications("Ascend 910C").headquarters_prc_designer
    assert chips.specifications("Ascend 910C").made_in_prc
    assert not chips.specifications("BR100").made_in_prc
    assert not chips.specifications("H20").headquarters_prc_designer
    assert chips.specifications({"vendor": "huawei", "tpp": 6000}).headquarters_prc_designer
    assert not chips.specifications({"vendor": "NVIDIA", "tpp": 6000}).headquarters_prc_designer


def test_a_rate_without_the_host_bus_says_that_it_is_a_lower_bound():
    assert chips.specifications("Ascend 910C").io_is_lower_bound
    assert not chips.specifications("A100").io_is_lower_bound


def test_gaming_cards_are_not_data_centre_chips():
    assert chips.specifications("RTX 4090D").datacenter is False
    assert chips.specifications("L4").datacenter is True


BAD = [
    ({"tpp": -1}, "tpp = -1 .*0 to 1e"),
    ({"tpp": float("inf")}, "tpp = inf"),
    ({"tpp": 10**400}, "tpp .*valid range"),
    ({"tpp": "fast"}, "tpp = 'fast' is not a number"),
    ({"tpp": True}, "tpp = True"),
    ({"tpp": [1, 2]}, "give one number"),
    ({"die_area_mm2": -814}, "die_area_mm2 = -814"),
    ({"die_area_mm2": 1e9}, "die_area_mm2"),
    ({"memory_gb": -80}, "memory_gb = -80"),
    ({"dram_bw_gb_s": 1e9}, "dram_bw_gb_s"),
    ({"dense_tops": 296}, "without bit_length"),
    ({"bit_length": 8}, "without dense_tops"),
    ({"dense_tops": 296, "bit_length": 0}, "bit_length = 0 .*1 to 64 bits"),
    ({"dense_tops": {}}, "empty"),
    ({"dense_tops": {8: 296}, "bit_length": 8}, "leave bit_length out"),
    ({"dense_tops": {"fp8": 296}}, "bit_length = 'fp8' is not a number"),
    ({"dense_tops": {8: -296}}, "dense_tops = -296"),
    ({"tpp": 4800, "dense_tops": 296, "bit_length": 8}, "give one of the two"),
    ({"datacentre": True}, "Did you mean 'datacenter'"),
    ({"datacenter": "yes"}, "datacenter = 'yes' is not True, False or None"),
    ({"name": 5}, "name = 5 is not a text"),
    ({"sparse": True, "tpp": 4000}, "dense"),
    ("", "chip = ''"),
    (42, "neither a name nor a mapping"),
    (None, "neither a name nor a mapping"),
]


@pytest.mark.parametrize(("chip", "message"), BAD)
def test_bad_input_gets_a_clear_error(chip, message):
    with pytest.raises(ValueError, match=message):
        chips.specifications(chip)


@pytest.mark.parametrize(
    "chip",
    [
        {"name": "H100", "dense_tops": {8: 3958}},
        {"name": "h100 sxm", "dense_tops": 1979, "bit_length": 16},
        {"name": "H100", "tpp": 31664},
        {"name": "H20", "dense_tops": 592, "bit_length": 8},
        {"name": "B200", "dense_tops": {4: 18000}},
    ],
)
def test_the_figure_with_sparsity_of_a_known_chip_is_refused(chip):
    with pytest.raises(ValueError, match="looks like a sparse figure"):
        chips.specifications(chip)


def test_the_dense_figure_of_a_known_chip_is_accepted():
    assert chips.specifications({"name": "H100", "dense_tops": {8: 1979, 16: 989.5}}).tpp == 15832


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(
            ["tpp", "dense_tops", "bit_length", "die_area_mm2", "io_gb_s", "datacenter", "name", "sparse", "x"]
        ),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.floats(), max_size=2)
        ),
    )
)
def test_any_mapping_gives_specifications_or_a_value_error(mapping):
    try:
        specs = chips.specifications(mapping)
    except ValueError as error:
        assert str(error)
    else:
        assert math.isnan(specs.tpp) or specs.tpp >= 0
