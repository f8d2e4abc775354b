"""The one place where text of the data becomes HTML or markdown: shown as it stands, and never acting on the page.

A notebook that its reader has run is trusted, so JupyterLab shows HTML and markdown as they come. A
title that holds ``<img onerror=...>``, or an address that begins with ``javascript:``, would act there.
`html` fills texts into HTML of ours, `as_markdown` and `link` make markdown of them, and `held` is the
net under markdown that mixes our words with others.
"""

from __future__ import annotations

import html as _html
import re
from collections.abc import Iterable

# No user name before the host; no brackets, quotes or bars, which end an address where it is put into a page.
ADDRESS = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][^\s()<>\[\]{}\"'`\\|^]*)?"
)
# What emphasises, links or encloses; and what would make a link of a bare address, which swallows the marks behind it.
_MARKS = re.compile(r"[\\$`*\[\]~|@]|:(?=//)|(?<=www)\.|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", re.IGNORECASE)
_START = re.compile(r"^([0-9]*)([-#+=.)])(?=[-#+=\s]|$)")  # what would begin a list, a heading or a line
# Tags without attributes do nothing; all others are shown as text.
_TAG = re.compile(r"<(?!/?(?:details|summary|b|i|em|strong|code|br|p|sub|sup|span)>)(?=[A-Za-z/!?])", re.IGNORECASE)
# Links lead to web addresses or to a file beside the notebook.
_LINK = re.compile(r"\]\((?!https?://|[\w./#-]*\))")


def is_address(text: str) -> bool:
    """Whether a text is a plain address of the web.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_address(a) for a in ("https://a.org/b?c=1", "https://me@a.org", "https://a.org/(b)", "javascript:a")]
    [True, False, False, False]
    """
    return text.isprintable() and bool(ADDRESS.fullmatch(text))


class Html(str):
    """HTML of ours, in which every text from elsewhere is escaped."""


def as_html(text: object) -> Html:
    """A text as HTML that shows it; `Html` stays as it is.

    Parameters
    ----------
    text : object
        Shown as ``str`` shows it.

    Returns
    -------
    Html

    Examples
    --------
    >>> as_html("<b>5 & 6</b>"), as_html(Html("<b>5</b>"))
    ('&lt;b&gt;5 &amp; 6&lt;/b&gt;', '<b>5</b>')
    """
    return text if isinstance(text, Html) else Html(_html.escape(str(text)))


def html(form: str, *texts: object, **named: object) -> Html:
    """Texts filled into HTML of ours, each as `as_html` shows it.

    Parameters
    ----------
    form : str
        HTML with places as ``str.format`` has them, inside quoted attributes or between tags. Never a text of the data.
    *texts, **named : object

    Returns
    -------
    Html

    Examples
    --------
    >>> html("<b title='{}'>{}</b>", "it's", "<i>")
    "<b title='it&#x27;s'>&lt;i&gt;</b>"
    """
    return Html(form.format(*map(as_html, texts), **{name: as_html(text) for name, text in named.items()}))


def joined(between: str, parts: Iterable[object]) -> Html:
    """Several texts or pieces of HTML, with HTML of ours between them.

    Parameters
    ----------
    between : str
    parts : iterable

    Returns
    -------
    Html

    Examples
    --------
    >>> joined("<br>", ["a < b", html("<i>{}</i>", "c")])
    'a &lt; b<br><i>c</i>'
    """
    return Html(between.join(map(as_html, parts)))


def html_link(words: object, address: str) -> Html:
    """A link that opens beside the page; the words alone where the address is none of the web.

    Parameters
    ----------
    words : object
    address : str

    Returns
    -------
    Html

    Examples
    --------
    >>> html_link("a", "https://b.org"), html_link("a", "javascript:b")
    ("<a href='https://b.org' target='_blank' rel='noopener'>a</a>", 'a')
    """
    if not is_address(address):
        return as_html(words)
    return html("<a href='{}' target='_blank' rel='noopener'>{}</a>", address, words)


def _unmarked(mark: re.Match[str]) -> str:
    """A mark that marks nothing; what would enclose a formula stands in a tag of its own."""
    if mark[0] in "[]":  # JupyterLab's reader takes the backslash off again inside a link, and finds a link in a link
        return f"&#{ord(mark[0])};"
    return rf"<span>\{mark[0]}</span>" if mark[0] in "$\\" else rf"\{mark[0]}"


def as_markdown(text: object) -> str:
    """A text as markdown of one line that shows it.

    Parameters
    ----------
    text : object
        Shown as ``str`` shows it; spaces and line ends become one space.

    Returns
    -------
    str

    Examples
    --------
    >>> print(as_markdown("2 * 3 < 7 [a](b)"))
    2 \\* 3 &lt; 7 &#91;a&#93;(b)
    """
    seen = "".join(c if c.isprintable() else " " for c in str(text))
    line = _MARKS.sub(_unmarked, _html.escape(" ".join(seen.split()), quote=False))
    return _START.sub(r"\1\\\2", line)


def link(words: object, address: str) -> str:
    """A link in markdown; the words alone where the address is none of the web.

    Parameters
    ----------
    words : object
    address : str

    Returns
    -------
    str

    Examples
    --------
    >>> link("a*b", "https://b.org/?c&d"), link("a", "javascript:b")
    ('[a\\\\*b](https://b.org/?c&amp;d)', 'a')
    """
    if not is_address(address):
        return as_markdown(words)
    return f"[{as_markdown(words)}]({address.replace('&', '&amp;').replace('$', '%24')})"


def held(markdown: str) -> str:
    """Markdown in which nothing acts: tags with attributes become text, and links lead to the web or to a notebook.

    Emphasis, lists, tables and tags without attributes stay as they are.

    Parameters
    ----------
    markdown : str

    Returns
    -------
    str

    Examples
    --------
    >>> held("**1 < 2** <details>x</details> [a](10_timeline.ipynb)")
    '**1 < 2** <details>x</details> [a](10_timeline.ipynb)'
    >>> print(held("<img src=x onerror=f()> [a](javascript:f)"))
    &lt;img src=x onerror=f()> [a]\\(javascript:f)
    """
    markdown = _TAG.sub("&lt;", markdown)
    return _LINK.sub(r"]\\(", markdown.replace("![", r"!\[").replace("]:", r"]\:"))
