"""Translations that are behind, in a browser: marks, rows of the original, and the status page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import barriers, rules_in
from tests.browser.conftest import ROOT, Visit, served
from tests.cli.repository import commit, git
from tests.site.sites import Site
from tests.site.translations import what_it_shows, write_locks

pytestmark = pytest.mark.browser

PAGE = "assess-conduct-technical-assessment"
LOOKS = [(scheme, width) for width in (360, 1440) for scheme in ("light", "dark")]
NEW_ROW = "| 4999 | Look at the new wiring | M | FastTrack Engineer | Core Onboarding |\n"


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two of the playbook's own pages, one of whose source has changed since it was translated."""
    site = Site(tmp_path_factory.mktemp("drifted")).navigation("index", PAGE)
    root = site.root
    for locale in ("en", "de"):
        for name in ("index", PAGE):
            path = f"docs/{locale}/{name}.md"
            site.write({path: (ROOT / path).read_bytes()})
    write_locks(site.save().root, what_it_shows)
    (root / ".gitignore").write_text("site/\n.cache/\n", "utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "2026-01-05")
    edit(root / "docs" / "en" / f"{PAGE}.md")
    commit(root, "2026-01-29")
    built = site.build()
    assert built.exit_code == 0, built.log
    with served(root / "site") as address:
        yield address


def edit(file: Path) -> None:
    """Change a page in a paragraph, an item, a heading, a table of tasks, and by a section."""
    text = file.read_text("utf-8")
    first = re.search(r"^## Overview\n\n(.+?[.]) ", text, re.MULTILINE)
    task = re.search(r"^\| 4072 \|.*\n", text, re.MULTILINE)
    assert first
    assert task
    for old, new in (
        (first[1], "Something else entirely has to be said here first."),
        (task[0], NEW_ROW + task[0]),
        ("\n## Approach\n", "\n## A New Section\n\nIts text.\n\n## Approach\n"),
        ("### Test the Network\n", "### Test All of the Networks\n"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def test_a_mark_leads_to_the_same_place_of_the_original(chromium: Browser, drifted: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context.new_page(), drifted)
        page = visit.open(f"/de/{PAGE}/")
        mark = page.locator("#overview + p > a.lf-behind")
        expect(mark).to_be_visible()
        expect(mark).to_have_accessible_name(
            "Original geändert (1 Satz des Originals hat sich geändert; Original lesen)"
        )
        mark.click()
        expect(page).to_have_url(re.compile(rf"{drifted}/{PAGE}/#overview$"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        visit.assert_clean()


def test_a_task_that_the_translation_lacks_stands_in_its_table(
    chromium: Browser, drifted: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context.new_page(), drifted)
        page = visit.open(f"/de/{PAGE}/")
        row = page.locator("tr#task-4999")
        expect(row).to_have_attribute("lang", "en")
        expect(row).to_contain_text("Look at the new wiring")
        expect(row.locator("a.lf-behind")).to_contain_text("noch nicht übersetzt")
        expect(page.locator("tr#task-4999 + tr")).to_have_id("task-4072")
        lacking = page.locator(".lf-lacks a", has_text="A New Section")
        expect(lacking).to_have_attribute("lang", "en")
        visit.assert_clean()


@pytest.mark.parametrize(
    ("path", "title", "do", "nothing"),
    [
        ("/status/", "Translation status", "Bring up to date", "Nothing yet"),
        ("/de/status/", "Stand der Übersetzungen", "Nachziehen", "Noch nichts"),
    ],
)
def test_the_status_page_tells_what_is_to_be_done_without_a_script(
    chromium: Browser, drifted: str, path: str, title: str, do: str, nothing: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{drifted}{path}")
        expect(page.locator("h1")).to_contain_text(title)
        unit = page.locator(".lf-status__unit", has_text="Something else entirely")
        expect(unit).to_contain_text(do)
        expect(unit.locator(".lf-status__text")).to_have_count(3)
        expect(unit.locator("ins").first).to_contain_text("Something else entirely")
        expect(unit.locator("del").first).to_be_visible()
        row = page.locator(".lf-status__unit", has_text="Look at the new wiring")
        expect(row).to_contain_text(nothing)
        unit.locator(".lf-status__label a").first.click()
        expect(page).to_have_url(re.compile(rf"{drifted}/{PAGE}/#overview$"))


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_marks_and_status_have_no_barrier_and_fit(
    chromium: Browser, drifted: str, scheme: str, width: int
) -> None:
    found: list[str] = []
    with chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ) as context:
        visit = Visit(context.new_page(), drifted)
        for path in (f"/de/{PAGE}/", "/status/", "/de/status/"):
            page = visit.open(path)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            found += (f"{path}: {barrier}" for barrier in barriers(page, rules_in(scheme)))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path}: wider than the window")
        visit.assert_clean()
    assert found == []


def test_a_mark_is_printed_without_the_address_behind_it(chromium: Browser, drifted: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context.new_page(), drifted)
        page = visit.open(f"/de/{PAGE}/")
        page.emulate_media(media="print")
        mark = page.locator("#overview + p > a.lf-behind")
        expect(mark).to_be_visible()
        assert mark.evaluate("mark => getComputedStyle(mark, '::after').content") == "none"


def test_what_changed_is_told_without_colours_too(chromium: Browser, drifted: str) -> None:
    with chromium.new_context(color_scheme="dark", forced_colors="active") as context:
        page = Visit(context.new_page(), drifted).open("/de/status/")
        for tag, line, word in (
            ("ins", "underline", "Neu:"),
            ("del", "line-through", "Entfallen:"),
        ):
            mark = page.locator(f".lf-status__unit {tag}").first
            expect(mark).to_contain_text(word)
            assert mark.evaluate("mark => getComputedStyle(mark).textDecorationLine") == line
            sign = mark.locator(".lf-status__sign").bounding_box()
            assert sign is not None
            assert sign["width"] <= 1


def test_the_trend_is_small_and_has_a_table(chromium: Browser, drifted: str) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 900}) as context:
        visit = Visit(context.new_page(), drifted)
        page = visit.open("/status/")
        bars = page.locator(".lf-status__bars").bounding_box()
        assert bars is not None
        assert bars["height"] < 80
        page.locator(".lf-status__trend summary").click()
        rows = page.locator(".lf-status__table tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("01/05/2026")
        visit.assert_clean()


def test_on_paper_the_trend_is_a_sentence(chromium: Browser, drifted: str) -> None:
    with chromium.new_context() as context:
        page = Visit(context.new_page(), drifted).open("/status/")
        page.emulate_media(media="print")
        expect(page.locator(".lf-status__trend figcaption")).to_be_visible()
        assert page.locator(".lf-status__unit").first.is_visible()
