"""The board: what is shown of whom, what moved, and that ours stays face down until the reader's verdict is in."""

from __future__ import annotations

import re

import pytest

from helpers.claims import figures, panels, studies
from helpers.claims.model import brier_score
from helpers.core import data, tables
from helpers.course import opinions, record
from helpers.show import charts
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

CLAIMS = data.load("claims").set_index("claim_id")


def said(**verdicts):
    return {key: {"verdict": verdict} for key, verdict in verdicts.items()}


# --- studies ------------------------------------------------------------------------------------


def test_ours_is_on_the_board_only_beside_a_verdict_of_the_reader_s():
    made = studies.board(said(S01="mixed", S02="mixed"), said(S02="opinion"))
    assert made.loc["S02", "ours"] == CLAIMS.loc["S02", "verdict"] and made["ours"].ne("").sum() == 1
    assert made.index.tolist() == CLAIMS.index.tolist()


def test_moved_and_apart_are_counted_only_where_there_are_two():
    made = studies.board(said(S01="mixed", S02="mixed", S03="mixed"), said(S02="opinion", S03="mixed", S04=CLAIMS.loc["S04", "verdict"]))  # fmt: skip
    assert made.index[made["twice"]].tolist() == ["S02", "S03"] and made.index[made["moved"]].tolist() == ["S02"]
    assert made.index[made["apart"]].tolist() == ["S02", "S03"]


def test_the_kind_that_moved_most_is_by_share_and_may_be_several_or_none():
    """By hand: two of two mechanisms against two of three facts."""
    before = said(S01="mixed", S02="mixed", S03="mixed", S06="mixed", S09="mixed", S25="mixed")
    after = said(S01="opinion", S02="opinion", S03="mixed", S06="opinion", S09="opinion", S25="mixed")
    found = studies.moved_by_kind(before, after)
    assert (found.twice["fact"], found.moved["fact"], found.share("fact")) == (3, 2, pytest.approx(2 / 3))
    assert found.most == ("mechanism",) and found.share("judgement") == 0
    assert studies.moved_by_kind(before, {**after, **said(S25="opinion")}).most == ("mechanism", "counterfactual")
    assert studies.moved_by_kind(before, before).most == studies.moved_by_kind({}, {}).most == ()
    assert studies.moved_by_kind(before, after, "controls").most == ("fact",)


@pytest.mark.parametrize(
    "first", [{"S01": {}}, {"S01": {"verdict": "true"}}, {"S01": "mixed"}, {"S01": {"verdict": ["mixed"]}}]
)
def test_an_opinion_without_a_verdict_is_refused_by_name(first):
    with pytest.raises(ValueError, match="first holds"):
        studies.board(first, {})
    with pytest.raises(ValueError, match="now holds"):
        studies.board({}, first)


def test_claims_of_another_edition_are_left_out_and_another_topic_refused():
    assert studies.board(said(S99="mixed"), {})["first"].eq("").all()
    with pytest.raises(ValueError, match="topic = 'weather'"):
        studies.moved_by_kind({}, {}, "weather")


def test_the_random_example_is_the_same_each_time_and_knows_nothing_of_our_verdicts(monkeypatch):
    first, now = studies.example_reader()
    assert set(first) == set(now) == set(CLAIMS.index) and (first, now) == studies.example_reader()
    table = data.load("claims").assign(verdict="supported")
    monkeypatch.setattr(data, "load", lambda name: table.copy())
    assert studies.example_reader() == (first, now)
    table = table.assign(kind="fact")
    assert studies.example_reader() == (first, now), "and nothing of kinds"


def test_what_survived_adds_up():
    made = studies.survived()
    assert made["claims"].sum() == len(CLAIMS) and (made.drop(columns="claims").sum(axis=1) == made["claims"]).all()
    assert made["stand"].sum() == CLAIMS["verdict"].isin(["supported", "mostly supported"]).sum()


