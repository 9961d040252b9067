"""The checklist: what is ticked stays, wherever the reader goes and whatever is edited."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

STORE = "leitfaden:checklist:/"


def item(page: Page, task: str) -> Locator:
    return page.locator(f".lf-item[data-task='{task}']").first


def tick(page: Page, task: str) -> Locator:
    return item(page, task).locator(".lf-item__tick")


def note(page: Page, task: str, text: str) -> None:
    item(page, task).locator(".lf-item__button").first.click()
    item(page, task).locator("textarea").fill(text)


def kept(page: Page) -> dict[str, Any]:
    found = json.loads(page.evaluate("key => localStorage.getItem(key)", STORE))
    assert isinstance(found, dict)
    return found


def keep(page: Page, value: object) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [STORE, json.dumps(value)])


def saved(page: Page, button: str) -> str:
    with page.expect_download() as info:
        page.locator(f"[data-lf-do={button}]").click()
    return Path(info.value.path()).read_bytes().decode("utf-8-sig")


def offer(page: Page, text: str) -> None:
    file = FilePayload(name="x.json", mimeType="application/json", buffer=text.encode())
    page.locator("[data-lf-file]").set_input_files(file)


def named(page: Page, name: str) -> None:
    page.locator("dialog[open] input").fill(name)
    page.locator("dialog[open] button[value=save]").click()


def test_ticks_and_notes_survive_a_reload_and_a_switch_of_language(visit: Visit) -> None:
    page = visit.open("/checklist/")
    tick(page, "994").check()
    note(page, "994", "With <b>all</b> of them")
    page.locator("input[value=initiate]").check()
    page.reload()
    expect(tick(page, "994")).to_be_checked()
    page.locator("[data-lf-language][hreflang=de]").evaluate("link => link.click()")
    page.wait_for_url("**/de/checklist/")
    expect(tick(page, "994")).to_be_checked()
    expect(item(page, "994").locator("textarea")).to_have_value("With <b>all</b> of them")
    expect(page.locator("input[value=initiate]")).to_be_checked()
    expect(page.locator("[data-lf-count]")).to_contain_text("Erledigte Aufgaben: 1 von 12")
    expect(page.locator("[data-lf-stage=assess]")).to_be_hidden()
    visit.assert_clean()


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_task_that_changed_since_says_so_until_it_is_confirmed(visit: Visit, locale: str) -> None:
    page = visit.open("/checklist/" if locale == "en" else "/de/checklist/")
    tick(page, "994").check()
    state = kept(page)
    state["engagements"]["first"]["tasks"]["994"]["version"] = "before"
    keep(page, state)
    page.reload()
    hint = item(page, "994").locator(".lf-item__changed")
    words = {"en": "has changed since you ticked it", "de": "seit Sie sie abgehakt haben"}
    expect(hint).to_contain_text(words[locale])
    expect(tick(page, "994")).to_be_checked()
    hint.get_by_role("button").click()
    expect(hint).to_have_count(0)
    page.reload()
    expect(tick(page, "994")).to_be_checked()
    expect(hint).to_have_count(0)
    visit.assert_clean()


def test_tasks_that_have_vanished_are_kept_and_named(visit: Visit) -> None:
    page = visit.open("/checklist/")
    tick(page, "994").check()
    state = kept(page)
    tasks = state["engagements"]["first"]["tasks"]
    tasks["77777"] = {**tasks["994"], "name": "An old task", "note": "Ask again"}
    keep(page, state)
    page.reload()
    gone = page.locator("[data-lf-vanished]")
    for words in ("77777", "An old task", "Ask again"):
        expect(gone).to_contain_text(words)
    gone.get_by_role("button").click()
    expect(gone).to_be_hidden()
    expect(page.locator("[data-lf-count]")).to_be_focused()
    assert "77777" not in kept(page)["engagements"]["first"]["tasks"]


def test_several_engagements_are_kept_apart(visit: Visit) -> None:
    page = visit.open("/checklist/")
    tick(page, "994").check()
    page.locator("[data-lf-do=create]").click()
    named(page, "Contoso")
    expect(tick(page, "994")).not_to_be_checked()
    page.locator("[data-lf-do=rename]").click()
    named(page, "Fabrikam")
    assert page.locator("#lf-engagement option").all_inner_texts() == ["My engagement", "Fabrikam"]
    page.locator("#lf-engagement").select_option("My engagement")
    expect(tick(page, "994")).to_be_checked()
    page.locator("[data-lf-do=remove]").click()
    page.locator("dialog[open] button[value=remove]").click()
    assert page.locator("#lf-engagement option").all_inner_texts() == ["Fabrikam"]
    visit.assert_clean()


def test_a_task_is_ticked_and_noted_by_keyboard(visit: Visit) -> None:
    page = visit.open("/checklist/")
    tick(page, "994").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("noted")
    task = kept(page)["engagements"]["first"]["tasks"]["994"]
    assert task["done"]
    assert task["note"] == "noted"


def test_two_tabs_keep_in_step(visit: Visit) -> None:
    page = visit.open("/checklist/")
    other = page.context.new_page()
    other.goto(f"{visit.address}/de/checklist/")
    tick(page, "994").check()
    expect(tick(other, "994")).to_be_checked()
    tick(other, "983").check()
    expect(tick(page, "983")).to_be_checked()
    assert set(kept(page)["engagements"]["first"]["tasks"]) == {"983", "994"}


@pytest.mark.parametrize(
    ("answer", "names", "notes"),
    [
        ("add", ["My engagement", "Contoso"], "theirs"),
        ("merge", ["My engagement"], "mine\ntheirs"),
        ("replace", ["Contoso"], "theirs"),
    ],
)
def test_an_exported_engagement_is_imported_as_the_reader_says(
    visit: Visit, answer: str, names: list[str], notes: str
) -> None:
    page = visit.open("/checklist/")
    note(page, "994", "mine")
    file = json.loads(saved(page, "export"))
    assert file["engagement"]["tasks"]["994"]["note"] == "mine"
    file["engagement"]["name"] = "Contoso"
    file["engagement"]["tasks"]["994"]["note"] = "theirs"
    offer(page, json.dumps(file))
    expect(page.locator("dialog[open]")).to_contain_text("Contoso")
    page.locator(f"dialog[open] button[value={answer}]").click()
    expect(item(page, "994").locator("textarea")).to_have_value(notes)
    assert page.locator("#lf-engagement option").all_inner_texts() == names
    visit.assert_clean()


HOSTILE: list[str] = [
    "",
    "[]",
    "null",
    "{}",
    '{"format": "leitfaden-checklist", "version": 99, "engagement": {}}',
    '{"format": "leitfaden-checklist", "version": "1", "engagement": {}}',
    '{"format": "leitfaden-checklist", "version": 1, "engagement": []}',
    "[" * 100_000,
    "x" * 5_000_001,
]


def test_a_file_that_is_no_checklist_changes_nothing(visit: Visit) -> None:
    page = visit.open("/de/checklist/")
    tick(page, "994").check()
    before = kept(page)
    for text in HOSTILE:
        offer(page, text)
        expect(page.locator("[data-lf-message]")).not_to_be_empty()
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.locator("[data-lf-message]").evaluate("p => { p.textContent = '' }")
    assert kept(page) == before
    visit.assert_clean()


def test_of_a_hostile_file_only_what_makes_sense_is_taken(visit: Visit) -> None:
    page = visit.open("/checklist/")
    done = "2026-01-01T10:00:00.000Z"
    engagement = {
        "name": "<img src=x onerror=alert(1)>" + "n" * 500,
        "choice": {"phase": ["initiate", 7, {}], "role": "all", "__proto__": {"x": 1}},
        "tasks": {
            "994": {
                "done": "2026-01-01T10:00:00.000Z",
                "version": [],
                "note": "a\0b\x1b" + "n" * 9000,
            },
            "983": {"done": "yesterday", "note": 7},
            "__proto__": {"done": done},
            "1000 <b>": {"note": "x"},
            "1001": None,
        },
    }
    text = json.dumps({"format": "leitfaden-checklist", "version": 1, "engagement": engagement})
    offer(page, text)
    page.locator("dialog[open] button[value=replace]").click()
    first = kept(page)["engagements"]["first"]
    assert set(first["tasks"]) - {"__proto__"} == {"994"}
    assert len(first["name"]) == 100
    assert len(first["tasks"]["994"]["note"]) == 5000
    assert first["choice"] == {"phase": ["initiate"]}
    expect(tick(page, "994")).to_be_checked()
    page.reload()
    expect(tick(page, "994")).to_be_checked()
    visit.assert_clean()


def test_open_tasks_become_to_dos_of_a_calendar(visit: Visit) -> None:
    page = visit.open("/de/checklist/")
    page.locator("input[value=initiate]").check()
    tick(page, "994").check()
    note(page, "983", "Erstens; zweitens, mit \\ und\nneuer Zeile. " + "Übergröße " * 20)
    text = saved(page, "ics")
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VTODO") == lines.count("END:VTODO") == 11
    assert not any(line.startswith("SUMMARY:994 ") for line in lines)
    description = next(line for line in lines if line.startswith("DESCRIPTION:"))
    assert description.startswith("DESCRIPTION:Erstens\\; zweitens\\, mit \\\\ und\\nneuer Zeile.")
    assert f"URL:{visit.address}/de/tasks/983/" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 11


def test_the_list_becomes_a_table_without_formulas(visit: Visit) -> None:
    page = visit.open("/de/checklist/")
    page.locator("input[value=initiate]").check()
    tick(page, "994").check()
    note(page, "983", "=1+1; @x")
    table = list(csv.reader(saved(page, "csv").splitlines()))
    assert table[0][0] == "Aufgabe"
    by_id = {row[0]: row for row in table[1:]}
    assert len(by_id) == 12
    assert by_id["994"][7] == "ja"
    assert by_id["983"][-1] == "'=1+1; '@x"


@pytest.mark.parametrize("locale", ["en", "de"])
def test_nothing_found_is_said_and_undone(visit: Visit, locale: str) -> None:
    page = visit.open("/checklist/" if locale == "en" else "/de/checklist/")
    for value in ("initiate", "sme", "exchange"):
        page.locator(f"input[value={value}]").check()
    expect(page.locator("[data-lf-none]")).to_be_visible()
    page.locator("[data-lf-none] button").click()
    expect(page.locator("[data-lf-none]")).to_be_hidden()
    expect(page.locator("[data-lf-count]")).to_be_focused()


REFUSES = """{{
  const given = Storage.prototype.{0}
  Storage.prototype.{0} = function (key, ...rest) {{
    if (key.startsWith("leitfaden:checklist")) throw new Error("no")
    return given.call(this, key, ...rest)
  }}
}}"""


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        (REFUSES.format("getItem"), "privat"),
        (REFUSES.format("setItem"), "voll"),
        (f"localStorage.setItem('{STORE}', 'no JSON')", "nicht lesbar"),
        (
            f"localStorage.setItem('{STORE}', "
            "JSON.stringify({format: 'leitfaden-checklist', version: 2}))",
            "neueren Version",
        ),
    ],
)
def test_trouble_with_the_browsers_store_is_told_and_ticking_works(
    visit: Visit, obstacle: str, words: str
) -> None:
    visit.page.add_init_script(obstacle)
    page = visit.open("/de/checklist/")
    tick(page, "994").check()
    tick(page, "983").check()
    if words != "nicht lesbar":  # that is over with the first tick
        expect(page.locator("[data-lf-message]")).to_contain_text(words)
    expect(tick(page, "994")).to_be_checked()
    assert "994" in json.loads(saved(page, "export"))["engagement"]["tasks"]
    visit.assert_clean()


def test_without_a_script_there_is_a_paper_checklist(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/de/checklist/")
        expect(page.locator("[data-lf-plain]")).to_be_visible()
        expect(page.locator("[data-lf-live]")).to_be_hidden()
        assert page.locator(".lf-item__box").first.is_visible()
        assert page.locator(".lf-item").count() > 200
