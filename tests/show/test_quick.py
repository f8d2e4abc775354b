"""The reader's kernel spares Altair's checks and copies; what it draws is the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from helpers.course import authoring

CODE = """
import json
from altair.utils import schemapi
from tests.catalogue import PANELS, STATIC_CHARTS
specs = {name: make().chart.spec for name, make in PANELS.items()}
specs |= {name: make().to_dict() for name, make in STATIC_CHARTS.items()}
print(json.dumps({"copies": schemapi.SchemaBase.copy.__module__, "specs": specs}, sort_keys=True))
"""


def test_every_panel_and_chart_is_the_same_with_altairs_checks_and_without():
    said = {}
    for checks in ("yes", ""):
        environment = {**os.environ, "COURSE_CHECKS_CHARTS": checks}
        done = subprocess.run(
            [sys.executable, "-c", CODE],
            capture_output=True,
            text=True,
            check=True,
            cwd=authoring.ROOT,
            env=environment,
        )
        said[checks] = json.loads(done.stdout)
    assert said["yes"]["copies"] == "altair.utils.schemapi" and said[""]["copies"] == "helpers.show.quick"
    for name, spec in said["yes"]["specs"].items():
        assert said[""]["specs"][name] == spec, name
