"""A class on a JupyterHub: log in, follow the book's link, run a notebook, move a panel, and leave the others alone."""

from __future__ import annotations

import asyncio
import contextlib
import os
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests import hub
from tests.learner import code, learner
from tests.setup.common import ROOT

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="JupyterHub does not run on Windows: there a class uses a hub on another machine."
)
NAMES = ("ada", "lin")
BOOK = ROOT / "notebooks" / f"{hub.NOTEBOOK}.ipynb"


@contextlib.contextmanager
def arrived(where, name, repository):
    """A learner who logged in and followed the link: cookies, as a browser's, and a token."""
    with hub.log_in(where, name) as me:
        yield me, hub.follow(where, me, name, repository)


def test_two_learners_work_on_a_hub_each_on_a_server_of_their_own():
    with hub.hub() as where:
        repository = hub.course(where.home)

        def one(name):
            with arrived(where, name, repository) as (me, token):
                at = f"{where.address}/user/{name}"
                failed = asyncio.run(learner(at, "copy.ipynb", token, code(BOOK), [hub.MOVE], leave=True))
                return failed, token, me.cookies

        with ThreadPoolExecutor(len(NAMES)) as pool:
            ends = dict(zip(NAMES, pool.map(one, NAMES), strict=True))
        print(ends)
        there = where.processes()
        for p in there: print(p.pid, p.ppid(), p.cmdline())
    assert not psutil.wait_procs(there, 0)[1]
