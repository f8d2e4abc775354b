"""Set up this course and run it, with nothing but Python's standard library.

    python3 bootstrap.py lab         set up, then open JupyterLab on the first notebook
    python3 bootstrap.py test        set up, find a browser, then run all tests
    python3 bootstrap.py test-quick  set up, then run the quick tests (four minutes)
    python3 bootstrap.py bench       set up, then measure speed and size
    python3 bootstrap.py notebooks   set up, then rebuild the notebooks from their sources
    python3 bootstrap.py site        set up, then write the open book, a static site, to the folder site
    python3 bootstrap.py slides      set up, then write slides of every notebook to the folder slides
    python3 bootstrap.py print       set up, then write a handout of every notebook to the folder handouts
    python3 bootstrap.py teacher     set up, then write the instructor's book to the folder teacher
    python3 bootstrap.py questions   set up, then write the question bank to the folder questions
    python3 bootstrap.py graded      set up, then write graded assignments to the folder graded, or grade them
    python3 bootstrap.py kit         set up, then write the course as one archive to the folder kit
    python3 bootstrap.py lite        set up, then write the browser edition, with a kernel, to the folder lite
    python3 bootstrap.py before-class  set up, then print what may have changed since the record was written
    python3 bootstrap.py describe    set up, then describe the tables anew (data/datapackage.json)
    python3 bootstrap.py clean       remove everything the set-up made

`make lab`, `make test` ... call the same lines; on Windows use `py bootstrap.py lab`.
Words after the command go to the program it starts.

The set-up makes one folder, .venv, from a lock file with hashes. A stamp written last
says what is in it: a stamp that fits, with everything it names in place, means there is
nothing to do; no stamp means that the folder cannot be trusted and is made again.

This file and the three beside it (setup_checks.py: what can be wrong; setup_environment.py:
what programs see of the reader's machine; setup_wheels.py: what is fetched and not installed) stay
plain on purpose (they must load in Python 3.6): their first job is to tell the owner of an old Python
what to do.
"""

from __future__ import print_function

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
if __name__ == "__main__":  # a PYTHONPATH may hold another json.py or platform.py
    _outside = [os.path.abspath(part) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    sys.path[:] = [ROOT] + [part for part in sys.path if os.path.abspath(part) not in _outside]

import errno  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import platform  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402

import setup_checks as checks  # noqa: E402
import setup_environment as environment  # noqa: E402
import setup_wheels as wheels  # noqa: E402
from setup_checks import Stop  # noqa: E402

FORMAT = 1  # raise it when an existing .venv must be made again
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "course-setup.json")
PIP_LOG = os.path.join(VENV, "course-setup-pip.log")
LOCKS = {"lab": "requirements.lock", "test": "requirements-test.lock"}
# What is imported once before an environment is called ready: the direct pins of pyproject.toml.
MODULES = {"lab": ["jupyterlab", "ipywidgets", "pandas", "numpy", "altair", "anywidget", "vl_convert"]}
MODULES["test"] = MODULES["lab"] + [
    "pandera",
    "pytest",
    "nbval",
    "xdist",
    "jupytext",
    "hypothesis",
    "selenium",
    "psutil",
    "latex2mathml",
    "axe_core_python",
    "nbgitpuller",
    "text2qti",
    "jupyterhub",
    "configurable_http_proxy",
]
# Wheels that a command needs as files, and where they are kept: never installed beside the course.
WHEELS = os.path.join(VENV, "course-wheels")
KIT_WHEELS = "wheels"  # a folder beside this file that a course kit brings
KEEPS = {"lite": ["wheels.txt"], "kit": ["wheels.txt"], "test": ["wheels.txt", "wheels-test.txt"]}
CONFIG = "jupyter_server_config.py"
# What `jupyter labextension disable --level=sys_prefix` would write: JupyterLab's plugin that
# asks, over the first chart, whether to fetch news from the network. JupyterLab adds the second
# line at its first start where it is missing, and then the file was not ours any more.
_NEWS = "@jupyterlab/apputils-extension:announcements"
PAGE_CONFIG = json.dumps({"disabledExtensions": {_NEWS: True}, "lockedExtensions": {_NEWS: True}}, indent=2) + "\n"
FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
WINDOWS = os.name == "nt"
VENV_PYTHON = environment.venv_python(VENV)

