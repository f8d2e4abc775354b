"""What the programs of the course see of the reader's machine, and whether .venv is still whole.

A reader's variables and settings files are theirs; here is which of them reach pip, Jupyter
and the kernels, and which are set aside because they would move packages, hide the course's
code, cut off the loopback address or open the server. Like bootstrap.py this file stays
plain: it must load in Python 3.6.
"""

from __future__ import print_function

import json
import os
import stat
import subprocess
import sys
import tempfile

WINDOWS = os.name == "nt"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Of Python's own variables only these reach the course: they change how text is written, not what runs.
PYTHON_KEPT = ("PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONUTF8")
JUPYTER_KEPT = ("JUPYTER_PORT", "JUPYTER_PORT_RETRIES")
# Of pip's settings only these: where packages come from, and how to get there. All others are set
# aside (target, prefix, root, user, dry-run, constraint, platform, python, quiet, no-deps ...).
PIP_KEPT = (
    "cache-dir",
    "cert",
    "client-cert",
    "default-timeout",
    "extra-index-url",
    "find-links",
    "index-url",
    "keyring-provider",
    "no-cache-dir",
    "no-index",
    "proxy",
    "retries",
    "timeout",
    "trusted-host",
    "use-deprecated",
    "use-feature",
)


def venv_bin(venv):
    return os.path.join(venv, "Scripts" if WINDOWS else "bin")


def venv_python(venv):
    return os.path.join(venv_bin(venv), "python.exe" if WINDOWS else "python")


def site_packages(venv, version=None):
    if WINDOWS:
        return os.path.join(venv, "Lib", "site-packages")
    return os.path.join(venv, "lib", "python{}.{}".format(*(version or sys.version_info)[:2]), "site-packages")


# --- variables ------------------------------------------------------------------------------


def child_environment(venv, outside=None):
    """Ours is the only Python that counts: nothing from outside may shadow the lock."""
    env = dict(os.environ if outside is None else outside)
    for name in list(env):
        upper = name.upper()
        if (
            (upper.startswith("PYTHON") and upper not in PYTHON_KEPT)
            or (upper.startswith("PIP_") and upper != "PIP_CONFIG_FILE" and pip_key(upper[4:]) not in PIP_KEPT)
            or (upper.startswith(("JUPYTER_", "JUPYTERLAB_")) and upper not in JUPYTER_KEPT)
            or upper in ("IPYTHONDIR", "__PYVENV_LAUNCHER__")
        ):
            del env[name]
    env.update(
        PIP_USER="0",
        PYTHONNOUSERSITE="1",
        VIRTUAL_ENV=venv,
        JUPYTER_PREFER_ENV_PATH="1",
        PATH=venv_bin(venv) + os.pathsep + env.get("PATH", ""),
    )
    # A proxy would be asked for the reader's own machine, and not find it.
    for name in ("NO_PROXY", "no_proxy"):
        known = [part.strip() for part in env.get("no_proxy", env.get("NO_PROXY", "")).split(",") if part.strip()]
        env[name] = ",".join(known + [host for host in LOOPBACK if host not in known])
    return env


def pip_key(name):
    return name.lower().replace("_", "-")


# Runs in the environment's Python. Not `pip config list`: a settings file with `user` or `quiet` changes its answer.
READ_PIP = r"""
import json
from pip._internal.configuration import Configuration
found = Configuration(isolated=False)
found.load()
flat = {}
for key, value in found.items():  # older pips: {key: value}; newer ones: {file: {key: value}}
    flat.update(value if isinstance(value, dict) else {key: value})
print("course " + json.dumps(flat))
"""


def pip_settings(text):
    """What READ_PIP printed, as {PIP_ variable: value}, without what moves packages."""
    try:
        settings = json.loads(text[text.index("course ") + len("course ") :])
    except ValueError:
        return {}
    kept = {}
    for section in ("global.", "install."):  # the second wins, as in pip
        for name in sorted(settings):
            key = name[len(section) :]
            if name.startswith(section) and pip_key(key) in PIP_KEPT:
                kept["PIP_" + key.upper().replace("-", "_")] = " ".join(str(settings[name]).split())
    return kept


def pip_environment(venv, run=None):
    """For pip: its settings files are read once, and only what names a registry is passed on.

    pip has no word for "no target" on its command line, and an empty variable does not undo a
    line of a settings file; so no settings file is left for pip to read.
    """
    env = child_environment(venv)
    ask = dict(env)
    for name in list(ask):
        if name.startswith("PIP_") and name != "PIP_CONFIG_FILE":
            del ask[name]
    try:
        text = (run or subprocess.check_output)(
            [venv_python(venv), "-c", READ_PIP], env=ask, stderr=subprocess.STDOUT, universal_newlines=True
        )
    except (OSError, subprocess.CalledProcessError, ValueError):
        text = ""  # a settings file that pip cannot read
    env = dict(pip_settings(text), **env)
    env["PIP_CONFIG_FILE"] = os.devnull
    return env


# --- folders to write in ----------------------------------------------------------------------


