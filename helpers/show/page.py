"""What a page shows beside charts: tables, sentences made by code, and the card that a click opens."""

from __future__ import annotations

import re

import pandas as pd

from helpers.core import data, safe


class Table:
    """A small table with a caption: HTML on the page, plain text elsewhere."""

    def __init__(self, frame: pd.DataFrame, caption: str) -> None:
        self.frame, self.caption = frame, caption

    def _repr_html_(self) -> str:
        style = "text-align:left;vertical-align:top;padding:3px 10px;white-space:normal"
        names = [*(n or "" for n in self.frame.index.names), *self.frame.columns]
        head = [safe.html('<th scope="col" style="{}">{}</th>', style, name) for name in names]
        body = []
        for key, *values in self.frame.itertuples():
            keys = key if isinstance(key, tuple) else (key,)
            row = [safe.html('<th scope="row" style="{}">{}</th>', style, k) for k in keys]
            row += [safe.html('<td style="{}">{}</td>', style, value) for value in values]
            body.append(safe.html("<tr>{}</tr>", safe.joined("", row)))
        return safe.html(
            '<table class="mathjax_ignore"><caption style="text-align:left;font-weight:bold">{}</caption>'
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
            self.caption,
            safe.joined("", head),
            safe.joined("", body),
        )

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string()}"


def table(frame: pd.DataFrame, caption: str) -> Table:
    """A frame as a table for readers.

    Parameters
    ----------
    frame : DataFrame
        Its index becomes the row names; every cell is shown in full.
    caption : str
        What the table shows, with units.
    """
    return Table(frame, caption)


class Reading(str):
    """A sentence made by code: shown as text, so that prose and model cannot drift apart.

    Markdown, held (`safe.held`): whatever texts were put into it, no script, image or handler reaches the page.
    """

    def _repr_markdown_(self) -> str:
        return safe.held(self)

    def __repr__(self) -> str:
        return str(self)


class Finding(Reading):
    """A finding in one sentence, with how sure it is folded below.

    Parameters
    ----------
    sentence : str
        At most two numbers.
    more : str, optional
        Markdown: how sure, and what else.
    """

    def __new__(cls, sentence: str, more: str = "") -> Finding:
        folded = f"\n\n{fold('How sure, and what else', more)}" if more else ""
        return super().__new__(cls, f"**Finding.** {sentence}{folded}")


def fold(summary: str, inside: str) -> str:
    """Markdown that opens by a click on its first line.

    Parameters
    ----------
    summary : str
        The line that is shown, as plain text.
    inside : str
        Markdown.
    """
    return "\n\n".join([safe.html("<details><summary>{}</summary>", summary), inside, "</details>"])


class Folded(Reading):
    """A table that opens by a click: HTML on the page, the plain table elsewhere.

    Parameters
    ----------
    summary : str
        The line that is shown.
    table : Table
    """

    plain: str

    def __new__(cls, summary: str, table: Table) -> Folded:
        # An empty line would end the HTML, and what follows it would be read as markdown.
        folded = super().__new__(cls, fold(summary, re.sub(r"\s*\n\s*", " ", table._repr_html_())))
        folded.plain = repr(table)
        return folded

    def __repr__(self) -> str:
        return self.plain

    def _repr_markdown_(self) -> str:
        return str(self)


def folded(table: Table, summary: str) -> Folded:
    """A table that a reader opens when it is wanted.

    Parameters
    ----------
    table : Table
    summary : str
        The line that is shown.

    Returns
    -------
    Folded
    """
    return Folded(summary, table)


def card(lines: list[str], source_ids: list[str], last: str = "") -> safe.Html:
    """What a click opens below a chart: lines, then their sources with links.

    Parameters
    ----------
    lines : list of str
        Text, shown as it is, or HTML made by `safe.html`.
    source_ids : list of str
        Keys of ``data/sources.csv``; an empty one is left out.
    last : str
        One more line below the sources.
    """
    sources = data.load("sources").set_index("source_id")
    cited = [
        safe.html(
            "Source: {}, {}, {}{}",
            s.publisher,
            safe.html_link(s.title, s.url),
            s.published,
            data.provenance_words(s),
        )
        for s in (sources.loc[source_id] for source_id in source_ids if source_id)
    ]
    return safe.html(
        "<div style='font-size:14px;line-height:1.45;max-width:760px;padding:6px 10px;border-left:4px solid #0072B2;"
        "color:var(--jp-ui-font-color1)'>{}</div>",
        safe.joined("<br>", [*lines, *cited, *([last] if last else [])]),
    )
