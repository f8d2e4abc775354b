"""Judging: the reader's verdict before ours, on every claim; revised, restarted, brought along; and the sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from helpers.claims import figures, panels, studies
from helpers.core import data
from helpers.core.safe import as_markdown
from helpers.course import opinions, quiz, record

CLAIMS = data.load("claims").set_index("claim_id")


def form(folder):
    return panels.VerdictForm(data.load("claims"), folder)


def page(judging):
    return " ".join([judging.asked.value, judging.ours.value, judging.message.value])


def test_ours_is_never_shown_before_the_reader_s_verdict(tmp_path):
    judging = form(tmp_path)
    for claim_id, claim in CLAIMS.iterrows():
        judging.turn_to(claim_id)
        shown = page(judging)
        assert judging.ours.value == "" and "Our verdict" not in shown and claim["evidence"][:40] not in shown
        assert judging.given.value == "" and "Ours is shown once yours is kept" in shown


def test_once_kept_ours_comes_with_evidence_counter_argument_test_and_what_would_settle_it(tmp_path):
    judging = form(tmp_path)
    judging.turn_to("S20")
    judging.given.value, judging.sure.value, judging.reason.value = "supported", 80, " because  "
    judging.button.click()
    shown = judging.ours.value.replace("&#x27;", "'")
    for part in (
        "Our verdict: mixed.", CLAIMS.loc["S20", "evidence"], CLAIMS.loc["S20", "counter"], CLAIMS.loc["S20", "would_settle_it"],
    ):  # fmt: skip
        assert part in shown
    kept = opinions.load_verdicts(tmp_path / opinions.VERDICTS_FILE.name)["S20"]
    assert (kept["verdict"], kept["sure_percent"], kept["reason"]) == ("supported", 80, "because")
    assert "1 of 38 claims judged" in judging.message.value


def test_a_restart_goes_on_with_the_next_claim_and_a_verdict_can_be_revised(tmp_path):
    judging = form(tmp_path)
    first = judging.claim_id
    judging.judge(first, "mixed", 60, "why")
    again = form(tmp_path)
    assert again.claim_id == judging.claims.index[1]
    again.step(-1)
    assert (again.given.value, again.sure.value, again.reason.value, again.button.description) == ("mixed", 60, "why", "Revise my verdict")  # fmt: skip
    again.given.value = "opinion"
    again.save()
    assert record.read(tmp_path).now[first]["verdict"] == "opinion"


def test_topics_are_taken_one_by_one_each_from_its_first_open_claim(tmp_path):
    judging = form(tmp_path)
    judging.topic.value = "trade-law"
    assert judging.claim_id == "S35"
    judging.judge("S35", "mixed")
    judging.topic.value = "memory"
    judging.topic.value = "trade-law"
    assert judging.claim_id == "S37"
    order = [judging.claims.loc[key, "topic"] for key in judging.claims.index]
    assert order == sorted(order, key=studies.topics(data.load("claims")).index)
    judging.turn_to(judging.claims.index[-1])
    judging.step(1)
    assert judging.claim_id == judging.claims.index[-1] and judging.onward.disabled


def test_the_first_opinion_stands_beside_the_question(tmp_path):
    opinions.save_opinions({"S03": {"verdict": "mixed"}}, tmp_path / opinions.OPINIONS_FILE.name)
    judging = form(tmp_path)
    judging.turn_to("S03")
    assert "Your first opinion: mixed." in judging.asked.value
    judging.turn_to("S04")
    assert "You kept no first opinion on it." in judging.asked.value


def test_the_board_follows(tmp_path):
    board, judging = panels.board_panel(tmp_path), form(tmp_path)
    assert board.settings["whose"] == "example"
    judging.judge("S03", "mixed")
    assert board.settings["whose"] == "mine"
    assert board.set(step="now").signals["title"] == "3. Now, supported or mostly supported: 0 of 1 claim"


@pytest.mark.parametrize(
    ("claim_id", "verdict", "sure"),
    [("S03", "true", 50), ("S03", "mixed", 150), ("S03", "mixed", "very"), ("S03", None, 50)],
)
def test_what_is_no_verdict_is_refused_in_a_sentence_and_shows_nothing(tmp_path, claim_id, verdict, sure):
    judging = form(tmp_path)
    assert judging.judge(claim_id, verdict, sure).startswith("Not kept: ")
    assert judging.ours.value == "" and not record.read(tmp_path).now
    assert judging.save() == "Choose a verdict first; ours is shown after it."
    with pytest.raises(KeyError, match="'S99' is not one of S01 to S38"):
        judging.turn_to("S99")


def test_a_closed_folder_and_a_damaged_file_are_said(tmp_path):
    assert form(tmp_path / "no").judge("S03", "mixed").startswith("Not kept: ")
    (tmp_path / opinions.VERDICTS_FILE.name).write_text("{")
    judging = form(tmp_path)
    assert "your verdicts file cannot be read" in judging.message.value
    assert "it is kept as my_verdicts.damaged-1.json" in judging.judge("S03", "mixed")


def test_the_cell_that_tests_a_claim_is_named_with_a_link_before_and_after(tmp_path):
    judging = form(tmp_path)
    for _ in range(2):
        judging.turn_to("S20")
        assert "Tested in <a href='24_more_chips_more_power.ipynb' target='_blank'" in judging.asked.value
        assert "by the cell on S20; also computed on in <a href='36_who_benefits.ipynb'" in judging.asked.value
        assert "<a href='80_compute_gap.ipynb'" in judging.asked.value
        judging.judge("S20", "mixed")
    planned = CLAIMS.index[CLAIMS["test_cell"] == ""]
    for claim_id in planned:
        assert "is planned" in figures.tested_in(claim_id) and "<a" not in figures.tested_in(claim_id)


def test_first_opinions_go_topic_by_topic(tmp_path):
    path = tmp_path / opinions.OPINIONS_FILE.name
    asked = panels.OpinionsByTopic(data.load("claims"), path)
    asked.topic.value = "trade-law"
    assert list(asked.form.fields) == ["S35", "S37", "S38"]
    asked.form.fields["S38"][0].value = "supported"
    asked.form.save()
    asked.topic.value = "memory"
    asked.topic.value = "trade-law"
    assert asked.form.fields["S38"][0].disabled and list(record.read(tmp_path).first) == ["S38"]


# --- folded texts -------------------------------------------------------------------------------


def test_each_topic_is_a_fold_of_our_verdicts_with_all_that_bears_on_them():
    """For readers without a kernel: who opens one topic has not seen another."""
    folds = figures.our_verdicts().split("<details>")[1:]
    topics = studies.topics(data.load("claims"))
    assert len(folds) == len(topics)
    here = set(data.load("course_map").query("edition == 'here'")["notebook"])
    for fold, topic in zip(folds, topics, strict=True):
        head, _, text = fold.partition("</summary>")
        assert topic in head and head.endswith("(judge first)") and text.rstrip().endswith("</details>")
        mine = CLAIMS[CLAIMS["topic"] == topic]
        assert re.findall(r"^- \*\*(S\d\d)\.", text, re.MULTILINE) == mine.index.tolist()
        for claim_id, claim in mine.iterrows():
            for part in (claim["evidence"], claim["counter"], claim["would_settle_it"]):
                assert as_markdown(part) in text, (claim_id, part)
            assert f"**{studies.verdict_words(claim_id)}**" in text
            assert (f"]({claim['decided_in']}.ipynb), by the cell on {claim_id}" in text) == (
                claim["decided_in"] in here
            )


def test_what_80_computes_is_linked_at_the_claims_that_it_treats():
    folded = {
        line[4:7]: line for line in figures.our_verdicts().replace("\n  - ", " ").splitlines() if line[:4] == "- **"
    }
    for claim_id in CLAIMS.index:
        there = claim_id in ("S20", "S22", "S32")
        assert ("(80_compute_gap.ipynb)" in folded[claim_id]) == there
        assert ("80_compute_gap.ipynb" in figures.tested_in(claim_id)) == there


def test_not_checkable_is_told_apart_wherever_a_verdict_of_ours_is_in_words():
    """Not yet where a document is missing that could exist; never where nobody could check it."""
    mine = {key: studies.verdict_words(key) for key in CLAIMS.index[CLAIMS["verdict"] == "not checkable"]}
    assert mine == {"S12": studies.NOT_YET, "S14": studies.NOT_YET, "S32": studies.NEVER}
    for claim_id, words in mine.items():
        assert f"Our verdict: {words}." in figures.answer_card(claim_id)
        assert f"Our verdict: {words}." in figures.verdict(claim_id)
    others = CLAIMS[CLAIMS["verdict"] != "not checkable"]
    assert all(studies.verdict_words(key) == verdict for key, verdict in others["verdict"].items())


@pytest.mark.parametrize("claim_id", CLAIMS.index)
def test_what_would_settle_it_says_what_would_move_us_and_no_claim_is_shrugged_off(claim_id):
    said = CLAIMS.loc[claim_id, "would_settle_it"]
    assert not re.search(r"^(Settled|Not testable|A counterfactual)", said)
    if CLAIMS.loc[claim_id, "checkable_by"] == "nobody":
        assert re.match(r"None|No document", said) and re.search(r"\bwe\b|\bus\b", said)


def test_who_could_check_a_claim_is_shown_with_counts_that_add_up():
    frame = figures.checkable_table().frame
    assert frame.index.tolist() == list(studies.CHECKABLE_WORDS) and frame["Claims"].sum() == len(CLAIMS)
    assert frame["Claims"].to_dict() == CLAIMS["checkable_by"].value_counts().to_dict()
    named = {key: word for word, ids in frame["Which"].items() for key in ids.split()}
    assert named == CLAIMS["checkable_by"].to_dict()


def test_what_would_change_our_minds_names_every_claim():
    text = figures.what_would_change()
    assert all(f"- {claim_id}. " in text for claim_id in CLAIMS.index) and text.count("*Would settle it:*") == len(
        CLAIMS
    )


# --- the sheet ----------------------------------------------------------------------------------


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open += [] if tag == "meta" else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.text += text


def read(made):
    parser = Page()
    parser.feed(made)
    assert parser.open == []
    return parser


def test_the_sheet_is_a_page_by_itself_with_the_reader_s_verdicts_and_ours_where_theirs_are(tmp_path):
    opinions.save_opinions({"S03": {"verdict": "mixed", "sure_percent": 60}}, tmp_path / opinions.OPINIONS_FILE.name)
    judging = form(tmp_path)
    judging.judge("S03", "supported", 95, "17 October <b>2023</b> & the filing")
    quiz.ConceptTest("after", tmp_path).answer("Q01", "b")
    sheet = panels.SheetForm(tmp_path)
    sheet.name.value = "<script>A. Student</script>"
    made = read(sheet.make())
    assert (tmp_path / "my_verdict_sheet.html").read_text(encoding="utf-8") == sheet.make()
    for part in ("mixed (60% sure)", "supported (95% sure)", "17 October <b>2023</b> & the filing", "<script>A. Student</script>", "1 of 38 claims judged, 0 of them otherwise", "After the course you had 1 of 1 right"):  # fmt: skip
        assert part in made.text, part
    assert all(f"{claim_id}{claim['claim']}" in made.text for claim_id, claim in CLAIMS.iterrows())
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in made.tags}
    assert not any(re.search(r"https?:|javascript:", str(value)) for _, attrs in made.tags for value in attrs.values())
    assert "download='my_verdict_sheet.html'" in sheet.message.value
    assert made.text.count("unsupported") == 0, "ours stays out where the reader has not judged"


def test_an_empty_sheet_and_a_closed_folder_still_make_a_page(tmp_path):
    made = read(figures.sheet({}, {}))
    assert "0 of 38 claims judged" in made.text and "Name: ____" in made.text
    closed = panels.SheetForm(tmp_path / "no")
    read(closed.make())
    assert "could not be written" in closed.message.value and "download=" in closed.message.value
