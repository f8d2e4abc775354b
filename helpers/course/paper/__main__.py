"""``python -m helpers.course.paper slides|print|teacher [FOLDER] [NOTEBOOK ...]``: write slides, handouts or the instructor's book, and PDF where Chromium is."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.course.book.writing import chosen
from helpers.course.paper import handout, printing, sheets, slides, teacher

KINDS = {
    "slides": ("slides", "Slides", "Five to eight for each notebook. Keys: arrows, Page Up and Down, Home, End."),
    "print": ("handouts", "Handouts", "Each notebook to print: stills, findings, exercises with room to write."),
    "teacher": (
        "teacher",
        "For instructors",
        "It holds answers and marking guides: keep it apart from what learners get.",
    ),
}
WITHOUT = "No Chromium, Chrome or Edge works here: open a file in a browser and print it for a PDF."


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Chromium or one of its kind, open; None where there is none."""
    from tests import find_browser  # the one place that knows where browsers are

    found = next((b for b in find_browser.candidates(False, []) if b.kind != "firefox" and not find_browser.problem(b)), None)  # fmt: skip
    page = found and find_browser.open_page(found)
    try:
        yield page
    finally:
        if page:
            page.quit()


def main(words: list[str]) -> str:
    """Write what is asked for; returns a sentence that says what was written."""
    if not words or words[0] not in KINDS:
        raise ValueError(f"name one of {', '.join(KINDS)}.")
    usual, title, said = KINDS[words[0]]
    where, *names = words[1:] or [usual]
    names, out = chosen(names or None), sheets.folder(Path(where))
    if words[0] == "teacher":
        files = [teacher.write(names, sheets.ROOT, out)]
    else:
        files = [{"slides": slides, "print": handout}[words[0]].write(name, sheets.ROOT, out) for name in names]
    with browser() as page:
        made = printing.to_pdf(page, files) if page else {}
    pages = f"PDF too: {sum(made.values())} pages." if made else WITHOUT
    sheets.contents(out, title, said)
    return f"{out / 'index.html'}: {len(names)} notebooks. {pages}"


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
