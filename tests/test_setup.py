"""The set-up: pins that agree, a lock that is complete, Binder's image, and plain words when it fails."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections import namedtuple
from importlib import util
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
# In environment.yml beside the course's own pins, with the reason in that file.
CONDA_ONLY = {"python", "pip", "setuptools", "notebook"}
GIBIBYTE = 2**30


def load_bootstrap():
    """A fresh copy of bootstrap.py as a module, for a test to change."""
    spec = util.spec_from_file_location("bootstrap_under_test", ROOT / "bootstrap.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bootstrap():
    return load_bootstrap()


# --- pins ---------------------------------------------------------------------------------------


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


def direct_pins():
    project = pyproject()["project"]
    return pins(project["dependencies"]), pins(project["optional-dependencies"]["test"])


def read_lock(name):
    """{name: [(version, number of hashes), ...]} of a compiled lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, int]]] = {}
    for block in re.split(r"\n(?=\S)", text):
        match = re.match(r"([a-z0-9-]+)==([^\s;]+)(?: ; .+?)? \\\n", block)
        assert match, f"{name}: not a pinned requirement: {block.splitlines()[0]}"
        hashes = re.findall(r"^ {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$", block, re.MULTILINE)
        found.setdefault(match[1], []).append((match[2], len(hashes)))
    return found


def environment():
    """environment.yml as ({conda pins}, {pip pins}, whole)."""
    whole = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [line for line in whole["dependencies"] if isinstance(line, str)]
    (pip,) = [line["pip"] for line in whole["dependencies"] if isinstance(line, dict)]
    conda = dict(line.split("=") if "=" in line else (line, None) for line in conda)
    return conda, pins(pip), whole


@pytest.mark.parametrize("name", LOCKS)
def test_lock_is_complete_hashed_and_without_addresses(name):
    lock = read_lock(name)
    assert len(lock) > 100
    assert [package for package, versions in lock.items() for _, count in versions if not count] == []
    text = (ROOT / name).read_text(encoding="utf-8")
    for word in ("://", "--index-url", "--extra-index", "--find-links", "--trusted-host", "file:", "@ "):
        assert word not in text, f"{name} holds {word!r}"


def test_pyproject_and_locks_agree():
    course, test = direct_pins()
    lab_lock, test_lock = (read_lock(name) for name in LOCKS)
    for package, version in course.items():
        assert [v for v, _ in lab_lock[package]] == [version], package
    for package, version in {**course, **test}.items():
        assert [v for v, _ in test_lock[package]] == [version], package


def test_test_lock_holds_all_of_the_course_lock():
    lab_lock, test_lock = (read_lock(name) for name in LOCKS)
    different = {name for name in lab_lock if test_lock.get(name) != lab_lock[name]}
    assert not different, f"`make lab` after `make test` would not get what its lock says: {different}"


def test_environment_yml_has_the_same_versions():
    course, _ = direct_pins()
    conda, pip, whole = environment()
    both = {**conda, **pip}
    assert {name: both.get(name) for name in course} == course
    assert set(both) - set(course) == CONDA_ONLY
    assert not set(conda) & set(pip), "twice"
    assert whole["channels"] == ["conda-forge"]
    assert pyproject()["build-system"]["requires"] == ["setuptools==" + conda["setuptools"]]


def test_python_versions_agree(bootstrap):
    conda, _, _ = environment()
    assert re.fullmatch(r"3\.\d+", conda["python"])
    chosen = tuple(int(part) for part in conda["python"].split("."))
    assert bootstrap.OLDEST <= chosen <= bootstrap.NEWEST
    assert pyproject()["project"]["requires-python"] == ">={}.{}".format(*bootstrap.OLDEST)
    assert bootstrap.OLDEST <= sys.version_info[:2] <= bootstrap.NEWEST


def test_version_is_written_the_same_twice():
    import helpers

    assert helpers.__version__ == pyproject()["project"]["version"]


