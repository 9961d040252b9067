"""What comes back arrives at its place and changes nothing else, or is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from leitfaden.exchanging.content import Form
from leitfaden.exchanging.handoff import Handed, Mark, Piece
from leitfaden.exchanging.intake import Reason, Returned, take_in
from leitfaden.translating.lock import Lock
from tests.exchanging.support import given, handed, playbook, reasons, text_of, written
from tests.translating.support import CONTRACT, DE, EN, after, locked

SOURCE = """\
---
title: "It's \\"new\\""
description: Read it
---

# Title

## Overview

Read **the [guide](guide.md)** with `run -x` and {name}
or write\\
two lines.<br>Then stop.

| Question | Answer |
|-|-|
| Is it a\\|b? | Yes |
| See [this](there.md) | Yes |
| O | O |
"""
TARGET = """\
---
title: "Es ist \\"neu\\""
description: 'Lesen Sie''s'
---

# Titel

## Übersicht

Lesen Sie **die [Anleitung](guide.md)** mit `run -x` und {name}
oder schreiben Sie\\
zwei Zeilen.<br>Dann Schluss. <!-- bleibt -->

| Frage | Antwort |
|-|-|
| Ist es a\\|b? | Ja |
| Siehe [das](there.md) | Ja |
| O | O |
"""
PARAGRAPH = "section:overview:p1"


def replacing(old: str, new: str) -> Callable[[Handed], Sequence[Piece]]:
    """Return what a translator does who replaces one word and leaves all tags."""

    def answer(text: Handed) -> list[Piece]:
        pieces = text.target_pieces
        assert any(isinstance(piece, str) and old in piece for piece in pieces)
        return [p.replace(old, new) if isinstance(p, str) else p for p in pieces]

    return answer


def test_a_word_arrives_and_all_else_stays_as_written() -> None:
    intake = given(SOURCE, TARGET, {PARAGRAPH: replacing("Anleitung", "Einleitung")})
    assert written(intake) == TARGET.replace("[Anleitung]", "[Einleitung]")


def test_a_link_cannot_be_lost() -> None:
    def answer(text: Handed) -> list[Piece]:
        return [piece for piece in text.target_pieces if isinstance(piece, str)]

    assert reasons(given(SOURCE, TARGET, {PARAGRAPH: answer})) == [Reason.TAG_LOST]


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (Mark("99", Form.LONE), Reason.TAG_UNKNOWN),
        (Mark("2", Form.OPEN), Reason.TAG_TWICE),
        (Mark("2", Form.CLOSE), Reason.TAG_TWICE),
    ],
)
def test_a_tag_that_is_not_the_sources_is_refused(mark: Mark, reason: Reason) -> None:
    intake = given(SOURCE, TARGET, {PARAGRAPH: lambda text: [*text.target_pieces, mark]})
    assert reasons(intake) == [reason]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Eins.\n\nZwei.", Reason.LINES),
        ("links\u202erechts", Reason.SIGNS),
        ("Eins \x07", Reason.SIGNS),
        ("Siehe https://example.org/x", Reason.TAG_ADDED),
        ("Siehe {other}", Reason.TAG_ADDED),
        ("...", Reason.NO_WORDS),
        ("x" * 30_000, Reason.TOO_LONG),
    ],
)
def test_what_no_text_may_hold_is_refused(words: str, reason: Reason) -> None:
    assert reasons(given(SOURCE, TARGET, {"title": [words]})) == [reason]


def test_markup_that_is_typed_as_text_is_shown_as_text() -> None:
    typed = "# <script>alert(1)</script>"
    assert reasons(given(SOURCE, TARGET, {"title": [typed]})) == [Reason.TAG_ADDED]
    typed = "1. **fett** [x](javascript:y) `c` ~~weg~~ &amp; ![i](j.png) #"
    page = written(given(SOURCE, TARGET, {"title": [typed]}))
    intake = given(SOURCE, page, {"title": [typed]})
    assert (intake.unchanged, intake.pages) == (1, [])


@pytest.mark.parametrize(("cell", "words"), [(2, "Ja | Nein"), (2, "Ja\nNein")])
def test_a_cell_stays_one_cell(cell: int, words: str) -> None:
    name = f"section:overview:t1:row:see-this:c{cell}"
    assert reasons(given(SOURCE, TARGET, {name: [words]}))[0] in (Reason.PIPE, Reason.LINES)


def test_of_repeated_cells_only_the_one_that_is_meant_changes() -> None:
    intake = given(SOURCE, TARGET, {"section:overview:t1:row:see-this:c2": ["Nein"]})
    assert written(intake) == TARGET.replace("(there.md) | Ja |", "(there.md) | Nein |")
    intake = given(SOURCE, TARGET, {"section:overview:t1:row:o:c2": ["Offen"]})
    assert written(intake) == TARGET.replace("| O | O |", "| O | Offen |")


def test_a_pipe_in_a_cell_stays_escaped() -> None:
    name = "section:overview:t1:row:is-it-a-b:c1"
    intake = given(SOURCE, TARGET, {name: ["Ist das a|b?"]})
    assert written(intake) == TARGET.replace("Ist es a", "Ist das a")
    intake = given(SOURCE, TARGET, {name: ["a|b: Ist es das?"]})
    assert "| a\\|b: Ist es das? | Ja |" in written(intake)


def test_metadata_keep_their_quotes() -> None:
    answers = {"meta:title": ['Ganz "neu"'], "meta:description": ["Lies es, wenn's geht: ja"]}
    page = written(given(SOURCE, TARGET, answers))
    assert 'title: "Ganz \\"neu\\""\n' in page
    assert "description: 'Lies es, wenn''s geht: ja'\n" in page


def test_hard_breaks_and_comments_stay() -> None:
    intake = given(SOURCE, TARGET, {PARAGRAPH: replacing("zwei", "drei")})
    assert written(intake) == TARGET.replace("zwei Zeilen", "drei Zeilen")

    def answer(text: Handed) -> list[Piece]:
        return [*text.target_pieces[:-1], " Ende."]

    assert reasons(given(SOURCE, TARGET, {PARAGRAPH: answer})) == [Reason.TAG_LOST]


def test_a_page_keeps_its_line_ends_and_its_byte_order_mark() -> None:
    data = b"\xef\xbb\xbf" + TARGET.replace("\n", "\r\n").encode()
    intake = given(SOURCE, data, {PARAGRAPH: replacing("Schluss", "Ende")})
    (page,) = intake.pages
    assert page.after.bom
    assert page.after.text == TARGET.replace("Schluss", "Ende").replace("\n", "\r\n")


def test_what_was_changed_meanwhile_is_refused() -> None:
    text = text_of(handed(playbook(SOURCE, TARGET)), "title")
    back = [Returned(text.ticket, ("Neuer Titel",), None, "title", 1)]
    source = playbook(SOURCE.replace("# Title", "# Other"), TARGET)
    assert reasons(take_in(back, source, CONTRACT, {})) == [Reason.SOURCE_CHANGED]
    target = playbook(SOURCE, TARGET.replace("# Titel", "# Anderer"))
    assert reasons(take_in(back, target, CONTRACT, {})) == [Reason.TARGET_CHANGED]
    gone = playbook(SOURCE.replace("# Title\n", ""), TARGET)
    assert reasons(take_in(back, gone, CONTRACT, {}))[0] in (Reason.GONE, Reason.SOURCE_CHANGED)
    assert reasons(take_in(back, playbook("# Other\n", None), CONTRACT, {})) != []


def test_a_text_that_moved_meanwhile_is_found_again() -> None:
    text = text_of(handed(playbook(SOURCE, TARGET)), PARAGRAPH)
    pieces = tuple(
        p.replace("Lesen", "Lest") if isinstance(p, str) else p for p in text.target_pieces
    )
    source = SOURCE.replace("Read **", "First of all, wait.\n\nRead **")
    book = playbook(source, TARGET.replace("Lesen Sie **", "Zuerst warten Sie.\n\nLesen Sie **"))
    intake = take_in([Returned(text.ticket, pieces)], book, CONTRACT, {})
    assert "Lest Sie **die" in written(intake)


def test_two_answers_for_one_text_are_refused() -> None:
    book = playbook(SOURCE, TARGET)
    ticket = text_of(handed(book), "title").ticket
    back = [Returned(ticket, ("Eins",)), Returned(ticket, ("Zwei",))]
    assert reasons(take_in(back, book, CONTRACT, {})) == [Reason.TWICE, Reason.TWICE]


@pytest.mark.parametrize("ticket", ["", "u1", "../../etc", "u" + "0" * 8 + ".x.y.z"])
def test_what_has_no_id_of_ours_is_refused(ticket: str) -> None:
    back = [Returned(ticket, ("Eins",))]
    assert reasons(take_in(back, playbook(SOURCE, TARGET), CONTRACT, {})) == [Reason.NO_ID]


def test_what_was_taken_in_is_recorded() -> None:
    lock = locked()
    source = after("all of them are there", "everybody is there", EN)
    intake = given(
        source, DE, {PARAGRAPH: replacing("bevor alle da sind", "bevor jeder da ist")}, lock
    )
    assert "bevor jeder da ist." in written(intake)
    book = playbook(source, written(intake))
    states = {text.name: text.standing.state for text in handed(book, intake.locks["de"]).texts}
    assert set(states.values()) == {"current"}


NEW = ["Ein Satz, der neu ist."]
LIST = "# Title\n\n- Read the guide\n- Close the case\n"
LISTE = "# Titel\n\n* Lesen Sie die Anleitung\n* Schließen Sie den Fall\n"


def missing(source: str, target: str, lock: Lock) -> str:
    """Return the name of the only text that a translation lacks."""
    page = handed(playbook(source, target), lock)
    (name,) = (text.name for text in page.texts if text.target is None)
    return name


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_missing_paragraph_is_put_in_where_its_place_is_certain(end: str) -> None:
    source = after("all of them are there.", "all of them are there.\n\nSing a song first.", EN)
    target = DE.replace("\n", end)
    name = missing(source, target, locked())
    intake = given(source, target, {name: NEW}, locked())
    expected = after("bevor alle da sind.", f"bevor alle da sind.\n\n{NEW[0]}", DE)
    assert written(intake) == expected.replace("\n", end)
    states = handed(playbook(source, expected), intake.locks["de"]).texts
    assert {text.standing.state for text in states} == {"current"}


def test_a_missing_item_is_put_in_behind_the_one_before() -> None:
    lock = locked(LIST, LISTE)
    source = after("- Close", "- Ask the customer about mail\n- Close", LIST)
    intake = given(source, LISTE, {missing(source, LISTE, lock): NEW}, lock)
    assert written(intake) == after("* Schl", f"* {NEW[0]}\n* Schl", LISTE)


def test_what_has_no_certain_place_is_refused() -> None:
    lock = locked(LIST, LISTE)
    source = after("- Read", "- Ask the customer about mail\n- Read", LIST)
    name = missing(source, LISTE, lock)
    assert reasons(given(source, LISTE, {name: NEW}, lock)) == [Reason.NO_PLACE]


def test_a_missing_row_is_left_to_those_who_know_its_other_cells() -> None:
    source = after(
        "| 4048 |", "| 4049 | Sing a song | M | FastTrack Manager | Teams |\n| 4048 |", EN
    )
    intake = given(source, DE, {"task:4049:name": ["Singen"]}, locked())
    assert reasons(intake) == [Reason.NO_PLACE]


def test_what_has_no_translation_yet_waits() -> None:
    book = playbook(SOURCE, None)
    page = handed(book)
    back = [Returned(text.ticket, None) for text in page.texts]
    intake = take_in(back, book, CONTRACT, {})
    assert (intake.waiting, intake.refused) == (len(back), [])
    back = [Returned(page.texts[0].ticket, ("Titel",))]
    assert reasons(take_in(back, book, CONTRACT, {})) == [Reason.NO_PAGE]


def test_what_is_said_to_be_finished_is_recorded_as_it_is() -> None:
    book = playbook(SOURCE, TARGET)
    text = text_of(handed(book), "title")
    intake = take_in([Returned(text.ticket, text.target_pieces, True)], book, CONTRACT, {})
    assert [page.confirmed for page in intake.pages] == [{"title"}]
    assert intake.pages[0].after.text == TARGET
    assert len(intake.locks["de"].records) == 1
    again = take_in([Returned(text.ticket, text.target_pieces)], book, CONTRACT, {"de": Lock()})
    assert (again.pages, again.locks) == ([], {})
