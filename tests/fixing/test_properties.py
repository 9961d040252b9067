"""Whatever a page holds and whatever a fix says: nothing but the fix is done, and only once."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitfaden.checking.finding import Found
from leitfaden.fixing import FixedPage, splice, unified_diff
from leitfaden.fixing.meaning import meaning
from leitfaden.fixing.splices import line_end, with_line_ends
from leitfaden.model import Edit
from tests.fixing.support import fix, read, wrong
from tests.reading.test_properties import ENGLISH, GERMAN, texts

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LOCALES = st.sampled_from(["en", "de"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])

# A defect that is put into a page, for which there is a safe fix.
DEFECTS = [
    (re.compile(r"(?m)^(#+) (?=\S)"), r"\1   "),
    (re.compile(r"(?m)^(title: .*)$"), r"\1  "),
    (re.compile(r"(?<=\w) (?=\w)"), "\u00a0"),
    (re.compile(r"(?<=\w)(?= )"), "\u200b"),
    (re.compile(r"\b0(?=[1-9]/)"), ""),
    (re.compile(r"(?m)^\|(?= 4047)"), "||"),
    (re.compile(r"\| M \|"), "| E |"),
    (re.compile(r"(?m)\A(?!\ufeff)"), "\ufeff"),
    (re.compile(r"(?m)^## "), "    ## "),
    (re.compile(r"\bFastTrack Manager\b"), "FM"),
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([ENGLISH, GERMAN, GERMAN + ENGLISH]))
    for pattern, mistake in draw(st.lists(st.sampled_from(DEFECTS), max_size=5)):
        text = pattern.sub(mistake, text, count=draw(st.integers(1, 3)))
    end = draw(ENDS)
    text = text.replace("\n", end)
    return text.rstrip("\r\n") if draw(st.booleans()) else text


PAGES = damaged() | texts()


def edits() -> st.SearchStrategy[list[Found]]:
    """Fixes that no rule proposes: any edits, anywhere, some of them overlapping."""
    pieces = st.sampled_from(["", " ", "\n", "x", "| ", "# ", "**", "\u200b", "    ", "a\nb"])
    one = st.tuples(st.integers(0, 400), st.integers(0, 12), pieces)
    fixes = st.lists(one, min_size=1, max_size=3).map(
        lambda some: wrong(*((start, start + length, text) for start, length, text in some))
    )
    return st.lists(fixes, min_size=1, max_size=5)


def ends(text: str) -> set[str]:
    return set(re.findall(r"\r\n?|\n", text))


def assert_sound(fixed: FixedPage) -> None:
    codes = {one.found.code for one in fixed.applied}
    assert fixed.changed == bool(codes)
    assert read(fixed.data, fixed.before.locale).text == fixed.after.text
    assert bool(unified_diff(fixed)) == fixed.changed
    if "LF609" not in codes and ends(fixed.before.text):
        assert ends(fixed.after.text) <= ends(fixed.before.text)
    if "LF115" not in codes:
        assert fixed.after.bom == fixed.before.bom


@few
@given(PAGES, LOCALES)
def test_twice_is_once(text: str, locale: str) -> None:
    fixed = fix(text.encode("utf-8", "surrogatepass"), locale=locale)
    assert_sound(fixed)
    again = fix(fixed.data, locale=locale)
    assert not again.changed
    assert not again.applied


@few
@given(PAGES, LOCALES)
def test_twice_is_once_for_unsafe_fixes_too(text: str, locale: str) -> None:
    fixed = fix(text.encode("utf-8", "surrogatepass"), locale=locale, unsafe=True)
    assert_sound(fixed)
    assert not fix(fixed.data, locale=locale, unsafe=True).changed


@few
@given(PAGES, edits(), LOCALES)
def test_nothing_but_the_edits_is_done(text: str, found: list[Found], locale: str) -> None:
    fixed = fix(text.encode("utf-8", "surrogatepass"), *found, locale=locale)
    end = line_end(fixed.before.text)
    made: set[Edit] = set()
    for one in fixed.applied:
        assert one.found.finding.fix is not None
        made |= set(with_line_ends(one.found.finding.fix, end))
    assert fixed.after.text == splice(fixed.before.text, made)
    assert fixed.after.bom == fixed.before.bom


@few
@given(st.binary(max_size=200), edits())
def test_any_bytes(data: bytes, found: list[Found]) -> None:
    fixed = fix(data, *found)
    if fixed.changed:
        data.decode("utf-8")  # raises where it is no text
    else:
        assert fixed.after.text == fixed.before.text


@few
@given(PAGES, LOCALES)
def test_what_a_page_says_lies_in_its_text(text: str, locale: str) -> None:
    page = read(text.encode("utf-8", "surrogatepass"), locale)
    for token in meaning(page):
        assert 0 <= token.start <= token.end <= len(page.text)


@few
@given(PAGES, ENDS)
def test_line_ends_make_no_difference_to_what_a_page_says(text: str, end: str) -> None:
    text = re.sub(r"\r\n?", "\n", text.encode("utf-8", "replace").decode())
    said = [token.key for token in meaning(read(text))]
    assert [token.key for token in meaning(read(text.replace("\n", end)))] == said
