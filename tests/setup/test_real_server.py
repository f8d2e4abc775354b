"""The server that `make lab` starts."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import socket
import subprocess
import sys
import time

import psutil
import pytest

from setup_environment import child_environment, own_places
from tests.setup.common import ROOT, load_bootstrap

HOSTILE = """
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.token = ""
c.ServerApp.password = ""
c.IdentityProvider.token = ""
c.PasswordIdentityProvider.hashed_password = ""
c.ServerApp.allow_origin = "*"
c.ServerApp.disable_check_xsrf = True
c.ServerApp.allow_remote_access = True
c.ServerApp.allow_root = True
"""


@contextlib.contextmanager
def serve(home, outside=None, extra=(), more=None, address="127.0.0.1"):
    """JupyterLab with the words and variables of `make lab`.

    Yields its address, the path and token that it printed (None, where it printed none), all that it said,
    and its process.
    """
    with socket.socket() as probe:
        probe.bind((address, 0))
        port = probe.getsockname()[1]
    bootstrap, extra = load_bootstrap(), ["--no-browser", f"--port={port}", *extra]
    (home / "own").mkdir()
    outside = {**child_environment(sys.prefix), "HOME": str(home), **(outside or {})}
    environ = child_environment(sys.prefix, outside)
    environ |= {**own_places(str(home / "own"), outside, True), "PYTHONUNBUFFERED": "1", **(more or {})}
    arguments = [*bootstrap.COMMANDS["lab"][1], *bootstrap.lab_arguments(extra), *extra]
    said = home / "said"
    with said.open("w") as out:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environ, stdout=out, stderr=out)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            if answers(address, port):
                break
            time.sleep(0.1)
        else:
            raise AssertionError("does not listen:\n" + said.read_text())
        match = re.search(r"http://127\.0\.0\.1:\d+(/\S*)\?token=(\w+)", said.read_text())
        path, token = match.groups() if match else (None, None)
        yield f"http://{address}:{port}", path, token, said.read_text().splitlines(), process
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(address, port):
    """Whether it answers a request. A connection alone says little: Jupyter opens its port once to try it, and closes."""
    with socket.socket() as asker:
        asker.settimeout(5)
        try:
            if asker.connect_ex((address, port)):
                return False
            asker.sendall(b"GET /api HTTP/1.0\r\n\r\n")
            return asker.recv(1) != b""
        except OSError:
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """With the course's settings of this checkout, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    shutil.copy(ROOT / "jupyter_server_config.py", home)
    with serve(home, more={"JUPYTER_CONFIG_PATH": str(home)}) as all_of_it:
        yield all_of_it[:4]


def ask(base, path, token=None, data=None):
    from urllib.request import Request, urlopen

    headers = {"Authorization": f"token {token}"} if token else {}
    with urlopen(Request(base + path, data=data, headers=headers), timeout=60) as answer:
        return answer.read().decode("utf-8")


def test_server_prints_the_way_to_the_first_notebook_and_little_else(server):
    _, path, _, said = server
    assert path == "/lab/tree/notebooks/00_start_here.ipynb"
    assert (ROOT / "notebooks" / "00_start_here.ipynb").exists()
    assert len(said) < 12, "\n".join(said)


def test_server_keeps_its_token(server):
    base, _, token, _ = server
    assert refused(base, "/api/contents") == 403
    assert "bootstrap.py" in ask(base, "/api/contents", token)


def test_server_asks_the_network_for_nothing(server):
    base, path, token, _ = server
    page = ask(base, path, token)
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>\s*(\{.*?\})\s*</script>', page, re.DOTALL)[1])
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["name"] == "read-only"
    assert json.loads(ask(base, "/lab/api/update", token)) == {"notification": None}


async def connected(base, token):
    """A websocket to a new kernel."""
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    kernel = json.loads(ask(base, "/api/kernels", token, b'{"name": "python3"}'))["id"]
    address = f"{base.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels"
    request = HTTPRequest(address, headers={"Authorization": f"token {token}"})
    return await websocket_connect(request, compression_options={})


async def closed(socket):
    """Say goodbye and wait for the answer, so that nothing stays open."""
    socket.close()
    while await asyncio.wait_for(socket.read_message(), 20) is not None:
        pass


def request(number, code):
    """The message that runs a cell."""
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": "s", "version": "5.3"}
    content = {"code": code, "silent": False}
    return json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content})


