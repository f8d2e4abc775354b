"""A real JupyterHub on this machine, for its test and the benchmark: learners log in and follow the book's link.

The spawner is JupyterHub's own for trials: every learner is a process of yours, not an account of the machine.
Its proxy is in ``tests/proxy.py``. JupyterHub does not run on Windows.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psutil
import requests

from helpers.course import authoring
from tests.learner import Move
from tests.proxy import PATIENCE_S

ROOT = authoring.ROOT
NOTEBOOK = "10_timeline"
# 50% of 20% of months; at its start the slider stands at 40.
MOVE = Move("US key: chance of a yes", 50, "Both say yes in 10% of months")

CONFIG = """
import os, sys
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.db_url = "sqlite:///{home}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{home}/cookie"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "{password}"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{home}/of/{{username}}"
c.Spawner.start_timeout = c.Spawner.http_timeout = {patience}
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"] if os.getuid() == 0 else []
c.Spawner.environment = {{"JUPYTER_CONFIG_PATH": "{home}/settings", "PYTHONPATH": {path!r}}}
c.JupyterHub.concurrent_spawn_limit = 100
c.ConfigurableHTTPProxy.command = [sys.executable, "-m", "tests.proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.pid_file = "{home}/proxy.pid"
c.JupyterHub.load_roles = [{{"name": "user", "scopes": ["self"]}}]
"""


@dataclass(frozen=True)
class Hub:
    """A hub that answers: where, everybody's password, and the folder that holds all it writes."""

    address: str
    password: str
    home: Path

    def processes(self) -> list[psutil.Process]:
        """The hub, its proxy, the learners' servers and kernels: whatever works in its folder."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.cwd().startswith(str(self.home)):
                    found.append(process)
        return found

    @staticmethod
    def left(processes: list[psutil.Process], seconds: float = 10) -> list[psutil.Process]:
        """Those that still work; one that has ended may keep its number until whoever adopted it looks."""
        left = []
        for process in psutil.wait_procs(processes, 0)[1]:
            end = time.monotonic() + seconds
            with contextlib.suppress(psutil.NoSuchProcess):
                while process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
                    time.sleep(0.1)
                if process.status() != psutil.STATUS_ZOMBIE:
                    left.append(process)
        return left


def _free(number: int) -> list[int]:
    """Ports that nobody listens on, from the system."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@contextlib.contextmanager
def hub() -> Iterator[Hub]:
    """A hub with the course's settings, its learners' folders inside its own; nothing of it is left at the end."""
    port, inside, api = _free(3)
    home = Path(tempfile.mkdtemp(prefix="hub-")).resolve()
    made = Hub(f"http://127.0.0.1:{port}", secrets.token_hex(16), home)
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
    config = CONFIG.format(
        port=port, hub=inside, api=api, home=home, password=made.password, path=path, patience=PATIENCE_S
    )
    (home / "config.py").write_text(config, encoding="utf-8")
    (home / "settings").mkdir()
    shutil.copy(ROOT / "jupyter_server_config.py", home / "settings")
    command = [sys.executable, "-m", "jupyterhub", f"--config={home}/config.py"]
    with (home / "said").open("w") as out:
        process = subprocess.Popen(command, cwd=home, env={**os.environ, "PYTHONPATH": path}, stdout=out, stderr=out)
    try:
        end = time.monotonic() + PATIENCE_S
        while not _answers(made):
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError("The hub does not answer:\n" + (home / "said").read_text()[-3000:])
            time.sleep(0.1)
        yield made
    finally:
        process.terminate()  # it ends its proxy and its servers, and these their kernels
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(60)
        left = psutil.wait_procs(made.processes(), 20)[1]
        for one in left:
            one.kill()
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _answers(made: Hub) -> bool:
    """Whether the hub answers, through its proxy."""
    with _visitor() as me, contextlib.suppress(requests.ConnectionError):
        return me.get(f"{made.address}/hub/api", timeout=PATIENCE_S).ok
    return False


def _visitor() -> requests.Session:
    me = requests.Session()
    me.trust_env = False  # what the machine says of the way to the network is not for this machine
    return me


def course(home: Path) -> Path:
    """A repository with the course's notebooks, for the link to fetch."""
    where = home / "course"
    (where / "notebooks").mkdir(parents=True)
    for path in authoring.EDITIONS["learner"].glob("*.ipynb"):
        if re.match(r"\d\d_", path.name):
            shutil.copy(path, where / "notebooks")
    who = ["-c", "user.name=c", "-c", "user.email=c@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Course"]):
        subprocess.run(["git", *who, *words], cwd=where, check=True)
    return where


def log_in(where: Hub, name: str) -> requests.Session:
    """Fill in the hub's form, as a browser does; returns who is logged in."""
    me = _visitor()
    me.get(f"{where.address}/hub/login", timeout=PATIENCE_S)
    said = {"username": name, "password": where.password}
    login = f"{where.address}/hub/login"
    me.post(login, params=_form(me), data=said, timeout=PATIENCE_S).raise_for_status()
    return me


def _form(me: requests.Session) -> dict[str, str | None]:
    return {"_xsrf": me.cookies.get("_xsrf", path="/hub/")}


def follow(where: Hub, me: requests.Session, name: str, repository: Path) -> str:
    """Follow the book's link, wait for the server and the course; returns a token for the learner's server."""
    opens = f"lab/tree/{repository.name}/notebooks/{NOTEBOOK}.ipynb"
    words = urlencode({"repo": repository.as_uri(), "branch": "main", "urlpath": opens})
    link = f"{where.address}/hub/user-redirect/git-pull?{words}"
    me.get(link, timeout=PATIENCE_S)  # starts the server
    started = f"{where.address}/hub/api/users/{name}/server/progress"
    me.get(started, params=_form(me), timeout=PATIENCE_S)  # the hub's waiting page asks this; it ends with the start
    page = me.get(link, timeout=PATIENCE_S)
    if not page.ok or f"/user/{name}/git-pull" not in page.url:
        raise RuntimeError(f"{name} stands at {page.url}: {page.status_code}")
    pull = f"{where.address}/user/{name}/git-pull/api?{words}&targetpath={repository.name}"
    said = me.get(pull, timeout=PATIENCE_S).text
    if json.loads(said.strip().splitlines()[-1].removeprefix("data: "))["phase"] != "finished":
        raise RuntimeError(said[-500:])
    asks = {"params": _form(me), "headers": {"Referer": f"{where.address}/hub/home"}, "json": {}}
    made = me.post(f"{where.address}/hub/api/users/{name}/tokens", timeout=PATIENCE_S, **asks)
    made.raise_for_status()
    return made.json()["token"]
