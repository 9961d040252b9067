"""All three formats bring back what they were given, and no file does harm."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import polib
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from leitfaden.contract import load_contract
from leitfaden.exchanging.content import Form
from leitfaden.exchanging.files import MAX_BYTES, Delivery, Trouble, UnreadableError
from leitfaden.exchanging.formats import FORMATS, read_file
from leitfaden.exchanging.handoff import Mark, Piece
from leitfaden.exchanging.intake import Reason, Returned, take_in
from leitfaden.exchanging.notation import from_text, to_text
from leitfaden.exchanging.table import quoted, unquoted
from leitfaden.model import Page, Playbook
from leitfaden.publishing.tasks import as_cell
from leitfaden.reading import PageReader, read_playbook
from tests.checking.corpus import CORPUS, FOLDERS
from tests.exchanging.schema import faults
from tests.exchanging.support import delivery, playbook, there_and_back
from tests.exchanging.test_intake import SOURCE, TARGET
from tests.reading.pages import ROOT
from tests.translating.support import CONTRACT, DE, EN, locked

NAMES = tuple(FORMATS)
OURS = load_contract(ROOT / "playbook.yml")
WORDS = st.text(st.sampled_from("ab <>/\\'t129&;=+-@\"|*\u00e4\u00a0"), max_size=12)
STRANGE = (
    *("\x01", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\uffff", "\ufeff"),
    *("\u00a0", "\u202e", "&<", " ]]> ", "'=1+1", '"', "\\", "<1>", "a|b", " {x} ", "`c` ", "*d* "),
)
MARKS = st.builds(Mark, st.sampled_from(["1", "2", "t1"]), st.sampled_from(Form))


@cache
def own_pages() -> tuple[Playbook, Delivery]:
    book = read_playbook(ROOT / "docs", OURS, ROOT)
    return book, delivery(book, OURS)


@cache
def real_pages() -> tuple[Playbook, Delivery]:
    reader = PageReader(OURS)
    pages: dict[str, dict[str, Page]] = {}
    for locale, folder in FOLDERS.items():
        files = sorted(folder.glob("*.md"), key=lambda file: file.stem.endswith(f"-{locale}"))
        pages[locale] = {}
        for file in files:
            page_id = OURS.page_id(file.name, locale)
            data = file.read_bytes()
            page = reader.read(data, path=file.name, locale=locale, page_id=page_id)
            pages[locale][page_id] = page
    book = Playbook("en", OURS.locale_keys, pages)
    return book, delivery(book, OURS)


def joined(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found


@for_all(st.lists(st.one_of(WORDS, MARKS), max_size=8))
def test_the_notation_brings_back_any_words_and_tags(pieces: list[Piece]) -> None:
    pieces = joined(pieces)
    assert list(from_text(to_text(pieces))) == pieces


@for_all(st.text(st.sampled_from("'=+-@ \t\n;\"ab\uff1d"), max_size=12))
def test_a_cell_is_no_formula_and_comes_back_as_it_was(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert as_cell(quoted(text)) == quoted(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("source", "target"), [(EN, DE), (SOURCE, TARGET), (SOURCE, None)])
def test_what_nobody_touched_changes_nothing(name: str, source: str, target: str | None) -> None:
    book = playbook(source, target)
    made = delivery(book)
    intake = take_in(there_and_back(made, name), book, CONTRACT, {})
    assert (intake.pages, intake.refused, intake.locks) == ([], [], {})
    assert intake.unchanged + intake.waiting == len(made.offers) > 10


@pytest.mark.parametrize("name", NAMES)
def test_our_own_pages_come_back_as_they_are(name: str) -> None:
    book, made = own_pages()
    intake = take_in(there_and_back(made, name), book, OURS, {})
    assert (intake.pages, intake.refused, intake.locks) == ([], [], {})
    assert intake.unchanged > 1_500


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus of real pages is not in {CORPUS}")
@pytest.mark.parametrize("name", NAMES)
def test_real_pages_come_back_as_they_are(name: str) -> None:
    book, made = real_pages()
    intake = take_in(there_and_back(made, name), book, OURS, {})
    assert (intake.pages, intake.refused, intake.locks) == ([], [], {})
    assert intake.unchanged + intake.waiting == len(made.offers) > 3_500
    assert intake.unchanged > 3_000


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus of real pages is not in {CORPUS}")
def test_a_word_arrives_in_every_text_of_real_pages() -> None:
    book, made = real_pages()
    returned = []
    for offer in made.offers:
        pieces = list(offer.text.target_pieces)
        words = [at for at, piece in enumerate(pieces) if isinstance(piece, str) and piece.strip()]
        if words:
            pieces[words[-1]] = f"{str(pieces[words[-1]]).rstrip()} *Zusatz* 1. #"
            returned.append(Returned(offer.text.ticket, tuple(pieces)))
    intake = take_in(returned, book, OURS, {})
    assert len(returned) > 3_000
    assert {refused.reason for refused in intake.refused} <= {Reason.TAG_LOST}
    assert len(intake.refused) < 20
    assert intake.unchanged == 0


def test_xliff_is_as_its_schema_has_it() -> None:
    for made in (delivery(playbook(SOURCE, TARGET)), delivery(playbook(EN, DE))):
        assert faults(FORMATS["xliff"].write(made)) == []
    ours = delivery(read_playbook(ROOT / "docs", OURS, ROOT), OURS)
    assert faults(FORMATS["xliff"].write(ours)) == []


RECORDED = "The room has 20 m<sup>2</sup>, all of it for you, before you begin.\n"
LACKING = "Der Raum hat 20 m2, und zwar alles f\u00fcr Sie, bevor Sie anfangen.\n"


def test_what_is_final_has_all_tags_that_may_not_be_left_out() -> None:
    source, target = f"# Title\n\n{RECORDED}", f"# Titel\n\n{LACKING}"
    written = FORMATS["xliff"].write(
        delivery(playbook(source, target), lock=locked(source, target))
    )
    assert faults(written) == []
    assert written.count('state="final"') == 1
    assert written.count('state="reviewed"') == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id="f1"', 'id="f 1"', "file has id='f 1'"),
        ('trgLang="de"', 'trgLang="de_DE"', "xliff has trgLang='de_DE'"),
        ('<data id="d1">', '<data id="d2">', "data has the id of another"),
        ("<data ", '<cp hex="2028"/><data ', "cp has hex='2028'"),
        ('state="initial"', 'state="open"', "segment has state='open'"),
        ('dataRef="d3"', 'dataRef="d99"', "d99 is no data"),
        ('<pc id="2" dataRefStart="t2"', '<pc id="3" dataRefStart="t2"', "has the id of another"),
        ('dataRefStart="t2" ', "", "pc lacks dataRefStart"),
        ('type="fmt" subType="xlf:lb"', 'type="other" subType="xlf:lb"', "other is no xlf:lb"),
        ('state="initial"', 'state="final"', "may not be deleted"),
        ("</notes>", "</notes><gls:glossary/>", "unit has notes glossary"),
        ("<source>Title</source>", "", "segment has target"),
    ],
)
def test_the_check_of_the_schema_finds_what_is_wrong(old: str, new: str, fault: str) -> None:
    text = FORMATS["xliff"].write(delivery(playbook(SOURCE, TARGET)))
    if "deleted" in fault:
        target = TARGET.replace("**die [Anleitung](guide.md)** mit `run -x`", "das")
        text = FORMATS["xliff"].write(delivery(playbook(SOURCE, target)))
    assert old in text
    assert any(fault in one for one in faults(text.replace(old, new)))


@settings(max_examples=40, deadline=None)
@for_all(st.lists(st.sampled_from(STRANGE), max_size=6), st.sampled_from(NAMES))
def test_strange_signs_come_back_as_they_are(signs: list[str], name: str) -> None:
    strange = "".join(signs)
    source = SOURCE.replace("Then stop", f"Then {strange} stop").replace(
        "Is it", f"Is {strange} it"
    )
    target = TARGET.replace("Dann Schluss", f"Dann {strange} Schluss").replace("Es ist", "Es ist =")
    book = playbook(source, target)
    made = delivery(book)
    if name == "xliff":
        assert faults(FORMATS[name].write(made)) == []
    intake = take_in(there_and_back(made, name), book, CONTRACT, {})
    assert (intake.pages, intake.refused, intake.locks) == ([], [], {})
    assert intake.unchanged + intake.waiting == len(made.offers)


def test_po_is_read_by_other_programs() -> None:
    made = delivery(playbook(SOURCE, TARGET))
    entries = list(polib.pofile(FORMATS["po"].write(made)))
    assert len(entries) == len(made.offers)
    assert all(entry.fuzzy for entry in entries)
    read = next(entry for entry in entries if entry.msgid.startswith("Read <1>"))
    assert "Lesen Sie <1>die <2>Anleitung</2></1> mit <3/> und <4/>" in read.msgstr


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize("strange", ["", "\\n", "%s", "\u2028"])
def test_po_is_what_gettext_takes(strange: str, tmp_path: Path) -> None:
    book = playbook(SOURCE.replace("Then", f"Then {strange}"), TARGET)
    file = tmp_path / "file.po"
    file.write_text(FORMATS["po"].write(delivery(book)), "utf-8", newline="\n")
    command = ["msgfmt", "--check", "--output-file", str(tmp_path / "file.mo"), str(file)]
    subprocess.run(command, check=True, capture_output=True)


def test_a_spreadsheet_with_other_separators_changes_nothing() -> None:
    book = playbook(SOURCE, TARGET)
    rows = csv.reader(io.StringIO(FORMATS["csv"].write(delivery(book))))
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    intake = take_in(read_file(stream.getvalue().encode(), "x.csv"), book, CONTRACT, {})
    assert (intake.pages, intake.refused) == ([], [])
    assert intake.unchanged > 10


def test_xliff_of_other_programs_is_understood() -> None:
    book = playbook(SOURCE, TARGET)
    made = delivery(book)
    offer = next(offer for offer in made.offers if offer.text.name == "section:overview:p1")
    text = FORMATS["xliff"].write(Delivery("en", "de", [offer]))
    parts = (
        '<source>x</source><target>Nur <mrk id="m1"><sc id="1"/>die <pc id="2">Ein</pc></mrk>'
        '<ec startRef="1"/> <ph id="3"/> <ph id="4"/> </target></segment><ignorable><source> '
        '</source></ignorable><segment state="final"><source>y</source><target>bis<ph id="5"/>'
        'zum<ph id="6"/>Ende <ph id="t1"/></target>'
    )
    start, end = text.index("<source>"), text.index("</segment>")
    back = read_file((text[:start] + parts + text[end:]).encode(), "x.xlf")
    intake = take_in(back, book, CONTRACT, {})
    assert intake.refused == []
    (page,) = intake.pages
    assert "Nur **die [Ein](guide.md)** `run -x` {name} bis\\\nzum<br>Ende <!-- bleibt -->" in (
        page.after.text
    )


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
XLIFF = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en">'


@pytest.mark.parametrize(
    ("data", "name", "trouble"),
    [
        (b"", "x.po", Trouble.NOTHING),
        (b" " * (MAX_BYTES + 1), "x.csv", Trouble.TOO_LARGE),
        (BOMB, "x.xlf", Trouble.DOCTYPE),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "x.xlf", Trouble.DOCTYPE),
        (b"<xliff", "x.xlf", Trouble.SYNTAX),
        (XLIFF + b"<a>" * 5_000, "x.xlf", Trouble.SYNTAX),
        (XLIFF + b"</xliff>", "x.xlf", Trouble.NOTHING),
        (b'<xliff version="1.2"/>', "x.xlf", Trouble.FORMAT),
        (b'<?xml version="1.0" encoding="klingon"?><x/>', "x.xlf", Trouble.ENCODING),
        (XLIFF + b"\xff\xfe</xliff>", "x.xlf", Trouble.SYNTAX),
        (b'msgid "a"\nmsgstr "\xff"\n', "x.po", Trouble.ENCODING),
        (b"/etc/passwd", "x.po", Trouble.SYNTAX),
        (b'msgid "a\nmsgstr', "x.po", Trouble.SYNTAX),
        (b"a,b,c\n1,2,3\n", "x.csv", Trouble.FORMAT),
        (b"id,target\n", "x.csv", Trouble.NOTHING),
        (b'id,target\n"' + b"x" * 200_000, "x.csv", Trouble.SYNTAX),
        ("id,target\n".encode("utf-16"), "x.csv", Trouble.ENCODING),
        (b"PK\x03\x04\xff\x00", "x.bin", Trouble.ENCODING),
    ],
)
def test_a_file_that_cannot_be_read_has_a_reason(data: bytes, name: str, trouble: Trouble) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_file(data, name)
    assert raised.value.trouble is trouble


@settings(max_examples=60, deadline=None)
@for_all(st.binary(max_size=200), st.sampled_from(["x.xlf", "x.po", "x.csv", "x"]))
def test_no_bytes_do_any_harm(data: bytes, name: str) -> None:
    try:
        returned = read_file(data, name)
    except UnreadableError:
        return
    intake = take_in(returned, playbook(SOURCE, TARGET), CONTRACT, {})
    assert (intake.pages, intake.locks) == ([], {})


@settings(max_examples=40, deadline=None)
@for_all(st.data())
def test_a_broken_file_harms_no_page(data: st.DataObject) -> None:
    book = playbook(SOURCE, TARGET)
    name = data.draw(st.sampled_from(NAMES))
    kind = FORMATS[name]
    text = kind.write(delivery(book))
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.sampled_from(["", "<1>", "</pc>", "\n\n", "\u202e", '"', "|", "# ", "=1+1"]))
    try:
        returned = read_file(
            (text[:at] + put + text[at + length :]).encode(), f"x{kind.endings[0]}"
        )
    except UnreadableError:
        return
    intake = take_in(returned, book, CONTRACT, {})
    for page in intake.pages:
        before, after = page.before, page.after
        assert [h.level for h in before.headings] == [h.level for h in after.headings]
        assert [len(t.rows) for t in before.tables] == [len(t.rows) for t in after.tables]
        assert [link.target for link in before.links] == [link.target for link in after.links]
