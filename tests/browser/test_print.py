"""Paper: what a page looks like when it is printed, and the pages that are made for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import ROOT, Visit, found_by_search

pytestmark = pytest.mark.browser

PROCESS = "assess-conduct-technical-assessment/"
A4 = ViewportSize(width=673, height=900)  # what the margins leave, in CSS pixels
# Tables, boxes and code that are wider than the paper would be cut off.
TOO_WIDE = """() => [...document.querySelectorAll('article :is(table, pre, img, svg, dl, p)')]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 120))"""
LOST = """() => [...document.querySelectorAll('a[href^="#"]')]
    .map(link => decodeURIComponent(link.getAttribute('href').slice(1)))
    .filter(name => name && !document.getElementById(name))"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at) }"""


@pytest.fixture
def paper(chromium: Browser, address: str) -> Iterator[Visit]:
    with chromium.new_context(viewport=A4, color_scheme="dark") as context:
        page = context.new_page()
        page.emulate_media(media="print")
        yield Visit(page, address)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def after(page: Page, selector: str) -> str:
    script = "link => getComputedStyle(link, '::after').content"
    return str(page.locator(selector).first.evaluate(script))


@pytest.mark.parametrize("path", [PROCESS, f"de/{PROCESS}", "print/assess/", "de/print/", "map/"])
def test_nothing_is_cut_off_on_paper(paper: Visit, path: str) -> None:
    page = paper.open(f"/{path}")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"] + 1
    assert pages_of(page.pdf(format="A4")) > 0
    paper.assert_clean()


def test_on_paper_there_is_only_the_page_and_links_say_where_they_lead(paper: Visit) -> None:
    page = paper.open(f"/{PROCESS}")
    for chrome in (".md-header", ".md-footer", ".md-sidebar", ".md-top", ".headerlink"):
        assert page.locator(f"{chrome}:visible").count() == 0, chrome
    assert "https://" in after(page, "article a[href^='https://']")
    row = page.locator("article tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    head = page.locator("article thead").first
    assert head.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"  # in dark colours, too


@pytest.mark.parametrize("prefix", ["", "de/"])
def test_a_print_holds_each_page_once_and_its_links_lead_inside(
    visit: Visit, site: Path, prefix: str
) -> None:
    page = visit.open(f"/{prefix}print/")
    written = sum(1 for _ in (ROOT / "docs" / "en").rglob("*.md"))
    assert page.locator("article article").count() == written
    assert page.evaluate(TWICE) == []
    assert page.evaluate(LOST) == []
    assert page.locator("img[loading=lazy]").count() == 0
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    found = found_by_search(site / prefix / "search" / "search_index.json")
    assert [address for address in found if address.startswith("print/")] == []
    visit.assert_clean()


def test_a_phase_is_printed_by_a_button(visit: Visit) -> None:
    visit.page.add_init_script("window.print = () => { window.printed = true }")
    page = visit.open("/de/print/assess/")
    assert page.locator("article article").count() == 6
    page.get_by_role("button", name="Drucken").click()
    assert page.evaluate("window.printed") is True
    visit.assert_clean()


def test_a_print_that_was_saved_leads_its_reader_on(chromium: Browser, site: Path) -> None:
    with chromium.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "print" / "assess" / "index.html").as_uri())
        expect(page.get_by_role("button", name="Print")).to_be_hidden()
        link = page.locator(".lf-print__contents a").last
        link.click()
        expect(page.locator("article article").last).to_be_in_viewport()


def test_what_is_folded_is_printed_unfolded(visit: Visit) -> None:
    page = visit.open("/phases/assess/")
    fold = page.locator("article details").first
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert fold.get_attribute("open") is not None
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert fold.get_attribute("open") is None
