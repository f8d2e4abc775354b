"""JupyterLab in Chromium, for the browser tests, the benchmark and a look at the pages.

``python tests/browser.py notebooks/10_timeline.ipynb shots/`` runs a notebook and saves what a
reader sees, screen by screen (add ``--dark`` for the dark theme).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

if __name__ == "__main__":  # python tests/browser.py
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests import find_browser  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "browser-test"


@contextlib.contextmanager
def lab(root: Path = ROOT) -> Iterator[str]:
    """A JupyterLab server on a free port; yields its address. Its settings live in a folder of their own."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    home = tempfile.mkdtemp(prefix="lab-")
    # A page that stays open for two minutes would write what the test did into the course's notebook.
    manager = Path(home) / "settings" / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings"
    manager.parent.mkdir(parents=True)
    manager.write_text('{"autosave": false}', encoding="utf-8")
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": f"{home}/settings",
        "JUPYTERLAB_WORKSPACES_DIR": f"{home}/workspaces",
    }
    environment["JUPYTER_CONFIG_DIR"] = f"{home}/config"
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
            "--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True",
            f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root}",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5)
                break
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    raise RuntimeError("JupyterLab did not start within 60 seconds.") from None
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def chromium(width: int = 1400, height: int = 1000) -> Iterator[webdriver.Chrome]:
    """A browser without a window on the screen: Chromium or one of its kind, else Firefox (see `find_browser`)."""
    with find_browser.open_page(find_browser.find(), width, height) as page:
        page.set_script_timeout(60)
        yield page


def open_notebook(page: webdriver.Chrome, address: str, path: str, *, dark: bool = False) -> None:
    """Open a notebook in JupyterLab and wait until its kernel is idle. Patient: machines can be busy."""
    if dark:
        body = json.dumps({"raw": '{"theme": "JupyterLab Dark"}'}).encode()
        request = urllib.request.Request(
            f"{address}/lab/api/settings/@jupyterlab/apputils-extension:themes?token={TOKEN}", data=body, method="PUT"
        )
        urllib.request.urlopen(request, timeout=20)
    page.get(f"{address}/lab/workspaces/t{time.monotonic_ns()}/tree/{quote(path)}?token={TOKEN}")
    ready = """
    const {context, sessionContext} = window.jupyterapp?.shell.currentWidget ?? {};
    const kernel = sessionContext?.session?.kernel;
    return context?.isReady && sessionContext.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
    """
    wait_for(page, ready, 180)


def wait_for(page: webdriver.Chrome, script: str, seconds: float = 30):
    """Wait until a script returns something true; returns it."""

    def ready(_):
        try:
            return page.execute_script(script)
        except (StaleElementReferenceException, WebDriverException):
            return False

    return WebDriverWait(page, seconds, poll_frequency=0.1).until(ready)


def wait_until(what: Callable[[], object], seconds: float = 30) -> None:
    """Wait until a call gives something true, else fail."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "not within the time"
        time.sleep(0.05)


def run_all(page: webdriver.Chrome, seconds: float = 180) -> None:
    """Clear all outputs, then Run > Run All Cells, and wait until all have run.

    By JupyterLab's own commands: on a busy machine its menus miss clicks.
    """
    command = "window.jupyterapp.commands.execute(arguments[0])"
    ran = (
        "return [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].some(p => /[*0-9]/.test(p.textContent))"
    )
    page.execute_script(command, "notebook:clear-all-cell-outputs")
    wait_for(page, f"{ran} === false", 30)
    for _ in range(10):
        page.execute_script(command, "notebook:run-all-cells")
        with contextlib.suppress(TimeoutException):
            wait_for(page, ran, 10)
            break
    else:
        raise RuntimeError("Run All Cells was ignored ten times.")
    idle = (
        "return !!document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')"
        " && ![...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('*'))"
    )
    wait_for(page, idle, seconds)
    unrun = page.execute_script(
        "return [...document.querySelectorAll('.jp-CodeCell')].filter(c => !c.querySelector('.jp-Placeholder')"
        " && !/\\d/.test(c.querySelector('.jp-InputPrompt').textContent)).length"
    )
    if unrun:
        raise RuntimeError(f"{unrun} code cells have not run.")
    failed = page.execute_script(
        'return document.querySelector(\'[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]\')?.textContent'
    )
    if failed:
        raise RuntimeError(f"a cell failed: {failed[-300:]}")


def click_at(page: webdriver.Chrome, x: float, y: float) -> None:
    """A real mouse click at a point of the window."""
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        page.execute_cdp_cmd(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": y, "button": "left" if kind != "mouseMoved" else "none", "clickCount": 1},
        )


def scroll_to(page: webdriver.Chrome, element) -> None:
    """Bring an element to the middle of the window, and wait until it stays there: cells above may still be laid out."""
    script = """
    arguments[0].scrollIntoView({block: 'center'});
    const box = arguments[0].getBoundingClientRect();
    return [box.x, box.y, box.width, box.height];
    """
    end, last, now = time.monotonic() + 20, None, page.execute_script(script, element)
    while now != last and time.monotonic() < end:
        time.sleep(0.2)
        last, now = now, page.execute_script(script, element)


def least_panels(name: str) -> int:
    """How many panels with a chart a notebook has at least."""
    return 1 if name == "90_verdicts" else 2  # the board; its forms are none


def panels(page: webdriver.Chrome) -> list:
    """The course's panels on the page, in order."""
    return page.find_elements(By.CSS_SELECTOR, ".course-panel")


def screens(page: webdriver.Chrome, folder: Path, stem: str) -> list[Path]:
    """Save the whole notebook, one picture a screen."""
    folder.mkdir(parents=True, exist_ok=True)
    page.execute_script(
        "document.querySelectorAll('.jp-SideBar, #jp-left-stack, .jp-Toolbar, .jp-Debugger').forEach(e => e.style.visibility = 'hidden')"
    )
    scroller = "document.querySelector('.jp-WindowedPanel-outer')"
    saved, last = [], -1.0
    page.execute_script(f"{scroller}.scrollTop = 0")
    for number in range(60):
        time.sleep(0.5)
        top = page.execute_script(f"return {scroller}.scrollTop")
        if top == last:
            break
        last = top
        path = folder / f"{stem}-{number:02d}.png"
        page.save_screenshot(str(path))
        saved.append(path)
        page.execute_script(f"{scroller}.scrollTop += {scroller}.clientHeight - 80")
    return saved


def main() -> None:
    parser = argparse.ArgumentParser(description="Run a notebook in Chromium and save screenshots.")
    parser.add_argument("notebook")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    given = parser.parse_args()
    with lab() as address, chromium(1250, 1000) as page:
        open_notebook(page, address, given.notebook, dark=given.dark)
        run_all(page)
        time.sleep(1)
        for path in screens(page, given.folder, Path(given.notebook).stem + ("-dark" if given.dark else "")):
            print(path)
        for line in page.get_log("browser"):
            if line["level"] == "SEVERE":
                print("console:", line["message"][:300])


if __name__ == "__main__":
    main()
