"""The search box alone, with a worker that answers with fixed data."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
)

from tests.browser.barriers import barriers, rules_in
from tests.browser.conftest import ROOT, Visit

pytestmark = pytest.mark.browser

FAKE = (Path(__file__).parent / "fakes" / "search-worker.js").read_text("utf-8")
WORKER = "**/search/worker.js"
PROCESS = "/assess-conduct-technical-assessment/"
KICKOFF = "initiate-conduct-customer-kick-off/"
ACTIVE = "document.activeElement"
NARROW: ViewportSize = {"width": 360, "height": 740}


def answer(route: Route) -> None:
    route.fulfill(body=FAKE, content_type="text/javascript")


@pytest.fixture(autouse=True)
def worker(context: BrowserContext) -> None:
    context.route(WORKER, answer)


def field(page: Page) -> Locator:
    return page.locator(".md-search__input")


def meta(page: Page) -> Locator:
    return page.locator(".md-search-result__meta")


def items(page: Page) -> Locator:
    return page.locator(".md-search-result__list > li")


def is_open(page: Page) -> bool:
    return bool(page.evaluate("document.getElementById('__search').checked"))


def search(visit: Visit, text: str, path: str = "/") -> Page:
    page = visit.open(path)
    page.keyboard.press("/")
    field(page).fill(text)
    return page


def focused(page: Page) -> str:
    return str(page.evaluate(f"{ACTIVE}.innerText || {ACTIVE}.className"))


def test_nothing_of_search_is_loaded_before_a_reader_opens_it(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.open(PROCESS)
    assert [url for url in asked if "/search/" in url or url.endswith("search.css")] == []
    page.keyboard.press("s")
    expect(meta(page)).to_contain_text("Type a task number")
    assert any(url.endswith("/search/worker.js") for url in asked)
    visit.assert_clean()


def test_what_each_page_loads_of_search_is_small() -> None:
    stub = ROOT / "overrides" / "assets" / "javascripts" / "search.js"
    assert stub.stat().st_size <= 2048


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_search_and_escape_gives_the_focus_back(visit: Visit, key: str) -> None:
    page = visit.open(PROCESS)
    link = page.locator("article a[href]:visible").first
    link.focus()
    page.keyboard.press(key)
    expect(field(page)).to_be_focused()
    assert is_open(page)
    expect(field(page)).to_have_value("")
    page.keyboard.press("Escape")
    assert not is_open(page)
    expect(link).to_be_focused()
    visit.assert_clean()


def test_keys_that_mean_something_else_open_nothing(visit: Visit) -> None:
    page = visit.open("/tasks/")
    page.keyboard.press("Control+f")
    page.keyboard.press("Alt+s")
    assert not is_open(page)
    page.locator("form [name=text]").press_sequentially("fs/")
    assert not is_open(page)
    search(visit, "np", PROCESS)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("n")  # with the search closed, the theme goes to the next page
    expect(field(page)).to_have_value("npn")
    assert page.url.endswith(PROCESS)


@pytest.mark.parametrize(
    ("prefix", "found", "trail", "rest"),
    [
        ("/", "1 page found", "Initiate · Process", "2 more hits on this page"),
        ("/de/", "1 Seite gefunden", "Initiate · Prozess", "2 weitere Treffer auf dieser Seite"),
    ],
)
def test_results_stand_by_page_with_the_places_on_it(
    visit: Visit, prefix: str, found: str, trail: str, rest: str
) -> None:
    page = search(visit, "kick", prefix)
    expect(meta(page)).to_have_text(found)
    expect(items(page)).to_have_count(1)
    links = items(page).locator("> a.md-search-result__link")
    expect(links).to_have_count(4)
    expect(links.first.locator(".lf-search-title")).to_have_text("Conduct Kick-off for Customers")
    expect(links.first.locator("mark").first).to_have_text("Kick-off")
    expect(links.first.locator(".lf-search-trail")).to_have_text(trail)
    assert str(links.first.get_attribute("href")).endswith(f"{KICKOFF}?h=kick+off+agenda")
    assert str(links.nth(1).get_attribute("href")).endswith("?h=kick+off+agenda#task-4001")
    expect(links.nth(1).locator(".lf-search-id")).to_have_text("4001")
    expect(links.nth(1)).to_contain_text("Mandatory · FastTrack Manager · All Services")
    expect(links.nth(3).locator(".lf-search-id")).to_have_count(0)
    more = items(page).locator("details.md-search-result__more")
    expect(more.locator("summary")).to_have_text(rest)
    expect(more.locator("a")).to_have_count(2)
    visit.assert_clean()


def test_the_number_of_pages_is_read_out_once_typing_pauses(visit: Visit) -> None:
    page = search(visit, "many")
    live = page.locator(".md-search [role=status]")
    expect(live).to_have_text("27 pages found")
    field(page).fill("nothing")
    expect(live).to_have_text("Nothing found for “nothing”.")


def test_more_pages_are_shown_on_demand(visit: Visit) -> None:
    page = search(visit, "many")
    expect(items(page)).to_have_count(10)
    more = page.get_by_role("button", name="Show more")
    more.press("Enter")
    expect(items(page)).to_have_count(20)
    expect(items(page).nth(10).locator("a")).to_be_focused()
    more.click()
    expect(items(page)).to_have_count(27)
    expect(more).to_have_count(0)
    field(page).fill("all")
    expect(items(page)).to_have_count(10)


def test_a_slow_search_says_that_it_is_going_on(visit: Visit) -> None:
    page = search(visit, "slow")
    expect(meta(page)).to_have_text("Searching …")
    expect(meta(page)).to_have_text("1 page found")


def test_an_older_search_never_shows_over_a_newer_one(visit: Visit) -> None:
    page = search(visit, "slow")
    page.wait_for_timeout(100)
    field(page).fill("many")
    expect(items(page)).to_have_count(10)
    page.wait_for_timeout(700)
    expect(items(page)).to_have_count(10)


def test_enter_opens_what_fits_best_even_before_it_is_found(visit: Visit) -> None:
    page = search(visit, "slow")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{KICKOFF}?h=kick+off+agenda#task-4001")
    assert not is_open(page)
    page.keyboard.press("/")
    expect(page.locator(".lf-search-recent button")).to_have_text(["slow"])


def test_arrows_go_through_what_was_found(visit: Visit) -> None:
    page = search(visit, "kick")
    expect(items(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Conduct Kick-off")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("4001")
    page.keyboard.press("End")
    assert focused(page).startswith("2 more hits")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("4003")
    page.keyboard.press("Home")
    assert focused(page).startswith("Conduct Kick-off")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("4004")
    page.keyboard.press("x")  # typing goes on in the field
    expect(field(page)).to_have_value("kickx")
    visit.assert_clean()


def test_with_nothing_found_there_are_ways_to_go_on(visit: Visit) -> None:
    page = search(visit, "nothing", PROCESS)
    expect(meta(page)).to_have_text("Nothing found for “nothing”.")
    foot = page.locator(".lf-search-foot")
    finder = foot.get_by_role("link", name="Look for it in the task finder")
    assert str(finder.get_attribute("href")).endswith("/tasks/?text=nothing")
    assert str(foot.get_by_role("link", name="Glossary").get_attribute("href")).endswith(
        "/glossary/"
    )
    page.get_by_role("button", name="many").click()
    expect(field(page)).to_have_value("many")
    expect(field(page)).to_be_focused()
    expect(items(page)).to_have_count(10)
    field(page).fill("nothing")
    foot.get_by_role("link", name="Deutsch").click()
    page.wait_for_url("**/de/**?q=nothing")
    expect(meta(page)).to_have_text("Nichts gefunden für „nothing“.")
    visit.assert_clean()


def test_an_address_opens_search_and_typing_leaves_it_as_it_is(visit: Visit) -> None:
    page = visit.open("/de/?q=kick%20off")
    expect(field(page)).to_have_value("kick off")
    expect(meta(page)).to_have_text("1 Seite gefunden")
    field(page).fill("many")
    expect(items(page)).to_have_count(10)
    assert page.url.endswith("/de/?q=kick%20off")
    visit.assert_clean()


def test_filters_narrow_a_search_and_can_be_cleared(visit: Visit) -> None:
    page = search(visit, "many")
    role = page.get_by_role("combobox", name="Role")
    expect(role.locator("option")).to_have_text(
        ["Role: all", "FastTrack Manager (7)", "Partner (3)"]
    )
    expect(page.get_by_role("combobox", name="Phase")).to_contain_text("Assess (1,234)")
    role.select_option("partner")
    expect(items(page)).to_have_count(1)
    clear = page.get_by_role("button", name="Clear filters")
    field(page).fill("")
    expect(role).to_be_visible()  # what is chosen stays in sight
    field(page).fill("many")
    expect(items(page)).to_have_count(1)
    clear.click()
    expect(items(page)).to_have_count(10)
    expect(clear).to_be_hidden()
    role.select_option("partner")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(field(page)).to_have_value("")
    expect(role).to_be_hidden()


def test_searches_that_led_somewhere_are_offered_again(visit: Visit) -> None:
    page = search(visit, "kick")
    items(page).locator("a").first.click()
    page.wait_for_url(f"**/{KICKOFF}*")
    page.keyboard.press("/")
    expect(meta(page)).to_contain_text("Recent searches")
    page.get_by_role("button", name="kick", exact=True).click()
    expect(field(page)).to_have_value("kick")
    expect(items(page)).to_have_count(1)
    field(page).fill("")
    page.get_by_role("button", name="Clear list").click()
    expect(meta(page)).to_contain_text("Type a task number")
    expect(page.locator(".lf-search-recent")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('leitfaden:searches:/')") == "[]"


@pytest.mark.parametrize("kept", ["{}", "null", "[1, {}]", "broken", '["  "]'])
def test_a_store_that_holds_something_else_is_no_obstacle(visit: Visit, kept: str) -> None:
    visit.page.add_init_script(f"localStorage.setItem('leitfaden:searches:/', {kept!r})")
    page = visit.open("/")
    page.keyboard.press("/")
    expect(meta(page)).to_contain_text("Type a task number")
    visit.assert_clean()


def test_a_browser_that_keeps_nothing_searches_all_the_same(visit: Visit) -> None:
    visit.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    )
    page = search(visit, "kick")
    items(page).locator("a").first.click(modifiers=["ControlOrMeta"])
    field(page).fill("")
    expect(page.locator(".lf-search-recent button")).to_have_text(["kick"])


def test_what_was_written_is_never_taken_for_markup(visit: Visit) -> None:
    page = search(visit, "markup")
    link = items(page).locator("a").first
    expect(link).to_contain_text("<script>alert(1)</script> & <b>bold</b>")
    expect(link).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".md-search-result :is(script, img, b, i, svg)").count() == 0
    field(page).fill("<img src=x onerror=alert(1)>")
    expect(link).to_contain_text("Kick-off")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{KICKOFF}**")
    page.keyboard.press("/")
    expect(page.locator(".lf-search-recent button")).to_have_text(["<img src=x onerror=alert(1)>"])
    visit.assert_clean()


def test_what_is_in_another_language_says_so(visit: Visit) -> None:
    page = search(visit, "foreign", "/de/")
    link = items(page).locator("a")
    expect(link.locator(".lf-search-title")).to_have_attribute("lang", "fr")
    expect(link.locator(".lf-search-excerpt")).to_have_attribute("lang", "fr")
    expect(link.locator(".lf-search-trail")).to_have_text("Remediate · Statuscode Französisch")


@pytest.mark.parametrize("width", [360, 1440])
def test_long_words_do_not_burst_the_box(chromium: Browser, address: str, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 740}) as context:
        context.route(WORKER, answer)
        page = context.new_page()
        page.goto(f"{address}/de/?q=long")
        expect(items(page)).to_have_count(1)
        wrap = page.locator(".md-search__scrollwrap")
        assert wrap.evaluate("e => e.scrollWidth <= e.clientWidth")
        for line in items(page).locator("p").all():
            assert line.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_after_a_failure_it_can_be_tried_again(visit: Visit, context: BrowserContext) -> None:
    context.route(WORKER, lambda route: route.abort())
    page = search(visit, "kick")
    expect(meta(page)).to_contain_text("The search cannot be reached. Are you offline?")
    context.unroute(WORKER)
    context.route(WORKER, answer)
    page.get_by_role("button", name="Try again").click()
    expect(items(page)).to_have_count(1)
    expect(field(page)).to_be_focused()


def test_after_a_failure_typing_tries_again(visit: Visit, context: BrowserContext) -> None:
    context.route(WORKER, lambda route: route.abort())
    page = search(visit, "kick")
    expect(meta(page)).to_contain_text("The search cannot be reached.")
    context.unroute(WORKER)
    context.route(WORKER, answer)
    field(page).press_sequentially("s")
    expect(items(page)).to_have_count(1)


def test_a_search_that_does_not_load_says_so(visit: Visit, context: BrowserContext) -> None:
    context.route("**/search/box.js", lambda route: route.abort())
    page = search(visit, "kick")
    expect(meta(page)).to_have_text("The search cannot be reached. Are you offline?")
    context.unroute("**/search/box.js")
    field(page).press_sequentially("s")
    expect(items(page)).to_have_count(1)


def test_a_site_that_was_renewed_meanwhile_is_asked_again(visit: Visit) -> None:
    page = search(visit, "renewed")
    expect(items(page)).to_have_count(1)
    field(page).fill("gone")
    expect(meta(page)).to_contain_text("The site has just been renewed.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


@pytest.mark.parametrize("text", ["uncounted", "lost"])
def test_what_was_found_stays_if_it_cannot_be_counted(visit: Visit, text: str) -> None:
    page = search(visit, text)
    expect(items(page)).to_have_count(1)
    page.wait_for_timeout(1_000)
    expect(items(page)).to_have_count(1)
    expect(meta(page)).to_have_text("1 page found")


def test_on_a_phone_a_button_opens_search_and_keys_stay_inside(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context(viewport=NARROW, has_touch=True) as context:
        context.route(WORKER, answer)
        visit = Visit(context.new_page(), address)
        page = visit.open(PROCESS)
        button = page.get_by_role("button", name="Search", exact=True)
        button.tap()
        expect(field(page)).to_be_focused()
        expect(page.locator("body")).to_have_attribute("data-md-scrolllock", "")
        field(page).fill("kick")
        expect(items(page)).to_have_count(1)
        expect(page.get_by_role("combobox", name="Role")).to_contain_text("Partner (3)")
        for key in ["Tab"] * 20 + ["Shift+Tab"] * 20:
            page.keyboard.press(key)
            assert page.evaluate(f"{ACTIVE}.closest('.md-search') !== null")
        small = page.locator(".md-search :is(a, button, select, summary):visible").evaluate_all(
            "all => all.map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])"
            ".filter(([, box]) => box.height < 43.5).map(([html]) => html)"
        )
        assert small == []
        page.get_by_role("button", name="Close search").tap()
        assert not is_open(page)
        expect(button).to_be_focused()
        expect(page.locator("body")).not_to_have_attribute("data-md-scrolllock", "")
        visit.assert_clean()


def test_in_a_wide_window_tab_leads_out_of_the_search(visit: Visit) -> None:
    page = search(visit, "kick")
    expect(items(page)).to_have_count(1)
    for _ in range(25):
        page.keyboard.press("Tab")
        if not is_open(page):
            break
    assert not is_open(page)
    assert page.evaluate(f"{ACTIVE}.closest('.md-search') === null")
    page.mouse.click(100, 400)
    field(page).click()
    assert is_open(page)
    page.mouse.click(100, 700)  # beside it
    assert not is_open(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_the_open_box_has_no_barrier(
    chromium: Browser, address: str, prefix: str, width: int, scheme: str
) -> None:
    found: list[str] = []
    with chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ) as context:
        context.route(WORKER, answer)
        visit = Visit(context.new_page(), address)
        page = visit.open(f"{prefix}?q=all")
        for text, number in (("all", 10), ("nothing", 0), ("", 0)):
            field(page).fill(text)
            expect(items(page)).to_have_count(number)
            page.wait_for_timeout(500)  # until all is counted and has come into view
            found += [f"{text}: {barrier}" for barrier in barriers(page, rules_in(scheme))]
        visit.assert_clean()
    assert found == []


@pytest.mark.parametrize("prefix", ["/", "/de/"])
@pytest.mark.parametrize("width", [360, 1440])
def test_without_a_script_search_leads_to_the_pages_that_lead_on(
    chromium: Browser, address: str, prefix: str, width: int
) -> None:
    viewport: ViewportSize = {"width": width, "height": 740}
    with chromium.new_context(java_script_enabled=False, viewport=viewport) as context:
        page = context.new_page()
        page.goto(f"{address}{prefix}glossary/")
        links = page.locator(".lf-search-plain a:visible")
        if width == 360:
            page.locator(".md-header__button[for=__search]").click()
        else:
            field(page).click()
        expect(links).to_have_count(6)
        links.first.click()
        page.wait_for_url(f"**{prefix}tasks/")
        page.goto(f"{address}{prefix}")
        if width == 360:
            page.locator(".md-header__button[for=__search]").click()
        field(page).fill("4071")
        field(page).press("Enter")
        page.wait_for_url(f"**{prefix}tasks/?query=4071")


MARKED = "all => all.map(mark => mark.textContent)"


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("Durchfuehrung 4071", {"4071"}),
        ("TECHNISCHE", {"Technische", "technische", "technischen"}),
        ("ubersicht", {"Übersicht"}),
        ("Uebersicht", {"Übersicht"}),
        ("", set()),
        ("<>*+?.([", set()),
    ],
)
def test_a_page_marks_the_words_that_were_looked_for(
    visit: Visit, words: str, marked: set[str]
) -> None:
    page = visit.open(f"/de{PROCESS}?{urlencode({'h': words})}")
    marks = page.locator("article mark")
    if marked:
        expect(marks.first).to_be_attached()
    assert set(marks.evaluate_all(MARKED)) == marked
    assert page.locator(":is(.headerlink, button, svg, script) mark").count() == 0
    visit.assert_clean()


def test_marks_leave_the_reader_at_the_anchor(visit: Visit) -> None:
    page = visit.open(f"{PROCESS}?h=the+of+and+4071#task-4071")
    expect(page.locator("#task-4071 mark").first).to_have_text("4071")
    row = page.locator("#task-4071")
    expect(row).to_be_in_viewport()
    assert row.evaluate("row => row.getBoundingClientRect().top") < 200


def test_the_language_switch_takes_no_marks_along(visit: Visit) -> None:
    page = visit.open(f"{PROCESS}?h=technical")
    expect(page.locator("article mark").first).to_be_attached()
    page.locator(".md-select button").hover()
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url(re.compile(r"/de/[^?]*$"))
