"""What can be wrong with a set-up, and the sentence that says what to do.

bootstrap.py asks these questions. Each answers with a sentence, or None when all is well.
Like bootstrap.py this file stays plain: it must load in Python 3.6.
"""

from __future__ import print_function

import errno
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

OLDEST, NEWEST = (3, 11), (3, 14)  # the Pythons the locks were compiled and checked for
MEGABYTE = 10**6
# What the environment of each edition takes at its fullest, rounded up (a test measures it);
# the one for tests with the wheels that are kept beside it, for the browser edition.
FREE_MB = {"lab": 650, "test": 1250}
FREE_TMP_MB = 250  # pip keeps the downloaded packages here for a while
# Longest path of the environment on Windows, counted from the course's folder (a test measures
# it), and the longest that Windows can hold where long paths are not switched on.
LONGEST_BELOW = 161
WINDOWS_LONGEST = 259

ROOT = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"


class Stop(Exception):
    """Ends the program with a sentence that says what to do."""


def how_to_run(command, python=None):
    """The line to type again, as the reader of this system types it."""
    if WINDOWS:
        return "py{} bootstrap.py {}".format(" -" + python if python else "", command)
    return "make {}{}".format(command, " PYTHON=python" + python if python else "")


# --- before anything is made ------------------------------------------------------------


