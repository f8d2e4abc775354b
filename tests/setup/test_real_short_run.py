"""What `make test-quick` collects."""

from __future__ import annotations

import subprocess
import sys

from tests.setup.common import ROOT


def test_the_short_run_opens_no_browser_runs_no_notebook_and_starts_no_server(bootstrap):
    """What pytest would collect, by the very words of `make test-quick`."""
    _, words = bootstrap.COMMANDS["test-quick"]
    words = [word for word in words if not word.startswith(("--numprocesses", "--dist", "--no-loadscope"))]
    done = subprocess.run(
        [sys.executable, *words, "--collect-only", "-q"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    files = {line.split("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert done.returncode == 0 and "tests/core/test_data.py" in files and "tests/setup/test_trust.py" in files, (
        done.stdout
    )
    assert not [name for name in files if "test_browser" in name or "test_real_" in name or name.endswith(".ipynb")]
    assert not [line for line in done.stdout.splitlines() if "thousand" in line or "panel" in line.split("::")[0]]
