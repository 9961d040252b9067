"""What a partner does on the site, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PROCESS = "assess-conduct-technical-assessment"
HOMES = {"en": "/", "de": "/de/"}
TITLES = {
    "en": ("Partner Delivery Playbook", "Conduct Technical Assessment"),
    "de": ("Leitfaden für Delivery-Partner", "Technische Analyse durchführen"),
}


def h1(visit: Visit) -> str:
    heading = visit.page.locator("h1").first
    own_text = "h => [...h.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')"
    return str(heading.evaluate(own_text)).strip()


@pytest.mark.parametrize("locale", HOMES)
def test_home_speaks_one_language_and_shows_the_path_of_the_phases(
    visit: Visit, locale: str
) -> None:
    page = visit.open(HOMES[locale])
    assert page.locator("html").get_attribute("lang") == locale
    assert h1(visit) == TITLES[locale][0]
    assert page.locator("nav.lf-path a:visible").count() == 6
    visit.assert_clean()


@pytest.mark.parametrize("locale", HOMES)
def test_a_phase_leads_from_the_home_page_to_a_process(visit: Visit, locale: str) -> None:
    page = visit.open(HOMES[locale])
    page.locator("nav.lf-path a:visible").nth(1).click()
    page.wait_for_url(f"**{HOMES[locale]}phases/assess/")
    page.locator("article").get_by_role("link", name=TITLES[locale][1]).first.click()
    page.wait_for_url(f"**{HOMES[locale]}{PROCESS}/")
    assert h1(visit) == TITLES[locale][1]
    visit.assert_clean()


@pytest.mark.parametrize("locale", HOMES)
def test_a_process_page_says_who_must_do_what(visit: Visit, locale: str) -> None:
    page = visit.open(f"{HOMES[locale]}{PROCESS}/")
    mandatory = {"en": ("M", "Mandatory"), "de": ("E", "Erforderlich")}[locale]
    row = page.locator("#task-4071")
    expect(row.get_by_role("rowheader")).to_contain_text("4071")
    for word in (*mandatory, "FastTrack Engineer"):
        expect(row).to_contain_text(word)
    assert page.locator("table:has(#task-4071) caption").count() == 1
    assert page.locator("table:has(#task-4071) th[scope=col]").count() == 5
    facts = page.locator(".lf-facts--page")
    expect(facts).to_contain_text({"en": "Assess", "de": "Analyse"}[locale])
    visit.assert_clean()


def test_switching_the_language_stays_on_the_page(visit: Visit) -> None:
    page = visit.open(f"/{PROCESS}/")
    page.locator("[data-lf-language][hreflang=de]").evaluate("link => link.click()")
    page.wait_for_url(f"**/de/{PROCESS}/")
    assert h1(visit) == TITLES["de"][1]
    page.locator("[data-lf-language][hreflang=en]").evaluate("link => link.click()")
    page.wait_for_url(re.compile(rf"//[^/]+/{PROCESS}/"))
    assert h1(visit) == TITLES["en"][1]
    visit.assert_clean()


@pytest.mark.parametrize("anchor", ["key-outputs", "task-4071"])
def test_switching_the_language_keeps_the_place(visit: Visit, anchor: str) -> None:
    page = visit.open(f"/{PROCESS}/#{anchor}")
    page.locator("[data-lf-language][hreflang=de]").evaluate("link => link.click()")
    page.wait_for_url(f"**/de/{PROCESS}/#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    visit.assert_clean()


@pytest.mark.parametrize(
    ("locale", "query", "found"),
    [
        ("en", "Technical Assessment", "Conduct Technical Assessment"),
        ("de", "Technische Analyse", "Technische Analyse durchführen"),
    ],
)
def test_search_finds_pages_of_the_readers_language_only(
    visit: Visit, locale: str, query: str, found: str
) -> None:
    page = visit.open(HOMES[locale])
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially(query)
    results = page.locator(".md-search-result__item a.md-search-result__link")
    expect(results.first).to_be_visible(timeout=15_000)
    expect(page.locator(".md-search-result__list")).to_contain_text(found)
    for link in results.evaluate_all("links => links.map(link => link.pathname)"):
        assert link.startswith("/de/") == (locale == "de"), link
    visit.assert_clean()


def test_the_explanation_of_a_rule_is_there_in_both_languages(visit: Visit) -> None:
    page = visit.open("/rules/")
    page.get_by_role("link", name="LF303").click()
    page.wait_for_url("**/rules/LF303/")
    assert h1(visit).startswith("LF303 ")
    page.locator("[data-lf-language][hreflang=de]").evaluate("link => link.click()")
    page.wait_for_url("**/de/rules/LF303/")
    expect(page.get_by_role("heading", name="Warum")).to_be_visible()
    page.locator("article").get_by_role("link", name="Alle Regeln").click()
    page.wait_for_url("**/de/rules/")
    visit.assert_clean()


def test_an_unknown_address_is_answered_in_both_languages(visit: Visit) -> None:
    page = visit.open("/de/no/such/page/")
    assert page.locator("article section[lang=en]").count() == 1
    assert page.locator("article section[lang=de]").count() == 1
    section = page.locator("article section[lang=de]")
    section.get_by_role("link", name="Zur Startseite").click()
    page.wait_for_url("**/de/")
    assert [c for c in visit.complaints if "/no/such/page/" not in c and "404" not in c] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/", "/de/", f"/{PROCESS}/", "/de/enable-enable-services/", "/de/rules/", "/rules/LF112/"],
)
def test_nothing_is_wider_than_a_phone(
    chromium: Browser, address: str, path: str, scheme: str
) -> None:
    with chromium.new_context(
        viewport={"width": 360, "height": 780},
        color_scheme="dark" if scheme == "dark" else "light",
    ) as context:
        visit = Visit(context.new_page(), address)
        page = visit.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        visit.assert_clean()


@pytest.mark.parametrize("path", ["/", "/de/", f"/{PROCESS}/", f"/de/{PROCESS}/"])
def test_the_head_names_no_person_and_no_other_language(visit: Visit, path: str) -> None:
    page = visit.open(path)
    head = page.locator("head").inner_html()
    assert 'name="author"' not in head
    assert "hreflang" not in head
    titles = [entry[0] for locale, entry in TITLES.items() if (locale == "de") != ("/de/" in path)]
    assert all(title not in page.title() for title in titles)


def test_the_values_of_a_cell_stand_side_by_side(visit: Visit) -> None:
    page = visit.open("/assess-conduct-technical-assessment/")
    links = page.locator("#task-3217 .lf-tasks__services a")
    tops = [box["y"] for link in links.all()[:2] if (box := link.bounding_box())]
    assert len(tops) == 2
    assert abs(tops[0] - tops[1]) < 4