# Two workers, each test file whole in one, in order: the browser's long file runs beside all others.
PYTEST = ["-m", "pytest", "--numprocesses=2", "--dist=loadscope", "--no-loadscope-reorder"]
# No notebook is run, no browser opened, no server or environment made, no panel drawn in all its states,
# and no test takes thousands of inputs (such a test says so in its name).
QUICK = [
    "--override-ini=addopts=--doctest-modules --ignore=tests/no_network --ignore=tests/bench",
    "--ignore-glob=*/test_browser*",
    "--ignore-glob=*/test_real_*",
    "--ignore=notebooks",
]
UNNAMED = ["-k", "not thousand and not panel"]  # unless words choose the tests: then all that they choose run
# command -> (edition of the environment it needs, what the environment's Python runs)
COMMANDS = {
    "lab": ("lab", ["-m", "jupyterlab"]),
    "test": ("test", PYTEST),
    "test-quick": ("test", PYTEST + QUICK + UNNAMED),
    "bench": ("test", ["-m", "tests.bench"]),
    "notebooks": ("test", ["-m", "helpers.course.authoring"]),
    "site": ("test", ["-m", "helpers.course.book"]),
    "slides": ("test", ["-m", "helpers.course.paper", "slides"]),
    "print": ("test", ["-m", "helpers.course.paper", "print"]),
    "teacher": ("test", ["-m", "helpers.course.paper", "teacher"]),
    "questions": ("test", ["-m", "helpers.course.bank"]),
    "graded": ("test", ["-m", "helpers.course.graded"]),
    "kit": ("test", ["-m", "helpers.course.kit"]),
    "lite": ("test", ["-m", "helpers.course.lite"]),
    "before-class": ("lab", ["-m", "helpers.course.before_class"]),
    "describe": ("lab", ["-m", "helpers.core.describe"]),
}


def say(text):
    print(text)
    sys.stdout.flush()


def digest(name):
    with open(os.path.join(ROOT, name), "rb") as handle:
        # line ends may differ on Windows; the pins do not
        return hashlib.sha256(handle.read().replace(b"\r\n", b"\n")).hexdigest()


# --- the stamp ------------------------------------------------------------------------------


def base_facts():
    """What the environment was made of and where: if it changed, make it again."""
    return {
        "format": FORMAT,
        "python": "{}.{}".format(*sys.version_info[:2]),
        "machine": platform.machine(),
        "folder": VENV,
    }


def read_stamp():
    stamp = environment.read_json(STAMP) or {}
    whole = isinstance(stamp.get("locks"), dict) and isinstance(stamp.get("holds", []), list)
    return stamp if whole and all(isinstance(name, str) for name in stamp.get("holds", [])) else None


def write_stamp(stamp):
    with open(STAMP + ".new", "w") as handle:
        json.dump(dict(stamp, holds=environment.landmarks(VENV)), handle, indent=1, sort_keys=True)
    os.replace(STAMP + ".new", STAMP)  # whole or not at all


def distrust(stamp):
    """Why .venv must be made again, or None: it is whole, of this Python, and in its place."""
    if not stamp:
        return "it is unfinished"
    facts = base_facts()
    if any(stamp.get(key) != facts[key] for key in facts):
        return "it was moved, or is of another Python"
    return environment.interpreter_problem(VENV)


def missing(stamp):
    """The first thing that the stamp names and that has gone since, or None."""
    return environment.first_missing(VENV, stamp.get("holds", []))


def up_to_date(stamp, edition):
    """The test lock holds all of the course's lock, so a test edition serves both."""
    return (
        not distrust(stamp)
        and stamp["locks"].get(edition) == digest(LOCKS[edition])
        and "holds" in stamp  # else of an older set-up, which looked at nothing
        and not missing(stamp)
    )


class OneAtATime(object):
    """Wait while another set-up works in this folder (where the system can tell).

    The programs that a set-up starts hold the lock too: when it is killed, its pip may still
    write, and the next set-up waits for that end.
    """

    held = ()

    def __enter__(self):
        self.handle = open(os.path.abspath(__file__))
        try:
            import fcntl

            try:
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("Another set-up, or what a stopped one left running, is at work in this folder; waiting for it.")
                fcntl.flock(self.handle, fcntl.LOCK_EX)
            OneAtATime.held = (self.handle.fileno(),)
        except (ImportError, OSError):
            pass  # Windows, or a file system without locks

    def __exit__(self, *error):
        OneAtATime.held = ()
        self.handle.close()