# --- Binder -------------------------------------------------------------------------------------


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


@pytest.fixture
def clone(tmp_path, monkeypatch):
    names = checkout(tmp_path)
    assert "environment.yml" in names and "bootstrap.py" in names
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build_pack():
    """The build pack that repo2docker takes for the current folder, and its Dockerfile."""
    from repo2docker.app import Repo2Docker

    app = Repo2Docker()
    for kind in app.buildpacks:
        pack = kind(app.base_image)
        if pack.detect():
            pack.platform = "linux/amd64"
            return pack, pack.render({})
    raise AssertionError("no build pack for this folder")


def copied_before_environment(dockerfile):
    """Repository files that Docker copies before it builds the conda environment."""
    before = dockerfile[: dockerfile.index(" env update -p ")]
    return re.findall(r"^COPY .* src/(\S*) \$\{REPO_DIR\}", before, re.MULTILINE)


def test_binder_builds_the_conda_environment_then_runs_postbuild(clone):
    from repo2docker.buildpacks import CondaBuildPack

    pack, dockerfile = build_pack()
    assert type(pack) is CondaBuildPack
    assert pack.python_version == environment()[0]["python"]
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in dockerfile
    assert "RUN ./postBuild\n" in dockerfile
    assert dockerfile.index(" env update -p ") < dockerfile.index("RUN ./postBuild\n")


def test_editing_a_notebook_does_not_rebuild_binders_environment(clone):
    _, dockerfile = build_pack()
    assert copied_before_environment(dockerfile) == ["environment.yml"]


def test_a_local_path_in_environment_yml_would_be_seen(clone):
    path = clone / "environment.yml"
    path.write_text(path.read_text(encoding="utf-8") + "      - -e .\n", encoding="utf-8")
    _, dockerfile = build_pack()
    assert copied_before_environment(dockerfile) != ["environment.yml"]


def test_a_lock_made_for_uv_is_not_part_of_the_course(tmp_path):
    assert not [name for name in checkout(tmp_path) if Path(name).name == "uv.lock"]


@pytest.mark.skipif(os.name == "nt", reason="postBuild is for Binder and Unix shells")
def test_postbuild_installs_the_package_and_fetches_nothing(tmp_path):
    assert os.access(ROOT / "postBuild", os.X_OK)
    prefix, log = tmp_path / "prefix", tmp_path / "log"
    fake = tmp_path / "bin" / "python"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nif [ "$1" = -c ]; then echo "{prefix}"; else echo "$@" >> "{log}"; fi\n')
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([ROOT / "postBuild"], cwd=tmp_path, env={**os.environ, "PATH": path}, check=True)
    pip, charts = log.read_text().splitlines()
    assert pip.startswith("-m pip install ") and pip.endswith(" .")
    assert {"--no-deps", "--no-build-isolation", "--editable"} <= set(pip.split())
    assert charts == "-m helpers.show.script"
    placed = prefix / "etc" / "jupyter" / "jupyter_server_config.py"
    assert placed.read_bytes() == (ROOT / "jupyter_server_config.py").read_bytes()


# --- bootstrap.py: what it says -------------------------------------------------------------------


def test_bootstrap_is_plain_enough_for_old_pythons():
    tree = ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Nonlocal, ast.Starred)
    found = [
        f"line {node.lineno}: {type(node).__name__}"
        for node in ast.walk(tree)
        if isinstance(node, newer) and not isinstance(getattr(node, "ctx", None), ast.Load)
    ]
    assert not found
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules <= set(sys.stdlib_module_names)


