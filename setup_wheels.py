"""Wheels that are fetched and kept as they are: for the browser edition, whose packages the reader's machine must not have.

Like bootstrap.py this file stays plain: it must load in Python 3.6.
"""

from __future__ import print_function

import glob
import hashlib
import os
import re

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+) --hash=sha256:([0-9a-f]{64})$")


def pins(path):
    """[(name, version, hash), ...] of a file of pins; lines that begin with # are words."""
    found = []
    with open(path) as handle:
        for line in handle:
            line = line.strip()
            if line and not line.startswith("#"):
                match = PIN.match(line)
                if not match:
                    raise ValueError("{}: not a pin with its hash: {}".format(path, line))
                found.append(match.groups())
    return found


def paths(folder):
    """The paths of the wheels that a folder holds; none where there is no folder."""
    return sorted(glob.glob(os.path.join(folder, "*.whl")))


def kept(folder):
    """The hashes of the wheels that a folder holds."""
    found = set()
    for path in paths(folder):
        whole = hashlib.sha256()
        with open(path, "rb") as handle:
            for part in iter(lambda: handle.read(1 << 20), b""):
                whole.update(part)
        found.add(whole.hexdigest())
    return found


def fetch(python, run, path, folder):
    """Fetch what is not there yet; returns pip's words where that failed, or None.

    `run` takes a command, returns its exit code and what it printed.
    """
    have = kept(folder)
    wanted = [pin for pin in pins(path) if pin[2] not in have]
    if not wanted:
        return None
    if not os.path.isdir(folder):
        os.makedirs(folder)
    for name, _, _ in wanted:  # one of another version, or half of one
        for old in glob.glob(os.path.join(folder, name.replace("-", "_") + "-*.whl")):
            os.remove(old)
    command = [python, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"]
    code, output = run(command + ["--dest", folder, "-r", path])
    return output if code else None
