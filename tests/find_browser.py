"""Which browser the tests drive: one that is here, else one fetched, else Debian's, else a plain no.

``python -m tests.find_browser`` says what it finds; with ``--get`` it also fetches or installs one
where it may, as ``make test`` does before the long run. A browser counts as found when it has
opened a page and drawn a word: one without its driver, or without any font, is of no use.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.selenium_manager import SeleniumManager
from selenium.webdriver.edge.service import Service as EdgeService
from selenium.webdriver.firefox.service import Service as FirefoxService

from tests.firefox import Firefox

VARIABLE = "COURSE_BROWSER"
# No background traffic: these tests run without network.
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # root, and containers without user namespaces, cannot have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
NAMES = {
    "chrome": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "edge": ("microsoft-edge", "microsoft-edge-stable", "msedge"),
    "firefox": ("firefox", "firefox-esr"),
}
DRIVERS = {"chrome": "chromedriver", "edge": "msedgedriver", "firefox": "geckodriver"}
PLACES = {
    "Darwin": {
        "chrome": (
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ),
        "edge": ("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",),
        "firefox": ("/Applications/Firefox.app/Contents/MacOS/firefox",),
    },
    "Windows": {
        "chrome": (r"{}\Google\Chrome\Application\chrome.exe",),
        "edge": (r"{}\Microsoft\Edge\Application\msedge.exe",),
        "firefox": (r"{}\Mozilla Firefox\firefox.exe",),
    },
}
PACKAGES = ("chromium", "chromium-driver", "fonts-dejavu")
PROBE_SECONDS, FETCH_SECONDS, INSTALL_SECONDS = 15, 240, 900
ADVICE = (
    "The browser tests need Chrome, Chromium, Edge or Firefox with its driver, and none works here{}: install one"
    " (Debian: sudo apt install " + " ".join(PACKAGES) + "), then run the same command again, or test all else with"
    " make test ARGS='--ignore-glob=*/test_browser*'."
)


@dataclass(frozen=True)
class Browser:
    """A browser's kind (chrome, edge or firefox), its program, and its driver's program."""

    kind: str
    binary: str
    driver: str | None


def installed(
    which: Callable[[str], str | None] = shutil.which,
    system: str = platform.system(),
    exists: Callable[[str], bool] = os.path.exists,
    env: Mapping[str, str] = os.environ,
) -> list[Browser]:
    """The browsers on this machine, in the order in which they are tried."""
    found = []
    roots = [env[n] for n in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA") if env.get(n)]
    for kind, names in NAMES.items():
        places = [path for name in names if (path := which(name))]
        patterns = PLACES.get(system, {}).get(kind, ())
        places += [p for pattern in patterns for root in roots or [""] if exists(p := pattern.format(root))]
        found += [Browser(kind, path, which(DRIVERS[kind])) for path in dict.fromkeys(places)]
    return found


def open_page(browser: Browser, width: int = 1400, height: int = 1000) -> webdriver.Remote:
    """Start a browser without a window of its own on the screen; the caller quits it."""
    if browser.kind == "firefox":
        options = webdriver.FirefoxOptions()
        options.binary_location = browser.binary
        for word in ("-headless", f"--width={width}", f"--height={height}"):
            options.add_argument(word)
        return Firefox(options=options, service=FirefoxService(browser.driver, log_output=subprocess.DEVNULL))
    edge = browser.kind == "edge"
    options = webdriver.EdgeOptions() if edge else webdriver.ChromeOptions()
    options.binary_location = browser.binary
    for flag in (*FLAGS, f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("ms:loggingPrefs" if edge else "goog:loggingPrefs", {"browser": "ALL"})
    if edge:
        return webdriver.Edge(options=options, service=EdgeService(browser.driver))
    return webdriver.Chrome(options=options, service=ChromeService(browser.driver))


def problem(browser: Browser) -> str | None:
    """Why this browser cannot be used; None when it opens a page and draws a word."""
    try:
        with open_page(browser) as page:
            page.get("data:text/html,<span>word</span>")
            width = page.execute_script("return document.querySelector('span').getBoundingClientRect().width")
    except (WebDriverException, OSError) as error:
        first = (str(error).removeprefix("Message:").strip().splitlines() or [type(error).__name__])[0]
        return f"{browser.binary}: {first[:150]}"
    return None if width > 0 else f"{browser.binary}: no font is installed"


def ask_manager(kind: str, *words: str, seconds: int) -> Browser | None:
    """What Selenium's own manager finds or fetches; None, silently, where it cannot."""
    log = logging.getLogger("selenium")
    level = log.level
    log.setLevel(logging.CRITICAL)  # its attempts are of no interest; `find` says what came of them
    name = {"edge": "MicrosoftEdge"}.get(kind, kind)
    try:
        paths = SeleniumManager().binary_paths(["--browser", name, "--avoid-stats", "--timeout", str(seconds), *words])
    except (WebDriverException, OSError, ValueError):
        return None
    finally:
        log.setLevel(level)
    return Browser(kind, paths.get("browser_path") or "", paths.get("driver_path"))


