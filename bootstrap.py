"""Set up this course and run it, with nothing but Python's standard library.

    python3 bootstrap.py lab         set up, then open JupyterLab on the first notebook
    python3 bootstrap.py test        set up, then run the tests
    python3 bootstrap.py bench       set up, then measure speed and size
    python3 bootstrap.py notebooks   set up, then rebuild the notebooks from their sources
    python3 bootstrap.py clean       remove everything the set-up made

`make lab`, `make test` ... call the same lines; on Windows use `py bootstrap.py lab`.
Words after the command go to the program it starts.

The set-up makes one folder, .venv, from a lock file with hashes. A stamp written last
says what is in it: a matching stamp means there is nothing to do, a missing one means
that the folder cannot be trusted and is made again.

This file stays plain on purpose (it must load in Python 3.6, even in 2.7): its first
job is to tell the owner of an old Python what to do.
"""

from __future__ import print_function

import errno
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

OLDEST, NEWEST = (3, 11), (3, 14)  # the Pythons the locks were compiled and checked for
FORMAT = 1  # raise it when an existing .venv must be made again
MEGABYTE = 10**6
FREE_MB = 1000  # peak need of a first set-up, rounded up
FREE_TMP_MB = 250  # pip keeps the downloaded packages here for a while

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "course-setup.json")
PIP_LOG = os.path.join(VENV, "course-setup-pip.log")
LOCKS = {"lab": "requirements.lock", "test": "requirements-test.lock"}
CONFIG = "jupyter_server_config.py"
# What `jupyter labextension disable --level=sys_prefix` would write: JupyterLab's plugin that
# asks, over the first chart, whether to fetch news from the network.
PAGE_CONFIG = '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}\n'
FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
WINDOWS = os.name == "nt"
VENV_BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
VENV_PYTHON = os.path.join(VENV_BIN, "python.exe" if WINDOWS else "python")

# command -> (edition of the environment it needs, what the environment's Python runs)
COMMANDS = {
    "lab": ("lab", ["-m", "jupyterlab"]),
    # Two workers, each test file whole in one, in order: the browser's long file runs beside all others.
    "test": ("test", ["-m", "pytest", "--numprocesses=2", "--dist=loadscope", "--no-loadscope-reorder"]),
    "bench": ("test", ["-m", "tests.bench"]),
    "notebooks": ("test", ["-m", "helpers.course.authoring"]),
}


class Stop(Exception):
    """Ends the program with a sentence that says what to do."""


def say(text):
    print(text)
    sys.stdout.flush()


def how_to_run(command, python=None):
    """The line to type again, as the reader of this system types it."""
    if WINDOWS:
        return "py{} bootstrap.py {}".format(" -" + python if python else "", command)
    return "make {}{}".format(command, " PYTHON=python" + python if python else "")


# --- what can be wrong: each check returns a sentence, or None ------------------------


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


def disk_problem(folder=ROOT, need_mb=FREE_MB, usage=None):
    free_mb = (usage or shutil.disk_usage)(folder).free / MEGABYTE
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
            "Client Error",
            "Server Error",
            "IncompleteRead",
            "Connection broken",
        ],
    ),
    ("permission", ["Permission denied", "Read-only file system", "Access is denied"]),
    ("no package", ["No matching distribution found", "is not a supported wheel"]),
]

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
    "permission": "The set-up may not write where it has to (see above). Make the folder\n"
    "{root} yours, or copy the course to your home folder, and run the command there.",
    "no package": "The registry has no ready-made package for this machine ({machine}).\n"
    "The course is made for Linux with glibc 2.28+ (x86-64, ARM), macOS and Windows (x86-64),\n"
    "with the usual CPython {oldest} to {newest}. Use Binder instead (see\n"
    "README), or ask your registry or mirror for the package named above.",
    "unknown": "Installing the packages failed; the lines above are pip's own.\n"
    "Run the same command again; if it repeats, report these lines to the course.",
}


def pip_problem(output):
    """The kind of failure that pip's output shows: a key of PIP_SENTENCES."""
    for kind, words in PIP_WORDS:
        if any(word in output for word in words):
            return kind
    return "unknown"


