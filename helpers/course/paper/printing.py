"""PDF of pages that stand in a folder, printed by Chromium itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def to_pdf(page: Any, files: Iterable[Path]) -> dict[Path, int]:
    """Print HTML files, each to a PDF beside it, as their own style for paper says.

    Parameters
    ----------
    page : selenium's Chrome or Edge
        Open, without a window on the screen; the caller closes it.
    files : iterable of Path
        HTML.

    Returns
    -------
    dict
        PDF to its number of pages.
    """
    made = {}
    for file in files:
        page.get(file.resolve().as_uri())
        page.execute_async_script("Promise.all([...document.images].map((i) => i.decode())).then(arguments[0], arguments[0])")  # fmt: skip
        printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True})  # fmt: skip
        path = file.with_suffix(".pdf")
        path.write_bytes(base64.b64decode(printed["data"]))
        made[path] = pages_in(path)
    return made


def pages_in(pdf: Path) -> int:
    """How many pages a PDF has that Chromium printed: it writes each as an object of its own."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))
