"""Which browser the tests drive: found, fetched, installed, or refused in one sentence."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
from selenium.common.exceptions import WebDriverException

from tests import find_browser
from tests.find_browser import Browser
from tests.setup.common import ROOT


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.delenv(find_browser.VARIABLE, raising=False)


def which(*names):
    return lambda name: f"/bin/{name}" if name in names else None


def test_browsers_and_their_drivers_are_found_by_name():
    found = find_browser.installed(which("chromium", "chromedriver", "firefox-esr"), "Linux", lambda path: False, {})
    assert found == [
        Browser("chrome", "/bin/chromium", "/bin/chromedriver"),
        Browser("firefox", "/bin/firefox-esr", None),
    ]
    assert find_browser.installed(which(), "Linux", lambda path: True, {}) == []


@pytest.mark.parametrize(
    ("system", "env", "path", "kind"),
    [
        ("Windows", {"PROGRAMFILES(X86)": "C:\\X"}, r"C:\X\Microsoft\Edge\Application\msedge.exe", "edge"),
        ("Windows", {"LOCALAPPDATA": "C:\\L"}, r"C:\L\Google\Chrome\Application\chrome.exe", "chrome"),
        ("Darwin", {}, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "chrome"),
        ("Darwin", {}, "/Applications/Firefox.app/Contents/MacOS/firefox", "firefox"),
    ],
)
def test_browsers_are_found_where_these_systems_keep_them(system, env, path, kind):
    assert find_browser.installed(which(), system, lambda p: p == path, env) == [Browser(kind, path, None)]


class Plan:
    """What this pretended machine has and allows; `asked` keeps the order of what was tried."""

    def __init__(self, monkeypatch, here=(), working=(), driver=None, fetched=(), debian="apt may not be used here"):
        self.asked = []
        self.here = list(here)
        put = monkeypatch.setattr
        put(find_browser, "installed", lambda: self.here)
        put(find_browser, "problem", lambda browser: None if browser in working else f"{browser.binary}: broken")
        put(find_browser, "managed_driver", lambda browser: driver)
        put(find_browser, "fetched", lambda: self.note("fetch") or iter(fetched))
        put(find_browser, "install_debians", lambda: self.note("debian") or self.install(debian))

    def note(self, word):
        self.asked.append(word)

    def install(self, answer):
        if isinstance(answer, Browser):
            self.here = [answer]
            return None
        return answer


OLD, NEW = Browser("chrome", "/bin/old", "/bin/driver"), Browser("chrome", "/bin/new", "/bin/driver")


def test_a_browser_that_works_is_taken_and_nothing_is_fetched(monkeypatch):
    plan = Plan(monkeypatch, here=[OLD, NEW], working=[NEW])
    assert find_browser.find(get=True) == NEW and plan.asked == []


def test_the_missing_driver_of_a_browser_comes_from_seleniums_manager(monkeypatch):
    Plan(monkeypatch, here=[Browser("chrome", "/bin/new", None)], working=[NEW], driver="/bin/driver")
    assert find_browser.find() == NEW


def test_then_one_is_fetched(monkeypatch):
    plan = Plan(monkeypatch, here=[OLD], fetched=[NEW], working=[NEW])
    assert find_browser.find(get=True) == NEW and plan.asked == ["fetch"]


def test_then_debians_is_installed_also_when_the_fetched_one_does_not_start(monkeypatch):
    """A fetched Chrome on a bare machine lacks its libraries."""
    plan = Plan(monkeypatch, fetched=[OLD], working=[NEW], debian=NEW)
    assert find_browser.find(get=True) == NEW and plan.asked == ["fetch", "debian"]


def test_else_one_sentence_says_why_and_what_to_do(monkeypatch):
    plan = Plan(monkeypatch, here=[OLD, Browser("firefox", "/bin/firefox", None)])
    with pytest.raises(RuntimeError) as error:
        find_browser.find(get=True)
    text = str(error.value)
    assert plan.asked == ["fetch", "debian"] and "\n" not in text
    for word in ("/bin/old: broken", "/bin/firefox: no driver", "apt may not be used", "sudo apt install chromium"):
        assert word in text


def test_without_leave_nothing_is_fetched_or_installed(monkeypatch):
    plan = Plan(monkeypatch, fetched=[NEW], working=[NEW], debian=NEW)
    with pytest.raises(RuntimeError, match="sudo apt install chromium"):
        find_browser.find()
    assert plan.asked == []


def test_what_was_found_is_handed_on_and_not_looked_for_again(monkeypatch):
    monkeypatch.setenv(find_browser.VARIABLE, json.dumps({"kind": "chrome", "binary": "/bin/new", "driver": "/bin/d"}))
    Plan(monkeypatch)
    assert find_browser.find() == Browser("chrome", "/bin/new", "/bin/d")


class Manager:
    """Selenium's manager, pretended: which requests it can answer."""

    def __init__(self, monkeypatch, answers):
        self.asked, self.answers = [], answers
        monkeypatch.setattr(find_browser, "SeleniumManager", lambda: self)

    def binary_paths(self, words):
        self.asked.append(words)
        if not self.answers:
            logging.getLogger("selenium.webdriver.common.selenium_manager").warning("error sending request")
            raise WebDriverException("error sending request")
        return {"browser_path": "/cache/chrome", "driver_path": "/cache/driver"}


