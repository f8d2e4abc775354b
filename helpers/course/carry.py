"""Taking one's record along: a file to download and upload, and a short code to copy and paste."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from helpers.core import safe
from helpers.course import kept, record

_INK = "font-size:14px;line-height:1.45;max-width:760px;color:var(--jp-ui-font-color1)"


def download_link(words: str, name: str, text: str, kind: str = "application/json") -> safe.Html:
    """A link that saves a text as a file; it needs neither network nor server.

    Parameters
    ----------
    words : str
    name : str
        Of the file.
    text : str
    kind : str
        Its media type.
    """
    packed = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return safe.html(
        "<a href='data:{};charset=utf-8;base64,{}' download='{}' style='color:var(--jp-content-link-color,#0072B2);"
        "text-decoration:underline'>{}</a>",
        kind,
        packed,
        name,
        words,
    )


class Carry(widgets.VBox):
    """The reader's opinions, verdicts and answers, to take away and to bring back.

    Parameters
    ----------
    folder : Path, optional
        Where they are kept.
    """

    def __init__(self, folder: str | Path = kept.FOLDER) -> None:
        self.folder = Path(folder)
        self.away, self.message = widgets.HTML(), widgets.HTML()
        self.upload = widgets.FileUpload(
            accept=".json", multiple=False, description="Upload my file", layout={"width": "170px"}
        )
        self.pasted = widgets.Text(placeholder="or paste your code: CS1-…", layout={"width": "420px"})
        self.pasted.continuous_update = True
        self.button = widgets.Button(description="Take it in", layout={"width": "110px"})
        self.upload.observe(lambda change: self._uploaded(change["new"]), names="value")
        self.button.on_click(lambda _: self.paste(self.pasted.value))
        super().__init__(
            [self.away, widgets.HBox([self.upload, self.pasted, self.button]), self.message],
            layout={"max_width": "860px"},
        )
        record.watch(self)
        self.refresh()

    def refresh(self) -> None:
        """Show the file and the code of what is kept now."""
        held = record.read(self.folder)
        if not held:
            self.away.value = safe.html("<p style='{}'>{}</p>", _INK, held.note or "Nothing kept yet to take along.")
            return
        self.away.value = safe.html(
            "<p style='{}'>{}<br>Your code (verdicts, how sure to 5%, answers; no reasons):<br>"
            "<code style='user-select:all;overflow-wrap:anywhere'>{}</code>{}</p>",
            _INK,
            download_link("Download my record, whole", record.FILE_NAME, record.bundle(held)),
            record.code(held),
            safe.html("<br>{}", held.note) if held.note else "",
        )

    def paste(self, text: str) -> str:
        """Take in a code, or the text of a file; say what was added."""
        words = text.strip()
        if not words:
            return self._say("Paste a code first.")
        return self._take(lambda: record.from_bundle(words) if words.startswith("{") else record.from_code(words))

    def _uploaded(self, files: Any) -> None:
        if not files:
            return
        content = bytes(files[0]["content"])

        def read() -> record.Record:
            if len(content) > kept.LONGEST:
                raise ValueError(f"This file has more than {kept.LONGEST:,} bytes: it is no record of this course.")
            try:
                return record.from_bundle(content.decode("utf-8-sig"))
            except UnicodeDecodeError:
                raise ValueError("This file is no text: it is no record of this course.") from None

        self._take(read)
        self.upload.value = ()

    def _take(self, brought: Any) -> str:
        try:
            said = record.take(brought(), self.folder)
        except (ValueError, OSError) as error:
            return self._say(f"Not taken in: {error}")
        record.announce()
        return self._say(said)

    def _say(self, sentence: str) -> str:
        self.message.value = safe.html('<p role="status" aria-live="polite" style="{}">{}</p>', _INK, sentence)
        return sentence

    def __repr__(self) -> str:
        return "Form “Take my record along”: a file or a code, both ways; nothing leaves this machine by itself."
