"""Shared by all tests: helpers from this checkout, and no network for tests or for kernels."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = Path(__file__).resolve().parent / "no_network"

# Kernels started by nbval inherit this; the pytest process itself is patched below.
os.environ["PYTHONPATH"] = os.pathsep.join([str(NO_NETWORK), str(ROOT)])
_spec = importlib.util.spec_from_file_location("no_network", NO_NETWORK / "sitecustomize.py")
_spec.loader.exec_module(importlib.util.module_from_spec(_spec))


@pytest.fixture
def tables(tmp_path):
    """A private copy of data/, to be damaged."""
    shutil.copytree(ROOT / "data", tmp_path, dirs_exist_ok=True)
    return tmp_path
