"""Every panel at every end of every control: finite marks, a sentence, a drawable chart."""

from __future__ import annotations

import json
import math
import re

import altair as alt
import ipywidgets as widgets
import pandas as pd
import pytest
import vl_convert

from helpers.core import stored
from helpers.show import charts, page, script
from helpers.show.panel import MOST_CONTROLS, MOST_NUMBERS, MOST_WORDS, Choice, Number, Panel, Span, State, Stops
from tests.catalogue import PANELS, STATIC_CHARTS
from tests.reading import words_and_numbers


@pytest.fixture(scope="module", params=PANELS)
def panel(request):
    return PANELS[request.param]()


def numbers(value):
    """Every number in a nested structure."""
    if isinstance(value, bool):
        return
    if isinstance(value, (int, float)):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from numbers(v)
    elif isinstance(value, (list, tuple)):
        for v in value:
            yield from numbers(v)


def svg_of(panel) -> str:
    """The panel's chart as its page would draw it now (Vega-Lite 6, as JupyterChart bundles it)."""
    spec = panel.chart.chart.to_dict()
    for parameter in spec["params"]:
        if parameter["name"] == "panel":
            parameter["value"] = panel.chart.params.panel
    return vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4")


def size_of(svg: str) -> tuple[float, float]:
    width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()
    return float(width), float(height)


def reads_at_a_glance(panel) -> None:
    """At every position the sentence is short and the rest is folded; presets are a few short questions."""
    for position in panel.positions():
        state = panel.answer(position)
        assert state.rows and not state.reading.startswith("No answer"), (position, state.reading)
        words, figures = words_and_numbers(state.reading)
        assert words <= MOST_WORDS and figures <= MOST_NUMBERS, (position, state.reading)
        assert state.more.endswith("."), position
    assert 3 <= len(panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in panel.presets)


def marks(svg: str) -> int:
    return len(re.findall(r'aria-roledescription="[^"]*(?:mark|symbol|bar|circle|line|point|rect|tick)', svg))


def test_every_position_gives_finite_rows_and_a_sentence(panel):
    for position in panel.positions():
        state = panel.set(**position)
        assert len(state.reading) > 20 and state.reading.rstrip().endswith("."), position
        assert "nan" not in state.reading.split() and "inf" not in state.reading.split(), (position, state.reading)
        assert all(math.isfinite(n) for n in numbers([state.rows, dict(state.signals)])), position
        json.dumps(panel.chart.params.panel, allow_nan=False)
        assert state.rows or "No " in state.reading or "None" in state.reading, (position, state.reading)


def test_ends_and_presets_draw_without_holes(panel):
    settings = [{**panel.defaults(), **values} for values in panel.presets.values()] + [panel.defaults()]
    for control in panel.controls.values():
        ends = control.positions()
        settings += [
            {**panel.defaults(), control.name: value}
            for value in (ends[0], ends[-1] if isinstance(control, Choice) else ends[1])
        ]
    panel.apply("Reset")
    frame, room = size_of(svg_of(panel)), panel.chart.chart.padding
    for setting in settings:
        panel.set(**setting)
        svg = svg_of(panel)
        width, height = size_of(svg)  # the page keeps the first frame: what lies outside is cut off
        assert width <= frame[0] + room["right"] - 2 and height <= frame[1] + room["bottom"] - 2, setting
        assert not re.search(r"NaN|Infinity|undefined", re.sub(r"aria-label=\"[^\"]*\"", "", svg)), setting
        assert marks(svg) > 0, setting


def test_a_preset_and_reset_return_to_known_states(panel):
    start = panel.apply("Reset")
    for name in panel.presets:
        panel.apply(name)
    assert panel.apply("Reset") == start
    assert panel.settings == panel.defaults()


def test_the_page_teaches_without_a_kernel(panel):
    assert panel.name in repr(panel) and panel.state.reading in repr(panel)
    bundle = panel._repr_mimebundle_()
    mimes = bundle[0] if isinstance(bundle, tuple) else bundle
    answers = mimes[stored.TWIN]["answers"]
    assert len(answers) == len(panel.presets) >= 3
    assert min(len(answer) for answer in answers.values()) > 20
    assert mimes["text/plain"] == repr(panel)


def test_few_controls_each_with_a_label(panel):
    assert 1 <= len(panel.controls) <= MOST_CONTROLS
    for name, inputs in panel._inputs.items():
        assert inputs[0].description.startswith(panel.controls[name].label)
        assert all(widget.tooltip for widget in inputs)
        if isinstance(panel.controls[name], (Number, Span, Stops)):
            assert len(inputs) > 1, "a slider has a typed twin"


def test_the_chart_is_one_object_for_ever(panel):
    chart = panel.chart
    for name in panel.presets:
        panel.apply(name)
    assert panel.chart is chart and chart in panel.children


