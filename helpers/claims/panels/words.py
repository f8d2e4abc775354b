"""The one place that finds a word of the course again: type a few letters of it."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from helpers.claims import studies
from helpers.core import safe
from helpers.core.words import counted
from helpers.show import page

_INK = "font-size:14px;line-height:1.45;max-width:760px;color:var(--jp-ui-font-color1)"
MOST = 12  # terms shown at once


class WordFinder(widgets.VBox):
    """A box to type in, and the terms of the glossary that hold what is typed; without a kernel, the whole list folded."""

    def __init__(self) -> None:
        self.typed = widgets.Text(placeholder="such as HBM", description="Find", layout={"width": "320px"})
        self.found = widgets.HTML()
        self.typed.observe(lambda _: self.show(), names="value")
        self.show()
        super().__init__([self.typed, self.found])

    def show(self) -> None:
        """Show the terms that hold what is typed."""
        known = studies.words_with(self.typed.value)
        lines = [
            safe.html("<b>{}</b>: {} <i>({})</i>", row.term, row.meaning, row.met_in)
            for row in known[:MOST].itertuples()
        ]
        if not self.typed.value.strip():
            lines = [safe.html("{} wait to be found.", counted(len(known), "term"))]
        elif len(known) > MOST:
            lines.append(safe.html("And {} more: type more letters.", len(known) - MOST))
        elif known.empty:
            lines = [safe.html("No term holds “{}”. Try fewer letters.", self.typed.value.strip())]
        self.found.value = safe.html(
            '<p role="status" aria-live="polite" style="{}">{}</p>', _INK, safe.joined("<br>", lines)
        )

    def __repr__(self) -> str:
        return f"Find a word: {counted(len(studies.words_with()), 'term')} of the glossary."

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """With all terms behind a fold, for a page without a kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        mimes = bundle[0] if isinstance(bundle, tuple) else bundle
        if mimes is not None:
            terms = studies.words_with().set_index("term")[["meaning"]]
            mimes["text/plain"] = repr(self)
            mimes["text/html"] = str(page.folded(page.table(terms, "Glossary"), f"All {counted(len(terms), 'term')}"))
        return bundle