def test_what_the_last_notebook_says_in_words_of_its_kinds_holds():
    """“Those that neither stand nor fall are mostly about why, or what if”, and “few fall”."""
    made = studies.survived()
    open_ones = made["but"] + made["beyond"]
    assert open_ones.drop("fact").sum() > 2 * open_ones["fact"] and made["fall"].sum() < made["stand"].sum() / 3


def test_more_of_what_is_reported_stands_than_of_what_is_explained():
    made = studies.survived()
    share = made["stand"] / made["claims"]
    assert share["fact"] > 0.5 > share["mechanism"]


def test_one_rule_for_claims_of_which_a_main_part_falls():
    assert set(CLAIMS.loc[["S21", "S28", "S38"], "verdict"]) == {"mixed"}


def test_what_gives_verdicts_away_waits_in_a_fold_that_says_so():
    shown = figures.wrong_so_far()
    named = [row.plain for row in studies.changes().itertuples() if row.claims and not row.again]
    fold = shown.split("(judge first)</summary>", 1)[1].split("</details>", 1)[0]
    assert named and all(plain in fold for plain in named)
    assert "claim by claim (judge first)" in figures.what_would_change()


def test_our_verdicts_stand_beside_the_thread_s_own_words():
    shown = figures.our_verdicts()
    assert "“all bans were dumb” **opinion**" in shown and "“There was never a possibility" in shown


def test_brier_by_hand_and_what_it_refuses():
    assert brier_score([90, 80, 70, 60], [1, 1, 0, 1]) == 0.175
    assert brier_score(50, 1) == 0.25 and brier_score([100, 0], [1, 0]) == 0 and brier_score([0, 100], [1, 0]) == 1
    for bad in (([101], [1]), ([50], [2]), ([], []), ([1, 2], [1, 0, 1])):
        with pytest.raises(ValueError, match="sure_percent|right"):
            brier_score(*bad)


def test_what_was_wrong_is_read_from_the_list_of_changes():
    text = studies.changes.__globals__["CHANGELOG"].read_text(encoding="utf-8")
    made = studies.changes()
    assert len(made) == sum(line.startswith("- ") for line in text.splitlines()) > 20
    assert made["edition"].iloc[0] == text.split("## ")[1].split()[0]
    named = made.loc[made["text"].str.startswith("S10, S19"), "claims"].iloc[0]
    assert named == "S10 S19 S20 S21 S22 S23 S24 S31 S33"


def test_what_was_wrong_is_said_once_in_plain_words_and_at_claims_first():
    made, shown = studies.changes(), figures.wrong_so_far()
    once = made[made["again"] == ""]
    assert shown.startswith(
        f"**Finding.** Our list of changes holds {len(once)} entries of correction, and {int(once['turned'].sum())} of them moved a verdict."
    )
    assert [shown.count(row.plain) for row in made.itertuples()] == [int(row.again == "") for row in made.itertuples()]
    named = [shown.index(row.plain) for row in once.itertuples() if row.claims]
    assert named and max(named) < min(shown.index(row.plain) for row in once.itertuples() if not row.claims)
    assert not any("`" in plain or "→" in plain or "_" in plain for plain in made["plain"])
    (again,) = made.index[made["again"] != ""]
    assert "DeepSeek's prices of September 2025" in made.loc[again, "text"] and made.loc[again, "again"] == "0.1.1"
    late = [shown.index(row.plain) for row in once.itertuples() if not row.moves and not row.claims]
    assert late and min(late) > max(shown.index(row.plain) for row in once.itertuples() if row.moves or row.claims)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("`wafers.working_cores`: x", "“working cores” in the model of wafers: x"),
        ("`api_prices`: 1 → 2. `llm`: x in 34.", "Table “api prices”: 1, now 2. Model “llm”: x in notebook 34."),
        ("24: y (20); in 16 bits", "Notebook 24: y (notebook 20); in 16 bits"),
        ("12 of 59 chips in 1999", "12 of 59 chips in 1999"),
        ("S01 (`data/claims.csv`): x", "S01 (table “claims”): x"),
    ],
)
def test_an_entry_in_readers_words(tmp_path, monkeypatch, written, plain):
    path = tmp_path / "CHANGELOG.md"
    path.write_text(f"## 1.0 (1 May 2026)\n\n- {written}\n", encoding="utf-8")
    monkeypatch.setitem(studies.changes.__globals__, "CHANGELOG", path)
    assert studies.changes()["plain"].tolist() == [plain]


