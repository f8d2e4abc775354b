"""A learner as the server sees one: a session, a kernel's websocket, cells that run, a slider that moves.

What JupyterLab's page does, in its protocol and compressed, without the page: so that many fit on one machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from jupyter_server.services.kernels.connection import base
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.proxy import PATIENCE_S

PROTOCOL = "v1.kernel.websocket.jupyter.org"
SPOKEN = 'role="status"'  # the element of a panel that a screen reader speaks: its answer


@dataclass(frozen=True)
class Move:
    """One move of a slider: what its label begins with, where it goes, and what the panel must answer."""

    label: str
    value: float
    answer: str


def code(path: Path) -> list[str]:
    """The code cells of a notebook."""
    return [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


class _Message(NamedTuple):
    channel: str
    answers: str | None
    content: dict[str, Any]


class Kernel:
    """A kernel of a running server, and the widgets that it has told of."""

    def __init__(self, socket: WebSocketClientConnection, session: str) -> None:
        self._socket, self._session = socket, session
        self.widgets: dict[str, dict[str, Any]] = {}
        self._over = False

    async def _read(self) -> bytes | None:
        message = await asyncio.wait_for(self._socket.read_message(), PATIENCE_S)
        self._over = message is None
        return message

    async def close(self) -> None:
        """Say goodbye and wait for the answer, so that nothing stays open."""
        self._socket.close()
        while not self._over:
            await self._read()

    async def _say(self, kind: str, content: dict[str, Any]) -> str:
        number = uuid.uuid4().hex
        header = {"msg_id": number, "username": "l", "session": self._session, "msg_type": kind, "version": "5.3"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        packed = base.serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
        await self._socket.write_message(packed, binary=True)
        return number

    async def _until(self, enough: Callable[[_Message], bool]) -> _Message:
        """The first message that is enough; what all of them say of widgets is kept."""
        while True:
            message = await self._read()
            if message is None:
                raise ConnectionError("the socket closed")
            channel, parts = base.deserialize_msg_from_ws_v1(message)
            header, parent, _, content = map(json.loads, parts[:4])
            if header["msg_type"] in ("comm_open", "comm_msg"):
                state = content["data"].get("state", {})
                self.widgets[content["comm_id"]] = {**self.widgets.get(content["comm_id"], {}), **state}
            told = _Message(channel, parent.get("msg_id"), content)
            if enough(told):
                return told

    async def run(self, source: str) -> str | None:
        """Run a cell; returns what it raised, or None."""
        asked = {"silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        number = await self._say("execute_request", {"code": source, **asked})
        said = (await self._until(lambda told: told.channel == "shell" and told.answers == number)).content
        return None if said["status"] == "ok" else f"{said.get('ename')}: {said.get('evalue')}"

    async def move(self, move: Move) -> str | None:
        """Move the slider as the page does; returns what the panel answered instead, or None."""
        (slider,) = [
            number
            for number, state in self.widgets.items()
            if state.get("_model_name") == "FloatSliderModel" and state["description"].startswith(move.label)
        ]
        data = {"method": "update", "state": {"value": move.value}, "buffer_paths": []}
        number = await self._say("comm_msg", {"comm_id": slider, "data": data})

        def spoken(told: _Message) -> str:
            value = told.content.get("data", {}).get("state", {}).get("value")
            return value if isinstance(value, str) and SPOKEN in value else ""

        def enough(told: _Message) -> bool:
            return told.answers == number and (spoken(told) != "" or told.content.get("execution_state") == "idle")

        answer = spoken(await self._until(enough)) or "nothing"
        return None if move.answer in answer else f"the panel answered {answer}"


@contextlib.asynccontextmanager
async def kernel(address: str, name: str, token: str, leave: bool = False) -> AsyncIterator[Kernel]:
    """A new kernel of the server at this address, for a notebook of this name; `leave` it running, as a closed page does."""
    head, patient = {"Authorization": f"token {token}"}, {"connect_timeout": PATIENCE_S, "request_timeout": PATIENCE_S}
    client, me = AsyncHTTPClient(), uuid.uuid4().hex
    body = json.dumps({"path": name, "name": "", "type": "notebook", "kernel": {"name": "python3"}})
    asked = await client.fetch(HTTPRequest(f"{address}/api/sessions", "POST", head, body, **patient))
    session = json.loads(asked.body)
    where = f"{address.replace('http', 'ws', 1)}/api/kernels/{session['kernel']['id']}/channels?session_id={me}"
    try:
        said = {"subprotocols": [PROTOCOL], "compression_options": {}, "max_message_size": 2**28}
        socket = await websocket_connect(HTTPRequest(where, headers=head, **patient), **said)
        held = Kernel(socket, me)
        try:
            if socket.selected_subprotocol != PROTOCOL:
                raise ConnectionError(f"the server speaks {socket.selected_subprotocol}, not {PROTOCOL}")
            yield held
        finally:
            await held.close()
    finally:
        if not leave:
            await client.fetch(HTTPRequest(f"{address}/api/sessions/{session['id']}", "DELETE", head, **patient))


async def learner(
    address: str, name: str, token: str, cells: Sequence[str], moves: Sequence[Move] = (), leave: bool = False
) -> str | None:
    """Run the cells, then move the sliders; returns what failed first, or None."""
    async with kernel(address, name, token, leave) as held:
        for source in cells:
            if failed := await held.run(source):
                return failed
        for move in moves:
            if failed := await held.move(move):
                return failed
    return None
