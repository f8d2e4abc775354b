"""With a real pip: a reader's settings that move packages, and a mirror that refuses."""

from __future__ import annotations

import base64
import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
import venv
import zipfile
from pathlib import Path

import packaging
import pytest

import setup_checks as checks
import setup_environment as environment
from tests.setup.common import load_bootstrap


def wheel(folder, name="toy", version="1.0"):
    """The smallest package there is; returns its pin with its hash."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "x = 1\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    for path, text in files.items():
        mark = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={mark},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for where, text in files.items():
            archive.writestr(where, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An environment with its pip, made once."""
    folder = tmp_path_factory.mktemp("made")
    base = getattr(sys, "_base_executable", sys.executable)
    env = environment.child_environment(str(folder / ".venv"))
    subprocess.run([base, "-m", "venv", folder / ".venv"], check=True, env=env, capture_output=True)
    here = Path(packaging.__file__).parent  # the proof reads the lock with it
    shutil.copytree(here, Path(environment.site_packages(str(folder / ".venv"))) / "packaging")
    return folder


@pytest.fixture
def place(made, monkeypatch):
    """bootstrap with this environment and an empty one's stamp."""
    bootstrap = load_bootstrap()
    inside = str(made / ".venv")
    for name, value in {
        "ROOT": str(made),
        "VENV": inside,
        "STAMP": os.path.join(inside, "stamp.json"),
        "PIP_LOG": os.path.join(inside, "pip.log"),
        "VENV_PYTHON": environment.venv_python(inside),
    }.items():
        monkeypatch.setattr(bootstrap, name, value)
    monkeypatch.setattr(bootstrap, "MODULES", {"lab": ["toy"]})
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    bootstrap.folder = made
    yield bootstrap
    for left in Path(environment.site_packages(inside)).glob("toy*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


MOVING = {"target": "{0}", "prefix": "{0}", "root": "{0}", "dry-run": "1", "user": "1", "python": "{1}", "quiet": "3"}


@pytest.mark.parametrize("by", ["file", "variable"])
def test_packages_land_in_the_environment_whatever_the_readers_settings_say(place, tmp_path, monkeypatch, by):
    """All at once: any one of them that reached pip would move the package, or stop pip."""
    packages = tmp_path / "packages"
    packages.mkdir()
    (place.folder / "requirements.lock").write_text(wheel(packages))
    lines = ["[global]", f"find-links = {packages}", "no-index = true"]
    for name, value in MOVING.items():
        value = value.format(tmp_path / "elsewhere", sys.executable)
        if by == "file":
            lines.append(f"{name} = {value}")
        else:
            monkeypatch.setenv("PIP_" + name.upper().replace("-", "_"), value)
    (tmp_path / "pip.conf").write_text("\n".join(lines) + "\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    code, output = place.install("requirements.lock")
    assert code == 0, output
    assert (Path(environment.site_packages(place.VENV)) / "toy.py").exists()
    assert not (tmp_path / "elsewhere").exists()
    place.prove("lab")


def test_the_wheels_of_a_course_kit_are_taken_and_no_registry_is_asked(place, monkeypatch):
    """The registry and the proxy lead nowhere; a wheel of another hash is refused, and one that is missing is told at once."""
    kit = place.folder / "wheels"
    kit.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for name in ("PIP_INDEX_URL", "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/simple")
    try:
        pin = wheel(kit)
        for lock, said in ((pin.replace("toy==1.0", "tin==1.0"), "no package"), (pin[:-9] + "00000000\n", "hash")):
            (place.folder / "requirements.lock").write_text(lock)
            code, output = place.install("requirements.lock")
            assert code and checks.pip_problem(output) == said, output
        (place.folder / "requirements.lock").write_text(pin)
        code, output = place.install("requirements.lock")
        assert code == 0, output
        place.prove("lab")
    finally:
        shutil.rmtree(kit)


@pytest.mark.parametrize(("answer", "kind"), [(403, "refused"), (404, "no package")])
def test_a_mirror_that_refuses_is_not_one_that_has_nothing(place, monkeypatch, answer, kind):
    class Mirror(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(answer)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
    (place.folder / "requirements.lock").write_text("altair==6.3.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    try:
        code, output = place.install("requirements.lock")
    finally:
        server.shutdown()
        server.server_close()
    assert code and checks.pip_problem(output) == kind, output
    assert (str(answer) in checks.pip_sentence(output, "requirements.lock")) is (kind == "refused")


def test_an_environment_without_pip_is_made_again_to_mend_it(place, tmp_path):
    """`python -m pip` fails in a way that is neither network nor disk."""
    empty = tmp_path / "empty"
    venv.create(empty, symlinks=os.name != "nt")
    done = subprocess.run([environment.venv_python(str(empty)), "-m", "pip"], capture_output=True, text=True)
    assert done.returncode and checks.pip_problem(done.stdout + done.stderr) == "unknown"
