"""What holds on every page: the offer of the reader's language, and the page for no page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PROCESS = "assess-conduct-technical-assessment"
OFFER = ".lf-offer"


@contextmanager
def reader(chromium: Browser, address: str, *, speaks: str, width: int = 1440) -> Iterator[Visit]:
    """Open the site as somebody whose browser asks for a language."""
    with chromium.new_context(locale=speaks, viewport={"width": width, "height": 800}) as context:
        yield Visit(context.new_page(), address)


def offer(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^(Your language|Ihre Sprache)$"))


@pytest.mark.parametrize(
    ("speaks", "prefix", "text", "leads_to"),
    [
        ("de-AT", "/", "Diese Seite gibt es auch auf Deutsch.", "/de/"),
        ("en-GB", "/de/", "This page is also available in English.", "/"),
    ],
)
def test_readers_are_offered_their_own_language_in_it_and_keep_their_place(
    chromium: Browser, address: str, speaks: str, prefix: str, text: str, leads_to: str
) -> None:
    with reader(chromium, address, speaks=speaks) as visit:
        page = visit.open(f"{prefix}{PROCESS}/?x=1#task-4071")
        expect(offer(page)).to_have_attribute("lang", speaks[:2])
        offer(page).get_by_role("link", name=text).click()
        page.wait_for_url(f"**{leads_to}{PROCESS}/?x=1#task-4071")
        expect(page.locator(OFFER)).to_have_count(0)
        visit.assert_clean()


def test_an_offer_moves_nothing_and_is_not_made_again_once_it_is_declined(
    chromium: Browser, address: str
) -> None:
    with reader(chromium, address, speaks="de", width=360) as visit:
        page = visit.open(f"/{PROCESS}/")
        expect(offer(page)).to_be_in_viewport(ratio=1)
        shifts = """() => new Promise(done => new PerformanceObserver(list => done(
            list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
        )).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 300))"""
        assert page.evaluate(shifts) < 0.01
        offer(page).get_by_role("button", name="Nicht mehr anbieten").press("Enter")
        expect(page.locator(OFFER)).to_have_count(0)
        visit.open("/")
        expect(page.locator(OFFER)).to_have_count(0)
        visit.assert_clean()


@pytest.mark.parametrize("path", ["/", f"/{PROCESS}/", "/tasks/?text=zzz"])
def test_at_the_end_of_a_page_the_offer_lies_over_nothing(
    chromium: Browser, address: str, path: str
) -> None:
    with reader(chromium, address, speaks="de", width=360) as visit:
        page = visit.open(path)
        top = page.locator(OFFER).evaluate("one => one.getBoundingClientRect().top")
        end = page.evaluate("""() => {
            scrollTo({top: document.documentElement.scrollHeight, behavior: "instant"})
            return Math.max(...[...document.querySelectorAll("main, footer")].map(
                one => one.getBoundingClientRect().bottom
            ))
        }""")
        assert end <= top


def test_who_chose_another_language_by_hand_is_not_asked_again(
    chromium: Browser, address: str
) -> None:
    with reader(chromium, address, speaks="de") as visit:
        page = visit.open("/de/")
        expect(page.locator(OFFER)).to_have_count(0)  # it is the reader's own
        visit.open("/")
        expect(page.locator(OFFER)).to_have_count(1)
        page.locator(".md-select [data-lf-language][hreflang=en]").evaluate("a => a.click()")
        page.wait_for_load_state()
        expect(page.locator(OFFER)).to_have_count(0)
        visit.assert_clean()


def test_without_a_language_of_the_readers_nothing_is_offered(
    chromium: Browser, address: str
) -> None:
    with reader(chromium, address, speaks="fr-FR") as visit:
        page = visit.open("/de/")
        expect(page.locator(OFFER)).to_have_count(0)
        visit.assert_clean()


@pytest.mark.parametrize(
    ("path", "locale", "title"),
    [("/de/no/such-page/", "de", "Seite nicht gefunden"), ("/nowhere", "en", "Page not found")],
)
def test_where_there_is_no_page_the_language_of_the_address_comes_first(
    visit: Visit, path: str, locale: str, title: str
) -> None:
    page = visit.open(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    sections = page.locator("article section[data-lf-root]")
    assert sections.first.get_attribute("lang") == locale
    assert sections.count() == 2
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    assert [one for one in visit.complaints if path not in one and "404" not in one] == []
    assert visit.foreign == []


@pytest.mark.parametrize("path", ["/de/no/such/page-4071/", "/nowhere"])
def test_the_page_for_no_page_has_no_barrier(visit: Visit, path: str) -> None:
    assert barriers(visit.open(path)) == []


def test_what_the_address_names_is_looked_for(visit: Visit) -> None:
    page = visit.open("/de/aufgaben/4071-alt.html")
    first = page.locator("article section[lang=de]")
    first.get_by_role("link", name="Aufgabe 4071 suchen").click()
    page.wait_for_url("**/de/tasks/?text=4071")
    assert page.locator("tbody tr:visible th").all_text_contents() == ["4071"]
    visit.open("/technical-assessment")
    page.get_by_role("link", name="Search for “technical assessment”").click()
    page.wait_for_url("**/?q=technical+assessment*")
    expect(page.locator(".md-search__input")).to_have_value("technical assessment")


def test_an_address_cannot_put_markup_into_the_page(visit: Visit) -> None:
    page = visit.open("/de/%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.get_by_role("link", name=re.compile("img src x onerror"))).to_have_count(2)
    assert page.locator("article img").count() == 0


def test_without_a_script_all_languages_are_there(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/de/no/such/page/")
        for locale in ("en", "de"):
            expect(page.locator(f"article section[lang={locale}] a:visible")).to_have_count(2)
        page.goto(f"{address}/")
        expect(page.locator(OFFER)).to_have_count(0)
