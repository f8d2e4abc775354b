"""What slides and handouts take from a page of the book: pictures, steps, findings, and what would change them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from helpers.core import data, safe, stored
from helpers.course.book import cells

MOST_WORDS = 34  # of a sentence on a slide
_CHANGE = "What would change this?"
_MINUTES = re.compile(r"\s*\(\d+ minutes?\)$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“0-9])")
_PANEL = {"data-panel": True}  # what marks a panel's place
_FINDING = re.compile(r"^Finding\.\s*")


@dataclass(frozen=True)
class Picture:
    """A picture that keeps its shape, and the words for who does not see it."""

    svg: str
    words: str

    def tag(self) -> safe.Html:
        """An ``img`` that holds its picture: two pictures of one page share no names inside."""
        drawn = base64.b64encode(self.svg.encode()).decode()
        return safe.html('<img src="data:image/svg+xml;base64,{}" alt="{}">', drawn, self.words)


@dataclass(frozen=True)
class Step:
    """One step of a picture: its name, its sentence, the picture at it."""

    name: str
    sentence: str
    picture: Picture


@dataclass(frozen=True)
class Found:
    """A finding: the question it answers, its sentence, the last picture before it, and what would change it."""

    question: str
    sentence: str
    picture: Picture | None
    change: str


def short(text: str, most: int = MOST_WORDS) -> str:
    """The first sentence, and those after it as long as they stay within a number of words.

    Parameters
    ----------
    text : str
    most : int, optional

    Returns
    -------
    str
        At least one whole sentence.

    Examples
    --------
    >>> short("One two. Three four. Five six seven.", 4)
    'One two. Three four.'
    """
    first, *others = _SENTENCE.split(" ".join(text.split()))
    for sentence in others:
        if len(f"{first} {sentence}".split()) > most:
            break
        first = f"{first} {sentence}"
    return first


def figure(place: Tag) -> Picture | None:
    """The picture of a ``figure`` or a still of a page; None where the tag holds none."""
    if place.name == "img":
        source = place.get("src", "")
        return Picture(cells.still(source), place["alt"]) if "svg+xml;base64," in source else None
    svg = place.find("svg")
    return Picture(_svg(svg), svg.get("aria-label", "")) if svg else None


def _svg(svg: Tag) -> str:
    """An SVG as a file of its own: the page's parser writes names of attributes small."""
    text = re.sub(r"\bviewbox=", "viewBox=", str(svg))
    for name in ("clipPath", "linearGradient", "radialGradient", "textPath"):
        text = re.sub(rf"(</?){name.lower()}\b", rf"\1{name}", text)
    for name in ("gradientUnits", "gradientTransform", "clipPathUnits", "preserveAspectRatio", "textLength"):
        text = re.sub(rf"\b{name.lower()}=", f"{name}=", text)
    return text if "xmlns=" in text else text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def steps(body: BeautifulSoup) -> list[Step]:
    """The steps of the page's first picture that has any, in order; without any, its first panel as the only one.

    Parameters
    ----------
    body : BeautifulSoup
        Of a `cells.Page`.

    Returns
    -------
    list of Step
    """
    stills = body.select("img[data-spec]")
    place = _panel_of(stills[0]) if stills else body.find(attrs=_PANEL)
    if place is None:
        return []
    found = {}
    for still in stills:
        if _panel_of(still) is place:
            at, name, sentence = stored.STILL.match(still["alt"]).groups()
            found[int(at)] = Step(name, sentence, figure(still))
    drawn = next(n for n in range(1, len(found) + 2) if n not in found)  # the one step that has no still
    reading = place.find_next("p", class_="reading").get_text()
    found[drawn] = Step(str(place["data-panel"]), reading, figure(place.find_next("figure")))
    return [found[n] for n in sorted(found)]


def _panel_of(still: Tag) -> Tag | None:
    return still.find_previous(attrs=_PANEL)


def findings(body: BeautifulSoup) -> list[Found]:
    """The findings of a page, in order.

    Parameters
    ----------
    body : BeautifulSoup
        Of a `cells.Page`.

    Returns
    -------
    list of Found
        Its picture is the last one before it in its own section.
    """
    made: list[Found] = []
    for _, heading, tags in parts(body):
        picture = None
        for tag in tags:
            if tag.name in ("figure", "img"):
                picture = figure(tag) or picture
            elif _FINDING.match(words := tag.get_text(" ", strip=True)):
                sentence, _, change = _FINDING.sub("", _joined(tag)).partition(_CHANGE)
                made.append(Found(heading, short(sentence), picture, short(change)))
            elif _CHANGE in words and made and made[-1].question == heading and not made[-1].change:
                change = short(_joined(tag).partition(_CHANGE)[2].strip(" *"))
                made[-1] = Found(heading, made[-1].sentence, made[-1].picture, change)
    return made


def _joined(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def parts(body: BeautifulSoup) -> Iterator[tuple[str, str, list[Tag]]]:
    """Each section of a page: its address, its heading without minutes, and its paragraphs and pictures in order."""
    address, heading, tags = "", "", []
    for tag in body.find_all(["h2", "p", "figure", "img"]):
        if tag.name == "h2":
            yield address, heading, tags
            address, heading, tags = str(tag.get("id", "")), _MINUTES.sub("", tag.get_text()), []
        elif not tag.find_parent(class_="hints"):
            tags.append(tag)
    yield address, heading, tags


def claims_of(name: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The thread's claims that a notebook decides, and those that it treats and another decides.

    Parameters
    ----------
    name : str
        Of a notebook.

    Returns
    -------
    (list of dict, list of dict)
        With claim_id, claim, verdict, confidence, decided_in.
    """
    table = data.load("claims")
    columns = ["claim_id", "claim", "verdict", "confidence", "decided_in"]
    decided = table[table["decided_in"] == name]
    treated = table[table["notebook"].str.split().map(lambda all_of: name in all_of) & (table["decided_in"] != name)]
    return decided[columns].to_dict("records"), treated[columns].to_dict("records")