def pip_sentence(output, lock, kind=None):
    kind = kind or pip_problem(output)
    lines = output.splitlines()
    if kind == "hash":
        lines = [line.split(" from ")[0] for line in lines if line.startswith("    ") and "==" in line]
    elif kind in ("no package", "permission"):
        lines = [line for line in lines if line.startswith("ERROR: ")][-2:]
    elif kind == "unknown":
        lines = lines[-8:]
    else:
        lines = []  # pip's last words name a package that has nothing to do with it
    text = PIP_SENTENCES[kind].format(
        mb=FREE_MB,
        root=ROOT,
        tmp=tempfile.gettempdir(),
        lock=lock,
        machine="{} {}, Python {}".format(platform.system(), platform.machine(), platform.python_version()),
        oldest="{}.{}".format(*OLDEST),
        newest="{}.{}".format(*NEWEST),
    )
    return "\n".join(["  pip: " + line.strip()[:300] for line in lines] + [text])


# --- the environment ----------------------------------------------------------------------


def child_environment():
    """Ours is the only Python that counts: nothing from outside may shadow the lock."""
    env = dict(os.environ)
    for name in (
        "PYTHONHOME",
        "PYTHONPATH",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_QUIET",
        "PIP_NO_COMPILE",
        "PIP_DRY_RUN",
        # compiled bytecode halves the start of every kernel
        "PYTHONDONTWRITEBYTECODE",
    ):
        env.pop(name, None)
    env.update(
        PIP_USER="0",
        PYTHONNOUSERSITE="1",
        VIRTUAL_ENV=VENV,
        JUPYTER_PREFER_ENV_PATH="1",
        PATH=VENV_BIN + os.pathsep + env.get("PATH", ""),
    )
    return env


def digest(name):
    with open(os.path.join(ROOT, name), "rb") as handle:
        # line ends may differ on Windows; the pins do not
        return hashlib.sha256(handle.read().replace(b"\r\n", b"\n")).hexdigest()


def base_facts():
    """What the environment was made of and where: if it changed, make it again."""
    return {
        "format": FORMAT,
        "python": "{}.{}".format(*sys.version_info[:2]),
        "machine": platform.machine(),
        "folder": VENV,
    }


def read_stamp():
    try:
        with open(STAMP) as handle:
            stamp = json.load(handle)
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def usable(stamp):
    """True when .venv is whole, of this Python, and in its place."""
    if not stamp or not os.path.exists(VENV_PYTHON):
        return False
    facts = base_facts()
    return all(stamp.get(key) == facts[key] for key in facts)


def up_to_date(stamp, edition):
    """The test lock holds all of the course's lock, so a test edition serves both."""
    return usable(stamp) and stamp.get("locks", {}).get(edition) == digest(LOCKS[edition])


class OneAtATime(object):
    """Wait while another set-up works in this folder (where the system can tell)."""

    def __enter__(self):
        self.handle = open(os.path.abspath(__file__))
        try:
            import fcntl

            try:
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("Another set-up is at work in this folder; waiting for it.")
                fcntl.flock(self.handle, fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass  # Windows, or a file system without locks

    def __exit__(self, *error):
        self.handle.close()


def remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


def run_and_keep(command):
    """Run a command from the repository; return its exit code and all it printed."""
    work = subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
    )
    output = work.communicate()[0]
    return work.returncode, output


def make_venv():
    if os.path.lexists(VENV):
        say("      (replacing a .venv that is unfinished, moved, or of another Python)")
        remove(VENV)
    python = getattr(sys, "_base_executable", None) or sys.executable
    code, output = run_and_keep([python, "-m", "venv", VENV])
    if code:
        if "ensurepip" in output and "not available" in output:
            raise Stop(venv_problem(missing=["ensurepip"]))
        if pip_problem(output) == "disk":
            raise Stop(pip_sentence(output, LOCKS["lab"]))
        raise Stop(output.strip() + "\nMaking the environment in .venv failed (the lines above say why).")


