"""Building the open book: pages, answers, glossary, sources, search. See `build`."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers.core import data
from helpers.course.book import answers, cells, prose, reference, writing
from helpers.show import script
from helpers.show.panel import Panel, find

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LANGUAGE = "en"
LINK = "<p>By hand the link is one line:</p>"  # before it stands the form that makes the link


def build(out: Path, names: Sequence[str] | None = None, root: Path = ROOT) -> dict[str, int]:
    """Write the book.

    Parameters
    ----------
    out : Path
        A folder; it is emptied first if an earlier book stands there, and refused if it holds anything else.
    names : sequence of str, optional
        Notebooks; all of this edition, if not given. Links lead to pages of notebooks left out all the same.
    root : Path, optional
        Of the course.

    Returns
    -------
    dict
        Of each notebook's panels, how many settings its page answers.

    Raises
    ------
    ValueError
        The folder holds something else; no such notebook.
    """
    course, names = writing.course(), writing.chosen(names)
    _empty(out)
    for part in (HERE / "book.css", HERE / "book.js", script.HERE / "csv.js"):
        shutil.copy(part, out)
    (out / "vega.js").write_text(_vega(), encoding="utf-8")
    (out / "panels").mkdir()
    shutil.copytree(root / "data", out / "data", ignore=shutil.ignore_patterns("*.md"))
    (out / "notebooks").mkdir()
    terms, search, counts = data.load("glossary"), [], {}
    listed = [(name, row.title, row.question, row.minutes) for name, row in course.iterrows()]
    for name in names:
        notebook = json.loads((root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        shutil.copy(root / "notebooks" / f"{name}.ipynb", out / "notebooks")
        page = cells.page(name, notebook)
        made = _panels(notebook, page.panels)
        for number, (place, panel) in enumerate(zip(page.body.select("[data-panel]"), made, strict=True), 1):
            packed = answers.packed(panel)
            counts[panel.name] = packed.pop("count")
            _place(page.body, place, panel, packed, f"{name[:2]}-{number}", out)
        _explain(page.body, terms, name)
        at = list(course.index).index(name)
        search += [(f"{name}.html", page.title, *section) for section in cells.sections(page.body)]
        _page(
            out / f"{name}.html", title=page.title, body=str(page.body), name=name, course=listed,
            before=course.index[at - 1] if at else "", after=course.index[at + 1] if at + 1 < len(course) else "",
            parts=[(h["id"], h.get_text()) for h in page.body.find_all("h2")], panels=bool(made),
        )  # fmt: skip
    for name, title, body, parts in _own_pages(course, terms, root):
        whole = [("", "", BeautifulSoup(body, "html.parser").get_text(" ", strip=True)[:20_000])]
        search += [(f"{name}.html", title, *part) for part in parts or whole]
        _page(out / f"{name}.html", title=title, body=body, name=name, course=listed, before="", after="", parts=[], panels=False)  # fmt: skip
    (out / "search.js").write_text(f"book.index({_json(search)});\n", encoding="utf-8")
    return counts


def _page(path: Path, **words: Any) -> None:
    writing.write(path, HERE / "page.html", lang=LANGUAGE, **words)


def _empty(out: Path) -> None:
    ours = (out / "book.js").exists()
    writing.refuse(out, ours, "is no book")
    if ours:
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)


def _vega() -> str:
    import vl_convert
    from altair.utils._importers import vl_version_for_vl_convert

    return vl_convert.javascript_bundle(vl_version=vl_version_for_vl_convert())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


# --- panels -------------------------------------------------------------------------------------


def _panels(notebook: dict[str, Any], titles: Sequence[str]) -> list[Panel]:
    """The panels of a notebook, made by running its cells."""
    if not titles:
        return []
    shell = InteractiveShell.instance()
    shell.reset(new_session=True)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            with capture_output() as heard:
                ran = shell.run_cell("".join(cell["source"]), store_history=False)
            if not ran.success:
                raise RuntimeError(f"cell {cell.get('id')} does not run: {ran.error_in_exec or ran.error_before_exec}\n{heard.stdout[-2000:]}")  # fmt: skip
    return [find(html.unescape(title)) for title in titles]


def _place(body: BeautifulSoup, place: Any, panel: Panel, packed: dict[str, Any], number: str, out: Path) -> None:
    """A panel's place becomes its questions, controls and sentence around the stored picture; its answers a script."""
    (out / "panels" / f"{number}.js").write_text(f"book.panel({_json(number)},{_json(packed)});\n", encoding="utf-8")
    reading, figure = place.find_next_sibling("p"), place.find_next_sibling("figure")
    steps = next((c for c in packed["controls"] if c["kind"] == "steps"), None)
    made = BeautifulSoup(
        writing.rendered(
            HERE / "panel.html", number=number, title=packed["title"], questions=list(packed["questions"]), steps=steps,
            seen=[c for c in packed["controls"] if c["kind"] != "steps" and c["name"] in packed["seen"]],
            behind=[c for c in packed["controls"] if c["kind"] != "steps" and c["name"] not in packed["seen"]],
            slug=cells.slug(packed["title"]),
        ),
        "html.parser",
    ).section  # fmt: skip
    place.replace_with(made)
    made.select_one(".reading").replace_with(reading.extract())
    made.select_one(".picture").replace_with(figure.extract())