def works(python):
    """True when this name starts a Python that can make environments."""
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.call([python, "-c", "import ensurepip, venv"], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def python_problem(version, command="lab", works=works):
    """`version` is a tuple such as sys.version_info."""
    found = ".".join(str(part) for part in version[:3])
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    wanted = "Python {}.{} to {}.{}".format(*(OLDEST + NEWEST))
    lines = ["This course needs {}; the one that was started is Python {}.".format(wanted, found)]
    minors = ["3.{}".format(minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    others = [minor for minor in minors if not WINDOWS and works("python" + minor)]
    if others:
        lines.append("This machine also has python{0}. Type:  {1}".format(others[0], how_to_run(command, others[0])))
    else:
        lines += [
            "Install one of these beside it (yours can stay):",
            "  Debian, Ubuntu:  sudo apt install python3.12 python3.12-venv"
            "   (Debian 12 and later: python3 python3-venv)",
            "  Fedora:          sudo dnf install python3.12",
            "  macOS:           brew install python@3.12, or the installer from python.org",
            "  Windows:         py install 3.12, or the installer from python.org",
            "Then type:  {}".format(how_to_run(command, "3.12")),
        ]
    return "\n".join(lines)


def venv_problem(version=sys.version_info, missing=None):
    """Debian and Ubuntu ship Python without the part that makes environments."""
    if missing is None:
        missing = []
        for name in ("venv", "ensurepip"):
            try:
                __import__(name)
            except ImportError:
                missing.append(name)
    if not missing:
        return None
    return (
        "This Python cannot make an environment: its module {} is not installed.\n"
        "On Debian or Ubuntu:  sudo apt install python3-venv   (or python{}.{}-venv)\n"
        "Then run the same command again."
    ).format(" and ".join(missing), *version[:2])


def size_of(folder):
    """Bytes that removing this folder would free: an unfinished environment is room, too."""
    total = 0
    if os.path.islink(folder):
        return total
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                facts = os.lstat(os.path.join(place, name))
            except OSError:
                continue
            if facts.st_nlink < 2:  # what has another name stays on the disk
                total += getattr(facts, "st_blocks", facts.st_size // 512 + 1) * 512
    return total


def need_mb(edition, there=None):
    """`there`: the edition of an environment that is kept; half of what it holds may be replaced before it goes."""
    return FREE_MB[edition] - (min(FREE_MB[edition], FREE_MB[there]) // 2 if there else 0)


def disk_problem(folder, need_mb, usage=None, freed=0):
    """`freed`: bytes that the set-up itself will free in this folder first."""
    free_mb = ((usage or shutil.disk_usage)(folder).free + freed) / MEGABYTE
    if free_mb >= need_mb:
        return None
    return (
        "Not enough disk space: the set-up needs about {} MB in {}, and {:.0f} MB are free.\n"
        "Free some space{}, then run the same command again."
    ).format(
        need_mb,
        folder,
        free_mb,
        " or move the course to a larger disk" if folder == ROOT else " or set TMPDIR to a folder on a larger disk",
    )


def folder_problem(folder=ROOT):
    try:
        handle, name = tempfile.mkstemp(prefix=".write-test-", dir=folder)
        os.close(handle)
        os.remove(name)
    except OSError as error:
        return os_error_sentence(error, folder)
    return None


def long_paths():
    """True when this Windows was told to hold long paths."""
    try:
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1
    except (ImportError, OSError):
        return False


def depth_problem(folder=ROOT, windows=WINDOWS, allowed=long_paths):
    """Windows holds no path of more than 259 letters unless it was told to."""
    room = WINDOWS_LONGEST - 1 - LONGEST_BELOW
    if not windows or len(folder) <= room or allowed():
        return None
    return (
        "The folder of the course is too deep for Windows: its path has {} letters, and the longest\n"
        "path of the packages needs it to have at most {}:\n  {}\n"
        "Move the course to a short folder such as C:\\course, and run the same command there."
    ).format(len(folder), room, folder)


def os_error_sentence(error, folder=None):
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return pip_sentence("", "", "disk")
    if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "The set-up stopped: {}".format(error)
    return (
        "The set-up cannot write in {} ({}).\n"
        "Copy the course to a folder that is yours, such as one in your home folder,\n"
        "and run the command there."
    ).format(folder or error.filename or ROOT, error.strerror)


# --- what pip says --------------------------------------------------------------------------

# Words of pip, first match wins. An unreachable registry also ends in "no matching
# distribution", so the reasons come before the symptom.
PIP_WORDS = [
    ("disk", ["No space left on device", "Errno 28", "Disk quota exceeded", "There is not enough space on the disk"]),
    ("hash", ["DO NOT MATCH THE HASHES"]),
    ("certificate", ["CERTIFICATE_VERIFY_FAILED", "certificate verify failed"]),
    ("insecure", ["is not a trusted or secure host"]),
    (
        "network",
        [
            "Retrying (Retry",
            "Max retries exceeded",
            "NewConnectionError",
            "Failed to establish a new connection",
            "Name or service not known",
            "getaddrinfo failed",
            "Temporary failure in name resolution",
            "ReadTimeoutError",
            "Read timed out",
            "ConnectTimeout",
            "ProxyError",
            "Connection refused",
            "Connection reset",
            "Network is unreachable",
            "HTTP error 4",
            "HTTP error 5",
            "ERROR: HTTP error",
            "IncompleteRead",
            "Connection broken",
        ],
    ),
    ("permission", ["Permission denied", "Read-only file system", "Access is denied"]),
    ("no package", ["No matching distribution found", "is not a supported wheel"]),
]

# A registry that refuses looks to pip like one that has nothing: only its list of attempts
# (`-vv`) tells. 404 is the honest "no such package"; the rest is a refusal or a fault.
REFUSED = re.compile(r"(?:Could not fetch URL \S+|HTTP error):? (?!404)([45]\d\d)\b")

PIP_SENTENCES = {
    "disk": "The disk is full. The set-up needs about {mb} MB in {root}, and pip needs some in\n"
    "the temporary folder ({tmp}; TMPDIR names another).\n"
    "Free some space, then run the same command again.",
    "hash": "A downloaded package is not the one that this course was tested with (its hash\n"
    "differs from {lock}), so nothing was installed.\n"
    "A broken download, or a mirror or proxy that changes files, does this. Run the same\n"
    "command again; if it repeats, try another network, and report it to the course.",
    "certificate": "The package registry answered with a certificate that this machine does not\n"
    "trust. On a network that inspects traffic, ask for its certificate file and set\n"
    "PIP_CERT to it; else check the machine's date. Then run the same command again.",
    "insecure": "PIP_INDEX_URL (or pip's own settings) names a registry without https, which pip does\n"
    "not trust. Name it with https, then run the same command again.",
    "network": "The package registry could not be reached, so the packages were not downloaded.\n"
    "Check the network connection. Behind a proxy, set HTTPS_PROXY. Where the usual\n"
    "registry is blocked or slow (locked-down networks, mainland China), set\n"
    "PIP_INDEX_URL to a mirror that you trust: the hashes in {lock} are checked\n"
    "wherever a file comes from. Then run the same command again.",
    "refused": "The package registry or mirror was reached but refused (its answer: {answer}), so\n"
    "nothing was installed. Check the address, name and password in PIP_INDEX_URL or in\n"
    "pip's settings, or name another mirror that you trust: the hashes in {lock}\n"
    "are checked wherever a file comes from. Then run the same command again.",
    "permission": "The set-up may not write where it has to (see above). Make the folder\n"
    "{root} yours, or copy the course to your home folder, and run the command there.",
    "no package": "The registry has no ready-made package for this machine ({machine}).\n"
    "The course is made for Linux with glibc 2.28+ (x86-64, ARM), macOS and Windows (x86-64),\n"
    "with the usual CPython {oldest} to {newest}. Use Binder instead (see\n"
    "README), or ask your registry or mirror for the package named above.",
    "not in the kit": "The folder wheels of this course kit has no package for this machine ({machine}).\n"
    "Ask for a kit that was made for it, or use one of the Pythons that the kit names (start_here.html).\n"
    "With a network: move the folder wheels away, and run the same command again.",
    "elsewhere": "pip said that it installed the packages, but the environment does not have them:\n"
    "  {answer}\n"
    "Nothing was marked as ready. A setting of pip or Python on this machine moves or hides\n"
    "packages. Run the same command again; if it repeats, report these lines to the course.",
    "unknown": "Installing the packages failed; the lines above are pip's own.\n"
    "Run the same command again; if it repeats, report these lines to the course.",
}


def pip_problem(output):
    """The kind of failure that pip's output shows: a key of PIP_SENTENCES."""
    for kind, words in PIP_WORDS:
        if kind == "network" and REFUSED.search(output):
            return "refused"
        if any(word in output for word in words):
            return kind
    return "unknown"


def missing_package(output):
    """The pin that pip found nowhere, such as "altair==6.3.0"; None when it found some version."""
    found = re.search(r"requirement (\S+==\S+).* \(from versions: none\)", output)
    return found.group(1) if found else None


def pip_sentence(output, lock, kind=None):
    kind = kind or pip_problem(output)
    lines = output.splitlines()
    answer = "no words"
    if kind == "hash":
        lines = [line.split(" from ")[0] for line in lines if line.startswith("    ") and "==" in line]
    elif kind in ("no package", "not in the kit", "permission"):
        lines = [line for line in lines if line.startswith("ERROR: ")][-2:]
    elif kind == "unknown":
        lines = lines[-8:]
    elif kind == "refused":
        answer, lines = REFUSED.search(output).group(1), []
    elif kind == "elsewhere":
        answer, lines = (lines or [answer])[-1], []
    else:
        lines = []  # pip's last words name a package that has nothing to do with it
    text = PIP_SENTENCES[kind].format(
        mb=FREE_MB["lab" if lock == "requirements.lock" else "test"],
        root=ROOT,
        tmp=tempfile.gettempdir(),
        lock=lock,
        answer=answer,
        machine="{} {}, Python {}".format(platform.system(), platform.machine(), platform.python_version()),
        oldest="{}.{}".format(*OLDEST),
        newest="{}.{}".format(*NEWEST),
    )
    return "\n".join(["  pip: " + line.strip()[:300] for line in lines] + [text])