def test_old_python_is_told_what_to_do(bootstrap):
    text = bootstrap.python_problem((3, 8, 18), "test", works=lambda name: name == "python3.12")
    assert "3.8.18" in text and "Python 3.11 to" in text
    assert "make test PYTHON=python3.12" in text and "apt" not in text
    text = bootstrap.python_problem((3, 8, 18), works=lambda name: False)
    assert "sudo apt install" in text and "brew install" in text and "make lab PYTHON=python3.12" in text
    assert bootstrap.python_problem((3, 11, 2)) is None
    assert bootstrap.python_problem((3, 14, 0)) is None
    assert "3.15.0" in bootstrap.python_problem((3, 15, 0), works=lambda name: False)


def test_old_python_ends_with_an_error_before_anything_is_made(tmp_path):
    shutil.copy(ROOT / "bootstrap.py", tmp_path)
    code = (
        "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); "
        "sys.argv = ['bootstrap.py', 'lab']; runpy.run_path('bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "3.8.18" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


Usage = namedtuple("Usage", "total used free")


def test_full_disk_is_seen_before_the_set_up(bootstrap):
    text = bootstrap.disk_problem(usage=lambda folder: Usage(GIBIBYTE, 0, 200 * 10**6))
    assert "Not enough disk space" in text and "200 MB are free" in text
    assert f"{bootstrap.FREE_MB} MB" in text
    assert bootstrap.disk_problem(usage=lambda folder: Usage(9 * GIBIBYTE, 0, 2 * GIBIBYTE)) is None


def test_missing_ensurepip_names_debians_package(bootstrap):
    text = bootstrap.venv_problem((3, 11, 2), missing=["ensurepip"])
    assert "sudo apt install python3-venv" in text and "python3.11-venv" in text
    assert bootstrap.venv_problem(missing=[]) is None


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
    "unknown": "Traceback (most recent call last):\nZeroDivisionError: division by zero\n",
}
ADVICE = {
    "network": "PIP_INDEX_URL",
    "insecure": "https",
    "certificate": "PIP_CERT",
    "disk": "Free some space",
    "hash": "anyio==4.16.0",
    "no package": "pywin32==312",
    "unknown": "ZeroDivisionError",
}


@pytest.mark.parametrize("kind", PIP_OUTPUT)
def test_pips_failures_become_advice(bootstrap, kind):
    assert bootstrap.pip_problem(PIP_OUTPUT[kind]) == kind
    text = bootstrap.pip_sentence(PIP_OUTPUT[kind], "requirements.lock")
    assert ADVICE[kind] in text
    assert "://" not in text and "{" not in text


def test_unreachable_registry_as_this_pip_tells_it(bootstrap, tmp_path):
    pip = [sys.executable, "-m", "pip", "--isolated", "download", "--no-deps", "--retries", "1"]
    closed = ["--index-url", "http://127.0.0.1:9/simple", "--dest", str(tmp_path), "altair==6.3.0"]
    done = subprocess.run(pip + closed, capture_output=True, text=True, env=bootstrap.child_environment())
    assert done.returncode != 0
    assert bootstrap.pip_problem(done.stdout + done.stderr) == "network"


# --- bootstrap.py: what it does -------------------------------------------------------------------


@pytest.fixture
def workplace(bootstrap, tmp_path, monkeypatch):
    """bootstrap in an empty folder, with its slow steps replaced by a list of what was called."""
    for name in LOCKS:
        shutil.copy(ROOT / name, tmp_path)
    shutil.copy(ROOT / "jupyter_server_config.py", tmp_path)
    inside = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(inside))
    monkeypatch.setattr(bootstrap, "STAMP", str(inside / "stamp.json"))
    monkeypatch.setattr(bootstrap, "PIP_LOG", str(inside / "pip.log"))
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", str(inside / "python"))
    calls: list[str] = []

    def make_venv():
        shutil.rmtree(inside, ignore_errors=True)
        inside.mkdir()
        (inside / "python").touch()
        calls.append("venv")

    def install(lock):
        calls.append(lock)
        return bootstrap.pip_answer

    bootstrap.pip_answer = (0, "")
    monkeypatch.setattr(bootstrap, "make_venv", make_venv)
    real_install = bootstrap.install
    monkeypatch.setattr(bootstrap, "install", install)
    bootstrap.calls, bootstrap.real_install, bootstrap.folder = calls, real_install, tmp_path
    return bootstrap


