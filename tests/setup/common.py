"""What the tests of the set-up share."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections import namedtuple
from importlib import util
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
# The set-up's own files: they run in whatever Python the reader has.
FILES = ("bootstrap.py", "setup_checks.py", "setup_environment.py", "setup_wheels.py")
GIBIBYTE = 2**30
Usage = namedtuple("Usage", "total used free")


def load_bootstrap():
    """A fresh copy of bootstrap.py as a module, for a test to change."""
    spec = util.spec_from_file_location("bootstrap_under_test", ROOT / "bootstrap.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(requirements):
    """{name: version} of lines such as ``pandas==3.0.2``; anything looser fails."""
    found = {}
    for line in requirements:
        match = re.fullmatch(r"([a-z0-9-]+)==([^\s;]+)", line)
        assert match, f"not pinned to one version: {line}"
        found[match[1]] = match[2]
    return found


def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def environment():
    """environment.yml as ({conda pins}, {pip pins}, whole)."""
    whole = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [line for line in whole["dependencies"] if isinstance(line, str)]
    (pip,) = [line["pip"] for line in whole["dependencies"] if isinstance(line, dict)]
    conda = dict(line.split("=") if "=" in line else (line, None) for line in conda)
    return conda, pins(pip), whole


def checkout(target):
    """What a clean clone would hold: tracked files and new ones that are not ignored."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
        names = [name for name in listed if name and (ROOT / name).is_file()]
    else:  # a downloaded archive
        names = [
            path.relative_to(ROOT).as_posix()
            for path in ROOT.rglob("*")
            if path.is_file() and not {".venv", "__pycache__"} & set(path.relative_to(ROOT).parts)
        ]
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    return names


# What pip 23.2 wrote in each of these situations, shortened, the registry's name replaced.
PIP_OUTPUT = {
    "network": """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f2d38fc9950>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/altair/
ERROR: Could not find a version that satisfies the requirement altair==6.3.0 (from versions: none)
ERROR: No matching distribution found for altair==6.3.0
""",
    "insecure": """\
WARNING: The repository located at registry.invalid is not a trusted or secure host and is being ignored. If this repository is available via HTTPS we recommend you use HTTPS instead, otherwise you may silence this warning and allow it anyway with '--trusted-host registry.invalid'.
ERROR: Could not find a version that satisfies the requirement altair==6.3.0 (from versions: none)
ERROR: No matching distribution found for altair==6.3.0
""",
    "certificate": """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)'))': /simple/altair/
ERROR: Could not find a version that satisfies the requirement altair==6.3.0 (from versions: none)
ERROR: No matching distribution found for altair==6.3.0
""",
    "disk": """\
Installing collected packages: typing-inspect, stack-data, pure-eval, ptyprocess
ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device
""",
    "hash": """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.
    anyio==4.16.0 from anyio-4.16.0-py3-none-any.whl (from -r requirements.lock (line 13)):
        Expected sha256 000000001907983d1603d27c3087ddb1e93299ea2163adcdba37899a4fb12ffb
             Got        c66ae634e0b8228396b801741beb3294326d4b6102f7bba4041c0dfb58c29026
""",
    "no package": """\
ERROR: Could not find a version that satisfies the requirement pywin32==312 (from versions: none)
ERROR: No matching distribution found for pywin32==312
""",
    "refused": """\
ERROR: Could not find a version that satisfies the requirement altair==6.3.0 (from versions: none)
ERROR: No matching distribution found for altair==6.3.0
Could not fetch URL https://registry.invalid/simple/altair/: 403 Client Error: Forbidden for url: https://registry.invalid/simple/altair/ - skipping
""",
    "unknown": "Traceback (most recent call last):\nZeroDivisionError: division by zero\n",
}