def writable(folder):
    """True when a file can be made here (asking for rights is not enough: disks can be read-only)."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except (OSError, ValueError):
        return False


def mine(folder, alone=True):
    """True for a folder (no link) of this user; `alone`: that nobody else can write in."""
    try:
        facts = os.lstat(folder)
    except OSError:
        return False
    if WINDOWS:
        return stat.S_ISDIR(facts.st_mode)
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and not (alone and facts.st_mode & 0o022)


def own_folder(venv):
    """A folder for what JupyterLab and the kernels keep: inside .venv, else in the temporary folder.

    The second is for an installation that many readers share and none of them can write in.
    """
    name = "own"
    if not mine(venv, alone=False) or not writable(venv):
        venv = tempfile.gettempdir()
        name = "chips-and-sanctions-{}".format(getattr(os, "getuid", lambda: "own")())
    folder = os.path.join(venv, name)
    try:
        os.mkdir(folder, 0o700)
    except OSError:
        pass  # it is there, or the next line says no
    return folder if mine(folder) and writable(folder) else tempfile.mkdtemp(prefix="chips-and-sanctions-")


def home_problem(home=None):
    """Why the reader's home folder cannot be used, or None."""
    if WINDOWS:
        return None
    home = os.path.expanduser("~") if home is None else home
    if not os.path.isabs(home):
        return "HOME names no folder"
    try:
        facts = os.stat(home)
    except OSError as error:
        return "the home folder {} cannot be opened ({})".format(home, error.strerror)
    if os.getuid() == 0 and facts.st_uid != 0 and home != "/":
        return "the home folder {} is another user's".format(home)
    if not writable(home):
        return "the home folder {} cannot be written".format(home)
    return None


def own_places(own, env, home_is_usable):
    """Variables that give Jupyter and IPython folders of the course's own.

    So neither an odd ~/.jupyter or ~/.ipython, nor a runtime folder that cannot be written, nor
    settings made for another server reach the course. The reader's own JupyterLab settings
    (theme, keyboard) do, where they can be read and written.
    """
    places = {
        "JUPYTER_CONFIG_DIR": os.path.join(own, "config"),
        "JUPYTER_DATA_DIR": os.path.join(own, "data"),
        "JUPYTER_RUNTIME_DIR": os.path.join(own, "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": os.path.join(own, "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": os.path.join(own, "workspaces"),
        "IPYTHONDIR": os.path.join(own, "ipython"),
    }
    for folder in places.values():
        if not os.path.isdir(folder):
            os.mkdir(folder, 0o700)
    if home_is_usable:
        settings = os.path.join(
            env.get("JUPYTER_CONFIG_DIR") or os.path.join(os.path.expanduser("~"), ".jupyter"), "lab", "user-settings"
        )
        if os.path.isdir(settings) and writable(settings):
            places["JUPYTERLAB_SETTINGS_DIR"] = settings
    else:
        places["HOME"] = os.path.join(own, "home")
        if not os.path.isdir(places["HOME"]):
            os.mkdir(places["HOME"], 0o700)
    return places


# --- is .venv whole? ----------------------------------------------------------------------------


def landmarks(venv, version=None):
    """Names, from .venv, of every package and of what JupyterLab shows: cheap to look up at each start."""
    found = []
    for folder in (
        site_packages(venv, version),
        os.path.join(venv, "share", "jupyter", "lab"),
        os.path.join(venv, "share", "jupyter", "labextensions"),
        os.path.join(venv, "etc", "jupyter", "jupyter_server_config.d"),
    ):
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        found += [os.path.join(os.path.relpath(folder, venv), name) for name in names if name != "__pycache__"]
    return sorted(name.replace(os.sep, "/") for name in found)


def first_missing(venv, names):
    """The first of these names that is not there, or is an empty folder; None when all are."""
    for name in names:
        path = os.path.join(venv, *name.split("/"))
        try:
            if stat.S_ISDIR(os.stat(path).st_mode) and not set(os.listdir(path)) - {"__pycache__"}:
                return name
        except OSError:
            return name
    return None


def interpreter_problem(venv):
    """Why the environment's Python cannot be used, or None. Starts it once, which takes 0.05 s."""
    if not os.path.exists(os.path.join(venv, "pyvenv.cfg")):
        return "pyvenv.cfg is missing"
    code = "import sys; print('course', sys.version_info[0], sys.version_info[1], sys.prefix)"
    try:
        said = subprocess.check_output(
            [venv_python(venv), "-I", "-c", code],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        return "its Python does not start ({})".format(getattr(error, "strerror", None) or "it ends with an error")
    expected = "course {} {} ".format(*sys.version_info[:2])
    last = (said.strip().splitlines() or [""])[-1]
    if not last.startswith(expected) or os.path.realpath(last[len(expected) :]) != os.path.realpath(venv):
        return "its Python is not the one it was made with"
    return None


# Runs in the environment's Python after pip: are all pins there, in this folder, and do they start?
PROOF = r"""
import importlib, os, sys
from importlib import metadata
lock, modules = sys.argv[1], sys.argv[2:]
try:
    from packaging.requirements import Requirement
except ImportError:
    sys.exit("packaging is not there")
here = os.path.realpath(sys.prefix)
for line in open(lock, encoding="utf-8"):
    if not line[:1].isalnum():
        continue
    wanted = Requirement(line.split("\\")[0].strip())
    if wanted.marker and not wanted.marker.evaluate():
        continue
    try:
        found = metadata.distribution(wanted.name)
    except metadata.PackageNotFoundError:
        sys.exit("%s is not there" % wanted)
    if found.version not in wanted.specifier:
        sys.exit("%s is not there, but %s" % (wanted, found.version))
    if not os.path.realpath(str(found.locate_file(""))).startswith(here):
        sys.exit("%s is in another folder" % wanted.name)
for name in modules:
    try:
        importlib.import_module(name)
    except Exception as error:
        sys.exit("%s does not start: %s: %s" % (name, type(error).__name__, error))
"""


def read_json(path):
    """The dictionary in a file; None when there is none, whole or in part."""
    try:
        with open(path) as handle:
            found = json.load(handle)
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
