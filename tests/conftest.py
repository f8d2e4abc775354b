"""Shared by all tests: helpers from this checkout, and no network for tests or for kernels."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import IPyNbCell

from helpers.core import stored

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = Path(__file__).resolve().parent / "no_network"

# Kernels started by nbval inherit this; the pytest process itself is patched below.
os.environ.pop(stored.LEAN, None)  # stills and answers are compared, too
os.environ["COURSE_CHECKS_CHARTS"] = "yes"  # every chart against its grammar
os.environ["COURSE_RECORD"] = tempfile.mkdtemp(prefix="record-")  # not the opinions of whoever runs the tests
os.environ["PYTHONPATH"] = os.pathsep.join([str(NO_NETWORK), str(ROOT)])
_spec = importlib.util.spec_from_file_location("no_network", NO_NETWORK / "sitecustomize.py")
_spec.loader.exec_module(importlib.util.module_from_spec(_spec))


# Fresh outputs are compared as they would be stored, pictures aside: those are drawn from what is compared.
_compare = IPyNbCell.compare_outputs


def _compare_as_stored(self, test, ref, skip_compare=None):
    fresh, kept = (nbformat.from_dict(stored.comparable(outputs)) for outputs in (test, ref))
    return _compare(self, fresh, kept, skip_compare)


IPyNbCell.compare_outputs = _compare_as_stored


@pytest.fixture
def tables(tmp_path):
    """A private copy of data/, to be damaged."""
    shutil.copytree(ROOT / "data", tmp_path, dirs_exist_ok=True)
    return tmp_path