def set_up(workplace, edition):
    workplace.calls.clear()
    workplace.set_up(edition, edition)
    return list(workplace.calls)


def test_second_time_does_nothing(workplace):
    assert set_up(workplace, "lab") == ["venv", "requirements.lock"]
    assert set_up(workplace, "lab") == []


def test_test_after_lab_only_adds_and_lab_after_test_needs_nothing(workplace):
    set_up(workplace, "lab")
    assert set_up(workplace, "test") == ["requirements-test.lock"]
    assert set_up(workplace, "lab") == []
    assert set_up(workplace, "test") == []


def test_lab_after_test_alone_needs_nothing(workplace):
    assert set_up(workplace, "test") == ["venv", "requirements-test.lock"]
    assert set_up(workplace, "lab") == []


def test_changed_lock_is_installed(workplace):
    set_up(workplace, "lab")
    with open(workplace.folder / "requirements.lock", "a") as handle:
        handle.write("# changed\n")
    assert set_up(workplace, "lab") == ["requirements.lock"]


@pytest.mark.parametrize("damage", ["no stamp", "half a stamp", "no python", "other python", "moved"])
def test_environment_that_cannot_be_trusted_is_made_again(workplace, damage):
    set_up(workplace, "lab")
    stamp = Path(workplace.STAMP)
    facts = json.loads(stamp.read_text())
    if damage == "no stamp":
        stamp.unlink()
    elif damage == "half a stamp":
        stamp.write_text(stamp.read_text()[:20])
    elif damage == "no python":
        Path(workplace.VENV_PYTHON).unlink()
    elif damage == "other python":
        stamp.write_text(json.dumps({**facts, "python": "3.10"}))
    else:
        moved = workplace.folder / "moved"
        shutil.copytree(workplace.VENV, moved / ".venv")
        for name in ("VENV", "STAMP", "PIP_LOG", "VENV_PYTHON"):
            setattr(workplace, name, getattr(workplace, name).replace(str(workplace.folder), str(moved)))
        assert workplace.read_stamp() == facts
        assert not workplace.usable(facts)
        return
    assert set_up(workplace, "lab") == ["venv", "requirements.lock"]


def test_failed_set_up_is_done_again(workplace):
    workplace.pip_answer = (1, PIP_OUTPUT["network"])
    with pytest.raises(workplace.Stop, match="PIP_INDEX_URL"):
        set_up(workplace, "lab")
    workplace.pip_answer = (0, "")
    assert set_up(workplace, "lab") == ["venv", "requirements.lock"]


def test_no_network_for_the_tests_leaves_the_course_working(workplace):
    set_up(workplace, "lab")
    workplace.pip_answer = (1, PIP_OUTPUT["network"])
    with pytest.raises(workplace.Stop):
        set_up(workplace, "test")
    assert set_up(workplace, "lab") == []


@pytest.mark.parametrize("begun", [False, True])
def test_stamp_goes_when_pip_begins_to_change_things(workplace, begun):
    """A pretended pip that fails: in its first phase it has changed nothing yet."""
    set_up(workplace, "lab")
    (workplace.folder / "pip").mkdir()
    (workplace.folder / "pip" / "__init__.py").touch()
    (workplace.folder / "pip" / "__main__.py").write_text(
        "print('Collecting altair')\n"
        + "print('Installing collected packages: altair')\n" * begun
        + "raise SystemExit(1)\n"
    )
    workplace.VENV_PYTHON = sys.executable
    code, output = workplace.real_install("requirements.lock")
    assert (code, "Collecting altair" in output) == (1, True)
    assert Path(workplace.STAMP).exists() is not begun