def test_the_same_said_in_two_editions_is_found_and_the_like_on_another_matter_is_not(tmp_path, monkeypatch):
    path = tmp_path / "CHANGELOG.md"
    first = "- `a`: DeepSeek's V3.1 and V3.2 prices of September 2025 were missing.\n"
    other = "- `a`: OpenAI's V3.1 and V4 prices of May 2024 were wrong.\n"
    last = "- `a`: prices are in, DeepSeek V3.1 and V3.2, September 2025.\n- `b`: prices are in, DeepSeek V3.1 and V3.2, September 2025.\n"
    path.write_text(f"## 1.1 (2 May 2026)\n\n{first}{other}\n## 1.0 (1 May 2026)\n\n{last}", encoding="utf-8")
    monkeypatch.setitem(studies.changes.__globals__, "CHANGELOG", path)
    assert studies.changes()["again"].tolist() == ["", "", "1.1", ""]


def test_an_entry_that_moved_a_verdict_is_told_apart(tmp_path, monkeypatch):
    turned = studies.changes().query("turned")["text"]
    assert {text[:3] for text in turned} == {"S13", "S18", "S21", "S28", "S30", "S36", "S37", "S38"}
    path = tmp_path / "CHANGELOG.md"
    lines = ("- S01: mostly supported → supported.\n", "- S02: mixed → mixed.\n", "- S03: 1 → 2, supported.\n")
    path.write_text("## 1.0 (1 May 2026)\n\n" + "".join(lines), encoding="utf-8")
    monkeypatch.setitem(studies.changes.__globals__, "CHANGELOG", path)
    assert studies.changes()["turned"].tolist() == [True, False, False]


def test_a_span_of_claims_counts_for_each(tmp_path, monkeypatch):
    path = tmp_path / "CHANGELOG.md"
    path.write_text("# C\n\n## 1.0 (1 May 2026)\n\n- S03 to S05: one\n  runs on to S09.\n- none\n", encoding="utf-8")
    monkeypatch.setitem(studies.changes.__globals__, "CHANGELOG", path)
    assert studies.changes()["claims"].tolist() == ["S03 S04 S05 S09", ""]


# --- the picture --------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path):
    """A reader who kept first opinions on all claims, and verdicts on thirty."""
    first, now = studies.example_reader()
    opinions.save_opinions(first, tmp_path / opinions.OPINIONS_FILE.name)
    opinions.save_verdicts(dict(list(now.items())[:30]), tmp_path / opinions.VERDICTS_FILE.name)
    return tmp_path


def black(state):
    """Strokes in the ink of our verdicts, with the two of the card that explains (a circle and its half)."""
    return sum(
        row["path"].count("M")
        for row in state.rows
        if row["kind"] == "shape" and charts.INK in (row["fill"], row["stroke"])
    )


def test_a_random_example_turns_none_of_ours_is_named_in_every_picture_and_nothing_is_counted_of_it(tmp_path):
    panel = panels.board_panel(tmp_path)
    for step in figures.BOARD_STEPS:
        for topic in ("", *studies.topics(data.load("claims"))):
            state = panel.set(step=step, topic=topic)
            title = state.signals["title"].partition(". ")[2]
            assert title.startswith("Random example: ")
            assert not re.search(r"\d", title + state.reading + state.more), (step, state.reading)
            drawn = [row["words"] for row in state.rows if row["kind"] == "words"]
            assert not any(re.fullmatch(r"\d+ of \d+ moved", words) for words in drawn), drawn
    assert "open “Our verdicts” below" in panel.set(step="ours", topic="").more
    assert black(panel.state) == 0 and "ours stays face down" in panel.state.signals["title"]
    assert black(panel.set(topic="chips")) == 0


