"""What translators change with their programs arrives at its place, in all three formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from xml.etree import ElementTree

import polib
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from leitfaden.exchanging.files import Delivery
from leitfaden.exchanging.formats import FORMATS, read_file
from leitfaden.exchanging.intake import Intake, Returned, take_in
from leitfaden.model import Playbook
from leitfaden.translating.lock import Lock
from tests.exchanging.schema import CORE
from tests.exchanging.support import delivery, playbook
from tests.exchanging.test_intake import PARAGRAPH, SOURCE, TARGET
from tests.translating.support import CONTRACT

NAMES = tuple(FORMATS)
ROW = "section:overview:t1:row"
Replacements = Mapping[str, tuple[str, str]]


def edited(kind: str, made: Delivery, replacements: Replacements) -> list[Returned]:
    """Return what comes back of a file in which a program has replaced words.

    Args:
        kind: The format.
        made: What was handed off.
        replacements: By the name of a text, which of its words by which.
    """
    by_ticket = {
        offer.text.ticket: replacements[offer.text.name]
        for offer in made.offers
        if offer.text.name in replacements
    }
    assert len(by_ticket) == len(replacements)
    text = {"xliff": _in_xliff, "po": _in_po, "csv": _in_csv}[kind](
        FORMATS[kind].write(made), by_ticket
    )
    return read_file(text.encode(), f"file{FORMATS[kind].endings[0]}")


def _in_xliff(text: str, replacements: Replacements) -> str:
    root = ElementTree.fromstring(text)
    for unit in root.iter(f"{CORE}unit"):
        target = unit.find(f".//{CORE}target")
        if target is None or unit.get("id") not in replacements:
            continue
        old, new = replacements[unit.get("id", "")]
        for element in target.iter():
            if element is not target and element.tail:
                element.tail = element.tail.replace(old, new)
            if element.text:
                element.text = element.text.replace(old, new)
    return ElementTree.tostring(root, encoding="unicode")


def _in_po(text: str, replacements: Replacements) -> str:
    file = polib.pofile(text)
    for entry in file:
        ticket = str(entry.msgctxt).rpartition(" ")[2]
        if ticket in replacements:
            entry.flags = []
            entry.msgstr = entry.msgstr.replace(*replacements[ticket])
    return str(file)


def _in_csv(text: str, replacements: Replacements) -> str:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
    writer.writeheader()
    for row in rows:
        if row["id"] in replacements:
            row["target"] = row["target"].replace(*replacements[row["id"]])
        writer.writerow(row)
    return stream.getvalue()


def taken(book: Playbook, returned: list[Returned], lock: Lock | None = None) -> Intake:
    """Return what becomes of texts, none of which is refused."""
    intake = take_in(returned, book, CONTRACT, {"de": lock or Lock()})
    assert intake.refused == []
    return intake


def text_after(book: Playbook, intake: Intake) -> str:
    """Return the only page of the translation."""
    (page,) = (page.after for page in intake.pages) if intake.pages else book.pages["de"].values()
    return page.text


CASES = {
    "repeated cells": (f"{ROW}:see-this:c2", "Ja", "Nein", "(there.md) | Ja", "(there.md) | Nein"),
    "repeated letters": (f"{ROW}:o:c2", "O", "Offen", "| O | O |", "| O | Offen |"),
    "an escaped pipe": (
        f"{ROW}:is-it-a-b:c1",
        "Ist es",
        "Ist das",
        "Ist es a\\|b",
        "Ist das a\\|b",
    ),
    "a link in a cell": (f"{ROW}:see-this:c1", "das", "dies", "[das](", "[dies]("),
    "a placeholder": (PARAGRAPH, " und ", " sowie ", "und {name}", "sowie {name}"),
    "code": (PARAGRAPH, " mit ", " samt ", "mit `run -x`", "samt `run -x`"),
    "a hard break": (PARAGRAPH, "zwei", "drei", "\\\nzwei Zeilen", "\\\ndrei Zeilen"),
    "a title with quotes": ("meta:title", "Es ist", "Das ist", 'title: "Es', 'title: "Das'),
    "a plain apostrophe": ("meta:description", "Lesen", "Lest", "'Lesen Sie''s'", "'Lest Sie''s'"),
    "what looks like a formula": ("title", "Titel", "=1+1 A", "# Titel", "# \\=1+1 A"),
}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("case", CASES)
def test_only_what_was_edited_changes(kind: str, case: str) -> None:
    name, old, new, before, after = CASES[case]
    assert TARGET.count(before) == 1
    book = playbook(SOURCE, TARGET)
    intake = taken(book, edited(kind, delivery(book), {name: (old, new)}))
    assert text_after(book, intake) == TARGET.replace(before, after)


EDITABLE = {
    "meta:title": "neu",
    "meta:description": "Lesen",
    "title": "Titel",
    PARAGRAPH: "Anleitung",
    "section:overview:t1:header:c1": "Frage",
    f"{ROW}:is-it-a-b:c1": "Ist",
    f"{ROW}:is-it-a-b:c2": "Ja",
    f"{ROW}:see-this:c1": "das",
    f"{ROW}:see-this:c2": "Ja",
    f"{ROW}:o:c2": "O",
}
WORDS = st.text(st.sampled_from("abc \u00e4\u00df*_`~#&;=+-'\"\\1.!"), max_size=8).map(
    lambda text: f"A{text}b"
)
EDITS = st.dictionaries(st.sampled_from(sorted(EDITABLE)), WORDS, max_size=5)


def replacements(edits: Mapping[str, str]) -> Replacements:
    return {name: (EDITABLE[name], words) for name, words in edits.items()}


@settings(max_examples=60, deadline=None)
@for_all(EDITS, st.sampled_from(NAMES))
def test_any_words_arrive_and_are_handed_off_again_as_they_are(
    edits: Mapping[str, str], kind: str
) -> None:
    book = playbook(SOURCE, TARGET)
    returned = edited(kind, delivery(book), replacements(edits))
    page = text_after(book, taken(book, returned))
    again = taken(playbook(SOURCE, page), returned)
    assert [page.changed for page in again.pages if page.changed] == []
    assert again.unchanged + again.waiting == len(returned)


@settings(max_examples=40, deadline=None)
@for_all(EDITS, EDITS, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_the_work_of_two_translators_comes_together_in_either_order(
    first: dict[str, str], second: dict[str, str], kind: str, other: str
) -> None:
    second = {name: words for name, words in second.items() if name not in first}
    book = playbook(SOURCE, TARGET)
    made = delivery(book)
    ours = [one for one in edited(kind, made, replacements(first)) if named(one, made) in first]
    theirs = [
        one for one in edited(other, made, replacements(second)) if named(one, made) in second
    ]
    found = []
    for one, two in ((ours, theirs), (theirs, ours)):
        begun = taken(book, one)
        middle = playbook(SOURCE, text_after(book, begun))
        ended = taken(middle, two, begun.locks.get("de"))
        lock = ended.locks.get("de", begun.locks.get("de", Lock()))
        found.append((text_after(middle, ended), lock))
    assert found[0] == found[1]


def named(one: Returned, made: Delivery) -> str:
    """Return the name of the text that came back."""
    return next(offer.text.name for offer in made.offers if offer.text.ticket == one.ticket)
