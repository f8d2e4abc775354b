"""A class on a JupyterHub: log in, follow the book's link, run a notebook, move a panel, and leave the others alone."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import hub
from tests.learner import code, learner
from tests.setup.common import ROOT

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="JupyterHub does not run on Windows: there a class uses a hub on another machine."
)
NAMES = ("ada", "lin")
KINDS = ["jupyterhub", "tests.proxy", "jupyterhub.singleuser", "ipykernel_launcher"]
BOOK = ROOT / "notebooks" / f"{hub.NOTEBOOK}.ipynb"


def work(where, name, repository):
    """All that a learner does; returns what failed in the notebook, and what the servers told this learner."""
    with hub.log_in(where, name) as me:
        token = hub.follow(where, me, name, repository)
        asks = {"timeout": hub.PATIENCE_S, "headers": {"Authorization": f"token {token}"}}
        home = f"{where.address}/user/{name}"
        failed = asyncio.run(learner(home, "mine.ipynb", token, code(BOOK), [hub.MOVE], leave=True))
        told = {}
        for other in NAMES:
            there = f"{where.address}/user/{other}"
            told[other] = (
                me.get(f"{there}/api/contents", allow_redirects=False, **asks).status_code,  # by a program's token
                me.get(f"{there}/lab", timeout=hub.PATIENCE_S).status_code,  # as a page, by cookies
            )
        return failed, told


def test_two_learners_work_on_a_hub_each_on_a_server_of_their_own():
    with hub.hub() as where:
        repository = hub.course(where.home)
        with ThreadPoolExecutor(len(NAMES)) as pool:
            ends = dict(zip(NAMES, pool.map(lambda name: work(where, name, repository), NAMES), strict=True))
        for name, (failed, told) in ends.items():
            assert failed is None
            assert told == {other: (200, 200) if other == name else (403, 403) for other in NAMES}, name
            copy = where.home / "of" / name / repository.name / "notebooks" / BOOK.name
            assert copy.read_bytes() == BOOK.read_bytes()
        there = where.processes()
        kinds = [kind for process in there for kind in KINDS if kind in process.cmdline()]
        assert sorted(kinds) == sorted(KINDS + KINDS[2:]), "hub, proxy, two servers, two kernels left open"
    assert where.left(there) == [] == where.processes() and not where.home.exists()
