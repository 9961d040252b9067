"""The task finder: who looks for tasks finds them, and can send what was found."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

VIEW = "?phase=assess&role=fasttrack-manager&service=exchange&requirement=mandatory"


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr:visible th").all_text_contents()


def count(page: Page) -> str:
    return page.locator("[data-lf-count]").inner_text()


def option(page: Page, value: str) -> None:
    page.locator(f"form input[value={value}]").click()


def download(page: Page, kind: str) -> str:
    with page.expect_download() as info:
        page.locator(f"[data-lf-save={kind}]").click()
    return Path(info.value.path()).read_text("utf-8-sig")


def test_a_view_is_chosen_sent_and_opened_again(visit: Visit) -> None:
    page = visit.open("/tasks/")
    everything = len(rows(page))
    for value in ("assess", "fasttrack-manager", "exchange", "mandatory"):
        option(page, value)
    page.wait_for_url(f"**/tasks/{VIEW}")
    chosen, told = rows(page), count(page)
    assert 0 < len(chosen) < everything
    assert told.startswith(f"Tasks: {len(chosen)} of {everything} ")
    page = visit.open(f"/tasks/{VIEW}")
    assert rows(page) == chosen
    assert count(page) == told
    visit.assert_clean()


def test_all_that_is_chosen_must_stand_in_one_row_where_all_services_is_each_of_them(
    visit: Visit,
) -> None:
    page = visit.open(f"/tasks/{VIEW}")
    wanted = re.compile("(^|[;,])(exchange|all)([;,]|$)")
    found = page.locator("tbody tr:visible")
    for places in found.evaluate_all("rows => rows.map(row => row.dataset.at)"):
        assert any(
            place.startswith("assess;")
            and "fasttrack-manager" in place
            and place.endswith(";mandatory")
            and wanted.search(place)
            for place in places.split("|")
        ), places
    assert any("All Services" in text for text in found.all_text_contents())


def test_the_browsers_history_leads_through_the_views(visit: Visit) -> None:
    page = visit.open("/tasks/")
    option(page, "assess")
    page.wait_for_url("**/tasks/?phase=assess")
    assessed = rows(page)
    option(page, "optional")
    page.wait_for_url("**&requirement=optional")
    page.go_back()
    page.wait_for_url("**/tasks/?phase=assess")
    assert rows(page) == assessed
    expect(page.locator("input[value=optional]")).not_to_be_checked()
    page.go_back()
    expect(page.locator("input[value=assess]")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("input[value=assess]")).to_be_checked()
    visit.assert_clean()


@pytest.mark.parametrize("text", ["übergab", "UBERGAB", "uebergab"])
def test_words_are_found_however_they_are_typed(visit: Visit, text: str) -> None:
    page = visit.open("/de/tasks/")
    page.locator("[name=text]").fill(text)
    expect(page.locator("[data-lf-count]")).to_contain_text(" von ")
    names = page.locator("tbody tr:visible td:nth-child(2)").all_text_contents()
    assert names
    assert all("übergab" in name.lower() for name in names)


def test_a_number_finds_its_task_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/tasks/")
    page.locator("[name=text]").focus()
    page.keyboard.type("4071")
    expect(page.locator("[data-lf-count]")).to_contain_text("1 of ")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.locator("thead button").first.focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-lf-save=json]")).to_be_focused()
    page.locator("tbody a:visible").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks/4071/")


def test_switching_the_language_keeps_the_view(visit: Visit) -> None:
    page = visit.open(f"/tasks/{VIEW}&sort=-name")
    chosen = sorted(rows(page))
    page.locator("[data-lf-language][hreflang=de]").evaluate("link => link.click()")
    page.wait_for_url(f"**/de/tasks/{VIEW}&sort=-name")
    assert sorted(rows(page)) == chosen
    assert " von " in count(page)
    expect(page.locator("th[data-column=name]")).to_have_attribute("aria-sort", "descending")
    visit.assert_clean()


def test_columns_sort_and_say_so(visit: Visit) -> None:
    page = visit.open("/tasks/")
    by_id = rows(page)
    assert by_id == sorted(by_id, key=int)
    head = page.locator("th[data-column=phases]")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert page.locator("tbody tr td:nth-child(4)").first.text_content() == "Initiate"
    page.wait_for_url("**?sort=phases")
    assert len(rows(page)) == len(by_id)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_nothing_found_says_what_to_leave_out(visit: Visit, locale: str) -> None:
    prefix = "/" if locale == "en" else "/de/"
    page = visit.open(f"{prefix}tasks/?role=fasttrack-manager&text=4071")
    expect(page.locator("table")).to_be_hidden()
    ways = page.locator("[data-lf-loosen] button")
    without = {
        "en": "Without Role: FastTrack Manager (1)",
        "de": "Ohne Rolle: FastTrack Manager (1)",
    }
    assert without[locale] in ways.all_inner_texts()
    ways.filter(has_text=without[locale]).click()
    assert rows(page) == ["4071"]
    page.locator("[data-lf-reset]").click()
    page.wait_for_url(f"**{prefix}tasks/")
    visit.assert_clean()


def test_an_address_with_nonsense_shows_all_tasks(visit: Visit) -> None:
    page = visit.open("/tasks/?phase=%3Cscript%3E&role=nobody&sort=__proto__&service=")
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count()
    visit.assert_clean()


def test_the_view_is_saved_for_spreadsheets_and_programs(visit: Visit) -> None:
    page = visit.open(f"/de/tasks/{VIEW}")
    chosen = rows(page)
    table = list(csv.reader(download(page, "csv").splitlines()))
    assert [row[0] for row in table] == ["Aufgabe", *chosen]
    assert table[1][-1].endswith(f"/de/tasks/{chosen[0]}/")
    data = json.loads(download(page, "json"))
    assert [task["id"] for task in data["tasks"]] == chosen
    assert data["filters"]["service"] == ["exchange"]
    visit.assert_clean()


def test_no_cell_of_a_saved_table_is_a_formula(visit: Visit) -> None:
    page = visit.open("/tasks/?text=4071")
    name = page.locator("tbody tr:visible td").first
    name.evaluate("""cell => { cell.textContent = '=HYPERLINK("https://x.example","a,b")' }""")
    table = list(csv.reader(download(page, "csv").splitlines()))
    assert table[1][1] == """'=HYPERLINK("https://x.example","a,b")"""


