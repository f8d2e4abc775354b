"""Text of the data as HTML and markdown: it is shown as it stands, and never acts."""

from __future__ import annotations

import ast
from pathlib import Path

import mistune
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.core import safe
from tests.hostile import ADDRESS, ROOT, TEXTS, Page

render = mistune.create_markdown(escape=False, plugins=["strikethrough", "table", "url", "footnotes", "math"])
MARKS = st.text(alphabet="ab1 <>&'\"`*_[](){}~|\\!#+-.=:/$@\n\té日", max_size=40)


def seen(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_shown_and_does_not_act(text):
    for html in (safe.as_html(text), safe.html("<p title='{}'>{}</p>", text, text), safe.joined("<br>", [text])):
        page = Page(html)
        assert page.faults == [] and page.text == text
    for markdown in (safe.as_markdown(text), f"- **{safe.as_markdown(text)}**", safe.link(text, ADDRESS)):
        page = Page(render(markdown))
        assert page.faults == [] and seen(page.text) == seen(text)


@settings(max_examples=400, deadline=None)
@example("1. a")
@example("+")
@example("---")
@example("***")
@example("a__b_c")
@example("$a$ $$b$$ \\(c\\)")
@example("https://a.org/_b_")
@example("&amp;lt;")
@given(MARKS)
def test_any_text_is_seen_as_it_stands_in_markdown_and_html(text):
    page = Page(render(safe.as_markdown(text)))
    assert page.faults == [] and seen(page.text) == seen(text)
    page = Page(safe.as_html(text))
    assert page.faults == [] and page.text == text


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="ab <>&'\"`[]()!:/x#=\\\n\tjscript", max_size=60))
@example("<IMG SRC=x ONERROR=hit()>")
@example("<img\nsrc=x\nonerror=hit()>")
@example("<details ontoggle=hit() open>")
@example("<svg/onload=hit()>")
@example("[a](javascript:hit)")
@example("[a]( javascript:hit)")
@example("[a](<javascript:hit>)")
@example("[a](java&#115;cript:hit)")
@example("[a](javascript&colon;hit)")
@example("[a](\njavascript:hit)")
@example("[a](data:text/html,hit)")
@example("[a]\n\n[a]: javascript:hit")
@example("[a][b]\n\n [b]:\njavascript:hit")
@example("<javascript:hit>")
@example("![a](https://b.org/c.png)")
@example("\\[a](javascript:hit)")
@example("<!-- <img onerror=hit()> -->")
@example("<?x <b onclick=hit()>?>")
def test_held_markdown_never_acts_whatever_was_put_into_it(markdown):
    for text in (markdown, f"**Finding.** {markdown}", f"<details><summary>a</summary>\n\n{markdown}\n\n</details>"):
        assert Page(render(safe.held(text))).faults == []


def test_held_markdown_keeps_our_own():
    ours = (
        "**S01.** *a* `b < c` 3 < 4 > 2 [20](20_dies.ipynb), [x](https://a.org/b_(c)), [data](../data/x.csv)\n\n"
        "<details><summary>More</summary>\n\n- a\n\n| b | c |\n|---|---|\n\n</details>"
    )
    assert safe.held(ours) == ours


def test_an_address_that_is_none_of_the_web_is_no_link():
    for address in ("javascript:alert(1)", "https://a.org/)(b", "//a.org", "", "https://a b.org", "https://me@a.org"):
        assert safe.link("a", address) == "a" == safe.html_link("a", address)


def test_texts_with_braces_are_no_places_of_a_form():
    assert safe.html("<b>{}</b>", "{0.__class__}") == "<b>{0.__class__}</b>"


# --- one place ------------------------------------------------------------------------------------


def html_made_by_hand(path: Path) -> list[str]:
    """Where a file escapes by itself, or puts a value into HTML without `safe.html`."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        line = f"{path.relative_to(ROOT).as_posix()}, line {getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import) and any(alias.name == "html" for alias in node.names):
            found.append(f"{line}: import html")
        parts: list[ast.expr] = []
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
            parts = node.values
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
            parts = [node.left, node.right]
        for part in parts:
            text = part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
            if any(
                text[at + 1 : at + 2].isalpha() or text[at + 1 : at + 2] == "/" for at, c in enumerate(text) if c == "<"
            ):
                found.append(f"{line}: a value put into HTML: {text[:40]!r}")
    return found


def test_no_file_of_the_course_makes_html_of_its_own():
    # What writes files beside the course, from stored notebooks, by templates that escape; no notebook imports it.
    builders = {"book", "paper", "bank", "lite"}
    files = [
        path
        for path in sorted((ROOT / "helpers").rglob("*.py"))
        if path.name != "safe.py" and not (path.parent.parent.name == "course" and path.parent.name in builders)
    ]
    assert [fault for path in files for fault in html_made_by_hand(path)] == []


def test_html_made_by_hand_is_found(tmp_path, monkeypatch):
    path = tmp_path / "a.py"
    monkeypatch.setattr("tests.core.test_safe.ROOT", tmp_path)
    path.write_text("import html\na = f'<b>{x}</b>'\nb = '<td>' + x + '</td>'\nc = f'{x} < {y}'\nd = '<i>a</i>'\n")
    assert {fault.split(":")[0] for fault in html_made_by_hand(path)} == {
        "a.py, line 1",
        "a.py, line 2",
        "a.py, line 3",
    }