def test_full_disk_stops_before_the_first_file(workplace, monkeypatch):
    monkeypatch.setattr(workplace.shutil, "disk_usage", lambda folder: Usage(GIBIBYTE, 0, 10**6))
    with pytest.raises(workplace.Stop, match="Not enough disk space"):
        set_up(workplace, "lab")
    assert workplace.calls == [] and not Path(workplace.VENV).exists()


def test_own_files_make_helpers_importable_and_set_jupyter(workplace):
    set_up(workplace, "lab")
    (link,) = Path(workplace.VENV).rglob("chips_and_sanctions.pth")
    line = link.read_text().rstrip("\n")
    assert not os.path.isabs(line)
    assert (link.parent / line).resolve() == workplace.folder.resolve()
    config = Path(workplace.VENV) / "etc" / "jupyter" / "jupyter_server_config.py"
    assert config.read_bytes() == (ROOT / "jupyter_server_config.py").read_bytes()
    page = json.loads((Path(workplace.VENV) / "etc" / "jupyter" / "labconfig" / "page_config.json").read_text())
    assert page == {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}


def test_helpers_import_from_any_folder(tmp_path, bootstrap):
    code = "import helpers; print(helpers.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=bootstrap.child_environment(),
        check=True,
    )
    assert Path(done.stdout.strip()) == ROOT / "helpers" / "__init__.py"


def test_nothing_from_outside_reaches_the_environment(bootstrap, monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PYTHONDONTWRITEBYTECODE"} & set(
        bootstrap.child_environment()
    )


@pytest.mark.parametrize(
    "env, system, expected",
    [
        ({}, "Linux", True),
        ({"DISPLAY": ":0"}, "Linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "Linux", False),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a"}, "Linux", True),
        ({"SSH_TTY": "a"}, "Darwin", True),
        ({}, "Darwin", False),
        ({}, "Windows", False),
        ({"BROWSER": "lynx"}, "Linux", False),
    ],
)
def test_browser_is_opened_only_where_there_is_one(bootstrap, env, system, expected):
    assert bootstrap.headless(env, system) is expected


