"""A page checked by single rules, and what is left of it when their fixes are applied."""

from __future__ import annotations

from functools import cache

from leitfaden.checking.finding import Finding
from leitfaden.checking.registry import all_rules
from leitfaden.checking.subject import Subject
from leitfaden.contract import Contract, load_contract
from leitfaden.model import Edit, Page
from leitfaden.reading import PageReader
from tests.checking.corpus import corpus_files
from tests.checking.fixtures import ROOT

PROCESS = "assess-some-process"
GUIDANCE = "some-guidance"


@cache
def contract() -> Contract:
    """Return the project's contract."""
    return load_contract(ROOT / "playbook.yml")


def read(text: str, *, locale: str = "en", page_id: str = PROCESS) -> Page:
    """Read a text as a page."""
    reader = PageReader(contract())
    path = f"docs/{locale}/{page_id}.md"
    return reader.read(text.encode(), path=path, locale=locale, page_id=page_id)


def found_by(code: str, page: Page) -> list[Finding]:
    """Return what a rule finds on a page, whatever else is told there."""
    check = all_rules()[code].page_check
    assert check is not None
    return list(check(Subject(page, contract())))


def fixed(code: str, text: str, *, locale: str = "en", page_id: str = PROCESS) -> str:
    """Return a text after all fixes of a rule, which must be of the kind that the rule names."""
    page = read(text, locale=locale, page_id=page_id)
    fixes = [finding.fix for finding in found_by(code, page) if finding.fix]
    assert all(fix.safe == (all_rules()[code].fixable == "safe") for fix in fixes)
    return spliced(page.text, sorted((e for fix in fixes for e in fix.edits), key=_place))


def spliced(text: str, edits: list[Edit]) -> str:
    """Return a text after edits in the order of the text, none of which touches another."""
    parts, at = [], 0
    for edit in edits:
        assert edit.span.start >= at, f"{edit} overlaps with the one before it"
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join((*parts, text[at:]))


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


@cache
def corpus_pages() -> tuple[Page, ...]:
    """Return the real pages."""
    pages = []
    for path, data in corpus_files().items():
        locale, _, below = path.partition("/")
        if below.endswith(".md"):
            page_id = contract().page_id(below, locale)
            pages.append(read(data.decode("utf-8-sig"), locale=locale, page_id=page_id))
    return tuple(pages)


def fixes_settle(code: str, family: str) -> list[str]:
    """Return the real pages where the fixes of a rule leave something, or make something new.

    Args:
        code: The rule.
        family: How the codes of the rules begin that may find nothing new.
    """
    rules = [other for other, rule in all_rules().items() if other.startswith(family)]
    unsettled = []
    for page in corpus_pages():
        if any(finding.fix for finding in found_by(code, page)):
            text = fixed(code, page.text, locale=page.locale, page_id=page.id)
            after = read(text, locale=page.locale, page_id=page.id)
            left = any(finding.fix for finding in found_by(code, after))
            if left or any(_count(other, after) > _count(other, page) for other in rules):
                unsettled.append(page.path)
    return unsettled


def _count(code: str, page: Page) -> int:
    return len(found_by(code, page)) if all_rules()[code].page_check else 0
