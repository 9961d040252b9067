"""What links lead to, what was meant by those that lead nowhere, and the fixes for them."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from leitfaden.checking.addresses import language_tags, web_address, without_language
from leitfaden.checking.engine import (
    check_beside,
    check_page,
    without_consequences,
    without_copies,
)
from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Finding, Found
from leitfaden.checking.nearmiss import NearNames
from leitfaden.checking.registry import all_rules
from leitfaden.checking.rule import Rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import load_contract
from leitfaden.model import Fix
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT, TODAY, Case, build_tree, cases


def _module(rule: Rule) -> str:
    made_of = rule.page_check or rule.tree_check
    return made_of.__module__.rpartition(".")[2] if made_of else ""


CONTRACT = load_contract(ROOT / "playbook.yml")
MODULES = ("links", "addresses", "images", "navigation")
OURS = frozenset(code for code, rule in all_rules().items() if _module(rule) in MODULES)
NAMES = NearNames(
    (
        "assess-conduct-security-workshop",
        "assess-conduct-services-workshops",
        "glossary",
        "initiate-conduct-customer-kick-off",
        "phases/assess",
        "phases/migrate",
        "resources-bvd",
    )
)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("assess-conduct-security-workshops", "assess-conduct-security-workshop"),
        ("initiate-customer-kick-off", "initiate-conduct-customer-kick-off"),
        ("initiate-conduct-customer-kickoff", "initiate-conduct-customer-kick-off"),
        ("assess", "phases/assess"),
        ("elsewhere/Resources-BVD", "resources-bvd"),
        ("resources-bdv", "resources-bvd"),
        ("glosary", "glossary"),
        ("phases/success", None),
        ("resources-price-list", None),
        ("zebra", None),
        ("-", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_the_name_that_was_meant(name: str, meant: str | None) -> None:
    assert NAMES.nearest(name) == meant


def test_an_address_out_of_its_wrapping() -> None:
    wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Faka.ms%2Fx&data=0"
    address = web_address(wrapped)
    assert address is not None
    assert (address.url, address.host, address.wrapped) == ("https://aka.ms/x", "aka.ms", True)
    assert without_language(wrapped) == without_language("http://aka.ms/x/")


@pytest.mark.parametrize(
    "target", ["", "x.md", "mailto:a@example.org", "http://[", "//", "https://", "javascript://x"]
)
def test_what_is_no_web_address(target: str) -> None:
    assert web_address(target) is None


@pytest.mark.parametrize(
    ("url", "tags"),
    [
        ("https://example.org/en-us/x", ["en-us"]),
        ("https://example.org/x/pt-BR", ["pt-BR"]),
        ("https://example.org/zh-hans-cn/x", ["zh-hans-cn"]),
        ("https://example.org/es-419/x", ["es-419"]),
        ("https://en-us.example.org/en/en-masse/x-en-us?to=/en-us/#/en-us/", []),
        ("https://example.org", []),
        ("//en-us/x", []),
    ],
)
def test_languages_in_an_address(url: str, tags: list[str]) -> None:
    assert [tag.text for tag in language_tags(url)] == tags


def test_a_page_with_renderer_mkdocs_is_not_judged_by_our_anchors() -> None:
    files = {
        "en/a.md": b"# A\n\n[b](b.md#any_name)\n",
        "en/b.md": b"---\nrenderer: mkdocs\n---\n# B\n",
    }
    assert "LF407" not in codes_of(files, "en/a.md")
    assert "LF407" in codes_of({**files, "en/b.md": b"# B\n"}, "en/a.md")


def test_a_broken_link_of_the_source_is_not_told_again_in_a_translation() -> None:
    files = {
        "en/a.md": b"# A\n\n[b](gone.md) ![The map](map.svg) [c](/x)\n",
        "de/a-de.md": b"# A\n\n[b](gone-de.md) ![Die Karte](map.svg) [c](/x)\n",
    }
    _, found, _ = build_tree(files, CONTRACT)
    source, translation = (
        [one for one in found[path][1] if one.code in OURS and one.code != "LF421"]
        for path in files
    )
    assert [one.code for one in source] == ["LF401", "LF402", "LF417"]
    assert translation[0].finding.values["target"] == "gone-de.md"
    assert without_copies(translation, source) == []


def test_a_page_that_only_a_build_makes_is_there() -> None:
    tree, found, _ = build_tree({"en/a.md": b"# A\n\n[b](made.md#x)\n"}, CONTRACT)
    facts = found["en/a.md"][0]
    made = dataclasses.replace(tree, files=tree.files | {"en/made.md"})
    assert "LF401" in [one.code for one in check_beside(facts, tree)]
    assert "LF401" not in [one.code for one in check_beside(facts, made)]


def codes_of(files: dict[str, bytes], path: str) -> list[str]:
    _, found, _ = build_tree(files, CONTRACT)
    return [code for code, _ in found[path][1]]


CASES = [case for case in cases() if case.code in OURS and any(case.expected.values())]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fix_takes_its_finding_away_and_brings_no_other(case: Case) -> None:
    tree, found, texts = build_tree(case.files, CONTRACT)
    for path, (facts, findings) in found.items():
        before = contents(findings)
        for one in findings:
            if one.code == case.code and one.finding.fix:
                mended = applied(texts[path], one.finding.fix)
                after = contents(checked_again(mended, facts, tree))
                assert not after - before, one
                assert before - after == {case.code: 1}, one


def contents(findings: list[Found]) -> Counter[str]:
    return Counter(code for code, _ in findings if code in OURS)


def applied(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def checked_again(text: str, facts: PageFacts, tree: Tree) -> list[Found]:
    """Check a page again beside the others as they were."""
    reader = PageReader(CONTRACT)
    page = reader.read(text.encode(), path=facts.path, locale=facts.locale, page_id=facts.id)
    checked = check_page(page, CONTRACT)
    beside = check_beside(checked.facts, tree)
    return without_consequences([*checked.found, *beside], checked.facts)


HALF_A_MEGABYTE = 500_000
HOSTILE = {
    "brackets": "[",
    "links": "[a](assess-nothing.md) ",
    "images": "![](x.png)\n",
    "addresses": "https://a.example/en-us/ [b](https://b.example) \n\n",
    "slips": "[a]((x.md (b)[y.md] [c] (z.md) ",
    "parentheses": "[a]" + "(" * 50,
    "endings": "[a](" + ".md#" * 1000,
    "blanks": "[a]" + " " * 500,
    "tags": "[a](https://a.example" + "/en-us" * 1000 + ") ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_take_no_longer_than_others(text: str) -> None:
    page = PageReader(CONTRACT).read(
        (text * (HALF_A_MEGABYTE // len(text))).encode(),
        path="docs/de/some-guidance.md",
        locale="de",
        page_id="some-guidance",
    )
    facts, subject = facts_of(page), Subject(page, CONTRACT)
    names = {f"assess-{number}-workshop": facts for number in range(1000)}
    files = frozenset({"de/some-guidance.md"})
    tree = Tree(CONTRACT, {"en": names, "de": {facts.id: facts}}, files, TODAY)
    begun = time.process_time()
    for _ in found_by_ours(subject, facts, tree):
        pass
    assert time.process_time() - begun < 2


def found_by_ours(subject: Subject, facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Yield what our rules alone find."""
    for code in OURS:
        rule = all_rules()[code]
        if rule.page_check:
            yield from rule.page_check(subject)
        if rule.tree_check:
            yield from rule.tree_check(facts, tree)
