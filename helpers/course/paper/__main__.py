"""``python -m helpers.course.paper slides|print [FOLDER] [NOTEBOOK ...]``: write slides or handouts, and PDF where Chromium is."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.course.paper import handout, printing, sheets, slides

KINDS = {
    "slides": (slides.write, "Slides", "Five to eight for each notebook. Keys: arrows, Page Up and Down, Home, End."),
    "print": (handout.write, "Handouts", "Each notebook to print: stills, findings, exercises with room to write."),
}
WITHOUT = "No Chromium, Chrome or Edge works here: open a file in a browser and print it for a PDF."
FOLDERS = {"slides": "slides", "print": "handouts"}


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
    kind, (where, *names) = words[0], words[1:] or [FOLDERS[words[0]]]
    write, title, said = KINDS[kind]
    names, out = sheets.chosen(names), sheets.folder(Path(where))
    files = [write(name, sheets.ROOT, out) for name in names]
    with browser() as page:
        made = printing.to_pdf(page, files) if page else {}
    pages = f"PDF too: {sum(made.values())} pages." if made else WITHOUT
    sheets.contents(out, title, said)
    return f"{out / 'index.html'}: {len(files)} notebooks. {pages}"


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
