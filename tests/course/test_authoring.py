"""The picture of a chart as it is stored."""

from __future__ import annotations

import re

from helpers.course import authoring

SPEC = {
    "description": "A third.",
    "data": {"values": [{"x": 1 / 3, "words": "0.33333 as printed"}]},
    "mark": "text",
    "encoding": {
        "x": {"field": "x", "type": "quantitative", "scale": {"domain": [0, 1]}},
        "text": {"field": "words", "type": "nominal"},
    },
}


def test_a_picture_has_places_to_a_hundredth_of_a_pixel_and_its_words_as_they_are():
    picture = authoring.draw(SPEC)
    assert "0.33333 as printed" in picture and "<title>A third.</title>" in picture
    places = " ".join(re.findall(r' (?:d|transform|x[12]?|y[12]?|width|height)="([^"]*)"', picture))
    assert "66.67" in places, "a third of the chart's 200 pixels"
    assert not re.search(r"\d\.\d{3,}", places)
