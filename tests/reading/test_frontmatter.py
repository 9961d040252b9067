"""What a page says about itself, and where."""

from __future__ import annotations

import datetime as dt

import pytest

from leitfaden.model import DefectKind, FrontMatter, Span
from leitfaden.reading.frontmatter import MAX_CHARACTERS, MAX_DEPTH, read_front_matter
from tests.reading.pages import kinds, read

REAL = """\
---  \n# required metadata  \ntitle: FastTrack & Partner  \ndescription: "Über: alles"
author: Celia Kennedy
ms.date: 10/22/2019\nft.audience: partner, internal  \n--- \t
"""


def told(inner: str) -> tuple[dict[str, object], list[tuple[DefectKind, str, str]]]:
    """Return what front matter says, and of what is wrong the kind, the place and the detail."""
    text = f"---\n{inner}\n---\nBody\n"
    matter = read_front_matter(text)
    assert text[matter.span.end :] == "Body\n"
    values = {entry.key: entry.value for entry in matter.entries}
    return values, [(d.kind, d.span.of(text), d.detail) for d in matter.defects]


def test_real_front_matter_is_read() -> None:
    page = read(f"{REAL}# Title\n")
    assert page.metadata() == {
        "title": "FastTrack & Partner",
        "description": "Über: alles",
        "author": "Celia Kennedy",
        "ms.date": "10/22/2019",
        "ft.audience": "partner, internal",
    }
    assert page.front_matter.defects == ()
    assert page.body == "# Title\n"
    assert page.title == "Title"


def test_keys_and_values_know_their_places() -> None:
    entries = read_front_matter(REAL).entries
    assert [e.key_span.of(REAL) for e in entries] == [e.key for e in entries]
    assert [e.value_span.of(REAL) for e in entries] == [
        "FastTrack & Partner",
        '"Über: alles"',
        "Celia Kennedy",
        "10/22/2019",
        "partner, internal",
    ]


@pytest.mark.parametrize("text", ["# Title\n", "", "--- x\n---\n", " ---\na: b\n---\n", "-- \n"])
def test_a_page_need_not_have_any(text: str) -> None:
    assert read_front_matter(text) == FrontMatter(Span(0, 0))


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n---\n", "---\n# a comment\n---\n"])
def test_it_may_be_empty(text: str) -> None:
    assert read_front_matter(text) == FrontMatter(Span(0, len(text)))


def test_it_ends_with_the_line_of_its_fence() -> None:
    page = read("---\na: b\n---\n\n\n# Title\n")
    assert page.body == "\n\n# Title\n"


def test_unclosed_front_matter_is_text() -> None:
    page = read("---\ntitle: x\n\n# Title\n")
    assert kinds(page.front_matter.defects) == [DefectKind.FRONT_MATTER_UNCLOSED]
    assert page.front_matter.span == Span(0, 0)
    assert page.title == "Title"


def test_a_key_that_is_written_twice_has_both_values_and_the_last_one_counts() -> None:
    text = "---\ntitle: a\nauthor: x\ntitle: b\n---\n"
    matter = read_front_matter(text)
    assert [(e.key, e.value) for e in matter.entries] == [
        ("title", "a"),
        ("author", "x"),
        ("title", "b"),
    ]
    assert matter.get("title") == "b"
    assert [(d.kind, d.span, d.detail) for d in matter.defects] == [
        (DefectKind.FRONT_MATTER_DUPLICATE_KEY, Span(23, 28), "title")
    ]


@pytest.mark.parametrize(
    ("inner", "place"),
    [
        ("title: a: b", ": b\n"),
        ("title a\nauthor: b", ": b\n"),
        ("title: [a", ""),
        ('title: "a', ""),
        ("title: a\n\tauthor: b", "\tauthor: b\n"),
    ],
)
def test_broken_yaml_is_told_where_it_breaks(inner: str, place: str) -> None:
    values, defects = told(inner)
    assert values == {}
    assert [(kind, where) for kind, where, _ in defects] == [
        (DefectKind.FRONT_MATTER_BROKEN, place)
    ]