def install(lock):
    """Install the locked packages; returns pip's exit code and output.

    pip downloads and checks everything before it changes anything, and says so: until
    then a stamp of an earlier, smaller edition stays true, so that a reader whose network
    fails on `make test` still has a working `make lab`.
    """
    with open(os.path.join(ROOT, lock)) as handle:
        total = sum(1 for line in handle if line[:1].isalnum())
    work = subprocess.Popen(
        [
            VENV_PYTHON,
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--no-input",
            "--disable-pip-version-check",
            "--no-warn-script-location",
            "--progress-bar",
            "off",
            "--retries",
            "2",
            "-r",
            lock,
        ],
        cwd=ROOT,
        env=dict(child_environment(), PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
    )
    lines, done, live = [], 0, sys.stdout.isatty()
    try:
        for line in work.stdout:
            lines.append(line)
            if line.startswith("Installing collected packages"):
                remove(STAMP)
                progress = "downloaded; unpacking"
            elif line.startswith(("Collecting ", "Processing ", "Requirement already ")):
                done += 1
                progress = "{} of {}".format(done, total)
            else:
                continue
            if live:
                sys.stdout.write("\r      {:30}".format(progress))
                sys.stdout.flush()
    except KeyboardInterrupt:
        work.terminate()
        work.wait()
        raise
    finally:
        work.stdout.close()
    if live:
        sys.stdout.write("\r" + " " * 40 + "\r")
    code, output = work.wait(), "".join(lines)
    try:
        with open(PIP_LOG, "w") as handle:
            handle.write(output)
    except (OSError, ValueError):  # a full disk, for one: the output says so too
        pass
    return code, output


def write_if_changed(path, text):
    try:
        with open(path) as handle:
            if handle.read() == text:
                return
    except (OSError, ValueError):
        pass
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path))
    with open(path, "w") as handle:
        handle.write(text)


def place_own_files():
    """Make `helpers` importable and give Jupyter its settings.

    A .pth file with a relative path does what `pip install -e .` would, but needs no
    build tool (nothing unpinned to download), works in a folder with spaces or letters
    beyond ASCII, and shows an edit in helpers/ at once. pyproject.toml still describes
    a real package for Binder, uv and conda users.

    Jupyter's settings hold for this environment only; the file says what and why.
    """
    site = (
        os.path.join(VENV, "Lib", "site-packages")
        if WINDOWS
        else os.path.join(VENV, "lib", "python{}.{}".format(*sys.version_info[:2]), "site-packages")
    )
    write_if_changed(os.path.join(site, "chips_and_sanctions.pth"), os.path.relpath(ROOT, site) + "\n")
    with open(os.path.join(ROOT, CONFIG)) as handle:
        write_if_changed(os.path.join(VENV, "etc", "jupyter", CONFIG), handle.read())
    write_if_changed(os.path.join(VENV, "etc", "jupyter", "labconfig", "page_config.json"), PAGE_CONFIG)


def set_up(edition, command):
    if up_to_date(read_stamp(), edition):
        place_own_files()
        return
    for problem in (folder_problem(), venv_problem()):
        if problem:
            raise Stop(problem)
    with OneAtATime():
        stamp = read_stamp()
        if not up_to_date(stamp, edition):  # else the other set-up has done our work
            change(stamp, edition)
    place_own_files()


def change(stamp, edition):
    begin, lock, fresh = time.time(), LOCKS[edition], not usable(stamp)
    problem = disk_problem(need_mb=FREE_MB if fresh else FREE_MB // 2) or disk_problem(
        tempfile.gettempdir(), FREE_TMP_MB
    )
    if problem:
        raise Stop(problem)
    if fresh:
        say("[1/3] Making an environment with Python {} in .venv".format(platform.python_version()))
        make_venv()
        stamp = dict(base_facts(), locks={})
    else:
        say("[1/3] Using the environment in .venv")
    say("[2/3] Installing the packages pinned in {} (first time: a minute or more)".format(lock))
    code, output = install(lock)
    if code:
        raise Stop(pip_sentence(output, lock))
    say("[3/3] Preparing the charts for use without a network")
    place_own_files()
    warm_up()
    locks = dict(stamp["locks"])
    locks[edition] = digest(lock)
    if edition == "test":
        locks["lab"] = digest(LOCKS["lab"])
    write_stamp(dict(stamp, locks=locks))
    say("Ready in {:.0f} s.".format(time.time() - begin))


