"""Shapes of a picture."""

from __future__ import annotations

from helpers.show.drawing import Drawing, area, boxes


def test_every_outline_of_a_stroked_path_has_its_closing_side():
    """Vega draws it for the last outline of a path alone, so it must be in the path; a filled one needs none."""
    d = Drawing()
    d.shape(boxes([(0, 0), (20, 5)], 10, 4) + area((1, 2), (3, 4), (5, 6)), stroke="black")
    outlines = d.rows[0]["path"].split("z")[:-1]
    assert [(o.split("h")[0].split("L")[0][1:], o.rsplit("L", 1)[1]) for o in outlines] == [
        ("0.0,0.0", "0.0,0.0"),
        ("20.0,5.0", "20.0,5.0"),
        ("1.0,2.0", "1.0,2.0"),
    ]
    d.shape(boxes([(0, 0)], 10, 4), fill="black")
    assert "L" not in d.rows[1]["path"]