# --- words --------------------------------------------------------------------------------------


def _explain(body: BeautifulSoup, terms: Any, name: str) -> None:
    """Each term of the glossary, where it first stands in running text, shows its meaning in place."""
    wanted = {row.term: row for row in terms.itertuples() if name in str(row.met_in).split() or len(row.term) > 4}
    pattern = re.compile(r"(?<![\w-])(" + "|".join(sorted(map(re.escape, wanted), key=len, reverse=True)) + r")(?![\w-])", re.I)  # fmt: skip
    low = {term.lower(): term for term in wanted}
    done: set[str] = set()
    for text in list(body.find_all(string=True)):
        parent = text.parent
        if type(text) is not NavigableString or parent.name not in ("p", "li", "td", "em", "strong") or parent.find_parent(["a", "pre", "table", "section", "summary"]):  # fmt: skip
            continue
        pieces, at = [], 0
        for found in pattern.finditer(text):
            term = low[found[0].lower()]
            if term in done:
                continue
            done.add(term)
            said = {"data-meaning": wanted[term].meaning}
            if wanted[term].zh != term:  # a code is the same in both
                said["data-chinese"] = wanted[term].zh
            link = body.new_tag("a", attrs={"class": "term", "href": f"glossary.html#{cells.slug(term)}", **said})
            link.string = found[0]
            pieces += [text[at : found.start()], link]
            at = found.end()
        if pieces:
            text.replace_with(*pieces, text[at:])


def _own_pages(course: Any, terms: Any, root: Path) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """The pages that are no notebook: contents, glossary, sources, ways in, what moved, reference.

    Name, title and body of each, and what the search shall find of it (empty: all of it).
    """
    sources = data.load("sources").fillna("")
    whole = writing.rendered(
        HERE / "pages.html",
        course=[(name, row.title, row.question, row.minutes, row.outcome) for name, row in course.iterrows()],
        claims=len(data.load("claims")),
        terms=[(cells.slug(t.term), t.term, t.zh, t.meaning, str(t.met_in).split()) for t in terms.itertuples()],
        sources=list(sources.to_dict("records")),
        tables=sorted(str(p.relative_to(ROOT / "data")) for p in (ROOT / "data").rglob("*.csv")),
        subjects=reference.subjects(),
    )
    pages = re.findall(r'<article data-page="(\w+)" data-title="([^"]+)">(.*?)</article>', whole, re.S)
    made = [(name, html.unescape(title), body, []) for name, title, body in pages]
    form = next(body for name, _, body, _ in made if name == "link")
    made = [page for page in made if page[0] != "link"]
    made += [(name, title, body.replace(LINK, form + LINK), []) for name, title, body in prose.pages()]
    made.append(("moved", "What moved", prose.moved(root), []))
    return made + [(f"reference_{s}", f"Reference: {s}", *reference.page(s)) for s in reference.subjects()]