def write_stamp(stamp):
    with open(STAMP + ".new", "w") as handle:
        json.dump(stamp, handle, indent=1, sort_keys=True)
    os.replace(STAMP + ".new", STAMP)  # whole or not at all


def warm_up():
    if os.path.exists(os.path.join(ROOT, "helpers", "show", "script.py")):
        code, output = run_and_keep([VENV_PYTHON, "-m", "helpers.show.script"])
        if code:
            say(
                "      (not done; the first chart will do it. Reason: {})".format(
                    (output.strip().splitlines() or ["none given"])[-1]
                )
            )


# --- the commands ---------------------------------------------------------------------------


def headless(env=None, system=None):
    """No browser can be opened: a remote shell, or a Linux without a screen."""
    env = os.environ if env is None else env
    if env.get("BROWSER"):
        return False
    if env.get("SSH_CONNECTION") or env.get("SSH_TTY"):
        return True
    linux = (system or platform.system()) not in ("Windows", "Darwin")
    return linux and not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def lab_arguments():
    # default_url, not a file name: so the printed address leads to the notebook too
    arguments = ["--LabApp.default_url=/lab/tree/" + FIRST_NOTEBOOK]
    # ERROR: the address, which Jupyter prints at a higher level, stays the last thing
    # on the screen (pinned JupyterLab warns about its own websocket settings). answer_yes: one Ctrl-C ends it (under make, a question cannot be answered).
    arguments += ["--ServerApp.root_dir=" + ROOT, "--ServerApp.answer_yes=True", "--Application.log_level=ERROR"]
    if hasattr(os, "getuid") and os.getuid() == 0:
        arguments.append("--allow-root")
    if headless():
        arguments.append("--no-browser")
    return arguments


def run(arguments):
    """Hand over to the environment's Python; returns only on Windows."""
    argv = [VENV_PYTHON] + arguments
    os.chdir(ROOT)
    if not WINDOWS:
        os.execve(VENV_PYTHON, argv, child_environment())
    work = subprocess.Popen(argv, env=child_environment())
    while True:
        try:
            return work.wait()
        except KeyboardInterrupt:  # the child got it too, and is closing
            continue


def clean():
    remove(VENV)
    for name in (".pytest_cache", ".ruff_cache", ".hypothesis", "build", "chips_and_sanctions.egg-info"):
        remove(os.path.join(ROOT, name))
    for folder, folders, _ in os.walk(ROOT):
        if ".git" in folders:
            folders.remove(".git")
        for name in ("__pycache__", ".ipynb_checkpoints"):
            if name in folders:
                folders.remove(name)
                remove(os.path.join(folder, name))
    say("Removed .venv and the caches. Your answers and notes were not touched.")


def main(words):
    command, extra = (words[0] if words else ""), words[1:]
    if command == "clean":
        clean()
        return 0
    if command not in COMMANDS:
        say(__doc__.split("\n\nThe set-up makes")[0])
        return 0 if command in ("", "help", "-h", "--help") else 2
    problem = python_problem(sys.version_info, command)
    if problem:
        raise Stop(problem)
    edition, arguments = COMMANDS[command]
    set_up(edition, command)
    if command == "lab":
        arguments = arguments + lab_arguments()
        say(
            "Opening JupyterLab. {}Ctrl-C ends it.".format(
                "Open the address below in a browser. "
                if headless()
                else "If no browser opens, use the address below. "
            )
        )
    return run(arguments + extra)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.stdout.flush()
        print("\n{}".format(stop), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print("\n{}".format(os_error_sentence(error)), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped. The same command starts again.", file=sys.stderr)
        sys.exit(130)