def test_the_chart_has_a_finding_for_a_title_a_source_and_alt_text(panel):
    spec = panel.chart.chart.to_dict()
    assert len(spec["description"]) > 60
    assert any("Source" in line for line in spec["title"]["subtitle"])


# Vega sizes a chart once, at its first title. Letters that fit at some 9 pixels each, by the width that the browser
# gave each chart.
LETTERS = {
    "A wafer you can see": 78,
    "What a reported yield implies": 75,
    "From flawless to sellable": 76,
    "One big die or several small": 77,
    "A package with everything uncertain": 76,
    "What 193 nm light can print": 82,
    "Where the penalty comes from": 80,
    "A wafer without EUV": 82,
    "Premium and yield": 82,
    "Equal work with other chips": 81,
    "What a delivered petaFLOP-hour costs": 80,
    "At what price does it tie": 78,
    "What can be made": 79,
    "Two ceilings": 85,
}


@pytest.mark.parametrize("name", LETTERS)
def test_no_setting_makes_a_title_wider_than_its_chart(name):
    panel = PANELS[name]()
    for setting in panel.positions():
        title = panel.set(**setting).signals["title"]
        assert len(title) <= LETTERS[name], title


# --- the pattern itself -------------------------------------------------------------------------


def small(compute=None):
    def double(x: float, kind: str, years: tuple) -> State:
        if x == 7:
            raise ValueError("seven is not allowed here.")
        return State([{"x": x * 2}], f"Twice {x:g} is {2 * x:g}.")

    chart = (
        charts.live("x")
        .mark_point()
        .encode(x="x:Q")
        .properties(title=charts.title("t", "m", "Source: s"), description="d")
    )
    return Panel(
        "Small",
        [
            Number("x", "A number", "units", 0, 10, 2, 1),
            Choice("kind", "Kind", ["a", ("the b", "b")], "a"),
            Span("years", "Years", "first and last", 2000, 2010, (2002, 2004)),
        ],
        compute or double,
        chart,
        {"Five": {"x": 5}, "B": {"kind": "b"}, "All": {"years": (2000, 2010)}},
    )


def test_slider_and_typed_twin_follow_each_other():
    panel = small()
    slider, box = panel._inputs["x"]
    slider.value = 4
    assert box.value == 4 and panel.chart.params.panel["rows"] == [{"x": 8}] and "Twice 4 is 8." in panel.sentence.value
    box.value = 6
    assert slider.value == 6 and "Twice 6 is 12." in panel.sentence.value


def test_a_typed_number_out_of_range_becomes_a_sentence_and_nothing_moves():
    panel = small()
    slider, box = panel._inputs["x"]
    box.value = 99
    assert "A number must be from 0 to 10 units; you gave 99." in panel.sentence.value
    assert slider.value == 2 and panel.settings["x"] == 2 and panel.chart.params.panel["rows"] == [{"x": 4}]
    slider.value = 3
    assert box.value == 3 and "Twice 3 is 6." in panel.sentence.value


def test_years_in_the_wrong_order_become_a_sentence():
    panel = small()
    _, first, _ = panel._inputs["years"]
    first.value = 2009
    assert "the first before the last" in panel.sentence.value and panel.settings["years"] == (2002, 2004)


def test_a_setting_without_an_answer_is_said_and_draws_nothing():
    panel = small()
    state = panel.set(x=7)
    assert state.reading == "No answer at this setting: seven is not allowed here."
    assert panel.chart.params.panel["rows"] == []
    assert panel.set(x=6).rows == [{"x": 12}]


def test_a_fault_of_ours_is_not_dressed_up_as_a_reader_s_mistake():
    panel = small(lambda **_: State([{"x": 1}], "One."))
    panel._compute = lambda **_: {}["missing"]
    with pytest.raises(KeyError):
        panel.set(x=3)


def test_an_unknown_control_is_refused():
    with pytest.raises(KeyError, match="has no control 'y'; it has x, kind, years"):
        small().set(y=1)


def test_eight_controls_are_too_many():
    with pytest.raises(ValueError, match="at most 7 controls"):
        Panel("Eight", [Number(f"n{i}", "n", "", 0, 1, 0, 1) for i in range(8)], lambda **_: State([], ""), alt.Chart())


def test_a_slider_of_stops_and_its_list_follow_each_other():
    chart = (
        charts.live("x")
        .mark_point()
        .encode(x="x:Q")
        .properties(title=charts.title("t", "m", "Source: s"), description="d")
    )
    stops = Stops("month", "Month", [("May 2020", 5), ("June 2020", 6), ("July 2020", 7)], 6)
    panel = Panel("Stops", [stops], lambda month: State([{"x": month}], f"Month {month}."), chart)
    slider, listed = panel._inputs["month"]
    slider.value = 7
    assert listed.value == 7 and "Month 7." in panel.sentence.value
    listed.value = 5
    assert slider.value == 5 and panel.settings == {"month": 5}
    assert "must be a stop from May 2020 to July 2020" in panel.set(month=9).reading


