"""The slow packages stay out of a kernel whichever module imports Altair first, and stay there for who wants them."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = "print(*[name for name in ('rfc3987_syntax', 'lark', 'arrow') if name in sys.modules])"


def run(*lines: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(["import sys", *lines])],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_altair_alone_would_load_it():
    """Else the rest of this file, and the module it tests, are no longer needed."""
    assert run("import altair", LOADED) == "rfc3987_syntax lark arrow"


@pytest.mark.parametrize("first", ["import helpers", "from helpers.show import charts"])
def test_the_course_s_own_altair_does_without(first):
    assert run(first, "import altair, jsonschema", LOADED) == ""


def test_an_outsider_can_still_import_it_afterwards():
    said = run(
        "import helpers, jsonschema",
        LOADED,
        "import rfc3987_syntax",
        "print(rfc3987_syntax.is_valid_syntax('iri', 'http://a.org'))",
    )
    assert said == "True"


def test_an_outsider_who_came_first_keeps_it():
    said = run("import rfc3987_syntax, helpers, jsonschema", "print(sys.modules['rfc3987_syntax'] is rfc3987_syntax)")
    assert said == "True"


def test_who_imported_jsonschema_before_the_course_loses_nothing():
    assert run("import jsonschema, helpers", LOADED) == "rfc3987_syntax lark arrow"


def test_nothing_is_left_behind():
    ours = "print([finder for finder in sys.meta_path if type(finder).__module__.startswith('helpers')] != [])"
    assert run("import helpers", ours, "import jsonschema", ours).split() == ["True", "False"]


def test_the_course_itself_loads_neither():
    assert run("import helpers", "print('altair' in sys.modules, 'jsonschema' in sys.modules)") == "False False"


def test_the_formats_that_need_no_grammar_are_still_checked():
    said = run("import helpers, jsonschema", "print(jsonschema.FormatChecker().conforms('2022-13-01', 'date'))")
    assert said == "False"