def test_seleniums_manager_is_asked_for_little_first_and_is_silent_when_there_is_no_way(monkeypatch, capfd):
    manager = Manager(monkeypatch, answers=False)
    assert list(find_browser.fetched()) == []
    assert capfd.readouterr() == ("", "")
    for words in manager.asked:
        assert "--avoid-browser-download" in words and "--avoid-stats" in words
        assert int(words[words.index("--timeout") + 1]) <= 15


def test_seleniums_manager_fetches_where_there_is_a_way_and_says_so(monkeypatch, capfd):
    Manager(monkeypatch, answers=True)
    assert next(find_browser.fetched()) == Browser("chrome", "/cache/chrome", "/cache/driver")
    assert "fetching one" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("names", "uid", "sudo", "expected"),
    [
        (("apt-get",), 0, 1, []),
        (("apt-get", "sudo"), 1000, 0, ["sudo", "--non-interactive"]),
        (("apt-get", "sudo"), 1000, 1, None),
        (("apt-get",), 1000, 0, None),
        (("sudo",), 0, 0, None),
    ],
)
def test_packages_are_installed_only_by_root_or_sudo_without_a_password(names, uid, sudo, expected):
    assert find_browser.root_words(which(*names), lambda: uid, lambda *_, **__: sudo) == expected


def test_debians_packages_and_apts_last_word(monkeypatch, capsys):
    monkeypatch.setattr(find_browser, "root_words", lambda: ["sudo", "--non-interactive"])
    ran = []

    def run(command, **_):
        ran.append(command)
        return SimpleNamespace(returncode=100 * ("install" in command), stdout="one\nE: Unable to locate chromium\n")

    assert find_browser.install_debians(run) == "apt-get: E: Unable to locate chromium"
    assert ran[0][-1] == "update" and {"chromium", "chromium-driver", "fonts-dejavu"} <= set(ran[1])
    assert all(command[:2] == ["sudo", "--non-interactive"] for command in ran)
    assert "installing" in capsys.readouterr().err


# --- before the long run ---------------------------------------------------------------------------------


def test_make_test_ends_before_the_long_run_when_no_browser_can_be_had(bootstrap, tmp_path, monkeypatch):
    """The real module on a machine that has nothing and allows nothing; then bootstrap stops with its sentence."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "__init__.py").touch()
    (tmp_path / "tests" / "find_browser.py").write_text("print('The browser tests need one.'); raise SystemExit(1)\n")
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", sys.executable)
    with pytest.raises(bootstrap.Stop, match="The browser tests need one"):
        bootstrap.prepare_browser({})
    (tmp_path / "tests" / "find_browser.py").write_text('print(\'{"kind": "chrome"}\')\n')
    assert bootstrap.prepare_browser({"A": "1"}) == {"A": "1", find_browser.VARIABLE: '{"kind": "chrome"}'}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], False),
        (["-x", "-q"], False),
        (["-k", "data"], True),
        (["tests/core/test_data.py"], True),
        (["-kdata"], True),
    ],
)
def test_a_run_of_chosen_tests_does_not_get_a_browser_first(bootstrap, words, expected):
    assert bootstrap.narrowed(words) is expected


def test_a_machine_without_a_browser_is_told_so_at_once(tmp_path):
    """The real module with an empty PATH: nothing installed, no leave to get one."""
    env = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.find_browser"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1 and done.stdout.startswith("The browser tests need Chrome") and done.stderr == ""
