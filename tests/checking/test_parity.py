"""Translations beside their sources: one cause is told once, and fixes settle."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from leitfaden.checking.finding import Finding
from leitfaden.checking.run import CheckOptions, Report, check
from leitfaden.checking.survey import Setting
from leitfaden.checking.terms import reworded
from leitfaden.contract import Contract, load_contract
from leitfaden.fixing import fix_page
from leitfaden.model import Span
from leitfaden.reading import PageReader
from leitfaden.translating.lock import Lock, write_lock
from leitfaden.translating.standing import record, standing_of
from leitfaden.translating.units import UnitReader
from tests.checking.fixtures import ROOT, build_tree
from tests.fixing.support import found_again

CONTRACT = load_contract(ROOT / "playbook.yml")
ENGLISH = """# Workshop

## Overview

Book the room two weeks ahead. Invite all twelve participants.

## Approach

### Plan the workshop

Primary Role: **FastTrack Manager**\\
Applies To: **Exchange, Teams**

#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 4047 | Plan the workshop | M | FastTrack Manager | Exchange, Teams |
"""
GERMAN = """# Workshop durchführen

## Übersicht

Buchen Sie den Raum zwei Wochen vorher. Laden Sie alle zwölf Beteiligten ein.

## Methode

### Workshop planen

Primäre Rolle: **FastTrack Manager**\\
Gilt für: **Exchange, Teams**

#### FTOP-Aufgaben

| Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |
|---|---|---|---|---|
| 4047 | Workshop planen | E | FM | Exchange, Teams |
"""


def lock_of(
    source: str, target: str, contract: Contract = CONTRACT, locale: str = "de", page_id: str = "a"
) -> str:
    """Return a lock that records all of a page as the translation of another."""
    pages, units = PageReader(contract), UnitReader(contract)
    one = pages.read(source.encode(), path="docs/en/a.md", locale="en", page_id=page_id)
    other = pages.read(target.encode(), path="docs/de/a.md", locale=locale, page_id=page_id)
    standing = standing_of(units.read(one), units.read(other, one), Lock(), contract)
    keys = [unit.key for unit in standing.units]
    return write_lock(record(Lock(), standing, keys))


def found_in(
    files: dict[str, str], path: str, contract: Contract = CONTRACT
) -> list[tuple[str, Finding]]:
    _, found, _ = build_tree({name: text.encode() for name, text in files.items()}, contract)
    return [(one.code, one.finding) for one in found[path][1]]


def test_a_sentence_that_changed_is_told_and_not_that_the_page_is_older() -> None:
    summary = "\n## {0}\n\n| {1} |\n|---|---|---|\n| {2}/20/2026 | Team | Text |\n"
    english = ENGLISH + summary.format("Refresh Summary", "Date | Who Changed | What Changed", "05")
    german = GERMAN + summary.format(
        "Zusammenfassung der Aktualisierung", "Datum | Geändert durch | Änderung an", "04"
    )
    files = {"en/a.md": english.replace("twelve", "ten"), "de/a.md": german}
    assert "LF503" in [code for code, _ in found_in(files, "de/a.md")]
    files["de/translations.lock"] = lock_of(english, german)
    found = found_in(files, "de/a.md")
    assert "LF503" not in [code for code, _ in found]
    [behind] = [one for code, one in found if code == "LF511"]
    assert behind.values["changed"] == "Invite all ten participants."


def test_what_changed_for_several_languages_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "playbook.yml"
    locales = "{en: {name: English}, de: {name: Deutsch}, fr: {name: Français}}"
    path.write_text(f"source: en\nlocales: {locales}\n", "utf-8")
    contract = load_contract(path)
    source = "# A\n\nBook the room. Invite all twelve.\n\n## B\n\nThe small one.\n"
    german = "# A\n\nBuchen Sie den Raum. Laden Sie alle zwölf ein.\n"
    french = "# A\n\nRéservez la salle. Invitez tous les douze.\n"
    files = {
        "en/a.md": source.replace("twelve", "ten"),
        "de/a.md": german,
        "fr/a.md": french,
        "de/translations.lock": lock_of(source, german, contract),
        "fr/translations.lock": lock_of(source, french, contract, "fr"),
    }
    german_found = found_in(files, "de/a.md", contract)
    for code in ("LF511", "LF514"):
        [one] = [one for name, one in german_found if name == code]
        assert [at.place.path for at in one.related] == ["docs/en/a.md", "docs/fr/a.md"]
    french_codes = {code for code, _ in found_in(files, "fr/a.md", contract)}
    assert french_codes.isdisjoint(("LF511", "LF514"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("| E | FM |", "| O | FM |"),
        ("| FM | Exchange, Teams |", "| FM | Exchange, SharePoint |"),
        ("| FM | Exchange, Teams |", "| FM | Exchange, SharePoint, Teams |"),
        ("| FM | Exchange, Teams |", "| FM | SharePoint, Exchange, Teams |"),
        ("| FM | Exchange, Teams |", "| FM | Exchange |"),
        ("| FM | Exchange, Teams |", "| FM | SharePoint, Teams |"),
        ("Gilt für: **Exchange, Teams**", "Gilt für: **Exchange, SharePoint**"),
        ("Gilt für: **Exchange, Teams**", "Gilt für: **Exchange**"),
        ("Gilt für: **Exchange, Teams**", "Gilt für: **Exchange, SharePoint, Teams**"),
    ],
)
def test_what_needs_no_translator_becomes_that_of_the_source(right: str, wrong: str) -> None:
    text = GERMAN.replace(right, wrong)
    files = {"en/a.md": ENGLISH.encode(), "de/a.md": text.encode()}
    tree, found, _ = build_tree(files, CONTRACT)
    reader = PageReader(CONTRACT)
    page = reader.read(text.encode(), path="docs/de/a.md", locale="de", page_id="a")
    only = frozenset(("LF505", "LF513"))
    first = fix_page(
        page, found["de/a.md"][1], tree, CONTRACT, only=only, again=found_again, reader=reader
    )
    assert not first.refused
    assert first.applied
    # The role stays `FM`: it means the same.
    assert "| FM |" in first.after.text
    _, settled, _ = build_tree({**files, "de/a.md": first.after.text.encode()}, CONTRACT)
    assert only.isdisjoint(one.code for one in settled["de/a.md"][1])
    words = first.after.text.replace(",", " ").split()
    assert sorted(set(words)) == sorted(set(GERMAN.replace(",", " ").split()))


def test_terms_that_are_right_stay_as_they_were_written() -> None:
    #        0123456789
    text = "A, b / C"
    uses = (("a", Span(0, 1)), ("b", Span(3, 4)), ("c", Span(7, 8)))
    names = {"a": "Aaa", "b": "Bbb", "c": "Ccc", "d": "Ddd"}

    def after(*wanted: str) -> str | None:
        fix = reworded(uses, wanted, names)
        if fix is None:
            return None
        result = text
        for edit in reversed(fix.edits):
            result = result[: edit.span.start] + edit.text + result[edit.span.end :]
        return result

    assert after("a", "b", "c") is None
    assert after("a", "b", "d") == "A, b / Ddd"
    assert after("a", "c") == "A / C"
    assert after("b", "c") == "b / C"
    assert after("c") == "C"
    assert after("a") == "A"
    assert after("d") == "Ddd"
    assert after("a", "b", "c", "d") == "A, b / C, Ddd"
    assert after() is None


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "playbook.yml", tmp_path)
    for locale, text in (("en", ENGLISH), ("de", GERMAN)):
        folder = tmp_path / "docs" / locale
        folder.mkdir(parents=True)
        (folder / "a.md").write_text(text, "utf-8")
    return tmp_path


def checked(root: Path, language: str = "en") -> Report:
    setting = Setting(root=root, docs=root / "docs", contract=CONTRACT, today=dt.date(2026, 11, 23))
    return check(setting, CheckOptions(language=language))


def told(root: Path) -> list[tuple[str, int | None]]:
    """Return which rules about locks find something, and in which line."""
    return [
        (one.code, one.place.start.line if one.place.start else None)
        for one in checked(root).diagnostics
        if one.code in ("LF518", "LF519", "LF520")
    ]


def test_a_language_without_a_lock_is_told_once_how_to_begin(project: Path) -> None:
    assert told(project) == [("LF520", None)]
    [one] = [one for one in checked(project).diagnostics if one.code == "LF520"]
    assert one.place.path == "docs/de/translations.lock"
    assert "--bootstrap" in one.help
    assert "LF520" in [one.code for one in checked(project, "de").diagnostics]


def test_a_lock_that_is_whole_is_fine(project: Path) -> None:
    (project / "docs/de/translations.lock").write_text(lock_of(ENGLISH, GERMAN), "utf-8")
    assert told(project) == []


def test_lines_that_cannot_be_read_are_told_and_all_others_hold(project: Path) -> None:
    lock = project / "docs/de/translations.lock"
    head, *lines = lock_of(ENGLISH, GERMAN).splitlines()
    lock.write_text("\n".join((head, "<<<<<<< HEAD", *lines, "nonsense", "=======", "")), "utf-8")
    last = len(lines) + 3
    assert told(project) == [("LF518", 2), ("LF518", last), ("LF518", last + 1)]
    (project / "docs/en/a.md").write_text(ENGLISH.replace("twelve", "ten"), "utf-8")
    assert "LF511" in [one.code for one in checked(project).diagnostics]


def test_a_record_of_a_page_that_is_gone_is_told_once(project: Path) -> None:
    lock = project / "docs/de/translations.lock"
    text = lock_of(ENGLISH, GERMAN)
    gone = lock_of(ENGLISH, GERMAN, page_id="old").splitlines()[1:]
    lock.write_text(text + "\n".join(gone) + "\n", "utf-8")
    assert told(project) == [("LF519", len(text.splitlines()) + 1)]


def test_a_lock_that_leads_out_of_the_docs_is_not_read(project: Path) -> None:
    (project / "secret").write_text(lock_of(ENGLISH, GERMAN), "utf-8")
    (project / "docs/de/translations.lock").symlink_to(project / "secret")
    assert told(project) == [("LF518", None)]


def test_what_is_missing_on_a_page_hides_no_contradiction_beside_it() -> None:
    row = "| 4021 | Read <https://example.com/manual> | M | FastTrack Manager | Teams |\n"
    english = (
        f"{ENGLISH}{row}| 4022 | Write | M | FastTrack Manager | Teams |\n\n## Key Inputs\n\nX\n"
    )
    german = GERMAN + row.replace("manual", "other").replace("| M |", "| E |")
    files = {"en/a.md": english, "de/a.md": german}
    files["de/translations.lock"] = lock_of(english, german)
    found = found_in(files, "de/a.md")
    assert {"LF504", "LF512"} <= {code for code, _ in found}
    [one] = [one for code, one in found if code == "LF512"]
    assert "manual" in one.values["theirs"]
    assert "other" in one.values["ours"]
