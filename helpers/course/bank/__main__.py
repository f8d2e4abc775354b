"""``python -m helpers.course.bank [--seed N] [FOLDER] [NOTEBOOK ...]``: write the question bank."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nbconvert.filters.markdown import markdown2html

from helpers.course.bank import sheets
from helpers.course.bank.questions import questions
from helpers.course.book import writing
from helpers.course.paper import sheets as paper


def main(words: Sequence[str]) -> str:
    """Write what is asked for; returns a sentence that says what was written."""
    parser = argparse.ArgumentParser(prog="make questions")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other numbers")
    parser.add_argument("folder", nargs="?", default="questions", type=Path)
    parser.add_argument("notebooks", nargs="*")
    asked = parser.parse_args(words)
    names, out = writing.chosen(asked.notebooks or None), paper.folder(asked.folder)
    count = 0
    for name in names:
        made = questions(name, asked.seed)
        count += len(made)
        title = f"Chips & Sanctions {name[:2]}: {writing.course().loc[name, 'title']}"
        (out / f"{name}.zip").write_bytes(sheets.qti(f"{title} (seed {asked.seed})", made))
        for ending, answers in (("", False), ("_answers", True)):
            text = sheets.markdown(title, asked.seed, made, answers)
            (out / f"{name}{ending}.md").write_text(text, encoding="utf-8")
            page = out / f"{name}{ending}.html"
            writing.write(page, paper.HERE / "questions.html", title=title, body=markdown2html(text))
    paper.contents(out, "Question bank", f"Seed {asked.seed}. The .zip files are for learning platforms (QTI 1.2).")
    return f"{out / 'index.html'}: {count} questions of {len(names)} notebooks, seed {asked.seed}."


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
