"""Whoever follows an old link arrives at the new place, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Visit, served
from tests.site.sites import Built, Site

pytestmark = pytest.mark.browser

_FILLING = "Some words that fill the page.\n\n" * 60
PAGES = {
    "docs/en/index.md": "# Home\n",
    "docs/de/index.md": "# Start\n",
    "docs/en/assess.md": (
        f"# Assess\n\n## Overview\n\n{_FILLING}\n## Next Steps\n\n### 100% Überblick\n\nEnd.\n"
    ),
    "docs/de/assess-de.md": (
        f"# Analyse\n\n## Übersicht\n\n{_FILLING}\n## Nächste Schritte\n\n### 100 %\n\nEnde.\n"
    ),
    "docs/en/redirects.yml": """\
old/assess-en:
  page: assess
  anchors: {What Next?: next-steps, overview: next-steps, gone: no-longer-there}
assess:
  page: assess
  anchors: {what-now: next-steps}
""",
    "docs/de/redirects.yml": """\
alt/Über uns:
  page: assess
  anchors: {Nächste-Schritte: next-steps}
""",
}
BASE = "/playbook"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("moved")).of_few_words().write(PAGES)
    site.edit("mkdocs.yml", "https://leitfaden.example/", "https://leitfaden.example/playbook/")
    site.edit("mkdocs.yml", "site_dir: site", f"site_dir: host{BASE}")
    built: Built = site.build()
    assert built.exit_code == 0, built.log
    return site.root / "host"


@pytest.fixture(scope="module")
def host(moved: Path) -> Iterator[str]:
    with served(moved) as address:
        yield address


@pytest.fixture
def old(context: BrowserContext, host: str) -> Visit:
    return Visit(context.new_page(), host)


def arrives(page: Page, old: str, new: str) -> None:
    page.goto(old)
    page.wait_for_url(new)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", ""),
        ("?a=b%20c&d", "?a=b%20c&d"),
        ("#What%20Next%3F", "#next-steps"),
        ("#what%20next?", "#next-steps"),
        ("?a=b#What Next?", "?a=b#next-steps"),
        ("#overview", "#next-steps"),
        ("#next-steps", "#next-steps"),
        ("#Next-Steps", "#next-steps"),
        ("#100-%C3%BCberblick", "#100-%C3%BCberblick"),
        ("#gone", ""),
        ("#nothing-of-the-kind", ""),
        ("#%E0%A4%A", ""),
        ("#__proto__", ""),
    ],
)
def test_an_old_english_address_leads_to_the_new_place(
    old: Visit, before: str, behind: str
) -> None:
    new = f"{old.address}{BASE}/assess/{behind}"
    for spelling in ("old/assess-en.html", "old/assess-en/", "old/assess-en"):
        arrives(old.page, f"{old.address}{BASE}/{spelling}{before}", new)
        assert old.page.locator("html").get_attribute("lang") == "en"
        old.page.goto("about:blank")  # the next one comes from elsewhere, too
    old.assert_clean()


@pytest.mark.parametrize(
    "anchor", ["Nächste-Schritte", "N%C3%84CHSTE-schritte", "Na%CC%88chste-Schritte"]
)
def test_an_old_german_address_leads_to_the_new_place(old: Visit, anchor: str) -> None:
    new = f"{old.address}{BASE}/de/assess/#next-steps"
    arrives(old.page, f"{old.address}{BASE}/alt/%C3%9Cber%20uns.html#{anchor}", new)
    expect(old.page.locator("#next-steps")).to_be_in_viewport()
    assert old.page.locator("html").get_attribute("lang") == "de"
    old.assert_clean()


def test_the_way_back_does_not_lead_through_the_old_address(old: Visit) -> None:
    start = f"{old.address}{BASE}/de/"
    old.page.goto(start)
    arrives(old.page, f"{old.address}{BASE}/old/assess-en.html", f"{old.address}{BASE}/assess/")
    old.page.go_back()
    old.page.wait_for_url(start)


@pytest.mark.parametrize(
    ("before", "new"),
    [("old/assess-en.html#overview", "assess/"), ("alt/Über uns/", "de/assess/")],
)
def test_without_javascript_it_leads_to_the_page(
    chromium: Browser, host: str, before: str, new: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        arrives(context.new_page(), f"{host}{BASE}/{before}", f"{host}{BASE}/{new}")


def test_from_a_disk_it_leads_to_the_page_s_file(context: BrowserContext, moved: Path) -> None:
    folder = moved.as_uri() + BASE
    arrives(
        context.new_page(),
        f"{folder}/old/assess-en.html#What%20Next%3F",
        f"{folder}/assess/index.html#next-steps",
    )


@pytest.mark.parametrize("blocked", ["old/assess-en.html", "alt/Über uns.html"])
def test_without_its_script_the_page_says_where_to_go(old: Visit, blocked: str) -> None:
    old.page.route("**/redirect.js", lambda route: route.abort())
    old.page.goto(f"{old.address}{BASE}/{blocked}")
    heading = {"o": "This page has moved", "a": "Diese Seite ist umgezogen"}[blocked[0]]
    assert old.page.get_by_role("heading", name=heading).is_visible()
    old.page.get_by_role("link").click()
    old.page.wait_for_url(f"**{BASE}/**assess/")


def test_a_page_that_has_kept_its_address_knows_its_old_anchors(old: Visit) -> None:
    page = old.page
    arrives(
        page, f"{old.address}{BASE}/assess/#what-now", f"{old.address}{BASE}/assess/#next-steps"
    )
    expect(page.locator("#next-steps")).to_be_in_viewport()
    page.goto(f"{old.address}{BASE}/assess/#overview")
    expect(page.locator("#overview")).to_be_in_viewport()
    page.evaluate("location.hash = 'What%20Next%3F'")
    page.wait_for_url(f"{old.address}{BASE}/assess/#next-steps")
    assert old.complaints == []
