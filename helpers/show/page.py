"""What a page shows beside charts: tables, sentences made by code, and the card that a click opens."""

from __future__ import annotations

import html

import pandas as pd

from helpers.core import data


class Table:
    """A small table with a caption: HTML on the page, plain text elsewhere."""

    def __init__(self, frame: pd.DataFrame, caption: str) -> None:
        self.frame, self.caption = frame, caption

    def _repr_html_(self) -> str:
        cell = "text-align:left;vertical-align:top;padding:3px 10px;white-space:normal"
        names = [*(n or "" for n in self.frame.index.names), *self.frame.columns]
        head = "".join(f'<th scope="col" style="{cell}">{html.escape(str(n))}</th>' for n in names)
        body = []
        for key, *values in self.frame.itertuples():
            keys = key if isinstance(key, tuple) else (key,)
            row = "".join(f'<th scope="row" style="{cell}">{html.escape(str(k))}</th>' for k in keys)
            row += "".join(f'<td style="{cell}">{html.escape(str(v))}</td>' for v in values)
            body.append(f"<tr>{row}</tr>")
        return (
            f'<table><caption style="text-align:left;font-weight:bold">{html.escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
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
    """A sentence made by code: shown as text, so that prose and model cannot drift apart."""

    def _repr_markdown_(self) -> str:
        return str(self)

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
        folded = f"\n\n<details><summary>How sure, and what else</summary>\n\n{more}\n\n</details>" if more else ""
        return super().__new__(cls, f"**Finding.** {sentence}{folded}")


def card(lines: list[str], source_ids: list[str], last: str = "") -> str:
    """What a click opens below a chart: lines of HTML (text from data escaped), then their sources with links.

    Parameters
    ----------
    lines : list of str
    source_ids : list of str
        Keys of ``data/sources.csv``; an empty one is left out.
    last : str
        One more line of HTML below the sources.
    """
    sources = data.load("sources").set_index("source_id")
    cited = [
        f"Source: {html.escape(s.publisher)}, <a href='{html.escape(s.url)}' target='_blank' rel='noopener'>{html.escape(s.title)}</a>,"
        f" {s.published}{html.escape(data.provenance_words(s))}"
        for s in (sources.loc[source_id] for source_id in source_ids if source_id)
    ]
    return (
        "<div style='font-size:14px;line-height:1.45;max-width:760px;padding:6px 10px;border-left:4px solid #0072B2;"
        f"color:var(--jp-ui-font-color1)'>{'<br>'.join([*lines, *cited, *([last] if last else [])])}</div>"
    )
