"""A real JupyterHub on this machine: a crowd logs in, follows the book's link, runs a notebook, and moves a panel.

Not a part of ``make test`` or ``make bench``: it needs JupyterHub and its proxy, which the course does not install.

    python -m pip install jupyterhub==6.1.1
    npm install configurable-http-proxy@5.3.0
    PATH=$PWD/node_modules/.bin:$PATH python -m tests.bench.hub 5 20 40

The spawner is the one for trials: every learner is a process of yours, not an account of the machine.
"""

from __future__ import annotations

import asyncio
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
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psutil
import requests

from helpers.course import authoring
from tests.bench import learners

NOTEBOOK = "10_timeline"
# A panel answers a move: the reading of its second question, from a kernel that has run the notebook.
MOVE = (
    "from helpers.show.panel import find\n_p = find({title!r})\n_p.apply(list(_p.presets)[1]); assert _p.state.reading"
)

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
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"] if getattr(os, "getuid", lambda: 1)() == 0 else []
c.JupyterHub.concurrent_spawn_limit = 100
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.pid_file = "{home}/proxy.pid"
c.Spawner.environment = {{name: os.environ[name] for name in ("JUPYTER_CONFIG_PATH", "PYTHONPATH") if name in os.environ}}
c.JupyterHub.load_roles = [{{"name": "user", "scopes": ["self"]}}]
"""


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def hub() -> Iterator[tuple[str, str, Path]]:
    """A hub; yields its address, everybody's password, and its folder."""
    home, password, port = Path(tempfile.mkdtemp(prefix="hub-")), secrets.token_hex(16), _free()
    config = home / "config.py"
    config.write_text(CONFIG.format(port=port, hub=_free(), api=_free(), home=home, password=password))
    with (home / "said").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", f"--config={config}"], cwd=home, stdout=out, stderr=out
        )
    try:
        end = time.monotonic() + 90
        while True:
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(f"http://127.0.0.1:{port}/hub/api", timeout=5).ok:
                    break
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError("The hub does not answer:\n" + (home / "said").read_text()[-3000:])
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", password, home
    finally:
        family = [process, *psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(60)
        for one in family[1:]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        shutil.rmtree(home, ignore_errors=True)


def course(home: Path) -> Path:
    """A repository with the course's notebooks, for the link to fetch."""
    where = home / "course"
    shutil.copytree(authoring.EDITIONS["learner"], where / "notebooks", ignore=lambda folder, names: [n for n in names if not re.match(r"\d\d_.*\.ipynb$", n)])  # fmt: skip
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["-c", "user.name=c", "-c", "user.email=c@example.org", "commit", "-qm", "Course"]):  # fmt: skip
        subprocess.run(["git", *words], cwd=where, check=True)
    return where


def arrive(address: str, password: str, name: str, repository: Path) -> str:
    """Log in as a browser does, wait for the server, follow the link; returns a token for the learner's server."""
    me = requests.Session()
    me.get(f"{address}/hub/login", timeout=300)
    xsrf = {"_xsrf": me.cookies.get("_xsrf", path="/hub/")}
    me.post(
        f"{address}/hub/login", params=xsrf, data={"username": name, "password": password}, timeout=300
    ).raise_for_status()
    xsrf = {"_xsrf": me.cookies.get("_xsrf", path="/hub/")}
    words = urlencode({"repo": repository.as_uri(), "branch": "main", "urlpath": f"lab/tree/course/notebooks/{NOTEBOOK}.ipynb"})  # fmt: skip
    end = time.monotonic() + 300
    while True:  # the hub shows its page "starting" until the server answers
        page = me.get(f"{address}/hub/user-redirect/git-pull?{words}", timeout=300)
        if page.ok and f"/user/{name}/git-pull" in page.url:
            break
        if time.monotonic() > end:
            raise RuntimeError(f"{name} waits at {page.url}: {page.status_code}")
        time.sleep(0.5)
    said = me.get(f"{address}/user/{name}/git-pull/api?{words}&targetpath=course", timeout=300).text
    if json.loads(said.strip().splitlines()[-1].removeprefix("data: "))["phase"] != "finished":
        raise RuntimeError(said[-500:])
    made = me.post(f"{address}/hub/api/users/{name}/tokens", params=xsrf, headers={"Referer": f"{address}/hub/home"}, json={}, timeout=300)  # fmt: skip
    made.raise_for_status()
    return made.json()["token"]


def _memory() -> int:
    """What the hub, its proxy, the servers and the kernels hold, shared pages by their share."""
    held = 0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            info = process.memory_full_info()
            held += getattr(info, "pss", info.rss)
    return held


def crowd(number: int) -> tuple[str, str]:
    """So many learners at once; what it took, who failed, memory at the peak."""
    cells = learners.code(authoring.EDITIONS["learner"] / f"{NOTEBOOK}.ipynb")
    cells = [*cells, MOVE.format(title="Two keys")]
    peak, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(2):
            peak.append(_memory())

    threading.Thread(target=watch, daemon=True).start()
    with hub() as (address, password, home):
        repository, start = course(home), time.perf_counter()

        def one(n: int) -> str | None:
            name = f"learner{n}"
            token = arrive(address, password, name, repository)
            arrived.append(time.perf_counter() - start)
            return asyncio.run(learners.learner(f"{address}/user/{name}", cells, n, token))

        arrived: list[float] = []
        with ThreadPoolExecutor(number) as pool:
            tasks = [pool.submit(one, n) for n in range(number)]
            ends = [repr(task.exception()) if task.exception() else task.result() for task in tasks]
        took = time.perf_counter() - start
        wanted = (repository / "notebooks" / f"{NOTEBOOK}.ipynb").read_bytes()
        copies = (home / "of").glob(f"*/course/notebooks/{NOTEBOOK}.ipynb")
        whole = sum(copy.read_bytes() == wanted for copy in copies)
    stop.set()
    failed = [end for end in ends if end]
    words = f"last one there after {max(arrived, default=0):.0f} s, all done after {took:.0f} s, {len(failed)} failed"
    words += f" ({failed[0]})" if failed else ""
    words += f", {max(peak) / 2**20 / number:.0f} MB each with the hub's own, {whole} copies whole"
    return f"{number} learners at once on a hub log in, fetch the course, run {NOTEBOOK}, ask a panel", words


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for size in map(int, sys.argv[1:] or ["5"]):
        print("| {} | {} |".format(*crowd(size)), flush=True)