# --- the environment ----------------------------------------------------------------------


def remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


def start(command, env=None):
    """Start a program from the repository; its output comes through a pipe."""
    settings = {"pass_fds": OneAtATime.held} if OneAtATime.held else {}
    settings.update(cwd=ROOT, env=env or environment.child_environment(VENV), stdin=subprocess.DEVNULL)
    settings.update(stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, errors="replace")
    return subprocess.Popen(command, **settings)


def run_and_keep(command, env=None):
    """Run a command from the repository; return its exit code and all it printed."""
    work = start(command, env)
    output = work.communicate()[0]
    return work.returncode, output


def make_venv():
    remove(VENV)
    python = getattr(sys, "_base_executable", None) or sys.executable
    code, output = run_and_keep([python, "-m", "venv", VENV])
    if code:
        if "ensurepip" in output and "not available" in output:
            raise Stop(checks.venv_problem(missing=["ensurepip"]))
        if checks.pip_problem(output) == "disk":
            raise Stop(checks.pip_sentence(output, LOCKS["lab"]))
        raise Stop(output.strip() + "\nMaking the environment in .venv failed (the lines above say why).")


def beside(lock):
    """Words for pip: where a course kit's wheels lie beside the course, its packages come from there and no registry is asked.

    They are those of the course's own lock; tests need the registry.
    """
    if lock != LOCKS["lab"] or not wheels.paths(os.path.join(ROOT, KIT_WHEELS)):
        return []
    return ["--no-index", "--find-links", os.path.join(ROOT, KIT_WHEELS)]


def install(lock, again=False):
    """Install the locked packages; returns pip's exit code and output.

    pip downloads and checks everything before it changes anything, and says so: until
    then a stamp of an earlier, smaller edition stays true, so that a reader whose network
    fails on `make test` still has a working `make lab`. `again`: also what seems to be there.
    """
    with open(os.path.join(ROOT, lock)) as handle:
        total = sum(1 for line in handle if line[:1].isalnum())
    command = [VENV_PYTHON, "-m", "pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-input", "--disable-pip-version-check", "--no-warn-script-location", "--progress-bar", "off"]
    command += ["--retries", "2", "-r", lock] + ["--force-reinstall"] * again + beside(lock)
    env = dict(environment.pip_environment(VENV), PYTHONUNBUFFERED="1")
    work = start(command, env)
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
    wanted = code and checks.pip_problem(output) == "no package" and not beside(lock) and checks.missing_package(output)
    if wanted:  # is it not there, or did the registry refuse? Only a talkative pip tells.
        folder = tempfile.mkdtemp()
        ask = [VENV_PYTHON, "-m", "pip", "download", "-vv", "--no-deps", "--no-input", "--only-binary", ":all:"]
        said = run_and_keep(ask + ["--disable-pip-version-check", "--dest", folder, wanted], env)[1]
        output += "".join(line.strip() + "\n" for line in said.splitlines() if checks.REFUSED.search(line))
        remove(folder)
    try:
        with open(PIP_LOG, "w") as handle:
            handle.write(output)
    except (OSError, ValueError):  # a full disk, for one: the output says so too
        pass
    return code, output


def prove(edition):
    """What pip said is no proof: look for every pin in .venv, and import what the course imports."""
    command = [VENV_PYTHON, "-I", "-c", environment.PROOF, os.path.join(ROOT, LOCKS[edition])]
    code, output = run_and_keep(command + MODULES[edition])
    if code:
        raise Stop(checks.pip_sentence(output, LOCKS[edition], "elsewhere"))


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


