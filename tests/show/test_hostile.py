"""Every sink of the page, over tables whose text would act: nothing does, and what is written is seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import mistune
import pytest

from tests import hostile

render = mistune.create_markdown(escape=False, plugins=["strikethrough", "table", "url", "footnotes", "math"])

# Run inside the hostile copy: what each class gives a notebook, as (name, kind, text).
CODE = """
import json
import pandas as pd
from helpers.chips import figures as chips_figures
from helpers.claims import figures as claims_figures, panels as claims_panels
from helpers.core import data, stored
from helpers.course import quiz, ready
from helpers.lithography import figures as lithography_figures
from helpers.llm import figures as llm_figures
from helpers.progress import figures as progress_figures
from helpers.rules import model as rules
from helpers.show import page
from helpers.timeline import panels as timeline_panels

claims, events, papers = data.load("claims"), data.load("events"), data.load("papers")
raw = sorted(set(claims["evidence"]) | set(claims["quote"]) | set(data.load("sources")["title"]))
made = []
def add(name, shown):
    if hasattr(shown, "_repr_markdown_"):
        made.append((name, "markdown", shown._repr_markdown_()))
    if hasattr(shown, "_repr_html_"):
        made.append((name, "html", shown._repr_html_()))
    if type(shown) is str or (isinstance(shown, str) and not hasattr(shown, "_repr_markdown_")):
        made.append((name, "html", shown))
for source in data.load("sources")["source_id"]:
    add("cite", data.cite(source))
for claim in claims["claim_id"]:
    add("verdict", claims_figures.verdict(claim))
    add("verdict link", claims_figures.verdict_link(claim))
add("verdicts table", claims_figures.verdicts_table(claims["claim_id"].tolist()))
for text in raw:
    add("reading", page.Reading(text))
    add("reading", page.Reading(f"A **bold** {text} and {text}."))
    add("finding", page.Finding(text, text))
    table = page.table(pd.DataFrame({text: [text]}, index=pd.Index([text], name=text)), text)
    add("table", table)
    add("folded", page.Folded(text, table))
    add("llm folded", llm_figures.folded(table, text))
    add("lithography folded", lithography_figures.folded(table, text))
    add("card", page.card([text], [data.load("sources")["source_id"].iloc[0]], text))
for notebook in {name for touched in data.load("open_matters")["notebooks"] for name in touched.split()}:
    add("open matters", claims_figures.open_matters(notebook))
add("glossary", page.table(data.load("glossary").set_index("term")[["meaning"]], "Words"))
claims_panel = claims_panels.claims_panel(claims)
for claim in claims["claim_id"]:
    claims_panel.set(claim_id=claim)
    add("claims panel", claims_panel.detail.value)
form = claims_panels.OpinionForm(claims, claims["claim_id"].tolist())
for line in form.children[:-2]:
    add("opinion form", line.children[0].value)
judging = claims_panels.VerdictForm(claims)
for claim in claims["claim_id"][:12]:
    judging.judge(claim, "mixed", 60, raw[0])
    add("verdict form", judging.asked.value + judging.message.value)
    add("our card", judging.ours.value)
for shown in (claims_figures.our_verdicts(), claims_figures.what_would_change(), claims_figures.wrong_so_far()):
    add("our verdicts", shown)
test = quiz.ConceptTest("after")
for question in data.load("concepts")["question_id"]:
    test.answer(question, "a")
    add("concept test", test.question.value + test.message.value + test.printed())
timeline = timeline_panels.timeline_panel(events, data.load("eras"))
for event in events["event_id"][:60]:
    timeline.set(event_id=event)
    add("timeline panel", timeline.detail.value)
    add("timeline panel", timeline.sentence.value + timeline.more.value)
for _, paper in papers.iterrows():
    add("paper card", progress_figures.paper_card(paper))
for chip in data.load("chip_ranges")["chip"].unique():
    add("contested card", chips_figures.contested_card(chip))
for chip in ("H20", "H100", "A100", "RTX 4090"):
    add("answer", rules.classify(chip, "2024-06-01", "China"))
twin = {**claims_panel.twin(), "title": raw[0], "reading": raw[1]}
twin["stills"] = [{"name": text, "reading": text, "panel": {}} for text in raw]
twin["answers"] = {text: text for text in raw}
for output in stored.as_stored([{"output_type": "display_data", "metadata": {}, "data": {stored.TWIN: twin, stored.WIDGET: {}}}]):
    if "text/html" in output["data"]:
        add("stored twin", output["data"]["text/html"])
add("ready", ready.ReadyCheck().page())
print(json.dumps([made, raw]))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = hostile.course(tmp_path_factory.mktemp("course"))
    environment = {**os.environ, "PYTHONPATH": str(place), "COURSE_RECORD": str(place / "notebooks")}
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, cwd=place, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    found, raw = json.loads(done.stdout.splitlines()[-1])
    assert len(raw) >= 10 and any("onerror" in text for text in raw)
    return found


SINKS = {
    "cite", "verdict", "verdict link", "verdicts table", "reading", "finding", "table", "folded", "llm folded", "lithography folded", "card", "glossary",
    "claims panel", "verdict form", "our card", "our verdicts", "concept test", "open matters", "opinion form", "timeline panel", "paper card", "contested card", "answer", "stored twin", "ready",
}  # fmt: skip


def test_every_sink_was_tried(made):
    assert {name for name, _, _ in made} == SINKS


@pytest.mark.parametrize("sink", sorted(SINKS))
def test_no_text_of_the_data_acts(made, sink):
    for name, kind, text in made:
        if name == sink:
            html = render(text) if kind == "markdown" else text
            faults = hostile.Page(html).faults
            if sink == "stored twin":  # its stills are pictures of ours
                assert all(part.startswith('img data-spec="') for part in html.split("<") if part.startswith("img"))
                faults = [fault for fault in faults if fault != "<img>"]
            assert faults == [], (text[:300], html[:300])


@pytest.mark.parametrize("sink", ["folded", "llm folded", "lithography folded"])
def test_a_folded_table_is_a_table(made, sink):
    for name, kind, text in made:
        if name == sink:
            assert kind == "markdown" and all(
                tag in render(text) for tag in ("<details><summary>", "<table class=", "<td style=")
            )


@pytest.mark.parametrize(
    "sink", ["cite", "verdict", "table", "card", "claims panel", "timeline panel", "paper card", "verdicts table"]
)
def test_what_is_written_is_seen(made, sink):
    texts = [
        hostile.Page(render(text) if kind == "markdown" else text).text for name, kind, text in made if name == sink
    ]
    whole = " ".join(texts)
    assert sum(payload in whole for payload in hostile.TEXTS) >= 6