def managed_driver(browser: Browser) -> str | None:
    """The driver of a browser that is here, from the manager's store or the network."""
    found = ask_manager(browser.kind, "--browser-path", browser.binary, seconds=PROBE_SECONDS)
    return found.driver if found else None


def fetched() -> Iterator[Browser]:
    """Browsers that Selenium's manager fetches. First the small driver, with a short time limit: is there a way?"""
    for kind in ("chrome", "firefox"):
        if not ask_manager(kind, "--avoid-browser-download", "--skip-driver-in-path", seconds=PROBE_SECONDS):
            continue
        print(f"No browser here works; fetching one ({kind}) with Selenium's manager.", file=sys.stderr)
        found = ask_manager(kind, "--skip-driver-in-path", "--skip-browser-in-path", seconds=FETCH_SECONDS)
        if found and found.binary and found.driver:
            yield found


def root_words(
    which: Callable[[str], str | None] = shutil.which,
    uid: Callable[[], int] = getattr(os, "geteuid", lambda: 1),
    call: Callable[..., int] = subprocess.call,
) -> list[str] | None:
    """The words before a command of root: none, or sudo without a password; None when it may not be."""
    if not which("apt-get"):
        return None
    if uid() == 0:
        return []
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if which("sudo") and call(["sudo", "--non-interactive", "true"], **quiet) == 0:
        return ["sudo", "--non-interactive"]
    return None


def install_debians(run: Callable[..., subprocess.CompletedProcess] = subprocess.run) -> str | None:
    """Install Debian's Chromium, driver and fonts; returns why not, or None."""
    words = root_words()
    if words is None:
        return "apt may not be used here"
    print("No browser here works; installing Debian's packages:", *PACKAGES, file=sys.stderr)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    keep = ["--preserve-env=DEBIAN_FRONTEND"] if words else []
    apt = [*words, *keep, "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    done = None
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        try:
            done = run(
                [*apt, *step],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=INSTALL_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"apt-get {step[0]}: {error}"
    if done.returncode:
        return "apt-get: " + (done.stdout.strip().splitlines() or ["no words"])[-1]
    return None


def candidates(get: bool, why: list[str]) -> Iterator[Browser]:
    """Browsers to try, from the nearest to the farthest."""
    for browser in installed():
        driver = browser.driver or managed_driver(browser)
        if driver:
            yield Browser(browser.kind, browser.binary, driver)
        else:
            why.append(f"{browser.binary}: no driver")
    if not get:
        return
    yield from fetched()
    if refusal := install_debians():
        why.append(refusal)
        return
    yield from installed()


def find(get: bool = False) -> Browser:
    """The browser for the tests.

    Parameters
    ----------
    get : bool
        Fetch or install one where none works.

    Raises
    ------
    RuntimeError
        None works; the sentence says what to do.
    """
    if given := os.environ.get(VARIABLE):
        return Browser(**json.loads(given))
    why: list[str] = []
    for browser in candidates(get, why):
        if reason := problem(browser):
            why.append(reason)
        else:
            os.environ[VARIABLE] = json.dumps(asdict(browser))
            return browser
    raise RuntimeError(ADVICE.format(f" ({'; '.join(why)})" if why else ""))


def main(words: list[str]) -> int:
    """Print the browser as one line of JSON, or why there is none."""
    try:
        print(json.dumps(asdict(find(get="--get" in words))))
    except RuntimeError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