def test_the_reader_s_own_board_turns_as_many_as_are_judged(kept):
    panel = panels.board_panel(kept)
    assert panel.settings["whose"] == "mine"
    assert black(panel.set(step="moved")) == 0
    made = studies.board(record.read(kept).first, record.read(kept).now)
    strokes = {"": 0, "unsupported": 1, "opinion": 1, "not checkable": 3}  # others: a circle and what fills it
    assert black(panel.set(step="ours")) - 2 == sum(strokes.get(ours, 2) for ours in made["ours"])


def test_a_board_says_what_is_kept_as_it_is_kept(tmp_path):
    panel = panels.board_panel(tmp_path)
    assert panel.set(whose="mine", step="first").reading.startswith("No first opinion is kept here")
    assert panel.set(step="kinds").signals["title"] == "6. Nothing is judged twice so far"
    opinions.save_opinions(said(S06="mixed"), tmp_path / opinions.OPINIONS_FILE.name)
    opinions.save_verdicts(said(S06="opinion"), tmp_path / opinions.VERDICTS_FILE.name)
    record.announce()
    assert panel.state.signals["title"] == "6. Mechanisms moved most: 1 of 1"
    assert panel.set(step="moved").more == "S06: mixed, then opinion."
    for question in [*panel.presets, "Reset"]:
        panel.apply(question)
        assert panel.settings["whose"] == "mine", question
    (tmp_path / opinions.OPINIONS_FILE.name).write_text("{")
    assert "my_first_opinions.json: your opinions file cannot be read" in panel.set(step="now").more


def test_where_the_reader_and_the_course_differ_both_verdicts_stand_side_by_side(tmp_path):
    opinions.save_verdicts(said(S32="supported", S03="supported", S12="mixed"), tmp_path / opinions.VERDICTS_FILE.name)
    panel = panels.board_panel(tmp_path)
    panel.apply("Where do we differ?")
    assert panel.state.more == (
        "S12: you say “mixed”, we say “not checkable (not yet)”. S32: you say “supported”, we say “not checkable (never)”."
    )


@pytest.mark.parametrize("whose", ["mine", "example"])
def test_the_picture_fits_and_its_words_are_short_at_every_setting(kept, whose):
    panel = panels.board_panel(kept)
    for step in figures.BOARD_STEPS:
        for topic in ("", *studies.topics(data.load("claims"))):
            state = panel.set(step=step, topic=topic, whose=whose)
            words, numbers = words_and_numbers(state.reading)
            assert words <= 35 and numbers <= 3, state.reading
            assert len(state.signals["title"]) <= 88, state.signals["title"]
            for row in state.rows:
                if row["kind"] == "words":
                    assert -1 <= row["x"] <= 772 and 0 <= row["y"] <= 346, row
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 430


def test_every_verdict_has_a_mark_of_its_own():
    marks = set()
    for verdict in tables.VERDICTS:
        made = studies.board(said(S01=verdict), {})
        made = made[made.index == "S01"]
        rows = figures.board_rows(made, "first", made["topic"].iloc[0])
        marks.add(str([(row["path"], row["fill"]) for row in rows if row["kind"] == "shape" and "#d9a3c0" in (row["fill"], row["stroke"])]))  # fmt: skip
    assert len(marks) == len(tables.VERDICTS)


def test_no_box_covers_a_mark(tmp_path):
    """Shapes of one look are drawn together, so every box must come before the first mark, whichever card moved."""
    panel = panels.board_panel(tmp_path)
    for step in list(figures.BOARD_STEPS)[:-1]:
        fills = [row["fill"] for row in panel.set(step=step).rows if row["kind"] == "shape"]
        boxes = [at for at, fill in enumerate(fills) if fill in ("#f4f4f4", "#fdeee3")]
        assert boxes == list(range(len(boxes))) and boxes, step