def test_text_from_data_cannot_break_the_page():
    panel = small(lambda **_: State([{"x": 1}], "<b onmouseover=x>"))
    assert "<b onmouseover" not in panel.sentence.value and "&lt;b" in panel.sentence.value


# --- static charts ------------------------------------------------------------------------------


def nameless(spec) -> list[str]:
    """Groups of marks that a screen reader would call a picture without a name."""
    svg = vl_convert.vegalite_to_svg(spec, vl_version="5.8")
    return [g for g in re.findall(r'<g [^>]*role="graphics-symbol"[^>]*>', svg) if "aria-label=" not in g]


@pytest.mark.parametrize("name", STATIC_CHARTS)
def test_no_group_of_marks_is_a_picture_without_a_name(name):
    assert nameless(STATIC_CHARTS[name]().to_dict()) == []


def test_a_line_for_the_eye_alone_would_be_found():
    rows = pd.DataFrame({"a": [1, 2]})
    line = alt.Chart(rows).mark_rule().encode(x=alt.datum(1))
    assert nameless(line.to_dict()) and not nameless(line.mark_rule(aria=False).to_dict())


@pytest.mark.parametrize("name", STATIC_CHARTS)
def test_a_static_chart_repeats_byte_for_byte_and_names_its_source(name):
    first, second = (STATIC_CHARTS[name]().to_dict() for _ in range(2))
    assert json.dumps(first) == json.dumps(second)
    assert any("Source" in line for line in first["title"]["subtitle"]) and len(first["description"]) > 60


@pytest.mark.parametrize("name", STATIC_CHARTS)
@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_a_static_chart_draws_under_both_grammars(name, version):
    """JupyterLab 4.6 draws Vega-Lite 5, Altair 6 writes Vega-Lite 6: both must agree on our charts."""
    spec = STATIC_CHARTS[name]().to_dict()
    spec["$schema"] = f"https://vega.github.io/schema/vega-lite/v{version}.json"
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=version)
    assert not re.search(r"NaN|Infinity|undefined", svg) and marks(svg) > 5


def test_what_a_notebook_stores_needs_no_network():
    bundle, _ = alt.renderers.get()(STATIC_CHARTS["gates"]().to_dict())
    assert set(bundle) == {stored.VEGA_LITE, "text/plain"}
    assert bundle["text/plain"] == bundle[stored.VEGA_LITE]["description"]
    addresses = set(re.findall(r"https?://[^\"']+", json.dumps(bundle)))
    assert addresses == {charts.VEGA_LITE_5}, "only the schema's name, which nothing fetches"


def test_panels_draw_from_a_bundle_without_imports():
    script.prepare()
    assert "https://esm.sh" not in script.PanelChart._esm and len(script.PanelChart._esm) > 500_000


def test_the_bundle_stays_in_memory_when_the_cache_cannot_be_written(monkeypatch, tmp_path):
    (tmp_path / "chips-and-sanctions").write_text("a file where the folder should be")
    monkeypatch.setattr(script.platformdirs, "user_cache_dir", lambda name: str(tmp_path / name))
    assert script.prepare() is None
    assert "https://esm.sh" not in script.PanelChart._esm


def test_charts_keep_a_white_ground_and_text_of_12_pixels_or_more():
    config = STATIC_CHARTS["gates"]().to_dict()["config"]
    assert config["background"] == "white"
    # JupyterLab's dark theme turns every text white whose colour a chart leaves open.
    for part in ("title", "axis", "legend", "header", "text"):
        assert [v for k, v in config[part].items() if k.lower().endswith("color") and "ubtitle" not in k], part

    def sizes(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key.lower().endswith("fontsize") and not isinstance(inner, dict):
                    yield inner
                yield from sizes(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from sizes(inner)

    for spec in [
        config,
        *(make().to_dict() for make in STATIC_CHARTS.values()),
        *(make().chart.chart.to_dict() for make in PANELS.values()),
    ]:
        assert min(sizes(spec)) >= 12


def test_a_table_has_a_caption_headers_and_escapes():
    import pandas as pd

    shown = page.table(
        pd.DataFrame({"a <b>": ["x & y"]}, index=pd.Index(["one"], name="Row")), "What it shows"
    )._repr_html_()
    assert "<caption" in shown and shown.count('scope="col"') == 2 and 'scope="row"' in shown
    assert "a &lt;b&gt;" in shown and "x &amp; y" in shown


def test_panel_is_a_widget_a_notebook_can_show():
    assert isinstance(small(), widgets.VBox)