def test_server_compresses_and_answers_at_once(server):
    """Without the course's settings the fastest of these answers takes 40 ms (see the settings file)."""
    base, _, token, _ = server

    async def talk():
        socket = await connected(base, token)
        times = []
        for number in range(25):
            start = time.perf_counter()
            await socket.write_message(request(str(number), "1"))
            left = {"execute_result", "execute_reply"}
            while left:
                message = json.loads(await asyncio.wait_for(socket.read_message(), 20))
                if message["parent_header"].get("msg_id") == str(number):
                    left.discard(message["msg_type"])
            times.append(time.perf_counter() - start)
        extensions = socket.headers.get("Sec-WebSocket-Extensions", "")
        await closed(socket)
        return extensions, times[5:]

    extensions, times = asyncio.run(talk())
    assert "permessage-deflate" in extensions
    assert min(times) < 0.030, f"fastest answer {min(times) * 1000:.0f} ms"


# --- the door ---------------------------------------------------------------------------------------


def listens_on(process):
    """The addresses on which a process and its children wait for others, kernels aside."""
    return {c.laddr.ip for c in psutil.Process(process.pid).net_connections("tcp") if c.status == psutil.CONN_LISTEN}


def refused(base, path, word=None):
    from urllib.error import HTTPError

    with pytest.raises(HTTPError) as answer:
        ask(base, path, word)
    answer.value.close()
    return answer.value.code


@pytest.mark.parametrize("place", ["the reader's settings", "settings that outrank the course's"])
def test_settings_files_and_variables_do_not_open_the_door(tmp_path, place):
    """Once as a reader would have it, and once with settings that JupyterLab does read, such as a system's own."""
    folder = tmp_path / ".jupyter"
    folder.mkdir()
    for name in ("jupyter_server_config.py", "jupyter_lab_config.py", "jupyter_config.py"):
        (folder / name).write_text(HOSTILE)
    outside = {"JUPYTER_TOKEN": "known", "JUPYTER_CONFIG_DIR": str(folder), "JUPYTER_CONFIG_PATH": str(folder)}
    more = {"JUPYTER_CONFIG_PATH": str(folder)} if place.startswith("settings") else None
    with serve(tmp_path, outside, more=more) as (base, _, token, _, process):
        assert re.fullmatch("[0-9a-f]{48}", token)
        assert listens_on(process) == {"127.0.0.1"}
        assert refused(base, "/api/contents") == 403
        assert refused(base, "/api/contents", "known") == 403
        assert refused(base, "/api/contents?token=") == 403
        assert "bootstrap.py" in ask(base, "/api/contents", token)
        assert not any(token in word for word in process_words(process)), "other users can read a command line"


def process_words(process):
    return psutil.Process(process.pid).cmdline()


def test_an_address_typed_after_make_lab_wins(tmp_path):
    with serve(tmp_path, extra=["--ip=127.0.0.2"], address="127.0.0.2") as (_, _, _, _, process):
        assert listens_on(process) == {"127.0.0.2"}


def test_a_token_typed_after_make_lab_wins(tmp_path):
    with serve(tmp_path, extra=["--IdentityProvider.token=mine"]) as (base, _, _, _, process):
        assert listens_on(process) == {"127.0.0.1"}
        assert refused(base, "/api/contents") == 403
        assert "bootstrap.py" in ask(base, "/api/contents", "mine")


def test_odd_settings_of_jupyter_and_ipython_stay_outside(tmp_path):
    """Broken settings files, a start-up file that fails: the server starts, and a kernel computes."""
    (tmp_path / ".jupyter" / "lab").mkdir(parents=True)
    (tmp_path / ".jupyter" / "jupyter_server_config.json").write_text("{ half")
    (tmp_path / ".jupyter" / "lab" / "user-settings").write_text("a file, not a folder")
    startup = tmp_path / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("import os\nos._exit(3)")
    with serve(tmp_path) as (base, _, token, said, _):
        assert len(said) < 12, "\n".join(said)
        assert asyncio.run(answer_of_a_kernel(base, token, "6 * 7")) == "42"
        assert not (tmp_path / ".ipython" / "profile_default" / "db").exists()


async def answer_of_a_kernel(base, token, code):
    """What a new kernel of this server answers, over the browser's own way to it."""
    socket = await connected(base, token)
    await socket.write_message(request("1", code))
    try:
        while True:
            message = json.loads(await asyncio.wait_for(socket.read_message(), 60))
            if message["msg_type"] == "execute_result":
                return message["content"]["data"]["text/plain"]
    finally:
        await closed(socket)