def holds(whole, part):
    """True when a JSON value contains another."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(key in whole and holds(whole[key], part[key]) for key in part)
    return whole == part


def place_own_files():
    """Make `helpers` importable and give Jupyter its settings.

    A .pth file with a relative path does what `pip install -e .` would, but needs no
    build tool (nothing unpinned to download), works in a folder with spaces or letters
    beyond ASCII, and shows an edit in helpers/ at once. pyproject.toml still describes
    a real package for Binder, uv and conda users.

    Jupyter's settings hold for this environment only; the file says what and why.
    """
    site = environment.site_packages(VENV)
    write_if_changed(os.path.join(site, "chips_and_sanctions.pth"), os.path.relpath(ROOT, site) + "\n")
    page = os.path.join(VENV, "etc", "jupyter", "labconfig", "page_config.json")
    if not holds(environment.read_json(page), json.loads(PAGE_CONFIG)):  # JupyterLab may have written more in it
        write_if_changed(page, PAGE_CONFIG)
    with open(os.path.join(ROOT, CONFIG)) as handle:
        write_if_changed(os.path.join(VENV, "etc", "jupyter", CONFIG), handle.read())


def set_up(edition, command):
    if up_to_date(read_stamp(), edition):
        try:
            place_own_files()
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            say("(This installation cannot be written, and its settings are older than the course. It works;")
            say(" ask its owner to run `{}` once.)".format(checks.how_to_run("lab")))
        return
    for problem in (checks.folder_problem(ROOT), checks.venv_problem(), checks.depth_problem(ROOT)):
        if problem:
            raise Stop(problem)
    with OneAtATime():
        stamp = read_stamp()
        if not up_to_date(stamp, edition):  # else the other set-up has done our work
            change(stamp, edition)
    place_own_files()


def room_problem(edition, there):
    """Both places need room, and a folder that is about to be replaced is room; `there`: the edition that is kept."""
    freed = 0 if there else checks.size_of(VENV)
    return checks.disk_problem(ROOT, checks.need_mb(edition, there), freed=freed) or checks.disk_problem(
        tempfile.gettempdir(), checks.FREE_TMP_MB
    )


def change(stamp, edition):
    begin, lock, reason = time.time(), LOCKS[edition], distrust(stamp)
    there = None if reason else "test" if "test" in stamp["locks"] else "lab"
    problem = room_problem(edition, there)
    if problem:
        raise Stop(problem)
    gone = None if reason else missing(stamp)
    if gone:
        say("[1/3] Mending the environment in .venv: {} has gone".format(gone))
    elif not reason:
        say("[1/3] Using the environment in .venv")
    else:
        stamp = fresh_environment(reason)
    say("[2/3] Installing the packages pinned in {} (first time: a minute or more)".format(lock))
    code, output = install(lock, again=bool(gone))
    if gone and code and checks.pip_problem(output) == "unknown":  # too far gone for pip itself
        stamp = fresh_environment("it cannot be mended")
        code, output = install(lock)
    if code:
        outside = beside(lock) and checks.pip_problem(output) == "no package"
        raise Stop(checks.pip_sentence(output, lock, "not in the kit" if outside else None))
    say("[3/3] Preparing the charts for use without a network")
    place_own_files()
    prove(edition)
    warm_up()
    locks = dict(stamp["locks"])
    locks[edition] = digest(lock)
    if edition == "test":
        locks["lab"] = digest(LOCKS["lab"])
    write_stamp(dict(stamp, locks=locks))
    say("Ready in {:.0f} s.".format(time.time() - begin))


def fresh_environment(reason):
    say("[1/3] Making an environment with Python {} in .venv".format(platform.python_version()))
    if os.path.lexists(VENV):
        say("      (replacing the .venv that is there: {})".format(reason))
    make_venv()
    return dict(base_facts(), locks={})


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


def typed(extra):
    """The settings that the reader's own words name: JupyterLab takes no word twice."""
    names = set(word.lstrip("-").split("=")[0].split(".")[-1].replace("-", "_") for word in extra if word[:1] == "-")
    for word, name in (("notebook_dir", "root_dir"), ("debug", "log_level"), ("y", "answer_yes")):
        if word in names:
            names.add(name)
    if "ip" in names or "sock" in names:  # who opens the server knowingly may be asked from outside
        names.update(["ip", "sock", "allow_remote_access"])
    if any("token" in name or "password" in name for name in names):
        names.add("identity_provider_class")
    return names