def test_unknown_command_prints_the_help(tmp_path):
    done = subprocess.run([sys.executable, ROOT / "bootstrap.py", "lba"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and "bootstrap.py lab" in done.stdout


@pytest.mark.skipif(not shutil.which("make"), reason="Windows has no make; README gives its own lines")
def test_make_passes_each_command_on(bootstrap):
    for target in [*bootstrap.COMMANDS, "clean"]:
        shown = subprocess.run(
            ["make", "-n", target, "PYTHON=py", "ARGS=--port 1"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert f'"py" bootstrap.py {target} --port 1' in shown
    shown = subprocess.run(["make", "-n", "lock"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"--output-file {name}" in shown for name in LOCKS)


@pytest.mark.skipif(not shutil.which("bash"), reason="continuous integration runs on Debian")
def test_ci_script_installs_the_browser_and_runs_the_tests(tmp_path):
    """With a pretended system that lacks everything: what would be installed, then `make test`."""
    log = tmp_path / "log"
    for name in ("apt-get", "make", "sudo"):
        body = f'echo "{name} $@" >> "{log}"\n' + ('"$@"\n' if name == "sudo" else "")
        (tmp_path / name).write_text("#!/bin/sh\n" + body)
        (tmp_path / name).chmod(0o755)
    for name in ("bash", "sh", "dirname", "env", "grep"):
        os.symlink(shutil.which(name), tmp_path / name)
    subprocess.run([ROOT / ".ci" / "run"], env={"PATH": str(tmp_path)}, check=True)
    ran = [line.removeprefix("sudo ") for line in log.read_text().splitlines() if not line.startswith("sudo ")]
    assert ran[0] == "apt-get update"
    assert {"chromium", "chromium-driver", "fonts-dejavu"} <= set(ran[1].split())
    assert ran[2:] == ["make test"]


# --- the server that `make lab` starts --------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab with the words and settings of `make lab`, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    bootstrap = load_bootstrap()
    shutil.copy(ROOT / "jupyter_server_config.py", home)
    environ = {
        **bootstrap.child_environment(),
        "HOME": str(home),
        "JUPYTER_CONFIG_PATH": str(home),
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("CONFIG", "DATA", "RUNTIME"):
        environ[f"JUPYTER_{name}_DIR"] = str(home / name.lower())
    environ["IPYTHONDIR"] = str(home / "ipython")
    arguments = [*bootstrap.COMMANDS["lab"][1], *bootstrap.lab_arguments(), "--no-browser", "--port=0"]
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said = []
    limit = threading.Timer(60, process.kill)  # no address: the loop below ends, and fails
    limit.start()
    try:
        for line in process.stdout:
            said.append(line)
            if match := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)", line):
                break
        else:
            raise AssertionError("no address with a token printed:\n" + "".join(said))
        limit.cancel()
        # Jupyter prints the address just before it listens.
        host, port = match[1].removeprefix("http://").split(":")
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex((host, int(port))) == 0:
                    break
            time.sleep(0.1)
        yield (*match.groups(), said)
    finally:
        limit.cancel()
        process.terminate()
        process.communicate(timeout=20)


def ask(base, path, token=None, data=None):
    from urllib.request import Request, urlopen

    headers = {"Authorization": f"token {token}"} if token else {}
    with urlopen(Request(base + path, data=data, headers=headers), timeout=20) as answer:
        return answer.read().decode("utf-8")


def test_server_prints_the_way_to_the_first_notebook_and_little_else(server):
    _, path, _, said = server
    assert path == "/lab/tree/notebooks/00_start_here.ipynb"
    assert (ROOT / "notebooks" / "00_start_here.ipynb").exists()
    assert len(said) < 12, "".join(said)


def test_server_keeps_its_token(server):
    from urllib.error import HTTPError

    base, _, token, _ = server
    with pytest.raises(HTTPError, match="403"):
        ask(base, "/api/contents")
    assert "bootstrap.py" in ask(base, "/api/contents", token)


def test_server_asks_the_network_for_nothing(server):
    base, path, token, _ = server
    page = ask(base, path, token)
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>\s*(\{.*?\})\s*</script>', page, re.DOTALL)[1])
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["name"] == "read-only"
    assert json.loads(ask(base, "/lab/api/update", token)) == {"notification": None}


def test_server_compresses_and_answers_at_once(server):
    """Without the course's settings the fastest of these answers takes 40 ms (see the settings file)."""
    import asyncio
    import time

    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    base, _, token, _ = server
    kernel = json.loads(ask(base, "/api/kernels", token, b'{"name": "python3"}'))["id"]
    address = f"{base.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels"

    async def talk():
        request = HTTPRequest(address, headers={"Authorization": f"token {token}"})
        socket = await websocket_connect(request, compression_options={})
        times = []
        for number in range(25):
            header = {
                "msg_id": str(number),
                "msg_type": "execute_request",
                "username": "",
                "session": "s",
                "version": "5.3",
            }
            start = time.perf_counter()
            await socket.write_message(
                json.dumps(
                    {
                        "channel": "shell",
                        "header": header,
                        "parent_header": {},
                        "metadata": {},
                        "content": {"code": "1", "silent": False},
                    }
                )
            )
            left = {"execute_result", "execute_reply"}
            while left:
                message = json.loads(await asyncio.wait_for(socket.read_message(), 20))
                if message["parent_header"].get("msg_id") == str(number):
                    left.discard(message["msg_type"])
            times.append(time.perf_counter() - start)
        extensions = socket.headers.get("Sec-WebSocket-Extensions", "")
        socket.close()
        return extensions, times[5:]

    extensions, times = asyncio.run(talk())
    assert "permessage-deflate" in extensions
    assert min(times) < 0.030, f"fastest answer {min(times) * 1000:.0f} ms"