def test_paper_says_what_is_filtered(visit: Visit) -> None:
    page = visit.open(f"/tasks/{VIEW}")
    expect(page.locator("[data-lf-words]")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("[data-lf-words]")).to_have_text(
        "Filtered by Phase: Assess; Role: FastTrack Manager; Service: Exchange; "
        "Requirement: Mandatory"
    )
    expect(page.locator("form[data-lf-filters]")).to_be_hidden()


@pytest.mark.parametrize("path", ["/de/tasks/", "/de/tasks/?text=zzz", "/de/checklist/"])
def test_nothing_is_wider_than_a_phone(chromium: Browser, address: str, path: str) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 780}) as context:
        visit = Visit(context.new_page(), address)
        page = visit.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        visit.assert_clean()


SHIFTS = """() => new Promise(done => {
    new PerformanceObserver(list => done(
        list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
    )).observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(0), 300)
})"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["/de/tasks/", "/tasks/", "/de/checklist/"])
def test_nothing_moves_when_the_script_comes(
    chromium: Browser, address: str, path: str, width: int
) -> None:
    with chromium.new_context(viewport={"width": width, "height": 800}) as context:
        page = Visit(context.new_page(), address).open(path)
        expect(page.locator("form[data-lf-filters]")).to_be_visible()
        assert page.evaluate(SHIFTS) < 0.02


@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_the_page_counts_as_its_script_does(visit: Visit, prefix: str, site: Path) -> None:
    said = re.search(
        r"data-lf-count>([^<]*)<",
        (site / prefix.strip("/") / "tasks/index.html").read_text("utf-8"),
    )
    assert said
    page = visit.open(f"{prefix}tasks/")
    assert count(page) == said[1].strip()


def test_of_thousands_of_tasks_all_that_fit_and_no_others_are_shown_in_the_end(
    visit: Visit,
) -> None:
    def many(route: Route) -> None:
        text = route.fetch().text()
        start, end = text.index("<tbody>"), text.rindex("</tbody>") + len("</tbody>")
        route.fulfill(
            body=text[:start] + text[start:end] * 6 + text[end:], content_type="text/html"
        )

    visit.page.route("**/tasks/", many)
    page = visit.open("/tasks/")
    fitting = page.locator("tbody tr[data-at^='assess;']")
    shown = page.locator("tbody tr:visible")
    everything = page.locator("tbody tr").count()
    assert everything > 1000
    option(page, "assess")
    expect(page.locator("[data-lf-count]")).to_contain_text(f" of {everything:,}")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    found = shown.count()
    assert fitting.count() <= found < everything
    assert count(page).startswith(f"Tasks: {found:,} of ")
    option(page, "assess")
    expect(shown).to_have_count(everything)
    page.locator("[name=text]").fill("4071")
    expect(shown).to_have_count(6)
    visit.assert_clean()


def test_without_a_script_there_is_the_whole_table(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/de/tasks/{VIEW}")
        assert page.locator("tbody tr").first.is_visible()
        assert page.locator("form[data-lf-filters]").is_hidden()
        page.locator("tbody a").first.click()
        page.wait_for_url(re.compile(r"/de/tasks/\d+/$"))
