"""Firefox with the two things that the browser tests ask of Chromium beyond the common standard."""

from __future__ import annotations

import re
from typing import Any

from selenium import webdriver
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webelement import WebElement

STEPS = {"mouseMoved": "pointerMove", "mousePressed": "pointerDown", "mouseReleased": "pointerUp"}


class Element(WebElement):
    """An element that says its colours as Chromium does: with how opaque they are."""

    def value_of_css_property(self, property_name: str) -> str:
        value = super().value_of_css_property(property_name)
        return re.sub(r"^rgb\((.*)\)$", r"rgba(\1, 1)", value) if property_name.endswith("color") else value


class Firefox(webdriver.Firefox):
    """A Firefox that moves the mouse to a point of the window and keeps its console's errors."""

    _web_element_cls = Element

    def __init__(self, *, options: webdriver.FirefoxOptions, **settings: Any) -> None:
        options.web_socket_url = True
        super().__init__(options=options, **settings)
        self._said: list[dict[str, str]] = []
        self.script.add_console_message_handler(self._keep)
        self.script.add_javascript_error_handler(self._keep)

    def _keep(self, entry: Any) -> None:
        level = str(getattr(entry, "level", "error")).upper()
        self._said.append({"level": {"ERROR": "SEVERE"}.get(level, level), "message": str(entry.text)})

    def get_log(self, kind: str) -> list[dict[str, str]]:
        """What the console has said since the last call, with Chromium's words for its levels."""
        if kind != "browser":
            raise ValueError(f"kind = {kind!r}: Firefox has the log 'browser' only")
        said, self._said = self._said, []
        return said

    def execute_cdp_cmd(self, command: str, words: dict[str, Any]) -> dict[str, Any]:
        """A mouse event at a point of the window: the only command of Chromium's that the tests use."""
        if command != "Input.dispatchMouseEvent":
            raise ValueError(f"{command}: a command of Chromium alone")
        kind = STEPS[words["type"]]
        place = {"x": round(words["x"]), "y": round(words["y"]), "duration": 0, "origin": "viewport"}
        steps: list[dict[str, Any]] = [{"type": "pointerMove", **place}]
        if kind != "pointerMove":
            steps.append({"type": kind, "button": 0})
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self.execute(Command.W3C_ACTIONS, {"actions": [mouse]})
        return {}
