"""Many learners at once on a real JupyterHub of this machine: ``make bench ARGS="--only hub"``."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psutil

from helpers.course import authoring
from tests import hub
from tests.learner import code, learner


def _memory(where: hub.Hub) -> int:
    """What the hub, its proxy, the servers and the kernels hold, shared pages by their share."""
    held = 0
    for process in where.processes():
        with contextlib.suppress(psutil.Error):
            info = process.memory_full_info()
            held += getattr(info, "pss", info.rss)
    return held


def _crowd(number: int) -> tuple[str, str]:
    """So many learners at once; what it took, who failed, memory at the peak."""
    cells = code(authoring.EDITIONS["learner"] / f"{hub.NOTEBOOK}.ipynb")
    arrived: list[float] = []
    peak, stop = [0], threading.Event()
    with hub.hub() as where:
        repository, start = hub.course(where.home), time.perf_counter()

        def one(n: int) -> str | None:
            name = f"learner{n}"
            with hub.log_in(where, name) as me:
                token = hub.follow(where, me, name, repository)
            arrived.append(time.perf_counter() - start)
            return asyncio.run(learner(f"{where.address}/user/{name}", f"{name}.ipynb", token, cells, [hub.MOVE], True))

        def watch() -> None:
            while not stop.wait(2):
                peak.append(_memory(where))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            with ThreadPoolExecutor(number) as pool:
                tasks = [pool.submit(one, n) for n in range(number)]
            took = time.perf_counter() - start
        finally:
            stop.set()
            watcher.join()
        peak.append(_memory(where))
        ends = [repr(task.exception()) if task.exception() else task.result() for task in tasks]
        wanted = (repository / "notebooks" / f"{hub.NOTEBOOK}.ipynb").read_bytes()
        copies = (where.home / "of").glob(f"*/{repository.name}/notebooks/{hub.NOTEBOOK}.ipynb")
        whole = sum(copy.read_bytes() == wanted for copy in copies)
    failed = [end for end in ends if end]
    words = f"last one there after {max(arrived, default=0):.0f} s, all done after {took:.0f} s, {len(failed)} failed"
    words += f" ({failed[0]})" if failed else ""
    words += f", {max(peak) / 2**20 / number:.0f} MB each with the hub's own, {whole} copies whole"
    return f"{number} learners at once on a hub log in, fetch the course, run {hub.NOTEBOOK}, move a panel", words


def at_once(crowds: Sequence[int]) -> list[tuple[str, str]]:
    """A row for each crowd, each on a hub of its own."""
    return [_crowd(number) for number in crowds]
