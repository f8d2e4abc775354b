"""The room that the set-up asks for, against what really lies in this environment."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

import setup_checks as checks
from tests.setup.common import LOCKS
from tests.setup.test_pins import read_lock


def bytes_of(paths):
    """What files take on a disk that gives room in blocks of 4 kB."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in paths if path.is_file())


def test_the_room_that_is_asked_for_holds_each_edition():
    """This environment is the one for tests; of its packages, the course's lock names those of the smaller one."""
    taken = dict.fromkeys(LOCKS, 0)
    pinned = {lock: {"pip", "setuptools", *read_lock(lock)} for lock in LOCKS}
    for package in metadata.distributions():
        files = {Path(package.locate_file(file)) for file in package.files or ()}
        files |= {Path(cache_from_source(str(file))) for file in files if file.suffix == ".py"}
        for lock in LOCKS:
            if re.sub("[-_.]+", "-", package.name).lower() in pinned[lock]:
                taken[lock] += bytes_of(files)
    taken["requirements-test.lock"] += bytes_of(Path(sys.prefix, "course-wheels").glob("*.whl"))
    asked = {lock: checks.FREE_MB[edition] * 10**6 for lock, edition in zip(LOCKS, ("lab", "test"), strict=True)}
    for lock in LOCKS:
        assert taken[lock] < asked[lock], f"{lock} takes {taken[lock] / 10**6:.0f} MB"
