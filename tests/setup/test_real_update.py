"""A learner's copy takes in a new edition: all notebooks opened, run or changed, saved by the server, then pulled."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from urllib.parse import urlencode

import pytest

from tests import browser
from tests.setup.common import ROOT

NAMES = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
MINE = "my_own_line = 1\n"
NEW = "A sentence of the new edition."


def git(folder, *words):
    who = [
        "-c",
        "user.name=l",
        "-c",
        "user.email=l@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.autocrlf=false",
    ]
    return subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("learner")


@pytest.fixture(scope="module")
def address(folder):
    """JupyterLab of the course, with nbgitpuller, on the learner's folder."""
    with browser.lab(folder) as where:
        yield where


@pytest.fixture
def course(tmp_path):
    """The repository of the course, as far as it matters here: its notebooks, with their bytes."""
    (tmp_path / "course" / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / ".gitignore", tmp_path / "course")  # the server puts checkpoints beside what it saves
    for name in NAMES:
        shutil.copy(ROOT / "notebooks" / name, tmp_path / "course" / "notebooks")
    git(tmp_path / "course", "init", "--quiet", "--initial-branch=main")
    git(tmp_path / "course", "add", "--all")
    git(tmp_path / "course", "commit", "--quiet", "--message=First edition")
    return tmp_path / "course"


def new_edition(course):
    """Every notebook says more in its last cell of prose, and its file is larger."""
    for name in NAMES:
        path = course / "notebooks" / name
        notebook = json.loads(path.read_text(encoding="utf-8"))
        last = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"][-1]
        last["source"] = [*last["source"], f"\n\n{NEW}"] if isinstance(last["source"], list) else last["source"] + NEW
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    git(course, "commit", "--quiet", "--all", "--message=Second edition")


def ask(address, path, body=None):
    request = urllib.request.Request(
        f"{address}/{path}",
        data=None if body is None else json.dumps(body).encode(),
        method="GET" if body is None else "PUT",
        headers={"Authorization": f"token {browser.TOKEN}", "Content-Type": "application/json"},
    )
    return urllib.request.urlopen(request, timeout=60).read()


def open_and_save(address, copy, change=False):
    """As a page does: what the server gives comes back, with a kernel's marks; with a line of the reader's, if asked."""
    for name in NAMES:
        where = f"api/contents/{copy.name}/notebooks/{name}"
        content = json.loads(ask(address, f"{where}?type=notebook&content=1"))["content"]
        content["metadata"]["language_info"] = {"name": "python", "version": "3.99.1"}
        code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(code, 1):
            cell["execution_count"] = number
        if change:
            code[0]["source"] = MINE + code[0]["source"]
        ask(address, where, {"type": "notebook", "format": "json", "content": content})


def link(address, course):
    """What the book's form writes, on a server without a hub; followed as nbgitpuller's page follows it."""
    opens = f"lab/tree/{course.name}/notebooks/{NAMES[0]}"
    words = urlencode({"repo": course.as_uri(), "branch": "main", "urlpath": opens})
    page = ask(address, f"git-pull?{words}").decode()
    assert opens in page
    said = ask(address, f"git-pull/api?{words}&targetpath={course.name}").decode()
    assert json.loads(said.strip().splitlines()[-1].removeprefix("data: "))["phase"] == "finished", said


def notebooks_in(folder):
    return {name: (folder / "notebooks" / name).read_bytes() for name in NAMES}


def holds_both(folder):
    for content in notebooks_in(folder).values():
        cells = json.loads(content)["cells"]
        assert MINE.strip() in "".join(next(c for c in cells if c["cell_type"] == "code")["source"])
        assert NEW in "".join([c for c in cells if c["cell_type"] == "markdown"][-1]["source"])


def test_opened_and_saved_unchanged_the_copy_is_clean_and_pulls_in_plain_git(address, folder, course):
    git(folder, "clone", "--quiet", str(course), "plain")
    copy = folder / "plain"
    open_and_save(address, copy)
    assert notebooks_in(copy) == notebooks_in(course) and git(copy, "status", "--porcelain") == ""
    new_edition(course)
    git(copy, "pull", "--quiet", "--ff-only")
    assert notebooks_in(copy) == notebooks_in(course)


def test_a_learners_own_lines_and_the_new_edition_s_are_both_kept(address, folder, course):
    """The second rule of helpers/course/book/docs/update.md, in its words."""
    said = (ROOT / "helpers" / "course" / "book" / "docs" / "update.md").read_text(encoding="utf-8")
    commit, pull = 'git commit --all --message "My work"', "git pull --no-rebase --no-edit -X ours"
    assert f"{commit}\n{pull}\n" in said
    git(folder, "clone", "--quiet", str(course), "mine")
    copy = folder / "mine"
    open_and_save(address, copy, change=True)
    assert len(git(copy, "status", "--porcelain").splitlines()) == len(NAMES)
    new_edition(course)
    git(copy, "commit", "--all", "--message", "My work")
    git(copy, *pull.split()[1:])
    holds_both(copy)


@pytest.mark.parametrize("change", [False, True])
def test_the_link_fetches_a_copy_and_follows_a_new_edition(address, folder, course, change):
    course = course.rename(course.with_name(f"link-{change}"))
    link(address, course)
    copy = folder / course.name
    assert notebooks_in(copy) == notebooks_in(course)
    open_and_save(address, copy, change)
    new_edition(course)
    link(address, course)
    if change:
        holds_both(copy)
    else:
        assert notebooks_in(copy) == notebooks_in(course)