def lab_arguments(extra=()):
    """JupyterLab's words. What the reader types replaces them, and is then meant."""
    # default_url, not a file name: so the printed address leads to the notebook too
    arguments = ["--LabApp.default_url=/lab/tree/" + FIRST_NOTEBOOK]
    # ERROR: the address, which Jupyter prints at a higher level, stays the last thing on the screen
    # (pinned JupyterLab warns about its own websocket settings). answer_yes: one Ctrl-C ends it
    # (under make, a question cannot be answered).
    arguments += ["--ServerApp.root_dir=" + ROOT, "--ServerApp.answer_yes=True", "--Application.log_level=ERROR"]
    # Whatever settings files say, this server listens to this machine only, and asks for its token.
    arguments += ["--ServerApp.ip=127.0.0.1", "--ServerApp.allow_remote_access=False", "--ServerApp.sock="]
    arguments += ["--ServerApp.allow_origin=", "--ServerApp.allow_origin_pat=", "--ServerApp.disable_check_xsrf=False"]
    arguments += ["--ServerApp.identity_provider_class=setup_token.NewToken"]
    names = typed(extra)
    arguments = [word for word in arguments if word.split("=")[0].split(".")[-1] not in names]
    if hasattr(os, "getuid") and os.getuid() == 0 and "allow_root" not in names:
        arguments.append("--allow-root")
    if headless() and "no_browser" not in names:
        arguments.append("--no-browser")
    return arguments


def own_environment():
    """The variables of the program that runs in the end, with folders of its own to write in."""
    problem = environment.home_problem()
    own = environment.own_folder(VENV)
    if problem:
        say("Note: {}. What JupyterLab remembers is kept in {}.".format(problem, own))
    env = environment.child_environment(VENV)
    env.update(environment.own_places(own, os.environ, not problem))
    return env


def narrowed(words):
    """True when the words after `test` choose tests: then those that need a browser look for it."""
    choosing = ("-k", "-m", "--ignore", "--deselect", "--lf", "--last-failed", "--co", "--collect-only", "-h", "--help")
    return any(
        word.startswith(choosing) or (word[:1] != "-" and os.path.exists(os.path.join(ROOT, word.split("::")[0])))
        for word in words
    )


def prepare_browser(env):
    """Before the long run: find a browser or get one, else end. Returns the variable that names it."""
    work = subprocess.Popen(
        [VENV_PYTHON, "-m", "tests.find_browser", "--get"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        universal_newlines=True,
    )
    found = work.communicate()[0].strip()
    if work.returncode:
        raise Stop(found or "Looking for a browser failed (the lines above say why).")
    return dict(env, COURSE_BROWSER=found.splitlines()[-1])


def keep_wheels(command):
    """Fetch what a command needs as files; the sentence of a failure, or None."""
    pip = environment.pip_environment(VENV)
    for name in KEEPS[command]:
        path = os.path.join("helpers", "course", "lite", name)
        output = wheels.fetch(VENV_PYTHON, lambda words: run_and_keep(words, pip), path, WHEELS)
        if output is not None:
            return checks.pip_sentence(output, path)
    return None


def run(arguments, env):
    """Hand over to the environment's Python; returns only on Windows."""
    argv = [VENV_PYTHON] + arguments
    os.chdir(ROOT)
    if not WINDOWS:
        os.execve(VENV_PYTHON, argv, env)
    work = subprocess.Popen(argv, env=env)
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
    problem = checks.python_problem(sys.version_info, command)
    if problem:
        raise Stop(problem)
    edition, arguments = COMMANDS[command]
    set_up(edition, command)
    fetches = {"lite": True, "kit": "--pyodide" in " ".join(extra), "test": not narrowed(extra)}
    if fetches.get(command):
        problem = keep_wheels(command)
        if problem and command != "test":
            raise Stop(problem)
        if problem:
            say(problem + "\n(The tests of the browser edition will fail for that; all others run.)")
    env = own_environment()
    if command == "test" and not narrowed(extra):
        env = prepare_browser(env)
    if command == "test-quick" and narrowed(extra):
        arguments = PYTEST + QUICK
    if command == "lab":
        arguments = arguments + lab_arguments(extra)
        say(
            "Opening JupyterLab. {}Ctrl-C ends it.".format(
                "Open the address below in a browser. "
                if headless()
                else "If no browser opens, use the address below. "
            )
        )
    return run(arguments + extra, env)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.stdout.flush()
        print("\n{}".format(stop), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print("\n{}".format(checks.os_error_sentence(error)), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped. The same command starts again.", file=sys.stderr)
        sys.exit(130)
