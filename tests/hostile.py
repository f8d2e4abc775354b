"""Hostile text in the data: rows that keep every rule of a table and would act on a page that shows them unescaped."""

from __future__ import annotations

import csv
import io
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from helpers.core import describe, tables

ROOT = Path(__file__).resolve().parent.parent
# The shortest first: a column takes the longest that fits, in turn.
TEXTS = (
    "<script>hit=1</script>",
    "<img src=x onerror=hit=1>",
    "[x](javascript:window.hit=1)",
    "'\"><svg/onload=window.hit=1>",
    "<a href=javascript:hit=1>x</a>",
    "![x](https://evil.test/x.png)",
    "&lt;img src=x onerror=hit=1&gt;",
    "</td></table><img src=x onerror=window.hit=1>",
    "[x]: javascript:window.hit=1 [x] <javascript:hit=1>",
    "`a` **b** _c_ ~~d~~ | e | # f $\\href{javascript:hit=1}{g}$ \\(h\\) {0}",
    "<details open ontoggle=window.hit=1><summary>x</summary></details><iframe srcdoc='<script>parent.hit=1</script>'>",
    "<b onmouseover=window.hit=1 style='position:fixed;inset:0'>x</b>" * 3,
)
ADDRESS = "https://example.test/a?x=1&lt;y=$z$;javascript:window.hit=1*_~%22&quot;onclick=hit"
# Free text that a page shows, and that no calculation looks at.
SPOILT = {
    "sources": "publisher title relayed_by note",
    "events": "actor title summary unit note",
    "claims": "quote claim evidence counter would_settle_it",
    "concepts": "question a b c d why",
    "eras": "name mechanism turn number_to_change",
    "gates": "note",
    "responses": "note",
    "h200_record": "note",
    "course_map": "title question outcome",
    "glossary": "meaning zh",
    "chips": "status note",
    "chip_ranges": "note",
    "papers": "lab title technique claim baseline",
    "causes": "claim who interest limit",
    "open_matters": "matter known moves",
    "rules/versions": "name citation what",
}


def spoil(folder: Path) -> None:
    """Put hostile text into every row of the tables in a folder, and describe them as if all were meant."""
    number = 0
    for table, columns in SPOILT.items():
        path = folder / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        for row in rows:
            for column in set(columns.split()) & row.keys():
                longest = tables.TABLES[table][column].limits["constraints"]["maxLength"]
                fitting = [text for text in TEXTS if len(text) <= longest]
                if fitting:
                    row[column] = fitting[number % len(fitting)]
                    number += 1
            if "url" in row:
                row["url"] = ADDRESS
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    describe.main(folder)


def course(place: Path) -> Path:
    """A copy of the course's code with hostile tables, in a folder of its own."""
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("helpers", "data"):
        shutil.copytree(ROOT / name, place / name, ignore=skip)
    (place / "notebooks").mkdir()
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (place / "CHANGELOG.md").write_text(
        "\n".join([changes.rstrip(), *(f"- {text}" for text in TEXTS), ""]), encoding="utf-8"
    )
    spoil(place / "data")
    return place


class Page(HTMLParser):
    """What a browser would make of some HTML: what could act, and the text that is seen."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "svg", "iframe", "object", "embed", "form", "input", "style", "link", "base"):
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name in ("srcdoc", "action", "formaction"):
                self.faults.append(f"<{tag} {name}>")
            if name == "href":
                address = urlsplit(value or "")
                if address.scheme not in ("http", "https", "") or "hit=1" in (value or "").split("?")[0]:
                    self.faults.append(f"href {value}")
            if name == "style" and "fixed" in (value or ""):
                self.faults.append(f"style {value}")

    def handle_data(self, data: str) -> None:
        self.text += data
