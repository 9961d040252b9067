"""Translations beside their sources: one cause is told once, and fixes settle."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from leitfaden.checking.finding import Finding
from leitfaden.checking.run import CheckOptions, Report, check
from leitfaden.checking.survey import Setting
from leitfaden.checking.terms import Leftover, renamed, reworded
from leitfaden.contract import Contract, load_contract
from leitfaden.fixing import fix_page
from leitfaden.fixing.run import FixOptions, fixed_pages
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


THREE = "{en: {name: English}, de: {name: Deutsch}, fr: {name: Français}}"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A playbook of three languages, of which two are behind with the same, and lack the same."""
    (tmp_path / "playbook.yml").write_text(f"source: en\nlocales: {THREE}\n", "utf-8")
    contract = load_contract(tmp_path / "playbook.yml")
    source = "# A\n\nOpen OldPortal. Invite all twelve.\n\nClose OldPortal.\n\n## B\n\nThe small.\n"
    german = "# A\n\nÖffnen Sie OldPortal. Laden Sie alle zwölf ein.\n\nOldPortal schließen.\n"
    french = "# A\n\nOuvrez OldPortal. Invitez tous les douze.\n\nFermez OldPortal.\n"
    files = {
        "en/a.md": source.replace("OldPortal", "NewPortal"),
        "de/a.md": german,
        "fr/a.md": french,
        "de/translations.lock": lock_of(source, german, contract),
        "fr/translations.lock": lock_of(source, french, contract, "fr"),
    }
    for name, text in files.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    return tmp_path


def setting_of(root: Path) -> Setting:
    contract = load_contract(root / "playbook.yml")
    today = dt.date(2026, 11, 23)
    return Setting(root=root, docs=root / "docs", contract=contract, today=today)


def test_what_changed_for_several_languages_is_told_once(three: Path) -> None:
    found = check(setting_of(three), CheckOptions()).diagnostics
    for code, path in (("LF511", "docs/de/a.md"), ("LF514", "docs/de/a.md")):
        told = [one for one in found if one.code == code]
        assert {one.place.path for one in told} == {path}
        assert all("docs/fr/a.md" in {at.place.path for at in one.related} for one in told)


def test_who_asks_for_one_language_is_told_all_that_is_wrong_there(three: Path) -> None:
    only = CheckOptions(only=frozenset(("docs/fr/a.md",)))
    codes = [one.code for one in check(setting_of(three), only).diagnostics]
    assert (codes.count("LF511"), codes.count("LF514"), codes.count("LF802")) == (2, 1, 1)


def test_a_name_that_was_given_up_is_one_finding_and_one_edit_of_all_languages(
    three: Path,
) -> None:
    found = check(setting_of(three), CheckOptions()).diagnostics
    [one] = [one for one in found if one.code == "LF802"]
    assert [at.place.path for at in one.related] == ["docs/de/a.md"] + ["docs/fr/a.md"] * 2
    options = FixOptions(unsafe=True, codes=frozenset(("LF802",)))
    texts = [fixed.data.decode() for _, fixed in fixed_pages(setting_of(three), options)]
    assert len(texts) == 2
    assert all(text.count("NewPortal") == 2 and "OldPortal" not in text for text in texts)
    assert not list(fixed_pages(setting_of(three), FixOptions()))


def test_a_name_stays_in_addresses_and_in_longer_words() -> None:
    text = "OldPortal, https://example.com/OldPortal, OldPortals, MyOldPortal, OldPortal-Seite"
    one = Leftover("OldPortal", "NewPortal", (Span(0, len(text)),), 2)
    fix = renamed(one, text)
    assert fix is not None
    assert [edit.span.start for edit in fix.edits] == [0, text.rindex("OldPortal")]
    assert renamed(one._replace(instead=""), text) is None


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


def told_of(code: str, source: str, german: str) -> list[Finding]:
    found = found_in({"en/a.md": source, "de/a.md": german}, "de/a.md")
    return [one for name, one in found if name == code]


def test_where_something_is_missing_and_nobody_knows_what_the_number_is_told_once() -> None:
    items = "- {0} of all, wait.\n- {1} of all, go.\n"
    source = f"# A\n\n{items.format('First', 'Then')}\n[x](x.md)\n\n{items.format('Last', 'Or')}"
    texts = source, "# A\n\nWarten Sie zuletzt.\n\n[x](x.md)\n"
    [one] = told_of("LF514", *texts)
    assert (one.variant, one.values["count"]) == ("fewer", "3")
    assert told_of("LF517", *texts) == []


def test_a_text_that_is_only_divided_otherwise_lacks_nothing() -> None:
    source = "# A\n\n- Set a date.\n- Agree on an agenda.\n- Choose who presents.\n"
    german = "# A\n\n- Termin festlegen.\n- Vortragende bestimmen, dann Agenda abstimmen.\n"
    assert told_of("LF514", source, german) == []
    assert len(told_of("LF517", source, german)) == 1


def test_addresses_of_a_page_that_is_recorded_are_told_part_by_part_and_not_in_sum() -> None:
    english, german = ("# A\n\n[x](https://example.com/a)\n", "# A\n\n[x](https://example.com/b)\n")
    files = {"en/a.md": english, "de/a.md": german}
    assert "LF506" in [code for code, _ in found_in(files, "de/a.md")]
    files["de/translations.lock"] = lock_of(english, german)
    assert {"LF506", "LF512"} & {code for code, _ in found_in(files, "de/a.md")} == {"LF512"}


def test_all_cells_of_a_row_become_those_of_the_source_at_once(tmp_path: Path) -> None:
    shutil.copy(ROOT / "playbook.yml", tmp_path)
    wrong = GERMAN.replace("| E | FM | Exchange, Teams |", "| O | SME | SharePoint |")
    for path, text in (("en/assess-a.md", ENGLISH), ("de/assess-a.md", wrong)):
        (tmp_path / "docs" / path).parent.mkdir(parents=True)
        (tmp_path / "docs" / path).write_text(text, "utf-8")
    only = FixOptions(codes=frozenset(("LF505",)))
    [(_, fixed)] = fixed_pages(setting_of(tmp_path), only)
    assert "| E | FastTrack Manager | Exchange, Teams |" in fixed.data.decode()
    assert fixed.refused == ()
