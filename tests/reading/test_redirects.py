"""`redirects.yml`: what a file of old addresses says, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.model import MovedAnchor, Redirect
from leitfaden.reading.redirects import (
    FaultKind,
    RedirectFault,
    RedirectFile,
    address_fault,
    read_redirects,
    redirects_text,
)
from leitfaden.reading.source import MAX_BYTES


def read(text: str | bytes, locale: str = "en") -> RedirectFile:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return read_redirects(data, path=f"docs/{locale}/redirects.yml", locale=locale)


def faults(text: str | bytes) -> list[tuple[str, str]]:
    return [(str(one.place).partition(":")[2], one.kind.value) for one in read(text).faults]


def only_fault(text: str | bytes) -> RedirectFault:
    (fault,) = read(text).faults
    return fault


def test_an_entry_names_a_page_alone_or_with_anchors() -> None:
    read_file = read(
        "# By hand\nold/name: other-page\nold:\n  page: new\n  anchors: {a: b}\n", "de"
    )
    assert read_file.faults == ()
    assert read_file.redirects == (
        Redirect("old/name", "other-page", "de"),
        Redirect("old", "new", "de", (MovedAnchor("a", "b"),)),
    )


def test_every_part_knows_its_place() -> None:
    (redirect,) = read("old:\n  page: new\n  anchors: {a: b}\n").redirects
    assert str(redirect.place) == "docs/en/redirects.yml:1:1"
    assert str(redirect.page_place) == "docs/en/redirects.yml:2:9"
    assert str(redirect.anchors[0].place) == "docs/en/redirects.yml:3:16"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("old.html", "old"),
        ("old/", "old"),
        ("Old/%C3%9Cber%20uns.html", "Old/\u00dcber uns"),
        ("100%25", "100%"),
        ("old.html.html", "old.html"),
        ("2024", "2024"),
        ("no", "no"),
    ],
)
def test_an_address_is_kept_in_one_form_however_it_is_written(written: str, address: str) -> None:
    (redirect,) = read(f"{written}: new").redirects
    assert redirect.address == address
    assert read(redirects_text([redirect])).redirects == (redirect,)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("/old", FaultKind.ABSOLUTE),
        ("/", FaultKind.PARTS),
        ("//host/old", FaultKind.SCHEME),
        ("https://host/old.html", FaultKind.SCHEME),
        ("java%0Ascript:x", FaultKind.CHARACTER),
        ("mailto:x", FaultKind.SCHEME),
        ("..", FaultKind.PARTS),
        ("a/../b", FaultKind.PARTS),
        ("a/%2e%2e/b", FaultKind.PARTS),
        ("..%2Fb", FaultKind.PARTS),
        ("a//b", FaultKind.PARTS),
        (".html", FaultKind.PARTS),
        (".git/hooks", FaultKind.PARTS),
        ("a/ b", FaultKind.PARTS),
        ("a?b=c", FaultKind.QUERY),
        ("a%23b", FaultKind.QUERY),
        ("a\\b", FaultKind.CHARACTER),
        ("a%00b", FaultKind.CHARACTER),
        ("a%FFb", FaultKind.CHARACTER),
        ("a\u200bb", FaultKind.CHARACTER),
        ("a" * 300, FaultKind.LONG),
        ("a/" * 600 + "a", FaultKind.LONG),
    ],
)
def test_what_is_no_path_below_the_sites_root_is_refused(written: str, kind: FaultKind) -> None:
    assert address_fault(written) is kind
    read_file = read(f"? '{written}'\n: new\n")
    assert read_file.redirects == ()
    assert [fault.kind for fault in read_file.faults] == [kind]


def test_an_absolute_address_is_guessed_without_its_slash() -> None:
    assert only_fault("/old/name.html: new").guess == "old/name.html"


def test_anchors_are_read_as_links_write_them() -> None:
    text = "old:\n  page: new\n  anchors: {'#%C3%9Cbersicht': '#overview'}\n"
    (redirect,) = read(text).redirects
    assert redirect.anchors == (MovedAnchor("\u00dcbersicht", "overview"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: ]", [("1:4", "unreadable")]),
        ("- a\n- b\n", [("1:1", "no-mapping")]),
        ("only words", [("1:1", "no-mapping")]),
        ("a:\n", [("1:1", "entry")]),
        ("a: [b]\n", [("1:1", "entry")]),
        ("a: {anchors: {b: c}}\n", [("1:1", "entry")]),
        ("a: {pgae: b}\n", [("1:5", "key"), ("1:1", "entry")]),
        ("a: {page: b, anchors: c}\n", [("1:23", "anchors")]),
        ("a: {page: b, anchors: {c: [d], '#': e}}\n", [("1:27", "anchor"), ("1:32", "anchor")]),
        ("a: {page: b, anchors: {c: d, '#c': e}}\n", [("1:30", "twice")]),
        ("a: b\na: c\n", [("2:1", "twice")]),
        ("a: &x b\nc: *y\n", [("2:4", "unreadable")]),
        ("a: !!python/name:os.system b\n", [("1:4", "unreadable")]),
        ("a: b\x07", [("1:5", "unreadable")]),
    ],
)
def test_each_mistake_is_told_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults(text) == expected


def test_a_mistake_takes_no_other_entry_with_it() -> None:
    read_file = read("a: [b]\n/c: d\ne: f\ng: {page: h, anchors: {i: [], j: k}, x: 1}\n")
    assert [one.address for one in read_file.redirects] == ["e", "g"]
    assert read_file.redirects[1].anchors == (MovedAnchor("j", "k"),)
    assert len(read_file.faults) == 4


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff", "---\n"])
def test_a_file_may_be_empty(text: str) -> None:
    assert read(text) == RedirectFile((), ())


def test_bytes_that_are_no_text_are_told_and_nothing_of_them_is_read() -> None:
    assert only_fault(b"a: b\xff\n").kind is FaultKind.UNREADABLE
    assert read(b"a: b\xff\n").redirects == ()
    assert only_fault("a: b\n".encode("utf-16")).kind is FaultKind.UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        b"a" * (MAX_BYTES + 1),
        b"a: b\n" * (MAX_BYTES // 5),
        b"[" * 1_000_000,
        b"'" * 1_000_001,
        b"".join(b"%d: {page: [}\n" % n for n in range(50_000)),
        b"".join(b"/%d: x\n" % n for n in range(40_000)),
    ],
    ids=["letters", "repeated", "brackets", "quotes", "broken", "absolute"],
)
def test_a_hostile_file_is_refused_in_few_words(data: bytes) -> None:
    read_file = read(data)
    assert read_file.redirects == ()
    assert 1 <= len(read_file.faults) <= 1000


def test_the_text_is_sorted_and_quoted_only_where_it_must_be() -> None:
    redirects = [
        Redirect("no", "2024-01-01", "en"),
        Redirect("b/c-d", "page", "en", (MovedAnchor("z", "\u00fc"), MovedAnchor("a", "#b"))),
        Redirect('a "b"', "folder/page", "en"),
        Redirect("b/c-d", "other", "en"),
    ]
    assert redirects_text(redirects).splitlines()[1:] == [
        '"a \\"b\\"": folder/page',
        "b/c-d:",
        "  page: page",
        "  anchors:",
        '    a: "%23b"',
        "    z: \u00fc",
        '"no": "2024-01-01"',
    ]
    assert redirects_text([]).startswith("#")


_TEXT = st.text(min_size=1, max_size=40)
_ADDRESSES = st.one_of(_TEXT, st.from_regex(r"[a-z%.]+(/[A-Z0-9 %.-]+)*(\.html)?", fullmatch=True))


@given(st.text())
def test_any_text_is_read_and_what_it_says_is_written_and_read_again(text: str) -> None:
    first = read(text)
    again = read(redirects_text(first.redirects))
    assert again.faults == ()
    assert {*again.redirects} == {*{r.address: r for r in reversed(first.redirects)}.values()}


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    read(data)


@given(st.dictionaries(_ADDRESSES, st.tuples(_TEXT, st.dictionaries(_TEXT, _TEXT, max_size=3))))
def test_what_is_written_is_read_again(
    entries: dict[str, tuple[str, dict[str, str]]],
) -> None:
    """Addresses and anchors that the reader would refuse are no redirects."""
    redirects = [
        Redirect(written, page, "en", tuple(sorted(_moved(anchors), key=lambda one: one.old)))
        for written, (page, anchors) in sorted(entries.items())
        if _is_address(written)
    ]
    read_file = read(redirects_text(redirects))
    assert read_file.faults == ()
    assert list(read_file.redirects) == redirects
    assert redirects_text(read_file.redirects) == redirects_text(redirects)


def _is_address(text: str) -> bool:
    """Tell whether a text is an address in the form in which redirects have it."""
    encoded = text.replace("%", "%25")
    ending = ".html" if text.endswith(".html") else ""
    return not text.endswith("/") and address_fault(f"{encoded}{ending}") is None


def _moved(anchors: dict[str, str]) -> list[MovedAnchor]:
    return [
        MovedAnchor(old, new)
        for old, new in anchors.items()
        if not any(char < " " or "\x7f" <= char <= "\x9f" for char in old + new)
    ]