@pytest.mark.parametrize("inner", ["just text", "- a\n- b", "!!set {a, b}", "42", "!mine\na: b"])
def test_what_is_no_mapping_is_told(inner: str) -> None:
    values, defects = told(inner)
    assert values == {}
    assert [kind for kind, _, _ in defects] == [DefectKind.FRONT_MATTER_NOT_A_MAPPING]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2020-13-45", "month must be in 1..12"),
        ("2020-02-30", "day is out of range for month"),
        ("!!python/object:os.system x", "could not determine a constructor"),
        ("!mine x", "could not determine a constructor"),
        ("!!int ''", "a value that its type does not have"),
        ("!!bool maybe", "a value that its type does not have"),
        ("!!timestamp soon", "a value that its type does not have"),
        ("!!float x", "could not convert string to float"),
        ("!!binary x", "failed to decode base64 data"),
        ("!!str [x]", "expected a scalar node"),
        (f"1{':1' * 300}.5", "a value that its type does not have"),
        (f"0x{'f' * 5000}", "a number of more than 100 digits"),
        ("9" * 5000, "a number of more than 100 digits"),
        (f"1{':1' * 5000}", "a number of more than 100 digits"),
    ],
)
def test_a_value_that_cannot_be_read_takes_no_other_one_with_it(written: str, why: str) -> None:
    values, defects = told(f"title: Title\nms.date: {written}\nauthor: Me")
    assert values == {"title": "Title", "ms.date": written, "author": "Me"}
    [(kind, where, detail)] = defects
    assert (kind, where) == (DefectKind.FRONT_MATTER_BROKEN, written)
    assert detail.startswith(why)


@pytest.mark.parametrize("key", ["yes", "on", "1.0", "0x10", "2020-01-01", "~", "ms.date", "ü"])
def test_a_key_is_what_is_written(key: str) -> None:
    assert told(f"{key}: x") == ({key: "x"}, [])


def test_a_list_is_no_key() -> None:
    values, defects = told("? [a]\n: b\ntitle: x")
    assert values == {"title": "x"}
    assert [kind for kind, _, _ in defects] == [DefectKind.FRONT_MATTER_BROKEN]


def test_values_have_yamls_types() -> None:
    values, defects = told("a: 1\nb: true\nc: 2020-04-30\nd:\ne: [x, y]\nf: {g: h}\ni: |\n  j")
    assert values == {
        "a": 1,
        "b": True,
        "c": dt.date(2020, 4, 30),
        "d": None,
        "e": ["x", "y"],
        "f": {"g": "h"},
        "i": "j\n",
    }
    assert defects == []


def test_an_empty_value_is_no_text() -> None:
    matter = read_front_matter("---\ntitle:\n---\n")
    assert matter.get("title") is None
    assert matter.text("title") == ""
    assert matter.text("author") == ""


def test_an_invisible_mark_does_not_shift_places() -> None:
    text = "---\n\ufefftitle: x\nauthor: \ufeffy\n---\n"
    matter = read_front_matter(text)
    assert [e.key_span.of(text) for e in matter.entries] == ["title", "author"]
    assert [e.value_span.of(text) for e in matter.entries] == ["x", "\ufeffy"]


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "aliases"),
        ("a: &a x\nb: *a", "aliases"),
        (f"a: {'[' * 10_000}", "nested deeper"),
        (f"a: {'{b: ' * 300}", "nested deeper"),
        ("? " * 10_000, "nested deeper"),
        (f"a: {'x' * 1_000_000}", "front matter of more than"),
    ],
)
def test_what_would_be_costly_is_refused(inner: str, why: str) -> None:
    values, defects = told(inner)
    assert values == {}
    [(kind, _, detail)] = defects
    assert kind == DefectKind.FRONT_MATTER_BROKEN
    assert why in detail


def test_what_is_large_but_allowed_is_read() -> None:
    keys = {f"k{number}": "v" for number in range(5_000)}
    inner = "\n".join(f"{key}: {value}" for key, value in keys.items())
    assert len(inner) < MAX_CHARACTERS
    assert told(inner) == (keys, [])
    nested = f"a: {'[' * (MAX_DEPTH - 1)}{']' * (MAX_DEPTH - 1)}"
    assert told(nested)[1] == []


def test_an_anchor_or_an_asterisk_is_fine() -> None:
    assert told("a: &a x\nb: 5 * 3") == ({"a": "x", "b": "5 * 3"}, [])


def test_a_rule_at_the_beginning_of_a_page_is_told() -> None:
    page = read("---\n\nText.\n\n---\n\n# Title\n")
    assert kinds(page.front_matter.defects) == [DefectKind.FRONT_MATTER_NOT_A_MAPPING]
    assert page.title == "Title"
