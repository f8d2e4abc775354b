"""The first notebook's panels and form: the claims, the toy, first opinions that are kept and locked."""

from __future__ import annotations

import pytest

from helpers.claims import panels as claims_panels
from helpers.core import data
from tests.catalogue import PANELS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of


@pytest.fixture(scope="module", params=["What the thread claims", "More chips, more electricity"])
def panel(request):
    return PANELS[request.param]()


def test_the_picture_fits_a_laptop_s_window(panel):
    panel.apply("Reset")
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 430


def test_every_sentence_is_short(panel):
    for position in panel.positions():
        words, numbers = words_and_numbers(panel.set(**position).reading)
        assert words <= 35 and numbers <= 3, panel.state.reading


def test_presets_are_short_questions(panel):
    assert 3 <= len(panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in panel.presets)


def test_claims_panel_opens_a_claim_in_the_thread_s_words():
    panel = PANELS["What the thread claims"]()
    quote = data.load("claims").set_index("claim_id").loc["S38", "quote"]
    panel.set(claim_id="S38")
    assert quote[:30].replace("’", "’") in panel.detail.value.replace("&#x27;", "'")
    assert not any(v in panel.detail.value for v in ("unsupported", "mostly supported")), (
        "verdicts wait for the notebooks"
    )


def test_an_opened_claim_names_where_it_is_judged_and_where_else_it_is_treated():
    panel = PANELS["What the thread claims"]()
    panel.set(claim_id="S10")
    assert "Judged in: 34_serving; also treated in 14_chips_compared</p>" in panel.detail.value
    panel.set(claim_id="S01")
    assert "Judged in: 10_timeline</p>" in panel.detail.value


def test_the_toy_divides():
    panel = PANELS["More chips, more electricity"]()
    state = panel.set(relative_speed=40, relative_power=50)
    assert "equal work takes 2.5 times as many chips and 1.25 times as much electricity" in state.reading
    assert state.more.startswith("2,500 of the other chip do the work of 1,000; at 50% of the power each")
    assert "takes as many chips and 0.5 times as much" in panel.set(relative_speed=100, relative_power=50).reading
    assert "3.03 times as many" in panel.set(relative_speed=33).reading, "as 3,030 for 1,000 says"


# --- first opinions -----------------------------------------------------------------------------


def form(path, ids=("S03", "S09")):
    return claims_panels.OpinionForm(data.load("claims"), list(ids), path)


def test_opinions_are_kept_locked_and_survive_a_second_run(tmp_path):
    path = tmp_path / "mine.json"
    first = form(path)
    first.fields["S03"][0].value, first.fields["S03"][1].value = "mixed", 70
    first.save()
    again = form(path)
    verdict, sure = again.fields["S03"]
    assert (verdict.value, sure.value, verdict.disabled) == ("mixed", 70, True)
    assert not again.fields["S09"][0].disabled and "1 of 2 first opinions kept" in again.message.value


def test_nothing_is_written_before_the_reader_asks(tmp_path):
    path = tmp_path / "mine.json"
    assert "Nothing kept yet" in form(path).message.value
    form(path).save()
    assert not path.exists()


def test_a_damaged_file_is_said_and_kept_beside_the_new_one(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text("{")
    broken = form(path)
    assert "left as it was" in broken.message.value and path.read_text() == "{"
    broken.fields["S03"][0].value = "mixed"
    broken.button.click()
    assert "is kept as mine.damaged-1.json. 1 of 2 first opinions kept" in broken.message.value
    assert (tmp_path / "mine.damaged-1.json").read_text() == "{" and broken.fields["S03"][0].disabled


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    missing = form(tmp_path / "no" / "mine.json")
    missing.fields["S03"][0].value = "mixed"
    missing.save()
    assert "Not kept" in missing.message.value
