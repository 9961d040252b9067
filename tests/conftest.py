"""What all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.engine.both import MKDOCS, built_by
from tests.shared import made_once
from tests.site.sites import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What a browser has besides pages. The popups of its address field alone take as long to load as a
# page. Of two such lists the last one counts: the other names are those that Playwright has in its.
NOT_OURS = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "AimEnabled,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "LensOverlay,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,"
    "PreconnectToSearch,ThirdPartyStoragePartitioning"
)
QUIET = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    f"--disable-features={NOT_OURS}",
]

# How long an example takes says something of the machine: speed is measured in scripts/bench.py.
settings.register_profile("leitfaden", deadline=None)
settings.load_profile("leitfaden")


def pytest_configure(config: pytest.Config) -> None:
    """Let the programs that tests start end by Ctrl-C, though a shell's background jobs do not."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Have one process more than cores: tests of browsers and servers wait much of their time."""
    cores = yield
    return cores if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") else cores + 1


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site as `mkdocs build` makes it, in a folder beside what that has told."""

    def make(folder: Path) -> None:
        made = built_by(MKDOCS, PROJECT, folder / "site", "--strict", fresh=True)
        assert made.exit_code == 0, made.log
        (folder / "log").write_text(made.log, "utf-8")

    return made_once(tmp_path_factory, "own-site", make)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser; one for each process that runs tests, since Playwright starts but once in it."""
    from playwright.sync_api import Error as PlaywrightError
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("LEITFADEN_CHROMIUM") or None
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=[*QUIET, *sandbox]
            )
        except PlaywrightError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Chromium to test with: {error.message.splitlines()[0]}")
        yield browser
        browser.close()
